/*
 * A long list to choose from on a screen of its own: a search field above, the
 * rows that fit below.
 */
#ifndef DNSESAME_PICK_H
#define DNSESAME_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/edit.h"
#include "draw/key.h"
#include "model/list.h"
#include "draw/paint.h"

enum pick_result {
	PICK_OTHER,		/* not a key of the list */
	PICK_MOVED,
	PICK_CHOSEN,
	PICK_CLOSED		/* nothing was chosen */
};

struct pick {
	bool open;
	struct list list;
	struct edit filter;
	bool unmoved;		/* nothing is selected: the user has to */
	bool pressed;		/* Enter, all the same */
	bool in_list;		/* the cursor stands in the list */
};

/*
 * Opens with this row selected.  Without such a row nothing is, so that Enter
 * alone chooses nothing.
 */
void
pick_open(struct pick *pick, const struct list_rows *rows, size_t selected);

/* The search text was changed. */
void
pick_typed(struct pick *pick, const struct list_rows *rows);

/* PICK_CHOSEN and PICK_CLOSED close the list; *row is what was chosen. */
enum pick_result
pick_act(struct pick *pick, enum action action, size_t *row);

/* From line y to line end. */
void
pick_draw(const struct pick *pick, const struct list_rows *rows,
    struct paint *paint, int y, int end);

#endif
