/*
 * What SPF and DMARC share: the policy records among the texts of an answer.
 * For policy*.c only.
 */
#ifndef DNSESAME_POLICY_INTERNAL_H
#define DNSESAME_POLICY_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagnose/policy.h"

/*
 * The policy records of one answer: how many, and the first of them, however
 * long.  All zero at first; what was collected before is given up.
 */
struct texts {
	size_t count, records;
	const struct rr *rr;
	size_t len;
	uint8_t *text;		/* owned */
};

void
policy_release(struct texts *texts);

void
policy_collect(struct texts *texts, const struct observation *o,
    bool (*is_record)(const uint8_t *text, size_t len));

/*
 * why: what it says, N_(), in place of the claim's sentence; subject: the name
 * it is about.  NULL: none.
 */
struct remark *
policy_remark(struct policy *out, enum claim_kind kind, const char *why,
    const struct name *subject);

/*
 * The part of a text that a reason is about: from at to one of the ends, cut
 * where it is long.
 */
void
policy_place(struct value_part *out, const uint8_t *text, size_t len,
    size_t at, const char *ends);

void
policy_want(struct question out[static POLICY_QUESTIONS], size_t *count,
    const struct name *name, uint16_t type);

/* What our recursion said. */
const struct observation *
policy_look(const struct observe_log *log, const struct name *name,
    uint16_t type);

void
policy_judge_spf(struct policy *out, const struct facts *facts,
    const struct texts *texts);
size_t
policy_spf_questions(struct question out[static POLICY_QUESTIONS],
    const struct wanted *wanted, const struct observe_log *log);

/* What one server, or our recursion, says of an own DKIM key. */
void
policy_judge_key(struct policy *out, const struct facts *facts,
    const struct observation *o);

/* own: the texts at _dmarc as the zone's servers have them. */
void
policy_judge_dmarc(struct policy *out, const struct facts *facts,
    const struct texts *own);
size_t
policy_dmarc_questions(struct question out[static POLICY_QUESTIONS],
    const struct plan *plan, const struct observe_log *log);

#endif
