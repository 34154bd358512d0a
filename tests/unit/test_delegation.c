#include "world.h"

#define JP_SOA "AU jp SOA a.dns.jp. root.dns.jp. 1 2 3 4 5"
#define ROOT_SOA "AU . SOA a.root.example. h.root.example. 1 2 3 4 5"

static const struct delegation_server *
server(const struct world *w, const char *host, const char *address)
{
	struct name n = named(host);

	for (size_t i = 0; i < w->delegation.servers; i++)
		if (name_equal(&w->delegation.server[i].name, &n) &&
		    strcmp(w->delegation.server[i].address, address) == 0)
			return &w->delegation.server[i];
	fail_msg("no server %s at \"%s\"", host, address);
	return NULL;
}

static void
assert_zone(const struct world *w, const char *zone)
{
	char text[NAME_TEXT];

	assert_int_equal(w->delegation.state, DELEGATION_FOUND);
	assert_string_equal(name_text(&w->delegation.zone, text), zone);
}

static void
first_the_ns_of_every_level_are_asked(void **state)
{
	struct world *w = *state;

	set_domain(w, "news.example.co.jp");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, RECURSION, "news.example.co.jp", RR_NS));
	assert_true(asked(w, RECURSION, "example.co.jp", RR_NS));
	assert_true(asked(w, RECURSION, "co.jp", RR_NS));
	assert_true(asked(w, RECURSION, "jp", RR_NS));
	assert_int_equal(load(w, VANTAGE_RECURSIVE, ""), w->list.count);
}

static void
then_the_addresses_of_servers_and_parent_are_asked(void **state)
{
	struct world *w = *state;

	say_cut(w);
	next(w);
	assert_zone(w, "example.jp");
	assert_true(asked(w, RECURSION, "ns1.example.net", RR_A));
	assert_true(asked(w, RECURSION, "ns1.example.net", RR_AAAA));
	assert_true(asked(w, RECURSION, "ns2.example.net", RR_A));
	assert_true(asked(w, RECURSION, "ns2.example.net", RR_AAAA));
	assert_true(asked(w, RECURSION, "a.dns.jp", RR_A));
	assert_false(asked(w, RECURSION, "example.jp", RR_NS));
	assert_int_equal(w->delegation.servers, 0);
}

static void
then_the_parent_is_asked_for_the_cut(void **state)
{
	struct world *w = *state;

	say_cut(w);
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	next(w);
	assert_true(asked(w, PARENT, "example.jp", RR_NS));
	assert_int_equal(load(w, VANTAGE_AUTHORITY, PARENT), 1);
}

static void
servers_named_on_one_side_only_are_marked(void **state)
{
	struct world *w = *state;

	say_cut(w);
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	say(w, PARENT, "example.jp", RR_NS, "answer",
	    "AU example.jp NS NS1.example.net\n"
	    "AU example.jp NS old.example.net\n"
	    "AU jp NS no.such.server");
	say_addresses(w);
	say(w, RECURSION, "old.example.net", RR_A, "answer",
	    "AN old.example.net A 192.0.2.9");
	say(w, RECURSION, "old.example.net", RR_AAAA, "answer",
	    "AN old.example.net AAAA 2001:db8::9");
	next(w);
	assert_false(asked(w, RECURSION, "no.such.server", RR_A));
	assert_int_equal(w->delegation.servers, 4);
	assert_true(server(w, "ns1.example.net", FIRST)->at_parent);
	assert_true(server(w, "ns1.example.net", FIRST)->at_child);
	assert_false(server(w, "ns2.example.net", SECOND)->at_parent);
	assert_true(server(w, "ns2.example.net", SECOND)->at_child);
	assert_true(server(w, "old.example.net", "192.0.2.9")->at_parent);
	assert_false(server(w, "old.example.net", "2001:db8::9")->at_child);
}

/* What the registry's servers say of example.jp, whose address is known. */
static void
say_registry(struct world *w, const char *outcome, const char *records)
{
	say_jp(w);
	say(w, PARENT, "example.jp", RR_NS, outcome, records);
}

