/*
 * The parts of the third step: the question for what AWS says, documents and
 * where they differ, and the list of regions.  The fields themselves are in
 * screen-values.c.
 */
#ifndef DNSESAME_SCREEN_VALUES_H
#define DNSESAME_SCREEN_VALUES_H

#include "base/text.h"
#include "draw/paint.h"
#include "draw/pick.h"
#include "ses/region.h"
#include "model/values.h"
#include "model/edit.h"
#include "screen/screen.h"

struct values_screen {
	bool filled;			/* the fields were shown before */
	bool own_key;			/* selector and key, not the tokens */
	size_t status;			/* selected answer to it */
	struct edit field[VALUES_FIELDS];
	int focus;			/* enum values_field */
	struct pick pick;		/* from all regions */
	struct text said;		/* what became of a paste */
	enum role said_role;
	bool yield;			/* selected where documents differ */
	size_t opened, changes;		/* of the model, as shown */
};

/* Selects what was answered before. */
void
values_question_enter(struct app *app);
void
values_question_draw(const struct app *app, struct paint *paint);
bool
values_question_act(struct app *app, enum action action);

/* The line for CloudShell, to the clipboard. */
void
values_question_copy(struct app *app);

/* A line below the fields, until the next key there. */
void
values_say(struct app *app, enum role role, const char *text);

/*
 * Names for MAIL FROM that nothing uses yet: is text one that is used, the
 * next free one into the field, all of them from line y on.
 */
bool
values_suggest_taken(const struct app *app, const char *text);
void
values_suggest(struct app *app);
int
values_suggest_draw(const struct app *app, struct paint *paint, int y,
    int rows);

/* The cursor to the first field that is wrong or empty, else to the way on. */
void
values_focus(struct app *app);

/* The fields show what the identity holds. */
void
values_fill(struct app *app);

/* Lays a document over the answers, or asks which of the two is right. */
void
values_take(struct app *app, const struct import *import);

/* Pasted text that the empty token field in focus would take as it stands. */
bool
values_is_for_field(const struct app *app, const char *text, size_t len);

void
values_conflict_draw(const struct app *app, struct paint *paint);
bool
values_conflict_act(struct app *app, enum action action);

/* The list of regions. */
void
values_region_open(struct app *app);
void
values_region_typed(struct app *app);
/* *region is set when PICK_CHOSEN is returned. */
enum pick_result
values_region_act(struct app *app, enum action action,
    const struct region **region);
void
values_region_draw(const struct app *app, struct paint *paint, int y);

#endif
