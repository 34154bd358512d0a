/*
 * A text over the screen: help, details, all records, the plain page.
 */
#ifndef DNSESAME_PAGE_H
#define DNSESAME_PAGE_H

#include <stdbool.h>

#include "base/text.h"
#include "draw/key.h"
#include "model/edit.h"

enum {
	PAGE_WIDTH = 100,		/* of its frame, at most */
	PAGE_PARTS = 64
};

struct app;
struct paint;

struct page {
	bool open;
	bool plain;			/* flush left, no frame */
	const char *title;		/* translated */
	struct text text;
	struct text copy;		/* what c copies; "" the text */
	size_t part[PAGE_PARTS];	/* where parts of the text begin */
	size_t parts;			/* 0: there is no search */
	bool searching;			/* the field takes characters */
	struct edit words;		/* parts that lack them are not shown */
	struct text shown;		/* what is, if there are words */
	int top;			/* first line shown */
	int last;			/* the highest top, by size of screen */
};

void
page_release(struct page *page);

void
page_open(struct app *app, const char *title, bool plain);
void
page_add(struct app *app, const char *text);
/* Here a part begins, which a search shows whole or not at all. */
void
page_part(struct app *app);
/* The field of the search while it takes characters, or NULL. */
struct edit *
page_typing(struct app *app);
/* Before drawing: what is shown, and how far it can scroll on this screen. */
void
page_settle(struct app *app);
bool
page_act(struct app *app, enum action action);
void
page_draw(const struct app *app, struct paint *paint);
/*
 * After drawing: writes what is longer than a line of the plain page again in
 * one go, so that the terminal wraps it itself and its selection takes it as
 * one piece.
 */
void
page_join(const struct app *app);

#endif
