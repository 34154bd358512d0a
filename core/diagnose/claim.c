#include "diagnose/claim.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "diagnose/diagnose.h"
#include "diagnose/rules.h"

static const struct claim_row rows[CLAIM_COUNT] = {
#define CLAIM(id, name, sentence) [id] = { name, sentence },
#include "diagnose/claim.def"
#undef CLAIM
};

static const struct {
	enum finding finding;
	enum claim_kind claim;
} rests[] = {
#define REST(finding, claim) { finding, claim },
#define DOMAIN_REST(finding, claim)
#include "diagnose/rests.def"
#undef REST
#undef DOMAIN_REST
};

_Static_assert(DELEGATION_SERVERS <= 32, "a bit for each server");

const struct claim_row *
claim_row(enum claim_kind kind)
{
	return &rows[kind];
}

static struct claim *
claim(struct record_diagnosis *record, enum claim_kind kind,
    const struct name *owner, uint16_t type, uint32_t at)
{
	struct claim *c;

	if (record->claims == CLAIM_MAX)
		return &record->claim[CLAIM_MAX - 1];
	c = &record->claim[record->claims++];
	*c = (struct claim){ .kind = kind, .owner = *owner, .type = type,
	    .found = CLAIM_NO_FOUND, .at = at };
	return c;
}

/* The answering servers whose cell is this one. */
static uint32_t
servers_with(const struct record_diagnosis *record, const struct diagnosis *d,
    enum cell cell)
{
	uint32_t at = 0;

	for (size_t i = 0; i < d->all; i++)
		if (d->server[i].state == SERVER_ANSWERS &&
		    record->cell[i] == cell)
			at |= UINT32_C(1) << i;
	return at;
}

/* Is it what was given, letter by letter?  Names know no capitals. */
static bool
is_given(const struct wanted *wanted, uint16_t type, const char *value)
{
	return type == wanted->type && (type == RR_TXT ?
	    strcmp(value, wanted->value) == 0 :
	    strcasecmp(value, wanted->value) == 0);
}

/* Those of the servers that hold the record as it was given. */
static uint32_t
servers_giving(const struct facts *facts, uint32_t at)
{
	const struct wanted *wanted = facts->wanted;
	uint32_t giving = 0;

	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i,
		    &wanted->owner, wanted->type);
		const struct rr *rr;
		size_t from = 0;

		while ((at >> i & 1) != 0 && (rr = observation_answer(o,
		    wanted->type, &from)) != NULL) {
			char *value;

			/* Most are not: those need not be written down. */
			if (rr->type == RR_TXT ?
			    !rr_has_value(rr, wanted->value) :
			    !value_is_right(wanted, rr))
				continue;
			value = rr_value_new(rr);
			if (is_given(wanted, rr->type, value))
				giving |= UINT32_C(1) << i;
			free(value);
		}
	}
	return giving;
}

/* Did the zone's own server answer so, and not one that only passes it on? */
static bool
vouches(const struct facts *facts, size_t server, const struct found *found)
{
	const uint16_t types[2] = { found->type, facts->wanted->type };
	/* A DNAME comes with the answer for a name below it. */
	const struct name *asked = found->type == RR_DNAME ?
	    &facts->wanted->owner : &found->owner;

	for (size_t i = 0; i < 2; i++) {
		const struct observation *o = facts_at(facts, server, asked,
		    types[i]);

		/* Whoever stands in for all of them has no AA. */
		if (facts_sound(o) && (o->aa || o->question.vantage.kind !=
		    VANTAGE_AUTHORITY))
			return true;
	}
	return false;
}

static uint32_t
seen_by(const struct facts *facts, const struct found *found)
{
	uint32_t at = 0;

	for (size_t i = 0; i < found->seens; i++)
		if (vouches(facts, found->seen[i], found))
			at |= UINT32_C(1) << found->seen[i];
	return at;
}

