#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ses/identity.h"
#include "dns/suffix.h"
#include "named.h"

#define TOKEN_A "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define TOKEN_B "zdqttidvz7ora35tlm64k2ciqh3pvksq"
#define TOKEN_C "vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv"
#define VALUE "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA="

static struct identity
with_domain(const char *domain)
{
	struct identity identity;
	const char *why;

	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, domain, &why), 0);
	return identity;
}

static void
assert_domain(const char *typed, const char *wanted)
{
	struct identity identity = with_domain(typed);
	char text[NAME_TEXT];

	assert_string_equal(name_text(&identity.domain, text), wanted);
}

/* Refused with this word in the sentence, and nothing changed. */
static void
assert_domain_refused(const char *typed, const char *word)
{
	struct identity identity = with_domain("kept.example.jp");
	struct identity before = identity;
	const char *why = NULL;

	assert_int_equal(identity_set_domain(&identity, typed, &why), -1);
	assert_non_null(why);
	if (strstr(why, word) == NULL)
		fail_msg("\"%s\": \"%s\" does not say \"%s\"", typed, why,
		    word);
	assert_memory_equal(&identity, &before, sizeof before);
}

static void
understands_a_domain_as_people_paste_it(void **state)
{
	(void)state;
	assert_domain("example.jp", "example.jp");
	assert_domain("  Example.JP.  ", "example.jp");
	assert_domain("https://example.jp/a/b?c=d#e", "example.jp");
	assert_domain("https://user:pw@example.jp:8443/x", "example.jp");
	assert_domain("info@example.jp", "example.jp");
	assert_domain("mailto:info@example.jp", "example.jp");
	assert_domain("Info <info@example.jp>", "example.jp");
	assert_domain("example.jp:443", "example.jp");
	assert_domain("\"example.jp\"", "example.jp");
	assert_domain("ｅｘａｍｐｌｅ．ｊｐ", "example.jp");
	assert_domain("example。jp", "example.jp");
	assert_domain("news.example.co.jp", "news.example.co.jp");
	assert_domain("日本語.jp", "xn--wgv71a119e.jp");
	assert_domain("www.example.jp", "www.example.jp");
	assert_domain("user.github.io", "user.github.io");
}

static void
refuses_what_is_no_domain_of_the_user(void **state)
{
	(void)state;
	assert_domain_refused("", "Type the domain");
	assert_domain_refused("   ", "Type the domain");
	assert_domain_refused("https://", "Type the domain");
	assert_domain_refused("example.jp example.com", "one domain");
	assert_domain_refused("192.0.2.1", "IP address");
	assert_domain_refused("http://192.0.2.1:80/", "IP address");
	assert_domain_refused("192.168.1.300", "IP address");
	assert_domain_refused("127.0.0.", "IP address");
	assert_domain_refused("2001:db8::1", "IP address");
	assert_domain_refused("http://[2001:db8::1]/", "IP address");
	assert_domain_refused("localhost", "computer");
	assert_domain_refused("localhost:8080", "computer");
	assert_domain_refused("localhost.localdomain", "computer");
	assert_domain_refused("example", "ending is missing");
	assert_domain_refused("jp", "ending is missing");
	assert_domain_refused("co.jp", "ending that many");
	assert_domain_refused("tokyo.jp", "ending that many");
	assert_domain_refused("gmail.com", "mail service");
	assert_domain_refused("me@yahoo.co.jp", "mail service");
	assert_domain_refused("docomo.ne.jp", "mail service");
	assert_domain_refused("mail.yahoo.co.jp", "mail service");
	assert_domain_refused("_amazonses.example.jp", "underscore");
	assert_domain_refused(TOKEN_A "._domainkey.example.jp", "underscore");
	assert_domain_refused("*.example.jp", "");
	assert_domain_refused("exam ple.jp", "one domain");
	assert_domain_refused("example..jp", "");
	assert_domain_refused("-example.jp", "");
	assert_domain_refused("a\033[2J.jp", "");
	assert_domain_refused("\xff\xfe.jp", "");
}

static void
allows_209_octets_and_no_more(void **state)
{
	char text[512];
	struct identity identity;
	const char *why;
	const char *label =
	    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff.";
	int len;

	(void)state;
	len = snprintf(text, sizeof text, "%s%s%s%s", label, label, label,
	    "ggggggggggggggggggggggg.jp");
	assert_int_equal(len, 209);
	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, text, &why), 0);
	snprintf(text, sizeof text, "%s%s%s%s", label, label, label,
	    "gggggggggggggggggggggggg.jp");
	assert_domain_refused(text, "209");
	memset(text, 'a', sizeof text);
	text[sizeof text - 1] = '\0';
	assert_domain_refused(text, "");
}

