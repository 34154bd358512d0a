/*
 * The wizard: six steps on a terminal, one loop over keyboard, signals and
 * answers.  Nothing in it ever waits for a name server.
 */
#ifndef DNSESAME_WIZARD_H
#define DNSESAME_WIZARD_H

#include "model/app.h"

/* Runs it to its end; 0, or the exit status after a complaint. */
int
wizard_run(const struct app_options *options);

#endif
