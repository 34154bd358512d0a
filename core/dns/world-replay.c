#include "dns/world.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum { SAME = 8 };	/* answers to one question in one round, at most */

struct replay {
	struct world world;
	const struct observe_log *recorded;
	struct question *asked;
	size_t count, capacity;
};

static void
replay_ask(struct world *world, const struct question *question, int64_t now)
{
	struct replay *replay = (struct replay *)world;

	(void)now;
	if (replay->count == replay->capacity) {
		replay->capacity = replay->capacity == 0 ? 64 :
		    replay->capacity * 2;
		replay->asked = xreallocarray(replay->asked, replay->capacity,
		    sizeof *replay->asked);
	}
	replay->asked[replay->count++] = *question;
}

static size_t
replay_fds(struct world *world, struct pollfd *fds, size_t max)
{
	(void)world;
	(void)fds;
	(void)max;
	return 0;
}

/* A question nobody recorded stays unanswered. */
static struct observation *
unanswered(const struct question *question, int64_t now)
{
	struct observation *o = observation_new(question);

	/* No fault may come of a question that nobody put then. */
	o->outcome = question->tcp ? OUTCOME_NO_ROUTE : OUTCOME_SILENT;
	o->when = now;
	return o;
}

/*
 * All that was answered in the newest round in which it was asked, in that
 * order: a second look at the same may have brought something else.  Who asks
 * again hears the newest.
 */
static void
answer(const struct observe_log *recorded, const struct question *question,
    struct observe_log *log, int64_t now)
{
	const struct observation *row[SAME];
	size_t n = observe_newest(recorded, question, row,
	    observe_find(log, question) == NULL ? SAME : 1);

	if (n == 0)
		observe_add(log, unanswered(question, now));
	while (n-- > 0)
		observe_add(log, observation_copy(row[n]));
}

static int64_t
replay_step(struct world *world, struct observe_log *log, int64_t now)
{
	struct replay *replay = (struct replay *)world;

	for (size_t i = 0; i < replay->count; i++)
		answer(replay->recorded, &replay->asked[i], log, now);
	replay->count = 0;
	return INT64_MAX;
}

static void
replay_refresh(struct world *world)
{
	struct replay *replay = (struct replay *)world;

	replay->count = 0;
}

static void
replay_free(struct world *world)
{
	struct replay *replay = (struct replay *)world;

	free(replay->asked);
	free(replay);
}

static const struct world_ops replay_ops = {
	.ask = replay_ask,
	.fds = replay_fds,
	.step = replay_step,
	.refresh = replay_refresh,
	.free = replay_free,
};

struct world *
world_replay(const struct observe_log *recorded)
{
	struct replay *replay = xcalloc(1, sizeof *replay);

	replay->world.ops = &replay_ops;
	replay->recorded = recorded;
	return &replay->world;
}
