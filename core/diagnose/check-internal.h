/*
 * Shared by check.c, check-delegation.c (who answers) and check-judge.c (what
 * it means); for nobody else.
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

/*
 * Makes a diagnosis of the answers so far; no other comes in before it is
 * made.  complete: the look is over.
 */
void
check_judge_begin(struct check *check, int64_t now, bool complete);

/* Goes on until the turn is over; true when it is made. */
bool
check_judge_on(struct check *check, const struct turn *turn);

/* What it reads will change: what is made of it so far is worth nothing. */
void
check_judge_drop(struct check *check);

/*
 * What was found stays, what it is held against has changed: after a look it is
 * judged anew by the next steps.
 */
void
check_judge_again(struct check *check);

/* What is wanted as before keeps what was found of it. */
void
check_keep_found(struct check *check, const struct plan *before);

#endif
