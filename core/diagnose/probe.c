#include "diagnose/probe.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "diagnose/copies.h"
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
struct vantage
probe_vantage(const struct delegation_server *server)
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

bool
probe_has(const struct observation *o, uint16_t type)
{
	size_t from = 0;

	return observation_answer(o, type, &from) != NULL;
}

/*
 * Does a server's answer tell the end of the CNAMEs it holds, where that lies
 * in the server's own zone?  Some follow none; nobody follows those in a
 * circle.
 */
static bool
ends_told(const struct observation *o, const struct name *zone)
{
	struct name at = o->question.name;

	for (size_t steps = 0; steps <= o->answers; steps++) {
		const struct rr *rr = o->rr, *end = o->rr + o->answers;

		while (rr < end && ((rr->type != RR_CNAME &&
		    rr->type != o->question.type) ||
		    !name_equal(rr->owner, &at)))
			rr++;
		if (rr == end)
			return steps == 0 || o->rcode == RCODE_NXDOMAIN ||
			    observation_soa(o) != NULL ||
			    !name_is_below(&at, zone);
		if (rr->type == o->question.type || rr_target(rr, &at) == -1)
			return true;
	}
	return false;
}

/*
 * Did our recursion fail at what every server of the zone has answered as its
 * own?  That happens; a second look tells.
 */
static bool
stumbled(const struct stage *stage, const struct observation *o)
{
	const struct delegation *d = stage->delegation;
	struct delegation_part part;
	const struct question *q = &o->question;

	if (q->vantage.kind != VANTAGE_RECURSIVE ||
	    o->outcome != OUTCOME_ANSWER || o->rcode != RCODE_SERVFAIL ||
	    d->state != DELEGATION_FOUND || d->stands_in)
		return false;
	part = delegation_part(d, &q->name);
	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *own = delegation_spoken(stage->log,
		    &d->server[i], &q->name, q->type);

		if (own == NULL || !facts_sound(own) ||
		    !ends_told(own, &part.zone))
			return false;
	}
	return part.first < part.end;
}

void
probe_want_later(const struct stage *stage, const struct observation *o)
{
	int64_t due = o->when + PROBE_SECOND;

	if (observe_times(stage->log, &o->question) > 1 ||
	    due >= stage->time->deadline)
		return;
	if (due <= stage->time->now)
		probe_add(stage->list, &o->question.vantage,
		    &o->question.name, o->question.type);
	else if (stage->list->later == 0 || due < stage->list->later)
		stage->list->later = due;
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
	else if (stage->again && stumbled(stage, o))
		probe_want_later(stage, o);
}

bool
probe_seen(const struct observe_log *log, const struct delegation *d,
    const struct wanted *wanted)
{
	struct delegation_part part = delegation_part(d, &wanted->owner);
	struct facts_walks walks = { .count = 0 };

	for (size_t i = part.first; i < part.end; i++) {
		const struct observation *o = delegation_spoken(log,
		    &d->server[i], &wanted->owner, wanted->type);

		if (o != NULL && facts_hold(wanted, o, log, &walks))
			return true;
	}
	return false;
}