static void
a_domain_the_registry_denies_is_not_registered(void **state)
{
	struct world *w = *state;

	say_jp(w);
	say(w, RECURSION, "example.jp", RR_NS, "nxdomain", JP_SOA);
	next(w);
	/* Not on the word of our recursion alone. */
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, PARENT, "example.jp", RR_NS));
	say(w, PARENT, "example.jp", RR_NS, "nxdomain", JP_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_NOT_REGISTERED);
	assert_int_equal(w->delegation.servers, 0);
}

static void
an_ending_that_the_root_denies_is_not_registered(void **state)
{
	struct world *w = *state;

	set_domain(w, "example.con");
	say(w, RECURSION, ".", RR_NS, "answer",
	    "AN . NS a.root.example\nAD a.root.example A 192.0.2.90");
	say(w, RECURSION, "con", RR_NS, "nxdomain", ROOT_SOA);
	say(w, RECURSION, "example.con", RR_NS, "nxdomain", ROOT_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	say(w, "192.0.2.90", "example.con", RR_NS, "nxdomain", ROOT_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_NOT_REGISTERED);

	/* A liar on the way: there is a jp. */
	set_domain(w, "example.jp");
	say(w, RECURSION, "jp", RR_NS, "nxdomain", ROOT_SOA);
	say(w, RECURSION, "example.jp", RR_NS, "nxdomain", ROOT_SOA);
	say(w, "192.0.2.90", "example.jp", RR_NS, "nxdomain", ROOT_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);

	/* Where the root does not speak, nothing is said. */
	set_domain(w, "example.con");
	w->log.round++;
	say(w, RECURSION, ".", RR_NS, "servfail", "");
	say(w, RECURSION, "con", RR_NS, "nxdomain", ROOT_SOA);
	say(w, RECURSION, "example.con", RR_NS, "nxdomain", ROOT_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
}

static void
a_domain_that_is_known_but_has_no_ns_has_no_servers(void **state)
{
	struct world *w = *state;

	say_registry(w, "aa", JP_SOA);
	say(w, RECURSION, "example.jp", RR_NS, "answer", JP_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_NO_SERVERS);
}

static void
who_does_not_speak_for_the_registry_denies_nothing(void **state)
{
	struct world *w = *state;

	/* Without AA, without the registry's SOA, and for the domain itself. */
	say_registry(w, "answer", "");
	say(w, RECURSION, "example.jp", RR_NS, "answer", "");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
	say(w, PARENT, "example.jp", RR_NS, "nxdomain", "");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
	say(w, PARENT, "example.jp", RR_NS, "aa",
	    "AU example.jp SOA ns1.example.net. h.example.net. 1 2 3 4 5");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
}

static void
the_registrys_list_counts_where_the_zone_denies_its_own(void **state)
{
	static const char *const records[] = {
		/* A server that answers everything with nothing. */
		"",
		/* The zone has lost its NS rows. */
		"AU example.jp SOA ns1.example.net. h.example.net. 1 2 3 4 5",
		/* An alias whose target does not exist. */
		"AN example.jp CNAME gone.jp\n" JP_SOA,
	};
	struct world *w = *state;

	for (size_t i = 0; i < 3; i++) {
		w->log.round++;
		say(w, RECURSION, "example.jp", RR_NS, i == 2 ? "nxdomain" :
		    "answer", records[i]);
		say_registry(w, "answer", REFERRAL);
		say_addresses(w);
		next(w);
		assert_zone(w, "example.jp");
		assert_int_equal(w->delegation.servers, 2);
		assert_true(server(w, "ns1.example.net", FIRST)->at_parent);
	}
}

static void
a_stand_in_is_not_the_registry(void **state)
{
	struct world *w = *state;

	say(w, RECURSION, ".", RR_NS, "servfail", "");
	say(w, RECURSION, "jp", RR_NS, "servfail", "");
	say(w, RECURSION, "example.jp", RR_NS, "servfail", "");
	say(w, "192.0.2.60", "jp", RR_NS, "answer",
	    "AN jp NS a.dns.jp\nAD a.dns.jp A " PARENT)->
	    question.vantage.kind = VANTAGE_SYSTEM;
	say(w, "192.0.2.60", "example.jp", RR_NS, "nxdomain", JP_SOA)->
	    question.vantage.kind = VANTAGE_SYSTEM;
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
}

static void
a_broken_ending_is_passed_on_the_way_down(void **state)
{
	struct world *w = *state;

	say(w, RECURSION, ".", RR_NS, "answer",
	    "AN . NS a.root.example\nAD a.root.example A 192.0.2.90");
	say(w, RECURSION, "jp", RR_NS, "servfail", "");
	say(w, RECURSION, "example.jp", RR_NS, "servfail", "");
	say(w, "192.0.2.90", "example.jp", RR_NS, "answer",
	    "AU jp NS a.dns.jp\nAD a.dns.jp A " PARENT);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, PARENT, "example.jp", RR_NS));
	say(w, PARENT, "example.jp", RR_NS, "answer", REFERRAL);
	say_addresses(w);
	next(w);
	assert_zone(w, "example.jp");
	assert_int_equal(w->delegation.servers, 2);
}

