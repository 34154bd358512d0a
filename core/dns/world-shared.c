#include "dns/world-shared.h"

#include <stdlib.h>
#include <string.h>

#include "dns/observe.h"
#include "base/xalloc.h"

/* One check's end of it. */
struct member {
	struct world world;
	struct share *share;
	struct observe_log inbox;
	struct observe_keep keep;	/* of the check's log */
};

/* A question under way, or waiting for a place in the recursion. */
struct shared {
	struct question question;
	struct member **waiting;	/* NULL: that check is over */
	size_t count;
	bool asked;
};

struct share {
	struct world *network;
	struct shared **open;		/* in the order asked */
	size_t opens, capacity;
	size_t recursions;		/* asked, and not answered yet */
	bool asked;
	struct observe_log answers;	/* of one step */
};

static bool
is_recursive(const struct shared *shared)
{
	return shared->question.vantage.kind == VANTAGE_RECURSIVE;
}

static void
shared_free(struct shared *shared)
{
	free(shared->waiting);
	free(shared);
}

struct share *
share_new(struct world *network)
{
	struct share *share = xcalloc(1, sizeof *share);

	share->network = network;
	network->ops->refresh(network);
	return share;
}

void
share_free(struct share *share)
{
	for (size_t i = 0; i < share->opens; i++)
		shared_free(share->open[i]);
	free(share->open);
	observe_release(&share->answers);
	free(share);
}

static void
wait_for(struct shared *shared, struct member *member)
{
	shared->waiting = xreallocarray(shared->waiting, shared->count + 1,
	    sizeof *shared->waiting);
	shared->waiting[shared->count++] = member;
}

static void
member_ask(struct world *world, const struct question *question, int64_t now)
{
	struct member *member = (struct member *)world;
	struct share *share = member->share;
	struct shared *shared;

	(void)now;
	for (size_t i = 0; i < share->opens; i++) {
		if (question_equal(&share->open[i]->question, question)) {
			wait_for(share->open[i], member);
			return;
		}
	}
	shared = xcalloc(1, sizeof *shared);
	shared->question = *question;
	wait_for(shared, member);
	if (share->opens == share->capacity) {
		share->capacity = share->capacity == 0 ? 256 :
		    share->capacity * 2;
		share->open = xreallocarray(share->open, share->capacity,
		    sizeof *share->open);
	}
	share->open[share->opens++] = shared;
	share->asked = true;
}

static size_t
member_fds(struct world *world, struct pollfd *fds, size_t max)
{
	(void)world;
	(void)fds;
	(void)max;
	return 0;
}

static int64_t
member_step(struct world *world, struct observe_log *log, int64_t now)
{
	struct member *member = (struct member *)world;

	(void)now;
	member->keep = log->keep;
	observe_move(log, &member->inbox);
	return INT64_MAX;
}

static void
member_refresh(struct world *world)
{
	struct member *member = (struct member *)world;
	struct share *share = member->share;

	for (size_t i = 0; i < share->opens; i++)
		for (size_t k = 0; k < share->open[i]->count; k++)
			if (share->open[i]->waiting[k] == member)
				share->open[i]->waiting[k] = NULL;
	observe_release(&member->inbox);
}

static size_t
member_system(struct world *world, struct vantage out[static RESOLVCONF_MAX])
{
	struct world *network = ((struct member *)world)->share->network;

	return network->ops->system == NULL ? 0 :
	    network->ops->system(network, out);
}

static void
member_free(struct world *world)
{
	member_refresh(world);
	free(world);
}

static const struct world_ops member_ops = {
	.ask = member_ask,
	.fds = member_fds,
	.step = member_step,
	.refresh = member_refresh,
	.system = member_system,
	.free = member_free,
};

struct world *
share_world(struct share *share)
{
	struct member *member = xcalloc(1, sizeof *member);

	member->world = *share->network;
	member->world.ops = &member_ops;
	member->share = share;
	return &member->world;
}

static struct shared *
asked(const struct share *share, const struct question *question)
{
	for (size_t i = 0; i < share->opens; i++)
		if (share->open[i]->asked &&
		    question_equal(&share->open[i]->question, question))
			return share->open[i];
	return NULL;
}

/* To any of the checks that wait for this answer. */
static unsigned
matters(const void *arg, const struct question *question,
    const struct rr *rr)
{
	const struct shared *shared = asked(arg, question);
	unsigned kinds = 0;

	for (size_t k = 0; shared != NULL && k < shared->count; k++) {
		const struct member *m = shared->waiting[k];

		if (m != NULL && m->keep.matters != NULL)
			kinds |= m->keep.matters(m->keep.arg, question, rr);
	}
	return kinds;
}

/* Nobody waits for it any more. */
static bool
is_forgotten(const struct shared *shared)
{
	for (size_t i = 0; i < shared->count; i++)
		if (shared->waiting[i] != NULL)
			return false;
	return true;
}

static void
send_all(struct share *share, int64_t now)
{
	size_t kept = 0;

	for (size_t i = 0; i < share->opens; i++) {
		struct shared *shared = share->open[i];

		if (!shared->asked && is_forgotten(shared)) {
			shared_free(shared);
			continue;
		}
		share->open[kept++] = shared;
		if (shared->asked || (is_recursive(shared) &&
		    share->recursions >= SHARE_RECURSION))
			continue;
		shared->asked = true;
		share->recursions += is_recursive(shared);
		share->network->ops->ask(share->network, &shared->question,
		    now);
	}
	share->opens = kept;
	share->asked = false;
}

/* Each check that waits gets its own copy; the row itself goes. */
static void
hand_out(struct share *share, const struct observation *o)
{
	struct shared *shared = asked(share, &o->question);
	size_t i = 0;

	if (shared == NULL)
		return;
	while (share->open[i] != shared)
		i++;
	for (size_t k = 0; k < shared->count; k++)
		if (shared->waiting[k] != NULL)
			observe_add(&shared->waiting[k]->inbox,
			    observation_copy(o));
	/* Its place is free for one that waits. */
	if (is_recursive(shared) && share->recursions-- == SHARE_RECURSION)
		share->asked = true;
	shared_free(shared);
	memmove(&share->open[i], &share->open[i + 1],
	    (--share->opens - i) * sizeof *share->open);
}

int64_t
share_step(struct share *share, int64_t now)
{
	int64_t due;

	send_all(share, now);
	share->answers.keep = (struct observe_keep){ matters, share };
	due = share->network->ops->step(share->network, &share->answers, now);
	for (size_t i = 0; i < share->answers.count; i++)
		hand_out(share, share->answers.row[i]);
	observe_release(&share->answers);
	return due;
}

bool
share_asked(const struct share *share)
{
	return share->asked;
}

size_t
share_fds(struct share *share, struct pollfd *fds, size_t max)
{
	return share->network->ops->fds(share->network, fds, max);
}
