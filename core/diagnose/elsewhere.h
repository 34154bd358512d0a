/*
 * Where a record goes when a form or a hand misplaces it (doubled, one label
 * short, beside its name): one table of the slips, the name each leads to and
 * the finding it is, likeliest first.  Read by probe, which asks for them, and
 * by diagnose.  Its rank among all other findings: rules.c.
 */
#ifndef DNSESAME_ELSEWHERE_H
#define DNSESAME_ELSEWHERE_H

#include <stddef.h>
#include <stdint.h>

#include "diagnose/finding.h"
#include "dns/name.h"
#include "ses/plan.h"

enum {
	ELSEWHERE_PLACES = 28	/* rows of the table, at most */
};

/* A place, and what it means when the record is found there. */
struct elsewhere {
	enum finding finding;
	struct name owner;
	uint16_t type;
};

/* How many rows the table has: rank 0 is the likeliest place. */
size_t
elsewhere_ranks(void);

/*
 * The place of this rank for the record.  -1 when the slip cannot happen to
 * it.
 */
int
elsewhere_place(struct elsewhere *out, size_t rank,
    const struct wanted *wanted, const struct name *domain,
    const struct name *zone);

/*
 * What the domain alone can show, before any value is known: names that exist
 * only when a form doubled the domain, and a random sibling that should not.
 */
struct elsewhere_bare {
	struct name token;	/* _amazonses below the doubled domain */
	struct name keys;	/* _domainkey there, mostly without records */
	struct name guard;
};

/* -1 when the names would be too long. */
int
elsewhere_bare(struct elsewhere_bare *out, const char *guard,
    const struct name *domain, const struct name *zone);

#endif
