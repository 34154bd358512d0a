#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "dns/rr.h"

enum {
	ROOM = 4096
};

static struct rr
parsed(uint16_t type, const char *text)
{
	struct rr rr = { .ttl = 60 };
	const char *why = "";

	if (rr_parse(&rr, type, text, &why) == -1)
		fail_msg("%s: %s", text, why);
	assert_int_equal(rr.type, type);
	return rr;
}

static void
assert_refused(uint16_t type, const char *text)
{
	struct rr rr;
	const char *why = NULL;

	if (rr_parse(&rr, type, text, &why) == 0)
		fail_msg("type %d took \"%s\"", type, text);
	assert_non_null(why);
	/* Releasing what was refused is harmless. */
	rr_release(&rr);
}

static void
assert_value(const struct rr *rr, const char *value)
{
	char buf[ROOM];

	assert_int_equal(rr_value(rr, buf, sizeof buf), strlen(value));
	assert_string_equal(buf, value);
}

static void
assert_text(const struct rr *rr, const char *text)
{
	char *rdata = rr_rdata_new(rr);

	assert_string_equal(rdata, text);
	free(rdata);
}

static void
types_have_names(void **state)
{
	static const struct {
		uint16_t type;
		const char *name;
	} rows[] = { { RR_A, "A" }, { RR_NS, "NS" }, { RR_CNAME, "CNAME" },
		{ RR_SOA, "SOA" }, { RR_PTR, "PTR" }, { RR_MX, "MX" },
		{ RR_TXT, "TXT" }, { RR_AAAA, "AAAA" }, { RR_DNAME, "DNAME" },
		{ RR_DS, "DS" }, { RR_RRSIG, "RRSIG" },
		{ RR_DNSKEY, "DNSKEY" }, { RR_SPF, "SPF" },
		{ 65280, "TYPE65280" } };
	char buf[16];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_string_equal(rr_type_text(rows[i].type, buf),
		    rows[i].name);
		assert_int_equal(rr_type_parse(rows[i].name), rows[i].type);
	}
	assert_int_equal(rr_type_parse("cname"), RR_CNAME);
	assert_int_equal(rr_type_parse("type16"), RR_TXT);
	assert_int_equal(rr_type_parse("TYPE65536"), 0);
	assert_int_equal(rr_type_parse("TYPE"), 0);
	assert_int_equal(rr_type_parse("HOST"), 0);
	assert_int_equal(rr_type_parse(""), 0);
}

