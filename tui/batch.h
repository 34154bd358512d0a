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

int
batch_check(const struct options *options);
int
batch_records(const struct options *options);
int
batch_providers(const struct options *options);

/* The network as the options want it; NULL after a complaint. */
struct world *
batch_network(const struct options *options);

/*
 * Settings that every check of this command line shares; provider may be
 * NULL.  0, or the exit status after a complaint.
 */
int
batch_set_up(struct check *check, const struct options *options,
    const struct provider *provider);

/* Writes out what is left: 0, or the exit status after a complaint. */
int
batch_finish(FILE *out);

#endif
