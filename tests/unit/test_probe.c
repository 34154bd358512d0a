#include "world.h"

#define DMARC "_dmarc.example.jp"

/* --- What each server is asked --- */

static void
each_server_is_asked_for_soa_mx_and_all_wanted_names(void **state)
{
	static const char *const address[] = { FIRST, SECOND };
	struct world *w = *state;

	say_delegation(w);
	next(w);
	for (size_t i = 0; i < 2; i++) {
		assert_true(asked(w, address[i], "example.jp", RR_SOA));
		assert_true(asked(w, address[i], "example.jp", RR_MX));
		assert_true(asked(w, address[i], DKIM_A, RR_CNAME));
		assert_true(asked(w, address[i], DMARC,
		    RR_TXT));
		assert_int_equal(load(w, VANTAGE_AUTHORITY, address[i]),
		    w->plan.count + 2);
	}
	assert_true(asked(w, RECURSION, DKIM_A, RR_CNAME));
}

static void
what_was_answered_is_not_asked_again(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "aa", "AN " DKIM_A " CNAME " TARGET_A);
	say(w, SECOND, DKIM_A, RR_CNAME, "servfail", "");
	next(w);
	assert_false(asked(w, FIRST, DKIM_A, RR_CNAME));
	assert_false(asked(w, SECOND, DKIM_A, RR_CNAME));
}

static void
a_round_comes_to_its_end(void **state)
{
	struct world *w = *state;
	size_t steps = 0, rows;

	say_delegation(w);
	for (;; steps++) {
		next(w);
		if (w->list.count == 0)
			break;
		assert_true(steps < 10);
		rows = w->log.count;
		for (size_t i = 0; i < w->list.count; i++) {
			const struct question *q = &w->list.question[i];
			char owner[NAME_TEXT];

			say(w, q->vantage.address,
			    name_text(&q->name, owner), q->type, "nxdomain",
			    "")->question.tcp = q->tcp;
		}
		assert_true(w->log.count > rows);
	}
	assert_true(steps > 1);
}

static void
silence_of_a_server_that_answers_is_no_answer(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, "example.jp", RR_SOA, "aa", "");
	say(w, FIRST, DKIM_A, RR_CNAME, "silent", "");
	next(w);
	assert_true(asked(w, FIRST, DKIM_A, RR_CNAME));
	w->time.now = w->time.deadline - 1;
	next(w);
	assert_true(asked(w, FIRST, DKIM_A, RR_CNAME));
	w->time.now = w->time.deadline;
	next(w);
	assert_false(asked(w, FIRST, DKIM_A, RR_CNAME));
}

static void
a_server_that_never_answers_is_left_alone(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, "example.jp", RR_SOA, "aa", "");
	say(w, SECOND, DKIM_A, RR_CNAME, "silent", "");
	next(w);
	assert_false(asked(w, SECOND, DKIM_A, RR_CNAME));
}

static void
a_missing_route_is_not_tried_again(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, "example.jp", RR_SOA, "aa", "");
	say(w, FIRST, DKIM_A, RR_CNAME, "no-route", "");
	next(w);
	assert_false(asked(w, FIRST, DKIM_A, RR_CNAME));
}

/* --- TCP --- */

static bool
asked_tcp(const struct world *w, const char *address)
{
	struct question q = question(address, "example.jp", RR_SOA);

	q.tcp = true;
	for (size_t i = 0; i < w->list.count; i++)
		if (question_equal(&w->list.question[i], &q))
			return true;
	return false;
}

static void
say_tcp(struct world *w, const char *address, const char *outcome)
{
	say(w, address, "example.jp", RR_SOA, outcome, "")->question.tcp =
	    true;
}

static void
tcp_is_asked_of_servers_that_answer_over_udp(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	assert_false(asked_tcp(w, FIRST));
	say(w, FIRST, "example.jp", RR_SOA, "aa", "");
	say(w, SECOND, "example.jp", RR_SOA, "aa", "")->tcp = true;
	next(w);
	assert_true(asked_tcp(w, FIRST));
	assert_false(asked_tcp(w, SECOND));
	say_tcp(w, FIRST, "silent");
	next(w);
	assert_false(asked_tcp(w, FIRST));
}

