#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "mail/dmarc.h"
#include "named.h"

static void
assert_name(const struct name *n, const char *text)
{
	char buf[NAME_TEXT];

	assert_string_equal(name_text(n, buf), text);
}

static struct dmarc
parse(const char *text)
{
	struct dmarc dmarc;

	dmarc_parse(&dmarc, (const uint8_t *)text, strlen(text));
	return dmarc;
}

static void
assert_refused(const char *text, bool record, const char *why)
{
	struct dmarc dmarc = parse(text);

	if (dmarc.why == NULL)
		fail_msg("\"%s\" was taken for sound", text);
	if (strstr(dmarc.why, why) == NULL)
		fail_msg("%s: %s", text, dmarc.why);
	assert_int_equal(dmarc.record, record);
	assert_int_equal(dmarc_is_record((const uint8_t *)text, strlen(text)),
	    record);
}

static void
assert_noted(const char *text, const char *note)
{
	struct dmarc dmarc = parse(text);

	assert_null(dmarc.why);
	assert_non_null(dmarc.note);
	if (strstr(dmarc.note, note) == NULL)
		fail_msg("%s: %s", text, dmarc.note);
}

/* --- One record --- */

static void
report_domains_are_kept_once(void **state)
{
	struct dmarc d = parse("v=DMARC1; p=none; "
	    "rua=mailto:a@example.jp,mailto:b@example.NET!10m; "
	    "ruf=mailto:c@example.net,mailto:bad");

	(void)state;
	assert_int_equal(d.report_count, 2);
	assert_name(&d.report[0], "example.jp");
	assert_name(&d.report[1], "example.net");
	d = parse("v=DMARC1; p=none; rua=mailto:a@1.example,mailto:a@2.example,"
	    "mailto:a@3.example,mailto:a@4.example,mailto:a@5.example");
	assert_int_equal(d.report_count, DMARC_REPORTS);
}

static void
every_tag_is_read(void **state)
{
	struct dmarc d = parse("v=DMARC1; p=quarantine; sp=reject; np=none; "
	    "adkim=s; aspf=s; rua=mailto:a@example.jp, "
	    "mailto:b@example.net!10m; ruf=mailto:c@example.jp; fo=1:d; "
	    "psd=n; t=y");

	(void)state;
	assert_null(d.why);
	assert_null(d.note);
	assert_int_equal(d.p, DMARC_QUARANTINE);
	assert_int_equal(d.sp, DMARC_REJECT);
	assert_int_equal(d.np, DMARC_NONE);
	assert_true(d.strict_dkim && d.strict_spf && d.testing && d.reports);
	assert_int_equal(d.psd, DMARC_PSD_NO);
}

static void
blanks_and_capitals_in_values_do_not_matter(void **state)
{
	struct dmarc d = parse("v = DMARC1 ;p = Reject ; adKIM=s;;");

	(void)state;
	assert_non_null(strstr(d.why, "small letters"));
	assert_int_equal(d.p, DMARC_REJECT);
	assert_false(d.strict_dkim);
	assert_null(parse("v=DMARC1; p=none;").note);
	assert_null(parse("v=DMARC1;p=none").why);
}

static void
what_is_no_record_says_why(void **state)
{
	(void)state;
	assert_refused("v=dmarc1; p=none", false, "capitals");
	assert_refused(" v=DMARC1; p=none", false, "not even a space");
	assert_refused("p=none; v=DMARC1", false, "first");
	assert_refused("v=DMARC1 p=none", false, "semicolon");
	assert_refused("v=DMARC1, p=none", false, "semicolon");
	assert_refused("v=DMARC11; p=none", false, "semicolon");
	assert_refused("v=DMARC1\\; p=none", false, "backslash");
	assert_refused("v:DMARC1; p=none", false, "equals sign");
	assert_refused("\"v=DMARC1; p=none\"", false, "quotation");
	assert_refused("v=spf1 -all", false, "must begin with v=DMARC1");
	assert_refused("", false, "must begin with v=DMARC1");
}

