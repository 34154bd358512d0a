#include "diagnose/probe-internal.h"

#include <string.h>

#include "diagnose/facts.h"
#include "diagnose/policy.h"
#include "diagnose/rewriting.h"
#include "dns/suffix.h"

enum {
	UNRESOLVED = 8	/* names that are looked up a second time */
};

/* The names that an SPF or DMARC record leads to. */
static void
add_policy(struct stage *stage, const struct wanted *wanted)
{
	struct question more[POLICY_QUESTIONS];
	size_t count = policy_questions(more, stage->plan, wanted, stage->log);

	for (size_t i = 0; i < count; i++)
		probe_want(stage, &more[i].vantage, &more[i].name,
		    more[i].type);
}

/*
 * A shared resolver would remember an early "no", or what is wrong now: it is
 * asked once a name server has the record as wanted, or when nobody else can
 * be asked.
 */
static void
add_shared(struct stage *stage, const struct probe_vantages *vantages,
    const struct wanted *wanted)
{
	const struct delegation *d = stage->delegation;

	if (vantages->count == 0)
		return;
	if (d->state != DELEGATION_UNKNOWN && !stage->blocked &&
	    !probe_seen(stage->log, d, wanted))
		return;
	for (size_t i = 0; i < vantages->count; i++) {
		struct question q = { .vantage = vantages->also[i],
			.name = wanted->owner, .type = wanted->type };
		const struct observation *o = observe_find(stage->log, &q);

		if (o == NULL || (o->outcome == OUTCOME_ANSWER &&
		    observe_times(stage->log, &q) < PROBE_REPEATS))
			probe_list_add(stage->list, &q);
	}
}

/* A name that does not exist, for those who make answers up. */
static void
add_random(struct stage *stage, const struct probe_vantages *vantages)
{
	struct vantage recursive = { .kind = VANTAGE_RECURSIVE };
	struct name random;

	if (vantages->count == 0 || stage->blocked ||
	    rewriting_name(stage->plan, &random) == -1)
		return;
	probe_want_once(stage, &recursive, &random, RR_A);
	for (size_t i = 0; i < vantages->count; i++)
		probe_want_once(stage, &vantages->also[i], &random, RR_A);
}

/* A "no" of its own: from memory, or from a copy of the zone? */
static void
add_suspects(struct stage *stage, const struct probe_vantages *vantages)
{
	for (size_t i = 0; i < vantages->count; i++)
		if (rewriting_suspect(vantages, i, stage->plan,
		    stage->delegation, stage->log))
			probe_want_once(stage, &vantages->also[i],
			    &stage->delegation->zone, RR_SOA);
}

/* What no registry knows may still be served inside this network. */
static void
add_inside(struct stage *stage, const struct probe_vantages *vantages)
{
	struct name registered;

	if (stage->delegation->state != DELEGATION_NOT_REGISTERED)
		return;
	suffix_delegated(&stage->plan->domain, &registered);
	for (size_t i = 0; i < vantages->count; i++)
		if (vantages->also[i].kind == VANTAGE_SYSTEM)
			probe_want_once(stage, &vantages->also[i],
			    &registered, RR_SOA);
}

/* Does our own network name the servers that nobody outside can reach? */
static void
add_barred(struct stage *stage, const struct probe_vantages *vantages)
{
	const struct delegation *d = stage->delegation;

	for (size_t i = 0; i < vantages->count; i++) {
		const struct vantage *v = &vantages->also[i];

		for (size_t k = 0; v->kind == VANTAGE_SYSTEM &&
		    k < d->servers; k++) {
			const struct delegation_server *s = &d->server[k];

			if (!s->barred)
				continue;
			probe_want_once(stage, v, &d->zone, RR_NS);
			probe_want_once(stage, v, &s->name,
			    strchr(s->address, ':') != NULL ? RR_AAAA : RR_A);
		}
	}
}

