#include "diagnose.h"

#include <string.h>

#include <bsd/string.h>

#include "diagnose-internal.h"
#include "elsewhere.h"
#include "rr.h"

/* Everything the rules look at, gathered once per record. */
struct facts {
	const struct plan *plan;
	const struct wanted *wanted;
	const struct delegation *delegation;
	const struct observe_log *log;
	struct record_diagnosis *record;
	size_t yes, no, none, waiting;	/* cells of servers that answer */
	enum cell recursion;
	bool troubled;			/* some server does not answer */
	bool complete;
	bool hit[3];			/* by enum elsewhere_kind */
};

/* --- What a right answer is --- */

static bool
txt_starts(const struct rr *rr, const char *prefix)
{
	uint8_t text[RR_RDATA];
	size_t len = rr_txt_join(rr, text, sizeof text);

	return len >= strlen(prefix) &&
	    strncasecmp((const char *)text, prefix, strlen(prefix)) == 0;
}

/* An SPF record with the term; terms stand between spaces, RFC 7208 §4.6. */
static bool
spf_includes(const struct rr *rr, const char *term)
{
	uint8_t text[RR_RDATA];
	size_t len = rr_txt_join(rr, text, sizeof text), want = strlen(term);

	if (!txt_starts(rr, "v=spf1"))
		return false;
	for (size_t i = 0; i + want <= len; i++) {
		if (strncasecmp((const char *)text + i, term, want) == 0 &&
		    (i == 0 || text[i - 1] == ' ' || text[i - 1] == '+') &&
		    (i + want == len || text[i + want] == ' '))
			return true;
	}
	return false;
}

static bool
mx_host_equal(const struct rr *rr, const struct rr *expected)
{
	struct name a, b;

	return rr_target(rr, &a) == 0 && rr_target(expected, &b) == 0 &&
	    name_equal(&a, &b);
}

/*
 * Compares meaning, not text: any MX preference will do, SPF needs SES's
 * include, DMARC needs to be there.
 */
static bool
as_wanted(const struct wanted *wanted, const struct rr *rr)
{
	struct rr expected;
	const char *why;
	bool equal;

	if (rr->type != wanted->type)
		return false;
	switch (wanted->kind) {
	case WANTED_MAIL_FROM_SPF:
		return spf_includes(rr, "include:amazonses.com");
	case WANTED_DMARC:
		return txt_starts(rr, "v=DMARC1");
	default:
		break;
	}
	memset(&expected, 0, sizeof expected);
	if (rr_from_value(&expected, wanted->type, wanted->value, &why) == -1)
		return false;
	equal = wanted->kind == WANTED_MAIL_FROM_MX ?
	    mx_host_equal(rr, &expected) : rr_equal(rr, &expected);
	rr_release(&expected);
	return equal;
}

/* Does a TXT belong to the same family, so that a wrong one is evidence? */
static bool
akin(const struct wanted *wanted, const struct rr *rr)
{
	switch (wanted->kind) {
	case WANTED_MAIL_FROM_SPF:
		return txt_starts(rr, "v=spf1");
	case WANTED_DMARC:
		return txt_starts(rr, "v=DMARC");
	default:
		return true;
	}
}

/* --- Cells and evidence --- */

static bool
conclusive(const struct observation *o)
{
	return o->outcome == OUTCOME_ANSWER &&
	    (o->rcode == RCODE_NOERROR || o->rcode == RCODE_NXDOMAIN);
}

static bool
holds(const struct wanted *wanted, const struct observation *o)
{
	const struct rr *rr;
	size_t from = 0;

	while ((rr = observation_answer(o, wanted->type, &from)) != NULL)
		if (as_wanted(wanted, rr))
			return true;
	return false;
}

static enum cell
cell(const struct wanted *wanted, const struct observation *o, bool authority,
    bool complete)
{
	if (o == NULL)
		return complete ? CELL_NO_ANSWER : CELL_WAITING;
	if (!conclusive(o))
		return CELL_NO_ANSWER;
	if (authority && !o->aa)
		return CELL_NO_ANSWER;
	return holds(wanted, o) ? CELL_YES : CELL_NO;
}

/* Notes a record as seen by a server; the same one seen twice is one. */
static void
note(struct record_diagnosis *record, const struct rr *rr, size_t server)
{
	struct found *f = NULL;
	char value[DIAGNOSE_VALUE];

	rr_value(rr, value, sizeof value);
	for (size_t i = 0; i < record->founds; i++) {
		f = &record->found[i];
		if (name_equal(&f->owner, &rr->owner) && f->type == rr->type &&
		    strcmp(f->value, value) == 0)
			goto seen;
	}
	if (record->founds == DIAGNOSE_FOUND)
		return;
	f = &record->found[record->founds++];
	memset(f, 0, sizeof *f);
	f->owner = rr->owner;
	f->type = rr->type;
	f->ttl = rr->ttl;
	strlcpy(f->value, value, sizeof f->value);
seen:
	f->seen[f->seens++] = server;
}

