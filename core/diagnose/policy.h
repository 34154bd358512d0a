/*
 * What the texts at a name say: SPF at MAIL FROM (RFC 7208), DMARC at _dmarc
 * or inherited from above (RFC 9989), an own DKIM key (RFC 6376).  SPF's
 * limits are counted over what our recursion found.  Pure.
 */
#ifndef DNSESAME_POLICY_H
#define DNSESAME_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnose/diagnose.h"
#include "diagnose/facts.h"
#include "dns/observe.h"
#include "ses/plan.h"

enum {
	POLICY_QUESTIONS = 32	/* asked at a time to judge one policy */
};

struct policy {
	enum finding finding;	/* FINDING_OK: nothing is wrong with it */
	const char *why;	/* N_(): what is wrong, in words; or NULL */
	struct value_part place;	/* what of the record that is about */
	struct name where;	/* whose record or answer it is; len 0: ours */
	bool circle;		/* an SPF record leads back to one before */
	struct remark remark[DIAGNOSE_REMARKS];
	size_t remarks;
	/* The DMARC record in force, the right key; the log's.  NULL: none. */
	const struct rr *ruling;
	bool inherited;		/* it stands above the domain */
	bool unheard;		/* whether one does could not be found out */
	bool enforced;		/* it has mail refused or set aside */
	bool open;		/* not all that it leads to was heard yet */
};

void
policy_judge(struct policy *out, const struct facts *facts);

/*
 * Is SES's mail let through by what this SPF record leads to, or may it be,
 * as far as the log goes?  What was found is added to walks.
 */
bool
policy_spf_leads(const struct wanted *wanted, const struct rr *rr,
    const struct observe_log *log, struct facts_walks *walks);

/*
 * Does a TXT at the name of this SPF or DMARC record mean to be one, however
 * it is spelt?
 */
bool
policy_means(const struct wanted *wanted, const struct rr *rr);

/*
 * What else our recursion must be asked to judge the policy that is wanted:
 * all of it, or what the answers so far lead to.  Returns how many.
 */
size_t
policy_questions(struct question out[static POLICY_QUESTIONS],
    const struct plan *plan, const struct wanted *wanted,
    const struct observe_log *log);

#endif
