#include "base/turn.h"

#include <time.h>

static int64_t
thread_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct turn
turn_begin(int microseconds)
{
	return (struct turn){ thread_time() + (int64_t)microseconds * 1000 };
}

bool
turn_is_over(const struct turn *turn)
{
	return thread_time() >= turn->end;
}
