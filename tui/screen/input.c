#include "screen/input.h"

#include <stdlib.h>
#include <string.h>

#include <curses.h>

#include <bsd/string.h>

#include "draw/clipboard.h"
#include "screen/frame.h"
#include "base/lang.h"
#include "screen/screen.h"

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

void
app_copy(struct app *app, const char *what, const char *text)
{
	char *sequence = clipboard_sequence(text, clipboard_way());
	const struct text_place places[] = {
		{ "what", what }, { NULL, NULL }
	};
	char said[SCREEN_NOTICE];

	if (sequence == NULL) {
		app_notice(app, _("Nothing can be sent to a clipboard from "
		    "here: p shows a page to copy from."));
		return;
	}
	term_send(sequence);
	free(sequence);
	text_fill(said, sizeof said, _("{what} sent to your terminal's "
	    "clipboard. Nothing there? p shows it alone."), places);
	app_notice(app, said);
}

static void
switch_language(struct app *app)
{
	enum lang next = (enum lang)((lang_current() + 1) % LANG_COUNT);

	lang_set(next);
	strlcpy(app->session.lang, lang_code(next), sizeof app->session.lang);
	app_save(app);
}

static enum screen_id
screen_of_step(int step)
{
	enum screen_id id = SCREEN_DOMAIN;

	while (screen_find(id)->step != step)
		id++;
	return id;
}

static void
go_to_step(struct app *app, int step)
{
	const char *why = N_("First the domain is needed (step 1).");

	if (app_reachable(app, step)) {
		app_go(app, screen_of_step(step));
		return;
	}
	if (app->session.identity.has_domain) {
		if (step == SCREEN_STEPS)
			why = N_("Step 6 opens when all records are right.");
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
		app->quit = true;
		break;
	case ACTION_HELP:
		help_open(app);
		break;
	case ACTION_LANGUAGE:
		switch_language(app);
		break;
	case ACTION_REDRAW:
		term_redraw();
		break;
	case ACTION_SAVED:
		if (app->options->practice)
			break;
		app->saved_list.back = app->screen;
		app_go(app, SCREEN_SAVED);
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
	const struct screen_ops *ops = screen_find(app->screen);

	return ops->typing != NULL ? ops->typing(app) : NULL;
}

static void
typed(struct app *app)
{
	if (screen_find(app->screen)->typed != NULL)
		screen_find(app->screen)->typed(app);
}

/*
 * The first screen offers L, yet its field takes letters: as long as nothing
 * was typed there, or nothing is left of it, an L alone means the language.
 * One that comes with more was pasted.
 */
static bool
offers_language(const struct app *app, const struct event *event)
{
	return app->screen == SCREEN_DOMAIN && domain_offers_language(app) &&
	    event->kind == EVENT_CHAR && event->key == 'L' && !term_more();
}

/*
 * Somebody who wants the language looks what became of it; a letter or digit
 * that follows at the speed of typing means that L began a domain.
 */
static void
mind_letter(struct app *app, const struct event *event, bool language)
{
	struct domain_screen *s = &app->domain;
	bool soon = app->now - s->letter_at < LETTER_PAUSE;

	if (language) {
		s->letters = soon ? s->letters + 1 : 1;
		s->letter_at = app->now;
		return;
	}
	if (!soon || (event->kind != EVENT_CHAR && !event->burst) ||
	    app->page.open || app->screen != SCREEN_DOMAIN)
		s->letters = 0;
	for (; s->letters > 0; s->letters--) {
		edit_insert(&s->edit, "L", 1);
		switch_language(app);
	}
}

/* What cannot be seen cannot be meant: of all keys only these are left. */
static void
on_key_unseen(struct app *app, const struct event *event)
{
	enum action action = key_action(event, app->screen, false,
	    app->options->practice);

	if (action == ACTION_QUIT || action == ACTION_SUSPEND ||
	    action == ACTION_REDRAW)
		act_global(app, action);
}

static void
on_key(struct app *app, const struct event *event)
{
	const struct screen_ops *ops = screen_find(app->screen);
	bool language = !app->page.open && offers_language(app, event);
	struct edit *edit = app->page.open || language ? NULL :
	    input_field(app);
	enum action action;

	app->notice[0] = '\0';
	app->dirty = true;
	if (frame_too_small()) {
		on_key_unseen(app, event);
		return;
	}
	mind_letter(app, event, language);
	action = key_action(event, app->page.open ? SCREEN_PAGE_OPEN :
	    app->screen, edit != NULL, app->options->practice);
	if (action == ACTION_NONE) {
		if (edit != NULL && edit_event(edit, event))
			typed(app);
		return;
	}
	if (app->page.open ? !page_act(app, action) : !ops->act(app, action))
		act_global(app, action);
}

static void
on_paste(struct app *app, const struct event *event)
{
	const struct screen_ops *ops = screen_find(app->screen);
	struct edit *edit;

	app->notice[0] = '\0';
	app->dirty = true;
	if (frame_too_small())
		return;
	app->page.open = false;
	if (ops->paste != NULL && ops->paste(app, event->paste, event->len)) {
		app->domain.letters = 0;
		return;
	}
	mind_letter(app, event, false);
	edit = input_field(app);
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

	for (term_next(&event); event.kind != EVENT_NONE && !app->quit;
	    term_next(&event)) {
		switch (event.kind) {
		case EVENT_QUIT:
			app->quit = true;
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
