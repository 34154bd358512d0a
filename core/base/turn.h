/*
 * A turn: how much processor time this thread may take before it looks at the
 * terminal and the signals again.  Whoever works on what a peer sends asks
 * between two pieces of it whether the turn is over, and goes on in the next.
 */
#ifndef DNSESAME_TURN_H
#define DNSESAME_TURN_H

#include <stdbool.h>
#include <stdint.h>

struct turn {
	int64_t end;		/* ns of this thread's processor time */
};

/* One of so many microseconds, from now on. */
struct turn
turn_begin(int microseconds);

bool
turn_is_over(const struct turn *turn);

#endif
