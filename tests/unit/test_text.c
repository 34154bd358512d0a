#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
	ROOM = 512
};

static void
assert_safe(const char *src, const char *safe)
{
	char buf[ROOM];

	assert_int_equal(text_safe(buf, sizeof buf, src, strlen(src)),
	    strlen(safe));
	assert_string_equal(buf, safe);
}

static void
printable_text_passes(void **state)
{
	(void)state;
	assert_safe("", "");
	assert_safe("v=spf1 include:amazonses.com ~all",
	    "v=spf1 include:amazonses.com ~all");
	assert_safe("「サブドメイン」", "「サブドメイン」");
	assert_safe("é ß Ж א ع 한 𠮷 😀",
	    "é ß Ж א ع 한 𠮷 😀");
}

static void
controls_are_escaped(void **state)
{
	(void)state;
	assert_safe("\033[31mred", "\\033[31mred");
	assert_safe("a\tb\nc\r", "a\\011b\\012c\\015");
	assert_safe("\x7f", "\\177");
	assert_safe("\xc2\x9b" "31m", "\\302\\23331m");
}

static void
a_nul_is_text_like_any_other(void **state)
{
	char buf[ROOM];

	(void)state;
	assert_int_equal(text_safe(buf, sizeof buf, "a\0b", 3), 6);
	assert_string_equal(buf, "a\\000b");
}

static void
a_backslash_is_doubled(void **state)
{
	(void)state;
	assert_safe("\\033", "\\\\033");
}

/* Octets of one code point, surrogates included, as UTF-8 would have them. */
static size_t
encode(char out[static 5], uint32_t c)
{
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(lead[len] | c);
	out[len] = '\0';
	return len;
}

static void
what_hides_or_turns_is_escaped(void **state)
{
	static const uint32_t hidden[] = { 0xad, 0x61c, 0x180e, 0x200b,
		0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e,
		0x2060, 0x2066, 0x2069, 0xd800, 0xdfff, 0xe000, 0xf8ff, 0xfdd0,
		0xfe0f, 0xfeff, 0xfffe, 0xffff, 0x1fffe, 0x1bd00, 0x18e00,
		0x2ffff, 0x50000, 0xe0001, 0xe007f, 0xe0100, 0xf0000,
		0x10ffff };

	(void)state;
	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
		char raw[5], buf[ROOM];
		size_t len = encode(raw, hidden[i]);

		if (text_safe(buf, sizeof buf, raw, len) != len * 4 ||
		    buf[0] != '\\')
			fail_msg("U+%04X passes", hidden[i]);
	}
}

static void
broken_sequences_are_escaped_octet_by_octet(void **state)
{
	(void)state;
	assert_safe("\xff\xfe", "\\377\\376");
	assert_safe("\xe3\x81", "\\343\\201");
	assert_safe("\xe3\x81z", "\\343\\201z");
	assert_safe("\x80", "\\200");
	/* Longer than need be: a slash, a NUL. */
	assert_safe("\xc0\xaf", "\\300\\257");
	assert_safe("\xc0\x80", "\\300\\200");
	assert_safe("\xe0\x80\xaf", "\\340\\200\\257");
	/* Beyond Unicode. */
	assert_safe("\xf4\x90\x80\x80", "\\364\\220\\200\\200");
}

static void
the_locale_does_not_matter(void **state)
{
	(void)state;
	setlocale(LC_ALL, "C");
	assert_safe("あ\xe2\x80\xae", "あ\\342\\200\\256");
	setlocale(LC_ALL, "C.UTF-8");
	assert_safe("あ\xe2\x80\xae", "あ\\342\\200\\256");
}

static void
safe_text_is_cut_between_characters(void **state)
{
	static const char src[] = "aあ\033" "b";
	static const char *const cut[] = { "", "", "a", "a", "a", "aあ", "aあ",
		"aあ", "aあ", "aあ\\033", "aあ\\033b" };
	char buf[ROOM];

	(void)state;
	assert_int_equal(text_safe(NULL, 0, src, strlen(src)), 9);
	for (size_t size = 1; size < sizeof cut / sizeof cut[0]; size++) {
		memset(buf, '#', sizeof buf);
		assert_int_equal(text_safe(buf, size, src, strlen(src)), 9);
		assert_string_equal(buf, cut[size]);
		assert_int_equal(buf[size], '#');
	}
}

