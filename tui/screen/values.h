/*
 * The parts of the third step: the question for what AWS says, documents and
 * where they differ, and the list of regions.  The fields themselves are in
 * screen-values.c.
 */
#ifndef DNSESAME_SCREEN_VALUES_H
#define DNSESAME_SCREEN_VALUES_H

#include "draw/paint.h"
#include "draw/pick.h"
#include "ses/region.h"
#include "model/values.h"
#include "screen/screen.h"

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

/* The fields show what the identity holds. */
void
values_fill(struct app *app);

/*
 * Lays a document over the answers.  Where it differs from what is there, the
 * user is asked first, on the screen of step 3.
 */
void
values_take(struct app *app, const struct import *import);
/* Pasted text that the empty token field in focus would take as it stands. */
bool
values_is_for_field(const struct app *app, const char *text, size_t len);

/* The user's answer; yield: what was there before holds. */
void
values_settle(struct app *app, bool yield);

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
