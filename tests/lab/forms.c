/*
 * Fills in the pretend form of every company and tells the lab what it stores:
 *
 *	forms companies		name servers, as internet/companies has them
 *	forms scenario		a zone with what the card says, typed as it
 *				stands, a zone with what the card warns of, and
 *				what the check must say of both
 *
 * tests/lab/forms plays it.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "ses/identity.h"
#include "ses/plan.h"
#include "company/form-store.h"
#include "company/provider.h"
#include "company/rehearsal.h"
#include "report/report.h"
#include "dns/rr.h"
#include "typed.h"

enum {
	LINE = 4096
};

static const char *const addresses[REHEARSAL_SERVERS] = { "127.0.0.31",
	"127.0.0.32" };

static const char *const tokens[] = { "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
	"zdqttidvz7ora35tlm64k2ciqh3pvksq", "vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv" };
static const char verification[] =
    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=";

/* What the card warns of, and what the check must find then. */
enum mistake {
	MISTAKE_NONE,
	MISTAKE_WHOLE_NAME,
	MISTAKE_OTHER_DOT,	/* left off, or typed where none is wanted */
	MISTAKE_OTHER_QUOTES,
	MISTAKE_PROXY
};

/* One of each, at the record where it can be made. */
static const struct {
	const char *id;
	enum mistake mistake;
} mistakes[] = {
	{ "dkim-1", MISTAKE_WHOLE_NAME },
	{ "dkim-2", MISTAKE_OTHER_DOT },
	{ "dkim-3", MISTAKE_PROXY },
	{ "verification", MISTAKE_OTHER_QUOTES },
	{ "mail-from-mx", MISTAKE_OTHER_DOT },
	{ "mail-from-spf", MISTAKE_WHOLE_NAME },
	{ "dmarc", MISTAKE_WHOLE_NAME },
};

static enum mistake
mistake_at(const char *id)
{
	for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
		if (strcmp(mistakes[i].id, id) == 0)
			return mistakes[i].mistake;
	errx(1, "%s: no such record", id);
}

static void
exchange(char text[static FORM_TEXT], const char *from, const char *to)
{
	if (!replace(text, from, to))
		errx(1, "%s: no %s in it", text, from);
}

/* A text with a dot more or less at its end. */
static void
other_dot(char text[static NAME_TEXT])
{
	size_t len = strlen(text);

	if (text[len - 1] == '.')
		text[len - 1] = '\0';
	else
		strlcat(text, ".", NAME_TEXT);
}

static void
unquote(char text[static FORM_TEXT])
{
	size_t len = strlen(text);

	if (*text == '"') {
		memmove(text, text + 1, len - 2);
		text[len - 2] = '\0';
	} else {
		memmove(text + 1, text, len + 1);
		*text = '"';
		strlcat(text, "\"", FORM_TEXT);
	}
}

/* Makes the mistake in a form filled in as the card says. */
static void
spoil(struct form *form, const struct form_rules *rules,
    const struct wanted *wanted, const struct name *zone, enum mistake mistake)
{
	struct form_field *line = field_of(form, FORM_LINE);
	struct form_field *name = field_of(form, FORM_NAME);
	struct form_field *value = field_of(form, FORM_VALUE);
	char whole[NAME_TEXT], label[NAME_TEXT], other[FORM_TEXT];
	struct name before;

	switch (mistake) {
	case MISTAKE_WHOLE_NAME:
		name_text(&wanted->owner, whole);
		if (name_relative(&before, &wanted->owner, zone) == -1)
			errx(1, "%s is not below the zone", whole);
		if (line != NULL)
			exchange(line->value, name_text(&before, label), whole);
		else
			strlcpy(name->value, whole, sizeof name->value);
		break;
	case MISTAKE_OTHER_DOT:
		strlcpy(whole, strrchr(wanted->value, ' ') != NULL ?
		    strrchr(wanted->value, ' ') + 1 : wanted->value,
		    sizeof whole);
		if (rules->target_rule == PROVIDER_DOT)
			strlcat(whole, ".", sizeof whole);
		strlcpy(label, whole, sizeof label);
		other_dot(label);
		exchange(line != NULL ? line->value : value->value, whole,
		    label);
		break;
	case MISTAKE_OTHER_QUOTES:
		if (line == NULL) {
			unquote(value->value);
			break;
		}
		snprintf(other, sizeof other, "\"%s\"", wanted->value);
		if (rules->quote_rule == PROVIDER_QUOTED)
			exchange(line->value, other, wanted->value);
		else
			exchange(line->value, wanted->value, other);
		break;
	case MISTAKE_PROXY:
		if (field_of(form, FORM_PROXY) != NULL)
			strlcpy(field_of(form, FORM_PROXY)->value, "Proxied",
			    FORM_TEXT);
		break;
	case MISTAKE_NONE:
		break;
	}
}