static void
tcp_is_asked_once(void **state)
{
	struct world *w = *state;

	say_tcp(w, FIRST, "aa");
	say_tcp(w, SECOND, "silent");
	w->log.round++;
	say_delegation(w);
	say(w, FIRST, "example.jp", RR_SOA, "aa", "");
	say(w, SECOND, "example.jp", RR_SOA, "aa", "");
	next(w);
	assert_false(asked_tcp(w, FIRST));
	assert_false(asked_tcp(w, SECOND));
	w->time.now += EVERY;
	next(w);
	assert_false(asked_tcp(w, FIRST));
	assert_true(asked_tcp(w, SECOND));
}

/* --- Shared resolvers --- */

#define ALSO "198.51.100.1"

static void
add_shared(struct world *w, enum vantage_kind kind, const char *address)
{
	struct vantage *v = &w->vantages.also[w->vantages.count++];

	v->kind = kind;
	strlcpy(v->address, address, sizeof v->address);
}

static void
add_also(struct world *w)
{
	add_shared(w, VANTAGE_ALSO, ALSO);
}

static void
say_shared(struct world *w, enum vantage_kind kind, const char *address,
    const char *owner, uint16_t type, const char *outcome,
    const char *records)
{
	struct observation *o = say(w, address, owner, type, outcome,
	    records);

	o->question.vantage.kind = kind;
	o->aa = false;
}

static void
say_also(struct world *w, const char *owner, uint16_t type,
    const char *outcome, const char *records)
{
	say_shared(w, VANTAGE_ALSO, ALSO, owner, type, outcome, records);
}

static bool
asked_shared(const struct world *w, enum vantage_kind kind,
    const char *address, const char *owner, uint16_t type)
{
	struct question q = question(address, owner, type);

	q.vantage.kind = kind;
	for (size_t i = 0; i < w->list.count; i++)
		if (question_equal(&w->list.question[i], &q))
			return true;
	return false;
}

static bool
asked_also(const struct world *w, const char *owner, uint16_t type)
{
	return asked_shared(w, VANTAGE_ALSO, ALSO, owner, type);
}

static bool
asked_system(const struct world *w, const char *address, const char *owner,
    uint16_t type)
{
	return asked_shared(w, VANTAGE_SYSTEM, address, owner, type);
}

