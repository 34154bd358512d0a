/*
 * Questions against small servers with one bad habit each, in a network of
 * our own, where port 53 of every 127.0.0.x is free.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <ctype.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dns/bounds.h"
#include "dns/query.h"
#include "named.h"

enum {
	MESSAGE = 4096,
	FDS = 512,
	HEAD = 12,
	OPT = 11
};

enum habit {
	HABIT_GOOD,
	HABIT_LOSES,		/* the first two packets */
	HABIT_NO_OPT,		/* FORMERR, and nothing but a head */
	HABIT_DROPS_OPT,
	HABIT_BADVERS,
	HABIT_LOWERS,		/* the letters of the question */
	HABIT_FORGES,		/* three wrong answers before the right one */
	HABIT_WRONG_ID,		/* always */
	HABIT_TRUNCATES,	/* over UDP */
	HABIT_TRUNCATES_ONLY,	/* no TCP */
	HABIT_SLOW_TCP,		/* octet by octet */
	HABIT_GARBLES,		/* the first */
	HABIT_GARBLES_ALL,
	HABIT_TCP_ONLY,
	HABIT_MUTE,
	HABIT_COUNT
};

static const char *const address[HABIT_COUNT] = {
	"127.0.0.10", "127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14",
	"127.0.0.15", "127.0.0.16", "127.0.0.17", "127.0.0.18", "127.0.0.19",
	"127.0.0.20", "127.0.0.21", "127.0.0.22",
	"127.0.0.23", "::1",
};

/* The others have no TCP. */
static const bool has_tcp[HABIT_COUNT] = {
	[HABIT_GOOD] = true,
	[HABIT_TRUNCATES] = true,
	[HABIT_SLOW_TCP] = true,
	[HABIT_TCP_ONLY] = true,
};

/* What the servers saw; shared with them. */
static struct seen {
	int packets, connections, rd, mixed;
	uint16_t port[256];
} *seen;

static pid_t server[HABIT_COUNT];
static bool alone;

/* Turns the query of len octets into a good reply; its length. */
static size_t
reply(uint8_t *packet, size_t len)
{
	static const uint8_t txt[] = "\xc0\x0c\0\x10\0\1\0\0\0\x3c\0\3\2ok";

	if (packet[11] == 1)
		len -= OPT;
	packet[2] |= 0x84;
	packet[7] = 1;
	packet[11] = 0;
	memcpy(packet + len, txt, sizeof txt - 1);
	return len + sizeof txt - 1;
}

static void
note(struct seen *s, const uint8_t *packet, const struct sockaddr_in6 *from)
{
	s->port[s->packets++ % 256] = from->sin6_port;
	s->rd += packet[2] & 1;
	for (const uint8_t *p = packet + HEAD; *p != 0; p++)
		if (isupper(*p)) {
			s->mixed++;
			break;
		}
}

