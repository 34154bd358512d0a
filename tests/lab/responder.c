/*
 * Helper of the lab, built by `make` to build/tests/responder, by hand:
 *	cc -std=c11 -D_GNU_SOURCE -pthread -o responder responder.c -lresolv
 *
 * responder relay ADDRESS PORT FAULT...
 *	stands on ADDRESS port 53 before the name server on ADDRESS PORT (0:
 *	there is none) and plays what that server, or the network, cannot:
 *	noaa		answers without AA
 *	empty		nothing in any answer, no AA
 *	alias NAME/TO	a CNAME to TO in answer to whatever is asked of NAME
 *	truncate	UDP answers cut, with TC set
 *	endless OCTETS	over TCP messages of that length, none of them an
 *			answer, for as long as somebody reads them
 *	rows N		N rows of the type asked for, turned round each time
 *	strings N	a TXT of N strings
 *	lists N		N name servers with long names in example.jp, and
 *			nothing else
 *	cnames		a CNAME to another name below it, to whatever is asked
 *	cut		nothing, and marked as cut, over TCP, too
 *	drip		an octet at a time, and slowly
 *	reset		every connection is reset
 *	ages		a SOA that wants to be remembered for 68 years
 *	notcp, noudp	one transport without an answer
 *	noedns		UDP questions with EDNS are lost
 *	lower		the question's capital letters are spoilt
 *	compact		no name that does not exist: NOERROR, as RFC 9824 has it
 *	notext		questions for TXT are lost
 *	failtext	they are answered with SERVFAIL
 *	nounder		questions for names with an underscore are lost
 *	below NAME	questions for names below NAME are lost
 *	halfaa		AA on answers for SOA and NS alone
 *	hide		no answer to who asks for TXT where a CNAME stands
 *	beside, twins	a TXT, or a second CNAME, beside every CNAME
 *	drop PERCENT	of the UDP questions
 *	delay MS	every answer is late
 *	reorder MS	each is late by another time, up to this
 *	formerr		what has EDNS is not understood
 *	wrongid		answers to another question: by its id
 *	wrongname	the same, by its name
 *	forge		false denials before each true answer: with another
 *			id, from another address
 *	tires N		after N UDP questions, REFUSED
 *	stumbles MS	as long, from the first on: SERVFAIL over UDP to who asks
 *			with DO, as resolvers do, for a name with an underscore
 *	filter RESOLVER	only RESOLVER gets through, others hear nothing
 *	divert RESOLVER	others hear what RESOLVER says to them
 * responder await
 *	reads lines "ADDRESS PORT ZONE WANT" and returns when each server
 *	says WANT of the zone's SOA: a serial, an rcode such as REFUSED,
 *	"any" for any answer, or "tcp" for a connection taken.  1 when one does not within the deadline.
 */
#include <sys/socket.h>
#include <sys/time.h>

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <resolv.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	DNS_PORT = 53,
	MESSAGE_MAX = 65535,
	SPOILT = 1024,		/* what may be put behind an answer */
	AWAIT_SECONDS = 10,
	AWAIT_PAUSE_MS = 5,
	/* In a row: while a server takes in its zones anew, the process of
	   before may answer in turns with its heir. */
	AWAIT_SAME = 3,
	ASK_TIMEOUT_MS = 400,
	BACKEND_TIMEOUT_MS = 5000,
	DRIP_MS = 100,
	FLAG_QR = 0x80,		/* in the third byte of the header */
	FLAG_AA = 0x04,
	FLAG_TC = 0x02,
	FLAG_RD = 0x01
};

struct faults {
	bool noaa, truncate, notcp, noudp, noedns, lower;
	bool hide, beside, twins, empty, compact, notext, halfaa;
	bool failtext, nounder;
	const char *below;
	bool formerr, wrongid, wrongname, forge;
	int drop;		/* per cent of the UDP questions */
	int delay, reorder;	/* milliseconds */
	bool endless;
	int octets;
	int rows, strings, lists;
	bool cnames, cut, drip, reset, ages;
	const char *alias;
	int tires;		/* UDP questions, 0: never */
	int stumbles;		/* milliseconds */
	const char *resolver;	/* the only client that gets through */
	bool divert;		/* others get its answers, not silence */
};

static void
pause_ms(int ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&t, &t) == -1)
		continue;
}

