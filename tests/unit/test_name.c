#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "dns/name.h"
#include "named.h"

static void
assert_text(const struct name *n, const char *text)
{
	char buf[NAME_TEXT];

	assert_string_equal(name_text(n, buf), text);
}

static void
assert_refused(const char *text)
{
	struct name n;
	const char *why = NULL;

	if (name_parse(&n, text, &why) == 0)
		fail_msg("\"%s\" was taken for a name", text);
	assert_non_null(why);
}

/* Labels of these lengths, as text. */
static const char *
of_lengths(char *buf, size_t a, size_t b, size_t c, size_t d)
{
	const size_t lengths[] = { a, b, c, d };
	char *p = buf;

	for (size_t i = 0; i < 4 && lengths[i] > 0; i++) {
		if (i > 0)
			*p++ = '.';
		memset(p, 'a', lengths[i]);
		p += lengths[i];
	}
	*p = '\0';
	return buf;
}

static void
text_is_lower_case_without_final_dot(void **state)
{
	struct name n = named("_AmazonSES.Example.JP."), same;

	(void)state;
	assert_text(&n, "_amazonses.example.jp");
	same = named("_amazonses.example.jp");
	assert_true(name_equal(&n, &same));
	assert_int_equal(n.len, same.len);
	/* The case is kept inside. */
	assert_int_equal(n.wire[2], 'A');
}

static void
the_root_is_a_dot(void **state)
{
	struct name n = named("."), root = name_root();

	(void)state;
	assert_text(&n, ".");
	assert_true(name_equal(&n, &root));
	assert_int_equal(name_labels(&n), 0);
}

static void
odd_octets_are_escaped_and_read_back(void **state)
{
	static const uint8_t wire[] = "\7a.b\\ \0\xff\2jp";
	struct name n, back;
	char text[NAME_TEXT];

	(void)state;
	assert_int_equal(name_from_wire(&n, wire, sizeof wire), 0);
	assert_string_equal(name_text(&n, text),
	    "a\\.b\\\\\\032\\000\\255.jp");
	back = named(text);
	assert_int_equal(n.len, back.len);
	assert_memory_equal(n.wire, back.wire, n.len);
}

static void
what_is_no_name_is_refused(void **state)
{
	char buf[NAME_TEXT];

	(void)state;
	assert_refused("");
	assert_refused("..");
	assert_refused(".jp");
	assert_refused("a..jp");
	assert_refused("a.jp..");
	assert_refused("a\\");
	assert_refused("a\\25");
	assert_refused("a\\256.jp");
	assert_refused("two words.jp");
	assert_refused("caf\xc3\xa9.jp");
	assert_refused(of_lengths(buf, 64, 0, 0, 0));
	assert_refused(of_lengths(buf, 63, 63, 63, 62));
}

static void
the_longest_name_fits(void **state)
{
	char buf[NAME_TEXT];
	struct name n = named(of_lengths(buf, 63, 63, 63, 61));

	(void)state;
	assert_int_equal(n.len, NAME_WIRE);
	assert_text(&n, buf);
	strcat(buf, ".");
	n = named(buf);
	assert_int_equal(n.len, NAME_WIRE);
}

static void
text_of_the_worst_name_fits(void **state)
{
	uint8_t wire[NAME_WIRE];
	char buf[NAME_TEXT];
	struct name n;

	(void)state;
	memset(wire, 0xff, sizeof wire);
	wire[0] = wire[64] = wire[128] = 63;
	wire[192] = 61;
	wire[254] = 0;
	assert_int_equal(name_from_wire(&n, wire, sizeof wire), 0);
	assert_true(strlen(name_text(&n, buf)) < NAME_TEXT);
	assert_true(strlen(name_zonefile(&n, buf)) < NAME_TEXT);
}

static void
broken_wire_is_refused(void **state)
{
	static const uint8_t short_label[] = { 3, 'a', 'b' };
	static const uint8_t no_end[] = { 1, 'a' };
	static const uint8_t pointer[] = { 1, 'a', 0xc0, 0x00 };
	static const uint8_t extended[] = { 0x41, 0 };
	uint8_t endless[300];
	struct name n;

	(void)state;
	assert_int_equal(name_from_wire(&n, short_label, 3), -1);
	assert_int_equal(name_from_wire(&n, no_end, 2), -1);
	assert_int_equal(name_from_wire(&n, pointer, 4), -1);
	assert_int_equal(name_from_wire(&n, extended, 2), -1);
	assert_int_equal(name_from_wire(&n, no_end, 0), -1);
	memset(endless, 1, sizeof endless);
	assert_int_equal(name_from_wire(&n, endless, sizeof endless), -1);
}

