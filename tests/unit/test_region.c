#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ses/region.h"
#include "named.h"

static void
knows_the_dkim_zone_of_each_region(void **state)
{
	(void)state;
	assert_string_equal(region_find("ap-northeast-1")->dkim_zone,
	    "dkim.amazonses.com");
	assert_string_equal(region_find("ap-northeast-3")->dkim_zone,
	    "dkim.ap-northeast-3.amazonses.com");
	assert_null(region_find("eusc-de-east-1")->dkim_zone);
}

static void
eleven_zones_are_regional_and_carry_their_own_region(void **state)
{
	size_t count, regional = 0;
	const struct region *table = region_table(&count);

	(void)state;
	assert_int_equal(count, 30);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(region_find(table[i].code), &table[i]);
		if (table[i].dkim_zone == NULL ||
		    strcmp(table[i].dkim_zone, "dkim.amazonses.com") == 0)
			continue;
		regional++;
		assert_non_null(strstr(table[i].dkim_zone, table[i].code));
	}
	assert_int_equal(regional, 11);
}

static void
ignores_case_and_refuses_strangers(void **state)
{
	(void)state;
	assert_non_null(region_find("AP-Northeast-1"));
	assert_null(region_find("tokyo"));
	assert_null(region_find(""));
	assert_null(region_find("ap-northeast-11"));
	assert_string_equal(region_named("tokyo")->code, "ap-northeast-1");
	assert_string_equal(region_named("Eu-West-1")->code, "eu-west-1");
	assert_null(region_named("Tokio"));
}

static void
guesses_the_nearest(void **state)
{
	static const char *const typed[][2] = {
		{ "ap-northeast1", "ap-northeast-1" },
		{ "ap-norteast-3", "ap-northeast-3" },
		{ "us-esat-1", "us-east-1" },
		{ "Tokyo", "ap-northeast-1" },
		{ "osaka", "ap-northeast-3" },
		{ "EU-CENTRAL-1", "eu-central-1" },
	};
	static const char *const garbage[] = { "", "hello", "mars-1", "x" };
	struct text said = TEXT_INIT;
	char longest[4096];

	(void)state;
	region_refused(&said, "Tokio", "No.");
	assert_string_equal(said.s, "No. Did you mean ap-northeast-1?");
	text_clear(&said);
	region_refused(&said, "mars-1", "No.");
	assert_string_equal(said.s, "No.");
	text_release(&said);
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		assert_string_equal(region_nearest(typed[i][0])->code,
		    typed[i][1]);
	for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++)
		assert_null(region_nearest(garbage[i]));
	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	assert_null(region_nearest(longest));
}

static void
names_the_feedback_host_and_reads_it_back(void **state)
{
	struct name host, want = named("feedback-smtp.eu-west-1.amazonses.com");

	(void)state;
	region_feedback_host("eu-west-1", &host);
	assert_true(name_equal(&host, &want));
	assert_string_equal(region_of_host(&host)->code, "eu-west-1");
	host = named("dkim.eu-south-1.amazonses.com");
	assert_string_equal(region_of_host(&host)->code, "eu-south-1");
	host = named("dkim.amazonses.com");
	assert_null(region_of_host(&host));
	host = named("inbound-smtp.eu-west-1.amazonaws.com");
	assert_null(region_of_host(&host));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_dkim_zone_of_each_region),
		cmocka_unit_test(
		    eleven_zones_are_regional_and_carry_their_own_region),
		cmocka_unit_test(ignores_case_and_refuses_strangers),
		cmocka_unit_test(guesses_the_nearest),
		cmocka_unit_test(names_the_feedback_host_and_reads_it_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
