#include "draw/term.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <sysexits.h>
#include <unistd.h>
#include <wchar.h>

#include <sys/ioctl.h>
#include <sys/mman.h>

#include <curses.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/inside.h"
#include "base/turn.h"
#include "draw/paste.h"
#include "draw/size.h"
#include "draw/title.h"
#include "dns/world.h"
#include "base/xalloc.h"

#define HEX "hex:"	/* terminfo(5), Fetching Compiled Descriptions */

enum {
	ESC_DELAY = 50,		/* ms; less would tear keys apart over SSH */
	KEY_PASTE_BEGIN = KEY_MAX + 1,
	KEY_PASTE_END,
	KEY_COLUMN,		/* the cursor stands in the first column, ... */
	COLUMNS = 9,		/* in this one at most */
	MEASURE = 200,		/* ms to wait for the answer */
	TURN = 1000,		/* us of processor time for what is typed */
	TURN_CHARS = 64,	/* read between two looks at it */
	BURST = 4,		/* octets at once; nobody types that fast */
	BURST_PAUSE = 50,	/* ms without input end a burst */
	PASTE_PAUSE = 1000	/* and a paste whose end never comes */
};

static struct {
	SCREEN *screen;
	WINDOW *keys;		/* a pad: reading from it shows nothing */
	bool open;		/* the terminal is ours now */
	int pipe[2];		/* from the signal handler */
	bool gone;		/* nobody at the other end */
	enum term_lines lines;
	int64_t asked;		/* for their width: ms since 1970, 0 not */
	bool pasting;
	bool burst;		/* pasted, but without brackets */
	int64_t paste_at;	/* its last character, ms since 1970 */
	struct paste paste;
	struct title title;
	struct term_link link;	/* as it was sent */
	int stderr_kept;	/* while stderr is held back; -1: it is not */
} term = { .stderr_kept = -1 };

static const int signals[] = {
	SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT
};

static void
on_signal(int number)
{
	int saved = errno;
	unsigned char octet = (unsigned char)number;

	/* A full pipe means that there is enough to be read. */
	if (write(term.pipe[1], &octet, 1) == -1)
		errno = saved;
	errno = saved;
}

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	action.sa_flags = SA_RESTART;
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		sigaction(signals[i], &action, NULL);
}

void
term_send(const char *sequence)
{
	size_t len = strlen(sequence);

	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, sequence, len);

		if (n == -1) {
			struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };

			if (errno != EAGAIN || poll(&out, 1, 1000) != 1)
				return;
			continue;
		}
		sequence += n;
		len -= (size_t)n;
	}
}

/*
 * What is said on stderr meanwhile would go into the picture and vanish with
 * it.  It waits in memory until the terminal is given back.
 */
static void
hold_stderr(void)
{
	int words = -1;

	if (term.stderr_kept == -1 && isatty(STDERR_FILENO))
		words = memfd_create("stderr", MFD_CLOEXEC);
	if (words == -1)
		return;
	term.stderr_kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
	if (term.stderr_kept != -1)
		dup2(words, STDERR_FILENO);
	close(words);
}

static void
release_stderr(void)
{
	char text[1024];
	ssize_t n;

	if (term.stderr_kept == -1)
		return;
	lseek(STDERR_FILENO, 0, SEEK_SET);
	while ((n = read(STDERR_FILENO, text, sizeof text)) > 0)
		if (write(term.stderr_kept, text, (size_t)n) == -1)
			break;
	dup2(term.stderr_kept, STDERR_FILENO);
	close(term.stderr_kept);
	term.stderr_kept = -1;
}

static void
enter(void)
{
	raw();
	noecho();
	nonl();
	term_send("\033[?2004h");
	hold_stderr();
	term.open = true;
}

/* The answer is for nobody else: not for the shell either. */
static void
swallow_answer(void)
{
	struct pollfd in = { STDIN_FILENO, POLLIN, 0 };

	if (term_measuring() > 0 && poll(&in, 1, term_measuring()) == 1)
		tcflush(STDIN_FILENO, TCIFLUSH);
	term.asked = 0;
}

void
term_close(void)
{
	if (!term.open)
		return;
	term.open = false;
	term_send(title_restore(&term.title));
	swallow_answer();
	term_send("\033[?2004l");
	endwin();
	release_stderr();
}

/*
 * Where terminfo knows how to ask for the cursor's place (u7), a line is
 * printed, measured and taken away before anything is drawn.
 */
static void
measure(void)
{
	const char *ask = tigetstr("u7");
	char answer[16];

	if (ask == NULL || ask == (const char *)-1 ||
	    strcmp(ask, "\033[6n") != 0)
		return;
	for (int i = 1; i <= COLUMNS; i++) {
		snprintf(answer, sizeof answer, "\033[1;%dR", i);
		define_key(answer, KEY_COLUMN + i - 1);
	}
	refresh();
	term_send("\r\xe2\x94\x80\033[6n\r\033[K");
	term.asked = clock_now();
}

enum term_lines
term_lines(void)
{
	return term.lines;
}

