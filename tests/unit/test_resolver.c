#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dns/resolver.h"
#include "dns/world.h"
#include "named.h"

enum {
	FDS = 8
};

static struct question
question(enum vantage_kind kind, const char *name, uint16_t type)
{
	struct question q = { .vantage.kind = kind, .name = named(name),
		.type = type };

	if (kind == VANTAGE_AUTHORITY)
		strcpy(q.vantage.address, "127.0.0.31");
	return q;
}

static struct rr
record(const char *owner, uint16_t type, const char *rdata)
{
	struct rr rr;
	struct name name;
	const char *why;

	memset(&rr, 0, sizeof rr);
	if (rr_parse(&rr, type, rdata, &why) == -1)
		fail_msg("%s: %s", rdata, why);
	name = named(owner);
	rr_set_owner(&rr, &name);
	rr.ttl = 60;
	return rr;
}

static void
add(struct world *world, const char *owner, uint16_t type, const char *rdata)
{
	struct rr rr = record(owner, type, rdata);

	assert_int_equal(practice_add(world, &rr), 0);
	rr_release(&rr);
}

/* The one observation that comes of one question; log->row[0] until reset. */
static const struct observation *
ask(struct world *world, struct observe_log *log, enum vantage_kind kind,
    const char *name, uint16_t type)
{
	struct question q = question(kind, name, type);
	struct pollfd fds[FDS];

	observe_release(log);
	world->ops->ask(world, &q, clock_now());
	for (int turns = 0; log->count == 0 && turns < 100; turns++) {
		world->ops->step(world, log, clock_now());
		if (log->count == 0)
			poll(fds, world->ops->fds(world, fds, FDS), 100);
	}
	assert_int_equal(log->count, 1);
	assert_true(question_equal(&log->row[0]->question, &q));
	assert_int_equal(log->row[0]->outcome, OUTCOME_ANSWER);
	return log->row[0];
}

static struct world *
example(void)
{
	struct text why = TEXT_INIT;
	struct world *world = world_practice(&why);
	struct question q = question(VANTAGE_RECURSIVE, "example.jp", RR_NS);
	struct question jp = question(VANTAGE_RECURSIVE, "jp", RR_NS);

	if (world == NULL)
		fail_msg("%s", why.s);
	assert_int_equal(practice_zone(world, &q.name), 0);
	assert_int_equal(practice_zone(world, &jp.name), 0);
	add(world, "example.jp", RR_NS, "dns01.muumuu-domain.com.");
	add(world, "dns01.muumuu-domain.com", RR_A, "127.0.0.31");
	add(world, "_amazonses.example.jp.example.jp", RR_TXT, "\"a;b\" \"c\"");
	add(world, "t._domainkey.example.jp", RR_CNAME,
	    "t.dkim.amazonses.com.");
	add(world, "t.dkim.amazonses.com", RR_TXT, "\"p=AAAA\"");
	return world;
}

static void
practice_answers_like_servers_do(void **state)
{
	struct world *world = example();
	struct observe_log log;
	const struct observation *o;
	const struct rr *soa;
	size_t from = 0;
	char text[64];

	(void)state;
	observe_init(&log);
	o = ask(world, &log, VANTAGE_AUTHORITY,
	    "_amazonses.example.jp.example.jp", RR_TXT);
	assert_true(o->aa);
	assert_non_null(observation_answer(o, RR_TXT, &from));
	rr_value(&o->rr[0], text, sizeof text);
	assert_string_equal(text, "a;bc");
	assert_int_equal(o->rr[0].ttl, 60);

	o = ask(world, &log, VANTAGE_RECURSIVE, "_amazonses.example.jp",
	    RR_TXT);
	assert_int_equal(o->rcode, RCODE_NXDOMAIN);
	assert_false(o->aa || o->secure);
	soa = observation_soa(o);
	assert_non_null(soa);
	assert_string_equal(name_text(soa->owner, (char[NAME_TEXT]){ 0 }),
	    "example.jp");

	/* An empty name is no NXDOMAIN. */
	o = ask(world, &log, VANTAGE_AUTHORITY, "_domainkey.example.jp",
	    RR_TXT);
	assert_int_equal(o->rcode, RCODE_NOERROR);
	assert_int_equal(o->answers, 0);
	assert_non_null(observation_soa(o));
	o = ask(world, &log, VANTAGE_AUTHORITY, "example.jp", RR_SOA);
	assert_int_equal(o->answers, 1);

	o = ask(world, &log, VANTAGE_AUTHORITY, "amazonses.com", RR_NS);
	assert_int_equal(o->rcode, RCODE_REFUSED);
	assert_false(o->aa);
	o = ask(world, &log, VANTAGE_RECURSIVE, "anything.invalid.test",
	    RR_A);
	assert_int_equal(o->rcode, RCODE_NXDOMAIN);
	observe_release(&log);
	world->ops->free(world);
}

