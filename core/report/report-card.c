#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "company/provider.h"
#include "report/report-internal.h"
#include "dns/rr.h"
#include "dns/suffix.h"
#include "base/text.h"

enum {
	CARD_TAIL = 2	/* labels by which people know a target */
};

/* A rule in words, by how sure it is; NULL: nothing worth saying. */
struct note {
	const char *by[PROVIDER_HIGH + 1];
};

static const struct note name_notes[] = {
	[PROVIDER_LABEL] = { {
		[PROVIDER_LOW] = N_("Type only this part into {name.label}. "
		    "If the form refuses it, add .{zone} at its end."),
		[PROVIDER_MEDIUM] = N_("Do not add .{zone} to {name.label}: "
		    "usually the form adds it by itself, and it would come "
		    "out twice."),
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
		    "{tail} (with the dot), or the form usually adds your "
		    "domain to it."),
		[PROVIDER_HIGH] = N_("Type {value.label} to its very end, "
		    "{tail} (with the dot), or {provider} adds your domain to "
		    "it."),
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
		[PROVIDER_LOW] = N_("If there is a field for the priority, "
		    "type {priority} there and only the rest as the value."),
		[PROVIDER_MEDIUM] = N_("Usually the number {priority} stands "
		    "in the value, before the rest."),
		[PROVIDER_HIGH] = N_("The number {priority} stands in the "
		    "value, before the rest."),
	} },
};

/* What a form refuses, by how sure that is. */
static const struct note type_notes = { {
	[PROVIDER_MEDIUM] = N_("{provider} usually takes no {type} rows. Ask "
	    "{provider} where this record can be entered, before anything else "
	    "is changed."),
	[PROVIDER_HIGH] = N_("{provider} takes no {type} rows. Ask {provider} "
	    "where this record can be entered, before anything else is "
	    "changed."),
} };

static const struct note length_notes = { {
	[PROVIDER_LOW] = N_("If the form refuses a value of this length, ask "
	    "{provider} how to enter it."),
	[PROVIDER_MEDIUM] = N_("This form usually takes at most {max} "
	    "characters as a value, and this one has more. Ask {provider} how "
	    "to enter it."),
	[PROVIDER_HIGH] = N_("This form takes at most {max} characters as a "
	    "value, and this one has more. Ask {provider} how to enter it."),
} };

static const struct note underscore_notes = { {
	[PROVIDER_UNKNOWN] = N_("If the form refuses the underscore (_), do "
	    "not leave it out: ask {provider}."),
	[PROVIDER_LOW] = N_("If the form refuses the underscore (_), do not "
	    "leave it out: ask {provider}."),
} };

static const struct note alias_notes = { {
	[PROVIDER_MEDIUM] = N_("If {type.label} offers {alias}, too, choose "
	    "{type.word}: SES looks for the CNAME alone."),
	[PROVIDER_HIGH] = N_("Choose {type.word}, not {alias}: SES looks for "
	    "the CNAME alone."),
} };

/* The end of a target, "amazonses.com", by which people see it is whole. */
static void
tail_of(char tail[static NAME_TEXT], const struct form_rules *rules,
    const char *value)
{
	const char *host = strrchr(value, ' '), *why;
	struct name name;

	*tail = '\0';
	if (name_parse(&name, host != NULL ? host + 1 : value, &why) == -1)
		return;
	while (name_labels(&name) > CARD_TAIL)
		name_parent(&name, &name);
	name_text(&name, tail);
	if (rules->target_rule == PROVIDER_DOT)
		strlcat(tail, ".", NAME_TEXT);
}

/* What the zone has before the registered domain: "shop", else "". */
static void
part_of(char part[static NAME_TEXT], const struct name *zone)
{
	struct name registered, before;

	*part = '\0';
	suffix_registered(zone, &registered);
	if (!name_equal(&registered, zone) &&
	    name_relative(&before, zone, &registered) == 0)
		name_unicode(&before, part);
}

static const char *
target_sentence(const struct form_rules *rules)
{
	const char *sentence = NULL;

	if (rules->learnt & PROVIDER_LEARNT_DOT)
		return N_("Type {value.label} to its very end, {tail} (with "
		    "the dot). The check found your domain added to a value "
		    "typed without it.");
	if (rules->target_strict)
		return rules->target_rule == PROVIDER_DOT ?
		    N_("Type {value.label} to its very end, {tail} (with the "
		    "dot), or the form refuses it.") :
		    N_("Type {value.label} to its very end, {tail}. With a "
		    "dot after it, the form refuses it.");
	if (rules->target_rule != PROVIDER_DOT_OPTIONAL)
		sentence = target_notes[rules->target_rule].
		    by[rules->target_sure];
	return sentence != NULL ? sentence : whole_value;
}

