#include "screen/input.h"

#include <string.h>

#include <curses.h>

#include "screen/frame.h"
#include "base/lang.h"
#include "draw/term.h"
#include "model/edit.h"
#include "model/steps.h"
#include "screen/screens.h"

enum {
	LETTER_PAUSE = 2000	/* ms */
};

static const struct {
	int key;
	enum edit_op op;
} edit_keys[] = {
	{ KEY_LEFT, EDIT_LEFT },
	{ KEY_RIGHT, EDIT_RIGHT },
	{ KEY_HOME, EDIT_HOME },
	{ KEY_END, EDIT_END },
	{ KEY_BACKSPACE, EDIT_BACKSPACE },
	{ TERM_RUBOUT, EDIT_BACKSPACE },
	{ 'h' & 0x1f, EDIT_BACKSPACE },
	{ KEY_DC, EDIT_DELETE },
	{ 'd' & 0x1f, EDIT_DELETE },
	{ 'a' & 0x1f, EDIT_HOME },
	{ 'e' & 0x1f, EDIT_END },
	{ 'k' & 0x1f, EDIT_KILL_END },
	{ 'u' & 0x1f, EDIT_KILL_START },
	{ 'w' & 0x1f, EDIT_KILL_WORD },
};

static void
go_to_step(struct app *app, int step)
{
	const char *why = N_("First the domain is needed (step 1).");

	if (app_reachable(app, step)) {
		screen_go(app, screen_of_step(step));
		return;
	}
	if (app->session.identity.has_domain) {
		if (step == STEP_COUNT)
			why = N_("Step 6 opens when all required records "
			    "are right.");
		else
			identity_complete(&app->session.identity, &why);
	}
	app_notice(app, _(why));
}

static void
act_global(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_QUIT:
		app->ui->quit = true;
		break;
	case ACTION_HELP:
		help_open(app);
		break;
	case ACTION_LANGUAGE:
		app_switch_language(app);
		break;
	case ACTION_REDRAW:
		term_redraw();
		break;
	case ACTION_SAVED:
		if (app->options->practice)
			break;
		screen_go(app, SCREEN_SAVED);
		break;
	case ACTION_SUSPEND:
		app_save(app);
		term_suspend();
		break;
	default:
		if (action >= ACTION_STEP_1 && action <= ACTION_STEP_6)
			go_to_step(app, (int)(action - ACTION_STEP_1) + 1);
		break;
	}
}

static bool
edit_event(struct edit *edit, const struct event *event)
{
	if (event->kind == EVENT_CHAR)
		return edit_insert(edit, event->text, strlen(event->text));
	for (size_t i = 0; i < sizeof edit_keys / sizeof edit_keys[0]; i++)
		if (event->key == edit_keys[i].key) {
			edit_do(edit, edit_keys[i].op);
			return true;
		}
	return false;
}

struct edit *
input_field(struct app *app)
{
	const struct screen_ops *ops = screen_shown(app);

	return ops->typing != NULL ? ops->typing(app) : NULL;
}

static void
typed(struct app *app)
{
	if (app->ui->page.open)
		app->ui->page.top = 0;
	else if (screen_shown(app)->typed != NULL)
		screen_shown(app)->typed(app);
}

/*
 * The first screen offers L, yet its field takes letters: as long as nothing
 * was typed there, or nothing is left of it, an L alone means the language.
 * One that comes with more was pasted.
 */
static bool
offers_language(const struct app *app, const struct event *event)
{
	return app->ui->screen == SCREEN_DOMAIN &&
	    domain_offers_language(app) &&
	    event->kind == EVENT_CHAR && event->key == 'L' && !term_more();
}

/*
 * Somebody who wants the language looks what became of it; a letter or digit
 * that follows at the speed of typing means that L began a domain.
 */
static void
mind_letter(struct app *app, const struct event *event, bool language)
{
	struct ui *ui = app->ui;
	bool soon = app->now - ui->letter_at < LETTER_PAUSE;

	if (language) {
		ui->letters = soon ? ui->letters + 1 : 1;
		ui->letter_at = app->now;
		return;
	}
	if (!soon || (event->kind != EVENT_CHAR && !event->burst) ||
	    app->ui->page.open || app->ui->screen != SCREEN_DOMAIN)
		ui->letters = 0;
	for (; ui->letters > 0; ui->letters--) {
		edit_insert(input_field(app), "L", 1);
		app_switch_language(app);
	}
}

/* What cannot be seen cannot be meant: of all keys only these are left. */
static void
on_key_unseen(struct app *app, const struct event *event)
{
	enum action action = key_action(event, app->ui->screen, false,
	    app->options->practice);

	if (action == ACTION_QUIT || action == ACTION_SUSPEND ||
	    action == ACTION_REDRAW)
		act_global(app, action);
}

static void
on_key(struct app *app, const struct event *event)
{
	const struct screen_ops *ops = screen_shown(app);
	bool language = !app->ui->page.open && offers_language(app, event);
	struct edit *edit = app->ui->page.open ? page_typing(app) :
	    language ? NULL : input_field(app);
	enum action action;

	text_clear(&app->notice);
	app->dirty = true;
	if (frame_too_small()) {
		on_key_unseen(app, event);
		return;
	}
	mind_letter(app, event, language);
	action = key_action(event, app->ui->page.open ? SCREEN_PAGE_OPEN :
	    app->ui->screen, edit != NULL, app->options->practice);
	if (action == ACTION_NONE) {
		if (edit != NULL && edit_event(edit, event))
			typed(app);
		return;
	}
	if (app->ui->page.open ? !page_act(app, action) :
	    !ops->act(app, action))
		act_global(app, action);
}

static void
on_paste(struct app *app, const struct event *event)
{
	const struct screen_ops *ops = screen_shown(app);
	struct edit *edit;

	text_clear(&app->notice);
	app->dirty = true;
	if (frame_too_small())
		return;
	edit = page_typing(app);
	if (edit == NULL) {
		app->ui->page.open = false;
		if (ops->paste != NULL &&
		    ops->paste(app, event->paste, event->len)) {
			app->ui->letters = 0;
			return;
		}
		mind_letter(app, event, false);
		edit = input_field(app);
	}
	if (edit == NULL) {
		app_notice(app, _("There is no field here to paste into."));
		return;
	}
	if (!edit_insert(edit, event->paste, event->len)) {
		app_notice(app, _("That is too long for this field."));
		return;
	}
	typed(app);
	for (size_t i = 0; i < event->enters; i++)
		on_key(app, &(struct event){ .kind = EVENT_KEY,
		    .key = '\r' });
}

void
input_take(struct app *app)
{
	struct event event;

	for (term_next(&event); event.kind != EVENT_NONE && !app->ui->quit;
	    term_next(&event)) {
		switch (event.kind) {
		case EVENT_QUIT:
			app->ui->quit = true;
			break;
		case EVENT_RESIZE:
			app->dirty = true;
			break;
		case EVENT_PASTE:
			on_paste(app, &event);
			break;
		default:
			on_key(app, &event);
			break;
		}
	}
}
