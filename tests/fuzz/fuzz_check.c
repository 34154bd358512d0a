/*
 * A recorded case, answered by somebody who means harm: the first two octets
 * of the input choose it and how it is told, each five more change one of its
 * answers.  Through delegation, probe, diagnose and report: it ends, the JSON
 * is JSON, and no octet of theirs reaches a terminal as it came.
 *
 * Cases are read once and changed where they stand; of two cases the shorter
 * one is chosen more often, for it shows the same in less time.
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
	HEAD = 2,		/* octets: which case, which report */
	SHARES = 1 << 16,	/* as many as these can tell apart */
	LONGEST = 600		/* of rdata that was made longer */
};

/*
 * libFuzzer looks at every comparison for values to put into its input.  None
 * of ours is compared with anything: it says what becomes of the answers.
 */
#define UNSEEN(name, type) \
	void __wrap___sanitizer_cov_trace_##name(type a, type b); \
	__attribute__((no_sanitize("coverage"))) void \
	__wrap___sanitizer_cov_trace_##name(type a, type b) \
	{ \
		(void)a; \
		(void)b; \
	}
UNSEEN(cmp1, uint8_t)
UNSEEN(cmp2, uint16_t)
UNSEEN(cmp4, uint32_t)
UNSEEN(cmp8, uint64_t)
UNSEEN(const_cmp1, uint8_t)
UNSEEN(const_cmp2, uint16_t)
UNSEEN(const_cmp4, uint32_t)
UNSEEN(const_cmp8, uint64_t)

/*
 * A turn is over when its processor time is; here after so many pieces, that
 * the same input is the same check on any machine.
 */
struct turn
__wrap_turn_begin(int microseconds);
bool
__wrap_turn_is_over(const struct turn *turn);

int
LLVMFuzzerInitialize(int *argc, char ***argv);
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Which rows of a case are not as they were recorded. */
struct changes {
	struct observation *before[CHANGES];
	size_t row[CHANGES];
	size_t count;
};

static struct {
	struct casefile *file;	/* owned */
	size_t *until;		/* owned: its share ends there */
	size_t count;
	struct check *check;	/* owned; used again each time */
	unsigned pieces, done;	/* of a turn */
} cases;

struct turn
__wrap_turn_begin(int microseconds)
{
	(void)microseconds;
	cases.done = 0;
	return (struct turn){ 0 };
}

bool
__wrap_turn_is_over(const struct turn *turn)
{
	(void)turn;
	return cases.done++ >= cases.pieces;
}

/* The more rows a case has, the smaller is its share, but each has one. */
static void
share(void)
{
	double all = 0, sum = 0;

	for (size_t i = 0; i < cases.count; i++)
		all += 1.0 / (double)cases.file[i].log.count;
	for (size_t i = 0; i < cases.count; i++) {
		sum += 1.0 / (double)cases.file[i].log.count;
		cases.until[i] = i + 1 + (size_t)(sum / all *
		    (double)(SHARES - cases.count));
	}
	cases.until[cases.count - 1] = SHARES;
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char why[CASEFILE_WHY];
	glob_t found;

	(void)argc;
	(void)argv;
	if (glob("tests/cases/*.case", 0, NULL, &found) != 0)
		abort();
	cases.count = found.gl_pathc;
	cases.file = calloc(cases.count, sizeof *cases.file);
	cases.until = calloc(cases.count, sizeof *cases.until);
	cases.check = calloc(1, sizeof *cases.check);
	for (size_t i = 0; i < cases.count; i++) {
		FILE *in = fopen(found.gl_pathv[i], "re");

		casefile_init(&cases.file[i]);
		if (in == NULL || casefile_read(&cases.file[i], in, "case",
		    why) == -1 || cases.file[i].log.count == 0)
			abort();
		fclose(in);
	}
	globfree(&found);
	share();
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

/* The row, to be changed: a copy, and what it was is remembered. */
static struct observation *
change(struct observe_log *log, struct changes *changes, size_t row)
{
	for (size_t i = 0; i < changes->count; i++)
		if (changes->row[i] == row)
			return log->row[row];
	changes->row[changes->count] = row;
	changes->before[changes->count++] = log->row[row];
	log->row[row] = observation_copy(log->row[row]);
	return log->row[row];
}

static void
restore(struct observe_log *log, struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		struct observation **row = &log->row[changes->row[i]];

		observation_free(*row);
		*row = changes->before[i];
	}
}

static void
spoil(struct observe_log *log, struct changes *changes,
    const uint8_t how[static CHANGE])
{
	size_t row = ((size_t)how[0] << 8 | how[1]) % log->count;
	struct observation *o = change(log, changes, row);
	unsigned kind = how[2] % 12;

	if (kind < 8)
		spoil_record(o, kind, (unsigned)how[3] << 4 | (how[2] >> 4),
		    how[4]);
	else
		spoil_answer(o, kind, how[4]);
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

enum {
	REPORTS = 4
};

static const struct {
	void (*how)(FILE *, const struct check *);
	bool json;
} reports[REPORTS] = {
	{ report_plainly, false },
	{ report_json, true },
	{ report_oneline, false },
	{ report_records_markdown, false },
};

static void
look(const struct casefile *file, size_t report)
{
	struct world *world = world_replay(&file->log);
	struct check *check = cases.check;
	int steps = 0;

	check_init(check, world, &file->identity, file->guard);
	check_recorded(check, file);
	check_start(check, file->now);
	while (!check_is_over(check)) {
		if (steps++ == STEPS)
			abort();
		check_step(check, file->now, NULL);
	}
	say(check, reports[report].how, reports[report].json);
	check_release(check);
	world->ops->free(world);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct changes changes = { .count = 0 };
	struct casefile *file = cases.file;
	size_t choice;

	if (size < HEAD)
		return 0;
	choice = (size_t)data[0] << 8 | data[1];
	while (choice >= cases.until[file - cases.file])
		file++;
	data += HEAD;
	size -= HEAD;
	for (size_t n = 0; n < CHANGES && size >= CHANGE; n++) {
		spoil(&file->log, &changes, data);
		data += CHANGE;
		size -= CHANGE;
	}
	cases.pieces = 1 + choice / REPORTS % 8;
	look(file, choice % REPORTS);
	restore(&file->log, &changes);
	return 0;
}
