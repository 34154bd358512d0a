/*
 * DNS packets (RFC 1035 section 4, EDNS RFC 6891), written and read.  The
 * reader is libresolv's bounds-checked parser; what it refuses is garbled.
 */
#ifndef DNSESAME_PACKET_H
#define DNSESAME_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/turn.h"
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
 * sections (OPT left out) with what keep.h keeps of them.  One that cannot be
 * read to the end, or was cut (TC), gives OUTCOME_GARBLED and no records.
 *
 * A reply of 64 KiB may hold thousands of records: it is read turn by turn.
 * Observation, packet and keep (which may be NULL) are borrowed to the end.
 */
struct packet_reader *
packet_begin(struct observation *observation, const uint8_t *packet,
    size_t len, const struct observe_keep *keep);
/* Reads on until the turn is over; true when all is read. */
bool
packet_go_on(struct packet_reader *reader, const struct turn *turn);
void
packet_end(struct packet_reader *reader);

/* All at once. */
void
packet_read(struct observation *observation, const uint8_t *packet,
    size_t len);

#endif
