/*
 * Many domains over one network: dnsesame check -
 */
#ifndef DNSESAME_MANY_H
#define DNSESAME_MANY_H

#include "model/options.h"

/*
 * Reads domains or JSON objects from standard input, one a line, looks at each
 * once, and prints a JSON document a line as each look ends.  A line that
 * cannot be used gets a document with "error"; the others go on.  Returns the
 * worst exit status of all.
 */
int
many_check(const struct options *options);

#endif
