#include "dns/observe.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum {
	STEP = 8,
	HASH = 0x50c5d1f,	/* where one begins */
	HOLLOW = -1,	/* round of a row that is gone */
	FEW = 8		/* records: they are read again sooner than marked */
};

void
observe_init(struct observe_log *log)
{
	memset(log, 0, sizeof *log);
}

void
observe_release(struct observe_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		observation_free(log->row[i]);
	free(log->row);
	for (size_t c = 0; c < OBSERVE_CHAINS; c++) {
		free(log->head[c]);
		free(log->older[c]);
	}
	observe_init(log);
}

struct observation *
observation_new(const struct question *question)
{
	struct observation *o = xcalloc(1, sizeof *o);

	o->question = *question;
	return o;
}

void
observation_free(struct observation *o)
{
	if (o == NULL)
		return;
	for (size_t i = 0; i < o->answers + o->authorities + o->additionals;
	    i++)
		rr_release(&o->rr[i]);
	free(o->rr);
	free(o);
}

/* Inserts at index, so that a section can grow after a later one began. */
static void
insert(struct observation *o, size_t at, const struct rr *rr)
{
	size_t count = o->answers + o->authorities + o->additionals;

	/* Most answers have few rows, some very many. */
	if (count < STEP || count % STEP == 0)
		o->rr = xreallocarray(o->rr, count < STEP ? count + 1 :
		    count + STEP, sizeof *o->rr);
	memmove(&o->rr[at + 1], &o->rr[at], (count - at) * sizeof *o->rr);
	rr_copy(&o->rr[at], rr);
}

void
observation_add_answer(struct observation *o, const struct rr *rr)
{
	insert(o, o->answers, rr);
	o->answers++;
}

void
observation_add_authority(struct observation *o, const struct rr *rr)
{
	insert(o, o->answers + o->authorities, rr);
	o->authorities++;
}

void
observation_add_additional(struct observation *o, const struct rr *rr)
{
	insert(o, o->answers + o->authorities + o->additionals, rr);
	o->additionals++;
}

struct observation *
observation_copy(const struct observation *row)
{
	struct observation *o = observation_new(&row->question);
	const struct rr *rr = row->rr;

	*o = *row;
	o->rr = NULL;
	o->answers = o->authorities = o->additionals = 0;
	for (size_t i = 0; i < row->answers; i++)
		observation_add_answer(o, rr++);
	for (size_t i = 0; i < row->authorities; i++)
		observation_add_authority(o, rr++);
	for (size_t i = 0; i < row->additionals; i++)
		observation_add_additional(o, rr++);
	return o;
}

/* Of a name and of an address, which is mixed in as by FNV-1a. */
static uint32_t
hash_of(const struct name *name, const char *address)
{
	uint32_t hash = name == NULL ? HASH : name_hash(name);

	for (; *address != '\0'; address++)
		hash = (hash ^ (uint8_t)*address) * 16777619u;
	return hash;
}

/* Of what a server says who hands a name on to others; letters in any size. */
static uint32_t
referral_hash(const struct observation *o)
{
	uint32_t hash = HASH;

	if (o->aa || o->answers > 0)
		return 0;
	for (size_t i = 0; i < o->authorities + o->additionals; i++) {
		const struct rr *rr = &o->rr[i];

		hash = (hash ^ name_hash(rr->owner) ^ rr->type) * 16777619u;
		for (size_t k = 0; k < rr->len; k++)
			hash = (hash ^ (uint8_t)tolower(rr->rdata[k])) *
			    16777619u;
	}
	return hash;
}

static void
chain(struct observe_log *log, size_t row)
{
	const struct question *q = &log->row[row]->question;
	const uint32_t hash[OBSERVE_CHAINS] = {
		[OBSERVE_BY_NAME] = hash_of(&q->name, q->vantage.address),
		[OBSERVE_BY_ADDRESS] = hash_of(NULL, q->vantage.address),
	};

	for (size_t c = 0; c < OBSERVE_CHAINS; c++) {
		uint32_t *head = &log->head[c][hash[c] & (log->capacity - 1)];

		log->older[c][row] = *head;
		*head = (uint32_t)row + 1;
	}
}