static void
named_places_are_filled(void **state)
{
	static const struct text_place places[] = { { "name", "_amazonses" },
		{ "name.label", "サブドメイン" }, { NULL, NULL } };
	static const char want[] = "サブドメイン: _amazonses, _amazonses";
	char buf[ROOM];

	(void)state;
	assert_int_equal(text_fill(buf, sizeof buf,
	    "{name.label}: {name}, {name}", places), strlen(want));
	assert_string_equal(buf, want);
}

static void
unknown_places_and_percent_signs_stay(void **state)
{
	static const struct text_place places[] = { { "a", "%s{b}" },
		{ "b", "wrong" }, { NULL, NULL } };
	char buf[ROOM];

	(void)state;
	text_fill(buf, sizeof buf, "%n {c} {a} {{b} {} { {a", places);
	assert_string_equal(buf, "%n {c} %s{b} {b} {} { {a");
}

static void
filled_text_is_cut_between_characters(void **state)
{
	static const struct text_place places[] = { { "a", "いう" },
		{ NULL, NULL } };
	char buf[ROOM];

	(void)state;
	assert_int_equal(text_fill(buf, 8, "あ{a}z", places), 10);
	assert_string_equal(buf, "あい");
	assert_int_equal(text_fill(buf, 3, "あ{a}z", places), 10);
	assert_string_equal(buf, "");
	assert_int_equal(text_fill(NULL, 0, "あ{a}z", places), 10);
}

static void
assert_trimmed(const char *src, int fold, const char *want)
{
	char buf[ROOM];

	assert_int_equal(text_trim(buf, sizeof buf, src, fold), strlen(want));
	assert_string_equal(buf, want);
}

static void
ends_are_trimmed(void **state)
{
	(void)state;
	assert_trimmed("  \texample.jp \r\n", 0, "example.jp");
	assert_trimmed("　\xc2\xa0" "example.jp\xe3\x80\x80", 0, "example.jp");
	assert_trimmed("\xef\xbb\xbf" "example.jp\xe2\x80\x8b", 0,
	    "example.jp");
	assert_trimmed(" \t ", 0, "");
	assert_trimmed("", 1, "");
	assert_trimmed(" two  words ", 0, "two  words");
}

static void
what_nobody_sees_is_dropped_inside(void **state)
{
	(void)state;
	assert_trimmed("exam\nple\033.jp\x7f", 0, "example.jp");
	assert_trimmed("exam\xe2\x80\x8bple\xef\xbb\xbf.jp", 0, "example.jp");
	assert_trimmed("a\xc2\x85" "b", 0, "ab");
}

static void
full_width_ascii_is_folded_when_wanted(void **state)
{
	(void)state;
	assert_trimmed("ｅｘ＿ａ．ｊｐ　～", 1, "ex_a.jp ~");
	assert_trimmed("ｅｘ　ｊｐ", 0, "ｅｘ　ｊｐ");
	assert_trimmed("サブ", 1, "サブ");
}

static void
octets_that_are_no_text_stay_for_the_check_of_the_field(void **state)
{
	(void)state;
	assert_trimmed(" \xff ", 0, "\xff");
}

static void
a_long_field_is_told_by_its_length(void **state)
{
	char buf[4];

	(void)state;
	assert_int_equal(text_trim(buf, sizeof buf, " abcdef ", 0), 6);
	assert_string_equal(buf, "abc");
}

static void
a_slip_is_near_whatever_the_case(void **state)
{
	(void)state;
	assert_int_equal(text_distance("Check", "check"), 0);
	assert_int_equal(text_distance("chekc", "check"), 2);
	assert_int_equal(text_distance("record", "records"), 1);
	assert_int_equal(text_distance("", "check"), 5);
	assert_int_equal(text_distance("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxx", "check"), TEXT_WORD);
}

