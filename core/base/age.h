/*
 * How long ago something was, as people say it.
 */
#ifndef DNSESAME_AGE_H
#define DNSESAME_AGE_H

#include <stddef.h>
#include <stdint.h>

enum {
	AGE_TEXT = 64
};

/*
 * "3 min ago" in the language in force; below a minute "just now".  ms: the
 * age in milliseconds.  Returns dst or a constant.
 */
const char *
age_text(int64_t ms, char *dst, size_t size);

/* "30 min", "1 h", "2 days": one day would be no plural. */
const char *
age_span(int minutes, char *dst, size_t size);

/* "59 s", "2 min", "3 h": no longer than that. */
const char *
age_most(int64_t seconds, char *dst, size_t size);

#endif
