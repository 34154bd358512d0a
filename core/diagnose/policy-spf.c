#include "diagnose/policy-internal.h"

#include <stdlib.h>

#include "base/lang.h"
#include "dns/bounds.h"
#include "dns/rr.h"
#include "mail/spf.h"

enum {
	SPF_OCTETS = 450	/* RFC 7208 section 3.4: fits any answer */
};

/* The walk's questions, answered from the log. */
struct source {
	const struct observe_log *log;
	/* The walk holds on to each text that it was given. */
	struct texts texts[SPF_COUNTED + 1];
	size_t count;
	size_t octets;		/* of them all */
};

static enum spf_answer
answer(void *context, const struct name *name, uint16_t type,
    const uint8_t **text, size_t *len)
{
	struct source *source = context;
	const struct observation *o = policy_look(source->log, name, type);
	struct texts *texts;

	if (o == NULL)
		return SPF_WAITING;
	if (!facts_sound(o))
		return SPF_FAILED;
	if (o->answers == 0)
		return SPF_NONE;
	if (type != RR_TXT)
		return type == RR_MX && o->answers > SPF_LOOKUPS ?
		    SPF_MULTIPLE : SPF_TEXT;
	if (source->count > SPF_COUNTED)
		return SPF_FAILED;
	texts = &source->texts[source->count++];
	policy_collect(texts, o, spf_is_record);
	*text = texts->text;
	*len = texts->len;
	if (texts->count == 0)
		return texts->records > 0 ? SPF_NO_RECORD : SPF_NONE;
	if (texts->count > 1)
		return SPF_MULTIPLE;
	source->octets += texts->len;
	return source->octets > BOUND_SPF ? SPF_FAILED : SPF_TEXT;
}

static void
ses_name(struct name *out)
{
	const char *why;

	name_parse(out, PLAN_SPF_HOST, &why);
}

/* Follows the record of the owner as far as the log goes. */
static void
follow(struct spf_walk *walk, const struct name *owner, const uint8_t *text,
    size_t len, const struct observe_log *log)
{
	struct source source = { .log = log, .octets = len };
	struct name goal;

	ses_name(&goal);
	spf_walk(walk, owner, text, len, &goal, answer, &source);
	while (source.count > 0)
		policy_release(&source.texts[--source.count]);
}

bool
policy_spf_leads(const struct wanted *wanted, const struct rr *rr,
    const struct observe_log *log, struct facts_walks *walks)
{
	struct spf_walk walk = { 0 };
	uint8_t *text;
	size_t len;

	/* Most texts are something else: those need not be read. */
	if (!value_txt_starts(rr, "v=spf1"))
		return false;
	if (walks->count == FACTS_WALKS && !walks->any)
		return false;
	for (size_t i = 0; i < walks->count; i++)
		if (rr_equal(walks->rr[i], rr))
			return walks->leads[i];
	if (walks->count == FACTS_WALKS)
		return false;
	text = rr_txt_new(rr, &len);
	if (spf_is_record(text, len))
		follow(&walk, &wanted->owner, text, len, log);
	free(text);
	walks->rr[walks->count] = rr;
	walks->leads[walks->count] = walk.reached || walk.questions > 0;
	walks->any |= walks->leads[walks->count];
	return walks->leads[walks->count++];
}

size_t
policy_spf_questions(struct question out[static POLICY_QUESTIONS],
    const struct wanted *wanted, const struct observe_log *log)
{
	const struct observation *o = policy_look(log, &wanted->owner, RR_TXT);
	struct spf_walk walk = { 0 };
	struct texts root = { .count = 0 };
	size_t count = 0;

	if (!facts_sound(o))
		return 0;
	policy_collect(&root, o, spf_is_record);
	if (root.count == 1)
		follow(&walk, &wanted->owner, root.text, root.len, log);
	policy_release(&root);
	for (size_t i = 0; i < walk.questions; i++)
		policy_want(out, &count, &walk.question[i].name,
		    walk.question[i].type);
	return count;
}

