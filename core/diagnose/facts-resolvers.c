#include "diagnose/facts-internal.h"

#include "diagnose/rewriting.h"

/* What our own recursion and the shared resolvers say of one record. */

/* Seconds for which a shared resolver may keep what it has. */
static int64_t
keeps_for(const struct wanted *wanted, const struct observation *o)
{
	const struct rr *rr;
	size_t from = 0;

	if ((rr = observation_answer(o, wanted->type, &from)) != NULL)
		return rr->ttl < RR_POSITIVE ? rr->ttl : RR_POSITIVE;
	if ((rr = observation_soa(o)) != NULL)
		return rr_soa_negative_ttl(rr);
	return 0;
}

/* Each answer counts: several machines may stand behind one address. */
static void
gather_memory(struct facts *facts, const struct vantage *vantage,
    uint32_t bit)
{
	const struct wanted *wanted = facts->wanted;
	const struct question q = { .vantage = *vantage,
		.name = wanted->owner, .type = wanted->type };

	for (size_t i = 0; i < facts->log->count; i++) {
		const struct observation *o = facts->log->row[i];

		if (o->round != facts->log->round || !facts_sound(o) ||
		    !question_equal(&o->question, &q) ||
		    facts_hold(wanted, o, facts->log, facts->walks))
			continue;
		/* Memory counts seconds; what has none is made up. */
		if (keeps_for(wanted, o) > 0)
			facts->remembered |= bit;
		if (keeps_for(wanted, o) > facts->remembered_for)
			facts->remembered_for = keeps_for(wanted, o);
	}
}

/*
 * Our recursion got no answer, and those that have the record answer nobody
 * over UDP and with EDNS, as resolvers ask.
 */
static bool
answers_no_resolver(const struct facts *facts, const struct diagnosis *d)
{
	if (facts->recursion != CELL_NO_ANSWER)
		return false;
	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const char *address = d->server[i].server.address;

		if (d->server[i].state == SERVER_ANSWERS &&
		    facts->record->cell[i] == CELL_YES &&
		    !diagnose_unheard(facts->log, address) &&
		    !diagnose_drops_edns(facts->log, address))
			return false;
	}
	return true;
}

void
facts_gather_resolvers(struct facts *facts, const struct diagnosis *d,
    const struct probe_vantages *vantages)
{
	const struct wanted *wanted = facts->wanted;
	const struct observation *o = observe_look(facts->log,
	    VANTAGE_RECURSIVE, "", &wanted->owner, wanted->type);

	facts->bogus = o != NULL && o->outcome == OUTCOME_BOGUS &&
	    !delegation_mistrusts(facts->log);
	facts->recursion = facts_cell(facts, o, false);
	facts->record->cell[d->all] = facts->recursion;
	/* A server that only sends on to others looks like that (RFC 2308). */
	facts->bare = o != NULL && o->rcode == RCODE_NOERROR &&
	    o->answers == 0 && observation_soa(o) == NULL;
	/* Whoever stands in for the servers is all that can be seen. */
	if (facts->delegation->stands_in) {
		facts->recursion = facts->record->cell[facts->part.first];
		facts->bogus = false;
	}
	for (size_t i = 0; i < vantages->count; i++) {
		const struct vantage *v = &vantages->also[i];

		o = observe_look(facts->log, v->kind, v->address,
		    &wanted->owner, wanted->type);
		/* What it says of its own accord, no name server told it. */
		if (facts->delegation->stands_in && o != NULL && o->aa)
			o = NULL;
		facts->record->cell[d->all + 1 + i] = facts_cell(facts, o,
		    false);
		if (facts->delegation->stands_in)
			continue;
		if (rewriting_seen(vantages, i, facts->plan,
		    facts->delegation, facts->log))
			facts->astray |= vantages->forwards;
		else
			gather_memory(facts, v, UINT32_C(1) << i);
	}
	facts->astray |= vantages->forwards && facts->remembered != 0;
	facts->unusual = facts->troubled && answers_no_resolver(facts, d);
}
