/*
 * What the command line, the imported document and the saved answers say of
 * the identity, laid over one another in the order saved, document, options.
 */
#ifndef DNSESAME_ANSWERS_H
#define DNSESAME_ANSWERS_H

#include <stdbool.h>

#include "ses/account.h"
#include "ses/import.h"
#include "model/options.h"
#include "company/provider.h"
#include "session/session.h"

enum {
	ANSWERS_NOTE = 2048,
	ANSWERS_WHERE = 256,
	ANSWERS_WHY = 1024
};

struct answers {
	struct session session;		/* identity, step, ticks */
	struct session loaded;		/* as it is in the file, */
	bool saved;			/* if there is one, */
	bool last;			/* taken as none was named */
	bool region_named;		/* by an option: it holds */
	const struct provider *provider;	/* chosen, or NULL */
	struct import document;
	bool imported;			/* there is one, */
	struct account account;		/* or get-account's answer in its */
	bool has_account;		/* place, which has no rows */
	/* Where two of them differ and which one holds; "" if nowhere. */
	char note[ANSWERS_NOTE];
	char why[ANSWERS_WHY];		/* after a failure: translated */
};

/*
 * 0, or the exit status (sysexits.h) after a complaint on stderr.  Without a
 * domain anywhere the last saved one is taken when last is set.
 */
int
answers_gather(struct answers *answers, const struct options *options,
    bool last);

/*
 * The same of one line of `check -`: a domain, or a JSON object with "domain",
 * "region" and "provider" as far as they are needed, and beside them what AWS
 * answers, as import understands it.  Complains in why alone.
 */
int
answers_of_line(struct answers *answers, const struct options *options,
    const char *line);

#endif
