/*
 * When the user said of a record that it is entered, by the record's id: the
 * order of a plan may change, and so may what is in it.
 */
#ifndef DNSESAME_TICKS_H
#define DNSESAME_TICKS_H

#include <stddef.h>
#include <stdint.h>

enum {
	TICKS = 32,		/* records that anybody ever ticks */
	TICK_ID = 24
};

struct ticks {
	struct tick {
		char id[TICK_ID];	/* of struct wanted: "dkim-1" */
		int64_t at;		/* ms since 1970; 0: taken back */
	} tick[TICKS];
	size_t count;
};

/* 0: not entered. */
int64_t
ticks_at(const struct ticks *ticks, const char *id);

/* -1 when the id is too long or there are too many. */
int
ticks_set(struct ticks *ticks, const char *id, int64_t at);

#endif
