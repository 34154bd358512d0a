/*
 * The commands that look: each returns 0 if what it wants is so, else -1
 * after script_fail. Their arguments are described in README.md.
 */
#ifndef SEE_H
#define SEE_H

#include <stdbool.h>

#include "script.h"

/* Is the text on the screen once it is settled, or within ms after? */
bool	see_text(struct script *, const char *text, int ms);

/* Fails if no text can be like this. */
int	see_text_check(struct script *, const char *text);

int	see_absent(struct script *, char **);
int	see_attr(struct script *, char **);
int	see_bytes(struct script *, char **);
int	see_clean(struct script *, char **);
int	see_cursor(struct script *, char **);
int	see_cursor_on(struct script *, char **);
int	see_dump(struct script *, char **);
int	see_exit(struct script *, char **);
int	see_expect(struct script *, char **);
int	see_escapeless(struct script *, char **);
int	see_line(struct script *, char **);
int	see_bells(struct script *, char **);
int	see_link(struct script *, char **);
int	see_osc52(struct script *, char **);
int	see_pressed(struct script *, char **);
int	see_title(struct script *, char **);
int	see_stopped(struct script *, char **);
int	see_wait(struct script *, char **);
int	see_wait_gone(struct script *, char **);
int	see_width_ok(struct script *, char **);
int	see_within(struct script *, char **);

#endif
