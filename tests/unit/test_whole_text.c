/*
 * Texts of any length are compared whole: of 2 and of 10 kB, in whatever
 * strings they stand, and to their last octet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "diagnose/value.h"
#include "dns/keep.h"
#include "dns/observe.h"
#include "dns/rr.h"

enum {
	STRING = 255,		/* octets of one string of a TXT, at most */
	OCTETS = 10 * 1024
};

static const size_t lengths[] = { 2 * 1024, 10 * 1024 };
static const size_t strings[] = { STRING, 254, 100, 7, 1 };

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* A text of no pattern, so that no two places of it are alike. */
static void
make_text(char text[static OCTETS + 1], size_t len)
{
	uint32_t chance = 2463534242;

	for (size_t i = 0; i < len; i++) {
		chance ^= chance << 13;
		chance ^= chance >> 17;
		chance ^= chance << 5;
		text[i] = digits[chance % (sizeof digits - 1)];
	}
	text[len] = '\0';
}

/* A TXT that holds these octets in strings of so many. */
static struct rr
txt(const char *text, size_t len, size_t string)
{
	const struct name root = name_root();
	struct rr rr = { .type = RR_TXT };

	rr_set_owner(&rr, &root);
	rr.rdata = xmalloc(2 * len + 1);
	for (size_t at = 0; at < len; at += string) {
		size_t n = len - at < string ? len - at : string;

		rr.rdata[rr.len++] = (uint8_t)n;
		memcpy(rr.rdata + rr.len, text + at, n);
		rr.len = (uint16_t)(rr.len + n);
	}
	return rr;
}

/* What the value of this kind is when a text stands there. */
static enum value_slip
compare(enum wanted_kind kind, char *value, const struct rr *rr)
{
	struct wanted wanted = { .kind = kind, .type = RR_TXT,
		.owner = name_root(), .value = value };

	assert_int_equal(value_is_right(&wanted, rr),
	    value_compare(&wanted, rr) == VALUE_RIGHT);
	return value_compare(&wanted, rr);
}

/* A letter in the place of another, wherever it stands. */
static void
turn(char *letter)
{
	*letter = *letter == 'A' ? 'B' : 'A';
}

static void
in_whatever_strings_it_is_the_same(void **state)
{
	static char text[OCTETS + 1];

	(void)state;
	for (size_t l = 0; l < 2; l++) {
		struct rr whole;

		make_text(text, lengths[l]);
		whole = txt(text, lengths[l], STRING);
		for (size_t s = 0; s < sizeof strings / sizeof strings[0];
		    s++) {
			struct rr rr = txt(text, lengths[l], strings[s]);

			assert_int_equal(compare(WANTED_VERIFICATION, text,
			    &rr), VALUE_RIGHT);
			assert_true(rr_equal(&rr, &whole));
			rr_release(&rr);
		}
		rr_release(&whole);
	}
}

static void
the_last_octet_counts_as_the_first_does(void **state)
{
	static char text[OCTETS + 1], other[OCTETS + 1];

	(void)state;
	for (size_t l = 0; l < 2; l++) {
		size_t len = lengths[l];
		const size_t at[] = { 0, STRING - 1, STRING, len / 2, len - 1 };

		make_text(text, len);
		for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
			struct rr rr, whole = txt(text, len, STRING);

			memcpy(other, text, len + 1);
			turn(&other[at[i]]);
			rr = txt(other, len, 100);
			assert_int_equal(compare(WANTED_VERIFICATION, text,
			    &rr), VALUE_ALTERED);
			assert_false(rr_equal(&rr, &whole));
			rr_release(&rr);
			rr_release(&whole);
		}
	}
}

static void
an_octet_too_few_or_too_many_counts(void **state)
{
	static char text[OCTETS + 1], longer[OCTETS + 1];

	(void)state;
	make_text(text, OCTETS - 1);
	memcpy(longer, text, OCTETS - 1);
	longer[OCTETS - 1] = 'z';
	for (int more = -1; more <= 1; more += 2) {
		struct rr rr = txt(longer, OCTETS - 1 + (size_t)more, STRING);

		assert_int_equal(compare(WANTED_VERIFICATION, text, &rr),
		    VALUE_ALTERED);
		rr_release(&rr);
	}
}

static void
strings_in_another_order_are_another_text(void **state)
{
	static char text[OCTETS + 1], turned[OCTETS + 1];
	struct rr rr, whole;

	(void)state;
	make_text(text, OCTETS);
	memcpy(turned, text, OCTETS);
	/* The last two strings in each other's place. */
	memcpy(turned + OCTETS - 200, text + OCTETS - 100, 100);
	memcpy(turned + OCTETS - 100, text + OCTETS - 200, 100);
	rr = txt(turned, OCTETS, 100);
	whole = txt(text, OCTETS, 100);
	assert_int_not_equal(compare(WANTED_VERIFICATION, text, &rr),
	    VALUE_RIGHT);
	assert_false(rr_equal(&rr, &whole));
	rr_release(&rr);
	rr_release(&whole);
}