static void
a_missing_sub_domain_is_no_missing_registration(void **state)
{
	struct world *w = *state;

	set_domain(w, "news.example.jp");
	say_delegation(w);
	say(w, RECURSION, "news.example.jp", RR_NS, "nxdomain",
	    "AU example.jp SOA ns1.example.net. h.example.net. 1 2 3 4 5");
	next(w);
	assert_zone(w, "example.jp");
	assert_false(asked(w, FIRST, "news.example.jp", RR_NS));
}

/* What the lost zone's own servers say of themselves is no "no" of above. */
static void
a_cut_that_its_own_servers_deny_is_found_from_above(void **state)
{
	static const char *const denials[] = { "",
		"AU news.example.jp SOA ns.news.example. h.example. 1 2 3 4 5"
	};
	struct world *w = *state;

	set_domain(w, "news.example.jp");
	for (size_t i = 0; i < 2; i++) {
		w->log.round++;
		say_delegation(w);
		say(w, RECURSION, "news.example.jp", RR_NS, "answer",
		    denials[i]);
		next(w);
		assert_true(asked(w, FIRST, "news.example.jp", RR_NS));
		say(w, FIRST, "news.example.jp", RR_NS, "answer",
		    "AU news.example.jp NS ns.news.example");
		next(w);
		assert_zone(w, "news.example.jp");
	}
}

static void
the_nearest_cut_wins(void **state)
{
	struct world *w = *state;
	char text[NAME_TEXT];

	set_domain(w, "news.example.jp");
	say_delegation(w);
	say(w, RECURSION, "news.example.jp", RR_NS, "answer",
	    "AN news.example.jp NS ns.news.example");
	next(w);
	assert_zone(w, "news.example.jp");
	assert_true(w->delegation.has_parent);
	assert_string_equal(name_text(&w->delegation.parent, text),
	    "example.jp");
	/* Its parent's servers, not the registry's, are asked for the cut. */
	assert_true(asked(w, FIRST, "news.example.jp", RR_NS));
	assert_int_equal(load(w, VANTAGE_AUTHORITY, PARENT), 0);
}

static void
dead_servers_are_found_through_the_parent(void **state)
{
	struct world *w = *state;

	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "servfail", "");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, RECURSION, "a.dns.jp", RR_A));
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, PARENT, "example.jp", RR_NS));
	say(w, PARENT, "example.jp", RR_NS, "answer",
	    "AU example.jp NS ns.example.jp\n"
	    "AD ns.example.jp A 192.0.2.7");
	say(w, RECURSION, "ns.example.jp", RR_A, "servfail", "");
	say(w, RECURSION, "ns.example.jp", RR_AAAA, "servfail", "");
	next(w);
	assert_zone(w, "example.jp");
	assert_int_equal(w->delegation.servers, 1);
	assert_true(server(w, "ns.example.jp", "192.0.2.7")->at_parent);
	assert_true(asked(w, "192.0.2.7", "example.jp", RR_SOA));
}

/* No IPv4 here: the registry is asked over IPv6. */
static void
the_parent_is_asked_over_ipv6_too(void **state)
{
	struct world *w = *state;

	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "servfail", "");
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	next(w);
	assert_false(asked(w, RECURSION, "a.dns.jp", RR_AAAA));
	say(w, PARENT, "example.jp", RR_NS, "no-route", "");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, RECURSION, "a.dns.jp", RR_AAAA));
	say(w, RECURSION, "a.dns.jp", RR_AAAA, "answer",
	    "AN a.dns.jp AAAA 2001:db8::53");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, "2001:db8::53", "example.jp", RR_NS));
	say(w, "2001:db8::53", "example.jp", RR_NS, "nxdomain", JP_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_NOT_REGISTERED);
}

