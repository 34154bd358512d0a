/*
 * The 72 hours: how long AWS goes on looking for the rows (AWS SES Developer
 * Guide: from the creation of an identity).  What is said when they are over
 * stands in report/report-ses.c.
 */
#ifndef DNSESAME_WINDOW_H
#define DNSESAME_WINDOW_H

#include <stdint.h>

#include "base/text.h"
#include "ses/identity.h"

enum {
	WINDOW_LENGTH = 72 * 60 * 60 * 1000	/* ms */
};

/*
 * When AWS stops looking, ms since 1970; 0 when it is not looking or nobody
 * knows since when.
 */
int64_t
window_end(const struct identity *identity);

/*
 * Adds "AWS goes on looking until ... at the latest"; nothing when window_end
 * is 0.  It may have begun before the user said so.
 */
void
window_text(struct text *t, const struct identity *identity, int64_t now);

#endif
