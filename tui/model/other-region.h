/*
 * One domain may have an identity in each of several regions.  The values of
 * one never take the place of another's: its answers are opened instead.
 */
#ifndef DNSESAME_OTHER_REGION_H
#define DNSESAME_OTHER_REGION_H

#include <stdbool.h>

#include "model/app.h"
#include "ses/identity.h"

/*
 * Is what was found, of a document, another identity than the one that was
 * had?  An own key may sign in several regions.
 */
bool
other_region_is(const struct identity *found, const struct identity *had);

/*
 * The answers to the domain of those that are open in another region, as
 * session_load; where none are saved, those that hold for the whole domain.
 */
int
other_region_load(struct session *out, const struct session *open,
    const char *region, char why[static SESSION_WHY]);

/*
 * Opens the answers of this region: those that are saved, else none but the
 * domain and its company.  What was open stays saved.
 */
void
other_region_open(struct app *app, const char *region);

/*
 * What was typed over the open answers.  Where the region is one whose
 * answers are saved, these are opened, and what else was typed anew is laid
 * over them: true.  Elsewhere nothing is done: the region was corrected.
 */
bool
other_region_typed(struct app *app, const struct identity *typed);

#endif
