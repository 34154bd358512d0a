/*
 * The wizard: six steps on a terminal, one loop over keyboard, signals and
 * answers.  Nothing in it ever waits for a name server.
 */
#ifndef DNSESAME_APP_H
#define DNSESAME_APP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ses/identity.h"
#include "diagnose/probe.h"
#include "company/provider.h"
#include "session/session.h"
#include "dns/world.h"

struct app_options {
	const struct identity *identity;	/* known so far */
	const struct session *session;		/* loaded, or NULL */
	const struct session *base;		/* as it is in the file */
	bool last;				/* saved last: none was named */
	const struct provider *provider;	/* chosen, or NULL */
	const char *note;			/* to be told first, or "" */
	struct world *world;			/* borrowed */
	bool practice;
	bool colour;
	bool ascii;
	int64_t budget;				/* ms of a check, 0 default */
	struct probe_vantages also;		/* resolvers the user named */
	FILE *record;				/* borrowed, or NULL */
};

/* Runs the wizard to its end; the exit status. */
int
app_run(const struct app_options *options);

#endif