/* Allowed, and yet worth a word, unless SES stands behind all: that says it. */
static void
remarks(struct policy *out, const struct spf *spf, const uint8_t *text,
    size_t len, enum spf_include how)
{
	if (spf->note != NULL)
		policy_place(&policy_remark(out, CLAIM_ODD_PART, spf->note,
		    NULL)->place, text, len, spf->note_at, " ");
	if (spf->ptr)
		policy_remark(out, CLAIM_PTR, NULL, NULL);
	if (spf->after_all && how != SPF_INCLUDE_AFTER_ALL)
		policy_remark(out, CLAIM_BEHIND_ALL, NULL, NULL);
	if (spf->redirect_and_all)
		policy_remark(out, CLAIM_REDIRECT_AND_ALL, NULL, NULL);
	if (len > SPF_OCTETS)
		policy_remark(out, CLAIM_LONG_RECORD, NULL, NULL);
}

/* Why a record without error lets no mail from SES through. */
static const char *
not_included(enum spf_include how)
{
	switch (how) {
	case SPF_INCLUDE_AFTER_ALL:
		return N_("include:amazonses.com stands behind all, where "
		    "nobody reads on.");
	case SPF_INCLUDE_REFUSES:
		return N_("The sign in front of include:amazonses.com turns "
		    "mail from SES away.");
	default:
		return N_("Neither the record nor the names that it leads to "
		    "include amazonses.com.");
	}
}

/* What the way to SES, and what stands behind it, does to a mail of SES's. */
static void
judge_walk(struct policy *out, const struct spf_walk *walk)
{
	if (walk->reached) {
		if (walk->why != NULL)
			out->finding = FINDING_SPF_BROKEN_BEHIND;
		out->where = walk->where;
	} else if (walk->silent.len > 0) {
		out->finding = FINDING_SPF_UNANSWERED;
		out->where = walk->silent;
	} else if (walk->why != NULL) {
		out->finding = walk->lookups > SPF_LOOKUPS ?
		    FINDING_SPF_TOO_MANY_LOOKUPS :
		    FINDING_SPF_UNREACHABLE_INCLUDE;
		out->where = walk->where;
		out->circle = walk->loop;
	}
	/* Its own words say that already. */
	out->why = out->finding == FINDING_SPF_TOO_MANY_LOOKUPS ? NULL :
	    walk->why;
}

void
policy_judge_spf(struct policy *out, const struct facts *facts,
    const struct texts *texts)
{
	struct spf_walk walk = { 0 };
	enum spf_include how;
	struct name goal;
	struct spf spf;

	if (texts->count > 1) {
		out->finding = FINDING_SPF_MULTIPLE;
		return;
	}
	ses_name(&goal);
	if (spf_parse(&spf, texts->text, texts->len) == -1) {
		out->finding = FINDING_SPF_SYNTAX;
		out->why = spf.why;
		if (spf.record)
			policy_place(&out->place, texts->text, texts->len,
			    spf.at, " ");
		return;
	}
	how = spf_includes(texts->text, texts->len, &goal);
	remarks(out, &spf, texts->text, texts->len, how);
	follow(&walk, &facts->wanted->owner, texts->text, texts->len,
	    facts->log);
	out->open = walk.questions > 0;
	if (spf.all == SPF_PASS && (how == SPF_INCLUDE_PASSES || walk.named)) {
		out->finding = FINDING_SPF_PERMITS_ALL;
	} else if (out->open && how != SPF_INCLUDE_PASSES && facts->complete) {
		out->finding = FINDING_SPF_UNANSWERED;
		out->where = walk.question[0].name;
	} else if (!out->open && how != SPF_INCLUDE_PASSES && !walk.named &&
	    walk.silent.len == 0) {
		out->finding = FINDING_SPF_MISSING_INCLUDE;
		out->why = not_included(how);
	} else if (!out->open)
		judge_walk(out, &walk);
}