static const struct observation *
at_server(const struct facts *facts, size_t server, const struct name *owner)
{
	return observe_look(facts->log, VANTAGE_AUTHORITY,
	    facts->delegation->server[server].address, owner,
	    facts->wanted->type);
}

/* What stands at the right owner: right or wrong, it is evidence. */
static void
gather_here(struct facts *facts, const struct diagnosis *d, bool right)
{
	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o;
		const struct rr *rr;
		size_t from = 0;

		if (d->server[i].state != SERVER_ANSWERS)
			continue;
		o = at_server(facts, i, &facts->wanted->owner);
		if (o == NULL || !conclusive(o))
			continue;
		while ((rr = observation_answer(o, facts->wanted->type,
		    &from)) != NULL)
			if (as_wanted(facts->wanted, rr) == right &&
			    (right || akin(facts->wanted, rr)))
				note(facts->record, rr, i);
	}
}

/* Where the record went: only a record with the wanted value is a hit. */
static void
gather_elsewhere(struct facts *facts, const struct diagnosis *d)
{
	struct elsewhere place[ELSEWHERE_NAMES];
	size_t places = elsewhere_names(facts->wanted, &facts->plan->domain,
	    &facts->delegation->zone, place);

	for (size_t p = 0; p < places; p++) {
		for (size_t i = 0; i < d->servers; i++) {
			const struct observation *o;
			const struct rr *rr;
			size_t from = 0;

			o = at_server(facts, i, &place[p].owner);
			if (o == NULL || !conclusive(o))
				continue;
			while ((rr = observation_answer(o,
			    facts->wanted->type, &from)) != NULL) {
				if (as_wanted(facts->wanted, rr)) {
					facts->hit[place[p].kind] = true;
					note(facts->record, rr, i);
				}
			}
		}
		/* The likeliest place that fits is the story to tell. */
		if (facts->record->founds > 0)
			return;
	}
}

/* --- The rules, from the most specific to the least --- */

/* What stands at the owner: "" when nothing does. */
static const struct found *
wrong(const struct facts *facts)
{
	for (size_t i = 0; i < facts->record->founds; i++)
		if (name_equal(&facts->record->found[i].owner,
		    &facts->wanted->owner))
			return &facts->record->found[i];
	return NULL;
}

static bool
is_ok(const struct facts *facts)
{
	if (facts->yes == 0 || facts->no + facts->none + facts->waiting > 0)
		return false;
	/* A recursion led astray by a troubled server is explained by it. */
	return facts->recursion == CELL_YES ||
	    (facts->troubled && facts->complete);
}

static bool
is_partial(const struct facts *facts)
{
	return facts->yes > 0 && (facts->no > 0 ||
	    (facts->complete && facts->none == 0 &&
	    facts->recursion == CELL_NO && !facts->troubled));
}

static bool
is_doubled_name(const struct facts *facts)
{
	return facts->hit[ELSEWHERE_DOUBLED];
}

static bool
is_misplaced(const struct facts *facts)
{
	return facts->hit[ELSEWHERE_NO_DOMAINKEY] ||
	    facts->hit[ELSEWHERE_NO_SUBDOMAIN];
}

