#include "company/form.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "company/provider.h"
#include "dns/rr.h"

enum {
	FORM_STRING = 255	/* octets of one TXT string */
};

const struct form_field *
form_find(const struct form *form, enum form_id id)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->field[i].id == id)
			return &form->field[i];
	return NULL;
}

const char *
form_type_word(const struct form_rules *rules, uint16_t type,
    char buf[static FORM_WORD])
{
	const char *word = NULL;

	switch (type) {
	case RR_CNAME:
		word = rules->type_cname;
		break;
	case RR_TXT:
		word = rules->type_txt;
		break;
	case RR_MX:
		word = rules->type_mx;
		break;
	}
	return word != NULL ? word : rr_type_text(type, buf);
}

static const char *
field_label(const struct form_rules *rules, enum form_id id, uint16_t type)
{
	switch (id) {
	case FORM_NAME:
		return rules->label_name;
	case FORM_TYPE:
		return rules->label_type;
	case FORM_VALUE:
		if (type == RR_CNAME && rules->label_target != NULL)
			return rules->label_target;
		if (type == RR_MX && rules->label_mail != NULL)
			return rules->label_mail;
		return rules->label_value;
	case FORM_PRIORITY:
		if (rules->priority_shown || (type == RR_MX &&
		    rules->mx_rule == PROVIDER_MX_BOX))
			return rules->label_priority;
		return NULL;
	case FORM_TTL:
		return rules->label_ttl;
	case FORM_PROXY:
		return type == RR_CNAME ? rules->label_proxy : NULL;
	case FORM_LINE:
		return rules->label_line;
	default:
		return NULL;
	}
}

/*
 * As the reader sees it.  One that is not known is generic's, where it is of a
 * field that every form has, or all is as in most forms; *ours is set then.
 */
static const char *
shown_label(const struct form_rules *rules, enum form_id id, uint16_t type,
    bool *ours)
{
	const char *label = field_label(rules, id, type);
	bool needed = rules->as_most || id == FORM_NAME || id == FORM_TYPE ||
	    id == FORM_VALUE || (id == FORM_PRIORITY && type == RR_MX &&
	    rules->mx_rule == PROVIDER_MX_BOX);

	*ours = label == NULL;
	if (label == NULL && needed && rules->name_rule != PROVIDER_LINE) {
		rules = provider_rules(provider_generic());
		label = field_label(rules, id, type);
	}
	return form_word(rules, label);
}

/* In quotes, in strings of 255 octets each, as a zone file has it. */
static void
quote(struct text *t, const char *value)
{
	text_add(t, "\"");
	for (size_t octets = 0; *value != '\0'; octets++, value++) {
		if (octets > 0 && octets % FORM_STRING == 0)
			text_add(t, "\" \"");
		if (*value == '"' || *value == '\\')
			text_add(t, "\\");
		text_add_part(t, value, 1);
	}
	text_add(t, "\"");
}

/* The name before the zone, which the form appends. */
static void
name_to_type(struct text *t, const struct form_rules *rules,
    const struct name *owner, const struct name *zone)
{
	struct name before;
	char text[NAME_TEXT];
	const struct text_place places[] = {
		{ "zone", name_text(zone, text) }, { NULL, NULL }
	};

	if (name_equal(owner, zone))
		text_add_filled(t, rules->apex, places);
	else
		text_add(t, name_text(name_relative(&before, owner,
		    zone) == -1 ? owner : &before, text));
}

/* Value and priority as this form wants them. */
static void
value_to_type(struct text *value, char priority[static FORM_NUMBER],
    const struct form_rules *rules, const struct wanted *wanted)
{
	const char *host = wanted->value;

	*priority = '\0';
	if (wanted->type == RR_TXT) {
		if (rules->quote_rule == PROVIDER_QUOTED)
			quote(value, wanted->value);
		else
			text_add(value, wanted->value);
		return;
	}
	if (wanted->type == RR_MX) {
		host += strcspn(host, " ");
		snprintf(priority, FORM_NUMBER, "%.*s",
		    (int)(host - wanted->value), wanted->value);
		host += strspn(host, " ");
		if (rules->mx_rule == PROVIDER_MX_VALUE &&
		    rules->name_rule != PROVIDER_LINE)
			text_addf(value, "%s ", priority);
	}
	text_add(value, host);
	if (rules->target_rule == PROVIDER_DOT)
		text_add(value, ".");
}

