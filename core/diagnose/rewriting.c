#include "diagnose/rewriting.h"

#include <string.h>

#include "diagnose/facts.h"

int
rewriting_name(const struct plan *plan, struct name *out)
{
	return name_prepend(out, plan->guard, &plan->domain);
}

static bool
has_address(const struct observation *o)
{
	size_t from = 0;

	return observation_answer(o, RR_A, &from) != NULL ||
	    observation_answer(o, RR_CNAME, &from) != NULL;
}

/* An address where our own recursion has none: NXDOMAIN rewritten. */
static bool
makes_up(const struct vantage *v, const struct plan *plan,
    const struct observe_log *log)
{
	const struct observation *said, *known;
	struct name random;

	if (rewriting_name(plan, &random) == -1)
		return false;
	said = observe_look(log, v->kind, v->address, &random, RR_A);
	known = observe_look(log, VANTAGE_RECURSIVE, "", &random, RR_A);
	return facts_sound(said) && facts_sound(known) && has_address(said) &&
	    !has_address(known);
}

static bool
is_server(const struct delegation *d, const char *address)
{
	for (size_t i = 0; i < d->all; i++)
		if (strcmp(d->server[i].address, address) == 0)
			return true;
	return false;
}

/*
 * Some name server of the zone has the record, and so has our recursion, unless
 * that knows only what such resolvers say.
 */
static bool
is_there(const struct wanted *wanted, bool forwards,
    const struct delegation *d, const struct observe_log *log,
    struct facts_walks *walks)
{
	const struct observation *o = observe_look(log, VANTAGE_RECURSIVE, "",
	    &wanted->owner, wanted->type);

	if (!forwards && (!facts_sound(o) || !facts_hold(wanted, o, log,
	    walks)))
		return false;
	for (size_t i = 0; i < d->all; i++) {
		o = observe_look(log, VANTAGE_AUTHORITY, d->server[i].address,
		    &wanted->owner, wanted->type);
		if (facts_sound(o) && o->aa && facts_hold(wanted, o, log,
		    walks))
			return true;
	}
	return false;
}

/*
 * Did the resolver say this of its own accord?  What comes from memory has no
 * AA (RFC 1034 section 4.3.1), and a "no" that may be remembered comes with the
 * SOA that says for how long (RFC 2308 section 3).
 */
static bool
is_its_own(const struct observation *o)
{
	return o->aa || (o->answers == 0 && observation_soa(o) == NULL);
}

bool
rewriting_is_authority(const struct vantage *v, const struct name *domain,
    const struct observe_log *log)
{
	const struct observation *soa = observe_look(log, v->kind, v->address,
	    domain, RR_SOA);
	const struct observation *ns = observe_look(log, v->kind, v->address,
	    domain, RR_NS);

	return (facts_sound(soa) && soa->aa) || (facts_sound(ns) && ns->aa);
}

bool
rewriting_copies(const struct vantage *v, const struct name *domain,
    const struct observe_log *log)
{
	static const uint16_t types[] = { RR_SOA, RR_NS };

	for (size_t i = 0; i < 2; i++) {
		const struct observation *o = observe_look(log, v->kind,
		    v->address, domain, types[i]);
		size_t from = 0;

		if (!facts_sound(o))
			continue;
		/* What stands behind an alias says nothing of the domain. */
		if (o->aa || (observation_answer(o, types[i], &from) == NULL &&
		    observation_answer(o, RR_CNAME, &from) == NULL &&
		    observation_soa(o) == NULL))
			return true;
	}
	return false;
}

/* Was it asked for the domain itself, and did memory answer? */
static bool
remembers_zone(const struct vantage *v, const struct name *zone,
    const struct observe_log *log)
{
	const struct observation *o = observe_look(log, v->kind, v->address,
	    zone, RR_SOA);
	size_t from = 0;

	return facts_sound(o) && !o->aa &&
	    observation_answer(o, RR_SOA, &from) != NULL;
}

/* The SOA that a name server has of the zone, or NULL. */
static const struct rr *
soa_at(const struct delegation *d, size_t server,
    const struct observe_log *log)
{
	const struct observation *o = observe_look(log, VANTAGE_AUTHORITY,
	    d->server[server].address, &d->zone, RR_SOA);
	size_t from = 0;

	return facts_sound(o) && o->aa ? observation_answer(o, RR_SOA, &from) :
	    NULL;
}

/* Of one copy, or of two that the same people keep. */
static bool
are_akin(const struct rr *a, const struct rr *b)
{
	struct name primary[2], person[2];

	return !rr_soa_names(a, &primary[0], &person[0]) ||
	    !rr_soa_names(b, &primary[1], &person[1]) ||
	    name_equal(&primary[0], &primary[1]) ||
	    name_equal(&person[0], &person[1]);
}

bool
rewriting_other_copy(const struct vantage *v, const struct plan *plan,
    const struct delegation *d, const struct observe_log *log)
{
	const struct observation *o;
	const struct rr *soa = NULL, *own;
	struct name random;
	bool listed = false;

	if (rewriting_name(plan, &random) == -1)
		return false;
	o = observe_look(log, v->kind, v->address, &random, RR_A);
	if (facts_sound(o) && o->answers == 0)
		soa = observation_soa(o);
	if (soa == NULL || !name_equal(soa->owner, &d->zone))
		return false;
	for (size_t i = 0; i < d->servers; i++) {
		if (!d->server[i].at_parent)
			continue;
		listed = true;
		if ((own = soa_at(d, i, log)) == NULL || are_akin(own, soa))
			return false;
	}
	return listed;
}

/* Has it not what a name server has?  own: and says so of its own accord. */
static bool
denies(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *d,
    const struct observe_log *log, bool own)
{
	const struct vantage *v = &vantages->also[index];
	struct facts_walks walks = { .count = 0 };

	if (is_server(d, v->address))
		return false;
	for (size_t i = 0; i < plan->count; i++) {
		const struct wanted *wanted = &plan->wanted[i];
		const struct observation *o = observe_look(log, v->kind,
		    v->address, &wanted->owner, wanted->type);

		if (facts_sound(o) && (!own || is_its_own(o)) &&
		    !facts_hold(wanted, o, log, &walks) &&
		    is_there(wanted, vantages->forwards, d, log, &walks))
			return true;
	}
	return false;
}

bool
rewriting_suspect(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *d,
    const struct observe_log *log)
{
	return denies(vantages, index, plan, d, log, true);
}

bool
rewriting_goes_by_others(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *d,
    const struct observe_log *log)
{
	return denies(vantages, index, plan, d, log, false) &&
	    rewriting_other_copy(&vantages->also[index], plan, d, log);
}

bool
rewriting_seen(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *d,
    const struct observe_log *log)
{
	const struct vantage *v = &vantages->also[index];

	if (is_server(d, v->address))
		return false;
	/* Some "no" of memory has no SOA; the zone's own SOA is known. */
	return makes_up(v, plan, log) ||
	    (rewriting_suspect(vantages, index, plan, d, log) &&
	    !remembers_zone(v, &d->zone, log)) ||
	    rewriting_goes_by_others(vantages, index, plan, d, log);
}
