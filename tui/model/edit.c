#include "model/edit.h"

#include <string.h>

#include "model/wrap.h"

void
edit_set(struct edit *edit, const char *text)
{
	edit->len = edit->at = 0;
	edit->text[0] = '\0';
	edit_insert(edit, text, strnlen(text, EDIT_SIZE - 1));
}

/* Line ends and tabs to blanks, no control characters; returns the octets. */
static size_t
clean(char dst[static EDIT_SIZE], const char *text, size_t len)
{
	size_t n = 0;

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	for (size_t i = 0; i < len && n < EDIT_SIZE; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		if (c >= ' ' && c != 0x7f)
			dst[n++] = (char)c;
	}
	return n;
}

bool
edit_insert(struct edit *edit, const char *text, size_t len)
{
	char safe[EDIT_SIZE];
	size_t n;

	if (len >= EDIT_SIZE)
		return false;
	n = clean(safe, text, len);
	if (edit->len + n >= EDIT_SIZE)
		return false;
	memmove(edit->text + edit->at + n, edit->text + edit->at,
	    edit->len - edit->at + 1);
	memcpy(edit->text + edit->at, safe, n);
	edit->len += n;
	edit->at += n;
	edit->text[edit->len] = '\0';
	return true;
}

/* The end of the character at, with what combines with it. */
static size_t
after(const struct edit *edit, size_t at)
{
	int width;

	at += wrap_char(edit->text + at, NULL);
	while (at < edit->len) {
		size_t n = wrap_char(edit->text + at, &width);

		if (width != 0)
			break;
		at += n;
	}
	return at;
}

static size_t
before(const struct edit *edit, size_t at)
{
	size_t start = 0;

	while (start < at) {
		size_t next = after(edit, start);

		if (next >= at)
			break;
		start = next;
	}
	return start;
}

static bool
cut(struct edit *edit, size_t from, size_t to)
{
	if (from >= to)
		return false;
	memmove(edit->text + from, edit->text + to, edit->len - to + 1);
	edit->len -= to - from;
	edit->at = from;
	return true;
}

static bool
go(struct edit *edit, size_t at)
{
	bool moved = edit->at != at;

	edit->at = at;
	return moved;
}

static size_t
word_start(const struct edit *edit)
{
	size_t at = edit->at;

	while (at > 0 && edit->text[at - 1] == ' ')
		at--;
	while (at > 0 && edit->text[at - 1] != ' ')
		at--;
	return at;
}

bool
edit_do(struct edit *edit, enum edit_op op)
{
	switch (op) {
	case EDIT_LEFT:
		return go(edit, before(edit, edit->at));
	case EDIT_RIGHT:
		return go(edit, after(edit, edit->at));
	case EDIT_HOME:
		return go(edit, 0);
	case EDIT_END:
		return go(edit, edit->len);
	case EDIT_BACKSPACE:
		return cut(edit, before(edit, edit->at), edit->at);
	case EDIT_DELETE:
		return cut(edit, edit->at, after(edit, edit->at));
	case EDIT_KILL_END:
		return cut(edit, edit->at, edit->len);
	case EDIT_KILL_START:
		return cut(edit, 0, edit->at);
	case EDIT_KILL_WORD:
		return cut(edit, word_start(edit), edit->at);
	}
	return false;
}

struct edit_view
edit_view(const struct edit *edit, int width)
{
	struct edit_view view = { .from = 0 };
	int cursor = wrap_width_of(edit->text, edit->at), one;

	/* One column stays free for the cursor behind the last character. */
	while (cursor >= width && view.from < edit->at) {
		view.from += wrap_char(edit->text + view.from, &one);
		cursor -= one;
	}
	view.len = wrap_fit(edit->text + view.from, width);
	view.cursor = cursor;
	return view;
}
