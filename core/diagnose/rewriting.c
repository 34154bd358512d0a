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

/* Some name server of the zone has the record, and so has our recursion. */
static bool
is_there(const struct wanted *wanted, const struct delegation *d,
    const struct observe_log *log)
{
	const struct observation *o = observe_look(log, VANTAGE_RECURSIVE, "",
	    &wanted->owner, wanted->type);

	if (!facts_sound(o) || !facts_hold(wanted, o, log))
		return false;
	for (size_t i = 0; i < d->all; i++) {
		o = observe_look(log, VANTAGE_AUTHORITY, d->server[i].address,
		    &wanted->owner, wanted->type);
		if (facts_sound(o) && o->aa && facts_hold(wanted, o, log))
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
rewriting_seen(const struct vantage *v, const struct plan *plan,
    const struct delegation *d, const struct observe_log *log)
{
	if (is_server(d, v->address))
		return false;
	if (makes_up(v, plan, log))
		return true;
	for (size_t i = 0; i < plan->count; i++) {
		const struct wanted *wanted = &plan->wanted[i];
		const struct observation *o = observe_look(log, v->kind,
		    v->address, &wanted->owner, wanted->type);

		if (facts_sound(o) && is_its_own(o) &&
		    !facts_hold(wanted, o, log) &&
		    is_there(wanted, d, log))
			return true;
	}
	return false;
}
