/*
 * The help, as data (help.def): what SES wants and why, where AWS shows what,
 * what goes wrong and what to do then.  Read by the help screen and by the
 * wizard line by line.
 */
#ifndef DNSESAME_HELP_H
#define DNSESAME_HELP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "diagnose/check.h"

struct help {
	unsigned steps;		/* bits 1 << step, 1 to 6 */
	const char *causes;	/* numbers of tests/FAULTS.md, "" none */
	const char *title;	/* N_() */
	const char *text;	/* N_(), paragraphs apart by an empty line */
};

/* All topics in the order of telling; *count is set. */
const struct help *
help_table(size_t *count);

/* Is this topic told at that step? */
bool
help_applies(const struct help *help, int step);

/* Topics about the company in force. */
enum help_company {
	HELP_COMPANY_PAGE,	/* its form, and what to mind there */
	HELP_COMPANY_DIFFERS,	/* what to do when the form is another */
	HELP_COMPANIES
};

extern const char *const help_company_title[HELP_COMPANIES];

void
help_company(struct text *t, const struct check *check,
    enum help_company about);

#endif
