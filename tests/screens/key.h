/*
 * Keys by name, as one says them: Enter, PgDn, F1, Ctrl-C, Alt-x, q, あ.
 */
#ifndef KEY_H
#define KEY_H

#include <stdbool.h>

#include "pty.h"

/* Is this the name of a key? */
bool	key_known(const char *name);

/* Presses the key; false if the program does not take it. */
bool	key_press(struct pty *, const char *name);

#endif
