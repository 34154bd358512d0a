#include <string.h>

#include "diagnose/diagnose-internal.h"

/*
 * The name servers of the delegation, judged as a set: what one of them does
 * alone is its own fault, what all of them do is the domain's.
 */

/* Asked for the zone itself, it says that it has none. */
static bool
disowns(const struct server_diagnosis *server, const struct name *zone,
    const struct observe_log *log)
{
	const struct observation *soa;

	if (server->state == SERVER_REFUSES)
		return true;
	if (server->state != SERVER_LAME)
		return false;
	/* Without AA, yet with rows: a copy of somebody else's, but a copy. */
	soa = observe_look(log, VANTAGE_AUTHORITY, server->server.address,
	    zone, RR_SOA);
	return soa != NULL && soa->answers == 0;
}

/* Does the server disown the zone at another address? */
static bool
disowns_elsewhere(const struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part, size_t server)
{
	for (size_t i = part->first; i < part->end; i++)
		if (name_equal(&d->server[i].server.name,
		    &d->server[server].server.name) &&
		    disowns(&d->server[i], &part->zone, in->log))
			return true;
	return false;
}

/*
 * No server of this zone holds it, and each one says so.  Of one that cannot
 * be asked from here nobody knows.
 */
static bool
is_gone(const struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part)
{
	for (size_t i = part->first; i < part->end; i++)
		if (!disowns(&d->server[i], &part->zone, in->log) &&
		    (d->server[i].state != SERVER_SKIPPED ||
		    !disowns_elsewhere(d, in, part, i)) &&
		    !diagnose_passed_over(&d->server[i], d))
			return false;
	return part->first < part->end;
}

bool
diagnose_needs(const struct inputs *in, const struct delegation_part *part)
{
	if (!delegation_is_below(in->delegation, part))
		return true;
	for (size_t i = 0; i < in->plan->count; i++) {
		struct delegation_part of = delegation_part(in->delegation,
		    &in->plan->wanted[i].owner);

		if (in->plan->wanted[i].required &&
		    name_is_below(&of.zone, &part->zone))
			return true;
	}
	return false;
}

bool
diagnose_gone(struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part)
{
	struct domain_diagnosis *domain;

	if (!in->complete || !is_gone(d, in, part))
		return false;
	domain = diagnose_add(d, FINDING_ZONE_GONE, diagnose_needs(in, part) ?
	    STATE_FAIL : STATE_WARN, &part->zone);
	if (domain != NULL && delegation_is_below(in->delegation, part))
		domain->cause = CAUSE_BELOW;
	return true;
}

bool
diagnose_told_gone(const struct diagnosis *d, const struct name *zone)
{
	char text[NAME_TEXT];

	name_text(zone, text);
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == FINDING_ZONE_GONE &&
		    strcmp(d->domain[i].subject, text) == 0)
			return true;
	return false;
}

/* Is there something to be entered or changed?  Copies have their own note. */
static bool
wants_work(const struct record_diagnosis *record)
{
	return record->state != STATE_PASS &&
	    record->finding != FINDING_OTHER_COPY &&
	    finding_row(record->finding)->action != REMEDY_WAIT;
}

void
diagnose_subzones(struct diagnosis *d, const struct inputs *in)
{
	for (size_t w = 0; w < in->plan->count; w++) {
		struct delegation_part part = delegation_part(in->delegation,
		    &in->plan->wanted[w].owner);
		struct domain_diagnosis *domain;

		if (!wants_work(&d->record[w]) ||
		    !delegation_is_below(in->delegation, &part) ||
		    diagnose_told_gone(d, &part.zone))
			continue;
		domain = diagnose_add(d, FINDING_SUBZONE, STATE_WARN,
		    &part.zone);
		if (domain != NULL && delegation_is_beside(in->delegation,
		    &part))
			domain->cause = CAUSE_BESIDE;
	}
}