static bool
is_doubled_target(const struct facts *facts)
{
	const struct found *f = wrong(facts);
	const struct name *tail[2] = { &facts->delegation->zone,
		&facts->plan->domain };
	char value[DIAGNOSE_VALUE], text[NAME_TEXT];

	if (f == NULL || facts->wanted->type == RR_TXT)
		return false;
	for (size_t i = 0; i < 2; i++) {
		strlcpy(value, facts->wanted->value, sizeof value);
		strlcat(value, ".", sizeof value);
		strlcat(value, name_text(tail[i], text), sizeof value);
		/* Compare the host; an MX may have another preference. */
		if (facts->wanted->type == RR_MX) {
			const char *a = strchr(value, ' ');
			const char *b = strchr(f->value, ' ');

			if (a != NULL && b != NULL && strcmp(a, b) == 0)
				return true;
		} else if (strcmp(value, f->value) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_swapped(const struct facts *facts)
{
	const struct found *f = wrong(facts);

	for (size_t i = 0; f != NULL && i < facts->plan->count; i++) {
		const struct wanted *other = &facts->plan->wanted[i];

		if (other != facts->wanted && other->type == f->type &&
		    strcmp(other->value, f->value) == 0)
			return true;
	}
	return false;
}

static bool
is_wrong_value(const struct facts *facts)
{
	return wrong(facts) != NULL;
}

/* The registry's "no" is as good as the zone's own. */
static bool
is_missing(const struct facts *facts)
{
	if (!facts->complete)
		return false;
	if (facts->delegation->state == DELEGATION_NOT_REGISTERED ||
	    facts->delegation->state == DELEGATION_NO_SERVERS)
		return true;
	return facts->no > 0 && facts->yes == 0 && facts->none == 0;
}

static bool
is_unreachable(const struct facts *facts)
{
	(void)facts;
	return true;
}

static const struct {
	enum finding finding;
	bool (*fits)(const struct facts *facts);
} rules[] = {
	{ FINDING_OK, is_ok },
	{ FINDING_PARTIAL, is_partial },
	{ FINDING_DOUBLED_TARGET, is_doubled_target },
	{ FINDING_SWAPPED, is_swapped },
	{ FINDING_WRONG_VALUE, is_wrong_value },
	{ FINDING_DOUBLED_NAME, is_doubled_name },
	{ FINDING_MISPLACED, is_misplaced },
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
		const struct observation *o = at_server(facts, i,
		    &facts->wanted->owner);
		const struct observation *before;
		const struct rr *soa;
		int64_t left;

		if (o == NULL)
			continue;
		before = observe_before(facts->log, &o->question);
		if (before == NULL || !conclusive(before) ||
		    holds(facts->wanted, before) ||
		    (soa = observation_soa(before)) == NULL)
			continue;
		left = rr_soa_negative_ttl(soa) - (now - before->when) / 1000;
		if (left > longest && left > 0)
			longest = left;
	}
	return longest;
}

static void
diagnose_record(struct diagnosis *d, size_t index, const struct plan *plan,
    const struct delegation *delegation,
    const struct probe_vantages *vantages, const struct observe_log *log,
    int64_t now, bool complete)
{
	struct record_diagnosis *record = &d->record[index];
	const struct wanted *wanted = &plan->wanted[index];
	struct facts facts = {
		.plan = plan,
		.wanted = wanted,
		.delegation = delegation,
		.log = log,
		.record = record,
		.complete = complete,
	};
	size_t column = 0, rule = 0;

	memset(record, 0, sizeof *record);
	record->retry_after = -1;
	for (size_t i = 0; i < d->servers; i++) {
		enum cell c = cell(wanted, at_server(&facts, i,
		    &wanted->owner), true, complete);

		record->cell[column++] = c;
		switch (d->server[i].state) {
		case SERVER_ANSWERS:
			break;
		case SERVER_WAITING:
			facts.waiting++;
			continue;
		case SERVER_SKIPPED:
			continue;
		default:
			facts.troubled = true;
			continue;
		}
		facts.yes += c == CELL_YES;
		facts.no += c == CELL_NO;
		facts.none += c == CELL_NO_ANSWER;
		facts.waiting += c == CELL_WAITING;
	}
	facts.recursion = cell(wanted, observe_look(log, VANTAGE_RECURSIVE, "",
	    &wanted->owner, wanted->type), false, complete);
	record->cell[column++] = facts.recursion;
	for (size_t i = 0; i < vantages->count; i++)
		record->cell[column++] = cell(wanted, observe_look(log,
		    vantages->also[i].kind, vantages->also[i].address,
		    &wanted->owner, wanted->type), false, complete);

	gather_here(&facts, d, facts.yes > 0);
	if (facts.yes == 0 && record->founds == 0)
		gather_elsewhere(&facts, d);

	while (!rules[rule].fits(&facts))
		rule++;
	record->finding = rules[rule].finding;
	record->state = finding_row(record->finding)->state;
	if (!wanted->required && record->state != STATE_PASS)
		record->state = STATE_WARN;
	record->settled = complete || record->finding == FINDING_OK;
	if (record->finding == FINDING_OK)
		record->retry_after = remembered_no(&facts, d, now);
}

void
diagnose(struct diagnosis *d, const struct plan *plan,
    const struct delegation *delegation, const struct provider *chosen,
    const struct probe_vantages *vantages, const struct observe_log *log,
    int64_t now, bool complete)
{
	bool required = false;

	memset(d, 0, sizeof *d);
	d->complete = complete;
	diagnose_servers(d, delegation, log, complete);
	d->columns = d->servers + 1 + vantages->count;
	d->records = plan->count;
	for (size_t i = 0; i < plan->count; i++)
		diagnose_record(d, i, plan, delegation, vantages, log, now,
		    complete);
	diagnose_domain(d, plan, delegation, chosen, complete);

	d->verdict = STATE_PASS;
	for (size_t i = 0; i < plan->count; i++) {
		if (!plan->wanted[i].required)
			continue;
		required = true;
		if (d->record[i].state > d->verdict)
			d->verdict = d->record[i].state;
	}
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].state > d->verdict)
			d->verdict = d->domain[i].state;
	/* Without SES values nothing can be called right. */
	if (!required && d->verdict < STATE_UNKNOWN)
		d->verdict = STATE_UNKNOWN;
}
