#include "diagnose/probe.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "diagnose/copies.h"
#include "diagnose/elsewhere.h"
#include "diagnose/facts.h"
#include "diagnose/probe-internal.h"
#include "diagnose/suggest.h"
#include "diagnose/value.h"
#include "base/xalloc.h"
#include "company/company.h"

void
probe_list_release(struct probe_list *list)
{
	free(list->question);
	memset(list, 0, sizeof *list);
}

void
probe_list_add(struct probe_list *list, const struct question *question)
{
	if (list->count == list->capacity) {
		list->capacity = list->capacity == 0 ? 64 : list->capacity * 2;
		list->question = xreallocarray(list->question, list->capacity,
		    sizeof *list->question);
	}
	list->question[list->count++] = *question;
}

void
probe_add(struct probe_list *list, const struct vantage *vantage,
    const struct name *name, uint16_t type)
{
	struct question q = { .vantage = *vantage, .name = *name,
		.type = type };

	probe_list_add(list, &q);
}

/* Its address is "" when it cannot or must not be asked. */
static struct vantage
authority(const struct delegation_server *server)
{
	struct vantage v = { .kind = server->kind };

	if (!server->barred)
		strlcpy(v.address, server->address, sizeof v.address);
	return v;
}

void
probe_want_once(const struct stage *stage, const struct vantage *vantage,
    const struct name *name, uint16_t type)
{
	if (observe_look(stage->log, vantage->kind, vantage->address, name,
	    type) == NULL)
		probe_add(stage->list, vantage, name, type);
}

void
probe_want(const struct stage *stage, const struct vantage *vantage,
    const struct name *name, uint16_t type)
{
	const struct observation *o = observe_look(stage->log, vantage->kind,
	    vantage->address, name, type);

	if (o == NULL || (stage->again && (o->outcome == OUTCOME_SILENT ||
	    o->outcome == OUTCOME_GARBLED) && observe_heard(stage->log,
	    vantage, false)))
		probe_add(stage->list, vantage, name, type);
}

static bool
has_type(const struct observation *o, uint16_t type)
{
	size_t from = 0;

	return observation_answer(o, type, &from) != NULL;
}

/* A server fit to tell where a record went: it spoke as the zone's own. */
static const struct observation *
spoken(const struct observe_log *log, const struct delegation_server *server,
    const struct name *name, uint16_t type)
{
	const struct observation *o = observe_look(log, server->kind,
	    server->address, name, type);

	if (o == NULL || o->outcome != OUTCOME_ANSWER ||
	    (server->kind == VANTAGE_AUTHORITY && !o->aa))
		return NULL;
	return o;
}

bool
probe_seen(const struct observe_log *log, const struct delegation *d,
    const struct wanted *wanted)
{
	struct delegation_part part = delegation_part(d, &wanted->owner);

	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *o = spoken(log, &d->server[i],
		    &wanted->owner, wanted->type);

		if (o != NULL && facts_hold(wanted, o, log))
			return true;
	}
	return false;
}

/* So young that asking again would be impolite, unless the user asks. */
static bool
is_young(const struct observation *o, const struct probe_time *time)
{
	return o->when > time->since &&
	    time->now - o->when < time->elsewhere_every;
}

/* Does the server tell another serial than it did with this "no"? */
static bool
zone_changed(const struct stage *stage, const struct observation *no)
{
	const struct rr *then = observation_soa(no), *now;
	const struct observation *o = then == NULL ? NULL : observe_look(
	    stage->log, no->question.vantage.kind,
	    no->question.vantage.address, &then->owner, RR_SOA);
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
	    !has_type(o, type) && is_young(o, stage->time) &&
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
		const struct observation *o = spoken(stage->log,
		    &d->server[i], &wanted->owner, wanted->type);

		if (o == NULL || (listed && !d->server[i].at_parent))
			continue;
		if (has_type(o, wanted->type) || has_type(o, RR_CNAME))
			return NULL;
		if (first == NULL)
			first = &d->server[i];
	}
	return first;
}