static void
a_shared_resolver_is_asked_once_the_record_is_seen(void **state)
{
	struct world *w = *state;

	add_also(w);
	say_delegation(w);
	next(w);
	/* A random name, which nobody can mind being remembered. */
	assert_int_equal(load(w, VANTAGE_ALSO, ALSO), 1);
	assert_true(asked_also(w, "guard.example.jp", RR_A));
	assert_true(asked(w, RECURSION, "guard.example.jp", RR_A));
	say_also(w, "guard.example.jp", RR_A, "nxdomain", "");
	/* A word of a server that does not own the zone is no sight. */
	say(w, FIRST, DKIM_A, RR_CNAME, "answer",
	    "AN " DKIM_A " CNAME " TARGET_A);
	next(w);
	assert_int_equal(load(w, VANTAGE_ALSO, ALSO), 0);
	/* Nor is a value that is wrong: it would be remembered. */
	say(w, SECOND, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME x.example.net");
	next(w);
	assert_int_equal(load(w, VANTAGE_ALSO, ALSO), 0);
	say(w, SECOND, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	next(w);
	assert_int_equal(load(w, VANTAGE_ALSO, ALSO), 1);
	assert_true(asked_also(w, DKIM_A, RR_CNAME));
}

static void
a_shared_resolver_is_asked_twice(void **state)
{
	struct world *w = *state;

	add_also(w);
	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	say_also(w, DKIM_A, RR_CNAME, "nxdomain", "");
	next(w);
	assert_true(asked_also(w, DKIM_A, RR_CNAME));
	say_also(w, DKIM_A, RR_CNAME, "answer",
	    "AN " DKIM_A " CNAME " TARGET_A);
	next(w);
	assert_false(asked_also(w, DKIM_A, RR_CNAME));
}

static void
a_silent_shared_resolver_is_left_alone(void **state)
{
	struct world *w = *state;

	add_also(w);
	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	say_also(w, DKIM_A, RR_CNAME, "silent", "");
	next(w);
	assert_false(asked_also(w, DKIM_A, RR_CNAME));
}

static void
a_shared_resolver_is_asked_when_nobody_else_can_be(void **state)
{
	struct world *w = *state;

	add_also(w);
	say(w, RECURSION, "jp", RR_NS, "silent", "");
	say(w, RECURSION, "example.jp", RR_NS, "silent", "");
	say(w, RECURSION, ".", RR_NS, "answer", "AN . NS a.root.example");
	say(w, RECURSION, "a.root.example", RR_A, "servfail", "");
	say(w, RECURSION, "a.root.example", RR_AAAA, "servfail", "");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_UNKNOWN);
	assert_int_equal(load(w, VANTAGE_ALSO, ALSO), w->plan.count + 1);
}

/* --- A network that lets nothing out --- */

static void
resolvers_of_this_machine_stand_in(void **state)
{
	struct world *w = *state;

	add_shared(w, VANTAGE_SYSTEM, "198.51.100.2");
	add_shared(w, VANTAGE_SYSTEM, "198.51.100.3");
	say(w, RECURSION, "jp", RR_NS, "servfail", "");
	say(w, RECURSION, "example.jp", RR_NS, "silent", "");
	next(w);
	/* It may be the domain's own trouble, until the root is silent. */
	assert_false(asked_system(w, "198.51.100.2", "example.jp", RR_NS));
	say(w, RECURSION, ".", RR_NS, "silent", "");
	next(w);
	assert_true(asked_system(w, "198.51.100.2", "example.jp", RR_NS));
	assert_true(asked_system(w, "198.51.100.2", "jp", RR_NS));
	assert_false(asked_system(w, "198.51.100.3", "jp", RR_NS));
	/* The second, where the first fails. */
	say_shared(w, VANTAGE_SYSTEM, "198.51.100.2", "jp", RR_NS, "servfail",
	    "");
	say_shared(w, VANTAGE_SYSTEM, "198.51.100.2", "example.jp", RR_NS,
	    "answer", "AN example.jp NS ns1.example.net");
	next(w);
	assert_true(asked_system(w, "198.51.100.3", "jp", RR_NS));
	assert_false(asked_system(w, "198.51.100.3", "example.jp", RR_NS));
	assert_int_equal(w->delegation.state, DELEGATION_FOUND);
	assert_true(asked_system(w, "198.51.100.2", "ns1.example.net", RR_A));
	assert_int_equal(load(w, VANTAGE_RECURSIVE, ""), 0);
}

static void
what_no_registry_knows_is_looked_for_inside(void **state)
{
	struct world *w = *state;

	add_also(w);
	add_shared(w, VANTAGE_SYSTEM, "198.51.100.2");
	say_jp(w);
	say(w, RECURSION, "example.jp", RR_NS, "nxdomain", "");
	next(w);
	assert_false(asked_system(w, "198.51.100.2", "example.jp", RR_SOA));
	say(w, PARENT, "example.jp", RR_NS, "nxdomain",
	    "AU jp SOA a.dns.jp. root.dns.jp. 1 2 3 4 5");
	next(w);
	assert_int_equal(w->delegation.state, DELEGATION_NOT_REGISTERED);
	assert_true(asked_system(w, "198.51.100.2", "example.jp", RR_SOA));
	assert_false(asked_also(w, "example.jp", RR_SOA));
}

static void
an_answer_of_our_own_ends_the_standing_in(void **state)
{
	struct world *w = *state;

	add_shared(w, VANTAGE_SYSTEM, "198.51.100.2");
	say(w, RECURSION, ".", RR_NS, "silent", "");
	say(w, RECURSION, "example.jp", RR_NS, "silent", "");
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	next(w);
	assert_false(delegation_blocked(&w->log));
	assert_false(asked_system(w, "198.51.100.2", "example.jp", RR_NS));
}

static void
somebody_on_the_way_is_found_at_nobodys_address(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, "example.jp", RR_SOA, "answer", "")->ra = true;
	next(w);
	assert_false(asked(w, PROBE_NOBODY, "example.jp", RR_SOA));
	say(w, SECOND, "example.jp", RR_SOA, "answer", "");
	next(w);
	assert_true(asked(w, PROBE_NOBODY, "example.jp", RR_SOA));
	say(w, SECOND, "example.jp", RR_SOA, "aa", "");
	next(w);
	assert_false(asked(w, PROBE_NOBODY, "example.jp", RR_SOA));
}

