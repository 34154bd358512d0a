#include "probe.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "elsewhere.h"
#include "xalloc.h"

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

static void
add(struct probe_list *list, const struct vantage *vantage,
    const struct name *name, uint16_t type)
{
	struct question q = { .vantage = *vantage, .name = *name,
		.type = type };

	probe_list_add(list, &q);
}

static struct vantage
authority(const struct delegation_server *server)
{
	struct vantage v = { .kind = VANTAGE_AUTHORITY };

	strlcpy(v.address, server->address, sizeof v.address);
	return v;
}

/* Has this vantage answered anything in this round? */
static bool
speaks(const struct observe_log *log, const struct vantage *vantage)
{
	for (size_t i = log->count; i-- > 0;) {
		const struct observation *o = log->row[i];

		if (o->round == log->round && o->outcome == OUTCOME_ANSWER &&
		    vantage_equal(&o->question.vantage, vantage))
			return true;
	}
	return false;
}

/*
 * Open: nothing said yet; or nothing heard though the server answers others,
 * and there is time to ask again.  A time-out must never become "missing".
 */
static void
add_open(struct probe_list *list, const struct observe_log *log,
    const struct vantage *vantage, const struct name *name, uint16_t type,
    bool again)
{
	const struct observation *o = observe_look(log, vantage->kind,
	    vantage->address, name, type);

	if (o == NULL || (again && (o->outcome == OUTCOME_SILENT ||
	    o->outcome == OUTCOME_GARBLED) && speaks(log, vantage)))
		add(list, vantage, name, type);
}

static bool
has_type(const struct observation *o, uint16_t type)
{
	size_t from = 0;

	return observation_answer(o, type, &from) != NULL;
}

/* A server fit to tell where a record went: it spoke with AA. */
static const struct observation *
spoken(const struct observe_log *log, const struct delegation_server *server,
    const struct name *name, uint16_t type)
{
	const struct observation *o = observe_look(log, VANTAGE_AUTHORITY,
	    server->address, name, type);

	if (o == NULL || o->outcome != OUTCOME_ANSWER || !o->aa)
		return NULL;
	return o;
}

/* Does any of the zone's servers have a record of this owner and type? */
static bool
seen(const struct observe_log *log, const struct delegation *d,
    const struct wanted *wanted)
{
	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o = spoken(log, &d->server[i],
		    &wanted->owner, wanted->type);

		if (o != NULL && has_type(o, wanted->type))
			return true;
	}
	return false;
}

/*
 * A "no" of an earlier round, so young that asking again would be impolite.
 * What was a hit is asked again in every round.
 */
static bool
fresh_no(const struct observe_log *log, const struct vantage *vantage,
    const struct name *name, uint16_t type, const struct probe_time *time)
{
	struct question q = { .vantage = *vantage, .name = *name,
		.type = type };
	const struct observation *o = observe_before(log, &q);

	return o != NULL && o->outcome == OUTCOME_ANSWER &&
	    !has_type(o, type) &&
	    time->now - o->when < time->elsewhere_every;
}

/*
 * The record is absent wherever an answer came: its likely other places are
 * asked at one server that answers, a hit is confirmed at the others.
 */
static void
add_elsewhere(struct probe_list *list, size_t *budget,
    const struct wanted *wanted, const struct plan *plan,
    const struct delegation *d, const struct observe_log *log,
    const struct probe_time *time)
{
	bool again = time->now < time->deadline;
	const struct delegation_server *guide = NULL;
	struct elsewhere place[ELSEWHERE_NAMES];
	size_t places;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o = spoken(log, &d->server[i],
		    &wanted->owner, wanted->type);

		if (o == NULL)
			continue;
		if (has_type(o, wanted->type) || has_type(o, RR_CNAME))
			return;
		if (guide == NULL)
			guide = &d->server[i];
	}
	if (guide == NULL)
		return;

	places = elsewhere_names(wanted, &plan->domain, &d->zone, place);
	for (size_t i = 0; i < places && *budget > 0; i++) {
		const struct name *owner = &place[i].owner;
		struct vantage v = authority(guide);
		const struct observation *o;

		(*budget)--;
		if (fresh_no(log, &v, owner, wanted->type, time))
			continue;
		add_open(list, log, &v, owner, wanted->type, again);
		o = spoken(log, guide, owner, wanted->type);
		if (o == NULL || !has_type(o, wanted->type))
			continue;
		for (size_t k = 0; k < d->servers; k++) {
			v = authority(&d->server[k]);
			if (v.address[0] != '\0')
				add_open(list, log, &v, owner, wanted->type,
				    again);
		}
	}
}

void
probe_next(struct probe_list *list, const struct plan *plan,
    const struct delegation *d, const struct probe_vantages *vantages,
    const struct observe_log *log, const struct probe_time *time)
{
	struct vantage recursive = { .kind = VANTAGE_RECURSIVE };
	size_t budget = PROBE_ELSEWHERE;
	bool again = time->now < time->deadline;

	list->count = 0;
	for (size_t i = 0; i < d->wants; i++)
		probe_list_add(list, &d->want[i]);

	for (size_t w = 0; w < plan->count; w++) {
		const struct wanted *wanted = &plan->wanted[w];

		add_open(list, log, &recursive, &wanted->owner, wanted->type,
		    again);
		/*
		 * A shared resolver would remember an early "no": it is asked
		 * once the record is seen, or when nobody else can be.
		 */
		if (d->state != DELEGATION_UNKNOWN && !seen(log, d, wanted))
			continue;
		for (size_t i = 0; i < vantages->count; i++)
			add_open(list, log, &vantages->also[i],
			    &wanted->owner, wanted->type, again);
	}
	if (d->state != DELEGATION_FOUND)
		return;

	for (size_t i = 0; i < d->servers; i++) {
		struct vantage v = authority(&d->server[i]);

		if (v.address[0] == '\0')
			continue;
		add_open(list, log, &v, &d->zone, RR_SOA, again);
		for (size_t w = 0; w < plan->count; w++)
			add_open(list, log, &v, &plan->wanted[w].owner,
			    plan->wanted[w].type, again);
	}
	for (size_t w = 0; w < plan->count; w++)
		add_elsewhere(list, &budget, &plan->wanted[w], plan, d, log,
		    time);
}
