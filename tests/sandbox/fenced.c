/*
 * fenced: tries what the sandbox refuses.  Outside each attempt must come to
 * another end than refusal, else it proves nothing; inside each must be
 * refused with its error, and what the program lives on must go on.
 *
 * fenced old PROGRAM ARGUMENT...: PROGRAM on a kernel without Landlock.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <err.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "session/sandbox.h"

enum {
	NOTHING = -1,
	ANYBODY = 0,
	ROOT = 1,	/* others are refused this by the kernel itself */
	NOBODY = 2,	/* its child would go on with our stack */
	MPTCP = 262,
	FCHMODAT2 = 452,
	REMOVEXATTRAT = 466,
	LANDLOCK = 444
};

struct attempt {
	const char *what;
	long call, arg[6];
	int who;
};

/* What attempts are made with. */
struct place {
	char path[64];
	int file, memory, tty, udp, tcp, pair[2];
	pid_t parent;
	struct sockaddr_in nowhere;
	struct f_owner_ex owner;
	struct rlimit limit;
	struct sched_param plain;
	cpu_set_t set;
	siginfo_t info;
	struct iovec piece;
	struct mmsghdr message;
	char ring[120], *argv[2];
	int discipline;
};

static void
place_init(struct place *p)
{
	static char name[] = "true";
	int master;

	memset(p, 0, sizeof *p);
	strcpy(p->path, "/tmp/fenced-XXXXXX");
	p->file = mkstemp(p->path);
	p->memory = memfd_create("true", 0);
	if (p->file == -1 || p->memory == -1 ||
	    write(p->memory, "#!/bin/true\n", 12) != 12 ||
	    openpty(&master, &p->tty, NULL, NULL, NULL) == -1 ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, p->pair) == -1)
		err(1, "setup");
	p->udp = socket(AF_INET, SOCK_DGRAM, 0);
	p->tcp = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	p->parent = getpid();
	p->nowhere.sin_family = AF_INET;
	p->nowhere.sin_port = htons(1);
	p->nowhere.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	p->owner.pid = p->parent;
	p->info.si_code = SI_QUEUE;
	p->argv[0] = name;
	p->piece.iov_base = name;
	p->piece.iov_len = 1;
	p->message.msg_hdr.msg_name = &p->nowhere;
	p->message.msg_hdr.msg_namelen = sizeof p->nowhere;
	p->message.msg_hdr.msg_iov = &p->piece;
	p->message.msg_hdr.msg_iovlen = 1;
	getrlimit(RLIMIT_CORE, &p->limit);
	sched_getaffinity(0, sizeof p->set, &p->set);
}

#define TRY(what, call, ...) { what, SYS_##call, { __VA_ARGS__ }, ANYBODY },
#define ROOTS(what, call, ...) { what, SYS_##call, { __VA_ARGS__ }, ROOT },
#define P(pointer) (long)(uintptr_t)(pointer)

