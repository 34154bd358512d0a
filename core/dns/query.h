/*
 * One question to one address, without libunbound: UDP with EDNS 1232, TCP
 * after TC, retries.  What three sends over UDP leave unanswered is asked over
 * TCP, too, beside the sends that are left.  Port, id and letter case are
 * random; answers that do not match all of them are dropped (RFC 5452;
 * draft-vixie-dnsext-dns0x20).
 * FORMERR: again without EDNS (RFC 6891 section 6.2.2), as when an address that
 * never answered any such question leaves one unanswered.  Where that helps, it
 * is asked with EDNS once more; if that stays unanswered, too, the server drops
 * such questions, and in this round gets no more of them (no_edns).  A server
 * that spoils letter case is asked again without the mix.
 */
#ifndef DNSESAME_QUERY_H
#define DNSESAME_QUERY_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/observe.h"

enum {
	QUERY_TIMEOUT = 3000,	/* ms for one question, all sends together */
	QUERY_SENDS = 5,	/* sends within that */
	QUERY_TCP_TIMEOUT = 1500,	/* ms for one over TCP from the start:
					   a lost SYN is sent again after 1 s */
	QUERY_IN_FLIGHT = 64	/* at one address; halved when it drops */
};

struct query_engine;

struct query_engine *
query_engine_new(void);
void
query_engine_free(struct query_engine *engine);

/*
 * Takes one question to the vantage's address; RD is set for system and also.
 * Waits its turn when the address has enough in flight.  The next step sends
 * it: call query_step() after asking, before waiting.
 *
 * A server that is silent, refuses the port or answers what cannot be read is
 * OUTCOME_SILENT or OUTCOME_GARBLED only when the time is over, never before;
 * but one that is asked whether it serves TCP, when it has refused twice.
 */
void
query_ask(struct query_engine *engine, const struct question *question,
    int64_t now);

size_t
query_fds(struct query_engine *engine, struct pollfd *fds, size_t max);

/* Reads, resends, gives up; answers go to the log.  Next due time. */
int64_t
query_step(struct query_engine *engine, struct observe_log *log, int64_t now);

/* Drops all questions under way. */
void
query_drop(struct query_engine *engine);

/* Replies dropped so far because they did not match what was asked. */
size_t
query_dropped(const struct query_engine *engine);

#endif
