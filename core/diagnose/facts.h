/*
 * What the answers of a round say about one record, gathered once, so that
 * the rules of diagnose stay one line each.
 */
#ifndef DNSESAME_FACTS_H
#define DNSESAME_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagnose/diagnose.h"
#include "diagnose/value.h"

enum {
	FACTS_WALKS = 4,
	/* Bits of observation.without, shifted by the row of the plan. */
	FACTS_MEANT = 1 << 0,
	FACTS_RIGHT = 1 << 16
};

/*
 * Where SPF texts lead that were followed for one record: each once, and no
 * more of servers that all say something else.
 */
struct facts_walks {
	const struct rr *rr[FACTS_WALKS];	/* the log's */
	bool leads[FACTS_WALKS], any;
	size_t count;
};

/* How far a record's facts are gathered, so that a turn may end between. */
enum facts_stage {
	FACTS_SERVERS,		/* what each vantage says, all at once */
	FACTS_HERE_RIGHT,	/* the right ones at the name, by server */
	FACTS_HERE,		/* the others there, by server */
	FACTS_KEY,
	FACTS_ELSEWHERE,	/* place by place */
	FACTS_ADDRESSES,
	FACTS_OVER
};

struct facts {
	const struct plan *plan;
	const struct known *known;
	const struct wanted *wanted;
	const struct delegation *delegation;
	struct delegation_part part;	/* the zone of the record */
	const struct observe_log *log;
	struct record_diagnosis *record;	/* evidence goes there */
	struct facts_walks *walks;	/* borrowed */
	enum facts_stage stage;
	size_t at;		/* server or place of that stage */
	size_t wild;		/* records of a wildcard, kept for the end */
	/* What the servers say of the record's random sibling. */
	const struct observation *sibling[DELEGATION_SERVERS];
	size_t siblings;
	bool complete;
	bool beyond;		/* a bound kept us from asking everybody */

	/* Cells of the servers that answer. */
	size_t yes, no, none, waiting;
	uint32_t referred;	/* servers, by bit, that handed the name on */
	bool cut;		/* of its answer not all was kept */
	size_t overlong;	/* the same, of those that have it */
	bool troubled;		/* some server does not answer */
	bool unusual;		/* nor do the others as resolvers ask */
	bool apart;		/* one copy has it, another one has not */
	bool unlisted;		/* only servers that are not in force have it */
	enum cell recursion;
	bool bare;		/* its "no" is without a SOA: whose is it? */
	/* It only passes on what a resolver remembers, or made up. */
	bool astray;
	bool bogus;		/* the chain of signatures is broken */
	uint32_t remembered;	/* bit i: shared resolver i, an older answer */
	int64_t remembered_for;	/* s */

	/* At the right name. */
	enum value_slip slip;	/* of the first wrong value */
	struct value_reason reason;	/* what happened to it */
	size_t values;		/* distinct records of the type and family */
	bool cname;		/* a CNAME or DNAME stands in the way */
	bool cname_ours;	/* and it holds our value */
	bool cname_sibling;	/* or that of another record of this name */
	bool wildcard;		/* a random sibling has the same value */
	bool address;		/* addresses where a CNAME should be */
	bool beside;		/* a TXT stands beside the DKIM CNAME */
	bool unheard_key;	/* nobody answers a question for that TXT */
	uint32_t hidden;	/* bit i: server i tells no CNAME to TXT */
	enum finding elsewhere;	/* FINDING_OK: found nowhere else */
	/* The likeliest place of which no server said a thing, and one of
	   those that were asked (a bit). */
	struct name dark;
	uint16_t dark_type;
	uint32_t dark_at;
};

/*
 * Fills facts and the evidence of the record until the turn (NULL: none) is
 * over; true when all is there.  d has its servers.
 */
bool
facts_gather(struct facts *facts, const struct diagnosis *d,
    const struct probe_vantages *vantages, const struct turn *turn);

/*
 * Notes a record as evidence, seen by a server; the same one seen twice is
 * one.  server NULL: our recursion alone was asked.
 */
void
facts_note(const struct facts *facts, const struct rr *rr,
    const size_t *server);

/* What a server said of the record's own name and another, or NULL. */
const struct observation *
facts_at(const struct facts *facts, size_t server, const struct name *owner,
    uint16_t type);

/* The server says that it failed (SERVFAIL). */
bool
facts_failed(const struct observation *observation);

/*
 * Are there many records, none of which is as this one (FACTS_RIGHT), or means
 * to be (FACTS_MEANT)?  They need not be read for it.
 */
bool
facts_without(const struct observation *o, const struct wanted *wanted,
    unsigned what);

/* A sound answer: the name is there or it is not. */
bool
facts_sound(const struct observation *observation);

/* Does the answer hold the record as wanted?  The log says where SPF leads. */
bool
facts_hold(const struct wanted *wanted, const struct observation *o,
    const struct observe_log *log, struct facts_walks *walks);

#endif
