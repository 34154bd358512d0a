#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/*
 * Code points that are not shown as they are, in order: controls, formats that
 * change direction or have no width, separators, what is private or no
 * character.  Runs of more than 500 points without a character stand for
 * "unassigned" (Unicode 14); a lone one between characters passes.
 */
static const struct {
	uint32_t first, last;
} hidden[] = {
	{ 0x0000, 0x001f }, { 0x007f, 0x009f }, { 0x00ad, 0x00ad },
	{ 0x034f, 0x034f }, { 0x0378, 0x0379 }, { 0x061c, 0x061c },
	{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
	{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
	{ 0x3164, 0x3164 }, { 0xd800, 0xf8ff }, { 0xfdd0, 0xfdef },
	{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffb }, { 0xfffe, 0xffff }, { 0x12544, 0x12f8f },
	{ 0x13430, 0x143ff }, { 0x14647, 0x167ff }, { 0x16b90, 0x16e3f },
	{ 0x18d09, 0x1afef }, { 0x1b2fc, 0x1bbff }, { 0x1bca0, 0x1ceff },
	{ 0x1d173, 0x1d17a }, { 0x1dab0, 0x1deff }, { 0x1e300, 0x1e7df },
	{ 0x1e960, 0x1ec70 }, { 0x1fbfa, 0x1ffff }, { 0x2ebe1, 0x2f7ff },
	{ 0x2fa1e, 0x2ffff }, { 0x323b0, 0x10ffff },
};

static bool
shown(uint32_t c)
{
	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return false;
	return true;
}

/*
 * One character of UTF-8 (RFC 3629: shortest form, no surrogates): its octets,
 * or 0 when what stands there is none.
 */
static size_t
decode(const uint8_t *s, size_t len, uint32_t *out)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t need = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 :
	    s[0] >= 0xe0 && s[0] < 0xf0 ? 3 :
	    s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;
	uint32_t c;

	if (need == 0 || need > len)
		return 0;
	c = need == 1 ? s[0] : s[0] & (0x7fu >> need);
	for (size_t i = 1; i < need; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fu);
	}
	if (c < least[need] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*out = c;
	return need;
}

/* Where text is written: whole pieces only, the wanted length is counted. */
struct sink {
	char *dst;
	size_t size, at, want;
	bool full;
};

static void
put(struct sink *s, const char *piece, size_t len)
{
	s->want += len;
	if (s->full || s->at + len >= s->size) {
		s->full = true;
		return;
	}
	memcpy(s->dst + s->at, piece, len);
	s->at += len;
}

static size_t
finish(struct sink *s)
{
	if (s->size > 0)
		s->dst[s->at] = '\0';
	return s->want;
}

size_t
text_safe(char *dst, size_t size, const void *src, size_t len)
{
	struct sink s = { .dst = dst, .size = size };
	const uint8_t *p = src;

	while (len > 0) {
		uint32_t c = 0;
		size_t used = decode(p, len, &c);

		if (used > 0 && c == '\\') {
			put(&s, "\\\\", 2);
		} else if (used > 0 && shown(c)) {
			put(&s, (const char *)p, used);
		} else {
			used = used == 0 ? 1 : used;
			for (size_t i = 0; i < used; i++) {
				char octal[8];

				snprintf(octal, sizeof octal, "\\%03o", p[i]);
				put(&s, octal, 4);
			}
		}
		p += used;
		len -= used;
	}
	return finish(&s);
}

size_t
text_fill(char *dst, size_t size, const char *tmpl,
    const struct text_place *places)
{
	struct sink s = { .dst = dst, .size = size };
	struct text t = TEXT_INIT;

	text_add_filled(&t, tmpl, places);
	/* Character by character: a cut falls between them. */
	for (size_t at = 0, used; at < t.len; at += used) {
		uint32_t c;

		used = decode((const uint8_t *)t.s + at, t.len - at, &c);
		used = used == 0 ? 1 : used;
		put(&s, t.s + at, used);
	}
	text_release(&t);
	return finish(&s);
}

void
text_clear(struct text *t)
{
	t->len = 0;
	if (t->mem != NULL)
		t->mem[0] = '\0';
	else
		t->s = "";
}

void
text_release(struct text *t)
{
	free(t->mem);
	*t = (struct text)TEXT_INIT;
}

char *
text_take(struct text *t)
{
	char *s = t->mem != NULL ? t->mem : xstrdup("");

	*t = (struct text)TEXT_INIT;
	return s;
}

/* Room for len more octets; where they begin. */
static char *
room(struct text *t, size_t len)
{
	if (len >= t->size - t->len) {
		t->size = 2 * (t->len + len) + 64;
		t->mem = xreallocarray(t->mem, t->size, 1);
		t->s = t->mem;
	}
	return t->mem + t->len;
}

void
text_add_part(struct text *t, const char *s, size_t len)
{
	char *end = room(t, len);

	memcpy(end, s, len);
	end[len] = '\0';
	t->len += len;
}

void
text_add(struct text *t, const char *s)
{
	text_add_part(t, s, strlen(s));
}

void
text_addf(struct text *t, const char *format, ...)
{
	va_list ap, again;
	int len;

	va_start(ap, format);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, format, ap);
	if (len > 0) {
		char *end = room(t, (size_t)len);

		vsnprintf(end, (size_t)len + 1, format, again);
		t->len += (size_t)len;
	}
	va_end(again);
	va_end(ap);
}

