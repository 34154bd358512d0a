/*
 * The terminal: opened, read, suspended and given back.  The only file with
 * state of its own, for a process has one terminal and signals reach it
 * without an argument.  However the program ends, the terminal is restored.
 */
#ifndef DNSESAME_TERM_H
#define DNSESAME_TERM_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	TERM_FDS = 2,		/* descriptors of the terminal */
	TERM_ESC = 27,
	TERM_RUBOUT = 127,
	TERM_LINK = 512		/* octets of an address */
};

/* How wide the terminal draws a line of a frame (U+2500). */
enum term_lines {
	TERM_LINES_UNKNOWN,	/* it did not tell, or not yet */
	TERM_LINES_NARROW,	/* one column, as wcwidth(3) says */
	TERM_LINES_WIDE		/* anything else */
};

/* A piece of the screen that leads to an address. */
struct term_link {
	int y, x;
	char text[TERM_LINK], address[TERM_LINK];
};

enum event_kind {
	EVENT_NONE,
	EVENT_KEY,	/* key: KEY_* of curses, or a control character */
	EVENT_CHAR,	/* text: one printable character */
	EVENT_PASTE,	/* paste, len: everything pasted at once, UTF-8 */
	EVENT_RESIZE,	/* the size changed, or all must be drawn anew */
	EVENT_QUIT	/* a signal or a closed terminal says: leave now */
};

struct event {
	enum event_kind kind;
	int key;
	char text[8];
	const char *paste;	/* until the next call */
	size_t len;
	size_t enters;		/* typed ahead after the one line of it */
	bool burst;		/* it came as keys, all at once */
};

/*
 * Opens the terminal and restores it at exit.  -1 when the type of terminal
 * (TERM) is unknown.
 */
int
term_open(void);

/* Gives the terminal back; may be called again. */
void
term_close(void);

/* Keyboard and signals, to be waited for. */
void
term_fds(struct pollfd fds[static TERM_FDS]);

/*
 * After poll: takes what was seen in fds.  Then the next event, until it is
 * EVENT_NONE.  Never waits.
 */
void
term_ready(const struct pollfd fds[static TERM_FDS]);
void
term_next(struct event *event);

/*
 * Measured when the terminal was opened: a line was printed and the terminal
 * asked where the cursor stands.  The answer never reaches the user as keys,
 * however late it comes.
 */
enum term_lines
term_lines(void);

/* How long to wait for that answer before drawing: ms, 0 not at all. */
int
term_measuring(void);

/* More is waiting to be read already: nobody types that fast. */
bool
term_more(void);

/* True while a paste is coming in: ask again soon. */
bool
term_pasting(void);

/* Stops the process as Ctrl-Z does; returns when it goes on. */
void
term_suspend(void);

/* Next time everything is drawn anew. */
void
term_redraw(void);

/* Rings the bell if asked to, and says text in the window's title. */
void
term_tell(const char *text, bool bell);

/*
 * After drawing: this text, which stands there in plain attributes, leads to
 * that address (OSC 8); an empty one: there is none.  Nothing is sent again
 * for one that is there already, nor to a terminal that may not know it.
 */
void
term_link(const struct term_link *link);

/* Sends a sequence that is none of curses' business. */
void
term_send(const char *sequence);

#endif