static void
keys_are_asked_of_a_signed_zone_alone(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	assert_false(asked(w, FIRST, "example.jp", RR_DNSKEY));
	say(w, RECURSION, "example.jp", RR_NS, "answer",
	    "AN example.jp NS ns1.example.net\n"
	    "AN example.jp NS ns2.example.net")->secure = true;
	next(w);
	assert_true(asked(w, FIRST, "example.jp", RR_DNSKEY));
	assert_true(asked(w, SECOND, "example.jp", RR_DNSKEY));
}

/* --- Where did it go --- */

#define DOUBLED DKIM_A ".example.jp"
#define FORGOTTEN TOKEN_A ".example.jp"

static void
other_places_are_asked_at_one_server_that_says_no(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	say(w, SECOND, DKIM_A, RR_CNAME, "nxdomain", "");
	next(w);
	assert_true(asked(w, SECOND, DOUBLED, RR_CNAME));
	assert_true(asked(w, SECOND, FORGOTTEN, RR_CNAME));
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	assert_false(asked(w, FIRST, FORGOTTEN, RR_CNAME));
	/* Of other records nothing is known yet. */
	assert_false(asked(w, SECOND, "_dmarc.example.jp.example.jp",
	    RR_TXT));
}

static void
a_no_without_authority_or_a_failure_starts_no_search(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "answer", "");
	say(w, SECOND, DKIM_A, RR_CNAME, "silent", "");
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	assert_false(asked(w, SECOND, DOUBLED, RR_CNAME));
}

static void
a_record_seen_anywhere_is_not_searched(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
	say(w, SECOND, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
}

static void
an_alias_in_its_place_is_not_searched(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, DMARC, RR_TXT, "aa",
	    "AN " DMARC " CNAME x.example.net");
	next(w);
	assert_false(asked(w, FIRST, "_dmarc.example.jp.example.jp", RR_TXT));
}

static void
a_hit_is_confirmed_at_the_others(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
	say(w, FIRST, FORGOTTEN, RR_CNAME, "nxdomain", "");
	say(w, FIRST, DOUBLED, RR_CNAME, "aa",
	    "AN " DOUBLED " CNAME " TARGET_A);
	next(w);
	assert_true(asked(w, SECOND, DOUBLED, RR_CNAME));
	assert_false(asked(w, SECOND, FORGOTTEN, RR_CNAME));
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
}

/* As tinydns does: there is nothing at that name but what stands below. */
static void
a_hit_below_a_denied_name_is_confirmed(void **state)
{
	struct world *w = *state;

	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
	say(w, FIRST, DOUBLED, RR_CNAME, "aa",
	    "AN " DOUBLED " CNAME " TARGET_A);
	say(w, FIRST, "example.jp.example.jp", RR_CNAME, "nxdomain", "");
	next(w);
	assert_true(asked(w, SECOND, DOUBLED, RR_CNAME));
}

static void
a_fresh_no_is_not_asked_again(void **state)
{
	struct world *w = *state;

	say(w, FIRST, DOUBLED, RR_CNAME, "nxdomain", "");
	w->log.round++;
	w->time.now += EVERY - 1;
	w->time.deadline = w->time.now + 5000;
	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	assert_true(asked(w, FIRST, FORGOTTEN, RR_CNAME));
	w->time.now++;
	next(w);
	assert_true(asked(w, FIRST, DOUBLED, RR_CNAME));
}

