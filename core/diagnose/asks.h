/*
 * Of which records a row is asked.  DMARC is asked for only where none
 * stands, at the name or above: receivers discard two rows of one name
 * (RFC 9989 section 4.10), and one that is there is its owner's.
 */
#ifndef DNSESAME_ASKS_H
#define DNSESAME_ASKS_H

#include <stddef.h>

#include "diagnose/check.h"
#include "diagnose/policy.h"

/* By what was found of a DMARC record, and above it. */
enum asks
asks_for(const struct record_diagnosis *record, const struct policy *policy);

/* Of record index, by the last look; before the first nothing is known. */
enum asks
asks_of(const struct check *check, size_t index);

/*
 * The next record of which a row is asked, after or before index; the plan's
 * count when there is none.
 */
size_t
asks_after(const struct check *check, size_t index);
size_t
asks_before(const struct check *check, size_t index);

#endif
