#include "app.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "frame.h"
#include "lang.h"
#include "rehearsal.h"
#include "screen.h"
#include "text.h"
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

const struct screen_ops *
screen_find(enum screen_id id)
{
	return screens[id];
}

void
app_save(struct app *app)
{
	char why[SESSION_WHY];

	if (app->options->practice || !app->session.identity.has_domain)
		return;
	app->session.step = screens[app->screen]->step;
	strlcpy(app->session.provider, app->provider != NULL ?
	    app->provider->id : "", sizeof app->session.provider);
	app->session.saved_at = clock_now();
	app->saved = session_save(&app->session, why) == 0;
	if (!app->saved)
		app_notice(app, why);
}

void
app_go(struct app *app, enum screen_id screen)
{
	if (screens[app->screen]->leave != NULL)
		screens[app->screen]->leave(app);
	app->screen = screen;
	app_save(app);
	if (screens[screen]->enter != NULL)
		screens[screen]->enter(app);
	app->dirty = true;
}

bool
app_all_right(const struct app *app)
{
	const struct diagnosis *d = &app->check.diagnosis;
	const struct plan *plan = &app->check.plan;
	const char *why;

	if (!app->begun || !app->seen ||
	    !identity_complete(&app->session.identity, &why))
		return false;
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].required &&
		    d->record[i].state > STATE_WARN)
			return false;
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].state > STATE_WARN)
			return false;
	return true;
}

bool
app_reachable(const struct app *app, int step)
{
	const struct identity *identity = &app->session.identity;
	const char *why;

	switch (step) {
	case 1:
		return true;
	case 2:
	case 3:
	case 5:
		return identity->has_domain;
	case 4:
		return identity->has_domain &&
		    identity_complete(identity, &why);
	default:
		return app_all_right(app) ||
		    (identity->has_domain && identity->status == SES_VERIFIED);
	}
}

static void
begin_look(struct app *app)
{
	check_set_entered(&app->check, app->session.entered);
	check_start(&app->check, app->now);
}

void
app_look(struct app *app)
{
	if (!app->begun)
		return;
	app->again = app->check.running;
	if (!app->check.running)
		begin_look(app);
	app->dirty = true;
}

/* What was entered stays with its record when the plan's order changes. */
static void
move_ticks(struct app *app, const struct plan *before)
{
	const struct plan *plan = &app->check.plan;
	int64_t entered[PLAN_RECORDS] = { 0 };

	/* Another domain's answers come with ticks of their own. */
	if (!name_equal(&plan->domain, &before->domain))
		return;
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < before->count; k++)
			if (strcmp(plan->wanted[i].id,
			    before->wanted[k].id) == 0)
				entered[i] = app->session.entered[k];
	memcpy(app->session.entered, entered, sizeof entered);
}

void
app_identity_changed(struct app *app)
{
	char guard[PLAN_GUARD];

	app->seen = false;
	app->watch.moved = false;
	app->card.card = app->card.field = 0;
	if (app->begun) {
		struct plan *before = xmalloc(sizeof *before);

		*before = app->check.plan;
		check_set_identity(&app->check, &app->session.identity);
		move_ticks(app, before);
		free(before);
		return;
	}
	plan_guard(guard);
	check_init(&app->check, app->options->world, &app->session.identity,
	    guard);
	if (app->options->budget > 0)
		app->check.budget = app->options->budget;
	if (app->options->practice)
		app->check.elsewhere_every = 0;
	app->check.record = app->options->record;
	app->begun = true;
	if (app->provider != NULL)
		check_set_provider(&app->check, app->provider);
}

void
app_provider_changed(struct app *app, const struct provider *provider)
{
	app->provider = provider;
	if (app->begun)
		check_set_provider(&app->check, provider);
}

void
app_notice(struct app *app, const char *text)
{
	strlcpy(app->notice, text, sizeof app->notice);
	app->dirty = true;
}

void
app_copy(struct app *app, const char *text)
{
	term_copy(text);
	app_notice(app, _("Sent to your terminal's clipboard, if it allows "
	    "that. If not: p shows a page to copy from."));
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

	while (screens[id]->step != step)
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

bool
app_load(struct app *app, const struct identity *identity)
{
	struct session loaded;
	char why[SESSION_WHY];
	int rc;

	if (app->options->practice)
		return false;
	session_init(&loaded);
	rc = session_load(&loaded, &identity->domain, "", why);
	if (rc == -1)
		app_notice(app, why);
	if (rc != 1)
		return false;
	app->session = loaded;
	app_provider_changed(app, provider_find(loaded.provider));
	return true;
}

static struct edit *
field(struct app *app)
{
	const struct screen_ops *ops = screens[app->screen];

	return ops->typing != NULL ? ops->typing(app) : NULL;
}

static void
typed(struct app *app)
{
	if (screens[app->screen]->typed != NULL)
		screens[app->screen]->typed(app);
}

/*
 * The first screen offers L, yet its field takes letters: as long as nothing
 * was typed there, L means the language.
 */
static bool
offers_language(const struct app *app, const struct event *event)
{
	return app->screen == SCREEN_DOMAIN && !app->domain.touched &&
	    event->kind == EVENT_CHAR && event->key == 'L';
}

static void
on_key(struct app *app, const struct event *event)
{
	const struct screen_ops *ops = screens[app->screen];
	struct edit *edit = app->page.open || offers_language(app, event) ?
	    NULL : field(app);
	enum action action;

	app->notice[0] = '\0';
	app->dirty = true;
	if (app->domain.language && edit != NULL &&
	    event->kind == EVENT_CHAR) {
		/* A name that begins with L: it was text after all. */
		switch_language(app);
		edit_insert(edit, "L", 1);
	}
	app->domain.language = edit == NULL && offers_language(app, event);
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
	const struct screen_ops *ops = screens[app->screen];
	struct edit *edit;

	app->notice[0] = '\0';
	app->dirty = true;
	if (app->page.open ||
	    (ops->paste != NULL && ops->paste(app, event->paste, event->len)))
		return;
	edit = field(app);
	if (edit == NULL)
		app_notice(app, _("There is no field here to paste into."));
	else if (edit_insert(edit, event->paste, event->len))
		typed(app);
	else
		app_notice(app, _("That is too long for this field."));
}

static void
keys(struct app *app)
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
		begin_look(app);
		due = app->now;
	} else if (watching(app) && check_next_look(&app->check) < due) {
		due = check_next_look(&app->check);
	}
	return due;
}

static void
draw(struct app *app)
{
	if (!app->dirty)
		return;
	app->dirty = false;
	app->typing = field(app) != NULL;
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
		keys(app);
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
		begin_look(app);
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
