/*
 * How much processor time the longest turn of a check takes, after which it
 * looks at the terminal and the signals, while 32 name servers answer all
 * with as many records as are kept.  Linked so that each turn is two pieces (ld
 * --wrap): the turns are the same in each try, and of each the least counts, so
 * that no other program makes one longer.  A piece takes 2 ms at the most.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <bsd/string.h>

#include "diagnose/check.h"
#include "dns/bounds.h"
#include "ses/ticks.h"

enum {
	NOW = 1000000,
	MINUTE = 60000,
	TRIES = 2,
	LOOKS = 2,
	STEPS = 200000,
	ROOM = BOUND_QUESTIONS + 1000,
	RECORDS = 2 * BOUND_RECORDS,	/* with those that matter */
	TEXT = 255,
	SERVERS = BOUND_ADDRESSES,
	MOST = 2 * 2000			/* us */
};

struct turn
__wrap_turn_begin(int microseconds);
bool
__wrap_turn_is_over(const struct turn *turn);

/* What the name servers answer: between these a number, behind them more. */
static const struct stranger {
	const char *name, *head, *tail;
	bool wild;		/* whatever name is asked for */
	const char *refers;	/* hand each name on: to whom, "" nowhere */
	bool inside;		/* have names that nobody finds */
} strangers[] = {
	{ "any row at every name", "", " x", true, NULL, false },
	{ "rows that mean something", "", " amazonses", false, NULL, false },
	{ "SPF of other senders", "v=spf1 include:n", ".example.net ~all",
	    false, NULL, false },
	{ "SPF that leads on", "v=spf1 include:a", ".example.net "
	    "include:b.example.net", false, NULL, false },
	{ "tokens, cut, at every name",
	    "amazonses:fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuO", "", true,
	    NULL, false },
	{ "zones below, of other servers at each", "", "", true,
	    "example.jp", false },
	{ "name servers of names that nobody asked for", "", "", true, "",
	    false },
	{ "name servers inside that nobody finds", "", " x", true, NULL,
	    true },
};

struct crowd {
	struct world world;
	const struct stranger *stranger;
	struct question *asked;
	size_t count, answered;
	int64_t own;		/* ns that making answers took */
};

static unsigned pieces;		/* of this turn */

struct turn
__wrap_turn_begin(int microseconds)
{
	(void)microseconds;
	pieces = 0;
	return (struct turn){ 0 };
}

/* When it is asked a second time: something is done in each turn. */
bool
__wrap_turn_is_over(const struct turn *turn)
{
	(void)turn;
	return pieces++ > 0;
}

static int64_t
thread_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static struct name
named(const char *text)
{
	struct name name;
	const char *why = "";

	if (name_parse(&name, text, &why) == -1)
		errx(EX_SOFTWARE, "%s: %s", text, why);
	return name;
}

static void
add(struct observation *o, void (*to)(struct observation *,
    const struct rr *), const struct name *owner, uint16_t type,
    const char *value)
{
	struct rr rr = { .ttl = 60 };
	const char *why = "";

	if (rr_from_value(&rr, type, value, &why) == -1 &&
	    rr_parse(&rr, type, value, &why) == -1)
		errx(EX_SOFTWARE, "%s: %s", value, why);
	rr_share_owner(&rr, owner, o->answers > 0 ? &o->rr[0] : NULL);
	to(o, &rr);
	rr_release(&rr);
}

static void
add_servers(const struct crowd *crowd, struct observation *o,
    void (*to)(struct observation *, const struct rr *))
{
	const struct name zone = named("example.jp");
	char host[64];

	for (unsigned i = 1; i <= SERVERS; i++) {
		snprintf(host, sizeof host, "ns%u.example.%s", i,
		    crowd->stranger->inside ? "jp" : "net");
		add(o, to, &zone, RR_NS, host);
	}
}

/* A name as long as can be that is told from others by its end alone. */
static void
write_long(char out[static NAME_TEXT], unsigned server, unsigned i,
    const char *tail)
{
	snprintf(out, NAME_TEXT, "x%050d.%060d.%060d.s%u-%u%s%s", 0, 0, 0,
	    server, i, *tail == '\0' ? "" : ".", tail);
}

