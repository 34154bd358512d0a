#include "diagnose/probe-internal.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "diagnose/copies.h"
#include "diagnose/elsewhere.h"

enum {
	GUIDES = 4		/* copies that are searched, at most */
};

/* Of each copy of a zone one server, to be asked where a record went. */
struct guides {
	const struct delegation_server *of[GUIDES];
	size_t count;
	struct copies copies;
};

/* The names where a record may have gone, each at a server fit to tell. */

/* Does the server tell another serial than it did with this "no"? */
static bool
zone_changed(const struct stage *stage, const struct observation *no)
{
	const struct rr *then = observation_soa(no), *now;
	const struct observation *o = then == NULL ? NULL : observe_look(
	    stage->log, no->question.vantage.kind,
	    no->question.vantage.address, then->owner, RR_SOA);
	size_t from = 0;

	return o != NULL &&
	    (now = observation_answer(o, RR_SOA, &from)) != NULL &&
	    rr_soa_serial(now) != rr_soa_serial(then);
}

/*
 * A "no" of an earlier round that still holds.  What was a hit is asked again
 * in every round.
 */
static bool
fresh_no(const struct stage *stage, const struct vantage *vantage,
    const struct name *name, uint16_t type)
{
	struct question q = { .vantage = *vantage, .name = *name,
		.type = type };
	const struct observation *o = observe_before(stage->log, &q,
	    stage->log->round);

	return o != NULL && o->outcome == OUTCOME_ANSWER &&
	    !probe_has(o, type) && probe_young(o, stage->time) &&
	    !zone_changed(stage, o);
}

/* Does the zone above list any of the servers? */
static bool
has_listed(const struct delegation *d, const struct delegation_part *part)
{
	for (size_t i = part->first; i < part->end; i++)
		if (d->server[i].at_parent)
			return true;
	return false;
}

/* Does a random sibling get the same?  Then it is a catch-all row's answer. */
static bool
is_wild(const struct stage *stage, const struct wanted *wanted,
    const struct observation *o)
{
	struct delegation_part part = delegation_part(stage->delegation,
	    &wanted->owner);
	struct name guard;

	if (plan_guard_name(stage->plan, wanted, &guard) == -1)
		return false;
	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *sibling = delegation_spoken(
		    stage->log, &stage->delegation->server[i], &guard,
		    wanted->type);

		if (sibling != NULL && sibling->answers == o->answers &&
		    rr_equal(&sibling->rr[0], &o->rr[0]))
			return true;
	}
	return false;
}

/* One server of the copy is enough; of whom nothing is known, one of all. */
static void
add_guide(struct guides *guides, const struct stage *stage, size_t server)
{
	const struct delegation_server *s = stage->delegation->server;
	const int *of = guides->copies.of;

	for (size_t i = 0; i < guides->count; i++)
		if (of[server] == COPIES_UNKNOWN ||
		    of[server] == of[guides->of[i] - s])
			return;
	if (guides->count < GUIDES)
		guides->of[guides->count++] = &s[server];
}

/*
 * The servers to ask where a record went: of each copy the first that spoke
 * with AA, when none that spoke has the record.  Servers that the registry
 * does not list hold rows that hardly anybody gets to see.
 */
static void
find_guides(struct guides *guides, const struct stage *stage,
    const struct wanted *wanted)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part part = delegation_part(d, &wanted->owner);
	bool listed = has_listed(d, &part), spoke[DELEGATION_SERVERS];
	size_t count = 0;

	guides->count = 0;
	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *o = delegation_spoken(stage->log,
		    &d->server[i], &wanted->owner, wanted->type);

		spoke[i] = o != NULL && (!listed || d->server[i].at_parent);
		count += spoke[i];
		if (spoke[i] && (probe_has(o, wanted->type) ||
		    probe_has(o, RR_CNAME)) && !is_wild(stage, wanted, o))
			return;
	}
	if (count == 0)
		return;
	copies_read(&guides->copies, d, &part, stage->log);
	for (size_t i = part.first; i < part.end; i++)
		if (spoke[i])
			add_guide(guides, stage, i);
}

/*
 * Asks for one place at the guide; a hit is confirmed at others of its copy,
 * even where the guide denies a name above (old servers do when nothing stands
 * there).
 */
