#include "dns/world.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/resolver.h"
#include "base/xalloc.h"

enum {
	HOPS = 8,		/* CNAMEs followed for one question */
	SOA_TTL = 60,
	SOA_NUMBERS = 20,	/* octets after its names */
	SOA_SERIAL = 4		/* the first of them */
};

struct zone {
	struct name name;
	struct rr soa;		/* its serial grows with the data */
	bool served;		/* somebody may know the serial */
};

/* A question under way; recursion asks on at the target of a CNAME. */
struct pending {
	struct question now;	/* as put to the data */
	struct observation *answer;	/* so far, or NULL */
	int hops;
};

struct practice {
	struct world world;
	struct resolver *resolver;
	struct zone *zone;
	size_t zones;
	struct rr *row;			/* all data but the SOAs */
	size_t rows;
	struct pending *pending;
	size_t pendings, capacity;
	struct observe_log refused;	/* answered without the data */
};

/* The zone that holds the name, the deepest; NULL when it is not ours. */
static struct zone *
zone_of(const struct practice *practice, const struct name *name)
{
	struct zone *found = NULL;

	for (size_t i = 0; i < practice->zones; i++) {
		struct zone *z = &practice->zone[i];

		if (name_is_below(name, &z->name) && (found == NULL ||
		    name_is_below(&z->name, &found->name)))
			found = z;
	}
	return found;
}

static void
practice_ask(struct world *world, const struct question *question, int64_t now)
{
	struct practice *practice = (struct practice *)world;
	struct zone *zone = zone_of(practice, &question->name);
	struct pending *p;

	if (zone != NULL)
		zone->served = true;
	if (question->vantage.kind == VANTAGE_AUTHORITY && zone == NULL) {
		struct observation *o = observation_new(question);

		o->outcome = OUTCOME_ANSWER;
		o->rcode = RCODE_REFUSED;
		o->when = now;
		observe_add(&practice->refused, o);
		return;
	}
	if (practice->pendings == practice->capacity) {
		practice->capacity = practice->capacity == 0 ? 32 :
		    practice->capacity * 2;
		practice->pending = xreallocarray(practice->pending,
		    practice->capacity, sizeof *practice->pending);
	}
	p = &practice->pending[practice->pendings++];
	memset(p, 0, sizeof *p);
	p->now = *question;
	resolver_ask(practice->resolver, question, now);
}

static size_t
practice_fds(struct world *world, struct pollfd *fds, size_t max)
{
	struct practice *practice = (struct practice *)world;

	if (max == 0)
		return 0;
	fds[0].fd = resolver_fd(practice->resolver);
	fds[0].events = POLLIN;
	fds[0].revents = 0;
	return 1;
}

/* The record of this type at the name asked last, or NULL. */
static const struct rr *
answer_at(const struct observation *row, const struct name *name,
    uint16_t type)
{
	for (size_t i = 0; i < row->answers; i++)
		if (row->rr[i].type == type &&
		    name_equal(row->rr[i].owner, name))
			return &row->rr[i];
	return NULL;
}

/* The SOA is no local data: it is an answer, or goes with a "no". */
static void
add_soa(struct pending *p, const struct zone *zone)
{
	if (p->now.type == RR_SOA && name_equal(&p->now.name, &zone->name)) {
		p->answer->rcode = RCODE_NOERROR;
		observation_add_answer(p->answer, &zone->soa);
	} else {
		observation_add_authority(p->answer, &zone->soa);
	}
}

/*
 * Takes one row of local data for the question it belongs to.  True when
 * the whole answer is in p->answer; false when a CNAME is followed.
 */
static bool
settle(struct practice *practice, struct pending *p, struct observation *row,
    int64_t now)
{
	bool authority = p->now.vantage.kind == VANTAGE_AUTHORITY;
	bool found = answer_at(row, &p->now.name, p->now.type) != NULL;
	const struct rr *alias = found ? NULL :
	    answer_at(row, &p->now.name, RR_CNAME);
	const struct zone *zone;
	struct name target;
	bool follow = !authority && alias != NULL && ++p->hops <= HOPS &&
	    rr_target(alias, &target) == 0;

	if (p->answer == NULL) {
		p->answer = row;
	} else {
		for (size_t i = 0; i < row->answers; i++)
			observation_add_answer(p->answer, &row->rr[i]);
		p->answer->outcome = row->outcome;
		p->answer->rcode = row->rcode;
		observation_free(row);
	}
	if (follow) {
		p->now.name = target;
		resolver_ask(practice->resolver, &p->now, now);
		return false;
	}
	zone = zone_of(practice, &p->now.name);
	if (p->answer->outcome == OUTCOME_ANSWER && !found && alias == NULL &&
	    zone != NULL)
		add_soa(p, zone);
	p->answer->aa = authority;
	return true;
}

