/*
 * What stands around every screen: title, steps, hint bar, the line of
 * notices, and the page that may lie over all of it.
 */
#ifndef DNSESAME_FRAME_H
#define DNSESAME_FRAME_H

#include <stdbool.h>

struct app;

/* The terminal has no room for a screen: a line says so instead. */
bool
frame_too_small(void);

/* Draws everything, once a turn. */
void
frame_draw(const struct app *app);

#endif
