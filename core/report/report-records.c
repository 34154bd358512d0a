#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/asks.h"
#include "report/report-internal.h"
#include "dns/rr.h"
#include "base/text.h"

enum {
	RECORDS_TTL = 3600	/* s, of zone-file lines */
};

/* Each line of text after a mark. */
static void
put_lines(FILE *out, const char *mark, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		fprintf(out, "%s%.*s\n", mark, (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void
put_field(FILE *out, const struct form_rules *rules,
    const struct form_field *field)
{
	struct text label = TEXT_INIT;

	report_field(&label, rules, field);
	fprintf(out, "   %s ", label.s);
	text_release(&label);
	if (field->keep)
		fputs(_("(leave as it is)"), out);
	else if (*field->value == '\0')
		fputs(_("(leave empty)"), out);
	else
		fputs(field->value, out);
	putc('\n', out);
}

const char *
report_optional(const struct check *check, size_t index)
{
	if (check->plan.wanted[index].required)
		return "";
	return asks_of(check, index) == ASKS_IF_NONE ?
	    _("(optional, only if there is none yet)") : _("(optional)");
}

void
report_if_none(struct text *t, const struct check *check)
{
	for (size_t i = 0; i < check->plan.count; i++)
		if (asks_of(check, i) == ASKS_IF_NONE)
			report_add(t, N_("{record}: only if there is none "
			    "yet."), (const struct text_place[]){
				{ "record", wanted_title(
				    &check->plan.wanted[i]) },
				{ NULL, NULL } });
}

void
report_card(FILE *out, const struct check *check, size_t index)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_of of = check_form_of(check, wanted);
	const struct provider *provider = of.company;
	struct text text = TEXT_INIT;
	struct form form;

	if (provider_menu(provider) != NULL)
		fprintf(out, "   %s\n", provider_menu(provider));
	provider_page(&text, provider, &of.zone);
	if (text.len > 0)
		fprintf(out, "   %s\n", text.s);
	text_clear(&text);
	form_fill(&form, of.rules, wanted, &of.zone);
	for (size_t i = 0; i < form.count; i++)
		put_field(out, of.rules, &form.field[i]);
	report_mind(&text, check, wanted);
	put_lines(out, "   - ", text.s);
	text_clear(&text);
	if (report_add_button(&text, provider))
		fprintf(out, "   %s %s\n", _("Add the row:"), text.s);
	text_clear(&text);
	report_save(&text, provider);
	fprintf(out, "   %s %s\n", _("Save:"), text.s);
	text_release(&text);
}

void
report_records_text(FILE *out, const struct check *check)
{
	char text[NAME_TEXT];
	struct text notes = TEXT_INIT;

	report_company_date(&notes, company_row(&check->company));
	fprintf(out, "%s  %s  (%s)\n", name_unicode(&check->plan.domain, text),
	    provider_name(company_row(&check->company)), notes.s);
	text_clear(&notes);
	report_company_notes(&notes, check);
	put_lines(out, "* ", notes.s);
	text_release(&notes);
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];

		if (asks_of(check, i) == ASKS_NOT)
			continue;
		fprintf(out, "\n%s%s%s\n",
		    wanted_title(wanted), wanted->required ? "" : "  ",
		    report_optional(check, i));
		report_card(out, check, i);
	}
}

json_t *
report_form_json(const struct form *form)
{
	json_t *list = json_array();

	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->field[i];

		json_array_append_new(list, json_pack("{ss ss ss}",
		    "field", form_id_text(field->id), "label", field->label,
		    "value", field->value));
	}
	return list;
}

json_t *
report_provider_json(const struct check *check)
{
	const struct company *company = &check->company;
	const struct provider *provider = company_row(company);
	const char *source = "default", *evidence = NULL;

	if (company->chosen != NULL)
		source = "chosen";
	else if (company->detected != NULL)
		source = "detected";
	if (provider == company->detected && company->evidence[0] != '\0')
		evidence = company->evidence;
	return json_pack("{ss ss ss ss?}", "id", provider->id,
	    "name", provider_name(provider), "source", source,
	    "evidence", evidence);
}

/* At which company, and what is pressed there. */
static void
how_to(struct text *t, const struct check *check, const struct wanted *wanted)
{
	struct text save = TEXT_INIT, called = TEXT_INIT;
	const struct form_of of = check_form_of(check, wanted);

	report_save(&save, of.company);
	report_called(&called, check, wanted, &of);
	text_add_filled(t, _("At {provider}, add this record and save it "
	    "({save})."), (const struct text_place[]){
		{ "provider", called.s },
		{ "save", save.s },
		{ NULL, NULL } });
	text_release(&save);
	text_release(&called);
}

void
report_records_json(FILE *out, const struct check *check)
{
	json_t *root = report_head_json(check), *records = json_array();
	struct text note = TEXT_INIT, how = TEXT_INIT;

	/* Nothing was looked at, so nothing is judged. */
	json_object_set_new(root, "verdict",
	    json_string(state_text(STATE_UNKNOWN)));
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];
		json_t *record;

		if (asks_of(check, i) == ASKS_NOT)
			continue;
		record = report_wanted_json(check, i);
		text_clear(&how);
		how_to(&how, check, wanted);
		text_clear(&note);
		report_mind(&note, check, wanted);
		json_object_update_new(record, json_pack(
		    "{sn ss ss ss so sn}", "ses_error",
		    "summary", wanted_title(wanted),
		    "explanation", note.s, "remedy", how.s,
		    "form", report_wanted_form_json(check, i),
		    "retry_after_s"));
		json_array_append_new(records, record);
	}
	json_object_set_new(root, "records", records);
	report_print_json(out, root);
	text_release(&note);
	text_release(&how);
}

void
report_records_zonefile(FILE *out, const struct check *check)
{
	char text[NAME_TEXT];

	fprintf(out, "; %s\n", name_text(&check->plan.domain, text));
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];
		struct rr rr = { .type = wanted->type };
		const char *why;
		char type[16], *rdata;

		if (asks_of(check, i) == ASKS_NOT)
			continue;
		fprintf(out, "; %s%s%s\n",
		    wanted_title(wanted), wanted->required ? "" : " ",
		    report_optional(check, i));
		if (rr_from_value(&rr, wanted->type, wanted->value, &why) == -1)
			continue;
		rdata = rr_rdata_new(&rr);
		fprintf(out, "%s. %d IN %s %s\n",
		    name_text(&wanted->owner, text), RECORDS_TTL,
		    rr_type_text(wanted->type, type), rdata);
		free(rdata);
		rr_release(&rr);
	}
}
