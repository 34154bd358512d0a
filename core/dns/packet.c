#include "dns/packet.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/nameser.h>

#include "base/xalloc.h"
#include "dns/keep.h"

enum {
	HEAD = 12,
	FLAG_QR = 0x8000,
	FLAG_AA = 0x0400,
	FLAG_TC = 0x0200,
	FLAG_RD = 0x0100,
	FLAG_RA = 0x0080,
	FLAG_AD = 0x0020,
	MASK_OPCODE = 0x7800,
	MASK_RCODE = 0x000f,
	OPT_OCTETS = 11,
	SOA_NUMBERS = 20,	/* octets after the two names */
	RECORDS = 32		/* read between two looks at the turn */
};

_Static_assert(HEAD + NAME_WIRE + 4 + OPT_OCTETS <= PACKET_QUERY,
    "the longest query fits");

size_t
packet_query(uint8_t buf[static PACKET_QUERY], uint16_t id,
    const struct name *name, uint16_t type, unsigned flags)
{
	uint8_t *p = buf;

	NS_PUT16(id, p);
	NS_PUT16(flags & PACKET_RD ? FLAG_RD | FLAG_AD : 0, p);
	NS_PUT16(1, p);
	NS_PUT16(0, p);
	NS_PUT16(0, p);
	NS_PUT16(flags & PACKET_OPT ? 1 : 0, p);
	memcpy(p, name->wire, name->len);
	p += name->len;
	NS_PUT16(type, p);
	NS_PUT16(ns_c_in, p);
	if (flags & PACKET_OPT) {
		*p++ = 0;
		NS_PUT16(ns_t_opt, p);
		NS_PUT16(PACKET_EDNS, p);
		NS_PUT32(0, p);		/* version 0, no DO */
		NS_PUT16(0, p);
	}
	return (size_t)(p - buf);
}

/*
 * A truncated reply may break off inside a record, where ns_initparse()
 * refuses it all; so the head is read without it.
 */
int
packet_head(struct packet_head *head, const uint8_t *packet, size_t len)
{
	uint8_t wire[NS_MAXCDNAME];
	const uint8_t *end = packet + len;
	unsigned flags, questions;
	int octets;

	memset(head, 0, sizeof *head);
	if (len < HEAD)
		return -1;
	head->id = (uint16_t)ns_get16(packet);
	flags = ns_get16(packet + 2);
	head->reply = (flags & FLAG_QR) && (flags & MASK_OPCODE) == 0;
	head->aa = flags & FLAG_AA;
	head->tc = flags & FLAG_TC;
	head->ra = flags & FLAG_RA;
	head->ad = flags & FLAG_AD;
	head->rcode = flags & MASK_RCODE;
	questions = ns_get16(packet + 4);
	if (questions == 0)
		return 0;
	if (questions > 1)
		return -1;

	packet += HEAD;
	octets = ns_name_unpack(end - len, end, packet, wire, sizeof wire);
	if (octets < 0 || end - packet - octets < 4 ||
	    name_from_wire(&head->name, wire, sizeof wire) == -1)
		return -1;
	packet += octets;
	if (ns_get16(packet + 2) != ns_c_in)
		return -1;
	head->type = (uint16_t)ns_get16(packet);
	head->has_question = true;
	return 0;
}

/*
 * Where names stand in the rdata: octets before the first, how many, octets
 * after the last.  Only types whose names may be compressed (RFC 3597
 * section 4); all others are kept as they came.
 */
static const struct shape {
	uint16_t type, before, names, after;
} shapes[] = {
	{ RR_NS, 0, 1, 0 },
	{ RR_CNAME, 0, 1, 0 },
	{ RR_SOA, 0, 2, SOA_NUMBERS },
	{ RR_PTR, 0, 1, 0 },
	{ RR_MX, 2, 1, 0 },
	{ RR_DNAME, 0, 1, 0 },
};

enum {
	EXPANDED = 2 * NS_MAXCDNAME + SOA_NUMBERS	/* octets */
};

/* Octets of a name in uncompressed wire form that is known to be sound. */
static size_t
wire_octets(const uint8_t *wire)
{
	size_t n = 0;

	while (wire[n] != 0)
		n += wire[n] + 1U;
	return n + 1;
}

/* The rdata with its names uncompressed; 0 when it does not fit the shape. */
static size_t
expand(uint8_t out[static EXPANDED], const struct shape *shape,
    const uint8_t *packet, const uint8_t *rdata, size_t len)
{
	const uint8_t *end = rdata + len;
	size_t n = shape->before;

	if (len < n)
		return 0;
	memcpy(out, rdata, n);
	rdata += n;
	for (unsigned i = 0; i < shape->names; i++) {
		int octets = ns_name_unpack(packet, end, rdata, out + n,
		    NS_MAXCDNAME);

		if (octets < 0)
			return 0;
		rdata += octets;
		n += wire_octets(out + n);
	}
	if (end - rdata != shape->after)
		return 0;
	memcpy(out + n, rdata, shape->after);
	return n + shape->after;
}

struct packet_reader {
	struct observation *observation;
	struct keep *keep;
	ns_msg msg;
	ns_sect section;
	int next;		/* record of the section */
	struct rr before;	/* it holds the owner of the last record */
	bool over;
};

