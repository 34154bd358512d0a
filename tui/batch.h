/*
 * The commands without a screen.  Each returns its exit status.
 */
#ifndef DNSESAME_BATCH_H
#define DNSESAME_BATCH_H

#include "options.h"

int
batch_check(const struct options *options);
int
batch_records(const struct options *options);
int
batch_providers(const struct options *options);

#endif
