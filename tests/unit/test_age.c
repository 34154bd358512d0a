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
	char text[AGE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++)
		assert_string_equal(age_text(ages[i].seconds * 1000, text,
		    sizeof text), ages[i].text);
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
	char text[AGE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
		assert_string_equal(age_most(spans[i].seconds, text,
		    sizeof text), spans[i].text);
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