static struct sockaddr_in
endpoint(const char *address, int port)
{
	struct sockaddr_in sin = {
		.sin_family = AF_INET,
		.sin_port = htons((in_port_t)port),
	};

	if (inet_pton(AF_INET, address, &sin.sin_addr) != 1)
		errx(64, "%s: not an IPv4 address", address);
	return sin;
}

static int
connected(const struct sockaddr_in *to, int type, int timeout_ms)
{
	struct timeval t = { timeout_ms / 1000, timeout_ms % 1000 * 1000L };
	const struct sockaddr_in from = endpoint("127.0.2.1", 0);
	int s = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	if (s == -1)
		err(1, "socket");
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
	/* From there: told apart from what the program asks. */
	if (bind(s, (const struct sockaddr *)&from, sizeof from) == -1 ||
	    connect(s, (const struct sockaddr *)to, sizeof *to) == -1) {
		close(s);
		return -1;
	}
	return s;
}

/* --- await --- */

/* What the server says of the zone: a serial, an rcode, "" for nothing. */
static void
ask_soa(const struct sockaddr_in *server, const char *zone, char *said,
    size_t size)
{
	unsigned char question[NS_PACKETSZ], answer[NS_MAXMSG];
	int s = connected(server, SOCK_DGRAM, ASK_TIMEOUT_MS);
	ssize_t len;
	ns_msg msg;
	ns_rr rr;
	int n;

	said[0] = '\0';
	if (s == -1)
		return;
	n = res_mkquery(ns_o_query, zone, ns_c_in, ns_t_soa, NULL, 0, NULL,
	    question, sizeof question);
	if (n == -1)
		errx(65, "%s: not a domain name", zone);
	len = send(s, question, (size_t)n, 0);
	if (len != -1)
		len = recv(s, answer, sizeof answer, 0);
	close(s);
	if (len < NS_HFIXEDSZ || ns_initparse(answer, (int)len, &msg) == -1)
		return;
	n = ns_msg_getflag(msg, ns_f_rcode);
	snprintf(said, size, "%s", n == ns_r_noerror ? "NOERROR" :
	    n == ns_r_servfail ? "SERVFAIL" :
	    n == ns_r_refused ? "REFUSED" : "other");
	/* The serial is the first of five numbers that end the rdata. */
	if (ns_parserr(&msg, ns_s_an, 0, &rr) == 0 &&
	    ns_rr_type(rr) == ns_t_soa && ns_rr_rdlen(rr) > 20)
		snprintf(said, size, "%lu", (unsigned long)
		    ns_get32(ns_rr_rdata(rr) + ns_rr_rdlen(rr) - 20));
}

static bool
takes_connection(const struct sockaddr_in *server)
{
	int s = connected(server, SOCK_STREAM, ASK_TIMEOUT_MS);

	if (s != -1)
		close(s);
	return s != -1;
}

static int
await(void)
{
	time_t deadline;
	char address[INET_ADDRSTRLEN], zone[NS_MAXDNAME], want[32], said[32];
	int port;

	while (scanf("%15s %d %1024s %31s", address, &port, zone, want) == 4) {
		struct sockaddr_in server = endpoint(address, port);
		int more = AWAIT_SAME;

		deadline = time(NULL) + AWAIT_SECONDS;
		for (;;) {
			if (strcmp(want, "tcp") == 0) {
				if (takes_connection(&server))
					break;
				strcpy(said, "nothing");
			} else {
				ask_soa(&server, zone, said, sizeof said);
			}
			if (strcmp(want, "any") == 0 ? said[0] != '\0' :
			    strcmp(want, said) == 0)
				more--;
			else
				more = AWAIT_SAME;
			if (more == 0)
				break;
			if (more < AWAIT_SAME)
				continue;
			if (time(NULL) > deadline) {
				warnx("%s port %d says \"%s\" of %s, not %s",
				    address, port, said, zone, want);
				return 1;
			}
			pause_ms(AWAIT_PAUSE_MS);
		}
	}
	return 0;
}

/* --- relay --- */

/* Length of the header and the question, 0 when it is none. */
static size_t
question_end(const unsigned char *msg, size_t len)
{
	int name = dn_skipname(msg + NS_HFIXEDSZ, msg + len);
	size_t end = (size_t)name + NS_HFIXEDSZ + NS_QFIXEDSZ;

	return name == -1 || end > len ? 0 : end;
}

