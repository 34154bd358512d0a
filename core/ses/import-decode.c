/*
 * From the octets of a paste or a file to UTF-8.  UTF-16 and the encodings of
 * Japanese are recognised without iconv(3), whose tables are files that the
 * program, alone in a folder, has not: of Japanese only kana, what has a plain
 * form, and the kanji of the words that the reader knows are kept, for SES's
 * values are plain.
 */
#include "ses/import-internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum {
	DECODE_GROWS = 3,	/* octets of UTF-8 for one of another */
	DECODE_GETA = 0x3013	/* what printers set for a missing character */
};

int32_t
import_point(const unsigned char **at)
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
		if (import_point(&at) == -1)
			return (const char *)before;
	}
	return NULL;
}

static void
put(char **to, int32_t point)
{
	unsigned char *at = (unsigned char *)*to;

	if (point < 0x80) {
		*at++ = (unsigned char)point;
	} else if (point < 0x800) {
		*at++ = (unsigned char)(0xc0 | point >> 6);
		*at++ = (unsigned char)(0x80 | (point & 0x3f));
	} else if (point < 0x10000) {
		*at++ = (unsigned char)(0xe0 | point >> 12);
		*at++ = (unsigned char)(0x80 | (point >> 6 & 0x3f));
		*at++ = (unsigned char)(0x80 | (point & 0x3f));
	} else {
		*at++ = (unsigned char)(0xf0 | point >> 18);
		*at++ = (unsigned char)(0x80 | (point >> 12 & 0x3f));
		*at++ = (unsigned char)(0x80 | (point >> 6 & 0x3f));
		*at++ = (unsigned char)(0x80 | (point & 0x3f));
	}
	*to = (char *)at;
}

/*
 * In AWS's words for a status and in the names of its regions: JIS X 0208, and
 * the same in Unicode.
 */
static const struct {
	uint16_t jis, point;
} kanji[] = {
	{ 0x306c, 0x4e00 }, { 0x357e, 0x4eac }, { 0x3821, 0x691c },
	{ 0x3971, 0x56fd }, { 0x3a51, 0x6e08 }, { 0x3a65, 0x962a },
	{ 0x3b7e, 0x6642 }, { 0x3c2b, 0x81ea }, { 0x3c3a, 0x5931 },
	{ 0x3c73, 0x9996 }, { 0x3e5a, 0x8a3c }, { 0x403e, 0x897f },
	{ 0x4267, 0x5927 }, { 0x4366, 0x4e2d }, { 0x4439, 0x9577 },
	{ 0x452a, 0x7684 }, { 0x456c, 0x6771 }, { 0x4630, 0x52d5 },
	{ 0x4754, 0x6557 }, { 0x4974, 0x90e8 }, { 0x4a46, 0x7c73 },
	{ 0x4a5d, 0x4fdd }, { 0x4b2e, 0x90a6 }, { 0x4b4c, 0x5317 },
	{ 0x4e31, 0x7559 }, { 0x4f22, 0x9023 },
};

static int32_t
kanji_point(int row, int cell)
{
	for (size_t i = 0; i < sizeof kanji / sizeof kanji[0]; i++)
		if (kanji[i].jis == ((row + '!') << 8 | (cell + '!')))
			return kanji[i].point;
	return DECODE_GETA;
}

/* JIS X 0208, row and cell from 0. */
static int32_t
jis_point(int row, int cell)
{
	/* Row 1; a grave accent stands for what has no plain form. */
	static const char signs[] =
	    " , ,. :;?!`````^`_```````````-/\\~`|``''\"\"()``[]{}`"
	    "```\"\"\"\"\"\"+-```=`<>```````````$``%#&*@```   `";

	if (row == 0 && signs[cell] != '`')
		return signs[cell];
	if (row == 0 && cell == 27)		/* of a long vowel */
		return 0x30fc;
	if (row == 2 && cell >= 15)		/* letters and digits */
		return cell + '!';
	if (row == 3)
		return 0x3041 + cell;		/* hiragana */
	if (row == 4)
		return 0x30a1 + cell;		/* katakana */
	/* A square, an arrow; upright lines of a box. */
	if (row == 1 && (cell == 1 || cell == 2 || cell == 9))
		return ' ';
	return row == 7 && (cell == 1 || cell == 12) ? '|' :
	    kanji_point(row, cell);
}