/* The next round, a moment after the doubled name was not there. */
static void
soon_after_a_no(struct world *w)
{
	say(w, FIRST, DOUBLED, RR_CNAME, "nxdomain",
	    "AU example.jp SOA ns.example.jp a.example.jp 7 1 1 1 60");
	w->log.round++;
	w->time.now++;
	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
}

static void
no_no_from_before_the_user_asked_is_remembered(void **state)
{
	struct world *w = *state;

	soon_after_a_no(w);
	w->time.since = w->time.now - 2;
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	w->time.since = w->time.now - 1;
	next(w);
	assert_true(asked(w, FIRST, DOUBLED, RR_CNAME));
}

static void
a_changed_serial_ends_what_is_remembered(void **state)
{
	struct world *w = *state;
	struct observation *soa;

	soon_after_a_no(w);
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	soa = say(w, FIRST, "example.jp", RR_SOA, "aa",
	    "AN example.jp SOA ns.example.jp a.example.jp 7 1 1 1 60");
	next(w);
	assert_false(asked(w, FIRST, DOUBLED, RR_CNAME));
	soa->rr[0].rdata[soa->rr[0].len - 17]++;
	next(w);
	assert_true(asked(w, FIRST, DOUBLED, RR_CNAME));
}

static void
what_was_there_or_silent_is_asked_in_every_round(void **state)
{
	struct world *w = *state;

	say(w, FIRST, DOUBLED, RR_CNAME, "aa",
	    "AN " DOUBLED " CNAME " TARGET_A);
	say(w, FIRST, FORGOTTEN, RR_CNAME, "silent", "");
	w->log.round++;
	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "nxdomain", "");
	next(w);
	assert_true(asked(w, FIRST, DOUBLED, RR_CNAME));
	assert_true(asked(w, FIRST, FORGOTTEN, RR_CNAME));
}

/* Everything SES can want of a sub-domain, and all of it absent. */
static void
no_more_than_80_other_places_are_asked_for(void **state)
{
	struct world *w = *state;
	struct identity identity = w->plan.identity;
	const char *why;
	size_t places = 0;

	assert_int_equal(identity_set_domain(&identity, "a.b.example.jp",
	    &why), 0);
	assert_int_equal(identity_set_verification(&identity,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why), 0);
	assert_int_equal(identity_set_mail_from(&identity, "bounce", &why),
	    0);
	plan_make(&w->plan, &identity, "guard");
	assert_int_equal(w->plan.count, 7);
	say_delegation(w);
	say(w, RECURSION, "a.b.example.jp", RR_NS, "answer", "");
	say(w, RECURSION, "b.example.jp", RR_NS, "answer", "");
	for (size_t steps = 0; steps == 0 || w->list.count > 0; steps++) {
		assert_true(steps < 20);
		next(w);
		for (size_t i = 0; i < w->list.count; i++) {
			const struct question *q = &w->list.question[i];
			char owner[NAME_TEXT];

			if (observe_find(&w->log, q) != NULL)
				continue;
			say(w, q->vantage.address,
			    name_text(&q->name, owner), q->type, "aa", "")->
			    question.tcp = q->tcp;
			places += strcmp(q->vantage.address, FIRST) == 0;
		}
	}
	/* All wanted names, SOA twice, MX, addresses at three names. */
	places -= 7 + 3 + 3;
	assert_in_range(places, 60, PROBE_ELSEWHERE);
}

static void
keys_and_includes_are_looked_up_beside_their_records(void **state)
{
	struct world *w = *state;

	next(w);
	assert_true(asked(w, RECURSION, DKIM_A, RR_TXT));
	assert_true(asked(w, RECURSION, TOKEN_A ".dkim.amazonses.com",
	    RR_TXT));
}