static void
set_counts(unsigned char *msg, unsigned answers)
{
	memset(msg + 6, 0, 6);	/* answers, authorities, additionals */
	msg[7] = (unsigned char)answers;
}

/* Of an answer that begins with a CNAME, room for as much again behind it. */
static size_t
spoil_cname(const struct faults *faults, unsigned char *msg, size_t len)
{
	static const unsigned char text[] = { 0xc0, NS_HFIXEDSZ, 0, ns_t_txt,
		0, ns_c_in, 0, 0, 0, 60, 0, 8, 7, 'a', ' ', 's', 'l', 'i', 'p',
		'!' };
	size_t at = question_end(msg, len), rdata, size;
	int name = at == 0 ? -1 : dn_skipname(msg + at, msg + len);
	unsigned asked;

	if (name == -1 || msg[7] == 0 ||
	    (rdata = at + (size_t)name + NS_RRFIXEDSZ) > len ||
	    ns_get16(msg + at + name) != ns_t_cname ||
	    (size = rdata - at + ns_get16(msg + rdata - 2)) > len - at)
		return len;
	asked = ns_get16(msg + at - NS_QFIXEDSZ);
	if (faults->twins && asked == ns_t_cname) {
		memcpy(msg + at + size, msg + at, size);
		msg[rdata + size + 1] = msg[rdata + 1] == 'a' ? 'b' : 'a';
		set_counts(msg, 2);
		return at + 2 * size;
	}
	if (faults->hide && asked == ns_t_txt) {
		msg[3] = (msg[3] & 0xf0) | ns_r_servfail;
		set_counts(msg, 0);
		return at;
	}
	if (faults->beside && asked == ns_t_txt) {
		memcpy(msg + at, text, sizeof text);
		set_counts(msg, 1);
		return at + sizeof text;
	}
	return len;
}

/* At the name before the "/" stands an alias of the one behind it. */
static size_t
spoil_name(const struct faults *faults, unsigned char *msg, size_t len)
{
	const char *to = strchr(faults->alias, '/') + 1;
	char name[NS_MAXDNAME], text[NS_MAXDNAME];
	size_t end = question_end(msg, len);
	unsigned char *rr = msg + end;
	int size;

	snprintf(name, sizeof name, "%.*s", (int)(to - 1 - faults->alias),
	    faults->alias);
	if (end == 0 || dn_expand(msg, msg + len, msg + NS_HFIXEDSZ, text,
	    sizeof text) == -1 || strcasecmp(text, name) != 0 ||
	    (size = dn_comp(to, rr + 12, SPOILT / 2, NULL, NULL)) == -1)
		return len;
	msg[2] |= FLAG_AA;
	msg[3] &= 0xf0;
	set_counts(msg, 1);
	NS_PUT16(0xc000 | NS_HFIXEDSZ, rr);
	NS_PUT16(ns_t_cname, rr);
	NS_PUT16(ns_c_in, rr);
	NS_PUT32(60, rr);
	NS_PUT16(size, rr);
	return end + 12 + (size_t)size;
}

/* Every SOA wants to be remembered for as long as it can say. */
static void
spoil_ages(unsigned char *msg, size_t len)
{
	ns_msg handle;
	ns_rr rr;

	if (ns_initparse(msg, (int)len, &handle) == -1)
		return;
	for (ns_sect s = ns_s_an; s <= ns_s_ns; s++)
		for (int i = 0; i < ns_msg_count(handle, s); i++) {
			unsigned char *end;

			if (ns_parserr(&handle, s, i, &rr) == -1)
				return;
			if (ns_rr_type(rr) != ns_t_soa)
				continue;
			end = msg + (ns_rr_rdata(rr) - msg) + ns_rr_rdlen(rr);
			memset(end - 16, 0x7f, 16);
			memset(msg + (ns_rr_rdata(rr) - msg) - 6, 0x7f, 4);
		}
}

