#include "report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "provider.h"
#include "report-internal.h"
#include "rr.h"
#include "text.h"

enum {
	RECORDS_NOTE = 4096,
	RECORDS_LABEL = 256,
	RECORDS_TTL = 3600,	/* s, of zone-file lines */
	RECORDS_TAIL = 2	/* labels by which people know a target */
};

/* A rule in words, by how sure it is; NULL: nothing worth saying. */
struct note {
	const char *by[PROVIDER_HIGH + 1];
};

static const struct note name_notes[] = {
	[PROVIDER_LABEL] = { {
		[PROVIDER_LOW] = N_("Type only this part into {name.label}. "
		    "If the form refuses it, add .{zone} at its end."),
		[PROVIDER_MEDIUM] = N_("Do not add .{zone} to {name.label}. "
		    "Usually the form adds the domain by itself; it would "
		    "then come out twice."),
		[PROVIDER_HIGH] = N_("Do not add .{zone} to {name.label}. "
		    "{provider} adds the domain by itself; it would come out "
		    "twice."),
	} },
	[PROVIDER_FULL_DOT] = { {
		[PROVIDER_MEDIUM] = N_("Do not add .{zone} to {name.label}. "
		    "Usually a name without a dot at its end gets the domain "
		    "added by itself; it would then come out twice."),
		[PROVIDER_HIGH] = N_("Do not add .{zone} to {name.label}. A "
		    "name without a dot at its end gets the domain added by "
		    "itself; it would come out twice."),
	} },
	[PROVIDER_LINE] = { {
		[PROVIDER_MEDIUM] = N_("Type it as one line. Do not add "
		    ".{zone} to the name in it: usually the domain is added by "
		    "itself and would come out twice."),
		[PROVIDER_HIGH] = N_("Type it as one line. Do not add .{zone} "
		    "to the name in it: {provider} adds the domain by itself, "
		    "and it would come out twice."),
	} },
};

static const struct note target_notes[] = {
	[PROVIDER_NO_DOT] = { {
		[PROVIDER_LOW] = N_("Type {value.label} to its very end, "
		    "{tail}, and add a dot only if the form refuses it."),
		[PROVIDER_MEDIUM] = N_("Type {value.label} to its very end, "
		    "{tail}, usually without a dot after it."),
		[PROVIDER_HIGH] = N_("Type {value.label} to its very end, "
		    "{tail}, without a dot after it."),
	} },
	[PROVIDER_DOT] = { {
		[PROVIDER_LOW] = N_("Type {value.label} to its very end, "
		    "{tail} (with the dot). If the form refuses it, leave the "
		    "dot off."),
		[PROVIDER_MEDIUM] = N_("Type {value.label} to its very end, "
		    "{tail} (with the dot). Without the dot, the form usually "
		    "adds your domain to it."),
		[PROVIDER_HIGH] = N_("Type {value.label} to its very end, "
		    "{tail} (with the dot). Without the dot, {provider} adds "
		    "your domain to it."),
	} },
};

/* When nothing is known of a dot, or it does not matter. */
static const char whole_value[] =
    N_("Do not shorten {value.label}: its end, {tail}, is part of it.");

static const struct note quote_notes[] = {
	[PROVIDER_BARE] = { {
		[PROVIDER_LOW] = N_("If the form refuses the value, put "
		    "quotation marks (\") around it."),
		[PROVIDER_MEDIUM] = N_("Usually the value is typed without "
		    "quotation marks (\")."),
		[PROVIDER_HIGH] = N_("Do not put quotation marks (\") around "
		    "the value."),
	} },
	[PROVIDER_QUOTED] = { {
		[PROVIDER_LOW] = N_("If the form refuses the quotation marks "
		    "(\"), leave them out."),
		[PROVIDER_MEDIUM] = N_("Usually the quotation marks (\") are "
		    "needed here: type them too."),
		[PROVIDER_HIGH] = N_("The quotation marks (\") are needed "
		    "here: type them too."),
	} },
};

static const struct note mx_notes[] = {
	[PROVIDER_MX_BOX] = { {
		[PROVIDER_LOW] = N_("If there is no field for the priority, "
		    "type {priority} {value} as the value."),
		[PROVIDER_MEDIUM] = N_("Usually the number {priority} goes "
		    "into {priority.label} and does not stand in the value."),
		[PROVIDER_HIGH] = N_("The number {priority} goes into "
		    "{priority.label} and does not stand in the value."),
	} },
	[PROVIDER_MX_VALUE] = { {
		[PROVIDER_LOW] = N_("If the form has a field of its own for "
		    "the priority, type {priority} there and only the rest as "
		    "the value."),
		[PROVIDER_MEDIUM] = N_("Usually the number {priority} stands "
		    "in the value, before the rest."),
		[PROVIDER_HIGH] = N_("The number {priority} stands in the "
		    "value, before the rest."),
	} },
};

