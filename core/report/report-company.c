#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/age.h"
#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/asks.h"
#include "report/report-internal.h"
#include "base/text.h"

enum {
	COMPANY_NAMES = 512,
	COMPANY_TEXT = 2048,
	SPAN_TEXT = 64
};

/* The companies among which only the user can choose; "" when it is sure. */
static void
candidates(const struct check *check, char dst[static COMPANY_NAMES])
{
	const struct provider *found[PROVIDER_CANDIDATES];
	size_t count = check_candidates(check, found);

	*dst = '\0';
	if (check_detection_is_sure(check))
		return;
	/* What _domainconnect says may be old. */
	if (count == 0 && check->detected != NULL && !check->provider_chosen)
		strlcpy(dst, provider_name(check->detected), COMPANY_NAMES);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			strlcat(dst, " / ", COMPANY_NAMES);
		strlcat(dst, provider_name(found[i]), COMPANY_NAMES);
	}
}

/*
 * "A (ns1.a.net), B (ns1.b.net)": the name servers of a domain may be of more
 * than one company; "" when they are not.
 */
static void
mixed(const struct check *check, char dst[static COMPANY_NAMES])
{
	const struct delegation *d = &check->delegation;
	const struct provider *seen[DELEGATION_SERVERS];
	size_t count = 0;
	char text[NAME_TEXT];

	*dst = '\0';
	for (size_t i = 0; i < d->servers; i++) {
		const struct provider *p = provider_detect(&d->server[i].name,
		    1, NULL, NULL);
		bool known = p == NULL;

		for (size_t k = 0; k < count; k++)
			known |= seen[k] == p;
		if (known)
			continue;
		seen[count++] = p;
		if (*dst != '\0')
			strlcat(dst, _(", "), COMPANY_NAMES);
		strlcat(dst, provider_name(p), COMPANY_NAMES);
		strlcat(dst, " (", COMPANY_NAMES);
		strlcat(dst, name_text(&d->server[i].name, text),
		    COMPANY_NAMES);
		strlcat(dst, ")", COMPANY_NAMES);
	}
	if (count < 2)
		*dst = '\0';
}

void
report_company_before(const struct check *check, char *dst, size_t size)
{
	char several[COMPANY_NAMES];
	const struct text_place places[] = {
		{ "several", several },
		{ "server", check->evidence },
		{ NULL, NULL }
	};

	*dst = '\0';
	mixed(check, several);
	if (*several != '\0')
		report_add(dst, size, N_("The name servers are of more than "
		    "one company: {several}. Enter the rows where you manage "
		    "the domain; the check shows whether all servers get "
		    "them."), places);
	report_add(dst, size, check->provider->before, places);
	if (check->provider == check->detected)
		report_add(dst, size, check->provider->servers_say, places);
}

/* A list of lines below dst. */
static void
append(char *dst, size_t size, const char *lines)
{
	if (*lines == '\0')
		return;
	if (*dst != '\0')
		strlcat(dst, "\n", size);
	strlcat(dst, lines, size);
}

/* What to know of the company; all: also what is of some cards alone. */
static void
traps(const struct check *check, bool all, char *dst, size_t size)
{
	const struct provider_pitfall *pitfall = check->provider->pitfall;
	const struct text_place places[] = { { NULL, NULL } };

	report_company_before(check, dst, size);
	for (size_t i = 0; i < PROVIDER_PITFALLS; i++)
		if (all || pitfall[i].on == PROVIDER_ON_ALL)
			report_add(dst, size, pitfall[i].text, places);
}

void
report_company_traps(const struct check *check, char *dst, size_t size)
{
	traps(check, false, dst, size);
}