static void
answer_udp(enum habit habit, int fd)
{
	uint8_t packet[MESSAGE], wrong[MESSAGE];
	struct sockaddr_in6 from;
	socklen_t size = sizeof from;
	ssize_t got = recvfrom(fd, packet, sizeof packet, 0,
	    (struct sockaddr *)&from, &size);
	bool opt = packet[11] == 1;
	size_t len;

	if (got < HEAD)
		return;
	note(&seen[habit], packet, &from);
	len = reply(packet, (size_t)got);
	memcpy(wrong, packet, len);
	switch (habit) {
	case HABIT_LOSES:
		if (seen[habit].packets <= 2)
			return;
		break;
	case HABIT_NO_OPT:
		if (opt) {
			packet[3] = 1;
			memset(packet + 4, 0, 8);
			len = HEAD;
		}
		break;
	case HABIT_DROPS_OPT:
		if (opt)
			return;
		break;
	case HABIT_BADVERS:
		if (opt) {
			packet[7] = 0;
			packet[11] = 1;
			len -= 15;
			memcpy(packet + len, "\0\0\x29\4\xd0\1\0\0\0\0\0",
			    OPT);
			len += OPT;
		}
		break;
	case HABIT_LOWERS:
		for (uint8_t *p = packet + HEAD; *p != 0; p++)
			*p = (uint8_t)tolower(*p);
		break;
	case HABIT_FORGES:
		wrong[0] ^= 1;
		sendto(fd, wrong, len, 0, (struct sockaddr *)&from, size);
		wrong[0] ^= 1;
		wrong[HEAD + 1] ^= 1;	/* another name */
		sendto(fd, wrong, len, 0, (struct sockaddr *)&from, size);
		wrong[HEAD + 1] ^= 1;
		wrong[2] &= 0x7f;	/* no reply */
		sendto(fd, wrong, len, 0, (struct sockaddr *)&from, size);
		break;
	case HABIT_WRONG_ID:
		packet[1] ^= 1;
		break;
	case HABIT_TRUNCATES:
	case HABIT_TRUNCATES_ONLY:
	case HABIT_SLOW_TCP:
		packet[2] |= 2;
		len -= 5;
		break;
	case HABIT_GARBLES:
		if (seen[habit].packets == 1)
			len--;
		break;
	case HABIT_GARBLES_ALL:
		len--;
		break;
	case HABIT_TCP_ONLY:
	case HABIT_MUTE:
		return;
	default:
		break;
	}
	sendto(fd, packet, len, 0, (struct sockaddr *)&from, size);
}

static void
answer_tcp(enum habit habit, int listener)
{
	uint8_t buf[MESSAGE];
	int fd = accept(listener, NULL, NULL);
	size_t len, step;

	seen[habit].connections++;
	if (recv(fd, buf, 2, MSG_WAITALL) != 2)
		goto out;
	len = (size_t)buf[0] << 8 | buf[1];
	if (len > sizeof buf - 64 ||
	    recv(fd, buf + 2, len, MSG_WAITALL) != (ssize_t)len)
		goto out;
	len = reply(buf + 2, len);
	buf[0] = (uint8_t)(len >> 8);
	buf[1] = (uint8_t)len;
	step = habit == HABIT_SLOW_TCP ? 1 : len + 2;
	for (size_t i = 0; i < len + 2; i += step)
		send(fd, buf + i, step, MSG_NOSIGNAL);
out:
	close(fd);
}

static void
listen_at(struct pollfd *fd, const char *text, int type)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_port = htons(53) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
		.sin6_port = htons(53) };
	bool six = inet_pton(AF_INET, text, &in.sin_addr) != 1;
	const int on = 1;

	if (six)
		inet_pton(AF_INET6, text, &in6.sin6_addr);
	fd->events = POLLIN;
	fd->fd = socket(six ? AF_INET6 : AF_INET, type, 0);
	setsockopt(fd->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd->fd, six ? (struct sockaddr *)&in6 :
	    (struct sockaddr *)&in, six ? sizeof in6 : sizeof in) == -1 ||
	    (type == SOCK_STREAM && listen(fd->fd, 64) == -1)) {
		perror(text);
		_exit(1);
	}
}

/* Bound before the fork: nobody waits for a server to be ready. */
static void
serve(enum habit habit)
{
	struct pollfd fd[2] = { { .fd = -1 }, { .fd = -1 } };

	listen_at(&fd[0], address[habit], SOCK_DGRAM);
	if (has_tcp[habit])
		listen_at(&fd[1], address[habit], SOCK_STREAM);
	server[habit] = fork();
	if (server[habit] == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;) {
			poll(fd, 2, -1);
			if (fd[0].revents & POLLIN)
				answer_udp(habit, fd[0].fd);
			if (fd[1].revents & POLLIN)
				answer_tcp(habit, fd[1].fd);
		}
	}
	close(fd[0].fd);
	if (fd[1].fd != -1)
		close(fd[1].fd);
}

