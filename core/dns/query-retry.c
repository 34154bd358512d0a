#include "dns/query-internal.h"

enum {
	IN_FLIGHT_LEAST = 4,
	CREDIT_EVERY = 1000,	/* ms in which time gives a datagram back */
	WAIT_LEAST = 400,	/* ms before the first resend */
	WAIT_MOST = 1000,
	UDP_ALONE = 3		/* sends before TCP is tried beside them */
};

/* A volley lost together counts once. */
void
query_lost(struct query_address *a, int64_t now)
{
	if (now - a->halved < WAIT_LEAST)
		return;
	a->halved = now;
	a->cap = a->cap / 2 < IN_FLIGHT_LEAST ? IN_FLIGHT_LEAST : a->cap / 2;
}

void
query_answered(struct query_address *a, const struct query_job *job,
    int64_t now)
{
	int rtt = (int)(now - job->sent);

	if (a->cap < QUERY_IN_FLIGHT)
		a->cap++;
	a->credit += BOUND_EARNED;
	if (a->credit > BOUND_DATAGRAMS)
		a->credit = BOUND_DATAGRAMS;
	a->edns |= job->edns;
	a->old &= !a->edns;
	/* Of a repeated send nobody knows which one was answered (Karn). */
	if (job->sends == 1 && !job->second)
		a->srtt = a->srtt == 0 ? rtt : (7 * a->srtt + rtt) / 8;
}

/* What is not sent counts as lost: the question ends with its time. */
bool
query_may_send(struct query_address *a, int64_t now)
{
	if (now - a->earned >= CREDIT_EVERY) {
		a->credit += a->earned != 0 && a->credit < BOUND_DATAGRAMS;
		a->earned = now;
	}
	if (a->credit <= 0)
		return false;
	a->credit--;
	return true;
}

int
query_wait(const struct query_address *a)
{
	int wait = 3 * a->srtt;

	return wait < WAIT_LEAST ? WAIT_LEAST :
	    wait > WAIT_MOST ? WAIT_MOST : wait;
}

/*
 * The same question over TCP, until the same deadline.  One at a time finds
 * out whether the address answers so; then all go that way, too.
 */
static void
begin_twin(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	struct query_address *a = job->address;
	struct query_job *twin;

	if (job->twin != NULL || engine->open >= engine->limit ||
	    (!a->unheard && (a->trying || job->sends < UDP_ALONE)))
		return;
	twin = query_job_new(engine, a, &job->question);
	twin->second = a->trying = true;
	twin->twin = job;
	job->twin = twin;
	twin->state = QUERY_TCP_WAITING;
	twin->edns = job->edns;
	twin->deadline = job->deadline;
	twin->wait = WAIT_MOST;
	query_job_compose(twin);
	if (query_job_send(engine, twin, log, now) == QUERY_OVER)
		twin->over = true;
}

enum query_result
query_job_due(struct query_engine *engine, struct query_job *job,
    struct observe_log *log, int64_t now)
{
	if (job->held != NULL)
		return now < job->resend && now < job->deadline ? QUERY_ON :
		    query_job_release(job, log, now);
	if (now >= job->deadline) {
		if (!job->second && !job->question.tcp)
			query_lost(job->address, now);
		return query_job_end(log, job, NULL, job->garbled ?
		    OUTCOME_GARBLED : OUTCOME_SILENT, now);
	}
	/* A connection that stands is not disturbed. */
	if (now < job->resend || job->sends >= QUERY_SENDS ||
	    job->state == QUERY_TCP_WRITING || job->state == QUERY_TCP_READING)
		return QUERY_ON;
	query_lost(job->address, now);
	if (query_job_send(engine, job, log, now) == QUERY_OVER)
		return QUERY_OVER;
	if (job->state == QUERY_UDP)
		begin_twin(engine, job, log, now);
	return QUERY_ON;
}

int64_t
query_job_next(const struct query_job *job)
{
	bool resends = job->held != NULL || (job->sends < QUERY_SENDS &&
	    (job->state == QUERY_UDP || job->state == QUERY_TCP_WAITING));

	return resends && job->resend < job->deadline ? job->resend :
	    job->deadline;
}
