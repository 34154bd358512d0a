/*
 * What a screen is, and the model all screens share.  A screen draws from a
 * const model, takes keys, and keeps its own small state in struct app; it
 * holds no other.
 */
#ifndef DNSESAME_SCREEN_H
#define DNSESAME_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "screen/app.h"
#include "diagnose/check.h"
#include "model/edit.h"
#include "ses/import.h"
#include "draw/key.h"
#include "draw/paint.h"
#include "draw/pick.h"
#include "model/pretend.h"
#include "model/saved.h"
#include "session/session.h"
#include "model/steps.h"
#include "model/values.h"
#include "draw/term.h"
#include "draw/theme.h"

enum {
	SCREEN_TOP = 3,			/* first line of a screen's own part */
	SCREEN_WIDTH = 80,		/* what every screen fits into */
	SCREEN_HEIGHT = 24,
	SCREEN_WIDE = 120,		/* with so many columns and lines */
	SCREEN_TALL = 34,		/* things stand side by side */
	SCREEN_STEPS = STEP_COUNT,
	SCREEN_PAGE = 65536,
	SCREEN_PAGE_WIDTH = 100,	/* of help, at most */
	SCREEN_NOTICE = 512,
	SCREEN_TEXT = 2048,		/* a sentence with its places filled */
	SCREEN_LOOK_AGAIN = 5000	/* ms between looks on entering */
};

struct domain_screen {
	struct edit edit;
	bool touched;			/* since the step was entered */
	size_t letters;			/* L that switched the language, */
	int64_t letter_at;		/* the last of them, ms since 1970 */
	const char *why;		/* N_(), or NULL */
	struct import document;		/* pasted before the domain, */
	bool pasted;			/* if it was */
	char said[SCREEN_NOTICE];	/* what became of the paste */
};

struct company_screen {
	size_t choice;
	struct pick pick;		/* from all companies */
};

struct values_screen {
	bool asked;			/* the question is behind us */
	bool own_key;			/* selector and key, not the tokens */
	size_t status;			/* selected answer to it */
	struct edit field[VALUES_FIELDS];
	int focus;			/* enum values_field */
	struct pick pick;		/* from all regions */
	char said[SCREEN_NOTICE];	/* what became of a paste */
	enum role said_role;
	struct import document;		/* differs from what was there: */
	bool conflict;			/* which of the two holds is asked */
	bool yield;			/* the selected answer to that */
};

struct card_screen {
	size_t card;
	size_t field;
};

struct watch_screen {
	size_t row;			/* records first, then the domain */
	bool moved;			/* by the user: follow no more */
};

struct done_screen {
	size_t choice;
};

struct saved_screen {
	struct saved saved;		/* read at the start, and on entering */
	size_t row;
	bool asking;			/* whether to forget the row */
	enum screen_id back;
};

struct form_screen {
	struct pretend list;
	size_t wanted;			/* the record the form was opened for */
	struct form form;		/* labels, and the types' words */
	struct edit edit[FORM_FIELDS];
	size_t editing;			/* a row, or rows: a new one */
	size_t focus;			/* rows, fields, save, back */
	enum screen_id back;
	const char *why;		/* N_(), or NULL */
	char said[SCREEN_NOTICE];
};

/* A text over the screen: help, details, all records, the plain page. */
struct page {
	bool open;
	bool plain;			/* flush left, no frame */
	const char *title;		/* translated */
	char text[SCREEN_PAGE];
	char copy[SCREEN_PAGE];		/* what c copies; "" the text */
	int top;			/* first line shown */
	int last;			/* the highest top, by size of screen */
};

struct app {
	const struct app_options *options;
	struct theme theme;
	struct session session;		/* the answers */
	struct session base;		/* as they were last in the file */
	const struct provider *provider;	/* chosen, NULL: detected */
	struct check check;
	bool begun;			/* check has a domain */
	bool seen;			/* a look has ended since the values */
	int64_t now;			/* ms since 1970, of this turn */
	enum screen_id screen;
	bool quit;
	bool dirty;			/* what is drawn is no longer true */
	bool typing;			/* characters go into a field */
	bool saved;
	bool again;			/* look when the round under way ends */
	char notice[SCREEN_NOTICE];	/* until the next key */

	struct page page;
	struct domain_screen domain;
	struct company_screen company;
	struct values_screen values;
	struct card_screen card;
	struct watch_screen watch;
	struct done_screen done;
	struct form_screen form;
	struct saved_screen saved_list;
};

struct screen_ops {
	int step;			/* 1 to 6 */
	/* On coming here; NULL: nothing. */
	void (*enter)(struct app *app);
	/* On going to another step; NULL: nothing. */
	void (*leave)(struct app *app);
	void (*draw)(const struct app *app, struct paint *paint);
	/* Takes all columns; else no more than one can read. */
	bool whole;
	/* What stands in a panel beside it on a large screen; NULL: nothing. */
	void (*side)(const struct app *app, struct paint *panel);
	/* Does an action of the key table; false: not mine. */
	bool (*act)(struct app *app, enum action action);
	/* The field that takes characters now, or NULL.  NULL: none ever. */
	struct edit *(*typing)(struct app *app);
	/* The field was changed; NULL: nothing. */
	void (*typed)(struct app *app);
	/* A paste; false: insert it into the field. */
	bool (*paste)(struct app *app, const char *text, size_t len);
};

