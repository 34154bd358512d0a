/*
 * The keys: one table (key.def) feeds dispatch, hint bar and help.
 */
#ifndef DNSESAME_KEY_H
#define DNSESAME_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/term.h"

enum screen_id {
	SCREEN_DOMAIN,
	SCREEN_COMPANY,
	SCREEN_VALUES,
	SCREEN_CARD,
	SCREEN_CHECK,
	SCREEN_DONE,
	SCREEN_FORM,
	SCREEN_SAVED,
	SCREEN_MAIL,
	SCREEN_PAGE_OPEN,	/* a page lies over any of them */
	SCREEN_COUNT
};

enum action {
	ACTION_NONE,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_HALF_UP,
	ACTION_HALF_DOWN,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_NEXT,
	ACTION_PREVIOUS,
	ACTION_ENTER,
	ACTION_BACK,
	ACTION_COPY,
	ACTION_PLAIN,
	ACTION_ALL,
	ACTION_NOTE,
	ACTION_LOOK,
	ACTION_SEARCH,
	ACTION_FORM,
	ACTION_DELETE,
	ACTION_DETAILS,
	ACTION_PASTE,
	ACTION_SAVED,
	ACTION_SUGGEST,
	ACTION_LANGUAGE,
	ACTION_HELP,
	ACTION_QUIT,
	ACTION_REDRAW,
	ACTION_SUSPEND,
	ACTION_STEP_1,
	ACTION_STEP_6 = ACTION_STEP_1 + 5
};

enum {
	KEY_WHILE_TYPING = 1 << 0,	/* also where characters are text */
	KEY_PRACTICE = 1 << 1,		/* only in practice */
	KEY_WHEN_RIGHT = 1 << 2,	/* told when all records are right */
	KEY_UNLESS_RIGHT = 1 << 3,		/* told when they are not */
	KEY_WHEN_SAVED = 1 << 4,	/* told when other domains are saved */
	KEY_WHEN_PARTS = 1 << 5,	/* of a page that has parts to search */
	KEY_WHEN_ROW = 1 << 6		/* told on a row of a list */
};

struct key {
	enum action action;
	int code;		/* of curses, a control or plain character */
	unsigned screens;	/* bits 1 << enum screen_id */
	unsigned flags;
	const char *name;	/* "Enter": how it is written */
	const char *hint;	/* N_(), NULL: not in the hint bar */
	const char *help;	/* N_(), NULL: not in the help */
};

/* The whole table; *count is set. */
const struct key *
key_table(size_t *count);

/* May this key be used on that screen? */
bool
key_applies(const struct key *key, enum screen_id screen, bool typing,
    bool practice);

/* What the event means there. */
enum action
key_action(const struct event *event, enum screen_id screen, bool typing,
    bool practice);

#endif
