/*
 * One program on one terminal: a pty with libvterm behind it.
 *
 * The program is a job in the foreground of a session whose leader, a small
 * keeper, does what a shell does: without it the kernel would discard the
 * stop signals, and a closed terminal would not reach the program.
 *
 * Times are milliseconds. What the operating system refuses ends the run
 * with err(3).
 */
#ifndef PTY_H
#define PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include <vterm.h>

#include "clipboard.h"

enum {
	PTY_SIDE_MAX = 500,	/* rows, columns */
	PTY_TITLE = 256,
	PTY_QUIET_MS = 60,	/* a screen is quiet after this silence */
	PTY_ANSWER_MS = 500,	/* what a key's first effect may take */
	PTY_SETTLE_MS = 2000	/* an ever-moving screen is taken as it is */
};

/* What the terminal says when asked for the cursor's column. */
enum {
	PTY_COLUMN_TRUE = 0,
	PTY_COLUMN_NONE = -1	/* no answer */
};

enum pty_state {
	PTY_NONE,		/* nothing was started yet */
	PTY_RUNNING,
	PTY_STOPPED,
	PTY_ENDED
};

struct pty {
	VTerm			*vt;
	VTermScreen		*screen;
	int			 rows, cols;
	int			 master;	/* -1: no terminal */
	int			 slave;		/* held: keeps the termios */
	int			 report;	/* from the keeper */
	pid_t			 keeper, program;
	enum pty_state		 state;
	int			 status;	/* of wait(2), once ended */
	struct termios		 first;		/* as the program found it */
	bool			 alternate, cursor_shown, mouse;
	bool			 unanswered;	/* input without output yet */
	bool			 settle_first;	/* before the next input */
	int64_t			 sent_at, heard_at;
	size_t			 heard;		/* octets since the last input */
	char			*out;		/* what the terminal sends */
	size_t			 out_len, out_size;
	struct clipboard	 clipboard;
	size_t			 escapes;	/* ESC bytes it has written */
	char			 title[PTY_TITLE];
	int			 titles;	/* kept by the terminal */
	int			 bells;
	int			 column;	/* PTY_COLUMN_... or a number */
};

/* Milliseconds of a clock that never jumps. */
int64_t	pty_clock(void);

/* An empty terminal of this size, nothing running. */
void	pty_init(struct pty *, int cols, int rows);

/* Starts argv on a fresh terminal, with this process's environment. */
void	pty_run(struct pty *, char *const argv[]);

/* Waits at most ms for the program, reads what it wrote, sends what is due. */
void	pty_pump(struct pty *, int64_t ms);

/* Waits until the last input had its effect and the screen is quiet. */
void	pty_settle(struct pty *);

/* Sends bytes as typed; false if the program does not take them. */
bool	pty_send(struct pty *, const char *bytes, size_t len);

/* Sends a key by its libvterm code, in the mode the program has chosen. */
bool	pty_key(struct pty *, VTermKey, VTermModifier);

/*
 * Sends lines as a terminal pastes them: newlines become carriage returns,
 * and with bracket the marks of mode 2004 stand around, if that mode is on.
 */
bool	pty_paste(struct pty *, const char *text, bool bracket);

/* Has the program switched bracketed paste on? */
bool	pty_bracketed(struct pty *);

void	pty_resize(struct pty *, int cols, int rows);
void	pty_signal(struct pty *, int sig);

/* Closes the terminal under the program, as a lost connection does. */
void	pty_hangup(struct pty *);

/* NULL if the terminal is as the program found it, else what is wrong. */
const char *pty_unclean(struct pty *);

/* Ends the program if it still runs and frees everything. */
void	pty_close(struct pty *);

#endif
