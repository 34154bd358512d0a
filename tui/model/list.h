/*
 * A list to choose from: a selection, and a filter that narrows it.  Pure;
 * the rows themselves stay with the caller.
 */
#ifndef DNSESAME_LIST_H
#define DNSESAME_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum {
	LIST_ROWS = 256,
	LIST_FILTER = 64
};

struct list {
	size_t row[LIST_ROWS];	/* the rows that fit, in order */
	size_t count;
	size_t selected;	/* index into row */
	char filter[LIST_FILTER];
};

/* Adds the text of a row in which the filter is looked for. */
typedef void list_search(size_t row, struct text *t);

/* What a column shows of a row. */
typedef const char *list_column(size_t row);

/*
 * Rows to choose from: what each is searched by, and what its two columns
 * show.
 */
struct list_rows {
	size_t count;
	list_search *search;
	list_column *left, *right;
	const char *title;	/* N_() */
	const char *none;	/* N_(): nothing fits */
};

/* All rows, no filter, the first one selected. */
void
list_init(struct list *list, size_t rows);

/* Every word of the filter stands somewhere in text. */
bool
list_fits(const char *text, const char *filter);

/*
 * Shows only rows that hold the filter's words, letter case of ASCII ignored.
 * The selection stays on its row if that still fits.
 */
void
list_set_filter(struct list *list, size_t rows, const char *filter,
    list_search *search);

/* Moves the selection by so many rows, stopping at the ends. */
bool
list_move(struct list *list, int by);

/* Selects this row if it is shown. */
bool
list_select(struct list *list, size_t row);

/* The selected row, or (size_t)-1 when nothing fits. */
size_t
list_chosen(const struct list *list);

/* The index of the first row to draw in a window of this height. */
size_t
list_top(const struct list *list, size_t height);

#endif