static void
values_and_zone_text_of_each_type(void **state)
{
	static const struct {
		uint16_t type;
		const char *typed, *value, *text;
	} rows[] = {
		{ RR_A, "192.0.2.1", "192.0.2.1", "192.0.2.1" },
		{ RR_AAAA, "2001:DB8:0::1", "2001:db8::1", "2001:db8::1" },
		{ RR_CNAME, "T.dkim.AmazonSES.com", "t.dkim.amazonses.com",
		    "T.dkim.AmazonSES.com." },
		{ RR_NS, "dns01.example.jp.", "dns01.example.jp",
		    "dns01.example.jp." },
		{ RR_PTR, "a\\.b.", "a\\.b", "a\\.b." },
		{ RR_DNAME, ".", ".", "." },
		{ RR_MX, "10   Feedback.example.", "10 feedback.example",
		    "10 Feedback.example." },
		{ RR_MX, "0 .", "0 .", "0 ." },
		{ RR_MX, "65535 a", "65535 a", "65535 a." },
		{ RR_SOA, "NS.a. admin.a. 4294967295 2 3 4 5",
		    "ns.a admin.a 4294967295 2 3 4 5",
		    "NS.a. admin.a. 4294967295 2 3 4 5" },
		{ RR_TXT, "\"v=spf1 \" \"~all\"", "v=spf1 ~all",
		    "\"v=spf1 \" \"~all\"" },
		{ RR_TXT, "bare words", "barewords", "\"bare\" \"words\"" },
		{ RR_TXT, "\"\"", "", "\"\"" },
		{ RR_TXT, "\"a\\\"b\\\\c\\000\\255\"",
		    "a\"b\\\\c\\000\\377", "\"a\\\"b\\\\c\\000\\255\"" },
		{ RR_TXT, "\"あ\"", "あ", "\"\\227\\129\\130\"" },
		{ 65280, "\\# 3 00FFab", "\\# 3 00ffab", "\\# 3 00ffab" },
		{ 65280, "\\# 3 00 ff ab", "\\# 3 00ffab", "\\# 3 00ffab" },
		{ 65280, "\\# 0", "\\# 0", "\\# 0" },
		{ RR_A, "\\# 4 c0000201", "192.0.2.1", "192.0.2.1" },
		{ RR_DS, "\\# 5 4f66080201", "\\# 5 4f66080201",
		    "\\# 5 4f66080201" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rr rr = parsed(rows[i].type, rows[i].typed);

		assert_value(&rr, rows[i].value);
		assert_text(&rr, rows[i].text);
		rr_release(&rr);
	}
}

static void
zone_text_reads_back_octet_for_octet(void **state)
{
	static const struct {
		uint16_t type;
		const char *rdata;
		uint16_t len;
	} rows[] = {
		{ RR_CNAME, "\3A.b\2JP", 8 },
		{ RR_MX, "\0\12\1X", 5 },
		{ RR_TXT, "\0", 1 },
		{ RR_TXT, "\1a\0\2\0\377", 6 },
		{ RR_TXT, "\5ab", 3 },
		{ RR_TXT, "", 0 },
		{ RR_A, "\1\2\3", 3 },
		{ RR_AAAA, "\1", 1 },
		{ RR_MX, "\0\12", 2 },
		{ RR_MX, "\0\12\1X\0\0", 6 },
		{ RR_CNAME, "\300\14", 2 },
		{ RR_CNAME, "\1a\0junk", 7 },
		{ RR_SOA, "\1a\0\1b\0\0\0\0\1", 10 },
		{ RR_SOA, "\1A\0\1b\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5",
		    26 },
		{ RR_DNSKEY, "\1\0\3\10xyz", 7 },
		{ 65280, "", 0 },
	};
	char *text;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rr rr = { .type = rows[i].type, .len = rows[i].len },
			back;

		/* Exactly as long, so that reading on is noticed. */
		if (rr.len > 0) {
			rr.rdata = malloc(rr.len);
			assert_non_null(rr.rdata);
			memcpy(rr.rdata, rows[i].rdata, rr.len);
		}
		text = rr_rdata_new(&rr);
		back = parsed(rr.type, text);
		free(text);
		assert_int_equal(back.len, rr.len);
		if (rr.len > 0)
			assert_memory_equal(back.rdata, rr.rdata, rr.len);
		assert_true(rr_equal(&rr, &back));
		text = rr_value_new(&rr);
		assert_true(rr_has_value(&rr, text));
		free(text);
		rr_release(&back);
		rr_release(&rr);
	}
}

static void
what_is_no_value_is_refused(void **state)
{
	(void)state;
	assert_refused(RR_A, "192.0.2");
	assert_refused(RR_A, "192.0.2.1 x");
	assert_refused(RR_AAAA, "192.0.2.1");
	assert_refused(RR_CNAME, "");
	assert_refused(RR_CNAME, "two names");
	assert_refused(RR_CNAME, "a..b");
	assert_refused(RR_MX, "host.example.jp");
	assert_refused(RR_MX, "10");
	assert_refused(RR_MX, "65536 a");
	assert_refused(RR_MX, "-1 a");
	assert_refused(RR_SOA, "a b 1 2 3 4");
	assert_refused(RR_SOA, "a b 1 2 3 4 5 6");
	assert_refused(RR_SOA, "a b 4294967296 2 3 4 5");
	assert_refused(RR_SOA, "a b -1 2 3 4 5");
	assert_refused(RR_TXT, "");
	assert_refused(RR_TXT, "\"open");
	assert_refused(RR_TXT, "\"\\256\"");
	assert_refused(RR_TXT, "\"\\25\"");
	assert_refused(RR_TXT, "a\\");
	assert_refused(65280, "abc");
	assert_refused(65280, "\\# 2 ff");
	assert_refused(65280, "\\# 1 ffff");
	assert_refused(65280, "\\# 1 zz");
	assert_refused(65280, "\\# 65536");
	assert_refused(65280, "\\# -1");
	assert_refused(65280, "\\# 4294967296");
	assert_refused(65280, "\\#");
}

