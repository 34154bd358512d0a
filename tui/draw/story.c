#include "draw/story.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "draw/paint.h"
#include "model/wrap.h"

enum {
	STORY_TEXT = 2048,
	STORY_GAP = 2,		/* columns between a label and its text */
	STORY_LINES = 3		/* of a value that can be compared by eye */
};

/* One line of a long text, and the marks below what is wrong in it. */
static int
draw_found(struct paint *paint, int y, int x, const struct story_difference *d,
    size_t from, size_t len)
{
	size_t a = d->from > from ? d->from : from;
	size_t b = d->to < from + len ? d->to : from + len;
	bool last = d->to >= from && d->to <= from + len;
	char part[DIAGNOSE_VALUE];
	int at, end;

	strlcpy(part, d->found + from, len + 1);
	paint_text(paint, y, x, ROLE_VALUE, part);
	if (a > b || (a == b && !last))
		return y + 1;
	at = x + wrap_width_of(part, a - from);
	end = at + wrap_width_of(part + (a - from), b - a);
	strlcpy(part, d->found + a, b - a + 1);
	paint_text(paint, y, at, ROLE_DIFFERENCE, part);
	/* Where something is missing there is nothing to stand below. */
	end += end == at;
	for (x = at; x < end; x++)
		paint_text(paint, y + 1, x, ROLE_DIFFERENCE, "^");
	if (last && end + 1 + wrap_width(d->what) < paint->width)
		paint_text(paint, y + 1, end + 1, ROLE_FAIL, d->what);
	else if (last && at - 1 - wrap_width(d->what) >= 0)
		paint_text(paint, y + 1, at - 1 - wrap_width(d->what),
		    ROLE_FAIL, d->what);
	return y + 2;
}

/*
 * Labels stand before their texts, or above them where that keeps a text in
 * one piece; what is longer than the screen comes in pieces all the same.
 */
struct layout {
	int text_x;
	bool above;
};

static struct layout
layout(const struct story_difference *d, int x, int width)
{
	int labels = wrap_width(d->wanted_label);
	int room = wrap_width(d->wanted);
	struct layout l;

	if (wrap_width(d->found_label) > labels)
		labels = wrap_width(d->found_label);
	if (wrap_width(d->found) > room)
		room = wrap_width(d->found);
	l.text_x = x + labels + STORY_GAP;
	l.above = l.text_x + room > x + width && STORY_GAP + room <= width;
	if (l.above)
		l.text_x = x + STORY_GAP;
	return l;
}

static int
draw_difference(struct paint *paint, int y, int x, int end,
    const struct story_difference *d)
{
	struct layout l = layout(d, x, paint->width - 1 - x);
	size_t w = 0, f = 0;

	paint_text(paint, y, x, ROLE_LABEL, d->wanted_label);
	y += l.above;
	while (y + 1 < end && (d->wanted[w] != '\0' || d->found[f] != '\0')) {
		char part[DIAGNOSE_VALUE];
		size_t len = wrap_fit(d->wanted + w, paint->width - 1 -
		    l.text_x);

		if (len > 0) {
			strlcpy(part, d->wanted + w, len + 1);
			paint_text(paint, y, l.text_x, ROLE_VALUE, part);
			w += len;
			y++;
		}
		len = wrap_fit(d->found + f, paint->width - 1 - l.text_x);
		if (len == 0)
			continue;
		if (f == 0) {
			paint_text(paint, y, x, ROLE_LABEL, d->found_label);
			y += l.above;
		}
		y = draw_found(paint, y, l.text_x, d, f, len);
		f += len;
	}
	return y;
}

const char *
story_heading(const struct check *check, size_t row, char *dst, size_t size)
{
	char title[128];
	enum state state;

	if (row >= story_rows(check)) {
		*dst = '\0';
	} else if (story_state(check, row, &state)) {
		snprintf(dst, size, "%c %s  %s", theme_sign(state),
		    state_word(state), story_title(check, row, title,
		    sizeof title));
	} else {
		snprintf(dst, size, ".. %s", story_title(check, row, title,
		    sizeof title));
	}
	return dst;
}

/* A paragraph; where it does not fit, the way to the rest. */
static int
draw_paragraph(struct paint *paint, int y, int x, int end, const char *text)
{
	int lines = wrap_lines(text, paint->width - 1 - x);

	if (*text == '\0' || y >= end)
		return y;
	if (y + lines <= end)
		return paint_wrap(paint, y, x, lines, ROLE_TEXT, text);
	y = paint_wrap(paint, y, x, end - 1 - y, ROLE_TEXT, text);
	paint_text(paint, y, x, ROLE_HINT, _(".. Enter shows the rest"));
	return end;
}

/* The lines of a text without blanks, cut where the screen ends. */
static int
pieces(const char *text, int width)
{
	int n = 0;

	for (size_t len; (len = wrap_fit(text, width)) > 0; text += len)
		n++;
	return n;
}

/* How many lines draw_difference takes. */
static int
difference_lines(const struct story_difference *d, int width)
{
	struct layout l = layout(d, 0, width);

	return pieces(d->wanted, width - l.text_x) +
	    pieces(d->found, width - l.text_x) + 1 + 2 * l.above;
}

int
story_draw(const struct check *check, size_t row, struct paint *paint, int y,
    int x, int end)
{
	struct text summary = TEXT_INIT, cause = TEXT_INIT, remedy = TEXT_INIT;
	int width = paint->width - 1 - x, lines, gap;
	struct story_difference d;
	enum state state;
	bool differs;

	if (row >= story_rows(check))
		return y;
	if (!story_state(check, row, &state))
		return paint_wrap(paint, y, x, end - y, ROLE_HINT,
		    _("This record is still being looked at."));
	story_sentence(check, row, REPORT_SUMMARY, &summary);
	story_sentence(check, row, REPORT_EXPLANATION, &cause);
	story_sentence(check, row, REPORT_REMEDY, &remedy);
	/* A key is too long to be compared by eye. */
	differs = story_difference(check, row, &d) &&
	    wrap_width(d.wanted) < STORY_LINES * width;
	lines = wrap_lines(summary.s, width) + wrap_lines(remedy.s, width) +
	    (differs ? difference_lines(&d, width) : 0);
	/* What to do comes first where there is not room for both. */
	if (row < check->plan.count &&
	    y + lines + wrap_lines(cause.s, width) > end)
		story_sentence(check, row, REPORT_REMARKS, &cause);
	if (y + lines + wrap_lines(cause.s, width) > end)
		text_clear(&cause);
	else
		lines += wrap_lines(cause.s, width);
	gap = y + lines + 1 + differs + (cause.len > 0) <= end;
	y = paint_wrap(paint, y, x, 2, ROLE_TITLE, summary.s);
	if (differs)
		y = draw_difference(paint, y + gap, x, end, &d);
	if (cause.len > 0)
		y = draw_paragraph(paint, y + gap, x, end, cause.s);
	y = draw_paragraph(paint, y + gap, x, end, remedy.s);
	text_release(&summary);
	text_release(&cause);
	text_release(&remedy);
	return y;
}
