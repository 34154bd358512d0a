/*
 * A world written by hand: the log of answers that tests of probe and
 * delegation start from, and the questions that are left open.
 */
#ifndef DNSESAME_TEST_WORLD_H
#define DNSESAME_TEST_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "diagnose/probe.h"
#include "named.h"

#define TOKEN_A "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define TOKEN_B "zdqttidvz7ora35tlm64k2ciqh3pvksq"
#define TOKEN_C "vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv"
#define DKIM_A TOKEN_A "._domainkey.example.jp"
#define TARGET_A TOKEN_A ".dkim.amazonses.com"
#define PARENT "192.0.2.53"
#define FIRST "192.0.2.1"
#define SECOND "192.0.2.2"
#define RECURSION ""
/* NS rows as the registry refers with them. */
#define REFERRAL "AU example.jp NS ns1.example.net\n" \
	"AU example.jp NS ns2.example.net"

enum {
	NOW = 1000000,
	EVERY = 30000,
	LINE = 2048
};

struct world {
	struct plan plan;
	struct background background;
	struct delegation delegation;
	struct probe_vantages vantages;
	struct observe_log log;
	struct probe_time time;
	struct probe_list list;
};

static inline struct question
question(const char *address, const char *owner, uint16_t type)
{
	struct question q = { .name = named(owner), .type = type };

	q.vantage.kind = address[0] == '\0' ? VANTAGE_RECURSIVE :
	    VANTAGE_AUTHORITY;
	strlcpy(q.vantage.address, address, sizeof q.vantage.address);
	return q;
}

/* "AU example.jp NS ns1.example.net" */
static inline void
add_line(struct observation *o, char *line)
{
	struct rr rr = { .ttl = 60 };
	struct name n;
	char *section = strsep(&line, " "), *owner = strsep(&line, " ");
	uint16_t type = rr_type_parse(strsep(&line, " "));
	const char *why = "";

	if (rr_parse(&rr, type, line, &why) == -1)
		fail_msg("%s: %s", line, why);
	n = named(owner);
	rr_set_owner(&rr, &n);
	if (strcmp(section, "AN") == 0)
		observation_add_answer(o, &rr);
	else if (strcmp(section, "AU") == 0)
		observation_add_authority(o, &rr);
	else
		observation_add_additional(o, &rr);
	rr_release(&rr);
}

/*
 * One row of the log: a word of "answer", "aa", "nxdomain", "servfail",
 * "silent", "no-route" (name servers that answer do so with AA, except for
 * "answer"), and records, one a line.
 */
static inline struct observation *
say(struct world *w, const char *address, const char *owner, uint16_t type,
    const char *outcome, const char *records)
{
	struct question q = question(address, owner, type);
	struct observation *o = observation_new(&q);
	char lines[LINE], *rest = lines, *line;

	o->when = w->time.now;
	if (strcmp(outcome, "silent") == 0)
		o->outcome = OUTCOME_SILENT;
	else if (strcmp(outcome, "no-route") == 0)
		o->outcome = OUTCOME_NO_ROUTE;
	else if (strcmp(outcome, "servfail") == 0)
		o->rcode = RCODE_SERVFAIL;
	else if (strcmp(outcome, "nxdomain") == 0)
		o->rcode = RCODE_NXDOMAIN;
	o->aa = q.vantage.kind == VANTAGE_AUTHORITY &&
	    (strcmp(outcome, "aa") == 0 || strcmp(outcome, "nxdomain") == 0);
	strlcpy(lines, records, sizeof lines);
	while ((line = strsep(&rest, "\n")) != NULL)
		if (line[0] != '\0')
			add_line(o, line);
	observe_add(&w->log, o);
	return o;
}

static inline void
set_domain(struct world *w, const char *domain)
{
	struct identity identity;
	const char *why;

	identity_init(&identity);
	assert_int_equal(identity_set_domain(&identity, domain, &why), 0);
	assert_int_equal(identity_set_region(&identity, "ap-northeast-1",
	    &why), 0);
	assert_int_equal(identity_add_token(&identity, TOKEN_A, &why), 0);
	assert_int_equal(identity_add_token(&identity, TOKEN_B, &why), 0);
	assert_int_equal(identity_add_token(&identity, TOKEN_C, &why), 0);
	plan_make(&w->plan, &identity, "guard");
}

static inline int
setup(void **state)
{
	static struct world world;
	static const struct world empty;

	world = empty;
	world.log.round = 1;
	world.time = (struct probe_time){ .now = NOW, .deadline = NOW + 5000,
		.elsewhere_every = EVERY };
	set_domain(&world, "example.jp");
	*state = &world;
	return 0;
}

static inline int
teardown(void **state)
{
	struct world *w = *state;

	plan_release(&w->plan);
	observe_release(&w->log);
	probe_list_release(&w->list);
	return 0;
}

static inline void
next(struct world *w)
{
	delegation_read(&w->delegation, &w->plan.domain, &w->log, NULL, true);
	probe_next(&w->list, &w->plan, &w->background, &w->delegation,
	    &w->vantages, &w->log, &w->time);
}

static inline bool
asked(const struct world *w, const char *address, const char *owner,
    uint16_t type)
{
	struct question q = question(address, owner, type);

	for (size_t i = 0; i < w->list.count; i++)
		if (question_equal(&w->list.question[i], &q))
			return true;
	return false;
}

/* How many questions go to this address. */
static inline size_t
load(const struct world *w, enum vantage_kind kind, const char *address)
{
	size_t count = 0;

	for (size_t i = 0; i < w->list.count; i++)
		if (w->list.question[i].vantage.kind == kind &&
		    strcmp(w->list.question[i].vantage.address, address) == 0)
			count++;
	return count;
}

/* What recursion knows of example.jp: two servers below another domain. */
static inline void
say_cut(struct world *w)
{
	say(w, RECURSION, "jp", RR_NS, "answer", "AN jp NS a.dns.jp");
	say(w, RECURSION, "example.jp", RR_NS, "answer",
	    "AN example.jp NS ns1.example.net\n"
	    "AN example.jp NS ns2.example.net");
}

/* Who holds jp, and where. */
static inline void
say_jp(struct world *w)
{
	say(w, RECURSION, "jp", RR_NS, "answer",
	    "AN jp NS a.dns.jp\nAD a.dns.jp A " PARENT);
}

static inline void
say_parent(struct world *w)
{
	say(w, RECURSION, "a.dns.jp", RR_A, "answer",
	    "AN a.dns.jp A " PARENT);
	say(w, PARENT, "example.jp", RR_NS, "answer", REFERRAL);
}

static inline void
say_addresses(struct world *w)
{
	say(w, RECURSION, "ns1.example.net", RR_A, "answer",
	    "AN ns1.example.net A " FIRST);
	say(w, RECURSION, "ns1.example.net", RR_AAAA, "answer", "");
	say(w, RECURSION, "ns2.example.net", RR_A, "answer",
	    "AN ns2.example.net A " SECOND);
	say(w, RECURSION, "ns2.example.net", RR_AAAA, "answer", "");
}

static inline void
say_delegation(struct world *w)
{
	say_cut(w);
	say_parent(w);
	say_addresses(w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
