/*
 * The terminal's clipboard (OSC 52 of xterm's control sequences), written
 * only: the answer to the reading form would come as keys.  No terminal says
 * whether it took a text.
 */
#ifndef DNSESAME_CLIPBOARD_H
#define DNSESAME_CLIPBOARD_H

enum {
	CLIPBOARD_MAX = 74994	/* octets; with more, terminals take nothing */
};

/* What stands between this program and the terminal. */
enum clipboard_way {
	CLIPBOARD_DIRECT,
	CLIPBOARD_TMUX,
	CLIPBOARD_SCREEN,
	CLIPBOARD_NONE		/* a console without a clipboard */
};

/* By TMUX, STY and TERM of the environment. */
enum clipboard_way
clipboard_way(void);

/*
 * The sequence that hands text over, to be freed; NULL when there is no way or
 * the text is too long for one.
 */
char *
clipboard_sequence(const char *text, enum clipboard_way way);

#endif
