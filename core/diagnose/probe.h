/*
 * What to ask next.  Pure: from the plan, the log of this round and the time,
 * the questions that are still open.  Stages (find the zone cut, then its
 * servers, then ask each; found nothing, then ask where such records go) need
 * no state machine: the round is over when nothing is returned and nothing is
 * under way.
 */
#ifndef DNSESAME_PROBE_H
#define DNSESAME_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagnose/background.h"
#include "dns/delegation.h"
#include "dns/observe.h"
#include "ses/plan.h"
#include "dns/resolvconf.h"

enum {
	PROBE_ELSEWHERE = 80,	/* "where did it go" names a check, at most */
	PROBE_ALSO = 8,		/* resolvers the user may name */
	/* and the one that --resolver names */
	PROBE_VANTAGES = PROBE_ALSO + 1 + RESOLVCONF_MAX,
	/* Times a shared resolver is asked for a record: several machines
	   may stand behind one address. */
	PROBE_REPEATS = 2,
	/* ms; for 5 s libunbound tells of a failure that it remembers, and as
	   it counts whole ones, for anything below 6 */
	PROBE_SECOND = 6000
};

/*
 * Nobody's address (RFC 5737).  An answer from there was given by somebody on
 * the way, and so may be what seems to come from name servers.
 */
#define PROBE_NOBODY "192.0.2.53"

/* Whom to ask besides the zone's own servers. */
struct probe_vantages {
	/* system and also, in order of columns */
	struct vantage also[PROBE_VANTAGES];
	size_t count;
	/* Our recursion knows what they say, and nothing else. */
	bool forwards;
};

struct probe_list {
	struct question *question;	/* owned */
	size_t count, capacity;
	int64_t later;		/* when one more will be wanted; 0: none */
};

void
probe_list_add(struct probe_list *list, const struct question *question);

void
probe_list_release(struct probe_list *list);

/* All in ms, since 1970 where a point in time. */
struct probe_time {
	int64_t now;
	/*
	 * Until then a question left unanswered by a server that answers
	 * others is wanted again.
	 */
	int64_t deadline;
	/*
	 * A "where did it go" name that was absent is asked no sooner, unless
	 * it was before since, or the zone has changed.
	 */
	int64_t elsewhere_every, since;
};

/*
 * Fills list with every question this round wants answered and has no answer
 * for.  Those already under way are in it, too; the caller knows them.
 */
void
probe_next(struct probe_list *list, const struct plan *plan,
    const struct background *background, const struct delegation *delegation,
    const struct probe_vantages *vantages, const struct observe_log *log,
    const struct probe_time *time);

#endif