const char *
form_line(const struct form_rules *rules, uint16_t type)
{
	switch (type) {
	case RR_CNAME:
		return rules->line_cname;
	case RR_MX:
		return rules->line_mx;
	default:
		return rules->line_txt;
	}
}

void
form_fill(struct form *form, const struct form_rules *rules,
    const struct wanted *wanted, const struct name *zone)
{
	struct text name = TEXT_INIT, value = TEXT_INIT;
	char priority[FORM_NUMBER], word[FORM_WORD], owner[NAME_TEXT + 1];

	memset(form, 0, sizeof *form);
	name_text(&wanted->owner, owner);
	strlcat(owner, ".", sizeof owner);
	name_to_type(&name, rules, &wanted->owner, zone);
	value_to_type(&value, priority, rules, wanted);
	const struct text_place places[] = {
		{ "name", name.s }, { "owner", owner }, { "target", value.s },
		{ "value", value.s }, { "priority", priority }, { NULL, NULL }
	};
	const char *const content[FORM_IDS] = {
		[FORM_NAME] = name.s,
		[FORM_TYPE] = form_type_word(rules, wanted->type, word),
		[FORM_VALUE] = value.s,
		[FORM_PRIORITY] = priority,
		[FORM_TTL] = rules->ttl,
		[FORM_PROXY] = form_word(rules, rules->value_proxy),
	};

	for (size_t i = 0; i < FORM_IDS; i++) {
		enum form_id id = rules->order[i];
		bool ours;
		const char *label = shown_label(rules, id, wanted->type,
		    &ours);
		struct form_field *field = &form->field[form->count];

		if (label == NULL || form_find(form, id) != NULL)
			continue;
		form->count++;
		field->id = id;
		field->label = label;
		field->ours = ours;
		field->keep = id == FORM_TTL && rules->ttl == NULL;
		if (id == FORM_LINE)
			text_fill(field->value, sizeof field->value,
			    form_line(rules, wanted->type), places);
		else if (content[id] != NULL)
			strlcpy(field->value, content[id],
			    sizeof field->value);
	}
	text_release(&name);
	text_release(&value);
}

bool
form_takes(const struct form_rules *rules, const struct wanted *wanted)
{
	if (form_refuses_type(rules, wanted->type))
		return false;
	return wanted->type != RR_TXT || rules->txt_max == 0 ||
	    rules->txt_max_sure < PROVIDER_MEDIUM ||
	    strlen(wanted->value) <= rules->txt_max;
}

size_t
form_lines(const struct form *form)
{
	size_t lines = 0;

	for (size_t i = 0; i < form->count; i++)
		lines += form->field[i].id == FORM_VALUE;
	return lines;
}

bool
form_add_line(struct form *form, const char *value)
{
	struct form_field *field;
	size_t at = form->count;

	if (form->count == FORM_FIELDS)
		return false;
	while (at > 0 && form->field[at - 1].id != FORM_VALUE)
		at--;
	field = &form->field[at];
	memmove(field + 1, field, (form->count - at) * sizeof *field);
	form->count++;
	memset(field, 0, sizeof *field);
	field->id = FORM_VALUE;
	field->label = _("(one more line)");
	field->ours = true;
	field->further = true;
	strlcpy(field->value, value, sizeof field->value);
	return true;
}

void
form_take_line(struct form *dst, const struct form *form, size_t line)
{
	size_t seen = 0;

	dst->count = 0;
	for (size_t i = 0; i < form->count; i++)
		if (form->field[i].id != FORM_VALUE || seen++ == line)
			dst->field[dst->count++] = form->field[i];
}
