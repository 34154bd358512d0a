/*
 * Shared by delegation.c (where the zone is cut), delegation-servers.c (who
 * holds it) and delegation-below.c (zones below it); for nobody else.
 */
#ifndef DNSESAME_DELEGATION_INTERNAL_H
#define DNSESAME_DELEGATION_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "dns/delegation.h"

/*
 * How the cut is found, anew from the whole log at each call; whatever is not
 * known yet is handed out as a want, and the next call gets further.
 *
 *	NS of the domain and of all names above, by recursion
 *	   |
 *	   +-- some not answered: SEARCHING.  Meanwhile the registry's
 *	   |     servers are asked (read_early), or last round's result stands
 *	   +-- sure of a cut at or below what is registered: FOUND
 *	   |     the zone above is asked what it lists (look_above)
 *	   +-- else from the lowest sure zone down, each zone's own servers
 *	       asked about the next (descend):
 *	         a referral      that zone's servers next, or FOUND when it is
 *	                         low enough
 *	         not answered    SEARCHING
 *	         denied          NOT_REGISTERED, or NO_SERVERS when the name is
 *	                         there; by nobody who would deny a known ending
 *	         nobody speaks   UNKNOWN
 */

/* A question that is still to be answered. */
void
delegation_want(struct delegation *d, enum vantage_kind kind,
    const char *address, const struct name *name, uint16_t type);

/*
 * What our recursion said, or while it reaches nobody, a resolver of this
 * machine.  NULL: nothing yet.
 */
const struct observation *
delegation_said(const struct observe_log *log, const struct name *name,
    uint16_t type);

/* The address of an A or AAAA record; false for any other. */
bool
delegation_address(const struct rr *rr, char out[static VANTAGE_ADDRESS]);

/* The referral's owner: the cut between the zone and name. */
bool
delegation_referral(struct name *out, const struct observation *o,
    const struct name *zone, const struct name *name);

enum {
	DELEGATION_REFERRALS = 4
};

/* What says which servers a zone has; rows at the zone's name count. */
struct delegation_sets {
	/* From above, each another one. */
	const struct observation *referral[DELEGATION_REFERRALS];
	size_t referrals;
	const struct observation *child;	/* its own NS rows, or NULL */
};

/*
 * Adds the servers of a zone, the same ones in the same order however the rows
 * came: of more names or addresses than are looked at, the first by name, and
 * one address of each name before second ones.
 */
void
delegation_servers(struct delegation *d, const struct name *zone,
    const struct delegation_sets *sets, const struct observe_log *log);

#endif
