/*
 * Linked before the C library for our own objects (ld --wrap): a clock that
 * runs HURRY times as fast, and waits as much shorter.  A day of watching
 * passes in minutes, with the real engine, resolver and memory.
 */
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

int
__real_clock_gettime(clockid_t clock, struct timespec *t);
int
__real_poll(struct pollfd *fds, nfds_t count, int timeout);
int
__wrap_clock_gettime(clockid_t clock, struct timespec *t);
int
__wrap_poll(struct pollfd *fds, nfds_t count, int timeout);

/* What FORTIFY makes of poll. */
int
__wrap___poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t size);

static int
hurry(void)
{
	const char *text = getenv("HURRY");
	int by = text == NULL ? 1 : atoi(text);

	return by > 0 ? by : 1;
}

int
__wrap_clock_gettime(clockid_t clock, struct timespec *t)
{
	static int64_t start;
	struct timespec real;
	int64_t ns;

	if (clock == CLOCK_REALTIME)
		return __real_clock_gettime(clock, t);
	__real_clock_gettime(clock, &real);
	ns = (int64_t)real.tv_sec * 1000000000 + real.tv_nsec;
	if (start == 0)
		start = ns;
	ns = start + (ns - start) * hurry();
	t->tv_sec = (time_t)(ns / 1000000000);
	t->tv_nsec = (long)(ns % 1000000000);
	return 0;
}

int
__wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
	if (timeout > 0)
		timeout = timeout / hurry() + 1;
	return __real_poll(fds, count, timeout);
}

int
__wrap___poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t size)
{
	(void)size;
	return __wrap_poll(fds, count, timeout);
}