/* Does the card say a word against it?  What is not known is not said. */
static bool
warns(const struct form_of *of, const struct wanted *wanted,
    enum mistake mistake)
{
	struct text t = TEXT_INIT;
	static const char *const words[] = {
		[MISTAKE_NONE] = NULL,
		[MISTAKE_WHOLE_NAME] = "Do not add .",
		[MISTAKE_OTHER_DOT] = "dot",
		[MISTAKE_OTHER_QUOTES] = "quotation marks",
		[MISTAKE_PROXY] = "before you save",
	};
	bool warns;

	report_card_note(&t, of, wanted);
	warns = words[mistake] != NULL && strstr(t.s, words[mistake]) != NULL;
	text_release(&t);
	return warns;
}

/* "STATE FINDING" of a record that the form stored, or refused. */
static const char *
verdict_on(const struct form_rules *rules, const struct wanted *wanted,
    enum mistake mistake, bool refused)
{
	bool bare = rules->quote_rule == PROVIDER_BARE;

	if (refused)
		return wanted->required ? "fail missing" : "warn missing";
	if (mistake == MISTAKE_WHOLE_NAME)
		return wanted->required ? "fail doubled-name" :
		    "warn doubled-name";
	if (mistake == MISTAKE_OTHER_DOT && rules->target_rule == PROVIDER_DOT)
		return "fail doubled-target";
	if (mistake == MISTAKE_OTHER_QUOTES && bare)
		return "fail quoted-value";
	if (mistake == MISTAKE_PROXY && rules->label_proxy != NULL)
		return "fail proxied";
	return "pass ok";
}

/* A form that refuses says so at once: only these may. */
static bool
may_refuse(const struct form_rules *rules, const struct wanted *wanted,
    enum mistake mistake)
{
	return !form_takes(rules, wanted) ||
	    (mistake == MISTAKE_WHOLE_NAME && rules->name_max != 0) ||
	    (mistake == MISTAKE_OTHER_QUOTES &&
	    rules->quote_rule == PROVIDER_QUOTED) ||
	    (mistake == MISTAKE_OTHER_QUOTES && rules->txt_refused != NULL) ||
	    (mistake == MISTAKE_OTHER_DOT && rules->target_strict);
}

static void
make_plan(struct plan *plan, const char *domain)
{
	struct identity identity;
	const char *why;

	identity_init(&identity);
	if (identity_set_domain(&identity, domain, &why) == -1 ||
	    identity_set_region(&identity, "ap-northeast-1", &why) == -1 ||
	    identity_set_verification(&identity, verification, &why) == -1 ||
	    identity_set_mail_from(&identity, "bounce", &why) == -1)
		errx(1, "%s: %s", domain, why);
	for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
		if (identity_add_token(&identity, tokens[i], &why) == -1)
			errx(1, "%s: %s", tokens[i], why);
	plan_make(plan, &identity, "guard");
}

/* Recognised without a word from the user. */
static bool
is_certain(const struct provider *provider)
{
	return provider->nameserver != NULL;
}