static size_t
spoil(const struct faults *faults, bool udp, unsigned char *msg, size_t len)
{
	size_t end;

	if (len < NS_HFIXEDSZ)
		return len;
	len = spoil_cname(faults, msg, len);
	if (faults->alias != NULL)
		len = spoil_name(faults, msg, len);
	if (faults->ages)
		spoil_ages(msg, len);
	if (faults->empty && (end = question_end(msg, len)) > 0) {
		msg[3] &= 0xf0;
		set_counts(msg, 0);
		len = end;
	}
	if (faults->compact && (msg[3] & 0xf) == ns_r_nxdomain)
		msg[3] &= 0xf0;
	if (faults->failtext && (end = question_end(msg, len)) > 0 &&
	    ns_get16(msg + end - NS_QFIXEDSZ) == ns_t_txt) {
		msg[3] = (msg[3] & 0xf0) | ns_r_servfail;
		set_counts(msg, 0);
		len = end;
	}
	if (faults->halfaa && (end = question_end(msg, len)) > 0 &&
	    ns_get16(msg + end - NS_QFIXEDSZ) != ns_t_soa &&
	    ns_get16(msg + end - NS_QFIXEDSZ) != ns_t_ns)
		msg[2] &= (unsigned char)~FLAG_AA;
	if (faults->noaa || faults->empty)
		msg[2] &= (unsigned char)~FLAG_AA;
	for (size_t i = NS_HFIXEDSZ; faults->lower && i < len && msg[i] != 0;
	    i++)
		if (msg[i] >= 'A' && msg[i] <= 'Z')
			msg[i] |= 0x20;
	if (faults->truncate && udp && (end = question_end(msg, len)) > 0) {
		msg[2] |= FLAG_TC;
		set_counts(msg, 0);
		len = end;
	}
	if (faults->wrongid)
		msg[0] ^= 0xff;
	if (faults->wrongname)
		msg[NS_HFIXEDSZ + 1] ^= 1;
	pause_ms(faults->delay);
	if (faults->reorder > 0) {
		unsigned seed = (unsigned)(msg[0] << 8 | msg[1]);

		pause_ms(rand_r(&seed) % faults->reorder);
	}
	return len;
}

/* Rows of the type asked for that are little but their number. */
static unsigned char *
put_row(unsigned char *at, unsigned type, unsigned number)
{
	unsigned char text[] = { 2, (unsigned char)('a' + number % 26),
		(unsigned char)('0' + number / 26 % 200) };
	size_t size = type == ns_t_txt ? 3 : type == ns_t_mx ? 7 : 5;

	NS_PUT16(0xc000 | NS_HFIXEDSZ, at);
	NS_PUT16(type, at);
	NS_PUT16(ns_c_in, at);
	NS_PUT32(60, at);
	NS_PUT16(size, at);
	if (type == ns_t_mx)
		NS_PUT16(number, at);
	memcpy(at, text, sizeof text);
	at += sizeof text;
	if (type != ns_t_txt)
		NS_PUT16(0xc000 | NS_HFIXEDSZ, at);
	return at;
}

static size_t
put_rows(unsigned char *msg, size_t end, unsigned type, unsigned count)
{
	unsigned char *at = msg + end;
	unsigned turn = (unsigned)getpid(), n = 0;

	while (n < count && at - msg < MESSAGE_MAX - 64)
		at = put_row(at, type, (n++ + turn) % count);
	set_counts(msg, 0);
	msg[6] = (unsigned char)(n >> 8);
	msg[7] = (unsigned char)n;
	return (size_t)(at - msg);
}

static size_t
put_strings(unsigned char *msg, size_t end, unsigned count)
{
	unsigned char *at = msg + end;

	NS_PUT16(0xc000 | NS_HFIXEDSZ, at);
	NS_PUT16(ns_t_txt, at);
	NS_PUT16(ns_c_in, at);
	NS_PUT32(60, at);
	NS_PUT16(2 * count, at);
	for (unsigned i = 0; i < count; i++) {
		*at++ = 1;
		*at++ = 'x';
	}
	set_counts(msg, 1);
	return (size_t)(at - msg);
}

