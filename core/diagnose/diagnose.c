#include "diagnose/diagnose.h"

#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "diagnose/diagnose-internal.h"
#include "diagnose/facts.h"
#include "mail/mailkey.h"
#include "diagnose/policy.h"

enum {
	MINUTE = 60000	/* ms */
};

/* What rules may look at besides the facts of their record. */
struct evidence {
	const struct facts *facts;
	const struct provider *company;
	int64_t now;
	enum mailkey key;		/* behind this record's target */
	bool any_key;			/* behind any of the DKIM targets */
	const struct policy *policy;	/* SPF or DMARC */
	bool covered;			/* mail from SES passes DMARC */
};

/*
 * What stands at the right name though it is wrong; NULL: nothing.  Beside the
 * right value it is no fault of this record's.
 */
static const struct found *
wrong(const struct facts *facts)
{
	const struct record_diagnosis *record = facts->record;

	if (facts->yes == 0 && record->founds > 0 && facts->slip != VALUE_RIGHT &&
	    name_equal(&record->found[0].owner, &facts->wanted->owner) &&
	    record->found[0].type == facts->wanted->type)
		return &record->found[0];
	return NULL;
}

static bool
everywhere(const struct facts *facts)
{
	return facts->yes + facts->referred > 0 &&
	    facts->no + facts->none + facts->waiting == 0;
}

/* A recursion led astray by a troubled server is explained by it. */
static bool
stands(const struct facts *facts)
{
	return everywhere(facts) && (facts->recursion == CELL_YES ||
	    (facts->yes > 0 && facts->troubled && facts->complete));
}

/* The registry's "no" is as good as the zone's own. */
static bool
is_absent(const struct facts *facts)
{
	if (!facts->complete)
		return false;
	if (facts->delegation->state == DELEGATION_NOT_REGISTERED ||
	    facts->delegation->state == DELEGATION_NO_SERVERS)
		return true;
	if (facts->yes > 0 || facts->none > 0)
		return false;
	return facts->no > 0 ||
	    (facts->referred > 0 && facts->recursion == CELL_NO);
}

static bool
is_bogus(const struct evidence *c)
{
	return c->facts->bogus;
}

static bool
is_extra(const struct evidence *c)
{
	const struct facts *facts = c->facts;

	if (facts->wanted->kind == WANTED_DKIM)
		return facts->yes > 0 && facts->no == 0 &&
		    (facts->values > 1 || facts->beside);
	/* While copies differ, the values are not all at one server. */
	return facts->wanted->kind == WANTED_MAIL_FROM_MX &&
	    facts->yes > 0 && facts->no == 0 && facts->values > 1;
}

static bool
is_hidden_key(const struct evidence *c)
{
	return c->facts->hidden && everywhere(c->facts);
}

static bool
is_revoked(const struct evidence *c)
{
	return stands(c->facts) && c->key == MAILKEY_REVOKED && !c->any_key;
}

static bool
is_keyless(const struct evidence *c)
{
	return stands(c->facts) && c->key == MAILKEY_NONE && !c->any_key;
}

static bool
is_spf_multiple(const struct evidence *c)
{
	return c->policy->finding == FINDING_SPF_MULTIPLE;
}

/* A DMARC record or key behind a CNAME at the right name counts. */
static bool
is_alias(const struct evidence *c)
{
	return c->facts->cname && c->policy->ruling != NULL &&
	    !c->policy->inherited;
}

/* A DMARC record above the domain covers it. */
static bool
is_inherited(const struct evidence *c)
{
	return c->policy->inherited && is_absent(c->facts);
}

/* Receivers refuse its mail for as long as nothing makes it pass. */
static bool
is_enforced(const struct evidence *c)
{
	return c->policy->enforced && !c->covered &&
	    (everywhere(c->facts) || is_alias(c) || is_inherited(c));
}

static bool
is_policy(const struct evidence *c)
{
	return c->policy->finding != FINDING_OK && (is_alias(c) ||
	    (c->facts->yes > 0 && c->facts->no == 0));
}

static bool
is_wrong_policy(const struct evidence *c)
{
	return c->policy->finding != FINDING_OK && wrong(c->facts) != NULL;
}

static bool
is_cached(const struct evidence *c)
{
	return stands(c->facts) && c->facts->remembered &&
	    !c->facts->troubled;
}

static bool
is_ok(const struct evidence *c)
{
	return stands(c->facts);
}

