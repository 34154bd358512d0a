#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "dns/observe.h"

static struct question
question(const char *name, uint16_t type)
{
	struct question q = { .vantage = { VANTAGE_AUTHORITY, "127.0.0.31" },
		.type = type };
	const char *why;

	assert_int_equal(name_parse(&q.name, name, &why), 0);
	return q;
}

static void
say(struct observe_log *log, const char *name, const char *text, int64_t when)
{
	struct question q = question(name, RR_TXT);
	struct observation *o = observation_new(&q);
	const char *why;

	o->when = when;
	if (text != NULL) {
		struct rr rr = { .owner = q.name, .ttl = 60 };

		assert_int_equal(rr_from_value(&rr, RR_TXT, text, &why), 0);
		observation_add_answer(o, &rr);
		rr_release(&rr);
	} else {
		o->rcode = RCODE_NXDOMAIN;
	}
	observe_add(log, o);
}

static void
an_answer_of_another_round_is_no_answer(void **state)
{
	struct observe_log log;
	struct question q = question("a.example.jp", RR_TXT);

	(void)state;
	observe_init(&log);
	log.round = 1;
	say(&log, "a.example.jp", "x", 1);
	assert_non_null(observe_find(&log, &q));
	log.round = 2;
	assert_null(observe_find(&log, &q));
	assert_non_null(observe_before(&log, &q, log.round));
	observe_release(&log);
}

static void
the_newest_answer_of_a_round_counts(void **state)
{
	struct observe_log log;
	struct question q = question("a.example.jp", RR_TXT);

	(void)state;
	observe_init(&log);
	say(&log, "a.example.jp", NULL, 1);
	say(&log, "A.EXAMPLE.JP", "x", 2);
	assert_int_equal(observe_find(&log, &q)->when, 2);
	observe_release(&log);
}

static void
pruning_keeps_the_newest_and_the_last_different_one(void **state)
{
	struct observe_log log;

	(void)state;
	observe_init(&log);
	say(&log, "a.example.jp", "old", 1);
	say(&log, "a.example.jp", NULL, 2);
	say(&log, "b.example.jp", "other", 3);
	say(&log, "a.example.jp", NULL, 4);
	say(&log, "a.example.jp", "new", 5);
	say(&log, "a.example.jp", "new", 6);
	observe_prune(&log);
	assert_int_equal(log.count, 3);
	assert_int_equal(log.row[0]->when, 3);
	assert_int_equal(log.row[1]->when, 4);
	assert_int_equal(log.row[2]->when, 6);
	observe_release(&log);
}

static void
sections_stay_apart_whatever_the_order(void **state)
{
	struct question q = question("a.example.jp", RR_TXT);
	struct observation *o = observation_new(&q);
	struct rr rr = { .owner = q.name };
	const char *why;

	(void)state;
	assert_int_equal(rr_from_value(&rr, RR_TXT, "x", &why), 0);
	observation_add_additional(o, &rr);
	observation_add_answer(o, &rr);
	observation_add_authority(o, &rr);
	assert_int_equal(o->answers, 1);
	assert_int_equal(o->authorities, 1);
	assert_int_equal(o->additionals, 1);
	assert_null(observation_soa(o));
	rr_release(&rr);
	observation_free(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_of_another_round_is_no_answer),
		cmocka_unit_test(the_newest_answer_of_a_round_counts),
		cmocka_unit_test(
		    pruning_keeps_the_newest_and_the_last_different_one),
		cmocka_unit_test(sections_stay_apart_whatever_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
