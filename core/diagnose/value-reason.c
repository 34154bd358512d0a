#include "diagnose/value.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* U+FF01 to U+FF5E begin so. */
static bool
has_full_width(const struct seen *seen)
{
	for (size_t i = 0; i + 1 < seen->len; i++)
		if (seen->raw[i] == 0xef && (seen->raw[i + 1] == 0xbc ||
		    seen->raw[i + 1] == 0xbd))
			return true;
	return false;
}

static bool
has_invisible(const struct seen *seen)
{
	for (size_t i = 0; i < seen->len; i++)
		if (seen->raw[i] >= 0x7f)
			return true;
	return false;
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

static bool
has_blank(const struct seen *seen)
{
	return memchr(seen->raw, ' ', seen->len) != NULL ||
	    memchr(seen->raw, '\t', seen->len) != NULL;
}

/* Where SES has spaces, as in an SPF record. */
static bool
lacks_blanks(const struct seen *seen)
{
	return seen->wanted->type == RR_TXT &&
	    strchr(seen->wanted->value, ' ') != NULL && !has_blank(seen) &&
	    strcmp(seen->core, seen->wanted_core) == 0;
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

/* The first sign that fits is told. */
static const struct {
	bool (*shows)(const struct seen *seen);
	const char *reason;
} signs[] = {
	{ has_scheme, N_("http:// stands before the value. It is a name, not "
	    "an address of the web.") },
	{ has_full_width, N_("A full-width letter stands in the value.") },
	{ has_invisible, N_("An invisible or foreign character stands in the "
	    "value.") },
	{ has_line_break, N_("A line break stands in the value.") },
	{ has_priority, N_("The priority stands before the host, in the same "
	    "field. It has a field of its own.") },
	{ has_blank_around, N_("A space stands before or behind the value.") },
	{ has_blank, N_("A space stands inside the value.") },
	{ lacks_blanks, N_("The spaces inside the value are missing.") },
	{ has_mark_at_end, N_("A dot, comma or slash became the end of the "
	    "value.") },
	{ has_other_case, N_("Capital letters became small ones, or the other "
	    "way round. In this value they count.") },
	{ is_inbound, N_("This host receives mail for SES. MAIL FROM needs "
	    "the one that begins with feedback-smtp.") },
	{ is_other_service, N_("The value says amazonaws.com. The names of "
	    "these rows end in amazonses.com.") },
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
	for (size_t i = 0; i < sizeof signs / sizeof signs[0] &&
	    reason == NULL; i++)
		if (signs[i].shows(&seen))
			reason = signs[i].reason;
	free(raw);
	return reason;
}