void
diagnose_copies(struct diagnosis *d, const struct delegation *delegation,
    const struct observe_log *log)
{
	struct delegation_part own = delegation_part(delegation,
	    &delegation->zone);
	struct copies copies;

	for (size_t i = 0; i < d->all; i++)
		copies.of[i] = COPIES_UNKNOWN;
	copies_read(&copies, delegation, &own, log);
	for (size_t i = 0; i < delegation->parts; i++)
		copies_read(&copies, delegation, &delegation->part[i], log);
	for (size_t i = 0; i < d->all; i++)
		d->server[i].copy = copies.of[i];
}

/* Does the record lack at this server, though another copy has it? */
static bool
lacks(const struct diagnosis *d, size_t record, size_t server)
{
	enum cell cell = d->record[record].cell[server];

	return d->record[record].finding == FINDING_OTHER_COPY &&
	    (cell == CELL_NO || cell == CELL_OTHER);
}

/* What lacks where; what is only recommended counts when nothing else does. */
static void
read_lacks(struct diagnosis *d, const struct plan *plan)
{
	bool any = false;

	for (int required = 1; required >= 0 && !any; required--)
		for (size_t w = 0; w < plan->count; w++)
			for (size_t i = 0; i < d->all; i++)
				if (plan->wanted[w].required == required &&
				    lacks(d, w, i))
					any = d->server[i].lacks = true;
}

/* Is it one of the registry's only, or of the zone's only? */
static bool
is_moved(const struct delegation_server *server)
{
	return server->by_glue != server->by_zone;
}

static bool
same_family(const char *a, const char *b)
{
	return (strchr(a, ':') != NULL) == (strchr(b, ':') != NULL);
}

/* Has the name another address of the kind, which the other side gives? */
static bool
glue_differs(const struct diagnosis *d, size_t server)
{
	const struct delegation_server *s = &d->server[server].server;

	for (size_t i = 0; is_moved(s) && i < d->all; i++) {
		const struct delegation_server *other = &d->server[i].server;

		if ((s->by_glue ? other->by_zone : other->by_glue) &&
		    name_equal(&s->name, &other->name) &&
		    same_family(s->address, other->address))
			return true;
	}
	return false;
}

/* A required record that fails, and lacks at this server. */
static bool
fails_at(const struct diagnosis *d, const struct plan *plan, size_t server)
{
	for (size_t w = 0; w < plan->count; w++) {
		enum cell cell = d->record[w].cell[server];

		if (plan->wanted[w].required &&
		    d->record[w].state == STATE_FAIL &&
		    (cell == CELL_NO || cell == CELL_OTHER))
			return true;
	}
	return false;
}

/* Adds the names whose addresses differ; true: there are some. */
static bool
find_glue(struct diagnosis *d, const struct inputs *in)
{
	bool found = false;

	for (int failing = 1; failing >= 0; failing--)
		for (size_t i = 0; i < d->all; i++) {
			if (!glue_differs(d, i) ||
			    fails_at(d, in->plan, i) != failing)
				continue;
			diagnose_add(d, FINDING_GLUE_DIFFERS, failing ?
			    STATE_FAIL : STATE_WARN,
			    &d->server[i].server.name);
			found = true;
		}
	return found;
}

bool
diagnose_outside(const struct diagnosis *d, size_t server)
{
	const struct server_diagnosis *s = &d->server[server];
	bool listed = false;

	if (s->server.at_parent || s->copy == COPIES_UNKNOWN ||
	    s->state != SERVER_ANSWERS)
		return false;
	for (size_t i = 0; i < d->servers; i++) {
		if (!d->server[i].server.at_parent)
			continue;
		if (d->server[i].copy == s->copy)
			return false;
		listed |= d->server[i].copy != COPIES_UNKNOWN;
	}
	return listed;
}

/* Which of them lack what others have: not those in force, but the rest? */
static bool
lack_inside(const struct diagnosis *d)
{
	bool lacks = false;

	for (size_t i = 0; i < d->servers; i++) {
		if (d->server[i].lacks && d->server[i].server.at_parent)
			return false;
		lacks |= d->server[i].lacks;
	}
	return lacks;
}