/* A long note before it does not hide the end of an own key. */
static void
a_key_counts_to_its_last_letter_behind_a_long_note(void **state)
{
	/* Published for tests: nobody signs with it. */
	static const char key[] = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDbk3us"
	    "PMimIc7uhQaCC3ie16GcWaGYFkUWBlXre1VL0Q/xcToUjKBXV17wCCa+sPUigVFpUM"
	    "ywhkYO6q9AqpkTfdGpJgKhfqu4maJZCcAIQJSioNwZIM8ut5BPG56ktOQw5IIOuDp+"
	    "jYNU0VJ1aD/hueZYG+sfKMhC75MOSjsxowIDAQAB";
	static char value[sizeof key + 2], note[OCTETS + 1];
	static char text[OCTETS + sizeof value];

	(void)state;
	snprintf(value, sizeof value, "p=%s", key);
	for (size_t l = 0; l < 2; l++) {
		make_text(note, lengths[l] - sizeof key - 32);
		for (int wrong = 0; wrong < 2; wrong++) {
			struct rr rr;
			int len = snprintf(text, sizeof text,
			    "v=DKIM1; k=rsa; n=%s; p=%s", note, key);

			if (wrong)
				turn(&text[len - 1]);
			rr = txt(text, (size_t)len, 200);
			if (wrong)
				assert_int_not_equal(compare(WANTED_BYODKIM,
				    value, &rr), VALUE_RIGHT);
			else
				assert_int_equal(compare(WANTED_BYODKIM, value,
				    &rr), VALUE_RIGHT);
			rr_release(&rr);
		}
	}
}

static void
the_letter_that_is_wrong_is_named_at_the_very_end(void **state)
{
	static char text[OCTETS + 1], other[OCTETS + 1];
	struct wanted wanted = { .kind = WANTED_VERIFICATION, .type = RR_TXT,
		.owner = name_root(), .value = text };
	struct value_reason reason;
	struct rr rr;

	(void)state;
	make_text(text, OCTETS);
	memcpy(other, text, OCTETS + 1);
	turn(&other[OCTETS - 1]);
	rr = txt(other, OCTETS, STRING);
	value_reason(&reason, &wanted, &rr);
	assert_int_equal(reason.kind, CLAIM_OTHER_PART);
	assert_memory_equal(reason.there.text, &other[OCTETS - 1], 1);
	assert_memory_equal(reason.belongs.text, &text[OCTETS - 1], 1);
	rr_release(&rr);
}

/* What the value is told as is whole, too. */
static void
it_is_told_whole(void **state)
{
	static char text[OCTETS + 1];
	struct rr rr;
	char *value;

	(void)state;
	make_text(text, OCTETS);
	rr = txt(text, OCTETS, 100);
	value = rr_value_new(&rr);
	assert_string_equal(value, text);
	free(value);
	rr_release(&rr);
}

static struct observation *
answer(const struct rr *rr)
{
	const struct question q = { .type = RR_TXT, .name = name_root() };
	struct observation *o = observation_new(&q);
	struct keep *keep = keep_new(NULL, &o->question);
	struct rr copy;

	o->outcome = OUTCOME_ANSWER;
	rr_copy(&copy, rr);
	keep_add(keep, &copy);
	keep_section(keep, o, observation_add_answer);
	o->cut = keep_has_cut(keep);
	keep_free(keep);
	return o;
}

/* So that a change is seen while watching, and nothing was cut on the way. */
static void
two_answers_that_differ_at_the_end_are_two(void **state)
{
	static char text[OCTETS + 1];
	struct observation *one, *same, *other;
	struct rr rr;

	(void)state;
	make_text(text, OCTETS);
	rr = txt(text, OCTETS, STRING);
	one = answer(&rr);
	same = answer(&rr);
	rr_release(&rr);
	turn(&text[OCTETS - 1]);
	rr = txt(text, OCTETS, STRING);
	other = answer(&rr);
	rr_release(&rr);
	assert_false(one->cut);
	assert_true(observation_same(one, same));
	assert_false(observation_same(one, other));
	observation_free(one);
	observation_free(same);
	observation_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_whatever_strings_it_is_the_same),
		cmocka_unit_test(the_last_octet_counts_as_the_first_does),
		cmocka_unit_test(an_octet_too_few_or_too_many_counts),
		cmocka_unit_test(strings_in_another_order_are_another_text),
		cmocka_unit_test(
		    a_key_counts_to_its_last_letter_behind_a_long_note),
		cmocka_unit_test(
		    the_letter_that_is_wrong_is_named_at_the_very_end),
		cmocka_unit_test(it_is_told_whole),
		cmocka_unit_test(two_answers_that_differ_at_the_end_are_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
