#include "diagnose/policy-internal.h"

#include <stdlib.h>

#include "mail/dmarc.h"
#include "base/lang.h"
#include "dns/rr.h"
#include "dns/suffix.h"
#include "base/xalloc.h"

/* One domain's walk up the tree, RFC 9989 section 4.10, from the log. */
struct walk {
	struct name domain;
	struct name asked[DMARC_QUERIES];
	struct dmarc parsed[DMARC_QUERIES];
	const struct dmarc *record[DMARC_QUERIES];
	const struct rr *rr[DMARC_QUERIES];
	size_t count;
	bool unknown;	/* some name gave no sound answer, */
	bool unheard;	/* above the domain, in the same hands */
};

/* Above the domain, up to the one that was registered. */
static bool
is_above(const struct walk *walk, size_t i)
{
	struct name registered, above;

	suffix_registered(&walk->domain, &registered);
	name_parent(&above, &walk->asked[i]);
	return !name_equal(&above, &walk->domain) &&
	    name_is_below(&above, &registered);
}

static void
keep(struct walk *walk, size_t i, const struct texts *texts)
{
	/* Of several none counts. */
	if (texts->count != 1)
		return;
	dmarc_parse(&walk->parsed[i], texts->text, texts->len);
	walk->record[i] = &walk->parsed[i];
	walk->rr[i] = texts->rr;
}

/* own, unless NULL, is fresher than what our recursion says of the first. */
static struct walk *
walk_up(const struct name *domain, const struct observe_log *log,
    const struct texts *own)
{
	struct walk *walk = xcalloc(1, sizeof *walk);
	struct texts texts = { .count = 0 };
	size_t i = 0;

	walk->domain = *domain;
	walk->count = dmarc_walk(domain, walk->asked, DMARC_QUERIES);
	if (own != NULL && own->count > 0 && walk->count > 0)
		keep(walk, i++, own);
	for (; i < walk->count; i++) {
		const struct observation *o = policy_look(log,
		    &walk->asked[i], RR_TXT);

		if (!facts_sound(o)) {
			walk->unknown = true;
			walk->unheard |= is_above(walk, i);
			continue;
		}
		policy_collect(&texts, o, dmarc_is_record);
		keep(walk, i, &texts);
	}
	policy_release(&texts);
	return walk;
}

static struct name
organisation(const struct walk *walk)
{
	return dmarc_organisation(&walk->domain, walk->asked, walk->record,
	    walk->count);
}

static int
ruling(const struct walk *walk)
{
	return dmarc_applies(&walk->domain, walk->asked, walk->record,
	    walk->count);
}

static void
want_walk(struct question out[static POLICY_QUESTIONS], size_t *count,
    const struct name *domain)
{
	struct name asked[DMARC_QUERIES];
	size_t n = dmarc_walk(domain, asked, DMARC_QUERIES);

	for (size_t i = 0; i < n; i++)
		policy_want(out, count, &asked[i], RR_TXT);
}

/* --- Where the reports go, RFC 9990 --- */

/* The name at which another domain says that it takes these reports. */
static int
consent(struct name *out, const struct name *from, const struct name *other)
{
	struct name tail;

	return name_prepend(&tail, "_report._dmarc", other) == -1 ? -1 :
	    name_join(out, from, &tail);
}

/* The reports' domain of this index when it is another's. */
static bool
outside(const struct walk *walk, int rule, size_t i, struct name *from,
    struct name *other)
{
	struct name own = organisation(walk);

	*other = walk->parsed[rule].report[i];
	name_parent(from, &walk->asked[rule]);
	return !name_is_below(other, &own);
}

static void
want_reports(struct question out[static POLICY_QUESTIONS], size_t *count,
    const struct walk *walk, int rule)
{
	for (size_t i = 0; i < walk->parsed[rule].report_count; i++) {
		struct name from, other, name;

		if (outside(walk, rule, i, &from, &other) &&
		    consent(&name, &from, &other) == 0)
			policy_want(out, count, &name, RR_TXT);
		/* Without an MX mail goes to the address, RFC 5321. */
		policy_want(out, count, &other, RR_MX);
		policy_want(out, count, &other, RR_A);
	}
}

static bool
takes_no_mail(const struct observe_log *log, const struct name *domain)
{
	const struct observation *mx = policy_look(log, domain, RR_MX);
	const struct observation *a = policy_look(log, domain, RR_A);
	struct name host;

	if (!facts_sound(mx) || !facts_sound(a))
		return false;
	if (mx->answers == 0)
		return a->answers == 0;
	/* A null MX, RFC 7505. */
	return mx->answers == 1 && rr_target(&mx->rr[0], &host) == 0 &&
	    name_labels(&host) == 0;
}