/* Name servers in example.jp of the name asked for, whoever asks for what. */
static size_t
put_list(unsigned char *msg, size_t end, unsigned type, unsigned count)
{
	unsigned char *at = msg + end, *counted = msg +
	    (type == ns_t_ns ? 6 : 8);
	unsigned n = 0;

	while (n < count && at - msg < MESSAGE_MAX - 160) {
		NS_PUT16(0xc000 | NS_HFIXEDSZ, at);
		NS_PUT16(ns_t_ns, at);
		NS_PUT16(ns_c_in, at);
		NS_PUT32(60, at);
		NS_PUT16(132, at);
		at += sprintf((char *)at, "%c%059u%c%059u%cexample%cjp", 59, n,
		    59, n, 7, 2) + 1;
		n++;
	}
	set_counts(msg, 0);
	counted[0] = (unsigned char)(n >> 8);
	counted[1] = (unsigned char)n;
	return (size_t)(at - msg);
}

/*
 * An answer of our own to a question for rows; 0: the server is to answer.
 * Where the zone is and who holds it is told as it should be.
 */
static size_t
own(const struct faults *faults, bool udp, unsigned char *msg, size_t len)
{
	size_t end = len < NS_HFIXEDSZ ? 0 : question_end(msg, len);
	bool tcp_only = faults->rows > 0 || faults->strings > 0 ||
	    faults->lists > 0 ||
	    faults->cut || faults->drip || faults->reset;
	unsigned type;

	if (end == 0 || (!tcp_only && !faults->cnames))
		return 0;
	type = ns_get16(msg + end - NS_QFIXEDSZ);
	if (type != ns_t_txt && type != ns_t_cname && type != ns_t_mx &&
	    (faults->lists == 0 || type == ns_t_soa))
		return 0;
	msg[2] |= FLAG_QR | FLAG_AA;
	msg[3] = 0;
	set_counts(msg, 0);
	if ((udp && tcp_only) || faults->cut) {
		msg[2] |= FLAG_TC;
		return end;
	}
	if (faults->cnames) {
		set_counts(msg, 1);
		return (size_t)(put_row(msg + end, ns_t_cname,
		    (unsigned)rand()) - msg);
	}
	if (faults->strings > 0 && type == ns_t_txt)
		return put_strings(msg, end, (unsigned)faults->strings);
	if (faults->lists > 0)
		return put_list(msg, end, type, (unsigned)faults->lists);
	return put_rows(msg, end, type, faults->rows > 0 ?
	    (unsigned)faults->rows : 1);
}

/* The question sent back with a verdict of our own; 0: no question in it. */
static size_t
reply(unsigned char *out, const unsigned char *query, size_t len, int rcode)
{
	size_t end = question_end(query, len);

	memcpy(out, query, end);
	if (end == 0)
		return 0;
	out[2] |= FLAG_QR | FLAG_AA;
	out[3] = (unsigned char)rcode;
	set_counts(out, 0);
	return end;
}

/* Two lies, each of which would say that the name does not exist. */
static void
forge(int s, const struct sockaddr_in *client, const unsigned char *query,
    size_t len)
{
	unsigned char lie[MESSAGE_MAX];
	struct sockaddr_in forger = endpoint("127.0.0.99", DNS_PORT);
	const struct sockaddr *to = (const struct sockaddr *)client;
	int other = socket(AF_INET, SOCK_DGRAM, 0), on = 1;

	if ((len = reply(lie, query, len, ns_r_nxdomain)) == 0 || other == -1)
		return;
	setsockopt(other, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(other, (struct sockaddr *)&forger, sizeof forger) == 0)
		sendto(other, lie, len, 0, to, sizeof *client);
	close(other);
	lie[0] ^= 0xff;
	sendto(s, lie, len, 0, to, sizeof *client);
	pause_ms(5);
}

/* Says no by itself: the server is not asked. */
static void
deny(int s, const struct sockaddr_in *client, const unsigned char *query,
    size_t len, int rcode)
{
	unsigned char own[MESSAGE_MAX];

	if ((len = reply(own, query, len, rcode)) > 0)
		sendto(s, own, len, 0, (const struct sockaddr *)client,
		    sizeof *client);
}

/*
 * Whom a client's questions reach: the backend, the resolver in its place, or
 * NULL, nobody.
 */
static const struct sockaddr_in *
reached(const struct faults *faults, const struct sockaddr_in *client,
    const struct sockaddr_in *backend, struct sockaddr_in *resolver)
{
	if (faults->resolver != NULL) {
		*resolver = endpoint(faults->resolver, DNS_PORT);
		if (client->sin_addr.s_addr != resolver->sin_addr.s_addr)
			return faults->divert ? resolver : NULL;
	}
	return backend->sin_port == 0 ? NULL : backend;
}

