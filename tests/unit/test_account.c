#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "ses/account.h"

/* As get-account prints it; the values are invented. */
#define ANSWER(production, review, standing)                                   \
	"{ \"DedicatedIpAutoWarmupEnabled\": true, \"EnforcementStatus\": \""     \
	standing "\", \"ProductionAccessEnabled\": " production ",\n"            \
	"  \"SendQuota\": { \"Max24HourSend\": 200.0, \"MaxSendRate\": 1.0, "       \
	"\"SentLast24Hours\": 3.0 },\n  \"SendingEnabled\": true, "              \
	"\"Details\": { \"MailType\": \"TRANSACTIONAL\", \"ContactLanguage\": "   \
	"\"JA\"" review " } }\n"
#define REVIEW(status)                                                         \
	", \"ReviewDetails\": { \"Status\": \"" status "\", \"CaseId\": \"1\" }"

static void
says(const char *answer, const char *part, const char *not)
{
	struct account account;
	struct text text = TEXT_INIT;

	if (!account_read(&account, answer, strlen(answer)))
		fail_msg("not read: %s", answer);
	account_tell(&account, &text);
	if (strstr(text.s, part) == NULL)
		fail_msg("wanted \"%s\", got %s", part, text.s);
	if (not != NULL && strstr(text.s, not) != NULL)
		fail_msg("\"%s\" in %s", not, text.s);
	text_release(&text);
}

static void
test_tell(void **state)
{
	(void)state;
	says(ANSWER("false", "", "HEALTHY"), "in the sandbox", "out of the");
	says(ANSWER("false", "", "HEALTHY"), "nothing of a request", NULL);
	says(ANSWER("false", "", "HEALTHY"),
	    "At most 200 mails in 24 hours and 1 a second; 3 were sent", NULL);
	says(ANSWER("false", REVIEW("PENDING"), "HEALTHY"),
	    "is being looked at", "nothing of a request");
	says(ANSWER("false", REVIEW("DENIED"), "HEALTHY"), "was denied", NULL);
	says(ANSWER("false", REVIEW("FAILED"), "HEALTHY"),
	    "Send it once more", NULL);
	says(ANSWER("true", REVIEW("GRANTED"), "HEALTHY"), "to any address",
	    "request");
	says(ANSWER("true", "", "PROBATION"), "under review", NULL);
	says(ANSWER("true", "", "SHUTDOWN"), "has paused sending", NULL);
	says("$ aws sesv2 get-account\n{\"ProductionAccessEnabled\": true}\n$ ",
	    "out of the sandbox", "24 hours");
	says("{\"ProductionAccessEnabled\": true, \"SendQuota\": "
	    "{\"Max24HourSend\": -1, \"MaxSendRate\": 14}}", "no limit a day",
	    NULL);
	says("{\"ProductionAccessEnabled\": true, \"SendingEnabled\": false}",
	    "switched off", NULL);
}

static void
test_other_documents(void **state)
{
	static const char *const other[] = {
		"", "{", "[]", "{}", "[{\"ProductionAccessEnabled\": true}",
		"{\"ProductionAccessEnabled\": \"true\"}",
		"{\"VerificationStatus\": \"PENDING\"}", "From: a@example.jp\n",
	};
	struct account account;

	(void)state;
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		if (account_read(&account, other[i], strlen(other[i])) !=
		    (i == 4))
			fail_msg("%s", other[i]);
}

static void
test_how(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	account_line("eu-west-1", &text);
	assert_string_equal(text.s, "aws sesv2 get-account --region "
	    "eu-west-1 --output json");
	text_clear(&text);
	account_line("", &text);
	assert_string_equal(text.s, "aws sesv2 get-account --output json");
	account_how("eu-west-1", &text);
	assert_non_null(strstr(text.s, "SES console of eu-west-1: Account"));
	assert_non_null(strstr(text.s, "English or Japanese"));
	text_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tell),
		cmocka_unit_test(test_other_documents),
		cmocka_unit_test(test_how),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