static void
wrong_values_are_named(void **state)
{
	(void)state;
	assert_refused("v=DMARC1; p=monitor", true, "none, quarantine");
	assert_refused("v=DMARC1; p=", true, "none, quarantine");
	assert_refused("v=DMARC1; p=none; sp=no", true, "none, quarantine");
	assert_refused("v=DMARC1; p=none; aspf=strict", true, "r or s");
	assert_refused("v=DMARC1; p=none; t=1", true, "y or n");
	assert_refused("v=DMARC1; p=none; psd=x", true, "y, n or u");
	assert_refused("v=DMARC1; p=none; fo=2", true, "0, 1, d or s");
	assert_refused("v=DMARC1; p=none; rua=a@example.jp", true, "mailto:");
	assert_refused("v=DMARC1; p=none; rua=mailto:a@example.jp,b@c.jp",
	    true, "mailto:");
	assert_refused("v=DMARC1; p=none; rua=mailto:example.jp", true,
	    "mail address");
	assert_refused("v=DMARC1; p=none; p=reject", true, "only once");
	assert_refused("v=DMARC1; none", true, "equals sign");
	assert_refused("v=DMARC1; p=none rua=mailto:a@example.jp", true,
	    "semicolon");
	assert_refused("v=DMARC1; p=none; rua=mailto:a@example.jp; "
	    "mailto:b@example.jp", true, "a comma");
	assert_refused("v=DMARC1; p=none; rua=mailto://a@example.jp", true,
	    "mail address");
	assert_refused("v=DMARC1; p=\"none\"", true, "quotation");
	assert_int_equal(parse("v=DMARC1; p=none; none").at, 18);
}

static void
where_the_two_standards_differ_a_note_says_so(void **state)
{
	(void)state;
	assert_noted("v=DMARC1; rua=mailto:a@example.jp; pct=5",
	    "Without p=");
	assert_noted("v=DMARC1; p=none; pct=100", "dropped by RFC 9989");
	assert_noted("v=DMARC1; p=none; rf=afrf; ri=1", "dropped");
	assert_noted("v=DMARC1; sp=none; p=none", "straight behind");
	assert_noted("v=DMARC1; p=none; policy=reject", "does not know");
}

static void
a_policy_is_chosen_as_the_standard_says(void **state)
{
	struct dmarc d = parse("v=DMARC1; p=none; sp=quarantine; np=reject");

	(void)state;
	assert_int_equal(dmarc_policy(&d, false, true), DMARC_NONE);
	assert_int_equal(dmarc_policy(&d, true, true), DMARC_QUARANTINE);
	assert_int_equal(dmarc_policy(&d, true, false), DMARC_REJECT);
	d = parse("v=DMARC1; p=reject");
	assert_int_equal(dmarc_policy(&d, true, false), DMARC_REJECT);
	d = parse("v=DMARC1");
	assert_non_null(strstr(d.why, "neither p= nor rua="));
	assert_int_equal(dmarc_policy(&d, false, true), DMARC_UNSET);
	d = parse("v=DMARC1; rua=mailto:a@example.jp");
	assert_int_equal(dmarc_policy(&d, false, true), DMARC_NONE);
	d = parse("v=DMARC1\xef\xbc\x9bp=none");
	assert_non_null(strstr(d.why, "full-width"));
	d = parse("v=DMARC1; P=reject");
	assert_non_null(strstr(d.why, "small letters"));
	d = parse("v=DMARC1; p=reject; sp=quarantin");
	assert_int_equal(dmarc_policy(&d, false, true), DMARC_UNSET);
	d = parse("v=DMARC1; p=reject; sp=x; rua=mailto:a@example.jp");
	assert_int_equal(dmarc_policy(&d, false, true), DMARC_NONE);
	d = parse("v=dmarc1; p=reject");
	assert_int_equal(dmarc_policy(&d, false, true), DMARC_UNSET);
}

/* --- The tree walk --- */

static void
a_walk_climbs_label_by_label(void **state)
{
	struct name domain = named("a.mail.example.jp");
	struct name out[DMARC_QUERIES];

	(void)state;
	assert_int_equal(dmarc_walk(&domain, out, DMARC_QUERIES), 4);
	assert_name(&out[0], "_dmarc.a.mail.example.jp");
	assert_name(&out[1], "_dmarc.mail.example.jp");
	assert_name(&out[2], "_dmarc.example.jp");
	assert_name(&out[3], "_dmarc.jp");
	assert_int_equal(dmarc_walk(&domain, out, 2), 2);
	domain = name_root();
	assert_int_equal(dmarc_walk(&domain, out, DMARC_QUERIES), 0);
}