static void
a_string_of_txt_holds_255_octets(void **state)
{
	char text[ROOM] = "\"";
	struct rr rr;

	(void)state;
	memset(text + 1, 'x', 255);
	strcpy(text + 256, "\"");
	rr = parsed(RR_TXT, text);
	assert_int_equal(rr.len, 256);
	rr_release(&rr);
	strcpy(text + 256, "x\"");
	assert_refused(RR_TXT, text);
}

static void
a_raw_txt_value_is_split(void **state)
{
	static const size_t lengths[] = { 0, 1, 255, 256, 510, 511 };
	static const size_t octets[] = { 1, 2, 256, 258, 512, 514 };
	char value[ROOM];
	uint8_t joined[ROOM];
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct rr rr;

		memset(value, 'x', lengths[i]);
		value[lengths[i]] = '\0';
		assert_int_equal(rr_from_value(&rr, RR_TXT, value, &why), 0);
		assert_int_equal(rr.len, octets[i]);
		assert_int_equal(rr_txt_join(&rr, joined, sizeof joined),
		    lengths[i]);
		assert_memory_equal(joined, value, lengths[i]);
		rr_release(&rr);
	}
}

static void
a_raw_txt_value_is_taken_as_it_stands(void **state)
{
	struct rr rr;
	const char *why;

	(void)state;
	assert_int_equal(rr_from_value(&rr, RR_TXT, "\"a\\032 b", &why), 0);
	assert_int_equal(rr.len, 9);
	assert_memory_equal(rr.rdata, "\10\"a\\032 b", 9);
	rr_release(&rr);
	assert_int_equal(rr_from_value(&rr, RR_MX, "10 a.b", &why), 0);
	assert_value(&rr, "10 a.b");
	rr_release(&rr);
}

static void
a_value_longer_than_rdata_is_refused(void **state)
{
	static char value[RR_RDATA];
	struct rr rr;
	const char *why = NULL;

	(void)state;
	memset(value, 'x', sizeof value - 1);
	assert_int_equal(rr_from_value(&rr, RR_TXT, value, &why), -1);
	assert_non_null(why);
	rr_release(&rr);
}

static void
joining_stops_at_the_room_given(void **state)
{
	struct rr rr = parsed(RR_TXT, "abc def");
	uint8_t joined[4] = "####";

	(void)state;
	assert_int_equal(rr_txt_join(&rr, joined, 0), 0);
	assert_int_equal(rr_txt_join(&rr, joined, 3), 3);
	assert_memory_equal(joined, "abc#", 4);
	rr_release(&rr);
	rr = parsed(RR_CNAME, "abc");
	assert_int_equal(rr_txt_join(&rr, joined, 4), 0);
	rr_release(&rr);
}

static void
values_are_cut_at_the_room_given(void **state)
{
	struct rr rr = parsed(RR_MX, "10 host.example.jp");
	char buf[8] = "#######";

	(void)state;
	assert_int_equal(rr_value(&rr, NULL, 0), 18);
	assert_int_equal(rr_value(&rr, buf, 6), 18);
	assert_true(strlen(buf) < 6);
	assert_memory_equal(buf, "10 host", strlen(buf));
	assert_int_equal(buf[6], '#');
	rr_release(&rr);
}

static void
assert_same(uint16_t type, const char *a, const char *b, bool same)
{
	struct rr x = parsed(type, a), y = parsed(type, b);

	if (rr_equal(&x, &y) != same || rr_equal(&y, &x) != same)
		fail_msg("%s and %s", a, b);
	rr_release(&x);
	rr_release(&y);
}

