/*
 * The end of what a command prints.
 */
#ifndef DNSESAME_OUTPUT_H
#define DNSESAME_OUTPUT_H

#include <stdio.h>

/*
 * Flushes it.  0, or EX_IOERR after a complaint on stderr; nothing is said
 * where whoever reads has closed the pipe.
 */
int
output_finish(FILE *out);

#endif
