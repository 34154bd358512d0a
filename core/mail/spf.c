#include "mail/spf.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/foreign.h"
#include "base/lang.h"

static const char version[] = "v=spf1";

enum {
	VERSION_LEN = sizeof version - 1,
	ADDRESS_TEXT = INET6_ADDRSTRLEN
};

enum domain_rule {
	DOMAIN_NO,
	DOMAIN_MAY,
	DOMAIN_MUST,
	DOMAIN_ADDRESS	/* an address in its place */
};

/* RFC 7208 sections 5, 6 and 12. */
static const struct word {
	const char *text;
	enum spf_kind kind;
	char before_domain;
	enum domain_rule domain;
	bool prefix;	/* "/24//64" may follow */
	bool asks;	/* section 4.6.4 */
} words[] = {
	{ "all", SPF_ALL, ':', DOMAIN_NO, false, false },
	{ "include", SPF_INCLUDE, ':', DOMAIN_MUST, false, true },
	{ "a", SPF_A, ':', DOMAIN_MAY, true, true },
	{ "mx", SPF_MX, ':', DOMAIN_MAY, true, true },
	{ "ptr", SPF_PTR, ':', DOMAIN_MAY, false, true },
	{ "ip4", SPF_IP4, ':', DOMAIN_ADDRESS, true, false },
	{ "ip6", SPF_IP6, ':', DOMAIN_ADDRESS, true, false },
	{ "exists", SPF_EXISTS, ':', DOMAIN_MUST, false, true },
	{ "redirect", SPF_REDIRECT, '=', DOMAIN_MUST, false, true },
	{ "exp", SPF_EXP, '=', DOMAIN_MUST, false, false },
};

static bool
digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
begins(const uint8_t *text, size_t len, const char *start)
{
	size_t n = strlen(start);

	return len >= n && strncasecmp((const char *)text, start, n) == 0;
}

static const struct word *
word_find(const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strlen(words[i].text) == len &&
		    begins(text, len, words[i].text))
			return &words[i];
	return NULL;
}

/* --- Domains: macro strings, RFC 7208 section 7.1 --- */

/*
 * The octets of the macro at text, which begins with "%"; 0 when it is none.
 * c, r and t are for the explanation text alone.
 */
static size_t
macro_len(const uint8_t *text, size_t len)
{
	size_t at = 2;

	if (len < 2)
		return 0;
	if (text[1] == '%' || text[1] == '_' || text[1] == '-')
		return 2;
	if (text[1] != '{' || len < 4 || !letter(text[at]) ||
	    strchr("slodiphvSLODIPHV", text[at]) == NULL)
		return 0;
	at++;
	for (bool zero = true; at < len && digit(text[at]); at++) {
		zero = zero && text[at] == '0';
		if (zero && (at + 1 == len || !digit(text[at + 1])))
			return 0;
	}
	if (at < len && (text[at] == 'r' || text[at] == 'R'))
		at++;
	while (at < len && text[at] != '\0' && strchr(".-+,/_=", text[at]))
		at++;
	return at < len && text[at] == '}' ? at + 1 : 0;
}

/* Whether all macros are sound; *end is where the last one ends, 0: none. */
static bool
macros_sound(const uint8_t *text, size_t len, size_t *end)
{
	size_t used;

	*end = 0;
	for (size_t i = 0; i < len; i += used) {
		used = 1;
		if (text[i] != '%')
			continue;
		used = macro_len(text + i, len - i);
		if (used == 0)
			return false;
		*end = i + used;
	}
	return true;
}

/* A dot and a label that is no number, as every name outside must end. */
static bool
ends_in_label(const uint8_t *text, size_t len, const char **why)
{
	size_t at;
	bool number = true;

	if (len > 0 && text[len - 1] == '.')
		len--;
	for (at = len; at > 0 && text[at - 1] != '.'; at--) {
		uint8_t c = text[at - 1];

		if (c == ',' || c == ';') {
			*why = N_("Between the parts of an SPF record stands "
			    "a space, no comma or semicolon.");
			return false;
		}
		if (!letter(c) && !digit(c) && c != '-') {
			*why = N_("This is no domain name.");
			return false;
		}
		number = number && digit(c);
	}
	if (at == 0 || at == len || number || text[at] == '-' ||
	    text[len - 1] == '-') {
		*why = N_("Here a full domain name must stand, such as "
		    "amazonses.com.");
		return false;
	}
	return true;
}

