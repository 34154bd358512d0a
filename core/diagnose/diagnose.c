#include "diagnose/diagnose.h"

#include <stdlib.h>
#include <string.h>

#include "diagnose/asks.h"
#include "diagnose/diagnose-internal.h"
#include "diagnose/facts.h"
#include "diagnose/rules.h"
#include "base/xalloc.h"

/* What is known of the record that is being judged. */
struct diagnose_work {
	struct facts facts;
	struct facts_walks walks;
};

/* Only a DKIM record leads to a key of Amazon's. */
static enum mailkey
key_behind(const struct wanted *wanted, const struct observe_log *log)
{
	struct name lead;

	return wanted->kind == WANTED_DKIM && plan_lead(wanted, &lead) == 0 ?
	    mailkey_behind(&wanted->owner, &lead, log) : MAILKEY_UNKNOWN;
}

/* Has some DKIM record of the plan a key, or can that not be told? */
static bool
has_any_key(const struct plan *plan, const struct observe_log *log)
{
	for (size_t i = 0; i < plan->count; i++) {
		enum mailkey key = key_behind(&plan->wanted[i], log);

		if (plan->wanted[i].kind == WANTED_DKIM &&
		    (key == MAILKEY_THERE || key == MAILKEY_UNKNOWN))
			return true;
	}
	return false;
}

/*
 * How long a resolver that asked while the record was absent may still
 * remember its "no" (RFC 2308): seconds, or -1.
 */