/* After the rows have moved, or there is room for more. */
static void
chain_all(struct observe_log *log)
{
	for (size_t c = 0; c < OBSERVE_CHAINS; c++) {
		log->head[c] = xreallocarray(log->head[c], log->capacity,
		    sizeof *log->head[c]);
		log->older[c] = xreallocarray(log->older[c], log->capacity,
		    sizeof *log->older[c]);
		memset(log->head[c], 0, log->capacity * sizeof *log->head[c]);
	}
	for (size_t i = 0; i < log->count; i++)
		chain(log, i);
}

/*
 * Walks the rows of a chain, the newest first; 0 at its end.  Others with the
 * same hash may be among them.
 */
static uint32_t
first(const struct observe_log *log, enum observe_chain c,
    const struct name *name, const char *address)
{
	return log->capacity == 0 ? 0 : log->head[c][hash_of(name, address) &
	    (log->capacity - 1)];
}

static size_t
octets_of(const struct observation *o)
{
	size_t count = o->answers + o->authorities + o->additionals;

	return sizeof *o + rr_octets(o->rr, count);
}

static int
compare_rdata(const void *a, const void *b)
{
	const struct rr *x = a, *y = b;
	size_t least = x->len < y->len ? x->len : y->len;
	int order = 0;

	/* The letters of names come in any size, as they were asked. */
	for (size_t i = 0; i < least && order == 0; i++)
		order = x->type == RR_TXT ? x->rdata[i] - y->rdata[i] :
		    tolower(x->rdata[i]) - tolower(y->rdata[i]);
	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/*
 * Servers send the rows of one name and type in any order (RFC 1034 section
 * 3.6), and another one each time: what is said of them must not change.
 */
static void
put_in_order(struct observation *o)
{
	size_t all = o->answers + o->authorities + o->additionals, to;

	for (size_t from = 0; from < all; from = to) {
		const struct rr *first = &o->rr[from];

		for (to = from + 1; to < all && to != o->answers &&
		    to != o->answers + o->authorities &&
		    o->rr[to].type == first->type &&
		    name_equal(o->rr[to].owner, first->owner); to++)
			continue;
		if (to - from > 1)
			qsort(&o->rr[from], to - from, sizeof *o->rr,
			    compare_rdata);
	}
}

/* Who has thousands of answers with many rows reads them once. */
static unsigned
without(const struct observe_keep *keep, const struct observation *o)
{
	unsigned found = 0;

	if (keep->matters == NULL || o->answers <= FEW)
		return 0;
	for (size_t i = 0; i < o->answers; i++)
		found |= keep->matters(keep->arg, &o->question, &o->rr[i]);
	return ~found;
}

void
observe_doubt(struct observe_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		log->row[i]->without = 0;
}

void
observe_add(struct observe_log *log, struct observation *o)
{
	put_in_order(o);
	o->hash = referral_hash(o);
	o->without = without(&log->keep, o);
	o->round = log->round;
	log->octets += octets_of(o);
	if (log->count == log->capacity) {
		log->capacity = log->capacity == 0 ? 64 : log->capacity * 2;
		log->row = xreallocarray(log->row, log->capacity,
		    sizeof *log->row);
		chain_all(log);
	}
	log->row[log->count] = o;
	chain(log, log->count++);
}

void
observe_move(struct observe_log *to, struct observe_log *from)
{
	for (size_t i = 0; i < from->count; i++)
		observe_add(to, from->row[i]);
	from->count = from->octets = 0;
	if (from->capacity > 0)
		chain_all(from);
}

static bool
vantage_equal(const struct vantage *a, const struct vantage *b)
{
	return a->kind == b->kind && strcmp(a->address, b->address) == 0;
}

bool
question_equal(const struct question *a, const struct question *b)
{
	return a->type == b->type && a->tcp == b->tcp &&
	    vantage_equal(&a->vantage, &b->vantage) &&
	    name_equal(&a->name, &b->name);
}

const struct observation *
observe_find(const struct observe_log *log, const struct question *question)
{
	for (uint32_t i = first(log, OBSERVE_BY_NAME, &question->name,
	    question->vantage.address); i > 0;
	    i = log->older[OBSERVE_BY_NAME][i - 1]) {
		const struct observation *o = log->row[i - 1];

		if (o->round == log->round &&
		    question_equal(&o->question, question))
			return o;
	}
	return NULL;
}

size_t
observe_times(const struct observe_log *log, const struct question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < log->count; i++)
		n += log->row[i]->round == log->round &&
		    question_equal(&log->row[i]->question, q);
	return n;
}