static void
read_domain(struct spf_term *out, const uint8_t *text, size_t len,
    const char **why)
{
	char copy[NAME_WIRE];
	size_t macro;

	if (len == 0) {
		*why = N_("Here the name is missing. It must follow at once, "
		    "without a space.");
		return;
	}
	if (begins(text, len, "http://") || begins(text, len, "https://")) {
		*why = N_("A name must stand here, without http:// before "
		    "it.");
		return;
	}
	if (!macros_sound(text, len, &macro)) {
		*why = N_("Behind the percent sign stands no macro of SPF.");
		return;
	}
	out->has_macro = macro > 0;
	if (macro < len && !ends_in_label(text, len, why))
		return;
	if (out->has_macro)
		return;
	if (len >= sizeof copy) {
		*why = N_("The name is too long (at most 253 characters).");
		return;
	}
	memcpy(copy, text, len);
	copy[len] = '\0';
	if (name_parse(&out->domain, copy, why) == -1)
		out->domain.len = 0;
}

/* --- Addresses and prefix lengths --- */

static const char bad_prefix[] = N_("The number behind the slash must be 0 to "
    "32 for IPv4 and 0 to 128 for IPv6.");

static bool
prefix_sound(const uint8_t *text, size_t len, unsigned max)
{
	unsigned value = 0;

	if (len > 3 || (len > 1 && text[0] == '0'))
		return false;
	for (size_t i = 0; i < len; i++)
		value = value * 10 + text[i] - '0';
	return value <= max;
}

/* Takes "/24", "//64" or both off the end of *len octets. */
static void
take_prefix(const uint8_t *text, size_t *len, const char **why)
{
	for (bool four = false; !four;) {
		size_t at = *len;
		bool sound;

		while (at > 0 && digit(text[at - 1]))
			at--;
		if (at == *len || at == 0 || text[at - 1] != '/')
			return;
		four = at < 2 || text[at - 2] != '/';
		sound = prefix_sound(text + at, *len - at, four ? 32 : 128);
		if (!sound && *why == NULL)
			*why = bad_prefix;
		*len = at - (four ? 1 : 2);
	}
}

/* ip4 and ip6 have one slash at most; inet_pton is as strict as section 5.6. */
static void
read_address(enum spf_kind kind, const uint8_t *text, size_t len,
    const char **why)
{
	const uint8_t *slash = memchr(text, '/', len);
	size_t n = slash != NULL ? (size_t)(slash - text) : len;
	char copy[ADDRESS_TEXT];
	struct in6_addr address;
	bool six = kind == SPF_IP6;

	if (n == 0) {
		*why = N_("Here an address is missing. It must follow at "
		    "once, without a space.");
		return;
	}
	if (n < sizeof copy) {
		memcpy(copy, text, n);
		copy[n] = '\0';
	}
	if (n >= sizeof copy ||
	    inet_pton(six ? AF_INET6 : AF_INET, copy, &address) != 1) {
		*why = n < sizeof copy &&
		    inet_pton(six ? AF_INET : AF_INET6, copy, &address) == 1 ?
		    N_("ip4: is for IPv4 addresses, ip6: for IPv6 "
		    "addresses.") : six ?
		    N_("This is no valid IPv6 address (such as "
		    "2001:db8::1).") :
		    N_("This is no valid IPv4 address (four numbers, each "
		    "0 to 255).");
		return;
	}
	if (slash == NULL)
		return;
	for (size_t i = n + 1; i < len; i++)
		if (!digit(text[i]))
			n = len;
	if (n + 1 >= len ||
	    !prefix_sound(text + n + 1, len - n - 1, six ? 128 : 32))
		*why = bad_prefix;
}

/* --- Terms --- */

static enum spf_qualifier
qualifier(uint8_t c)
{
	switch (c) {
	case '+':
		return SPF_PASS;
	case '-':
		return SPF_FAIL;
	case '~':
		return SPF_SOFTFAIL;
	case '?':
		return SPF_NEUTRAL;
	default:
		return SPF_ABSENT;
	}
}

static bool
characters_sound(const uint8_t *text, size_t len, const char **why)
{
	for (size_t i = 0; i < len; i++) {
		if ((*why = foreign_sign(text + i, len - i)) != NULL)
			return false;
		if (text[i] < '!') {
			*why = N_("An SPF record is made of plain ASCII "
			    "letters, digits and signs.");
			return false;
		}
		if (text[i] == '"' || text[i] == '\\') {
			*why = N_("A quotation mark or backslash became part "
			    "of the record.");
			return false;
		}
	}
	return true;
}

