#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "diagnose/elsewhere.h"
#include "ses/identity.h"
#include "mail/own-key.h"
#include "ses/plan.h"
#include "diagnose/value.h"

/* Public halves of 2048 bits, in two pieces, and of 1024. */
#define HEAD \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArujfEzcT//Bb3B2XOR8X" \
	"PCkXiBUsBRqvDqTF+z3zfU3Jo57R8gyk7L+qT19SapVQP4m1OR6Xt7TtRtbq8SEc" \
	"l3DUL6GZLGwKTMvyB9onJ/zuhZeQnnG0jVodWPMCMrkrHxh/O97hrvCbMdI1qUin" \
	"yX+ZNkYj4gUuaLGW7zSs+hz4tGLq"
#define TAIL \
	"6rTcG6fAgFooe0238MPbOuV45m3uVeHhvZ6gj9+wNy4JldzQ+RZJNk2pZhdZOnbw" \
	"oqgVSDwjhJGqIjyc6i9Q2/pZxsgi9lM6cZcZf3FKDlOqVmy+5XtE6d6ukg9noUvx" \
	"BiXcvzzep5qAa0/N9rUJaOyRby6fn23vMx4j+QIDAQAB"
#define KEY HEAD TAIL
#define OTHER \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC3or2LfOdOK2PS4CWP8Nix2BRB" \
	"dMy97WPp4oZJIqY2Z6EOvIp4GSnvpGqC1SBafj+aaaja4t1Jt1/ZEwxWQVw+1Cf0" \
	"6s//QKSZEzkZZrM2gfuMjSFe5GR4qxa8EKbd49N2V3+adyO/QPAi+EJSiV7Fgp9V" \
	"pIJayKgsoQy2MPciAwIDAQAB"

static struct identity
with_domain(void)
{
	struct identity identity;
	const char *why;

	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, "example.jp", &why),
	    0);
	return identity;
}

static void
takes(const char *text)
{
	struct identity identity = with_domain();
	const char *why = "";

	if (identity_set_byodkim(&identity, text, &why) == -1)
		fail_msg("%s: %s", text, why);
	assert_string_equal(identity.selector, "mail");
	assert_string_equal(identity.key, KEY);
}

/* Nothing is changed by what is refused. */
static void
refuses(const char *text, const char *word)
{
	struct identity identity = with_domain(), before = identity;
	const char *why = "";

	assert_int_equal(identity_set_byodkim(&identity, text, &why), -1);
	if (strstr(why, word) == NULL)
		fail_msg("%s: %s", text, why);
	assert_memory_equal(&identity, &before, sizeof before);
}

static void
takes_the_key_as_people_have_it(void **state)
{
	(void)state;
	takes("mail=" KEY);
	takes("Mail=p=" KEY);
	takes("mail._domainkey.example.jp=v=DKIM1; k=rsa; p=" KEY);
	takes("mail=\"v=DKIM1; p=" HEAD "\" \"" TAIL "\"");
	takes("mail=-----BEGIN PUBLIC KEY-----\n" HEAD "\n" TAIL
	    "\n-----END PUBLIC KEY-----\n");
}

static void
refuses_what_is_no_public_key(void **state)
{
	(void)state;
	refuses(KEY, "equals sign");
	refuses("=" KEY, "equals sign");
	refuses("mail=", "equals sign");
	refuses("ma_il=" KEY, "selector");
	refuses("-mail=" KEY, "selector");
	refuses("mail.example=" KEY, "selector");
	refuses("mail=" HEAD, "its end is missing");
	refuses("mail=customerProvidedPublicKey", "placeholder");
	refuses("mail=-----BEGIN RSA PRIVATE KEY-----\nMIIE", "private key");
	refuses("mail=k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
	    "RSA keys only");
	refuses("mail=no key", "");
}

static void
key_and_tokens_replace_each_other(void **state)
{
	struct identity identity = with_domain();
	const char *why;

	(void)state;
	assert_false(identity_complete(&identity, &why));
	assert_int_equal(identity_set_byodkim(&identity, "mail=" KEY, &why),
	    0);
	assert_true(identity_complete(&identity, &why));
	assert_int_equal(identity_add_token(&identity,
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2", &why), 0);
	assert_false(identity_has_own_key(&identity));
	assert_int_equal(identity_set_selector(&identity, "mail", &why), 0);
	assert_int_equal(identity.tokens, 0);
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "public key"));
	assert_int_equal(identity_set_byodkim(&identity, "", &why), 0);
	assert_int_equal(identity_set_key(&identity, KEY, &why), 0);
	assert_false(identity_complete(&identity, &why));
	assert_non_null(strstr(why, "selector"));
}

