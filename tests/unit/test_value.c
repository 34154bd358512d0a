#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <bsd/string.h>

#include "diagnose/elsewhere.h"
#include "ses/plan.h"
#include "diagnose/value.h"
#include "diagnose/value-internal.h"
#include "named.h"

#define TOKEN "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define LEGACY "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA="

static struct plan plan;

static int
set_up(void **state)
{
	struct identity identity;
	const char *why;

	(void)state;
	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, "news.example.co.jp",
	    &why), 0);
	assert_int_equal(identity_set_region(&identity, "ap-northeast-1",
	    &why), 0);
	assert_int_equal(identity_add_token(&identity, TOKEN, &why), 0);
	assert_int_equal(identity_set_verification(&identity, LEGACY, &why),
	    0);
	assert_int_equal(identity_set_mail_from(&identity, "bounce", &why), 0);
	plan_make(&plan, &identity, "w3k9x2m7q4");
	return 0;
}

static const struct wanted *
wanted(enum wanted_kind kind)
{
	for (size_t i = 0; i < plan.count; i++)
		if (plan.wanted[i].kind == kind)
			return &plan.wanted[i];
	fail();
	return NULL;
}

/* TXT is given as its characters, the others as zone text. */
static enum value_slip
compare(enum wanted_kind kind, const char *text)
{
	struct rr rr = { .type = 0 };
	enum value_slip slip;
	const char *why = NULL;

	if (rr_from_value(&rr, wanted(kind)->type, text, &why) == -1)
		fail_msg("%s: %s", text, why);
	slip = value_compare(wanted(kind), &rr);
	rr_release(&rr);
	return slip;
}

static void
what_is_meant_the_same_is_right(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_DKIM, TOKEN ".DKIM.amazonses.com."),
	    VALUE_RIGHT);
	assert_int_equal(compare(WANTED_MAIL_FROM_MX,
	    "20 feedback-smtp.ap-northeast-1.amazonses.com"), VALUE_RIGHT);
	assert_int_equal(compare(WANTED_MAIL_FROM_SPF,
	    "v=spf1 include:example.com include:amazonses.com -all"),
	    VALUE_RIGHT);
	assert_int_equal(compare(WANTED_DMARC, "v=DMARC1; p=reject"),
	    VALUE_RIGHT);
}

static void
a_lower_cased_token_is_altered(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_VERIFICATION,
	    "fjhgmr4hzcx5d+o8vkfmu8l8l+8gk3fhzaosgfuodsa="), VALUE_ALTERED);
}

static void
cut_and_padded_values_are_altered(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_VERIFICATION, "fJHGmR4HZCx5D+O8VKF"),
	    VALUE_ALTERED);
	assert_int_equal(compare(WANTED_VERIFICATION, " " LEGACY),
	    VALUE_ALTERED);
	assert_int_equal(compare(WANTED_VERIFICATION, LEGACY "\xe2\x80\x8b"),
	    VALUE_ALTERED);
	assert_int_equal(compare(WANTED_DKIM, TOKEN ".dkim.amazonses.com\\032"),
	    VALUE_ALTERED);
	assert_int_equal(compare(WANTED_DKIM,
	    "http://" TOKEN ".dkim.amazonses.com"), VALUE_ALTERED);
	assert_int_equal(compare(WANTED_MAIL_FROM_MX,
	    "10 10\\032feedback-smtp.ap-northeast-1.amazonses.com"),
	    VALUE_ALTERED);
}

static void
a_mistyped_value_is_altered(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_VERIFICATION,
	    "fJHGmR4HZCx5D+08VKFmU818L+8gk3FhzaoSgfuOdsA="), VALUE_ALTERED);
	assert_int_equal(compare(WANTED_VERIFICATION,
	    "fJHGmR4HZCx5D+08VKFmU818L+8gk3FhzaoSgfu0dsA="), VALUE_FOREIGN);
}

/* The sentence, and what it names; how it reads: tests/mistyped. */
static void
says(enum wanted_kind kind, const char *value, const char *words,
    const char *there, const char *belongs)
{
	struct rr rr = { .type = 0 };
	struct value_reason reason;
	const char *why;

	assert_int_equal(rr_from_value(&rr, wanted(kind)->type, value, &why),
	    0);
	value_reason(&reason, wanted(kind), &rr);
	rr_release(&rr);
	if (words == NULL) {
		assert_null(reason.text);
		return;
	}
	if (reason.text == NULL || strstr(reason.text, words) == NULL)
		fail_msg("%s: %s", value, reason.text != NULL ? reason.text :
		    "nothing");
	assert_string_equal(reason.there.text, there);
	assert_string_equal(reason.belongs.text, belongs);
}

