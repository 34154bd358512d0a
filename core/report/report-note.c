#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/asks.h"
#include "report/report-internal.h"
#include "base/text.h"

enum {
	NOTE_TEXT = 8192,
	NOTE_SENTENCE = 1024,
	NOTE_LABEL = 512,
	NOTE_FENCE = 3		/* backticks around a block, at least */
};

/* The language in which the company's own people read. */
static enum lang
language_of(const struct provider *provider)
{
	if (provider->form_lang == NULL)
		return lang_current();
	return strcmp(provider->form_lang, "ja") == 0 ? LANG_JA : LANG_EN;
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
	char said[NOTE_TEXT] = "\n", note[NOTE_TEXT], line[NOTE_SENTENCE];

	/* Each sentence once. */
	for (size_t i = 0; i <= check->plan.count; i++) {
		if (i > 0 && asks_of(check, i - 1) == ASKS_NOT)
			continue;
		if (i == 0)
			report_company_traps(check, note, sizeof note - 1);
		else
			report_mind(check, &check->plan.wanted[i - 1], note,
			    sizeof note - 1);
		strlcat(note, "\n", sizeof note);
		for (char *at = note; *at != '\0';
		    at += strcspn(at, "\n") + 1) {
			size_t len = strcspn(at, "\n");

			/* Between newlines: never a part of another one. */
			snprintf(line, sizeof line, "\n%.*s\n", (int)len, at);
			if (len == 0 || strstr(said, line) != NULL)
				continue;
			strlcat(said, line + 1, sizeof said);
			fprintf(out, "- %.*s\n", (int)len, at);
		}
	}
}

static void
put_row(FILE *out, const struct check *check, size_t index)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	struct name zone;
	const struct provider *company = check_form_of(check, wanted, &zone);
	const struct provider *row = provider_form_row(company);
	char text[NOTE_LABEL], owner[NAME_TEXT];
	struct form form;

	fprintf(out, "\n## %s%s%s\n\n", wanted_title(wanted, text, sizeof text),
	    wanted->required ? "" : "  ", report_optional(check, index));
	provider_form(&form, company, wanted, &zone);
	for (size_t i = 0; i < form.count; i++) {
		const struct form_field *field = &form.field[i];

		report_quote(row, field->label, text, sizeof text);
		fprintf(out, "- %s: ", text);
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
}

/* Is the row one of the company that the note is for? */
static bool
is_theirs(const struct check *check, const struct wanted *wanted)
{
	struct name zone;

	return check_form_of(check, wanted, &zone) == check_company(check);
}

/* Where the whole DNS is one text, all lines in one block to copy. */
static void
put_block(FILE *out, const struct check *check, const struct name *zone)
{
	char text[NOTE_SENTENCE];
	size_t ticks = NOTE_FENCE;
	struct form form;

	report_if_none(check, text, sizeof text);
	if (*text != '\0')
		fprintf(out, "- %s\n", text);
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
			provider_form(&form, check_company(check),
			    &check->plan.wanted[i], zone);
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

static void
put_note(FILE *out, const struct check *check)
{
	const struct provider *provider = check_company(check);
	const struct provider *row = provider_form_row(provider);
	char domain[NAME_TEXT], save[NOTE_LABEL], text[NOTE_TEXT];
	struct name zone;
	const struct text_place places[] = {
		{ "domain", name_unicode(&check->plan.domain, domain) },
		{ "provider", provider_name(provider) },
		{ "save", save },
		{ NULL, NULL }
	};

	check_zone(check, &zone);
	report_save(provider, save, sizeof save);
	text_fill(text, sizeof text, _("DNS records for {domain}"), places);
	fprintf(out, "# %s\n\n", text);
	*text = '\0';
	report_add(text, sizeof text, check->provider == provider_generic() ?
	    N_("Please add these rows to the DNS of {domain}. With them, "
	    "Amazon SES may send mail for it.") :
	    N_("Please add these rows to the DNS of {domain}, at {provider}. "
	    "With them, Amazon SES may send mail for it."), places);
	report_add(text, sizeof text, N_("The name servers must stay as they "
	    "are."), places);
	fprintf(out, "%s\n", text);
	if (provider_menu(provider) != NULL)
		fprintf(out, "\n%s  \n%s\n", _("Page"),
		    provider_menu(provider));
	putc('\n', out);
	put_advice(out, check);
	if (row->name_rule == PROVIDER_LINE)
		put_block(out, check, &zone);
	for (size_t i = 0; i < check->plan.count; i++)
		if (asks_of(check, i) != ASKS_NOT &&
		    (row->name_rule != PROVIDER_LINE ||
		    !is_theirs(check, &check->plan.wanted[i])))
			put_row(out, check, i);
	text_fill(text, sizeof text, _("At the end, save with {save}. Please "
	    "reply when all rows are saved; then they will be checked."),
	    places);
	fprintf(out, "\n%s\n", text);
}

void
report_records_markdown(FILE *out, const struct check *check)
{
	enum lang before = lang_current();

	lang_set(language_of(check_company(check)));
	put_note(out, check);
	lang_set(before);
}
