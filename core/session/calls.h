/*
 * What the kernel answers with an error from now on, seccomp(2): the calls of
 * calls.def.  Nothing is ever killed for asking; libraries take another way.
 */
#ifndef DNSESAME_CALLS_H
#define DNSESAME_CALLS_H

#include <stdbool.h>

/*
 * For good, for this thread and those it begins.  False where the kernel lacks
 * that, on machines whose calls are not known here, and where a sanitizer
 * watches: it traces its own process.  Needs no-new-privs.
 */
bool
calls_refuse(void);

#endif
