/*
 * Where the zone of a domain is cut and which servers hold it, read from the
 * log of answers: never by counting labels.  Pure.  RFC 1034 section 4.2.
 */
#ifndef DNSESAME_DELEGATION_H
#define DNSESAME_DELEGATION_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/bounds.h"
#include "dns/name.h"
#include "dns/observe.h"

enum {
	DELEGATION_SERVERS = BOUND_ADDRESSES,
	DELEGATION_PARENTS = 3,		/* parent's servers tried, at most */
	DELEGATION_WANTS = 96
};

enum delegation_state {
	DELEGATION_SEARCHING,		/* more answers are needed */
	DELEGATION_FOUND,
	DELEGATION_NOT_REGISTERED,	/* the registry has no such name */
	DELEGATION_NO_SERVERS,		/* known, but no NS */
	DELEGATION_UNKNOWN		/* could not be found out */
};

/* One address of one name server; "" when its name has none. */
struct delegation_server {
	struct name name;
	char address[VANTAGE_ADDRESS];
	bool at_parent, at_child;	/* which NS set names it */
	bool barred;	/* at an address where strangers do not send us */
};

struct delegation {
	enum delegation_state state;
	struct name zone;
	bool private;			/* no address is barred */
	struct name parent;		/* the zone above the cut */
	bool has_parent;
	struct delegation_server server[DELEGATION_SERVERS];
	size_t servers;
	bool beyond;		/* there are more than these */
	/* What is still unknown: the questions that probe should ask. */
	struct question want[DELEGATION_WANTS];
	size_t wants;
};

/*
 * Did our recursion reach nobody, not even the root?  Then what a resolver of
 * this machine (system) said stands in for it.
 */
bool
delegation_blocked(const struct observe_log *log);

/*
 * Does our recursion find even the root's signatures broken?  Then the trouble
 * is on this side: a clock, or a network that cuts signatures off.
 */
bool
delegation_mistrusts(const struct observe_log *log);

/*
 * Reads this round of the log.  last: what the round before found, or NULL;
 * the servers known from it can be asked while this one still looks for the
 * cut.  private: servers are asked wherever they are; else those at special
 * addresses (address_special()) are barred, unless a resolver of this machine
 * names server and address itself, in its answers for NS and A or AAAA.
 */
void
delegation_read(struct delegation *out, const struct name *domain,
    const struct observe_log *log, const struct delegation *last,
    bool private);

/* Where the zone may say who runs it: _domainconnect; -1 when too long. */
int
delegation_hint(const struct delegation *delegation, struct name *out);

#endif
