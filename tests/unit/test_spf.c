#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "dns/rr.h"
#include "mail/spf.h"
#include "named.h"

static struct spf
parse(const char *text)
{
	struct spf spf;

	spf_parse(&spf, (const uint8_t *)text, strlen(text));
	return spf;
}

static void
assert_sound(const char *text)
{
	struct spf spf = parse(text);

	if (spf.why != NULL)
		fail_msg("%s: %s", text, spf.why);
	if (!spf.record)
		fail_msg("%s: no record", text);
}

/* Refused at the term that begins with this text, for this reason. */
static void
assert_refused(const char *text, const char *term, const char *why)
{
	struct spf spf = parse(text);

	if (spf.why == NULL)
		fail_msg("\"%s\" was taken for sound", text);
	if (strstr(spf.why, why) == NULL)
		fail_msg("%s: %s", text, spf.why);
	if (spf.record && strncmp(text + spf.at, term, strlen(term)) != 0)
		fail_msg("%s: at %s", text, text + spf.at);
}

static enum spf_include
includes(const char *text, const char *what)
{
	struct name n = named(what);

	return spf_includes((const uint8_t *)text, strlen(text), &n);
}

/* --- One record --- */

static void
only_v_spf1_and_a_space_make_a_record(void **state)
{
	static const char *const yes[] = { "v=spf1", "v=spf1 ", "V=SPF1 -all",
		"v=spf1 include:amazonses.com ~all" };
	static const char *const no[] = { "", "v=spf10 -all", "v=spf1;-all",
		" v=spf1 -all", "v=spf", "spf1 v=spf1", "v=spf1\t-all" };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		assert_true(spf_is_record((const uint8_t *)yes[i],
		    strlen(yes[i])));
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		assert_false(spf_is_record((const uint8_t *)no[i],
		    strlen(no[i])));
}

static void
what_is_no_record_says_why(void **state)
{
	(void)state;
	assert_refused("v=spf10 -all", "", "exactly v=spf1");
	assert_refused("v=spf1;-all", "", "exactly v=spf1");
	assert_refused(" v=spf1 -all", "", "not even a space");
	assert_refused("\"v=spf1 -all\"", "", "quotation mark");
	assert_refused("spf2.0/pra ?all", "", "Sender ID");
	assert_refused("spf1 -all", "", "must begin with v=spf1");
	assert_refused("", "", "must begin with v=spf1");
}

static void
terms_of_every_kind_are_read(void **state)
{
	static const char text[] = "v=spf1 +a mx:mail.example.org/28//64 "
	    "?ptr -ip4:192.0.2.0/24 ip6:2001:db8::/32 "
	    "~exists:%{ir}.sbl.example.org include:amazonses.com. x-tag=%% "
	    "exp=why.example.org -ALL";
	static const struct {
		enum spf_kind kind;
		enum spf_qualifier qualifier;
		bool macro;
		const char *domain;
	} want[] = {
		{ SPF_A, SPF_PASS, false, NULL },
		{ SPF_MX, SPF_PASS, false, "mail.example.org" },
		{ SPF_PTR, SPF_NEUTRAL, false, NULL },
		{ SPF_IP4, SPF_FAIL, false, NULL },
		{ SPF_IP6, SPF_PASS, false, NULL },
		{ SPF_EXISTS, SPF_SOFTFAIL, true, NULL },
		{ SPF_INCLUDE, SPF_PASS, false, "amazonses.com" },
		{ SPF_UNKNOWN, SPF_ABSENT, false, NULL },
		{ SPF_EXP, SPF_ABSENT, false, "why.example.org" },
		{ SPF_ALL, SPF_FAIL, false, NULL },
	};
	struct spf_term term;
	struct spf spf = parse(text);
	const char *why, *note;
	size_t at = 0, i = 0;
	char buf[NAME_TEXT];

	(void)state;
	assert_sound(text);
	for (; spf_next(&term, (const uint8_t *)text, sizeof text - 1, &at,
	    &why, &note); i++) {
		assert_null(why);
		assert_null(note);
		assert_int_equal(term.kind, want[i].kind);
		assert_int_equal(term.qualifier, want[i].qualifier);
		assert_int_equal(term.has_macro, want[i].macro);
		if (want[i].domain == NULL)
			assert_int_equal(term.domain.len, 0);
		else
			assert_string_equal(name_text(&term.domain, buf),
			    want[i].domain);
	}
	assert_int_equal(i, sizeof want / sizeof want[0]);
	assert_int_equal(spf.all, SPF_FAIL);
	assert_int_equal(spf.lookups, 5);
	assert_true(spf.ptr);
	assert_false(spf.redirect || spf.after_all);
}

