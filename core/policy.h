/*
 * What the policies at a name say: SPF at MAIL FROM (RFC 7208), DMARC at
 * _dmarc (RFC 9989).  Their limits are counted over what our recursion found.
 */
#ifndef DNSESAME_POLICY_H
#define DNSESAME_POLICY_H

#include "facts.h"
#include "spf.h"

/*
 * FINDING_OK when there is nothing to say.  *why is a sentence on what is
 * misspelt, or NULL.
 */
enum finding
policy_judge(const struct facts *facts, const char **why);

/*
 * Follows the includes of the SPF record at the owner as far as the log goes.
 * walk->question are the names still to be looked up.  -1: no SPF record.
 */
int
policy_walk(struct spf_walk *walk, const struct wanted *wanted,
    const struct observe_log *log);

#endif