/* What the registry or a broken chain says stands before all else. */
static bool
claim_domain(struct record_diagnosis *record, const struct facts *facts)
{
	const struct name *domain = &facts->plan->domain;

	switch (facts->delegation->state) {
	case DELEGATION_NOT_REGISTERED:
		claim(record, CLAIM_UNREGISTERED, domain, RR_NS, 0);
		return true;
	case DELEGATION_NO_SERVERS:
		claim(record, CLAIM_UNDELEGATED, domain, RR_NS, 0);
		return true;
	default:
		if (!facts->bogus)
			return false;
		claim(record, CLAIM_BOGUS, &facts->wanted->owner,
		    facts->wanted->type, 0);
		return true;
	}
}

static void
claim_found(struct record_diagnosis *record, const struct evidence *e,
    int index)
{
	const struct wanted *wanted = e->facts->wanted;
	const struct found *f = &record->found[index];
	bool here = name_equal(&f->owner, &wanted->owner);
	uint32_t at = seen_by(e->facts, f);
	struct claim *c;

	if (at == 0 && !e->policy->inherited)
		return;
	if (f->type == RR_DNAME)
		c = claim(record, CLAIM_DNAME, &f->owner, f->type, at);
	else if (!here && e->policy->inherited)
		c = claim(record, CLAIM_ABOVE, &f->owner, f->type, 0);
	else if (!here)
		c = claim(record, CLAIM_ELSEWHERE, &f->owner, f->type, at);
	else if (f->type == RR_CNAME && wanted->type != RR_CNAME)
		c = claim(record, CLAIM_ALIAS, &f->owner, f->type, at);
	else if (f->type == RR_A && wanted->type != RR_A)
		c = claim(record, CLAIM_ADDRESS, &f->owner, f->type, at);
	else if (f->right && is_given(wanted, f->type, f->value))
		return;		/* that is "held" */
	else
		c = claim(record, f->right && f->type == wanted->type &&
		    e->policy->finding == FINDING_OK ? CLAIM_SERVES :
		    CLAIM_HOLDS, &f->owner, f->type, at);
	c->found = index;
}

/* Those that have rows of the type, and none that is told of. */
static uint32_t
servers_with_others(const struct record_diagnosis *record,
    const struct diagnosis *d, const struct wanted *wanted)
{
	uint32_t at = servers_with(record, d, CELL_OTHER);

	for (size_t i = 0; i < record->founds; i++) {
		const struct found *f = &record->found[i];

		if (f->type != RR_DNAME && (f->type != wanted->type ||
		    !name_equal(&f->owner, &wanted->owner)))
			continue;
		for (size_t k = 0; k < f->seens; k++)
			at &= ~(UINT32_C(1) << f->seen[k]);
	}
	return at;
}

/* Where the registry lists others, what these servers hold is left behind. */
static uint32_t
unlisted(const struct facts *facts, uint32_t at)
{
	for (size_t i = facts->part.first; i < facts->part.end; i++)
		if (facts->delegation->server[i].at_parent)
			at &= ~(UINT32_C(1) << i);
	return facts->yes == 0 ? at : 0;
}

/* Those that were heard: what they said was more than is kept. */
static uint32_t
cut_short(const struct diagnosis *d, const struct facts *facts)
{
	uint32_t at = 0;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o = facts_at(facts, i,
		    &facts->wanted->owner, facts->wanted->type);

		if (facts_sound(o) && o->cut)
			at |= UINT32_C(1) << i;
	}
	return at;
}

static void
claim_cells(struct record_diagnosis *record, const struct diagnosis *d,
    const struct facts *facts)
{
	const struct wanted *wanted = facts->wanted;
	const struct {
		enum claim_kind kind;
		uint32_t at;
	} cells[] = {
		{ CLAIM_REFERRED, facts->referred },
		{ CLAIM_HELD, servers_giving(facts, servers_with(record, d,
		    CELL_YES)) },
		{ CLAIM_UNLISTED, unlisted(facts, servers_with(record, d,
		    CELL_YES)) },
		{ CLAIM_ABSENT, servers_with(record, d, CELL_NO) },
		{ CLAIM_OTHERS, servers_with_others(record, d, wanted) },
		{ CLAIM_UNHEARD, servers_with(record, d, CELL_NO_ANSWER) &
		    ~cut_short(d, facts) },
		{ CLAIM_HIDDEN, facts->hidden },
	};

	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		if (cells[i].at != 0)
			claim(record, cells[i].kind, &wanted->owner,
			    wanted->type, cells[i].at);
}