static void
a_long_name_is_cut_to_seven_labels(void **state)
{
	struct name domain = named("m.l.k.j.i.h.g.f.e.d.c.b.a");
	struct name out[DMARC_QUERIES];

	(void)state;
	assert_int_equal(dmarc_walk(&domain, out, DMARC_QUERIES), 8);
	assert_name(&out[0], "_dmarc.m.l.k.j.i.h.g.f.e.d.c.b.a");
	assert_name(&out[1], "_dmarc.g.f.e.d.c.b.a");
	assert_name(&out[2], "_dmarc.f.e.d.c.b.a");
	assert_name(&out[7], "_dmarc.a");
	domain = named("h.g.f.e.d.c.b.a");
	assert_int_equal(dmarc_walk(&domain, out, DMARC_QUERIES), 8);
	assert_name(&out[1], "_dmarc.g.f.e.d.c.b.a");
	domain = named("g.f.e.d.c.b.a");
	assert_int_equal(dmarc_walk(&domain, out, DMARC_QUERIES), 7);
	assert_name(&out[1], "_dmarc.f.e.d.c.b.a");
}

/* Records of a.mail.example.jp's walk, from the longest name on. */
static void
assert_walk(const char *const text[static 4], const char *organisation,
    int applies)
{
	struct name domain = named("a.mail.example.jp"), found;
	struct name asked[DMARC_QUERIES];
	struct dmarc parsed[4];
	const struct dmarc *record[4];
	size_t count = dmarc_walk(&domain, asked, DMARC_QUERIES);

	for (size_t i = 0; i < 4; i++) {
		record[i] = NULL;
		if (text[i] == NULL)
			continue;
		parsed[i] = parse(text[i]);
		record[i] = &parsed[i];
	}
	found = dmarc_organisation(&domain, asked, record, count);
	assert_name(&found, organisation);
	assert_int_equal(dmarc_applies(&domain, asked, record, count),
	    applies);
}

static void
the_organisational_domain_is_found(void **state)
{
	static const char plain[] = "v=DMARC1; p=none";
	static const char psd[] = "v=DMARC1; p=reject; psd=y";
	static const char own[] = "v=DMARC1; p=none; psd=n";

	(void)state;
	assert_walk((const char *const[]){ NULL, NULL, NULL, NULL },
	    "a.mail.example.jp", -1);
	assert_walk((const char *const[]){ NULL, plain, plain, NULL },
	    "example.jp", 2);
	assert_walk((const char *const[]){ NULL, own, plain, NULL },
	    "mail.example.jp", 1);
	assert_walk((const char *const[]){ NULL, NULL, NULL, psd },
	    "example.jp", 3);
	assert_walk((const char *const[]){ NULL, NULL, plain, psd },
	    "example.jp", 2);
	assert_walk((const char *const[]){ plain, NULL, plain, NULL },
	    "example.jp", 0);
	assert_walk((const char *const[]){ psd, NULL, plain, NULL },
	    "a.mail.example.jp", 0);
	assert_walk((const char *const[]){ "v=dmarc1", plain, NULL, NULL },
	    "mail.example.jp", 1);
}

static void
alignment_is_by_name_or_by_organisation(void **state)
{
	struct name from = named("example.jp"), m = named("bounce.Example.jp");
	struct name organisation = named("EXAMPLE.jp"), ses =
	    named("amazonses.com");

	(void)state;
	assert_true(dmarc_aligned(&from, &organisation, &m, &organisation,
	    false));
	assert_false(dmarc_aligned(&from, &organisation, &m, &organisation,
	    true));
	assert_true(dmarc_aligned(&from, &organisation, &organisation,
	    &organisation, true));
	assert_false(dmarc_aligned(&from, &organisation, &ses, &ses, false));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(report_domains_are_kept_once),
		cmocka_unit_test(every_tag_is_read),
		cmocka_unit_test(blanks_and_capitals_in_values_do_not_matter),
		cmocka_unit_test(what_is_no_record_says_why),
		cmocka_unit_test(wrong_values_are_named),
		cmocka_unit_test(
		    where_the_two_standards_differ_a_note_says_so),
		cmocka_unit_test(a_policy_is_chosen_as_the_standard_says),
		cmocka_unit_test(a_walk_climbs_label_by_label),
		cmocka_unit_test(a_long_name_is_cut_to_seven_labels),
		cmocka_unit_test(the_organisational_domain_is_found),
		cmocka_unit_test(alignment_is_by_name_or_by_organisation),
	};

	return cmocka_run_group_tests_name("dmarc", tests, NULL, NULL);
}
