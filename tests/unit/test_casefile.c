#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "diagnose/casefile.h"
#include "named.h"

#define HEAD "dnsesame case 1\nnow 2026-11-23T09:00:00.250Z\n" \
	"domain example.jp\n"
#define NOW INT64_C(1795424400250)
#define TOKEN "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"

static int
read_text(struct casefile *file, const char *text, size_t len,
    char why[static CASEFILE_WHY])
{
	FILE *in = tmpfile();
	int rc;

	assert_non_null(in);
	assert_int_equal(fwrite(text, 1, len, in), len);
	rewind(in);
	casefile_init(file);
	rc = casefile_read(file, in, "my.case", why);
	fclose(in);
	return rc;
}

/* The head as a check of it would write it. */
static void
write_head(FILE *out, const struct casefile *file)
{
	struct plan *plan = xcalloc(1, sizeof *plan);

	plan_make(plan, &file->identity, file->guard);
	casefile_write_head(out, &(struct casefile_head){
		.plan = plan,
		.background = &file->background,
		.provider = file->provider,
		.zone = file->has_zone ? &file->zone : NULL,
		.vantages = &file->vantages,
		.now = file->now,
		.private = file->private,
	});
	plan_release(plan);
	free(plan);
}

static void
assert_read(struct casefile *file, const char *text)
{
	char why[CASEFILE_WHY] = "";

	if (read_text(file, text, strlen(text), why) == -1)
		fail_msg("%s", why);
}

/* Refused with a reason that names the line. */
static void
assert_refused(const char *text, size_t len, int line)
{
	char why[CASEFILE_WHY] = "", begin[32];
	struct casefile file;

	if (read_text(&file, text, len, why) == 0)
		fail_msg("taken: %s", text);
	casefile_release(&file);
	snprintf(begin, sizeof begin, "my.case:%d: ", line);
	if (strncmp(why, begin, strlen(begin)) != 0 ||
	    strlen(why) == strlen(begin))
		fail_msg("\"%s\" does not begin with \"%s\" for %s", why,
		    begin, text);
}

/* --- Rows --- */

static struct observation *
row(enum vantage_kind kind, const char *address, const char *owner,
    uint16_t type)
{
	struct question q = { .vantage = { .kind = kind },
		.name = named(owner), .type = type };

	snprintf(q.vantage.address, sizeof q.vantage.address, "%s", address);
	return observation_new(&q);
}

static void
add(struct observation *o, void (*add_to)(struct observation *,
    const struct rr *), uint16_t type, const void *rdata, size_t len)
{
	struct rr rr = { .type = type, .len = (uint16_t)len,
		.ttl = 4294967295u };

	rr_set_owner(&rr, &o->question.name);
	rr.rdata = malloc(len + 1);
	assert_non_null(rr.rdata);
	memcpy(rr.rdata, rdata, len);
	add_to(o, &rr);
	rr_release(&rr);
}

static void
assert_same_row(const struct observation *a, const struct observation *b)
{
	size_t count = a->answers + a->authorities + a->additionals;

	assert_true(question_equal(&a->question, &b->question));
	assert_int_equal(a->outcome, b->outcome);
	assert_int_equal(a->rcode, b->rcode);
	assert_int_equal(a->aa, b->aa);
	assert_int_equal(a->tcp, b->tcp);
	assert_int_equal(a->secure, b->secure);
	assert_int_equal(a->rtt, b->rtt);
	assert_true(a->when == b->when);
	assert_string_equal(a->reason, b->reason);
	assert_int_equal(a->answers, b->answers);
	assert_int_equal(a->authorities, b->authorities);
	assert_int_equal(a->additionals, b->additionals);
	for (size_t i = 0; i < count; i++) {
		assert_true(name_equal(a->rr[i].owner, b->rr[i].owner));
		assert_int_equal(a->rr[i].type, b->rr[i].type);
		assert_int_equal(a->rr[i].ttl, b->rr[i].ttl);
		assert_int_equal(a->rr[i].len, b->rr[i].len);
		assert_memory_equal(a->rr[i].rdata, b->rr[i].rdata,
		    a->rr[i].len);
	}
}