static void
healthy_records_have_no_error(void **state)
{
	static const char *const records[] = {
		"v=spf1 include:amazonses.com ~all",
		"v=spf1  include:amazonses.com   -all  ",
		"V=SPF1 INCLUDE:AmazonSES.com -ALL",
		"v=spf1 redirect=_spf.example.org",
		"v=spf1 a/24 mx//64 a:host.example.org//0 -all",
		"v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/0 ip6:::1/128 ?all",
		"v=spf1 exists:%{l1r+-}._spf.%{d} ~all",
		"v=spf1 include:%{d2}.spf.example.org -all",
		"v=spf1 include:%{d} -all",
		"v=spf1 moo.cow=1 a:1.2.xn--p1ai -all",
		"v=spf1 a:_spf.example-host.example.co.jp. -all",
		"v=spf1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
		assert_sound(records[i]);
}

static void
slips_are_named(void **state)
{
	(void)state;
	assert_refused("v=spf1 include amazonses.com ~all", "include ",
	    "Behind this word a colon");
	assert_refused("v=spf1 include: amazonses.com ~all", "include:",
	    "without a space");
	assert_refused("v=spf1 amazonses.com ~all", "amazonses", "include:");
	assert_refused("v=spf1 include:http://amazonses.com ~all",
	    "include:http", "http://");
	assert_refused("v=spf1 include:amazonses.com, ~all", "include",
	    "comma");
	assert_refused("v=spf1 include:amazonses.com; ~all", "include",
	    "comma");
	assert_refused("v=spf1 include:amazonses ~all", "include",
	    "full domain name");
	assert_refused("v=spf1 include:amazonses.com ~ all", "~",
	    "sign stands alone");
	assert_refused("v=spf1 include:amazonses.com \xe2\x80\x93" "all",
	    "\xe2", "A dash");
	assert_refused("v=spf1 include:amazonses.com\t~all", "include",
	    "plain ASCII");
	assert_refused("v=spf1 include:amazonses.com ~all\"", "~all\"",
	    "quotation mark");
	assert_refused("v=spf1 ip:192.0.2.1 ~all", "ip:", "no word of SPF");
	assert_refused("v=spf1 redirect:example.org", "redirect",
	    "equals sign");
	assert_refused("v=spf1 all:example.org", "all", "cannot stand");
	assert_refused("v=spf1 include:a..example.org -all", "include",
	    "two dots");
}

static void
an_equals_sign_for_a_colon_is_noted(void **state)
{
	static const char text[] = "v=spf1 mx include=amazonses.com ~all";
	struct spf spf = parse(text);

	(void)state;
	assert_null(spf.why);
	assert_non_null(spf.note);
	assert_int_equal(spf.note_at, 10);
	assert_int_equal(includes(text, "amazonses.com"),
	    SPF_INCLUDE_MISSING);
}

static void
wrong_addresses_are_refused(void **state)
{
	(void)state;
	assert_refused("v=spf1 ip4:192.0.2 -all", "ip4", "no valid IPv4");
	assert_refused("v=spf1 ip4:192.0.2.256 -all", "ip4", "0 to 255");
	assert_refused("v=spf1 ip4:192.0.2.0/33 -all", "ip4", "0 to 32");
	assert_refused("v=spf1 ip4:192.0.2.0/024 -all", "ip4", "0 to 32");
	assert_refused("v=spf1 ip4:192.0.2.0/ -all", "ip4", "0 to 32");
	assert_refused("v=spf1 ip4:192.0.2.0//24 -all", "ip4", "0 to 32");
	assert_refused("v=spf1 ip6:2001:db8::/129 -all", "ip6", "0 to 128");
	assert_refused("v=spf1 ip4:2001:db8::1 -all", "ip4", "ip6: for");
	assert_refused("v=spf1 ip6:192.0.2.1 -all", "ip6", "ip4: is for");
	assert_refused("v=spf1 ip4: 192.0.2.1 -all", "ip4:", "missing");
	assert_refused("v=spf1 ip4 -all", "ip4", "colon");
	assert_refused("v=spf1 a:example.org/33 -all", "a:", "0 to 32");
	assert_refused("v=spf1 mx//129 -all", "mx", "0 to 128");
}

static void
wrong_macros_are_refused(void **state)
{
	static const char *const wrong[] = {
		"v=spf1 exists:%{x}.example.org -all",
		"v=spf1 exists:%{i.example.org -all",
		"v=spf1 exists:%i.example.org -all",
		"v=spf1 exists:%{d0}.example.org -all",
		"v=spf1 exists:%{c}.example.org -all",
		"v=spf1 exists:100%.example.org -all",
		"v=spf1 x=%{ -all",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_refused(wrong[i], "", "no macro");
	assert_refused("v=spf1 exists:%{i}host -all", "exists", "domain name");
}

static void
what_all_permits_is_known(void **state)
{
	struct spf spf;

	(void)state;
	assert_int_equal(parse("v=spf1 mx").all, SPF_ABSENT);
	assert_int_equal(parse("v=spf1 all").all, SPF_PASS);
	assert_int_equal(parse("v=spf1 +all").all, SPF_PASS);
	assert_int_equal(parse("v=spf1 ?all").all, SPF_NEUTRAL);
	assert_int_equal(parse("v=spf1 ~all").all, SPF_SOFTFAIL);
	assert_int_equal(parse("v=spf1 -all").all, SPF_FAIL);
	spf = parse("v=spf1 ~all -all include:amazonses.com");
	assert_int_equal(spf.all, SPF_SOFTFAIL);
	assert_true(spf.after_all);
	spf = parse("v=spf1 -all exp=why.example.org");
	assert_false(spf.after_all);
	spf = parse("v=spf1 redirect=example.org -all");
	assert_true(spf.redirect_and_all);
	assert_int_equal(spf.lookups, 0);
	assert_refused("v=spf1 redirect=a.example redirect=b.example",
	    "redirect=b", "only once");
}

static void
an_include_counts_only_before_all_and_with_a_pass(void **state)
{
	(void)state;
	assert_int_equal(includes("v=spf1 include:AmazonSES.com. -all",
	    "amazonses.com"), SPF_INCLUDE_PASSES);
	assert_int_equal(includes("v=spf1 -all include:amazonses.com",
	    "amazonses.com"), SPF_INCLUDE_AFTER_ALL);
	assert_int_equal(includes("v=spf1 ?include:amazonses.com -all",
	    "amazonses.com"), SPF_INCLUDE_REFUSES);
	assert_int_equal(includes("v=spf1 include:xamazonses.com -all",
	    "amazonses.com"), SPF_INCLUDE_MISSING);
	assert_int_equal(includes("v=spf1 include:amazonses.com.example.jp "
	    "-all", "amazonses.com"), SPF_INCLUDE_MISSING);
	assert_int_equal(includes("v=spf10 include:amazonses.com -all",
	    "amazonses.com"), SPF_INCLUDE_MISSING);
}

/* --- The walk --- */

struct row {
	const char *name;
	uint16_t type;
	enum spf_answer answer;
	const char *text;
};

/* What is in no row has not been asked yet. */
static enum spf_answer
ask(void *context, const struct name *wanted, uint16_t type,
    const uint8_t **text, size_t *len)
{
	for (const struct row *row = context; row->name != NULL; row++) {
		struct name n = named(row->name);

		if (row->type != type || !name_equal(&n, wanted))
			continue;
		if (row->text != NULL) {
			*text = (const uint8_t *)row->text;
			*len = strlen(row->text);
		}
		return row->answer;
	}
	return SPF_WAITING;
}

static struct spf_walk
walk(const char *text, struct row *rows)
{
	struct name root = named("bounce.example.jp");
	struct name goal = named("amazonses.com");
	struct spf_walk out;

	spf_walk(&out, &root, (const uint8_t *)text, strlen(text), &goal, ask,
	    rows);
	return out;
}

static void
a_walk_says_what_to_ask(void **state)
{
	struct row rows[3] = { { NULL, 0, SPF_WAITING, NULL } };
	struct spf_walk w;
	char buf[NAME_TEXT];

	(void)state;
	w = walk("v=spf1 mx include:amazonses.com include:amazonses.com -all",
	    rows);
	assert_int_equal(w.questions, 2);
	assert_int_equal(w.question[0].type, RR_MX);
	assert_string_equal(name_text(&w.question[0].name, buf),
	    "bounce.example.jp");
	assert_int_equal(w.question[1].type, RR_TXT);
	assert_string_equal(name_text(&w.question[1].name, buf),
	    "amazonses.com");
	assert_int_equal(w.lookups, 3);

	rows[0] = (struct row){ "amazonses.com", RR_TXT, SPF_TEXT,
		"v=spf1 ip4:192.0.2.0/24 -all" };
	rows[1] = (struct row){ "bounce.example.jp", RR_MX, SPF_TEXT, NULL };
	rows[2] = (struct row){ NULL, 0, SPF_WAITING, NULL };
	w = walk("v=spf1 mx include:amazonses.com -all", rows);
	assert_int_equal(w.questions, 0);
	assert_null(w.why);
	assert_true(w.named && w.reached);
}

static void
ses_is_reached_through_others(void **state)
{
	struct row rows[] = {
		{ "spf.example.net", RR_TXT, SPF_TEXT,
		    "v=spf1 redirect=deep.example.net" },
		{ "deep.example.net", RR_TXT, SPF_TEXT,
		    "v=spf1 include:amazonses.com -all" },
		{ "amazonses.com", RR_TXT, SPF_TEXT, "v=spf1 -all" },
		{ NULL, 0, SPF_WAITING, NULL },
	};
	struct spf_walk w = walk("v=spf1 include:spf.example.net -all", rows);

	(void)state;
	assert_true(w.reached);
	assert_int_equal(w.lookups, 3);
	w = walk("v=spf1 -include:spf.example.net ~all", rows);
	assert_false(w.named);
	w = walk("v=spf1 ~all include:spf.example.net", rows);
	assert_false(w.named);
	assert_int_equal(w.lookups, 0);
}

static void
the_eleventh_look_up_is_too_many(void **state)
{
	struct row rows[] = {
		{ "bounce.example.jp", RR_A, SPF_TEXT, NULL },
		{ "amazonses.com", RR_TXT, SPF_TEXT, "v=spf1 -all" },
		{ "a.example", RR_TXT, SPF_TEXT, "v=spf1 a a a a ptr -all" },
		{ "a.example", RR_A, SPF_TEXT, NULL },
		{ NULL, 0, SPF_WAITING, NULL },
	};
	struct spf_walk w;

	(void)state;
	w = walk("v=spf1 include:a.example a a a include:amazonses.com -all",
	    rows);
	assert_null(w.why);
	assert_int_equal(w.lookups, 10);
	assert_true(w.reached);
	w = walk("v=spf1 include:amazonses.com include:a.example a a a a -all",
	    rows);
	assert_non_null(strstr(w.why, "ten look-ups"));
	assert_int_equal(w.lookups, 11);
	assert_true(w.reached);
	w = walk("v=spf1 include:a.example a a a a include:amazonses.com -all",
	    rows);
	assert_true(w.named);
	assert_false(w.reached);
}

static void
the_third_void_is_too_many(void **state)
{
	struct row rows[] = {
		{ "x.example", RR_A, SPF_NONE, NULL },
		{ "y.example", RR_MX, SPF_NONE, NULL },
		{ "z.example", RR_A, SPF_NONE, NULL },
		{ NULL, 0, SPF_WAITING, NULL },
	};
	struct spf_walk w = walk("v=spf1 a:x.example mx:y.example -all", rows);

	(void)state;
	assert_null(w.why);
	assert_int_equal(w.voids, 2);
	w = walk("v=spf1 a:x.example mx:y.example exists:z.example -all",
	    rows);
	assert_non_null(strstr(w.why, "find nothing"));
}

static void
what_breaks_a_walk_is_named(void **state)
{
	struct row rows[] = {
		{ "none.example", RR_TXT, SPF_NONE, NULL },
		{ "other.example", RR_TXT, SPF_NO_RECORD, NULL },
		{ "two.example", RR_TXT, SPF_MULTIPLE, NULL },
		{ "slip.example", RR_TXT, SPF_TEXT, "v=spf1 ip:192.0.2.1" },
		{ "mx.example", RR_MX, SPF_MULTIPLE, NULL },
		{ "dark.example", RR_TXT, SPF_FAILED, NULL },
		{ NULL, 0, SPF_WAITING, NULL },
	};
	static const struct {
		const char *text, *where, *why;
	} cases[] = {
		{ "v=spf1 include:none.example -all", "none.example",
		    "no SPF record" },
		{ "v=spf1 redirect=other.example", "other.example",
		    "no SPF record" },
		{ "v=spf1 include:two.example -all", "two.example",
		    "more than one" },
		{ "v=spf1 include:slip.example -all", "slip.example",
		    "no word" },
		{ "v=spf1 mx:mx.example -all", "mx.example", "ten mail" },
		{ "v=spf1 include: ~all", "bounce.example.jp", "missing" },
	};
	char buf[NAME_TEXT];
	struct spf_walk w;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		w = walk(cases[i].text, rows);
		assert_non_null(w.why);
		assert_non_null(strstr(w.why, cases[i].why));
		assert_string_equal(name_text(&w.where, buf),
		    cases[i].where);
	}
	w = walk("v=spf1 include:dark.example -all", rows);
	assert_null(w.why);
	assert_int_equal(w.failed, 1);
}

static void
an_error_counts_only_before_the_match(void **state)
{
	struct row rows[] = {
		{ "amazonses.com", RR_TXT, SPF_TEXT, "v=spf1 -all" },
		{ "dark.example", RR_TXT, SPF_FAILED, NULL },
		{ "none.example", RR_TXT, SPF_NONE, NULL },
		{ NULL, 0, SPF_WAITING, NULL },
	};
	char buf[NAME_TEXT];
	struct spf_walk w;

	(void)state;
	w = walk("v=spf1 include:dark.example include:amazonses.com -all",
	    rows);
	assert_true(w.named);
	assert_false(w.reached);
	assert_string_equal(name_text(&w.silent, buf), "dark.example");
	w = walk("v=spf1 include:amazonses.com include:dark.example -all",
	    rows);
	assert_true(w.reached);
	assert_int_equal(w.silent.len, 0);
	w = walk("v=spf1 include:none.example include:dark.example "
	    "include:amazonses.com -all", rows);
	assert_false(w.reached);
	assert_int_equal(w.silent.len, 0);
	w = walk("v=spf1 include:amazonses.com include:none.example -all",
	    rows);
	assert_true(w.reached);
	assert_non_null(w.why);
}

static void
loops_and_wild_growth_end(void **state)
{
	static char wide[4096] = "v=spf1";
	struct row rows[] = {
		{ "a.example", RR_TXT, SPF_TEXT,
		    "v=spf1 include:b.example -all" },
		{ "b.example", RR_TXT, SPF_TEXT,
		    "v=spf1 include:a.example -all" },
		{ "wide.example", RR_TXT, SPF_TEXT, wide },
		{ NULL, 0, SPF_WAITING, NULL },
	};
	struct spf_walk w = walk("v=spf1 include:a.example -all", rows);

	(void)state;
	assert_true(w.loop);
	assert_int_equal(w.lookups, 3);
	w = walk("v=spf1 include:bounce.example.jp -all", rows);
	assert_true(w.loop);
	for (size_t i = 0; i < 200; i++)
		strcat(wide, " include:a.example");
	w = walk("v=spf1 include:wide.example include:wide.example", rows);
	assert_int_equal(w.lookups, SPF_COUNTED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_v_spf1_and_a_space_make_a_record),
		cmocka_unit_test(what_is_no_record_says_why),
		cmocka_unit_test(terms_of_every_kind_are_read),
		cmocka_unit_test(healthy_records_have_no_error),
		cmocka_unit_test(slips_are_named),
		cmocka_unit_test(an_equals_sign_for_a_colon_is_noted),
		cmocka_unit_test(wrong_addresses_are_refused),
		cmocka_unit_test(wrong_macros_are_refused),
		cmocka_unit_test(what_all_permits_is_known),
		cmocka_unit_test(
		    an_include_counts_only_before_all_and_with_a_pass),
		cmocka_unit_test(a_walk_says_what_to_ask),
		cmocka_unit_test(ses_is_reached_through_others),
		cmocka_unit_test(the_eleventh_look_up_is_too_many),
		cmocka_unit_test(the_third_void_is_too_many),
		cmocka_unit_test(what_breaks_a_walk_is_named),
		cmocka_unit_test(an_error_counts_only_before_the_match),
		cmocka_unit_test(loops_and_wild_growth_end),
	};

	return cmocka_run_group_tests_name("spf", tests, NULL, NULL);
}
