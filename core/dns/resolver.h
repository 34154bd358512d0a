/*
 * Our own validating recursion: the only user of libunbound.  Thread mode, so
 * that nothing waits; one context, replaced when a fresh look is wanted.
 */
#ifndef DNSESAME_RESOLVER_H
#define DNSESAME_RESOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "dns/observe.h"

struct resolver;

enum resolver_mode {
	RESOLVER_RECURSIVE,	/* from the root, validating */
	RESOLVER_SYSTEM,	/* through resolv.conf, not validating */
	RESOLVER_FORWARD,	/* through one address, not validating */
	RESOLVER_LOCAL		/* local data only: no network at all */
};

/*
 * conf: a file of unbound.conf(5) options applied last, or NULL.  NULL and a
 * translated sentence added to why on failure.  private: servers at addresses
 * that only networks inside use are asked, too (see address_special()); conf
 * may say so with do-not-query-localhost: no.
 */
struct resolver *
resolver_new(enum resolver_mode mode, const char *address, const char *conf,
    bool private, struct text *why);
void
resolver_free(struct resolver *resolver);

/* Is it allowed to ask at private addresses? */
bool
resolver_is_private(const struct resolver *resolver);

/*
 * Begins to ask; one observation will come of it.  Nothing within 6 s, 3 s
 * for the root itself, is OUTCOME_SILENT.
 */
void
resolver_ask(struct resolver *resolver, const struct question *question,
    int64_t now);

/*
 * The one descriptor to wait for (readable); another one after a refresh, -1
 * as long as nothing was asked.
 */
int
resolver_fd(const struct resolver *resolver);

/* Collects what came, gives up what is late; next due time. */
int64_t
resolver_step(struct resolver *resolver, struct observe_log *log,
    int64_t now);

/*
 * Drops all questions under way; the next one begins with a fresh context, so
 * that nothing is believed from before.  Local data stays.
 */
void
resolver_refresh(struct resolver *resolver);

/*
 * RESOLVER_LOCAL: data, changeable while running; the next question sees it.
 * A "no" comes without SOA: libunbound 1.17 loses the root zone as soon as
 * another local zone is added, so there is only that one.  -1 when refused.
 */
int
resolver_local_add(struct resolver *resolver, const struct rr *rr);
/* Removes all records of this owner. */
int
resolver_local_remove(struct resolver *resolver, const struct name *owner);

/* "1.17.1", for --version. */
const char *
resolver_version(void);

#endif