/* Writes the row below a head, reads it back, compares; takes the row. */
static void
assert_survives(struct observation *o)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct casefile file;

	assert_non_null(out);
	fputs(HEAD, out);
	casefile_write_row(out, o, NOW);
	fclose(out);
	assert_read(&file, text);
	assert_int_equal(file.log.count, 1);
	assert_int_equal(file.log.row[0]->round, 1);
	assert_same_row(o, file.log.row[0]);
	casefile_release(&file);
	observation_free(o);
	free(text);
}

static void
every_outcome_survives_at_every_vantage(void **state)
{
	static const struct {
		enum vantage_kind kind;
		const char *address;
	} who[] = {
		{ VANTAGE_AUTHORITY, "192.0.2.1" },
		{ VANTAGE_AUTHORITY, "2001:db8::1" },
		{ VANTAGE_RECURSIVE, "" },
		{ VANTAGE_SYSTEM, "127.0.0.53" },
		{ VANTAGE_ALSO, "198.51.100.1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
		for (int outcome = OUTCOME_ANSWER; outcome <= OUTCOME_GARBLED;
		    outcome++) {
			struct observation *o = row(who[i].kind,
			    who[i].address, "a.example.jp", RR_TXT);

			o->outcome = (enum outcome)outcome;
			o->when = NOW + 17;
			o->rtt = 3;
			assert_survives(o);
		}
	}
}

static void
what_an_answer_says_of_itself_survives(void **state)
{
	(void)state;
	for (int flags = 0; flags < 8; flags++) {
		struct observation *o = row(VANTAGE_RECURSIVE, "",
		    "a.example.jp", RR_TXT);

		o->aa = flags & 1;
		o->tcp = flags & 2;
		o->secure = flags & 4;
		o->when = NOW - 86400000;
		o->rtt = flags == 0 ? 0 : 900;
		assert_survives(o);
	}
	/* With EDNS there are more than sixteen (RFC 6891). */
	for (int rcode = 0; rcode <= UINT8_MAX; rcode++) {
		struct observation *o = row(VANTAGE_AUTHORITY, "192.0.2.1",
		    "a.example.jp", RR_TXT);

		o->rcode = (uint8_t)rcode;
		o->when = NOW;
		assert_survives(o);
	}
}

static void
a_reason_survives(void **state)
{
	static const char *const reasons[] = { "no signatures",
		"a \\033 b \\\\ c", "署名がありません", "\\", "trailing\\\\" };

	(void)state;
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		struct observation *o = row(VANTAGE_RECURSIVE, "",
		    "example.jp", RR_SOA);

		o->outcome = OUTCOME_BOGUS;
		o->rcode = RCODE_SERVFAIL;
		o->when = NOW;
		strcpy(o->reason, reasons[i]);
		assert_survives(o);
	}
}

