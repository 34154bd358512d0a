#include "ses/window.h"
#include "base/lang.h"
#include "model/mailbox.h"
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
draw_rules(const struct app *app, struct paint *paint, int y)
{
	char text[SCREEN_TEXT];

	step_done_rules(&app->check, text, sizeof text);
	return paint_wrap(paint, y, 1, screen_bottom(paint) - y, ROLE_TEXT,
	    text);
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
	y = paint_wrap(paint, y, 1, 4, ROLE_TEXT, _(step_done_arrives)) + 1;
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _(step_done_keep));
	draw_rules(app, paint, y);
}

static int
draw_choices(const struct app *app, struct paint *paint, int y, size_t choice)
{
	enum ses_status kept = app->session.identity.status;
	char text[SCREEN_TEXT];

	for (size_t i = 0; i < DONE_STATUSES; i++)
		y = screen_choice(paint, y, i == choice,
		    _(step_done_status[i].text),
		    kept == step_done_status[i].status ? _("(kept)") : NULL, 0);
	return screen_choice(paint, y, is_mail(app), _(mailbox_line),
	    step_done_arrived(&app->session, app->now, text, sizeof text), 0);
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct done_screen *s = screen_private(app);
	const struct identity *identity = &app->session.identity;
	size_t choice = s->choice;
	struct text window = TEXT_INIT;
	char text[SCREEN_TEXT];
	enum state state;
	const char *verdict = step_done_verdict(&app->check,
	    app_all_right(app), &state);
	int y = SCREEN_TOP + 1, x = 1 + wrap_width(state_word(state)) + 4;

	paint_verdict(paint, y, 1, state);
	y = paint_wrap(paint, y, x, 2, ROLE_TITLE, verdict);
	step_done_words(identity, text, sizeof text);
	y = paint_wrap(paint, y + (text[0] == '\0'), 1, 2, ROLE_TEXT,
	    _(step_done_question));
	y = paint_wrap(paint, y, 1, 1, ROLE_HINT, text) + 1;
	y = draw_choices(app, paint, y, choice);
	if (is_mail(app)) {
		draw_mail(app, paint, y + 1);
		return;
	}
	/* The line that starts AWS again needs the room of a blank one. */
	step_done_restart(&app->check, choice, text, sizeof text);
	y = paint_wrap(paint, y + (text[0] == '\0'), 1, 5, ROLE_TEXT,
	    step_done_meaning(&app->check, choice));
	window_text(&window, identity, app->now);
	if (step_done_status[choice].status == SES_PENDING)
		y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, window.s);
	text_release(&window);
	step_done_restart(&app->check, choice, text, sizeof text);
	if (text[0] != '\0' && identity->region[0] == '\0') {
		y = paint_wrap(paint, y, 3, 2, ROLE_WARNING,
		    _(step_done_region));
	} else if (text[0] != '\0') {
		y = paint_wrap(paint, y, 3, 4, ROLE_FOCUS, text);
		y = paint_wrap(paint, y, 1, 1, ROLE_HINT,
		    _("c copies the line, p shows it alone."));
	}
	y += y + 1 < screen_bottom(paint);
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _(step_done_keep));
	if (step_done_status[choice].status != SES_FAILED)
		y = paint_wrap(paint, y, 1, 2, ROLE_TEXT,
		    _(step_done_sandbox));
	if (step_done_status[choice].status != SES_FAILED)
		draw_rules(app, paint, y);
}

static bool
act(struct app *app, enum action action)
{
	struct done_screen *s = screen_private(app);
	size_t *choice = &s->choice;
	char text[SCREEN_TEXT];

	text[0] = '\0';
	if (!is_mail(app))
		step_done_restart(&app->check, *choice, text, sizeof text);
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		*choice -= *choice > 0;
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		*choice += *choice < DONE_STATUSES;
		return true;
	case ACTION_ENTER:
		if (is_mail(app)) {
			screen_go(app, SCREEN_MAIL);
			return true;
		}
		identity_set_status(&app->session.identity,
		    step_done_status[*choice].status);
		check_set_status(&app->check, &app->session.identity);
		app_save(app);
		app_notice(app, _(step_done_noted));
		return true;
	case ACTION_COPY:
		if (text[0] != '\0')
			screen_copy(app, _("The line for CloudShell"), text);
		return true;
	case ACTION_PLAIN:
		if (text[0] == '\0')
			return true;
		page_open(app, "", true);
		page_add(app, text);
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
