/*
 * Any octets as what comes back over UDP and TCP: a question ends in exactly
 * one observation, and only what belongs to it can be an answer.  The network
 * and the dice are this file's: each chunk of the input is a datagram or a
 * piece of a stream, its first octet says how much of it is made to match.
 */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sys/socket.h>

#include <arpa/nameser.h>
#include <bsd/stdlib.h>

#include "dns/observe.h"
#include "dns/packet.h"
#include "dns/query.h"
#include "require.h"

enum {
	MATCH_ID = 1,
	MATCH_QUESTION = 2,	/* in the case sent */
	SPOIL_CASE = 4,
	SET_REPLY = 8,
	NOTHING = 16,		/* EAGAIN */
	BROKEN = 32,		/* an error of the socket */
	STEPS = 64
};

static struct {
	const uint8_t *data;
	size_t size;
	uint8_t sent[PACKET_QUERY + 2];	/* the last question */
	size_t sent_len;
	unsigned dice;
	bool belongs;		/* something came that answers the question */
} wire;

uint32_t
arc4random(void)
{
	return wire.dice = wire.dice * 1103515245 + 12345;
}

void
arc4random_buf(void *buf, size_t len)
{
	for (size_t i = 0; i < len; i++)
		((uint8_t *)buf)[i] = (uint8_t)(arc4random() >> 16);
}

int
connect(int fd, const struct sockaddr *to, socklen_t len)
{
	(void)fd;
	(void)to;
	(void)len;
	return 0;
}

ssize_t
send(int fd, const void *data, size_t len, int flags)
{
	(void)fd;
	(void)flags;
	require(len <= sizeof wire.sent);
	memcpy(wire.sent, data, len);
	wire.sent_len = len;
	return (ssize_t)len;
}

int
poll(struct pollfd *fds, nfds_t count, int timeout)
{
	(void)timeout;
	for (nfds_t i = 0; i < count; i++)
		fds[i].revents = fds[i].events;
	return (int)count;
}

static bool
over_tcp(void)
{
	return wire.sent_len >= 2 &&
	    ns_get16(wire.sent) == wire.sent_len - 2;
}

/* The octets of the last question, without the length that TCP has. */
static const uint8_t *
question(size_t *len)
{
	size_t head = over_tcp() ? 2 : 0;

	*len = wire.sent_len - head;
	return wire.sent + head;
}

/*
 * Judged apart from the code under test: same id, and the same question but
 * for the case of letters, or none.  Over TCP the pieces do not tell.
 */
static bool
belongs(const uint8_t *packet, size_t len)
{
	size_t asked;
	const uint8_t *sent = question(&asked);

	if (over_tcp())
		return true;
	if (len < NS_HFIXEDSZ || memcmp(packet, sent, 2) != 0)
		return false;
	if (packet[4] == 0 && packet[5] == 0)
		return true;
	for (size_t i = NS_HFIXEDSZ; i < asked && i < len; i++) {
		if ((packet[i] ^ sent[i]) & ~0x20)
			return false;
		/* The root label ends the name. */
		if (sent[i] == 0)
			break;
	}
	return true;
}

static void
match(uint8_t *packet, size_t len, uint8_t how)
{
	size_t asked, name;
	const uint8_t *sent = question(&asked);

	if (asked < NS_HFIXEDSZ || len < NS_HFIXEDSZ)
		return;
	if (how & MATCH_ID)
		memcpy(packet, sent, 2);
	if (how & SET_REPLY)
		packet[2] |= 0x80;
	if (!(how & MATCH_QUESTION))
		return;
	for (name = NS_HFIXEDSZ; name < asked && sent[name] != 0;
	    name += sent[name] + 1U)
		;
	name += 1 + NS_QFIXEDSZ;
	if (name > asked || name > len)
		return;
	memcpy(packet + NS_HFIXEDSZ, sent + NS_HFIXEDSZ, name - NS_HFIXEDSZ);
	packet[4] = 0;
	packet[5] = 1;
	if (how & SPOIL_CASE)
		packet[NS_HFIXEDSZ + 1] ^= 0x20;
}

/* A chunk is a kind, a length and the octets. */
ssize_t
recv(int fd, void *buf, size_t len, int flags)
{
	uint8_t how;
	size_t n;

	(void)fd;
	(void)flags;
	if (wire.size < 2) {
		errno = EAGAIN;
		return -1;
	}
	how = wire.data[0];
	n = wire.data[1];
	wire.data += 2;
	wire.size -= 2;
	if (how & (NOTHING | BROKEN)) {
		errno = how & NOTHING ? EAGAIN : ECONNREFUSED;
		return -1;
	}
	if (n > wire.size)
		n = wire.size;
	if (n > len)
		n = len;
	memcpy(buf, wire.data, n);
	wire.data += n;
	wire.size -= n;
	match(buf, n, how);
	wire.belongs |= belongs(buf, n);
	return (ssize_t)n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct query_engine *engine = query_engine_new();
	struct question q = { .vantage.kind = VANTAGE_AUTHORITY,
		.vantage.address = "192.0.2.1", .type = RR_TXT };
	struct observe_log log;
	const char *why;
	int64_t now = 1000;

	memset(&wire, 0, sizeof wire);
	wire.data = data;
	wire.size = size;
	require(name_parse(&q.name, "_amazonses.example.jp", &why) == 0);
	observe_init(&log);
	query_ask(engine, &q, now);
	for (int i = 0; i < STEPS && log.count == 0; i++) {
		int64_t due = query_step(engine, &log, now);

		require(due >= now || log.count > 0);
		now = wire.size >= 2 || due == INT64_MAX ? now + 10 : due;
	}
	while (log.count == 0 && now < 10000) {
		now += 100;
		query_step(engine, &log, now);
	}
	require(log.count == 1);
	require(question_equal(&log.row[0]->question, &q));
	require(log.row[0]->outcome != OUTCOME_ANSWER || wire.belongs);
	query_step(engine, &log, now + 5000);
	require(log.count == 1);
	query_engine_free(engine);
	observe_release(&log);
	return 0;
}