/* Asks for one place at the guide; a hit is confirmed at the others. */
static void
add_place(struct stage *stage, const struct delegation_server *server,
    const struct name *owner, uint16_t type)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part part = delegation_part(d, owner);
	struct vantage v = authority(server);
	const struct observation *o;

	if (observe_rules_out(stage->log, server->address, owner) ||
	    fresh_no(stage, &v, owner, type))
		return;
	probe_want(stage, &v, owner, type);
	o = spoken(stage->log, server, owner, type);
	if (o == NULL || !has_type(o, type))
		return;
	for (size_t i = part.first, others = 0; others < BOUND_CONFIRMED &&
	    i < part.end; i++) {
		v = authority(&d->server[i]);
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
	const struct observation *o = spoken(stage->log, server, owner, type);
	struct vantage v = authority(server);

	if (o != NULL && o->rcode == RCODE_NOERROR)
		probe_want(stage, &v, guard, type);
}

/*
 * Absent records: their likely other places, the likeliest of all records
 * first, then what may stand at the right name in their stead.  Places are
 * counted whether their record is absent or not, so that a round asks for the
 * same ones however late it learns what is.
 */
static void
add_elsewhere(struct stage *stage)
{
	const struct plan *plan = stage->plan;
	const struct delegation_server *server;
	struct elsewhere place;
	struct name guard;
	size_t places = 0;

	for (size_t rank = 0; rank < elsewhere_ranks(); rank++) {
		for (size_t w = 0; w < plan->count; w++) {
			const struct wanted *wanted = &plan->wanted[w];
			struct delegation_part part = delegation_part(
			    stage->delegation, &wanted->owner);

			/* Whoever holds a zone holds nothing beside it. */
			if (elsewhere_place(&place, rank, wanted,
			    &plan->domain, &part.zone) == 0 &&
			    name_is_below(&place.owner, &part.zone) &&
			    places++ < PROBE_ELSEWHERE &&
			    (server = guide(stage, wanted)) != NULL)
				add_place(stage, server, &place.owner,
				    place.type);
		}
	}
	for (size_t w = 0; w < plan->count; w++) {
		const struct wanted *wanted = &plan->wanted[w];

		/* A proxy answers with addresses, a wildcard to any name. */
		if (wanted->kind != WANTED_DKIM ||
		    (server = guide(stage, wanted)) == NULL)
			continue;
		add_place(stage, server, &wanted->owner, RR_A);
		if (plan_guard_name(plan, wanted, &guard) == 0)
			add_sibling(stage, server, &wanted->owner, &guard,
			    RR_A);
	}
}

/* Is a DKIM row, once there, told to whoever asks for the key behind it? */
static void
add_key_path(struct stage *stage)
{
	const struct delegation *d = stage->delegation;

	for (size_t w = 0; w < stage->plan->count; w++) {
		const struct wanted *wanted = &stage->plan->wanted[w];
		struct delegation_part part = delegation_part(d,
		    &wanted->owner);

		for (size_t i = part.first; wanted->kind == WANTED_DKIM &&
		    i < part.end; i++) {
			struct vantage v = authority(&d->server[i]);
			const struct observation *o = spoken(stage->log,
			    &d->server[i], &wanted->owner, RR_CNAME);

			if (o == NULL || !has_type(o, RR_CNAME))
				continue;
			probe_want(stage, &v, &wanted->owner, RR_TXT);
			break;
		}
	}
}

/* The first server whose record of this owner and type is not as wanted. */
static const struct delegation_server *
seen_wrong(const struct stage *stage, const struct wanted *wanted)
{
	const struct delegation *d = stage->delegation;
	const struct delegation_server *wrong = NULL;
	struct delegation_part part = delegation_part(d, &wanted->owner);

	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *o = spoken(stage->log,
		    &d->server[i], &wanted->owner, wanted->type);
		const struct rr *rr;
		size_t from = 0;

		if (o == NULL || (!has_type(o, wanted->type) &&
		    !has_type(o, RR_CNAME)))
			continue;
		while ((rr = observation_answer(o, wanted->type, &from)) !=
		    NULL)
			if (value_compare(wanted, rr) == VALUE_RIGHT)
				return NULL;
		if (wrong == NULL)
			wrong = &d->server[i];
	}
	return wrong;
}