const struct observation *
observe_look(const struct observe_log *log, enum vantage_kind kind,
    const char *address, const struct name *name, uint16_t type)
{
	for (uint32_t i = first(log, OBSERVE_BY_NAME, name, address); i > 0;
	    i = log->older[OBSERVE_BY_NAME][i - 1]) {
		const struct observation *o = log->row[i - 1];
		const struct question *q = &o->question;

		if (o->round == log->round && q->type == type &&
		    !q->tcp && q->vantage.kind == kind &&
		    strcmp(q->vantage.address, address) == 0 &&
		    name_equal(&q->name, name))
			return o;
	}
	return NULL;
}

size_t
observe_newest(const struct observe_log *log, const struct question *question,
    const struct observation **row, size_t max)
{
	size_t n = 0;

	for (uint32_t i = first(log, OBSERVE_BY_NAME, &question->name,
	    question->vantage.address); i > 0 && n < max;
	    i = log->older[OBSERVE_BY_NAME][i - 1]) {
		const struct observation *o = log->row[i - 1];

		if (question_equal(&o->question, question) &&
		    (n == 0 || o->round == row[0]->round))
			row[n++] = o;
	}
	return n;
}

const struct observation *
observe_before(const struct observe_log *log, const struct question *question,
    int round)
{
	for (uint32_t i = first(log, OBSERVE_BY_NAME, &question->name,
	    question->vantage.address); i > 0;
	    i = log->older[OBSERVE_BY_NAME][i - 1]) {
		const struct observation *o = log->row[i - 1];

		if (o->round < round &&
		    question_equal(&o->question, question))
			return o;
	}
	return NULL;
}

const struct observation *
observe_next(const struct observe_log *log, const struct vantage *vantage,
    uint32_t *at)
{
	const uint32_t *older = log->older[OBSERVE_BY_ADDRESS];
	uint32_t i = *at != 0 ? older[*at - 1] : first(log,
	    OBSERVE_BY_ADDRESS, NULL, vantage->address);

	for (; i > 0; i = older[i - 1]) {
		const struct observation *o = log->row[i - 1];

		if (o->round == log->round &&
		    vantage_equal(&o->question.vantage, vantage)) {
			*at = i;
			return o;
		}
	}
	return NULL;
}

bool
observe_heard(const struct observe_log *log, const struct vantage *vantage,
    bool aa)
{
	const struct observation *o;
	uint32_t at = 0;

	while ((o = observe_next(log, vantage, &at)) != NULL)
		if (o->outcome == OUTCOME_ANSWER && (o->aa || !aa))
			return true;
	return false;
}

/* Does this name server deny the name itself? */
static bool
denies(const struct observe_log *log, const char *address,
    const struct name *name)
{
	for (uint32_t i = first(log, OBSERVE_BY_NAME, name, address); i > 0;
	    i = log->older[OBSERVE_BY_NAME][i - 1]) {
		const struct observation *o = log->row[i - 1];
		const struct question *q = &o->question;

		if (o->round == log->round && o->aa &&
		    o->outcome == OUTCOME_ANSWER &&
		    o->rcode == RCODE_NXDOMAIN &&
		    q->vantage.kind == VANTAGE_AUTHORITY &&
		    strcmp(q->vantage.address, address) == 0 &&
		    name_equal(&q->name, name))
			return true;
	}
	return false;
}

