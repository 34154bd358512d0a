#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/sandbox.h"

/* A folder with two files, one of them allowed, and a folder to keep. */
struct place {
	char root[64], allowed[96], other[96], keep[96], conf[96], hints[96];
	char terminal[96], disguised[96];
};

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	char text[256];

	strcpy(p->root, "/tmp/dnsesame-sandbox-XXXXXX");
	if (mkdtemp(p->root) == NULL)
		return -1;
	snprintf(p->allowed, sizeof p->allowed, "%s/allowed", p->root);
	snprintf(p->other, sizeof p->other, "%s/other", p->root);
	snprintf(p->keep, sizeof p->keep, "%s/keep", p->root);
	snprintf(p->conf, sizeof p->conf, "%s/conf", p->root);
	snprintf(p->hints, sizeof p->hints, "%s/hints", p->root);
	write_file(p->allowed, "allowed");
	write_file(p->other, "other");
	write_file(p->hints, "hints");
	snprintf(text, sizeof text, "server:\n\troot-hints: \"%s\"\n",
	    p->hints);
	write_file(p->conf, text);
	mkdir(p->keep, 0700);
	/* By its first letter, and by the number of that. */
	snprintf(p->terminal, sizeof p->terminal, "%s/73", p->root);
	mkdir(p->terminal, 0700);
	strcat(p->terminal, "/sesame");
	write_file(p->terminal, "\x1a\x01 a description");
	snprintf(p->disguised, sizeof p->disguised, "%s/s", p->root);
	mkdir(p->disguised, 0700);
	strcat(p->disguised, "/sesame");
	write_file(p->disguised, "a secret");
	setenv("TERM", "sesame", 1);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -r %s", p->root);
	free(p);
	return system(command) == 0 ? 0 : -1;
}

static bool
can(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd != -1)
		close(fd);
	return fd != -1;
}

/* Each answers 0, or the line of what should not have been. */
typedef int attempt(const struct place *p, const struct sandbox *got);

#define MUST(truth) do { if (!(truth)) return __LINE__; } while (0)

/* In a child: the sandbox is for good. */
static void
inside(const struct place *p, attempt *try, bool keeps)
{
	const struct sandbox_path path[] = {
		{ keeps ? SANDBOX_KEEP : SANDBOX_READ_BELOW, p->keep },
		{ SANDBOX_WRITE, keeps ? p->allowed : NULL },
		{ SANDBOX_READ, keeps ? NULL : p->allowed },
		{ SANDBOX_READ_NAMED, p->conf },
		{ SANDBOX_READ_TERMINFO, p->root },
		/* A folder where a file is meant opens nothing below it. */
		{ SANDBOX_READ, p->root },
		{ SANDBOX_READ, "/nowhere" },
	};
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct sandbox got = sandbox_enter(path,
		    sizeof path / sizeof path[0], false);

		int line = try(p, &got);

		if (line != 0)
			fprintf(stderr, "line %d\n", line);
		_exit(line != 0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static int
try_to_read(const struct place *p, const struct sandbox *got)
{
	MUST(can(p->allowed, O_RDONLY));
	MUST(can(p->conf, O_RDONLY));
	MUST(can(p->hints, O_RDONLY));
	MUST(can("/etc/nsswitch.conf", O_RDONLY));
	MUST(can(p->keep, O_RDONLY | O_DIRECTORY));
	if (got->landlock == 0)
		return 0;
	MUST(!can(p->other, O_RDONLY));
	MUST(!can("/etc/shadow", O_RDONLY));
	MUST(!can("/proc/1/environ", O_RDONLY));
	MUST(!can(p->root, O_RDONLY | O_DIRECTORY));
	MUST(!can("/", O_RDONLY | O_DIRECTORY));
	return 0;
}

static int
try_to_read_terminfo(const struct place *p, const struct sandbox *got)
{
	char beside[128];

	MUST(can(p->terminal, O_RDONLY));
	if (got->landlock == 0)
		return 0;
	MUST(!can(p->disguised, O_RDONLY));
	snprintf(beside, sizeof beside, "%s/73", p->root);
	MUST(!can(beside, O_RDONLY | O_DIRECTORY));
	return 0;
}

static int
try_to_write(const struct place *p, const struct sandbox *got)
{
	char made[128], link[128];

	snprintf(made, sizeof made, "%s/made", p->root);
	snprintf(link, sizeof link, "%s/link", p->keep);
	if (got->landlock == 0)
		return 0;
	MUST(!can(p->allowed, O_WRONLY));
	MUST(!can(p->allowed, O_RDONLY | O_TRUNC) || got->landlock < 3);
	MUST(!can(made, O_WRONLY | O_CREAT));
	MUST(!can(link, O_WRONLY | O_CREAT));
	MUST(unlink(p->other) == -1);
	MUST(rename(p->other, made) == -1);
	MUST(mkdir(made, 0700) == -1);
	MUST(symlink("/", link) == -1);
	return 0;
}

/* What saving an answer does, and only there. */
static int
try_to_keep(const struct place *p, const struct sandbox *got)
{
	char one[128], two[128];

	snprintf(one, sizeof one, "%s/.new-abcdef", p->keep);
	snprintf(two, sizeof two, "%s/example.jp.json", p->keep);
	MUST(can(one, O_RDWR | O_CREAT | O_EXCL));
	MUST(rename(one, two) == 0);
	MUST(can(one, O_RDWR | O_CREAT | O_EXCL));
	MUST(rename(one, two) == 0);
	MUST(can(two, O_RDONLY));
	MUST(unlink(two) == 0);
	MUST(can(p->allowed, O_WRONLY | O_CREAT | O_TRUNC));
	if (got->landlock == 0)
		return 0;
	MUST(!can(p->other, O_WRONLY));
	MUST(symlink("/etc/shadow", two) == -1);
	return 0;
}

static int
try_to_run(const struct place *p, const struct sandbox *got)
{
	char name[] = "true", *const argv[] = { name, NULL };
	int fd;

	(void)p;
	if (got->landlock > 0 || got->seccomp)
		MUST(execv("/bin/true", argv) == -1);
	if (!got->seccomp)
		return 0;
	/* Nor one that is only in memory. */
	MUST((fd = memfd_create("true", 0)) != -1);
	MUST(write(fd, "#!/bin/true\n", 12) == 12);
	MUST(fexecve(fd, argv, argv) == -1 && errno == EPERM);
	return 0;
}

static int
try_to_trace(const struct place *p, const struct sandbox *got)
{
	(void)p;
	if (got->landlock > 0 || got->seccomp)
		MUST(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == -1);
	return 0;
}

static int
connect_to(int port, int type)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, type, 0);
	int error = connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? 0 :
	    errno;

	close(fd);
	return error;
}

