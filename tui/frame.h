/*
 * What stands around every screen: title, steps, hint bar, the line of
 * notices, and the page that may lie over all of it.
 */
#ifndef DNSESAME_FRAME_H
#define DNSESAME_FRAME_H

struct app;

/* Draws everything, once a turn. */
void
frame_draw(const struct app *app);

#endif
