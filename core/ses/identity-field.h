/*
 * The fields of an identity as one table (identity.def): what is saved and
 * what is recorded is written and read by it, so that no field is left out.
 */
#ifndef DNSESAME_IDENTITY_FIELD_H
#define DNSESAME_IDENTITY_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "ses/identity.h"

enum {
	IDENTITY_FIELD = 512	/* the text of a field */
};

/* Who told it: the user, or SES of the identity's state. */
enum identity_part {
	IDENTITY_OF_USER,
	IDENTITY_OF_SES
};

/* How its text is to be taken. */
enum identity_how {
	IDENTITY_TEXT,
	IDENTITY_LIST,		/* several texts, each set by itself */
	IDENTITY_TIME,		/* ms since 1970 */
	IDENTITY_FLAG		/* "1" */
};

struct identity_field {
	const char *name;	/* "dkim_zone" */
	enum identity_part part;
	enum identity_how how;
	/* The text, of a list the index-th; false, and "", when unset. */
	bool (*get)(const struct identity *identity, size_t index,
	    char text[static IDENTITY_FIELD]);
	/* Checks and sets it; -1 and a msgid in *why.  "" where unset. */
	int (*set)(struct identity *identity, const char *text,
	    const char **why);
};

extern const struct identity_field identity_fields[];
extern const size_t identity_field_count;

#endif