static int
try_to_connect(const struct place *p, const struct sandbox *got)
{
	(void)p;
	MUST(connect_to(53, SOCK_STREAM) != EACCES);
	MUST(connect_to(53, SOCK_DGRAM) == 0);
	if (got->landlock >= 4)
		MUST(connect_to(443, SOCK_STREAM) == EACCES);
	return 0;
}

static void *
thread_main(void *arg)
{
	const struct place *p = arg;
	static int bad;

	return can(p->other, O_RDONLY) ? &bad : NULL;
}

/* The resolver's thread is born later, and is confined as well. */
static int
try_a_thread(const struct place *p, const struct sandbox *got)
{
	pthread_t thread;
	void *bad = NULL;

	MUST(pthread_create(&thread, NULL, thread_main,
	    (void *)(uintptr_t)p) == 0);
	MUST(pthread_join(thread, &bad) == 0);
	MUST(bad == NULL || got->landlock == 0);
	return 0;
}

static void
only_what_was_named_can_be_read(void **state)
{
	inside(*state, try_to_read, false);
}

static void
of_terminfo_only_this_terminal_can_be_read(void **state)
{
	inside(*state, try_to_read_terminfo, false);
}

static void
nothing_can_be_written(void **state)
{
	inside(*state, try_to_write, false);
}

static void
answers_can_be_saved(void **state)
{
	inside(*state, try_to_keep, true);
}

static void
no_program_can_be_run(void **state)
{
	inside(*state, try_to_run, false);
}

static void
no_process_can_be_traced(void **state)
{
	inside(*state, try_to_trace, false);
}

static void
tcp_goes_to_name_servers_alone(void **state)
{
	inside(*state, try_to_connect, false);
}

static void
threads_are_confined(void **state)
{
	inside(*state, try_a_thread, false);
}

static void
it_says_what_it_got(void **state)
{
	char text[SANDBOX_TEXT];

	(void)state;
	assert_string_equal(sandbox_text(&(struct sandbox){ 0 }, text),
	    "none");
	assert_string_equal(sandbox_text(&(struct sandbox){
	    .no_new_privs = true }, text), "no-new-privs");
	assert_string_equal(sandbox_text(&(struct sandbox){
	    .no_new_privs = true, .landlock = 7, .seccomp = true }, text), "no-new-privs, landlock 7, seccomp");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(only_what_was_named_can_be_read),
		TEST(of_terminfo_only_this_terminal_can_be_read),
		TEST(nothing_can_be_written),
		TEST(answers_can_be_saved),
		TEST(no_program_can_be_run),
		TEST(no_process_can_be_traced),
		TEST(tcp_goes_to_name_servers_alone),
		TEST(threads_are_confined),
		cmocka_unit_test(it_says_what_it_got),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