/* Copies that nobody keeps in step: waiting does not help. */
static bool
is_other_copy(const struct evidence *c)
{
	return c->facts->copies && c->facts->complete && c->facts->yes > 0 &&
	    c->facts->no > 0;
}

static bool
is_partial(const struct evidence *c)
{
	const struct facts *facts = c->facts;

	return facts->yes > 0 && (facts->no > 0 || (facts->complete &&
	    facts->none == 0 && !facts->troubled &&
	    (facts->recursion == CELL_NO || facts->recursion == CELL_OTHER)));
}

/* An own key is judged as a key, not as a text. */
static bool
is_wrong_key(const struct evidence *c)
{
	return c->facts->wanted->kind == WANTED_BYODKIM &&
	    !c->facts->wildcard && is_wrong_policy(c);
}

/* The row is there, made as a CNAME. */
static bool
is_made_as_cname(const struct evidence *c)
{
	return c->facts->cname_ours && !c->facts->wildcard;
}

static bool
is_conflict(const struct evidence *c)
{
	return c->facts->cname && !c->facts->wildcard &&
	    !c->facts->cname_sibling;
}

static bool
is_doubled_target(const struct evidence *c)
{
	const struct facts *facts = c->facts;
	const struct found *f = wrong(facts);
	const struct name *tail[2] = { &facts->delegation->zone,
		&facts->plan->domain };
	char value[DIAGNOSE_VALUE], text[NAME_TEXT];

	if (f == NULL || facts->wanted->type == RR_TXT)
		return false;
	for (size_t i = 0; i < 2; i++) {
		const char *a = value, *b = f->value;

		strlcpy(value, facts->wanted->value, sizeof value);
		strlcat(value, ".", sizeof value);
		strlcat(value, name_text(tail[i], text), sizeof value);
		/* Compare the host; an MX may have another preference. */
		if (facts->wanted->type == RR_MX) {
			a += strcspn(a, " ");
			b += strcspn(b, " ");
		}
		if (strcasecmp(a, b) == 0)
			return true;
	}
	return false;
}

static bool
is_swapped(const struct evidence *c)
{
	const struct found *f = wrong(c->facts);

	for (size_t i = 0; f != NULL && i < c->facts->plan->count; i++) {
		const struct wanted *other = &c->facts->plan->wanted[i];

		if (other != c->facts->wanted && other->type == f->type &&
		    strcasecmp(other->value, f->value) == 0)
			return true;
	}
	return false;
}

static bool
is_wildcard(const struct evidence *c)
{
	return c->facts->wildcard && c->facts->elsewhere == FINDING_OK;
}

static bool
is_slip(const struct evidence *c, enum value_slip slip)
{
	return wrong(c->facts) != NULL && c->facts->slip == slip;
}

static bool
is_other_region(const struct evidence *c)
{
	return is_slip(c, VALUE_OTHER_REGION);
}

static bool
is_quoted(const struct evidence *c)
{
	return is_slip(c, VALUE_QUOTED);
}

static bool
is_altered(const struct evidence *c)
{
	return is_slip(c, VALUE_ALTERED);
}

static bool
is_wrong_value(const struct evidence *c)
{
	return wrong(c->facts) != NULL;
}

static bool
is_inherited_wrong(const struct evidence *c)
{
	return c->policy->finding != FINDING_OK && is_inherited(c);
}

static bool
is_elsewhere(const struct evidence *c)
{
	return c->facts->elsewhere != FINDING_OK;
}

static bool
is_proxied(const struct evidence *c)
{
	return c->facts->address;
}

static bool
is_not_yet(const struct evidence *c)
{
	int64_t entered = c->facts->wanted->entered;

	return is_absent(c->facts) && entered > 0 &&
	    !diagnose_overdue(c->facts->plan, c->facts->wanted) &&
	    c->company != NULL &&
	    c->facts->delegation->state == DELEGATION_FOUND &&
	    c->now - entered < (int64_t)c->company->wait_max * MINUTE;
}

static bool
is_missing(const struct evidence *c)
{
	return is_absent(c->facts);
}

static bool
is_unreachable(const struct evidence *c)
{
	(void)c;
	return true;
}

/*
 * From the most specific to the least; the first that fits is the finding.
 * FINDING_COUNT: the rule's own facts name it.
 */
