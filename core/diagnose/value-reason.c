#include "diagnose/value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/foreign.h"
#include "base/lang.h"
#include "diagnose/value-internal.h"
#include "base/xalloc.h"

/* A value that is not as wanted, in the forms that the signs look at. */
struct seen {
	const struct wanted *wanted;
	const uint8_t *raw;
	size_t len;
	char core[VALUE_CORE], wanted_core[VALUE_CORE];
};

static bool
has_scheme(const struct seen *seen)
{
	return seen->len >= 7 && (strncasecmp((const char *)seen->raw,
	    "http://", 7) == 0 || strncasecmp((const char *)seen->raw,
	    "https:/", 7) == 0);
}

static bool
has_line_break(const struct seen *seen)
{
	return memchr(seen->raw, '\n', seen->len) != NULL ||
	    memchr(seen->raw, '\r', seen->len) != NULL;
}

static bool
has_priority(const struct seen *seen)
{
	size_t digits = 0;

	while (digits < seen->len && isdigit(seen->raw[digits]))
		digits++;
	return seen->wanted->type == RR_MX && digits > 0 &&
	    digits < seen->len && (seen->raw[digits] == ' ' ||
	    seen->raw[digits] == '\t');
}

static bool
has_blank_around(const struct seen *seen)
{
	return seen->len > 0 && (isblank(seen->raw[0]) ||
	    isblank(seen->raw[seen->len - 1]));
}

/*
 * The first place where the value is not letter by letter the wanted one:
 * what stands there, and what belongs there.  false: one begins the other.
 */
static bool
differs(const struct seen *seen, const char **wanted, const uint8_t **there)
{
	const char *value = seen->wanted->value;
	size_t i = 0;

	if (seen->wanted->type == RR_MX)
		value += strspn(value, "0123456789 ");
	while (i < seen->len && value[i] != '\0' &&
	    tolower(seen->raw[i]) == tolower((unsigned char)value[i]))
		i++;
	*wanted = value + i;
	*there = seen->raw + i;
	return i < seen->len && value[i] != '\0';
}

/* At that place one sign stands for another; as typing has it. */
static bool
stands_for(const struct seen *seen, char sign, char belongs)
{
	const char *wanted;
	const uint8_t *there;

	return differs(seen, &wanted, &there) && *there == (uint8_t)sign &&
	    *wanted == belongs;
}

/* The sign that belongs there was left out, and the next one follows. */
static bool
lacks_sign(const struct seen *seen, const char *signs)
{
	const char *wanted;
	const uint8_t *there;

	return differs(seen, &wanted, &there) && wanted[1] != '\0' &&
	    strchr(signs, *wanted) != NULL && *there != (uint8_t)*wanted &&
	    tolower(*there) == tolower((unsigned char)wanted[1]);
}

static bool
has_blank_for_plus(const struct seen *seen)
{
	return stands_for(seen, ' ', '+');
}

static bool
has_comma_for_dot(const struct seen *seen)
{
	return stands_for(seen, ',', '.');
}

static bool
has_comma_for_blank(const struct seen *seen)
{
	return stands_for(seen, ',', ' ') || stands_for(seen, ';', ' ');
}

static bool
has_equals_for_colon(const struct seen *seen)
{
	return stands_for(seen, '=', ':');
}

static bool
lacks_blank(const struct seen *seen)
{
	return lacks_sign(seen, " ");
}

static bool
lacks_mark(const struct seen *seen)
{
	return lacks_sign(seen, ".:;-_=~+/");
}

/* Where the wanted value has none. */
static bool
has_blank(const struct seen *seen)
{
	const char *wanted;
	const uint8_t *there;

	return differs(seen, &wanted, &there) && isblank(*there) &&
	    *wanted != ' ';
}

static bool
has_mark_at_end(const struct seen *seen)
{
	return seen->len > 0 &&
	    strchr(".,;/", seen->raw[seen->len - 1]) != NULL;
}

static bool
has_other_case(const struct seen *seen)
{
	return strcmp(seen->core, seen->wanted_core) == 0;
}

static bool
is_other_service(const struct seen *seen)
{
	return strstr(seen->core, "amazonaws.") != NULL &&
	    strncmp(seen->core, "inbound-smtp", 12) != 0;
}

static bool
is_inbound(const struct seen *seen)
{
	return seen->wanted->type == RR_MX &&
	    strncmp(seen->core, "inbound-smtp", 12) == 0;
}