static void
a_parent_that_denies_the_dead_domain_is_believed(void **state)
{
	struct world *w = *state;

	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "silent", "");
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	say(w, PARENT, "example.jp", RR_NS, "nxdomain", JP_SOA);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_NOT_REGISTERED);
}

static void
three_silent_servers_of_the_parent_end_the_search(void **state)
{
	static const char *const address[] = { "192.0.2.53", "192.0.2.54",
		"192.0.2.55", "192.0.2.56" };
	static const char *const host[] = { "a.dns.jp", "b.dns.jp",
		"c.dns.jp", "d.dns.jp" };
	struct world *w = *state;
	char record[LINE];

	say(w, RECURSION, "jp", RR_NS, "answer",
	    "AN jp NS a.dns.jp\nAN jp NS b.dns.jp\n"
	    "AN jp NS c.dns.jp\nAN jp NS d.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "servfail", "");
	for (size_t i = 0; i < 4; i++) {
		snprintf(record, sizeof record, "AN %s A %s", host[i],
		    address[i]);
		say(w, RECURSION, host[i], RR_A, "answer", record);
	}
	for (size_t i = 0; i < 3; i++) {
		next(w);
		assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
		assert_true(asked(w, address[i], "example.jp", RR_NS));
		say(w, address[i], "example.jp", RR_NS, "silent", "");
	}
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
	assert_false(asked(w, address[3], "example.jp", RR_NS));
}

/* Own name servers, of which recursion finds the first alone. */
static void
say_own(struct world *w)
{
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "answer",
	    "AN example.jp NS ns1.example.jp\n"
	    "AN example.jp NS ns2.example.jp");
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	say(w, PARENT, "example.jp", RR_NS, "answer",
	    "AU example.jp NS ns1.example.jp\n"
	    "AU example.jp NS ns2.example.jp\n"
	    "AD ns1.example.jp A 192.0.2.101\n"
	    "AD ns2.example.jp A 192.0.2.102");
	say(w, RECURSION, "ns1.example.jp", RR_A, "answer",
	    "AN ns1.example.jp A " FIRST);
	say(w, RECURSION, "ns1.example.jp", RR_AAAA, "answer", "");
	say(w, RECURSION, "ns2.example.jp", RR_A, "servfail", "");
	say(w, RECURSION, "ns2.example.jp", RR_AAAA, "silent", "");
}

static void
glue_is_asked_beside_the_zone_s_own_address(void **state)
{
	struct world *w = *state;

	say_own(w);
	next(w);
	assert_int_equal(w->delegation.servers, 3);
	server(w, "ns1.example.jp", FIRST);
	server(w, "ns1.example.jp", "192.0.2.101");
	server(w, "ns2.example.jp", "192.0.2.102");
	for (size_t i = 0; i < 3; i++)
		assert_true(w->delegation.server[i].by_glue ==
		    (strcmp(w->delegation.server[i].address, FIRST) != 0));
}

static void
who_recursion_does_not_find_is_asked_for_at_the_glue(void **state)
{
	struct world *w = *state;

	say_own(w);
	next(w);
	assert_true(asked(w, "192.0.2.101", "ns2.example.jp", RR_A));
	assert_true(asked(w, "192.0.2.102", "ns2.example.jp", RR_AAAA));
	assert_false(asked(w, "192.0.2.101", "ns1.example.jp", RR_A));
	say(w, "192.0.2.101", "ns2.example.jp", RR_A, "aa",
	    "AN ns2.example.jp A 192.0.2.103");
	next(w);
	assert_int_equal(w->delegation.servers, 4);
	server(w, "ns2.example.jp", "192.0.2.103");
}

static void
of_a_doubted_list_the_registry_s_part_is_left(void **state)
{
	struct world *w = *state;

	say_own(w);
	next(w);
	delegation_doubt(&w->delegation);
	assert_int_equal(w->delegation.servers, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_true(w->delegation.server[i].by_glue);
		assert_false(w->delegation.server[i].by_zone);
		assert_false(w->delegation.server[i].at_child);
	}
}

