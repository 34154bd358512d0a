/*
 * Where an AWS account stands in a region: in the sandbox or out of it, how
 * much it may send, what became of the request (sesv2 GetAccount, AWS SES API
 * v2 Reference).
 */
#ifndef DNSESAME_ACCOUNT_H
#define DNSESAME_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum account_review {
	ACCOUNT_NOT_ASKED,	/* or it says nothing of a request */
	ACCOUNT_PENDING,
	ACCOUNT_FAILED,		/* the request could not be taken up */
	ACCOUNT_GRANTED,
	ACCOUNT_DENIED
};

enum account_standing {
	ACCOUNT_STANDING_UNKNOWN,
	ACCOUNT_HEALTHY,
	ACCOUNT_PROBATION,	/* under review: it may send */
	ACCOUNT_SHUTDOWN	/* sending is paused */
};

struct account {
	bool production;	/* out of the sandbox */
	bool sending;		/* sending is switched on */
	bool has_quota;
	double a_day, a_second, sent;	/* mails; -1 a day: no limit */
	enum account_review review;
	enum account_standing standing;
};

/* Takes over the answer of get-account; false when this is not one. */
bool
account_read(struct account *out, const char *text, size_t len);

/* Adds where it stands and what to do now, sentences on lines; translated. */
void
account_tell(const struct account *account, struct text *t);

/*
 * Adds how to ask for it: the console's path, and what AWS may ask by reply;
 * for a region ("" not known).
 */
void
account_how(const char *region, struct text *t);

/* Adds the line for CloudShell whose answer account_read takes. */
void
account_line(const char *region, struct text *t);

#endif
