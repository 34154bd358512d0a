/*
 * From answers to findings.  Pure: reads the plan, the delegation, this round
 * of the log and the time, writes one diagnosis.  What is the matter with a
 * record is rules.c's affair.
 */
#ifndef DNSESAME_DIAGNOSE_H
#define DNSESAME_DIAGNOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/turn.h"
#include "diagnose/remedy.h"
#include "diagnose/background.h"
#include "diagnose/claim.h"
#include "diagnose/copies.h"
#include "dns/delegation.h"
#include "diagnose/finding.h"
#include "dns/observe.h"
#include "ses/plan.h"
#include "diagnose/probe.h"
#include "diagnose/value.h"
#include "company/company.h"

enum {
	DIAGNOSE_FOUND = 4,	/* records shown as evidence */
	DIAGNOSE_REMARKS = 4,	/* sentences besides a finding */
	DIAGNOSE_DOMAIN = 16,	/* findings of the domain */
	DIAGNOSE_COLUMNS = DELEGATION_SERVERS + 1 + PROBE_VANTAGES
};

/* One record at one vantage, as a cell of the panel. */
enum cell {
	CELL_WAITING,		/* no answer yet */
	CELL_APART,		/* of another zone or name, or not asked */
	CELL_NO_ANSWER,		/* asked, could not find out */
	CELL_NO,		/* not there */
	CELL_OTHER,		/* there, but not as wanted */
	CELL_YES		/* as wanted */
};

enum server_state {
	SERVER_WAITING,
	SERVER_ANSWERS,
	SERVER_REFUSES,
	SERVER_SERVFAIL,
	SERVER_LAME,
	SERVER_SILENT,
	SERVER_UNRESOLVABLE,
	SERVER_SKIPPED
};

/* What is known of the zone's signatures. */
enum dnssec {
	DNSSEC_UNCHECKED,	/* nobody who was asked validates */
	DNSSEC_UNSIGNED,
	DNSSEC_SIGNED,
	DNSSEC_BROKEN
};

struct server_diagnosis {
	struct delegation_server server;
	enum server_state state;
	uint32_t serial;	/* 0 when not known */
	int rtt;		/* ms, -1 when not known */
	int copy;		/* of its zone's, COPIES_UNKNOWN */
	bool lacks;		/* its copy, a record that another one has */
};

/* A record that was seen, and by which servers.  value is its record's. */
struct found {
	struct name owner;
	uint16_t type;
	uint32_t ttl;
	char *value;		/* as rr_value, whole */
	bool right;		/* the value, whatever name or type */
	bool wild;		/* a random sibling has it, too */
	size_t seen[DELEGATION_SERVERS];	/* indices into servers */
	size_t seens;
};

/* A sentence besides the finding; it changes no state. */
struct remark {
	enum claim_kind kind;	/* what it claims */
	const char *text;	/* N_(), with the places of finding.def */
	struct name subject;	/* what {about} in it is; len 0: nothing */
	struct value_part there, belongs;	/* what these in it are */
	struct value_part place;	/* what of a record it is about */
};

/* Is a row to be made for a record? */
enum asks {
	ASKS_IF_NONE,	/* whether one is there already is not known */
	ASKS_ALWAYS,
	ASKS_NOT
};

struct record_diagnosis {
	enum finding finding;
	enum state state;
	bool settled;		/* no answer of this round can change it */
	struct found found[DIAGNOSE_FOUND];
	size_t founds;
	bool others;		/* a row of the type, made for something else */
	/* How long anyone may remember that nothing was there: s, -1 none. */
	int64_t retry_after;
	bool unsaved;		/* the DNS is as it was in the beginning */
	bool searched;		/* all its likely places, in this round */
	const char *why;	/* N_(): what is wrong with a policy; NULL */
	struct value_part place;	/* what of it that is about; "": all */
	struct name where;	/* whose answer that is; len 0: the owner's */
	bool circle;		/* an SPF record leads back to one before */
	struct claim claim[CLAIM_MAX];	/* what was seen */
	size_t claims;
	struct remedy remedy;
	size_t like;		/* the first with the very same fault */
	enum asks asks;		/* of DMARC; see asks_of */
	struct remark remark[DIAGNOSE_REMARKS];
	size_t remarks;
	enum cell cell[DIAGNOSE_COLUMNS];
};

struct domain_diagnosis {
	enum finding finding;
	enum state state;
	enum cause cause;
	char subject[NAME_TEXT];	/* the server or name it is about */
};

