#include "draw/title.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "base/lang.h"
#include "base/text.h"

enum {
	TITLE_TEXT = 512,
	NUMBER = 24
};

/*
 * XT: titles are set as xterm does it (tmux sets great store by the same
 * flag); tsl and fsl: the description names a status line that is the title.
 */
bool
title_can(struct title *title)
{
	int error;

	if (!title->asked && isatty(STDOUT_FILENO) &&
	    (cur_term != NULL || setupterm(NULL, STDOUT_FILENO, &error) ==
	    OK)) {
		const char *tsl = tigetstr("tsl");

		title->can = tigetflag("XT") == 1 || (tsl != NULL &&
		    tsl != (const char *)-1 && strstr(tsl, "\033]") == tsl);
	}
	title->asked = true;
	return title->can;
}

void
title_set(struct title *title, const char *text, bool ring,
    char dst[static TITLE_SIZE])
{
	char safe[TITLE_TEXT];

	if (!title_can(title)) {
		snprintf(dst, TITLE_SIZE, "%s", ring && isatty(STDOUT_FILENO) ?
		    "\a" : "");
		return;
	}
	text_safe(safe, sizeof safe, text, strlen(text));
	/* The terminal keeps the old one on a stack of its own (xterm). */
	snprintf(dst, TITLE_SIZE, "%s\033]2;%s\033\\%s",
	    title->set ? "" : "\033[22;2t", safe, ring ? "\a" : "");
	title->set = true;
}

const char *
title_restore(struct title *title)
{
	if (!title->set)
		return "";
	title->set = false;
	return "\033[23;2t";
}

void
title_text(const struct check *check, struct text *t)
{
	char domain[NAME_TEXT], right[NUMBER], all[NUMBER];
	size_t good = 0, count = 0;
	const struct text_place places[] = {
		{ "domain", name_unicode(&check->plan.domain, domain) },
		{ "right", right },
		{ "all", all },
		{ NULL, NULL },
	};

	for (size_t i = 0; i < check->plan.count; i++) {
		if (!check->plan.wanted[i].required)
			continue;
		count++;
		good += check->diagnosis.record[i].state <= STATE_WARN;
	}
	snprintf(right, sizeof right, "%zu", good);
	snprintf(all, sizeof all, "%zu", count);
	text_add_filled(t, _("{domain}: {right} of {all} right"), places);
}
