#include "diagnose/probe-internal.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "diagnose/elsewhere.h"

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
		const struct observation *sibling = probe_spoken(stage->log,
		    &stage->delegation->server[i], &guard, wanted->type);

		if (sibling != NULL && sibling->answers == o->answers &&
		    rr_equal(&sibling->rr[0], &o->rr[0]))
			return true;
	}
	return false;
}

/*
 * The server to ask where a record went: the first that spoke with AA, when
 * none that spoke has the record.  NULL otherwise.  Servers that the registry
 * does not list hold rows that hardly anybody gets to see.
 */
static const struct delegation_server *
guide(const struct stage *stage, const struct wanted *wanted)
{
	const struct delegation *d = stage->delegation;
	const struct delegation_server *first = NULL;
	struct delegation_part part = delegation_part(d, &wanted->owner);
	bool listed = has_listed(d, &part);

	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *o = probe_spoken(stage->log,
		    &d->server[i], &wanted->owner, wanted->type);

		if (o == NULL || (listed && !d->server[i].at_parent))
			continue;
		if ((probe_has(o, wanted->type) || probe_has(o, RR_CNAME)) &&
		    !is_wild(stage, wanted, o))
			return NULL;
		if (first == NULL)
			first = &d->server[i];
	}
	return first;
}

/*
 * Asks for one place at the guide; a hit is confirmed at the others, even where
 * the guide denies a name above (old servers do when nothing stands there).
 */
static void
add_place(struct stage *stage, const struct delegation_server *server,
    const struct name *owner, uint16_t type)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part part = delegation_part(d, owner);
	struct vantage v = probe_vantage(server);
	const struct observation *o = probe_spoken(stage->log, server, owner,
	    type);

	if (o == NULL && (observe_rules_out(stage->log, server->address,
	    owner) || fresh_no(stage, &v, owner, type)))
		return;
	probe_want(stage, &v, owner, type);
	if (o == NULL || !probe_has(o, type))
		return;
	for (size_t i = part.first, others = 0; others < BOUND_CONFIRMED &&
	    i < part.end; i++) {
		v = probe_vantage(&d->server[i]);
		if (v.address[0] == '\0' || &d->server[i] == server)
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
	const struct observation *o = probe_spoken(stage->log, server, owner,
	    type);
	struct vantage v = probe_vantage(server);

	if (o != NULL && o->rcode == RCODE_NOERROR)
		probe_want(stage, &v, guard, type);
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
	const struct delegation_server **guides = xcalloc(plan->count + 1,
	    sizeof *guides);
	struct elsewhere place;
	struct name guard;
	size_t places = 0, absent = 0;

	for (size_t w = 0; w < plan->count; w++) {
		guides[w] = guide(stage, &plan->wanted[w]);
		absent += guides[w] != NULL;
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
			    places++ < PROBE_ELSEWHERE && guides[w] != NULL)
				add_place(stage, guides[w], &place.owner,
				    place.type);
		}
	}
	for (size_t w = 0; w < plan->count; w++) {
		const struct wanted *wanted = &plan->wanted[w];

		/* A proxy answers with addresses, a wildcard to any name. */
		if (wanted->kind != WANTED_DKIM || guides[w] == NULL)
			continue;
		add_place(stage, guides[w], &wanted->owner, RR_A);
		if (plan_guard_name(plan, wanted, &guard) == 0)
			add_sibling(stage, guides[w], &wanted->owner, &guard,
			    RR_A);
	}
	free(guides);
}

/* Before any value is known: what the domain alone can show. */
void
probe_bare(struct stage *stage)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part own = delegation_part(d, &d->zone);
	struct elsewhere_bare bare;

	if (!plan_is_bare(stage->plan) || elsewhere_bare(&bare,
	    stage->plan->guard, &stage->plan->domain, &d->zone) == -1)
		return;
	for (size_t i = own.first; i < own.end; i++) {
		if (probe_spoken(stage->log, &d->server[i], &d->zone, RR_SOA) ==
		    NULL)
			continue;
		add_place(stage, &d->server[i], &bare.token, RR_TXT);
		add_place(stage, &d->server[i], &bare.keys, RR_TXT);
		add_sibling(stage, &d->server[i], &bare.token, &bare.guard,
		    RR_TXT);
		add_sibling(stage, &d->server[i], &bare.keys, &bare.guard,
		    RR_TXT);
		return;
	}
}
