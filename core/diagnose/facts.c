#include "diagnose/facts-internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "diagnose/diagnose.h"
#include "diagnose/elsewhere.h"
#include "diagnose/policy.h"

bool
facts_sound(const struct observation *o)
{
	return o != NULL && o->outcome == OUTCOME_ANSWER &&
	    (o->rcode == RCODE_NOERROR || o->rcode == RCODE_NXDOMAIN);
}

bool
facts_without(const struct observation *o, const struct wanted *wanted,
    unsigned what)
{
	return (o->without & what << wanted->row) != 0;
}

bool
facts_failed(const struct observation *o)
{
	return o != NULL && o->outcome == OUTCOME_ANSWER &&
	    o->rcode == RCODE_SERVFAIL;
}

/* SPF serves, too, when the way to SES is longer. */
static bool
leads(const struct wanted *wanted, const struct rr *rr,
    const struct observe_log *log, struct facts_walks *walks)
{
	return wanted->kind == WANTED_MAIL_FROM_SPF && rr->type == RR_TXT &&
	    policy_spf_leads(wanted, rr, log, walks);
}

/* The record in this answer; right: it may be as wanted to the letter. */
static bool
serves(const struct facts *facts, const struct rr *rr, bool right)
{
	return (right && value_is_right(facts->wanted, rr)) ||
	    leads(facts->wanted, rr, facts->log, facts->walks);
}

bool
facts_hold(const struct wanted *wanted, const struct observation *o,
    const struct observe_log *log, struct facts_walks *walks)
{
	const struct rr *rr;
	size_t from = 0;

	if (facts_without(o, wanted, FACTS_MEANT))
		return false;
	while (!facts_without(o, wanted, FACTS_RIGHT) &&
	    (rr = observation_answer(o, wanted->type, &from)) != NULL)
		if (value_is_right(wanted, rr))
			return true;
	from = 0;
	while (wanted->kind == WANTED_MAIL_FROM_SPF &&
	    (walks->count < FACTS_WALKS || walks->any) &&
	    (rr = observation_answer(o, wanted->type, &from)) != NULL)
		if (leads(wanted, rr, log, walks))
			return true;
	return false;
}

const struct observation *
facts_at(const struct facts *facts, size_t server, const struct name *owner,
    uint16_t type)
{
	const struct delegation_server *s = &facts->delegation->server[server];
	const struct observation *o = observe_look(facts->log, s->kind,
	    s->address, owner, type);

	/* What a resolver says of its own accord, no name server told it. */
	return o != NULL && o->aa && s->kind != VANTAGE_AUTHORITY ? NULL : o;
}

enum cell
facts_cell(const struct facts *facts, const struct observation *o,
    bool authority)
{
	const struct wanted *wanted = facts->wanted;
	size_t from = 0;

	if (o == NULL)
		return facts->complete ? CELL_NO_ANSWER : CELL_WAITING;
	if (!facts_sound(o) || (authority && !o->aa))
		return CELL_NO_ANSWER;
	if (facts_hold(wanted, o, facts->log, facts->walks))
		return CELL_YES;
	if (observation_answer(o, wanted->type, &from) != NULL)
		return CELL_OTHER;
	/* Another row of the type may be among those that are not kept. */
	return o->cut ? CELL_NO_ANSWER : CELL_NO;
}

/* The server sends us on: the name lies in a zone of its own. */
static bool
refers(const struct facts *facts, const struct observation *o)
{
	if (!facts_sound(o) || o->aa || o->answers > 0)
		return false;
	for (size_t i = 0; i < o->authorities; i++)
		if (o->rr[i].type == RR_NS &&
		    name_is_below(&facts->wanted->owner, o->rr[i].owner) &&
		    name_is_below(o->rr[i].owner, &facts->delegation->zone) &&
		    !name_equal(o->rr[i].owner, &facts->delegation->zone))
			return true;
	return false;
}

/* --- Evidence --- */

/* What stands at a random sibling of the record, wherever it was asked. */
static void
find_siblings(struct facts *facts)
{
	struct name guard;

	if (plan_guard_name(facts->plan, facts->wanted, &guard) == -1)
		return;
	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i, &guard,
		    facts->wanted->type);

		if (facts_sound(o) && o->answers > 0)
			facts->sibling[facts->siblings++] = o;
	}
}