static void
print_check(const struct provider *provider, const char *domain)
{
	printf("check -r ap-northeast-1 -m bounce -t %s", verification);
	for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
		printf(" -k %s", tokens[i]);
	if (!is_certain(provider))
		printf(" -p %s", provider->id);
	printf(" %s\n", domain);
	printf("expect provider %s %s\n", provider->id,
	    is_certain(provider) ? "detected" : "chosen");
}

/* The zone of one company, and what the check has to say of the domain. */
static void
print_zone(const struct provider *provider, const char *zone_text,
    const char *domain, bool wrong)
{
	struct form_of of = { provider, provider_rules(provider), { 0 } };
	const struct name *zone = &of.zone;
	char expected[LINE] = "", owner[NAME_TEXT], rdata[LINE], type[16];
	struct plan plan = { 0 };
	const char *why;
	bool warned = false;

	if (name_parse(&of.zone, zone_text, &why) == -1)
		errx(1, "%s: %s", zone_text, why);
	make_plan(&plan, domain);
	for (size_t i = 0; wrong && i < plan.count; i++)
		warned |= warns(&of, &plan.wanted[i],
		    mistake_at(plan.wanted[i].id));
	/* he takes whatever it is given: there is nothing to warn of. */
	if (wrong && !warned)
		return;
	printf("\nzone %s %s\n", zone_text, provider->id);
	for (size_t i = 0; i < plan.count; i++) {
		const struct wanted *wanted = &plan.wanted[i];
		enum mistake mistake = wrong ? mistake_at(wanted->id) :
		    MISTAKE_NONE;
		bool refused;
		char *stored;
		struct form form;
		struct rr rr;

		if (!warns(&of, wanted, mistake))
			mistake = MISTAKE_NONE;
		form_fill(&form, of.rules, wanted, zone);
		spoil(&form, of.rules, wanted, zone, mistake);
		refused = form_store(&rr, of.rules, &form, zone, &why) == -1;
		if (refused && !may_refuse(of.rules, wanted, mistake))
			errx(1, "%s refuses %s: %s", provider->id, wanted->id,
			    why);
		snprintf(rdata, sizeof rdata, "expect record %s %s\n",
		    wanted->id, verdict_on(of.rules, wanted, mistake, refused));
		strlcat(expected, rdata, sizeof expected);
		if (!form_takes(of.rules, wanted)) {
			snprintf(rdata, sizeof rdata, "expect action %s "
			    "ask-company\n", wanted->id);
			strlcat(expected, rdata, sizeof expected);
		}
		if (refused)
			continue;
		stored = rr_rdata_new(&rr);
		printf("\t%s. %s %s\n", name_text(rr.owner, owner),
		    rr_type_text(rr.type, type), stored);
		free(stored);
		rr_release(&rr);
	}
	print_check(provider, domain);
	printf("expect zone %s\nexpect verdict %s\n%s", zone_text,
	    strstr(expected, " fail ") != NULL ? "fail" : "pass",
	    expected);
}

int
main(int argc, char *argv[])
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	char names[REHEARSAL_SERVERS][NAME_TEXT], zone[64], domain[80];

	if (argc != 2 || (strcmp(argv[1], "companies") != 0 &&
	    strcmp(argv[1], "scenario") != 0))
		errx(64, "usage: forms companies | scenario");
	if (strcmp(argv[1], "scenario") == 0)
		puts("# What the form of every company stores.");
	for (size_t i = 0; i < count; i++) {
		const char *id = table[i]->id;

		if (strcmp(argv[1], "companies") == 0) {
			rehearsal_servers(table[i], names);
			/* One whose only name is known has one server. */
			for (int k = 0; k < REHEARSAL_SERVERS; k++)
				if (k == 0 || strcmp(names[k], names[0]) != 0)
					printf("%s %s %s\n", id, names[k],
					    addresses[k]);
			continue;
		}
		snprintf(zone, sizeof zone, "right-%s.jp", id);
		snprintf(domain, sizeof domain, "news.%s", zone);
		print_zone(table[i], zone, domain, false);
		snprintf(zone, sizeof zone, "wrong-%s.jp", id);
		print_zone(table[i], zone, zone, true);
	}
	return 0;
}
