#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/age.h"

static void
says_the_largest_unit_that_is_no_single_day(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} ages[] = {
		{ -5, "just now" }, { 0, "just now" }, { 59, "just now" },
		{ 60, "1 min ago" }, { 3599, "59 min ago" },
		{ 3600, "1 h ago" }, { 172799, "47 h ago" },
		{ 172800, "2 days ago" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
		text_clear(&t);
		age_text(&t, ages[i].seconds * 1000);
		assert_string_equal(t.s, ages[i].text);
	}
	text_release(&t);
}

static void
says_no_less_than_it_can_last(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} spans[] = {
		{ -5, "0 s" }, { 0, "0 s" }, { 59, "59 s" },
		{ 60, "1 min" }, { 61, "2 min" }, { 3599, "60 min" },
		{ 3600, "1 h" }, { 3601, "2 h" }, { 10800, "3 h" },
	};
	struct text t = TEXT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
		text_clear(&t);
		age_most(&t, spans[i].seconds);
		assert_string_equal(t.s, spans[i].text);
	}
	text_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_the_largest_unit_that_is_no_single_day),
		cmocka_unit_test(says_no_less_than_it_can_last),
	};

	return cmocka_run_group_tests_name("age", tests, NULL, NULL);
}
