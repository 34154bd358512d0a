/*
 * Whether the rows are saved at the company, as the user says: from then on a
 * row that is not seen yet is given the time it usually takes there.
 */
#ifndef DNSESAME_ENTERED_H
#define DNSESAME_ENTERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/app.h"

/* Has the user entered this record of the plan?  And when: at, 0 not. */
bool
entered_has(const struct app *app, size_t index);
void
entered_set(struct app *app, size_t index, int64_t at);

/* The last look has found this record: nothing is left to type. */
bool
entered_stands(const struct app *app, size_t index);

/*
 * The cards are left for the check, and nothing was said yet of whether their
 * rows are saved: that is to be asked, once.
 */
bool
entered_is_asked(const struct app *app);

/* The answer; saved: at this moment, all that is required. */
void
entered_tell(struct app *app, bool saved);

#endif