static int
go_alone(void **state)
{
	struct ifreq lo = { .ifr_name = "lo",
		.ifr_flags = IFF_UP | IFF_RUNNING };
	int fd;

	(void)state;
	if (unshare(CLONE_NEWNET) == -1 &&
	    unshare(CLONE_NEWUSER | CLONE_NEWNET) == -1)
		return 0;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	alone = fd != -1 && ioctl(fd, SIOCSIFFLAGS, &lo) == 0;
	close(fd);
	if (!alone)
		return 0;
	seen = mmap(NULL, HABIT_COUNT * sizeof *seen, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (enum habit h = 0; h < HABIT_COUNT; h++)
		serve(h);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	for (enum habit h = 0; h < HABIT_COUNT; h++) {
		if (server[h] > 0) {
			kill(server[h], SIGKILL);
			waitpid(server[h], NULL, 0);
		}
	}
	if (seen != NULL)
		munmap(seen, HABIT_COUNT * sizeof *seen);
	return 0;
}

/* Each test counts from nothing. */
static int
forget(void **state)
{
	(void)state;
	if (seen != NULL)
		memset(seen, 0, HABIT_COUNT * sizeof *seen);
	return 0;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
ask_of(struct query_engine *engine, enum vantage_kind kind, const char *where,
    int64_t now)
{
	struct question q = { .vantage.kind = kind, .type = RR_TXT,
		.name = named("_amazonses.averylongname.example.jp") };

	snprintf(q.vantage.address, sizeof q.vantage.address, "%s", where);
	query_ask(engine, &q, now);
}

/* Runs until count answers came. */
static void
run(struct query_engine *engine, struct observe_log *log, size_t count)
{
	struct pollfd fds[FDS];
	int64_t end = now_ms() + 8000;

	for (;;) {
		int64_t now = now_ms(), due = query_step(engine, log, now);

		if (log->count >= count)
			return;
		assert_true(now < end && due < INT64_MAX);
		poll(fds, query_fds(engine, fds, FDS),
		    due <= now ? 0 : (int)(due - now));
	}
}

/* Steps on at this time: what one turn leaves is done in the next. */
static int64_t
settle(struct query_engine *engine, struct observe_log *log, int64_t now)
{
	int64_t due;

	while ((due = query_step(engine, log, now)) <= now)
		continue;
	return due;
}

static const struct observation *
one(struct query_engine *engine, struct observe_log *log, enum habit habit)
{
	observe_release(log);
	ask_of(engine, VANTAGE_AUTHORITY, address[habit], now_ms());
	run(engine, log, 1);
	assert_int_equal(log->count, 1);
	return log->row[0];
}

static void
assert_good(const struct observation *o, bool tcp)
{
	assert_int_equal(o->outcome, OUTCOME_ANSWER);
	assert_int_equal(o->rcode, RCODE_NOERROR);
	assert_int_equal(o->answers, 1);
	assert_memory_equal(o->rr[0].rdata, "\2ok", 3);
	assert_true(o->aa);
	assert_int_equal(o->tcp, tcp);
	assert_in_range(o->rtt, 0, 2000);
}

struct fixture {
	struct query_engine *engine;
	struct observe_log log;
};

static void
begin(struct fixture *f)
{
	if (!alone)
		skip();
	f->engine = query_engine_new();
	observe_init(&f->log);
}

static void
end(struct fixture *f)
{
	query_engine_free(f->engine);
	observe_release(&f->log);
}

static void
a_plain_question_is_answered(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_GOOD), false);
	assert_int_equal(seen[HABIT_GOOD].packets, 1);
	assert_int_equal(seen[HABIT_GOOD].rd, 0);
	assert_int_equal(seen[HABIT_GOOD].mixed, 1);
	assert_int_equal(query_dropped(f.engine), 0);

	observe_release(&f.log);
	ask_of(f.engine, VANTAGE_ALSO, address[HABIT_GOOD], now_ms());
	run(f.engine, &f.log, 1);
	assert_int_equal(seen[HABIT_GOOD].rd, 1);
	end(&f);
}

