/*
 * From "verified" to "arrived": what step 6 says of it and what is pasted
 * there, for the screens and line by line alike.  No curses.
 */
#ifndef DNSESAME_MAILBOX_H
#define DNSESAME_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "diagnose/arrival.h"
#include "diagnose/check.h"
#include "ses/account.h"

enum mailbox_topic {
	MAILBOX_MAIL,		/* prove it with one mail */
	MAILBOX_SANDBOX,
	MAILBOX_DMARC,
	MAILBOX_TOPICS
};

/* What was pasted, as it was judged; the mail itself is not kept. */
struct mailbox {
	bool has_arrival, has_account;
	struct arrival arrival;
	int64_t at;		/* when it was pasted, ms since 1970 */
	struct account account;
	const char *why;	/* N_(): the last paste was not understood */
};

/* Msgids: the line that leads here, and how to paste. */
extern const char mailbox_line[], mailbox_paste[];

/* The topics as lines of a menu, msgids. */
extern const char *const mailbox_topic[MAILBOX_TOPICS];

/*
 * Takes a paste: a mail's source or the answer of get-account.  True, and
 * *topic what it was; else mailbox->why is set.
 */
bool
mailbox_take(struct mailbox *mailbox, const struct identity *identity,
    const char *text, size_t len, int64_t now, enum mailbox_topic *topic);

/* The arrival beside a look that ended since it was pasted, if one has. */
void
mailbox_arrival(const struct mailbox *mailbox, const struct check *check,
    struct arrival *out);

/* Adds what there is to say of a topic: lines, translated. */
void
mailbox_tell(const struct mailbox *mailbox, enum mailbox_topic topic,
    const struct check *check, struct text *t);

#endif