static void
only_recursion_follows_a_cname(void **state)
{
	struct world *world = example();
	struct observe_log log;
	const struct observation *o;

	(void)state;
	observe_init(&log);
	o = ask(world, &log, VANTAGE_AUTHORITY, "t._domainkey.example.jp",
	    RR_TXT);
	assert_int_equal(o->answers, 1);
	assert_int_equal(o->rr[0].type, RR_CNAME);
	o = ask(world, &log, VANTAGE_RECURSIVE, "t._domainkey.example.jp",
	    RR_TXT);
	assert_int_equal(o->answers, 2);
	assert_int_equal(o->rr[1].type, RR_TXT);
	o = ask(world, &log, VANTAGE_RECURSIVE, "t._domainkey.example.jp",
	    RR_CNAME);
	assert_int_equal(o->answers, 1);

	/* A chain that bites its tail ends. */
	add(world, "a.example.jp", RR_CNAME, "b.example.jp.");
	add(world, "b.example.jp", RR_CNAME, "a.example.jp.");
	o = ask(world, &log, VANTAGE_RECURSIVE, "a.example.jp", RR_TXT);
	assert_true(o->answers > 2);
	observe_release(&log);
	world->ops->free(world);
}

static void
a_change_is_seen_by_the_next_question(void **state)
{
	struct world *world = example();
	struct observe_log log;
	struct rr spoilt;

	(void)state;
	observe_init(&log);
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE,
	    "_amazonses.example.jp", RR_TXT)->rcode, RCODE_NXDOMAIN);
	add(world, "_amazonses.example.jp", RR_TXT, "\"abc\"");
	spoilt = record("_amazonses.example.jp.example.jp", RR_TXT,
	    "\"a;b\" \"c\"");
	assert_int_equal(practice_remove(world, &spoilt), 0);
	assert_int_equal(practice_remove(world, &spoilt), -1);
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE,
	    "_amazonses.example.jp", RR_TXT)->answers, 1);
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE,
	    "_amazonses.example.jp.example.jp", RR_TXT)->rcode,
	    RCODE_NXDOMAIN);
	/* Nor does an empty name above it stay behind. */
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE,
	    "jp.example.jp", RR_TXT)->rcode, RCODE_NXDOMAIN);
	world->ops->refresh(world);
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE,
	    "_amazonses.example.jp", RR_TXT)->answers, 1);
	observe_release(&log);
	rr_release(&spoilt);
	world->ops->free(world);
}

static uint32_t
serial(struct world *world, struct observe_log *log, const char *name,
    uint16_t type)
{
	/* The only record of the answer, or of the "no". */
	return rr_soa_serial(&ask(world, log, VANTAGE_AUTHORITY, name,
	    type)->rr[0]);
}

