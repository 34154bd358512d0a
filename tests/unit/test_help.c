/*
 * The help: told at every step, in both languages, and an answer to every
 * cause that AWS's own page on failed verification names.
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

#include "model/help.h"
#include "base/lang.h"

enum {
	STEPS = 6,
	TOPIC = 1600		/* octets: more than a screen is not read */
};

/*
 * Numbers of tests/FAULTS.md: causes on AWS's page, which exists in English
 * only, and what else people ask there.
 */
static const int causes[] = {
	3, 13, 20, 24, 27, 30, 43, 44, 50, 53, 55, 59, 93, 105, 106, 108, 113,
	115, 116, 117, 118, 119
};

static bool
answers(const struct help *help, int cause)
{
	char list[128], *save = NULL;

	strlcpy(list, help->causes, sizeof list);
	for (char *word = strtok_r(list, " ", &save); word != NULL;
	    word = strtok_r(NULL, " ", &save))
		if (atoi(word) == cause)
			return true;
	return false;
}

static void
every_cause_on_aws_s_page_is_answered(void **state)
{
	size_t count;
	const struct help *table = help_table(&count);

	(void)state;
	for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
		size_t k = 0;

		while (k < count && !answers(&table[k], causes[i]))
			k++;
		if (k == count)
			fail_msg("nobody answers cause %d", causes[i]);
	}
}

static void
every_step_has_its_help(void **state)
{
	size_t count;
	const struct help *table = help_table(&count);

	(void)state;
	for (int step = 1; step <= STEPS; step++) {
		size_t told = 0;

		for (size_t i = 0; i < count; i++)
			told += help_applies(&table[i], step);
		assert_in_range(told, 3, 30);
	}
	for (size_t i = 0; i < count; i++) {
		bool any = false;

		for (int step = 1; step <= STEPS; step++)
			any |= help_applies(&table[i], step);
		assert_true(any);
	}
}

static void
every_topic_is_told_in_both_languages(void **state)
{
	size_t count;
	const struct help *table = help_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		lang_set(LANG_EN);
		assert_string_equal(_(table[i].title), table[i].title);
		assert_in_range(strlen(_(table[i].text)), 60, TOPIC);
		lang_set(LANG_JA);
		assert_string_not_equal(_(table[i].title), table[i].title);
		assert_string_not_equal(_(table[i].text), table[i].text);
		assert_in_range(strlen(_(table[i].text)), 60, TOPIC);
	}
	lang_set(LANG_EN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cause_on_aws_s_page_is_answered),
		cmocka_unit_test(every_step_has_its_help),
		cmocka_unit_test(every_topic_is_told_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