/* How well a form of its own is known; {date} is that of the facts. */
static const char *const form_notes[] = {
	[PROVIDER_UNKNOWN] = N_("form not known: what most forms want "
	    "({date})"),
	[PROVIDER_LOW] = N_("own form, by weak sources ({date})"),
	[PROVIDER_MEDIUM] = N_("own form, by fair sources ({date})"),
	[PROVIDER_HIGH] = N_("own form, by good sources ({date})"),
};

static void
note_add(char *dst, size_t size, const char *sentence,
    const struct text_place *places)
{
	size_t len;

	if (sentence == NULL)
		return;
	if (*dst != '\0')
		strlcat(dst, "\n", size);
	len = strlen(dst);
	text_fill(dst + len, size - len, _(sentence), places);
}

/* The end of a target, "amazonses.com", by which people see it is whole. */
static void
tail_of(char tail[static NAME_TEXT], const struct provider *row,
    const char *value)
{
	const char *host = strrchr(value, ' '), *why;
	struct name name;

	*tail = '\0';
	if (name_parse(&name, host != NULL ? host + 1 : value, &why) == -1)
		return;
	while (name_labels(&name) > RECORDS_TAIL)
		name_parent(&name, &name);
	name_text(&name, tail);
	if (row->target_rule == PROVIDER_DOT)
		strlcat(tail, ".", NAME_TEXT);
}

static const char *
target_sentence(const struct provider *row)
{
	const char *sentence = NULL;

	if (row->target_rule != PROVIDER_DOT_OPTIONAL)
		sentence = target_notes[row->target_rule].by[row->target_sure];
	return sentence != NULL ? sentence : whole_value;
}

static void
quote_field(char dst[static RECORDS_LABEL], const struct provider *row,
    const struct form_field *field)
{
	*dst = '\0';
	if (field != NULL)
		report_quote(row, field->label, dst, RECORDS_LABEL);
}

/* Not all labels are known, or they depend on the reader's language. */
static bool
words_may_differ(const struct provider *row)
{
	return row->form_lang == NULL || (row->name_rule != PROVIDER_LINE &&
	    (row->label_name == NULL || row->label_type == NULL ||
	    row->label_value == NULL));
}

void
report_card_note(const struct provider *provider, const struct wanted *wanted,
    const struct name *zone, char *dst, size_t size)
{
	const struct provider *row = provider_form_row(provider);
	char name[RECORDS_LABEL], proxy[RECORDS_LABEL], dns_only[RECORDS_LABEL];
	char content[RECORDS_LABEL], priority[RECORDS_LABEL];
	char zone_name[NAME_TEXT], owner[NAME_TEXT], tail[NAME_TEXT];
	char number[16];
	struct form form;
	const struct form_field *value;
	bool line = row->name_rule == PROVIDER_LINE;

	provider_form(&form, provider, wanted, zone);
	value = form_find(&form, FORM_VALUE);
	quote_field(name, row, form_find(&form, FORM_NAME));
	quote_field(content, row, value);
	quote_field(priority, row, form_find(&form, FORM_PRIORITY));
	quote_field(proxy, row, form_find(&form, FORM_PROXY));
	*dns_only = '\0';
	if (*proxy != '\0')
		report_quote(row, row->value_proxy, dns_only, sizeof dns_only);
	tail_of(tail, row, wanted->value);
	snprintf(number, sizeof number, "%.*s",
	    (int)strcspn(wanted->value, " "), wanted->value);

	const struct text_place places[] = {
		{ "provider", provider_name(provider) },
		{ "zone", name_text(zone, zone_name) },
		{ "owner", name_text(&wanted->owner, owner) },
		{ "name.label", name },
		{ "value.label", line ? _("the value") : content },
		{ "priority.label", priority },
		{ "proxy.label", proxy },
		{ "proxy", dns_only },
		{ "value", value != NULL ? value->value : "" },
		{ "priority", number },
		{ "tail", tail },
		{ NULL, NULL }
	};

	*dst = '\0';
	if (!provider->own_form)
		note_add(dst, size, N_("This is what most forms want. The "
		    "words on your page may differ."), places);
	else if (words_may_differ(row))
		note_add(dst, size, N_("The words on your page may differ."),
		    places);
	if (name_equal(&wanted->owner, zone)) {
		if (*row->apex == '\0')
			note_add(dst, size, N_("If the form refuses an empty "
			    "{name.label}, type @."), places);
	} else if (row->name_rule != PROVIDER_EITHER)
		note_add(dst, size,
		    name_notes[row->name_rule].by[row->name_sure], places);
	if (wanted->type == RR_TXT) {
		if (wanted->kind == WANTED_VERIFICATION)
			note_add(dst, size, N_("Copy the value whole. Capital "
			    "and small letters count."), places);
		if (row->quote_rule != PROVIDER_QUOTES_OPTIONAL)
			note_add(dst, size,
			    quote_notes[row->quote_rule].by[row->quote_sure],
			    places);
	} else {
		note_add(dst, size, target_sentence(row), places);
	}
	if (wanted->type == RR_MX && !line)
		note_add(dst, size, mx_notes[row->mx_rule].by[row->mx_sure],
		    places);
	if (wanted->type == RR_MX && line && row->mx_sure == PROVIDER_LOW)
		note_add(dst, size, N_("If the form refuses the line, write "
		    "its last word as {owner}. (with the dot at the end)."),
		    places);
	if (*proxy != '\0')
		note_add(dst, size, N_("Set {proxy.label} to {proxy} before "
		    "you save. Otherwise {provider} hides the record, and SES "
		    "does not find it."), places);
	note_add(dst, size, N_("Leave the rows that are already there as they "
	    "are."), places);
}

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

