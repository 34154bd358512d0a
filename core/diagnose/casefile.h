/*
 * Case files: observations as text, readable and writable by hand.  Four
 * uses: --record, --replay, tests of diagnose, bug reports.  Untrusted octets
 * stand escaped; time is a line in the file.
 */
#ifndef DNSESAME_CASEFILE_H
#define DNSESAME_CASEFILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ses/identity.h"
#include "dns/observe.h"
#include "diagnose/background.h"
#include "ses/plan.h"
#include "diagnose/probe.h"
#include "ses/ticks.h"

enum {
	CASEFILE_WHY = 512,
	CASEFILE_EXPECTS = 64,
	CASEFILE_LINE = 256,
	/* Of a whole file: what is longer is neither written nor read. */
	CASEFILE_OCTETS = 16 << 20,
	CASEFILE_ROWS = 100000	/* questions and records together */
};

struct casefile {
	struct identity identity;
	char provider[32];		/* chosen company's id or "" */
	char guard[PLAN_GUARD];
	struct ticks entered;
	struct background background;	/* noted, and of other regions */
	struct name zone;		/* as the user gave it */
	bool has_zone;
	bool private;			/* asked wherever servers are */
	int64_t now;			/* ms since 1970 */
	struct probe_vantages vantages;	/* system and also */
	struct observe_log log;		/* all rows in round 1 */
	/* "expect" lines, for tests: words as they stand. */
	char expect[CASEFILE_EXPECTS][CASEFILE_LINE];
	size_t expects;
};

void
casefile_init(struct casefile *file);
void
casefile_release(struct casefile *file);

/* Reads a whole file.  -1 and a translated "name:line: reason" in why. */
int
casefile_read(struct casefile *out, FILE *in, const char *name,
    char why[static CASEFILE_WHY]);

/* All that a verdict depends on besides the answers; borrowed. */
struct casefile_head {
	const struct plan *plan;
	const struct background *background;
	const char *provider;		/* chosen company's id or "" */
	const struct name *zone;	/* as the user gave it, or NULL */
	const struct probe_vantages *vantages;
	int64_t now;			/* ms since 1970 */
	bool private;			/* see struct check */
};

/* Writes everything but the rows. */
void
casefile_write_head(FILE *out, const struct casefile_head *head);

/* Writes one row; now is the head's, times are written relative to it. */
void
casefile_write_row(FILE *out, const struct observation *observation,
    int64_t now);

/* How much of a file is written. */
struct casefile_size {
	size_t octets, rows;
	bool full;		/* a line in it says so */
};

/* The same as long as the file has room for it. */
void
casefile_append(FILE *out, struct casefile_size *size,
    const struct observation *observation, int64_t now);

#endif