static void
doubts_www_without_refusing_it(void **state)
{
	struct identity www = with_domain("www.example.jp");
	struct identity plain = with_domain("example.jp");

	(void)state;
	assert_non_null(identity_domain_doubt(&www));
	assert_null(identity_domain_doubt(&plain));
}

static void
finds_the_token_in_names_and_targets(void **state)
{
	static const char *const typed[] = {
		TOKEN_A,
		" " TOKEN_A " ",
		"\"" TOKEN_A "\"",
		TOKEN_A ".",
		"7KLFYYLBEG3RHDSV5UCDRD6PM6HU2ZX2",
		TOKEN_A "._domainkey",
		TOKEN_A "._domainkey.example.jp",
		TOKEN_A "._domainkey.example.jp.",
		TOKEN_A ".dkim.amazonses.com",
		"\"" TOKEN_A ".dkim.ap-northeast-3.amazonses.com.\"",
	};
	char token[IDENTITY_TOKEN];
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		assert_int_equal(identity_token(token, typed[i], &why), 0);
		assert_string_equal(token, TOKEN_A);
	}
}

static void
refuses_what_is_no_token(void **state)
{
	static const char *const typed[][2] = {
		{ "", "Paste" },
		{ "7klfyylbeg3 rhdsv5ucdrd6pm6hu2zx2", "blanks" },
		{ TOKEN_A " CNAME", "blanks" },
		{ "7klfyylbeg3.rhdsv5ucdrd6pm6hu2zx2", "dots" },
		{ TOKEN_A ".example.jp", "dots" },
		{ "token_1", "letters" },
		{ "とーくん", "letters" },
		{ TOKEN_A TOKEN_A, "32" },
		{ "._domainkey.example.jp", "Paste" },
	};
	char token[IDENTITY_TOKEN] = "kept";
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		assert_int_equal(identity_token(token, typed[i][0], &why), -1);
		assert_non_null(strstr(why, typed[i][1]));
		assert_string_equal(token, "kept");
	}
}

static void
takes_three_different_tokens(void **state)
{
	struct identity identity = with_domain("example.jp");
	const char *why;

	(void)state;
	assert_int_equal(identity_add_token(&identity, TOKEN_A, &why), 0);
	assert_int_equal(identity_add_token(&identity,
	    TOKEN_A "._domainkey.example.jp", &why), -1);
	assert_non_null(strstr(why, "already"));
	assert_int_equal(identity_add_token(&identity,
	    TOKEN_B "._domainkey.example.com", &why), -1);
	assert_non_null(strstr(why, "another domain"));
	assert_int_equal(identity_add_token(&identity, TOKEN_B, &why), 0);
	assert_int_equal(identity_add_token(&identity, TOKEN_C, &why), 0);
	assert_int_equal(identity_add_token(&identity,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &why), -1);
	assert_non_null(strstr(why, "three"));
	assert_int_equal(identity.tokens, 3);
	assert_string_equal(identity.token[2], TOKEN_C);
}