/* A random sibling that answers with the very value is a wildcard's work. */
static bool
is_wild(const struct facts *facts, const struct rr *rr)
{
	if (facts->siblings == 0 ||
	    !name_equal(rr->owner, &facts->wanted->owner))
		return false;
	for (size_t i = 0; i < facts->siblings; i++) {
		const struct rr *sibling;
		size_t from = 0;

		while ((sibling = observation_answer(facts->sibling[i],
		    rr->type, &from)) != NULL)
			if (rr_equal(sibling, rr))
				return true;
	}
	return false;
}

void
facts_note(const struct facts *facts, const struct rr *rr,
    const size_t *server)
{
	struct record_diagnosis *record = facts->record;
	const struct wanted *wanted = facts->wanted;
	struct found *f = record->found;
	size_t i = 0;

	while (i < record->founds) {
		f = &record->found[i];
		if (f->type == rr->type && rr_has_value(rr, f->value) &&
		    name_equal(&f->owner, rr->owner))
			break;
		i++;
	}
	if (i == DIAGNOSE_FOUND)
		return;
	if (i == record->founds) {
		f = &record->found[record->founds++];
		/* What stood here was not to be shown after all. */
		free(f->value);
		*f = (struct found){
			.owner = *rr->owner,
			.type = rr->type,
			.ttl = rr->ttl,
			.value = rr_value_new(rr),
		};
		f->right = rr->type == wanted->type ?
		    serves(facts, rr, true) :
		    strcasecmp(f->value, wanted->value) == 0;
		f->wild = !f->right && is_wild(facts, rr);
	}
	if (server != NULL && f->seens < DELEGATION_SERVERS)
		f->seen[f->seens++] = *server;
}

/* The value of another identity of ours, which has its place there. */
static bool
is_known(const struct known *known, const struct rr *rr)
{
	for (size_t i = 0; i < known->count; i++)
		if (rr_has_value(rr, known->value[i]))
			return true;
	return false;
}

/*
 * Was it made for another record of this name, with the wrong type?  Then it
 * is that one's evidence: a row is mended once.
 */
static bool
is_sibling(const struct facts *facts, const struct rr *rr)
{
	for (size_t i = 0; i < facts->plan->count; i++) {
		const struct wanted *other = &facts->plan->wanted[i];

		if (other != facts->wanted && other->type != rr->type &&
		    name_equal(&other->owner, &facts->wanted->owner) &&
		    value_recognise(other, rr))
			return true;
	}
	return false;
}

/* Does a TXT belong to the same family, so that a wrong one is evidence? */
static bool
akin(const struct facts *facts, const struct rr *rr, bool meant)
{
	switch (facts->wanted->kind) {
	case WANTED_VERIFICATION:
		return !is_known(facts->known, rr);
	case WANTED_MAIL_FROM_SPF:
	case WANTED_DMARC:
		return meant && policy_means(facts->wanted, rr) &&
		    !is_sibling(facts, rr);
	default:
		return true;
	}
}

/* A CNAME that was made in place of one of our records. */
static void
recognise_alias(struct facts *facts, const struct rr *rr)
{
	for (size_t i = 0; i < facts->plan->count; i++) {
		const struct wanted *wanted = &facts->plan->wanted[i];

		if (!name_equal(&wanted->owner, &facts->wanted->owner) ||
		    !value_recognise(wanted, rr))
			continue;
		if (wanted == facts->wanted)
			facts->cname_ours = true;
		else
			facts->cname_sibling = true;
	}
}

/*
 * Is the name answered through an alias of one above it (DNAME, RFC 6672)?
 * Then its CNAME is made up on the way, and no row of it stands in any form.
 */
static const struct rr *
alias_above(const struct wanted *wanted, const struct observation *o)
{
	for (size_t i = 0; i < o->answers; i++)
		if (o->rr[i].type == RR_DNAME &&
		    name_is_below(&wanted->owner, o->rr[i].owner) &&
		    !name_equal(&wanted->owner, o->rr[i].owner))
			return &o->rr[i];
	return NULL;
}

/* What stands in the way of a record that is not there. */
static void
gather_alias(struct facts *facts, const struct observation *o, size_t server)
{
	const struct rr *rr;
	size_t from = 0;

	if (facts->wanted->type == RR_CNAME ||
	    (rr = observation_answer(o, RR_CNAME, &from)) == NULL)
		return;
	if (!is_wild(facts, rr)) {
		facts->cname = true;
		recognise_alias(facts, rr);
	}
	facts_note(facts, rr, &server);
}

