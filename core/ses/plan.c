#include "ses/plan.h"

#include <stdio.h>
#include <string.h>

#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "ses/region.h"
#include "dns/rr.h"

/*
 * One row for each record, in the order of cards and panels.  With MAIL FROM
 * SES's status depends on the MX alone, but without the SPF mail is lost.
 */
static const struct {
	const char *id;
	const char *title;
	enum wanted_kind kind;
	uint16_t type;
	enum proof proves;
	bool required;
} rows[] = {
	{ "dkim-1", N_("DKIM 1"), WANTED_DKIM, RR_CNAME,
	    PROOF_DKIM, true },
	{ "dkim-2", N_("DKIM 2"), WANTED_DKIM, RR_CNAME,
	    PROOF_DKIM, true },
	{ "dkim-3", N_("DKIM 3"), WANTED_DKIM, RR_CNAME,
	    PROOF_DKIM, true },
	{ "byodkim", N_("DKIM key"), WANTED_BYODKIM, RR_TXT,
	    PROOF_DKIM, true },
	{ "verification", N_("Verification TXT"), WANTED_VERIFICATION, RR_TXT,
	    PROOF_TEXT, true },
	{ "mail-from-mx", N_("MAIL FROM MX"), WANTED_MAIL_FROM_MX, RR_MX,
	    PROOF_NONE, true },
	{ "mail-from-spf", N_("MAIL FROM SPF"), WANTED_MAIL_FROM_SPF, RR_TXT,
	    PROOF_NONE, true },
	{ "dmarc", N_("DMARC"), WANTED_DMARC, RR_TXT, PROOF_NONE, false },
};

_Static_assert(sizeof rows / sizeof rows[0] <= PLAN_RECORDS,
    "a plan holds every row once");

/* Text before name, both bounded so that the result fits. */
static int
value_before(char value[static PLAN_VALUE], const char *text,
    const struct name *name)
{
	char rest[NAME_TEXT];
	int len = snprintf(value, PLAN_VALUE, "%s%s", text,
	    name_text(name, rest));

	return len < 0 || len >= PLAN_VALUE ? -1 : 0;
}

static int
fill_dkim(struct wanted *wanted, const struct identity *identity,
    size_t index)
{
	char label[IDENTITY_TOKEN + 16];
	struct name zone, target;

	if (index >= identity->tokens ||
	    identity_signing_zone(identity, &zone) == -1 ||
	    name_prepend(&target, identity->token[index], &zone) == -1)
		return -1;
	snprintf(label, sizeof label, "%s._domainkey", identity->token[index]);
	if (name_prepend(&wanted->owner, label, &identity->domain) == -1)
		return -1;
	return value_before(wanted->value, "", &target);
}

static int
fill_byodkim(struct wanted *wanted, const struct identity *identity)
{
	char label[IDENTITY_SELECTOR + 16];

	if (identity->selector[0] == '\0' || identity->key[0] == '\0')
		return -1;
	snprintf(label, sizeof label, "%s._domainkey", identity->selector);
	snprintf(wanted->value, PLAN_VALUE, "p=%s", identity->key);
	return name_prepend(&wanted->owner, label, &identity->domain);
}

static int
fill_mail_from_mx(struct wanted *wanted, const struct identity *identity)
{
	struct name host;

	if (!identity->has_mail_from || identity->region[0] == '\0')
		return -1;
	region_feedback_host(identity->region, &host);
	wanted->owner = identity->mail_from;
	return value_before(wanted->value, "10 ", &host);
}

static int
fill_below(struct wanted *wanted, const struct name *domain,
    const char *label, const char *value)
{
	strlcpy(wanted->value, value, PLAN_VALUE);
	return name_prepend(&wanted->owner, label, domain);
}

/* -1 when the identity does not ask for this record, or cannot yet. */
static int
fill(struct wanted *wanted, const struct identity *identity, size_t index)
{
	switch (wanted->kind) {
	case WANTED_DKIM:
		return fill_dkim(wanted, identity, index);
	case WANTED_BYODKIM:
		return fill_byodkim(wanted, identity);
	case WANTED_VERIFICATION:
		if (identity->verification[0] == '\0')
			return -1;
		return fill_below(wanted, &identity->domain, "_amazonses",
		    identity->verification);
	case WANTED_MAIL_FROM_MX:
		return fill_mail_from_mx(wanted, identity);
	case WANTED_MAIL_FROM_SPF:
		if (!identity->has_mail_from)
			return -1;
		wanted->owner = identity->mail_from;
		strlcpy(wanted->value, "v=spf1 include:" PLAN_SPF_HOST " ~all",
		    PLAN_VALUE);
		return 0;
	case WANTED_DMARC:
		return fill_below(wanted, &identity->domain, "_dmarc",
		    "v=DMARC1; p=none;");
	}
	return -1;
}

void
plan_make(struct plan *plan, const struct identity *identity,
    const char *guard)
{
	memset(plan, 0, sizeof *plan);
	plan->identity = *identity;
	plan->domain = identity->domain;
	strlcpy(plan->guard, guard, PLAN_GUARD);
	if (!identity->has_domain)
		return;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct wanted *wanted = &plan->wanted[plan->count];

		wanted->id = rows[i].id;
		wanted->kind = rows[i].kind;
		wanted->type = rows[i].type;
		wanted->proves = rows[i].proves;
		wanted->required = rows[i].required;
		if (fill(wanted, identity, i) == 0)
			plan->count++;
		else
			memset(wanted, 0, sizeof *wanted);
	}
}

void
plan_guard(char guard[static PLAN_GUARD])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	enum { LETTERS = 26, ALL = sizeof letters - 1, LENGTH = 10 };

	for (size_t i = 0; i < LENGTH; i++)
		guard[i] = letters[arc4random_uniform(i == 0 ? LETTERS : ALL)];
	guard[LENGTH] = '\0';
}

bool
plan_mail_from_meant(const struct plan *plan, struct name *out)
{
	return plan->identity.has_mail_from && name_relative(out,
	    &plan->identity.mail_from, &plan->domain) == 0 &&
	    name_is_below(out, &plan->domain) &&
	    !name_equal(out, &plan->domain);
}

const char *
wanted_title(const struct wanted *wanted)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(rows[i].id, wanted->id) == 0)
			return _(rows[i].title);
	return "";
}

bool
wanted_equal(const struct wanted *a, const struct wanted *b)
{
	return strcmp(a->id, b->id) == 0 && name_equal(&a->owner, &b->owner) &&
	    strcmp(a->value, b->value) == 0;
}

int
plan_guard_name(const struct plan *plan, const struct wanted *wanted,
    struct name *out)
{
	struct name parent;

	return name_parent(&parent, &wanted->owner) ?
	    name_prepend(out, plan->guard, &parent) : -1;
}

int
plan_lead(const struct wanted *wanted, struct name *out)
{
	const char *why;

	switch (wanted->kind) {
	case WANTED_DKIM:
		return name_parse(out, wanted->value, &why);
	case WANTED_MAIL_FROM_SPF:
		return name_parse(out, PLAN_SPF_HOST, &why);
	default:
		return -1;
	}
}

bool
plan_is_bare(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].required)
			return false;
	return true;
}
