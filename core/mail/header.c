#include "mail/header.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
	HEADER_NAME = 76,	/* octets of a field's name, at most */
	HEADER_DATE = 64
};

bool
header_line_next(struct header_line *out, const char *text, size_t len,
    size_t *at)
{
	const char *end;

	if (*at >= len)
		return false;
	out->text = text + *at;
	end = memchr(out->text, '\n', len - *at);
	out->len = end != NULL ? (size_t)(end - out->text) : len - *at;
	*at += out->len + (end != NULL);
	if (out->len > 0 && out->text[out->len - 1] == '\r')
		out->len--;
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
header_line_is_blank(const struct header_line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!is_blank(line->text[i]))
			return false;
	return true;
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool
header_field_begins(struct header_field *out, const struct header_line *line)
{
	size_t at = 0;

	memset(out, 0, sizeof *out);
	while (at < line->len && is_name(line->text[at]))
		at++;
	out->name = line->text;
	out->name_len = at;
	if (at == 0 || at > HEADER_NAME || at == line->len ||
	    line->text[at] != ':')
		return false;
	at++;
	while (at < line->len && is_blank(line->text[at]))
		at++;
	out->value = line->text + at;
	out->value_len = line->len - at;
	return true;
}

bool
header_field_next(struct header_field *out, const char *text, size_t len,
    size_t *at)
{
	struct header_field other;
	struct header_line line;
	size_t next = *at;

	if (!header_line_next(&line, text, len, &next) ||
	    !header_field_begins(out, &line))
		return false;
	for (*at = next; header_line_next(&line, text, len, &next) &&
	    !header_line_is_blank(&line); *at = next) {
		if (!is_blank(line.text[0])) {
			if (header_field_begins(&other, &line))
				break;
			out->joined = true;
		}
		out->value_len = (size_t)(line.text + line.len - out->value);
	}
	return true;
}

bool
header_field_is(const struct header_field *field, const char *name)
{
	return field->name_len == strlen(name) &&
	    strncasecmp(field->name, name, field->name_len) == 0;
}

/* The domain of what stands in [begin, end), behind its last "@". */
static bool
domain_of(struct name *out, const char *begin, const char *end)
{
	char text[NAME_TEXT];
	const char *at = end, *why;

	while (at > begin && at[-1] != '@')
		at--;
	while (end > at && is_blank(end[-1]))
		end--;
	if (at == begin || (size_t)(end - at) >= sizeof text)
		return false;
	memcpy(text, at, (size_t)(end - at));
	text[end - at] = '\0';
	return name_parse_idn(out, text, &why) == 0;
}

/*
 * The list is read once: quotes and comments hide what is in them, "<...>"
 * beats what stands before it, a comma ends an address.
 */
struct list {
	struct name *out;
	size_t count;
	const char *begin, *end;	/* of the address, as far as it goes */
	bool angle;
};

static void
end_address(struct list *list, const char *here)
{
	struct name name;

	if (domain_of(&name, list->begin, list->angle ? list->end : here)) {
		if (list->count++ == 0)
			*list->out = name;
	}
	list->begin = here + 1;
	list->angle = false;
}

size_t
header_addresses(struct name *out, const char *value, size_t len)
{
	struct list list = { .out = out, .begin = value };
	const char *last = value + len, *c;
	size_t depth = 0;
	bool quoted = false, inside = false;

	for (c = value; c < last; c++) {
		if (*c == '\\' && (quoted || depth > 0)) {
			c += c + 1 < last;
		} else if (*c == '"' && depth == 0) {
			quoted = !quoted;
		} else if (quoted) {
			continue;
		} else if (*c == '(') {
			/* An address ends before its comment. */
			if (depth++ == 0 && !list.angle && !inside) {
				list.end = c;
				list.angle = memchr(list.begin, '@',
				    (size_t)(c - list.begin)) != NULL;
			}
		} else if (*c == ')' && depth > 0) {
			depth--;
		} else if (depth > 0) {
			continue;
		} else if (*c == '<') {
			list.begin = c + 1;
			list.angle = false;
			inside = true;
		} else if (*c == '>' && inside) {
			list.end = c;
			list.angle = true;
			inside = false;
		} else if ((*c == ',' || *c == ';') && !inside) {
			end_address(&list, c);
		}
	}
	end_address(&list, last);
	return list.count;
}

static int
month_of(const char *name)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (int i = 0; i < 12; i++)
		if (strncasecmp(name, names + 3 * i, 3) == 0)
			return i;
	return -1;
}

int64_t
header_date(const char *value, size_t len)
{
	char text[HEADER_DATE], month[4], sign = '+';
	struct tm tm = { 0 };
	const char *begin;
	int zone = 0, offset;

	for (begin = value + len; begin > value && begin[-1] != ';'; begin--)
		continue;
	len -= (size_t)(begin - value);
	while (len > 0 && is_blank(*begin)) {
		begin++;
		len--;
	}
	if (len >= sizeof text)
		len = sizeof text - 1;
	memcpy(text, begin, len);
	text[len] = '\0';
	begin = strchr(text, ',');
	if (sscanf(begin != NULL ? begin + 1 : text,
	    "%2d %3s %4d %2d:%2d:%2d %c%4d", &tm.tm_mday, month, &tm.tm_year,
	    &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &sign, &zone) < 6 ||
	    (tm.tm_mon = month_of(month)) == -1 || tm.tm_year < 1990)
		return 0;
	tm.tm_year -= 1900;
	offset = sign == '+' || sign == '-' ? (zone / 100 * 60 + zone % 100) *
	    60 : 0;
	return ((int64_t)timegm(&tm) + (sign == '-' ? offset : -offset)) *
	    1000;
}
