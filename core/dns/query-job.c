#include "dns/query-internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/nameser.h>

#include <bsd/stdlib.h>

#include "base/xalloc.h"

enum {
	READS = 8,		/* datagrams taken from a socket in one step */
	RCODE_BADVERS = 16,	/* RFC 6891 section 9 */
	MESSAGE = 65535,	/* octets of the longest over TCP */
	EDNS_ALONE = 1,		/* sends before EDNS is left out */
	EDNS_AGAIN = 1000,	/* ms in which one with it may be answered */
	REFUSALS = 2		/* of TCP, until a server has none */
};

static void
job_close(struct query_engine *engine, struct query_job *job)
{
	if (job->fd == -1)
		return;
	close(job->fd);
	job->fd = -1;
	engine->open--;
}

static void
job_close_answer(struct query_job *job)
{
	packet_end(job->reader);
	observation_free(job->answer);
	free(job->datagram);
	job->reader = NULL;
	job->answer = NULL;
	job->datagram = NULL;
}

void
query_job_free(struct query_engine *engine, struct query_job *job)
{
	job_close(engine, job);
	if (job->second)
		job->address->trying = false;
	else if (job->state != QUERY_WAITING)
		job->address->in_flight--;
	if (job->twin != NULL)
		job->twin->twin = NULL;
	job_close_answer(job);
	observation_free(job->held);
	free(job->stream);
	free(job);
}

/* The name with every letter in a case drawn at random. */
static void
mix_case(struct name *name)
{
	uint8_t coin[NAME_WIRE];
	size_t i = 0;

	arc4random_buf(coin, sizeof coin);
	while (name->wire[i] != 0) {
		size_t next = i + name->wire[i] + 1U;

		for (i++; i < next; i++) {
			uint8_t c = name->wire[i];
			uint8_t lower = c | 0x20;

			if (lower >= 'a' && lower <= 'z')
				name->wire[i] = coin[i] & 1 ? lower :
				    lower & 0xdf;
		}
	}
}

/* With the id and the mix it has: an answer to an earlier send still fits. */
static void
job_write(struct query_job *job)
{
	uint8_t *length = job->query;
	unsigned flags = job->edns ? PACKET_OPT : 0;

	if (job->question.vantage.kind != VANTAGE_AUTHORITY)
		flags |= PACKET_RD;
	job->query_len = packet_query(job->query + QUERY_LENGTH, job->id,
	    &job->sent_name, job->question.type, flags);
	NS_PUT16(job->query_len, length);
}

/* Writes the query anew: another id, another mix. */
void
query_job_compose(struct query_job *job)
{
	job->id = (uint16_t)arc4random();
	job->mixed = !job->address->plain;
	job->sent_name = job->question.name;
	if (job->mixed)
		mix_case(&job->sent_name);
	job_write(job);
}

/* This machine cannot send there, whatever the far end does. */
static bool
no_route(int error)
{
	switch (error) {
	case ENETUNREACH:
	case EHOSTUNREACH:
	case ENETDOWN:
	case EADDRNOTAVAIL:
	case EAFNOSUPPORT:
	case EACCES:
	case EPERM:
	case EINVAL:
		return true;
	default:
		return false;
	}
}

enum query_result
query_job_end(struct observe_log *log, const struct query_job *job,
    struct observation *observation, enum outcome outcome, int64_t now)
{
	if (job->second && outcome != OUTCOME_ANSWER) {
		if (job->twin != NULL)
			job->twin->garbled |= job->garbled;
		return QUERY_OVER;
	}
	if (job->twin != NULL)
		job->twin->over = true;
	if (observation == NULL) {
		observation = observation_new(&job->question);
		observation->outcome = outcome;
	}
	job->address->unheard = job->second;
	observation->unheard = job->second;
	observation->tcp = job->state > QUERY_UDP;
	observation->when = now;
	observation->rtt = job->sends == 0 ? 0 : (int)(now - job->sent);
	observe_add(log, observation);
	return QUERY_OVER;
}

static enum query_result
job_open(struct query_engine *engine, struct query_job *job, int type,
    struct observe_log *log, int64_t now)
{
	const struct query_address *a = job->address;