static void
zone_file_text_keeps_the_case(void **state)
{
	struct name n = named("DKIM.Example.jp"), root = name_root();
	char buf[NAME_TEXT];

	(void)state;
	assert_string_equal(name_zonefile(&n, buf), "DKIM.Example.jp.");
	assert_string_equal(name_zonefile(&root, buf), ".");
}

static void
assert_idn(const char *typed, const char *text)
{
	const char *why = "";
	struct name n;

	if (name_parse_idn(&n, typed, &why) == -1)
		fail_msg("%s: %s", typed, why);
	assert_text(&n, text);
}

static void
typed_names_are_understood(void **state)
{
	(void)state;
	assert_idn("Example.JP", "example.jp");
	assert_idn("日本語.jp", "xn--wgv71a119e.jp");
	assert_idn("日本語。jp", "xn--wgv71a119e.jp");
	assert_idn("日本語．ＪＰ．", "xn--wgv71a119e.jp");
	assert_idn("日本語｡jp", "xn--wgv71a119e.jp");
	assert_idn("ｅｘａｍｐｌｅ．ｊｐ", "example.jp");
	assert_idn("_amazonses.日本語.jp", "_amazonses.xn--wgv71a119e.jp");
	assert_idn("Ｂücher.de", "xn--bcher-kva.de");
	/* Not transitional: the sharp s stays a letter of its own. */
	assert_idn("straße.de", "xn--strae-oqa.de");
	/* Decomposed, as one file system types it. */
	assert_idn("bu\xcc\x88" "cher.de", "xn--bcher-kva.de");
}

static void
typed_names_that_cannot_be_are_refused(void **state)
{
	static const char *const typed[] = { "", "日本語..jp", "日本 語.jp",
		"日本　語.jp", "\xff\xfe.jp", "a\xe2\x80\x8b.jp\xc0",
		"日本語.\xf0", "example.jp\xe3" };
	const char *why;
	struct name n;

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		why = NULL;
		if (name_parse_idn(&n, typed[i], &why) == 0)
			fail_msg("number %zu was taken for a name", i);
		assert_non_null(why);
	}
}

static void
a_labels_are_shown_in_unicode(void **state)
{
	struct name n = named("_x.xn--wgv71a119e.jp");
	char buf[NAME_TEXT];

	(void)state;
	assert_string_equal(name_unicode(&n, buf), "_x.日本語.jp");
}

static void
what_cannot_be_shown_in_unicode_stays(void **state)
{
	/* No punycode; a hidden character; an octet that is none. */
	static const char *const texts[] = { "xn--zzzzzzzzzz99999.jp",
		"xn--ab-m1t.jp", "xn--wgv71a119e.\\255\\.x", "example.jp",
		"." };
	char text[NAME_TEXT], buf[NAME_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct name n = named(texts[i]);

		assert_string_equal(name_unicode(&n, buf),
		    name_text(&n, text));
	}
}

static void
order_is_canonical(void **state)
{
	/* RFC 4034 section 6.1, the example there. */
	static const char *const sorted[] = { "example", "a.example",
		"yljkjljk.a.example", "Z.a.example", "zABC.a.EXAMPLE",
		"z.example", "\\001.z.example", "*.z.example",
		"\\200.z.example" };
	const size_t count = sizeof sorted / sizeof sorted[0];

	(void)state;
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < count; k++) {
			struct name a = named(sorted[i]), b = named(sorted[k]);
			int order = name_compare(&a, &b);

			assert_int_equal((order > 0) - (order < 0),
			    (i > k) - (i < k));
			assert_int_equal(name_equal(&a, &b), i == k);
		}
	}
}

static void
equal_names_share_a_hash_and_few_others_do(void **state)
{
	enum { NAMES = 4096, SLOTS = 1024, MOST = 16 };
	static int slot[SLOTS];
	struct name a = named("T1._DomainKey.a-Rather.Long-One.example.jp");
	struct name b = named("t1._domainkey.A-rather.long-one.EXAMPLE.JP");

	(void)state;
	assert_int_equal(name_hash(&a), name_hash(&b));
	for (int i = 0; i < NAMES; i++) {
		char text[NAME_TEXT];
		struct name n;

		snprintf(text, sizeof text, "%x.example.jp", i);
		n = named(text);
		assert_true(++slot[name_hash(&n) % SLOTS] <= MOST);
	}
	/* Of each other's length, and different in the last octets alone. */
	a = named("example.jp");
	b = named("example.jq");
	assert_int_not_equal(name_hash(&a), name_hash(&b));
	a = name_root();
	assert_int_not_equal(name_hash(&a), name_hash(&b));
}