/* What every server has answered, recursion is asked for once more. */
static void
a_failure_of_recursion_alone_is_looked_at_again(void **state)
{
	struct world *w = *state;

	w->time.deadline = NOW + 20000;
	say_delegation(w);
	say(w, FIRST, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	say(w, RECURSION, DKIM_A, RR_CNAME, "servfail", "");
	next(w);
	assert_int_equal(w->list.later, 0);
	say(w, SECOND, DKIM_A, RR_CNAME, "aa",
	    "AN " DKIM_A " CNAME " TARGET_A);
	next(w);
	assert_false(asked(w, RECURSION, DKIM_A, RR_CNAME));
	assert_int_equal(w->list.later, NOW + PROBE_SECOND);
	w->time.now = NOW + PROBE_SECOND;
	next(w);
	assert_true(asked(w, RECURSION, DKIM_A, RR_CNAME));
	/* Twice is enough. */
	say(w, RECURSION, DKIM_A, RR_CNAME, "servfail", "");
	next(w);
	assert_false(asked(w, RECURSION, DKIM_A, RR_CNAME));
	assert_int_equal(w->list.later, 0);
}

/*
 * What is behind a CNAME outside of the zone may fail by luck, too; what is inside
 * and is not told, or leads in a circle, is no luck.
 */
static void
no_second_look_at_what_an_alias_explains(void **state)
{
	static const struct {
		const char *rows;
		bool again;
	} alias[] = {
		{ "AN " DMARC " CNAME a.example.jp\n"
		    "AN b.example.jp CNAME a.example.jp\n"
		    "AN a.example.jp CNAME b.example.jp", false },
		{ "AN " DMARC " CNAME " DMARC, false },
		{ "AN " DMARC " CNAME a.example.jp", false },
		{ "AN " DMARC " CNAME a.example.jp\n"
		    "AU example.jp SOA a. b. 1 60 60 600 60", true },
		{ "AN " DMARC " CNAME a.example.jp\n"
		    "AN a.example.jp TXT \"v=DMARC1; p=none;\"", true },
		{ "AN " DMARC " CNAME a.example.net", true },
		{ "", true },
	};

	for (size_t i = 0; i < sizeof(alias) / sizeof(alias[0]); i++) {
		struct world *w;

		teardown(state);
		setup(state);
		w = *state;
		w->time.deadline = NOW + 20000;
		say_delegation(w);
		say(w, FIRST, DMARC, RR_TXT, "aa", alias[i].rows);
		say(w, SECOND, DMARC, RR_TXT, "aa", alias[i].rows);
		say(w, RECURSION, DMARC, RR_TXT, "servfail", "");
		next(w);
		assert_int_equal(w->list.later,
		    alias[i].again ? NOW + PROBE_SECOND : 0);
	}
}

/* One that has an address can be asked already. */
static void
an_unfound_name_server_is_looked_for_again(void **state)
{
	struct world *w = *state;

	w->time.deadline = NOW + 20000;
	say_cut(w);
	say_parent(w);
	say(w, RECURSION, "ns1.example.net", RR_A, "answer",
	    "AN ns1.example.net A " FIRST);
	say(w, RECURSION, "ns1.example.net", RR_AAAA, "servfail", "");
	say(w, RECURSION, "ns2.example.net", RR_A, "servfail", "");
	say(w, RECURSION, "ns2.example.net", RR_AAAA, "answer", "");
	next(w);
	assert_int_equal(w->list.later, NOW + PROBE_SECOND);
	w->time.now = NOW + PROBE_SECOND;
	next(w);
	assert_true(asked(w, RECURSION, "ns2.example.net", RR_A));
	assert_false(asked(w, RECURSION, "ns2.example.net", RR_AAAA));
	assert_false(asked(w, RECURSION, "ns1.example.net", RR_AAAA));
	say(w, RECURSION, "ns2.example.net", RR_A, "servfail", "");
	next(w);
	assert_false(asked(w, RECURSION, "ns2.example.net", RR_A));
	assert_int_equal(w->list.later, 0);
}

static void
of_very_many_unfound_name_servers_few_are_looked_for_again(void **state)
{
	struct world *w = *state;
	char rows[LINE] = "", row[64], host[32];

	w->time.deadline = NOW + 20000;
	for (int i = 10; i < 10 + BOUND_NAMES; i++) {
		snprintf(host, sizeof host, "ns%d.example.net", i);
		snprintf(row, sizeof row, "AN example.jp NS %s\n", host);
		strlcat(rows, row, sizeof rows);
		say(w, RECURSION, host, RR_A, "servfail", "");
		say(w, RECURSION, host, RR_AAAA, "silent", "");
	}
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "answer", rows);
	say_parent(w);
	w->time.now = NOW + PROBE_SECOND;
	next(w);
	assert_true(asked(w, RECURSION, "ns10.example.net", RR_A));
	assert_true(asked(w, RECURSION, "ns17.example.net", RR_A));
	assert_false(asked(w, RECURSION, "ns18.example.net", RR_A));
}

