#include "company/form-store.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/lang.h"

enum {
	FORM_DEFAULT_TTL = 3600
};

/* What a proxy answers in the place of a CNAME: an address of its own. */
static const char proxy_address[] = "192.0.2.1";

static const uint16_t types[] = { RR_CNAME, RR_TXT, RR_MX };

/* What was typed, whichever field or word of a line it stood in. */
struct typed {
	char name[FORM_TEXT];
	char value[FORM_TEXT];
	char priority[FORM_TEXT];
	uint16_t type;
	bool proxied;
};

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
line_read(struct typed *typed, const struct form_rules *rules,
    const struct form *form, const char **why)
{
	const struct form_field *field = form_find(form, FORM_LINE);
	const char *line = field != NULL ? field->value : "";

	line += strspn(line, " \t");
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		typed->type = types[i];
		if (line_fits(typed, form_line(rules, types[i]), line))
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

/* The type that is called so there, 0 if none is. */
static uint16_t
type_called(const struct form_rules *rules, const char *type)
{
	char word[FORM_WORD];

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcasecmp(type, form_type_word(rules, types[i],
		    word)) == 0 && !form_refuses_type(rules, types[i]))
			return types[i];
	return 0;
}

bool
form_offers(const struct form_rules *rules, const char *type,
    struct text *offered)
{
	char word[FORM_WORD];

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (!form_refuses_type(rules, types[i]))
			text_list_add(offered, form_type_word(rules, types[i],
			    word));
	return type_called(rules, type) != 0;
}