static const struct {
	enum finding finding;
	bool (*fits)(const struct evidence *c);
} rules[] = {
	{ FINDING_DNSSEC_BOGUS, is_bogus },
	{ FINDING_EXTRA_VALUE, is_extra },
	{ FINDING_KEY_UNREACHABLE, is_hidden_key },
	{ FINDING_SPF_MULTIPLE, is_spf_multiple },
	{ FINDING_DMARC_ENFORCED, is_enforced },
	{ FINDING_COUNT, is_policy },
	{ FINDING_KEY_REVOKED, is_revoked },
	{ FINDING_KEY_UNPUBLISHED, is_keyless },
	{ FINDING_CACHED, is_cached },
	{ FINDING_OK, is_ok },
	{ FINDING_OTHER_COPY, is_other_copy },
	{ FINDING_PARTIAL, is_partial },
	{ FINDING_OK, is_alias },
	{ FINDING_COUNT, is_wrong_key },
	{ FINDING_WRONG_TYPE, is_made_as_cname },
	{ FINDING_CONFLICT, is_conflict },
	{ FINDING_DOUBLED_TARGET, is_doubled_target },
	{ FINDING_SWAPPED, is_swapped },
	{ FINDING_WRONG_REGION, is_other_region },
	{ FINDING_QUOTED_VALUE, is_quoted },
	{ FINDING_ALTERED_VALUE, is_altered },
	{ FINDING_WILDCARD, is_wildcard },
	{ FINDING_COUNT, is_wrong_policy },
	{ FINDING_WRONG_VALUE, is_wrong_value },
	{ FINDING_COUNT, is_elsewhere },
	{ FINDING_PROXIED, is_proxied },
	{ FINDING_COUNT, is_inherited_wrong },
	{ FINDING_INHERITED, is_inherited },
	{ FINDING_NOT_YET, is_not_yet },
	{ FINDING_MISSING, is_missing },
	{ FINDING_UNREACHABLE, is_unreachable },
};

/*
 * How long a resolver that asked while the record was absent may still
 * remember its "no" (RFC 2308): seconds, or -1.
 */
static int64_t
remembered_no(const struct facts *facts, const struct diagnosis *d,
    int64_t now)
{
	int64_t longest = -1;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *before = facts_at(facts, i,
		    &facts->wanted->owner, facts->wanted->type);

		/* Earlier looks may have found it right already. */
		while (before != NULL && (before = observe_before(facts->log,
		    &before->question, before->round)) != NULL) {
			const struct rr *soa = observation_soa(before);
			int64_t left;

			if (!facts_sound(before) || soa == NULL ||
			    facts_hold(facts->wanted, before))
				continue;
			left = rr_soa_negative_ttl(soa) -
			    (now - before->when) / 1000;
			if (left > longest && left > 0)
				longest = left;
			break;
		}
	}
	return longest;
}

/* How long an answer of now may be remembered that has not the record. */
static int64_t
remembers_no(const struct facts *facts, const struct diagnosis *d)
{
	int64_t longest = -1;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o = facts_at(facts, i,
		    &facts->wanted->owner, facts->wanted->type);
		const struct rr *soa;

		if (!facts_sound(o) || !o->aa || o->answers > 0 ||
		    (soa = observation_soa(o)) == NULL)
			continue;
		if (rr_soa_negative_ttl(soa) > longest)
			longest = rr_soa_negative_ttl(soa);
	}
	return longest;
}

/* The state of the finding's row, but for what one row cannot say. */
static enum state
state_of(const struct facts *facts, enum finding finding)
{
	enum state state = finding_row(finding)->state;

	/* "Works, points to another region": a note. */
	if (finding == FINDING_WRONG_REGION &&
	    facts->wanted->type == RR_MX)
		return STATE_WARN;
	if (!facts->wanted->required && state != STATE_PASS)
		return STATE_WARN;
	return state;
}

/* An old identity's token without prefix at the domain itself is valid. */
static bool
is_old_token(const struct facts *facts)
{
	return facts->wanted->kind == WANTED_VERIFICATION &&
	    facts->elsewhere == FINDING_MISPLACED &&
	    name_equal(&facts->record->found[0].owner, &facts->plan->domain);
}

/* The rows of these two kinds: how many are wanted, and does each stand? */
static bool
each_stands(const struct diagnosis *d, const struct plan *plan,
    enum wanted_kind a, enum wanted_kind b, size_t *count)
{
	bool stand = true;

	*count = 0;
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->wanted[i].kind != a && plan->wanted[i].kind != b)
			continue;
		*count += 1;
		stand = stand && d->record[i].state == STATE_PASS;
	}
	return stand;
}

/*
 * What mail needs to pass DMARC: every DKIM row, and the key behind it.  An
 * older identity without DKIM has MAIL FROM instead, if that is aligned.
 */
