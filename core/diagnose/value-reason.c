#include "diagnose/value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/foreign.h"
#include "base/lang.h"
#include "diagnose/claim.h"
#include "diagnose/value-internal.h"
#include "base/xalloc.h"
#include "ses/region.h"

enum {
	GOES_ON = 3,	/* letters that are the same again behind a slip */
	LONG_WORD = 20	/* letters that the eye does not compare as one */
};

/* The first place where a value is not letter by letter the wanted one. */
enum slip_kind {
	SLIP_NONE,	/* one begins the other, or nothing is alike */
	SLIP_OTHER,	/* a letter or sign for another, or two turned round */
	SLIP_LOST,
	SLIP_ADDED
};

/* A value that is not as wanted, in the forms that the signs look at. */
struct seen {
	const struct wanted *wanted;
	const char *raw;	/* its octets; ends with a NUL of ours */
	size_t len;
	const char *value;	/* the wanted ones */
	char *core, *wanted_core;
	enum slip_kind slip;
	size_t at;		/* there, in both */
};

/* --- Where they part --- */

/* How many letters are alike; to the end of both is more than any. */
static size_t
run(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] != '\0' && tolower((unsigned char)a[n]) ==
	    tolower((unsigned char)b[n]))
		n++;
	return a[n] == '\0' && b[n] == '\0' ? SIZE_MAX : n;
}

static void
find_slip(struct seen *seen)
{
	const char *a = seen->raw, *b = seen->value;
	size_t at = run(a, b), other, lost, added, turned, most;

	if (at == SIZE_MAX || a[at] == '\0' || b[at] == '\0')
		return;
	seen->at = at;
	other = run(a + at + 1, b + at + 1);
	turned = a[at] == b[at + 1] && a[at + 1] == b[at] ?
	    run(a + at + 2, b + at + 2) : 0;
	lost = run(a + at, b + at + 1);
	added = run(a + at + 1, b + at);
	most = other > turned ? other : turned;
	if (most < lost || most < added)
		most = lost > added ? lost : added;
	if (most >= GOES_ON)
		seen->slip = most == lost ? SLIP_LOST : most == added ?
		    SLIP_ADDED : SLIP_OTHER;
}

/* --- Its parts, in words --- */

