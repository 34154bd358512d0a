#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "dns/packet.h"
#include "named.h"

/* The head and question of a reply about x.example.jp TXT. */
#define HEAD(flags, an, ns, ar) \
	"\x12\x34" flags "\0\1" "\0" an "\0" ns "\0" ar \
	"\1x\7example\2jp\0" "\0\x10" "\0\1"
#define X "\xc0\x0c"
#define EXAMPLE "\xc0\x0e"
#define BYTES(s) (const uint8_t *)(s), sizeof(s) - 1

static struct question
question(void)
{
	return (struct question){ .name = named("x.example.jp"),
		.type = RR_TXT };
}

static struct observation *
read_packet(const uint8_t *packet, size_t len)
{
	struct question q = question();
	struct observation *o = observation_new(&q);

	packet_read(o, packet, len);
	return o;
}

static void
assert_value(const struct rr *rr, const char *expected)
{
	char text[NAME_TEXT];

	rr_value(rr, text, sizeof text);
	assert_string_equal(text, expected);
}

static void
assert_garbled(const uint8_t *packet, size_t len)
{
	struct observation *o = read_packet(packet, len);

	assert_int_equal(o->outcome, OUTCOME_GARBLED);
	assert_int_equal(o->answers + o->authorities + o->additionals, 0);
	assert_null(o->rr);
	observation_free(o);
}

static void
a_query_is_read_back_octet_for_octet(void **state)
{
	static const uint8_t expected[] = "\xab\xcd\1\x20\0\1\0\0\0\0\0\1"
	    "\1x\7eXample\2jp\0\0\x10\0\1" "\0\0\x29\x04\xd0\0\0\0\0\0\0";
	uint8_t packet[PACKET_QUERY];
	struct packet_head head;
	struct name name;
	const char *why;
	size_t len;

	(void)state;
	name_parse(&name, "x.eXample.jp", &why);
	len = packet_query(packet, 0xabcd, &name, RR_TXT,
	    PACKET_RD | PACKET_OPT);
	assert_int_equal(len, sizeof expected - 1);
	assert_memory_equal(packet, expected, len);
	assert_int_equal(packet_head(&head, packet, len), 0);
	assert_false(head.reply);
	assert_true(head.has_question);
	assert_int_equal(head.id, 0xabcd);
	assert_int_equal(head.type, RR_TXT);
	assert_memory_equal(head.name.wire, name.wire, name.len);
}

static void
the_longest_name_fits_a_query(void **state)
{
	uint8_t packet[PACKET_QUERY], wire[NAME_WIRE];
	struct packet_head head;
	struct name name;

	(void)state;
	memset(wire, 'a', sizeof wire);
	wire[0] = wire[64] = wire[128] = 63;
	wire[192] = 61;
	wire[254] = 0;
	assert_int_equal(name_from_wire(&name, wire, sizeof wire), 0);
	assert_int_equal(name.len, NAME_WIRE);
	assert_int_equal(packet_head(&head, packet, packet_query(packet, 1,
	    &name, RR_A, PACKET_OPT)), 0);
	assert_true(name_equal(&head.name, &name));
}

static void
names_in_rdata_are_uncompressed(void **state)
{
	struct observation *o = read_packet(BYTES(HEAD("\x84\0", "\3", "\2",
	    "\2")
	    X "\0\5\0\1\0\0\0\x3c\0\4" "\1y" EXAMPLE
	    X "\0\x0f\0\1\0\0\0\x3c\0\6" "\0\x0a\1m" EXAMPLE
	    X "\0\x10\0\1\xff\0\0\0\0\4" "\3\0\"a"
	    EXAMPLE "\0\2\0\1\0\0\0\x3c\0\5" "\2ns" EXAMPLE
	    EXAMPLE "\0\6\0\1\0\0\0\x3c\0\x1a" "\2ns" EXAMPLE "\0"
	    "\0\0\0\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x1e"
	    "\2ns" EXAMPLE "\0\1\0\1\0\0\0\x3c\0\4" "\x7f\0\0\1"
	    "\0\0\x29\4\xd0\0\0\0\0\0\0"));

	(void)state;
	assert_int_equal(o->outcome, OUTCOME_ANSWER);
	assert_true(o->aa);
	assert_int_equal(o->rcode, RCODE_NOERROR);
	assert_int_equal(o->answers, 3);
	assert_int_equal(o->authorities, 2);
	assert_int_equal(o->additionals, 1);	/* OPT is none */
	assert_value(&o->rr[0], "y.example.jp");
	assert_value(&o->rr[1], "10 m.example.jp");
	assert_int_equal(o->rr[2].len, 4);
	assert_memory_equal(o->rr[2].rdata, "\3\0\"a", 4);
	assert_int_equal(o->rr[2].ttl, 0);	/* top bit set */
	assert_value(&o->rr[3], "ns.example.jp");
	assert_int_equal(rr_soa_serial(&o->rr[4]), 7);
	assert_int_equal(rr_soa_negative_ttl(&o->rr[4]), 30);
	assert_true(name_equal(o->rr[0].owner, &o->question.name));
	assert_ptr_equal(o->rr[1].owner, o->rr[0].owner);
	observation_free(o);
}