/* One record of ns_parserr(); -1 when its owner or rdata is malformed. */
static int
add_record(struct packet_reader *reader, ns_rr *record)
{
	uint8_t wire[NS_MAXCDNAME], expanded[EXPANDED];
	const uint8_t *rdata = ns_rr_rdata(*record);
	size_t len = ns_rr_rdlen(*record);
	struct rr rr = { .type = (uint16_t)ns_rr_type(*record) };
	struct name owner;

	if (ns_rr_class(*record) != ns_c_in)
		return 0;
	if (ns_name_pton(ns_rr_name(*record), wire, sizeof wire) == -1 ||
	    name_from_wire(&owner, wire, sizeof wire) == -1)
		return -1;
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		if (shapes[i].type != rr.type)
			continue;
		len = expand(expanded, &shapes[i], ns_msg_base(reader->msg),
		    rdata, len);
		if (len == 0)
			return -1;
		rdata = expanded;
	}

	rr.len = (uint16_t)len;
	/* A TTL with the top bit set is zero, RFC 2181 section 8. */
	rr.ttl = ns_rr_ttl(*record) > INT32_MAX ? 0 : ns_rr_ttl(*record);
	if (len > 0) {
		rr.rdata = xmalloc(len);
		memcpy(rr.rdata, rdata, len);
	}
	if ((rr.type == RR_TXT || rr.type == RR_SPF) && len > 0 &&
	    !rr_txt_sound(&rr)) {
		free(rr.rdata);
		return -1;
	}
	rr_share_owner(&rr, &owner, &reader->before);
	rr_share_owner(&reader->before, &owner, &rr);
	keep_add(reader->keep, &rr);
	return 0;
}

static int
read_record(struct packet_reader *reader)
{
	struct observation *o = reader->observation;
	unsigned rcode;
	ns_rr record;

	if (ns_parserr(&reader->msg, reader->section, reader->next++,
	    &record) == -1)
		return -1;
	if (ns_rr_type(record) != ns_t_opt)
		return add_record(reader, &record);
	o->no_edns = false;
	/* The upper bits of rcode, RFC 6891 6.1.3. */
	rcode = ns_rr_ttl(record) >> 24 << 4 | o->rcode;
	o->rcode = rcode > UINT8_MAX ? UINT8_MAX : (uint8_t)rcode;
	return 0;
}

static void
garble(struct packet_reader *reader)
{
	struct observation *o = reader->observation;

	for (size_t i = 0; i < o->answers + o->authorities + o->additionals;
	    i++)
		rr_release(&o->rr[i]);
	free(o->rr);
	o->rr = NULL;
	o->answers = o->authorities = o->additionals = 0;
	o->outcome = OUTCOME_GARBLED;
	o->rcode = 0;
	o->aa = o->ra = o->secure = o->cut = false;
	reader->over = true;
}

struct packet_reader *
packet_begin(struct observation *o, const uint8_t *packet, size_t len,
    const struct observe_keep *keep)
{
	struct packet_reader *reader = xcalloc(1, sizeof *reader);
	bool authority = o->question.vantage.kind == VANTAGE_AUTHORITY;
	struct packet_head head;

	reader->observation = o;
	reader->keep = keep_new(keep, &o->question);
	reader->section = ns_s_an;
	/* Of an answer that was cut nobody knows what is missing. */
	if (len > NS_MAXMSG || packet_head(&head, packet, len) == -1 ||
	    head.tc || ns_initparse(packet, (int)len, &reader->msg) == -1) {
		garble(reader);
		return reader;
	}
	o->outcome = OUTCOME_ANSWER;
	o->rcode = head.rcode;
	o->aa = head.aa;
	/* Of a resolver, RA is no news; AD means nothing else. */
	o->ra = head.ra && authority;
	o->secure = head.ad && !authority;
	return reader;
}

bool
packet_go_on(struct packet_reader *reader, const struct turn *turn)
{
	static void (*const add[])(struct observation *,
	    const struct rr *) = {
		[ns_s_an] = observation_add_answer,
		[ns_s_ns] = observation_add_authority,
		[ns_s_ar] = observation_add_additional,
	};

	for (size_t n = 1; !reader->over; n++) {
		if (reader->next >= ns_msg_count(reader->msg,
		    reader->section)) {
			keep_section(reader->keep, reader->observation,
			    add[reader->section]);
			reader->next = 0;
			reader->over = reader->section++ == ns_s_ar;
			reader->observation->cut =
			    keep_has_cut(reader->keep);
		} else if (read_record(reader) == -1) {
			garble(reader);
		}
		if (n % RECORDS == 0 && turn != NULL && turn_is_over(turn))
			break;
	}
	return reader->over;
}

void
packet_end(struct packet_reader *reader)
{
	if (reader == NULL)
		return;
	keep_free(reader->keep);
	rr_release(&reader->before);
	free(reader);
}

void
packet_read(struct observation *observation, const uint8_t *packet,
    size_t len)
{
	struct packet_reader *reader = packet_begin(observation, packet, len,
	    NULL);

	while (!packet_go_on(reader, NULL))
		continue;
	packet_end(reader);
}