/* --- Records --- */

static struct rr
txt(const char *rdata)
{
	struct rr rr = { .type = 0 };
	const char *why = "";

	if (rr_parse(&rr, RR_TXT, rdata, &why) == -1)
		fail_msg("%s: %s", rdata, why);
	return rr;
}

static void
is_right(const char *rdata, bool right)
{
	struct rr rr = txt(rdata);

	assert_int_equal(own_key_right(&rr, KEY), right);
	rr_release(&rr);
}

static void
only_the_whole_key_is_right(void **state)
{
	(void)state;
	is_right("\"p=" HEAD "\" \"" TAIL "\"", true);
	is_right("\"v=DKIM1; k=rsa; \" \"p=" HEAD "\" \"" TAIL ";\"", true);
	is_right("\"p=" HEAD "\" \" " TAIL "\"", true);
	is_right("\"p=" HEAD "\"", false);
	is_right("\"" HEAD "\" \"" TAIL "\"", false);
	is_right("\"h=sha1; p=" HEAD "\" \"" TAIL "\"", false);
	is_right("\"p=" OTHER "\"", false);
	is_right("\"p=\"", false);
	is_right("\"\"", false);
}

static void
pieces_are_known_in_any_order(void **state)
{
	struct rr head = txt("\"v=DKIM1; p=" HEAD "\"");
	struct rr tail = txt("\"" TAIL "\""), other = txt("\"p=" OTHER "\"");
	struct rr mixed = txt("\"" TAIL "\" \"p=" HEAD "\"");
	struct rr whole = txt("\"p=" HEAD "\" \"" TAIL "\"");
	const struct rr *in_order[] = { &head, &tail };
	const struct rr *reversed[] = { &tail, &head };
	const struct rr *foreign[] = { &head, &other };
	const struct rr *twice[] = { &head, &head };

	(void)state;
	assert_true(own_key_split(in_order, 2, KEY));
	assert_true(own_key_split(reversed, 2, KEY));
	assert_false(own_key_split(in_order, 1, KEY));
	assert_false(own_key_split(foreign, 2, KEY));
	assert_false(own_key_split(twice, 2, KEY));
	assert_true(own_key_shuffled(&mixed, KEY));
	assert_false(own_key_shuffled(&whole, KEY));
	assert_false(own_key_shuffled(&head, KEY));
	assert_true(own_key_part(&head, KEY));
	assert_true(own_key_part(&whole, KEY));
	assert_false(own_key_part(&other, KEY));
	rr_release(&head);
	rr_release(&tail);
	rr_release(&other);
	rr_release(&mixed);
	rr_release(&whole);
}

/* --- The plan --- */

static void
the_plan_wants_one_txt(void **state)
{
	struct identity identity = with_domain();
	struct plan plan = { 0 };
	struct rr rr;
	char text[NAME_TEXT];
	const char *why;

	(void)state;
	assert_int_equal(identity_set_byodkim(&identity, "mail=" KEY, &why),
	    0);
	plan_make(&plan, &identity, "guard");
	assert_int_equal(plan.count, 2);
	assert_string_equal(plan.wanted[0].id, "byodkim");
	assert_int_equal(plan.wanted[0].type, RR_TXT);
	assert_true(plan.wanted[0].required);
	assert_false(plan_is_bare(&plan));
	assert_string_equal(name_text(&plan.wanted[0].owner, text),
	    "mail._domainkey.example.jp");
	assert_string_equal(plan.wanted[0].value, "p=" KEY);
	rr = txt("\"v=DKIM1; p=" HEAD "\" \"" TAIL "\"");
	assert_int_equal(value_compare(&plan.wanted[0], &rr), VALUE_RIGHT);
	assert_true(value_recognise(&plan.wanted[0], &rr));
	rr_release(&rr);
	rr = txt("\"p=" OTHER "\"");
	assert_int_not_equal(value_compare(&plan.wanted[0], &rr),
	    VALUE_RIGHT);
	assert_false(value_recognise(&plan.wanted[0], &rr));
	rr_release(&rr);
	plan_release(&plan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_key_as_people_have_it),
		cmocka_unit_test(refuses_what_is_no_public_key),
		cmocka_unit_test(key_and_tokens_replace_each_other),
		cmocka_unit_test(only_the_whole_key_is_right),
		cmocka_unit_test(pieces_are_known_in_any_order),
		cmocka_unit_test(the_plan_wants_one_txt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
