/*
 * The clipboard of the terminal, as programs set it with OSC 52, and the last
 * address that a piece of text was made a link to with OSC 8.
 *
 * A scanner over the raw bytes of a program: it finds ESC ] 52 ; c ; BASE64
 * ended by BEL or ESC \, also where tmux's pass-through doubles the escapes,
 * and wherever a read happens to cut the sequence.
 */
#ifndef CLIPBOARD_H
#define CLIPBOARD_H

#include <stdbool.h>
#include <stddef.h>

enum { CLIPBOARD_MAX = 1 << 16, CLIPBOARD_LINK = 1 << 10 };

enum clipboard_state {
	CLIPBOARD_TEXT,
	CLIPBOARD_ESCAPE,	/* after ESC */
	CLIPBOARD_STRING,	/* inside ESC ] ... */
	CLIPBOARD_STRING_END	/* after ESC inside it */
};

struct clipboard {
	enum clipboard_state	 state;
	size_t			 len;
	bool			 set;		/* text holds something */
	char			 raw[CLIPBOARD_MAX];
	char			 text[CLIPBOARD_MAX];
	char			 link[CLIPBOARD_LINK];
};

/* Empties the clipboard and forgets any half-read sequence. */
void	clipboard_clear(struct clipboard *);

/* Takes the next len bytes that the program wrote. */
void	clipboard_feed(struct clipboard *, const char *bytes, size_t len);

#endif