void
probe_resolvers(struct stage *stage, const struct probe_vantages *vantages)
{
	struct vantage recursive = { .kind = VANTAGE_RECURSIVE };
	const struct name root = { .len = 1 };

	/* The root can always be asked, and is always signed. */
	probe_want_once(stage, &recursive, &root, RR_NS);
	add_random(stage, vantages);
	add_inside(stage, vantages);
	add_barred(stage, vantages);
	add_suspects(stage, vantages);
	for (size_t w = 0; w < stage->plan->count; w++) {
		const struct wanted *wanted = &stage->plan->wanted[w];
		struct name lead;

		add_shared(stage, vantages, wanted);
		if (stage->blocked)
			continue;
		probe_want(stage, &recursive, &wanted->owner, wanted->type);
		/* The key stands behind the CNAME; receivers ask for TXT. */
		if (wanted->kind == WANTED_DKIM)
			probe_want(stage, &recursive, &wanted->owner, RR_TXT);
		/*
		 * Where the record leads is looked up beside it: our recursion
		 * then knows the rest of the way when it gets there.
		 */
		if (plan_lead(wanted, &lead) == 0)
			probe_want_once(stage, &recursive, &lead, RR_TXT);
		add_policy(stage, wanted);
	}
}

/* The first resolver that has not failed at this question. */
static void
add_stand_in(struct stage *stage, const struct probe_vantages *vantages,
    const struct question *question)
{
	for (size_t i = 0; i < vantages->count; i++) {
		const struct vantage *v = &vantages->also[i];
		const struct observation *o;

		o = observe_look(stage->log, v->kind, v->address,
		    &question->name, question->type);
		if (o == NULL)
			probe_add(stage->list, v, &question->name,
			    question->type);
		if (o == NULL || (o->outcome == OUTCOME_ANSWER &&
		    o->rcode != RCODE_SERVFAIL))
			return;
	}
}

/* Did our recursion find an address of this name? */
static bool
is_found(const struct delegation *d, const struct name *name)
{
	for (size_t i = 0; i < d->all; i++)
		if (d->server[i].by_zone &&
		    name_equal(&d->server[i].name, name))
			return true;
	return false;
}

/* Can its own name be found at all?  Where no server speaks, it cannot. */
static bool
is_findable(const struct stage *stage, const struct delegation_server *server)
{
	const struct delegation *d = stage->delegation;

	for (size_t i = 0; name_is_below(&server->name, &d->zone) &&
	    i < d->servers; i++)
		if (delegation_spoken(stage->log, &d->server[i], &d->zone,
		    RR_SOA) != NULL)
			return true;
	return !name_is_below(&server->name, &d->zone);
}

/*
 * A name server without an address may be there all the same, and one with the
 * registry's address may have another: our recursion failed at its name.  That
 * happens; a second look tells, unless it happens to very many.
 */
static void
add_unresolved(struct stage *stage)
{
	static const uint16_t types[] = { RR_A, RR_AAAA };
	const struct delegation *d = stage->delegation;
	size_t names = 0;
	bool failed;

	for (size_t i = 0; !stage->blocked && names < UNRESOLVED && i < d->all;
	    i++) {
		const struct delegation_server *s = &d->server[i];

		if (is_found(d, &s->name) || !is_findable(stage, s))
			continue;
		failed = false;
		for (size_t t = 0; t < 2; t++) {
			const struct observation *o = observe_look(stage->log,
			    VANTAGE_RECURSIVE, "", &s->name, types[t]);

			if (!facts_failed(o))
				continue;
			failed = true;
			probe_want_later(stage, o);
		}
		names += failed;
	}
}

void
probe_delegation(struct stage *stage, const struct probe_vantages *vantages)
{
	const struct delegation *d = stage->delegation;
	const struct observe_log *log = stage->log;

	for (size_t i = 0; i < d->wants; i++) {
		if (stage->blocked &&
		    d->want[i].vantage.kind == VANTAGE_RECURSIVE)
			add_stand_in(stage, vantages, &d->want[i]);
		else
			probe_list_add(stage->list, &d->want[i]);
	}
	add_unresolved(stage);
	for (size_t i = 0; stage->blocked && i < log->count; i++) {
		const struct question *q = &log->row[i]->question;

		if (log->row[i]->round == log->round && q->type == RR_NS &&
		    q->vantage.kind == VANTAGE_RECURSIVE &&
		    name_labels(&q->name) > 0)
			add_stand_in(stage, vantages, q);
	}
}
