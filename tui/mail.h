/*
 * The command mail: what a received mail shows of the identity that sent it.
 */
#ifndef DNSESAME_TUI_MAIL_H
#define DNSESAME_TUI_MAIL_H

#include "model/options.h"

/* Returns the exit status. */
int
mail_command(const struct options *options);

#endif