static void
below_is_at_label_boundaries(void **state)
{
	struct name zone = named("Example.jp"), root = name_root();
	struct name in = named("a.EXAMPLE.jp"), out = named("anexample.jp");

	(void)state;
	assert_true(name_is_below(&in, &zone));
	assert_true(name_is_below(&zone, &zone));
	assert_true(name_is_below(&zone, &root));
	assert_true(name_is_below(&root, &root));
	assert_false(name_is_below(&out, &zone));
	assert_false(name_is_below(&zone, &in));
	assert_false(name_is_below(&root, &zone));
}

static void
a_label_holding_a_dot_is_no_boundary(void **state)
{
	struct name zone = named("example.jp"), n = named("a\\.example.jp");

	(void)state;
	assert_false(name_is_below(&n, &zone));
	assert_int_equal(name_labels(&n), 2);
}

static void
names_are_taken_apart(void **state)
{
	struct name n = named("a.b.example.jp"), zone = named("example.jp");
	struct name part;

	(void)state;
	assert_int_equal(name_labels(&n), 4);
	part = name_head(&n, 2);
	assert_text(&part, "a.b");
	part = name_head(&n, 0);
	assert_text(&part, ".");
	part = name_head(&n, 99);
	assert_true(name_equal(&part, &n));
	assert_int_equal(name_relative(&part, &n, &zone), 0);
	assert_text(&part, "a.b");
	assert_int_equal(name_relative(&part, &zone, &zone), 0);
	assert_text(&part, ".");
	assert_int_equal(name_relative(&part, &zone, &n), -1);
	assert_true(name_parent(&n, &n));
	assert_text(&n, "b.example.jp");
	n = name_root();
	assert_false(name_parent(&part, &n));
	assert_text(&part, ".");
}

static void
names_are_put_together(void **state)
{
	struct name head = named("_amazonses.example.jp");
	struct name tail = named("example.jp"), n;
	char buf[NAME_TEXT];

	(void)state;
	assert_int_equal(name_join(&n, &head, &tail), 0);
	assert_text(&n, "_amazonses.example.jp.example.jp");
	assert_int_equal(name_join(&tail, &tail, &tail), 0);
	assert_text(&tail, "example.jp.example.jp");
	assert_int_equal(name_prepend(&n, "x.y", &tail), 0);
	assert_text(&n, "x.y.example.jp.example.jp");
	assert_int_equal(name_prepend(&n, "x..y", &tail), -1);
	head = named(of_lengths(buf, 63, 63, 63, 61));
	assert_int_equal(name_join(&n, &head, &tail), -1);
	tail = name_root();
	assert_int_equal(name_join(&n, &head, &tail), 0);
	assert_true(name_equal(&n, &head));
}

static void
the_leftmost_label_is_known(void **state)
{
	struct name n = named("WWW.example.jp"), root = name_root();

	(void)state;
	assert_true(name_starts(&n, "www"));
	assert_false(name_starts(&n, "ww"));
	assert_false(name_starts(&n, "www.example"));
	assert_false(name_starts(&root, "www"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_lower_case_without_final_dot),
		cmocka_unit_test(the_root_is_a_dot),
		cmocka_unit_test(odd_octets_are_escaped_and_read_back),
		cmocka_unit_test(what_is_no_name_is_refused),
		cmocka_unit_test(the_longest_name_fits),
		cmocka_unit_test(text_of_the_worst_name_fits),
		cmocka_unit_test(broken_wire_is_refused),
		cmocka_unit_test(zone_file_text_keeps_the_case),
		cmocka_unit_test(typed_names_are_understood),
		cmocka_unit_test(typed_names_that_cannot_be_are_refused),
		cmocka_unit_test(a_labels_are_shown_in_unicode),
		cmocka_unit_test(what_cannot_be_shown_in_unicode_stays),
		cmocka_unit_test(equal_names_share_a_hash_and_few_others_do),
		cmocka_unit_test(order_is_canonical),
		cmocka_unit_test(below_is_at_label_boundaries),
		cmocka_unit_test(a_label_holding_a_dot_is_no_boundary),
		cmocka_unit_test(names_are_taken_apart),
		cmocka_unit_test(names_are_put_together),
		cmocka_unit_test(the_leftmost_label_is_known),
	};

	return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