static void
a_server_without_address_is_kept_and_never_asked(void **state)
{
	struct world *w = *state;

	say_cut(w);
	say_parent(w);
	say(w, RECURSION, "ns1.example.net", RR_A, "answer",
	    "AN ns1.example.net A " FIRST);
	say(w, RECURSION, "ns1.example.net", RR_AAAA, "answer", "");
	say(w, RECURSION, "ns2.example.net", RR_A, "nxdomain", "");
	next(w);
	/* Half asked: it may still have one. */
	assert_int_equal(w->delegation.servers, 1);
	say(w, RECURSION, "ns2.example.net", RR_AAAA, "nxdomain", "");
	next(w);
	assert_int_equal(w->delegation.servers, 2);
	server(w, "ns2.example.net", "");
	assert_int_equal(load(w, VANTAGE_AUTHORITY, ""), 0);
	assert_true(load(w, VANTAGE_AUTHORITY, FIRST) > 0);
}

static void
only_this_round_counts(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	w->log.round++;
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_true(asked(w, RECURSION, "example.jp", RR_NS));
}

static void
the_registry_is_asked_before_recursion_has_come_down(void **state)
{
	struct world *w = *state;

	say(w, RECURSION, "jp", RR_NS, "answer",
	    "AN jp NS a.dns.jp\n"
	    "AD b.dns.jp A 192.0.2.99\n"
	    "AD a.dns.jp A " PARENT);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_false(asked(w, RECURSION, "a.dns.jp", RR_A));
	assert_true(asked(w, PARENT, "example.jp", RR_NS));
	say(w, PARENT, "example.jp", RR_NS, "answer", REFERRAL);
	say_addresses(w);
	next(w);
	assert_zone(w, "example.jp");
	assert_int_equal(w->delegation.servers, 2);
	assert_true(asked(w, FIRST, "example.jp", RR_SOA));
	/* The zone's own list is still wanted. */
	assert_true(asked(w, RECURSION, "example.jp", RR_NS));
	assert_false(server(w, "ns1.example.net", FIRST)->at_child);
}

static void
a_deeper_cut_is_waited_for(void **state)
{
	struct world *w = *state;

	set_domain(w, "news.example.jp");
	say_jp(w);
	say(w, PARENT, "example.jp", RR_NS, "answer", REFERRAL);
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_SEARCHING);
	assert_int_equal(w->delegation.servers, 0);
	assert_true(asked(w, RECURSION, "ns1.example.net", RR_A));
}

static void
servers_known_from_the_last_round_are_asked_at_once(void **state)
{
	struct world *w = *state;
	struct delegation last;

	say_delegation(w);
	next(w);
	last = w->delegation;
	w->log.round++;
	delegation_read(&w->delegation, &w->plan.domain, &w->log, &last, true);
	assert_zone(w, "example.jp");
	assert_int_equal(w->delegation.servers, 2);
	assert_true(w->delegation.wants > 0);

	/* What this round finds takes their place. */
	say_registry(w, "nxdomain", JP_SOA);
	say(w, RECURSION, "example.jp", RR_NS, "nxdomain", JP_SOA);
	delegation_read(&w->delegation, &w->plan.domain, &w->log, &last, true);
	assert_int_equal(w->delegation.state, DELEGATION_NOT_REGISTERED);
}

/* Those of one name, at the addresses BASE.1 to 20; asks what is left. */
static void
say_twenty(struct world *w, const char *host, const char *base)
{
	char rows[2048] = "";

	for (int i = 1; i <= 20; i++) {
		char row[80];

		snprintf(row, sizeof row, "%sAN %s A %s.%d", i > 1 ? "\n" : "",
		    host, base, i);
		strlcat(rows, row, sizeof rows);
	}
	say(w, RECURSION, host, RR_A, "answer", rows);
	next(w);
}

/* How many of these servers are none of the delegation's now? */
static size_t
given_up(const struct delegation *before, const struct delegation *now)
{
	size_t n = 0;

	for (size_t i = 0; i < before->servers; i++) {
		size_t k = 0;

		while (k < now->servers && strcmp(before->server[i].address,
		    now->server[k].address) != 0)
			k++;
		n += k == now->servers;
	}
	return n;
}

