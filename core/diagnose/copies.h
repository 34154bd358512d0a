/*
 * Which name servers of a zone hold one and the same copy of it.  Copies that
 * are not akin are kept in step by nobody: waiting never helps, and their
 * serials say nothing of each other.  Pure; reads this round of the log.
 */
#ifndef DNSESAME_COPIES_H
#define DNSESAME_COPIES_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/delegation.h"
#include "dns/observe.h"

enum {
	COPIES_UNKNOWN = -1	/* the server said nothing of the zone */
};

struct copies {
	int of[DELEGATION_SERVERS];	/* by index of the server */
	int count;
};

/*
 * Of the servers of this zone; of[] of all others stays as it was.  One copy
 * have those that name the same primary server (SOA MNAME), or the same person
 * (RNAME) and the same name servers: some primaries call each itself the
 * first, and some companies have one person for all zones.
 */
void
copies_read(struct copies *copies, const struct delegation *delegation,
    const struct delegation_part *part, const struct observe_log *log);

/*
 * Do the servers have to be asked for the NS rows of their zone, since their
 * SOAs name one person and several primaries?
 */
bool
copies_want_ns(const struct delegation *delegation,
    const struct delegation_part *part, const struct observe_log *log);

#endif
