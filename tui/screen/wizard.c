#include "screen/wizard.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>

#include "screen/frame.h"
#include "screen/input.h"
#include "base/lang.h"
#include "screen/page.h"
#include "screen/screens.h"
#include "draw/term.h"
#include "base/text.h"
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
	[SCREEN_MAIL] = &screen_mail,
};

enum {
	SCREENS = sizeof screens / sizeof screens[0]
};

static void
draw(struct app *app)
{
	if (!app->dirty || term_measuring() > 0)
		return;
	app->dirty = false;
	app->ui->typing = input_field(app) != NULL;
	if (app->ui->page.open)
		page_settle(app);
	if (screen_shown(app)->settle != NULL)
		screen_shown(app)->settle(app);
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

/* What came in; whoever is elsewhere is told that a look has ended. */
static int64_t
step(struct app *app)
{
	size_t looks = app->looks;
	int64_t due = app_step(app);

	if (app->looks != looks)
		screen_tell(app, app->check.improved > 0);
	return due;
}

static void
loop(struct app *app)
{
	struct pollfd fds[FDS];
	int64_t due = 0;

	while (!app->ui->quit) {
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
		if (app->now / SECOND != clock_now() / SECOND &&
		    app_watching(app))
			app->dirty = true;
		app->now = clock_now();
		/* The key first: a dead name server never delays it. */
		input_take(app);
		draw(app);
		if (!app->ui->quit)
			due = step(app);
	}
}

static struct ui *
ui_new(void)
{
	struct ui *ui = xcalloc(1, sizeof *ui);

	ui->screens = screens;
	for (size_t i = 0; i < SCREENS; i++)
		ui->private[i] = xcalloc(1, screens[i]->private_size);
	return ui;
}

static void
ui_free(struct ui *ui)
{
	for (size_t i = 0; i < SCREENS; i++) {
		if (screens[i]->release != NULL)
			screens[i]->release(ui->private[i]);
		free(ui->private[i]);
	}
	page_release(&ui->page);
	free(ui);
}

int
wizard_run(const struct app_options *options)
{
	struct app *app = xcalloc(1, sizeof *app);
	struct ui *ui = app->ui = ui_new();
	char text[SCREEN_TEXT];
	int rc = EX_USAGE;

	if (app_begin(app, options) == -1)
		goto out;
	if (term_open() == -1) {
		text_program(text, sizeof text, _("this type of terminal is "
		    "not known. Try: TERM=xterm-256color {program}, or line "
		    "by line: {program} --plain"));
		warnx("%s", text);
		goto out;
	}
	theme_init(&app->ui->theme, options->colour, options->ascii);
	app->dirty = true;
	ui->screen = screen_of_step(app_first_step(app));
	app->step = screen_shown(app)->step;
	if (screen_shown(app)->enter != NULL)
		screen_shown(app)->enter(app);
	loop(app);
	if (screen_shown(app)->leave != NULL)
		screen_shown(app)->leave(app);
	app_save(app);
	term_close();
	if (app_farewell(app, text))
		puts(text);
	rc = 0;
out:
	app_end(app);
	ui_free(ui);
	free(app);
	return rc;
}
