/*
 * Long plain text made short, for the file that carries the licences in itself:
 * what repeats is named by its distance.  An octet below PACKED_SEEN, n, is
 * followed by n + 1 octets as they are; another one, n, by the distance back,
 * two octets with the low one first, from which n - PACKED_SEEN + PACKED_LEAST
 * octets come once more, one after the other.  core/base/alone/pack.c packs.
 */
#ifndef DNSESAME_PACKED_H
#define DNSESAME_PACKED_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum {
	PACKED_SEEN = 0x80,
	PACKED_LEAST = 4,		/* octets that are worth naming */
	PACKED_MOST = 0xff - PACKED_SEEN + PACKED_LEAST,
	PACKED_BACK = 0xffff		/* distance, at most */
};

/*
 * Writes the text; -1 when these are not octets of pack's, with what came out
 * of them before.
 */
int
packed_write(FILE *out, const uint8_t *packed, size_t size);

#endif
