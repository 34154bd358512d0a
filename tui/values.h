/*
 * The parts of the third step: the question for what AWS says, and the list of
 * regions.  The fields themselves are in screen-values.c.
 */
#ifndef DNSESAME_VALUES_H
#define DNSESAME_VALUES_H

#include "paint.h"
#include "pick.h"
#include "region.h"
#include "screen.h"

/* Selects what was answered before. */
void
values_question_enter(struct app *app);
void
values_question_draw(const struct app *app, struct paint *paint);
bool
values_question_act(struct app *app, enum action action);

/* What to do at AWS before there are values; returns the next line. */
int
values_question_steps(struct paint *paint, int y);

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
