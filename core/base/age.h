/*
 * How long ago something was, how long it takes, as people say it: what is
 * added to a text, in the language in force.
 */
#ifndef DNSESAME_AGE_H
#define DNSESAME_AGE_H

#include <stdint.h>

#include "base/text.h"

/* "3 min ago"; below a minute "just now".  ms: the age in milliseconds. */
void
age_text(struct text *t, int64_t ms);

/* "30 min", "1 h", "2 days": one day would be no plural. */
void
age_span(struct text *t, int minutes);

/* "59 s", "2 min", "3 h": no longer than that. */
void
age_most(struct text *t, int64_t seconds);

#endif