/* A record of the type that is not as wanted. */
static void
gather_wrong(struct facts *facts, const struct rr *rr, bool meant,
    size_t server)
{
	bool wild = (!facts->record->others || facts->slip == VALUE_RIGHT) &&
	    is_wild(facts, rr);

	if (!facts->record->others && !wild && !is_sibling(facts, rr))
		facts->record->others = true;
	if (!akin(facts, rr, meant))
		return;
	if (facts->slip == VALUE_RIGHT && !wild) {
		facts->slip = value_compare(facts->wanted, rr);
		value_reason(&facts->reason, facts->wanted, rr);
	}
	facts_note(facts, rr, &server);
}

/* What one server says of the name: the records as wanted, or the others. */
static void
gather_here(struct facts *facts, const struct diagnosis *d, size_t server,
    bool right)
{
	const struct wanted *wanted = facts->wanted;
	const struct observation *o = facts_at(facts, server, &wanted->owner,
	    wanted->type);
	const struct rr *rr;
	bool meant, may_be_right;
	size_t from = 0;

	/* Where the rest fails, the CNAME alone may be told. */
	if (facts_failed(o))
		o = facts_at(facts, server, &wanted->owner, RR_CNAME);
	if (d->server[server].state != SERVER_ANSWERS || !facts_sound(o))
		return;
	meant = !facts_without(o, wanted, FACTS_MEANT);
	may_be_right = !facts_without(o, wanted, FACTS_RIGHT);
	rr = alias_above(wanted, o);
	if (!right && rr != NULL && !facts_hold(wanted, o, facts->log,
	    facts->walks)) {
		facts->cname = true;
		facts_note(facts, rr, &server);
		return;
	}
	while ((meant || !right) && (rr = observation_answer(o, wanted->type,
	    &from)) != NULL) {
		bool served = meant && serves(facts, rr, may_be_right);

		if (served && right && akin(facts, rr, meant))
			facts_note(facts, rr, &server);
		else if (!served && !right)
			gather_wrong(facts, rr, meant, server);
	}
	if (!right)
		gather_alias(facts, o, server);
}

/* Only catch-all rows answer; or what they answer is no evidence. */
static void
gather_wildcard(struct facts *facts)
{
	struct record_diagnosis *record = facts->record;
	size_t own = 0;

	/* Exchanged, so that each value stays one row's. */
	for (size_t i = 0; i < record->founds; i++)
		if (!record->found[i].wild) {
			struct found other = record->found[own];

			record->found[own++] = record->found[i];
			record->found[i] = other;
		}
	facts->wildcard = record->founds > 0 && own == 0;
	if (own > 0)
		record->founds = own;
}

/* --- Cells --- */

/* Has every server of one copy the record, and none of another copy? */
static bool
is_apart(const struct facts *facts, const struct diagnosis *d)
{
	bool all[DELEGATION_SERVERS], none[DELEGATION_SERVERS];
	bool has = false, lacks = false;

	memset(all, true, sizeof all);
	memset(none, true, sizeof none);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = facts->part.first; i < facts->part.end; i++) {
			enum cell c = facts->record->cell[i];
			int copy = d->server[i].copy;

			if (copy == COPIES_UNKNOWN ||
			    d->server[i].state != SERVER_ANSWERS ||
			    c <= CELL_NO_ANSWER)
				continue;
			all[copy] &= c == CELL_YES;
			none[copy] &= c != CELL_YES;
			has |= pass == 1 && all[copy];
			lacks |= pass == 1 && none[copy];
		}
	}
	return has && lacks;
}

/* A troubled server of a zone above, past which our recursion has to come. */
static bool
leads_astray(const struct facts *facts, const struct diagnosis *d,
    size_t server)
{
	const struct name *zone = delegation_zone_of(facts->delegation,
	    server);

	return !facts->delegation->stands_in &&
	    name_is_below(&facts->part.zone, zone) &&
	    !name_equal(&facts->part.zone, zone) &&
	    diagnose_faulty(&d->server[server], d);
}

