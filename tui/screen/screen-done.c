#include "ses/window.h"
#include "base/lang.h"
#include "screen/screens.h"
#include "model/steps.h"
#include "model/wrap.h"

struct done_screen {
	size_t choice;
};

static void
enter(struct app *app)
{
	struct done_screen *s = screen_private(app);

	app_save_note(app);
	for (size_t i = 0; i < DONE_STATUSES; i++)
		if (step_done_status[i].status == app->session.identity.status)
			s->choice = i;
}

static int
draw_words(const struct app *app, struct paint *paint, int y, int rows,
    enum step_words words)
{
	struct text text = TEXT_INIT;

	step_words(&text, &app->session.identity, words);
	y = paint_wrap(paint, y, 1, rows, ROLE_TEXT, text.s);
	text_release(&text);
	return y;
}

static int
draw_rules(const struct app *app, struct paint *paint, int y)
{
	struct text text = TEXT_INIT;

	step_done_rules(&app->check, &text);
	y = paint_wrap(paint, y, 1, screen_bottom(paint) - y, ROLE_TEXT,
	    text.s);
	text_release(&text);
	return y;
}

/* The line below AWS's answers: does it arrive? */
static bool
is_mail(const struct app *app)
{
	const struct done_screen *s = screen_private(app);

	return s->choice == DONE_STATUSES;
}

static void
draw_mail(const struct app *app, struct paint *paint, int y)
{
	y = draw_words(app, paint, y, 4, STEP_DONE_ARRIVES) + 1;
	y = draw_words(app, paint, y, 2, STEP_DONE_KEEP);
	draw_rules(app, paint, y);
}

static int
draw_choices(const struct app *app, struct paint *paint, int y, size_t choice)
{
	enum ses_status kept = app->session.identity.status;
	struct text age = TEXT_INIT;

	for (size_t i = 0; i < DONE_STATUSES; i++)
		y = screen_choice(paint, y, i == choice,
		    ses_status_title(step_done_status[i].status),
		    kept == step_done_status[i].status &&
		    !app->options->practice ? _("(saved)") : NULL, 0);
	y = screen_choice(paint, y, is_mail(app), _(mailbox_line),
	    step_done_arrived(&app->session, app->now, &age), 0);
	text_release(&age);
	return y;
}

/* What AWS's answer means, and what can be done about it. */
static void
draw_status(const struct app *app, struct paint *paint, int y)
{
	const struct done_screen *s = screen_private(app);
	const struct identity *identity = &app->session.identity;
	enum ses_status status = step_done_status[s->choice].status;
	struct text line = TEXT_INIT, text = TEXT_INIT;

	step_done_restart(&app->check, s->choice, app->options->practice,
	    &line);
	step_done_meaning(&text, &app->check, s->choice,
	    app->options->practice);
	/* The line that starts AWS again needs the room of a blank one. */
	y = paint_wrap(paint, y + (line.len == 0), 1, 5, ROLE_TEXT, text.s);
	text_clear(&text);
	window_text(&text, identity, app->now);
	if (status == SES_PENDING)
		y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, text.s);
	if (line.len > 0 && identity->region[0] == '\0')
		y = paint_wrap(paint, y, 1, 2, ROLE_WARNING,
		    _(step_done_region));
	if (line.len > 0) {
		y = paint_wrap(paint, y, 3, 4, ROLE_FOCUS, line.s);
		y = paint_wrap(paint, y, 1, 1, ROLE_HINT,
		    _("c copies the line, p shows it alone."));
	}
	text_release(&line);
	text_release(&text);
	y += y + 1 < screen_bottom(paint);
	y = draw_words(app, paint, y, 2, STEP_DONE_KEEP);
	if (status != SES_FAILED) {
		y = draw_words(app, paint, y, 2, STEP_DONE_SANDBOX);
		draw_rules(app, paint, y);
	}
}

static int
draw_practice(struct paint *paint, int y)
{
	char text[SCREEN_TEXT];

	text_program(text, sizeof text, _(step_done_practice));
	return paint_wrap(paint, y, 1, 3, ROLE_NOTE, text);
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct done_screen *s = screen_private(app);
	const struct identity *identity = &app->session.identity;
	size_t choice = s->choice;
	struct text words = TEXT_INIT;
	enum state state;
	int airy = paint->height >= SCREEN_AIRY;
	int y = SCREEN_TOP + airy, below;

	step_done_verdict(&words, &app->check, app_all_right(app), &state);
	paint_verdict(paint, y, 1, state);
	y = paint_wrap(paint, y, 1 + wrap_width(state_word(state)) + 4, 2,
	    ROLE_TITLE, words.s);
	step_done_words(identity, &words);
	y += airy && words.len == 0;
	if (app->options->practice)
		y = draw_practice(paint, y);
	else
		y = draw_words(app, paint, y, 3, STEP_DONE_QUESTION);
	y = paint_wrap(paint, y, 1, 1, ROLE_HINT, words.s);
	/* In the place of a blank line: nothing below is lost for it. */
	below = screen_aws(app, paint, y);
	y = below + (below == y && !app->options->practice);
	y = draw_choices(app, paint, y, choice);
	text_release(&words);
	if (is_mail(app))
		draw_mail(app, paint, y + 1);
	else
		draw_status(app, paint, y);
}

/* The line that starts AWS again, to the clipboard or alone on a page. */
static void
take_line(struct app *app, enum action action)
{
	const struct done_screen *s = screen_private(app);
	struct text line = TEXT_INIT;

	if (!is_mail(app))
		step_done_restart(&app->check, s->choice,
		    app->options->practice, &line);
	if (line.len > 0 && action == ACTION_COPY) {
		screen_copy(app, _("The line for CloudShell"), line.s);
	} else if (line.len > 0) {
		page_open(app, "", true);
		page_add(app, line.s);
	}
	text_release(&line);
}

static bool
act(struct app *app, enum action action)
{
	struct done_screen *s = screen_private(app);
	size_t *choice = &s->choice;

	if (screen_moves(choice, DONE_STATUSES + 1, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		if (is_mail(app)) {
			screen_go(app, SCREEN_MAIL);
			return true;
		}
		identity_set_status(&app->session.identity,
		    step_done_status[*choice].status);
		check_set_status(&app->check, &app->session.identity);
		app_save(app);
		app_notice(app, app->options->practice ?
		    _(step_practice_noted) : _(step_done_noted));
		return true;
	case ACTION_COPY:
	case ACTION_PLAIN:
		take_line(app, action);
		return true;
	case ACTION_BACK:
		screen_go(app, SCREEN_CHECK);
		return true;
	default:
		return false;
	}
}

const struct screen_ops screen_done = {
	.step = 6,
	.private_size = sizeof(struct done_screen),
	.enter = enter,
	.draw = draw,
	.act = act,
};
