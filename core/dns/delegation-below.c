#include "dns/delegation.h"

#include <string.h>

#include <bsd/string.h>

#include "dns/delegation-internal.h"

bool
delegation_is_below(const struct delegation *d,
    const struct delegation_part *part)
{
	return !name_equal(&part->zone, &d->zone);
}

bool
delegation_is_beside(const struct delegation *d,
    const struct delegation_part *part)
{
	bool beside = delegation_is_below(d, part) && part->first < part->end;

	for (size_t i = part->first; beside && i < part->end; i++) {
		const struct name *host = part->host.len > 0 ? &part->host :
		    &d->server[i].name;
		bool own = false;

		for (size_t k = 0; !own && k < d->servers; k++)
			own = name_equal(&d->server[k].name, host);
		beside = own;
	}
	return beside;
}

struct delegation_part
delegation_part(const struct delegation *d, const struct name *name)
{
	struct delegation_part found = { .zone = d->zone, .end = d->servers };

	if (d->stands_in) {
		found.first = d->resolver;
		found.end = d->resolver + 1;
	}
	for (size_t i = 0; i < d->parts; i++)
		if (name_is_below(name, &d->part[i].zone) &&
		    name_is_below(&d->part[i].zone, &found.zone))
			found = d->part[i];
	return found;
}

struct delegation_part
delegation_listed(const struct delegation *d, const struct name *name)
{
	struct delegation_part part = delegation_part(d, name);

	if (!delegation_is_below(d, &part)) {
		part.first = 0;
		part.end = d->servers;
	}
	return part;
}

const struct name *
delegation_above(const struct delegation *d, const struct name *zone)
{
	const struct name *above = &d->zone;

	for (size_t i = 0; i < d->parts; i++)
		if (name_is_below(zone, &d->part[i].zone) &&
		    !name_equal(zone, &d->part[i].zone) &&
		    name_is_below(&d->part[i].zone, above))
			above = &d->part[i].zone;
	return above;
}

const struct name *
delegation_zone_of(const struct delegation *d, size_t server)
{
	for (size_t i = 0; i < d->parts; i++)
		if (server >= d->part[i].first && server < d->part[i].end)
			return &d->part[i].zone;
	return &d->zone;
}

/* The same server holds the zone below, too: its "no" comes from there. */
static bool
held_beside(struct name *out, const struct observation *o,
    const struct name *zone, const struct name *name)
{
	const struct rr *soa = observation_soa(o);

	if (!o->aa || o->answers > 0 || soa == NULL ||
	    !name_is_below(name, soa->owner) ||
	    !name_is_below(soa->owner, zone) ||
	    name_equal(soa->owner, zone))
		return false;
	*out = *soa->owner;
	return true;
}

/* Hands the name on to the zone below of that name, or names it in *zone. */
static bool
hands_on(struct name *zone, bool *beside, const struct observation *o,
    const struct delegation_part *from, const struct name *name)
{
	if (o == NULL || o->outcome != OUTCOME_ANSWER)
		return false;
	*beside = held_beside(zone, o, &from->zone, name);
	return *beside || (!o->aa && o->answers == 0 &&
	    delegation_referral(zone, o, &from->zone, name));
}

/* Most servers say the same; of what others say there is an end. */
static void
add_referral(struct delegation_sets *sets, const struct observation *o,
    bool *beyond)
{
	for (size_t i = 0; i < sets->referrals; i++)
		if (sets->referral[i]->hash == o->hash)
			return;
	if (sets->referrals == DELEGATION_REFERRALS)
		*beyond = true;
	else
		sets->referral[sets->referrals++] = o;
}

/* All that the servers of the zone above say of one that they hand on. */
static void
add_part(struct delegation *d, const struct name *zone,
    const struct delegation_part *from, const struct question *q,
    const struct observe_log *log)
{
	struct delegation_part *part = &d->part[d->parts++];
	struct delegation_sets sets = { .child = NULL };

	*part = (struct delegation_part){ .zone = *zone, .first = d->all };
	for (size_t i = from->first; i < from->end; i++) {
		const struct observation *o = observe_look(log,
		    VANTAGE_AUTHORITY, d->server[i].address, &q->name,
		    q->type);
		struct name cut;
		bool beside;

		if (!hands_on(&cut, &beside, o, from, &q->name) ||
		    !name_equal(&cut, zone))
			continue;
		if (!beside)
			add_referral(&sets, o, &d->beyond);
		else if (d->all < DELEGATION_SERVERS)
			d->server[d->all++] = d->server[i];
	}
	delegation_servers(d, zone, &sets, log);
	part->end = d->all;
}

