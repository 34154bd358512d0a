#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include "base/age.h"
#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/asks.h"
#include "report/report-internal.h"
#include "base/text.h"

enum {
	PROGRAM_TEXT = 4096	/* a path */
};

/* The companies among which only the user can choose; none when it is sure. */
static void
candidates(struct text *t, const struct check *check)
{
	const struct provider *found[PROVIDER_CANDIDATES];
	const struct company *company = &check->company;
	size_t count = company_candidates(company, found);

	if (company_is_sure(company))
		return;
	/* What _domainconnect says may be old. */
	if (count == 0 && company->detected != NULL && company->chosen == NULL)
		text_add(t, provider_name(company->detected));
	for (size_t i = 0; i < count; i++)
		text_addf(t, "%s%s", i > 0 ? " / " : "",
		    provider_name(found[i]));
}

/*
 * "A (ns1.a.net), B (ns1.b.net)": the name servers of a domain may be of more
 * than one company; nothing when they are not.
 */
static void
mixed(struct text *t, const struct check *check)
{
	const struct delegation *d = &check->delegation;
	const struct provider *seen[DELEGATION_SERVERS];
	size_t count = 0;
	char text[NAME_TEXT];

	for (size_t i = 0; i < d->servers; i++) {
		const struct provider *p = provider_detect(&d->server[i].name,
		    1, NULL, NULL);
		bool known = p == NULL;

		for (size_t k = 0; k < count; k++)
			known |= seen[k] == p;
		if (known)
			continue;
		seen[count++] = p;
		text_addf(t, "%s%s (%s)", t->len > 0 ? _(", ") : "",
		    provider_name(p), name_text(&d->server[i].name, text));
	}
	if (count < 2)
		text_clear(t);
}

void
report_company_before(struct text *t, const struct check *check)
{
	const struct provider *row = company_row(&check->company);
	struct text several = TEXT_INIT;

	mixed(&several, check);
	const struct text_place places[] = {
		{ "several", several.s },
		{ "server", check->company.evidence },
		{ NULL, NULL }
	};

	if (several.len > 0)
		report_add(t, N_("The name servers are of more than one "
		    "company: {several}. Enter the rows where you manage "
		    "the domain; the check shows whether all servers get "
		    "them."), places);
	report_add(t, row->before, places);
	if (row == check->company.detected)
		report_add(t, row->servers_say, places);
	text_release(&several);
}

/* What to know of the company; all: also what is of some cards alone. */
static void
traps(struct text *t, const struct check *check, bool all)
{
	const struct provider_pitfall *pitfall =
	    company_row(&check->company)->pitfall;
	const struct text_place places[] = { { NULL, NULL } };

	report_company_before(t, check);
	for (size_t i = 0; i < PROVIDER_PITFALLS; i++)
		if (all || (pitfall[i].on & PROVIDER_ON_CARDS) == 0)
			report_add(t, pitfall[i].text, places);
}

void
report_company_traps(struct text *t, const struct check *check)
{
	traps(t, check, false);
}

/* All rows at once, where the page takes text. */
static void
add_import(struct text *t, const struct check *check)
{
	const struct provider *row = company_row(&check->company);
	struct text import = TEXT_INIT;
	char domain[NAME_TEXT], program[PROGRAM_TEXT];

	if (row->import == NULL)
		return;
	report_button(&import, row, row->import);
	text_program(program, sizeof program, "{program}");
	const struct text_place places[] = {
		{ "import", import.s },
		{ "program", program },
		{ "domain", name_text(&check->plan.domain, domain) },
		{ NULL, NULL }
	};

	report_add(t, *row->import != '\0' ?
	    N_("All rows at once: {import} also takes what \"{program} "
	    "records --zonefile {domain}\" prints. Add it below what is "
	    "there.") :
	    N_("All rows at once: where the page takes text, it also takes "
	    "what \"{program} records --zonefile {domain}\" prints. Add it "
	    "below what is there."), places);
	text_release(&import);
}

/* How long saved rows take to come into force. */
static void
add_wait(struct text *t, const struct provider *provider)
{
	struct text from = TEXT_INIT, to = TEXT_INIT;
	char min[16], max[16];

	age_span(&from, provider->wait_min);
	age_span(&to, provider->wait_max);
	snprintf(min, sizeof min, "%d", provider->wait_min);
	snprintf(max, sizeof max, "%d", provider->wait_max);
	const struct text_place places[] = {
		{ "min", min },
		{ "max", max },
		{ "from", from.s },
		{ "to", to.s },
		{ NULL, NULL }
	};

	if (provider->wait_max >= PROVIDER_LONG_WAIT)
		report_add(t, N_("Saved rows usually come into force after "
		    "{from} to {to}."), places);
	else if (provider->wait_max > 1)
		report_add(t, provider->wait_min > 0 ?
		    N_("Saved rows usually come into force after {min} to "
		    "{max} minutes.") : N_("Saved rows usually come into force "
		    "within {max} minutes."), places);
	text_release(&from);
	text_release(&to);
}

static void
notes(struct text *t, const struct check *check, bool all)
{
	struct text names = TEXT_INIT;

	candidates(&names, check);
	if (names.len > 0)
		report_add(t, N_("The DNS only suggests {names}. Choose the "
		    "company where you manage the domain."),
		    (const struct text_place[]){ { "names", names.s },
			{ NULL, NULL } });
	text_release(&names);
	traps(t, check, all);
	add_import(t, check);
	add_wait(t, company_row(&check->company));
}