/* Such questions are lost, whichever way they come. */
static bool
drops(const struct faults *faults, const unsigned char *msg, size_t len)
{
	size_t end = question_end(msg, len);
	char name[NS_MAXDNAME];

	if (end == 0)
		return false;
	if (faults->nounder && memchr(msg + NS_HFIXEDSZ, '_',
	    end - NS_HFIXEDSZ) != NULL)
		return true;
	if (faults->below != NULL && dn_expand(msg, msg + len,
	    msg + NS_HFIXEDSZ, name, sizeof name) != -1 &&
	    strlen(name) > strlen(faults->below) &&
	    strcasecmp(name + strlen(name) - strlen(faults->below),
	    faults->below) == 0)
		return true;
	return faults->notext &&
	    ns_get16(msg + end - NS_QFIXEDSZ) == ns_t_txt;
}

/* Does a resolver ask (EDNS with DO, RFC 3225), and for such a name? */
static bool
asks_on(const unsigned char *msg, size_t len)
{
	size_t end = question_end(msg, len);

	/* An OPT alone behind the question, its flags before its length. */
	return end > 0 && len >= end + NS_RRFIXEDSZ + 1 && msg[11] == 1 &&
	    (msg[end + 7] & 0x80) != 0 && memchr(msg + NS_HFIXEDSZ, '_',
	    end - NS_HFIXEDSZ) != NULL;
}

/* Is the time not over that began with the first of these questions? */
static bool
stumbles(const struct faults *faults, int64_t *first,
    const unsigned char *msg, size_t len)
{
	struct timespec t;
	int64_t now;

	if (faults->stumbles == 0 || !asks_on(msg, len))
		return false;
	clock_gettime(CLOCK_MONOTONIC, &t);
	now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	if (*first == 0)
		*first = now;
	return now - *first < faults->stumbles;
}

static void
relay_udp(int s, const struct sockaddr_in *client,
    const struct sockaddr_in *backend, const struct faults *faults,
    unsigned char *msg, size_t len)
{
	struct sockaddr_in resolver;
	const struct sockaddr_in *to = reached(faults, client, backend,
	    &resolver);
	size_t made;
	ssize_t n;
	int b;

	if (to == NULL || len < NS_HFIXEDSZ)
		return;
	if (faults->noedns && ns_get16(msg + 10) > 0)
		return;
	if (drops(faults, msg, len))
		return;
	if ((made = own(faults, true, msg, len)) > 0) {
		sendto(s, msg, made, 0, (const struct sockaddr *)client,
		    sizeof *client);
		return;
	}
	/* Additional records in a question: EDNS. */
	if (faults->formerr && msg[11] != 0) {
		deny(s, client, msg, len, ns_r_formerr);
		return;
	}
	if (faults->forge)
		forge(s, client, msg, len);
	if (to == &resolver)
		msg[2] |= FLAG_RD;
	if ((b = connected(to, SOCK_DGRAM, BACKEND_TIMEOUT_MS)) == -1)
		return;
	n = send(b, msg, len, 0) == -1 ? -1 : recv(b, msg, MESSAGE_MAX, 0);
	close(b);
	if (n == -1)
		return;
	len = spoil(faults, true, msg, (size_t)n);
	sendto(s, msg, len, 0, (const struct sockaddr *)client,
	    sizeof *client);
}

struct task {
	int s;
	struct sockaddr_in client;
	const struct sockaddr_in *backend;
	const struct faults *faults;
	size_t len;
	unsigned char msg[MESSAGE_MAX + SPOILT];
};

static void *
run_task(void *arg)
{
	struct task *task = arg;

	relay_udp(task->s, &task->client, task->backend, task->faults,
	    task->msg, task->len);
	free(task);
	return NULL;
}

/* In a thread: late answers do not wait for each other. */
static void
begin(int s, const struct sockaddr_in *client,
    const struct sockaddr_in *backend, const struct faults *faults,
    const unsigned char *msg, size_t len)
{
	struct task *task = malloc(sizeof *task);
	pthread_t thread;

	if (task == NULL)
		err(71, "malloc");
	task->s = s;
	task->client = *client;
	task->backend = backend;
	task->faults = faults;
	task->len = len;
	memcpy(task->msg, msg, len);
	if ((errno = pthread_create(&thread, NULL, run_task, task)) != 0)
		err(71, "pthread_create");
	pthread_detach(thread);
}

