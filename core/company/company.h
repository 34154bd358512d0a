/*
 * Which company runs the DNS of a domain, by its name servers.  Pure.
 */
#ifndef DNSESAME_COMPANY_H
#define DNSESAME_COMPANY_H

#include <stdbool.h>
#include <stddef.h>

#include "company/provider.h"
#include "dns/delegation.h"

/*
 * The company behind the name servers of a delegation, or NULL.  *evidence
 * (if not NULL) is the index of the server that told; *parked as of
 * provider_detect.
 */
const struct provider *
company_behind(const struct delegation *delegation, size_t *evidence,
    bool *parked);

/* The company behind the servers of a zone below, or the safe defaults. */
const struct provider *
company_of_part(const struct delegation *delegation,
    const struct delegation_part *part);

#endif
