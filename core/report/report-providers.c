#include "report/report.h"

#include <stdio.h>

#include "base/lang.h"
#include "company/detect.h"
#include "report/report-internal.h"
#include "base/text.h"

enum {
	PROVIDERS_TEXT = 256
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
put_patterns(FILE *out, const char *patterns, const char *remark)
{
	char pattern[NAME_TEXT];

	while (provider_next_pattern(pattern, &patterns))
		fprintf(out, "    %s%s%s\n", pattern,
		    *remark != '\0' ? "  " : "", remark);
}

void
report_providers_text(FILE *out)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	char form[PROVIDERS_TEXT];

	for (size_t i = 0; i < count; i++) {
		const struct provider *p = table[i];
		const struct text_place places[] = {
			{ "date", p->fact_date }, { NULL, NULL }
		};

		text_fill(form, sizeof form, _(form_notes[
		    provider_rules(p)->as_most ? PROVIDER_UNKNOWN :
		    p->sure]), places);
		fprintf(out, "%-20s%s\n    %s\n", p->id, provider_name(p),
		    form);
		put_patterns(out, p->nameserver, "");
		put_patterns(out, p->perhaps, _("(perhaps)"));
		put_patterns(out, p->parking, _("(parks only)"));
	}
}

static json_t *
patterns_json(const char *patterns)
{
	char pattern[NAME_TEXT];
	json_t *list = json_array();

	while (provider_next_pattern(pattern, &patterns))
		json_array_append_new(list, json_string(pattern));
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
		const struct form_rules *rules = provider_rules(p);

		json_array_append_new(list, json_pack(
		    "{ss ss ss so so so ss ss ss sb ss ss}", "id", p->id,
		    "name", p->name, "name_ja",
		    p->name_ja != NULL ? p->name_ja : p->name,
		    "nameservers", patterns_json(p->nameserver),
		    "nameservers_perhaps", patterns_json(p->perhaps),
		    "nameservers_parking", patterns_json(p->parking),
		    "name_rule", provider_name_rule_text(rules->name_rule),
		    "name_confidence",
		    provider_confidence_text(rules->name_sure),
		    "target_rule",
		    provider_target_rule_text(rules->target_rule),
		    "own_form", !rules->as_most,
		    "confidence", provider_confidence_text(p->sure),
		    "fact_date", p->fact_date));
	}
	json_object_set_new(root, "schema", json_integer(1));
	json_object_set_new(root, "providers", list);
	report_print_json(out, root);
}