/* One length-prefixed message; 0 at the end of the stream. */
static size_t
receive_tcp(int s, unsigned char *msg)
{
	unsigned char size[2];
	size_t len;

	if (recv(s, size, sizeof size, MSG_WAITALL) != sizeof size)
		return 0;
	len = (size_t)(size[0] << 8 | size[1]);
	if (recv(s, msg, len, MSG_WAITALL) != (ssize_t)len)
		return 0;
	return len;
}

static void
send_tcp(int s, const unsigned char *msg, size_t len)
{
	unsigned char size[2] = { (unsigned char)(len >> 8),
		(unsigned char)len };

	send(s, size, sizeof size, MSG_MORE | MSG_NOSIGNAL);
	send(s, msg, len, MSG_NOSIGNAL);
}

/* As slowly as somebody may who wants to hold the other side. */
static void
send_drip(int s, const unsigned char *msg, size_t len)
{
	unsigned char size[2] = { (unsigned char)(len >> 8),
		(unsigned char)len };

	for (size_t i = 0; i < len + 2; i++) {
		const unsigned char *octet = i < 2 ? &size[i] : &msg[i - 2];

		if (send(s, octet, 1, MSG_NOSIGNAL) == -1)
			return;
		pause_ms(DRIP_MS);
	}
}

/* Messages that answer nothing, until the other side has had enough. */
static void
send_endless(int client, size_t octets)
{
	static const unsigned char foreign[MESSAGE_MAX];
	unsigned char size[2] = { (unsigned char)(octets >> 8),
		(unsigned char)octets };

	while (send(client, size, sizeof size, MSG_NOSIGNAL) != -1 &&
	    (octets == 0 || send(client, foreign, octets, MSG_NOSIGNAL) != -1))
		;
}

static void
relay_tcp(int client, const struct sockaddr_in *peer,
    const struct sockaddr_in *backend, const struct faults *faults,
    unsigned char *msg)
{
	struct sockaddr_in resolver;
	const struct sockaddr_in *to = reached(faults, peer, backend,
	    &resolver);
	size_t len;
	int b;

	if (faults->endless) {
		send_endless(client, (size_t)faults->octets);
		return;
	}
	if (faults->reset) {
		const struct linger now = { .l_onoff = 1 };

		setsockopt(client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
		close(client);
		return;
	}
	/* Nobody answers, and nobody hangs up. */
	if (to == NULL)
		pause_ms(BACKEND_TIMEOUT_MS);
	b = to == NULL ? -1 : connected(to, SOCK_STREAM, BACKEND_TIMEOUT_MS);
	while (b != -1 && (len = receive_tcp(client, msg)) > NS_HFIXEDSZ) {
		size_t made = own(faults, false, msg, len);

		if (drops(faults, msg, len))
			continue;
		if (made > 0) {
			(faults->drip ? send_drip : send_tcp)(client, msg,
			    made);
			continue;
		}
		if (to == &resolver)
			msg[2] |= FLAG_RD;
		send_tcp(b, msg, len);
		if ((len = receive_tcp(b, msg)) == 0)
			break;
		send_tcp(client, msg, spoil(faults, false, msg, len));
	}
}

static int
listening(const struct sockaddr_in *at, int type)
{
	int s = socket(AF_INET, type, 0), on = 1;

	if (s == -1)
		err(1, "socket");
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s, (const struct sockaddr *)at, sizeof *at) == -1 ||
	    (type == SOCK_STREAM && listen(s, SOMAXCONN) == -1))
		err(71, "port %d", ntohs(at->sin_port));
	return s;
}

