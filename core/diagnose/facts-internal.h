/*
 * Shared by facts.c (what the name servers say of a record), facts-behind.c
 * (what stands behind it), facts-elsewhere.c (where it went) and
 * facts-resolvers.c (what resolvers make of it); for nobody else.
 */
#ifndef DNSESAME_FACTS_INTERNAL_H
#define DNSESAME_FACTS_INTERNAL_H

#include "diagnose/facts.h"

/* What one answer means for the record; a name server needs AA. */
enum cell
facts_cell(const struct facts *facts, const struct observation *observation,
    bool authority);

/* Addresses at the name itself that no random sibling has: a proxy. */
void
facts_gather_addresses(struct facts *facts);

/*
 * SES and receivers ask for TXT at the DKIM name, and a server must answer
 * with the CNAME then, too (RFC 1034 section 4.3.2).
 */
void
facts_gather_key_path(struct facts *facts);

/* Did the record go to the place of this rank (elsewhere.h)? */
void
facts_gather_place(struct facts *facts, const struct diagnosis *diagnosis,
    size_t rank);

void
facts_gather_resolvers(struct facts *facts, const struct diagnosis *diagnosis,
    const struct probe_vantages *vantages);

#endif