/* The registry's address is known already; the zone's own may be another. */
static void
an_unfound_own_name_is_looked_for_again(void **state)
{
	struct world *w = *state;

	w->time.deadline = NOW + 20000;
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "answer",
	    "AN example.jp NS ns1.example.jp");
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	say(w, PARENT, "example.jp", RR_NS, "answer",
	    "AU example.jp NS ns1.example.jp\n"
	    "AD ns1.example.jp A " FIRST);
	say(w, RECURSION, "ns1.example.jp", RR_A, "servfail", "");
	say(w, RECURSION, "ns1.example.jp", RR_AAAA, "answer", "");
	next(w);
	assert_true(asked(w, FIRST, "example.jp", RR_SOA));
	assert_int_equal(w->list.later, 0);
	say(w, FIRST, "example.jp", RR_SOA, "aa",
	    "AN example.jp SOA a. b. 1 60 60 600 60");
	next(w);
	assert_int_equal(w->list.later, NOW + PROBE_SECOND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_more_than_80_other_places_are_asked_for),
		TEST(keys_and_includes_are_looked_up_beside_their_records),
		TEST(each_server_is_asked_for_soa_mx_and_all_wanted_names),
		TEST(what_was_answered_is_not_asked_again),
		TEST(a_round_comes_to_its_end),
		TEST(silence_of_a_server_that_answers_is_no_answer),
		TEST(a_server_that_never_answers_is_left_alone),
		TEST(a_missing_route_is_not_tried_again),
		TEST(tcp_is_asked_of_servers_that_answer_over_udp),
		TEST(tcp_is_asked_once),
		TEST(a_shared_resolver_is_asked_once_the_record_is_seen),
		TEST(a_shared_resolver_is_asked_twice),
		TEST(a_silent_shared_resolver_is_left_alone),
		TEST(resolvers_of_this_machine_stand_in),
		TEST(what_no_registry_knows_is_looked_for_inside),
		TEST(an_answer_of_our_own_ends_the_standing_in),
		TEST(somebody_on_the_way_is_found_at_nobodys_address),
		TEST(keys_are_asked_of_a_signed_zone_alone),
		TEST(a_shared_resolver_is_asked_when_nobody_else_can_be),
		TEST(other_places_are_asked_at_one_server_that_says_no),
		TEST(a_no_without_authority_or_a_failure_starts_no_search),
		TEST(a_record_seen_anywhere_is_not_searched),
		TEST(an_alias_in_its_place_is_not_searched),
		TEST(a_hit_is_confirmed_at_the_others),
		TEST(a_hit_below_a_denied_name_is_confirmed),
		TEST(a_fresh_no_is_not_asked_again),
		TEST(no_no_from_before_the_user_asked_is_remembered),
		TEST(a_changed_serial_ends_what_is_remembered),
		TEST(what_was_there_or_silent_is_asked_in_every_round),
		TEST(a_failure_of_recursion_alone_is_looked_at_again),
		TEST(no_second_look_at_what_an_alias_explains),
		TEST(an_unfound_name_server_is_looked_for_again),
		TEST(of_very_many_unfound_name_servers_few_are_looked_for_again),
		TEST(an_unfound_own_name_is_looked_for_again),
	};

	return cmocka_run_group_tests_name("probe", tests, NULL, NULL);
}
