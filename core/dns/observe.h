/*
 * The log of answers: who said what, and when.  A DNS failure is an
 * observation, not an error: NXDOMAIN, SERVFAIL, a referral, silence are rows
 * here.  Nothing is judged in this file.  (What stood before anything was
 * entered is kept beside it, across looks: diagnose/noted.h.)
 */
#ifndef DNSESAME_OBSERVE_H
#define DNSESAME_OBSERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/turn.h"
#include "dns/name.h"
#include "dns/rr.h"

enum {
	VANTAGE_ADDRESS = 46,	/* text of an IPv4 or IPv6 address and NUL */
	OBSERVE_REASON = 160
};

/* Who is asked. */
enum vantage_kind {
	VANTAGE_AUTHORITY,	/* one address of one name server */
	VANTAGE_RECURSIVE,	/* our own validating recursion */
	VANTAGE_SYSTEM,		/* a resolver of resolv.conf */
	VANTAGE_ALSO		/* a resolver the user named */
};

struct vantage {
	enum vantage_kind kind;
	char address[VANTAGE_ADDRESS];	/* "" for our own recursion */
};

struct question {
	struct vantage vantage;
	struct name name;
	uint16_t type;
	bool tcp;		/* over TCP at once: does it serve that? */
};

enum outcome {
	OUTCOME_ANSWER,		/* a packet came; see rcode */
	OUTCOME_SILENT,		/* nothing came in time */
	OUTCOME_NO_ROUTE,	/* this machine cannot send there */
	OUTCOME_BOGUS,		/* validation failed */
	OUTCOME_GARBLED		/* what came could not be read */
};

/* RFC 1035 section 4.1.1; <arpa/nameser.h> has the bare words as macros. */
enum {
	RCODE_NOERROR = 0,
	RCODE_FORMERR = 1,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3,
	RCODE_NOTIMP = 4,
	RCODE_REFUSED = 5
};

struct observation {
	struct question question;
	enum outcome outcome;
	uint8_t rcode;
	bool aa;		/* the server says it is the zone's own */
	bool tcp;		/* came over TCP */
	bool unheard;		/* over TCP, since UDP was left unanswered */
	bool no_edns;		/* EDNS was left out, since with it none came */
	bool ra;		/* a name server that offers recursion */
	bool cut;		/* there were more records than are kept */
	/* Bits of observe_keep: to what none of many records matters. */
	unsigned without;
	/* Validated: by our recursion, or as a shared resolver says (AD). */
	bool secure;
	int round;		/* the check it belongs to */
	int64_t when;		/* ms since 1970 */
	int rtt;		/* ms */
	char reason[OBSERVE_REASON];	/* of OUTCOME_BOGUS, printable */
	uint32_t hash;		/* of a referral: the same rows have the same */
	/* The sections, one after the other in rr[]. */
	size_t answers, authorities, additionals;
	struct rr *rr;		/* owned */
};

/* Ways to the rows of one question, and of one vantage. */
enum observe_chain {
	OBSERVE_BY_NAME,	/* and address */
	OBSERVE_BY_ADDRESS,
	OBSERVE_CHAINS
};

/*
 * Which records matter more than the rest of an answer: to what of the
 * caller's, a bit each; 0: to nothing.
 */
struct observe_keep {
	unsigned (*matters)(const void *arg, const struct question *question,
	    const struct rr *rr);
	const void *arg;	/* borrowed */
};

struct observe_log {
	struct observation **row;	/* owned, oldest first */
	size_t count, capacity;		/* capacity: a power of two, or 0 */
	int round;			/* of the check under way */
	size_t octets;			/* of all rows */
	size_t pruned;			/* rows looked at by observe_prune */
	/* Hashed, and the next older row; each counted from 1, 0: none. */
	uint32_t *head[OBSERVE_CHAINS], *older[OBSERVE_CHAINS];
	struct observe_keep keep;	/* of the answers to come */
};

void
observe_init(struct observe_log *log);
void
observe_release(struct observe_log *log);

/* An empty observation of this question; hand it to observe_add. */
struct observation *
observation_new(const struct question *question);
void
observation_free(struct observation *observation);
/* The same with records of its own. */
struct observation *
observation_copy(const struct observation *observation);

/* Adds a record to the last section that was begun; rr is copied. */
void
observation_add_answer(struct observation *observation, const struct rr *rr);
void
observation_add_authority(struct observation *observation,
    const struct rr *rr);
void
observation_add_additional(struct observation *observation,
    const struct rr *rr);

/*
 * Takes ownership; sets the row's round to the log's.  Records of one name and
 * type are put in order, so that the same answer is the same in each look.
 */
void
observe_add(struct observe_log *log, struct observation *observation);

/* Other records matter from now on: nobody knows of those that are there. */
void
observe_doubt(struct observe_log *log);

/* All rows of one log to the end of the other. */
void
observe_move(struct observe_log *to, struct observe_log *from);

/* The newest row of this round that answers the question, or NULL. */
const struct observation *
observe_find(const struct observe_log *log, const struct question *question);

/* How many rows of this round answer the question. */
size_t
observe_times(const struct observe_log *log, const struct question *question);

/* As observe_find, for the parts of a question that may go over UDP. */
const struct observation *
observe_look(const struct observe_log *log, enum vantage_kind kind,
    const char *address, const struct name *name, uint16_t type);

/*
 * The rows for the question of the newest round in which it was asked, newest
 * first, at most so many.  Returns how many.
 */
size_t
observe_newest(const struct observe_log *log, const struct question *question,
    const struct observation **row, size_t max);

/* The newest row for the question of a round before this one, or NULL. */
const struct observation *
observe_before(const struct observe_log *log, const struct question *question,
    int round);

/*
 * The rows of a vantage in this round, the newest first: *at is 0 for the first
 * one; NULL: that was the last.
 */
const struct observation *
observe_next(const struct observe_log *log, const struct vantage *vantage,
    uint32_t *at);

/* Did the vantage answer anything in this round; aa: as the zone's own? */
bool
observe_heard(const struct observe_log *log, const struct vantage *vantage,
    bool aa);

/*
 * Did this name server say in this round that a name above does not exist?
 * Nothing exists below it (RFC 8020).
 */
bool
observe_rules_out(const struct observe_log *log, const char *address,
    const struct name *name);

/*
 * After a round: keeps the newest and the last different row each.  Goes on
 * until the turn (NULL: none) is over; true when all is done.
 */
bool
observe_prune(struct observe_log *log, const struct turn *turn);

/*
 * Why validation failed, in the resolver's words: of the broken answer nearest
 * to the root, whichever came first.  NULL: none was given.
 */
const char *
observe_reason(const struct observe_log *log);

bool
question_equal(const struct question *a, const struct question *b);

/* Same outcome, rcode and set of answers, times not looked at. */
bool
observation_same(const struct observation *a, const struct observation *b);

/* The first answer of the type at the question's name, from index *from on. */
const struct rr *
observation_answer(const struct observation *observation, uint16_t type,
    size_t *from);

/* The SOA of the authority section of a "no", or NULL. */
const struct rr *
observation_soa(const struct observation *observation);

#endif