/*
 * Are all servers that the rows name others than those in force, and none of
 * them answers?  So they are another company's that does not hold the zone.
 */
static bool
named_are_mute(const struct diagnosis *d)
{
	bool listed = false, named = false;

	for (size_t i = 0; i < d->servers; i++) {
		const struct server_diagnosis *s = &d->server[i];

		if (s->server.at_child && (s->server.at_parent ||
		    !diagnose_faulty(s, d)))
			return false;
		named |= s->server.at_child;
		listed |= s->server.at_parent && s->state == SERVER_ANSWERS;
	}
	return named && listed;
}

/*
 * The zone's own rows name other servers; true: these hold another copy, so
 * that nothing more is to be said of copies.
 */
static bool
find_edited(struct diagnosis *d, const struct inputs *in)
{
	struct domain_diagnosis *domain;
	/* Of a list that was not read whole nobody knows whom else it names. */
	bool mute = !in->delegation->beyond && named_are_mute(d);
	bool outside = mute;

	for (size_t i = 0; i < d->servers; i++)
		outside |= diagnose_outside(d, i);
	if (!outside)
		return false;
	domain = diagnose_add(d, FINDING_NS_EDITED_IN_ZONE,
	    !mute && diagnose_required_fails(d, in->plan) ? STATE_FAIL :
	    STATE_WARN, &in->delegation->zone);
	if (domain != NULL && mute)
		domain->cause = CAUSE_NAMED_MUTE;
	else if (domain != NULL && lack_inside(d))
		domain->cause = CAUSE_LACKS_INSIDE;
	return !mute;
}

/* Two copies in force, and something that we want in one of them alone. */
static void
find_copies(struct diagnosis *d, const struct inputs *in)
{
	for (size_t w = 0; w < in->plan->count; w++) {
		struct delegation_part part = delegation_part(in->delegation,
		    &in->plan->wanted[w].owner);

		if (d->record[w].finding == FINDING_OTHER_COPY)
			diagnose_add(d, FINDING_OTHER_COPY,
			    d->record[w].state, &part.zone);
	}
}

/* Do servers in force hold several copies, each with a list of its own? */
static bool
has_copies(const struct diagnosis *d)
{
	for (size_t i = 0; i < d->servers; i++)
		if (d->server[i].copy > 0)
			return true;
	return false;
}

/* A server of one list only, when both lists are known. */
static void
find_mismatch(struct diagnosis *d, const struct name *zone)
{
	bool parent = false, child = false;

	for (size_t i = 0; i < d->servers; i++) {
		parent |= d->server[i].server.at_parent;
		child |= d->server[i].server.at_child;
	}
	for (size_t i = 0; parent && child && i < d->servers; i++)
		if (d->server[i].server.at_parent !=
		    d->server[i].server.at_child)
			diagnose_add(d, FINDING_DELEGATION_MISMATCH, STATE_WARN,
			    zone);
}

/* Other versions of one copy, as long as they are on their way. */
static void
find_serials(struct diagnosis *d, const struct inputs *in)
{
	for (size_t i = 0; i < d->servers; i++) {
		const struct server_diagnosis *a = &d->server[i];

		for (size_t k = 0; k < i; k++) {
			const struct server_diagnosis *b = &d->server[k];

			if (a->copy != COPIES_UNKNOWN && a->copy == b->copy &&
			    a->serial != 0 && b->serial != 0 &&
			    a->serial != b->serial)
				diagnose_add(d, FINDING_SERIAL_MISMATCH,
				    STATE_WARN, &in->delegation->zone);
		}
	}
}

void
diagnose_set(struct diagnosis *d, const struct inputs *in)
{
	bool told;

	read_lacks(d, in->plan);
	told = find_glue(d, in);
	told |= find_edited(d, in);
	if (!told)
		find_copies(d, in);
	if (!has_copies(d) && !in->delegation->beyond &&
	    !diagnosis_finds(d, FINDING_NS_EDITED_IN_ZONE))
		find_mismatch(d, &in->delegation->zone);
	find_serials(d, in);
}
