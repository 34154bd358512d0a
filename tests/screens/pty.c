#include "pty.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

enum {
	READ_SIZE = 1 << 16,
	PIECE = 1 << 16,	/* of a paste, before the program has read it */
	SEND_MS = 5000,		/* a program that reads nothing for so long */
	FAREWELL_MS = 1000	/* between hanging up and killing */
};

int64_t
pty_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* What libvterm sends, keys and answers alike, is kept until it is written. */
static void
output_append(const char *bytes, size_t len, void *user)
{
	struct pty *p = user;

	if (p->out_len + len > p->out_size) {
		p->out_size = 2 * (p->out_len + len);
		if ((p->out = realloc(p->out, p->out_size)) == NULL)
			err(1, "realloc");
	}
	memcpy(p->out + p->out_len, bytes, len);
	p->out_len += len;
}

/* As output_append, for what libvterm says: a cursor report may be changed. */
static void
output_say(const char *bytes, size_t len, void *user)
{
	struct pty *p = user;
	char report[32];

	if (p->column != PTY_COLUMN_TRUE && len > 2 && bytes[len - 1] == 'R') {
		snprintf(report, sizeof(report), "\033[1;%dR", p->column);
		bytes = report;
		len = p->column == PTY_COLUMN_NONE ? 0 : strlen(report);
	}
	output_append(bytes, len, p);
}

/* libvterm before 0.2 hands over a title whole, later in pieces. */
#if VTERM_VERSION_MAJOR == 0 && VTERM_VERSION_MINOR < 2
typedef VTermParserCallbacks fallbacks;

static void
title_set(struct pty *p, const VTermValue *value)
{
	snprintf(p->title, sizeof(p->title), "%s", value->string);
}
#else
typedef VTermStateFallbacks fallbacks;

static void
title_set(struct pty *p, const VTermValue *value)
{
	size_t at = value->string.initial ? 0 : strlen(p->title);

	snprintf(p->title + at, sizeof(p->title) - at, "%.*s",
	    (int)value->string.len, value->string.str);
}
#endif

static int
property_set(VTermProp prop, VTermValue *value, void *user)
{
	struct pty *p = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		p->alternate = value->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		p->cursor_shown = value->boolean;
	else if (prop == VTERM_PROP_TITLE)
		title_set(p, value);
	else if (prop == VTERM_PROP_MOUSE)
		p->mouse = value->number != VTERM_PROP_MOUSE_NONE;
	return 1;
}

static int
bell_rung(void *user)
{
	struct pty *p = user;

	p->bells++;
	return 1;
}

/* The stack of titles (xterm), which libvterm does not know. */
static int
csi_unknown(const char *leader, const long args[], int argc,
    const char *intermed, char command, void *user)
{
	struct pty *p = user;

	(void)leader;
	(void)intermed;
	if (command != 't' || argc < 1)
		return 0;
	if (CSI_ARG(args[0]) == 22)
		p->titles++;
	else if (CSI_ARG(args[0]) == 23)
		p->titles--;
	return 1;
}

static void
terminal_new(struct pty *p)
{
	static const VTermScreenCallbacks callbacks = {
		.settermprop = property_set, .bell = bell_rung
	};
	static const fallbacks unknown = { .csi = csi_unknown };

	if (p->vt != NULL)
		vterm_free(p->vt);
	if ((p->vt = vterm_new(p->rows, p->cols)) == NULL)
		errx(1, "vterm_new");
	vterm_set_utf8(p->vt, 1);
	vterm_output_set_callback(p->vt, output_say, p);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_set_unrecognised_fallbacks(p->screen, &unknown, p);
	p->title[0] = '\0';
	p->titles = p->bells = 0;
	p->alternate = p->mouse = false;
	p->cursor_shown = true;
	vterm_screen_reset(p->screen, 1);
	p->out_len = 0;
	clipboard_clear(&p->clipboard);
	p->escapes = 0;
}

void
pty_init(struct pty *p, int cols, int rows)
{
	memset(p, 0, sizeof(*p));
	p->cols = cols;
	p->rows = rows;
	p->master = p->slave = p->report = -1;
	p->state = PTY_NONE;
	terminal_new(p);
}

/* The program's side of the fork. */
static _Noreturn void
program_exec(char *const argv[])
{
	sigset_t none;

	setpgid(0, 0);
	/* SIGTTOU is still blocked: a background job may do this. */
	tcsetpgrp(STDIN_FILENO, getpid());
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp(argv[0], argv);
	dprintf(STDERR_FILENO, "%s: %s\r\n", argv[0], strerror(errno));
	_exit(127);
}

