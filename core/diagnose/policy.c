#include "diagnose/policy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "diagnose/policy-internal.h"
#include "dns/rr.h"
#include "mail/dmarc.h"
#include "mail/spf.h"
#include "mail/tags.h"
#include "base/text.h"
#include "base/xalloc.h"

enum {
	PLACE = 24	/* octets, by which a reader finds a place */
};

void
policy_release(struct texts *texts)
{
	free(texts->text);
	memset(texts, 0, sizeof *texts);
}

void
policy_collect(struct texts *texts, const struct observation *o,
    bool (*is_record)(const uint8_t *text, size_t len))
{
	policy_release(texts);
	for (size_t i = 0; i < o->answers; i++) {
		uint8_t *text;
		size_t len;

		if (o->rr[i].type != RR_TXT)
			continue;
		texts->records++;
		text = rr_txt_new(&o->rr[i], &len);
		if (!is_record(text, len) || texts->count++ > 0) {
			free(text);
			continue;
		}
		texts->text = text;
		texts->len = len;
		texts->rr = &o->rr[i];
	}
}

struct remark *
policy_remark(struct policy *out, enum claim_kind kind, const char *why,
    const struct name *subject)
{
	struct remark *remark = &out->remark[DIAGNOSE_REMARKS - 1];

	/* The first ones count. */
	if (out->remarks < DIAGNOSE_REMARKS)
		remark = &out->remark[out->remarks++];
	memset(remark, 0, sizeof *remark);
	remark->kind = kind;
	remark->text = why != NULL ? why : claim_row(kind)->sentence;
	if (subject != NULL)
		remark->subject = *subject;
	return remark;
}

void
policy_place(struct value_part *out, const uint8_t *text, size_t len,
    size_t at, const char *ends)
{
	size_t n = 0;

	memset(out, 0, sizeof *out);
	while (at < len && strchr(" ;", text[at]) != NULL)
		at++;
	while (at + n < len && strchr(ends, text[at + n]) == NULL)
		n++;
	while (n > 0 && text[at + n - 1] == ' ')
		n--;
	if (n == 0)
		return;
	if (n <= PLACE)
		text_safe(out->text, sizeof out->text, (const char *)text + at,
		    n);
	else {
		text_safe(out->text, sizeof out->text, (const char *)text + at,
		    PLACE);
		strlcat(out->text, "...", sizeof out->text);
	}
}

void
policy_want(struct question out[static POLICY_QUESTIONS], size_t *count,
    const struct name *name, uint16_t type)
{
	struct question *q;

	if (*count == POLICY_QUESTIONS)
		return;
	q = &out[(*count)++];
	memset(q, 0, sizeof *q);
	q->vantage.kind = VANTAGE_RECURSIVE;
	q->name = *name;
	q->type = type;
}

const struct observation *
policy_look(const struct observe_log *log, const struct name *name,
    uint16_t type)
{
	return observe_look(log, VANTAGE_RECURSIVE, "", name, type);
}

static bool
has_word(const uint8_t *text, size_t len, const char *word)
{
	for (size_t n = strlen(word); len >= n; text++, len--)
		if ((*text | 0x20) == *word &&
		    strncasecmp((const char *)text, word, n) == 0)
			return true;
	return false;
}

/* Misspelt so that nobody takes it for a record, yet surely meant as one. */
static bool
means_spf(const uint8_t *text, size_t len)
{
	return has_word(text, len, "v=spf") || has_word(text, len, "spf1") ||
	    has_word(text, len, "amazonses");
}

/* At _dmarc a list of tags with a policy or a version means DMARC. */
static bool
means_dmarc(const uint8_t *text, size_t len)
{
	struct tag tag;
	size_t at = 0;

	if (has_word(text, len, "v=dmarc"))
		return true;
	while (tag_next(&tag, text, len, &at))
		if (tag_is(&tag, "p") || tag_is(&tag, "P") ||
		    (tag_is(&tag, "v") && tag.value_len > 0 &&
		    (*tag.value | 0x20) == 'd'))
			return true;
	return false;
}

