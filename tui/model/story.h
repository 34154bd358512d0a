/*
 * The rows of the check in words: the records, then the domain's findings.
 * What each is called, how it stands, and what to tell of it.  No curses.
 */
#ifndef DNSESAME_STORY_H
#define DNSESAME_STORY_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnose/check.h"
#include "report/report.h"

enum {
	STORY_WORDS = 60	/* wrap_words that a small screen shows of it */
};

/* A few words for the table; translated, "" when there is nothing to say. */
const char *
story_short(const struct check *check, size_t row);

size_t
story_rows(const struct check *check);

/* The state of a row; false while it is not known yet. */
bool
story_state(const struct check *check, size_t row, enum state *state);

/*
 * What needs the user most: the worst row.  A trouble of the whole domain
 * explains the records that are as bad.
 */
size_t
story_worst(const struct check *check);

/* "DKIM 1", "Domain"; into buf. */
const char *
story_title(const struct check *check, size_t row);

/* t becomes one part of what is to be told of a row. */
void
story_sentence(const struct check *check, size_t row, enum report_part part,
    struct text *t);

/* t becomes the whole of it, with explanation and who sees what. */
void
story_text(const struct check *check, size_t row, struct text *t);

#endif