	job->fd = socket(a->sockaddr.ss_family,
	    type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (job->fd == -1)
		return no_route(errno) ?
		    query_job_end(log, job, NULL, OUTCOME_NO_ROUTE, now) :
		    QUERY_NO_DESCRIPTOR;
	engine->open++;
	if (connect(job->fd, (const struct sockaddr *)&a->sockaddr,
	    a->len) == -1 && errno != EINPROGRESS && no_route(errno))
		return query_job_end(log, job, NULL, OUTCOME_NO_ROUTE, now);
	return QUERY_ON;
}

/*
 * Sends or, over TCP, connects.  A refusal is a send that was lost: the
 * server may come back before the deadline.
 */
enum query_result
query_job_send(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	enum query_result result;

	job->sent = now;
	job->sends++;
	job->resend = now + job->wait;
	job->wait += job->wait * 3 / 10;
	if (job->state != QUERY_UDP) {
		job_close(engine, job);
		job->done = 0;
		job->state = QUERY_TCP_WRITING;
		result = job_open(engine, job, SOCK_STREAM, log, now);
		if (result == QUERY_NO_DESCRIPTOR)
			job->state = QUERY_TCP_WAITING;
		return result == QUERY_OVER ? QUERY_OVER : QUERY_ON;
	}
	if (job->sends > EDNS_ALONE && job->edns && !job->address->edns &&
	    job->held == NULL) {
		job->edns = false;
		job->dropped = true;
		job_write(job);
	}
	if (query_may_send(job->address, now) && send(job->fd,
	    job->query + QUERY_LENGTH, job->query_len, MSG_NOSIGNAL) == -1 &&
	    no_route(errno))
		return query_job_end(log, job, NULL, OUTCOME_NO_ROUTE, now);
	return QUERY_ON;
}

enum query_result
query_job_start(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	struct query_address *a = job->address;
	bool tcp = job->question.tcp;
	enum query_result result;

	if (a->len == 0)
		return query_job_end(log, job, NULL, OUTCOME_NO_ROUTE, now);
	if (!tcp && (result = job_open(engine, job, SOCK_DGRAM, log, now)) !=
	    QUERY_ON)
		return result;
	a->in_flight++;
	job->state = tcp ? QUERY_TCP_WAITING : QUERY_UDP;
	job->deadline = now + (tcp ? QUERY_TCP_TIMEOUT : QUERY_TIMEOUT);
	job->wait = query_wait(a);
	job->edns = !a->old;
	job->dropped = a->old;
	query_job_compose(job);
	return query_job_send(engine, job, log, now);
}

/* Does the head belong to the question sent?  *spoilt: but for its case. */
static bool
job_matches(const struct query_job *job, const struct packet_head *head,
    bool *spoilt)
{
	*spoilt = false;
	if (!head->reply || head->id != job->id)
		return false;
	/* A server that understood nothing may repeat nothing. */
	if (!head->has_question)
		return head->rcode != RCODE_NOERROR &&
		    head->rcode != RCODE_NXDOMAIN;
	if (head->type != job->question.type ||
	    !name_equal(&head->name, &job->sent_name))
		return false;
	*spoilt = job->mixed && memcmp(head->name.wire, job->sent_name.wire,
	    job->sent_name.len) != 0;
	return true;
}

/*
 * The first question without EDNS was answered.  Was the server away before, or
 * does it leave those with EDNS alone?  Asked so once more, now that it is
 * there, it shows; until then this answer is held.
 */
static enum query_result
job_hold(struct query_engine *engine, struct query_job *job,
    struct observation *o, struct observe_log *log, int64_t now)
{
	enum query_result result;

