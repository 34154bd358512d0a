#include "plain/dialog.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/time.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "ses/import.h"
#include "model/wrap.h"
#include "base/xalloc.h"

enum {
	GROW = 4096,
	NARROW = 20,		/* columns; below that nothing is broken */
	LABEL = 12,		/* at most, of what a text may hang behind */
	BEAT = 100		/* ms between two looks at the signals */
};

static const int ends[] = { SIGINT, SIGTERM, SIGHUP };

enum {
	ENDS = sizeof ends / sizeof ends[0]
};

/* Blocked they stay pending for good: nobody takes them from dialog.signals. */
static bool
is_told_to_end(void)
{
	sigset_t pending;
	bool told = false;

	if (sigpending(&pending) == -1)
		return false;
	for (size_t i = 0; i < ENDS; i++)
		told |= sigismember(&pending, ends[i]) == 1;
	return told;
}

/* Its signal interrupts write(2): that is all it is for. */
static void
on_beat(int number)
{
	(void)number;
}

static void
beat(int ms)
{
	const struct itimerval every = { { 0, ms * 1000 }, { 0, ms * 1000 } };

	setitimer(ITIMER_REAL, &every, NULL);
}

/*
 * Whoever stops the output (Ctrl-S, a pager, a connection that stands still)
 * must not keep the program from ending when it is told to: what is left to
 * be said then is left unsaid.
 */
static void
put_out(const char *text, size_t len)
{
	const struct sigaction wake = { .sa_handler = on_beat };
	struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };
	struct sigaction before;
	ssize_t n = 0;

	fflush(stdout);
	sigaction(SIGALRM, &wake, &before);
	beat(BEAT);
	while (len > 0 && n != -1) {
		if ((n = write(STDOUT_FILENO, text, len)) > 0) {
			text += n;
			len -= (size_t)n;
		} else if (is_told_to_end()) {
			len = 0;
		} else if (errno == EAGAIN) {
			n = poll(&out, 1, BEAT) == -1 && errno != EINTR ? -1 :
			    0;
		} else if (errno == EINTR) {
			n = 0;
		}
	}
	beat(0);
	sigaction(SIGALRM, &before, NULL);
	/* It fails once more, where the caller looks for failures. */
	if (len > 0)
		fwrite(text, 1, len, stdout);
	fflush(stdout);
}

