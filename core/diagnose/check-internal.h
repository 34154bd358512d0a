/*
 * Shared by check.c and check-delegation.c (who answers); for nobody else.
 */
#ifndef DNSESAME_CHECK_INTERNAL_H
#define DNSESAME_CHECK_INTERNAL_H

#include "diagnose/check.h"

/* The delegation, the zones below it, and what stands in for it. */
void
check_read(struct check *check);

/*
 * The resolvers of this machine come before those that the user named, and to
 * look through one is to name it.
 */
void
check_columns(struct check *check);

#endif