/* Leads the session: passes a hang-up on, reports what the job does. */
static _Noreturn void
keeper_run(int slave, int report, char *const argv[])
{
	sigset_t set, all;
	pid_t pid;
	int status;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	if (login_tty(slave) == -1 || (pid = fork()) == -1)
		_exit(127);
	if (pid == 0)
		program_exec(argv);
	setpgid(pid, pid);
	if (write(report, &pid, sizeof(pid)) == -1)
		_exit(127);
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	for (;;) {
		if (sigwaitinfo(&set, NULL) == SIGHUP) {
			kill(-pid, SIGHUP);
			kill(-pid, SIGCONT);
		}
		while (waitpid(pid, &status,
		    WNOHANG | WUNTRACED | WCONTINUED) > 0) {
			if (write(report, &status, sizeof(status)) == -1)
				_exit(127);
			if (WIFEXITED(status) || WIFSIGNALED(status))
				_exit(0);
		}
	}
}

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/* Ends what ran before and frees its terminal; size and screen stay. */
static void
program_end(struct pty *p)
{
	int64_t until = pty_clock() + FAREWELL_MS;

	if (p->state == PTY_NONE)
		return;
	pty_hangup(p);
	while (p->state != PTY_ENDED && pty_clock() < until)
		pty_pump(p, until - pty_clock());
	if (p->state != PTY_ENDED)
		kill(-p->program, SIGKILL);
	waitpid(p->keeper, NULL, 0);
	close_fd(&p->report);
	p->state = PTY_NONE;
}

void
pty_run(struct pty *p, char *const argv[])
{
	struct winsize size = {
		.ws_row = (unsigned short)p->rows,
		.ws_col = (unsigned short)p->cols
	};
	int ends[2];

	program_end(p);
	terminal_new(p);
	if (openpty(&p->master, &p->slave, NULL, NULL, &size) == -1)
		err(1, "openpty");
	if (tcgetattr(p->slave, &p->first) == -1)
		err(1, "tcgetattr");
	p->first.c_iflag |= IUTF8;
	if (tcsetattr(p->slave, TCSANOW, &p->first) == -1 ||
	    fcntl(p->master, F_SETFD, FD_CLOEXEC) == -1 ||
	    fcntl(p->slave, F_SETFD, FD_CLOEXEC) == -1 ||
	    fcntl(p->master, F_SETFL, O_NONBLOCK) == -1 ||
	    pipe2(ends, O_CLOEXEC) == -1)
		err(1, "terminal");
	fflush(NULL);
	switch (p->keeper = fork()) {
	case -1:
		err(1, "fork");
	case 0:
		close(p->master);
		keeper_run(p->slave, ends[1], argv);
	}
	close(ends[1]);
	p->report = ends[0];
	if (read(p->report, &p->program, sizeof(p->program)) !=
	    (ssize_t)sizeof(p->program))
		errx(1, "%s: cannot be started", argv[0]);
	p->state = PTY_RUNNING;
	p->sent_at = p->heard_at = pty_clock();
	p->unanswered = true;
	p->settle_first = false;
}

static void
program_read(struct pty *p)
{
	char buf[READ_SIZE];
	ssize_t n;

	if ((n = read(p->master, buf, sizeof(buf))) <= 0)
		return;
	clipboard_feed(&p->clipboard, buf, (size_t)n);
	vterm_input_write(p->vt, buf, (size_t)n);
	for (ssize_t i = 0; i < n; i++)
		p->escapes += buf[i] == '\033';
	p->heard_at = pty_clock();
	p->heard += (size_t)n;
	p->unanswered = false;
}

static void
report_read(struct pty *p)
{
	int status;

	if (read(p->report, &status, sizeof(status)) !=
	    (ssize_t)sizeof(status)) {
		close_fd(&p->report);
		return;
	}
	if (WIFSTOPPED(status))
		p->state = PTY_STOPPED;
	else if (WIFCONTINUED(status))
		p->state = PTY_RUNNING;
	else {
		p->state = PTY_ENDED;
		p->status = status;
	}
	/* Its last words may still be on the way. */
	p->heard_at = pty_clock();
	p->unanswered = false;
}

void
pty_pump(struct pty *p, int64_t ms)
{
	struct pollfd fd[] = {
		{ .fd = p->master, .events = POLLIN },
		{ .fd = p->report, .events = POLLIN }
	};
	ssize_t n;

	if (p->out_len > 0)
		fd[0].events |= POLLOUT;
	if (poll(fd, 2, ms < 0 ? 0 : (int)ms) <= 0)
		return;
	if (fd[0].revents & POLLIN)
		program_read(p);
	if (fd[0].revents & POLLOUT && p->out_len > 0 &&
	    (n = write(p->master, p->out, p->out_len)) > 0) {
		p->out_len -= (size_t)n;
		memmove(p->out, p->out + n, p->out_len);
	}
	if (fd[1].revents)
		report_read(p);
}