/* The refused ones; returns how many. */
static size_t
attempts(const struct place *p, struct attempt out[128])
{
	const long parent = p->parent, all = sizeof p->set;
	const long threads = CLONE_VM | CLONE_FS | CLONE_FILES |
	    CLONE_SIGHAND | CLONE_THREAD;
	const struct attempt list[] = {
	TRY("runs a program", execve, P("/bin/true"), P(p->argv), P(environ))
	TRY("runs a program in memory", execveat, p->memory, P(""),
	    P(p->argv), P(environ), AT_EMPTY_PATH)
	TRY("clones a process", clone, SIGCHLD)
	{ "clones a process, with memory", SYS_clone,
	    { CLONE_VM | CLONE_VFORK }, NOBODY },
	TRY("clones into other rooms", clone, threads | CLONE_NEWUSER)
	TRY("clones the new way", clone3, 0, 0)
	TRY("unshares", unshare, 0)
	TRY("enters another room", setns, NOTHING, 0)
	ROOTS("loads a module", init_module, 0, 0, 0)
	ROOTS("loads a module's file", finit_module, NOTHING, 0, 0)
	ROOTS("loads a kernel", kexec_load, 0, 0, 0, 0xffff)
	ROOTS("loads a program for the kernel", bpf, 999, 0, 0)
	TRY("is traced", ptrace, 0, 0, 0, 0)
	TRY("reads a process", process_vm_readv, parent, 0, 0, 0, 0, 0)
	TRY("writes a process", process_vm_writev, parent, 0, 0, 0, 0, 0)
	TRY("advises a process", process_madvise, NOTHING, 0, 0, 0, 0)
	TRY("moves pages", move_pages, 0, 0, 0, 0, 0, 0)
	TRY("migrates pages", migrate_pages, 0, 0, 0, 0)
	ROOTS("watches events", perf_event_open, 0, 0, 0, 0, 0)
	TRY("compares processes", kcmp, parent, parent, 1, 0, 0)
	TRY("takes a descriptor", pidfd_getfd, NOTHING, 0, 0)
	TRY("signals by descriptor", pidfd_send_signal, NOTHING, 0, 0, 0)
	TRY("signals its parent", kill, parent, 0)
	TRY("stops its parent", kill, parent, SIGTSTP)
	TRY("signals everybody", kill, -1, 0)
	TRY("ends its job", kill, 0, SIGTERM)
	TRY("signals a thread", tkill, parent, 0)
	TRY("signals its parent's thread", tgkill, parent, parent, 0)
	TRY("queues a signal", rt_sigqueueinfo, parent, 0, P(&p->info))
	TRY("queues for a thread", rt_tgsigqueueinfo, parent, parent, 0,
	    P(&p->info))
	TRY("lets others be signalled", fcntl, p->pair[0], F_SETOWN, parent)
	TRY("lets others be signalled, too", fcntl, p->pair[0], F_SETOWN_EX,
	    P(&p->owner))
	TRY("chooses that signal", fcntl, p->pair[0], F_SETSIG, SIGKILL)
	TRY("lets others be signalled by ioctl", ioctl, p->pair[0],
	    FIOSETOWN, P(&p->parent))
	TRY("lets others be signalled by ioctl, too", ioctl, p->pair[0],
	    SIOCSPGRP, P(&p->parent))
	TRY("limits its parent", prlimit64, parent, RLIMIT_CORE,
	    P(&p->limit), 0)
	TRY("slows its parent", setpriority, PRIO_PROCESS, parent, 0)
	TRY("slows its reads", ioprio_set, 1, parent, 0)
	TRY("ties its parent", sched_setaffinity, parent, all, P(&p->set))
	TRY("schedules its parent", sched_setattr, parent, 0, 0)
	TRY("schedules its parent otherwise", sched_setparam, parent,
	    P(&p->plain))
	TRY("schedules its parent anew", sched_setscheduler, parent,
	    SCHED_OTHER, P(&p->plain))
	ROOTS("pushes keys", ioctl, p->tty, TIOCSTI, P("x"))
	ROOTS("pushes keys, with bits above", ioctl, p->tty,
	    TIOCSTI | 1L << 32, P("x"))
	TRY("pastes on a console", ioctl, p->tty, TIOCLINUX, P("\3"))
	TRY("changes the discipline", ioctl, p->tty, TIOCSETD,
	    P(&p->discipline))
	TRY("takes the console", ioctl, p->udp, TIOCCONS, 0)
	TRY("opens a local socket", socket, AF_UNIX, SOCK_STREAM, 0)
	TRY("opens a netlink", socket, AF_NETLINK, SOCK_RAW, 0)
	ROOTS("opens all packets", socket, AF_PACKET, SOCK_DGRAM, 0)
	ROOTS("opens raw packets", socket, AF_INET, SOCK_RAW, IPPROTO_UDP)
	TRY("opens MPTCP", socket, AF_INET, SOCK_STREAM, MPTCP)
	TRY("opens MPTCP over IPv6", socket, AF_INET6,
	    SOCK_STREAM | SOCK_CLOEXEC, MPTCP)
	TRY("opens a ping", socket, AF_INET, SOCK_DGRAM, IPPROTO_ICMP)
	TRY("opens a pair of another kind", socketpair, AF_INET,
	    SOCK_STREAM, 0, P(p->pair))
	TRY("listens", listen, p->tcp, 1)
	TRY("sends fast", sendto, p->tcp, P("x"), 1,
	    MSG_FASTOPEN | MSG_NOSIGNAL, P(&p->nowhere), sizeof p->nowhere)
	TRY("sends a message fast", sendmsg, p->tcp, P(&p->message.msg_hdr),
	    MSG_FASTOPEN)
	TRY("sends messages fast", sendmmsg, p->tcp, P(&p->message), 1,
	    MSG_FASTOPEN)
	TRY("changes a mode", fchmod, p->file, 0600)
	TRY("changes a path's mode", fchmodat, AT_FDCWD, P(p->path), 0600)
	{ "changes a mode the new way", FCHMODAT2, { AT_FDCWD, P(p->path),
	    0600, 0 }, ANYBODY },
	TRY("gives away", fchown, p->file, -1, -1)
	TRY("gives a path away", fchownat, AT_FDCWD, P(p->path), -1, -1, 0)
	TRY("changes times", utimensat, AT_FDCWD, P(p->path), 0, 0)
	TRY("notes", setxattr, P(p->path), P("user.a"), P("b"), 1, 0)
	TRY("notes at a link", lsetxattr, P(p->path), P("user.a"), P("b"), 1,
	    0)
	TRY("notes at a descriptor", fsetxattr, p->file, P("user.a"), P("b"),
	    1, 0)
	TRY("forgets", removexattr, P(p->path), P("user.a"))
	TRY("forgets at a link", lremovexattr, P(p->path), P("user.a"))
	TRY("forgets at a descriptor", fremovexattr, p->file, P("user.a"))
	{ "forgets the new way", REMOVEXATTRAT, { NOTHING, 0, 0, 0 }, ROOT },
	TRY("makes a ring", io_uring_setup, 1, P(p->ring))
	TRY("enters a ring", io_uring_enter, NOTHING, 0, 0, 0, 0, 0)
	TRY("adds to a ring", io_uring_register, NOTHING, 0, 0, 0)
	TRY("answers faults", userfaultfd, 1)
	TRY("adds a key", add_key, P("user"), P("a"), P("b"), 1, -2)
	TRY("asks for a key", request_key, P("user"), P("none"), 0, 0)
	TRY("looks at keys", keyctl, 0, -2, 0)
#ifdef SYS_chmod
	TRY("forks", fork, 0)
	{ "forks in a hurry", SYS_vfork, { 0 }, NOBODY },
	TRY("changes a mode the old way", chmod, P(p->path), 0600)
	TRY("gives away the old way", chown, P(p->path), -1, -1)
	TRY("gives a link away", lchown, P(p->path), -1, -1)
	TRY("changes times the old way", utime, P(p->path), 0)
	TRY("changes times the older way", utimes, P(p->path), 0)
	TRY("changes times from a folder", futimesat, AT_FDCWD, P(p->path), 0)
#endif
	};

	_Static_assert(sizeof list <= sizeof(struct attempt[128]), "room");
	memcpy(out, list, sizeof list);
	return sizeof list / sizeof list[0];
}

