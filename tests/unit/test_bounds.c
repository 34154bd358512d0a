/*
 * What one check takes in, however much the other side has to say.  Their
 * answers are made here, for no server says so much in a second.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "diagnose/check.h"
#include "diagnose/policy.h"
#include "dns/bounds.h"
#include "named.h"

#define FIRST "198.51.100.1"

enum {
	NOW = 1000000,
	ROOM = BOUND_QUESTIONS + 1000,
	STEPS = 100000,
	STRING = 255,
	RESOLVERS = 4,
	/* An answer holds as much again of what matters; see keep.h. */
	RECORDS = 2 * BOUND_RECORDS,
	FEW = 8,
	STRINGS = 3		/* of a record; together more than is kept */
};

/* Everybody who is asked, and how the name servers answer. */
struct stub {
	struct world world;
	unsigned servers;
	bool backward;		/* the last one is named first, */
	bool twice;		/* each has two addresses, */
	bool denies;		/* and nothing but its SOA and NS */
	bool floods;		/* all that is kept; else all but SOA is lost, */
	bool loses;		/* or what the first is asked about MX */
	struct question *asked;
	size_t count, answered;
};

static void
add(struct observation *o, void (*to)(struct observation *,
    const struct rr *), const char *owner, uint16_t type, const char *value)
{
	struct rr rr = { .ttl = 60 };
	const struct name n = named(owner);
	const char *why = "";

	if (rr_parse(&rr, type, value, &why) == -1)
		fail_msg("%s: %s", value, why);
	rr_set_owner(&rr, &n);
	to(o, &rr);
	rr_release(&rr);
}

static void
add_servers(const struct stub *stub, struct observation *o,
    void (*to)(struct observation *, const struct rr *))
{
	char host[64];

	for (unsigned i = 1; i <= stub->servers; i++) {
		snprintf(host, sizeof host, "ns%u.example.net",
		    stub->backward ? stub->servers + 1 - i : i);
		add(o, to, "example.jp", RR_NS, host);
	}
}

static void
flood(struct observation *o, const struct name *owner)
{
	struct rr rr = { .ttl = 60, .type = RR_TXT,
		.len = STRINGS * (STRING + 1),
		.rdata = malloc(STRINGS * (STRING + 1)) };
	uint8_t *text = rr.rdata;

	rr_set_owner(&rr, owner);
	memset(text, 'x', rr.len);
	for (size_t at = 0; at < rr.len; at += STRING + 1u)
		text[at] = STRING;
	for (unsigned i = 0; i < RECORDS; i++) {
		snprintf((char *)text + 1, 8, "%u", i);
		observation_add_answer(o, &rr);
	}
	rr_release(&rr);
}

/* Our own recursion, and the registry's server. */
static void
lead(const struct stub *stub, struct observation *o)
{
	const struct question *q = &o->question;
	char owner[NAME_TEXT], address[16];
	unsigned i;

	name_text(&q->name, owner);
	if (strcmp(q->vantage.address, "192.0.2.53") == 0)
		add_servers(stub, o, observation_add_authority);
	else if (strcmp(owner, "jp") == 0 && q->type == RR_NS)
		add(o, observation_add_answer, owner, RR_NS, "a.dns.jp");
	else if (strcmp(owner, "example.jp") == 0 && q->type == RR_NS)
		add_servers(stub, o, observation_add_answer);
	else if (strcmp(owner, "a.dns.jp") == 0 && q->type == RR_A)
		add(o, observation_add_answer, owner, RR_A, "192.0.2.53");
	else if (sscanf(owner, "ns%u.example.net", &i) == 1 &&
	    q->type == RR_A) {
		snprintf(address, sizeof address, "198.51.100.%u", i);
		add(o, observation_add_answer, owner, RR_A, address);
		snprintf(address, sizeof address, "198.51.101.%u", i);
		if (stub->twice)
			add(o, observation_add_answer, owner, RR_A, address);
	}
}