int
term_measuring(void)
{
	int64_t left = term.asked + MEASURE - clock_now();

	return term.asked != 0 && term.lines == TERM_LINES_UNKNOWN &&
	    left > 0 ? (int)left : 0;
}

/*
 * Where the machine has no description of this terminal, the one that the
 * program carries: ncurses takes it by value.
 */
static SCREEN *
new_screen(void)
{
	SCREEN *screen = newterm(NULL, stdout, stdin);
	const char *type = getenv("TERM");
	const struct inside *inside;
	char *value;

	if (screen != NULL || type == NULL ||
	    (inside = inside_find(INSIDE_TERMINFO, type)) == NULL)
		return screen;
	value = xmalloc(sizeof HEX + 2 * inside->size);
	strlcpy(value, HEX, sizeof HEX);
	for (size_t i = 0; i < inside->size; i++)
		snprintf(value + sizeof HEX - 1 + 2 * i, 3, "%02x",
		    inside->bytes[i]);
	setenv("TERMINFO", value, 1);
	free(value);
	return newterm(NULL, stdout, stdin);
}

int
term_open(void)
{
	if (pipe2(term.pipe, O_NONBLOCK | O_CLOEXEC) == -1)
		err(EX_OSERR, "pipe");
	/* Before newterm, so that curses leaves these signals alone. */
	catch_signals();
	size_clamp();
	term.screen = new_screen();
	if (term.screen == NULL)
		return -1;
	catch_signals();
	/*
	 * Until it has come back from a shell once, curses writes every line
	 * of a screen by itself (mvcur flushes), afterwards a screen at once.
	 */
	endwin();
	set_escdelay(ESC_DELAY);
	/*
	 * Read from stdscr, every key would show it as it is, without the
	 * panels that lay over it.
	 */
	term.keys = newpad(1, 1);
	keypad(term.keys, TRUE);
	meta(term.keys, TRUE);
	nodelay(term.keys, TRUE);
	leaveok(stdscr, FALSE);
	define_key("\033[200~", KEY_PASTE_BEGIN);
	define_key("\033[201~", KEY_PASTE_END);
	atexit(term_close);
	enter();
	measure();
	return 0;
}

void
term_fds(struct pollfd fds[static TERM_FDS])
{
	fds[0] = (struct pollfd){ STDIN_FILENO, POLLIN, 0 };
	fds[1] = (struct pollfd){ term.pipe[0], POLLIN, 0 };
}

void
term_ready(const struct pollfd fds[static TERM_FDS])
{
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		term.gone = true;
}

void
term_redraw(void)
{
	term.link.text[0] = '\0';
	clearok(curscr, TRUE);
}

static void
come_back(void)
{
	/* The shell may have left the terminal in any state. */
	reset_prog_mode();
	/* The terminal forgot; curses does not tell it again by itself. */
	keypad(term.keys, FALSE);
	keypad(term.keys, TRUE);
	enter();
	term_redraw();
	refresh();
}

void
term_suspend(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };

	term_close();
	sigemptyset(&action.sa_mask);
	sigaction(SIGTSTP, &action, NULL);
	kill(0, SIGTSTP);
	catch_signals();
	come_back();
}

static void
resize(void)
{
	int rows, cols;

	term.link.text[0] = '\0';
	if (size_now(&rows, &cols) == 0)
		resizeterm(rows, cols);
}

/* One signal at a time; true when it makes an event. */
static bool
next_signal(struct event *event)
{
	unsigned char number;

	while (read(term.pipe[0], &number, 1) == 1) {
		switch (number) {
		case SIGWINCH:
			resize();
			event->kind = EVENT_RESIZE;
			return true;
		case SIGCONT:
			if (term.open)
				come_back();
			event->kind = EVENT_RESIZE;
			return true;
		case SIGTSTP:
			term_suspend();
			resize();
			event->kind = EVENT_RESIZE;
			return true;
		default:
			event->kind = EVENT_QUIT;
			return true;
		}
	}
	return false;
}

static size_t
encode(char out[static 8], wint_t wc)
{
	char buf[64];
	mbstate_t state = { 0 };
	size_t n = wcrtomb(buf, (wchar_t)wc, &state);

	if (n == (size_t)-1 || n >= 8)
		return 0;
	memcpy(out, buf, n);
	out[n] = '\0';
	return n;
}

static void
paste_char(wint_t wc)
{
	char text[8];
	size_t n;

	if (wc == L'\r')
		wc = L'\n';
	n = encode(text, wc);
	if (n > 0 && wc != 0)
		paste_add(&term.paste, text, n);
}

static bool
paste_end(struct event *event)
{
	term.pasting = false;
	if (term.paste.len == 0)
		return false;
	event->kind = EVENT_PASTE;
	event->paste = term.paste.text;
	event->len = term.paste.len;
	return true;
}

/* Octets that can be read at once. */
static int
waiting(void)
{
	int octets = 0;

	return ioctl(STDIN_FILENO, FIONREAD, &octets) == 0 ? octets : 0;
}

bool
term_more(void)
{
	return waiting() > 0;
}

