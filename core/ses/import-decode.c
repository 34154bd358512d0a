/*
 * From the octets of a paste or a file to plain text: UTF-16 and Shift_JIS are
 * recognised, and what Japanese and word processors put around values becomes
 * what programs put there.
 */
#include "ses/import-internal.h"

#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum {
	DECODE_GROWS = 3	/* octets of UTF-8 for one of another */
};

/* The code point at *at, moved behind it; -1 and one octet when broken. */
static int32_t
next_point(const unsigned char **at)
{
	static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = *at;
	size_t more = *s < 0x80 ? 0 : *s >= 0xf0 ? 3 : *s >= 0xe0 ? 2 : 1;
	int32_t point = more == 0 ? *s : *s & (0x3f >> more);

	*at = s + 1;
	if ((*s >= 0x80 && *s < 0xc2) || *s > 0xf4)
		return -1;
	for (size_t i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return -1;
		point = point << 6 | (s[i] & 0x3f);
	}
	if (point < least[more] || point > 0x10ffff ||
	    (point >= 0xd800 && point < 0xe000))
		return -1;
	*at = s + 1 + more;
	return point;
}

/* The first octet that is no UTF-8; NULL when all is. */
static const char *
broken_at(const char *text)
{
	const unsigned char *at = (const unsigned char *)text, *before;

	while (*at != '\0') {
		before = at;
		if (next_point(&at) == -1)
			return (const char *)before;
	}
	return NULL;
}

/* As UTF-8, or NULL when text is not of this kind or iconv has it not. */
static char *
convert(const char *from, const char *text, size_t len)
{
	size_t room = len * DECODE_GROWS, left = room;
	char *in = NULL, *out = NULL, *read, *written;
	iconv_t cd = iconv_open("UTF-8", from);
	bool good;

	if (cd == (iconv_t)-1)
		return NULL;
	read = in = xmalloc(len + 1);
	memcpy(in, text, len);
	written = out = xmalloc(room + 1);
	good = iconv(cd, &read, &len, &written, &left) != (size_t)-1;
	*written = '\0';
	good = good && memchr(out, '\0', room - left) == NULL;
	iconv_close(cd);
	free(in);
	if (good)
		return out;
	free(out);
	return NULL;
}

/* Without a mark half of the octets of text in Latin letters are NUL. */
static const char *
utf16_of(const char *text, size_t len)
{
	size_t high = 0, low = 0;

	if (len < 2 || len % 2 != 0)
		return NULL;
	if (memcmp(text, "\xff\xfe", 2) == 0)
		return "UTF-16LE";
	if (memcmp(text, "\xfe\xff", 2) == 0)
		return "UTF-16BE";
	for (size_t i = 0; i < len; i += 2) {
		high += text[i] == '\0';
		low += text[i + 1] == '\0';
	}
	return low > len / 4 ? "UTF-16LE" : high > len / 4 ? "UTF-16BE" : NULL;
}

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

/* In place, for nothing grows.  Broken octets become question marks. */
void
import_make_plain(char *text)
{
	const unsigned char *at = (const unsigned char *)text, *from;
	char *to = text;

	while (*at != '\0') {
		int32_t point, plain;

		from = at;
		point = next_point(&at);
		plain = point == -1 ? '?' : plain_point(point);
		/* Markdown spells an underscore so. */
		if (point == '\\' && *at == '_')
			plain = 0;
		/* A line may end as on an old Macintosh, or in a terminal. */
		if (point == '\r')
			plain = *at == '\n' ? 0 : '\n';
		if (plain > 0)
			*to++ = (char)plain;
		else if (plain == -1)
			while (from < at)
				*to++ = (char)*from++;
	}
	*to = '\0';
}

char *
import_decode(const char *text, size_t len, size_t *broken)
{
	const char *kind = utf16_of(text, len), *bad;
	char *out = kind != NULL ? convert(kind, text, len) : NULL, *other;

	*broken = 0;
	if (out == NULL) {
		if (len > 0 && memchr(text, '\0', len) != NULL)
			return NULL;
		out = xmalloc(len + 1);
		memcpy(out, text, len);
		out[len] = '\0';
	}
	if (strncmp(out, "\xef\xbb\xbf", 3) == 0)
		memmove(out, out + 3, strlen(out + 3) + 1);
	if ((bad = broken_at(out)) != NULL) {
		if ((other = convert("CP932", text, len)) != NULL) {
			free(out);
			out = other;
		} else {
			for (*broken = 1; out < bad; bad--)
				*broken += bad[-1] == '\n';
		}
	}
	return out;
}