/* The same server answers for another zone of the domain. */
static bool
answers_elsewhere(const struct diagnosis *d, size_t server)
{
	for (size_t i = 0; i < d->all; i++)
		if (d->server[i].state == SERVER_ANSWERS &&
		    strcmp(d->server[i].server.address,
		    d->server[server].server.address) == 0)
			return true;
	return false;
}

/* Nobody answers for the zone: of those that were asked. */
static void
claim_silence(struct record_diagnosis *record, const struct diagnosis *d,
    const struct facts *facts)
{
	uint32_t at = 0;

	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		if (d->server[i].state == SERVER_ANSWERS)
			return;
		if (d->server[i].state != SERVER_SKIPPED &&
		    !answers_elsewhere(d, i))
			at |= UINT32_C(1) << i;
	}
	if (at != 0)
		claim(record, CLAIM_SILENT, &facts->wanted->owner,
		    facts->wanted->type, at);
}

/*
 * Does any server of the zone, though in trouble, say that it has not the
 * record?  Then it is luck whom a look-up from outside asks.
 */
static bool
says_no(const struct facts *facts)
{
	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *o = facts_at(facts, i,
		    &facts->wanted->owner, facts->wanted->type);

		if (facts_sound(o) && !facts_hold(facts->wanted, o, facts->log,
		    facts->walks))
			return true;
	}
	return false;
}

/* What a look-up from outside shows, where the servers do not say the same. */
static void
claim_recursion(struct record_diagnosis *record, const struct diagnosis *d,
    const struct facts *facts)
{
	bool held = servers_with(record, d, CELL_YES) != 0;
	enum claim_kind kind;

	/*
	 * That is luck: it asked a sound server, a lame one, the other copy; or
	 * it is said of the resolver that it asked.
	 */
	if (held && (facts->apart || facts->unlisted || facts->astray ||
	    (facts->troubled && record->state <= STATE_WARN)))
		return;
	if (facts->recursion == CELL_YES && !held && !says_no(facts))
		kind = CLAIM_RESOLVED;
	/* Luck again where another server says the same as it. */
	else if (held && facts->no == 0 && (facts->recursion == CELL_NO ||
	    facts->recursion == CELL_OTHER))
		kind = CLAIM_UNRESOLVED;
	else if (held && facts->recursion == CELL_NO_ANSWER)
		kind = CLAIM_LOOKUP_FAILED;
	else
		return;
	claim(record, kind, &facts->wanted->owner, facts->wanted->type, 0);
}

static void
claim_memory(struct record_diagnosis *record, const struct facts *facts)
{
	for (size_t i = 0; i < PROBE_VANTAGES; i++)
		if (record->finding == FINDING_CACHED &&
		    (facts->remembered >> i & 1) != 0)
			claim(record, CLAIM_REMEMBERED, &facts->wanted->owner,
			    facts->wanted->type, 0)->resolver = i + 1;
}

/* Did AWS say that it had found the row that is wanted? */
static bool
is_verified_once(const struct facts *facts)
{
	enum ses_status status = facts->plan->identity.status;

	return facts->wanted->proves != PROOF_NONE &&
	    (status == SES_VERIFIED || status == SES_TEMPORARY_FAILURE);
}