bool
policy_means(const struct wanted *wanted, const struct rr *rr)
{
	size_t len;
	uint8_t *text = rr_txt_new(rr, &len);
	bool means = wanted->kind == WANTED_MAIL_FROM_SPF ?
	    means_spf(text, len) :
	    dmarc_is_record(text, len) || means_dmarc(text, len);

	free(text);
	return means;
}

/* What receivers take; what they discard counts only where there is no more. */
static void
collect(struct texts *texts, const struct observation *o,
    const struct wanted *wanted)
{
	bool spf = wanted->kind == WANTED_MAIL_FROM_SPF;

	texts->count = 0;
	if (facts_without(o, wanted, FACTS_MEANT))
		return;
	policy_collect(texts, o, spf ? spf_is_record : dmarc_is_record);
	if (texts->count > 0)
		return;
	policy_collect(texts, o, spf ? means_spf : means_dmarc);
	if (texts->count > 1)
		texts->count = 1;
}

static void
reset(struct policy *out)
{
	memset(out, 0, sizeof *out);
	out->finding = FINDING_OK;
}

/* What one answer says; false when there is no policy in it. */
static bool
judge_answer(struct policy *out, const struct facts *facts,
    const struct observation *o, struct texts *texts)
{
	if (facts->wanted->kind == WANTED_BYODKIM) {
		reset(out);
		policy_judge_key(out, facts, o);
		return out->ruling != NULL || out->finding != FINDING_OK;
	}
	collect(texts, o, facts->wanted);
	if (texts->count == 0)
		return false;
	reset(out);
	if (facts->wanted->kind == WANTED_MAIL_FROM_SPF)
		policy_judge_spf(out, facts, texts);
	else
		policy_judge_dmarc(out, facts, texts);
	return true;
}

/*
 * No server has it: DMARC may come from above, and a key or DMARC may stand
 * behind a CNAME, which our recursion followed.
 */
static void
judge_behind(struct policy *out, const struct facts *facts,
    struct texts *texts)
{
	const struct observation *o = policy_look(facts->log,
	    &facts->wanted->owner, RR_TXT);

	if (facts->wanted->kind == WANTED_DMARC) {
		texts->count = 0;
		policy_judge_dmarc(out, facts, texts);
	} else if (facts->wanted->kind == WANTED_BYODKIM && facts->cname &&
	    facts_sound(o))
		judge_answer(out, facts, o, texts);
}

/* The first server whose record is at fault, else any with a record. */
void
policy_judge(struct policy *out, const struct facts *facts)
{
	const struct wanted *wanted = facts->wanted;
	struct texts texts = { .count = 0 };
	bool there = false;

	reset(out);
	if (wanted->kind != WANTED_MAIL_FROM_SPF &&
	    wanted->kind != WANTED_DMARC && wanted->kind != WANTED_BYODKIM)
		return;
	for (size_t i = facts->part.first; i < facts->part.end &&
	    out->finding == FINDING_OK; i++) {
		const struct observation *o = facts_at(facts, i,
		    &wanted->owner, RR_TXT);

		if (facts_sound(o) && o->aa &&
		    judge_answer(out, facts, o, &texts))
			there = true;
	}
	if (out->ruling == NULL && out->finding == FINDING_OK &&
	    (!there || wanted->kind == WANTED_DMARC))
		judge_behind(out, facts, &texts);
	policy_release(&texts);
}

size_t
policy_questions(struct question out[static POLICY_QUESTIONS],
    const struct plan *plan, const struct wanted *wanted,
    const struct observe_log *log)
{
	switch (wanted->kind) {
	case WANTED_MAIL_FROM_SPF:
		return policy_spf_questions(out, wanted, log);
	case WANTED_DMARC:
		return policy_dmarc_questions(out, plan, log);
	default:
		return 0;
	}
}
