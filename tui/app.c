#include "app.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "frame.h"
#include "input.h"
#include "lang.h"
#include "rehearsal.h"
#include "screen.h"
#include "xalloc.h"

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
};

const struct screen_ops *
screen_find(enum screen_id id)
{
	return screens[id];
}

/* The check step watches until all is right. */
static bool
watching(const struct app *app)
{
	return app->begun && app->screen == SCREEN_CHECK && !app_all_right(app);
}

/* Takes answers in, begins a new look when one is due; the next due time. */
static int64_t
step(struct app *app)
{
	bool news = false, was_running;
	int64_t due;

	if (!app->begun)
		return INT64_MAX;
	was_running = app->check.running;
	due = check_step(&app->check, app->now, &news);
	app->dirty |= news;
	if (was_running && !app->check.running) {
		app->seen = true;
		app->dirty = true;
		check_screen_follow(app);
	}
	if (app->check.running)
		return due;
	if (app->again || (watching(app) &&
	    app->now >= check_next_look(&app->check))) {
		app->again = false;
		app_begin_look(app);
		due = app->now;
	} else if (watching(app) && check_next_look(&app->check) < due) {
		due = check_next_look(&app->check);
	}
	return due;
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
	if (watching(app) && (left == -1 || left > SECOND))
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
		if (app->now / SECOND != clock_now() / SECOND && watching(app))
			app->dirty = true;
		app->now = clock_now();
		/* The key first: a dead name server never delays it. */
		input_take(app);
		draw(app);
		if (!app->quit)
			due = step(app);
	}
}

static enum screen_id
first_screen(const struct app *app)
{
	const struct identity *identity = &app->session.identity;
	const char *why;
	int saved = app->session.step;

	if (app->options->practice || !identity->has_domain)
		return SCREEN_DOMAIN;
	if (app->options->session == NULL)
		return SCREEN_COMPANY;
	if (identity_complete(identity, &why))
		return SCREEN_CHECK;
	return saved == 3 ? SCREEN_VALUES : SCREEN_COMPANY;
}

static int
begin(struct app *app)
{
	struct identity *identity = &app->session.identity;
	char domain[NAME_TEXT];

	session_init(&app->session);
	if (app->options->session != NULL)
		app->session = *app->options->session;
	*identity = *app->options->identity;
	app->provider = app->options->provider;
	if (app->options->practice) {
		const struct provider *provider = app->provider != NULL ?
		    app->provider : provider_find("muumuu");

		session_init(&app->session);
		if (rehearsal_begin(app->options->world, provider,
		    identity) == -1) {
			warnx("%s", _("the practice domain could not be "
			    "built"));
			return -1;
		}
	}
	app->now = clock_now();
	if (identity->has_domain) {
		edit_set(&app->domain.edit, name_text(&identity->domain,
		    domain));
		app_identity_changed(app);
		app_begin_look(app);
	}
	return 0;
}

int
app_run(const struct app_options *options)
{
	struct app *app = xcalloc(1, sizeof *app);
	int rc = EX_USAGE;

	app->options = options;
	if (begin(app) == -1)
		goto out;
	if (term_open() == -1) {
		warnx("%s", _("this type of terminal is not known. Try: "
		    "TERM=xterm-256color dnsesame"));
		goto out;
	}
	theme_init(&app->theme, options->colour, options->ascii);
	app->dirty = true;
	app->screen = first_screen(app);
	if (screens[app->screen]->enter != NULL)
		screens[app->screen]->enter(app);
	loop(app);
	if (screens[app->screen]->leave != NULL)
		screens[app->screen]->leave(app);
	app_save(app);
	term_close();
	if (options->practice)
		puts(_("This was practice. For your own domain: dnsesame "
		    "your-domain.jp"));
	else if (app->saved)
		puts(_("Saved. Type dnsesame to go on."));
	else if (app->notice[0] != '\0')
		warnx("%s", app->notice);
	rc = 0;
out:
	if (app->begun)
		check_release(&app->check);
	form_release(app);
	free(app);
	return rc;
}