static void
records_survive_in_their_sections(void **state)
{
	static const uint8_t odd[] = "\13\0\1\"\\ \t\n\r\x7f\xff\0\0\2a;";
	struct observation *o = row(VANTAGE_AUTHORITY, "192.0.2.1",
	    "a\\.\\032\\000B.example.jp", RR_TXT);
	uint8_t binary[256];

	(void)state;
	o->when = NOW;
	binary[0] = 255;
	for (int i = 0; i < 255; i++)
		binary[i + 1] = (uint8_t)i;
	add(o, observation_add_answer, RR_TXT, "", 1);
	add(o, observation_add_answer, RR_TXT, odd, sizeof odd - 1);
	add(o, observation_add_answer, RR_TXT, binary, sizeof binary);
	add(o, observation_add_answer, RR_MX, "\0\12\4Mail\2jp", 11);
	add(o, observation_add_authority, RR_NS, "\2Ns\7Example\2jp", 15);
	add(o, observation_add_authority, RR_SOA, "\1a\0\1b\0"
	    "\377\377\377\377\0\0\0\1\0\0\0\2\0\0\0\3\200\0\0\0", 26);
	add(o, observation_add_additional, RR_A, "\300\0\2\1", 4);
	add(o, observation_add_additional, RR_AAAA,
	    " \1\15\270\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	add(o, observation_add_additional, 65280, "\0\1\2", 3);
	add(o, observation_add_additional, RR_DS, "\1\2\3\4\5", 5);
	assert_survives(o);
}

static void
records_that_do_not_fit_their_type_survive(void **state)
{
	struct observation *o = row(VANTAGE_AUTHORITY, "192.0.2.1",
	    "a.example.jp", RR_A);

	(void)state;
	o->when = NOW;
	add(o, observation_add_answer, RR_A, "", 0);
	add(o, observation_add_answer, RR_A, "\1\2\3", 3);
	add(o, observation_add_answer, RR_TXT, "", 0);
	add(o, observation_add_answer, RR_TXT, "\5abc", 4);
	add(o, observation_add_answer, RR_MX, "\0\12", 2);
	add(o, observation_add_answer, RR_CNAME, "\3abc", 4);
	add(o, observation_add_answer, RR_SOA, "\0\0", 2);
	assert_survives(o);
}

static void
the_longest_record_survives(void **state)
{
	struct observation *o = row(VANTAGE_AUTHORITY, "192.0.2.1",
	    "a.example.jp", RR_TXT);
	uint8_t *rdata = malloc(RR_RDATA);

	(void)state;
	assert_non_null(rdata);
	o->when = NOW;
	/* 255 strings of 256 octets and one of 255: every octet escaped. */
	memset(rdata, 0xff, RR_RDATA);
	rdata[255 * 256] = 254;
	add(o, observation_add_answer, RR_TXT, rdata, RR_RDATA);
	free(rdata);
	assert_survives(o);
}

/* --- Whole files --- */

static void
a_file_written_by_hand_is_read(void **state)
{
	struct casefile file;

	(void)state;
	assert_read(&file, "dnsesame case 1\r\n\n# a remark\n\t # another\n"
	    "now 2026-11-23T09:00:00.250Z\ndomain Example.JP.\n"
	    "expect verdict fail\nexpect record dkim-1 fail doubled-name\n"
	    "ask authority 192.0.2.1  a.example.jp\ttxt\n"
	    "ask recursive b.example.jp TYPE65280\n"
	    " answer\n AN b.example.jp 60 TXT \"one\" two");
	assert_int_equal(file.expects, 2);
	assert_string_equal(file.expect[1],
	    "record dkim-1 fail doubled-name");
	assert_int_equal(file.log.count, 2);
	/* A question and nothing below it: nobody answered. */
	assert_int_equal(file.log.row[0]->outcome, OUTCOME_SILENT);
	assert_int_equal(file.log.row[1]->outcome, OUTCOME_ANSWER);
	assert_int_equal(file.log.row[1]->question.type, 65280);
	assert_int_equal(file.log.row[1]->answers, 1);
	assert_int_equal(file.log.row[1]->rr[0].len, 8);
	casefile_release(&file);
}

static void
a_file_is_written_as_it_was_read(void **state)
{
	static const char text[] = "dnsesame case 1\n"
	    "now 2026-11-23T09:00:00.000Z\n"
	    "domain example.jp\n"
	    "dkim-zone dkim.example.com\n"
	    "region xx-new-9\n"
	    "token " TOKEN "\n"
	    "verification fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=\n"
	    "mail-from bounce.example.jp\n"
	    "status pending imported\n"
	    "error HOST_NOT_FOUND\n"
	    "checked-at 2026-11-23T08:59:59.999Z\n"
	    "soa dns01.muumuu-domain.com\n"
	    "provider muumuu\n"
	    "guard w3k9x2m7q4\n"
	    "column system 10.0.0.53\n"
	    "column also fe80::1%eth0\n"
	    "ask authority 127.0.0.31 _amazonses.example.jp TXT\n"
	    "  answer rcode 0 aa tcp rtt 3 at 12\n"
	    "  AN _amazonses.example.jp 60 TXT \"a\\\"b\\\\\\000\" \"\"\n"
	    "  AU example.jp 60 NS Dns01.example.jp.\n"
	    "ask authority 127.0.0.31 example.jp SOA tcp\n"
	    "  silent rtt 1500 at 1512\n"
	    "ask authority 127.0.0.32 example.jp SOA\n"
	    "  answer rcode 0 aa tcp unheard rtt 3 at 12\n"
	    "ask authority 127.0.0.33 example.jp SOA\n"
	    "  answer rcode 0 aa no-edns rtt 3 at 12\n"
	    "ask recursive a\\032b.example.jp TYPE65280\n"
	    "  answer rcode 23 secure rtt 0 at -5\n"
	    "ask recursive example.jp SOA\n"
	    "  bogus rcode 2 rtt 40 at 41\n"
	    "  reason no signatures \"x\" \\\\ \\033\n"
	    "ask recursive example.jp A\n"
	    "  garbled rtt 2 at 2\n"
	    "  AU example.jp 0 A \\# 3 c00002\n";
	struct casefile file;
	char *again = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&again, &size);

	(void)state;
	assert_non_null(out);
	assert_read(&file, text);
	assert_true(file.identity.has_mail_from);
	assert_int_equal(file.identity.status, SES_PENDING);
	assert_true(file.identity.status_imported);
	assert_int_equal(file.vantages.also[1].kind, VANTAGE_ALSO);
	assert_string_equal(file.identity.error, "HOST_NOT_FOUND");
	assert_string_equal(file.identity.soa, "dns01.muumuu-domain.com");
	assert_true(file.identity.checked_at == file.now - 1);
	write_head(out, &file);
	for (size_t i = 0; i < file.log.count; i++)
		casefile_write_row(out, file.log.row[i], file.now);
	fclose(out);
	assert_string_equal(again, text);
	free(again);
	casefile_release(&file);
}