extern const struct screen_ops screen_domain, screen_company, screen_values,
    screen_card, screen_check, screen_done, screen_form, screen_saved;

const struct screen_ops *
screen_find(enum screen_id id);

/* The screen is large enough for things side by side. */
bool
screen_is_wide(const struct paint *paint);

/* The lines a screen may draw on end before this one. */
int
screen_bottom(const struct paint *paint);

/* Goes to a screen: leaves the one before, saves, enters. */
void
app_go(struct app *app, enum screen_id screen);

/* True when step (1 to 6) has what it needs. */
bool
app_reachable(const struct app *app, int step);

/* The answers changed: the check gets them, the session is saved. */
void
app_identity_changed(struct app *app);
void
app_provider_changed(struct app *app, const struct provider *provider);
void
app_save(struct app *app);

/* Takes over what was saved of this domain, if anything was. */
bool
app_load(struct app *app, const struct identity *identity);

/* Reads anew what is saved; a notice when no look is possible. */
void
app_read_saved(struct app *app);

/* Goes on with what was saved. */
void
app_open(struct app *app, const struct session *session);
/* Is it this one that is open? */
bool
app_is_open(const struct app *app, const struct session *session);

/* Deletes what was saved, closing it when it is open; a notice if it fails. */
void
app_forget(struct app *app, const struct session *session);

/* Where to go on with the answers there are. */
enum screen_id
app_resume_screen(const struct app *app);

/* The user may be elsewhere: how far it is in the title, and the bell. */
void
app_tell(const struct app *app, bool ring);

/* Looks now, or as soon as the look under way is over. */
void
app_look(struct app *app);

/* The same when no look is under way: step begins those that are due. */
void
app_begin_look(struct app *app);

/* A line at the bottom until the next key; text is translated. */
void
app_notice(struct app *app, const char *text);

/*
 * Sends text to the terminal's clipboard and says so, honestly; what is the
 * form's label of it, or a translated name.
 */
void
app_copy(struct app *app, const char *what, const char *text);

/* All that is required stands in DNS. */
bool
app_all_right(const struct app *app);

/*
 * Takes over what is known, builds the practice domain, begins the first
 * look.  -1 after a complaint on stderr.
 */
int
app_begin(struct app *app, const struct app_options *options);
void
app_end(struct app *app);

/* Where to go on. */
enum screen_id
app_first_screen(const struct app *app);

/*
 * The domain as typed; what was saved of it comes along.  -1 and a msgid in
 * *why when it is refused.
 */
int
app_take_domain(struct app *app, const char *text, const char **why);

/*
 * The domain was typed again though rows are lost: what stands there now is
 * what counts from here on.
 */
void
app_note_anew(struct app *app);

/* The index-th way on from step 2; false: another company is to be chosen. */
bool
app_take_company(struct app *app, size_t index);

/*
 * Takes answers in, begins a new look when one is due; when to be called
 * again at the latest (ms since 1970).
 */
int64_t
app_step(struct app *app);

/* The check step looks again until all is right. */
bool
app_watching(const struct app *app);

/* The last sentence, after the terminal was given back. */
void
app_farewell(const struct app *app);

/* A choice line of a menu: mark, text, explanation; returns the next line. */
int
screen_choice(struct paint *paint, int y, bool focus, const char *text,
    const char *note, int note_x);

/* The field of the first screen is as it was: L is no text there. */
bool
domain_offers_language(const struct app *app);

/* The check's answers changed: the selection follows the worst of them. */
void
check_screen_follow(struct app *app);

/* Is anything saved besides what is open? */
bool
saved_screen_has_other(const struct app *app);

/* The pretend form, for this record; it goes back to where it came from. */
void
form_open(struct app *app, enum screen_id back, size_t wanted);

/* Frees the rows of the pretend form (screen-form.c). */
void
form_release(struct app *app);

/* The help of the screen (screen-help.c). */
void
help_open(struct app *app);

/* Pages of text (screen-copy.c). */
void
page_open(struct app *app, const char *title, bool plain);
void
page_add(struct app *app, const char *text);
/* Before drawing: how far it can scroll on this screen. */
void
page_settle(struct app *app);
bool
page_act(struct app *app, enum action action);
void
page_draw(const struct app *app, struct paint *paint);
/*
 * After drawing: writes what is longer than a line of the plain page again in
 * one go, so that the terminal wraps it itself and its selection takes it as
 * one piece.
 */
void
page_join(const struct app *app);
/* What to type into the fields of one record, flush left; of all of them. */
void
copy_open_record(struct app *app, size_t index);
void
copy_open_all(struct app *app);
/* The records as a note for whoever runs the DNS; saved as DOMAIN.md. */
void
copy_open_note(struct app *app);
void
copy_save_note(struct app *app);

/* The text of a field's content: the value, or what to do instead. */
const char *
form_field_text(const struct form_field *field);

#endif