static void
equality_is_of_meaning(void **state)
{
	(void)state;
	assert_same(RR_CNAME, "A.Example.", "a.example", true);
	assert_same(RR_CNAME, "a.example", "b.example", false);
	assert_same(RR_MX, "10 A.b", "10 a.B", true);
	assert_same(RR_MX, "10 a.b", "20 a.b", false);
	assert_same(RR_TXT, "\"ab\" \"c\"", "\"a\" \"bc\"", true);
	assert_same(RR_TXT, "ab", "aB", false);
	assert_same(RR_TXT, "ab", "abc", false);
	assert_same(RR_TXT, "\"\" \"ab\"", "\"ab\" \"\"", true);
	assert_same(RR_TXT, "\"\"", "\"\" \"\"", true);
	assert_same(RR_TXT, "ab", "\\# 4 02616201", false);
	assert_same(RR_TXT, "\"\"", "\\# 0", false);
	assert_same(RR_TXT, "\\# 3 036162", "\\# 4 03616263", false);
	assert_same(RR_SOA, "A. b. 1 2 3 4 5", "a. B. 1 2 3 4 5", true);
	assert_same(RR_SOA, "a. b. 1 2 3 4 5", "a. b. 1 2 3 4 6", false);
	assert_same(RR_A, "192.0.2.1", "192.0.2.2", false);
	assert_same(RR_CNAME, "\\# 2 c00c", "\\# 2 c00c", true);
	assert_same(RR_CNAME, "\\# 5 0161006162", "a", false);
	assert_same(RR_CNAME, "\\# 0", "\\# 0", true);
	assert_same(65280, "\\# 1 00", "\\# 2 0000", false);
}

static void
equality_is_within_a_type(void **state)
{
	struct rr a = parsed(RR_TXT, "abc"), b = parsed(RR_SPF, "abc");

	(void)state;
	assert_false(rr_equal(&a, &b));
	rr_release(&a);
	rr_release(&b);
}

static void
names_inside_are_found(void **state)
{
	static const struct {
		uint16_t type;
		const char *text, *target;
	} rows[] = { { RR_CNAME, "A.b", "a.b" }, { RR_NS, "a.b", "a.b" },
		{ RR_PTR, "a.b", "a.b" }, { RR_DNAME, "a.b", "a.b" },
		{ RR_MX, "10 a.b", "a.b" },
		{ RR_SOA, "a.b c.d 1 2 3 4 5", "a.b" },
		{ RR_TXT, "\1a", NULL }, { RR_A, "1.2.3.0", NULL },
		{ RR_CNAME, "\\# 2 c00c", NULL }, { RR_MX, "\\# 1 00", NULL },
		{ RR_CNAME, "\\# 0", NULL } };
	char text[NAME_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct rr rr = parsed(rows[i].type, rows[i].text);
		struct name target;

		assert_int_equal(rr_target(&rr, &target),
		    rows[i].target != NULL ? 0 : -1);
		if (rows[i].target != NULL)
			assert_string_equal(name_text(&target, text),
			    rows[i].target);
		rr_release(&rr);
	}
}

static void
numbers_inside_are_found(void **state)
{
	struct rr mx = parsed(RR_MX, "10 a.b"), txt = parsed(RR_TXT, "10");
	struct rr soa = parsed(RR_SOA, "a b 2026112301 2 3 4 900");
	struct rr cut = parsed(RR_SOA, "\\# 6 000000000001");

	(void)state;
	assert_int_equal(rr_preference(&mx), 10);
	assert_int_equal(rr_preference(&txt), -1);
	assert_int_equal(rr_soa_serial(&soa), 2026112301);
	assert_int_equal(rr_soa_serial(&mx), 0);
	assert_int_equal(rr_soa_serial(&cut), 0);
	assert_int_equal(rr_soa_negative_ttl(&cut), 0);
	soa.ttl = 3600;
	assert_int_equal(rr_soa_negative_ttl(&soa), 900);
	soa.ttl = 60;
	assert_int_equal(rr_soa_negative_ttl(&soa), 60);
	rr_release(&soa);
	soa = parsed(RR_SOA, "a. b. 1 2 3 4 4294967295");
	soa.ttl = INT32_MAX;
	assert_int_equal(rr_soa_negative_ttl(&soa), 3 * 3600);
	rr_release(&mx);
	rr_release(&txt);
	rr_release(&soa);
	rr_release(&cut);
}

