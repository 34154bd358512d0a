/*
 * Shared by probe.c (the zone's servers), probe-elsewhere.c (where a record
 * went) and probe-resolvers.c (our recursion and the shared resolvers); for
 * nobody else.
 */
#ifndef DNSESAME_PROBE_INTERNAL_H
#define DNSESAME_PROBE_INTERNAL_H

#include <stdbool.h>

#include "diagnose/probe.h"

/* The parts of a round that every stage looks at. */
struct stage {
	struct probe_list *list;
	const struct plan *plan;
	const struct background *background;
	const struct delegation *delegation;
	const struct observe_log *log;
	const struct probe_time *time;
	bool again;
	bool blocked;		/* see delegation_blocked() */
};

void
probe_add(struct probe_list *list, const struct vantage *vantage,
    const struct name *name, uint16_t type);

/* Asks unless it was answered in this round, with whatever outcome. */
void
probe_want_once(const struct stage *stage, const struct vantage *vantage,
    const struct name *name, uint16_t type);

/*
 * Asks again, too, when nothing was heard though the server answers others,
 * and there is time.  A time-out must never become "missing".
 */
void
probe_want(const struct stage *stage, const struct vantage *vantage,
    const struct name *name, uint16_t type);

/* Once more, when our recursion no longer remembers that it failed. */
void
probe_want_later(const struct stage *stage, const struct observation *o);

/* Does any of the zone's servers have the record as wanted? */
bool
probe_seen(const struct observe_log *log, const struct delegation *d,
    const struct wanted *wanted);

/*
 * What the delegation wants to know.  While our recursion reaches nobody, the
 * resolvers of this machine stand in for it.
 */
void
probe_delegation(struct stage *stage, const struct probe_vantages *vantages);

/* What our recursion and the shared resolvers are asked. */
void
probe_resolvers(struct stage *stage, const struct probe_vantages *vantages);

/* How a server is asked; its address is "" when it cannot or must not be. */
struct vantage
probe_vantage(const struct delegation_server *server);

/* Has the answer a row of the type at its own name? */
bool
probe_has(const struct observation *o, uint16_t type);

/* So young that asking again would be impolite, unless the user asks. */
bool
probe_young(const struct observation *o, const struct probe_time *time);

/*
 * Of absent records: their likely other places, the likeliest of all records
 * first, then what may stand at the right name in their stead.
 */
void
probe_elsewhere(struct stage *stage);

/* Before any value is known: what the domain alone can show. */
void
probe_bare(struct stage *stage);

#endif
