/*
 * The list of what is saved: for dnsesame --list, and to choose from.
 */
#ifndef DNSESAME_SAVED_H
#define DNSESAME_SAVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "session/session.h"

enum {
	SAVED_COLUMNS = 6,	/* domain, region, company, step, SES, age */
	SAVED_TEXT = NAME_TEXT,
	SAVED_DAMAGED = 4 * SESSION_WHY
};

/* All that is saved, the newest first. */
struct saved {
	struct session *row;	/* owned */
	size_t count;
	char damaged[SAVED_DAMAGED];	/* a line a file not understood */
};

/* -1 and a translated sentence: no look is possible. */
int
saved_read(struct saved *saved, char why[static SESSION_WHY]);
void
saved_release(struct saved *saved);

/* What a row shows; "-" for what is not known.  now: ms since 1970. */
void
saved_columns(char column[SAVED_COLUMNS][SAVED_TEXT],
    const struct session *session, int64_t now);

/* The same in a line, without what is not known. */
void
saved_line(struct text *t, const struct session *session, int64_t now);

/*
 * Prints each saved identity, the newest first, in columns or as a JSON
 * document.  A file that is not understood is named on stderr and left out;
 * the status is then 65.  Returns the exit status.
 */
int
saved_list(bool json);

#endif