/* The table itself: of each call the error, and how many rows it has. */
#define CALL(name, error, when, reason) { SYS_##name, error },
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 FCHMODAT2
#endif
static const struct {
	long call;
	int error;
} rows[] = {
#include "session/calls.def"
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static int
error_of(long call)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].call == call)
			return rows[i].error;
	return ENOSYS;
}

static int failed;

static void
say(bool ok, const char *text, const char *what, int error)
{
	if (ok) {
		printf("ok - %s: %s\n", text, what);
		return;
	}
	failed = 1;
	printf("not ok - %s: %s (%s)\n", text, what,
	    error == 0 ? "it succeeds" : strerror(error));
}

/* As many attempts as the table has rows of that call. */
static void
count(const struct attempt list[], size_t length)
{
	for (size_t i = 0; i < ROWS; i++) {
		size_t wanted = 0, got = 0;

		for (size_t k = 0; k < ROWS; k++)
			wanted += rows[k].call == rows[i].call;
		for (size_t k = 0; k < length; k++)
			got += list[k].call == rows[i].call;
		if (got < wanted) {
			failed = 1;
			printf("not ok - call %ld has %zu rows and %zu "
			    "attempts\n", rows[i].call, wanted, got);
		}
	}
}

/* 0 or the error. */
static int
attempt(const struct attempt *try)
{
	const long *arg = try->arg;

	errno = 0;
	return syscall(try->call, arg[0], arg[1], arg[2], arg[3], arg[4],
	    arg[5]) == -1 ? errno : 0;
}

