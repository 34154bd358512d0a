/*
 * The screen as a person sees it: rows of text, attributes, the cursor.
 *
 * In the text of a row a wide character takes one position. Rows and columns
 * count from 0 here; only messages count from 1.
 */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <vterm.h>
#include <wchar.h>

#include "pty.h"

enum { VIEW_TEXT_MAX = PTY_SIDE_MAX * VTERM_MAX_CHARS_PER_CELL + 1 };

struct view_row {
	wchar_t	text[VIEW_TEXT_MAX];
	int	column[VIEW_TEXT_MAX];	/* where each position stands */
};

/* Reads a row, blanks and all, up to the right edge. */
void	view_row(const struct pty *, int row, struct view_row *);

/* Where the text stands on this row: its first column, or -1. */
int	view_find_on(const struct pty *, int row, const char *text);

/* The first place of the text, from the top; false if it is not there. */
bool	view_find(const struct pty *, const char *text, VTermPos *);

/* Is the cell's attribute, such as "bold", "no-bold" or "fg=red", so? */
bool	view_attr(const VTermScreenCell *, const char *attr);

/* Is this the name of an attribute at all? */
bool	view_attr_known(const char *attr);

/* The cell's attributes in words. */
void	view_attr_text(const VTermScreenCell *, char *buf, size_t size);

/*
 * Looks for half a wide character and for text right of the given number of
 * columns. True if all is well; else says in buf what is wrong.
 */
bool	view_width_ok(const struct pty *, int cols, char *buf, size_t size);

/* Prints the screen with row numbers and a line about the terminal. */
void	view_dump(struct pty *, FILE *);

#endif
