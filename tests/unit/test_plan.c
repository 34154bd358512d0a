#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "ses/plan.h"
#include "dns/rr.h"
#include "named.h"

#define TOKEN_A "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define TOKEN_B "zdqttidvz7ora35tlm64k2ciqh3pvksq"
#define TOKEN_C "vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv"
#define VALUE "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA="

static struct identity
full(const char *domain, const char *region)
{
	struct identity identity;
	const char *why;

	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, domain, &why), 0);
	identity_add_token(&identity, TOKEN_A, &why);
	identity_add_token(&identity, TOKEN_B, &why);
	identity_add_token(&identity, TOKEN_C, &why);
	identity_set_verification(&identity, VALUE, &why);
	identity_set_mail_from(&identity, "bounce", &why);
	if (region != NULL)
		assert_int_equal(identity_set_region(&identity, region, &why),
		    0);
	return identity;
}

static void
assert_wanted(const struct wanted *wanted, const char *id, const char *owner,
    uint16_t type, const char *value)
{
	char text[NAME_TEXT];

	assert_string_equal(wanted->id, id);
	assert_string_equal(name_text(&wanted->owner, text), owner);
	assert_int_equal(wanted->type, type);
	assert_string_equal(wanted->value, value);
	assert_int_equal(wanted->required, strcmp(id, "dmarc") != 0);
}

static void
wants_every_record_in_the_order_of_the_cards(void **state)
{
	struct identity identity = full("news.example.co.jp",
	    "ap-northeast-1");
	struct plan plan = { 0 };

	(void)state;
	plan_make(&plan, &identity, "guard");
	assert_int_equal(plan.count, 7);
	assert_string_equal(plan.guard, "guard");
	assert_wanted(&plan.wanted[0], "dkim-1",
	    TOKEN_A "._domainkey.news.example.co.jp", RR_CNAME,
	    TOKEN_A ".dkim.amazonses.com");
	assert_wanted(&plan.wanted[1], "dkim-2",
	    TOKEN_B "._domainkey.news.example.co.jp", RR_CNAME,
	    TOKEN_B ".dkim.amazonses.com");
	assert_wanted(&plan.wanted[2], "dkim-3",
	    TOKEN_C "._domainkey.news.example.co.jp", RR_CNAME,
	    TOKEN_C ".dkim.amazonses.com");
	assert_wanted(&plan.wanted[3], "verification",
	    "_amazonses.news.example.co.jp", RR_TXT, VALUE);
	assert_wanted(&plan.wanted[4], "mail-from-mx",
	    "bounce.news.example.co.jp", RR_MX,
	    "10 feedback-smtp.ap-northeast-1.amazonses.com");
	assert_wanted(&plan.wanted[5], "mail-from-spf",
	    "bounce.news.example.co.jp", RR_TXT,
	    "v=spf1 include:amazonses.com ~all");
	assert_wanted(&plan.wanted[6], "dmarc", "_dmarc.news.example.co.jp",
	    RR_TXT, "v=DMARC1; p=none;");
	plan_release(&plan);
}

static void
values_are_written_as_rr_value_writes_them(void **state)
{
	struct identity identity = full("example.jp", "ap-northeast-3");
	struct plan plan = { 0 };

	(void)state;
	plan_make(&plan, &identity, "guard");
	for (size_t i = 0; i < plan.count; i++) {
		struct rr rr = { .ttl = 0 };
		const char *why;
		char *value;

		assert_int_equal(rr_from_value(&rr, plan.wanted[i].type,
		    plan.wanted[i].value, &why), 0);
		value = rr_value_new(&rr);
		assert_string_equal(value, plan.wanted[i].value);
		free(value);
		rr_release(&rr);
	}
	plan_release(&plan);
}

static void
targets_lie_in_the_zone_given_or_the_regions(void **state)
{
	struct identity identity = full("example.jp", "ap-northeast-3");
	struct plan plan = { 0 };
	const char *why;

	(void)state;
	plan_make(&plan, &identity, "guard");
	assert_string_equal(plan.wanted[0].value,
	    TOKEN_A ".dkim.ap-northeast-3.amazonses.com");
	identity_set_dkim_zone(&identity, "dkim.amazonses.com", &why);
	plan_make(&plan, &identity, "guard");
	assert_string_equal(plan.wanted[0].value,
	    TOKEN_A ".dkim.amazonses.com");
	plan_release(&plan);
}