static int64_t
practice_step(struct world *world, struct observe_log *log, int64_t now)
{
	struct practice *practice = (struct practice *)world;
	struct observe_log rows;
	int64_t due;

	for (size_t i = 0; i < practice->refused.count; i++)
		observe_add(log, practice->refused.row[i]);
	practice->refused.count = 0;

	observe_init(&rows);
	due = resolver_step(practice->resolver, &rows, now);
	for (size_t i = 0; i < rows.count; i++) {
		struct observation *row = rows.row[i];
		struct pending *p = practice->pending;

		/* Each row was asked for, so one of them matches. */
		while (!question_equal(&p->now, &row->question))
			p++;
		if (settle(practice, p, row, now)) {
			observe_add(log, p->answer);
			*p = practice->pending[--practice->pendings];
		} else {
			due = now;
		}
	}
	rows.count = 0;		/* handed over */
	observe_release(&rows);
	return due;
}

static void
practice_refresh(struct world *world)
{
	struct practice *practice = (struct practice *)world;

	for (size_t i = 0; i < practice->pendings; i++)
		observation_free(practice->pending[i].answer);
	practice->pendings = 0;
	observe_release(&practice->refused);
	resolver_refresh(practice->resolver);
}

static void
practice_free(struct world *world)
{
	struct practice *practice = (struct practice *)world;

	practice_refresh(world);
	resolver_free(practice->resolver);
	for (size_t i = 0; i < practice->zones; i++)
		rr_release(&practice->zone[i].soa);
	for (size_t i = 0; i < practice->rows; i++)
		rr_release(&practice->row[i]);
	free(practice->zone);
	free(practice->row);
	free(practice->pending);
	free(practice);
}

static const struct world_ops practice_ops = {
	.ask = practice_ask,
	.fds = practice_fds,
	.step = practice_step,
	.refresh = practice_refresh,
	.free = practice_free,
};

struct world *
world_practice(struct text *why)
{
	struct resolver *resolver = resolver_new(RESOLVER_LOCAL, NULL, NULL,
	    true, why);
	struct practice *practice;

	if (resolver == NULL)
		return NULL;
	practice = xcalloc(1, sizeof *practice);
	practice->world.ops = &practice_ops;
	practice->world.private = true;
	practice->resolver = resolver;
	observe_init(&practice->refused);
	return &practice->world;
}

int
practice_zone(struct world *world, const struct name *name)
{
	struct practice *practice = (struct practice *)world;
	char text[NAME_TEXT], soa[2 * NAME_TEXT + 64];
	const char *why;
	struct zone *z;

	for (size_t i = 0; i < practice->zones; i++)
		if (name_equal(&practice->zone[i].name, name))
			return 0;
	practice->zone = xreallocarray(practice->zone, practice->zones + 1,
	    sizeof *practice->zone);
	z = &practice->zone[practice->zones];
	memset(z, 0, sizeof *z);
	z->name = *name;
	name_text(name, text);
	snprintf(soa, sizeof soa, "%s %s 1 3600 900 604800 %d", text, text,
	    SOA_TTL);
	if (rr_parse(&z->soa, RR_SOA, soa, &why) == -1)
		return -1;
	rr_set_owner(&z->soa, name);
	z->soa.ttl = SOA_TTL;
	practice->zones++;
	return 0;
}

/* The next serial, as when a company saves a row (RFC 1035 3.3.13). */
static void
changed(struct practice *practice, const struct name *owner)
{
	struct zone *z = zone_of(practice, owner);
	size_t i;

	if (z == NULL || !z->served)
		return;
	i = z->soa.len - SOA_NUMBERS + SOA_SERIAL;
	do
		z->soa.rdata[--i]++;
	while (z->soa.rdata[i] == 0 && i + SOA_NUMBERS > z->soa.len);
}

static int
add_soa_of_the_caller(struct zone *z, const struct rr *rr)
{
	if (z == NULL || z->served || !name_equal(&z->name, rr->owner))
		return -1;
	rr_release(&z->soa);
	rr_copy(&z->soa, rr);
	return 0;
}

int
practice_add(struct world *world, const struct rr *rr)
{
	struct practice *practice = (struct practice *)world;

	if (rr->type == RR_SOA)
		return add_soa_of_the_caller(zone_of(practice, rr->owner), rr);
	if (resolver_local_add(practice->resolver, rr) == -1)
		return -1;
	practice->row = xreallocarray(practice->row, practice->rows + 1,
	    sizeof *practice->row);
	rr_copy(&practice->row[practice->rows++], rr);
	changed(practice, rr->owner);
	return 0;
}

/* libunbound removes whole owners: the others there come back. */
int
practice_remove(struct world *world, const struct rr *rr)
{
	struct practice *practice = (struct practice *)world;
	size_t at = 0;
	int rc;

	while (at < practice->rows &&
	    !(name_equal(practice->row[at].owner, rr->owner) &&
	    rr_equal(&practice->row[at], rr)))
		at++;
	if (at == practice->rows)
		return -1;
	rc = resolver_local_remove(practice->resolver, rr->owner);
	rr_release(&practice->row[at]);
	memmove(&practice->row[at], &practice->row[at + 1],
	    (--practice->rows - at) * sizeof *practice->row);
	for (size_t i = 0; i < practice->rows; i++)
		if (name_equal(practice->row[i].owner, rr->owner) &&
		    resolver_local_add(practice->resolver,
		    &practice->row[i]) == -1)
			rc = -1;
	changed(practice, rr->owner);
	return rc;
}
