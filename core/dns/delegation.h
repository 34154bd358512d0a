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
	DELEGATION_PARTS = 8,		/* zones below, at most */
	DELEGATION_WANTS = 96
};

enum delegation_state {
	DELEGATION_SEARCHING,		/* more answers are needed */
	DELEGATION_FOUND,
	DELEGATION_NOT_REGISTERED,	/* the registry has no such name */
	DELEGATION_NO_SERVERS,		/* known, but no NS */
	DELEGATION_UNKNOWN		/* could not be found out */
};

/*
 * One address of one name server; "" when its name has none.  Where no name
 * server can be reached, behind them comes a resolver that stands in, once for
 * the zone and once for each zone below.
 */
struct delegation_server {
	enum vantage_kind kind;
	struct name name;
	char address[VANTAGE_ADDRESS];
	bool at_parent, at_child;	/* which NS set names it */
	bool by_glue, by_zone;	/* who gives the address: the zone above, or
				   the rows of the server's own zone */
	bool barred;	/* at an address where strangers do not send us */
};

/* A zone, and its servers from first up to (and without) end. */
struct delegation_part {
	struct name zone;
	size_t first, end;
	struct name host;	/* of a resolver that stands in: a name server
				   that it names; empty: none */
};

struct delegation {
	enum delegation_state state;
	struct name zone;
	bool private;			/* no address is barred */
	struct name parent;		/* the zone above the cut */
	bool has_parent;
	/* The zone's own come first; then those of the zones below. */
	struct delegation_server server[DELEGATION_SERVERS];
	size_t servers;		/* of the zone itself */
	size_t all;
	bool beyond;		/* there are more than these */
	/* Zones below, to which names of ours were handed on. */
	struct delegation_part part[DELEGATION_PARTS];
	size_t parts;
	bool stands_in;		/* a resolver, for all of them */
	size_t resolver;	/* which one it is, for the zone itself */
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

/*
 * Which of these names (question: name and type, the vantage is not looked at)
 * lie in zones of their own below the zone, by what its servers said of them:
 * a referral, or a "no" with the SOA of such a zone, which the same server
 * holds, too.  To be called after delegation_read().
 */
void
delegation_read_below(struct delegation *d, const struct question *question,
    size_t count, const struct observe_log *log);

/*
 * Our recursion goes by another copy of the zone: where the registry's list is
 * known, that alone counts, with its addresses for names inside the zone.  To
 * be called before delegation_read_below().
 */
void
delegation_doubt(struct delegation *d);

/*
 * Does nothing get through to the zone's servers, nor to those above it, in
 * this round?
 */
bool
delegation_unheard(const struct delegation *delegation,
    const struct observe_log *log);

/*
 * From here on this resolver is what all is seen by.  Which of these names lie
 * in zones below is told by its "no" with the SOA of such a zone.
 */
void
delegation_stand_in(struct delegation *delegation,
    const struct vantage *resolver, const struct question *question,
    size_t count, const struct observe_log *log);

/*
 * What a server said of a name in this round as the zone's own (AA), or whoever
 * stands in for it; NULL: nothing, or not as its own.
 */
const struct observation *
delegation_spoken(const struct observe_log *log,
    const struct delegation_server *server, const struct name *name,
    uint16_t type);

/* The zone that holds a name: the zone itself, or one below. */
struct delegation_part
delegation_part(const struct delegation *delegation, const struct name *name);

/*
 * The same; of the zone itself always the servers that the lists name, asked or
 * not.
 */
struct delegation_part
delegation_listed(const struct delegation *delegation, const struct name *name);

/* Is it a zone below, handed on to others? */
bool
delegation_is_below(const struct delegation *delegation,
    const struct delegation_part *part);

/* A zone below that only servers of the zone itself hold, as far as known. */
bool
delegation_is_beside(const struct delegation *delegation,
    const struct delegation_part *part);

/* The zone right above one below. */
const struct name *
delegation_above(const struct delegation *delegation,
    const struct name *zone);

/* The zone that a server, by its index, is asked for. */
const struct name *
delegation_zone_of(const struct delegation *delegation, size_t server);

/* Where the zone may say who runs it: _domainconnect; -1 when too long. */
int
delegation_hint(const struct delegation *delegation, struct name *out);

#endif
