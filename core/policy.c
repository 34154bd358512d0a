#include "policy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dmarc.h"
#include "rr.h"
#include "xalloc.h"

enum {
	POLICY_TEXT = 4096	/* octets of a policy that are read */
};

/* The policy records of one answer: how many, and the text of the first. */
struct texts {
	size_t count, records;
	size_t len;
	uint8_t text[POLICY_TEXT];
};

static void
collect(struct texts *texts, const struct observation *o,
    bool (*is_record)(const uint8_t *text, size_t len))
{
	uint8_t text[POLICY_TEXT];

	texts->count = texts->records = texts->len = 0;
	for (size_t i = 0; i < o->answers; i++) {
		size_t len;

		if (o->rr[i].type != RR_TXT)
			continue;
		texts->records++;
		len = rr_txt_join(&o->rr[i], text, sizeof text);
		if (!is_record(text, len))
			continue;
		if (texts->count++ > 0)
			continue;
		memcpy(texts->text, text, len);
		texts->len = len;
	}
}

/* The walk's questions, answered from the log. */
struct source {
	const struct observe_log *log;
	/* The walk holds on to each text that it was given. */
	struct texts *texts[SPF_COUNTED + 1];
	size_t count;
};

static enum spf_answer
answer(void *context, const struct name *name, uint16_t type,
    const uint8_t **text, size_t *len)
{
	struct source *source = context;
	const struct observation *o = observe_look(source->log,
	    VANTAGE_RECURSIVE, "", name, type);
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
	texts = source->texts[source->count++] = xmalloc(sizeof *texts);
	collect(texts, o, spf_is_record);
	*text = texts->text;
	*len = texts->len;
	if (texts->count == 0)
		return texts->records > 0 ? SPF_NO_RECORD : SPF_NONE;
	return texts->count > 1 ? SPF_MULTIPLE : SPF_TEXT;
}

static void
ses_name(struct name *out)
{
	const char *why;

	name_parse(out, PLAN_SPF_HOST, &why);
}

int
policy_walk(struct spf_walk *walk, const struct wanted *wanted,
    const struct observe_log *log)
{
	const struct observation *o;
	struct source source = { .log = log };
	struct texts *root;
	struct name goal;
	int rc = -1;

	if (wanted->kind != WANTED_MAIL_FROM_SPF)
		return -1;
	o = observe_look(log, VANTAGE_RECURSIVE, "", &wanted->owner, RR_TXT);
	if (!facts_sound(o))
		return -1;
	root = xmalloc(sizeof *root);
	collect(root, o, spf_is_record);
	if (root->count == 1) {
		ses_name(&goal);
		spf_walk(walk, &wanted->owner, root->text, root->len, &goal,
		    answer, &source);
		rc = 0;
	}
	free(root);
	while (source.count > 0)
		free(source.texts[--source.count]);
	return rc;
}

static enum finding
judge_spf(const struct facts *facts, const struct texts *texts,
    const char **why)
{
	struct spf_walk walk;
	struct name goal;
	struct spf spf;

	if (texts->count > 1)
		return FINDING_SPF_MULTIPLE;
	ses_name(&goal);
	if (spf_parse(&spf, texts->text, texts->len) == -1) {
		*why = spf.why;
		return FINDING_SPF_SYNTAX;
	}
	if (spf_includes(texts->text, texts->len, &goal) !=
	    SPF_INCLUDE_PASSES)
		return FINDING_SPF_MISSING_INCLUDE;
	if (spf.all == SPF_PASS)
		return FINDING_SPF_PERMITS_ALL;
	if (policy_walk(&walk, facts->wanted, facts->log) == -1 ||
	    walk.questions > 0 || walk.why == NULL)
		return FINDING_OK;
	return walk.lookups > SPF_LOOKUPS ? FINDING_SPF_TOO_MANY_LOOKUPS :
	    FINDING_SPF_UNREACHABLE_INCLUDE;
}

static bool
has_mail_from(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].kind == WANTED_MAIL_FROM_SPF)
			return true;
	return false;
}

static enum finding
judge_dmarc(const struct facts *facts, const struct texts *texts,
    const char **why)
{
	struct dmarc dmarc;

	if (texts->count > 1)
		return FINDING_DMARC_MULTIPLE;
	if (dmarc_parse(&dmarc, texts->text, texts->len) == -1) {
		*why = dmarc.why;
		return FINDING_DMARC_SYNTAX;
	}
	if (dmarc.strict_spf && has_mail_from(facts->plan))
		return FINDING_DMARC_UNALIGNED;
	return FINDING_OK;
}

/* Misspelt so that nobody takes it for a record, yet surely meant as one. */
static bool
starts_like_dmarc(const uint8_t *text, size_t len)
{
	return len >= 7 && strncasecmp((const char *)text, "v=dmarc", 7) == 0;
}

enum finding
policy_judge(const struct facts *facts, const char **why)
{
	const struct wanted *wanted = facts->wanted;
	enum finding finding = FINDING_OK;
	struct texts *texts;

	*why = NULL;
	if (wanted->kind != WANTED_MAIL_FROM_SPF &&
	    wanted->kind != WANTED_DMARC)
		return FINDING_OK;
	texts = xmalloc(sizeof *texts);
	for (size_t i = 0; i < facts->delegation->servers &&
	    finding == FINDING_OK; i++) {
		const struct observation *o = facts_at(facts, i,
		    &wanted->owner, RR_TXT);

		if (!facts_sound(o) || !o->aa)
			continue;
		if (wanted->kind == WANTED_MAIL_FROM_SPF) {
			collect(texts, o, spf_is_record);
			if (texts->count > 0)
				finding = judge_spf(facts, texts, why);
		} else {
			collect(texts, o, starts_like_dmarc);
			if (texts->count > 0)
				finding = judge_dmarc(facts, texts,
				    why);
		}
	}
	free(texts);
	return finding;
}
