/*
 * Roles, not colours: what a text means, and how that looks on a terminal of
 * 256, 16, 8 or no colours.  A word always says the same beside the colour.
 */
#ifndef DNSESAME_THEME_H
#define DNSESAME_THEME_H

#include <stdbool.h>

#include <curses.h>

#include "diagnose/finding.h"

enum role {
	ROLE_TEXT,
	ROLE_TITLE,
	ROLE_STEP,		/* a step that can be gone to */
	ROLE_STEP_CURRENT,
	ROLE_STEP_FAR,		/* not yet */
	ROLE_FOCUS,		/* the row or field in focus */
	ROLE_LABEL,
	ROLE_VALUE,		/* exactly what goes into a field */
	ROLE_WARNING,
	ROLE_PASS,
	ROLE_NOTE,
	ROLE_WAIT,
	ROLE_FAIL,
	ROLE_UNKNOWN,
	ROLE_HINT,
	ROLE_HINT_KEY,
	ROLE_DIFFERENCE,	/* what is too much or wrong */
	ROLE_RULE,		/* lines between parts */
	ROLE_COUNT
};

struct theme {
	attr_t attr[ROLE_COUNT];
	short pair[ROLE_COUNT];
	bool ascii;		/* borders and signs in ASCII */
};

/* After term_open.  colour: wanted at all. */
void
theme_init(struct theme *theme, bool colour, bool ascii);

/*
 * Drawing lines: only where the terminal was seen to draw them one column
 * wide; where it does not tell, unless the language is Japanese, for then it
 * may well draw them two wide.
 */
bool
theme_lines(const struct theme *theme);

/* The role of a verdict, and the sign before its word. */
enum role
theme_state(enum state state);
char
theme_sign(enum state state);

#endif
