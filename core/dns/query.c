#include "dns/query.h"

#include <stdlib.h>
#include <string.h>

#include <sys/resource.h>

#include <bsd/string.h>

#include "dns/address.h"
#include "dns/query-internal.h"
#include "base/xalloc.h"

enum {
	PORT = 53,
	DESCRIPTORS_LEAST = 16,
	WAIT_UNFREE = 100,	/* ms until a descriptor is tried for again */
	TURN = 200,		/* us of processor time in one step */
	IDLE = 16		/* jobs without work, between two looks at it */
};

struct query_engine *
query_engine_new(void)
{
	struct query_engine *engine = xcalloc(1, sizeof *engine);
	struct rlimit files;

	engine->limit = QUERY_DESCRIPTORS;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 &&
	    files.rlim_cur / 2 < engine->limit)
		engine->limit = files.rlim_cur / 2 < DESCRIPTORS_LEAST ?
		    DESCRIPTORS_LEAST : (size_t)files.rlim_cur / 2;
	return engine;
}

void
query_drop(struct query_engine *engine)
{
	for (size_t i = 0; i < engine->jobs; i++)
		query_job_free(engine, engine->job[i]);
	engine->jobs = 0;
	for (size_t i = 0; i < engine->addresses; i++) {
		engine->address[i]->credit = BOUND_DATAGRAMS;
		engine->address[i]->old = false;
	}
}

void
query_engine_free(struct query_engine *engine)
{
	if (engine == NULL)
		return;
	query_drop(engine);
	for (size_t i = 0; i < engine->addresses; i++)
		free(engine->address[i]);
	free(engine->address);
	free(engine->job);
	free(engine);
}

size_t
query_dropped(const struct query_engine *engine)
{
	return engine->dropped;
}

static struct query_address *
address_of(struct query_engine *engine, const char *text)
{
	struct query_address *a;

	for (size_t i = 0; i < engine->addresses; i++)
		if (strcmp(engine->address[i]->text, text) == 0)
			return engine->address[i];

	a = xcalloc(1, sizeof *a);
	strlcpy(a->text, text, sizeof a->text);
	a->cap = QUERY_IN_FLIGHT;
	a->credit = BOUND_DATAGRAMS;
	a->len = address_parse(text, PORT, &a->sockaddr);
	engine->address = xreallocarray(engine->address,
	    engine->addresses + 1, sizeof *engine->address);
	engine->address[engine->addresses++] = a;
	return a;
}

struct query_job *
query_job_new(struct query_engine *engine, struct query_address *address,
    const struct question *question)
{
	struct query_job *job = xcalloc(1, sizeof *job);

	job->question = *question;
	job->address = address;
	job->fd = -1;
	job->edns = true;
	if (engine->jobs == engine->capacity) {
		engine->capacity = engine->capacity == 0 ? 64 :
		    engine->capacity * 2;
		engine->job = xreallocarray(engine->job, engine->capacity,
		    sizeof *engine->job);
	}
	engine->job[engine->jobs++] = job;
	return job;
}

void
query_ask(struct query_engine *engine, const struct question *question,
    int64_t now)
{
	(void)now;
	query_job_new(engine, address_of(engine, question->vantage.address),
	    question);
}

static short
job_events(const struct query_job *job)
{
	return job->state == QUERY_TCP_WRITING ? POLLOUT : POLLIN;
}

/* Is anything to come that the job can do something with now? */
static bool
is_waiting(const struct query_job *job)
{
	return job->fd != -1 && job->reader == NULL;
}

size_t
query_fds(struct query_engine *engine, struct pollfd *fds, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < engine->jobs && n < max; i++) {
		const struct query_job *job = engine->job[i];

		if (!is_waiting(job))
			continue;
		fds[n].fd = job->fd;
		fds[n].events = job_events(job);
		fds[n++].revents = 0;
	}
	return n;
}

/* What one job does in this turn; *due: when it has something to do again. */
static enum query_result
job_step(struct query_engine *engine, struct query_job *job, bool is_ready,
    struct observe_log *log, int64_t now, int64_t *due)
{
	struct query_address *a = job->address;
	enum query_result result = QUERY_ON;

	if (job->over)
		return QUERY_OVER;
	if (is_ready || job->reader != NULL)
		result = query_job_ready(engine, job, log, now);
	if (job->reader != NULL) {
		*due = now;
		return QUERY_ON;
	}
	if (result == QUERY_ON && job->state != QUERY_WAITING)
		result = query_job_due(engine, job, log, now);
	if (result == QUERY_ON && job->state == QUERY_WAITING &&
	    a->in_flight < a->cap && engine->open < engine->limit) {
		result = query_job_start(engine, job, log, now);
		if (result == QUERY_NO_DESCRIPTOR && now + WAIT_UNFREE < *due)
			*due = now + WAIT_UNFREE;
	}
	if (result != QUERY_OVER && job->state != QUERY_WAITING &&
	    query_job_next(job) < *due)
		*due = query_job_next(job);
	return result;
}

/* Those whose turn it was not come first in the next step. */
static void
turn_round(struct query_engine *engine, size_t first)
{
	struct query_job **job = xcalloc(engine->jobs + 1, sizeof *job);

	for (size_t i = 0; i < engine->jobs; i++)
		job[i] = engine->job[(first + i) % engine->jobs];
	memcpy(engine->job, job, engine->jobs * sizeof *job);
	free(job);
}

int64_t
query_step(struct query_engine *engine, struct observe_log *log, int64_t now)
{
	int64_t due = INT64_MAX;
	size_t ready = 0, kept = 0, waiting = 0, left = 0;
	size_t fds = query_fds(engine, engine->ready, QUERY_DESCRIPTORS);
	bool over = false;

	engine->turn = turn_begin(TURN);
	if (fds > 0 && poll(engine->ready, fds, 0) <= 0)
		fds = 0;
	for (size_t i = 0; i < engine->jobs; i++) {
		struct query_job *job = engine->job[i];
		bool is_ready = is_waiting(job) && ready < fds &&
		    engine->ready[ready++].revents != 0;
		bool worked = is_ready || job->reader != NULL || i % IDLE == 0;
		int sends = job->sends;

		if (!over && job_step(engine, job, is_ready, log, now,
		    &due) == QUERY_OVER) {
			query_job_free(engine, job);
			worked = true;
		} else {
			worked |= job->sends != sends;
			waiting += job->state == QUERY_WAITING;
			engine->job[kept++] = job;
		}
		if (!over && worked && (over = turn_is_over(&engine->turn)))
			left = kept;
	}
	/* A place became free behind one that waits: it is its turn. */
	if (waiting > 0 && kept < engine->jobs)
		due = now;
	engine->jobs = kept;
	if (over && left < kept) {
		turn_round(engine, left);
		due = now;
	}
	return due;
}
