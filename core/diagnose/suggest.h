/*
 * Labels for a custom MAIL FROM that nothing uses yet.  SES wants a name of
 * its own with exactly one MX (AWS SES Developer Guide, "Using a custom MAIL
 * FROM domain"), so a name that has any record is never suggested.  Pure: the
 * answers come from the log, the questions go the way of all others.
 */
#ifndef DNSESAME_SUGGEST_H
#define DNSESAME_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dns/delegation.h"
#include "dns/observe.h"
#include "ses/plan.h"

enum {
	SUGGESTIONS = 3,
	SUGGEST_QUESTIONS = 2 * (SUGGESTIONS + 1)
};

enum suggest_state {
	SUGGEST_UNKNOWN,	/* could not find out, or not yet */
	SUGGEST_FREE,		/* the authority and our recursion say so */
	SUGGEST_TAKEN,		/* something stands there */
	SUGGEST_SES		/* an SES feedback host does: ours, maybe */
};

struct suggestion {
	const char *label;	/* "bounce" */
	struct name name;
	enum suggest_state state;
};

void
suggest_mail_from(struct suggestion out[static SUGGESTIONS],
    const struct plan *plan, const struct delegation *delegation,
    const struct observe_log *log);

/*
 * What must be asked for that, with a random sibling that shows a wildcard;
 * how many.  None before a server of the zone has spoken.
 */
size_t
suggest_questions(struct question out[static SUGGEST_QUESTIONS],
    const struct plan *plan, const struct delegation *delegation,
    const struct observe_log *log);

/*
 * A translated line: which are free, or that nobody could tell.  looking: a
 * look is under way.
 */
void
suggest_text(const struct suggestion suggestion[static SUGGESTIONS],
    bool looking, struct text *t);

/* True when something else is known to stand at this name. */
bool
suggest_is_taken(const struct suggestion suggestion[static SUGGESTIONS],
    const struct name *name);

#endif
