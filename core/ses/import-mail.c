/*
 * The source of a mail, or a part of it: what was encoded for its way is
 * decoded (RFC 2045, section 6), all else stays.
 */
#include "ses/import-internal.h"

#include <string.h>
#include <strings.h>

#include "base/xalloc.h"

enum encoding {
	ENCODING_NONE,
	ENCODING_QUOTED,
	ENCODING_BASE64
};

static int
hex(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

static int
letter(char c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c == '\0' ? NULL : strchr(letters, c);

	return at == NULL ? -1 : (int)(at - letters);
}

/* Without its end, which may have a carriage return. */
static size_t
line_length(const char *line, const char *end)
{
	const char *at = memchr(line, '\n', (size_t)(end - line));

	if (at == NULL)
		return (size_t)(end - line);
	return (size_t)(at - line) - (at > line && at[-1] == '\r');
}

static const char *
next_line(const char *line, const char *end)
{
	const char *at = memchr(line, '\n', (size_t)(end - line));

	return at == NULL ? end : at + 1;
}

static char *
decode_quoted(const char *line, const char *next, size_t len, char *to)
{
	size_t i = 0;

	while (i < len && line[i] != '\0') {
		if (line[i] == '=' && i + 1 == len)
			return to;
		if (line[i] == '=' && i + 2 < len && hex(line[i + 1]) >= 0 &&
		    hex(line[i + 2]) >= 0) {
			*to = (char)(hex(line[i + 1]) << 4 |
			    hex(line[i + 2]));
			/* An octet that no text has stands as it stood. */
			to += *to != '\0';
			i += 3;
		} else {
			*to++ = line[i++];
		}
	}
	memcpy(to, line + len, (size_t)(next - line) - len);
	return to + ((size_t)(next - line) - len);
}

/* Of one line: mail programs cut between groups of four. */
static char *
decode_base64(const char *line, size_t len, char *to)
{
	unsigned group = 0, bits = 0;

	for (size_t i = 0; i < len; i++) {
		if (letter(line[i]) < 0)
			continue;
		group = group << 6 | (unsigned)letter(line[i]);
		if ((bits += 6) < 8)
			continue;
		bits -= 8;
		*to = (char)(group >> bits & 0xff);
		to += *to != '\0';
	}
	return to;
}

static enum encoding
named_encoding(const char *line, size_t len)
{
	static const char header[] = "Content-Transfer-Encoding:";
	size_t name = strlen(header);

	if (len < name || strncasecmp(line, header, name) != 0)
		return ENCODING_NONE;
	line += name;
	len -= name;
	while (len > 0 && *line == ' ') {
		line++;
		len--;
	}
	return len >= 16 && strncasecmp(line, "quoted-printable", 16) == 0 ?
	    ENCODING_QUOTED : len >= 6 &&
	    strncasecmp(line, "base64", 6) == 0 ? ENCODING_BASE64 :
	    ENCODING_NONE;
}

/* Without its header: every equals sign is one of the encoding's. */
static bool
is_quoted(const char *text, const char *end)
{
	bool any = false;

	for (const char *at = text; at < end; at++) {
		if (*at != '=')
			continue;
		if (end - at > 2 && hex(at[1]) >= 0 && hex(at[2]) >= 0)
			any = true;
		else if (at + 1 < end && at[1] != '\n' && at[1] != '\r')
			return false;
	}
	return any;
}

char *
import_mail(const char *text, size_t *len)
{
	const char *end = text + *len, *next;
	enum encoding now = is_quoted(text, end) ? ENCODING_QUOTED :
	    ENCODING_NONE, named = ENCODING_NONE;
	char *out = xmalloc(*len + 1), *to = out;

	for (const char *line = text; line < end; line = next) {
		size_t length = line_length(line, end);

		next = next_line(line, end);
		if (length > 1 && line[0] == '-' && line[1] == '-') {
			if (now == ENCODING_BASE64)
				*to++ = '\n';
			now = named = ENCODING_NONE;
		}
		if (now == ENCODING_QUOTED) {
			to = decode_quoted(line, next, length, to);
		} else if (now == ENCODING_BASE64 && length > 0) {
			to = decode_base64(line, length, to);
		} else {
			memcpy(to, line, (size_t)(next - line));
			to += next - line;
		}
		if (named_encoding(line, length) != ENCODING_NONE)
			named = named_encoding(line, length);
		if (length == 0 && named != ENCODING_NONE) {
			now = named;
			named = ENCODING_NONE;
		}
	}
	*to = '\0';
	*len = (size_t)(to - out);
	return out;
}
