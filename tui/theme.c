#include "theme.h"

#include <string.h>

#include "lang.h"

enum {
	DEFAULT = -1
};

/* Foregrounds by how many colours there are, then what always holds. */
struct look {
	short many, sixteen, eight;
	attr_t attr;		/* with colour */
	attr_t plain;		/* without */
};

static const struct look looks[ROLE_COUNT] = {
	[ROLE_TEXT] = { DEFAULT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_TITLE] = { DEFAULT, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_STEP] = { DEFAULT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_STEP_CURRENT] = { 33, COLOR_CYAN, COLOR_CYAN, A_BOLD, A_BOLD },
	[ROLE_STEP_FAR] = { 245, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_FOCUS] = { 33, COLOR_CYAN, COLOR_CYAN, A_BOLD, A_BOLD },
	[ROLE_LABEL] = { DEFAULT, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_VALUE] = { DEFAULT, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_WARNING] = { 172, COLOR_YELLOW, COLOR_YELLOW, A_NORMAL, A_BOLD },
	[ROLE_PASS] = { 34, COLOR_GREEN, COLOR_GREEN, A_BOLD, A_NORMAL },
	[ROLE_NOTE] = { 33, COLOR_BLUE, COLOR_BLUE, A_BOLD, A_NORMAL },
	[ROLE_WAIT] = { 172, COLOR_YELLOW, COLOR_YELLOW, A_BOLD, A_BOLD },
	[ROLE_FAIL] = { 160, COLOR_RED, COLOR_RED, A_BOLD,
	    A_BOLD | A_REVERSE },
	[ROLE_UNKNOWN] = { 245, DEFAULT, DEFAULT, A_BOLD, A_UNDERLINE },
	[ROLE_HINT] = { 245, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
	[ROLE_HINT_KEY] = { DEFAULT, DEFAULT, DEFAULT, A_BOLD, A_BOLD },
	[ROLE_DIFFERENCE] = { 160, COLOR_RED, COLOR_RED, A_BOLD,
	    A_REVERSE },
	[ROLE_RULE] = { 245, DEFAULT, DEFAULT, A_NORMAL, A_NORMAL },
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
	return !theme->ascii && lang_current() != LANG_JA;
}

enum role
theme_state(enum state state)
{
	static const enum role roles[STATE_COUNT] = {
		[STATE_PASS] = ROLE_PASS,
		[STATE_WARN] = ROLE_NOTE,
		[STATE_WAIT] = ROLE_WAIT,
		[STATE_UNKNOWN] = ROLE_UNKNOWN,
		[STATE_FAIL] = ROLE_FAIL,
	};

	return roles[state];
}
