/*
 * The wizard line by line: the same six steps, texts and model as on the
 * screen, for screen readers, for terminals that cannot be drawn on, and with
 * --plain from a pipe.
 */
#ifndef DNSESAME_PLAIN_H
#define DNSESAME_PLAIN_H

#include "model/app.h"

/* Runs it to its end; 0, or the exit status after a complaint. */
int
plain_run(const struct app_options *options);

#endif