static void
a_copy_stands_alone(void **state)
{
	struct rr rr = parsed(RR_TXT, "abc"), copy, empty = { .type = 65280 };

	(void)state;
	rr_copy(&copy, &rr);
	rr.rdata[1] = 'X';
	assert_value(&copy, "abc");
	assert_int_equal(copy.ttl, 60);
	rr_release(&rr);
	rr_release(&rr);
	rr_release(&copy);
	rr_copy(&copy, &empty);
	assert_int_equal(copy.len, 0);
	assert_true(rr_equal(&copy, &empty));
	rr_release(&copy);
}

static void
a_value_is_told_as_it_is_written(void **state)
{
	static const char *const texts[] = {
		"abc", "\"ab\" \"c\"", "abcd", "\"\"", "ab\\\\c",
		"ab\\032c", "a\\227\\129\\130", "a\\255", "\\# 2 0361",
		"\\# 0", "\\# 4 03616200"
	};
	enum { TEXTS = sizeof texts / sizeof texts[0] };

	(void)state;
	for (size_t i = 0; i < TEXTS; i++)
		for (size_t k = 0; k < TEXTS; k++) {
			struct rr a = parsed(RR_TXT, texts[i]);
			struct rr b = parsed(RR_TXT, texts[k]);
			char *x = rr_value_new(&a), *y = rr_value_new(&b);

			assert_int_equal(rr_has_value(&a, y),
			    strcmp(x, y) == 0);
			free(x);
			free(y);
			rr_release(&a);
			rr_release(&b);
		}
}

/* One for all who have it to the letter, until the last lets go of it. */
static void
an_owner_is_shared(void **state)
{
	struct rr rr[3] = { { .type = RR_TXT }, { .type = RR_TXT },
		{ .type = RR_TXT } };
	struct rr copy;
	struct name name, other;
	const char *why;

	(void)state;
	assert_int_equal(name_parse(&name, "a.example.jp", &why), 0);
	assert_int_equal(name_parse(&other, "A.example.jp", &why), 0);
	rr_share_owner(&rr[0], &name, NULL);
	rr_share_owner(&rr[1], &name, &rr[0]);
	rr_share_owner(&rr[2], &other, &rr[0]);
	assert_ptr_equal(rr[0].owner, rr[1].owner);
	assert_ptr_not_equal(rr[0].owner, rr[2].owner);
	assert_int_equal(rr_octets(rr, 3) - 2 * rr_octets(rr, 1),
	    sizeof rr[0]);
	rr_copy(&copy, &rr[1]);
	rr_release(&rr[0]);
	rr_set_owner(&rr[1], &other);
	assert_int_equal(copy.owner->wire[1], 'a');
	assert_int_equal(rr[1].owner->wire[1], 'A');
	rr_release(&copy);
	rr_release(&rr[1]);
	rr_release(&rr[2]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_told_as_it_is_written),
		cmocka_unit_test(an_owner_is_shared),
		cmocka_unit_test(types_have_names),
		cmocka_unit_test(values_and_zone_text_of_each_type),
		cmocka_unit_test(zone_text_reads_back_octet_for_octet),
		cmocka_unit_test(what_is_no_value_is_refused),
		cmocka_unit_test(a_string_of_txt_holds_255_octets),
		cmocka_unit_test(a_raw_txt_value_is_split),
		cmocka_unit_test(a_raw_txt_value_is_taken_as_it_stands),
		cmocka_unit_test(a_value_longer_than_rdata_is_refused),
		cmocka_unit_test(joining_stops_at_the_room_given),
		cmocka_unit_test(values_are_cut_at_the_room_given),
		cmocka_unit_test(equality_is_of_meaning),
		cmocka_unit_test(equality_is_within_a_type),
		cmocka_unit_test(names_inside_are_found),
		cmocka_unit_test(numbers_inside_are_found),
		cmocka_unit_test(a_copy_stands_alone),
	};

	return cmocka_run_group_tests_name("rr", tests, NULL, NULL);
}
