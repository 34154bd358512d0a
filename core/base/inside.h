/*
 * Files that the program carries in itself and so need not be installed.  The
 * ordinary build carries none (inside-none.c); `make static` links the table
 * that core/base/alone/inside makes in its place.
 */
#ifndef DNSESAME_INSIDE_H
#define DNSESAME_INSIDE_H

#include <stddef.h>
#include <stdint.h>

#define INSIDE_CATALOGUE "catalogue/"	/* and the language: "ja" */
#define INSIDE_TERMINFO "terminfo/"	/* and the type: "linux" */
#define INSIDE_LICENCES "licences"	/* packed.h */
#define INSIDE_CTYPE "ctype"		/* LC_CTYPE of C.UTF-8 */

struct inside {
	const char *name;
	const uint8_t *bytes;	/* lives as long as the program */
	size_t size;
};

/* Ends with a name that is NULL. */
extern const struct inside inside_files[];

/* The file, kind and name together; NULL: not carried. */
const struct inside *
inside_find(const char *kind, const char *name);

#endif
