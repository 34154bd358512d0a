/*
 * Shared by query.c (whose turn it is), query-job.c (one question on its way
 * over UDP and TCP) and query-retry.c (when it is sent again, how, and when
 * it is given up).
 */
#ifndef DNSESAME_QUERY_INTERNAL_H
#define DNSESAME_QUERY_INTERNAL_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/socket.h>

#include "dns/bounds.h"
#include "dns/observe.h"
#include "dns/packet.h"
#include "dns/query.h"

enum {
	QUERY_DESCRIPTORS = 512,	/* sockets open at once, at most */
	QUERY_LENGTH = 2	/* octets before a TCP message */
};

/*
 * How a question goes.  It is over with an answer in any state but the first,
 * and in every state when its time is over.
 *
 *	WAITING -- its turn --> UDP -- answer cut (TC) --+
 *	   |                     ^|                      |
 *	   |                     ++ not answered: sent   |
 *	   |                        again; after three,  |
 *	   |                        a twin begins below  v
 *	   +-- asked over TCP ----------------------> TCP_WAITING <--+
 *	                                                 | connect   | fails,
 *	                                              TCP_WRITING ---+ is sent
 *	                                                 | written   | again
 *	                                              TCP_READING ---+
 */

/* What is known of an address; lives as long as the engine. */
struct query_address {
	char text[VANTAGE_ADDRESS];
	struct sockaddr_storage sockaddr;
	socklen_t len;		/* 0: not an address */
	bool plain;		/* spoils letter case: ask without the mix */
	bool edns;		/* has answered with EDNS in the question */
	bool old;		/* in this round: only without, see query.h */
	int srtt;		/* ms, smoothed; 0 unknown */
	unsigned cap, in_flight;
	/*
	 * Datagrams that may still be sent there: an answer earns some, time
	 * slowly the others.  Who never answers gets no more.
	 */
	int credit;
	int64_t earned;		/* when time last gave one back */
	int64_t halved;		/* when cap last went down */
	/* What UDP leaves unanswered is answered over TCP. */
	bool unheard;
	bool trying;		/* some question finds that out */
};

enum query_state {
	QUERY_WAITING,		/* not yet sent */
	QUERY_UDP,
	QUERY_TCP_WAITING,	/* no connection, until resend */
	QUERY_TCP_WRITING,	/* connecting, too */
	QUERY_TCP_READING
};

struct query_job {
	struct question question;
	struct query_address *address;
	enum query_state state;
	int fd;
	uint16_t id;
	bool mixed, edns;
	bool dropped;		/* EDNS was left out, since nothing came */
	struct name sent_name;	/* in the letter case sent */
	uint8_t query[QUERY_LENGTH + PACKET_QUERY];
	size_t query_len;	/* without the length before it */
	int sends;
	int wait;		/* ms until the next resend */
	int64_t deadline, resend, sent;
	int refusals;		/* of TCP, see tcp_refused() */
	bool garbled;		/* something came that could not be read */
	/* An answer that is being read, turn by turn; NULL: none. */
	struct packet_reader *reader;
	struct observation *answer;
	uint8_t *datagram;	/* a copy of it, unless it came over TCP */
	int64_t came;
	struct observation *held;	/* see job_hold(); or NULL */
	uint8_t *stream;	/* what came over TCP */
	size_t done;		/* octets written or read over TCP */
	/*
	 * The same question over the other transport, or NULL.  Only the
	 * first of the two may say that nothing came.
	 */
	struct query_job *twin;
	bool second;		/* over TCP, beside one over UDP */
	bool over;		/* the twin had the answer */
};

struct query_engine {
	struct query_job **job;	/* in the order asked */
	size_t jobs, capacity;
	struct query_address **address;
	size_t addresses;
	size_t limit, open;	/* descriptors */
	struct turn turn;	/* of the step under way */
	size_t dropped;
	struct pollfd ready[QUERY_DESCRIPTORS];
};

/* What became of a step. */
enum query_result {
	QUERY_ON,
	QUERY_NO_DESCRIPTOR,	/* try again later */
	QUERY_OVER		/* the observation was added */
};

/* Adds one, not yet sent, at the end. */
struct query_job *
query_job_new(struct query_engine *engine, struct query_address *address,
    const struct question *question);
void
query_job_free(struct query_engine *engine, struct query_job *job);

/* Sends the first time. */
enum query_result
query_job_start(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now);

/* The socket can be read or written, or there is more of an answer to read. */
enum query_result
query_job_ready(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now);

/* Resends or gives up when it is time. */
enum query_result
query_job_due(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now);

/* When query_job_due() has something to do. */
int64_t
query_job_next(const struct query_job *job);

/* Writes the query anew: another id, another mix of letter case. */
void
query_job_compose(struct query_job *job);

/*
 * Sends or, over TCP, connects.  A refusal is a send that was lost: the
 * server may come back before the deadline.
 */
enum query_result
query_job_send(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now);

/* What is held is the answer: nothing else came. */
enum query_result
query_job_release(struct query_job *job, struct observe_log *log,
    int64_t now);

/* The observation, or one of that outcome, goes to the log. */
enum query_result
query_job_end(struct observe_log *log, const struct query_job *job,
    struct observation *observation, enum outcome outcome, int64_t now);

/* What came of a send: how much may be under way to the address, how long
   the next one waits. */
void
query_lost(struct query_address *a, int64_t now);
void
query_answered(struct query_address *a, const struct query_job *job,
    int64_t now);
bool
query_may_send(struct query_address *a, int64_t now);

/* ms before the first resend. */
int
query_wait(const struct query_address *a);

#endif
