/*
 * Did a mail arrive as it should: what its mailbox says of SPF, DKIM and
 * DMARC, whether each stands for the sender, and why not, against what is
 * known of the identity (RFC 7208, RFC 6376, RFC 9989).  Pure.
 */
#ifndef DNSESAME_ARRIVAL_H
#define DNSESAME_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagnose/diagnose.h"
#include "diagnose/finding.h"
#include "ses/identity.h"
#include "ses/plan.h"
#include "ses/service.h"
#include "mail/received.h"

enum {
	ARRIVAL_CAUSES = 8,
	ARRIVAL_SAID = 256,
	ARRIVAL_ROWS = 256
};

enum arrival_id {
#define ARRIVAL(id, name, state, summary, explanation, remedy) id,
#include "diagnose/arrival.def"
#undef ARRIVAL
	ARRIVAL_COUNT
};

struct arrival_row {
	const char *name;	/* "ses-alone" */
	enum state state;
	const char *summary;	/* N_() */
	const char *explanation, *remedy;	/* N_() or NULL */
};

/* One of the three lines. */
struct arrival_line {
	enum auth_result result;
	enum state state;
	struct name domain;	/* whom it passed or failed for */
	bool has_domain;
	bool aligned;		/* it stands for the domain of From */
	char selector[AUTHRES_SELECTOR];
	char said[ARRIVAL_SAID];	/* as the mailbox put it */
};

struct arrival_cause {
	enum arrival_id id;
	enum state state;
	char said[ARRIVAL_SAID];
	char rows[ARRIVAL_ROWS];	/* titles of records, translated */
};

struct arrival {
	struct arrival_line line[AUTH_METHODS];
	struct arrival_cause cause[ARRIVAL_CAUSES];	/* why, worst first */
	size_t causes;
	/* Passed and aligned, a note, not, or cannot tell. */
	enum state verdict;
	struct name from, domain;	/* the sender's; the identity's */
	bool has_from, is_assumed;	/* not of the mail: the identity's */
	size_t froms, below;
	struct name envelope, mail_from;
	bool has_envelope, has_mail_from;
	bool is_ses;		/* the envelope or the signature names SES */
	char region[IDENTITY_REGION], sent[RECEIVED_REGION];
	char server[AUTHRES_SERVER];
	const struct service *service;	/* whose page counts; NULL: AWS's */
	int64_t at, looked_at;		/* ms since 1970, 0 not known */
};

const struct arrival_row *
arrival_row(enum arrival_id id);

/* identity NULL: nothing is known of the domain but what the mail says. */
void
arrival_judge(struct arrival *out, const struct received *mail,
    const struct identity *identity);

/*
 * The rows were looked at once more, at now: what they show beside the mail
 * is added to its causes.
 */
void
arrival_look(struct arrival *arrival, const struct plan *plan,
    const struct diagnosis *diagnosis, int64_t now);

#endif
