/*
 * Resource records.  rdata is kept as uncompressed wire octets, the evidence
 * as it was seen; text is made at the edge.  One table says how each type is
 * written, read and compared.
 */
#ifndef DNSESAME_RR_H
#define DNSESAME_RR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

enum {
	RR_A = 1,
	RR_NS = 2,
	RR_CNAME = 5,
	RR_SOA = 6,
	RR_PTR = 12,
	RR_MX = 15,
	RR_TXT = 16,
	RR_AAAA = 28,
	RR_DNAME = 39,
	RR_DS = 43,
	RR_RRSIG = 46,
	RR_DNSKEY = 48,
	RR_SPF = 99,

	RR_RDATA = 65535,	/* octets of the longest rdata */
	RR_NEGATIVE = 3 * 3600,	/* seconds a "no" is remembered, at most */
	RR_POSITIVE = 7 * 86400	/* the same of a record, RFC 8767 section 4 */
};

/*
 * Its owner is shared by all records of an answer that have the same, and
 * never changed; NULL of a value alone.
 */
struct rr {
	struct name *owner;
	uint16_t type;
	uint16_t len;		/* octets in rdata */
	uint32_t ttl;		/* seconds */
	uint8_t *rdata;		/* names in it uncompressed */
};

/* "TXT", or "TYPE65280" for what the table does not know (RFC 3597). */
const char *
rr_type_text(uint16_t type, char buf[static 16]);

/* The reverse, case ignored; 0 when unknown. */
uint16_t
rr_type_parse(const char *text);

/*
 * The value as people compare it: names lower case without final dot, an MX as
 * "10 host", a TXT with its strings joined and no quotes; printable UTF-8.
 * Returns the length needed.
 */
size_t
rr_value(const struct rr *rr, char *dst, size_t size);

/* The same, to free. */
char *
rr_value_new(const struct rr *rr);

/* Is it this one?  It is not written down to be told from most others. */
bool
rr_has_value(const struct rr *rr, const char *value);

/*
 * Zone-file form (RFC 1035 section 5, RFC 3597), which rr_parse reads back
 * octet for octet: names with final dot, strings quoted apart.  To free.
 */
char *
rr_rdata_new(const struct rr *rr);

/*
 * Sets type and rdata (allocated; rr_release) from zone-file form; whatever
 * stood in rr, it belongs to no owner then.  A name is
 * absolute with or without final dot.  -1 and *why otherwise.
 */
int
rr_parse(struct rr *rr, uint16_t type, const char *text, const char **why);

/*
 * The same from the octets of one value as SES hands it out: for
 * TXT the characters, split into strings of 255; for the others as rr_parse.
 */
int
rr_from_value(struct rr *rr, uint16_t type, const char *value,
    const char **why);

/* The name inside: target of CNAME, NS, PTR, DNAME, MX; mname of SOA. */
int
rr_target(const struct rr *rr, struct name *out);

/* MX preference, or -1. */
int
rr_preference(const struct rr *rr);

/* SOA fields; 0 when malformed or no SOA. */
uint32_t
rr_soa_serial(const struct rr *rr);

/*
 * Seconds a "no" may be remembered: min(SOA TTL, MINIMUM), RFC 2308 section 5,
 * and never more than the three hours that it calls sound.
 */
uint32_t
rr_soa_negative_ttl(const struct rr *rr);

/* Who an SOA names: the primary server, the person.  False when malformed. */
bool
rr_soa_names(const struct rr *rr, struct name *primary, struct name *person);

/* Does every length octet of a TXT leave its string inside the rdata? */
bool
rr_txt_sound(const struct rr *rr);

/* The octets of all TXT strings joined; returns the count written. */
size_t
rr_txt_join(const struct rr *rr, uint8_t *dst, size_t size);

/* The same, to free. */
uint8_t *
rr_txt_new(const struct rr *rr, size_t *len);

/*
 * Same type and meaning: names without case, TXT joined and octet for octet,
 * MX by preference and host.  Owner and TTL are not looked at.
 */
bool
rr_equal(const struct rr *a, const struct rr *b);

/* In place of the owner it had, if any. */
void
rr_set_owner(struct rr *rr, const struct name *owner);

/* The same; shared with another record (or NULL) that has it, to the letter. */
void
rr_share_owner(struct rr *rr, const struct name *owner,
    const struct rr *other);

/* Octets that these records take, each owner counted once. */
size_t
rr_octets(const struct rr *rr, size_t count);

/* A copy with rdata of its own. */
void
rr_copy(struct rr *dst, const struct rr *src);

/* Frees rdata, and lets go of the owner. */
void
rr_release(struct rr *rr);

#endif