static int
fields_read(struct typed *typed, const struct form_rules *rules,
    const struct form *form, const char **why)
{
	const struct form_field *proxy = form_find(form, FORM_PROXY);
	char type[FORM_TEXT];

	/* In either language: it may have been switched meanwhile. */
	typed->proxied = proxy != NULL &&
	    strcasecmp(proxy->value, rules->value_proxy) != 0 &&
	    strcmp(proxy->value, form_word(rules, rules->value_proxy)) != 0;
	field_read(typed->name, form, FORM_NAME);
	field_read(typed->value, form, FORM_VALUE);
	field_read(typed->priority, form, FORM_PRIORITY);
	field_read(type, form, FORM_TYPE);
	if ((typed->type = type_called(rules, type)) != 0)
		return 0;
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
owner_store(struct name *owner, const struct form_rules *rules,
    const char *text, const struct name *zone, const char **why)
{
	bool absolute = ends_with_dot(text) &&
	    (rules->name_rule == PROVIDER_FULL_DOT ||
	    rules->name_rule == PROVIDER_LINE);

	if (rules->name_max != 0 && strlen(text) > rules->name_max) {
		*why = N_("This form does not take so long a name.");
		return -1;
	}
	if (*text == '\0' && form_refuses(rules, FORM_REFUSES_EMPTY_NAME)) {
		*why = N_("This form wants a name; @ is the domain itself.");
		return -1;
	}
	if (strcmp(text, "@") == 0 && form_refuses(rules, FORM_REFUSES_AT)) {
		*why = N_("This form does not take @ as a name.");
		return -1;
	}
	if (*text == '\0' ||
	    (strcmp(text, "@") == 0 && strcmp(rules->apex, "@") == 0)) {
		*owner = *zone;
		return 0;
	}
	if (absolute || rules->name_rule == PROVIDER_EITHER) {
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
txt_store(struct rr *rr, const struct form_rules *rules, const char *text,
    const char **why)
{
	bool quoted = *text == '"';

	if (*text == '\0') {
		*why = N_("The value is empty.");
		return -1;
	}
	if (rules->txt_max != 0 && rules->txt_max_sure >= PROVIDER_MEDIUM &&
	    strlen(text) > rules->txt_max) {
		*why = N_("This form does not take so long a value.");
		return -1;
	}
	if (rules->txt_refused != NULL &&
	    text[strcspn(text, rules->txt_refused)] != '\0') {
		*why = N_("This form refuses a character of the value.");
		return -1;
	}
	if (rules->quote_rule == PROVIDER_QUOTED && !quoted) {
		*why = N_("This form wants quotation marks around the value.");
		return -1;
	}
	if (rules->quote_rule == PROVIDER_BARE || !quoted)
		return rr_from_value(rr, RR_TXT, text, why);
	return rr_parse(rr, RR_TXT, text, why);
}

static int
target_store(struct rr *rr, const struct form_rules *rules,
    const struct typed *typed, const struct name *zone, const char **why)
{
	const char *host = typed->value, *wrong;
	struct name target;
	char text[NAME_TEXT], rdata[FORM_NUMBER + NAME_TEXT];
	char number[FORM_TEXT];
	long long priority;

	strlcpy(number, typed->priority, sizeof number);
	if (typed->type == RR_MX && rules->mx_rule == PROVIDER_MX_VALUE &&
	    rules->name_rule != PROVIDER_LINE) {
		size_t len = strcspn(host, " \t");

		snprintf(number, sizeof number, "%.*s", (int)len, host);
		host += len;
		host += strspn(host, " \t");
	}
	if (*host == '\0') {
		*why = N_("The value is empty or incomplete.");
		return -1;
	}
	if (rules->target_strict &&
	    ends_with_dot(host) != (rules->target_rule == PROVIDER_DOT)) {
		*why = rules->target_rule == PROVIDER_DOT ?
		    N_("This form wants a dot at the end of the value.") :
		    N_("This form takes no dot at the end of the value.");
		return -1;
	}
	if (rules->target_rule == PROVIDER_DOT && !ends_with_dot(host)) {
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
form_store(struct rr *rr, const struct form_rules *rules,
    const struct form *form, const struct name *zone, const char **why)
{
	const struct form_field *ttl = form_find(form, FORM_TTL);
	struct typed typed = { .type = 0 };
	struct rr stored = { .ttl = FORM_DEFAULT_TTL };
	struct name owner;
	int read;

	memset(rr, 0, sizeof *rr);
	if (rules->name_rule == PROVIDER_LINE)
		read = line_read(&typed, rules, form, why);
	else
		read = fields_read(&typed, rules, form, why);
	if (read == -1 ||
	    owner_store(&owner, rules, typed.name, zone, why) == -1)
		return -1;
	if (ttl != NULL && *ttl->value != '\0') {
		const char *wrong;

		stored.ttl = (uint32_t)strtonum(ttl->value, 0, INT32_MAX,
		    &wrong);
		if (wrong != NULL)
			stored.ttl = FORM_DEFAULT_TTL;
	}
	if (typed.type == RR_TXT)
		read = txt_store(&stored, rules, typed.value, why);
	else
		read = target_store(&stored, rules, &typed, zone, why);
	if (read == 0) {
		rr_set_owner(&stored, &owner);
		*rr = stored;
	}
	return read;
}

const char *
form_refuses_beside(const struct form_rules *rules, const struct rr *standing,
    const struct rr *rr)
{
	if (!name_equal(standing->owner, rr->owner))
		return NULL;
	if (form_joins_values(rules) && standing->type == rr->type)
		return N_("A row with this name and type is there already. "
		    "Open that one and add a line.");
	if (form_refuses(rules, FORM_REFUSES_BESIDE_CNAME) &&
	    standing->type != rr->type &&
	    (standing->type == RR_CNAME || rr->type == RR_CNAME))
		return N_("This form takes no CNAME beside another row of the "
		    "same name.");
	/* Both begin with the number. */
	if (form_refuses(rules, FORM_REFUSES_SAME_MX) &&
	    standing->type == RR_MX && rr->type == RR_MX &&
	    standing->len >= 2 && rr->len >= 2 &&
	    memcmp(standing->rdata, rr->rdata, 2) == 0)
		return N_("This form takes no second MX row with the same "
		    "name and priority.");
	return NULL;
}
