/*
 * What is kept of the records of one answer, however many there are: 64 of
 * them and 16 KiB, the first in an order of their own, so that two looks at a
 * set that is turned round keep the same; and beside them as many of those
 * that matter to whoever asked.
 */
#ifndef DNSESAME_KEEP_H
#define DNSESAME_KEEP_H

#include <stdbool.h>

#include "dns/observe.h"

struct keep;

/* Both borrowed; how NULL: nothing matters more than the rest. */
struct keep *
keep_new(const struct observe_keep *how, const struct question *question);
void
keep_free(struct keep *keep);

/* One record of the section under way, taken over with all it holds. */
void
keep_add(struct keep *keep, const struct rr *rr);

/*
 * Ends the section: what is kept goes to the observation by add, in the order
 * it came.
 */
void
keep_section(struct keep *keep, struct observation *o,
    void (*add)(struct observation *o, const struct rr *rr));

/* Was anything left out? */
bool
keep_has_cut(const struct keep *keep);

#endif
