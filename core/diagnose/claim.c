#include "diagnose/claim.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "diagnose/diagnose.h"
#include "diagnose/diagnose-internal.h"
#include "diagnose/rules.h"

static const struct claim_row rows[CLAIM_COUNT] = {
#define CLAIM(id, name, sentence) [id] = { name, sentence },
#include "diagnose/claim.def"
#undef CLAIM
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

/* Did the zone's own server answer so, and not one that only passes it on? */
static bool
vouches(const struct facts *facts, size_t server, const struct found *found)
{
	const uint16_t types[2] = { found->type, facts->wanted->type };

	for (size_t i = 0; i < 2; i++) {
		const struct observation *o = facts_at(facts, server,
		    &found->owner, types[i]);

		if (facts_sound(o) && o->aa)
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
	if (!here && e->policy->inherited)
		c = claim(record, CLAIM_ABOVE, &f->owner, f->type, 0);
	else if (!here)
		c = claim(record, CLAIM_ELSEWHERE, &f->owner, f->type, at);
	else if (f->type == RR_CNAME && wanted->type != RR_CNAME)
		c = claim(record, CLAIM_ALIAS, &f->owner, f->type, at);
	else if (f->type == RR_A && wanted->type != RR_A)
		c = claim(record, CLAIM_ADDRESS, &f->owner, f->type, at);
	else if (f->right && strcasecmp(f->value, wanted->value) == 0)
		return;
	else
		c = claim(record, f->right &&
		    e->policy->finding == FINDING_OK ? CLAIM_SERVES :
		    CLAIM_HOLDS, &f->owner, f->type, at);
	c->found = index;
}

/* Is what is held the text that was given, wherever it is seen? */
static bool
is_as_given(const struct record_diagnosis *record,
    const struct wanted *wanted)
{
	for (size_t i = 0; i < record->founds; i++)
		if (record->found[i].right &&
		    name_equal(&record->found[i].owner, &wanted->owner) &&
		    strcasecmp(record->found[i].value, wanted->value) != 0)
			return false;
	return true;
}

static void
claim_cells(struct record_diagnosis *record, const struct diagnosis *d,
    const struct facts *facts)
{
	const struct wanted *wanted = facts->wanted;
	uint32_t yes = servers_with(record, d, CELL_YES);
	uint32_t no = servers_with(record, d, CELL_NO);
	uint32_t none = servers_with(record, d, CELL_NO_ANSWER);

	if (facts->referred != 0)
		claim(record, CLAIM_REFERRED, &wanted->owner, wanted->type,
		    facts->referred);
	if (yes != 0 && is_as_given(record, wanted))
		claim(record, CLAIM_HELD, &wanted->owner, wanted->type, yes);
	if (no != 0)
		claim(record, CLAIM_ABSENT, &wanted->owner, wanted->type, no);
	if (none != 0)
		claim(record, CLAIM_UNHEARD, &wanted->owner, wanted->type,
		    none);
}

/* Did AWS say that it had found the row that is wanted? */
static bool
is_verified_once(const struct facts *facts)
{
	enum ses_status status = facts->plan->identity.status;

	return facts->wanted->proves != PROOF_NONE &&
	    (status == SES_VERIFIED || status == SES_TEMPORARY_FAILURE);
}

void
claims_make(struct record_diagnosis *record, const struct diagnosis *d,
    const struct evidence *e)
{
	const struct facts *facts = e->facts;
	const struct name *owner = &facts->wanted->owner;
	struct name guard;

	record->claims = 0;
	if (!facts->complete || claim_domain(record, facts))
		return;
	claim_cells(record, d, facts);
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
	if (is_verified_once(facts))
		claim(record, CLAIM_VERIFIED_ONCE, owner, facts->wanted->type,
		    0);
	else if (record->unsaved)
		claim(record, CLAIM_UNCHANGED, &facts->delegation->zone,
		    RR_SOA, 0);
}