void
text_add_safe(struct text *t, const void *src, size_t len)
{
	size_t want = text_safe(NULL, 0, src, len);

	text_safe(room(t, want), want + 1, src, len);
	t->len += want;
}

void
text_add_asked(struct text *t, const char *tmpl, text_ask_fn *ask,
    const void *arg)
{
	while (*tmpl != '\0') {
		size_t len = strcspn(tmpl, "{");
		const char *end = strchr(tmpl + len, '}');

		text_add_part(t, tmpl, len);
		tmpl += len;
		if (tmpl[0] == '{' && tmpl[1] != '{' && end != NULL &&
		    ask(t, tmpl + 1, (size_t)(end - tmpl) - 1, arg)) {
			tmpl = end + 1;
		} else if (tmpl[0] == '{') {
			text_add(t, "{");
			tmpl += 1 + (tmpl[1] == '{');
		}
	}
}

static bool
ask_places(struct text *t, const char *name, size_t len, const void *arg)
{
	const struct text_place *places = arg;

	for (; places->name != NULL; places++) {
		if (strlen(places->name) == len &&
		    memcmp(places->name, name, len) == 0) {
			text_add(t, places->value);
			return true;
		}
	}
	return false;
}

void
text_add_filled(struct text *t, const char *tmpl,
    const struct text_place *places)
{
	text_add_asked(t, tmpl, ask_places, places);
}

void
text_join(struct text *list, const char *between, const char *item)
{
	for (const char *s = list->s; *s != '\0';) {
		const char *end = strstr(s, between);
		size_t len = end != NULL ? (size_t)(end - s) : strlen(s);

		if (strlen(item) == len && memcmp(s, item, len) == 0)
			return;
		s += len + (end != NULL ? strlen(between) : 0);
	}
	if (list->len > 0)
		text_add(list, between);
	text_add(list, item);
}

void
text_list_add(struct text *list, const char *item)
{
	text_join(list, ", ", item);
}

void
text_line_add(struct text *t, const char *line)
{
	if (t->len > 0 && line[0] != '\0')
		text_add(t, "\n");
	text_add(t, line);
}

void
text_chop(struct text *t, char c)
{
	while (t->len > 0 && t->s[t->len - 1] == c)
		t->mem[--t->len] = '\0';
}

static bool
blank(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x3000 ||
	    (c >= 0x2000 && c <= 0x200a);
}

/* Comes along when copied from a page, and nobody means it. */
static bool
stray(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x200b ||
	    c == 0xfeff;
}

size_t
text_trim(char *dst, size_t size, const char *src, int fold)
{
	struct sink s = { .dst = dst, .size = size };
	size_t len = strlen(src), last = 0, last_want = 0;
	const uint8_t *p = (const uint8_t *)src;

	while (len > 0) {
		uint32_t c = 0;
		size_t used = decode(p, len, &c);

		if (used == 0) {
			/* Not UTF-8: kept, the field's check will refuse it. */
			put(&s, (const char *)p, used = 1);
			last = s.at, last_want = s.want;
		} else if (blank(c)) {
			if (s.want > 0)
				put(&s, fold ? " " : (const char *)p,
				    fold ? 1 : used);
		} else if (stray(c)) {
			/* Dropped. */
		} else if (fold && c >= 0xff01 && c <= 0xff5e) {
			char ascii = (char)(c - 0xff01 + '!');

			put(&s, &ascii, 1);
			last = s.at, last_want = s.want;
		} else {
			put(&s, (const char *)p, used);
			last = s.at, last_want = s.want;
		}
		p += used;
		len -= used;
	}
	s.at = last;
	s.want = last_want;
	return finish(&s);
}

static size_t
min3(size_t a, size_t b, size_t c)
{
	if (b < a)
		a = b;
	return c < a ? c : a;
}

static unsigned char
lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 'a' - 'A') : c;
}

/* Levenshtein, one row kept. */
size_t
text_distance(const char *a, const char *b)
{
	size_t alen = strnlen(a, TEXT_WORD), blen = strnlen(b, TEXT_WORD);
	size_t row[TEXT_WORD + 1];

	for (size_t j = 0; j <= blen; j++)
		row[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			size_t above = row[j];
			bool same = lower((unsigned char)a[i - 1]) ==
			    lower((unsigned char)b[j - 1]);

			row[j] = min3(above + 1, row[j - 1] + 1,
			    diagonal + !same);
			diagonal = above;
		}
	}
	return row[blen];
}

size_t
text_program(char *dst, size_t size, const char *tmpl)
{
	/* What a shell takes as it is, but for letters of other scripts. */
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-+";
	const char *name = program_invocation_name;
	const struct text_place places[] = {
		{ "program", *name != '\0' &&
		    name[strspn(name, plain)] == '\0' ? name : "dnsesame" },
		{ NULL, NULL },
	};

	return text_fill(dst, size, tmpl, places);
}