/* Section 12, "name". */
static bool
modifier_name(const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!letter(text[i]) && (i == 0 || (!digit(text[i]) &&
		    text[i] != '-' && text[i] != '_' && text[i] != '.')))
			return false;
	return len > 0;
}

/* "all." and "all;": a word of SPF, and then a sign. */
static bool
has_sign_behind(const uint8_t *text, size_t len)
{
	size_t n = len;

	while (n > 0 && !letter(text[n - 1]) && !digit(text[n - 1]))
		n--;
	return n < len && word_find(text, n) != NULL;
}

static bool
is_address(const uint8_t *text, size_t len)
{
	const uint8_t *slash = memchr(text, '/', len);
	char copy[ADDRESS_TEXT];
	struct in6_addr address;

	if (slash != NULL)
		len = (size_t)(slash - text);
	if (len >= sizeof copy)
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	return inet_pton(AF_INET, copy, &address) == 1 ||
	    inet_pton(AF_INET6, copy, &address) == 1;
}

/* A modifier nobody knows is allowed and ignored, section 6. */
static void
read_unknown(const uint8_t *text, size_t len, size_t name, bool signed_,
    const char **why)
{
	size_t end;

	if (name < len && text[name] == '=' && !signed_ &&
	    modifier_name(text, name)) {
		if (!macros_sound(text + name, len - name, &end))
			*why = N_("Behind the percent sign stands no macro "
			    "of SPF.");
	} else if (len == 0) {
		*why = N_("A sign stands alone: no space may follow it, as "
		    "in ~all.");
	} else if (has_sign_behind(text, name)) {
		*why = N_("Behind this word stands a sign that does not "
		    "belong there.");
	} else if (is_address(text, len)) {
		*why = N_("An address stands alone: ip4: or ip6: must stand "
		    "before it, without a space.");
	} else if (name == len && memchr(text, '.', len) != NULL) {
		*why = N_("A name stands alone: include: must stand before "
		    "it, without a space.");
	} else {
		*why = N_("This is no word of SPF.");
	}
}

/* What stands behind the word, its colon or equals sign included. */
static void
read_rest(struct spf_term *out, const struct word *word, const uint8_t *rest,
    size_t len, const char **why)
{
	bool named = len > 0 && rest[0] == (uint8_t)word->before_domain;

	if (word->domain == DOMAIN_ADDRESS && named) {
		read_address(word->kind, rest + 1, len - 1, why);
		return;
	}
	if (word->prefix)
		take_prefix(rest, &len, why);
	if (*why != NULL)
		return;
	if (named && word->domain != DOMAIN_NO)
		read_domain(out, rest + 1, len - 1, why);
	else if (word->domain == DOMAIN_MUST ||
	    word->domain == DOMAIN_ADDRESS)
		*why = word->before_domain == '=' ?
		    N_("Behind redirect and exp an equals sign and a name "
		    "must follow, without a space.") :
		    N_("Behind this word a colon and its value must follow, "
		    "without a space.");
	else if (len > 0)
		*why = N_("This cannot stand behind that word.");
}

static void
read_term(struct spf_term *out, const uint8_t *text, size_t len,
    const char **why, const char **note)
{
	const struct word *word;
	size_t name = 0;
	bool signed_;

	out->qualifier = qualifier(text[0]);
	signed_ = out->qualifier != SPF_ABSENT;
	text += signed_;
	len -= signed_;
	while (name < len && strchr(":/=", text[name]) == NULL)
		name++;
	word = word_find(text, name);
	if (word != NULL && name < len && text[name] == '=' && !signed_ &&
	    word->before_domain == ':') {
		*note = N_("This part is ignored: behind its first word a "
		    "colon must stand, no equals sign.");
		word = NULL;
	}
	if (begins(text, len, "v=spf1"))
		*note = N_("v=spf1 stands a second time: two records were "
		    "joined into one, and receivers read it as one.");
	if (word == NULL || (signed_ && word->before_domain == '=')) {
		read_unknown(text, len, name, signed_, why);
		return;
	}
	out->kind = word->kind;
	if (!signed_ && word->before_domain == ':')
		out->qualifier = SPF_PASS;
	read_rest(out, word, text + name, len - name, why);
	if (word->domain != DOMAIN_ADDRESS && name < len && *why == NULL &&
	    memchr(text + name + 1, ':', len - name - 1) != NULL)
		*note = N_("Inside the name stands a colon, which no name of "
		    "a host has.");
}