static void
notes(const struct check *check, bool all, char *dst, size_t size)
{
	const struct provider *provider = check->provider;
	const struct provider *row = provider_form_row(provider);
	char min[16], max[16], from[SPAN_TEXT], to[SPAN_TEXT];
	char names[COMPANY_NAMES], import[COMPANY_NAMES];
	char text[COMPANY_TEXT], domain[NAME_TEXT];
	const struct text_place places[] = {
		{ "names", names },
		{ "import", import },
		{ "domain", name_text(&check->plan.domain, domain) },
		{ "min", min },
		{ "max", max },
		{ "from", from },
		{ "to", to },
		{ NULL, NULL }
	};

	*dst = *import = '\0';
	snprintf(min, sizeof min, "%d", provider->wait_min);
	snprintf(max, sizeof max, "%d", provider->wait_max);
	age_span(provider->wait_min, from, sizeof from);
	age_span(provider->wait_max, to, sizeof to);
	if (row->import != NULL)
		report_quote(row, provider_word(row, row->import), import,
		    sizeof import);
	candidates(check, names);
	if (*names != '\0')
		report_add(dst, size, N_("The DNS only suggests {names}. "
		    "Choose the company where you manage the domain."),
		    places);
	traps(check, all, text, sizeof text);
	append(dst, size, text);
	if (row->import != NULL)
		report_add(dst, size, *row->import != '\0' ?
		    N_("All rows at once: {import} also takes what \"dnsesame "
		    "records --zonefile {domain}\" prints. Add it below what "
		    "is there.") :
		    N_("All rows at once: where the page takes text, it also "
		    "takes what \"dnsesame records --zonefile {domain}\" "
		    "prints. Add it below what is there."), places);
	if (provider->wait_max >= PROVIDER_LONG_WAIT)
		report_add(dst, size, N_("Saved rows usually come into force "
		    "after {from} to {to}."), places);
	else if (provider->wait_max > 1)
		report_add(dst, size, provider->wait_min > 0 ?
		    N_("Saved rows usually come into force after {min} to "
		    "{max} minutes.") : N_("Saved rows usually come into force "
		    "within {max} minutes."), places);
}

void
report_company_notes(const struct check *check, char *dst, size_t size)
{
	notes(check, false, dst, size);
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
sources_of(const struct provider *provider, char dst[static COMPANY_TEXT])
{
	*dst = '\0';
	for (size_t i = 0; i < sizeof source_words / sizeof source_words[0];
	    i++) {
		if (!(provider->sources & 1u << i))
			continue;
		if (*dst != '\0')
			strlcat(dst, _(", "), COMPANY_TEXT);
		strlcat(dst, _(source_words[i]), COMPANY_TEXT);
	}
}

/* The labels of every field, whatever the type, each once. */
static void
fields_of(const struct check *check, char dst[static COMPANY_TEXT])
{
	const struct provider *company = check_company(check);
	struct name zone;
	struct form form;
	char label[COMPANY_NAMES];

	*dst = '\0';
	check_zone(check, &zone);
	for (size_t w = 0; w < check->plan.count; w++) {
		if (asks_of(check, w) == ASKS_NOT)
			continue;
		provider_form(&form, company, &check->plan.wanted[w], &zone);
		for (size_t i = 0; i < form.count; i++) {
			report_quote(provider_form_row(company),
			    form.field[i].label, label, sizeof label);
			if (strstr(dst, label) != NULL)
				continue;
			if (*dst != '\0')
				strlcat(dst, " ", COMPANY_TEXT);
			strlcat(dst, label, COMPANY_TEXT);
		}
	}
}

void
report_company_page(const struct check *check, char *dst, size_t size)
{
	const struct provider *provider = check->provider;
	const struct provider *row = provider_form_row(provider);
	const char *menu = provider_menu(provider);
	char fields[COMPANY_TEXT], save[COMPANY_TEXT], sources[COMPANY_TEXT];
	char add[COMPANY_NAMES] = "", also[4 * COMPANY_TEXT];
	const struct text_place places[] = {
		{ "company", provider_name(provider) },
		{ "menu", menu != NULL ? menu : "" },
		{ "fields", fields },
		{ "add", add },
		{ "save", save },
		{ "name", _(sure_words[row->name_sure]) },
		{ "target", _(sure_words[row->target_sure]) },
		{ "quotes", _(sure_words[row->quote_sure]) },
		{ "mx", _(sure_words[row->mx_sure]) },
		{ "sources", sources },
		{ "date", provider->fact_date },
		{ NULL, NULL }
	};

	fields_of(check, fields);
	sources_of(provider, sources);
	report_save(provider, save, sizeof save);
	if (row->add != NULL)
		report_quote(row, provider_word(row, row->add), add,
		    sizeof add);
	strlcpy(dst, provider_name(provider), size);
	if (!provider->own_form)
		report_add(dst, size, N_("The form of this company is not "
		    "known. What stands here is what most forms want; the "
		    "words on your page may differ."), places);
	if (menu != NULL)
		report_add(dst, size, N_("Page: {menu}"), places);
	report_add(dst, size, N_("Fields: {fields}"), places);
	if (*add != '\0')
		report_add(dst, size, N_("Button for each row: {add}"), places);
	report_add(dst, size, N_("Button at the end: {save}"), places);
	notes(check, true, also, sizeof also);
	append(dst, size, also);
	report_add(dst, size, N_("How sure this is: what the name field takes: "
	    "{name}; the dot after a value: {target}; quotation marks: "
	    "{quotes}; where the number of an MX row goes: {mx}."), places);
	if (*sources != '\0')
		report_add(dst, size, N_("Taken from {sources} ({date}). It "
		    "was not tried on the page itself: what you see there "
		    "counts, and the check corrects the rest."), places);
}