static void
gather_servers(struct facts *facts, const struct diagnosis *d)
{
	const struct wanted *wanted = facts->wanted;
	bool listed_yes = false, listed_no = false;

	for (size_t i = 0; i < d->all; i++) {
		const struct observation *o = facts_at(facts, i,
		    &wanted->owner, wanted->type);
		enum cell c = facts_cell(facts, o,
		    d->server[i].server.kind == VANTAGE_AUTHORITY);

		if (i < facts->part.first || i >= facts->part.end) {
			facts->astray |= leads_astray(facts, d, i);
			facts->record->cell[i] = facts->delegation->stands_in &&
			    d->server[i].server.kind == VANTAGE_AUTHORITY ?
			    CELL_NO_ANSWER : CELL_APART;
			if (refers(facts, o))
				facts->referred |= UINT32_C(1) << i;
			continue;
		}
		facts->record->cell[i] = c;
		facts->cut |= c == CELL_NO_ANSWER && o != NULL && o->cut;
		switch (d->server[i].state) {
		case SERVER_ANSWERS:
			break;
		case SERVER_WAITING:
			facts->waiting++;
			continue;
		case SERVER_SKIPPED:
			continue;
		default:
			facts->troubled |= !diagnose_passed_over(
			    &d->server[i], d);
			continue;
		}
		if (d->server[i].server.at_parent) {
			listed_yes |= c == CELL_YES;
			listed_no |= c == CELL_NO || c == CELL_OTHER;
		}
		facts->yes += c == CELL_YES;
		facts->overlong += c == CELL_YES && o->cut;
		facts->no += c == CELL_NO || c == CELL_OTHER;
		facts->none += c == CELL_NO_ANSWER;
		facts->waiting += c == CELL_WAITING;
	}
	/* Who holds the zone below is still being found out. */
	if (facts->part.first == facts->part.end && facts->referred != 0 &&
	    !facts->complete)
		facts->waiting++;
	/*
	 * Rows that stand nowhere but at servers which the registry does not
	 * list were left behind when the DNS moved: hardly anybody gets there.
	 */
	facts->unlisted = listed_no && !listed_yes && facts->yes > 0;
	if (facts->unlisted)
		facts->yes = 0;
	facts->apart = !facts->unlisted && is_apart(facts, d);
}

/* Goes on where no server has the record: what of the name is evidence? */
static void
turn_elsewhere(struct facts *facts)
{
	struct record_diagnosis *record = facts->record;

	facts->stage = FACTS_OVER;
	if (facts->yes > 0 || facts->unlisted)
		return;
	gather_wildcard(facts);
	if (record->founds > 0 && !facts->wildcard)
		return;
	/* A wildcard's answer is the story only where there is no other. */
	facts->wild = record->founds;
	record->founds = 0;
	record->searched = true;
	facts->stage = FACTS_ELSEWHERE;
	facts->at = 0;
}

/* One piece of it. */
static void
gather_on(struct facts *facts, const struct diagnosis *d,
    const struct probe_vantages *vantages)
{
	struct record_diagnosis *record = facts->record;

	switch (facts->stage) {
	case FACTS_SERVERS:
		find_siblings(facts);
		gather_servers(facts, d);
		facts_gather_resolvers(facts, d, vantages);
		facts->at = facts->part.first;
		facts->stage = facts->yes > 0 || facts->unlisted ?
		    FACTS_HERE_RIGHT : FACTS_HERE;
		break;
	case FACTS_HERE_RIGHT:
	case FACTS_HERE:
		if (facts->at < facts->part.end) {
			gather_here(facts, d, facts->at++,
			    facts->stage == FACTS_HERE_RIGHT);
		} else {
			facts->stage++;
			facts->at = facts->part.first;
		}
		break;
	case FACTS_KEY:
		facts->values = record->founds;
		if (facts->wanted->kind == WANTED_DKIM)
			facts_gather_key_path(facts);
		turn_elsewhere(facts);
		break;
	case FACTS_ELSEWHERE:
		facts_gather_place(facts, d, facts->at++);
		/* The likeliest place that fits is the story to tell. */
		if (record->founds > 0 || facts->at == elsewhere_ranks())
			facts->stage = FACTS_ADDRESSES;
		break;
	case FACTS_ADDRESSES:
		if (record->founds == 0)
			facts_gather_addresses(facts);
		if (record->founds == 0)
			record->founds = facts->wild;
		facts->stage = FACTS_OVER;
		break;
	case FACTS_OVER:
		break;
	}
}

bool
facts_gather(struct facts *facts, const struct diagnosis *d,
    const struct probe_vantages *vantages, const struct turn *turn)
{
	while (facts->stage != FACTS_OVER) {
		gather_on(facts, d, vantages);
		if (turn != NULL && turn_is_over(turn))
			break;
	}
	return facts->stage == FACTS_OVER;
}
