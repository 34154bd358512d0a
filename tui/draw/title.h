/*
 * The title of the terminal's window, where TERM says that it has one.  The
 * functions only give the sequences; whoever owns the terminal writes them.
 */
#ifndef DNSESAME_TITLE_H
#define DNSESAME_TITLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "diagnose/check.h"

enum {
	TITLE_SIZE = 1024
};

struct title {
	bool asked, can;	/* the description of the terminal */
	bool set;		/* there is something to restore */
};

/* TERM says that titles are set as xterm does it. */
bool
title_can(struct title *title);

/* The bell, and text as title; the old title is kept by the terminal. */
void
title_set(struct title *title, const char *text, bool ring,
    char dst[static TITLE_SIZE]);

/* The title before the first title_set; "" when there is none to restore. */
const char *
title_restore(struct title *title);

/* "example.jp: 3 of 6 right" */
void
title_text(const struct check *check, struct text *t);

#endif
