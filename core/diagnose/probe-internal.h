/*
 * Shared by probe.c (the zone's servers) and probe-resolvers.c (our recursion
 * and the shared resolvers); for nobody else.
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

#endif
