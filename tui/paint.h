/*
 * Drawing on one window: texts in roles, clipped and wrapped by columns, and
 * the place of the cursor.  A paint is made for one drawing and thrown away.
 */
#ifndef DNSESAME_PAINT_H
#define DNSESAME_PAINT_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>

#include "edit.h"
#include "theme.h"

struct paint {
	WINDOW *win;
	const struct theme *theme;
	int height, width;
	int cursor_y, cursor_x;	/* where the hardware cursor will stand */
};

void
paint_begin(struct paint *paint, WINDOW *win, const struct theme *theme);

/* The cursor goes to the last paint_cursor. */
void
paint_end(struct paint *paint);

/* Text in one line, clipped at the right; returns the column behind it. */
int
paint_text(struct paint *paint, int y, int x, enum role role,
    const char *text);

/* The same, clipped at column end, ".." showing that something is missing. */
int
paint_clip(struct paint *paint, int y, int x, int end, enum role role,
    const char *text);

/*
 * A paragraph from column x to the right margin, at most rows lines; returns
 * the line behind it.
 */
int
paint_wrap(struct paint *paint, int y, int x, int rows, enum role role,
    const char *text);

/* A line from edge to edge. */
void
paint_rule(struct paint *paint, int y);

/* A frame around the window. */
void
paint_frame(struct paint *paint);

/*
 * A field: its text, scrolled so that the cursor is seen.  focus: the cursor
 * stands in it.
 */
void
paint_edit(struct paint *paint, int y, int x, int width,
    const struct edit *edit, bool focus);

void
paint_cursor(struct paint *paint, int y, int x);

/* "> " before what is in focus, blanks otherwise; the cursor goes there. */
int
paint_mark(struct paint *paint, int y, int x, bool focus);

#endif
