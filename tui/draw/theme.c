#include "draw/theme.h"

#include <string.h>

#include "base/lang.h"
#include "draw/term.h"

enum {
	DEFAULT = -1,
	BRIGHT = 8
};

/* Foregrounds by how many colours there are, then what always holds. */
struct look {
	short many, sixteen, eight;
	attr_t attr;		/* with colour */
	attr_t plain;		/* without */
};

/*
 * Of 256 colours those that stand out from white as well as from black, by
 * 2.9 to 1 at least.  The first eight differ from terminal to terminal, so
 * with them only words and signs are coloured, never sentences.
 */
static const struct look looks[ROLE_COUNT] = {
	[ROLE_TEXT] = { DEFAULT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_TITLE] = { DEFAULT, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_STEP] = { DEFAULT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_STEP_CURRENT] = { 32, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_STEP_FAR] = { 244, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_FOCUS] = { 32, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_LABEL] = { DEFAULT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_VALUE] = { DEFAULT, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_WARNING] = { 136, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_PASS] = { 34, COLOR_GREEN, COLOR_GREEN, A_BOLD, A_NORMAL },
	[ROLE_NOTE] = { 32, BRIGHT | COLOR_BLUE, COLOR_BLUE, A_BOLD,
	    A_NORMAL },
	[ROLE_WAIT] = { 136, COLOR_YELLOW, COLOR_YELLOW, A_BOLD, A_BOLD },
	[ROLE_FAIL] = { 196, BRIGHT | COLOR_RED, COLOR_RED, A_BOLD,
	    A_BOLD | A_REVERSE },
	[ROLE_UNKNOWN] = { 244, DEFAULT, DEFAULT, A_BOLD, A_UNDERLINE },
	[ROLE_HINT] = { 244, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_HINT_KEY] = { DEFAULT, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_DIFFERENCE] = { 196, BRIGHT | COLOR_RED, COLOR_RED, A_BOLD,
	    A_REVERSE },
	[ROLE_RULE] = { 244, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
};

static short
colour_of(const struct look *look)
{
	if (COLORS >= 256)
		return look->many;
	return COLORS >= 16 ? look->sixteen : look->eight;
}

void
theme_init(struct theme *theme, bool colour, bool ascii)
{
	memset(theme, 0, sizeof *theme);
	theme->ascii = ascii;
	colour = colour && has_colors() && start_color() == OK &&
	    use_default_colors() == OK && COLORS >= 8;
	for (int role = 0; role < ROLE_COUNT; role++) {
		const struct look *look = &looks[role];

		theme->attr[role] = colour ? look->attr : look->plain;
		if (!colour || colour_of(look) == DEFAULT)
			continue;
		theme->pair[role] = (short)(role + 1);
		init_pair(theme->pair[role], colour_of(look), DEFAULT);
	}
}

bool
theme_lines(const struct theme *theme)
{
	enum term_lines lines = term_lines();

	if (theme->ascii || lines == TERM_LINES_WIDE)
		return false;
	return lines == TERM_LINES_NARROW || lang_current() != LANG_JA;
}

enum role
theme_state(enum state state)
{
	static const enum role roles[STATE_COUNT] = {
		[STATE_OPEN] = ROLE_UNKNOWN,
		[STATE_PASS] = ROLE_PASS,
		[STATE_WARN] = ROLE_NOTE,
		[STATE_WAIT] = ROLE_WAIT,
		[STATE_UNKNOWN] = ROLE_UNKNOWN,
		[STATE_FAIL] = ROLE_FAIL,
	};

	return roles[state];
}

char
theme_sign(enum state state)
{
	static const char signs[STATE_COUNT] = {
		[STATE_OPEN] = '?',
		[STATE_PASS] = '+',
		[STATE_WARN] = '*',
		[STATE_WAIT] = '~',
		[STATE_UNKNOWN] = '?',
		[STATE_FAIL] = '!',
	};

	return signs[state];
}