static void
leaves_out_what_cannot_be_known_yet(void **state)
{
	struct identity identity = full("example.jp", NULL);
	struct plan plan = { 0 };

	(void)state;
	plan_make(&plan, &identity, "guard");
	assert_int_equal(plan.count, 3);
	assert_string_equal(plan.wanted[0].id, "verification");
	assert_string_equal(plan.wanted[1].id, "mail-from-spf");
	assert_string_equal(plan.wanted[2].id, "dmarc");
	plan_release(&plan);
}

static void
a_domain_alone_gives_dmarc_alone(void **state)
{
	struct identity identity;
	struct plan plan = { 0 };
	const char *why;

	(void)state;
	identity_init(&identity);
	plan_make(&plan, &identity, "guard");
	assert_int_equal(plan.count, 0);
	identity_set_domain(&identity, "example.jp", &why);
	plan_make(&plan, &identity, "guard");
	assert_int_equal(plan.count, 1);
	assert_string_equal(plan.wanted[0].id, "dmarc");
	plan_release(&plan);
}

static void
guards_are_labels_and_differ(void **state)
{
	char one[PLAN_GUARD], two[PLAN_GUARD];
	struct name name;

	(void)state;
	plan_guard(one);
	plan_guard(two);
	assert_string_not_equal(one, two);
	assert_int_equal(strlen(one), 10);
	assert_true(one[0] >= 'a' && one[0] <= 'z');
	name = named(one);
	assert_int_equal(name_labels(&name), 1);
}

static void
titles_are_for_people(void **state)
{
	struct identity identity = full("example.jp", "ap-northeast-1");
	struct plan plan = { 0 };

	(void)state;
	plan_make(&plan, &identity, "guard");
	assert_string_equal(wanted_title(&plan.wanted[0]), "DKIM 1");
	assert_string_equal(wanted_title(&plan.wanted[4]), "MAIL FROM MX");
	plan_release(&plan);
}

/* Nine records are what an identity with every proof may want. */
static void
a_plan_is_small(void **state)
{
	enum { RECORDS = 9 };
	struct identity identity = full("news.example.co.jp",
	    "ap-northeast-1");
	struct plan plan = { 0 };
	size_t longest = 0;

	(void)state;
	plan_make(&plan, &identity, "guard");
	for (size_t i = 0; i < plan.count; i++)
		if (strlen(plan.wanted[i].value) > longest)
			longest = strlen(plan.wanted[i].value);
	assert_true(sizeof plan + RECORDS * (sizeof *plan.wanted + longest +
	    1) <= 12 * 1024);
	plan_release(&plan);
	assert_int_equal(plan.count, 0);
}

/* What the plan was made of may be its own. */
static void
a_plan_is_made_anew_from_itself(void **state)
{
	struct identity identity = full("example.jp", "ap-northeast-1");
	struct plan plan = { 0 };

	(void)state;
	plan_make(&plan, &identity, "guard");
	plan_make(&plan, &plan.identity, plan.guard);
	assert_int_equal(plan.count, 7);
	assert_string_equal(plan.guard, "guard");
	assert_string_equal(plan.wanted[3].value, VALUE);
	plan_release(&plan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wants_every_record_in_the_order_of_the_cards),
		cmocka_unit_test(values_are_written_as_rr_value_writes_them),
		cmocka_unit_test(targets_lie_in_the_zone_given_or_the_regions),
		cmocka_unit_test(leaves_out_what_cannot_be_known_yet),
		cmocka_unit_test(a_domain_alone_gives_dmarc_alone),
		cmocka_unit_test(guards_are_labels_and_differ),
		cmocka_unit_test(titles_are_for_people),
		cmocka_unit_test(a_plan_is_small),
		cmocka_unit_test(a_plan_is_made_anew_from_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