static void
judge_reports(struct policy *out, const struct walk *walk, int rule,
    const struct observe_log *log)
{
	struct texts texts = { .count = 0 };

	for (size_t i = 0; i < walk->parsed[rule].report_count; i++) {
		const struct observation *o;
		struct name from, other, name;
		bool is_outside = outside(walk, rule, i, &from, &other);

		if (takes_no_mail(log, &other)) {
			policy_remark(out, CLAIM_REPORTS_LOST, NULL, &other);
			continue;
		}
		if (!is_outside || consent(&name, &from, &other) == -1 ||
		    !facts_sound(o = policy_look(log, &name, RR_TXT)))
			continue;
		policy_collect(&texts, o, dmarc_is_record);
		if (texts.count == 0)
			policy_remark(out, CLAIM_REPORTS_UNWANTED, NULL,
			    &other);
	}
	policy_release(&texts);
}

/* --- */

size_t
policy_dmarc_questions(struct question out[static POLICY_QUESTIONS],
    const struct plan *plan, const struct observe_log *log)
{
	const struct identity *identity = &plan->identity;
	struct walk *walk = walk_up(&plan->domain, log, NULL);
	size_t count = 0;
	int rule = ruling(walk);

	want_walk(out, &count, &plan->domain);
	if (identity->has_mail_from)
		want_walk(out, &count, &identity->mail_from);
	if (!walk->unknown && rule != -1)
		want_reports(out, &count, walk, rule);
	free(walk);
	return count;
}

/* Of a domain that is not there np= holds instead of sp=. */
static bool
exists(const struct facts *facts)
{
	for (size_t i = 0; i < facts->delegation->servers; i++) {
		const struct observation *o = facts_at(facts, i,
		    &facts->plan->domain, RR_MX);

		if (facts_sound(o) && o->aa && o->rcode == RCODE_NXDOMAIN)
			return false;
	}
	return true;
}

/* Does MAIL FROM stand for the domain in the From line? */
static bool
mail_from_aligned(const struct walk *walk, const struct dmarc *dmarc,
    const struct identity *identity, const struct observe_log *log)
{
	struct name from = organisation(walk), name;
	struct walk *other;
	bool aligned;

	if (dmarc->strict_spf)
		return name_equal(&identity->domain, &identity->mail_from);
	other = walk_up(&identity->mail_from, log, NULL);
	name = organisation(other);
	aligned = other->unknown || dmarc_aligned(&identity->domain, &from,
	    &identity->mail_from, &name, false);
	free(other);
	return aligned;
}

static void
unaligned(struct policy *out, const struct dmarc *dmarc)
{
	out->finding = FINDING_DMARC_UNALIGNED;
	out->why = dmarc->strict_spf ? N_("With aspf=s the MAIL FROM domain "
	    "would have to equal the sender's domain, which SES does not "
	    "allow.") : N_("No DMARC record stands above both names, so "
	    "receivers after RFC 9989 take them for two domains. Older "
	    "receivers (RFC 7489) may take them for one.");
}

static void
note(struct policy *out, const struct dmarc *dmarc, const struct rr *rr)
{
	struct remark *remark = policy_remark(out, CLAIM_DMARC_TAGS,
	    dmarc->note, NULL);
	size_t len;
	uint8_t *text = rr_txt_new(rr, &len);

	if (dmarc->note_at > 0)
		policy_place(&remark->place, text, len, dmarc->note_at, ";");
	free(text);
}

static void
judge_ruling(struct policy *out, const struct facts *facts,
    const struct walk *walk, int rule)
{
	const struct identity *identity = &facts->plan->identity;
	const struct dmarc *dmarc = walk->record[rule];
	enum dmarc_policy policy, parent;

	out->ruling = walk->rr[rule];
	out->inherited = !name_equal(&walk->asked[rule],
	    &facts->wanted->owner);
	parent = dmarc_policy(dmarc, false, true);
	policy = dmarc_policy(dmarc, out->inherited, exists(facts));
	out->enforced = policy >= DMARC_QUARANTINE;
	if (out->finding == FINDING_OK && identity->has_mail_from &&
	    !mail_from_aligned(walk, dmarc, identity, facts->log))
		unaligned(out, dmarc);
	if (out->inherited && policy > parent)
		policy_remark(out, CLAIM_STRICTER_BELOW, NULL, NULL);
	if (dmarc->strict_dkim)
		policy_remark(out, CLAIM_STRICT_DKIM, NULL, NULL);
	if (dmarc->note != NULL)
		note(out, dmarc, walk->rr[rule]);
	judge_reports(out, walk, rule, facts->log);
}

void
policy_judge_dmarc(struct policy *out, const struct facts *facts,
    const struct texts *own)
{
	struct walk *walk;
	int rule;

	if (own->count > 1) {
		out->finding = FINDING_DMARC_MULTIPLE;
		return;
	}
	walk = walk_up(&facts->plan->domain, facts->log, own);
	if (own->count == 1 && walk->record[0]->why != NULL) {
		out->finding = FINDING_DMARC_SYNTAX;
		out->why = walk->record[0]->why;
		if (walk->record[0]->at > 0)
			policy_place(&out->place, own->text, own->len,
			    walk->record[0]->at, ";");
	}
	rule = ruling(walk);
	if (rule != -1) {
		judge_ruling(out, facts, walk, rule);
	} else if (walk->unknown && facts->complete) {
		out->unheard = walk->unheard;
		policy_remark(out, CLAIM_ABOVE_UNHEARD, NULL, NULL);
	}
	free(walk);
}
