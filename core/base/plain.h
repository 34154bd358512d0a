/*
 * A file that is handed to somebody who takes whatever stands in it.
 */
#ifndef DNSESAME_PLAIN_H
#define DNSESAME_PLAIN_H

#include <stdbool.h>

/*
 * A regular file of a megabyte at most, all of which a terminal may be shown,
 * or /dev/null?
 * libunbound reads a file of options however long it is, and repeats on
 * standard error what it does not understand.
 */
bool
plain_file(const char *path);

#endif
