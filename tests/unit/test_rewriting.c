#include "diagnose/rewriting.h"
#include "world.h"

#define SHARED "198.51.100.1"
#define RANDOM "guard.example.jp"

static const struct vantage resolver = {
	.kind = VANTAGE_SYSTEM,
	.address = SHARED,
};

static struct observation *
say_shared(struct world *w, const char *owner, uint16_t type,
    const char *outcome, const char *records)
{
	struct observation *o = say(w, SHARED, owner, type, outcome, records);

	o->question.vantage = resolver;
	o->aa = false;
	return o;
}

/* All name servers and our recursion have the first record as wanted. */
static void
say_right(struct world *w)
{
	say_delegation(w);
	say(w, RECURSION, DKIM_A, RR_CNAME, "answer",
	    "AN " DKIM_A " CNAME " TARGET_A);
	say(w, FIRST, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	next(w);
}

static bool
lies(const struct world *w)
{
	const struct probe_vantages v = { .also = { resolver }, .count = 1 };

	return rewriting_seen(&v, 0, &w->plan, &w->delegation, &w->log);
}

/* Our recursion is looked through that very resolver. */
static bool
lies_to_recursion(const struct world *w)
{
	const struct probe_vantages v = { .also = { resolver }, .count = 1,
		.forwards = true };

	return rewriting_seen(&v, 0, &w->plan, &w->delegation, &w->log);
}

static void
who_has_an_address_for_nothing_lies(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say_shared(w, RANDOM, RR_A, "answer", "AN " RANDOM " A 198.51.100.80");
	next(w);
	/* Our recursion has not been heard yet. */
	assert_false(lies(w));
	say(w, RECURSION, RANDOM, RR_A, "nxdomain", "");
	assert_true(lies(w));
}

static void
a_wildcard_is_no_lie(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say_shared(w, RANDOM, RR_A, "answer", "AN " RANDOM " A 192.0.2.10");
	say(w, RECURSION, RANDOM, RR_A, "answer",
	    "AN " RANDOM " A 192.0.2.10");
	next(w);
	assert_false(lies(w));
}

static void
a_memory_is_no_lie(void **state)
{
	struct world *w = *state;

	say_right(w);
	say_shared(w, DKIM_A, RR_CNAME, "nxdomain",
	    "AU example.jp SOA ns.example.jp. a.example.jp. 1 1 1 1 60");
	say_shared(w, RANDOM, RR_A, "nxdomain", "");
	say(w, RECURSION, RANDOM, RR_A, "nxdomain", "");
	assert_false(lies(w));
	/* Nobody remembers a "no" that does not say for how long. */
	say_shared(w, DKIM_A, RR_CNAME, "nxdomain", "");
	assert_true(lies(w));
}

static void
a_copy_of_its_own_is_a_lie(void **state)
{
	struct world *w = *state;

	say_right(w);
	say_shared(w, DKIM_A, RR_CNAME, "nxdomain", "")->aa = true;
	assert_true(lies(w));
}

static void
a_right_copy_is_none(void **state)
{
	struct world *w = *state;

	say_right(w);
	say_shared(w, DKIM_A, RR_CNAME, "answer",
	    "AN " DKIM_A " CNAME " TARGET_A)->aa = true;
	assert_false(lies(w));
}

/* While the record is not there, nobody's "no" is a lie. */
static void
what_is_not_there_yet_is_no_lie(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, RECURSION, DKIM_A, RR_CNAME, "nxdomain", "");
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
	say_shared(w, DKIM_A, RR_CNAME, "nxdomain", "")->aa = true;
	next(w);
	assert_false(lies(w));
}

static void
what_recursion_has_from_there_proves_nothing(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, RECURSION, DKIM_A, RR_CNAME, "nxdomain", "");
	say(w, FIRST, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	say_shared(w, DKIM_A, RR_CNAME, "nxdomain", "")->aa = true;
	next(w);
	assert_false(lies(w));
	assert_true(lies_to_recursion(w));
}

/* The user may name one of them as --also. */
static void
a_name_server_of_the_zone_may_speak_with_authority(void **state)
{
	const struct vantage own = { .kind = VANTAGE_ALSO,
		.address = SECOND };
	const struct probe_vantages also = { .also = { own }, .count = 1 };
	struct world *w = *state;
	struct observation *o;

	say_right(w);
	o = say(w, SECOND, DKIM_A, RR_CNAME, "nxdomain", "");
	o->question.vantage = own;
	assert_true(o->aa);
	assert_false(rewriting_seen(&also, 0, &w->plan, &w->delegation, &w->log));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_has_an_address_for_nothing_lies),
		TEST(a_wildcard_is_no_lie),
		TEST(a_memory_is_no_lie),
		TEST(a_copy_of_its_own_is_a_lie),
		TEST(a_right_copy_is_none),
		TEST(what_is_not_there_yet_is_no_lie),
		TEST(what_recursion_has_from_there_proves_nothing),
		TEST(a_name_server_of_the_zone_may_speak_with_authority),
	};

	return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
