#include "dns/world.h"

#include <limits.h>
#include <stdlib.h>

#include "base/xalloc.h"

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

/* The newest row of any round; a question nobody recorded stays unanswered. */
static struct observation *
answer(const struct observe_log *recorded, const struct question *question,
    int64_t now)
{
	const struct observation *row = observe_before(recorded, question,
	    INT_MAX);
	struct observation *o;

	if (row != NULL)
		return observation_copy(row);
	o = observation_new(question);
	/* No fault may come of a question that nobody put then. */
	o->outcome = question->tcp ? OUTCOME_NO_ROUTE : OUTCOME_SILENT;
	o->when = now;
	return o;
}

static int64_t
replay_step(struct world *world, struct observe_log *log, int64_t now)
{
	struct replay *replay = (struct replay *)world;

	for (size_t i = 0; i < replay->count; i++)
		observe_add(log, answer(replay->recorded, &replay->asked[i],
		    now));
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