static const char *
name_of(char sign)
{
	static const struct {
		char sign;
		const char *name;
	} names[] = {
		{ ' ', N_("a space") },
		{ '\t', N_("a tab") },
		{ ',', N_("a comma") },
		{ '.', N_("a dot") },
		{ ';', N_("a semicolon") },
		{ ':', N_("a colon") },
		{ '=', N_("an equals sign") },
		{ '-', N_("a hyphen") },
		{ '_', N_("an underscore") },
		{ '/', N_("a slash") },
		{ '+', N_("a plus sign") },
		{ '~', N_("a tilde") },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (names[i].sign == sign)
			return names[i].name;
	return NULL;
}

/* False for what has no name and cannot be shown as it is, or is too long. */
static bool
part(struct value_part *out, const char *text, size_t len)
{
	if (len == 0 || len >= sizeof out->text)
		return false;
	out->name = len == 1 ? name_of(*text) : NULL;
	for (size_t i = 0; i < len; i++)
		if (out->name == NULL && !isgraph((unsigned char)text[i]) &&
		    text[i] != ' ')
			return false;
	snprintf(out->text, sizeof out->text, "%.*s", (int)len, text);
	return true;
}

/* The letters and digits around a place; those of a code make no word. */
static bool
word(struct value_part *out, const struct seen *seen, const char *text)
{
	size_t from = seen->at, to = seen->at;

	while (from > 0 && isalnum((unsigned char)text[from - 1]))
		from--;
	while (isalnum((unsigned char)text[to]))
		to++;
	return to - from < LONG_WORD &&
	    seen->wanted->kind != WANTED_VERIFICATION &&
	    part(out, text + from, to - from);
}

/* --- The signs: true when it shows; out has what the sentence names. --- */

/* The name of the row, where its value belongs. */
static bool
has_own_name(const struct seen *seen, struct value_reason *out)
{
	char owner[NAME_TEXT];

	(void)out;
	name_text(&seen->wanted->owner, owner);
	return strcasecmp(seen->core, owner) == 0;
}

static bool
has_scheme(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return strncasecmp(seen->raw, "http://", 7) == 0 ||
	    strncasecmp(seen->raw, "https:/", 7) == 0;
}

/* It has a name of its own. */
static bool
has_foreign(const struct seen *seen, struct value_reason *out)
{
	out->text = foreign_sign((const uint8_t *)seen->raw, seen->len);
	return out->text != NULL;
}

static bool
has_line_break(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return strpbrk(seen->raw, "\r\n") != NULL;
}

static bool
has_priority(const struct seen *seen, struct value_reason *out)
{
	size_t digits = strspn(seen->raw, "0123456789");

	(void)out;
	return seen->wanted->type == RR_MX && digits > 0 &&
	    isblank((unsigned char)seen->raw[digits]);
}

static bool
has_blank_around(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return seen->len > 0 && (isblank((unsigned char)seen->raw[0]) ||
	    isblank((unsigned char)seen->raw[seen->len - 1]));
}

static bool
has_other_case(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return strcasecmp(seen->raw, seen->value) == 0;
}

static bool
is_inbound(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return seen->wanted->type == RR_MX &&
	    strncmp(seen->core, "inbound-smtp", 12) == 0;
}

static bool
is_smtp_interface(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return seen->wanted->type == RR_MX &&
	    strncmp(seen->core, "email-smtp", 10) == 0;
}

static bool
is_other_service(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return strstr(seen->core, "amazonaws.") != NULL;
}

/* "%2B" for "+", as the address of a web page has it. */
static bool
is_escaped(const struct seen *seen, struct value_reason *out)
{
	const char *a = seen->raw, *b = seen->value;
	bool escaped = false;

	(void)out;
	for (; *a != '\0' && *b != '\0'; a++, b++) {
		char hex[3] = "";

		if (*a == '%' && isxdigit((unsigned char)a[1]) &&
		    isxdigit((unsigned char)a[2])) {
			memcpy(hex, a + 1, 2);
			if (strtol(hex, NULL, 16) != (unsigned char)*b)
				return false;
			escaped = true;
			a += 2;
		} else if (tolower((unsigned char)*a) !=
		    tolower((unsigned char)*b))
			return false;
	}
	return escaped && *a == *b;
}

/* The whole value, between two signs. */
static bool
is_wrapped(const struct seen *seen, struct value_reason *out)
{
	size_t whole = strlen(seen->value);

	return seen->len == whole + 2 && strncasecmp(seen->raw + 1,
	    seen->value, whole) == 0 && part(&out->there, seen->raw, 1) &&
	    part(&out->belongs, seen->raw + whole + 1, 1);
}

/* The whole value, and something around it. */
static bool
has_more_before(const struct seen *seen, struct value_reason *out)
{
	size_t whole = strlen(seen->value);

	return seen->len > whole && strcmp(seen->raw + seen->len - whole,
	    seen->value) == 0 && part(&out->there, seen->raw,
	    seen->len - whole);
}

static bool
has_more_behind(const struct seen *seen, struct value_reason *out)
{
	size_t whole = strlen(seen->value);

	return seen->len > whole && strncasecmp(seen->raw, seen->value,
	    whole) == 0 && part(&out->there, seen->raw + whole,
	    seen->len - whole);
}

static bool
has_blank_for_plus(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return seen->slip == SLIP_OTHER && seen->raw[seen->at] == ' ' &&
	    seen->value[seen->at] == '+';
}

/* A sign is told wherever it stands; a letter only in what is else alike. */
static bool
is_told(const struct seen *seen, char a, char b)
{
	return name_of(a) != NULL || name_of(b) != NULL ||
	    value_is_near(seen->core, seen->wanted_core);
}

/* A short word is told whole, of a long one the letter. */
static bool
has_other(const struct seen *seen, struct value_reason *out)
{
	const char *a = seen->raw + seen->at, *b = seen->value + seen->at;

	if (seen->slip != SLIP_OTHER || !is_told(seen, *a, *b))
		return false;
	if (name_of(*a) == NULL && name_of(*b) == NULL &&
	    word(&out->there, seen, seen->raw) &&
	    word(&out->belongs, seen, seen->value))
		return true;
	return part(&out->there, a, 1) && part(&out->belongs, b, 1);
}

/* Two letters, of all that is else alike, stand in each other's place. */
static bool
has_turned(const struct seen *seen, struct value_reason *out)
{
	const char *a = seen->raw + seen->at, *b = seen->value + seen->at;

	return seen->slip == SLIP_OTHER && a[0] == b[1] && a[1] == b[0] &&
	    isalnum((unsigned char)a[0]) && isalnum((unsigned char)a[1]) &&
	    run(a + 2, b + 2) == SIZE_MAX &&
	    !word(&out->there, seen, seen->raw) &&
	    part(&out->there, a, 2) && part(&out->belongs, b, 2);
}

/* The same of a letter that lacks in a word, or is one too many. */
static bool
has_other_word(const struct seen *seen, struct value_reason *out)
{
	char letter = seen->slip == SLIP_LOST ? seen->value[seen->at] :
	    seen->raw[seen->at];

	return (seen->slip == SLIP_LOST || seen->slip == SLIP_ADDED) &&
	    isalnum((unsigned char)letter) &&
	    value_is_near(seen->core, seen->wanted_core) &&
	    word(&out->there, seen, seen->raw) &&
	    word(&out->belongs, seen, seen->value);
}

static bool
has_lost(const struct seen *seen, struct value_reason *out)
{
	const char *b = seen->value + seen->at;

	return seen->slip == SLIP_LOST && is_told(seen, *b, *b) &&
	    part(&out->belongs, b, 1);
}

static bool
has_added(const struct seen *seen, struct value_reason *out)
{
	const char *a = seen->raw + seen->at;

	return seen->slip == SLIP_ADDED && is_told(seen, *a, *a) &&
	    part(&out->there, a, 1);
}

static bool
lacks_end(const struct seen *seen, struct value_reason *out)
{
	size_t len = strlen(seen->core);

	(void)out;
	return len >= VALUE_CUT && len < strlen(seen->wanted_core) &&
	    strncmp(seen->core, seen->wanted_core, len) == 0;
}

static bool
lacks_beginning(const struct seen *seen, struct value_reason *out)
{
	size_t len = strlen(seen->core), whole = strlen(seen->wanted_core);

	(void)out;
	return len >= VALUE_CUT && len < whole &&
	    strcmp(seen->core, seen->wanted_core + whole - len) == 0;
}

/* What lacks is short enough to be named. */
static bool
lacks_first_word(const struct seen *seen, struct value_reason *out)
{
	size_t whole = strlen(seen->value);

	if (!lacks_beginning(seen, out) || seen->len >= whole)
		return false;
	whole -= seen->len;
	while (whole > 0 && seen->value[whole - 1] == ' ')
		whole--;
	return part(&out->belongs, seen->value, whole);
}

static bool
ends_in_ses(const struct seen *seen)
{
	static const char end[] = ".amazonses.com";
	size_t len = strlen(seen->core);

	return len >= sizeof end - 1 &&
	    strcmp(seen->core + len - (sizeof end - 1), end) == 0;
}

/* The token of a DKIM row is right, and then comes something else. */
static bool
has_token(const struct seen *seen)
{
	size_t head = strcspn(seen->wanted_core, ".") + 1;

	return seen->wanted->kind == WANTED_DKIM &&
	    strncmp(seen->core, seen->wanted_core, head) == 0;
}

static bool
has_other_tail(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return has_token(seen) && !ends_in_ses(seen);
}

/* Where none belongs, or another one, the name of a region of AWS. */
static bool
has_region_inside(const struct seen *seen, struct value_reason *out)
{
	size_t count, head = strcspn(seen->core, ".") + 1;
	const struct region *regions = region_table(&count);

	for (size_t i = 0; has_token(seen) && i < count; i++) {
		const char *at = strstr(seen->core + head, regions[i].code);
		size_t len = strlen(regions[i].code);

		if (at != NULL && at[-1] == '.' && at[len] == '.' &&
		    strstr(seen->wanted_core, regions[i].code) == NULL)
			return part(&out->there, at, len);
	}
	return false;
}

static bool
has_other_middle(const struct seen *seen, struct value_reason *out)
{
	(void)out;
	return has_token(seen) && ends_in_ses(seen);
}

/* A host of SES's, but where the region belongs stands none. */
static bool
has_no_region(const struct seen *seen, struct value_reason *out)
{
	size_t head = strlen("feedback-smtp");

	(void)out;
	return seen->wanted->kind == WANTED_MAIL_FROM_MX &&
	    strncmp(seen->core, seen->wanted_core, head) == 0 &&
	    ends_in_ses(seen);
}

/* The first sign that fits is told. */
static const struct {
	bool (*shows)(const struct seen *seen, struct value_reason *out);
	enum claim_kind kind;
} signs[] = {
	{ has_own_name, CLAIM_OWN_NAME },
	{ has_scheme, CLAIM_WEB_ADDRESS },
	{ has_foreign, CLAIM_FOREIGN_SIGN },
	{ has_line_break, CLAIM_LINE_BREAK },
	{ has_priority, CLAIM_PRIORITY_INSIDE },
	{ has_blank_around, CLAIM_BLANK_AROUND },
	{ has_other_case, CLAIM_OTHER_CASE },
	{ is_inbound, CLAIM_RECEIVING_HOST },
	{ is_smtp_interface, CLAIM_SENDING_HOST },
	{ is_other_service, CLAIM_OTHER_SERVICE },
	{ is_escaped, CLAIM_PERCENT_SIGNS },
	{ is_wrapped, CLAIM_WRAPPED },
	{ has_more_before, CLAIM_MORE_BEFORE },
	{ has_more_behind, CLAIM_MORE_BEHIND },
	{ has_blank_for_plus, CLAIM_BLANK_FOR_PLUS },
	{ has_turned, CLAIM_TURNED },
	{ has_other_word, CLAIM_OTHER_PART },
	{ has_other, CLAIM_OTHER_PART },
	{ has_lost, CLAIM_PART_MISSING },
	{ has_added, CLAIM_PART_ADDED },
	{ lacks_end, CLAIM_END_MISSING },
	{ lacks_first_word, CLAIM_FIRST_MISSING },
	{ has_other_tail, CLAIM_OTHER_ENDING },
	{ has_region_inside, CLAIM_REGION_INSIDE },
	{ has_other_middle, CLAIM_OTHER_MIDDLE },
	{ has_no_region, CLAIM_NO_REGION },
};

static void
tell(struct value_reason *out, const struct seen *seen)
{
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		memset(out, 0, sizeof *out);
		if (!signs[i].shows(seen, out))
			continue;
		out->kind = signs[i].kind;
		if (out->text == NULL)
			out->text = claim_row(out->kind)->sentence;
		return;
	}
	memset(out, 0, sizeof *out);
}

void
value_reason(struct value_reason *out, const struct wanted *wanted,
    const struct rr *rr)
{
	struct seen seen = { .wanted = wanted, .value = value_wanted(wanted),
	    .slip = SLIP_NONE };
	char *raw = xmalloc(RR_RDATA + 1);

	seen.len = value_octets(rr, (uint8_t *)raw, RR_RDATA);
	raw[seen.len] = '\0';
	seen.raw = raw;
	seen.core = value_core(rr);
	seen.wanted_core = value_core_wanted(wanted);
	find_slip(&seen);
	tell(out, &seen);
	free(seen.wanted_core);
	free(seen.core);
	free(raw);
}