static void
what_happened_is_said_with_its_sign(void **state)
{
	(void)state;
	says(WANTED_DKIM, "http://" TOKEN ".dkim.amazonses.com", "http://",
	    "", "");
	says(WANTED_DKIM, TOKEN ",dkim.amazonses.com", "stands where", ",",
	    ".");
	says(WANTED_DKIM, TOKEN ".dkim.amazones.com", "stands where",
	    "amazones", "amazonses");
	says(WANTED_VERIFICATION,
	    "fJHGmR4HZCx5D+08VKFmU8l8L+8gk3FhzaoSgfuOdsA=", "stands where",
	    "0", "O");
	says(WANTED_MAIL_FROM_SPF, "v=spf1 include:amazonses.com~all",
	    "is missing", "", " ");
	says(WANTED_MAIL_FROM_SPF, "include:amazonses.com ~all",
	    "must begin", "", "v=spf1");
}

/* What is another's is no slip of ours. */
static void
of_another_value_nothing_is_guessed(void **state)
{
	(void)state;
	says(WANTED_DKIM, "www.example.net", NULL, "", "");
	says(WANTED_DKIM,
	    "zdqttidvz7ora35tlm64k2ciqh3pvksq.dkim.amazonses.com", NULL, "",
	    "");
	says(WANTED_VERIFICATION,
	    "pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU=", NULL, "", "");
	says(WANTED_MAIL_FROM_SPF, "v=spf1 include:_spf.example.net -all",
	    NULL, "", "");
	says(WANTED_MAIL_FROM_SPF, "v=spf1 mx ~all", NULL, "", "");
	says(WANTED_MAIL_FROM_MX, "10 mail.example.net", NULL, "", "");
}

/* A slip at the end of a long value counts as one at its beginning. */
static void
values_of_any_length_are_compared_whole(void **state)
{
	static char value[5000], text[sizeof value];

	(void)state;
	memset(text, 'A', sizeof text - 1);
	assert_false(value_is_near("A", text));
	strlcpy(value, text, sizeof value);
	assert_true(value_is_near(text, value));
	text[strlen(text) - 1] = 'B';
	assert_true(value_is_near(text, value));
	memcpy(text + strlen(text) - 4, "BBBB", 4);
	assert_false(value_is_near(text, value));
}

static void
kept_quotes_are_named(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_VERIFICATION, "\"" LEGACY "\""),
	    VALUE_QUOTED);
	assert_int_equal(compare(WANTED_DKIM,
	    "\\\"" TOKEN ".dkim.amazonses.com\\\""), VALUE_QUOTED);
}

static void
another_region_is_told_from_another_token(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_DKIM,
	    TOKEN ".dkim.eu-south-1.amazonses.com"), VALUE_OTHER_REGION);
	assert_int_equal(compare(WANTED_DKIM,
	    "zdqttidvz7ora35tlm64k2ciqh3pvksq.dkim.eu-south-1.amazonses.com"),
	    VALUE_FOREIGN);
	assert_int_equal(compare(WANTED_MAIL_FROM_MX,
	    "10 feedback-smtp.us-east-1.amazonses.com"), VALUE_OTHER_REGION);
	assert_int_equal(compare(WANTED_MAIL_FROM_MX,
	    "10 feedback-smtp.us-east-1.amazonaws.com"), VALUE_FOREIGN);
	assert_int_equal(compare(WANTED_MAIL_FROM_MX,
	    "10 feedback-smtp.ap-northeast-1.amazonaws.com"), VALUE_ALTERED);
}

static void
a_short_piece_proves_nothing(void **state)
{
	(void)state;
	assert_int_equal(compare(WANTED_VERIFICATION, "fJHGmR4"),
	    VALUE_FOREIGN);
	assert_int_equal(compare(WANTED_VERIFICATION, ""), VALUE_FOREIGN);
}

/* Only its beginning is read, however much there is of what may surround it. */
static void
a_long_value_is_told_by_its_beginning(void **state)
{
	static const struct {
		enum wanted_kind kind;
		const char *begin;
		char more;
		bool known;
	} rows[] = {
		{ WANTED_VERIFICATION, LEGACY, 'x', true },
		{ WANTED_VERIFICATION, "amazonses:" LEGACY, '.', true },
		{ WANTED_MAIL_FROM_SPF, "v=spf1 include:amazonses.com ~all",
		    '.', true },
		{ WANTED_MAIL_FROM_SPF, "v=spf1 include:amazonses.com ~all",
		    'x', false },
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rr rr = { .type = 0 };
		char text[4096];
		size_t len = strlen(rows[i].begin);

		memset(text, rows[i].more, sizeof text);
		memcpy(text, rows[i].begin, len);
		text[sizeof text - 1] = '\0';
		assert_int_equal(rr_from_value(&rr, RR_TXT, text, &why), 0);
		assert_int_equal(value_recognise(wanted(rows[i].kind), &rr),
		    rows[i].known);
		rr_release(&rr);
	}
}

