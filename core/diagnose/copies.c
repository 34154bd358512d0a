#include "diagnose/copies.h"

#include "dns/rr.h"

/* What the server said itself of its zone, or NULL. */
static const struct observation *
said(const struct delegation *d, size_t server,
    const struct delegation_part *part, uint16_t type,
    const struct observe_log *log)
{
	const struct observation *o = observe_look(log, VANTAGE_AUTHORITY,
	    d->server[server].address, &part->zone, type);

	return o != NULL && o->outcome == OUTCOME_ANSWER && o->aa ? o : NULL;
}

static const struct rr *
soa_of(const struct delegation *d, size_t server,
    const struct delegation_part *part, const struct observe_log *log)
{
	const struct observation *o = said(d, server, part, RR_SOA, log);
	size_t from = 0;

	return o == NULL ? NULL : observation_answer(o, RR_SOA, &from);
}

/* Is every NS row of one in the other? */
static bool
has_all(const struct observation *one, const struct observation *other)
{
	const struct rr *a, *b;
	size_t i = 0, k;

	while ((a = observation_answer(one, RR_NS, &i)) != NULL) {
		k = 0;
		do {
			b = observation_answer(other, RR_NS, &k);
		} while (b != NULL && !rr_equal(a, b));
		if (b == NULL)
			return false;
	}
	return true;
}

/* Is this address only the zone above's, and that one only the zone's? */
static bool
is_moved(const struct delegation_server *a, const struct delegation_server *b)
{
	return (a->by_glue && !a->by_zone && b->by_zone && !b->by_glue) ||
	    (b->by_glue && !b->by_zone && a->by_zone && !a->by_glue);
}

/* The same person, several primaries: NS rows tell, once they are known. */
static bool
is_ambiguous(const struct rr *a, const struct rr *b)
{
	struct name primary[2], person[2];

	return rr_soa_names(a, &primary[0], &person[0]) &&
	    rr_soa_names(b, &primary[1], &person[1]) &&
	    !name_equal(&primary[0], &primary[1]) &&
	    name_equal(&person[0], &person[1]);
}

/*
 * One machine took the place of this one, which the registry still names, and
 * has another version of the zone.
 */
static bool
is_left_behind(const struct delegation *d, size_t server,
    const struct delegation_part *part, const struct observe_log *log)
{
	const struct delegation_server *s = &d->server[server];
	const struct rr *soa = soa_of(d, server, part, log), *other;

	for (size_t i = part->first; s->by_glue && i < part->end; i++)
		if (name_equal(&s->name, &d->server[i].name) &&
		    is_moved(s, &d->server[i]) &&
		    (other = soa_of(d, i, part, log)) != NULL &&
		    rr_soa_serial(soa) != rr_soa_serial(other))
			return true;
	return false;
}

static bool
akin(const struct delegation *d, size_t one, size_t other,
    const struct delegation_part *part, const struct observe_log *log)
{
	const struct rr *a = soa_of(d, one, part, log);
	const struct rr *b = soa_of(d, other, part, log);
	const struct observation *ns[2];
	struct name primary[2], person[2];

	if (is_left_behind(d, one, part, log) !=
	    is_left_behind(d, other, part, log))
		return false;
	if (!rr_soa_names(a, &primary[0], &person[0]) ||
	    !rr_soa_names(b, &primary[1], &person[1]) ||
	    name_equal(&primary[0], &primary[1]))
		return true;
	if (!is_ambiguous(a, b))
		return false;
	ns[0] = said(d, one, part, RR_NS, log);
	ns[1] = said(d, other, part, RR_NS, log);
	return ns[0] == NULL || ns[1] == NULL || (has_all(ns[0], ns[1]) &&
	    has_all(ns[1], ns[0]));
}

void
copies_read(struct copies *copies, const struct delegation *d,
    const struct delegation_part *part, const struct observe_log *log)
{
	copies->count = 0;
	for (size_t i = part->first; i < part->end; i++) {
		copies->of[i] = COPIES_UNKNOWN;
		if (soa_of(d, i, part, log) == NULL)
			continue;
		for (size_t k = part->first; k < i && copies->of[i] ==
		    COPIES_UNKNOWN; k++)
			if (copies->of[k] != COPIES_UNKNOWN &&
			    akin(d, k, i, part, log))
				copies->of[i] = copies->of[k];
		if (copies->of[i] == COPIES_UNKNOWN)
			copies->of[i] = copies->count++;
	}
}

bool
copies_want_ns(const struct delegation *d, const struct delegation_part *part,
    const struct observe_log *log)
{
	for (size_t i = part->first; i < part->end; i++) {
		const struct rr *a = soa_of(d, i, part, log), *b;

		for (size_t k = part->first; a != NULL && k < i; k++)
			if ((b = soa_of(d, k, part, log)) != NULL &&
			    is_ambiguous(a, b))
				return true;
	}
	return false;
}