static void
nobody_is_asked_who_makes_room_later(void **state)
{
	struct world *w = *state;
	struct delegation before;

	say(w, RECURSION, "example.jp", RR_NS, "answer",
	    "AN example.jp NS ns1.example.net\n"
	    "AN example.jp NS ns2.example.net\n"
	    "AN example.jp NS ns3.example.net");
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	next(w);
	say(w, RECURSION, "ns1.example.net", RR_AAAA, "answer",
	    "AN ns1.example.net AAAA 2001:db8::1");
	next(w);
	assert_int_equal(w->delegation.servers, 0);
	say_twenty(w, "ns3.example.net", "198.51.100");
	assert_int_equal(w->delegation.servers, 2);
	before = w->delegation;
	say_twenty(w, "ns2.example.net", "203.0.113");
	assert_int_equal(given_up(&before, &w->delegation), 0);
	before = w->delegation;
	say_twenty(w, "ns1.example.net", "192.0.2");
	assert_int_equal(given_up(&before, &w->delegation), 0);
	before = w->delegation;
	for (int i = 2; i <= 3; i++) {
		char host[32];

		snprintf(host, sizeof host, "ns%d.example.net", i);
		say(w, RECURSION, host, RR_AAAA, "answer", "");
	}
	next(w);
	assert_int_equal(w->delegation.servers, DELEGATION_SERVERS);
	assert_int_equal(given_up(&before, &w->delegation), 0);
	assert_true(w->delegation.beyond);
}

/* What the zone says later pushes nobody out whom the zone above lists. */
static void
names_of_the_zone_above_stay(void **state)
{
	struct world *w = *state;
	char rows[LINE] = "", row[64];

	for (int i = 10; i < 10 + BOUND_NAMES; i++) {
		snprintf(row, sizeof row, "%sAN example.jp NS a%d.example.net",
		    i > 10 ? "\n" : "", i);
		strlcat(rows, row, sizeof rows);
	}
	say(w, RECURSION, "example.jp", RR_NS, "answer", rows);
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "a.dns.jp", RR_A, "answer", "AN a.dns.jp A " PARENT);
	say(w, PARENT, "example.jp", RR_NS, "answer", REFERRAL);
	next(w);
	assert_true(asked(w, RECURSION, "ns1.example.net", RR_A));
	assert_true(asked(w, RECURSION, "ns2.example.net", RR_A));
	assert_true(asked(w, RECURSION, "a39.example.net", RR_A));
	assert_false(asked(w, RECURSION, "a40.example.net", RR_A));
	assert_true(w->delegation.beyond);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_the_ns_of_every_level_are_asked),
		TEST(then_the_addresses_of_servers_and_parent_are_asked),
		TEST(then_the_parent_is_asked_for_the_cut),
		TEST(servers_named_on_one_side_only_are_marked),
		TEST(a_domain_the_registry_denies_is_not_registered),
		TEST(an_ending_that_the_root_denies_is_not_registered),
		TEST(a_domain_that_is_known_but_has_no_ns_has_no_servers),
		TEST(who_does_not_speak_for_the_registry_denies_nothing),
		TEST(the_registrys_list_counts_where_the_zone_denies_its_own),
		TEST(a_stand_in_is_not_the_registry),
		TEST(a_broken_ending_is_passed_on_the_way_down),
		TEST(a_missing_sub_domain_is_no_missing_registration),
		TEST(a_cut_that_its_own_servers_deny_is_found_from_above),
		TEST(the_nearest_cut_wins),
		TEST(dead_servers_are_found_through_the_parent),
		TEST(the_parent_is_asked_over_ipv6_too),
		TEST(a_parent_that_denies_the_dead_domain_is_believed),
		TEST(three_silent_servers_of_the_parent_end_the_search),
		TEST(glue_is_asked_beside_the_zone_s_own_address),
		TEST(who_recursion_does_not_find_is_asked_for_at_the_glue),
		TEST(of_a_doubted_list_the_registry_s_part_is_left),
		TEST(a_server_without_address_is_kept_and_never_asked),
		TEST(only_this_round_counts),
		TEST(the_registry_is_asked_before_recursion_has_come_down),
		TEST(a_deeper_cut_is_waited_for),
		TEST(servers_known_from_the_last_round_are_asked_at_once),
		TEST(nobody_is_asked_who_makes_room_later),
		TEST(names_of_the_zone_above_stay),
	};

	return cmocka_run_group_tests_name("delegation", tests, NULL, NULL);
}
