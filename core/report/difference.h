/*
 * What was wanted and what is there, one above the other: of a row the part
 * that differs, name with name, type with type, value with value.
 */
#ifndef DNSESAME_DIFFERENCE_H
#define DNSESAME_DIFFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnose/check.h"

enum difference_part {
	DIFFERENCE_NAME,
	DIFFERENCE_TYPE,
	DIFFERENCE_VALUE,
	DIFFERENCE_MAIL_FROM	/* the row's name is right, what AWS has not */
};

/* Stands while the check and its values do, and is not copied. */
struct difference {
	enum difference_part part;
	const char *wanted, *found;	/* values of the check, or in name */
	char name[2][NAME_TEXT];
	size_t from, to;	/* octets of found that are wrong; to < from:
				   none is */
	const char *what;	/* a few words for them, translated */
};

/* "name", as JSON has it; "wanted name" and "found name", translated. */
const char *
difference_text(enum difference_part part);
const char *
difference_wanted(enum difference_part part);
const char *
difference_found(enum difference_part part);

/*
 * Of record index and the row found first.  False when there are no two texts
 * to compare, or they are the same.
 */
bool
difference_of(const struct check *check, size_t index, struct difference *d);

#endif
