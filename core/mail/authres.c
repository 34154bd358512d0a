#include "mail/authres.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

static const struct {
	const char *word;
	enum auth_result result;
} words[] = {
#define AUTH_WORD(word, result) { word, result },
#include "mail/authres.def"
#undef AUTH_WORD
};

static const char *const methods[AUTH_METHODS] = {
	[AUTH_SPF] = "SPF",
	[AUTH_DKIM] = "DKIM",
	[AUTH_DMARC] = "DMARC",
};

/* A piece of the value; text is borrowed. */
struct piece {
	const char *text;
	size_t len;
};

static bool
is_word(const struct piece *piece, const char *word)
{
	return piece->len == strlen(word) &&
	    strncasecmp(piece->text, word, piece->len) == 0;
}

enum auth_result
auth_result_parse(const char *word, size_t len)
{
	const struct piece piece = { word, len };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (is_word(&piece, words[i].word))
			return words[i].result;
	return AUTH_UNSAID;
}

const char *
auth_result_text(enum auth_result result)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i].result == result)
			return words[i].word;
	return "";
}

int
auth_method_parse(const char *word, size_t len, enum auth_method *out)
{
	const struct piece piece = { word, len };

	for (size_t i = 0; i < AUTH_METHODS; i++) {
		if (is_word(&piece, methods[i])) {
			*out = (enum auth_method)i;
			return 0;
		}
	}
	return -1;
}

const char *
auth_method_text(enum auth_method method)
{
	return methods[method];
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/*
 * A comment in parentheses that starts at at: its inside, and the place
 * behind it.  They nest; a backslash keeps the next character.
 */
static size_t
comment(const char *text, size_t len, size_t at, struct piece *inside)
{
	size_t depth = 0, begin = at + 1;

	for (; at < len; at++) {
		if (text[at] == '\\')
			at++;
		else if (text[at] == '(')
			depth++;
		else if (text[at] == ')' && --depth == 0)
			break;
	}
	if (at > len)
		at = len;
	*inside = (struct piece){ text + begin, at - begin };
	return at < len ? at + 1 : len;
}

/* Past blanks and comments; a comment on the way is kept in said. */
static size_t
skip(const char *text, size_t len, size_t at, struct piece *said)
{
	while (at < len && (is_blank(text[at]) || text[at] == '(')) {
		if (text[at] == '(')
			at = comment(text, len, at, said);
		else
			at++;
	}
	return at;
}

/* A word up to a blank, stop, ";" or "("; or what stands in quotes. */
static size_t
word(const char *text, size_t len, size_t at, char stop, struct piece *out)
{
	size_t begin = at;

	if (at < len && text[at] == '"') {
		for (begin = ++at; at < len && text[at] != '"'; at++)
			continue;
		*out = (struct piece){ text + begin, at - begin };
		return at < len ? at + 1 : len;
	}
	while (at < len && !is_blank(text[at]) && text[at] != ';' &&
	    text[at] != '(' && text[at] != stop)
		at++;
	*out = (struct piece){ text + begin, at - begin };
	return at;
}

static void
keep(char *dst, size_t size, const struct piece *piece)
{
	/* A selector or a reason that is cut is another one. */
	if (text_safe(dst, size, piece->text, piece->len) >= size)
		*dst = '\0';
}

/* The domain of an address, or the name itself. */
static void
take_domain(struct auth_said *said, const struct piece *value)
{
	char text[NAME_TEXT];
	size_t begin = value->len;
	const char *why;

	while (begin > 0 && value->text[begin - 1] != '@')
		begin--;
	if (said->has_domain || value->len - begin >= sizeof text ||
	    value->len == begin)
		return;
	memcpy(text, value->text + begin, value->len - begin);
	text[value->len - begin] = '\0';
	text[strcspn(text, ">,")] = '\0';
	/* Outlook writes "none" for none. */
	said->has_domain = name_parse_idn(&said->domain, text, &why) == 0 &&
	    name_labels(&said->domain) > 1;
}

/* The properties that name the domain, the better one first. */
static const struct {
	enum auth_method method;
	const char *property;
} naming[] = {
	{ AUTH_SPF, "smtp.mailfrom" },
	{ AUTH_SPF, "smtp.from" },
	{ AUTH_SPF, "smtp.helo" },
	{ AUTH_DKIM, "header.d" },
	{ AUTH_DKIM, "header.i" },
	{ AUTH_DMARC, "header.from" },
};

/* A "key=value" behind a method; rank: of the property that named so far. */
static void
take_property(struct auth_said *said, size_t *rank, const struct piece *key,
    const struct piece *value)
{
	if (said->method == AUTH_DKIM && is_word(key, "header.s"))
		keep(said->selector, sizeof said->selector, value);
	if (is_word(key, "reason"))
		keep(said->reason, sizeof said->reason, value);
	for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++) {
		if (naming[i].method != said->method ||
		    !is_word(key, naming[i].property) ||
		    (said->has_domain && i >= *rank))
			continue;
		said->has_domain = false;
		take_domain(said, value);
		*rank = i;
	}
}

/* A method's result begins; NULL when it is none of ours, or one too many. */
static struct auth_said *
begin_said(struct authres *out, const struct piece *key,
    const struct piece *value)
{
	const char *slash = memchr(key->text, '/', key->len);
	size_t len = slash != NULL ? (size_t)(slash - key->text) : key->len;
	enum auth_method method;
	struct auth_said *said;

	if (auth_method_parse(key->text, len, &method) == -1 ||
	    out->count == AUTHRES_SAID)
		return NULL;
	said = &out->said[out->count];
	memset(said, 0, sizeof *said);
	said->method = method;
	said->result = auth_result_parse(value->text, value->len);
	if (said->result == AUTH_UNSAID)
		return NULL;
	out->count++;
	return said;
}

void
authres_parse(struct authres *out, const char *value, size_t len)
{
	struct auth_said *said = NULL;
	size_t at = 0, rank = 0;
	bool first = true;

	while (at < len) {
		struct piece note = { NULL, 0 }, key, worth;
		enum auth_method method;

		at = skip(value, len, at, &note);
		if (said != NULL && note.len > 0 && said->reason[0] == '\0')
			keep(said->reason, sizeof said->reason, &note);
		if (at < len && value[at] == ';') {
			said = NULL;
			first = false;
			at++;
			continue;
		}
		at = word(value, len, at, '=', &key);
		at = skip(value, len, at, &note);
		if (at >= len || value[at] != '=') {
			/* The name of the mailbox has no "=" behind it. */
			if (first && key.len > 0 && out->server[0] == '\0')
				keep(out->server, sizeof out->server, &key);
			first = false;
			continue;
		}
		first = false;
		at = skip(value, len, at + 1, &note);
		at = word(value, len, at, ';', &worth);
		if (auth_method_parse(key.text, key.len, &method) == 0 ||
		    memchr(key.text, '/', key.len) != NULL) {
			said = begin_said(out, &key, &worth);
			rank = 0;
		} else if (said != NULL) {
			take_property(said, &rank, &key, &worth);
		}
	}
}
