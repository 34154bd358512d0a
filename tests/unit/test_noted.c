#include "world.h"

#include "diagnose/diagnose.h"
#include "company/provider.h"

#define WWW "www.example.jp"

static const struct {
	const char *owner;
	uint16_t type;
	const char *answer;
} looks[NOTED_LOOKS] = {
	{ "example.jp", RR_MX, "AN example.jp MX 10 mail.example.jp" },
	{ "example.jp", RR_A, "AN example.jp A 192.0.2.10" },
	{ "example.jp", RR_AAAA, "" },
	{ "example.jp", RR_TXT, "AN example.jp TXT \"site=1\"\n"
	    "AN example.jp TXT \"v=spf1 mx ~all\"" },
	{ WWW, RR_A, "AN " WWW " CNAME shop.example.net\n"
	    "AN shop.example.net A 192.0.2.11" },
	{ WWW, RR_AAAA, "AN " WWW " CNAME shop.example.net" },
	{ WWW, RR_TXT, "AN " WWW " CNAME shop.example.net" },
};

static void
say_all(struct world *w, size_t count)
{
	say_delegation(w);
	say(w, FIRST, "example.jp", RR_SOA, "aa", "AN example.jp SOA "
	    "ns1.example.net root.example.net 7 60 60 600 60");
	say(w, SECOND, "example.jp", RR_SOA, "aa", "AN example.jp SOA "
	    "ns1.example.net root.example.net 7 60 60 600 60");
	for (size_t i = 0; i < count; i++)
		say(w, FIRST, looks[i].owner, looks[i].type, "aa",
		    looks[i].answer);
}

static void
take(struct world *w)
{
	delegation_read(&w->delegation, &w->plan.domain, &w->log, NULL, true);
	noted_take(&w->background.noted, &w->plan.domain, &w->delegation, &w->log,
	    w->time.now);
}

/* Noted in the first round; the second one begins. */
static void
note(struct world *w)
{
	w->background.noted.take = true;
	say_all(w, NOTED_LOOKS);
	take(w);
	assert_int_equal(w->background.noted.at, NOW);
	w->log.round++;
	say_all(w, 0);
}

static bool
has(const struct noted *noted, const char *owner, uint16_t type,
    const char *value)
{
	struct name n = named(owner);

	for (size_t i = 0; i < noted->count; i++)
		if (noted->row[i].type == type &&
		    name_equal(&noted->row[i].owner, &n) &&
		    strcmp(noted->row[i].value, value) == 0)
			return true;
	return false;
}

static void
what_stands_there_is_noted_once(void **state)
{
	struct world *w = *state;
	const struct noted *noted = &w->background.noted;

	note(w);
	assert_true(has(noted, "example.jp", RR_NS, "ns1.example.net"));
	assert_true(has(noted, "example.jp", RR_NS, "ns2.example.net"));
	assert_true(has(noted, "example.jp", RR_SOA, "7"));
	assert_true(has(noted, "example.jp", RR_MX, "10 mail.example.jp"));
	assert_true(has(noted, "example.jp", RR_A, "192.0.2.10"));
	assert_true(has(noted, "example.jp", RR_TXT, "v=spf1 mx ~all"));
	assert_true(has(noted, WWW, RR_CNAME, "shop.example.net"));
	assert_int_equal(noted->count, 7);
	say(w, FIRST, "example.jp", RR_MX, "aa",
	    "AN example.jp MX 1 other.example.net");
	take(w);
	assert_true(has(noted, "example.jp", RR_MX, "10 mail.example.jp"));
	assert_int_equal(noted->count, 7);
}

static void
half_a_note_is_none(void **state)
{
	struct world *w = *state;

	w->background.noted.take = true;
	say_all(w, NOTED_LOOKS - 1);
	take(w);
	assert_int_equal(w->background.noted.at, 0);
	say(w, FIRST, WWW, RR_TXT, "silent", "");
	take(w);
	say(w, FIRST, WWW, RR_TXT, "servfail", "");
	take(w);
	assert_int_equal(w->background.noted.at, 0);
	say(w, SECOND, WWW, RR_TXT, "nxdomain", "");
	take(w);
	assert_int_equal(w->background.noted.at, NOW);
}

static void
nothing_is_noted_unless_it_is_wanted(void **state)
{
	struct world *w = *state;

	say_all(w, NOTED_LOOKS);
	next(w);
	assert_false(asked(w, FIRST, WWW, RR_A));
	take(w);
	assert_int_equal(w->background.noted.at, 0);
}

