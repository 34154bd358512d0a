/*
 * A field of one line of UTF-8: what people type, and where the cursor stands.
 * Pure; what is drawn is asked for with edit_view.
 */
#ifndef DNSESAME_EDIT_H
#define DNSESAME_EDIT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	EDIT_SIZE = 1024	/* octets, NUL included */
};

enum edit_op {
	EDIT_LEFT,
	EDIT_RIGHT,
	EDIT_HOME,
	EDIT_END,
	EDIT_BACKSPACE,
	EDIT_DELETE,
	EDIT_KILL_END,		/* from the cursor on */
	EDIT_KILL_START,	/* before the cursor */
	EDIT_KILL_WORD		/* the word before the cursor */
};

struct edit {
	char text[EDIT_SIZE];
	size_t len;		/* octets */
	size_t at;		/* the cursor, an octet */
};

/* The part of a field that is seen, and the cursor's column in it. */
struct edit_view {
	size_t from, len;	/* octets of text */
	int cursor;		/* columns from the left */
};

/* Replaces the text; the cursor goes to the end. */
void
edit_set(struct edit *edit, const char *text);

/*
 * Inserts len octets at the cursor.  Line ends and tabs become blanks, other
 * control characters are dropped.  False when there is no room; nothing is
 * inserted then.
 */
bool
edit_insert(struct edit *edit, const char *text, size_t len);

/* True when text or cursor changed. */
bool
edit_do(struct edit *edit, enum edit_op op);

/* What to draw in so many columns; the cursor is always inside. */
struct edit_view
edit_view(const struct edit *edit, int width);

#endif