static void
a_row_leaves_alone_and_the_serial_tells(void **state)
{
	struct world *world = example();
	struct rr row = record("example.jp", RR_TXT, "\"abc\"");
	struct observe_log log;
	uint32_t before;

	(void)state;
	observe_init(&log);
	before = serial(world, &log, "example.jp", RR_SOA);
	assert_int_equal(practice_add(world, &row), 0);
	assert_int_equal(serial(world, &log, "example.jp", RR_SOA),
	    before + 1);
	assert_int_equal(practice_remove(world, &row), 0);
	assert_int_equal(serial(world, &log, "no.example.jp", RR_TXT),
	    before + 2);
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE, "example.jp",
	    RR_TXT)->answers, 0);
	assert_int_equal(ask(world, &log, VANTAGE_RECURSIVE, "example.jp",
	    RR_NS)->answers, 1);
	observe_release(&log);
	rr_release(&row);
	world->ops->free(world);
}

static void
the_greatest_serial_is_followed_by_0(void **state)
{
	struct world *world = example();
	struct rr soa = record("example.jp", RR_SOA,
	    "dns01.muumuu-domain.com. a.example.jp. 4294967295 1 1 1 30");
	struct observe_log log;

	(void)state;
	observe_init(&log);
	assert_int_equal(practice_add(world, &soa), 0);
	assert_int_equal(serial(world, &log, "example.jp", RR_SOA),
	    4294967295);
	add(world, "www.example.jp", RR_A, "192.0.2.1");
	assert_int_equal(serial(world, &log, "example.jp", RR_SOA), 0);
	observe_release(&log);
	rr_release(&soa);
	world->ops->free(world);
}

static void
a_soa_of_the_callers_is_kept(void **state)
{
	struct world *world = example();
	struct rr soa = record("example.jp", RR_SOA,
	    "dns01.muumuu-domain.com. hostmaster.example.jp. 42 1 1 1 30");
	struct observe_log log;

	(void)state;
	observe_init(&log);
	assert_int_equal(practice_add(world, &soa), 0);
	assert_int_equal(rr_soa_serial(observation_soa(ask(world, &log,
	    VANTAGE_AUTHORITY, "no.example.jp", RR_TXT))), 42);
	assert_int_equal(practice_add(world, &soa), -1);
	observe_release(&log);
	rr_release(&soa);
	world->ops->free(world);
}

/* Freed and refreshed with questions outstanding; no answer comes of them. */
static void
questions_under_way_are_dropped(void **state)
{
	struct world *world = example();
	struct question q = question(VANTAGE_RECURSIVE, "example.jp", RR_NS);
	struct observe_log log;

	(void)state;
	observe_init(&log);
	for (int i = 0; i < 50; i++)
		world->ops->ask(world, &q, clock_now());
	world->ops->refresh(world);
	poll(NULL, 0, 20);
	world->ops->step(world, &log, clock_now());
	assert_int_equal(log.count, 0);
	for (int i = 0; i < 50; i++)
		world->ops->ask(world, &q, clock_now());
	world->ops->free(world);
}

/* Time is a parameter: the deadline needs no waiting. */
static void
a_late_question_is_silence(void **state)
{
	struct text why = TEXT_INIT;
	struct resolver *resolver = resolver_new(RESOLVER_FORWARD,
	    "127.0.0.253", NULL, false, &why);
	struct question q = question(VANTAGE_RECURSIVE, "example.jp", RR_NS);
	struct observe_log log;

	(void)state;
	assert_non_null(resolver);
	observe_init(&log);
	resolver_ask(resolver, &q, 1000);
	assert_int_equal(resolver_step(resolver, &log, 1000), 7000);
	assert_int_equal(resolver_step(resolver, &log, 7000), INT64_MAX);
	assert_int_equal(log.count, 1);
	assert_int_equal(log.row[0]->outcome, OUTCOME_SILENT);
	resolver_refresh(resolver);
	resolver_ask(resolver, &q, 8000);
	resolver_free(resolver);
	observe_release(&log);
}

/* A resolver with this file of options; NULL and why. */
static struct resolver *
configured(const char *file, const char *options, struct text *why)
{
	FILE *out = fopen(file, "w");

	assert_non_null(out);
	fputs(options, out);
	fclose(out);
	text_clear(why);
	return resolver_new(RESOLVER_RECURSIVE, NULL, file, false, why);
}