void
dialog_open(struct dialog *dialog)
{
	sigset_t set;

	memset(dialog, 0, sizeof *dialog);
	sigemptyset(&set);
	for (size_t i = 0; i < ENDS; i++)
		sigaddset(&set, ends[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	dialog->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (dialog->signals == -1)
		err(1, "signalfd");
	dialog->silent = !isatty(STDIN_FILENO);
}

void
dialog_close(struct dialog *dialog)
{
	close(dialog->signals);
	free(dialog->text);
}

void
dialog_fds(const struct dialog *dialog, struct pollfd fds[static DIALOG_FDS])
{
	/* poll passes over a descriptor below 0. */
	fds[0] = (struct pollfd){ dialog->ended ? -1 : STDIN_FILENO, POLLIN,
		0 };
	fds[1] = (struct pollfd){ dialog->signals, POLLIN, 0 };
}

/* More than any SES document is not kept; import says that it is too long. */
static void
take(struct dialog *dialog)
{
	char more[GROW];
	ssize_t n = read(STDIN_FILENO, more, sizeof more);

	if (n <= 0) {
		dialog->ended = true;
		return;
	}
	if (dialog->len + (size_t)n > IMPORT_MAX + GROW)
		return;
	if (dialog->len + (size_t)n > dialog->size) {
		dialog->size += GROW + (size_t)n;
		dialog->text = xreallocarray(dialog->text, dialog->size, 1);
	}
	memcpy(dialog->text + dialog->len, more, (size_t)n);
	dialog->len += (size_t)n;
}

void
dialog_ready(struct dialog *dialog,
    const struct pollfd fds[static DIALOG_FDS])
{
	if (fds[0].revents != 0)
		take(dialog);
	/* It is left where it is: put_out() looks for it, too. */
	if (fds[1].revents != 0)
		dialog->stop = true;
}

bool
dialog_line(struct dialog *dialog, char line[static DIALOG_LINE])
{
	const char *end;
	size_t len, kept;

	if (dialog->len == 0)
		return false;
	end = memchr(dialog->text, '\n', dialog->len);
	if (end == NULL && !dialog->ended)
		return false;
	len = end != NULL ? (size_t)(end - dialog->text) : dialog->len;
	kept = len < DIALOG_LINE ? len : DIALOG_LINE - 1;
	memcpy(line, dialog->text, kept);
	while (kept > 0 && line[kept - 1] == '\r')
		kept--;
	line[kept] = '\0';
	/* Where no Enter is seen, the answer ends the question's line. */
	if (dialog->silent)
		put_out("\n", 1);
	len += end != NULL;
	dialog->len -= len;
	memmove(dialog->text, dialog->text + len, dialog->len);
	return true;
}

bool
dialog_has_more(const struct dialog *dialog)
{
	struct pollfd in = { STDIN_FILENO, POLLIN, 0 };

	return !dialog->silent && !dialog->ended && (dialog->len > 0 ||
	    poll(&in, 1, 0) == 1);
}

bool
dialog_over(const struct dialog *dialog)
{
	return dialog->stop || (dialog->ended && dialog->len == 0);
}

/* The columns of the longest piece that has no blank and is not Japanese. */
static int
longest_word(const char *text)
{
	int longest = 0, word = 0, width;
	size_t n;

	for (; (n = wrap_char(text, &width)) > 0; text += n) {
		word = *text == ' ' || width != 1 ? 0 : word + 1;
		if (word > longest)
			longest = word;
	}
	return longest;
}

/* The columns of so many octets, without what sets a colour. */
static int
shown_width(const char *text, size_t len)
{
	int total = 0;

	while (len > 0) {
		size_t colour = *text == '\033' ? strcspn(text, "m") + 1 : 0;
		size_t plain = 0;

		while (colour == 0 && plain < len && text[plain] != '\033')
			plain++;
		total += wrap_width_of(text, plain);
		if (colour + plain >= len)
			break;
		text += colour + plain;
		len -= colour + plain;
	}
	return total;
}

/*
 * What stands before a text, its lines hang behind that: "  - " or "  12  ", or
 * a word apart from it, "FAIL  ".
 */
static size_t
hang_of(const char *line)
{
	size_t blanks = strspn(line, " ");
	size_t mark = strspn(line + blanks, "-0123456789");
	size_t after = strspn(line + blanks + mark, " ");
	const char *apart = strstr(line + blanks, "  ");
	size_t label = apart == NULL ? 0 : (size_t)(apart - line) +
	    strspn(apart, " ");

	if (mark > 0 && after > 0)
		return blanks + mark + after;
	return label > 0 && shown_width(line, label) <= LABEL ? label : blanks;
}

static void
say_line(FILE *out, const char *line, int columns)
{
	size_t before = hang_of(line), len;
	int hang = shown_width(line, before), width = columns - hang;
	const char *text = line + before;

	if (width < NARROW || wrap_width(text) <= width ||
	    longest_word(text) > width) {
		fprintf(out, "%s\n", line);
		return;
	}
	fprintf(out, "%.*s", (int)before, line);
	while (text != NULL) {
		const char *next = wrap_next(text, width, &len);

		fprintf(out, "%.*s\n", (int)len, text);
		if (next != NULL)
			fprintf(out, "%*s", hang, "");
		text = next;
	}
}

void
dialog_say(const char *text)
{
	struct winsize window;
	int columns = 0;
	char *said;
	size_t size;
	FILE *out = open_memstream(&said, &size);

	if (out == NULL)
		err(EX_OSERR, "open_memstream");
	/* The window may have changed; a pipe has none. */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0)
		columns = window.ws_col - 1;
	do {
		size_t len = strcspn(text, "\n");
		char *line = xmalloc(len + 1);

		strlcpy(line, text, len + 1);
		say_line(out, line, columns);
		free(line);
		text += len;
		text += *text == '\n';
	} while (*text != '\0');
	fclose(out);
	put_out(said, size);
	free(said);
}

void
dialog_print(const char *text)
{
	put_out(text, strlen(text));
}

void
dialog_ask(const char *question)
{
	put_out(question, strlen(question));
	put_out(": ", 2);
}