/* Whoever answers much gets no file that nobody reads. */
static void
a_file_has_an_end(void **state)
{
	struct question q = { .vantage = { VANTAGE_ALSO, "192.0.2.1" },
		.name = name_root(), .type = RR_TXT };
	struct rr rr = { .type = RR_TXT };
	struct observation *o = observation_new(&q);
	struct casefile_size size = { 0 };
	struct casefile file;
	const char *why;
	char value[16000], *text;
	size_t octets;
	FILE *out = open_memstream(&text, &octets);

	(void)state;
	assert_non_null(out);
	o->when = NOW;
	memset(value, 1, sizeof value);
	value[sizeof value - 1] = '\0';
	assert_int_equal(rr_from_value(&rr, RR_TXT, value, &why), 0);
	rr_set_owner(&rr, &q.name);
	observation_add_answer(o, &rr);
	fputs(HEAD, out);
	for (int i = 0; i < 2000; i++)
		casefile_append(out, &size, o, NOW);
	fclose(out);
	assert_true(size.full);
	assert_in_range(octets, CASEFILE_OCTETS / 4 * 3, CASEFILE_OCTETS);
	assert_read(&file, text);
	assert_int_equal(file.log.count, size.rows / 2);
	casefile_release(&file);
	observation_free(o);
	rr_release(&rr);
	free(text);
}

static void
a_recording_of_several_rounds_is_one_log(void **state)
{
	struct casefile file;

	(void)state;
	assert_read(&file, HEAD "token " TOKEN "\ncolumn also 192.0.2.1\n"
	    "ask recursive example.jp TXT\n  silent at 5\n"
	    "dnsesame case 1\nnow 2026-11-23T09:01:00.250Z\n"
	    "domain example.jp\ntoken " TOKEN "\ncolumn also 192.0.2.1\n"
	    "ask recursive example.jp TXT\n  answer rcode 0 at 5\n");
	assert_int_equal(file.identity.tokens, 1);
	assert_int_equal(file.vantages.count, 1);
	assert_true(file.now == NOW + 60000);
	assert_int_equal(file.log.count, 2);
	assert_true(file.log.row[0]->when == NOW + 5);
	assert_true(file.log.row[1]->when == NOW + 60005);
	assert_int_equal(file.log.row[1]->outcome, OUTCOME_ANSWER);
	casefile_release(&file);
}

/* --- Complaints --- */

