#include "base/age.h"

#include <stdio.h>

#include "base/lang.h"
#include "base/text.h"

enum {
	HOUR = 60,		/* minutes */
	DAY = 24 * HOUR
};

const char *
age_text(int64_t ms, char *dst, size_t size)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} units[] = {
		{ 86400, N_("{n} days ago") },
		{ 3600, N_("{n} h ago") },
		{ 60, N_("{n} min ago") },
	};
	char number[24];
	const struct text_place places[] = { { "n", number }, { NULL, NULL } };

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		int64_t n = ms / 1000 / units[i].seconds;

		/* One day would be no plural: up to 48 h are said in hours. */
		if (n < (i == 0 ? 2 : 1))
			continue;
		snprintf(number, sizeof number, "%lld", (long long)n);
		text_fill(dst, size, _(units[i].text), places);
		return dst;
	}
	return _("just now");
}

/*
 * Rounded up: it is a promise.  A number and its sign, so that one of them
 * needs no other word.
 */
const char *
age_most(int64_t seconds, char *dst, size_t size)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} units[] = {
		{ 3600, N_("{n} h") },
		{ 60, N_("{n} min") },
		{ 1, N_("{n} s") },
	};
	char number[24];
	const struct text_place places[] = { { "n", number }, { NULL, NULL } };
	size_t i = 0;

	if (seconds < 0)
		seconds = 0;
	while (units[i].seconds > 1 && seconds < units[i].seconds)
		i++;
	snprintf(number, sizeof number, "%lld", (long long)
	    ((seconds + units[i].seconds - 1) / units[i].seconds));
	text_fill(dst, size, _(units[i].text), places);
	return dst;
}

const char *
age_span(int minutes, char *dst, size_t size)
{
	static const struct {
		int least, minutes;
		const char *text;
	} units[] = {
		{ 2 * DAY, DAY, N_("{n} days") },
		{ HOUR, HOUR, N_("{n} h") },
		{ 0, 1, N_("{n} min") },
	};
	char number[16];
	const struct text_place places[] = { { "n", number }, { NULL, NULL } };
	size_t i = 0;

	while (minutes < units[i].least)
		i++;
	snprintf(number, sizeof number, "%d", minutes / units[i].minutes);
	text_fill(dst, size, _(units[i].text), places);
	return dst;
}
