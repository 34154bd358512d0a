/*
 * What people, word processors, mails and chats put around values and within
 * them becomes what programs put there.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* What stands instead of one that only separates; 0: nothing, -1: itself. */
static int32_t
plain_point(int32_t point)
{
	static const struct {
		int32_t point;
		char plain;
	} signs[] = {
		{ 0x3001, ',' }, { 0x3002, ' ' }, { 0x30fb, ' ' },
		{ 0x300c, '"' }, { 0x300d, '"' }, { 0x300e, '"' },
		{ 0x300f, '"' }, { 0x3010, '"' }, { 0x3011, '"' },
		{ 0x201c, '"' }, { 0x201d, '"' }, { 0x2018, '\'' },
		{ 0x2019, '\'' }, { 0x2022, ' ' }, { 0x2502, '|' },
		{ 0x2503, '|' }, { 0x2551, '|' }, { 0x3000, ' ' },
		{ 0x00a0, ' ' }, { 0x202f, ' ' }, { 0x2192, ' ' },
		{ 0x25cf, ' ' }, { 0x25cb, ' ' }, { 0x25a0, ' ' },
	};

	if (point >= 0xff01 && point <= 0xff5e)
		return point - 0xff01 + '!';
	if (point >= 0x2000 && point <= 0x200a)
		return ' ';
	if ((point >= 0x200b && point <= 0x200f) || point == 0xfeff ||
	    point == 0xad || (point < ' ' && point != '\n' && point != '\t'))
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (signs[i].point == point)
			return signs[i].plain;
	return -1;
}

/* Nothing grows.  Broken octets become question marks. */
static void
plain_signs(char *text)
{
	const unsigned char *at = (const unsigned char *)text, *from;
	char *to = text;

	while (*at != '\0') {
		int32_t point, plain;

		from = at;
		point = import_point(&at);
		plain = point == -1 ? '?' : plain_point(point);
		/* Markdown spells an underscore so. */
		if (point == '\\' && *at == '_')
			plain = 0;
		/* A line may end as on an old Macintosh, or in a terminal. */
		if (point == '\r')
			plain = *at == '\n' ? 0 : '\n';
		if (point == 0x2026) {
			memcpy(to, "...", 3);
			to += 3;
		} else if (plain > 0)
			*to++ = (char)plain;
		else if (plain == -1)
			while (from < at)
				*to++ = (char)*from++;
	}
	*to = '\0';
}


/* "<td class=x>" and the like: its octets, and what it stands for. */
static size_t
tag_length(const char *text, char *plain)
{
	static const char *const rows[] = {
		"tr", "p", "br", "div", "li", "table"
	};
	const char *name = text + 1 + (text[1] == '/');
	size_t len = 0, whole = strcspn(text + 1, "<>") + 1;

	while (isalnum((unsigned char)name[len]))
		len++;
	if (len == 0 || text[whole] != '>' ||
	    strchr(" \t\n/>", name[len]) == NULL)
		return 0;
	*plain = text[1] != '/' && len == 2 && (strncasecmp(name, "td", 2) ==
	    0 || strncasecmp(name, "th", 2) == 0) ? '\t' : '\0';
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strlen(rows[i]) == len &&
		    strncasecmp(rows[i], name, len) == 0)
			*plain = '\n';
	return whole + 1;
}

static bool
is_address(const char *text)
{
	return strncmp(text, "http://", 7) == 0 ||
	    strncmp(text, "https://", 8) == 0 ||
	    strncmp(text, "mailto:", 7) == 0;
}

/*
 * The address behind a text that is one itself: "name<http://name>" of chats
 * and mails, "](http://name)" of Markdown.  Its octets, or 0.
 */
static size_t
link_length(const char *start, const char *at)
{
	size_t len;

	if (at == start || strchr(" \t\n", at[-1]) != NULL)
		return 0;
	if (at[0] == '<' && is_address(at + 1))
		len = 1 + strcspn(at + 1, "<>\n");
	else if (at[0] == ']' && at[1] == '(' && is_address(at + 2))
		len = 2 + strcspn(at + 2, "]()\n");
	else
		return 0;
	return at[len] == '>' || at[len] == ')' ? len + 1 : 0;
}

static bool
is_name_char(char c)
{
	return isalnum((unsigned char)c) || (c != '\0' &&
	    strchr("._-", c) != NULL);
}