static void
relay(const char *address, int port, const struct faults *faults)
{
	static unsigned char msg[MESSAGE_MAX + SPOILT];
	const struct sockaddr_in front = endpoint(address, DNS_PORT);
	const struct sockaddr_in backend = endpoint(address, port);
	struct pollfd fds[2] = {
		{ .fd = listening(&front, SOCK_DGRAM), .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	int questions = 0;
	int64_t first = 0;

	if (!faults->notcp)
		fds[1].fd = listening(&front, SOCK_STREAM);
	/* What nobody reads is lost without a word, as behind a filter. */
	if (faults->noudp)
		fds[0].events = 0;

	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		struct sockaddr_in client;
		socklen_t size = sizeof client;
		ssize_t n;
		int c;

		if (poll(fds, 2, -1) == -1)
			continue;
		if (fds[0].revents != 0 && (n = recvfrom(fds[0].fd, msg,
		    MESSAGE_MAX, 0, (struct sockaddr *)&client, &size)) > 0 &&
		    rand() % 100 >= faults->drop) {
			if (faults->tires > 0 && ++questions > faults->tires)
				deny(fds[0].fd, &client, msg, (size_t)n,
				    ns_r_refused);
			else if (stumbles(faults, &first, msg, (size_t)n))
				deny(fds[0].fd, &client, msg, (size_t)n,
				    ns_r_servfail);
			else
				begin(fds[0].fd, &client, &backend, faults,
				    msg, (size_t)n);
		}
		size = sizeof client;
		if (fds[1].revents != 0 && (c = accept(fds[1].fd,
		    (struct sockaddr *)&client, &size)) != -1) {
			if (fork() == 0) {
				relay_tcp(c, &client, &backend, faults, msg);
				_exit(0);
			}
			close(c);
		}
	}
}

int
main(int argc, char *argv[])
{
	struct faults faults = { .drop = 0 };

	if (argc == 2 && strcmp(argv[1], "await") == 0)
		return await();
	if (argc < 4 || strcmp(argv[1], "relay") != 0)
		errx(64, "usage: responder await | relay ADDRESS PORT FAULT");
	const struct {
		const char *word;
		bool *flag;
		int *number;
		const char **text;
	} words[] = {
		{ "noaa", .flag = &faults.noaa },
		{ "empty", .flag = &faults.empty },
		{ "alias", .text = &faults.alias },
		{ "endless", .flag = &faults.endless,
		    .number = &faults.octets },
		{ "rows", .number = &faults.rows },
		{ "strings", .number = &faults.strings },
		{ "lists", .number = &faults.lists },
		{ "cnames", .flag = &faults.cnames },
		{ "cut", .flag = &faults.cut },
		{ "drip", .flag = &faults.drip },
		{ "reset", .flag = &faults.reset },
		{ "ages", .flag = &faults.ages },
		{ "truncate", .flag = &faults.truncate },
		{ "notcp", .flag = &faults.notcp },
		{ "noudp", .flag = &faults.noudp },
		{ "noedns", .flag = &faults.noedns },
		{ "lower", .flag = &faults.lower },
		{ "compact", .flag = &faults.compact },
		{ "notext", .flag = &faults.notext },
		{ "failtext", .flag = &faults.failtext },
		{ "nounder", .flag = &faults.nounder },
		{ "below", .text = &faults.below },
		{ "halfaa", .flag = &faults.halfaa },
		{ "hide", .flag = &faults.hide },
		{ "beside", .flag = &faults.beside },
		{ "twins", .flag = &faults.twins },
		{ "formerr", .flag = &faults.formerr },
		{ "wrongid", .flag = &faults.wrongid },
		{ "wrongname", .flag = &faults.wrongname },
		{ "forge", .flag = &faults.forge },
		{ "drop", .number = &faults.drop },
		{ "delay", .number = &faults.delay },
		{ "reorder", .number = &faults.reorder },
		{ "tires", .number = &faults.tires },
		{ "stumbles", .number = &faults.stumbles },
		{ "filter", .text = &faults.resolver },
		{ "divert", .flag = &faults.divert, .text = &faults.resolver },
	};

	for (int i = 4; i < argc; i++) {
		bool known = false;

		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
			bool more = words[k].number != NULL ||
			    words[k].text != NULL;

			if (strcmp(words[k].word, argv[i]) != 0 ||
			    (more && i + 1 == argc))
				continue;
			known = true;
			if (words[k].flag != NULL)
				*words[k].flag = true;
			if (more)
				i++;
			if (words[k].number != NULL)
				*words[k].number = atoi(argv[i]);
			if (words[k].text != NULL)
				*words[k].text = argv[i];
			break;
		}
		if (!known)
			errx(64, "%s: no such fault", argv[i]);
	}
	relay(argv[2], atoi(argv[3]), &faults);
}
