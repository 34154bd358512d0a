#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include "dns/world.h"

/*
 * The clocks of this program: the calendar's can be set, forward and back; the
 * other one only goes on.
 */
static int64_t calendar = 1700000000000, since_boot = 5000;

int
clock_gettime(clockid_t clock, struct timespec *t)
{
	int64_t ms = clock == CLOCK_REALTIME ? calendar : since_boot;

	t->tv_sec = (time_t)(ms / 1000);
	t->tv_nsec = (long)(ms % 1000) * 1000000;
	return 0;
}

static void
a_clock_that_is_set_moves_no_deadline(void **state)
{
	static const int64_t jumps[] = { 3600000, -86400000, 0, -1, 1 };
	int64_t start = clock_now(), before = start;

	(void)state;
	assert_true(start == 1700000000000);
	for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
		calendar += jumps[i];
		assert_true(clock_now() == before);
		since_boot += 10;
		calendar += 10;
		assert_true(clock_now() == before + 10);
		before += 10;
	}
}

/* A machine that slept: what was due is due at once. */
static void
sleep_counts(void **state)
{
	int64_t before = clock_now();

	(void)state;
	since_boot += 8 * 3600000;
	assert_true(clock_now() == before + 8 * 3600000);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clock_that_is_set_moves_no_deadline),
		cmocka_unit_test(sleep_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
