/*
 * Shared by check.c and check-company.c (whose form it is); for nobody else.
 */
#ifndef DNSESAME_CHECK_INTERNAL_H
#define DNSESAME_CHECK_INTERNAL_H

#include "diagnose/check.h"

/* The company behind the name servers known so far. */
void
check_detect(struct check *check);

/* What really came out outweighs a fact of a form that is not sure. */
void
check_learn(struct check *check);

#endif