void
report_company_notes(struct text *t, const struct check *check)
{
	notes(t, check, false);
}

static const char *const sure_words[] = {
	[PROVIDER_UNKNOWN] = N_("not known"),
	[PROVIDER_LOW] = N_("doubtful"),
	[PROVIDER_MEDIUM] = N_("fairly sure"),
	[PROVIDER_HIGH] = N_("sure"),
};

/* By bit of PROVIDER_BY_*. */
static const char *const source_words[] = {
	N_("the company's own manual"),
	N_("guides of mail services"),
	N_("programs that enter rows by themselves"),
	N_("reports of people who did it"),
};

static void
sources_of(struct text *t, const struct provider *provider)
{
	for (size_t i = 0; i < sizeof source_words / sizeof source_words[0];
	    i++) {
		if ((provider->sources & 1u << i) != 0)
			text_addf(t, "%s%s", t->len > 0 ? _(", ") : "",
			    _(source_words[i]));
	}
}

void
report_company_date(struct text *t, const struct provider *provider)
{
	const struct text_place places[] = {
		{ "date", provider->fact_date }, { NULL, NULL }
	};

	text_add_filled(t, _("form as of {date}"), places);
}

/* The labels of every field, whatever the type, each once. */
static void
fields_of(struct text *t, const struct check *check)
{
	const struct form_rules *rules = company_rules(&check->company,
	    company_row(&check->company));
	struct name zone;
	struct text label = TEXT_INIT;
	struct form form;

	check_zone(check, &zone);
	for (size_t w = 0; w < check->plan.count; w++) {
		if (asks_of(check, w) == ASKS_NOT)
			continue;
		form_fill(&form, rules, &check->plan.wanted[w], &zone);
		for (size_t i = 0; i < form.count; i++) {
			text_clear(&label);
			report_quote(&label, rules, form.field[i].label);
			if (strstr(t->s, label.s) == NULL)
				text_addf(t, "%s%s", t->len > 0 ? " " : "",
				    label.s);
		}
	}
	text_release(&label);
}

void
report_company_page(struct text *t, const struct check *check)
{
	const struct provider *provider = company_row(&check->company);
	const struct form_rules *rules = provider_rules(provider);
	const char *menu = provider_menu(provider);
	struct text fields = TEXT_INIT, save = TEXT_INIT, sources = TEXT_INIT;
	struct text add = TEXT_INIT, page = TEXT_INIT;
	struct name zone;

	check_zone(check, &zone);
	provider_page(&page, provider, &zone);
	fields_of(&fields, check);
	sources_of(&sources, provider);
	report_save(&save, provider);
	report_add_button(&add, provider);
	const struct text_place places[] = {
		{ "menu", menu != NULL ? menu : "" },
		{ "page", page.s },
		{ "fields", fields.s },
		{ "add", add.s },
		{ "save", save.s },
		{ "name", _(sure_words[rules->name_sure]) },
		{ "target", _(sure_words[rules->target_sure]) },
		{ "quotes", _(sure_words[rules->quote_sure]) },
		{ "mx", _(sure_words[rules->mx_sure]) },
		{ "sources", sources.s },
		{ "date", provider->fact_date },
		{ NULL, NULL }
	};

	text_add(t, provider_name(provider));
	if (rules->as_most)
		report_add(t, N_("The form of this company is not known. What "
		    "stands here is what most forms want; the words on your "
		    "page may differ."), places);
	if (menu != NULL)
		report_add(t, N_("Page: {menu}"), places);
	if (page.len > 0)
		report_add(t, "{page}", places);
	report_add(t, N_("Fields: {fields}"), places);
	if (add.len > 0)
		report_add(t, N_("Button for each row: {add}"), places);
	report_add(t, N_("Button at the end: {save}"), places);
	notes(t, check, true);
	report_add(t, N_("How sure this is: what the name field takes: {name}; "
	    "the dot after a value: {target}; quotation marks: {quotes}; where "
	    "the number of an MX row goes: {mx}."), places);
	if (sources.len > 0)
		report_add(t, N_("Taken from {sources} ({date}). It was not "
		    "tried on the page itself: what you see there counts, and "
		    "the check corrects the rest."), places);
	text_release(&fields);
	text_release(&sources);
	text_release(&save);
	text_release(&add);
	text_release(&page);
}

void
report_company_differs(struct text *t, const struct check *check)
{
	const struct provider *provider = company_row(&check->company);
	struct text fields = TEXT_INIT, save = TEXT_INIT;

	fields_of(&fields, check);
	report_save(&save, provider);
	const struct text_place places[] = {
		{ "id", provider->id },
		{ "date", provider->fact_date },
		{ "fields", fields.s },
		{ "save", save.s },
		{ NULL, NULL }
	};

	report_add(t, N_("What you see on your page counts. Compare the fields "
	    "by their places and their meaning."), places);
	report_add(t, N_("To have it put right here for everybody, send these "
	    "two lines as a bug report, the second one filled in:"), places);
	text_add(t, "\n");
	report_add(t, "dnsesame " VERSION ", {id}, {date}: {fields} {save}",
	    places);
	report_add(t, N_("My page shows: (menu) (fields, in their order) "
	    "(buttons)"), places);
	text_release(&fields);
	text_release(&save);
}
