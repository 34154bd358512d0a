#include "model/wrap.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* JIS X 4051, the common part: what must not begin or end a line. */
static const wchar_t not_first[] = L"、。，．・：；？！ーぁぃぅぇぉっゃゅょ"
    L"ァィゥェォッャュョ々〜～」』）］｝】〉》,.;:?!)]}";
static const wchar_t not_last[] = L"「『（［｛【〈《([{";

/*
 * Where a phrase ends in Japanese: after these, before what is no hiragana.
 * Most are particles, some the ends of verbs and adjectives.
 */
static const wchar_t phrase_last[] = L"はがをにでとものへやてばずらたるいな";
static const wchar_t comma[] = L"、。，．」』）";

/* These after て begin a verb of their own: して|ください, されて|います. */
static const wchar_t after_te[] = L"いおく";

enum {
	PHRASE_GIVES = 2	/* of a line, what may stay empty for it: 1/2 */
};

static size_t
decode(const char *text, wchar_t *wc)
{
	mbstate_t state = { 0 };
	size_t len = strnlen(text, 8);
	size_t n = mbrtowc(wc, text, len, &state);

	if (len == 0)
		return 0;
	if (n == (size_t)-1 || n == (size_t)-2) {
		*wc = L'?';
		return 1;
	}
	return n;
}

static int
columns(wchar_t wc)
{
	int width = wcwidth(wc);

	return width < 0 ? 1 : width;
}

size_t
wrap_char(const char *text, int *width)
{
	wchar_t wc = L'\0';
	size_t n = decode(text, &wc);

	if (width != NULL)
		*width = n == 0 ? 0 : columns(wc);
	return n;
}

int
wrap_width_of(const char *text, size_t len)
{
	int total = 0, width;

	for (size_t at = 0, n; at < len; at += n) {
		n = wrap_char(text + at, &width);
		if (n == 0)
			break;
		total += width;
	}
	return total;
}

int
wrap_width(const char *text)
{
	return wrap_width_of(text, strlen(text));
}

size_t
wrap_words(const char *text)
{
	size_t words = 0, letters = 0, n;
	bool inside = false;

	for (wchar_t wc; (n = decode(text, &wc)) > 0; text += n) {
		const char *end = wc == L'「' ? strstr(text, "」") : NULL;

		if (end != NULL) {
			words++;
			inside = false;
			n = (size_t)(end - text) + strlen("」");
		} else if (columns(wc) == 2) {
			letters += iswalnum((wint_t)wc) != 0;
			inside = false;
		} else if (iswspace((wint_t)wc)) {
			inside = false;
		} else if (!inside && iswalnum((wint_t)wc)) {
			inside = true;
			words++;
		}
	}
	return words + (2 * letters + 4) / 5;
}

size_t
wrap_fit(const char *text, int width)
{
	size_t at = 0, n;
	int total = 0, one;

	while ((n = wrap_char(text + at, &one)) > 0 && total + one <= width) {
		total += one;
		at += n;
	}
	return at;
}

/* May a line end between these two? */
static bool
may_break(wchar_t before, wchar_t after)
{
	if (wcschr(not_first, after) != NULL ||
	    wcschr(not_last, before) != NULL)
		return false;
	return columns(before) == 2 || columns(after) == 2;
}

static bool
is_hiragana(wchar_t wc)
{
	return wc >= L'ぁ' && wc <= L'ゟ';
}

/* Would a reader pause between these two? */
static bool
ends_phrase(wchar_t before, wchar_t after)
{
	/* を is never anything but a particle. */
	return wcschr(comma, before) != NULL || before == L'を' ||
	    (before == L'て' && wcschr(after_te, after) != NULL) ||
	    (wcschr(phrase_last, before) != NULL && !is_hiragana(after));
}

static size_t
trimmed(const char *text, size_t len)
{
	while (len > 0 && text[len - 1] == ' ')
		len--;
	return len;
}

/* What stands in 「」, a name to be looked for, and fits into a line; or 0. */
static size_t
quoted(const char *text, int width)
{
	const char *end;
	size_t len, most;

	if (strncmp(text, "「", strlen("「")) != 0)
		return 0;
	/* What fits has at most so many octets: the text may be a peer's. */
	most = strnlen(text, 4 * (size_t)width + strlen("「」"));
	if ((end = memmem(text, most, "」", strlen("」"))) == NULL)
		return 0;
	len = (size_t)(end - text) + strlen("」");
	return memchr(text, '\n', len) == NULL &&
	    wrap_width_of(text, len) <= width ? len : 0;
}

/* Where a line may end, and where the next one begins then; 0: nowhere. */
struct end {
	size_t at, resume;
};

/* The last ends that were passed; firm: at a blank or a mark. */
struct ends {
	struct end firm, good, label, any;
	int phrase;		/* columns before the last end of a phrase */
};

/* May the line end here, at so many columns? */
static void
pass(struct ends *ends, const char *text, size_t at, wchar_t before,
    wchar_t wc, int total, int width)
{
	bool far = total - ends->phrase > width / PHRASE_GIVES;
	struct end here = { at, at + strspn(text + at, " ") };

	/* Rather before a label than between it and its text, or in it. */
	if (wc == L' ' && before == L':' && !far) {
		ends->label = here;
		ends->good = ends->firm;
	} else if (wc == L' ' && before != L' ') {
		ends->good = ends->firm = here;
		ends->phrase = total;
	} else if (wc != L' ' && before != L' ' && may_break(before, wc)) {
		ends->any = here;
		if (ends_phrase(before, wc))
			ends->phrase = total;
		if (ends->phrase == total || far)
			ends->good = here;
		if (wcschr(comma, before) != NULL)
			ends->firm = here;
	}
}

static struct end
best(const struct ends *ends)
{
	if (ends->good.at > 0)
		return ends->good;
	return ends->label.at > 0 ? ends->label : ends->any;
}

const char *
wrap_next(const char *text, int width, size_t *len)
{
	struct ends ends = { .phrase = 0 };
	size_t at = 0, whole = 0;
	wchar_t before = L'\0', wc;
	int total = 0;

	while (text[at] != '\0' && text[at] != '\n') {
		size_t n = decode(text + at, &wc);

		if (at >= whole) {
			if (at > 0)
				pass(&ends, text, at, before, wc, total,
				    width);
			whole = at + quoted(text + at, width);
		}
		if (total + columns(wc) > width && wc != L' ') {
			struct end end = best(&ends);

			if (end.at == 0)
				end.at = end.resume = at > 0 ? at : n;
			*len = trimmed(text, end.at);
			return text[end.resume] == '\0' ? NULL :
			    text + end.resume;
		}
		total += columns(wc);
		before = wc;
		at += n;
	}
	*len = trimmed(text, at);
	return text[at] == '\n' && text[at + 1] != '\0' ? text + at + 1 : NULL;
}

int
wrap_lines(const char *text, int width)
{
	size_t len;
	int lines = 0;

	while (text != NULL) {
		text = wrap_next(text, width, &len);
		lines++;
	}
	return lines;
}
