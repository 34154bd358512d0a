#include "diagnose/facts-internal.h"

/* What stands behind a DKIM row: a proxy's addresses, or the way to the key. */

void
facts_gather_addresses(struct facts *facts)
{
	struct name guard;

	if (facts->wanted->kind != WANTED_DKIM ||
	    plan_guard_name(facts->plan, facts->wanted, &guard) == -1)
		return;
	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i,
		    &facts->wanted->owner, RR_A);
		const struct observation *sibling = facts_at(facts, i, &guard,
		    RR_A);
		const struct rr *rr;
		size_t from = 0;

		if (!facts_sound(o) || !facts_sound(sibling) ||
		    observation_answer(sibling, RR_A, &from) != NULL)
			continue;
		from = 0;
		while ((rr = observation_answer(o, RR_A, &from)) != NULL) {
			facts->address = true;
			facts_note(facts, rr, &i);
		}
	}
}

/* Does the server leave a question for TXT unanswered everywhere? */
static bool
drops_texts(const struct facts *facts, size_t server)
{
	bool drops = false;

	for (size_t i = 0; i < facts->plan->count; i++) {
		const struct wanted *wanted = &facts->plan->wanted[i];
		const struct observation *o = facts_at(facts, server,
		    &wanted->owner, RR_TXT);

		if (o != NULL && o->outcome == OUTCOME_ANSWER)
			return false;
		drops |= o != NULL && wanted->type == RR_TXT;
	}
	return drops;
}

void
facts_gather_key_path(struct facts *facts)
{
	size_t lost = 0, answered = 0;

	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i,
		    &facts->wanted->owner, RR_TXT);
		const struct rr *rr;
		size_t from = 0;

		lost += o != NULL && drops_texts(facts, i);
		if (o == NULL || o->outcome != OUTCOME_ANSWER ||
		    facts->record->cell[i] != CELL_YES)
			continue;
		answered++;
		if ((rr = observation_answer(o, RR_TXT, &from)) != NULL) {
			facts->beside = true;
			facts_note(facts, rr, &i);
			continue;
		}
		from = 0;
		if (observation_answer(o, RR_CNAME, &from) == NULL)
			facts->hidden |= UINT32_C(1) << i;
	}
	facts->unheard_key = facts->complete && lost > 0 && answered == 0;
}
