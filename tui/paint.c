#include "paint.h"

#include <string.h>

#include "wrap.h"

enum {
	MARGIN = 1		/* columns free at the right */
};

void
paint_begin(struct paint *paint, WINDOW *win, const struct theme *theme)
{
	memset(paint, 0, sizeof *paint);
	paint->win = win;
	paint->theme = theme;
	getmaxyx(win, paint->height, paint->width);
	werase(win);
}

void
paint_end(struct paint *paint)
{
	wmove(paint->win, paint->cursor_y, paint->cursor_x);
}

/* Octets of one line; what cannot be drawn was clipped before. */
static void
put(struct paint *paint, int y, int x, enum role role, const char *text,
    size_t len)
{
	if (y < 0 || y >= paint->height || x >= paint->width)
		return;
	wattr_set(paint->win, paint->theme->attr[role],
	    paint->theme->pair[role], NULL);
	mvwaddnstr(paint->win, y, x, text, (int)len);
	wattr_set(paint->win, A_NORMAL, 0, NULL);
}

int
paint_text(struct paint *paint, int y, int x, enum role role,
    const char *text)
{
	size_t len = wrap_fit(text, paint->width - x);

	put(paint, y, x, role, text, len);
	return x + wrap_width_of(text, len);
}

int
paint_clip(struct paint *paint, int y, int x, int end, enum role role,
    const char *text)
{
	size_t len;

	if (end > paint->width)
		end = paint->width;
	if (x >= end)
		return x;
	if (wrap_width(text) <= end - x)
		return paint_text(paint, y, x, role, text);
	len = wrap_fit(text, end - x - 2);
	put(paint, y, x, role, text, len);
	x += wrap_width_of(text, len);
	return x + 2 <= end ? paint_text(paint, y, x, role, "..") : x;
}

int
paint_wrap(struct paint *paint, int y, int x, int rows, enum role role,
    const char *text)
{
	int width = paint->width - MARGIN - x;
	size_t len;

	if (width < 2 || *text == '\0')
		return y;
	for (; text != NULL && rows > 0; rows--, y++) {
		const char *next = wrap_next(text, width, &len);

		put(paint, y, x, role, text, len);
		text = next;
	}
	return y;
}

void
paint_rule(struct paint *paint, int y)
{
	wattr_set(paint->win, paint->theme->attr[ROLE_RULE],
	    paint->theme->pair[ROLE_RULE], NULL);
	if (theme_lines(paint->theme))
		mvwhline_set(paint->win, y, MARGIN, WACS_HLINE,
		    paint->width - 2 * MARGIN);
	else
		mvwhline(paint->win, y, MARGIN, '-',
		    paint->width - 2 * MARGIN);
	wattr_set(paint->win, A_NORMAL, 0, NULL);
}

void
paint_frame(struct paint *paint)
{
	wattr_set(paint->win, paint->theme->attr[ROLE_RULE],
	    paint->theme->pair[ROLE_RULE], NULL);
	if (theme_lines(paint->theme))
		wborder_set(paint->win, WACS_VLINE, WACS_VLINE, WACS_HLINE,
		    WACS_HLINE, WACS_ULCORNER, WACS_URCORNER, WACS_LLCORNER,
		    WACS_LRCORNER);
	else
		wborder(paint->win, '|', '|', '-', '-', '+', '+', '+', '+');
	wattr_set(paint->win, A_NORMAL, 0, NULL);
}

void
paint_edit(struct paint *paint, int y, int x, int width,
    const struct edit *edit, bool focus)
{
	struct edit_view view;

	if (width < 2)
		return;
	if (focus) {
		view = edit_view(edit, width);
		paint_cursor(paint, y, x + view.cursor);
	} else {
		view.from = 0;
		view.len = wrap_fit(edit->text, width);
	}
	/* What does not fit goes on where the arrow points. */
	if (view.from > 0)
		paint_text(paint, y, x - 1, ROLE_HINT, "<");
	if (view.from + view.len < edit->len)
		paint_text(paint, y, x + width, ROLE_HINT, ">");
	put(paint, y, x, ROLE_VALUE, edit->text + view.from, view.len);
	x += wrap_width_of(edit->text + view.from, view.len);
	/* What is still free shows where the field is. */
	if (focus && edit->len == 0)
		mvwhline(paint->win, y, x, '_', width < 40 ? width : 40);
}

void
paint_cursor(struct paint *paint, int y, int x)
{
	paint->cursor_y = y;
	paint->cursor_x = x < paint->width ? x : paint->width - 1;
}

int
paint_mark(struct paint *paint, int y, int x, bool focus)
{
	if (focus) {
		paint_text(paint, y, x, ROLE_FOCUS, ">");
		paint_cursor(paint, y, x);
	}
	return x + 2;
}
