#include "diagnose/copies.h"
#include "world.h"

static void
say_soa(struct world *w, const char *address, const char *soa)
{
	char row[LINE];

	snprintf(row, sizeof row, "AN example.jp SOA %s 1 1 1 1", soa);
	say(w, address, "example.jp", RR_SOA, "aa", row);
}

/* Into how many copies the two servers fall. */
static int
count(const struct world *w)
{
	struct delegation_part part = delegation_part(&w->delegation,
	    &w->delegation.zone);
	struct copies copies;

	copies_read(&copies, &w->delegation, &part, &w->log);
	return copies.count;
}

static void
one_primary_is_one_copy_whatever_the_serial(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	assert_int_equal(count(w), 0);
	say_soa(w, FIRST, "ns1.a master.a 1");
	assert_int_equal(count(w), 1);
	say_soa(w, SECOND, "NS1.a other.b 9");
	assert_int_equal(count(w), 1);
}

static void
neither_primary_nor_person_are_two(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	say_soa(w, FIRST, "ns1.a master.a 1");
	say_soa(w, SECOND, "ns1.b master.b 1");
	assert_int_equal(count(w), 2);
	next(w);
	assert_false(asked(w, FIRST, "example.jp", RR_NS));
}

/* Each may call itself the first; or a company has one person for all. */
static void
one_person_is_told_apart_by_the_name_servers(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	say_soa(w, FIRST, "ns1.a master.a 1");
	say_soa(w, SECOND, "ns2.a master.a 1");
	assert_int_equal(count(w), 1);
	next(w);
	assert_true(asked(w, FIRST, "example.jp", RR_NS));
	assert_true(asked(w, SECOND, "example.jp", RR_NS));
	say(w, FIRST, "example.jp", RR_NS, "aa",
	    "AN example.jp NS ns1.a\nAN example.jp NS ns2.a");
	say(w, SECOND, "example.jp", RR_NS, "aa",
	    "AN example.jp NS ns2.a\nAN example.jp NS ns1.a");
	assert_int_equal(count(w), 1);
	say(w, SECOND, "example.jp", RR_NS, "aa", "AN example.jp NS ns3.a");
	assert_int_equal(count(w), 2);
}

/* Two machines for one name are in step, or they are two copies. */
static void
glue_and_the_zone_s_own_address_are_two_machines(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	assert_int_equal(w->delegation.servers, 2);
	w->delegation.server[1].name = w->delegation.server[0].name;
	w->delegation.server[0].by_glue = true;
	w->delegation.server[0].by_zone = false;
	w->delegation.server[1].by_glue = false;
	w->delegation.server[1].by_zone = true;
	say_soa(w, FIRST, "ns1.a master.a 1");
	say_soa(w, SECOND, "ns1.a master.a 1");
	assert_int_equal(count(w), 1);
	say_soa(w, SECOND, "ns1.a master.a 2");
	assert_int_equal(count(w), 2);
}

/* Of two names one has moved: its old machine is no copy of the other's. */
static void
one_that_moved_leaves_its_old_machine_behind(void **state)
{
	struct world *w = *state;
	struct delegation_server *s = w->delegation.server;

	say_delegation(w);
	next(w);
	s[2] = s[1];
	strlcpy(s[2].address, "192.0.2.3", sizeof s[2].address);
	w->delegation.servers = w->delegation.all = 3;
	s[0].by_glue = s[0].by_zone = true;
	s[1].by_glue = s[2].by_zone = true;
	s[1].by_zone = s[2].by_glue = false;
	say_soa(w, FIRST, "ns1.a master.a 2");
	say_soa(w, SECOND, "ns1.a master.a 1");
	say_soa(w, "192.0.2.3", "ns1.a master.a 2");
	assert_int_equal(count(w), 2);
	say_soa(w, SECOND, "ns1.a master.a 2");
	assert_int_equal(count(w), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_primary_is_one_copy_whatever_the_serial),
		TEST(neither_primary_nor_person_are_two),
		TEST(one_person_is_told_apart_by_the_name_servers),
		TEST(glue_and_the_zone_s_own_address_are_two_machines),
		TEST(one_that_moved_leaves_its_old_machine_behind),
	};

	return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
