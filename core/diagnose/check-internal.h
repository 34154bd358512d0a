/*
 * Shared by check.c, check-delegation.c (who answers) and check-company.c
 * (whose form it is); for nobody else.
 */
#ifndef DNSESAME_CHECK_INTERNAL_H
#define DNSESAME_CHECK_INTERNAL_H

#include "diagnose/check.h"

/* The delegation, the zones below it, and what stands in for it. */
void
check_read(struct check *check);

/* The company behind the name servers known so far. */
void
check_detect(struct check *check);

/* What really came out outweighs a fact of a form that is not sure. */
void
check_learn(struct check *check);

#endif
