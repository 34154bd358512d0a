/*
 * A dialogue in lines, for terminals that cannot be drawn on and for people
 * who listen: sentences out, answers in.  No cursor moves, nothing is drawn
 * anew, not one escape sequence is written.  It never waits: whoever runs the
 * loop polls the descriptors, hands them back, and asks for the next line.
 */
#ifndef DNSESAME_DIALOG_H
#define DNSESAME_DIALOG_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	DIALOG_FDS = 2,		/* standard input, signals */
	DIALOG_LINE = 8192	/* octets of one line that are kept, with NUL */
};

struct dialog {
	char *text;		/* read, not yet taken */
	size_t len, size;
	bool ended;		/* nothing more comes in */
	bool stop;		/* a signal says: leave now */
	int signals;		/* descriptor of SIGINT, SIGTERM, SIGHUP */
	bool silent;		/* no terminal shows what is answered */
};

/* These signals become a descriptor.  Before any thread is started. */
void
dialog_open(struct dialog *dialog);
void
dialog_close(struct dialog *dialog);

/* Before and after poll(2). */
void
dialog_fds(const struct dialog *dialog, struct pollfd fds[static DIALOG_FDS]);
void
dialog_ready(struct dialog *dialog,
    const struct pollfd fds[static DIALOG_FDS]);

/*
 * Takes the next line, without its end; what came before the end of all input
 * is a line, too.  False when there is none yet.
 */
bool
dialog_line(struct dialog *dialog, char line[static DIALOG_LINE]);

/* True when more was pasted into the terminal than the line just taken. */
bool
dialog_has_more(const struct dialog *dialog);

/* True when no answer will ever come. */
bool
dialog_over(const struct dialog *dialog);

/*
 * Says one or more lines.  On a terminal they are broken between words;
 * a value that is longer than a line stays in one piece, for copying.  Where
 * the output is stopped, a signal that dialog_open() blocked ends the saying.
 */
void
dialog_say(const char *text);

/* The same of a text that is to be copied: nothing of it is broken. */
void
dialog_print(const char *text);

/* "question: ", to be answered behind it. */
void
dialog_ask(const char *question);

#endif
