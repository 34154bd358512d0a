/*
 * The vocabulary of findings: one row each in finding.def, public names.
 */
#ifndef DNSESAME_FINDING_H
#define DNSESAME_FINDING_H

#include <stddef.h>

#include "diagnose/remedy.h"

/*
 * From best to worst; a verdict is the worst.  What nobody has judged is not
 * right for that: it is said, and exits, as unknown.
 */
enum state {
	STATE_OPEN,		/* of memory that was cleared, too */
	STATE_PASS,
	STATE_WARN,
	STATE_WAIT,
	STATE_UNKNOWN,
	STATE_FAIL,
	STATE_COUNT
};

enum finding {
#define FINDING(id, name, state, action, ses, brief, summary, explanation, \
    remedy) \
	id,
#include "diagnose/finding.def"
#undef FINDING
	FINDING_COUNT
};

/* Why, where the finding alone does not say. */
enum cause {
	CAUSE_NONE,
#define CAUSE(id, action, summary, explanation, remedy) id,
#include "diagnose/cause.def"
#undef CAUSE
	CAUSE_COUNT
};

struct finding_row {
	const char *name;	/* "doubled-name": never changes its meaning */
	enum state state;
	enum remedy_do action;	/* what is to be done, as a rule */
	const char *ses_error;	/* what SES would say, NULL: nothing */
	const char *brief;	/* N_(): a few words for a table; of records */
	const char *summary;	/* gettext msgids with named places */
	const char *explanation;	/* beside the claims; NULL: nothing */
	const char *remedy;
};

const struct finding_row *
finding_row(enum finding finding);

struct cause_row {
	enum remedy_do action;	/* in place of the finding's */
	const char *summary;	/* NULL: the finding's own */
	const char *explanation;
	const char *remedy;
};

/* The sentences in place of the finding's own; NULL for CAUSE_NONE. */
const struct cause_row *
cause_row(enum cause cause);

/* "pass", "warn", "wait", "unknown", "fail". */
const char *
state_text(enum state state);

/* The word of a panel, translated: PASS NOTE WAIT UNKNOWN FAIL. */
const char *
state_word(enum state state);

#endif
