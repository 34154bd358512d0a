/*
 * What is to be minded on a card, a line a sentence, and how much of it one
 * reads.  No curses.
 */
#ifndef DNSESAME_MIND_H
#define DNSESAME_MIND_H

#include <stdbool.h>

#include "base/text.h"
#include "company/provider.h"

enum {
	MIND_WORDS = 70,	/* wrap_words of a small screen; */
	MIND_FIRST = 3,		/* sentences that stand there in any case */
	MIND_MORE = 4		/* what says that there is more */
};

/* The save buttons: many rows were lost for want of the last press. */
void
mind_save(struct text *t, const struct provider *company);

/* one becomes the first sentence of rest; returns those behind it. */
const char *
mind_next(struct text *one, const char *rest);

/*
 * Takes the last sentence out of note, but never the one that the rows of
 * others are to stay; false when there is no other.
 */
bool
mind_drop(struct text *note);

/*
 * Takes out of note the sentences that would be too many beside so many words:
 * they wait in the help.  Returns the words there are then.
 */
size_t
mind_shorten(struct text *note, size_t words);

#endif
