/*
 * The records SES wants for an identity.  The SES rules live here and only
 * here (AWS SES Developer Guide: Easy DKIM, custom MAIL FROM, domain
 * verification with TXT, DMARC).
 */
#ifndef DNSESAME_PLAN_H
#define DNSESAME_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ses/identity.h"
#include "dns/name.h"

enum {
	PLAN_GUARD = 16,
	PLAN_ROWS = 15
};

/* Whose SPF record permits the servers of SES. */
#define PLAN_SPF_HOST	"amazonses.com"

enum wanted_kind {
	WANTED_DKIM,
	WANTED_BYODKIM,
	WANTED_VERIFICATION,
	WANTED_MAIL_FROM_MX,
	WANTED_MAIL_FROM_SPF,
	WANTED_DMARC
};

/* What a record proves to SES: one whole proof verifies the domain. */
enum proof {
	PROOF_NONE,
	PROOF_DKIM,
	PROOF_TEXT,
	PROOF_COUNT
};

/* One record that should stand in DNS. */
struct wanted {
	const char *id;		/* "dkim-1", of one const table */
	unsigned row;		/* of that table, below PLAN_ROWS */
	enum wanted_kind kind;
	struct name owner;
	uint16_t type;
	enum proof proves;
	char *value;		/* as rr_value: no final dot, MX "10 host" */
	bool required;
	int64_t entered;	/* the user said so, ms since 1970; 0 not */
};

/*
 * The plan owns the records and their values: what points into it stands until
 * the next plan_make, or plan_release.
 */
struct plan {
	struct identity identity;
	struct name domain;	/* the identity's */
	struct wanted *wanted;
	size_t count;
	/* A random label, drawn once: a wildcard answers for it, too. */
	char guard[PLAN_GUARD];
};

/* An empty plan, which all zeroes are, too; and to that again. */
void
plan_init(struct plan *plan);
void
plan_release(struct plan *plan);

/*
 * Makes the plan, in the order of cards and panels: what verifies first.  What
 * was made in it before is released, and may be made from.
 * An identity without values gives a plan of _dmarc alone.  guard is a label
 * of the caller's (plan_guard), so that planning stays repeatable.
 */
void
plan_make(struct plan *plan, const struct identity *identity,
    const char *guard);

/* Draws a random label, e.g. "w3k9x2m7q4". */
void
plan_guard(char guard[static PLAN_GUARD]);

/* True when nothing is known but the domain. */
bool
plan_is_bare(const struct plan *plan);

/* The random sibling of the record's owner; -1 when too long. */
int
plan_guard_name(const struct plan *plan, const struct wanted *wanted,
    struct name *out);

/*
 * The name at Amazon whose TXT stands behind the record: the key behind a
 * CNAME, the SPF record that is included.  -1 when it leads nowhere.
 */
int
plan_lead(const struct wanted *wanted, struct name *out);

/* The same row: name, type and value. */
bool
wanted_equal(const struct wanted *a, const struct wanted *b);

/*
 * When the domain stands twice at the end of the MAIL FROM name that AWS was
 * given: the name as it was surely meant.
 */
bool
plan_mail_from_meant(const struct plan *plan, struct name *out);

/* A person's title of the record, e.g. _("DKIM 1"). */
const char *
wanted_title(const struct wanted *wanted);

#endif
