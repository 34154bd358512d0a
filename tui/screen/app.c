#include "screen/app.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "screen/frame.h"
#include "screen/input.h"
#include "base/lang.h"
#include "screen/screen.h"
#include "draw/title.h"
#include "base/xalloc.h"

enum {
	FDS = 512,		/* sockets of 60 questions and more */
	SECOND = 1000,
	PASTE_PAUSE = 60	/* ms to wait for the rest of a paste */
};

static const struct screen_ops *const screens[] = {
	[SCREEN_DOMAIN] = &screen_domain,
	[SCREEN_COMPANY] = &screen_company,
	[SCREEN_VALUES] = &screen_values,
	[SCREEN_CARD] = &screen_card,
	[SCREEN_CHECK] = &screen_check,
	[SCREEN_DONE] = &screen_done,
	[SCREEN_FORM] = &screen_form,
	[SCREEN_SAVED] = &screen_saved,
};

const struct screen_ops *
screen_find(enum screen_id id)
{
	return screens[id];
}

void
app_tell(const struct app *app, bool ring)
{
	char text[SCREEN_NOTICE];

	if (app->screen != SCREEN_CHECK || !app->seen)
		return;
	title_text(&app->check, text, sizeof text);
	term_tell(text, ring);
}

static void
draw(struct app *app)
{
	if (!app->dirty || term_measuring() > 0)
		return;
	app->dirty = false;
	app->typing = input_field(app) != NULL;
	if (app->page.open)
		page_settle(app);
	frame_draw(app);
}

static int
poll_time(const struct app *app, int64_t due)
{
	int64_t left = due == INT64_MAX ? -1 : due - clock_now();

	if (due != INT64_MAX && left < 0)
		left = 0;
	if (term_measuring() > 0 && (left == -1 || left > term_measuring()))
		left = term_measuring();
	/* The countdown of the check step. */
	if (app_watching(app) && (left == -1 || left > SECOND))
		left = SECOND;
	if (term_pasting() && (left == -1 || left > PASTE_PAUSE))
		left = PASTE_PAUSE;
	return left > SECOND * 3600 ? SECOND * 3600 : (int)left;
}

static void
loop(struct app *app)
{
	struct pollfd fds[FDS];
	int64_t due = 0;

	while (!app->quit) {
		size_t count = TERM_FDS;

		term_fds(fds);
		if (app->begun)
			count += check_fds(&app->check, fds + TERM_FDS,
			    FDS - TERM_FDS);
		draw(app);
		if (poll(fds, (nfds_t)count, poll_time(app, due)) == -1)
			memset(fds, 0, sizeof fds);
		term_ready(fds);
		/* A second went by. */
		if (app->now / SECOND != clock_now() / SECOND && app_watching(app))
			app->dirty = true;
		app->now = clock_now();
		/* The key first: a dead name server never delays it. */
		input_take(app);
		draw(app);
		if (!app->quit)
			due = app_step(app);
	}
}

int
app_run(const struct app_options *options)
{
	struct app *app = xcalloc(1, sizeof *app);
	int rc = EX_USAGE;

	if (app_begin(app, options) == -1)
		goto out;
	if (term_open() == -1) {
		warnx("%s", _("this type of terminal is not known. Try: "
		    "TERM=xterm-256color dnsesame, or line by line: "
		    "dnsesame --plain"));
		goto out;
	}
	theme_init(&app->theme, options->colour, options->ascii);
	app->dirty = true;
	app->screen = app_first_screen(app);
	if (screens[app->screen]->enter != NULL)
		screens[app->screen]->enter(app);
	loop(app);
	if (screens[app->screen]->leave != NULL)
		screens[app->screen]->leave(app);
	app_save(app);
	term_close();
	app_farewell(app);
	rc = 0;
out:
	app_end(app);
	free(app);
	return rc;
}
