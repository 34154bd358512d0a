/*
 * The commands without a screen.  Each returns its exit status.
 */
#ifndef DNSESAME_BATCH_H
#define DNSESAME_BATCH_H

#include <stdio.h>

#include "diagnose/check.h"
#include "model/options.h"
#include "company/provider.h"
#include "dns/world.h"

struct answers;

int
batch_check(const struct options *options);
int
batch_records(const struct options *options);
int
batch_providers(const struct options *options);

/* What is done with a look that is over; the exit status. */
typedef int batch_use_fn(const struct options *options,
    const struct check *check, void *arg);

/* A look at the answers of --replay, and use of it. */
int
batch_replay(const struct options *options, batch_use_fn *use, void *arg);

/*
 * One look; recorded: the time of a recorded case, 0: now.  False when stop
 * (-1: none) became readable before its end.
 */
bool
batch_run(struct check *check, int64_t recorded, int stop);

/* The network as the options want it; NULL after a complaint. */
struct world *
batch_network(const struct options *options);

/* A check of the answers' domain, and its end; the world goes with it. */
struct check *
batch_begin(struct world *world, const struct answers *answers);
void
batch_end(struct check *check);

/*
 * Settings that every check of this command line shares; provider may be
 * NULL.  0, or the exit status after a complaint.
 */
int
batch_set_up(struct check *check, const struct options *options,
    const struct provider *provider);

/* "FILE: reason", of errno; even the user's words may be somebody else's. */
void
batch_complain(const char *file);

/* Standard output takes colours. */
bool
batch_colour(const struct options *options);

#endif
