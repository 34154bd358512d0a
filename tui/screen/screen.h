/*
 * What a screen is, and what the screens have beside the model.  A screen
 * draws from a const model, takes keys, and keeps a state that only its own
 * file knows.
 */
#ifndef DNSESAME_SCREEN_H
#define DNSESAME_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/key.h"
#include "draw/paint.h"
#include "draw/theme.h"
#include "model/app.h"
#include "screen/page.h"

struct edit;

enum {
	SCREEN_TOP = 3,			/* first line of a screen's own part */
	SCREEN_HINTS = 2,		/* lines at the bottom */
	SCREEN_WIDTH = 80,		/* what every screen fits into */
	SCREEN_HEIGHT = 22,		/* a tmux in 80x24 leaves 23 */
	SCREEN_AIRY = 24,		/* room for blank lines */
	SCREEN_WIDE = 120,		/* with so many columns and lines */
	SCREEN_TALL = 34,		/* things stand side by side */
	SCREEN_NOTICE = APP_NOTICE,
	SCREEN_TEXT = 2048		/* a sentence with its places filled */
};

struct screen_ops {
	int step;			/* 1 to 6 */
	size_t private_size;		/* of its own state, zeroed at first */
	/* On coming here; NULL: nothing. */
	void (*enter)(struct app *app);
	/* On going to another step; NULL: nothing. */
	void (*leave)(struct app *app);
	/* Before drawing: takes in what changed meanwhile; NULL: nothing. */
	void (*settle)(struct app *app);
	void (*draw)(const struct app *app, struct paint *paint);
	/* Takes all columns; else no more than one can read. */
	bool whole;
	/* What stands in a panel beside it on a large screen; NULL: nothing. */
	void (*side)(const struct app *app, struct paint *panel);
	/* Does an action of the key table; false: not mine. */
	bool (*act)(struct app *app, enum action action);
	/* The field that takes characters now, or NULL.  NULL: none ever. */
	struct edit *(*typing)(struct app *app);
	/* Is a row of a list chosen, to be edited?  NULL: never. */
	bool (*on_row)(const struct app *app);
	/* The field was changed; NULL: nothing. */
	void (*typed)(struct app *app);
	/* Gives up what its own state owns; NULL: nothing. */
	void (*release)(void *private);
	/* A paste; false: insert it into the field. */
	bool (*paste)(struct app *app, const char *text, size_t len);
};

struct ui {
	const struct screen_ops *const *screens;	/* by enum screen_id */
	void *private[SCREEN_COUNT];	/* their states, owned */
	enum screen_id screen;
	enum screen_id before;		/* where we came from */
	struct theme theme;
	struct page page;
	bool typing;			/* characters go into a field */
	bool quit;
	size_t letters;			/* L that switched the language, */
	int64_t letter_at;		/* the last of them, ms since 1970 */
};

/* The one that is shown, and its own state. */
const struct screen_ops *
screen_shown(const struct app *app);
void *
screen_private(const struct app *app);

/* Goes to a screen: leaves the one before, saves, enters. */
void
screen_go(struct app *app, enum screen_id screen);

/* The first screen of a step. */
enum screen_id
screen_of_step(int step);

/* The user may be elsewhere: how far it is in the title, and the bell. */
void
screen_tell(const struct app *app, bool ring);

/*
 * Sends text to the terminal's clipboard and says so, honestly; what is the
 * form's label of it, or a translated name.
 */
void
screen_copy(struct app *app, const char *what, const char *text);

/* The screen is large enough for things side by side. */
bool
screen_is_wide(const struct paint *paint);

/* The lines a screen may draw on end before this one. */
int
screen_bottom(const struct paint *paint);

/* AWS's page of the region, as a link; returns the next line. */
int
screen_aws(const struct app *app, struct paint *paint, int y);

/* Up and down among count choices; false: the action is another one. */
bool
screen_moves(size_t *at, size_t count, enum action action);

/* A choice line of a menu: mark, text, explanation; returns the next line. */
int
screen_choice(struct paint *paint, int y, bool focus, const char *text,
    const char *note, int note_x);

#endif