/* In a process of its own, which may end by it: that is no refusal. */
static void
outside(const struct attempt *try)
{
	int status;
	pid_t pid;

	if (try->who == NOBODY)
		return;
	if ((pid = fork()) == 0) {
		setpgid(0, 0);
		if (try->call == SYS_kill && try->arg[1] == SIGTSTP)
			_exit(0);
		_exit(attempt(try));
	}
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		err(1, "fork");
	if (WIFEXITED(status) && WEXITSTATUS(status) == error_of(try->call) &&
	    try->who == ANYBODY)
		say(false, "outside it is refused already", try->what,
		    WEXITSTATUS(status));
}

static void *
thread_main(void *arg)
{
	return arg;
}

static void
goes_on(const char *what, bool ok)
{
	say(ok, "goes on inside", what, errno);
}

static int
tcp_error(int port, bool bound)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
	int rc = bound ? bind(fd, (struct sockaddr *)&to, sizeof to) :
	    connect(fd, (struct sockaddr *)&to, sizeof to);
	int error = rc == 0 ? 0 : errno;

	close(fd);
	return error;
}

/* What the program and its libraries live on. */
static void
living(const struct place *p)
{
	struct winsize size;
	struct rlimit limit;
	pthread_t thread;
	int pair[2];

	goes_on("a signal to its job", kill(0, 0) == 0);
	goes_on("a signal to itself", kill(getpid(), 0) == 0);
	goes_on("raise", syscall(SYS_tgkill, getpid(), gettid(), 0) == 0);
	goes_on("its own limits", getrlimit(RLIMIT_NOFILE, &limit) == 0);
	goes_on("UDP", socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) != -1);
	goes_on("TCP by name", socket(AF_INET,
	    SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP) != -1);
	/* A system without IPv6 says so itself. */
	goes_on("IPv6", socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP) != -1 ||
	    errno == EAFNOSUPPORT);
	goes_on("a pair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	goes_on("a thread", (errno = pthread_create(&thread, NULL,
	    thread_main, NULL)) == 0 && pthread_join(thread, NULL) == 0);
	goes_on("a packet", sendto(p->udp, "x", 1, MSG_NOSIGNAL,
	    (const struct sockaddr *)&p->nowhere, sizeof p->nowhere) == 1);
	goes_on("the terminal's size", ioctl(p->tty, TIOCGWINSZ, &size) == 0);
	goes_on("flags", fcntl(p->tty, F_SETFL, O_NONBLOCK) == 0);
}

/* In a process of its own: the sandbox is for good. */
static void
inside(const struct place *p, const struct attempt list[], size_t length)
{
	struct sandbox got = sandbox_enter(NULL, 0, false);
	int error;

	if (!got.seccomp) {
		printf("ok - this machine has no seccomp # SKIP\n");
		return;
	}
	for (size_t i = 0; i < length; i++) {
		error = attempt(&list[i]);
		say(error == error_of(list[i].call), "refused inside",
		    list[i].what, error);
	}
	living(p);
	error = tcp_error(53, false);
	say(error == 0 || error == ECONNREFUSED, "goes on inside",
	    "TCP to port 53", error);
	if (got.landlock < 4)
		return;
	error = tcp_error(443, false);
	say(error == EACCES, "refused inside", "TCP to port 443", error);
	error = tcp_error(0, true);
	say(error == EACCES, "refused inside", "a TCP port of its own",
	    error);
}

/* As a kernel before 5.13 answers. */
static void
without_landlock(void)
{
	struct sock_filter step[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, LANDLOCK, 0, 2),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, LANDLOCK + 2, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof step / sizeof step[0], step };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1)
		err(1, "seccomp");
}

int
main(int argc, char *argv[])
{
	struct attempt list[128];
	struct place place;
	size_t length;
	int status;
	pid_t pid;

	if (argc > 2 && strcmp(argv[1], "old") == 0) {
		without_landlock();
		execv(argv[2], argv + 2);
		err(1, "%s", argv[2]);
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	place_init(&place);
	length = attempts(&place, list);
	count(list, length);
	for (size_t i = 0; i < length; i++)
		outside(&list[i]);
	if ((pid = fork()) == 0) {
		/* What is not refused ends no more than this. */
		setpgid(0, 0);
		inside(&place, list, length);
		exit(failed);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
		puts("not ok - inside it was killed");
		failed = 1;
	} else {
		failed |= WEXITSTATUS(status);
	}
	unlink(place.path);
	return failed;
}