static void
every_complaint_names_the_line(void **state)
{
	static const struct {
		int line;
		const char *text;
	} wrong[] = {
		{ 0, "" },
		{ 1, "dnsesame case 2\n" },
		{ 1, "\ndnsesame case 1\n" },
		{ 1, "dnsesame case 1\n" },
		{ 2, "dnsesame case 1\ndomain a..jp\n" },
		{ 2, "dnsesame case 1\nnow yesterday\n" },
		{ 2, "dnsesame case 1\nnow 2026-11-23T09:00:00\n" },
		{ 2, "dnsesame case 1\nnow 2026-11-23T09:00:00.5Z\n" },
		{ 2, "dnsesame case 1\nnow 1969-12-31T23:59:59Z\n" },
		{ 4, HEAD "dnsesame case 2\n" },
		{ 4, HEAD "domain 192.0.2.1\n" },
		{ 4, HEAD "status failed today\n" },
		{ 4, HEAD "error two words\n" },
		{ 4, HEAD "soa \033[31m\n" },
		{ 4, HEAD "checked-at never\n" },
		{ 4, HEAD "provider nobody\n" },
		{ 4, HEAD "guard a.b\n" },
		{ 2, "dnsesame case 1\nnow 2026-11-23T09:00:00.250Zoo\n" },
		{ 4, HEAD "nonsense\n" },
		{ 4, HEAD "region moon-1\n" },
		{ 4, HEAD "token\n" },
		{ 4, HEAD "dkim-zone a..b\n" },
		{ 4, HEAD "verification a b c\n" },
		{ 4, HEAD "mail-from bounce.example.net\n" },
		{ 4, HEAD "status happy\n" },
		{ 4, HEAD "provider 12345678901234567890123456789012\n" },
		{ 4, HEAD "guard 1234567890123456\n" },
		{ 4, HEAD "column\n" },
		{ 4, HEAD "column recursive 192.0.2.1\n" },
		{ 4, HEAD "column also dns.example.jp\n" },
		{ 4, HEAD "answer rcode 0\n" },
		{ 4, HEAD "AN a.jp 1 A 192.0.2.1\n" },
		{ 4, HEAD "ask\n" },
		{ 4, HEAD "ask nobody a.jp A\n" },
		{ 4, HEAD "ask authority a.jp A\n" },
		{ 4, HEAD "ask recursive a..jp A\n" },
		{ 4, HEAD "ask recursive a.jp\n" },
		{ 4, HEAD "ask authority 192.0.2.1 a.jp A udp\n" },
		{ 4, HEAD "ask recursive a.jp ANYTHING\n" },
		{ 5, HEAD "ask recursive a.jp A\n perhaps\n" },
		{ 5, HEAD "ask recursive a.jp A\n reason \033[2J\n" },
		{ 5, HEAD "ask recursive a.jp A\n answer rcode 256\n" },
		{ 5, HEAD "ask recursive a.jp A\n answer rcode\n" },
		{ 5, HEAD "ask recursive a.jp A\n answer rtt fast\n" },
		{ 5, HEAD "ask recursive a.jp A\n answer at 99999999999\n" },
		{ 5, HEAD "ask recursive a.jp A\n answer maybe\n" },
		{ 5, HEAD "ask recursive a.jp A\n AN a..jp 1 A 192.0.2.1\n" },
		{ 5, HEAD "ask recursive a.jp A\n AN a.jp A 192.0.2.1\n" },
		{ 5, HEAD "ask recursive a.jp A\n AN a.jp 4294967296 A "
		    "192.0.2.1\n" },
		{ 5, HEAD "ask recursive a.jp A\n AN a.jp 1 B 192.0.2.1\n" },
		{ 5, HEAD "ask recursive a.jp A\n AU a.jp 1 A 192.0.2\n" },
		{ 5, HEAD "ask recursive a.jp A\n AD a.jp 1 DS 1 2 3 4\n" },
		{ 6, HEAD "ask recursive a.jp A\n answer\n AN a.jp 1 TXT "
		    "\"open\n" },
		{ 7, HEAD "ask recursive a.jp A\n answer\n\n AN a.jp 1 MX "
		    "mail.example.jp" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_refused(wrong[i].text, strlen(wrong[i].text),
		    wrong[i].line);
}

static void
a_nul_and_an_endless_line_are_refused(void **state)
{
	static const char nul[] = HEAD "guard a\0b\n";
	const size_t len = 600 * 1024;
	char *text = malloc(len);

	(void)state;
	assert_refused(nul, sizeof nul - 1, 4);
	assert_non_null(text);
	memset(text, 'a', len);
	memcpy(text, HEAD "guard ", strlen(HEAD "guard "));
	assert_refused(text, len, 4);
	free(text);
}

static void
a_file_without_end_is_refused(void **state)
{
	/* Short lines, so that only the size is wrong. */
	const size_t len = 17 * 1024 * 1024;
	char *text = malloc(len);
	char why[CASEFILE_WHY] = "";
	struct casefile file;

	(void)state;
	assert_non_null(text);
	memset(text, '\n', len);
	memcpy(text, HEAD, strlen(HEAD));
	assert_int_equal(read_text(&file, text, len, why), -1);
	assert_non_null(strstr(why, "large"));
	casefile_release(&file);
	free(text);
}

static void
columns_and_expectations_are_bounded(void **state)
{
	char text[CASEFILE_LINE * (CASEFILE_EXPECTS + PROBE_VANTAGES)] = HEAD;
	struct casefile file;

	(void)state;
	for (int i = 0; i < PROBE_VANTAGES; i++)
		strcat(text, "column also 192.0.2.1\n");
	assert_read(&file, text);
	assert_int_equal(file.vantages.count, PROBE_VANTAGES);
	casefile_release(&file);
	strcat(text, "column also 192.0.2.1\n");
	assert_refused(text, strlen(text), 4 + PROBE_VANTAGES);

	strcpy(text, HEAD);
	for (int i = 0; i < CASEFILE_EXPECTS; i++)
		strcat(text, "expect verdict pass\n");
	assert_read(&file, text);
	assert_int_equal(file.expects, CASEFILE_EXPECTS);
	casefile_release(&file);
	strcat(text, "expect verdict pass\n");
	assert_refused(text, strlen(text), 4 + CASEFILE_EXPECTS);
}

static void
what_was_known_besides_survives(void **state)
{
	static const char text[] = HEAD
	    "pending-since 2026-11-23T08:00:00.000Z\n"
	    "zone example.jp\n"
	    "guard w3k9x2m7q4\n"
	    "known fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=\n"
	    "noted -5000 example.jp MX 10 mail.example.jp\n"
	    "noted -5000 example.jp TXT v=spf1 \\033 \\\\ ~all\n";
	struct casefile file;
	char *again = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&again, &size);

	(void)state;
	assert_non_null(out);
	assert_read(&file, text);
	assert_int_equal(file.background.noted.count, 2);
	assert_true(file.background.noted.at == file.now - 5000);
	assert_int_equal(file.background.known.count, 1);
	assert_true(file.has_zone);
	assert_true(file.identity.pending_since > 0);
	write_head(out, &file);
	fclose(out);
	for (const char *line = strstr(text, "pending-since"); line != NULL;
	    line = strchr(line + 1, '\n')) {
		char whole[256];

		snprintf(whole, sizeof whole, "\n%.*s\n",
		    (int)strcspn(line + (*line == '\n'), "\n"),
		    line + (*line == '\n'));
		if (strcmp(whole, "\n\n") != 0)
			assert_non_null(strstr(again, whole));
	}
	casefile_release(&file);
	free(again);
	assert_refused(HEAD "noted -1 example.jp MX",
	    strlen(HEAD "noted -1 example.jp MX"), 4);
	assert_refused(HEAD "noted 1 example.jp A 192.0.2.1",
	    strlen(HEAD "noted 1 example.jp A 192.0.2.1"), 4);
	assert_refused(HEAD "noted -1 example.jp A \033[2J",
	    strlen(HEAD "noted -1 example.jp A \033[2J"), 4);
}

static void
the_name_of_the_file_is_made_safe(void **state)
{
	FILE *in = tmpfile();
	char why[CASEFILE_WHY] = "";
	struct casefile file;

	(void)state;
	assert_non_null(in);
	casefile_init(&file);
	assert_int_equal(casefile_read(&file, in, "a\033[2J\n.case", why), -1);
	assert_non_null(strstr(why, "a\\033[2J\\012.case:0: "));
	assert_null(strchr(why, '\033'));
	casefile_release(&file);
	fclose(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_outcome_survives_at_every_vantage),
		cmocka_unit_test(what_an_answer_says_of_itself_survives),
		cmocka_unit_test(a_reason_survives),
		cmocka_unit_test(records_survive_in_their_sections),
		cmocka_unit_test(records_that_do_not_fit_their_type_survive),
		cmocka_unit_test(the_longest_record_survives),
		cmocka_unit_test(a_file_written_by_hand_is_read),
		cmocka_unit_test(a_file_is_written_as_it_was_read),
		cmocka_unit_test(a_file_has_an_end),
		cmocka_unit_test(a_recording_of_several_rounds_is_one_log),
		cmocka_unit_test(every_complaint_names_the_line),
		cmocka_unit_test(a_nul_and_an_endless_line_are_refused),
		cmocka_unit_test(a_file_without_end_is_refused),
		cmocka_unit_test(columns_and_expectations_are_bounded),
		cmocka_unit_test(what_was_known_besides_survives),
		cmocka_unit_test(the_name_of_the_file_is_made_safe),
	};

	return cmocka_run_group_tests_name("casefile", tests, NULL, NULL);
}
