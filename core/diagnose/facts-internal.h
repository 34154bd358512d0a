/*
 * Shared by facts.c (what the name servers say of a record) and
 * facts-resolvers.c (what resolvers make of it); for nobody else.
 */
#ifndef DNSESAME_FACTS_INTERNAL_H
#define DNSESAME_FACTS_INTERNAL_H

#include "diagnose/facts.h"

/* What one answer means for the record; a name server needs AA. */
enum cell
facts_cell(const struct facts *facts, const struct observation *observation,
    bool authority);

void
facts_gather_resolvers(struct facts *facts, const struct diagnosis *diagnosis,
    const struct probe_vantages *vantages);

#endif
