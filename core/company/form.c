#include "company/provider.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"

enum {
	FORM_STRING = 255,	/* octets of one TXT string */
	FORM_NUMBER = 8,	/* text of a priority */
	FORM_WORD = 16,		/* text of a type */
	FORM_DEFAULT_TTL = 3600
};

/* What a proxy answers in the place of a CNAME: an address of its own. */
static const char proxy_address[] = "192.0.2.1";

static const char *const ids[FORM_IDS] = {
	[FORM_NAME] = "name",
	[FORM_TYPE] = "type",
	[FORM_VALUE] = "value",
	[FORM_PRIORITY] = "priority",
	[FORM_TTL] = "ttl",
	[FORM_PROXY] = "proxy",
	[FORM_LINE] = "line",
	[FORM_EXTRA] = "extra",
};

static const uint16_t types[] = { RR_CNAME, RR_TXT, RR_MX };

/* What was typed, whichever field or word of a line it stood in. */
struct typed {
	char name[FORM_TEXT];
	char value[FORM_TEXT];
	char priority[FORM_TEXT];
	uint16_t type;
	bool proxied;
};

const char *
form_id_text(enum form_id id)
{
	return ids[id];
}

const struct form_field *
form_find(const struct form *form, enum form_id id)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->field[i].id == id)
			return &form->field[i];
	return NULL;
}

static const char *
type_word(const struct provider *row, uint16_t type, char buf[static FORM_WORD])
{
	const char *word = NULL;

	switch (type) {
	case RR_CNAME:
		word = row->type_cname;
		break;
	case RR_TXT:
		word = row->type_txt;
		break;
	case RR_MX:
		word = row->type_mx;
		break;
	}
	return word != NULL ? word : rr_type_text(type, buf);
}

static const char *
field_label(const struct provider *row, enum form_id id, uint16_t type)
{
	switch (id) {
	case FORM_NAME:
		return row->label_name;
	case FORM_TYPE:
		return row->label_type;
	case FORM_VALUE:
		if (type == RR_CNAME && row->label_target != NULL)
			return row->label_target;
		if (type == RR_MX && row->label_mail != NULL)
			return row->label_mail;
		return row->label_value;
	case FORM_PRIORITY:
		if (row->priority_shown || (type == RR_MX &&
		    row->mx_rule == PROVIDER_MX_BOX))
			return row->label_priority;
		return NULL;
	case FORM_TTL:
		return row->label_ttl;
	case FORM_PROXY:
		return type == RR_CNAME ? row->label_proxy : NULL;
	case FORM_LINE:
		return row->label_line;
	default:
		return NULL;
	}
}

/*
 * As the reader sees it: the company's own label, though its rules may be
 * generic's; one that is not known is generic's.
 */
static const char *
shown_label(const struct provider *company, enum form_id id, uint16_t type)
{
	const struct provider *row = provider_form_row(company);
	const char *own = field_label(company, id, type);
	const char *label = own != NULL ? own : field_label(row, id, type);
	bool needed = id == FORM_NAME || id == FORM_TYPE || id == FORM_VALUE ||
	    (id == FORM_PRIORITY && type == RR_MX &&
	    row->mx_rule == PROVIDER_MX_BOX);

	if (label == NULL && needed && row->name_rule != PROVIDER_LINE) {
		row = provider_generic();
		label = field_label(row, id, type);
	}
	return own != NULL ? provider_word(company, own) :
	    provider_word(row, label);
}

/* In quotes, in strings of 255 octets each, as a zone file has it. */
static void
quote(char *dst, size_t size, const char *value)
{
	size_t left = strlen(value), at = 0, octets = 0;

	dst[at++] = '"';
	for (; left > 0 && at + 8 < size; left--, value++) {
		if (octets++ == FORM_STRING) {
			memcpy(dst + at, "\" \"", 3);
			at += 3;
			octets = 1;
		}
		if (*value == '"' || *value == '\\')
			dst[at++] = '\\';
		dst[at++] = *value;
	}
	dst[at++] = '"';
	dst[at] = '\0';
}