static void
doubts_tokens_that_aws_never_made(void **state)
{
	(void)state;
	assert_null(identity_token_doubt(TOKEN_A));
	assert_non_null(identity_token_doubt(
	    "EXAMPLEq76owjnks3lnluwg65scbemvw"));
	assert_non_null(identity_token_doubt(
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx"));
	assert_non_null(identity_token_doubt(
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx1"));
}

static void
knows_the_regions_and_takes_others_with_a_zone(void **state)
{
	struct identity identity = with_domain("example.jp");
	const char *why;

	(void)state;
	assert_int_equal(identity_set_region(&identity, " AP-northeast-1 ",
	    &why), 0);
	assert_string_equal(identity.region, "ap-northeast-1");
	assert_int_equal(identity_set_region(&identity, "mars-1", &why), -1);
	assert_int_equal(identity_set_region(&identity, "", &why), -1);
	assert_string_equal(identity.region, "ap-northeast-1");
	assert_int_equal(identity_set_dkim_zone(&identity,
	    "dkim.mars-1.amazonses.com.", &why), 0);
	assert_int_equal(identity_set_region(&identity, "mars-1", &why), 0);
	assert_string_equal(identity.region, "mars-1");
	assert_int_equal(identity_set_region(&identity, "mars/1", &why), -1);
	/* Without the zone nobody knows where mars-1 is. */
	assert_int_equal(identity_set_dkim_zone(&identity, "", &why), 0);
	assert_string_equal(identity.region, "");
}

static void
takes_the_zone_given_before_the_table(void **state)
{
	struct identity identity = with_domain("example.jp");
	struct name zone;
	char text[NAME_TEXT];
	const char *why;

	(void)state;
	assert_int_equal(identity_signing_zone(&identity, &zone), -1);
	identity_set_region(&identity, "ap-northeast-3", &why);
	assert_int_equal(identity_signing_zone(&identity, &zone), 0);
	assert_string_equal(name_text(&zone, text),
	    "dkim.ap-northeast-3.amazonses.com");
	identity_set_dkim_zone(&identity, "dkim.amazonses.com", &why);
	assert_int_equal(identity_signing_zone(&identity, &zone), 0);
	assert_string_equal(name_text(&zone, text), "dkim.amazonses.com");
	assert_int_equal(identity_set_dkim_zone(&identity, "a b", &why), -1);
	assert_int_equal(identity_set_dkim_zone(&identity, "dkim", &why), -1);
	assert_int_equal(identity_signing_zone(&identity, &zone), 0);
	assert_string_equal(name_text(&zone, text), "dkim.amazonses.com");
}

static void
takes_the_legacy_value_bare_or_prefixed(void **state)
{
	struct identity identity = with_domain("example.jp");
	const char *why;

	(void)state;
	assert_int_equal(identity_set_verification(&identity,
	    " \"amazonses:" VALUE "\" ", &why), 0);
	assert_string_equal(identity.verification, VALUE);
	assert_null(identity_verification_doubt(VALUE));
	assert_int_equal(identity_set_verification(&identity, "too-short",
	    &why), -1);
	assert_int_equal(identity_set_verification(&identity,
	    "fJHGmR4HZCx5D O8VKFmU8l8L 8gk3FhzaoSgfuOdsA=", &why), -1);
	for (const char *sign = "|#`-_\"\\;."; *sign != '\0'; sign++) {
		char value[] = "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=";

		value[20] = *sign;
		assert_int_equal(identity_set_verification(&identity, value,
		    &why), -1);
	}
	assert_string_equal(identity.verification, VALUE);
	assert_non_null(strstr(identity_verification_doubt(
	    "fjhgmr4hzcx5d+o8vkfmu8l8l+8gk3fhzaosgfuodsa="), "small"));
	assert_non_null(identity_verification_doubt(
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOds="));
	assert_int_equal(identity_set_verification(&identity, "", &why), 0);
	assert_string_equal(identity.verification, "");
}

static void
assert_mail_from(const char *domain, const char *typed, const char *wanted)
{
	struct identity identity = with_domain(domain);
	char text[NAME_TEXT];
	const char *why;

	assert_int_equal(identity_set_mail_from(&identity, typed, &why), 0);
	assert_true(identity.has_mail_from);
	assert_string_equal(name_text(&identity.mail_from, text), wanted);
}

static void
assert_mail_from_refused(const char *domain, const char *typed)
{
	struct identity identity = with_domain(domain);
	const char *why;

	assert_int_equal(identity_set_mail_from(&identity, typed, &why), -1);
	assert_non_null(strstr(why, "bounce"));
	assert_false(identity.has_mail_from);
}

static void
mail_from_lies_below_the_domain(void **state)
{
	(void)state;
	assert_mail_from("example.jp", "bounce", "bounce.example.jp");
	assert_mail_from("example.jp", " Bounce.Example.JP. ",
	    "bounce.example.jp");
	assert_mail_from("news.example.co.jp", "bounce",
	    "bounce.news.example.co.jp");
	assert_mail_from("news.example.co.jp", "bounce.example.co.jp",
	    "bounce.example.co.jp");
	assert_mail_from_refused("example.jp", "bounce.example.com");
	assert_mail_from_refused("example.jp", "example.jp");
	assert_mail_from_refused("news.example.co.jp", "example.co.jp");
	assert_mail_from_refused("news.example.co.jp", "news.example.co.jp");
	assert_mail_from_refused("news.example.co.jp", "bounce.co.jp");
	assert_mail_from_refused("example.jp", "bounce@example.jp");
	assert_mail_from_refused("example.jp", "_bounce");
}

static void
a_corrected_domain_takes_mail_from_along(void **state)
{
	struct identity identity = with_domain("exmaple.jp");
	char text[NAME_TEXT];
	const char *why;

	(void)state;
	identity_set_mail_from(&identity, "bounce", &why);
	identity_set_domain(&identity, "example.jp", &why);
	assert_true(identity.has_mail_from);
	assert_string_equal(name_text(&identity.mail_from, text),
	    "bounce.example.jp");
}

static void
says_what_is_missing_for_a_plan(void **state)
{
	struct identity identity;
	const char *why;

	(void)state;
	identity_init(&identity);
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "domain"));
	identity = with_domain("example.jp");
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "values"));
	identity_add_token(&identity, TOKEN_A, &why);
	identity_add_token(&identity, TOKEN_B, &why);
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "three"));
	identity_add_token(&identity, TOKEN_C, &why);
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "region"));
	identity_set_region(&identity, "eusc-de-east-1", &why);
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "zone"));
	identity_set_region(&identity, "ap-northeast-1", &why);
	assert_true(identity_complete(&identity, &why));
	assert_null(why);

	identity = with_domain("example.jp");
	identity_set_verification(&identity, VALUE, &why);
	assert_true(identity_complete(&identity, &why));
	identity_set_mail_from(&identity, "bounce", &why);
	assert_false(identity_complete(&identity, &why));
}

