#include "diagnose/finding.h"

#include "base/lang.h"

static const struct finding_row rows[FINDING_COUNT] = {
#define FINDING(id, name, state, action, ses, brief, summary, explanation, \
    remedy) \
	[id] = { name, state, action, ses, brief, summary, explanation, \
	    remedy },
#include "diagnose/finding.def"
#undef FINDING
};

static const struct cause_row causes[CAUSE_COUNT] = {
#define CAUSE(id, action, summary, explanation, remedy) \
	[id] = { action, summary, explanation, remedy },
#include "diagnose/cause.def"
#undef CAUSE
};

static const struct {
	const char *text;	/* public: JSON, case files */
	const char *word;	/* of a panel */
} states[STATE_COUNT] = {
	[STATE_OPEN] = { "unknown", N_("UNKNOWN") },
	[STATE_PASS] = { "pass", N_("PASS") },
	[STATE_WARN] = { "warn", N_("NOTE") },
	[STATE_WAIT] = { "wait", N_("WAIT") },
	[STATE_UNKNOWN] = { "unknown", N_("UNKNOWN") },
	[STATE_FAIL] = { "fail", N_("FAIL") },
};

const struct finding_row *
finding_row(enum finding finding)
{
	return &rows[finding];
}

const struct cause_row *
cause_row(enum cause cause)
{
	return cause == CAUSE_NONE ? NULL : &causes[cause];
}

const char *
state_text(enum state state)
{
	return states[state].text;
}

const char *
state_word(enum state state)
{
	return _(states[state].word);
}
