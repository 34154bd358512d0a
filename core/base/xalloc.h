/*
 * Memory that is there or the program ends: allocation failure is an error of
 * the machine, not of the input.
 */
#ifndef DNSESAME_XALLOC_H
#define DNSESAME_XALLOC_H

#include <stddef.h>

void *
xmalloc(size_t size);
void *
xcalloc(size_t count, size_t size);
void *
xreallocarray(void *p, size_t count, size_t size);
char *
xstrdup(const char *s);

#endif