bool
spf_next(struct spf_term *out, const uint8_t *text, size_t len, size_t *at,
    const char **why, const char **note)
{
	*why = *note = NULL;
	if (*at == 0)
		*at = VERSION_LEN;
	while (*at < len && text[*at] == ' ')
		++*at;
	if (*at >= len)
		return false;
	memset(out, 0, sizeof *out);
	out->kind = SPF_UNKNOWN;
	out->at = *at;
	while (*at < len && text[*at] != ' ')
		++*at;
	out->len = *at - out->at;
	if (characters_sound(text + out->at, out->len, why))
		read_term(out, text + out->at, out->len, why, note);
	return true;
}

bool
spf_asks(enum spf_kind kind)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].kind == kind)
			return words[i].asks;
	return false;
}

/* --- One record --- */

bool
spf_is_record(const uint8_t *text, size_t len)
{
	return begins(text, len, version) &&
	    (len == VERSION_LEN || text[VERSION_LEN] == ' ');
}

/* What came of a record that does not count as one. */
static const char *
no_record(const uint8_t *text, size_t len)
{
	const char *sign = foreign_sign(text, len);

	if (sign != NULL)
		return sign;
	if (len > 0 && (text[0] == '"' || text[0] == '\\' || text[0] == '\''))
		return N_("A quotation mark or backslash became part of the "
		    "record.");
	if (begins(text, len, "v=spf"))
		return N_("The record must begin with exactly v=spf1 and a "
		    "space.");
	if (begins(text, len, "spf2.0/"))
		return N_("This is a Sender ID record, which nobody reads any "
		    "more.");
	if (len > 0 && (text[0] == ' ' || text[0] == '\t'))
		return N_("Nothing may stand before v=spf1, not even a "
		    "space.");
	return N_("An SPF record must begin with v=spf1.");
}

/* Whatever several terms say together. */
static void
add_term(struct spf *out, const struct spf_term *term, bool *exp,
    const char **why)
{
	bool *once = term->kind == SPF_REDIRECT ? &out->redirect :
	    term->kind == SPF_EXP ? exp : NULL;

	if (once != NULL) {
		if (*once && *why == NULL)
			*why = N_("This may stand only once in a record.");
		*once = true;
	} else if (term->qualifier != SPF_ABSENT) {
		if (out->all != SPF_ABSENT)
			out->after_all = true;
		else if (term->kind == SPF_ALL)
			out->all = term->qualifier;
		else
			out->lookups += spf_asks(term->kind);
	}
	out->ptr = out->ptr || term->kind == SPF_PTR;
}

int
spf_parse(struct spf *out, const uint8_t *text, size_t len)
{
	struct spf_term term;
	const char *why, *note;
	size_t at = 0;
	bool exp = false;

	memset(out, 0, sizeof *out);
	out->record = spf_is_record(text, len);
	if (!out->record) {
		out->why = no_record(text, len);
		return -1;
	}
	while (spf_next(&term, text, len, &at, &why, &note)) {
		add_term(out, &term, &exp, &why);
		if (why != NULL && out->why == NULL) {
			out->why = why;
			out->at = term.at;
		}
		if (note != NULL && out->note == NULL) {
			out->note = note;
			out->note_at = term.at;
		}
	}
	out->redirect_and_all = out->redirect && out->all != SPF_ABSENT;
	if (out->redirect && !out->redirect_and_all)
		out->lookups++;
	return out->why == NULL ? 0 : -1;
}

enum spf_include
spf_includes(const uint8_t *text, size_t len, const struct name *name)
{
	enum spf_include found = SPF_INCLUDE_MISSING;
	struct spf_term term;
	const char *why, *note;
	size_t at = 0;
	bool all = false;

	if (!spf_is_record(text, len))
		return SPF_INCLUDE_MISSING;
	while (spf_next(&term, text, len, &at, &why, &note)) {
		all = all || term.kind == SPF_ALL;
		if (term.kind != SPF_INCLUDE || term.domain.len == 0 ||
		    !name_equal(&term.domain, name))
			continue;
		if (!all && term.qualifier == SPF_PASS)
			return SPF_INCLUDE_PASSES;
		if (found == SPF_INCLUDE_MISSING)
			found = all ? SPF_INCLUDE_AFTER_ALL :
			    SPF_INCLUDE_REFUSES;
	}
	return found;
}
