#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ses/cloudshell.h"
#include "ses/window.h"

enum {
	HOUR = 60 * 60 * 1000
};

/* 2026-11-20T00:15:43Z */
static const int64_t since = 1795133743000;

static void
the_window_is_72_hours_and_only_while_pending(void **state)
{
	struct identity identity;
	struct text text = TEXT_INIT;

	(void)state;
	identity_init(&identity);
	identity.pending_since = since;
	assert_int_equal(window_end(&identity), 0);
	identity_set_status(&identity, SES_PENDING);
	assert_int_equal(window_end(&identity), since + 72 * (int64_t)HOUR);
	window_text(&text, &identity, since + HOUR);
	assert_non_null(strstr(text.s, "until 2026-11-23 00:15 at "
	    "the latest"));
	text_clear(&text);
	window_text(&text, &identity, since + 73 * (int64_t)HOUR);
	assert_non_null(strstr(text.s, "were over by 2026-11-23 00:15"));
	/* Restarted later: from then on. */
	identity_set_status(&identity, SES_FAILED);
	identity_set_status(&identity, SES_PENDING);
	assert_int_equal(window_end(&identity), 0);
	text_clear(&text);
	window_text(&text, &identity, since);
	assert_string_equal(text.s, "");
	text_release(&text);
}

static void
the_line_for_cloudshell_has_domain_and_region(void **state)
{
	struct identity identity;
	struct text text = TEXT_INIT;
	const char *why;

	(void)state;
	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, "example.jp", &why),
	    0);
	cloudshell_line(&text, &identity);
	assert_string_equal(text.s, "aws sesv2 create-email-identity \\\n"
	    "  --email-identity example.jp --output json");
	assert_int_equal(identity_set_region(&identity, "eu-west-1", &why),
	    0);
	text_clear(&text);
	cloudshell_line(&text, &identity);
	assert_non_null(strstr(text.s, "example.jp --region eu-west-1"));
	text_release(&text);
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
	return cmocka_run_group_tests_name("window", tests, NULL, NULL);
}
