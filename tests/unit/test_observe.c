#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "dns/observe.h"
#include "named.h"

static struct question
question(const char *name, uint16_t type)
{
	return (struct question){ .vantage = { VANTAGE_AUTHORITY,
		"127.0.0.31" }, .name = named(name), .type = type };
}

static void
say(struct observe_log *log, const char *name, const char *text, int64_t when)
{
	struct question q = question(name, RR_TXT);
	struct observation *o = observation_new(&q);
	const char *why;

	o->when = when;
	if (text != NULL) {
		struct rr rr = { .ttl = 60 };

		assert_int_equal(rr_from_value(&rr, RR_TXT, text, &why), 0);
		rr_set_owner(&rr, &q.name);
		observation_add_answer(o, &rr);
		rr_release(&rr);
	} else {
		o->rcode = RCODE_NXDOMAIN;
		o->aa = true;
	}
	observe_add(log, o);
}

/* Whichever way round a server sends them. */
static void
rows_of_one_name_and_type_have_one_order(void **state)
{
	static const char *const texts[3] = { "a", "bb", "a" };
	struct question q = question("a.example.jp", RR_TXT);
	struct observe_log log;
	char value[64];
	const char *why;

	(void)state;
	observe_init(&log);
	for (size_t turn = 0; turn < 2; turn++) {
		struct observation *o = observation_new(&q);

		for (size_t i = turn; i < turn + 2; i++) {
			struct rr rr = { .ttl = 60 };

			assert_int_equal(rr_from_value(&rr, RR_TXT, texts[i],
			    &why), 0);
			rr_set_owner(&rr, &q.name);
			observation_add_answer(o, &rr);
			rr_release(&rr);
		}
		observe_add(&log, o);
		rr_value(&o->rr[1], value, sizeof value);
		assert_string_equal(value, "bb");
	}
	observe_release(&log);
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
	assert_true(observe_prune(&log, NULL));
	assert_int_equal(log.count, 3);
	assert_int_equal(log.row[0]->when, 3);
	assert_int_equal(log.row[1]->when, 4);
	assert_int_equal(log.row[2]->when, 6);
	observe_release(&log);
}

/* A peer that turns its rows round gains nothing by it. */
static void
rows_in_another_order_are_the_same_in_no_time(void **state)
{
	enum { ROWS = 4000 };
	struct question q = question("a.example.jp", RR_TXT);
	struct observation *o[3];
	struct observe_log log;
	const char *why;
	clock_t start;

	(void)state;
	for (size_t k = 0; k < 3; k++) {
		o[k] = observation_new(&q);
		for (size_t i = 0; i < ROWS; i++) {
			struct rr rr = { .ttl = 0 };
			char text[16];

			/* The last one has a row twice, and one not at all. */
			snprintf(text, sizeof text, "%zu", k == 0 ? i :
			    k == 2 && i == 0 ? 1 : ROWS - 1 - i);
			assert_int_equal(rr_from_value(&rr, RR_TXT, text,
			    &why), 0);
			rr_set_owner(&rr, &q.name);
			observation_add_answer(o[k], &rr);
			rr_release(&rr);
		}
	}
	start = clock();
	assert_true(observation_same(o[0], o[1]));
	assert_false(observation_same(o[0], o[2]));
	assert_false(observation_same(o[2], o[0]));
	assert_true(clock() - start < CLOCKS_PER_SEC / 2);
	observe_init(&log);
	for (size_t k = 0; k < 3; k++)
		observe_add(&log, o[k]);
	assert_true(observe_prune(&log, NULL));
	assert_int_equal(log.count, 2);
	assert_ptr_equal(observe_find(&log, &q), o[2]);
	observe_release(&log);
}

static void
rows_are_found_however_many_there_are(void **state)
{
	struct observe_log log, other;
	char name[64];

	(void)state;
	observe_init(&log);
	observe_init(&other);
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "N%d.example.jp", i);
		say(&log, name, i % 2 == 0 ? "x" : NULL, i);
	}
	observe_move(&other, &log);
	assert_int_equal(log.count, 0);
	say(&log, "a.example.jp", NULL, 0);
	for (int i = 0; i < 1000; i++) {
		struct question q;

		snprintf(name, sizeof name, "n%d.example.jp", i);
		q = question(name, RR_TXT);
		assert_int_equal(observe_find(&other, &q)->when, i);
		assert_null(observe_find(&log, &q));
		snprintf(name, sizeof name, "a.b.n%d.example.jp", i);
		q = question(name, RR_TXT);
		assert_int_equal(observe_rules_out(&other, "127.0.0.31",
		    &q.name), i % 2);
		assert_false(observe_rules_out(&other, "127.0.0.32", &q.name));
	}
	observe_release(&log);
	observe_release(&other);
}

static void
sections_stay_apart_whatever_the_order(void **state)
{
	struct question q = question("a.example.jp", RR_TXT);
	struct observation *o = observation_new(&q);
	struct rr rr = { .ttl = 0 };
	const char *why;

	(void)state;
	assert_int_equal(rr_from_value(&rr, RR_TXT, "x", &why), 0);
	rr_set_owner(&rr, &q.name);
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
		cmocka_unit_test(rows_of_one_name_and_type_have_one_order),
		cmocka_unit_test(an_answer_of_another_round_is_no_answer),
		cmocka_unit_test(the_newest_answer_of_a_round_counts),
		cmocka_unit_test(
		    pruning_keeps_the_newest_and_the_last_different_one),
		cmocka_unit_test(
		    rows_in_another_order_are_the_same_in_no_time),
		cmocka_unit_test(rows_are_found_however_many_there_are),
		cmocka_unit_test(sections_stay_apart_whatever_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