static void
an_old_style_token_is_recognised(void **state)
{
	struct rr rr = { .type = 0 };
	const char *why;

	(void)state;
	assert_int_equal(rr_from_value(&rr, RR_TXT, "amazonses:" LEGACY,
	    &why), 0);
	assert_true(value_recognise(wanted(WANTED_VERIFICATION), &rr));
	rr_release(&rr);
}

static void
places(enum wanted_kind kind, const char *expected)
{
	struct name domain = plan.domain, zone = named("example.co.jp");
	struct name owner = named(expected);
	bool there = false;

	for (size_t rank = 0; rank < elsewhere_ranks(); rank++) {
		struct elsewhere place;

		if (elsewhere_place(&place, rank, wanted(kind), &domain,
		    &zone) == 0 && name_equal(&place.owner, &owner))
			there = true;
	}
	if (!there)
		fail_msg("%s is not among the places", expected);
}

static void
the_places_are_those_where_forms_and_hands_put_it(void **state)
{
	(void)state;
	places(WANTED_DKIM, TOKEN "._domainkey.news.example.co.jp.example.co.jp");
	places(WANTED_DKIM,
	    TOKEN "._domainkey.news.example.co.jp.news.example.co.jp");
	places(WANTED_DKIM, TOKEN "._domainkey.example.co.jp");
	places(WANTED_DKIM, TOKEN ".news.example.co.jp");
	places(WANTED_DKIM, TOKEN ".domainkey.news.example.co.jp");
	places(WANTED_DKIM, TOKEN ".-domainkey.news.example.co.jp");
	places(WANTED_DKIM, TOKEN "_domainkey.news.example.co.jp");
	places(WANTED_DKIM, TOKEN "._domainkey.www.news.example.co.jp");
	places(WANTED_DKIM, TOKEN ".dkim.amazonses.com.example.co.jp");
	places(WANTED_DKIM, "_domainkey.news.example.co.jp");
	places(WANTED_DKIM, TOKEN "._domainkey\\032.news.example.co.jp");
	places(WANTED_DKIM, "\\032" TOKEN "._domainkey.news.example.co.jp");
	places(WANTED_DKIM,
	    "\\\"" TOKEN "._domainkey\\\".news.example.co.jp");
	places(WANTED_DKIM, TOKEN
	    ".\\239\\188\\191domainkey.news.example.co.jp");
	places(WANTED_DKIM, TOKEN
	    "\\239\\188\\142_domainkey.news.example.co.jp");
	places(WANTED_DKIM, "news.example.co.jp");
	places(WANTED_DKIM, "@.news.example.co.jp");
	places(WANTED_DKIM, "news.example.co.jp.example.co.jp");
	places(WANTED_VERIFICATION, "amazonses.news.example.co.jp");
	places(WANTED_MAIL_FROM_MX, "news.example.co.jp");
	places(WANTED_MAIL_FROM_MX, "bounce.example.co.jp");
	places(WANTED_MAIL_FROM_MX,
	    "bounce.news.example.co.jp.example.co.jp");
	places(WANTED_MAIL_FROM_SPF, "@.news.example.co.jp");
	places(WANTED_VERIFICATION, "news.example.co.jp");
	places(WANTED_DMARC, "dmarc.news.example.co.jp");
}

static void
a_parent_s_dmarc_is_where_it_belongs(void **state)
{
	struct name zone = named("example.co.jp");
	struct name parent = named("_dmarc.example.co.jp");

	(void)state;
	for (size_t rank = 0; rank < elsewhere_ranks(); rank++) {
		struct elsewhere place;

		if (elsewhere_place(&place, rank, wanted(WANTED_DMARC),
		    &plan.domain, &zone) == 0)
			assert_false(name_equal(&place.owner, &parent));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_meant_the_same_is_right),
		cmocka_unit_test(a_lower_cased_token_is_altered),
		cmocka_unit_test(cut_and_padded_values_are_altered),
		cmocka_unit_test(a_mistyped_value_is_altered),
		cmocka_unit_test(what_happened_is_said_with_its_sign),
		cmocka_unit_test(of_another_value_nothing_is_guessed),
		cmocka_unit_test(values_of_any_length_are_compared_whole),
		cmocka_unit_test(kept_quotes_are_named),
		cmocka_unit_test(another_region_is_told_from_another_token),
		cmocka_unit_test(a_short_piece_proves_nothing),
		cmocka_unit_test(a_long_value_is_told_by_its_beginning),
		cmocka_unit_test(an_old_style_token_is_recognised),
		cmocka_unit_test(
		    the_places_are_those_where_forms_and_hands_put_it),
		cmocka_unit_test(a_parent_s_dmarc_is_where_it_belongs),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