static void
knows_the_registered_domain(void **state)
{
	struct identity identity = with_domain("a.news.example.co.jp");
	struct name registered;
	char text[NAME_TEXT];

	(void)state;
	suffix_registered(&identity.domain, &registered);
	assert_string_equal(name_text(&registered, text), "example.co.jp");
	suffix_registered(&registered, &registered);
	assert_string_equal(name_text(&registered, text), "example.co.jp");
}

static void
whom_the_registry_delegates_to(void **state)
{
	static const char *const names[][2] = {
		{ "news.example.co.jp", "example.co.jp" },
		{ "example.jp", "example.jp" },
		{ "mail.mine.ddns.net", "ddns.net" },	/* a private suffix */
		{ "jp", "jp" },
	};
	struct name domain, found;
	char text[NAME_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		domain = named(names[i][0]);
		suffix_delegated(&domain, &found);
		assert_string_equal(name_text(&found, text), names[i][1]);
	}
}

static void
reads_aws_words_for_the_status(void **state)
{
	static const struct {
		const char *text;
		enum ses_status status;
	} words[] = {
		{ "none", SES_NONE }, { "NOT_STARTED", SES_NONE },
		{ "NotStarted", SES_NONE }, { "PENDING", SES_PENDING },
		{ "Verification pending", SES_PENDING },
		{ "Failed", SES_FAILED },
		{ "TemporaryFailure", SES_TEMPORARY_FAILURE },
		{ "TEMPORARY_FAILURE", SES_TEMPORARY_FAILURE },
		{ "temporary-failure", SES_TEMPORARY_FAILURE },
		{ "Success", SES_VERIFIED }, { "verified", SES_VERIFIED },
		{ "検証済み", SES_VERIFIED }, { "失敗", SES_FAILED },
		{ "保留", SES_PENDING }, { "保留中", SES_PENDING },
		{ "一時的な失敗", SES_TEMPORARY_FAILURE },
	};
	enum ses_status status;

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_int_equal(ses_status_parse(words[i].text, &status), 0);
		assert_int_equal(status, words[i].status);
	}
	for (int i = 0; i < SES_STATUS_COUNT; i++) {
		assert_int_equal(ses_status_parse(
		    ses_status_text((enum ses_status)i), &status), 0);
		assert_int_equal(status, i);
	}
	assert_int_equal(ses_status_parse("", &status), -1);
	assert_int_equal(ses_status_parse("pend", &status), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands_a_domain_as_people_paste_it),
		cmocka_unit_test(refuses_what_is_no_domain_of_the_user),
		cmocka_unit_test(allows_209_octets_and_no_more),
		cmocka_unit_test(doubts_www_without_refusing_it),
		cmocka_unit_test(finds_the_token_in_names_and_targets),
		cmocka_unit_test(refuses_what_is_no_token),
		cmocka_unit_test(takes_three_different_tokens),
		cmocka_unit_test(doubts_tokens_that_aws_never_made),
		cmocka_unit_test(
		    knows_the_regions_and_takes_others_with_a_zone),
		cmocka_unit_test(takes_the_zone_given_before_the_table),
		cmocka_unit_test(takes_the_legacy_value_bare_or_prefixed),
		cmocka_unit_test(mail_from_lies_below_the_domain),
		cmocka_unit_test(a_corrected_domain_takes_mail_from_along),
		cmocka_unit_test(says_what_is_missing_for_a_plan),
		cmocka_unit_test(knows_the_registered_domain),
		cmocka_unit_test(whom_the_registry_delegates_to),
		cmocka_unit_test(reads_aws_words_for_the_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