/* All that the answers show, once no more are coming. */
static void
claim_seen(struct record_diagnosis *record, const struct diagnosis *d,
    const struct evidence *e)
{
	const struct facts *facts = e->facts;
	const struct name *owner = &facts->wanted->owner;
	struct name guard;

	claim_silence(record, d, facts);
	claim_cells(record, d, facts);
	claim_recursion(record, d, facts);
	claim_memory(record, facts);
	for (size_t i = 0; i < record->founds; i++)
		claim_found(record, e, (int)i);
	if (facts->wildcard &&
	    plan_guard_name(facts->plan, facts->wanted, &guard) == 0)
		claim(record, CLAIM_SIBLING, &guard, facts->wanted->type, 0);
	if (facts->yes > 0 && e->key == MAILKEY_NONE)
		claim(record, CLAIM_KEYLESS, owner, RR_TXT, 0);
	if (facts->yes > 0 && e->key == MAILKEY_REVOKED)
		claim(record, CLAIM_REVOKED, owner, RR_TXT, 0);
	if (facts->yes > 0)
		return;
	if (record->finding == FINDING_MISSING && record->searched &&
	    record->founds == 0 && facts->no > 0)
		claim(record, CLAIM_NOWHERE, owner, facts->wanted->type, 0);
	if ((record->finding == FINDING_MISSING ||
	    record->finding == FINDING_NOT_YET) && facts->dark_at != 0 &&
	    record->founds == 0)
		claim(record, CLAIM_DARK, &facts->dark, facts->dark_type,
		    facts->dark_at);
	if (is_verified_once(facts))
		claim(record, CLAIM_VERIFIED_ONCE, owner, facts->wanted->type,
		    0);
	else if (record->unsaved)
		claim(record, CLAIM_UNCHANGED, &facts->delegation->zone,
		    RR_SOA, 0);
}

/* About the evidence that is the story, or the name that it leads to. */
static struct claim *
claim_story(struct record_diagnosis *record, enum claim_kind kind,
    const struct facts *facts, const struct name *subject)
{
	const struct found *f = &record->found[0];
	struct claim *c;

	if (record->founds == 0)
		return claim(record, kind, subject != NULL ? subject :
		    &facts->wanted->owner, facts->wanted->type, 0);
	c = claim(record, kind, subject != NULL ? subject : &f->owner, f->type,
	    seen_by(facts, f));
	c->found = 0;
	return c;
}

/* What the finding says in its own words. */
static void
claim_tacit(struct record_diagnosis *record, enum claim_kind kind,
    const struct facts *facts)
{
	if (kind == CLAIM_KEY_UNHEARD && !facts->unheard_key)
		return;
	claim_story(record, kind, facts, record->where.len > 0 &&
	    (kind == CLAIM_LEADS_ASTRAY || kind == CLAIM_UNANSWERED) ?
	    &record->where : NULL);
}

static void
claim_words(struct record_diagnosis *record, const struct facts *facts)
{
	const struct wanted *wanted = facts->wanted;
	struct claim *c;

	for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++)
		if (rests[i].finding == record->finding &&
		    claim_row(rests[i].claim)->sentence == NULL)
			claim_tacit(record, rests[i].claim, facts);
	for (size_t i = 0; i < record->remarks; i++) {
		const struct remark *remark = &record->remark[i];

		/* That one is about no row. */
		c = remark->kind == CLAIM_ABOVE_UNHEARD ? claim(record,
		    remark->kind, &wanted->owner, wanted->type, 0) :
		    claim_story(record, remark->kind, facts,
		    remark->subject.len > 0 ? &remark->subject : NULL);
		c->remark = i + 1;
	}
	if ((record->finding == FINDING_MISSING ||
	    record->finding == FINDING_OK) && record->retry_after > 0)
		claim(record, CLAIM_KEPT, &wanted->owner, wanted->type, 0);
}

void
claims_make(struct record_diagnosis *record, const struct diagnosis *d,
    const struct evidence *e)
{
	record->claims = 0;
	if (claim_domain(record, e->facts))
		return;
	if (e->facts->complete)
		claim_seen(record, d, e);
	claim_words(record, e->facts);
}

bool
claims_carry(const struct record_diagnosis *record)
{
	bool rest = false;

	for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++) {
		if (rests[i].finding != record->finding)
			continue;
		rest = true;
		for (size_t k = 0; k < record->claims; k++)
			if (record->claim[k].kind == rests[i].claim)
				return true;
	}
	return !rest;
}