/* Each server hands each name on to others than all before it. */
static void
refer(const struct crowd *crowd, struct observation *o)
{
	const struct question *q = &o->question;
	const char *tail = crowd->stranger->refers;
	char host[NAME_TEXT], asked[NAME_TEXT], owner[NAME_TEXT];
	unsigned server = (unsigned)atoi(q->vantage.address +
	    strlen("198.51.100."));
	struct name name = q->name;

	o->aa = false;
	name_text(&q->name, asked);
	if (*tail != '\0' && strstr(asked, "_domainkey.") != NULL)
		name = named("_domainkey.example.jp");
	for (unsigned i = 0; i < BOUND_RECORDS; i++) {
		write_long(host, server, i, tail);
		if (*tail == '\0') {
			write_long(owner, server, i, "jp");
			name = named(owner);
		}
		add(o, observation_add_authority, &name, RR_NS, host);
	}
	for (unsigned i = 0; i < BOUND_RECORDS; i++) {
		write_long(host, server, i, tail);
		name = named(host);
		snprintf(owner, sizeof owner, "198.51.102.%u", i);
		add(o, observation_add_additional, &name, RR_A, owner);
	}
}

/* The registry has addresses, at which nobody is asked. */
static void
add_glue(struct observation *o)
{
	char host[64], address[16];

	for (unsigned i = 1; i <= BOUND_RECORDS; i++) {
		const struct name *name;
		struct name inside;

		snprintf(host, sizeof host, "ns%u.example.jp", 1 + i % SERVERS);
		snprintf(address, sizeof address, "127.0.9.%u", i);
		inside = named(host);
		name = &inside;
		add(o, observation_add_additional, name, RR_A, address);
	}
}

/* As many as are kept, and each as long as all of them may be. */
static void
flood(const struct crowd *crowd, struct observation *o)
{
	const struct name *owner = &o->question.name;
	uint16_t type = o->question.type;
	char value[TEXT + 1];

	/* Addresses never matter. */
	for (unsigned i = 100; i < 100 + (type == RR_A ? BOUND_RECORDS :
	    RECORDS); i++) {
		if (type == RR_TXT || type == RR_SPF)
			snprintf(value, sizeof value, "%s%u%s",
			    crowd->stranger->head, i, crowd->stranger->tail);
		else if (type == RR_A)
			snprintf(value, sizeof value, "198.51.103.%u", i);
		else if (type == RR_MX)
			snprintf(value, sizeof value, "%u feedback-smtp."
			    "ap-northeast-1.amazonses.c%u", i, i);
		else if (type == RR_CNAME || type == RR_NS)
			snprintf(value, sizeof value, "7klfyylbeg3rhdsv5u"
			    "cdrd6pm6hu2zx2.dkim.amazonses%u.com", i);
		else
			return;
		if (type == RR_TXT)
			while (strlen(value) < TEXT)
				strlcat(value, "x", sizeof value);
		add(o, observation_add_answer, owner, type, value);
	}
}

/* Our own recursion, and the registry's server. */
static void
lead(const struct crowd *crowd, struct observation *o)
{
	const struct question *q = &o->question;
	char owner[NAME_TEXT], address[16];
	unsigned i;

	name_text(&q->name, owner);
	if (strcmp(q->vantage.address, "193.0.14.129") == 0) {
		add_servers(crowd, o, observation_add_authority);
		if (crowd->stranger->inside)
			add_glue(o);
	} else if (crowd->stranger->inside && strncmp(owner, "ns", 2) == 0)
		o->rcode = RCODE_SERVFAIL;
	else if (strcmp(owner, "jp") == 0 && q->type == RR_NS)
		add(o, observation_add_answer, &q->name, RR_NS, "a.dns.jp");
	else if (strcmp(owner, "example.jp") == 0 && q->type == RR_NS)
		add_servers(crowd, o, observation_add_answer);
	else if (strcmp(owner, "a.dns.jp") == 0 && q->type == RR_A)
		add(o, observation_add_answer, &q->name, RR_A, "193.0.14.129");
	else if (sscanf(owner, "ns%u.example.net", &i) == 1 &&
	    q->type == RR_A) {
		snprintf(address, sizeof address, "198.51.100.%u", i);
		add(o, observation_add_answer, &q->name, RR_A, address);
	} else if (strstr(owner, "example") != NULL)
		flood(crowd, o);
}