void
pty_settle(struct pty *p)
{
	int64_t start = pty_clock(), now, until;

	if (p->master == -1)
		return;
	pty_pump(p, 0);
	while ((now = pty_clock()) < start + PTY_SETTLE_MS) {
		until = p->unanswered ? p->sent_at + PTY_ANSWER_MS :
		    p->heard_at + PTY_QUIET_MS;
		if (now >= until)
			break;
		pty_pump(p, until - now);
	}
	p->unanswered = p->settle_first = false;
}

/* Writes all that the terminal has to send. */
static bool
output_flush(struct pty *p)
{
	int64_t until = pty_clock() + SEND_MS;

	p->unanswered = true;
	p->heard = 0;
	while (p->out_len > 0) {
		if (p->master == -1 || pty_clock() > until) {
			p->out_len = 0;
			return false;
		}
		pty_pump(p, until - pty_clock());
	}
	p->sent_at = pty_clock();
	return true;
}

/*
 * A key right after Esc would look like Alt and that key, and one right after
 * a signal may be flushed; people are slower.
 */
static void
input_begin(struct pty *p)
{
	if (p->settle_first)
		pty_settle(p);
}

bool
pty_send(struct pty *p, const char *bytes, size_t len)
{
	input_begin(p);
	output_append(bytes, len, p);
	return output_flush(p);
}

bool
pty_key(struct pty *p, VTermKey key, VTermModifier modifier)
{
	bool sent;

	input_begin(p);
	vterm_keyboard_key(p->vt, key, modifier);
	sent = output_flush(p);
	p->settle_first = key == VTERM_KEY_ESCAPE;
	return sent;
}

bool
pty_paste(struct pty *p, const char *text, bool bracket)
{
	input_begin(p);
	if (bracket)
		vterm_keyboard_start_paste(p->vt);
	for (; *text != '\0'; text++) {
		output_append(*text == '\n' ? "\r" : text, 1, p);
		if (p->out_len >= PIECE && !output_flush(p))
			return false;
	}
	if (bracket)
		vterm_keyboard_end_paste(p->vt);
	return output_flush(p);
}

bool
pty_bracketed(struct pty *p)
{
	size_t before = p->out_len;
	bool on;

	/* libvterm knows the mode; what it would send tells it. */
	vterm_keyboard_start_paste(p->vt);
	on = p->out_len > before;
	p->out_len = before;
	return on;
}

void
pty_resize(struct pty *p, int cols, int rows)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols
	};

	pty_pump(p, 0);
	p->cols = cols;
	p->rows = rows;
	vterm_set_size(p->vt, rows, cols);
	if (p->master != -1 && ioctl(p->master, TIOCSWINSZ, &size) == -1)
		err(1, "TIOCSWINSZ");
	p->sent_at = pty_clock();
	p->unanswered = p->settle_first = p->master != -1;
}

void
pty_signal(struct pty *p, int sig)
{
	if (kill(p->program, sig) == -1 && errno != ESRCH)
		err(1, "kill");
	p->sent_at = pty_clock();
	p->unanswered = p->settle_first = true;
}

void
pty_hangup(struct pty *p)
{
	close_fd(&p->slave);
	close_fd(&p->master);
	p->out_len = 0;
}

const char *
pty_unclean(struct pty *p)
{
	struct termios now;

	if (p->alternate)
		return "the alternate screen is still on";
	if (pty_bracketed(p))
		return "bracketed paste is still on";
	if (!p->cursor_shown)
		return "the cursor is hidden";
	if (p->mouse)
		return "the mouse is still taken";
	if (p->titles != 0)
		return "the window's title is not the old one";
	if (p->slave == -1)
		return NULL;
	if (tcgetattr(p->slave, &now) == -1)
		err(1, "tcgetattr");
	if (!(now.c_lflag & ECHO))
		return "the terminal does not echo (ECHO is off)";
	if (!(now.c_lflag & ICANON))
		return "the terminal is not in line mode (ICANON is off)";
	if (now.c_lflag != p->first.c_lflag ||
	    now.c_iflag != p->first.c_iflag ||
	    now.c_oflag != p->first.c_oflag)
		return "the terminal's modes (stty) are not as before";
	return NULL;
}

void
pty_close(struct pty *p)
{
	program_end(p);
	vterm_free(p->vt);
	free(p->out);
	p->vt = NULL;
	p->out = NULL;
}