	o->rtt = (int)(job->came - job->sent);
	job->held = o;
	job->edns = true;
	query_job_compose(job);
	result = query_job_send(engine, job, log, now);
	job->resend = now + EDNS_AGAIN;
	return result;
}

enum query_result
query_job_release(struct query_job *job, struct observe_log *log,
    int64_t now)
{
	struct observation *o = job->held;

	job->held = NULL;
	job->edns = false;
	job->sent = job->came - o->rtt;
	o->no_edns = !job->address->edns;
	job->address->old |= o->no_edns;
	query_answered(job->address, job, now);
	return query_job_end(log, job, o, o->outcome, job->came);
}

/* The answer, as far as this turn gets; all of it ends the job. */
static enum query_result
job_answer(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	struct observation *o = job->answer;
	int64_t came = job->came;

	if (!packet_go_on(job->reader, &engine->turn))
		return QUERY_ON;
	job->answer = NULL;
	job_close_answer(job);
	if (o->outcome == OUTCOME_GARBLED) {
		/* The next one may be sound: only the deadline says no. */
		job->garbled = true;
		observation_free(o);
		return QUERY_ON;
	}
	if (job->edns && (o->rcode == RCODE_FORMERR ||
	    o->rcode == RCODE_NOTIMP || o->rcode == RCODE_BADVERS)) {
		observation_free(o);
		job->edns = job->dropped = false;
		query_job_compose(job);
		return query_job_send(engine, job, log, now);
	}
	/* An answer to the question before may have come after all. */
	job->address->edns |= job->dropped && !o->no_edns &&
	    job->state == QUERY_UDP;
	if (o->no_edns && !job->address->old && !job->address->edns &&
	    job->question.vantage.kind == VANTAGE_AUTHORITY)
		return job_hold(engine, job, o, log, now);
	o->no_edns &= job->address->old;
	query_answered(job->address, job, came);
	return query_job_end(log, job, o, o->outcome, came);
}

/* What came ends the job, changes what is asked, or is dropped. */
static enum query_result
job_message(struct query_engine *engine, struct query_job *job,
    const uint8_t *packet, size_t len, struct observe_log *log, int64_t now)
{
	struct packet_head head;
	bool spoilt;

	if (packet_head(&head, packet, len) == -1) {
		job->garbled |= len >= 2 && ns_get16(packet) == job->id;
		engine->dropped++;
		return QUERY_ON;
	}
	if (!job_matches(job, &head, &spoilt)) {
		engine->dropped++;
		return QUERY_ON;
	}
	if (spoilt) {
		engine->dropped++;
		job->address->plain = true;
		job->address->edns |= job->edns;
		query_job_compose(job);
		return query_job_send(engine, job, log, now);
	}
	if (head.tc && job->state == QUERY_UDP) {
		query_lost(job->address, now);
		job_close(engine, job);
		job->state = QUERY_TCP_WAITING;
		query_job_compose(job);
		return query_job_send(engine, job, log, now);
	}
	if (job->state == QUERY_UDP) {
		job->datagram = xmalloc(len);
		memcpy(job->datagram, packet, len);
		packet = job->datagram;
	}
	job->came = now;
	job->answer = observation_new(&job->question);
	job->answer->no_edns = !job->edns && job->dropped &&
	    job->state == QUERY_UDP;
	job->reader = packet_begin(job->answer, packet, len, &log->keep);
	return job_answer(engine, job, log, now);
}

static enum query_result
job_udp(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	uint8_t packet[PACKET_EDNS * 4];

	for (int i = 0; i < READS && job->state == QUERY_UDP &&
	    job->reader == NULL; i++) {
		ssize_t n = recv(job->fd, packet, sizeof packet, 0);

		if (n == -1) {
			/* ICMP: the resend will show whether it stays so. */
			if (errno == EAGAIN || errno == EINTR)
				break;
			continue;
		}
		if (job_message(engine, job, packet, (size_t)n, log, now) ==
		    QUERY_OVER)
			return QUERY_OVER;
	}
	return QUERY_ON;
}

/* A connection that fails is tried again when the resend is due. */
static enum query_result
tcp_failed(struct query_engine *engine, struct query_job *job)
{
	job_close(engine, job);
	job->state = QUERY_TCP_WAITING;
	return QUERY_ON;
}

/*
 * The port is closed.  Does it serve TCP?  Once more at once, and it does not.
 * Whoever is to answer by TCP may be starting anew: that is a send lost.
 */
static enum query_result
tcp_refused(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	tcp_failed(engine, job);
	if (!job->question.tcp)
		return QUERY_ON;
	job->resend = now;
	return ++job->refusals < REFUSALS ? QUERY_ON :
	    query_job_end(log, job, NULL, OUTCOME_SILENT, now);
}

static enum query_result
job_tcp_write(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	size_t whole = QUERY_LENGTH + job->query_len;
	ssize_t n = send(job->fd, job->query + job->done, whole - job->done,
	    MSG_NOSIGNAL);

	if (n == -1 && (errno == ECONNREFUSED || errno == EPIPE))
		return tcp_refused(engine, job, log, now);
	if (n == -1)
		return errno == EAGAIN || errno == EINTR ||
		    errno == EINPROGRESS ? QUERY_ON : tcp_failed(engine, job);
	job->done += (size_t)n;
	if (job->done == whole) {
		job->done = 0;
		job->state = QUERY_TCP_READING;
		if (job->stream == NULL)
			job->stream = xmalloc(QUERY_LENGTH + MESSAGE);
	}
	return QUERY_ON;
}

/*
 * At most one message a step.  Nobody else writes into our connection: who
 * sends what was not asked for there has nothing for us, however much more of
 * it comes.
 */
static enum query_result
job_tcp_read(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	for (;;) {
		size_t whole = QUERY_LENGTH;
		enum query_state was = job->state;
		int fd = job->fd;
		ssize_t n;

		if (job->done >= QUERY_LENGTH)
			whole += ns_get16(job->stream);
		if (job->done == whole) {
			if (job_message(engine, job, job->stream + QUERY_LENGTH,
			    whole - QUERY_LENGTH, log, now) == QUERY_OVER)
				return QUERY_OVER;
			/* Asked anew: that is another connection. */
			if (job->state != was || job->fd != fd ||
			    job->reader != NULL)
				return QUERY_ON;
			return tcp_failed(engine, job);
		}
		n = recv(job->fd, job->stream + job->done, whole - job->done,
		    0);
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			return QUERY_ON;
		if (n <= 0)
			return tcp_failed(engine, job);
		job->done += (size_t)n;
	}
}

enum query_result
query_job_ready(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	if (job->reader != NULL) {
		int fd = job->fd;
		enum query_result result = job_answer(engine, job, log, now);

		return result == QUERY_ON && job->reader == NULL &&
		    job->state == QUERY_TCP_READING && job->fd == fd ?
		    tcp_failed(engine, job) : result;
	}
	switch (job->state) {
	case QUERY_UDP:
		return job_udp(engine, job, log, now);
	case QUERY_TCP_WRITING:
		return job_tcp_write(engine, job, log, now);
	case QUERY_TCP_READING:
		return job_tcp_read(engine, job, log, now);
	case QUERY_WAITING:
	case QUERY_TCP_WAITING:
		break;
	}
	return QUERY_ON;
}
