/*
 * The fields of a mail's header (RFC 5322 section 2.2), as people copy them
 * out of a mailbox.  Pure; a field points into the text it was read from.
 */
#ifndef DNSESAME_HEADER_H
#define DNSESAME_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

struct header_line {
	const char *text;
	size_t len;		/* without the end of the line */
};

/* The line that starts at *at, which moves behind it.  False at the end. */
bool
header_line_next(struct header_line *out, const char *text, size_t len,
    size_t *at);

/* Nothing but blanks. */
bool
header_line_is_blank(const struct header_line *line);

struct header_field {
	const char *name;
	size_t name_len;
	const char *value;	/* with its folds, no blanks before it */
	size_t value_len;
	bool joined;		/* a line of it lacks the blank before it */
};

/* "Name: value" on one line. */
bool
header_field_begins(struct header_field *out, const struct header_line *line);

/*
 * The field that starts at *at, with the lines that belong to it; *at moves
 * behind it.  A line that neither begins with a blank nor is a field was cut
 * off the one before it in copying.  False at a blank line or the end.
 */
bool
header_field_next(struct header_field *out, const char *text, size_t len,
    size_t *at);

/* True when the field has this name, case ignored. */
bool
header_field_is(const struct header_field *field, const char *name);

/*
 * The domain of the first address of a list (RFC 5322 section 3.4).  Returns
 * how many addresses there are; only with one or more is *out set.
 */
size_t
header_addresses(struct name *out, const char *value, size_t len);

/*
 * A date of RFC 5322 section 3.3, the last one behind a semicolon if there is
 * one, as ms since 1970; 0 when there is none.
 */
int64_t
header_date(const char *value, size_t len);

#endif
