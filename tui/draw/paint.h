/*
 * Drawing on one window: texts in roles, clipped and wrapped by columns, and
 * the place of the cursor.  A paint is made for one drawing and thrown away.
 */
#ifndef DNSESAME_PAINT_H
#define DNSESAME_PAINT_H

#include <stdbool.h>
#include <stddef.h>

#include <curses.h>
#include <panel.h>

#include "model/edit.h"
#include "draw/term.h"
#include "draw/theme.h"

enum {
	PAINT_PANELS = 8	/* over the screen at once */
};

/* All that one drawing needs: the panels, and where the cursor will stand. */
struct paint_deck {
	const struct theme *theme;
	PANEL *panel[PAINT_PANELS];
	WINDOW *inside[PAINT_PANELS];
	size_t panels;
	int cursor_y, cursor_x;		/* on the screen */
	struct term_link link;
};

/* Where to draw: the screen, or the inside of a panel. */
struct paint {
	WINDOW *win;
	const struct theme *theme;
	struct paint_deck *deck;
	int height, width;
	int end;		/* from this line on nothing is drawn */
	int left;		/* column of the window where it begins */
};

struct paint_box {
	int y, x, height, width;	/* on the screen */
};

/* Begins a drawing: an empty screen. */
void
paint_begin(struct paint *paint, struct paint_deck *deck,
    const struct theme *theme);

/* Shows it, the cursor at the last paint_cursor. */
void
paint_end(struct paint_deck *deck);

/*
 * A panel over the screen with a frame and a title in it, both in this role;
 * panel draws inside.  title NULL: a bare sheet without a frame.
 */
void
paint_panel(const struct paint *paint, struct paint *panel,
    const struct paint_box *box, enum role role, const char *title);

/* So many columns of it, from this one on. */
void
paint_part(const struct paint *paint, struct paint *part, int left,
    int width);

/* Text in one line, clipped at the right; returns the column behind it. */
int
paint_text(struct paint *paint, int y, int x, enum role role,
    const char *text);

/*
 * An address, ".." showing that its end is missing, and a link to the whole
 * where the terminal knows such (OSC 8).  One of a screen, never in a panel.
 */
void
paint_link(struct paint *paint, int y, int x, const char *address);

/* The first len octets of a text, which fit into the line. */
void
paint_first(struct paint *paint, int y, int x, enum role role,
    const char *text, size_t len);

/*
 * As paint_text, clipped at column end, ".." showing that something is
 * missing.
 */
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

/* The same, or nothing when there is no room for all of it. */
int
paint_whole(struct paint *paint, int y, int x, int rows, enum role role,
    const char *text);

/* A line from edge to edge; the same with a title in it, in this role. */
void
paint_rule(struct paint *paint, int y);
void
paint_heading(struct paint *paint, int y, enum role role, const char *title);

/* A verdict: sign and word, blanks up to the width of the longest. */
int
paint_verdict(struct paint *paint, int y, int x, enum state state);

/* How wide that is. */
int
paint_verdict_width(void);

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
