/*
 * From events to actions: the key table says what a key means on a screen,
 * the rest is text for the field in focus.
 */
#ifndef DNSESAME_INPUT_H
#define DNSESAME_INPUT_H

struct app;
struct edit;

/* Takes all that was typed, pasted or signalled since the last call. */
void
input_take(struct app *app);

/* The field that characters go into now, or NULL. */
struct edit *
input_field(struct app *app);

#endif
