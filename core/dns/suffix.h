/*
 * Public suffixes: below which names domains are registered, and by whom
 * (the Public Suffix List, libpsl).  Pure.
 */
#ifndef DNSESAME_SUFFIX_H
#define DNSESAME_SUFFIX_H

#include <stdbool.h>

#include "dns/name.h"

/*
 * Is it itself such an ending, under the rules of the registries alone?  A
 * private suffix (ddns.net) has an owner.
 */
bool
suffix_is_public(const struct name *name);

/* Is its last label a top-level domain that the list knows? */
bool
suffix_is_known(const struct name *name);

/* The registered domain, one label below the suffix; else the name itself. */
void
suffix_registered(const struct name *name, struct name *out);

/*
 * The same as the registries have it: a suffix that is somebody's own
 * (ddns.net) was registered once, and rows below it may stand in its zone.
 */
void
suffix_delegated(const struct name *name, struct name *out);

#endif
