#include "base/age.h"

#include <stdio.h>

#include "base/lang.h"

enum {
	HOUR = 60,		/* minutes */
	DAY = 24 * HOUR
};

/* "{n} h" and the like. */
static void
add_number(struct text *t, const char *tmpl, int64_t n)
{
	char number[24];
	const struct text_place places[] = { { "n", number }, { NULL, NULL } };

	snprintf(number, sizeof number, "%lld", (long long)n);
	text_add_filled(t, _(tmpl), places);
}

void
age_text(struct text *t, int64_t ms)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} units[] = {
		{ 86400, N_("{n} days ago") },
		{ 3600, N_("{n} h ago") },
		{ 60, N_("{n} min ago") },
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		int64_t n = ms / 1000 / units[i].seconds;

		/* One day would be no plural: up to 48 h are said in hours. */
		if (n >= (i == 0 ? 2 : 1)) {
			add_number(t, units[i].text, n);
			return;
		}
	}
	text_add(t, _("just now"));
}

/*
 * Rounded up: it is a promise.  A number and its sign, so that one of them
 * needs no other word.
 */
void
age_most(struct text *t, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} units[] = {
		{ 3600, N_("{n} h") },
		{ 60, N_("{n} min") },
		{ 1, N_("{n} s") },
	};
	size_t i = 0;

	if (seconds < 0)
		seconds = 0;
	while (units[i].seconds > 1 && seconds < units[i].seconds)
		i++;
	add_number(t, units[i].text,
	    (seconds + units[i].seconds - 1) / units[i].seconds);
}

void
age_span(struct text *t, int minutes)
{
	static const struct {
		int least, minutes;
		const char *text;
	} units[] = {
		{ 2 * DAY, DAY, N_("{n} days") },
		{ HOUR, HOUR, N_("{n} h") },
		{ 0, 1, N_("{n} min") },
	};
	size_t i = 0;

	while (minutes < units[i].least)
		i++;
	add_number(t, units[i].text, minutes / units[i].minutes);
}