static const char *
quote_sentence(const struct form_rules *rules)
{
	if (rules->learnt & PROVIDER_LEARNT_QUOTES)
		return N_("Type the quotation marks (\"), too. The check found "
		    "a value cut off that was typed without them.");
	if (rules->learnt & PROVIDER_LEARNT_BARE)
		return N_("Do not put quotation marks (\") around the value. "
		    "The check found that they become part of it.");
	if (rules->quote_rule == PROVIDER_QUOTES_OPTIONAL)
		return NULL;
	return quote_notes[rules->quote_rule].by[rules->quote_sure];
}

/* Not all labels are known, or they depend on the reader's language. */
static bool
words_may_differ(const struct form_rules *rules)
{
	if (lang_current() == LANG_JA && rules->in_ja[0].word != NULL &&
	    rules->ja_sure < PROVIDER_HIGH)
		return true;
	return rules->lang == NULL || (rules->name_rule != PROVIDER_LINE &&
	    (rules->label_name == NULL || rules->label_type == NULL ||
	    rules->label_value == NULL));
}

/* Of a line of zone text; in one of MX the name may stand whole. */
static const char *
name_sentence(const struct form_rules *rules, const struct wanted *wanted)
{
	if (rules->name_rule == PROVIDER_LINE && wanted->type == RR_MX &&
	    rules->line_mx != NULL &&
	    strstr(rules->line_mx, "{owner}") != NULL)
		return N_("Type it as one line, to the dot at its end: in "
		    "this line the name stands whole, with .{zone} behind "
		    "it.");
	return name_notes[rules->name_rule].by[rules->name_sure];
}

/* Of the name field. */
static void
add_name_note(struct text *t, const struct form_rules *rules,
    const struct wanted *wanted, const struct name *zone,
    bool part, const struct text_place *places)
{
	if (!name_equal(&wanted->owner, zone)) {
		if (rules->name_rule != PROVIDER_EITHER)
			report_add(t, name_sentence(rules, wanted), places);
		if (part)
			report_add(t, N_("The form is that of {zone}: leave "
			    "{part} off, too."), places);
	} else if (*rules->apex == '\0') {
		report_add(t, N_("If the form refuses an empty {name.label}, "
		    "type @."), places);
	}
}

/* Of the value of a TXT row. */
static void
add_text_notes(struct text *t, const struct form_rules *rules,
    const struct wanted *wanted, const struct text_place *places)
{
	if (wanted->kind == WANTED_VERIFICATION ||
	    wanted->kind == WANTED_BYODKIM)
		report_add(t, N_("Copy the value whole. Capital and small "
		    "letters count."), places);
	report_add(t, quote_sentence(rules), places);
	if (rules->txt_max != 0 && strlen(wanted->value) > rules->txt_max)
		report_add(t, length_notes.by[rules->txt_max_sure], places);
	if (form_joins_values(rules) && wanted->kind != WANTED_DMARC)
		report_add(t, N_("If a TXT row with this name is there "
		    "already, open it and add this value as a line of its "
		    "own."), places);
}

/* Of the value of a CNAME or MX row. */
static void
add_target_notes(struct text *t, const struct form_rules *rules,
    const struct wanted *wanted, const struct text_place *places)
{
	report_add(t, target_sentence(rules), places);
	if (wanted->type != RR_MX)
		return;
	if (rules->name_rule != PROVIDER_LINE)
		report_add(t, mx_notes[rules->mx_rule].by[rules->mx_sure],
		    places);
	else if (rules->mx_sure < PROVIDER_HIGH)
		report_add(t, N_("If the form refuses the line, write its last "
		    "word as {label}, without the domain."), places);
}

/* What people trip over there. */
static void
add_traps(struct text *t, const struct provider *provider,
    const struct wanted *wanted, const struct text_place *places)
{
	for (size_t i = 0; i < PROVIDER_PITFALLS; i++)
		if (provider_pitfall_is_of(&provider->pitfall[i], wanted))
			report_add(t, provider->pitfall[i].text, places);
}

/* What it would not take of this record, or takes for something else. */
static void
add_refusals(struct text *t, const struct form_rules *rules,
    const struct wanted *wanted, const struct text_place *places)
{
	char owner[NAME_TEXT];

	if (wanted->type == RR_CNAME && rules->type_alias != NULL)
		report_add(t, alias_notes.by[rules->alias_sure], places);
	if (strchr(name_text(&wanted->owner, owner), '_') != NULL)
		report_add(t, underscore_notes.by[rules->underscore_sure],
		    places);
}

const char report_keep[] =
    N_("Leave the rows that are already there as they are.");

/* What holds for every row there. */
static void
add_last(struct text *t, const struct form_rules *rules,
    const struct text_place *places)
{
	report_add(t, report_keep, places);
	if (rules->as_most)
		report_add(t, N_("This is what most forms want. The words on "
		    "your page may differ."), places);
	else if (words_may_differ(rules))
		report_add(t, N_("The words on your page may differ."),
		    places);
}