static void
a_lost_packet_is_sent_again(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_LOSES), false);
	/* The third was without EDNS: the fourth asks whether that was it. */
	assert_int_equal(seen[HABIT_LOSES].packets, 4);
	assert_false(f.log.row[0]->no_edns);
	end(&f);
}

static void
without_edns_when_it_is_not_understood(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_NO_OPT), false);
	assert_int_equal(seen[HABIT_NO_OPT].packets, 2);
	assert_good(one(f.engine, &f.log, HABIT_BADVERS), false);
	assert_int_equal(seen[HABIT_BADVERS].packets, 2);
	assert_false(f.log.row[0]->no_edns);
	end(&f);
}

static void
without_edns_where_nothing_else_is_answered(void **state)
{
	struct fixture f;
	int64_t start;

	(void)state;
	begin(&f);
	/* With, without, and with once more, now that it answers. */
	assert_good(one(f.engine, &f.log, HABIT_DROPS_OPT), false);
	assert_int_equal(seen[HABIT_DROPS_OPT].packets, 3);
	assert_true(f.log.row[0]->no_edns);
	/* Known by now. */
	start = now_ms();
	assert_good(one(f.engine, &f.log, HABIT_DROPS_OPT), false);
	assert_int_equal(seen[HABIT_DROPS_OPT].packets, 4);
	assert_true(f.log.row[0]->no_edns);
	assert_in_range(now_ms() - start, 0, 300);
	/* The next round finds out anew. */
	query_drop(f.engine);
	assert_good(one(f.engine, &f.log, HABIT_DROPS_OPT), false);
	assert_int_equal(seen[HABIT_DROPS_OPT].packets, 7);
	/* Of a resolver nobody wants to know. */
	query_drop(f.engine);
	ask_of(f.engine, VANTAGE_SYSTEM, address[HABIT_DROPS_OPT], now_ms());
	run(f.engine, &f.log, 2);
	assert_false(f.log.row[1]->no_edns);
	assert_int_equal(seen[HABIT_DROPS_OPT].packets, 9);
	end(&f);
}

static void
spoilt_case_is_asked_again_plain_and_remembered(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_LOWERS), false);
	assert_int_equal(seen[HABIT_LOWERS].packets, 2);
	assert_int_equal(seen[HABIT_LOWERS].mixed, 1);
	assert_good(one(f.engine, &f.log, HABIT_LOWERS), false);
	assert_int_equal(seen[HABIT_LOWERS].packets, 3);
	assert_int_equal(seen[HABIT_LOWERS].mixed, 1);
	end(&f);
}

static void
what_does_not_match_is_never_an_answer(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_FORGES), false);
	assert_int_equal(query_dropped(f.engine), 3);
	end(&f);
}

static void
a_truncated_answer_is_fetched_over_tcp(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_TRUNCATES), true);
	assert_int_equal(seen[HABIT_TRUNCATES].connections, 1);
	assert_good(one(f.engine, &f.log, HABIT_SLOW_TCP), true);
	end(&f);
}

static void
a_garbled_reply_gets_a_second_chance(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f);
	assert_good(one(f.engine, &f.log, HABIT_GARBLES), false);
	end(&f);
}

