/*
 * A value taken apart, for those who compare it and those who say in words
 * what happened to it.  For value*.c only.
 */
#ifndef DNSESAME_VALUE_INTERNAL_H
#define DNSESAME_VALUE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ses/plan.h"
#include "dns/rr.h"

enum {
	VALUE_CUT = 8,		/* a piece shorter than this proves nothing */
	VALUE_TYPOS = 2		/* letters that differ in a typed value */
};

/* The octets of a value: text joined, or the labels of the name inside. */
size_t
value_octets(const struct rr *rr, uint8_t *dst, size_t size);

/*
 * What is left of a value, however long, when everything goes that copying
 * adds: blanks, quotes, controls, invisible characters, a scheme, a final dot;
 * full-width letters become ASCII, capitals small.  The caller frees it.
 */
char *
value_core(const struct rr *rr);

/* The same of the wanted value, without an MX's number. */
char *
value_core_wanted(const struct wanted *wanted);

/* Do at most VALUE_TYPOS letters differ, lack or stand too much? */
bool
value_is_near(const char *a, const char *b);

/* The wanted value as value_octets has the one that was seen. */
const char *
value_wanted(const struct wanted *wanted);

#endif
