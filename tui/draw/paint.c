#include "draw/paint.h"

#include <string.h>

#include <bsd/string.h>

#include "model/wrap.h"

enum {
	MARGIN = 1		/* columns free at the right */
};

static void
set_win(struct paint *paint, WINDOW *win)
{
	paint->win = win;
	paint->left = 0;
	getmaxyx(win, paint->height, paint->width);
	paint->end = paint->height;
}

void
paint_begin(struct paint *paint, struct paint_deck *deck,
    const struct theme *theme)
{
	memset(deck, 0, sizeof *deck);
	deck->theme = paint->theme = theme;
	paint->deck = deck;
	set_win(paint, stdscr);
	werase(stdscr);
}

void
paint_end(struct paint_deck *deck)
{
	/* Where there is no panel, update_panels does not look at it. */
	wnoutrefresh(stdscr);
	update_panels();
	wmove(newscr, deck->cursor_y, deck->cursor_x);
	doupdate();
	term_link(&deck->link);
	while (deck->panels > 0) {
		PANEL *panel = deck->panel[--deck->panels];
		WINDOW *win = panel_window(panel);

		del_panel(panel);
		if (deck->inside[deck->panels] != NULL)
			delwin(deck->inside[deck->panels]);
		delwin(win);
	}
}

/* Lines have the colour of their role, not its weight. */
static void
line_attr(struct paint *paint, enum role role)
{
	wattr_set(paint->win, A_NORMAL, paint->theme->pair[role], NULL);
}

static void
frame(struct paint *paint, enum role role)
{
	line_attr(paint, role);
	if (theme_lines(paint->theme))
		wborder_set(paint->win, WACS_VLINE, WACS_VLINE, WACS_HLINE,
		    WACS_HLINE, WACS_ULCORNER, WACS_URCORNER, WACS_LLCORNER,
		    WACS_LRCORNER);
	else
		wborder(paint->win, '|', '|', '-', '-', '+', '+', '+', '+');
	wattr_set(paint->win, A_NORMAL, 0, NULL);
}

/* " TITLE " in a line that is there already. */
static void
draw_title(struct paint *paint, int y, int x, enum role role,
    const char *title)
{
	if (*title == '\0')
		return;
	paint_text(paint, y, x, ROLE_TEXT, " ");
	x = paint_clip(paint, y, x + 1, paint->width - 2, role, title);
	paint_text(paint, y, x, ROLE_TEXT, " ");
}

void
paint_panel(const struct paint *paint, struct paint *panel,
    const struct paint_box *box, enum role role, const char *title)
{
	struct paint_deck *deck = paint->deck;
	WINDOW *win = newwin(box->height, box->width, box->y, box->x);

	*panel = *paint;
	/* No room for it on a screen that is being resized. */
	if (win == NULL || deck->panels == PAINT_PANELS) {
		if (win != NULL)
			delwin(win);
		return;
	}
	set_win(panel, win);
	deck->panel[deck->panels] = new_panel(win);
	if (title != NULL) {
		frame(panel, role);
		draw_title(panel, 0, 1, role == ROLE_RULE ? ROLE_TITLE : role,
		    title);
		win = derwin(win, box->height - 2, box->width - 3, 1, 2);
		deck->inside[deck->panels] = win;
		if (win != NULL)
			set_win(panel, win);
	}
	deck->panels++;
}

void
paint_part(const struct paint *paint, struct paint *part, int left, int width)
{
	*part = *paint;
	part->left += left;
	part->width = width < paint->width - left ? width :
	    paint->width - left;
}

/* Octets of one line; what cannot be drawn was clipped before. */
static void
put(struct paint *paint, int y, int x, enum role role, const char *text,
    size_t len)
{
	if (y < 0 || y >= paint->end || x >= paint->width)
		return;
	wattr_set(paint->win, paint->theme->attr[role],
	    paint->theme->pair[role], NULL);
	mvwaddnstr(paint->win, y, paint->left + x, text, (int)len);
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

void
paint_first(struct paint *paint, int y, int x, enum role role,
    const char *text, size_t len)
{
	put(paint, y, x, role, text, len);
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

void
paint_link(struct paint *paint, int y, int x, const char *address)
{
	struct term_link *link = &paint->deck->link;
	int end = paint->width - MARGIN;

	paint_clip(paint, y, x, end, ROLE_TEXT, address);
	if (paint->win != stdscr || y >= paint->end || x >= end)
		return;
	link->y = y;
	link->x = paint->left + x;
	strlcpy(link->address, address, sizeof link->address);
	strlcpy(link->text, address, sizeof link->text);
	if (wrap_width(address) > end - x)
		strlcpy(link->text + wrap_fit(address, end - x - 2), "..",
		    sizeof "..");
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

int
paint_whole(struct paint *paint, int y, int x, int rows, enum role role,
    const char *text)
{
	if (wrap_lines(text, paint->width - MARGIN - x) > rows)
		return y;
	return paint_wrap(paint, y, x, rows, role, text);
}

static void
rule(struct paint *paint, int y, enum role role)
{
	int width = paint->width - 2 * MARGIN;

	if (y >= paint->end)
		return;
	line_attr(paint, role);
	if (theme_lines(paint->theme))
		mvwhline_set(paint->win, y, paint->left + MARGIN, WACS_HLINE,
		    width);
	else
		mvwhline(paint->win, y, paint->left + MARGIN, '-', width);
	wattr_set(paint->win, A_NORMAL, 0, NULL);
}

void
paint_rule(struct paint *paint, int y)
{
	rule(paint, y, ROLE_RULE);
}

void
paint_heading(struct paint *paint, int y, enum role role, const char *title)
{
	rule(paint, y, role);
	draw_title(paint, y, MARGIN + 2, role, title);
}

int
paint_verdict_width(void)
{
	int widest = 0;

	/* Of all words: nothing jumps when one takes another's place. */
	for (int i = 0; i < STATE_COUNT; i++)
		if (wrap_width(state_word((enum state)i)) > widest)
			widest = wrap_width(state_word((enum state)i));
	return widest + 2;
}

int
paint_verdict(struct paint *paint, int y, int x, enum state state)
{
	const char sign[] = { theme_sign(state), ' ', '\0' };
	int after = paint_text(paint, y, x, theme_state(state), sign);

	paint_text(paint, y, after, theme_state(state), state_word(state));
	return x + paint_verdict_width();
}

void
paint_edit(struct paint *paint, int y, int x, int width,
    const struct edit *edit, bool focus)
{
	struct edit_view view;

	if (width < 2 || y >= paint->end)
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
		mvwhline(paint->win, y, paint->left + x, '_',
		    width < 40 ? width : 40);
}

void
paint_cursor(struct paint *paint, int y, int x)
{
	int top, left;

	getbegyx(paint->win, top, left);
	paint->deck->cursor_y = top + y;
	paint->deck->cursor_x = left + paint->left + (x < paint->width ? x :
	    paint->width - 1);
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