static void
add_place(struct stage *stage, const struct guides *guides,
    const struct delegation_server *server, const struct name *owner,
    uint16_t type)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part part = delegation_part(d, owner);
	const int *of = guides->copies.of;
	struct vantage v = probe_vantage(server);
	const struct observation *o = delegation_spoken(stage->log, server,
	    owner, type);

	if (o == NULL && (observe_rules_out(stage->log, server->address,
	    owner) || fresh_no(stage, &v, owner, type)))
		return;
	probe_want(stage, &v, owner, type);
	if (o == NULL || !probe_has(o, type))
		return;
	for (size_t i = part.first, others = 0; others < BOUND_CONFIRMED &&
	    i < part.end; i++) {
		v = probe_vantage(&d->server[i]);
		if (v.address[0] == '\0' || &d->server[i] == server ||
		    of[i] != of[server - d->server])
			continue;
		probe_want(stage, &v, owner, type);
		others++;
	}
}

/*
 * A name that exists in this round is worth little without its random
 * sibling in the same round, however fresh the sibling's last "no".
 */
static void
add_sibling(struct stage *stage, const struct delegation_server *server,
    const struct name *owner, const struct name *guard, uint16_t type)
{
	const struct observation *o = delegation_spoken(stage->log, server,
	    owner, type);
	struct vantage v = probe_vantage(server);

	if (o != NULL && o->rcode == RCODE_NOERROR)
		probe_want(stage, &v, guard, type);
}

/* One place of a record at each of its guides. */
static void
add_places(struct stage *stage, const struct guides *guides,
    const struct name *owner, uint16_t type)
{
	for (size_t i = 0; i < guides->count; i++)
		add_place(stage, guides, guides->of[i], owner, type);
}

/* A proxy answers with addresses, a wildcard to any name. */
static void
add_proxied(struct stage *stage, const struct guides *guides,
    const struct wanted *wanted)
{
	struct name guard;

	add_places(stage, guides, &wanted->owner, RR_A);
	if (plan_guard_name(stage->plan, wanted, &guard) == -1)
		return;
	for (size_t i = 0; i < guides->count; i++)
		add_sibling(stage, guides->of[i], &wanted->owner, &guard,
		    RR_A);
}

/*
 * Absent records: their likely other places, the likeliest of all records
 * first, then what may stand at the right name in their stead.  Places are
 * counted whether their record is absent or not, so that a round asks for the
 * same ones however late it learns what is.
 */
void
probe_elsewhere(struct stage *stage)
{
	const struct plan *plan = stage->plan;
	struct guides *guides = xcalloc(plan->count + 1, sizeof *guides);
	struct elsewhere place;
	size_t places = 0, absent = 0;

	for (size_t w = 0; w < plan->count; w++) {
		find_guides(&guides[w], stage, &plan->wanted[w]);
		absent += guides[w].count > 0;
	}
	for (size_t rank = 0; absent > 0 && places < PROBE_ELSEWHERE &&
	    rank < elsewhere_ranks(); rank++) {
		for (size_t w = 0; w < plan->count; w++) {
			const struct wanted *wanted = &plan->wanted[w];
			struct delegation_part part = delegation_part(
			    stage->delegation, &wanted->owner);

			/* Whoever holds a zone holds nothing beside it. */
			if (elsewhere_place(&place, rank, wanted,
			    &plan->domain, &part.zone) == 0 &&
			    name_is_below(&place.owner, &part.zone) &&
			    places++ < PROBE_ELSEWHERE)
				add_places(stage, &guides[w], &place.owner,
				    place.type);
		}
	}
	for (size_t w = 0; w < plan->count; w++)
		if (plan->wanted[w].kind == WANTED_DKIM)
			add_proxied(stage, &guides[w], &plan->wanted[w]);
	free(guides);
}

/* Before any value is known: what the domain alone can show. */
void
probe_bare(struct stage *stage)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part own = delegation_part(d, &d->zone);
	struct guides guides = { .count = 0 };
	struct elsewhere_bare bare;

	if (!plan_is_bare(stage->plan) || elsewhere_bare(&bare,
	    stage->plan->guard, &stage->plan->domain, &d->zone) == -1)
		return;
	copies_read(&guides.copies, d, &own, stage->log);
	for (size_t i = own.first; i < own.end; i++)
		if (delegation_spoken(stage->log, &d->server[i], &d->zone,
		    RR_SOA) != NULL)
			add_guide(&guides, stage, i);
	add_places(stage, &guides, &bare.token, RR_TXT);
	add_places(stage, &guides, &bare.keys, RR_TXT);
	for (size_t i = 0; i < guides.count; i++) {
		add_sibling(stage, guides.of[i], &bare.token, &bare.guard,
		    RR_TXT);
		add_sibling(stage, guides.of[i], &bare.keys, &bare.guard,
		    RR_TXT);
	}
}