/* Any but those that a text may hold. */
static bool
is_control(wint_t wc)
{
	return (wc < L' ' && wc != L'\r' && wc != L'\n' && wc != L'\t') ||
	    wc == TERM_RUBOUT;
}

/*
 * A terminal without bracketed paste sends lines as keys.  On a screen that
 * has no field they would be commands, so what comes faster than anybody
 * types is a paste, too; but not a key that is held down.
 */
static bool
is_burst(wint_t wc)
{
	return wc >= L' ' && !is_control(wc) && waiting() >= BURST;
}

static bool
burst_end(struct event *event)
{
	struct paste *paste = &term.paste;
	size_t len = paste->len;

	term.burst = false;
	event->burst = true;
	while (len > 0 && paste->text[len - 1] == '\n')
		len--;
	/* One line: the Enter at its end is the user's. */
	if (memchr(paste->text, '\n', len) == NULL) {
		event->enters = paste->len - len;
		paste->text[paste->len = len] = '\0';
	}
	return paste_end(event);
}

static bool
measured(struct event *event, wint_t wc)
{
	if (term.asked == 0)
		return false;
	term.asked = 0;
	term.lines = wc == KEY_COLUMN + 1 ? TERM_LINES_NARROW :
	    TERM_LINES_WIDE;
	event->kind = EVENT_RESIZE;
	return true;
}

/* True when this input makes an event of its own. */
static bool
take(struct event *event, bool is_key, wint_t wc)
{
	if (is_key && wc == KEY_PASTE_BEGIN) {
		term.pasting = true;
		term.burst = false;
		paste_begin(&term.paste);
		term.paste_at = clock_now();
		return false;
	}
	if (is_key && wc == KEY_PASTE_END)
		return false;
	if (is_key && wc >= KEY_COLUMN && wc < KEY_COLUMN + COLUMNS)
		return measured(event, wc);
	if (!is_key && !term.pasting && is_burst(wc)) {
		term.pasting = term.burst = true;
		paste_begin(&term.paste);
	}
	if (term.burst && (is_key || is_control(wc))) {
		/* Typed ahead: a command, no text. */
		if (is_key)
			ungetch((int)wc);
		else
			unget_wch((wchar_t)wc);
		return burst_end(event);
	}
	if (term.burst) {
		term.paste_at = clock_now();
		paste_char(wc);
		paste_skip(&term.paste, STDIN_FILENO);
		return false;
	}
	if (is_key && wc == KEY_RESIZE)
		return false;
	event->kind = EVENT_KEY;
	event->key = (int)wc;
	if (!is_key && wc >= L' ' && wc != TERM_RUBOUT &&
	    !(wc >= 0x80 && wc < 0xa0) && encode(event->text, wc) > 0)
		event->kind = EVENT_CHAR;
	return true;
}

/* More of a paste in brackets; true at its end. */
static bool
take_paste(const struct turn *turn)
{
	int octets = waiting();

	if (octets > 0)
		term.paste_at = clock_now();
	return paste_read(&term.paste, STDIN_FILENO, octets, turn);
}

/* Nothing more comes: of the paste's end, if it ever had one, neither. */
static bool
is_paste_over(void)
{
	return clock_now() - term.paste_at >= (term.burst ? BURST_PAUSE :
	    PASTE_PAUSE);
}

void
term_next(struct event *event)
{
	struct turn turn = turn_begin(TURN);
	size_t chars = 0;
	wint_t wc;
	int kind;

	memset(event, 0, sizeof *event);
	if (next_signal(event))
		return;
	for (;;) {
		if (term.pasting && !term.burst) {
			if (!take_paste(&turn))
				break;
			if (paste_end(event))
				return;
		}
		if ((kind = wget_wch(term.keys, &wc)) == ERR)
			break;
		if (take(event, kind == KEY_CODE_YES, wc))
			return;
		/* However much is pasted, signals are looked at meanwhile. */
		if (++chars % TURN_CHARS == 0 && turn_is_over(&turn))
			return;
	}
	if (term.pasting && is_paste_over() &&
	    (term.burst ? burst_end(event) : paste_end(event)))
		return;
	if (term.gone)
		event->kind = EVENT_QUIT;
}

bool
term_pasting(void)
{
	return term.pasting;
}

void
term_link(const struct term_link *link)
{
	char sequence[3 * TERM_LINK];

	if (link->text[0] == '\0' || !title_can(&term.title)) {
		term.link.text[0] = '\0';
		return;
	}
	if (link->y == term.link.y && link->x == term.link.x &&
	    strcmp(link->text, term.link.text) == 0 &&
	    strcmp(link->address, term.link.address) == 0)
		return;
	term.link = *link;
	/* The cursor and its attributes are as before: curses sees nothing. */
	snprintf(sequence, sizeof sequence, "\0337\033[%d;%dH\033[m"
	    "\033]8;;%s\033\\%s\033]8;;\033\\\0338", link->y + 1,
	    link->x + 1, link->address, link->text);
	term_send(sequence);
}

void
term_tell(const char *text, bool bell)
{
	char sequence[TITLE_SIZE];

	if (!term.open)
		return;
	title_set(&term.title, text, bell, sequence);
	term_send(sequence);
}
