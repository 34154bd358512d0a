/*
 * All screens, and what one of them offers the others.
 */
#ifndef DNSESAME_SCREENS_H
#define DNSESAME_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "screen/screen.h"

/*
 * Enter goes on, Escape back; the numbers go to any step that the
 * answers reach.
 *
 *	1 domain -> 2 company -> 3 values -> 4 card -> 5 check -> 6 done -> mail
 *	  ^              (question,         |  ^      |  ^
 *	  |               document,         v  |      v  |
 *	saved (^O)       region)          form (practice), back where it began
 *
 * Help and long texts (page) lie over any of them and change no step.
 */
extern const struct screen_ops screen_domain, screen_company, screen_values,
    screen_card, screen_check, screen_done, screen_form, screen_saved,
    screen_mail;

/* The field of the first screen is as it was: L is no text there. */
bool
domain_offers_language(const struct app *app);

/* The pretend form, for this record; it goes back to where we are. */
void
form_open(struct app *app, size_t wanted);

/* The help of the screen (screen-help.c). */
void
help_open(struct app *app);

#endif
