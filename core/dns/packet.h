/*
 * DNS packets (RFC 1035 section 4, EDNS RFC 6891), written and read.  The
 * reader is libresolv's bounds-checked parser; what it refuses is garbled.
 */
#ifndef DNSESAME_PACKET_H
#define DNSESAME_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/observe.h"

enum {
	PACKET_QUERY = 320,	/* octets of the longest query written */
	PACKET_EDNS = 1232	/* UDP size offered */
};

enum packet_flags {
	PACKET_RD = 1 << 0,	/* recursion desired; AD, too, RFC 6840 5.7 */
	PACKET_OPT = 1 << 1	/* with EDNS */
};

/* Writes a query; name is sent in the letter case it has.  Returns octets. */
size_t
packet_query(uint8_t buf[static PACKET_QUERY], uint16_t id,
    const struct name *name, uint16_t type, unsigned flags);

/* Header and question of a reply. */
struct packet_head {
	uint16_t id;
	uint8_t rcode;
	bool reply, aa, tc, ra, ad;
	bool has_question;
	struct name name;
	uint16_t type;
};

/* -1 when not even the header and question can be read. */
int
packet_head(struct packet_head *head, const uint8_t *packet, size_t len);

/*
 * Reads a whole reply into the observation: outcome, rcode, flags, three
 * sections (OPT left out).  One that cannot be read to the end, or was cut
 * (TC), gives OUTCOME_GARBLED and no records.
 */
void
packet_read(struct observation *observation, const uint8_t *packet,
    size_t len);

#endif