static void
what_udp_leaves_unanswered_is_asked_over_tcp(void **state)
{
	struct fixture f;
	int64_t start = now_ms();

	(void)state;
	begin(&f);
	for (int i = 0; i < 20; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, address[HABIT_TCP_ONLY],
		    start);
	run(f.engine, &f.log, 20);
	for (size_t i = 0; i < 20; i++) {
		assert_good(f.log.row[i], true);
		assert_true(f.log.row[i]->unheard);
	}
	assert_in_range(now_ms() - start, 0, QUERY_TIMEOUT - 1);
	/* None was asked twice over TCP. */
	assert_int_equal(seen[HABIT_TCP_ONLY].connections, 20);
	/* Known by now: the next one need not wait so long. */
	start = now_ms();
	assert_good(one(f.engine, &f.log, HABIT_TCP_ONLY), true);
	assert_in_range(now_ms() - start, 0, 900);
	/* An answer over UDP is no such thing. */
	assert_good(one(f.engine, &f.log, HABIT_LOSES), false);
	assert_false(f.log.row[0]->unheard);
	end(&f);
}

static void
a_question_may_go_over_tcp_alone(void **state)
{
	static const enum habit habits[] = { HABIT_GOOD, HABIT_MUTE };
	struct question q = { .name = named("example.jp"), .type = RR_SOA,
		.tcp = true };
	struct fixture f;

	(void)state;
	begin(&f);
	for (size_t i = 0; i < 2; i++) {
		snprintf(q.vantage.address, sizeof q.vantage.address, "%s",
		    address[habits[i]]);
		query_ask(f.engine, &q, now_ms());
		run(f.engine, &f.log, i + 1);
	}
	assert_int_equal(f.log.row[0]->outcome, OUTCOME_ANSWER);
	assert_true(f.log.row[0]->tcp);
	assert_false(f.log.row[0]->unheard);
	assert_int_equal(seen[HABIT_GOOD].packets, 0);
	assert_int_equal(f.log.row[1]->outcome, OUTCOME_SILENT);
	assert_true(f.log.row[1]->question.tcp);
	end(&f);
}

/* Does it serve TCP?  A closed port is an answer. */
static void
tcp_refused_twice_is_no_tcp(void **state)
{
	struct question q = { .name = named("example.jp"), .type = RR_SOA,
		.tcp = true };
	struct fixture f;
	int64_t start = now_ms();

	(void)state;
	begin(&f);
	snprintf(q.vantage.address, sizeof q.vantage.address, "%s",
	    address[HABIT_MUTE]);
	query_ask(f.engine, &q, start);
	run(f.engine, &f.log, 1);
	assert_int_equal(f.log.row[0]->outcome, OUTCOME_SILENT);
	assert_true(now_ms() - start < QUERY_TCP_TIMEOUT / 2);
	end(&f);
}

static void
only_the_deadline_says_no(void **state)
{
	static const struct {
		enum habit habit;
		enum outcome outcome;
	} never[] = {
		{ HABIT_WRONG_ID, OUTCOME_SILENT },
		{ HABIT_TRUNCATES_ONLY, OUTCOME_SILENT },
		{ HABIT_GARBLES_ALL, OUTCOME_GARBLED },
	};
	struct fixture f;
	int64_t start = now_ms();
	unsigned asked = 0;

	(void)state;
	begin(&f);
	for (size_t i = 0; i < 3; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, address[never[i].habit],
		    start);
	run(f.engine, &f.log, 3);
	assert_in_range(now_ms() - start, QUERY_TIMEOUT, 2 * QUERY_TIMEOUT);
	/* All end at once, in whatever order they are looked at. */
	for (size_t i = 0; i < 3; i++) {
		const struct observation *o = f.log.row[i];
		size_t k = 0;

		while (k < 3 && strcmp(o->question.vantage.address,
		    address[never[k].habit]) != 0)
			k++;
		assert_true(k < 3);
		assert_int_equal(o->outcome, never[k].outcome);
		asked |= 1U << k;
	}
	assert_int_equal(asked, 7);
	assert_int_equal(query_dropped(f.engine), QUERY_SENDS);
	assert_int_equal(seen[HABIT_TRUNCATES_ONLY].packets, 1);
	end(&f);
}