static void
only_what_was_there_is_asked_again_and_of_one(void **state)
{
	struct world *w = *state;

	note(w);
	next(w);
	assert_true(asked(w, FIRST, "example.jp", RR_A));
	assert_true(asked(w, FIRST, "example.jp", RR_TXT));
	assert_true(asked(w, FIRST, WWW, RR_A));
	assert_false(asked(w, FIRST, "example.jp", RR_AAAA));
	assert_false(asked(w, FIRST, WWW, RR_TXT));
	assert_false(asked(w, SECOND, "example.jp", RR_A));
	say(w, FIRST, "example.jp", RR_A, "aa", "AN example.jp A 192.0.2.99");
	say(w, FIRST, WWW, RR_A, "nxdomain", "");
	next(w);
	assert_false(asked(w, SECOND, "example.jp", RR_A));
	assert_true(asked(w, SECOND, WWW, RR_A));
}

/* The subject of rows-lost, or "" when nothing is lost. */
static const char *
lost(struct world *w, struct diagnosis *d)
{
	delegation_read(&w->delegation, &w->plan.domain, &w->log, NULL, true);
	diagnosis_release(d);
	assert_true(diagnose(d, &(struct inputs){
		.plan = &w->plan,
		.background = &w->background,
		.delegation = &w->delegation,
		.company = &(const struct company){ 0 },
		.vantages = &w->vantages,
		.log = &w->log,
		.now = w->time.now,
		.complete = true,
	}, NULL));
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == FINDING_ROWS_LOST)
			return d->domain[i].subject;
	return "";
}

static void
say_both(struct world *w, const char *owner, uint16_t type,
    const char *outcome, const char *records)
{
	say(w, FIRST, owner, type, outcome, records);
	say(w, SECOND, owner, type, outcome, records);
}

static void
all_servers_must_say_that_it_is_gone(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;

	note(w);
	assert_string_equal(lost(w, &d), "");
	say(w, FIRST, "example.jp", RR_MX, "aa", "");
	assert_string_equal(lost(w, &d), "");
	say(w, SECOND, "example.jp", RR_MX, "silent", "");
	assert_string_equal(lost(w, &d), "");
	say(w, SECOND, "example.jp", RR_MX, "servfail", "");
	assert_string_equal(lost(w, &d), "");
	say(w, SECOND, "example.jp", RR_MX, "answer", "");
	assert_string_equal(lost(w, &d), "");
	say(w, SECOND, "example.jp", RR_MX, "aa",
	    "AN example.jp MX 10 mail.example.jp");
	assert_string_equal(lost(w, &d), "");
	say(w, SECOND, "example.jp", RR_MX, "aa", "");
	assert_string_equal(lost(w, &d), "example.jp MX");
	say_both(w, WWW, RR_A, "nxdomain", "");
	assert_string_equal(lost(w, &d),
	    "example.jp MX, www.example.jp CNAME");
	assert_false(d.moved);
}

static void
another_value_is_no_loss(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;

	note(w);
	say_both(w, "example.jp", RR_MX, "aa",
	    "AN example.jp MX 1 aspmx.l.google.com");
	say_both(w, "example.jp", RR_A, "aa", "AN example.jp A 203.0.113.7");
	say_both(w, "example.jp", RR_TXT, "aa",
	    "AN example.jp TXT \"v=spf1 include:_spf.google.com ~all\"");
	say_both(w, WWW, RR_A, "aa", "AN " WWW " A 203.0.113.7");
	assert_string_equal(lost(w, &d), "");
	say_both(w, "example.jp", RR_TXT, "aa",
	    "AN example.jp TXT \"site=1\"");
	assert_string_equal(lost(w, &d), "example.jp TXT");
}

static void
what_became_an_alias_is_no_loss(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;
	struct name www = named(WWW);

	note(w);
	noted_add(&w->background.noted, &www, RR_AAAA, "2001:db8::1");
	noted_add(&w->background.noted, &www, RR_TXT, "v=spf1 -all");
	say_both(w, WWW, RR_AAAA, "aa", "AN " WWW " CNAME cdn.example.net");
	say_both(w, WWW, RR_TXT, "aa", "AN " WWW " CNAME cdn.example.net");
	assert_string_equal(lost(w, &d), "");
	say_both(w, WWW, RR_AAAA, "aa", "");
	assert_string_equal(lost(w, &d), "www.example.jp AAAA");
}

static void
who_runs_the_zone_is_believed_first(void **state)
{
	struct world *w = *state;

	w->background.noted.take = true;
	say_all(w, NOTED_LOOKS);
	say(w, FIRST, "example.jp", RR_MX, "answer", "");
	say(w, SECOND, "example.jp", RR_MX, "aa",
	    "AN example.jp MX 10 mail.example.jp");
	take(w);
	assert_true(has(&w->background.noted, "example.jp", RR_MX,
	    "10 mail.example.jp"));
}

