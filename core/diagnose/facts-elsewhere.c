#include "diagnose/elsewhere.h"
#include "diagnose/facts-internal.h"

/* Did the record go to one of the names where such records go? */

/* Nobody waits for what a recorded case does not hold. */
static bool
was_asked(const struct observation *o)
{
	return o != NULL && (o->outcome != OUTCOME_SILENT || o->rtt > 0);
}

/* Did any server say in this round what stands at this place? */
static bool
is_searched(struct facts *facts, const struct diagnosis *d,
    const struct elsewhere *place)
{
	uint32_t dark = 0;

	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i, &place->owner,
		    place->type);

		if (facts_sound(o) || observe_rules_out(facts->log,
		    d->server[i].server.address, &place->owner))
			return true;
		/* Who spoke first was asked, too: that is luck. */
		if (was_asked(o) && d->server[i].state == SERVER_ANSWERS &&
		    dark == 0)
			dark = UINT32_C(1) << i;
	}
	if (facts->dark_at == 0) {
		facts->dark = place->owner;
		facts->dark_type = place->type;
		facts->dark_at = dark;
	}
	return false;
}

/*
 * Only a recognisable one is a hit; of name and value in each other's field
 * the value is our name.  At a DKIM name, the key itself is one, too: it
 * stands there in place of the CNAME that leads to it.
 */
static bool
is_hit(struct facts *facts, const struct elsewhere *place, const struct rr *rr)
{
	const struct wanted *wanted = facts->wanted;

	if (value_recognise(wanted, rr) ||
	    (place->finding == FINDING_SWAPPED &&
	    value_is_owner(wanted, rr, &facts->part.zone)))
		return true;
	if (wanted->kind != WANTED_DKIM || !value_is_key(rr) ||
	    !name_equal(rr->owner, &wanted->owner))
		return false;
	facts->reason.kind = CLAIM_KEY_ITSELF;
	facts->reason.text = claim_row(CLAIM_KEY_ITSELF)->sentence;
	return true;
}

void
facts_gather_place(struct facts *facts, const struct diagnosis *d, size_t rank)
{
	struct elsewhere place;

	/* Whoever holds a zone holds nothing beside it. */
	if (elsewhere_place(&place, rank, facts->wanted, &facts->plan->domain,
	    &facts->part.zone) == -1 ||
	    !name_is_below(&place.owner, &facts->part.zone))
		return;
	facts->record->searched &= is_searched(facts, d, &place);
	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i, &place.owner,
		    place.type);
		const struct rr *rr;
		size_t from = 0;

		while (facts_sound(o) && (rr = observation_answer(o,
		    place.type, &from)) != NULL) {
			if (!is_hit(facts, &place, rr))
				continue;
			facts->elsewhere = place.finding;
			facts_note(facts, rr, &i);
		}
	}
}