/* Shift_JIS; -1 when text is none. */
static int
decode_sjis(const unsigned char *text, size_t len, char *to)
{
	for (const unsigned char *end = text + len; text < end; text++) {
		int lead = text[0], trail = text + 1 < end ? text[1] : 0;
		bool second = trail >= 0x9f;

		if (lead < 0x80 || (lead > 0xa0 && lead < 0xe0)) {
			put(&to, lead < 0x80 ? lead : DECODE_GETA);
			continue;
		}
		if (lead == 0x80 || lead == 0xa0 || lead > 0xfc ||
		    trail < 0x40 || trail == 0x7f || trail > 0xfc)
			return -1;
		put(&to, jis_point((lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 2 +
		    second, second ? trail - 0x9f :
		    trail - 0x40 - (trail > 0x7f)));
		text++;
	}
	*to = '\0';
	return 0;
}

/* ISO-2022-JP, as in mails; -1 when nothing in text is. */
static int
decode_2022(const unsigned char *text, size_t len, char *to)
{
	bool wide = false, any = false;

	for (const unsigned char *end = text + len; text < end; text++) {
		if (text[0] == '\033' && end - text > 2 &&
		    strchr("$(", text[1]) != NULL && text[1] != '\0') {
			any |= wide = text[1] == '$';
			text += 2;
		} else if (wide && end - text > 1 && text[0] > ' ' &&
		    text[0] < 0x7f && text[1] > ' ' && text[1] < 0x7f) {
			put(&to, jis_point(text[0] - '!', text[1] - '!'));
			text++;
		} else {
			put(&to, text[0] < 0x80 ? text[0] : DECODE_GETA);
		}
	}
	*to = '\0';
	return any ? 0 : -1;
}

enum {
	UTF16_NONE = -1,
	UTF16_LITTLE,
	UTF16_BIG
};

/* Without a mark half of the octets of text in Latin letters are NUL. */
static int
utf16_of(const char *text, size_t len)
{
	size_t high = 0, low = 0;

	if (len < 2 || len % 2 != 0)
		return UTF16_NONE;
	if (memcmp(text, "\xff\xfe", 2) == 0)
		return UTF16_LITTLE;
	if (memcmp(text, "\xfe\xff", 2) == 0)
		return UTF16_BIG;
	for (size_t i = 0; i < len; i += 2) {
		high += text[i] == '\0';
		low += text[i + 1] == '\0';
	}
	return low > len / 4 ? UTF16_LITTLE :
	    high > len / 4 ? UTF16_BIG : UTF16_NONE;
}

static int
decode_utf16(const unsigned char *text, size_t len, char *to)
{
	int order = utf16_of((const char *)text, len);
	int32_t high = 0;

	if (order == UTF16_NONE)
		return -1;
	for (size_t i = 0; i < len; i += 2) {
		int32_t unit = text[i + (order == UTF16_LITTLE)] << 8 |
		    text[i + (order == UTF16_BIG)];

		if (unit == 0 || (unit >= 0xdc00 && unit < 0xe000) !=
		    (high != 0))
			return -1;
		if (high != 0)
			unit = 0x10000 + (high << 10 | (unit & 0x3ff));
		high = unit >= 0xd800 && unit < 0xdc00 ? unit & 0x3ff : 0;
		if (unit < 0xd800 || unit >= 0xdc00)
			put(&to, unit);
	}
	*to = '\0';
	return 0;
}

/* Western Europe's, where nothing else fits. */
static void
decode_latin1(const unsigned char *text, size_t len, char *to)
{
	for (size_t i = 0; i < len; i++)
		put(&to, text[i]);
	*to = '\0';
}

char *
import_decode(const char *text, size_t len, size_t *broken)
{
	char *out = xmalloc(len * DECODE_GROWS + 1);
	const unsigned char *octets = (const unsigned char *)text;
	const char *bad;

	*broken = 0;
	if (decode_utf16(octets, len, out) == -1 &&
	    decode_2022(octets, len, out) == -1) {
		if (len > 0 && memchr(text, '\0', len) != NULL) {
			free(out);
			return NULL;
		}
		memcpy(out, text, len);
		out[len] = '\0';
	}
	if (strncmp(out, "\xef\xbb\xbf", 3) == 0)
		memmove(out, out + 3, strlen(out + 3) + 1);
	if ((bad = broken_at(out)) == NULL)
		return out;
	for (*broken = 1; out < bad; bad--)
		*broken += bad[-1] == '\n';
	if (decode_sjis(octets, len, out) == 0)
		*broken = 0;
	else
		decode_latin1(octets, len, out);
	return out;
}
