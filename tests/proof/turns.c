/*
 * Linked before the C library for our own objects (ld --wrap): how much
 * processor time the main thread takes between two looks at the terminal and
 * the signals.  TURNS names a file that has the longest turn in it when the
 * program ends, in microseconds, and the most memory in kB.  Another program
 * that wants the processor makes no turn longer: it is the thread's own time.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <sys/resource.h>
#include <sys/stat.h>

int
__real_poll(struct pollfd *fds, nfds_t count, int timeout);
int
__wrap_poll(struct pollfd *fds, nfds_t count, int timeout);

/* What FORTIFY makes of poll. */
int
__wrap___poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t size);

static struct {
	int64_t begun;		/* ns of the thread; 0: not looked yet */
	int64_t longest;	/* ns */
	int file;
} turns = { .file = -1 };

static int64_t
thread_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
tell(void)
{
	struct rusage usage;

	if (turns.file == -1 || getrusage(RUSAGE_SELF, &usage) == -1)
		return;
	dprintf(turns.file, "%lld %ld\n", (long long)turns.longest / 1000,
	    usage.ru_maxrss);
}

/*
 * The engine asks its sockets, too; a front end first waits for what is none.
 */
static int
is_look(const struct pollfd *fds, nfds_t count)
{
	struct stat st;

	return count > 0 && (fds[0].fd == -1 || (fstat(fds[0].fd, &st) == 0 &&
	    !S_ISSOCK(st.st_mode)));
}

/* Before the program shuts itself in; nobody opens a file afterwards. */
__attribute__((constructor)) static void
begin(void)
{
	const char *name = getenv("TURNS");

	if (name == NULL)
		return;
	turns.file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
	    0600);
	atexit(tell);
}

int
__wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
	int64_t took;
	int result;

	if (!is_look(fds, count))
		return __real_poll(fds, count, timeout);
	took = thread_time() - turns.begun;
	if (turns.begun != 0 && took > turns.longest)
		turns.longest = took;
	result = __real_poll(fds, count, timeout);
	turns.begun = thread_time();
	return result;
}

int
__wrap___poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t size)
{
	(void)size;
	return __wrap_poll(fds, count, timeout);
}