static void
what_cannot_be_sent_is_told_at_once(void **state)
{
	static const char *const nowhere[] = {
		"192.0.2.1", "2001:db8::1", "example", "", "1.2.3.4.5"
	};
	struct fixture f;

	(void)state;
	begin(&f);
	for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, nowhere[i], 1000);
	assert_int_equal(query_step(f.engine, &f.log, 1000), INT64_MAX);
	assert_int_equal(f.log.count, sizeof nowhere / sizeof nowhere[0]);
	for (size_t i = 0; i < f.log.count; i++)
		assert_int_equal(f.log.row[i]->outcome, OUTCOME_NO_ROUTE);
	end(&f);
}

/* Time is a parameter: three seconds pass in no time. */
static void
silence_is_five_sends_in_three_seconds(void **state)
{
	struct fixture f;
	int64_t now = 100000, due;
	struct pollfd mute;
	uint8_t packet[MESSAGE];
	int packets = 0, at_once = 0;

	(void)state;
	begin(&f);
	listen_at(&mute, "127.0.0.98", SOCK_DGRAM);
	/* A port where nobody listens refuses; that is silence, too. */
	ask_of(f.engine, VANTAGE_AUTHORITY, "127.0.0.99", now);
	ask_of(f.engine, VANTAGE_AUTHORITY, "127.0.0.98", now);
	while ((due = query_step(f.engine, &f.log, now)) < INT64_MAX) {
		/* At once only where the turn was over before all had theirs. */
		assert_true(due > now || ++at_once < 10);
		assert_int_equal(f.log.count, 0);
		now = due;
	}
	assert_int_equal(now, 100000 + QUERY_TIMEOUT);
	/* TCP, which was tried beside them, took none away. */
	while (recv(mute.fd, packet, sizeof packet, MSG_DONTWAIT) > 0)
		packets++;
	assert_int_equal(packets, QUERY_SENDS);
	close(mute.fd);
	assert_int_equal(f.log.count, 2);
	assert_int_equal(f.log.row[0]->outcome, OUTCOME_SILENT);
	assert_int_equal(f.log.row[1]->outcome, OUTCOME_SILENT);
	end(&f);
}

/* Whoever never answers may be somebody who was only named as a server. */
static void
who_never_answers_gets_sixty_four_datagrams(void **state)
{
	const int64_t start = 100000, seconds = 10;
	uint8_t packet[MESSAGE];
	struct pollfd mute;
	struct fixture f;
	int packets = 0;

	(void)state;
	begin(&f);
	listen_at(&mute, "127.0.0.98", SOCK_DGRAM);
	for (int i = 0; i < 300; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, "127.0.0.98", start);
	for (int64_t now = start; now <= start + 1000 * seconds; now += 50) {
		settle(f.engine, &f.log, now);
		while (recv(mute.fd, packet, sizeof packet,
		    MSG_DONTWAIT) > 0)
			packets++;
	}
	/* Time gives one back each second. */
	assert_in_range(packets, BOUND_DATAGRAMS, BOUND_DATAGRAMS + seconds);
	assert_true(f.log.count > 0);
	for (size_t i = 0; i < f.log.count; i++)
		assert_int_equal(f.log.row[i]->outcome, OUTCOME_SILENT);
	close(mute.fd);
	end(&f);
}

static void
many_questions_wait_their_turn(void **state)
{
	struct fixture f;
	struct pollfd fds[FDS];
	int64_t start = 100000;

	(void)state;
	begin(&f);
	for (int i = 0; i < 100; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, address[HABIT_MUTE],
		    start);
	assert_int_equal(settle(f.engine, &f.log, start), start + 400);
	assert_int_equal(query_fds(f.engine, fds, FDS), QUERY_IN_FLIGHT);
	assert_int_equal(query_fds(f.engine, fds, 3), 3);
	/* The rest starts when the first have ended, and fewer at once. */
	for (int64_t now = start; now <= start + QUERY_TIMEOUT; now += 100)
		settle(f.engine, &f.log, now);
	assert_int_equal(f.log.count, QUERY_IN_FLIGHT);
	assert_int_equal(query_fds(f.engine, fds, FDS), 4);
	query_drop(f.engine);
	assert_int_equal(query_fds(f.engine, fds, FDS), 0);
	assert_int_equal(query_step(f.engine, &f.log, start), INT64_MAX);

	/* A server that answers gets through them all. */
	observe_release(&f.log);
	for (int i = 0; i < 200; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, address[HABIT_GOOD],
		    now_ms());
	run(f.engine, &f.log, 200);
	for (size_t i = 0; i < f.log.count; i++)
		assert_good(f.log.row[i], false);
	end(&f);
}

