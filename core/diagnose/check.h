/*
 * The model of a check: identity, plan, log, findings, and one step function.
 * Front ends read it and draw; nothing else is kept anywhere.
 */
#ifndef DNSESAME_CHECK_H
#define DNSESAME_CHECK_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "diagnose/background.h"
#include "diagnose/casefile.h"
#include "dns/delegation.h"
#include "diagnose/diagnose.h"
#include "ses/identity.h"
#include "dns/observe.h"
#include "ses/plan.h"
#include "ses/ticks.h"
#include "diagnose/probe.h"
#include "company/company.h"
#include "dns/world.h"

enum {
	CHECK_BUDGET = 10000,	/* ms of one check, unless told otherwise */
	CHECK_EVERY = 15000,	/* ms between two looks, at least */
	CHECK_LONGEST = 300000,	/* ms, when only a cache must run out */
	CHECK_QUIET = 600000,	/* ms without a change: looks get rarer */
	CHECK_JUDGE = 50,	/* ms between two diagnoses, at least */
	CHECK_ELSEWHERE = 60000	/* ms before a misplaced name is looked for
				   again where it was not */
};

/* How a record stands: what one look is compared by with the next. */
struct check_standing {
	enum finding finding;
	enum state state;
};

struct check {
	struct plan plan;
	struct background background;
	struct company company;			/* whose form it is */
	struct name zone_given;			/* --zone */
	bool has_zone_given;

	struct world *world;			/* borrowed */
	bool private;		/* name servers are asked wherever they are */
	struct probe_vantages vantages;
	struct observe_log log;
	struct delegation delegation, last;	/* last: of the round before */
	struct diagnosis diagnosis;
	struct diagnosis *next;	/* owned, being made of inputs; NULL: none */
	struct inputs inputs;

	bool running;
	bool fresh;		/* what came may lead to more questions */
	bool read;		/* it was read; they are still to be asked */
	bool ending;		/* all it waits for is here; judge it */
	bool stirred;		/* something came since the last diagnosis */
	bool pruning;		/* the log holds more than it should */
	int64_t judged;			/* when the last diagnosis began */
	int64_t budget;				/* ms; 0: no limit */
	int64_t elsewhere_every, since;		/* see probe_time */
	int64_t started, ended;			/* ms since 1970 */
	int64_t quiet;		/* when nothing of it was under way any more */
	struct check_standing *standing;	/* of each record, at the end
						   of the last look; or NULL */
	int64_t changed;	/* when that was not as before */
	size_t improved;	/* records that the last look found mended */
	int untaught;		/* of this round the company teaches nothing */
	struct probe_list open;			/* questions under way */
	int64_t later;		/* when one more will be asked; 0: none */
	size_t asked;				/* of this look */
	unsigned met;				/* BOUND_MET_*, by this look */
	FILE *record;				/* borrowed, or NULL */
	struct casefile_size recorded;
};

/* guard: plan_guard().  world is borrowed and must outlive the check. */
void
check_init(struct check *check, struct world *world,
    const struct identity *identity, const char *guard);
void
check_release(struct check *check);

/* New values; the log is kept.  A check under way is begun anew. */
void
check_set_identity(struct check *check, const struct identity *identity);

/*
 * What SES says now: nothing else of the identity has changed.  After a look
 * what was found is judged anew by the next steps, as with another company.
 */
void
check_set_status(struct check *check, const struct identity *identity);

/*
 * Every "no" that is older (ms since 1970) is asked again by the next
 * question, however young.
 */
void
check_forget(struct check *check, int64_t before);

/* When the user entered the records. */
void
check_set_entered(struct check *check, const struct ticks *entered);

/*
 * All that a recorded case says besides the answers, so that it comes to the
 * verdict it was recorded with.
 */
void
check_recorded(struct check *check, const struct casefile *file);

/* The user's company; NULL: the detected one. */
void
check_set_provider(struct check *check, const struct provider *provider);

/* Begins a round. */
void
check_start(struct check *check, int64_t now);

/*
 * Takes in answers, asks what is open, diagnoses: one turn of it, 2 ms of
 * processor time at most.  Returns when to be called again at the latest (ms
 * since 1970), INT64_MAX when nothing is due.  *news (if not NULL) tells
 * whether anything changed.
 */
int64_t
check_step(struct check *check, int64_t now, bool *news);

size_t
check_fds(struct check *check, struct pollfd *fds, size_t max);

/*
 * Questions of this round still open.  After its end: those that may only add
 * a note, such as whether the servers answer over TCP; step on for them.
 */
size_t
check_open(const struct check *check);

/* Is a look under way, or what it found being judged anew? */
bool
check_is_busy(const struct check *check);

/* Is nothing left to step on for, but the next look? */
bool
check_is_over(const struct check *check);

/* The zone: found live, else given, else the registered domain. */
void
check_zone(const struct check *check, struct name *out);

/* The form into which a record is typed. */
struct form_of
check_form_of(const struct check *check, const struct wanted *wanted);

/*
 * When the next look is useful (ms since 1970) after a finished round: every
 * 15 s; more rarely when nothing changes for long; when all that is left is a
 * cache that must run out, after its TTL.
 */
int64_t
check_next_look(const struct check *check);

#endif
