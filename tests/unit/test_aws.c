#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ses/aws.h"

enum {
	HOUR = 60 * 60 * 1000,
	TEXT = 1024
};

/* 2026-11-20T00:15:43Z */
static const int64_t since = 1795133743000;

static void
the_window_is_72_hours_and_only_while_pending(void **state)
{
	struct identity identity;
	char text[TEXT];

	(void)state;
	identity_init(&identity);
	identity.pending_since = since;
	assert_int_equal(aws_window_end(&identity), 0);
	identity_set_status(&identity, SES_PENDING);
	assert_int_equal(aws_window_end(&identity), since + 72 * (int64_t)HOUR);
	aws_window_text(&identity, since + HOUR, text, sizeof text);
	assert_non_null(strstr(text, "until 2026-11-23 00:15 at "
	    "the latest"));
	aws_window_text(&identity, since + 73 * (int64_t)HOUR, text,
	    sizeof text);
	assert_non_null(strstr(text, "were over by 2026-11-23 00:15"));
	/* Restarted later: from then on. */
	identity_set_status(&identity, SES_FAILED);
	identity_set_status(&identity, SES_PENDING);
	assert_int_equal(aws_window_end(&identity), 0);
	aws_window_text(&identity, since, text, sizeof text);
	assert_string_equal(text, "");
}

static void
the_line_for_cloudshell_has_domain_and_region(void **state)
{
	struct identity identity;
	char text[TEXT];
	const char *why;

	(void)state;
	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, "example.jp", &why),
	    0);
	aws_create_line(&identity, text, sizeof text);
	assert_string_equal(text, "aws sesv2 create-email-identity \\\n"
	    "  --email-identity example.jp --output json");
	assert_int_equal(identity_set_region(&identity, "eu-west-1", &why),
	    0);
	aws_create_line(&identity, text, sizeof text);
	assert_non_null(strstr(text, "example.jp --region eu-west-1"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_window_is_72_hours_and_only_while_pending),
		cmocka_unit_test(the_line_for_cloudshell_has_domain_and_region),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests_name("aws", tests, NULL, NULL);
}
