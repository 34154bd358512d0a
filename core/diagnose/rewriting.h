/*
 * Resolvers that rewrite (system and also): they make answers up where there
 * are none (NXDOMAIN rewriting), or serve a copy of the domain of their own.
 * Pure; reads this round of the log.
 */
#ifndef DNSESAME_REWRITING_H
#define DNSESAME_REWRITING_H

#include <stdbool.h>

#include "diagnose/probe.h"
#include "dns/delegation.h"
#include "dns/observe.h"
#include "ses/plan.h"

/*
 * A name below the domain that does not exist, drawn once: who has an address
 * for it makes answers up.  -1 when it would be too long.
 */
int
rewriting_name(const struct plan *plan, struct name *out);

/*
 * Does it answer with authority (AA) for the domain: is the copy its own, and
 * not made up on the way?
 */
bool
rewriting_is_authority(const struct vantage *vantage,
    const struct name *domain, const struct observe_log *log);

/*
 * Does this resolver answer for the domain from a copy of its own, by what it
 * says of the domain itself?  Memory knows the domain's SOA, and has no AA.
 */
bool
rewriting_copies(const struct vantage *vantage, const struct name *domain,
    const struct observe_log *log);

/*
 * Did it say, of its own accord, that a record is not there which is?  Then it
 * is to be asked for the SOA of the zone.
 */
bool
rewriting_suspect(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *delegation,
    const struct observe_log *log);

/*
 * Does it go by another copy of the zone than the name servers in force: one of
 * this network's own, or that of before a move?  A name that nobody made is in
 * no memory; the SOA of this "no" is that of whomever it asks today.  Where a
 * name server did not answer, nobody knows.
 */
bool
rewriting_other_copy(const struct vantage *vantage, const struct plan *plan,
    const struct delegation *delegation, const struct observe_log *log);

/* Does it, and a record is not there that the name servers have? */
bool
rewriting_goes_by_others(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *delegation,
    const struct observe_log *log);

/*
 * Does this resolver rewrite?  What it says then is no memory: it does not
 * pass.
 */
bool
rewriting_seen(const struct probe_vantages *vantages, size_t index,
    const struct plan *plan, const struct delegation *delegation,
    const struct observe_log *log);

#endif