/* The name before the zone, which the form appends. */
static void
name_to_type(char *dst, size_t size, const struct provider *row,
    const struct name *owner, const struct name *zone)
{
	struct name before;
	char text[NAME_TEXT];
	const struct text_place places[] = {
		{ "zone", name_text(zone, text) }, { NULL, NULL }
	};

	if (name_equal(owner, zone))
		text_fill(dst, size, row->apex, places);
	else if (name_relative(&before, owner, zone) == -1)
		strlcpy(dst, name_text(owner, text), size);
	else
		strlcpy(dst, name_text(&before, text), size);
}

/* Value and priority as this form wants them. */
static void
value_to_type(char *value, size_t size, char *priority,
    const struct provider *row, const struct wanted *wanted)
{
	const char *dot = row->target_rule == PROVIDER_DOT ? "." : "";
	const char *host = wanted->value;

	*priority = '\0';
	switch (wanted->type) {
	case RR_TXT:
		if (row->quote_rule == PROVIDER_QUOTED)
			quote(value, size, wanted->value);
		else
			strlcpy(value, wanted->value, size);
		return;
	case RR_MX:
		host += strcspn(host, " ");
		snprintf(priority, FORM_NUMBER, "%.*s",
		    (int)(host - wanted->value), wanted->value);
		host += strspn(host, " ");
		if (row->mx_rule == PROVIDER_MX_VALUE &&
		    row->name_rule != PROVIDER_LINE) {
			snprintf(value, size, "%s %s%s", priority, host, dot);
			return;
		}
		break;
	}
	snprintf(value, size, "%s%s", host, dot);
}

static const char *
line_of_type(const struct provider *row, uint16_t type)
{
	switch (type) {
	case RR_CNAME:
		return row->line_cname;
	case RR_MX:
		return row->line_mx;
	default:
		return row->line_txt;
	}
}

void
provider_form(struct form *form, const struct provider *provider,
    const struct wanted *wanted, const struct name *zone)
{
	const struct provider *row = provider_form_row(provider);
	char name[FORM_TEXT], value[FORM_TEXT], priority[FORM_NUMBER];
	char word[FORM_WORD], owner[NAME_TEXT + 1];
	const struct text_place places[] = {
		{ "name", name }, { "owner", owner }, { "target", value },
		{ "value", value }, { "priority", priority }, { NULL, NULL }
	};

	memset(form, 0, sizeof *form);
	name_text(&wanted->owner, owner);
	strlcat(owner, ".", sizeof owner);
	name_to_type(name, sizeof name, row, &wanted->owner, zone);
	value_to_type(value, sizeof value, priority, row, wanted);
	for (size_t i = 0; i < FORM_IDS; i++) {
		enum form_id id = row->order[i];
		const char *label = shown_label(provider, id,
		    wanted->type);
		const char *content = "";
		struct form_field *field;

		if (label == NULL || form_find(form, id) != NULL)
			continue;
		field = &form->field[form->count++];
		field->id = id;
		field->label = label;
		switch (id) {
		case FORM_NAME:
			content = name;
			break;
		case FORM_TYPE:
			content = type_word(row, wanted->type, word);
			break;
		case FORM_VALUE:
			content = value;
			break;
		case FORM_PRIORITY:
			content = priority;
			break;
		case FORM_TTL:
			field->keep = row->ttl == NULL;
			content = row->ttl != NULL ? row->ttl : "";
			break;
		case FORM_PROXY:
			content = provider_word(row, row->value_proxy);
			break;
		case FORM_LINE:
			text_fill(field->value, sizeof field->value,
			    line_of_type(row, wanted->type), places);
			continue;
		default:
			break;
		}
		strlcpy(field->value, content, sizeof field->value);
	}
}