static struct observation *
answer(const struct stub *stub, const struct question *q)
{
	struct observation *o = observation_new(q);
	struct name zone = named("example.jp");

	o->when = NOW;
	if (strncmp(q->vantage.address, "198.51.10", 9) != 0) {
		lead(stub, o);
		return o;
	}
	o->aa = true;
	if (name_equal(&q->name, &zone) && q->type == RR_SOA)
		add(o, observation_add_answer, "example.jp", RR_SOA,
		    "ns1.example.net host.example.jp 1 2 3 4 5");
	else if (name_equal(&q->name, &zone) && q->type == RR_NS)
		add_servers(stub, o, observation_add_answer);
	else if (stub->floods && !(stub->loses && q->type == RR_MX &&
	    strcmp(q->vantage.address, FIRST) == 0))
		flood(o, &q->name);
	else if (!stub->denies)
		o->outcome = OUTCOME_SILENT;
	return o;
}

static void
ask(struct world *world, const struct question *q, int64_t now)
{
	struct stub *stub = (struct stub *)world;

	(void)now;
	assert_true(stub->count < ROOM);
	stub->asked[stub->count++] = *q;
}

static size_t
fds(struct world *world, struct pollfd *fd, size_t max)
{
	(void)world;
	(void)fd;
	(void)max;
	return 0;
}

/* A few a step, as packets come. */
static int64_t
step(struct world *world, struct observe_log *log, int64_t now)
{
	struct stub *stub = (struct stub *)world;
	size_t few = stub->answered + FEW;

	(void)now;
	while (stub->answered < stub->count && stub->answered < few)
		observe_add(log, answer(stub,
		    &stub->asked[stub->answered++]));
	return stub->answered < stub->count ? now : INT64_MAX;
}

static void
refresh(struct world *world)
{
	(void)world;
}

static const struct world_ops ops = {
	.ask = ask, .fds = fds, .step = step, .refresh = refresh
};

/* How they answer is the stub's. */
static struct check *
looked(struct stub *stub)
{
	static const char *const token[] = {
		"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
		"zdqttidvz7ora35tlm64k2ciqh3pvksq",
		"vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv"
	};
	struct check *check = malloc(sizeof *check);
	struct identity identity;
	const char *why;
	int steps = 0;

	stub->world = (struct world){ .ops = &ops, .private = true };
	stub->asked = calloc(ROOM, sizeof *stub->asked);
	identity_init(&identity);
	identity_set_domain(&identity, "example.jp", &why);
	identity_set_region(&identity, "ap-northeast-1", &why);
	for (size_t i = 0; i < sizeof token / sizeof token[0]; i++)
		identity_add_token(&identity, token[i], &why);
	identity_set_verification(&identity,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why);
	identity_set_mail_from(&identity, "bounce", &why);
	check_init(check, &stub->world, &identity, "guard");
	/* Other resolvers are asked for the records, too. */
	for (unsigned i = 0; i < RESOLVERS; i++) {
		struct vantage *v = &check->vantages.also[i];

		v->kind = VANTAGE_ALSO;
		snprintf(v->address, sizeof v->address, "198.51.100.%u",
		    100 + i);
	}
	check->vantages.count = RESOLVERS;
	check_start(check, NOW);
	while (!check_is_over(check) && steps++ < STEPS)
		check_step(check, NOW, NULL);
	assert_true(check_is_over(check));
	return check;
}

/* What was not asked is not known, and the check says why. */
static void
says_so(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	bool said = false;

	for (size_t i = 0; i < d->domains; i++)
		said |= d->domain[i].finding == FINDING_LIMIT_REACHED &&
		    d->domain[i].cause == CAUSE_MUCH;
	assert_true(said);
	for (size_t i = 0; i < d->records; i++)
		assert_int_not_equal(d->record[i].finding, FINDING_MISSING);
}

