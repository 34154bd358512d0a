#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/asks.h"
#include "report/report-internal.h"
#include "dns/rr.h"
#include "base/text.h"

enum {
	RECORDS_NOTE = 4096,
	RECORDS_LABEL = 256,
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
put_field(FILE *out, const struct provider *row, const struct form_field *field)
{
	char label[RECORDS_LABEL];

	report_quote(row, field->label, label, sizeof label);
	fprintf(out, "   %s ", label);
	if (field->keep)
		fputs(_("(leave as it is)"), out);
	else if (*field->value == '\0')
		fputs(_("(leave empty)"), out);
	else
		fputs(field->value, out);
	putc('\n', out);
}

static void
put_button(FILE *out, const char *what, const char *button)
{
	fprintf(out, "   %s %s\n", what, button);
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
report_if_none(const struct check *check, char *dst, size_t size)
{
	char title[RECORDS_LABEL];
	const struct text_place places[] = {
		{ "record", title },
		{ NULL, NULL }
	};

	*dst = '\0';
	for (size_t i = 0; i < check->plan.count; i++)
		if (asks_of(check, i) == ASKS_IF_NONE) {
			wanted_title(&check->plan.wanted[i], title,
			    sizeof title);
			text_fill(dst, size, _("{record}: only if there is "
			    "none yet."), places);
		}
}

void
report_card(FILE *out, const struct check *check, size_t index)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct provider *provider, *row;
	char text[RECORDS_NOTE];
	struct form form;
	struct name zone;

	provider = check_form_of(check, wanted, &zone);
	row = provider_form_row(provider);
	if (provider_menu(provider) != NULL)
		fprintf(out, "   %s\n", provider_menu(provider));
	provider_form(&form, provider, wanted, &zone);
	for (size_t i = 0; i < form.count; i++)
		put_field(out, row, &form.field[i]);
	report_mind(check, wanted, text, sizeof text);
	put_lines(out, "   - ", text);
	if (row->add != NULL) {
		report_quote(row, provider_word(row, row->add), text,
		    sizeof text);
		put_button(out, _("Add the row:"), text);
	}
	report_save(provider, text, sizeof text);
	put_button(out, _("Save:"), text);
}

void
report_records_text(FILE *out, const struct check *check)
{
	char text[RECORDS_NOTE];

	fprintf(out, "%s  %s\n", name_unicode(&check->plan.domain, text),
	    provider_name(check->provider));
	report_company_notes(check, text, sizeof text);
	put_lines(out, "* ", text);
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];

		if (asks_of(check, i) == ASKS_NOT)
			continue;
		fprintf(out, "\n%s%s%s\n",
		    wanted_title(wanted, text, sizeof text),
		    wanted->required ? "" : "  ", report_optional(check, i));
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
	const struct provider *provider = check->provider;
	const char *source = "default", *evidence = NULL;

	if (check->provider_chosen)
		source = "chosen";
	else if (check->detected != NULL)
		source = "detected";
	if (check->detected != NULL && provider == check->detected &&
	    check->evidence[0] != '\0')
		evidence = check->evidence;
	return json_pack("{ss ss ss ss?}", "id", provider->id,
	    "name", provider_name(provider), "source", source,
	    "evidence", evidence);
}

/* At which company, and what is pressed there. */
static void
how_to(const struct check *check, const struct wanted *wanted, char *dst,
    size_t size)
{
	char save[RECORDS_LABEL * 2];
	struct name zone;
	const struct provider *company = check_form_of(check, wanted, &zone);
	const struct text_place places[] = {
		{ "provider", provider_name(company) },
		{ "save", save },
		{ NULL, NULL }
	};

	report_save(company, save, sizeof save);
	text_fill(dst, size, _("At {provider}, add this record and save it "
	    "({save})."), places);
}

void
report_records_json(FILE *out, const struct check *check)
{
	json_t *root = report_head_json(check), *records = json_array();
	char title[RECORDS_LABEL], note[RECORDS_NOTE], how[RECORDS_NOTE];

	/* Nothing was looked at, so nothing is judged. */
	json_object_set_new(root, "verdict",
	    json_string(state_text(STATE_UNKNOWN)));
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];
		json_t *record;

		if (asks_of(check, i) == ASKS_NOT)
			continue;
		record = report_wanted_json(check, i);
		how_to(check, wanted, how, sizeof how);
		report_mind(check, wanted, note, sizeof note);
		json_object_update_new(record, json_pack(
		    "{sn ss ss ss so sn}", "ses_error",
		    "summary", wanted_title(wanted, title, sizeof title),
		    "explanation", note, "remedy", how,
		    "form", report_wanted_form_json(check, i),
		    "retry_after_s"));
		json_array_append_new(records, record);
	}
	json_object_set_new(root, "records", records);
	report_print_json(out, root);
}

void
report_records_zonefile(FILE *out, const struct check *check)
{
	char text[4 * PLAN_VALUE];

	fprintf(out, "; %s\n", name_text(&check->plan.domain, text));
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];
		struct rr rr = { .type = wanted->type };
		const char *why;
		char type[16];

		if (asks_of(check, i) == ASKS_NOT)
			continue;
		fprintf(out, "; %s%s%s\n",
		    wanted_title(wanted, text, sizeof text),
		    wanted->required ? "" : " ", report_optional(check, i));
		if (rr_from_value(&rr, wanted->type, wanted->value, &why) == -1)
			continue;
		fprintf(out, "%s. %d IN %s ", name_text(&wanted->owner, text),
		    RECORDS_TTL, rr_type_text(wanted->type, type));
		rr_rdata_text(&rr, text, sizeof text);
		fprintf(out, "%s\n", text);
		rr_release(&rr);
	}
}
