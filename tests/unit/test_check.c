#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "diagnose/check.h"
#include "diagnose/exit-status.h"
#include "dns/world.h"

enum {
	MINUTE = 60000,
	ENDED = 100 * MINUTE
};

/* Two required records that are right, after a look that ended just now. */
static int
setup(void **state)
{
	struct check *check = calloc(1, sizeof *check);

	check->plan.count = 2;
	check->plan.wanted = calloc(2, sizeof *check->plan.wanted);
	diagnosis_init(&check->diagnosis, 2);
	for (size_t i = 0; i < 2; i++) {
		check->plan.wanted[i].required = true;
		check->diagnosis.record[i].retry_after = -1;
	}
	check->ended = check->changed = ENDED;
	*state = check;
	return 0;
}

static int
teardown(void **state)
{
	struct check *check = *state;

	check_release(check);
	free(check);
	return 0;
}

static void
set(struct check *check, size_t i, enum finding finding, enum state state,
    int64_t retry_after)
{
	check->diagnosis.record[i].finding = finding;
	check->diagnosis.record[i].state = state;
	check->diagnosis.record[i].retry_after = retry_after;
}

static void
looks_every_fifteen_seconds(void **state)
{
	struct check *check = *state;

	set(check, 0, FINDING_MISSING, STATE_FAIL, -1);
	assert_int_equal(check_next_look(check), ENDED + CHECK_EVERY);
	/* A cache is no reason to let the other record wait. */
	set(check, 1, FINDING_CACHED, STATE_WAIT, 200);
	assert_int_equal(check_next_look(check), ENDED + CHECK_EVERY);
}

static void
looks_more_rarely_when_nothing_changes(void **state)
{
	struct check *check = *state;

	set(check, 0, FINDING_MISSING, STATE_FAIL, -1);
	check->changed = ENDED - 9 * MINUTE;
	assert_int_equal(check_next_look(check), ENDED + CHECK_EVERY);
	check->changed = ENDED - 10 * MINUTE;
	assert_int_equal(check_next_look(check), ENDED + 2 * CHECK_EVERY);
	check->changed = ENDED - 90 * MINUTE;
	assert_int_equal(check_next_look(check), ENDED + 4 * CHECK_EVERY);
}

static void
waits_for_a_cache_as_long_as_it_remembers(void **state)
{
	struct check *check = *state;

	set(check, 0, FINDING_CACHED, STATE_WAIT, 200);
	assert_int_equal(check_next_look(check), ENDED + 200000);
	set(check, 1, FINDING_CACHED, STATE_WAIT, 40);
	assert_int_equal(check_next_look(check), ENDED + 40000);
	set(check, 1, FINDING_CACHED, STATE_WAIT, 3);
	assert_int_equal(check_next_look(check), ENDED + CHECK_EVERY);
	set(check, 0, FINDING_CACHED, STATE_WAIT, 86400);
	set(check, 1, FINDING_CACHED, STATE_WAIT, 86400);
	assert_int_equal(check_next_look(check), ENDED + CHECK_LONGEST);
	/* What is not required does not make it look sooner. */
	check->plan.wanted[1].required = false;
	set(check, 1, FINDING_MISSING, STATE_WARN, -1);
	assert_int_equal(check_next_look(check), ENDED + CHECK_LONGEST);
}

/* Memory that was cleared says nothing good of a record. */
static void
what_nobody_judged_does_not_pass(void **state)
{
	const struct record_diagnosis record = { .founds = 0 };

	(void)state;
	assert_int_not_equal(record.state, STATE_PASS);
	assert_int_equal(exit_status(record.state), 3);
	assert_string_equal(state_text(record.state), "unknown");
}

/* A diagnosis of what has changed meanwhile is never finished. */
static void
what_changes_meanwhile_is_judged_anew(void **state)
{
	static const struct turn over = { .end = 0 };
	const int64_t now = ENDED;
	struct check *check = calloc(1, sizeof *check);
	struct observe_log nothing;
	struct identity identity;
	struct ticks ticks = { .count = 0 };
	struct world *world;
	const char *why;
	bool news;

	(void)state;
	observe_init(&nothing);
	world = world_replay(&nothing);
	identity_init(&identity);
	identity_set_domain(&identity, "example.jp", &why);
	check_init(check, world, &identity, "guard");
	for (int change = 0; change < 4; change++) {
		check_start(check, now);
		while (!check_is_over(check))
			check_step(check, now, &news);
		/* What a late answer would begin. */
		check->next = calloc(1, sizeof *check->next);
		check->stirred = false;
		assert_false(diagnose(check->next, &check->inputs, &over));
		assert_false(check_is_over(check));
		switch (change) {
		case 0:
			check_set_identity(check, &identity);
			break;
		case 1:
			check_set_entered(check, &ticks);
			break;
		case 2:
			check_set_status(check, &identity);
			break;
		default:
			check_set_provider(check, provider_find("muumuu"));
			break;
		}
		/* Where the answers stay, at once; piece by piece all the same. */
		if (change >= 2) {
			assert_non_null(check->next);
			assert_int_equal(check->next->pieces, 0);
		} else {
			assert_null(check->next);
		}
		assert_false(check_is_over(check));
		for (int i = 0; i < 1000 && !check_is_over(check); i++)
			check_step(check, now, &news);
		assert_true(check_is_over(check));
		assert_true(check->diagnosis.complete);
	}
	check_release(check);
	free(check);
	world->ops->free(world);
}

int
main(void)
{
#define CHECK_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nobody_judged_does_not_pass),
		CHECK_TEST(looks_every_fifteen_seconds),
		CHECK_TEST(looks_more_rarely_when_nothing_changes),
		CHECK_TEST(waits_for_a_cache_as_long_as_it_remembers),
		cmocka_unit_test(what_changes_meanwhile_is_judged_anew),
	};
#undef CHECK_TEST

	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