/* Reads a line by its template: a blank there is any number here. */
static bool
line_fits(struct typed *typed, const char *template, const char *line)
{
	while (*template != '\0') {
		const char *end = strchr(template, '}');
		char *dst = typed->value;
		size_t len;

		if (*template == ' ') {
			len = strspn(line, " \t");
			if (len == 0)
				return false;
			line += len;
			template++;
		} else if (*template == '{' && end != NULL) {
			/* A TXT value is the rest of the line. */
			if (strncmp(template, "{value}", 7) == 0)
				len = strlen(line);
			else
				len = strcspn(line, " \t");
			if (strncmp(template, "{name}", 6) == 0 ||
			    strncmp(template, "{owner}", 7) == 0)
				dst = typed->name;
			else if (strncmp(template, "{priority}", 10) == 0)
				dst = typed->priority;
			if (len == 0 || len >= FORM_TEXT)
				return false;
			memcpy(dst, line, len);
			dst[len] = '\0';
			line += len;
			template = end + 1;
		} else if (tolower((unsigned char)*template++) !=
		    tolower((unsigned char)*line++))
			return false;
	}
	return line[strspn(line, " \t")] == '\0';
}

static int
line_read(struct typed *typed, const struct provider *row,
    const struct form *form, const char **why)
{
	const struct form_field *field = form_find(form, FORM_LINE);
	const char *line = field != NULL ? field->value : "";

	line += strspn(line, " \t");
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		typed->type = types[i];
		if (line_fits(typed, line_of_type(row, types[i]), line))
			return 0;
	}
	*why = N_("The form does not understand this line.");
	return -1;
}

static void
field_read(char dst[static FORM_TEXT], const struct form *form, enum form_id id)
{
	const struct form_field *field = form_find(form, id);

	strlcpy(dst, field != NULL ? field->value : "", FORM_TEXT);
}

static int
fields_read(struct typed *typed, const struct provider *row,
    const struct form *form, const char **why)
{
	const struct form_field *proxy = form_find(form, FORM_PROXY);
	char type[FORM_TEXT], word[FORM_WORD];

	/* In either language: it may have been switched meanwhile. */
	typed->proxied = proxy != NULL &&
	    strcasecmp(proxy->value, row->value_proxy) != 0 &&
	    strcmp(proxy->value, provider_word(row, row->value_proxy)) != 0;
	field_read(typed->name, form, FORM_NAME);
	field_read(typed->value, form, FORM_VALUE);
	field_read(typed->priority, form, FORM_PRIORITY);
	field_read(type, form, FORM_TYPE);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		if (strcasecmp(type, type_word(row, types[i], word)) == 0) {
			typed->type = types[i];
			return 0;
		}
	}
	*why = N_("Choose a type that the form offers.");
	return -1;
}

static bool
ends_with_dot(const char *text)
{
	size_t len = strlen(text);

	return len > 0 && text[len - 1] == '.';
}

static int
owner_store(struct name *owner, const struct provider *row, const char *text,
    const struct name *zone, const char **why)
{
	bool absolute = ends_with_dot(text) &&
	    (row->name_rule == PROVIDER_FULL_DOT ||
	    row->name_rule == PROVIDER_LINE);

	if (row->name_max != 0 && strlen(text) > row->name_max) {
		*why = N_("This form does not take so long a name.");
		return -1;
	}
	if (*text == '\0' ||
	    (strcmp(text, "@") == 0 && strcmp(row->apex, "@") == 0)) {
		*owner = *zone;
		return 0;
	}
	if (absolute || row->name_rule == PROVIDER_EITHER) {
		if (name_parse(owner, text, why) == -1)
			return -1;
		if (name_is_below(owner, zone))
			return 0;
		if (absolute) {
			*why = N_("This name does not belong to the domain.");
			return -1;
		}
	}
	if (name_prepend(owner, text, zone) == 0)
		return 0;
	*why = N_("The form does not accept this name.");
	return -1;
}