/* One of those around a name alone, as in "<name.example.jp>". */
static bool
is_bracket(const char *start, const char *at)
{
	size_t len = 1;

	if (*at == '<') {
		while (is_name_char(at[len]))
			len++;
		return len > 1 && at[len] == '>';
	}
	while (at > start && is_name_char(at[-1]))
		at--;
	return at > start && at[-1] == '<';
}

static size_t
entity_length(const char *text, char *plain)
{
	static const struct {
		const char *text;
		char plain;
	} entities[] = {
		{ "&nbsp;", ' ' }, { "&quot;", '"' }, { "&amp;", '&' },
		{ "&lt;", '<' }, { "&gt;", '>' }, { "&#39;", '\'' },
	};

	for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
		size_t len = strlen(entities[i].text);

		if (strncmp(text, entities[i].text, len) == 0) {
			*plain = entities[i].plain;
			return len;
		}
	}
	return 0;
}

/* What HTML and Markdown put around a text. */
static void
plain_markup(char *text)
{
	char *to = text, *bracket = NULL;

	for (const char *at = text; *at != '\0';) {
		char plain = '\0';
		size_t len = link_length(text, at);

		if (len > 0 && *at == ']' && bracket != NULL)
			*bracket = ' ';
		if (len == 0 && *at == '<')
			len = tag_length(at, &plain);
		if (len == 0 && strchr("<>", *at) != NULL &&
		    is_bracket(text, at)) {
			plain = ' ';
			len = 1;
		}
		if (len == 0 && *at == '&')
			len = entity_length(at, &plain);
		if (len == 0 && at[0] == '*' && at[1] == '*')
			len = 2;
		if (len == 0) {
			bracket = *at == '[' ? to : *at == '\n' ? NULL :
			    bracket;
			plain = *at;
			len = 1;
		}
		if (plain != '\0')
			*to++ = plain;
		at += len;
	}
	*to = '\0';
}

/*
 * How many octets of name, which begins with a label, are of the shape that
 * every name of SES has: up to the first letter behind it.  0: no such name.
 */
static size_t
fixed_part(const char *name)
{
	static const char domainkey[] = "._domainkey.", dkim[] = ".dkim.";
	static const char mx[] = "feedback-smtp.", ses[] = ".amazonses.";
	const char *at = name + GATHER_TOKEN;

	if (strncasecmp(name, mx, strlen(mx)) == 0)
		at = name;
	else if (gather_token_length(name) != GATHER_TOKEN)
		return 0;
	else if (strncasecmp(at, domainkey, strlen(domainkey)) == 0)
		return GATHER_TOKEN + strlen(domainkey) + 1;
	else if (strncasecmp(at, dkim, strlen(dkim)) != 0)
		return 0;
	at = strcasestr(at, ses);
	return at == NULL ? 0 : (size_t)(at - name) + strlen(ses) + 1;
}

/* A name of SES, cut by the end of a line: does it go on at rest? */
static bool
goes_on(const char *start, const char *end, const char *rest)
{
	const char *from = end;
	char name[2 * NAME_TEXT];
	size_t head, tail = 0;

	while (from > start && is_name_char(from[-1]))
		from--;
	while (is_name_char(rest[tail]))
		tail++;
	head = (size_t)(end - from);
	if (head == 0 || tail == 0 || head + tail >= sizeof name)
		return false;
	memcpy(name, from, head);
	memcpy(name + head, rest, tail);
	name[head + tail] = '\0';
	for (size_t i = 0; i < head; i++) {
		size_t fixed;

		if (i > 0 && name[i - 1] != '.')
			continue;
		fixed = fixed_part(name + i);
		if (fixed > 0 && i + fixed > head &&
		    i + fixed <= head + tail)
			return true;
	}
	return false;
}

/* Lines of mails and of PDFs break within names. */
static void
join_names(char *text)
{
	char *to = text;

	for (const char *at = text; *at != '\0'; at++) {
		const char *rest = at + 1 + strspn(at + 1, " \t>");
		const char *end = to;

		if (*at == '\n') {
			while (end > text && end[-1] == ' ')
				end--;
			if (goes_on(text, end, rest)) {
				to = text + (end - text);
				at = rest - 1;
				continue;
			}
		}
		*to++ = *at;
	}
	*to = '\0';
}

void
import_make_plain(char *text)
{
	plain_signs(text);
	plain_markup(text);
	join_names(text);
}