/* Is a DKIM row, once there, told to whoever asks for the key behind it? */
static void
add_key_path(struct stage *stage)
{
	const struct delegation *d = stage->delegation;

	/* In their order, whoever is known or answers first. */
	if (d->wants > 0)
		return;
	for (size_t w = 0; w < stage->plan->count; w++) {
		const struct wanted *wanted = &stage->plan->wanted[w];
		struct delegation_part part = delegation_part(d,
		    &wanted->owner);

		for (size_t i = part.first; wanted->kind == WANTED_DKIM &&
		    i < part.end; i++) {
			struct vantage v = probe_vantage(&d->server[i]);
			const struct observation *o = observe_look(stage->log,
			    v.kind, v.address, &wanted->owner, RR_CNAME);

			if (o == NULL && v.address[0] != '\0')
				break;
			o = delegation_spoken(stage->log, &d->server[i],
			    &wanted->owner, RR_CNAME);
			if (o == NULL || !probe_has(o, RR_CNAME))
				continue;
			probe_want(stage, &v, &wanted->owner, RR_TXT);
			/* Who is silent about it leaves it to another one. */
			o = observe_look(stage->log, v.kind, v.address,
			    &wanted->owner, RR_TXT);
			if (o == NULL || o->outcome == OUTCOME_ANSWER)
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
		const struct observation *o = delegation_spoken(stage->log,
		    &d->server[i], &wanted->owner, wanted->type);
		const struct rr *rr;
		size_t from = 0;
		bool right = false;

		if (o == NULL || wrong != NULL ||
		    (!probe_has(o, wanted->type) && !probe_has(o, RR_CNAME)))
			continue;
		while (!facts_without(o, wanted, FACTS_RIGHT) && (rr =
		    observation_answer(o, wanted->type, &from)) != NULL)
			right |= value_is_right(wanted, rr);
		if (!right)
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
			struct vantage v = probe_vantage(server);

			probe_want(stage, &v, &guard, wanted->type);
		}
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

	while (first < d->servers && delegation_spoken(stage->log,
	    &d->server[first], &d->zone, RR_SOA) == NULL)
		first++;
	for (size_t k = 0; first < d->servers && k < NOTED_LOOKS; k++) {
		if (noted_look(k, &stage->plan->domain, &owner, &type) == -1 ||
		    !noted_wants(noted, &owner, type))
			continue;
		o = delegation_spoken(stage->log, &d->server[first], &owner,
		    type);
		for (size_t i = first; i < d->servers; i++) {
			struct vantage v = probe_vantage(&d->server[i]);

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
		struct vantage v = probe_vantage(&d->server[i]);

		if (v.address[0] == '\0' && v.kind == VANTAGE_AUTHORITY)
			continue;
		probe_want(stage, &v, zone, RR_SOA);
		if (name_equal(zone, &d->zone))
			probe_want(stage, &v, &plan->domain, RR_MX);
		for (size_t w = 0; w < plan->count; w++)
			if (name_is_below(&plan->wanted[w].owner, zone))
				probe_want(stage, &v, &plan->wanted[w].owner,
				    plan->wanted[w].type);
	}
}

/*
 * Where a CNAME leads in a circle, some servers answer no question but that for
 * the CNAME.
 */
static void
add_failed(struct stage *stage)
{
	const struct delegation *d = stage->delegation;

	for (size_t w = 0; w < stage->plan->count; w++) {
		const struct wanted *wanted = &stage->plan->wanted[w];
		struct delegation_part part = delegation_part(d,
		    &wanted->owner);

		for (size_t i = part.first; i < part.end; i++) {
			struct vantage v = probe_vantage(&d->server[i]);

			if (facts_failed(observe_look(stage->log, v.kind,
			    v.address, &wanted->owner, wanted->type)) &&
			    delegation_spoken(stage->log, &d->server[i],
			    &part.zone, RR_SOA) != NULL)
				probe_want_once(stage, &v, &wanted->owner,
				    RR_CNAME);
		}
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
		struct vantage v = probe_vantage(&d->server[i]);

		if (delegation_spoken(stage->log, &d->server[i], &part->zone,
		    RR_SOA) != NULL)
			probe_want(stage, &v, &part->zone, RR_NS);
	}
}

/* So young that asking again would be impolite, unless the user asks. */
bool
probe_young(const struct observation *o, const struct probe_time *time)
{
	return o->when > time->since &&
	    time->now - o->when < time->elsewhere_every;
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
		struct question q = { .vantage = probe_vantage(&d->server[i]),
			.name = d->zone, .type = RR_SOA, .tcp = true };
		const struct observation *soa = delegation_spoken(stage->log,
		    &d->server[i], &d->zone, RR_SOA), *before;

		if (soa == NULL || soa->tcp ||
		    observe_find(stage->log, &q) != NULL)
			continue;
		before = observe_before(stage->log, &q,
		    stage->log->round);
		if (before == NULL || (before->outcome != OUTCOME_ANSWER &&
		    !probe_young(before, stage->time)))
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
	    delegation_hint(stage->delegation, &hint) == 0 &&
	    observe_look(stage->log, VANTAGE_RECURSIVE, "", &hint,
	    RR_TXT) == NULL &&
	    company_behind(stage->delegation, NULL, NULL) == NULL)
		probe_add(stage->list, &recursive, &hint, RR_TXT);
}

/* Of a signed zone every server must have the keys. */
static void
add_keys(struct stage *stage)
{
	const struct delegation *d = stage->delegation;

	for (size_t i = 0; is_signed(stage) && i < d->servers; i++) {
		struct vantage v = probe_vantage(&d->server[i]);

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

		if (probe_vantage(&d->server[i]).address[0] == '\0')
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
	list->later = 0;
	probe_delegation(&stage, vantages);
	probe_resolvers(&stage, vantages);
	if (d->state != DELEGATION_FOUND)
		return;
	add_servers(&stage);
	add_failed(&stage);
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
	probe_bare(&stage);
	probe_elsewhere(&stage);
	add_tcp(&stage);
	add_suggestions(&stage);
}