/* The check met the end of the name servers that are asked, and says so. */
static void
says_names(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	size_t said = 0;

	assert_true(check->delegation.beyond);
	assert_int_equal(check->delegation.all, BOUND_ADDRESSES);
	for (size_t i = 0; i < d->domains; i++)
		said += d->domain[i].finding == FINDING_LIMIT_REACHED;
	assert_int_equal(said, 1);
}

static void
end(struct check *check, struct stub *stub)
{
	check_release(check);
	free(check);
	free(stub->asked);
}

/* What a server that answers others leaves unanswered is asked again. */
static void
three_thousand_questions_are_the_end(void **state)
{
	struct stub stub = { .servers = 2 };
	struct check *check = looked(&stub);

	(void)state;
	assert_int_equal(stub.count, BOUND_QUESTIONS);
	assert_int_equal(check->asked, BOUND_QUESTIONS);
	says_so(check);
	assert_int_equal(check->diagnosis.verdict, STATE_UNKNOWN);
	end(check, &stub);
}

static void
answers_of_24_mb_are_the_end(void **state)
{
	struct stub stub = { .servers = BOUND_ADDRESSES, .floods = true,
		.loses = true };
	struct check *check = looked(&stub);

	(void)state;
	assert_true(stub.count < BOUND_QUESTIONS);
	assert_int_equal(stub.answered, stub.count);
	assert_true(check->log.octets > BOUND_LOG);
	assert_true(check->log.octets < 2 * (size_t)BOUND_LOG);
	says_so(check);
	end(check, &stub);
}

/* The same ones in every look: names have an order, sets have none. */
static void
thirty_two_names_are_the_end(void **state)
{
	struct stub one = { .servers = BOUND_NAMES + 8, .denies = true };
	struct stub other = one;
	struct check *check = looked(&one), *again;
	struct name last = named("ns9.example.net");

	(void)state;
	other.backward = true;
	again = looked(&other);
	says_names(check);
	says_names(again);
	for (size_t i = 0; i < BOUND_NAMES; i++) {
		assert_true(name_equal(&check->delegation.server[i].name,
		    &again->delegation.server[i].name));
		assert_string_equal(check->delegation.server[i].address,
		    again->delegation.server[i].address);
		assert_false(name_equal(&check->delegation.server[i].name,
		    &last));
	}
	end(check, &one);
	end(again, &other);
}

/* Every name server is asked at one address before any at two. */
static void
thirty_two_addresses_are_the_end(void **state)
{
	struct stub stub = { .servers = BOUND_ADDRESSES - 10, .twice = true,
		.denies = true };
	struct check *check = looked(&stub);
	size_t first = 0;

	(void)state;
	says_names(check);
	for (size_t i = 0; i < check->delegation.all; i++)
		first += strncmp(check->delegation.server[i].address, FIRST,
		    strlen(FIRST) - 1) == 0;
	assert_int_equal(first, BOUND_ADDRESSES - 10);
	end(check, &stub);
}

/* More than one bound: each is told. */
static void
every_end_is_told(void **state)
{
	struct stub stub = { .servers = BOUND_NAMES + 8, .floods = true,
		.loses = true };
	struct check *check = looked(&stub);
	bool told[CAUSE_COUNT] = { false };

	(void)state;
	for (size_t i = 0; i < check->diagnosis.domains; i++)
		if (check->diagnosis.domain[i].finding ==
		    FINDING_LIMIT_REACHED)
			told[check->diagnosis.domain[i].cause] = true;
	assert_true(told[CAUSE_NONE]);
	assert_true(told[CAUSE_MUCH]);
	end(check, &stub);
}

/* The same servers, and no bound is met: nothing of it is said. */
static void
less_is_no_end(void **state)
{
	struct stub stub = { .servers = 2, .floods = true };
	struct check *check = looked(&stub);

	(void)state;
	assert_int_equal(check->met, 0);
	for (size_t i = 0; i < check->diagnosis.domains; i++)
		assert_int_not_equal(check->diagnosis.domain[i].finding,
		    FINDING_LIMIT_REACHED);
	end(check, &stub);
}

