/*
 * Where a record goes when a form or a hand misplaces it: one table of names,
 * likeliest first.  Read by probe, which asks for them, and by diagnose, which
 * knows what a hit means.
 */
#ifndef DNSESAME_ELSEWHERE_H
#define DNSESAME_ELSEWHERE_H

#include <stddef.h>

#include "name.h"
#include "plan.h"

enum {
	ELSEWHERE_NAMES = 12	/* places for one record, at most */
};

enum elsewhere_kind {
	ELSEWHERE_DOUBLED,	/* the form appended the zone */
	ELSEWHERE_NO_DOMAINKEY,	/* TOKEN.D */
	ELSEWHERE_NO_SUBDOMAIN	/* label put straight below the zone */
};

struct elsewhere {
	enum elsewhere_kind kind;
	struct name owner;
};

/* The places for this record in this zone; returns how many. */
size_t
elsewhere_names(const struct wanted *wanted, const struct name *domain,
    const struct name *zone, struct elsewhere out[static ELSEWHERE_NAMES]);

#endif