/*
 * The companies, one or more, of which the server that told is only perhaps;
 * "" when there is no doubt.
 */
static void
candidates(const struct check *check, char dst[static RECORDS_LABEL])
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	struct name server;
	const char *why;

	*dst = '\0';
	if (check->provider_chosen || check->provider != check->detected ||
	    name_parse(&server, check->evidence, &why) == -1 ||
	    provider_surely_runs(check->provider, &server))
		return;
	for (size_t i = 0; i < count; i++) {
		if (!provider_runs(table[i], &server))
			continue;
		if (*dst != '\0')
			strlcat(dst, " / ", RECORDS_LABEL);
		strlcat(dst, provider_name(table[i]), RECORDS_LABEL);
	}
}

/* What to know about the company before the first row. */
static void
put_company(FILE *out, const struct check *check)
{
	const struct provider *provider = check->provider;
	char text[RECORDS_NOTE] = "", min[16], max[16], names[RECORDS_LABEL];
	const struct text_place places[] = {
		{ "names", names },
		{ "min", min },
		{ "max", max },
		{ NULL, NULL }
	};

	snprintf(min, sizeof min, "%d", provider->wait_min);
	snprintf(max, sizeof max, "%d", provider->wait_max);
	candidates(check, names);
	if (*names != '\0')
		note_add(text, sizeof text, N_("The name servers only suggest "
		    "{names}. Choose the company where you manage the "
		    "domain."), places);
	note_add(text, sizeof text, provider->before, places);
	for (size_t i = 0; i < PROVIDER_PITFALLS; i++)
		note_add(text, sizeof text, provider->pitfall[i], places);
	if (provider->wait_max > 1)
		note_add(text, sizeof text, provider->wait_min > 0 ?
		    N_("Saved rows usually come into force after {min} to "
		    "{max} minutes.") : N_("Saved rows usually come into force "
		    "within {max} minutes."), places);
	put_lines(out, "* ", text);
}

void
report_records_text(FILE *out, const struct check *check)
{
	const struct provider *provider = check->provider;
	const struct provider *row = provider_form_row(provider);
	char text[RECORDS_NOTE];
	struct form form;
	struct name zone;

	check_zone(check, &zone);
	fprintf(out, "%s  %s\n", name_unicode(&check->plan.domain, text),
	    provider_name(provider));
	put_company(out, check);

	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];

		fprintf(out, "\n%s%s%s\n",
		    wanted_title(wanted, text, sizeof text),
		    wanted->required ? "" : "  ",
		    wanted->required ? "" : _("(optional)"));
		if (row->menu != NULL)
			fprintf(out, "   %s\n", provider_word(row, row->menu));
		provider_form(&form, provider, wanted, &zone);
		for (size_t k = 0; k < form.count; k++)
			put_field(out, row, &form.field[k]);
		report_card_note(provider, wanted, &zone, text, sizeof text);
		put_lines(out, "   - ", text);
		if (row->add != NULL) {
			report_quote(row, provider_word(row, row->add), text,
			    sizeof text);
			put_button(out, _("Add the row:"), text);
		}
		report_save(row, text, sizeof text);
		put_button(out, _("Save:"), text);
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
	if (provider == check->detected && check->evidence[0] != '\0')
		evidence = check->evidence;
	return json_pack("{ss ss ss ss?}", "id", provider->id,
	    "name", provider_name(provider), "source", source,
	    "evidence", evidence);
}