static bool
is_covered(const struct diagnosis *d, const struct plan *plan,
    const struct policy *policy)
{
	size_t count;
	bool stand = each_stands(d, plan, WANTED_DKIM, WANTED_BYODKIM,
	    &count);

	if (count > 0)
		return stand;
	return policy->finding != FINDING_DMARC_UNALIGNED &&
	    each_stands(d, plan, WANTED_MAIL_FROM_MX, WANTED_MAIL_FROM_SPF,
	    &count) && count > 0;
}

/* What happened to a value that SES gave; a key has its own reasons. */
static void
keep_reason(struct record_diagnosis *record, const struct facts *facts)
{
	if (facts->reason == NULL || record->remarks > 0 ||
	    (record->finding != FINDING_ALTERED_VALUE &&
	    record->finding != FINDING_WRONG_VALUE))
		return;
	record->remark[record->remarks++].text = facts->reason;
}

static void
keep_policy(struct record_diagnosis *record, const struct policy *policy)
{
	record->why = policy->why;
	record->where = policy->where;
	memcpy(record->remark, policy->remark, sizeof record->remark);
	record->remarks = policy->remarks;
}

static void
diagnose_record(struct diagnosis *d, size_t index, const struct inputs *in,
    bool any_key)
{
	struct policy policy;
	struct record_diagnosis *record = &d->record[index];
	struct facts facts = {
		.plan = in->plan,
		.wanted = &in->plan->wanted[index],
		.delegation = in->delegation,
		.log = in->log,
		.record = record,
		.complete = in->complete,
		.elsewhere = FINDING_OK,
	};
	struct evidence c = {
		.facts = &facts,
		.company = in->company,
		.now = in->now,
		.any_key = any_key,
		.policy = &policy,
	};
	size_t rule = 0;

	memset(record, 0, sizeof *record);
	record->retry_after = -1;
	facts_gather(&facts, d, in->vantages);
	c.key = mailkey_behind(facts.wanted, in->log);
	policy_judge(&policy, &facts);
	c.covered = is_covered(d, in->plan, &policy);
	keep_policy(record, &policy);

	while (!rules[rule].fits(&c))
		rule++;
	record->finding = rules[rule].finding;
	if (record->finding == FINDING_COUNT)
		record->finding = rules[rule].fits == is_elsewhere ?
		    facts.elsewhere : policy.finding;
	keep_reason(record, &facts);
	if (policy.inherited && is_inherited(&c)) {
		record->founds = 0;
		facts_note(record, policy.ruling, NULL);
	}
	record->state = state_of(&facts, record->finding);
	if (is_old_token(&facts)) {
		record->finding = FINDING_OK;
		record->state = STATE_WARN;
	}
	record->settled = in->complete || record->finding == FINDING_OK;
	if (record->finding == FINDING_OK)
		record->retry_after = remembered_no(&facts, d, in->now);
	else if (record->finding == FINDING_CACHED)
		record->retry_after = facts.remembered_for;
	else if (record->finding == FINDING_MISSING ||
	    record->finding == FINDING_NOT_YET)
		record->retry_after = remembers_no(&facts, d);
	record->unsaved = record->finding == FINDING_MISSING &&
	    diagnose_unsaved(d, in, facts.wanted);
}

static enum state
worst(const struct diagnosis *d, const struct plan *plan)
{
	enum state verdict = STATE_PASS;
	bool required = false;

	for (size_t i = 0; i < plan->count; i++) {
		if (!plan->wanted[i].required)
			continue;
		required = true;
		if (d->record[i].state > verdict)
			verdict = d->record[i].state;
	}
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].state > verdict)
			verdict = d->domain[i].state;
	/* Without SES values nothing can be called right. */
	if (!required && verdict < STATE_UNKNOWN)
		verdict = STATE_UNKNOWN;
	return verdict;
}

void
diagnose(struct diagnosis *d, const struct inputs *in)
{
	bool any_key;

	memset(d, 0, sizeof *d);
	d->complete = in->complete;
	diagnose_servers(d, in->delegation, in->log, in->complete);
	d->columns = d->servers + 1 + in->vantages->count;
	d->records = in->plan->count;
	any_key = mailkey_any(in->plan, in->log);
	for (size_t i = 0; i < in->plan->count; i++)
		diagnose_record(d, i, in, any_key);
	diagnose_domain(d, in);
	diagnose_ses(d, in);
	d->verdict = worst(d, in->plan);
}
