/*
 * TXT records against an own DKIM key (BYODKIM): which holds it, and which
 * holds only a piece.  What else stands in such a record is dkim-key's
 * affair; the key behind an Easy DKIM CNAME is mailkey's.  Pure.
 */
#ifndef DNSESAME_OWN_KEY_H
#define DNSESAME_OWN_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/dkim-key.h"
#include "dns/rr.h"

/* Reads a TXT as a key; true when its p= is this key, base64, blanks aside. */
bool
own_key_same(const struct rr *rr, const char *key, struct dkim_key *out);

/* True when the record may be used as it is. */
bool
own_key_right(const struct rr *rr, const char *key);

/* True when the record holds a good part of the key, or all of it. */
bool
own_key_part(const struct rr *rr, const char *key);

/*
 * True when these records, TXT all of them, are the pieces of the key: each
 * has one, and together they have it all.
 */
bool
own_key_split(const struct rr *const rr[], size_t count, const char *key);

/* True when the record holds the key but for its plus signs. */
bool
own_key_lost_plus(const struct rr *rr, const char *key);

/* True when the strings of one record are pieces in the wrong order. */
bool
own_key_shuffled(const struct rr *rr, const char *key);

#endif