/* What a name says of SPF, with so many octets of addresses in it. */
static void
say_spf(struct observe_log *log, unsigned n, unsigned octets,
    const char *next)
{
	struct rr rr = { 0 };
	struct question q = { .vantage = { .kind = VANTAGE_RECURSIVE },
		.type = RR_TXT };
	struct observation *o;
	char owner[64], text[4096];
	const char *why = "";

	snprintf(owner, sizeof owner, "a%u.example.net", n);
	snprintf(text, sizeof text, "v=spf1");
	while (strlen(text) < octets)
		strlcat(text, " ip4:192.0.2.0/24", sizeof text);
	strlcat(text, " include:", sizeof text);
	strlcat(text, next, sizeof text);
	q.name = named(owner);
	o = observation_new(&q);
	if (rr_from_value(&rr, RR_TXT, text, &why) == -1)
		fail_msg("%s", why);
	rr_set_owner(&rr, &q.name);
	observation_add_answer(o, &rr);
	rr_release(&rr);
	observe_add(log, o);
}

static bool
leads(struct observe_log *log, unsigned first, struct facts_walks *walks)
{
	const struct wanted wanted = { .kind = WANTED_MAIL_FROM_SPF,
		.owner = named("bounce.example.jp"), .type = RR_TXT };
	struct rr *rr = calloc(1, sizeof *rr);
	char text[64];
	const char *why = "";
	bool led;

	snprintf(text, sizeof text, "v=spf1 include:a%u.example.net ~all",
	    first);
	assert_int_equal(rr_from_value(rr, RR_TXT, text, &why), 0);
	led = policy_spf_leads(&wanted, rr, log, walks);
	/* Until all have been asked for, they are compared with it. */
	if (walks->count == 0 || walks->rr[walks->count - 1] != rr) {
		rr_release(rr);
		free(rr);
	}
	return led;
}

static void
forget(struct facts_walks *walks)
{
	while (walks->count > 0) {
		struct rr *rr = (void *)(uintptr_t)walks->rr[--walks->count];

		rr_release(rr);
		free(rr);
	}
	walks->any = false;
}

/* Seven includes of 2,000 octets are followed to SES, nine are not. */
static void
spf_leads_to_sixteen_kb(void **state)
{
	struct facts_walks walks = { .count = 0 };
	struct observe_log log;
	char next[64];

	(void)state;
	observe_init(&log);
	for (unsigned i = 1; i < 9; i++) {
		snprintf(next, sizeof next, "a%u.example.net", i + 1);
		say_spf(&log, i, 2000, next);
	}
	say_spf(&log, 9, 2000, "amazonses.com");
	assert_true(leads(&log, 3, &walks));
	forget(&walks);
	assert_false(leads(&log, 1, &walks));
	forget(&walks);
	observe_release(&log);
}

/* Servers of which each has another one: the first four are followed. */
static void
four_ways_of_spf_are_followed(void **state)
{
	struct facts_walks walks = { .count = 0 };
	struct observe_log log;

	(void)state;
	observe_init(&log);
	for (unsigned i = 0; i <= FACTS_WALKS; i++)
		say_spf(&log, i, 0, "amazonses.com");
	for (unsigned i = 0; i < FACTS_WALKS; i++)
		assert_true(leads(&log, i, &walks));
	assert_true(leads(&log, 0, &walks));
	assert_false(leads(&log, FACTS_WALKS, &walks));
	forget(&walks);
	observe_release(&log);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_thousand_questions_are_the_end),
		cmocka_unit_test(answers_of_24_mb_are_the_end),
		cmocka_unit_test(thirty_two_names_are_the_end),
		cmocka_unit_test(thirty_two_addresses_are_the_end),
		cmocka_unit_test(every_end_is_told),
		cmocka_unit_test(less_is_no_end),
		cmocka_unit_test(spf_leads_to_sixteen_kb),
		cmocka_unit_test(four_ways_of_spf_are_followed),
	};

	return cmocka_run_group_tests_name("bounds", tests, NULL, NULL);
}
