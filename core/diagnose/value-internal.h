/*
 * A value taken apart, for those who compare it and those who say in words
 * what happened to it.  For value*.c only.
 */
#ifndef DNSESAME_VALUE_INTERNAL_H
#define DNSESAME_VALUE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "ses/plan.h"
#include "dns/rr.h"

enum {
	VALUE_CORE = 1024,	/* octets of a value's core that are compared */
	VALUE_CUT = 8,		/* a piece shorter than this proves nothing */
	VALUE_TYPOS = 2		/* letters that differ in a typed value */
};

/* The octets of a value: text joined, or the labels of the name inside. */
size_t
value_octets(const struct rr *rr, uint8_t *dst, size_t size);

/*
 * What is left of a value when everything goes that copying adds: blanks,
 * quotes, controls, invisible characters, a scheme, a final dot; full-width
 * letters become ASCII, capitals small.
 */
void
value_core(char core[static VALUE_CORE], const struct rr *rr);

/* The same of the wanted value, without an MX's number. */
void
value_core_wanted(char core[static VALUE_CORE], const struct wanted *wanted);

/* How many letters differ; VALUE_CORE when the lengths do. */
size_t
value_typos(const char *a, const char *b);

#endif
