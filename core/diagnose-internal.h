/*
 * The two halves of a diagnosis: the domain with its servers, the records.
 * For diagnose.c and diagnose-domain.c only.
 */
#ifndef DNSESAME_DIAGNOSE_INTERNAL_H
#define DNSESAME_DIAGNOSE_INTERNAL_H

#include <stdbool.h>

#include "diagnose.h"

/* Fills server[]: how each address behaves. */
void
diagnose_servers(struct diagnosis *d, const struct delegation *delegation,
    const struct observe_log *log, bool complete);

/* Fills domain[], worst first; the records must be diagnosed before. */
void
diagnose_domain(struct diagnosis *d, const struct inputs *inputs);

#endif
