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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_the_largest_unit_that_is_no_single_day),
	};

	return cmocka_run_group_tests_name("age", tests, NULL, NULL);
}