static struct observation *
answer(const struct crowd *crowd, const struct question *q)
{
	struct observation *o = observation_new(q);
	const struct name zone = named("example.jp");
	char owner[NAME_TEXT];

	o->when = NOW;
	if (strncmp(q->vantage.address, "198.51.100.", 11) != 0) {
		lead(crowd, o);
		return o;
	}
	o->aa = true;
	if (name_equal(&q->name, &zone) && q->type == RR_SOA)
		add(o, observation_add_answer, &zone, RR_SOA,
		    "ns1.example.net host.example.jp 1 2 3 4 5");
	else if (name_equal(&q->name, &zone) && q->type == RR_NS)
		add_servers(crowd, o, observation_add_answer);
	else if (crowd->stranger->refers != NULL)
		refer(crowd, o);
	else if (crowd->stranger->wild || strstr(name_text(&q->name, owner),
	    "guard") == NULL)
		flood(crowd, o);
	return o;
}

static void
ask(struct world *world, const struct question *q, int64_t now)
{
	struct crowd *crowd = (struct crowd *)world;

	(void)now;
	if (crowd->count == ROOM)
		errx(EX_SOFTWARE, "more questions than are asked");
	crowd->asked[crowd->count++] = *q;
}

static size_t
fds(struct world *world, struct pollfd *fd, size_t max)
{
	(void)world;
	(void)fd;
	(void)max;
	return 0;
}

/* One a step, as packets come. */
static int64_t
step(struct world *world, struct observe_log *log, int64_t now)
{
	struct crowd *crowd = (struct crowd *)world;
	int64_t begun = thread_time();
	struct observation *o;

	if (crowd->answered == crowd->count)
		return INT64_MAX;
	o = answer(crowd, &crowd->asked[crowd->answered++]);
	crowd->own += thread_time() - begun;
	observe_add(log, o);
	return now;
}

static void
refresh(struct world *world)
{
	struct crowd *crowd = (struct crowd *)world;

	crowd->answered = crowd->count = 0;
}

static const struct world_ops ops = {
	.ask = ask, .fds = fds, .step = step, .refresh = refresh
};

static void
identify(struct identity *identity)
{
	static const char *const token[] = {
		"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
		"zdqttidvz7ora35tlm64k2ciqh3pvksq",
		"vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv"
	};
	const char *why;

	identity_init(identity);
	if (identity_set_domain(identity, "example.jp", &why) == -1 ||
	    identity_set_region(identity, "ap-northeast-1", &why) == -1 ||
	    identity_set_verification(identity,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why) == -1 ||
	    identity_set_mail_from(identity, "bounce", &why) == -1)
		errx(EX_SOFTWARE, "%s", why);
	for (size_t i = 0; i < sizeof token / sizeof token[0]; i++)
		if (identity_add_token(identity, token[i], &why) == -1)
			errx(EX_SOFTWARE, "%s", why);
}

/* Steps on until it is over; of each turn the least is kept. */
static void
go(struct check *check, struct crowd *crowd, int64_t now, int64_t *least,
    size_t *n)
{
	bool news;

	while (!check_is_over(check)) {
		int64_t begun = thread_time(), took;

		if (*n == STEPS)
			errx(EX_SOFTWARE, "it never ends");
		crowd->own = 0;
		check_step(check, now, &news);
		took = thread_time() - begun - crowd->own;
		if (least[*n] == 0 || took < least[*n])
			least[*n] = took;
		++*n;
	}
}

/* How long the longest turn takes under this one, in us. */
static int
longest(const struct stranger *stranger, size_t *turns)
{
	struct crowd crowd = { .world = { .ops = &ops, .private = !stranger->inside },
		.stranger = stranger,
		.asked = calloc(ROOM, sizeof *crowd.asked) };
	int64_t *least = calloc(STEPS, sizeof *least), most = 0;
	struct check *check = calloc(1, sizeof *check);
	struct identity identity;

	if (crowd.asked == NULL || least == NULL || check == NULL)
		err(EX_OSERR, NULL);
	identify(&identity);
	for (int try = 0; try < TRIES; try++) {
		*turns = 0;
		check_init(check, &crowd.world, &identity, "guard");
		for (int64_t look = 0; look < LOOKS; look++) {
			check_start(check, NOW + look * MINUTE);
			go(check, &crowd, NOW + look * MINUTE, least, turns);
		}
		check_release(check);
	}
	for (size_t i = 0; i < *turns; i++)
		if (least[i] > most)
			most = least[i];
	free(crowd.asked);
	free(least);
	free(check);
	return (int)(most / 1000);
}

int
main(int argc, char *argv[])
{
	int failed = 0, most = MOST;

	if (argc > 1)
		most *= atoi(argv[1]);

	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		size_t turns;
		int us = longest(&strangers[i], &turns);

		failed |= us > most;
		printf("%sok - %s: %zu turns of %d us\n", us > most ? "not " :
		    "", strangers[i].name, turns, us);
	}
	return failed;
}