void
report_records_json(FILE *out, const struct check *check)
{
	json_t *root = report_head_json(check), *records = json_array();
	char title[RECORDS_LABEL], note[RECORDS_NOTE], save[RECORDS_LABEL * 2];
	char how[RECORDS_NOTE];
	struct name zone;
	const struct text_place places[] = {
		{ "provider", provider_name(check->provider) },
		{ "save", save },
		{ NULL, NULL }
	};

	check_zone(check, &zone);
	report_save(provider_form_row(check->provider), save, sizeof save);
	text_fill(how, sizeof how, _("At {provider}, add this record and save "
	    "it ({save})."), places);
	/* Nothing was looked at, so nothing is judged. */
	json_object_set_new(root, "verdict",
	    json_string(state_text(STATE_UNKNOWN)));
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];
		json_t *record = report_wanted_json(check, i);

		report_card_note(check->provider, wanted, &zone, note,
		    sizeof note);
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

		fprintf(out, "; %s%s%s\n",
		    wanted_title(wanted, text, sizeof text),
		    wanted->required ? "" : " ",
		    wanted->required ? "" : _("(optional)"));
		if (rr_from_value(&rr, wanted->type, wanted->value, &why) == -1)
			continue;
		fprintf(out, "%s. %d IN %s ", name_text(&wanted->owner, text),
		    RECORDS_TTL, rr_type_text(wanted->type, type));
		rr_rdata_text(&rr, text, sizeof text);
		fprintf(out, "%s\n", text);
		rr_release(&rr);
	}
}

static void
put_patterns(FILE *out, const char *const *pattern, const char *remark)
{
	for (size_t i = 0; i < PROVIDER_PATTERNS && pattern[i] != NULL; i++)
		fprintf(out, "    %s%s%s\n", pattern[i],
		    *remark != '\0' ? "  " : "", remark);
}

void
report_providers_text(FILE *out)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	char form[RECORDS_LABEL];

	for (size_t i = 0; i < count; i++) {
		const struct provider *p = table[i];
		const struct text_place places[] = {
			{ "date", p->fact_date }, { NULL, NULL }
		};

		text_fill(form, sizeof form, _(form_notes[p->own_form ?
		    p->sure : PROVIDER_UNKNOWN]), places);
		fprintf(out, "%-20s%s\n    %s\n", p->id, provider_name(p),
		    form);
		put_patterns(out, p->nameserver, "");
		put_patterns(out, p->perhaps, _("(perhaps)"));
		put_patterns(out, p->parking, _("(parks only)"));
	}
}

static json_t *
patterns_json(const char *const *pattern)
{
	json_t *list = json_array();

	for (size_t i = 0; i < PROVIDER_PATTERNS && pattern[i] != NULL; i++)
		json_array_append_new(list, json_string(pattern[i]));
	return list;
}

void
report_providers_json(FILE *out)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	json_t *root = json_object(), *list = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct provider *p = table[i];
		const struct provider *row = provider_form_row(p);

		json_array_append_new(list, json_pack(
		    "{ss ss ss so so so ss ss ss sb ss ss}", "id", p->id,
		    "name", p->name, "name_ja", p->name_ja,
		    "nameservers", patterns_json(p->nameserver),
		    "nameservers_perhaps", patterns_json(p->perhaps),
		    "nameservers_parking", patterns_json(p->parking),
		    "name_rule", provider_name_rule_text(row->name_rule),
		    "name_confidence",
		    provider_confidence_text(row->name_sure),
		    "target_rule", provider_target_rule_text(row->target_rule),
		    "own_form", p->own_form,
		    "confidence", provider_confidence_text(p->sure),
		    "fact_date", p->fact_date));
	}
	json_object_set_new(root, "schema", json_integer(1));
	json_object_set_new(root, "providers", list);
	report_print_json(out, root);
}