/* The screen shows the first of these at any size. */
static void
add_notes(struct text *t, const struct form_of *of, const struct wanted *wanted,
    bool proxied, bool part, const struct text_place *places)
{
	const struct form_rules *rules = of->rules;
	bool refused = form_refuses_type(rules, wanted->type);

	if (refused)
		report_add(t, type_notes.by[rules->refuses_sure], places);
	add_traps(t, of->company, wanted, places);
	add_name_note(t, rules, wanted, &of->zone, part, places);
	/* How the rest is typed is known when somebody takes the row. */
	if (refused) {
		add_last(t, rules, places);
		return;
	}
	if (proxied)
		report_add(t, N_("Set {proxy.label} to {proxy} before you "
		    "save. Otherwise {provider} hides the record, and SES does "
		    "not find it."), places);
	if (wanted->type == RR_TXT)
		add_text_notes(t, rules, wanted, places);
	else
		add_target_notes(t, rules, wanted, places);
	add_last(t, rules, places);
	add_refusals(t, rules, wanted, places);
}

void
report_card_note(struct text *t, const struct form_of *of,
    const struct wanted *wanted)
{
	const struct form_rules *rules = of->rules;
	char zone_name[NAME_TEXT], tail[NAME_TEXT], label[NAME_TEXT];
	char part[NAME_TEXT], called[PROVIDER_CALLED], number[16], max[16];
	char type[FORM_WORD], word[FORM_WORD];
	struct text quoted[FORM_IDS], dns_only = TEXT_INIT;
	const struct form_field *value;
	struct name before;
	struct form form;

	form_fill(&form, rules, wanted, &of->zone);
	value = form_find(&form, FORM_VALUE);
	for (size_t i = 0; i < FORM_IDS; i++)
		quoted[i] = (struct text)TEXT_INIT;
	for (size_t i = 0; i < form.count; i++)
		report_field(&quoted[form.field[i].id], rules, &form.field[i]);
	if (quoted[FORM_PROXY].len > 0)
		report_quote(&dns_only, rules,
		    form_find(&form, FORM_PROXY)->value);
	tail_of(tail, rules, wanted->value);
	strlcpy(label, rules->apex, sizeof label);
	if (name_relative(&before, &wanted->owner, &of->zone) == 0 &&
	    !name_equal(&wanted->owner, &of->zone))
		name_text(&before, label);
	part_of(part, &of->zone);
	snprintf(max, sizeof max, "%zu", rules->txt_max);
	snprintf(number, sizeof number, "%.*s",
	    (int)strcspn(wanted->value, " "), wanted->value);
	const struct text_place places[] = {
		{ "provider", provider_called(of->company, called) },
		{ "zone", name_unicode(&of->zone, zone_name) },
		{ "label", label },
		{ "part", part },
		{ "max", max },
		{ "type", rr_type_text(wanted->type, type) },
		{ "type.label", quoted[FORM_TYPE].s },
		{ "type.word", form_type_word(rules, wanted->type, word) },
		{ "alias", rules->type_alias },
		{ "name.label", quoted[FORM_NAME].s },
		{ "value.label", rules->name_rule == PROVIDER_LINE ?
		    _("the value") : quoted[FORM_VALUE].s },
		{ "priority.label", quoted[FORM_PRIORITY].s },
		{ "proxy.label", quoted[FORM_PROXY].s },
		{ "proxy", dns_only.s },
		{ "value", value != NULL ? value->value : "" },
		{ "priority", number },
		{ "tail", tail },
		{ NULL, NULL }
	};

	add_notes(t, of, wanted, quoted[FORM_PROXY].len > 0, *part != '\0',
	    places);
	for (size_t i = 0; i < FORM_IDS; i++)
		text_release(&quoted[i]);
	text_release(&dns_only);
}

void
report_mind(struct text *t, const struct check *check,
    const struct wanted *wanted)
{
	struct delegation_part part = delegation_part(&check->delegation,
	    &wanted->owner);
	char zone_name[NAME_TEXT];
	const struct form_of of = check_form_of(check, wanted);
	const struct text_place places[] = {
		{ "zone", name_unicode(&of.zone, zone_name) },
		{ "provider", provider_name(of.company) },
		{ NULL, NULL }
	};

	if (delegation_is_beside(&check->delegation, &part))
		report_add(t, N_("{zone} stands as a domain of its own: enter "
		    "this record there, not with the other rows of the "
		    "domain."), places);
	else if (delegation_is_below(&check->delegation, &part))
		report_add(t, of.company == provider_generic() ?
		    N_("{zone} is run somewhere else: enter this record "
		    "there, not with the other rows of the domain.") :
		    N_("{zone} is run by {provider}: enter this record there, "
		    "not with the other rows of the domain."), places);
	report_card_note(t, &of, wanted);
}
