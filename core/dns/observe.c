#include "dns/observe.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

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

	o->rr = xreallocarray(o->rr, count + 1, sizeof *o->rr);
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

void
observe_add(struct observe_log *log, struct observation *o)
{
	if (log->count == log->capacity) {
		log->capacity = log->capacity == 0 ? 64 : log->capacity * 2;
		log->row = xreallocarray(log->row, log->capacity,
		    sizeof *log->row);
	}
	o->round = log->round;
	log->row[log->count++] = o;
}

bool
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
	for (size_t i = log->count; i-- > 0;) {
		if (log->row[i]->round != log->round)
			continue;
		if (question_equal(&log->row[i]->question, question))
			return log->row[i];
	}
	return NULL;
}

const struct observation *
observe_look(const struct observe_log *log, enum vantage_kind kind,
    const char *address, const struct name *name, uint16_t type)
{
	for (size_t i = log->count; i-- > 0;) {
		const struct observation *o = log->row[i];
		const struct question *q = &o->question;

		if (o->round == log->round && q->type == type &&
		    !q->tcp && q->vantage.kind == kind &&
		    strcmp(q->vantage.address, address) == 0 &&
		    name_equal(&q->name, name))
			return o;
	}
	return NULL;
}

const struct observation *
observe_before(const struct observe_log *log, const struct question *question,
    int round)
{
	for (size_t i = log->count; i-- > 0;) {
		if (log->row[i]->round >= round)
			continue;
		if (question_equal(&log->row[i]->question, question))
			return log->row[i];
	}
	return NULL;
}

bool
observe_rules_out(const struct observe_log *log, const char *address,
    const struct name *name)
{
	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];
		const struct question *q = &o->question;

		if (o->round == log->round && o->aa &&
		    o->outcome == OUTCOME_ANSWER &&
		    o->rcode == RCODE_NXDOMAIN &&
		    q->vantage.kind == VANTAGE_AUTHORITY &&
		    strcmp(q->vantage.address, address) == 0 &&
		    name_is_below(name, &q->name) &&
		    !name_equal(name, &q->name))
			return true;
	}
	return false;
}

bool
observation_same(const struct observation *a, const struct observation *b)
{
	if (a->outcome != b->outcome || a->rcode != b->rcode ||
	    a->answers != b->answers)
		return false;
	for (size_t i = 0; i < a->answers; i++) {
		size_t k = 0;

		while (k < b->answers &&
		    !(name_equal(&a->rr[i].owner, &b->rr[k].owner) &&
		    rr_equal(&a->rr[i], &b->rr[k])))
			k++;
		if (k == b->answers)
			return false;
	}
	return true;
}

/*
 * Walks from the newest row back.  Of each question the first row met stays,
 * and the first one that differs from it; the rest goes.
 */
void
observe_prune(struct observe_log *log)
{
	for (size_t i = log->count; i-- > 0;) {
		const struct observation *newest = log->row[i];
		bool different = false;

		if (newest == NULL)
			continue;
		for (size_t k = i; k-- > 0;) {
			struct observation *older = log->row[k];

			if (older == NULL || !question_equal(&older->question,
			    &newest->question))
				continue;
			if (!different && !observation_same(older, newest)) {
				different = true;
				continue;
			}
			observation_free(older);
			log->row[k] = NULL;
		}
	}

	size_t kept = 0;

	for (size_t i = 0; i < log->count; i++)
		if (log->row[i] != NULL)
			log->row[kept++] = log->row[i];
	log->count = kept;
}

const struct rr *
observation_answer(const struct observation *o, uint16_t type, size_t *from)
{
	for (size_t i = *from; i < o->answers; i++) {
		if (o->rr[i].type == type &&
		    name_equal(&o->rr[i].owner, &o->question.name)) {
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