static int
txt_store(struct rr *rr, const struct provider *row, const char *text,
    const char **why)
{
	bool quoted = *text == '"';

	if (*text == '\0') {
		*why = N_("The value is empty.");
		return -1;
	}
	if (row->txt_max != 0 && strlen(text) > row->txt_max) {
		*why = N_("This form does not take so long a value.");
		return -1;
	}
	if (row->txt_refused != NULL &&
	    text[strcspn(text, row->txt_refused)] != '\0') {
		*why = N_("This form refuses a character of the value.");
		return -1;
	}
	if (row->quote_rule == PROVIDER_QUOTED && !quoted) {
		*why = N_("This form wants quotation marks around the value.");
		return -1;
	}
	if (row->quote_rule == PROVIDER_BARE || !quoted)
		return rr_from_value(rr, RR_TXT, text, why);
	return rr_parse(rr, RR_TXT, text, why);
}

static int
target_store(struct rr *rr, const struct provider *row,
    const struct typed *typed, const struct name *zone, const char **why)
{
	const char *host = typed->value, *wrong;
	struct name target;
	char text[NAME_TEXT], rdata[FORM_NUMBER + NAME_TEXT];
	char number[FORM_TEXT];
	long long priority;

	strlcpy(number, typed->priority, sizeof number);
	if (typed->type == RR_MX && row->mx_rule == PROVIDER_MX_VALUE &&
	    row->name_rule != PROVIDER_LINE) {
		size_t len = strcspn(host, " \t");

		snprintf(number, sizeof number, "%.*s", (int)len, host);
		host += len;
		host += strspn(host, " \t");
	}
	if (*host == '\0') {
		*why = N_("The value is empty or incomplete.");
		return -1;
	}
	if (row->target_strict &&
	    ends_with_dot(host) != (row->target_rule == PROVIDER_DOT)) {
		*why = row->target_rule == PROVIDER_DOT ?
		    N_("This form wants a dot at the end of the value.") :
		    N_("This form takes no dot at the end of the value.");
		return -1;
	}
	if (row->target_rule == PROVIDER_DOT && !ends_with_dot(host)) {
		if (name_prepend(&target, host, zone) == -1) {
			*why = N_("The form does not accept this value.");
			return -1;
		}
	} else if (name_parse(&target, host, why) == -1)
		return -1;
	name_text(&target, text);
	if (typed->proxied)
		return rr_parse(rr, RR_A, proxy_address, why);
	if (typed->type == RR_CNAME)
		return rr_parse(rr, RR_CNAME, text, why);
	priority = strtonum(number, 0, UINT16_MAX, &wrong);
	if (wrong != NULL) {
		*why = N_("The priority must be a number from 0 to 65535.");
		return -1;
	}
	snprintf(rdata, sizeof rdata, "%lld %s", priority, text);
	return rr_parse(rr, RR_MX, rdata, why);
}

int
provider_store(struct rr *rr, const struct provider *provider,
    const struct form *form, const struct name *zone, const char **why)
{
	const struct provider *row = provider_form_row(provider);
	const struct form_field *ttl = form_find(form, FORM_TTL);
	struct typed typed = { .type = 0 };
	struct rr stored = { .ttl = FORM_DEFAULT_TTL };
	int read;

	memset(rr, 0, sizeof *rr);
	if (row->name_rule == PROVIDER_LINE)
		read = line_read(&typed, row, form, why);
	else
		read = fields_read(&typed, row, form, why);
	if (read == -1 || owner_store(&stored.owner, row, typed.name, zone,
	    why) == -1)
		return -1;
	if (ttl != NULL && *ttl->value != '\0') {
		const char *wrong;

		stored.ttl = (uint32_t)strtonum(ttl->value, 0, INT32_MAX,
		    &wrong);
		if (wrong != NULL)
			stored.ttl = FORM_DEFAULT_TTL;
	}
	if (typed.type == RR_TXT)
		read = txt_store(&stored, row, typed.value, why);
	else
		read = target_store(&stored, row, &typed, zone, why);
	if (read == 0)
		*rr = stored;
	return read;
}

const char *
provider_refuses_beside(const struct provider *provider,
    const struct rr *standing, const struct rr *rr)
{
	if (!provider_joins_values(provider_form_row(provider)) ||
	    standing->type != rr->type ||
	    !name_equal(&standing->owner, &rr->owner))
		return NULL;
	return N_("A row with this name and type is there already. Change "
	    "that one.");
}