static void
bad_options_are_told(void **state)
{
	struct text why = TEXT_INIT;
	char file[] = "/tmp/dnsesame-test-XXXXXX";
	int fd = mkstemp(file);
	struct resolver *resolver;

	(void)state;
	assert_true(fd != -1);
	close(fd);
	assert_null(resolver_new(RESOLVER_FORWARD, "example", NULL,
	    false, &why));
	assert_non_null(strstr(why.s, "\"example\""));
	text_clear(&why);
	assert_null(resolver_new(RESOLVER_RECURSIVE, NULL, "/nonexistent.conf",
	    false, &why));
	assert_non_null(strstr(why.s, "/nonexistent.conf"));
	assert_null(configured(file, "serve me well\n", &why));
	assert_non_null(strstr(why.s, file));
	assert_null(configured(file, "server:\n\tmodule-config: \"magic\"\n",
	    &why));
	assert_non_null(strstr(why.s, file));
	assert_null(configured(file,
	    "server:\n\ttrust-anchor-file: /nonexistent.key\n", &why));
	assert_non_null(strstr(why.s, file));
	resolver = configured(file, "server:\n"
	    "\tmodule-config: \"iterator\"\n"
	    "\tdo-not-query-localhost: no\n", &why);
	if (resolver == NULL)
		fail_msg("%s", why.s);
	text_release(&why);
	resolver_free(resolver);
	unlink(file);
	assert_true(resolver_version()[0] != '\0');
}

static void
replay_answers_from_the_record(void **state)
{
	struct question q = question(VANTAGE_AUTHORITY, "example.jp", RR_TXT);
	struct observation *row = observation_new(&q);
	struct rr rr = record("example.jp", RR_TXT, "\"x\"");
	struct observe_log recorded, log;
	struct world *world;

	(void)state;
	observe_init(&recorded);
	observe_init(&log);
	observation_add_answer(row, &rr);
	row->when = 77;
	observe_add(&recorded, row);
	world = world_replay(&recorded);
	assert_int_equal(ask(world, &log, VANTAGE_AUTHORITY, "example.jp",
	    RR_TXT)->when, 77);
	assert_int_equal(log.row[0]->answers, 1);
	q.type = RR_MX;
	world->ops->ask(world, &q, 5);
	assert_int_equal(world->ops->step(world, &log, 5), INT64_MAX);
	assert_int_equal(log.count, 2);
	assert_int_equal(log.row[1]->outcome, OUTCOME_SILENT);
	/* Asked twice then, both answers stand there, and once more the last. */
	for (int64_t when = 90; when < 92; when++) {
		row = observation_new(&q);
		row->when = when;
		observe_add(&recorded, row);
	}
	log.round++;
	for (size_t i = 0; i < 2; i++) {
		world->ops->ask(world, &q, 5);
		world->ops->step(world, &log, 5);
	}
	assert_int_equal(log.count, 5);
	assert_int_equal(log.row[2]->when, 90);
	assert_int_equal(log.row[3]->when, 91);
	assert_int_equal(log.row[4]->when, 91);
	world->ops->free(world);
	rr_release(&rr);
	observe_release(&log);
	observe_release(&recorded);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(practice_answers_like_servers_do),
		cmocka_unit_test(only_recursion_follows_a_cname),
		cmocka_unit_test(a_change_is_seen_by_the_next_question),
		cmocka_unit_test(a_row_leaves_alone_and_the_serial_tells),
		cmocka_unit_test(the_greatest_serial_is_followed_by_0),
		cmocka_unit_test(a_soa_of_the_callers_is_kept),
		cmocka_unit_test(questions_under_way_are_dropped),
		cmocka_unit_test(a_late_question_is_silence),
		cmocka_unit_test(bad_options_are_told),
		cmocka_unit_test(replay_answers_from_the_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
