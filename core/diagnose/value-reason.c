#include "diagnose/value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/foreign.h"
#include "base/lang.h"
#include "diagnose/value-internal.h"
#include "base/xalloc.h"

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
	const char *text;
} signs[] = {
	{ has_own_name, N_("The row's own name stands in the field for its "
	    "value.") },
	{ has_scheme, N_("http:// stands before the value. It is a name, not "
	    "an address of the web.") },
	{ NULL, NULL },		/* foreign_sign */
	{ has_line_break, N_("A line break stands in the value.") },
	{ has_priority, N_("The priority stands before the host, in the same "
	    "field. It has a field of its own.") },
	{ has_blank_around, N_("A space stands before or behind the value.") },
	{ has_other_case, N_("Capital letters became small ones, or the other "
	    "way round. In this value they count.") },
	{ is_inbound, N_("This host receives mail for SES. MAIL FROM needs "
	    "the one that begins with feedback-smtp.") },
	{ is_smtp_interface, N_("This host takes mail from programs that "
	    "send. MAIL FROM needs the one that begins with "
	    "feedback-smtp.") },
	{ is_other_service, N_("The value says amazonaws.com. The names of "
	    "these rows end in amazonses.com.") },
	{ has_more_before, N_("Before the value stands {there}, which does "
	    "not belong to it.") },
	{ has_more_behind, N_("Behind the value stands {there}, which does "
	    "not belong to it.") },
	{ has_blank_for_plus, N_("A plus sign became a space.") },
	{ has_other_word, N_("In the value, {there} stands where {belongs} "
	    "belongs.") },
	{ has_other, N_("In the value, {there} stands where {belongs} "
	    "belongs.") },
	{ has_lost, N_("In the value, {belongs} is missing.") },
	{ has_added, N_("In the value, {there} stands where none belongs.") },
	{ lacks_end, N_("The end of the value is missing.") },
	{ lacks_first_word, N_("The value must begin with {belongs}, and that "
	    "is missing.") },
	{ lacks_beginning, N_("The beginning of the value is missing.") },
	{ has_other_tail, N_("The beginning is right, but behind it another "
	    "domain stands in place of amazonses.com.") },
	{ has_other_middle, N_("What stands between the long code and "
	    "amazonses.com is not what AWS gave.") },
	{ has_no_region, N_("What stands between feedback-smtp and "
	    "amazonses.com is not the name of your region.") },
};

static void
tell(struct value_reason *out, const struct seen *seen)
{
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		memset(out, 0, sizeof *out);
		if (signs[i].shows == NULL)
			out->text = foreign_sign((const uint8_t *)seen->raw,
			    seen->len);
		else if (signs[i].shows(seen, out))
			out->text = signs[i].text;
		if (out->text != NULL)
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