/* Neither absence nor presence: what stood behind the cut is not known. */
static void
an_answer_that_was_cut_says_nothing(void **state)
{
	(void)state;
	assert_garbled(BYTES(HEAD("\x86\0", "\0", "\0", "\0")));
	assert_garbled(BYTES(HEAD("\x86\0", "\1", "\0", "\0")
	    X "\0\x10\0\1\0\0\0\x3c\0\2\1a"));
}

static void
unknown_types_keep_their_rdata(void **state)
{
	struct observation *o = read_packet(BYTES(HEAD("\x84\0", "\2", "\0",
	    "\0")
	    X "\xff\1\0\1\0\0\0\x3c\0\2" X
	    X "\xff\1\0\1\0\0\0\x3c\0\0"));

	(void)state;
	assert_int_equal(o->answers, 2);
	assert_int_equal(o->rr[0].type, 0xff01);
	assert_memory_equal(o->rr[0].rdata, X, 2);
	assert_int_equal(o->rr[1].len, 0);
	observation_free(o);
}

static void
the_upper_bits_of_rcode_stand_in_opt(void **state)
{
	struct observation *o = read_packet(BYTES(HEAD("\x84\0", "\0", "\0",
	    "\1") "\0\0\x29\4\xd0\1\0\0\0\0\0"));

	(void)state;
	assert_int_equal(o->rcode, 16);
	observation_free(o);
}

static void
hostile_packets_are_garbled(void **state)
{
	(void)state;
	assert_garbled(BYTES(""));
	assert_garbled(BYTES("\x12\x34\x84\0\0\1\0\0\0\0\0"));
	/* A name that points at itself, and one that points ahead. */
	assert_garbled(BYTES("\x12\x34\x84\0\0\1\0\0\0\0\0\0"
	    "\xc0\x0c\0\x10\0\1"));
	assert_garbled(BYTES(HEAD("\x84\0", "\1", "\0", "\0")
	    X "\0\5\0\1\0\0\0\x3c\0\2" "\xc0\x2a"));
	/* More records announced than there are; rdata past the end. */
	assert_garbled(BYTES(HEAD("\x84\0", "\2", "\0", "\0")
	    X "\0\1\0\1\0\0\0\x3c\0\4" "\x7f\0\0\1"));
	assert_garbled(BYTES(HEAD("\x84\0", "\1", "\0", "\0")
	    X "\0\1\0\1\0\0\0\x3c\0\5" "\x7f\0\0\1"));
	/* A good record first: nothing of it stays. */
	assert_garbled(BYTES(HEAD("\x84\0", "\2", "\0", "\0")
	    X "\0\1\0\1\0\0\0\x3c\0\4" "\x7f\0\0\1"
	    X "\0\x0f\0\1\0\0\0\x3c\0\1" "\0"));
	/* A name that ends before its rdata does, a SOA cut short. */
	assert_garbled(BYTES(HEAD("\x84\0", "\1", "\0", "\0")
	    X "\0\5\0\1\0\0\0\x3c\0\3" X "\0"));
	assert_garbled(BYTES(HEAD("\x84\0", "\1", "\0", "\0")
	    X "\0\6\0\1\0\0\0\x3c\0\4" X X));
	/* A TXT string that goes on behind its rdata. */
	assert_garbled(BYTES(HEAD("\x84\0", "\1", "\0", "\0")
	    X "\0\x10\0\1\0\0\0\x3c\0\4" "\4abc"));
	/* Two questions. */
	assert_garbled(BYTES("\x12\x34\x84\0\0\2\0\0\0\0\0\0"
	    "\0\0\1\0\1\0\0\1\0\1"));
}

static void
a_truncated_reply_shows_its_head(void **state)
{
	static const char packet[] = HEAD("\x86\0", "\1", "\0", "\0") X "\0";
	struct packet_head head;

	(void)state;
	assert_int_equal(packet_head(&head, BYTES(packet)), 0);
	assert_true(head.tc && head.reply && head.aa && !head.ra);
	assert_garbled(BYTES(packet));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_query_is_read_back_octet_for_octet),
		cmocka_unit_test(the_longest_name_fits_a_query),
		cmocka_unit_test(names_in_rdata_are_uncompressed),
		cmocka_unit_test(an_answer_that_was_cut_says_nothing),
		cmocka_unit_test(unknown_types_keep_their_rdata),
		cmocka_unit_test(the_upper_bits_of_rcode_stand_in_opt),
		cmocka_unit_test(hostile_packets_are_garbled),
		cmocka_unit_test(a_truncated_reply_shows_its_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
