/*
 * What the command line, the imported document and the saved answers say of
 * the identity, laid over one another in the order saved, document, options.
 */
#ifndef DNSESAME_ANSWERS_H
#define DNSESAME_ANSWERS_H

#include <stdbool.h>

#include "options.h"
#include "provider.h"
#include "session.h"

struct answers {
	struct session session;		/* identity, step, ticks */
	bool saved;			/* something was loaded */
	const struct provider *provider;	/* chosen, or NULL */
};

/*
 * 0, or the exit status (sysexits.h) after a complaint on stderr.  Without a
 * domain anywhere the last saved one is taken when last is set.
 */
int
answers_gather(struct answers *answers, const struct options *options,
    bool last);

#endif
