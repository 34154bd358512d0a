/*
 * Signs that Japanese typing, word processors and web pages put in the place
 * of ASCII, and that no value of DNS has.  Pure.
 */
#ifndef DNSESAME_FOREIGN_H
#define DNSESAME_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

/* The first such sign of a text in UTF-8, named: an N_() sentence, or NULL. */
const char *
foreign_sign(const uint8_t *text, size_t len);

#endif
