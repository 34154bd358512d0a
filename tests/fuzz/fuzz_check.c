/*
 * A recorded case, answered by somebody who means harm: the first two octets
 * of the input choose it, each five more change one of its answers.  Through
 * delegation, probe, diagnose and report: it ends, the JSON is JSON, and no
 * octet of theirs reaches a terminal as it came.
 */
#include <glob.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "diagnose/casefile.h"
#include "diagnose/check.h"
#include "dns/world.h"
#include "report/report.h"

enum {
	CHANGE = 5,		/* octets: which row, what, where, value */
	CHANGES = 64,
	STEPS = 20000,
	LONGEST = 600		/* of rdata that was made longer */
};

int
LLVMFuzzerInitialize(int *argc, char ***argv);
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
	struct casefile *file;	/* owned */
	size_t count;
} cases;

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char why[CASEFILE_WHY];
	glob_t found;

	(void)argc;
	(void)argv;
	if (glob("tests/cases/*.case", 0, NULL, &found) != 0)
		abort();
	cases.file = calloc(found.gl_pathc, sizeof *cases.file);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *in = fopen(found.gl_pathv[i], "re");

		casefile_init(&cases.file[i]);
		if (in == NULL || casefile_read(&cases.file[i], in, "case",
		    why) == -1 || cases.file[i].log.count == 0)
			abort();
		fclose(in);
	}
	cases.count = found.gl_pathc;
	globfree(&found);
	return 0;
}

static size_t
records_of(const struct observation *o)
{
	return o->answers + o->authorities + o->additionals;
}

/* Any octet in the place of one that is no length: names stay names. */
static void
spoil_name(struct rr *rr, unsigned where, uint8_t value)
{
	struct name name = *rr->owner;
	size_t at = where % name.len, label = 0;

	while (label + name.wire[label] < at)
		label += name.wire[label] + 1u;
	if (at != label && name.wire[label] != 0)
		name.wire[at] = value;
	rr_set_owner(rr, &name);
}

static void
spoil_rdata(struct rr *rr, unsigned kind, unsigned where, uint8_t value)
{
	uint8_t *longer;

	switch (kind) {
	case 0:
		if (rr->len > 0)
			rr->rdata[where % rr->len] = value;
		break;
	case 1:
		rr->len = (uint16_t)(where % (rr->len + 1u));
		break;
	default:
		if (rr->len + value + 1u > LONGEST)
			break;
		longer = realloc(rr->rdata, rr->len + value + 1u);
		if (longer == NULL)
			abort();
		memset(longer + rr->len, (int)where, value + 1u);
		rr->rdata = longer;
		rr->len = (uint16_t)(rr->len + value + 1u);
		break;
	}
}

/* One record is said again, as often as the value says. */
static void
repeat(struct observation *o, const struct rr *rr, uint8_t times)
{
	struct rr copy;

	rr_copy(&copy, rr);
	for (unsigned i = 0; i < times % 8; i++)
		observation_add_answer(o, &copy);
	rr_release(&copy);
}

static void
spoil_record(struct observation *o, unsigned kind, unsigned where,
    uint8_t value)
{
	static const uint16_t types[] = {
		RR_A, RR_NS, RR_CNAME, RR_SOA, RR_MX, RR_TXT, RR_AAAA,
		RR_DNAME, 65280
	};
	struct rr *rr;

	if (records_of(o) == 0)
		return;
	rr = &o->rr[(where >> 4) % records_of(o)];
	switch (kind) {
	case 0:
	case 1:
	case 2:
		spoil_rdata(rr, kind, where, value);
		break;
	case 3:
		spoil_name(rr, where, value);
		break;
	case 4:
		rr->type = types[value % (sizeof types / sizeof types[0])];
		break;
	case 5:
		rr->ttl = (uint32_t)value << (where % 24);
		break;
	case 6:
		repeat(o, rr, value);
		break;
	default:
		rr_set_owner(rr, &o->question.name);
		break;
	}
}

static void
spoil_answer(struct observation *o, unsigned kind, uint8_t value)
{
	switch (kind) {
	case 8:
		o->rcode = value % 24;
		break;
	case 9:
		o->aa = value & 1;
		o->cut = value & 2;
		o->ra = value & 4;
		o->secure = value & 8;
		o->tcp = value & 16;
		break;
	case 10:
		/* Of sections that are there, none begins where it did. */
		if (o->answers > 0) {
			o->answers--;
			o->authorities++;
		}
		break;
	default:
		o->outcome = value % (OUTCOME_GARBLED + 1);
		break;
	}
}

static void
spoil(struct observe_log *log, const uint8_t change[static CHANGE])
{
	size_t row = ((size_t)change[0] << 8 | change[1]) % log->count;
	struct observation *o = log->row[row];
	unsigned kind = change[2] % 12;

	if (kind < 8)
		spoil_record(o, kind, (unsigned)change[3] << 4 |
		    (change[2] >> 4), change[4]);
	else
		spoil_answer(o, kind, change[4]);
}

/* What is written for people: printable UTF-8 and ends of lines. */
static void
is_harmless(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t c = (uint8_t)text[i];

		if ((c < ' ' && c != '\n') || c == 0x7f ||
		    (c == 0xc2 && (uint8_t)text[i + 1] < 0xa0))
			abort();
	}
}

static void
say(const struct check *check, void (*how)(FILE *, const struct check *),
    bool json)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *read;

	if (out == NULL)
		abort();
	how(out, check);
	if (fclose(out) != 0)
		abort();
	is_harmless(text, len);
	if (json) {
		if ((read = json_loadb(text, len, 0, NULL)) == NULL)
			abort();
		json_decref(read);
	}
	free(text);
}

static void
report_plainly(FILE *out, const struct check *check)
{
	report_text(out, check, false);
}

static void
look(const struct casefile *file, const struct observe_log *log)
{
	struct world *world = world_replay(log);
	struct check *check = calloc(1, sizeof *check);
	int steps = 0;

	if (check == NULL)
		abort();
	check_init(check, world, &file->identity, file->guard);
	check_recorded(check, file);
	check_start(check, file->now);
	while (!check_is_over(check)) {
		if (steps++ == STEPS)
			abort();
		check_step(check, file->now, NULL);
	}
	say(check, report_plainly, false);
	say(check, report_json, true);
	say(check, report_oneline, false);
	say(check, report_records_markdown, false);
	check_release(check);
	free(check);
	world->ops->free(world);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct casefile *file;
	struct observe_log log;

	if (size < 2)
		return 0;
	file = &cases.file[((size_t)data[0] << 8 | data[1]) % cases.count];
	observe_init(&log);
	log.round = file->log.round;
	for (size_t i = 0; i < file->log.count; i++) {
		observe_add(&log, observation_copy(file->log.row[i]));
		log.row[i]->round = file->log.row[i]->round;
	}
	data += 2;
	size -= 2;
	for (size_t n = 0; n < CHANGES && size >= CHANGE; n++) {
		spoil(&log, data);
		data += CHANGE;
		size -= CHANGE;
	}
	look(file, &log);
	observe_release(&log);
	return 0;
}
