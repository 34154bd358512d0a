/*
 * What a program costs on a terminal: it is started on a pty of 80x24, its
 * output is read as it comes, nothing is drawn.  Built by `make bench`.
 *
 *	term start TEXT -- PROGRAM...
 *	    milliseconds until the first screen stood whole (TEXT on it, then
 *	    silence), and the peak of resident memory in kB
 *	term until TEXT -- PROGRAM...
 *	    milliseconds until TEXT came
 *	term keys TEXT COUNT -- PROGRAM...
 *	    waits for TEXT, presses Down and Up in turn; for each key the
 *	    milliseconds to the last octet of its effect and the octets
 *	term idle TEXT SECONDS -- PROGRAM...
 *	    waits for TEXT and silence; octets, and how often a thread woke up
 *
 *
 * -k TEXT KEYS before the word: once TEXT stands there, KEYS are typed; may
 * be repeated.
 * Every program is ended by Ctrl-C twice, else by SIGKILL.
 */
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <dirent.h>
#include <err.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	QUIET = 100,		/* ms without output: a screen stands */
	PATIENCE = 20000,	/* ms for a text to come */
	GOODBYE = 3000,		/* ms until Ctrl-C has ended the program */
	EFFECT = 40,		/* ms a key's effect is waited for */
	BEAT = 20,		/* ms between two keys */
	KEEP = 1 << 16		/* octets in which a text is looked for */
};

struct term {
	int master;
	pid_t pid;
	double started;
	double last;		/* when the last octet came */
	size_t octets;		/* since reset */
	char kept[KEEP + 1];
	size_t len;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
say(const struct term *term, const char *keys)
{
	size_t len = strlen(keys);

	if (write(term->master, keys, len) != (ssize_t)len)
		warn("write");
}

/* Where the cursor is, as a terminal answers that is asked (DSR 6). */
static void
answer(struct term *term, const char *new, size_t len)
{
	if (memmem(new, len, "\033[6n", 4) != NULL)
		say(term, "\033[1;2R");
}

/* Waits at most ms for output; false when none came or the program ended. */
static bool
hear(struct term *term, double ms)
{
	struct pollfd fd = { .fd = term->master, .events = POLLIN };
	char new[8192];
	ssize_t len;

	if (poll(&fd, 1, ms > 0 ? (int)(ms + 0.999) : 0) <= 0 ||
	    (len = read(term->master, new, sizeof new)) <= 0)
		return false;
	term->last = now();
	term->octets += (size_t)len;
	answer(term, new, (size_t)len);
	if (term->len + (size_t)len > KEEP)
		term->len = 0;
	memcpy(term->kept + term->len, new, (size_t)len);
	term->len += (size_t)len;
	return true;
}

static void
start(struct term *term, char *const argv[])
{
	const struct winsize size = { .ws_row = 24, .ws_col = 80 };

	memset(term, 0, sizeof *term);
	term->started = term->last = now();
	term->pid = forkpty(&term->master, NULL, NULL, &size);
	if (term->pid == -1)
		err(1, "forkpty");
	if (term->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
}

static void
until(struct term *term, const char *text)
{
	double end = now() + PATIENCE;

	while (memmem(term->kept, term->len, text, strlen(text)) == NULL)
		if (!hear(term, end - now()))
			errx(1, "\"%s\" did not come; the last was: %.400s",
			    text, term->kept);
}

static void
quiet(struct term *term)
{
	while (hear(term, QUIET))
		continue;
}

static void
finish(struct term *term)
{
	for (int i = 0; i < 2; i++) {
		say(term, "\003");
		for (double end = now() + GOODBYE; now() < end;) {
			hear(term, QUIET);
			if (waitpid(term->pid, NULL, WNOHANG) == term->pid)
				return;
		}
	}
	kill(term->pid, SIGKILL);
	waitpid(term->pid, NULL, 0);
}

/* A number of a file of /proc, such as VmHWM of status. */
static long
number(const char *path, const char *word)
{
	FILE *f = fopen(path, "r");
	char line[256];
	long n = 0;

	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, word, strlen(word)) == 0)
			n = strtol(line + strlen(word) + 1, NULL, 10);
	if (f != NULL)
		fclose(f);
	return n;
}

/* How often the threads of the process gave up the processor to wait. */
static long
waits(const struct term *term)
{
	char path[300];
	long n = 0;
	struct dirent *e;
	DIR *dir;

	snprintf(path, sizeof path, "/proc/%d/task", (int)term->pid);
	if ((dir = opendir(path)) == NULL)
		return 0;
	while ((e = readdir(dir)) != NULL) {
		snprintf(path, sizeof path, "/proc/%d/task/%s/status",
		    (int)term->pid, e->d_name);
		n += number(path, "voluntary_ctxt_switches");
	}
	closedir(dir);
	return n;
}

static void
press(struct term *term, int count)
{
	for (int i = 0; i < count; i++) {
		double pressed;

		while (hear(term, 0))
			continue;
		term->octets = 0;
		pressed = term->last = now();
		say(term, i % 2 == 0 ? "\033OB" : "\033OA");
		/* The first octet, then what follows without a pause. */
		if (hear(term, EFFECT))
			while (hear(term, 2))
				continue;
		printf("%.3f %zu\n", term->last - pressed, term->octets);
		for (double end = now() + BEAT; now() < end;)
			hear(term, end - now());
	}
}

int
main(int argc, char *argv[])
{
	static struct term term;
	int program = 1;
	char path[64];

	while (program < argc && strcmp(argv[program], "--") != 0)
		program++;
	if (program < 3 || program + 1 >= argc)
		errx(64, "usage: term [-k TEXT KEYS] start|until|keys|idle "
		    "TEXT [NUMBER] -- PROGRAM...");
	start(&term, argv + program + 1);
	while (program > 5 && strcmp(argv[1], "-k") == 0) {
		until(&term, argv[2]);
		say(&term, argv[3]);
		argv += 3;
		program -= 3;
	}
	until(&term, argv[2]);
	if (strcmp(argv[1], "until") == 0) {
		printf("%.1f\n", term.last - term.started);
	} else if (strcmp(argv[1], "start") == 0) {
		quiet(&term);
		snprintf(path, sizeof path, "/proc/%d/status", (int)term.pid);
		printf("%.1f %ld\n", term.last - term.started,
		    number(path, "VmHWM:"));
	} else if (strcmp(argv[1], "keys") == 0 && program == 4) {
		press(&term, atoi(argv[3]));
	} else if (strcmp(argv[1], "idle") == 0 && program == 4) {
		long before;

		quiet(&term);
		quiet(&term);
		before = waits(&term);
		term.octets = 0;
		for (double end = now() + 1e3 * atoi(argv[3]); now() < end;)
			hear(&term, end - now());
		printf("%zu %ld\n", term.octets, waits(&term) - before);
	} else {
		errx(64, "%s: no such measurement", argv[1]);
	}
	finish(&term);
	return 0;
}
