/*
 * What is pasted: between the brackets of mode 2004, where the terminal has
 * it, else what comes faster than anybody types.  However much it is, no more
 * is kept than a document may be long, and the rest is read past.
 */
#ifndef DNSESAME_PASTE_H
#define DNSESAME_PASTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/turn.h"

struct paste {
	char *text;		/* owned, ends with NUL once there is any */
	size_t len, size;
	size_t matched;		/* octets of the mark that may be its end */
};

/* Nothing is left of the one before. */
void
paste_begin(struct paste *paste);

void
paste_add(struct paste *paste, const char *text, size_t len);

/*
 * More of a paste in brackets, of which so many octets can be read from fd at
 * once: until its end, when it returns true, or until the turn is over.  What
 * comes behind the end is left to be read by others.
 */
bool
paste_read(struct paste *paste, int fd, int octets, const struct turn *turn);

/*
 * Of a paste without brackets that is longer than any document, what can be
 * read from fd at once is read past, but for the last of it, where keys may
 * stand that were typed behind it.
 */
void
paste_skip(const struct paste *paste, int fd);

#endif
