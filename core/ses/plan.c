#include "ses/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/xalloc.h"
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

enum {
	ROWS = sizeof rows / sizeof rows[0]
};

_Static_assert((int)ROWS <= (int)PLAN_ROWS,
    "PLAN_ROWS bounds the table");

static void
set_value(struct wanted *wanted, const char *begin, const char *rest)
{
	struct text value = TEXT_INIT;

	text_addf(&value, "%s%s", begin, rest);
	wanted->value = text_take(&value);
}

static int
fill_dkim(struct wanted *wanted, const struct identity *identity,
    size_t index)
{
	char label[IDENTITY_TOKEN + 16], text[NAME_TEXT];
	struct name zone, target;

	if (index >= identity->tokens ||
	    identity_signing_zone(identity, &zone) == -1 ||
	    name_prepend(&target, identity->token[index], &zone) == -1)
		return -1;
	snprintf(label, sizeof label, "%s._domainkey", identity->token[index]);
	set_value(wanted, "", name_text(&target, text));
	return name_prepend(&wanted->owner, label, &identity->domain);
}

static int
fill_byodkim(struct wanted *wanted, const struct identity *identity)
{
	char label[IDENTITY_SELECTOR + 16];

	if (identity->selector[0] == '\0' || identity->key[0] == '\0')
		return -1;
	snprintf(label, sizeof label, "%s._domainkey", identity->selector);
	set_value(wanted, "p=", identity->key);
	return name_prepend(&wanted->owner, label, &identity->domain);
}

static int
fill_mail_from_mx(struct wanted *wanted, const struct identity *identity)
{
	char text[NAME_TEXT];
	struct name host;

	if (!identity->has_mail_from || identity->region[0] == '\0')
		return -1;
	region_feedback_host(identity->region, &host);
	wanted->owner = identity->mail_from;
	set_value(wanted, "10 ", name_text(&host, text));
	return 0;
}

static int
fill_below(struct wanted *wanted, const struct name *domain,
    const char *label, const char *value)
{
	set_value(wanted, "", value);
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
		set_value(wanted, "v=spf1 include:", PLAN_SPF_HOST " ~all");
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
	struct plan made = {
		.identity = *identity,
		.domain = identity->domain,
		.wanted = xcalloc(ROWS, sizeof *made.wanted),
	};

	strlcpy(made.guard, guard, PLAN_GUARD);
	for (size_t i = 0; identity->has_domain && i < ROWS; i++) {
		struct wanted *wanted = &made.wanted[made.count];

		*wanted = (struct wanted){
			.id = rows[i].id,
			.row = (unsigned)i,
			.kind = rows[i].kind,
			.type = rows[i].type,
			.proves = rows[i].proves,
			.required = rows[i].required,
		};
		if (fill(wanted, identity, i) == 0)
			made.count++;
		else
			free(wanted->value);
	}
	plan_release(plan);
	*plan = made;
}

void
plan_init(struct plan *plan)
{
	*plan = (struct plan){ 0 };
}

void
plan_release(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		free(plan->wanted[i].value);
	free(plan->wanted);
	plan_init(plan);
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
	for (size_t i = 0; i < ROWS; i++)
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
