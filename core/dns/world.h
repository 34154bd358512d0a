/*
 * One way to ask, three worlds behind it: the network, the practice domain,
 * a recorded case.  Asking returns at once; answers arrive as observations.
 *
 *	network   world.c           the real one, through query and resolver
 *	shared    world-shared.c    one network for many checks
 *	practice  world-practice.c  a DNS in memory; company/rehearsal fills it
 *	                            as a domain stands before anything is
 *	                            entered, model/pretend stores what is typed
 *	replay    world-replay.c    the rows of a case file
 */
#ifndef DNSESAME_WORLD_H
#define DNSESAME_WORLD_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "dns/observe.h"
#include "dns/resolvconf.h"

struct world;

/* What a world can do.  All times are ms since 1970. */
struct world_ops {
	/*
	 * Begins to ask; exactly one observation will come of it.  What was
	 * asked is sent by the next step: step after asking, then wait.
	 */
	void (*ask)(struct world *world, const struct question *question,
	    int64_t now);
	/* Fills descriptors to wait for; returns how many (<= max). */
	size_t (*fds)(struct world *world, struct pollfd *fds, size_t max);
	/*
	 * Does what is due, adds observations to the log, returns the time of
	 * the next thing due, INT64_MAX when nothing is.  Never blocks.
	 */
	int64_t (*step)(struct world *world, struct observe_log *log,
	    int64_t now);
	/* A new round begins: forget caches, drop questions under way. */
	void (*refresh)(struct world *world);
	/*
	 * The resolvers of this machine; returns how many.  NULL: this world
	 * has none of its own.
	 */
	size_t (*system)(struct world *world,
	    struct vantage out[static RESOLVCONF_MAX]);
	void (*free)(struct world *world);
};

/* First member of every world's own struct. */
struct world {
	const struct world_ops *ops;
	/* Name servers may be asked wherever they are, inside networks, too. */
	bool private;
	/*
	 * Our recursion passes questions on to resolvers, which remember: those
	 * of the system, or the one at this address ("": those).
	 */
	bool forwards;
	char forward[VANTAGE_ADDRESS];
};

/* How our own recursion works. */
struct world_options {
	const char *resolver;		/* NULL recursive; "system"; address */
	const char *unbound_conf;	/* file, or NULL */
	bool private;			/* see struct world */
};

/*
 * The real network: query for authority, system and also; resolver for
 * recursion.  NULL and a translated sentence added to why on failure.
 */
struct world *
world_network(const struct world_options *options, struct text *why);

/*
 * Answers from the rows of a case file, each with the time it was recorded at,
 * to a question with all that came to it in the newest round; the log is
 * borrowed.  What is not in it is OUTCOME_SILENT, or OUTCOME_NO_ROUTE where
 * that would be a fault of its own (TCP).
 */
struct world *
world_replay(const struct observe_log *recorded);

/*
 * The practice world: libunbound local data, no network.  Zones and records
 * can be added and removed while it runs.  Every authority address answers
 * for all practice zones, with AA, and refuses other names; the other vantages
 * follow CNAMEs.  A "no" carries the zone's SOA.
 */
struct world *
world_practice(struct text *why);
/*
 * Begins a zone, with a SOA of 60 seconds unless one is added before the first
 * question.
 */
int
practice_zone(struct world *world, const struct name *zone);
/*
 * Adds one record; the data is what every vantage answers from now on, under
 * the next serial.  -1 for a SOA anywhere but at the top of a zone, or when
 * one is already served.
 */
int
practice_add(struct world *world, const struct rr *rr);
/* Removes this one record; -1 when it is not there.  The serial grows. */
int
practice_remove(struct world *world, const struct rr *rr);

/* Milliseconds since 1970 that never jump back: monotonic since the start. */
int64_t
clock_now(void);

#endif
