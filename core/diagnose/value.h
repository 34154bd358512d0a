/*
 * How a value that was seen differs from the one SES gave: what forms, hands
 * and fonts do to values.  Pure.
 */
#ifndef DNSESAME_VALUE_H
#define DNSESAME_VALUE_H

#include <stdbool.h>

#include "diagnose/claim.h"
#include "ses/plan.h"
#include "dns/rr.h"

enum value_slip {
	VALUE_RIGHT,		/* as wanted, by meaning */
	VALUE_QUOTED,		/* quotes or backslashes became part of it */
	VALUE_ALTERED,		/* cut, case, space, invisible, full-width */
	VALUE_OTHER_REGION,	/* another SES region's host or DKIM zone */
	VALUE_FOREIGN		/* something else */
};

/* rr has the wanted type. */
enum value_slip
value_compare(const struct wanted *wanted, const struct rr *rr);

/* As value_compare() == VALUE_RIGHT, for any type. */
bool
value_is_right(const struct wanted *wanted, const struct rr *rr);

enum {
	VALUE_WORD = 64
};

/* A sign or a word of a value: by its name, or as it stands there. */
struct value_part {
	const char *name;	/* N_(); NULL: text */
	char text[VALUE_WORD];
};

/*
 * What happened to a value that is not as wanted: a sentence, in which {there}
 * is what stands where {belongs} should.
 */
struct value_reason {
	enum claim_kind kind;
	const char *text;	/* N_(); NULL: it shows no such sign */
	struct value_part there, belongs;
};

/* The first sign that is wrong is named.  For values given by SES. */
void
value_reason(struct value_reason *out, const struct wanted *wanted,
    const struct rr *rr);

/*
 * True when rr, of whatever type and wherever it stands, is recognisably the
 * wanted record: the same token, host or text, small slips forgiven.
 */
bool
value_recognise(const struct wanted *wanted, const struct rr *rr);

/*
 * Does rr hold the name of the wanted record, whole or as a form takes it,
 * where its value belongs?
 */
bool
value_is_owner(const struct wanted *wanted, const struct rr *rr,
    const struct name *zone);

/* Is this TXT a DKIM key, or meant as one? */
bool
value_is_key(const struct rr *rr);

/* Has this text the shape of the TXT value of an identity? */
bool
value_is_token(const char *text);

/* Does the text of a value name Amazon SES, perhaps misspelt? */
bool
value_names_ses(const char *text);

/* True when a TXT record begins with prefix, case ignored. */
bool
value_txt_starts(const struct rr *rr, const char *prefix);

#endif