static void
a_text_is_a_string_at_all_times(void **state)
{
	struct text t = TEXT_INIT;
	char *taken;

	(void)state;
	assert_string_equal(t.s, "");
	for (int i = 0; i < 3000; i++) {
		text_add(&t, "ab");
		assert_int_equal(strlen(t.s), t.len);
	}
	assert_int_equal(t.len, 6000);
	text_clear(&t);
	assert_string_equal(t.s, "");
	text_addf(&t, "%s-%d", "a", 7);
	text_add_part(&t, "xyz", 2);
	text_add(&t, "");
	text_add_safe(&t, "\033", 1);
	assert_string_equal(t.s, "a-7xy\\033");
	taken = text_take(&t);
	assert_string_equal(taken, "a-7xy\\033");
	free(taken);
	assert_string_equal(t.s, "");
	taken = text_take(&t);
	assert_string_equal(taken, "");
	free(taken);
	text_release(&t);
	text_release(&t);
}

static void
a_list_compares_whole_items(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	text_list_add(&t, "dns.example.net");
	text_list_add(&t, "ns.example.net");
	text_list_add(&t, "dns.example.net");
	text_list_add(&t, "ns.example.net");
	text_list_add(&t, "ns.example.net.jp");
	text_list_add(&t, "ns.example");
	assert_string_equal(t.s, "dns.example.net, ns.example.net, "
	    "ns.example.net.jp, ns.example");
	text_release(&t);
}

static void
lines_are_joined_and_ends_chopped(void **state)
{
	struct text t = TEXT_INIT;

	(void)state;
	text_chop(&t, ' ');
	text_line_add(&t, "");
	text_line_add(&t, "one  ");
	text_chop(&t, ' ');
	text_line_add(&t, "");
	text_line_add(&t, "two");
	assert_string_equal(t.s, "one\ntwo");
	text_release(&t);
}

/* Counts how often it was asked. */
static bool
ask_digit(struct text *t, const char *name, size_t len, const void *arg)
{
	int *const *asked = arg;

	++**asked;
	if (len != 1 || *name < '0' || *name > '9')
		return false;
	text_addf(t, "<%.*s{{>", (int)len, name);
	return true;
}

static void
only_places_that_occur_are_asked_for(void **state)
{
	struct text t = TEXT_INIT;
	int asked = 0, *counter = &asked;

	(void)state;
	text_add_asked(&t, "none, {{7}", ask_digit, &counter);
	assert_int_equal(asked, 0);
	text_clear(&t);
	text_add_asked(&t, "{1} {a}, {2}{", ask_digit, &counter);
	assert_string_equal(t.s, "<1{{> {a}, <2{{>{");
	assert_int_equal(asked, 3);
	text_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(printable_text_passes),
		cmocka_unit_test(controls_are_escaped),
		cmocka_unit_test(a_nul_is_text_like_any_other),
		cmocka_unit_test(a_backslash_is_doubled),
		cmocka_unit_test(what_hides_or_turns_is_escaped),
		cmocka_unit_test(broken_sequences_are_escaped_octet_by_octet),
		cmocka_unit_test(the_locale_does_not_matter),
		cmocka_unit_test(safe_text_is_cut_between_characters),
		cmocka_unit_test(named_places_are_filled),
		cmocka_unit_test(unknown_places_and_percent_signs_stay),
		cmocka_unit_test(filled_text_is_cut_between_characters),
		cmocka_unit_test(ends_are_trimmed),
		cmocka_unit_test(what_nobody_sees_is_dropped_inside),
		cmocka_unit_test(full_width_ascii_is_folded_when_wanted),
		cmocka_unit_test(
		    octets_that_are_no_text_stay_for_the_check_of_the_field),
		cmocka_unit_test(a_long_field_is_told_by_its_length),
		cmocka_unit_test(a_slip_is_near_whatever_the_case),
		cmocka_unit_test(a_text_is_a_string_at_all_times),
		cmocka_unit_test(a_list_compares_whole_items),
		cmocka_unit_test(lines_are_joined_and_ends_chopped),
		cmocka_unit_test(only_places_that_occur_are_asked_for),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
