/*
 * A zone in memory that answers as a world: a parent that refers, two name
 * servers of which the second may be behind, perhaps another one with a copy
 * of its own, perhaps a zone below with a server of its own, our recursion, and
 * what Amazon publishes.  No sockets.
 */
#ifndef TESTS_ZONE_H
#define TESTS_ZONE_H

#include <stdbool.h>
#include <stddef.h>

#include "company/form.h"
#include "diagnose/check.h"
#include "dns/world.h"

enum {
	ZONE_ROWS = 64,
	ZONE_QUESTIONS = 1024,
	ZONE_FOREIGN = -1	/* somebody's mail and site */
};

struct zone_row {
	struct rr rr;		/* as served */
	struct form typed;	/* as it stands in the form */
	int wanted;		/* the record it was made for, or foreign */
	bool fresh;		/* the second server may not know it */
	unsigned in;		/* ZONE_OWN | ZONE_OTHER */
};

/* Copies of the zone. */
enum {
	ZONE_OWN = 1 << 0,
	ZONE_OTHER = 1 << 1
};

enum zone_server {
	ZONE_FIRST,
	ZONE_SECOND,
	ZONE_THIRD,		/* with the other copy */
	ZONE_SERVERS
};

/* Who answers for the zone. */
enum zone_set {
	ZONE_SOUND,		/* the first and the second */
	ZONE_GONE,		/* they do not hold it any more */
	ZONE_LAME,		/* the second without AA */
	ZONE_EDITED,		/* rows inside name the third */
	ZONE_MIXED,		/* the registry lists the third, too */
	ZONE_LISTED,		/* the registry lists the third alone */
	/* Own name servers: the registry has the third's address for one. */
	ZONE_GLUE,
	ZONE_SETS
};

enum zone_wild {
	ZONE_TAME,
	ZONE_WILD_ADDRESS,
	ZONE_WILD_TEXT,
	ZONE_WILD_MAIL,
	ZONE_WILD_ALIAS,
	ZONE_WILDS
};

struct zone {
	struct world world;	/* first */
	struct name name;
	struct zone_row row[ZONE_ROWS];
	size_t count;
	bool behind;		/* the second server lacks fresh rows */
	bool broken;		/* it answers SERVFAIL to everything */
	enum zone_wild wild;	/* what any other name has */
	bool bogus;		/* our recursion finds the signatures broken */
	enum zone_set set;
	char third[NAME_TEXT];	/* the third server's name */
	bool cut;		/* below names others run a zone of their own */
	struct name below;	/* with one server */
	struct question asked[ZONE_QUESTIONS];
	size_t askeds;
};

/* With foreign rows in it. */
void
zone_init(struct zone *zone, const struct name *name);
void
zone_release(struct zone *zone);

/* Others run what is below this name. */
void
zone_cut(struct zone *zone, const struct name *below);

/* Copies the row and the form it was typed in; into our copy. */
struct zone_row *
zone_add(struct zone *zone, const struct rr *rr, const struct form *typed,
    int wanted);

/* To be called before anything is looked at. */
void
zone_choose(struct zone *zone, enum zone_set set);

/* Do people get to this server? */
bool
zone_in_force(const struct zone *zone, enum zone_server server);

/* Does this server have row i? */
bool
zone_serves(const struct zone *zone, size_t i, enum zone_server server);

/* The row with this content (as rr_value has it), or NULL. */
struct zone_row *
zone_find(struct zone *zone, const struct name *owner, uint16_t type,
    const char *value);

/* Before and after a look: FOLDER/NUMBER.case and .json; NULL: neither. */
void
zone_sample(struct check *check, const char *folder, unsigned long number,
    bool before);

#endif