bool
observe_rules_out(const struct observe_log *log, const char *address,
    const struct name *name)
{
	struct name above = *name;

	while (name_parent(&above, &above))
		if (denies(log, address, &above))
			return true;
	return false;
}

/* Nobody finds it any more; its place is closed when all are looked at. */
static void
hollow(struct observe_log *log, struct observation *o)
{
	log->octets -= octets_of(o);
	for (size_t i = 0; i < o->answers + o->authorities + o->additionals;
	    i++)
		rr_release(&o->rr[i]);
	free(o->rr);
	memset(o, 0, sizeof *o);
	o->outcome = OUTCOME_SILENT;
	o->round = HOLLOW;
	log->octets += octets_of(o);
}

/* The row of this chain from that one on that answers the question; 0: none. */
static uint32_t
next_equal(const struct observe_log *log, uint32_t i,
    const struct question *question)
{
	while (i > 0 && !question_equal(&log->row[i - 1]->question, question))
		i = log->older[OBSERVE_BY_NAME][i - 1];
	return i;
}

/*
 * If it is the newest of its question: of those before it the first that
 * differs stays, the rest goes.
 */
static void
prune_behind(struct observe_log *log, size_t row)
{
	const uint32_t *older = log->older[OBSERVE_BY_NAME];
	const struct observation *newest = log->row[row];
	const struct question *q = &newest->question;
	bool different = false;
	uint32_t i = next_equal(log, first(log, OBSERVE_BY_NAME, &q->name,
	    q->vantage.address), q);

	if (i != row + 1)
		return;
	while ((i = next_equal(log, older[i - 1], q)) > 0) {
		struct observation *o = log->row[i - 1];

		if (!different && !observation_same(o, newest))
			different = true;
		else
			hollow(log, o);
	}
}

bool
observe_prune(struct observe_log *log, const struct turn *turn)
{
	size_t kept = 0;

	for (; log->pruned < log->count; log->pruned++) {
		if (turn != NULL && turn_is_over(turn))
			return false;
		if (log->row[log->pruned]->round != HOLLOW)
			prune_behind(log, log->pruned);
	}
	for (size_t i = 0; i < log->count; i++) {
		if (log->row[i]->round == HOLLOW) {
			log->octets -= octets_of(log->row[i]);
			observation_free(log->row[i]);
		} else {
			log->row[kept++] = log->row[i];
		}
	}
	log->count = kept;
	log->pruned = 0;
	if (log->capacity > 0)
		chain_all(log);
	return true;
}

const struct rr *
observation_answer(const struct observation *o, uint16_t type, size_t *from)
{
	for (size_t i = *from; i < o->answers; i++) {
		/* Of the same owner as the one before, which had the name. */
		bool known = i == *from && i > 0 &&
		    o->rr[i].owner == o->rr[i - 1].owner;

		if (o->rr[i].type == type && (known ||
		    name_equal(o->rr[i].owner, &o->question.name))) {
			*from = i + 1;
			return &o->rr[i];
		}
	}
	return NULL;
}

const struct rr *
observation_soa(const struct observation *o)
{
	for (size_t i = o->answers; i < o->answers + o->authorities; i++)
		if (o->rr[i].type == RR_SOA)
			return &o->rr[i];
	return NULL;
}

const char *
observe_reason(const struct observe_log *log)
{
	const struct observation *first = NULL;

	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];

		if (o->outcome != OUTCOME_BOGUS || o->reason[0] == '\0')
			continue;
		if (first == NULL || name_compare(&o->question.name,
		    &first->question.name) < 0)
			first = o;
	}
	return first != NULL ? first->reason : NULL;
}