static void
ports_differ(void **state)
{
	struct fixture f;
	const struct seen *s = &seen[HABIT_GOOD];
	int same = 0;

	(void)state;
	begin(&f);
	for (int i = 0; i < 64; i++)
		ask_of(f.engine, VANTAGE_AUTHORITY, address[HABIT_GOOD],
		    now_ms());
	run(f.engine, &f.log, 64);
	for (int i = 0; i < 64; i++)
		for (int k = 0; k < i; k++)
			same += s->port[i] == s->port[k];
	assert_int_equal(same, 0);
	end(&f);
}

static void
few_descriptors_are_enough(void **state)
{
	struct fixture f;
	struct rlimit before, few;

	(void)state;
	begin(&f);
	getrlimit(RLIMIT_NOFILE, &before);
	few = before;
	few.rlim_cur = 24;
	setrlimit(RLIMIT_NOFILE, &few);
	for (int i = 0; i < 60; i++) {
		ask_of(f.engine, VANTAGE_AUTHORITY, address[HABIT_GOOD],
		    now_ms());
		ask_of(f.engine, VANTAGE_AUTHORITY, address[HABIT_TRUNCATES],
		    now_ms());
	}
	run(f.engine, &f.log, 120);
	setrlimit(RLIMIT_NOFILE, &before);
	for (size_t i = 0; i < f.log.count; i++)
		assert_int_equal(f.log.row[i]->outcome, OUTCOME_ANSWER);
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_plain_question_is_answered,
		    forget),
		cmocka_unit_test_setup(a_lost_packet_is_sent_again,
		    forget),
		cmocka_unit_test_setup(
		    without_edns_where_nothing_else_is_answered, forget),
		cmocka_unit_test_setup(without_edns_when_it_is_not_understood,
		    forget),
		cmocka_unit_test_setup(
		    spoilt_case_is_asked_again_plain_and_remembered,
		    forget),
		cmocka_unit_test_setup(what_does_not_match_is_never_an_answer,
		    forget),
		cmocka_unit_test_setup(a_truncated_answer_is_fetched_over_tcp,
		    forget),
		cmocka_unit_test_setup(a_garbled_reply_gets_a_second_chance,
		    forget),
		cmocka_unit_test_setup(
		    what_udp_leaves_unanswered_is_asked_over_tcp, forget),
		cmocka_unit_test_setup(tcp_refused_twice_is_no_tcp, forget),
		cmocka_unit_test_setup(a_question_may_go_over_tcp_alone,
		    forget),
		cmocka_unit_test_setup(only_the_deadline_says_no, forget),
		cmocka_unit_test_setup(what_cannot_be_sent_is_told_at_once,
		    forget),
		cmocka_unit_test_setup(silence_is_five_sends_in_three_seconds,
		    forget),
		cmocka_unit_test_setup(
		    who_never_answers_gets_sixty_four_datagrams, forget),
		cmocka_unit_test_setup(many_questions_wait_their_turn,
		    forget),
		cmocka_unit_test_setup(ports_differ, forget),
		cmocka_unit_test_setup(few_descriptors_are_enough,
		    forget),
	};

	return cmocka_run_group_tests(tests, go_alone, stop);
}