/* A wrong value may be a wildcard's: a random sibling tells. */
static void
add_guards(struct stage *stage)
{
	for (size_t w = 0; w < stage->plan->count; w++) {
		const struct wanted *wanted = &stage->plan->wanted[w];
		const struct delegation_server *server = seen_wrong(stage,
		    wanted);
		struct name guard;

		if (server != NULL &&
		    plan_guard_name(stage->plan, wanted, &guard) == 0) {
			struct vantage v = authority(server);

			probe_want(stage, &v, &guard, wanted->type);
		}
	}
}

/* Before any value is known: what the domain alone can show. */
static void
add_bare(struct stage *stage)
{
	const struct delegation *d = stage->delegation;
	struct elsewhere_bare bare;

	if (!plan_is_bare(stage->plan) || elsewhere_bare(&bare,
	    stage->plan->guard, &stage->plan->domain, &d->zone) == -1)
		return;
	for (size_t i = 0; i < d->servers; i++) {
		if (spoken(stage->log, &d->server[i], &d->zone, RR_SOA) ==
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

/*
 * What stood there before is asked of one server; only what that one has lost
 * is asked of the others, too.
 */
static void
add_noted(struct stage *stage)
{
	const struct delegation *d = stage->delegation;
	const struct noted *noted = &stage->background->noted;
	const struct observation *o;
	struct name owner;
	uint16_t type;
	size_t first = 0;

	while (first < d->servers && spoken(stage->log, &d->server[first],
	    &d->zone, RR_SOA) == NULL)
		first++;
	for (size_t k = 0; first < d->servers && k < NOTED_LOOKS; k++) {
		if (noted_look(k, &stage->plan->domain, &owner, &type) == -1 ||
		    !noted_wants(noted, &owner, type))
			continue;
		o = spoken(stage->log, &d->server[first], &owner, type);
		for (size_t i = first; i < d->servers; i++) {
			struct vantage v = authority(&d->server[i]);

			if (i == first || (o != NULL && v.address[0] != '\0' &&
			    noted_missed(noted, o)))
				probe_want(stage, &v, &owner, type);
		}
	}
}

/* What every server of the zone is asked, and of zones below. */
static void
add_servers(struct stage *stage)
{
	const struct delegation *d = stage->delegation;
	const struct plan *plan = stage->plan;

	for (size_t i = 0; i < d->all; i++) {
		const struct name *zone = delegation_zone_of(d, i);
		struct vantage v = authority(&d->server[i]);

		if (v.address[0] == '\0' && v.kind == VANTAGE_AUTHORITY)
			continue;
		probe_want(stage, &v, zone, RR_SOA);
		if (i < d->servers)
			probe_want(stage, &v, &plan->domain, RR_MX);
		for (size_t w = 0; w < plan->count; w++)
			if (name_is_below(&plan->wanted[w].owner, zone))
				probe_want(stage, &v, &plan->wanted[w].owner,
				    plan->wanted[w].type);
	}
}

/* The NS rows of servers whose SOAs do not tell which copy they hold. */
static void
add_copies(struct stage *stage, const struct delegation_part *part)
{
	const struct delegation *d = stage->delegation;

	if (!copies_want_ns(d, part, stage->log))
		return;
	for (size_t i = part->first; i < part->end; i++) {
		struct vantage v = authority(&d->server[i]);

		if (spoken(stage->log, &d->server[i], &part->zone, RR_SOA) !=
		    NULL)
			probe_want(stage, &v, &part->zone, RR_NS);
	}
}

/*
 * Does each server answer over TCP, too?  Asked once; what was a "no" again
 * when the names looked for elsewhere are.  Nothing else waits for it.
 */
static void
add_tcp(struct stage *stage)
{
	const struct delegation *d = stage->delegation;

	for (size_t i = 0; i < d->servers; i++) {
		struct question q = { .vantage = authority(&d->server[i]),
			.name = d->zone, .type = RR_SOA, .tcp = true };
		const struct observation *soa = spoken(stage->log,
		    &d->server[i], &d->zone, RR_SOA), *before;

		if (soa == NULL || soa->tcp ||
		    observe_find(stage->log, &q) != NULL)
			continue;
		before = observe_before(stage->log, &q,
		    stage->log->round);
		if (before == NULL || (before->outcome != OUTCOME_ANSWER &&
		    !is_young(before, stage->time)))
			probe_list_add(stage->list, &q);
	}
}

/* Is the zone signed, well or badly, as our recursion sees it? */
static bool
is_signed(const struct stage *stage)
{
	const struct observation *o = observe_look(stage->log,
	    VANTAGE_RECURSIVE, "", &stage->delegation->zone, RR_NS);

	return o != NULL && (o->secure || o->outcome == OUTCOME_BOGUS);
}

/* Name servers of nobody we know: the zone may say itself who runs it. */
static void
add_hint(struct stage *stage)
{
	struct vantage recursive = { .kind = VANTAGE_RECURSIVE };
	struct name hint;

	if (!stage->blocked &&
	    company_behind(stage->delegation, NULL, NULL) == NULL &&
	    delegation_hint(stage->delegation, &hint) == 0)
		probe_want_once(stage, &recursive, &hint, RR_TXT);
}

/* Of a signed zone every server must have the keys. */
static void
add_keys(struct stage *stage)
{
	const struct delegation *d = stage->delegation;

	for (size_t i = 0; is_signed(stage) && i < d->servers; i++) {
		struct vantage v = authority(&d->server[i]);

		if (v.address[0] != '\0')
			probe_want(stage, &v, &d->zone, RR_DNSKEY);
	}
}

/* No server speaks with AA, as if one resolver spoke for them all. */
static void
add_nobody(struct stage *stage)
{
	const struct delegation *d = stage->delegation;
	struct vantage nobody = { .kind = VANTAGE_AUTHORITY,
		.address = PROBE_NOBODY };
	bool diverted = false;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o = observe_look(stage->log,
		    VANTAGE_AUTHORITY, d->server[i].address, &d->zone, RR_SOA);

		if (authority(&d->server[i]).address[0] == '\0')
			continue;
		if (o == NULL || o->aa)
			return;
		diverted |= o->ra;
	}
	if (diverted)
		probe_want_once(stage, &nobody, &d->zone, RR_SOA);
}

/* Names for MAIL FROM, as long as it has none. */
static void
add_suggestions(struct stage *stage)
{
	struct question question[SUGGEST_QUESTIONS];
	size_t count;

	if (!stage->background->suggest || stage->plan->identity.has_mail_from)
		return;
	count = suggest_questions(question, stage->plan, stage->delegation,
	    stage->log);
	for (size_t i = 0; i < count; i++)
		probe_want(stage, &question[i].vantage, &question[i].name,
		    question[i].type);
}

void
probe_next(struct probe_list *list, const struct plan *plan,
    const struct background *background, const struct delegation *d,
    const struct probe_vantages *vantages, const struct observe_log *log,
    const struct probe_time *time)
{
	struct stage stage = {
		.list = list,
		.plan = plan,
		.background = background,
		.delegation = d,
		.log = log,
		.time = time,
		.again = time->now < time->deadline,
		.blocked = delegation_blocked(log),
	};

	struct delegation_part own;

	list->count = 0;
	probe_delegation(&stage, vantages);
	probe_resolvers(&stage, vantages);
	if (d->state != DELEGATION_FOUND)
		return;
	add_servers(&stage);
	own = delegation_part(d, &d->zone);
	add_copies(&stage, &own);
	for (size_t i = 0; i < d->parts; i++)
		add_copies(&stage, &d->part[i]);
	add_hint(&stage);
	add_nobody(&stage);
	add_keys(&stage);
	add_noted(&stage);
	add_key_path(&stage);
	add_guards(&stage);
	add_bare(&stage);
	add_elsewhere(&stage);
	add_tcp(&stage);
	add_suggestions(&stage);
}