/* What SES says beside what we see; AWS SES Developer Guide, "Verification". */
enum ses_note {
	SES_NOTE_NONE,		/* not known, or nothing to explain */
	SES_NOTE_WAITS,		/* pending, and DNS is right */
	SES_NOTE_LOOKED_BEFORE,	/* it names an error that is gone */
	SES_NOTE_AGREES,	/* it names the error that we see */
	SES_NOTE_DIFFERS,	/* it names another one */
	SES_NOTE_STOPPED,	/* failed, and DNS is right */
	SES_NOTE_STOPPED_WRONG,	/* failed, and DNS is not right */
	SES_NOTE_LOST,		/* verified once, and the rows are gone */
	SES_NOTE_RETURNS,	/* temporary failure, and DNS is right */
	SES_NOTE_AT_AWS		/* its error is none of DNS */
};

/*
 * It owns its records and their values.
 *
 * Columns: each server address, those of zones below last; our recursion, then
 * system and also.
 */
struct diagnosis {
	struct server_diagnosis server[DELEGATION_SERVERS];
	size_t servers;		/* of the zone itself */
	size_t all;
	struct record_diagnosis *record;	/* one each of the plan */
	size_t records;
	struct domain_diagnosis domain[DIAGNOSE_DOMAIN];
	size_t domains;
	/* Of the plan's noted rows: gone; moved: with the name servers. */
	bool lost[NOTED_ROWS];
	bool moved;
	size_t columns;
	enum dnssec dnssec;
	bool cut;		/* what is wanted may be in what is not kept */
	/* Of required records and the domain; STATE_UNKNOWN, or worse,
	   where no record is required. */
	enum state verdict;
	enum ses_note ses_note;
	bool complete;		/* the round is over */
	/* So far: the servers, then each record, then the domain. */
	size_t pieces;
	struct diagnose_work *work;	/* owned, of a record; or NULL */
	bool any_key;		/* of Amazon's, or that cannot be told */
};

/* All that a diagnosis reads; borrowed. */
struct inputs {
	const struct plan *plan;
	const struct background *background;
	const struct delegation *delegation;
	const struct company *company;
	const struct probe_vantages *vantages;
	const struct observe_log *log;
	int64_t now;			/* ms since 1970 */
	/* No question of the round is open: what is absent is absent. */
	bool complete;
	unsigned met;			/* BOUND_MET_* */
};

/* Is this found of the domain? */
bool
diagnosis_finds(const struct diagnosis *d, enum finding finding);

/* Nothing is known of so many records; and to all zeroes again. */
void
diagnosis_init(struct diagnosis *d, size_t records);
void
diagnosis_release(struct diagnosis *d);

void
diagnosis_free_records(struct record_diagnosis *record, size_t count);

/* A copy with records of its own; what dst held is released. */
void
diagnosis_copy(struct diagnosis *dst, const struct diagnosis *src);

/*
 * Makes of it what the turn (NULL: none) leaves time for; true when all is
 * made.  It is all zeroes before the first call, and the inputs of the next
 * ones are the same.
 */
bool
diagnose(struct diagnosis *d, const struct inputs *inputs,
    const struct turn *turn);

/*
 * The company in force, when another one was chosen or is named in the zone.
 */
const struct provider *
diagnose_in_force(const struct diagnosis *d, const struct company *company);

/*
 * Does this server lack the record, and belong to the first copy that does?
 * Several copies are mended one after the other, each in its own form.
 */
bool
diagnose_lacking_copy(const struct diagnosis *d,
    const struct record_diagnosis *record, size_t server);

/*
 * In whose form a record has an effect, in view of what was found: its remedy
 * is done there.
 */
const struct provider *
diagnose_company(const struct diagnosis *d, const struct plan *plan,
    const struct company *company, const struct delegation *delegation,
    size_t index);

/* "unchecked", "unsigned", "signed", "broken". */
const char *
dnssec_text(enum dnssec dnssec);

/* Do the records fail that prove the domain to SES: DKIM, or the TXT? */
bool
diagnose_proof_fails(const struct diagnosis *d, const struct plan *plan);

/* "waits", "looked-before", ...; "" for none. */
const char *
ses_note_text(enum ses_note ses_note);

/* "answers", "refuses", "servfail", "lame", "silent", ... */
const char *
server_state_text(enum server_state state);

/* Did nothing of this name server come over UDP, as nearly all ask? */
bool
diagnose_unheard(const struct observe_log *log, const char *address);

/* Does this name server leave questions with EDNS unanswered (RFC 6891)? */
bool
diagnose_drops_edns(const struct observe_log *log, const char *address);

/*
 * SES looked for this record for 72 hours, or had found it: where it is not
 * to be seen, it is not on its way.
 */
bool
diagnose_overdue(const struct plan *plan, const struct wanted *wanted);

/*
 * A silent address of IPv6 whose server answers at another one: everybody
 * turns there.
 */
bool
diagnose_passed_over(const struct server_diagnosis *server,
    const struct diagnosis *d);

/* An address of a name server that gives no usable answer, as all see it. */
bool
diagnose_faulty(const struct server_diagnosis *server,
    const struct diagnosis *d);

#endif
