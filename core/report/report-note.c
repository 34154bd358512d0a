#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/asks.h"
#include "report/report-internal.h"
#include "base/text.h"
#include "ses/service.h"

enum {
	NOTE_FENCE = 3		/* backticks around a block, at least */
};

/* The language in which the company's own people read. */
static enum lang
language_of(const struct form_rules *rules)
{
	if (rules->lang == NULL || rules->in_ja[0].word != NULL)
		return lang_current();
	return strcmp(rules->lang, "ja") == 0 ? LANG_JA : LANG_EN;
}

/* The longest run of backticks in the text. */
static size_t
backticks(const char *text)
{
	size_t run = 0, most = 0;

	for (; *text != '\0'; text++) {
		run = *text == '`' ? run + 1 : 0;
		if (run > most)
			most = run;
	}
	return most;
}

static void
put_ticks(FILE *out, size_t count)
{
	while (count-- > 0)
		putc('`', out);
}

/* A code span, which Markdown leaves as it is to the octet. */
static void
put_code(FILE *out, const char *text)
{
	size_t ticks = backticks(text);
	const char *pad = ticks > 0 ? " " : "";

	put_ticks(out, ticks + 1);
	fprintf(out, "%s%s%s", pad, text, pad);
	put_ticks(out, ticks + 1);
}

/* What the company's people trip over, then what holds for the rows. */
static void
put_advice(FILE *out, const struct check *check)
{
	struct text said = TEXT_INIT, note = TEXT_INIT, line = TEXT_INIT;

	report_company_traps(&note, check);
	for (size_t i = 0; i < check->plan.count; i++)
		if (asks_of(check, i) != ASKS_NOT)
			report_mind(&note, check, &check->plan.wanted[i]);
	/* Each sentence once: between newlines, never a part of another. */
	text_add(&said, "\n");
	for (const char *at = note.s; *at != '\0';) {
		size_t len = strcspn(at, "\n");

		text_clear(&line);
		text_addf(&line, "\n%.*s\n", (int)len, at);
		if (strstr(said.s, line.s) == NULL) {
			text_add(&said, line.s + 1);
			fprintf(out, "- %.*s\n", (int)len, at);
		}
		at += len + (at[len] != '\0');
	}
	text_release(&said);
	text_release(&note);
	text_release(&line);
}

static void
put_row(FILE *out, const struct check *check, size_t index)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_of of = check_form_of(check, wanted);
	struct text label = TEXT_INIT;
	char owner[NAME_TEXT];
	struct form form;

	fprintf(out, "\n## %s%s%s\n\n", wanted_title(wanted),
	    wanted->required ? "" : "  ", report_optional(check, index));
	form_fill(&form, of.rules, wanted, &of.zone);
	for (size_t i = 0; i < form.count; i++) {
		const struct form_field *field = &form.field[i];

		text_clear(&label);
		report_field(&label, of.rules, field);
		fprintf(out, "- %s: ", label.s);
		if (field->keep)
			fputs(_("(leave as it is)"), out);
		else if (*field->value == '\0')
			fputs(_("(leave empty)"), out);
		else
			put_code(out, field->value);
		putc('\n', out);
	}
	fprintf(out, "- %s: ", _("The whole name, to compare"));
	put_code(out, name_text(&wanted->owner, owner));
	putc('\n', out);
	text_release(&label);
}

/* Is the row one of the company that the note is for? */
static bool
is_theirs(const struct check *check, const struct wanted *wanted)
{
	return check_form_of(check, wanted).company ==
	    company_row(&check->company);
}

/* Where the whole DNS is one text, all lines in one block to copy. */
static void
put_block(FILE *out, const struct check *check,
    const struct form_rules *rules, const struct name *zone)
{
	struct text text = TEXT_INIT;
	size_t ticks = NOTE_FENCE;
	struct form form;

	report_if_none(&text, check);
	if (text.len > 0)
		fprintf(out, "- %s\n", text.s);
	text_release(&text);
	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1) {
			putc('\n', out);
			put_ticks(out, ticks);
			putc('\n', out);
		}
		for (size_t i = 0; i < check->plan.count; i++) {
			const struct form_field *field;

			if (asks_of(check, i) == ASKS_NOT ||
			    !is_theirs(check, &check->plan.wanted[i]))
				continue;
			form_fill(&form, rules, &check->plan.wanted[i], zone);
			field = form_find(&form, FORM_LINE);
			if (pass == 1)
				fprintf(out, "%s\n", field->value);
			else if (backticks(field->value) >= ticks)
				ticks = backticks(field->value) + 1;
		}
	}
	put_ticks(out, ticks);
	putc('\n', out);
}

/* Where the rows go in, and how old what we know of that page is. */
static void
put_place(FILE *out, const struct provider *provider, const struct name *zone)
{
	const char *menu = provider_menu(provider);
	struct text page = TEXT_INIT, date = TEXT_INIT;

	provider_page(&page, provider, zone);
	report_company_date(&date, provider);
	if (menu != NULL || page.len > 0)
		fprintf(out, "\n%s (%s)", _("Page"), date.s);
	if (menu != NULL)
		fprintf(out, "  \n%s", menu);
	if (page.len > 0)
		fprintf(out, "  \n<%s>", page.s);
	fputs(menu != NULL || page.len > 0 ? "\n\n" : "\n", out);
	text_release(&page);
	text_release(&date);
}

static void
put_note(FILE *out, const struct check *check)
{
	const struct provider *provider = company_row(&check->company);
	const struct form_rules *rules = company_rules(&check->company,
	    provider);
	struct text text = TEXT_INIT, save = TEXT_INIT;
	const struct service *service = service_of(&check->plan.identity);
	char domain[NAME_TEXT], called[PROVIDER_CALLED];
	struct name zone;

	check_zone(check, &zone);
	report_save(&save, provider);
	const struct text_place places[] = {
		{ "domain", name_unicode(&check->plan.domain, domain) },
		{ "provider", provider_called(provider, called) },
		{ "save", save.s },
		{ "sender", service != NULL ? service->name : "Amazon SES" },
		{ NULL, NULL }
	};

	text_add_filled(&text, _("DNS records for {domain}"), places);
	fprintf(out, "# %s\n\n", text.s);
	text_clear(&text);
	report_add(&text, provider == provider_generic() ?
	    N_("Please add these rows to the DNS of {domain}. They are for "
	    "sending its mail through {sender}.") :
	    N_("Please add these rows to the DNS of {domain}, at {provider}. "
	    "They are for sending its mail through {sender}."), places);
	report_add(&text, N_("The name servers must stay as they are."),
	    places);
	fprintf(out, "%s\n", text.s);
	text_clear(&text);
	put_place(out, provider, &zone);
	put_advice(out, check);
	if (rules->name_rule == PROVIDER_LINE)
		put_block(out, check, rules, &zone);
	for (size_t i = 0; i < check->plan.count; i++)
		if (asks_of(check, i) != ASKS_NOT &&
		    (rules->name_rule != PROVIDER_LINE ||
		    !is_theirs(check, &check->plan.wanted[i])))
			put_row(out, check, i);
	text_add_filled(&text, _("At the end, save with {save}. Please reply "
	    "when all rows are saved; then they will be checked."), places);
	fprintf(out, "\n%s\n", text.s);
	text_release(&text);
	text_release(&save);
}

void
report_records_markdown(FILE *out, const struct check *check)
{
	enum lang before = lang_current();

	lang_set(language_of(&company_row(&check->company)->form));
	put_note(out, check);
	lang_set(before);
}
