/*
 * What is kept of an answer: little of much, the same however it is turned
 * round, and all that matters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "dns/bounds.h"
#include "dns/keep.h"

enum {
	MANY = 3600,
	LONG = 1000		/* octets of a long record */
};

/* The n-th record: its number, and then filled up to that length. */
static struct rr
record(int n, size_t len)
{
	const struct name root = name_root();
	struct rr rr = { .type = RR_TXT };
	char text[16];
	size_t digits = (size_t)snprintf(text, sizeof text, "%06d", n);

	rr.len = (uint16_t)(len > digits ? len : digits);
	rr.rdata = xcalloc(rr.len, 1);
	memcpy(rr.rdata, text, digits);
	rr_set_owner(&rr, &root);
	return rr;
}

/* Those that end with 99 matter. */
static unsigned
matters(const void *arg, const struct question *question, const struct rr *rr)
{
	assert_non_null(question);
	assert_string_equal(arg, "arg");
	return memcmp(rr->rdata + 4, "99", 2) == 0;
}

static const struct observe_keep how = { matters, "arg" };

/* From so many records, from first on in steps of by, as an answer. */
static struct observation *
answer(const struct observe_keep *keep_how, int count, int first, int by,
    size_t len)
{
	const struct question q = { .type = RR_TXT, .name = name_root() };
	struct observation *o = observation_new(&q);
	struct keep *keep = keep_new(keep_how, &o->question);

	for (int i = 0; i < count; i++) {
		struct rr rr = record((first + i * by) % count, len);

		keep_add(keep, &rr);
	}
	keep_section(keep, o, observation_add_answer);
	o->cut = keep_has_cut(keep);
	keep_free(keep);
	return o;
}

static void
few_are_kept_as_they_came(void **state)
{
	struct observation *o = answer(&how, BOUND_RECORDS, 63, 63, 6);

	(void)state;
	assert_int_equal(o->answers, BOUND_RECORDS);
	assert_false(o->cut);
	for (int i = 0; i < BOUND_RECORDS; i++) {
		char number[8] = "";

		assert_true(o->rr[i].len < sizeof number);
		memcpy(number, o->rr[i].rdata, o->rr[i].len);
		assert_int_equal(atoi(number), (63 + i * 63) % BOUND_RECORDS);
	}
	observation_free(o);
}

static void
of_many_the_same_however_they_came(void **state)
{
	static const int by[] = { 1, 7, 3599, 1801 };
	struct observation *first = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
		struct observation *o = answer(NULL, MANY, 17, by[i], 6);

		assert_true(o->cut);
		assert_int_equal(o->answers, BOUND_RECORDS);
		assert_true(first == NULL || observation_same(first, o));
		if (first == NULL)
			first = o;
		else
			observation_free(o);
	}
	observation_free(first);
}

static void
what_matters_is_kept_beside_the_rest(void **state)
{
	static const int by[] = { 1, 3599 };

	(void)state;
	for (size_t i = 0; i < sizeof by / sizeof by[0]; i++) {
		struct observation *o = answer(&how, MANY, 0, by[i], 6);
		size_t found = 0;

		for (size_t k = 0; k < o->answers; k++)
			found += memcmp(o->rr[k].rdata + 4, "99", 2) == 0;
		assert_int_equal(found, MANY / 100);
		assert_int_equal(o->answers, BOUND_RECORDS + found);
		assert_true(o->cut);
		observation_free(o);
	}
}

/* Whoever makes all of them matter gains as much again, and no more. */
static unsigned
all_matter(const void *arg, const struct question *question,
    const struct rr *rr)
{
	(void)arg;
	(void)question;
	(void)rr;
	return 1;
}

static void
octets_are_counted(void **state)
{
	const struct observe_keep all = { all_matter, NULL };
	struct observation *o = answer(&all, MANY, 5, 7, LONG);
	size_t octets = 0;

	(void)state;
	for (size_t i = 0; i < o->answers; i++)
		octets += o->rr[i].len;
	assert_true(o->cut);
	assert_true(octets <= 2 * BOUND_OCTETS);
	assert_true(octets > 2 * (BOUND_OCTETS - LONG));
	observation_free(o);
}

/* Something stands there, and nobody may say that nothing does. */
static void
one_is_always_kept(void **state)
{
	struct observation *o = answer(NULL, 1, 0, 1, 60000);
	char value[64];

	(void)state;
	assert_int_equal(o->answers, 1);
	assert_in_range(o->rr[0].len, BOUND_TEXT - 256, BOUND_TEXT);
	assert_true(o->cut);
	/* Whole strings: it can still be shown. */
	assert_true(rr_value(&o->rr[0], value, sizeof value) > 6);
	assert_string_not_equal(value, "");
	observation_free(o);
}

static void
sections_share_what_is_kept(void **state)
{
	const struct question q = { .type = RR_TXT, .name = name_root() };
	struct observation *o = observation_new(&q);
	struct keep *keep = keep_new(&how, &o->question);

	(void)state;
	for (int n = 0; n < 80; n++) {
		struct rr rr = record(n, 6);

		keep_add(keep, &rr);
		if (n == 39)
			keep_section(keep, o, observation_add_answer);
	}
	keep_section(keep, o, observation_add_authority);
	assert_int_equal(o->answers, 40);
	assert_int_equal(o->authorities, BOUND_RECORDS - 40);
	assert_true(keep_has_cut(keep));
	keep_free(keep);
	observation_free(o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_are_kept_as_they_came),
		cmocka_unit_test(of_many_the_same_however_they_came),
		cmocka_unit_test(what_matters_is_kept_beside_the_rest),
		cmocka_unit_test(octets_are_counted),
		cmocka_unit_test(one_is_always_kept),
		cmocka_unit_test(sections_share_what_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