static int64_t
remembered_no(const struct facts *facts, int64_t now)
{
	int64_t longest = -1;

	for (size_t i = facts->part.first; i < facts->part.end; i++) {
		const struct observation *before = facts_at(facts, i,
		    &facts->wanted->owner, facts->wanted->type);

		/* Earlier looks may have found it right already. */
		while (before != NULL && (before = observe_before(facts->log,
		    &before->question, before->round)) != NULL) {
			const struct rr *soa = observation_soa(before);
			int64_t left;

			if (!facts_sound(before) || soa == NULL ||
			    facts_hold(facts->wanted, before, facts->log,
			    facts->walks))
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
remembers_no(const struct facts *facts)
{
	int64_t longest = -1;

	for (size_t i = facts->part.first; i < facts->part.end; i++) {
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
	/* Silence proves nothing. */
	if (finding == FINDING_KEY_UNREACHABLE && facts->hidden == 0)
		return STATE_UNKNOWN;
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

/*
 * It is taken where it stands, so whoever has it there has it; who was not
 * asked for it there has no say.
 */
static void
count_old_token(const struct facts *facts, const struct diagnosis *d)
{
	struct record_diagnosis *record = facts->record;
	const struct found *found = &record->found[0];

	for (size_t i = 0; i < d->columns; i++)
		if (record->cell[i] == CELL_NO && (i >= d->all ||
		    !facts_sound(facts_at(facts, i, &found->owner,
		    found->type))))
			record->cell[i] = CELL_APART;
	for (size_t i = 0; i < found->seens; i++)
		record->cell[found->seen[i]] = CELL_YES;
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

/*
 * What happened to a value that SES gave, in the place of what its policy
 * would mean; a key has its own reasons.
 */
static void
keep_reason(struct record_diagnosis *record, const struct facts *facts)
{
	const struct value_reason *reason = &facts->reason;

	if (reason->text == NULL || facts->wanted->kind == WANTED_BYODKIM ||
	    (record->finding != FINDING_ALTERED_VALUE &&
	    record->finding != FINDING_WRONG_VALUE &&
	    record->finding != FINDING_WRONG_TYPE))
		return;
	record->why = NULL;
	record->remarks = 1;
	record->remark[0] = (struct remark){ .kind = reason->kind,
	    .text = reason->text, .there = reason->there,
	    .belongs = reason->belongs };
}

static void
keep_policy(struct record_diagnosis *record, const struct policy *policy)
{
	/* Another fault comes first. */
	record->why = record->finding == policy->finding ? policy->why : NULL;
	record->place = policy->place;
	record->where = policy->where;
	record->circle = policy->circle;
	memcpy(record->remark, policy->remark, sizeof record->remark);
	record->remarks = policy->remarks;
}

/* Begins with what the answers say of a record. */
static void
begin_record(struct diagnosis *d, size_t index, const struct inputs *in)
{
	d->work = xcalloc(1, sizeof *d->work);
	d->work->facts = (struct facts){
		.plan = in->plan,
		.known = &in->background->known,
		.wanted = &in->plan->wanted[index],
		.delegation = in->delegation,
		.part = delegation_part(in->delegation,
		    &in->plan->wanted[index].owner),
		.log = in->log,
		.record = &d->record[index],
		.walks = &d->work->walks,
		.complete = in->complete,
		.beyond = in->met != 0,
		.elsewhere = FINDING_OK,
	};
	d->record[index].retry_after = -1;
}

/* What that means, with what is wrong with its policy. */
static void
judge_record(struct diagnosis *d, size_t index, const struct inputs *in,
    const struct policy *policy)
{
	struct record_diagnosis *record = &d->record[index];
	const struct facts *facts = &d->work->facts;
	struct evidence c = {
		.facts = facts,
		.company = company_of(in->company, in->delegation,
		    &facts->part),
		.now = in->now,
		.key = key_behind(facts->wanted, in->log),
		.any_key = d->any_key,
		.policy = policy,
		.covered = is_covered(d, in->plan, policy),
	};

	d->cut |= facts->cut;
	record->finding = rule_find(&c);
	keep_policy(record, policy);
	keep_reason(record, facts);
	if (policy->inherited && rule_is_inherited(&c)) {
		record->founds = 0;
		facts_note(facts, policy->ruling, NULL);
	}
	record->state = state_of(facts, record->finding);
	if (is_old_token(facts)) {
		record->finding = FINDING_OK;
		record->state = STATE_WARN;
	}
	record->settled = in->complete || (record->finding == FINDING_OK &&
	    !policy->open);
	if (record->finding == FINDING_OK)
		record->retry_after = remembered_no(facts, in->now);
	else if (record->finding == FINDING_CACHED)
		record->retry_after = facts->remembered_for;
	else if (record->finding == FINDING_MISSING ||
	    record->finding == FINDING_NOT_YET)
		record->retry_after = remembers_no(facts);
	record->unsaved = record->finding == FINDING_MISSING &&
	    !delegation_is_below(in->delegation, &facts->part) &&
	    diagnose_unsaved(d, in, facts->wanted);
	claims_make(record, d, &c);
	if (is_old_token(facts))
		count_old_token(facts, d);
	record->asks = asks_for(record, policy);
}

/* Goes on with a record until the turn is over; true when it is judged. */
static bool
diagnose_record(struct diagnosis *d, size_t index, const struct inputs *in,
    const struct turn *turn)
{
	struct policy policy;

	if (d->work == NULL)
		begin_record(d, index, in);
	if (!facts_gather(&d->work->facts, d, in->vantages, turn))
		return false;
	policy_judge(&policy, &d->work->facts);
	judge_record(d, index, in, &policy);
	free(d->work);
	d->work = NULL;
	return true;
}

bool
diagnosis_finds(const struct diagnosis *d, enum finding finding)
{
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == finding)
			return true;
	return false;
}

/*
 * Where nobody holds the zone, waiting heals nothing; where the signatures are
 * broken behind an alias alone, nothing of the domain's.
 */
static void
send_on(struct record_diagnosis *record, const struct wanted *wanted,
    const struct diagnosis *d, const struct inputs *in)
{
	struct delegation_part part = delegation_part(in->delegation,
	    &wanted->owner);

	if (record->finding == FINDING_UNREACHABLE &&
	    diagnose_told_gone(d, &part.zone))
		record->remedy.what = delegation_is_below(in->delegation,
		    &part) ? REMEDY_ASK_COMPANY : REMEDY_REGISTRAR;
	if (record->finding == FINDING_DNSSEC_BOGUS && record->founds > 0 &&
	    record->found[0].type == RR_CNAME &&
	    !diagnosis_finds(d, FINDING_DNSSEC_BOGUS))
		record->remedy.what = REMEDY_NONE;
}

/* What heals each record, in the form in which it has an effect. */
static void
find_remedies(struct diagnosis *d, const struct inputs *in)
{
	/* Nothing is seen of what is entered, whatever the form. */
	bool parked = diagnosis_finds(d, FINDING_PARKED);

	for (size_t i = 0; i < d->records; i++) {
		const struct provider *company = diagnose_company(d, in->plan,
		    in->company, in->delegation, i);

		d->record[i].remedy = remedy_of(&d->record[i],
		    &in->plan->wanted[i], in->plan, company_rules(in->company,
		    company));
		if (parked && d->record[i].state != STATE_PASS)
			d->record[i].remedy = (struct remedy){
			    REMEDY_REGISTRAR, REMEDY_NO_ROW, 0 };
		send_on(&d->record[i], &in->plan->wanted[i], d, in);
	}
}

/* Was the very same seen of both, told apart by nothing but their names? */
static bool
same_seen(const struct record_diagnosis *a, const struct record_diagnosis *b)
{
	if (a->claims != b->claims || a->remarks != b->remarks ||
	    a->why != b->why || a->unsaved != b->unsaved)
		return false;
	for (size_t i = 0; i < a->claims; i++)
		if (a->claim[i].kind != b->claim[i].kind ||
		    a->claim[i].at != b->claim[i].at)
			return false;
	for (size_t i = 0; i < a->remarks; i++)
		if (a->remark[i].text != b->remark[i].text ||
		    strcmp(a->remark[i].there.text,
		    b->remark[i].there.text) != 0 ||
		    strcmp(a->remark[i].belongs.text,
		    b->remark[i].belongs.text) != 0)
			return false;
	return true;
}

/* One fault in several rows of a kind, mended alike, is told once. */
static void
join_alike(struct diagnosis *d, const struct plan *plan)
{
	for (size_t i = 0; i < d->records; i++) {
		struct record_diagnosis *r = &d->record[i];

		r->like = i;
		if (r->state == STATE_PASS || !remedy_is_plain(r))
			continue;
		for (size_t k = 0; k < i && r->like == i; k++) {
			const struct record_diagnosis *other = &d->record[k];

			if (plan->wanted[k].kind == plan->wanted[i].kind &&
			    other->finding == r->finding &&
			    other->state == r->state &&
			    other->remedy.what == r->remedy.what &&
			    other->remedy.set == r->remedy.set &&
			    same_seen(other, r))
				r->like = other->like;
		}
	}
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
diagnosis_init(struct diagnosis *d, size_t records)
{
	memset(d, 0, sizeof *d);
	d->record = xcalloc(records, sizeof *d->record);
	d->records = records;
}

void
diagnosis_free_records(struct record_diagnosis *record, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < DIAGNOSE_FOUND; k++)
			free(record[i].found[k].value);
	free(record);
}

void
diagnosis_release(struct diagnosis *d)
{
	diagnosis_free_records(d->record, d->records);
	free(d->work);
	memset(d, 0, sizeof *d);
}

void
diagnosis_copy(struct diagnosis *dst, const struct diagnosis *src)
{
	diagnosis_release(dst);
	*dst = *src;
	dst->work = NULL;
	dst->record = xcalloc(src->records, sizeof *dst->record);
	for (size_t i = 0; i < src->records; i++) {
		dst->record[i] = src->record[i];
		for (size_t k = 0; k < DIAGNOSE_FOUND; k++) {
			char **value = &dst->record[i].found[k].value;

			if (*value != NULL)
				*value = xstrdup(*value);
		}
	}
}

/* Who answers, on which every record is judged. */
static void
begin(struct diagnosis *d, const struct inputs *in)
{
	diagnosis_init(d, in->plan->count);
	d->complete = in->complete;
	diagnose_servers(d, in->delegation, in->log, in->complete);
	d->columns = d->all + 1 + in->vantages->count;
	d->any_key = has_any_key(in->plan, in->log);
}

/* What all records together mean. */
static void
end(struct diagnosis *d, const struct inputs *in)
{
	diagnose_domain(d, in);
	find_remedies(d, in);
	join_alike(d, in->plan);
	diagnose_ses(d, in);
	d->verdict = worst(d, in->plan);
}

/* The domain's name servers, each record in the order of the plan, the rest. */
bool
diagnose(struct diagnosis *d, const struct inputs *in, const struct turn *turn)
{
	const size_t last = in->plan->count + 1;

	while (d->pieces <= last) {
		if (d->pieces == 0)
			begin(d, in);
		else if (d->pieces == last)
			end(d, in);
		else if (!diagnose_record(d, d->pieces - 1, in, turn))
			return false;
		d->pieces++;
		if (turn != NULL && turn_is_over(turn))
			break;
	}
	return d->pieces > last;
}