/* The zone below that holds the name, if one is not known yet. */
static bool
read_part(struct delegation *d, const struct question *q,
    const struct observe_log *log)
{
	struct delegation_part from = delegation_part(d, &q->name);
	struct name zone;
	bool beside;

	for (size_t i = from.first; i < from.end; i++) {
		if (!hands_on(&zone, &beside, observe_look(log,
		    VANTAGE_AUTHORITY, d->server[i].address, &q->name,
		    q->type), &from, &q->name))
			continue;
		add_part(d, &zone, &from, q, log);
		return true;
	}
	return false;
}

void
delegation_read_below(struct delegation *d, const struct question *question,
    size_t count, const struct observe_log *log)
{
	d->parts = 0;
	d->all = d->servers;
	d->stands_in = false;
	for (size_t i = 0; i < count;)
		if (d->parts == DELEGATION_PARTS ||
		    !read_part(d, &question[i], log))
			i++;
}

bool
delegation_unheard(const struct delegation *d, const struct observe_log *log)
{
	bool lost = delegation_blocked(log);

	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];

		if (o->round != log->round ||
		    o->question.vantage.kind != VANTAGE_AUTHORITY)
			continue;
		if (o->outcome == OUTCOME_ANSWER)
			return false;
		/* Of the zone itself, every server has been given up. */
		lost |= name_equal(&o->question.name, &d->zone) &&
		    o->question.type == RR_SOA;
	}
	return lost && d->state == DELEGATION_FOUND;
}

/* The resolver once more, as what speaks for a zone. */
static void
add_resolver(struct delegation *d, const struct vantage *resolver)
{
	struct delegation_server *s = &d->server[d->all++];
	const char *why;

	memset(s, 0, sizeof *s);
	s->kind = resolver->kind;
	strlcpy(s->address, resolver->address, sizeof s->address);
	if (name_parse(&s->name, resolver->kind == VANTAGE_RECURSIVE ?
	    "resolver" : s->address, &why) == -1)
		s->name = (struct name){ .len = 1 };
	s->at_parent = true;
}

/* The first by name of those that hold the zone, or it is to be asked. */
static void
read_hosts(struct delegation *d, struct delegation_part *part,
    const struct observe_log *log)
{
	const struct observation *o = delegation_said(log, &part->zone, RR_NS);
	struct name host;

	if (o == NULL)
		delegation_want(d, VANTAGE_RECURSIVE, "", &part->zone, RR_NS);
	for (size_t i = 0; o != NULL && i < o->answers; i++)
		if (o->rr[i].type == RR_NS &&
		    rr_target(&o->rr[i], &host) == 0 &&
		    (part->host.len == 0 ||
		    name_compare(&host, &part->host) < 0))
			part->host = host;
}

/* The zone below that holds the name, as the resolver tells of it. */
static bool
read_through(struct delegation *d, const struct vantage *resolver,
    const struct question *q, const struct observe_log *log)
{
	const struct observation *o = observe_look(log, resolver->kind,
	    resolver->address, &q->name, q->type);
	struct delegation_part from = delegation_part(d, &q->name), *part;
	const struct rr *soa = o != NULL && o->outcome == OUTCOME_ANSWER &&
	    o->answers == 0 ? observation_soa(o) : NULL;

	if (soa == NULL || d->all == DELEGATION_SERVERS ||
	    !name_is_below(&q->name, soa->owner) ||
	    !name_is_below(soa->owner, &from.zone) ||
	    name_equal(soa->owner, &from.zone))
		return false;
	part = &d->part[d->parts++];
	*part = (struct delegation_part){ .zone = *soa->owner,
		.first = d->all, .end = d->all + 1 };
	add_resolver(d, resolver);
	read_hosts(d, part, log);
	return true;
}

void
delegation_stand_in(struct delegation *d, const struct vantage *resolver,
    const struct question *question, size_t count,
    const struct observe_log *log)
{
	if (d->all == DELEGATION_SERVERS)
		d->all--;
	if (d->servers > d->all)
		d->servers = d->all;
	d->resolver = d->all;
	add_resolver(d, resolver);
	d->stands_in = true;
	for (size_t i = 0; i < count;)
		if (d->parts == DELEGATION_PARTS ||
		    !read_through(d, resolver, &question[i], log))
			i++;
}