static bool
lacks_end(const struct seen *seen)
{
	size_t len = strlen(seen->core);

	return len >= VALUE_CUT && len < strlen(seen->wanted_core) &&
	    strncmp(seen->core, seen->wanted_core, len) == 0;
}

static bool
lacks_beginning(const struct seen *seen)
{
	size_t len = strlen(seen->core), whole = strlen(seen->wanted_core);

	return len >= VALUE_CUT && len < whole &&
	    strcmp(seen->core, seen->wanted_core + whole - len) == 0;
}

static bool
is_mistyped(const struct seen *seen)
{
	return value_typos(seen->core, seen->wanted_core) <= VALUE_TYPOS;
}

static bool
ends_in_ses(const struct seen *seen)
{
	static const char end[] = ".amazonses.com";
	size_t len = strlen(seen->core);

	return len >= sizeof end - 1 &&
	    strcmp(seen->core + len - (sizeof end - 1), end) == 0;
}

/* The token and "dkim." are right, and then comes a domain of others. */
static bool
has_other_tail(const struct seen *seen)
{
	size_t head = strcspn(seen->wanted_core, ".") + strlen(".dkim.");

	return seen->wanted->kind == WANTED_DKIM &&
	    strncmp(seen->core, seen->wanted_core, head) == 0 &&
	    strchr(seen->core + head, '.') != NULL && !ends_in_ses(seen) &&
	    !is_other_service(seen);
}

/* A host of SES's, but where the region belongs stands none. */
static bool
has_no_region(const struct seen *seen)
{
	size_t head = strlen("feedback-smtp.");

	return seen->wanted->kind == WANTED_MAIL_FROM_MX &&
	    strncmp(seen->core, seen->wanted_core, head) == 0 &&
	    ends_in_ses(seen) && strspn(seen->core + head,
	    "abcdefghijklmnopqrstuvwxyz0123456789-") ==
	    strlen(seen->core + head) - strlen(".amazonses.com");
}

/* The first sign that fits is told. */
static const struct {
	bool (*shows)(const struct seen *seen);
	const char *reason;
} signs[] = {
	{ has_scheme, N_("http:// stands before the value. It is a name, not "
	    "an address of the web.") },
	{ has_line_break, N_("A line break stands in the value.") },
	{ has_priority, N_("The priority stands before the host, in the same "
	    "field. It has a field of its own.") },
	{ has_blank_around, N_("A space stands before or behind the value.") },
	{ has_blank_for_plus, N_("A plus sign became a space.") },
	{ has_blank, N_("A space stands inside the value.") },
	{ lacks_blank, N_("A space inside the value is missing.") },
	{ has_comma_for_dot, N_("A comma stands where a dot belongs.") },
	{ has_comma_for_blank, N_("A comma or semicolon stands where a space "
	    "belongs.") },
	{ has_equals_for_colon, N_("An equals sign stands where a colon "
	    "belongs.") },
	{ lacks_mark, N_("A sign inside the value is missing.") },
	{ has_mark_at_end, N_("A dot, comma or slash became the end of the "
	    "value.") },
	{ has_other_case, N_("Capital letters became small ones, or the other "
	    "way round. In this value they count.") },
	{ is_inbound, N_("This host receives mail for SES. MAIL FROM needs "
	    "the one that begins with feedback-smtp.") },
	{ is_other_service, N_("The value says amazonaws.com. The names of "
	    "these rows end in amazonses.com.") },
	{ has_other_tail, N_("The beginning is right, but behind it another "
	    "domain stands in place of amazonses.com.") },
	{ has_no_region, N_("What stands between feedback-smtp and "
	    "amazonses.com is not the name of your region.") },
	{ lacks_end, N_("The end of the value is missing.") },
	{ lacks_beginning, N_("The beginning of the value is missing.") },
	{ is_mistyped, N_("One or two letters differ, as when a value is "
	    "typed by hand: 0 and O, 1 and l look alike.") },
};

const char *
value_reason(const struct wanted *wanted, const struct rr *rr)
{
	struct seen seen = { .wanted = wanted };
	const char *reason = NULL;
	uint8_t *raw = xmalloc(RR_RDATA);

	seen.raw = raw;
	seen.len = value_octets(rr, raw, RR_RDATA);
	value_core(seen.core, rr);
	value_core_wanted(seen.wanted_core, wanted);
	if (!has_scheme(&seen))
		reason = foreign_sign(raw, seen.len);
	for (size_t i = 0; i < sizeof signs / sizeof signs[0] &&
	    reason == NULL; i++)
		if (signs[i].shows(&seen))
			reason = signs[i].reason;
	free(raw);
	return reason;
}
