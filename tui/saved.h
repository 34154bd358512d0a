/*
 * The list of what is saved: dnsesame --list.
 */
#ifndef DNSESAME_SAVED_H
#define DNSESAME_SAVED_H

#include <stdbool.h>

/*
 * Prints each saved identity, the newest first, in columns or as a JSON
 * document.  A file that is not understood is named on stderr and left out;
 * the status is then 65.  Returns the exit status.
 */
int
saved_list(bool json);

#endif