static void
a_move_is_told_while_rows_are_missing(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;
	struct name zone = named("example.jp");

	note(w);
	w->background.noted.count = 0;
	noted_add(&w->background.noted, &zone, RR_NS, "old1.example.net");
	noted_add(&w->background.noted, &zone, RR_NS, "ns2.example.net");
	assert_string_equal(lost(w, &d), "");
	w->background.noted.count = 1;
	for (size_t i = 0; i < w->plan.count; i++)
		w->plan.wanted[i].required = false;
	assert_string_equal(lost(w, &d), "");
	noted_add(&w->background.noted, &zone, RR_MX, "10 mail.example.jp");
	assert_string_equal(lost(w, &d), "");
	say_both(w, "example.jp", RR_MX, "aa", "");
	assert_string_equal(lost(w, &d), "example.jp NS, example.jp MX");
	assert_true(d.moved);
	w->background.noted.count = 1;
	w->plan.wanted[0].required = true;
	say_both(w, DKIM_A, RR_CNAME, "nxdomain", "");
	say(w, RECURSION, DKIM_A, RR_CNAME, "nxdomain", "");
	assert_string_equal(lost(w, &d), "example.jp NS");
}

enum {
	HOUR = 3600000
};

/* All DKIM rows absent, HOURS after the note; the first row's diagnosis. */
static const struct record_diagnosis *
missing(struct world *w, struct diagnosis *d, int hours)
{
	w->time.now = NOW + hours * HOUR;
	for (size_t i = 0; i < w->plan.count; i++) {
		char owner[NAME_TEXT];

		name_text(&w->plan.wanted[i].owner, owner);
		say_both(w, owner, w->plan.wanted[i].type, "nxdomain",
		    "AU example.jp SOA ns1.example.net root.example.net "
		    "7 60 60 600 900");
		say(w, RECURSION, owner, w->plan.wanted[i].type, "nxdomain",
		    "");
	}
	lost(w, d);
	assert_int_equal(d->record[0].finding, FINDING_MISSING);
	return &d->record[0];
}

static void
nothing_saved_is_told_after_the_usual_time(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;

	note(w);
	assert_false(missing(w, &d, 0)->unsaved);
	assert_true(missing(w, &d, 2)->unsaved);
	assert_false(d.record[w->plan.count - 1].unsaved);	/* DMARC */
	w->plan.wanted[0].entered = NOW - 1;
	assert_false(missing(w, &d, 2)->unsaved);
	w->plan.wanted[0].entered = NOW + 1;
	assert_true(missing(w, &d, 2)->unsaved);
	say(w, SECOND, "example.jp", RR_SOA, "aa", "AN example.jp SOA "
	    "ns1.example.net root.example.net 8 60 60 600 60");
	assert_false(missing(w, &d, 2)->unsaved);
}

static void
a_number_that_never_changes_proves_nothing(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;
	struct name zone = named("example.jp");

	note(w);
	w->background.noted.count = 0;
	noted_add(&w->background.noted, &zone, RR_SOA, "1");
	say_both(w, "example.jp", RR_SOA, "aa", "AN example.jp SOA "
	    "ns1.example.net root.example.net 1 60 60 600 60");
	assert_false(missing(w, &d, 2)->unsaved);
}

static void
an_absent_row_says_how_long_its_absence_may_be_remembered(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;

	note(w);
	assert_int_equal(missing(w, &d, 0)->retry_after, 60);
}

static void
a_right_row_says_how_long_its_absence_was_remembered(void **state)
{
	static struct diagnosis d;
	struct world *w = *state;

	note(w);
	missing(w, &d, 0);
	for (int round = 0; round < 2; round++) {
		w->log.round++;
		w->time.now += 10000;
		say_all(w, 0);
		say_both(w, DKIM_A, RR_CNAME, "aa", "AN " DKIM_A " CNAME "
		    TARGET_A);
		say(w, RECURSION, DKIM_A, RR_CNAME, "answer", "AN " DKIM_A
		    " CNAME " TARGET_A);
		lost(w, &d);
		assert_int_equal(d.record[0].finding, FINDING_OK);
		assert_int_equal(d.record[0].retry_after,
		    50 - 10 * round);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_stands_there_is_noted_once),
		TEST(half_a_note_is_none),
		TEST(nothing_is_noted_unless_it_is_wanted),
		TEST(only_what_was_there_is_asked_again_and_of_one),
		TEST(all_servers_must_say_that_it_is_gone),
		TEST(another_value_is_no_loss),
		TEST(what_became_an_alias_is_no_loss),
		TEST(who_runs_the_zone_is_believed_first),
		TEST(a_move_is_told_while_rows_are_missing),
		TEST(nothing_saved_is_told_after_the_usual_time),
		TEST(a_number_that_never_changes_proves_nothing),
		TEST(an_absent_row_says_how_long_its_absence_may_be_remembered),
		TEST(a_right_row_says_how_long_its_absence_was_remembered),
	};

	return cmocka_run_group_tests_name("noted", tests, NULL, NULL);
}
