/*
 * Whose name servers are these?  By the patterns of the companies' rows
 * (provider.h); nothing is known here of their forms.
 */
#ifndef DNSESAME_DETECT_H
#define DNSESAME_DETECT_H

#include <stdbool.h>
#include <stddef.h>

#include "company/provider.h"
#include "dns/name.h"

enum {
	PROVIDER_CANDIDATES = 4		/* companies of one name server */
};

/* Moves on to the next pattern of a list; false at the end, or for NULL. */
bool
provider_next_pattern(char pattern[static NAME_TEXT], const char **list);

/*
 * The company that runs these name servers, or NULL; *evidence is the index
 * of the server that gave it away, *parked whether it only parks the domain.
 * Either may be NULL.  A server that counts outweighs one that parks, and
 * that one which is only perhaps the company's.
 */
const struct provider *
provider_detect(const struct name *servers, size_t count, size_t *evidence,
    bool *parked);

/*
 * The company to which the value of _domainconnect leads ("HOST/PATH", or a
 * host name), or NULL.  It survives a move, so it is a hint and no more.
 */
const struct provider *
provider_of_connect(const char *value);

/*
 * The companies that this server may belong to, in the order of the table:
 * one when it is sure, more when only its user can tell.
 */
size_t
provider_candidates(const struct provider *out[static PROVIDER_CANDIDATES],
    const struct name *server);

/* True when the server is this company's, if only perhaps or to park. */
bool
provider_runs(const struct provider *provider, const struct name *server);

/* True when it is, and not only perhaps. */
bool
provider_surely_runs(const struct provider *provider,
    const struct name *server);

#endif
