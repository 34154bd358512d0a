/*
 * The exit status of `check` and `mail`, in the order monitoring plug-ins
 * expect; what is above 3 is of sysexits.h and stands where it happens.
 */
#ifndef DNSESAME_EXIT_STATUS_H
#define DNSESAME_EXIT_STATUS_H

#include "diagnose/finding.h"

/* 0 pass, 1 wait or a note, 2 fail, 3 unknown. */
int
exit_status(enum state verdict);

#endif
