#include <stdio.h>
#include <time.h>

#include "ses/window.h"
#include "base/lang.h"
#include "draw/matrix.h"
#include "report/report.h"
#include "screen/copy.h"
#include "screen/screens.h"
#include "model/steps.h"
#include "draw/story.h"
#include "base/text.h"
#include "model/wrap.h"

struct watch_screen {
	size_t row;			/* records first, then the domain */
	bool moved;			/* by the user: follow no more */
	size_t changes, looks;		/* that it has followed */
	bool asked;			/* by the user, and not over yet */
	bool told;			/* that it is */
};

enum {
	STORY_LINES = 8,	/* what a story needs, its heading with it */
	DOMAIN_ROWS = 2,	/* kept free for findings of the domain, */
	DOMAIN_MANY = 6,	/* on a screen of so many lines */
	DOMAIN_TALL = 44,
	STORY_WHOLE = 14,	/* the same with its explanation */
	STORY_WIDTH = 100,	/* longer lines are hard to read */
	LOOK_AGAIN = 5000	/* ms between looks on entering */
};

/* What holds of all records, before the story of one. */
static int
draw_whole(const struct app *app, struct paint *paint, int y, int x)
{
	const struct identity *identity = &app->session.identity;
	struct text text = TEXT_INIT;
	const char *why;

	step_words(&text, identity, step_check_right(&app->check));
	if (app_all_right(app))
		y = paint_wrap(paint, y, x, 2, ROLE_PASS, text.s) + 1;
	else if (!identity_complete(identity, &why))
		y = paint_wrap(paint, y, x, 2, ROLE_NOTE,
		    _(step_check_bare)) + 1;
	text_clear(&text);
	window_text(&text, identity, app->now);
	if (text.len > 0)
		y = paint_wrap(paint, y, x, 1, ROLE_HINT, text.s);
	/* More urgent than what is wrong with each row. */
	if (app->check.diagnosis.ses_note == SES_NOTE_LOST) {
		report_ses_sentence(&text, identity, SES_NOTE_LOST,
		    REPORT_SUMMARY);
		y = paint_wrap(paint, y, x, 2, ROLE_WARNING, text.s);
		report_ses_sentence(&text, identity, SES_NOTE_LOST,
		    REPORT_REMEDY);
		y = paint_wrap(paint, y, x, 3, ROLE_WARNING, text.s);
	}
	text_release(&text);
	return y;
}

/* The line of notices is free: who has not answered, or that we go on. */
static void
draw_quiet(const struct app *app, struct paint *paint, int y)
{
	struct text who = TEXT_INIT;
	char text[SCREEN_NOTICE * 2];

	text[0] = '\0';
	if (app->check.running) {
		matrix_open(&app->check, &who);
		if (who.len > 0)
			text_fill(text, sizeof text, _("No answer yet: {who}"),
			    (const struct text_place[]){ { "who", who.s },
				{ NULL, NULL } });
		text_release(&who);
	} else if (!app_all_right(app) && app->seen) {
		text_program(text, sizeof text, app->options->practice ?
		    _(step_check_practice) : _(step_check_watches));
	}
	if (text[0] != '\0')
		paint_clip(paint, y, 1, paint->width - 1, ROLE_HINT, text);
}

/* Of the head of the story. */
static enum role
story_role(const struct check *check, size_t row)
{
	enum state state;

	return row < story_rows(check) && story_state(check, row, &state) ?
	    theme_state(state) : ROLE_RULE;
}

/* Where the story begins depends on no answer, so that nothing jumps. */
static int
story_top(const struct check *check, int end)
{
	int rows = (int)check->plan.count + (end > DOMAIN_TALL ?
	    DOMAIN_MANY : DOMAIN_ROWS);

	return rows < end - STORY_LINES - SCREEN_TOP - 1 ?
	    SCREEN_TOP + 1 + rows : end - STORY_LINES;
}

/* Some rows are above or below those in sight. */
static void
draw_place(const struct watch_screen *s, const struct check *check,
    struct paint *paint, int y)
{
	char text[SCREEN_NOTICE];

	if (story_rows(check) <= (size_t)(y - SCREEN_TOP - 1))
		return;
	snprintf(text, sizeof text, " %zu / %zu ", s->row + 1,
	    story_rows(check));
	paint_text(paint, y, paint->width - 2 - wrap_width(text), ROLE_HINT,
	    text);
}

/*
 * The table, the story of one row, and below, where there is room for it, who
 * sees what, each by the whole name.
 */
static void
draw_table(const struct app *app, struct paint *paint)
{
	const struct watch_screen *s = screen_private(app);
	const struct check *check = &app->check;
	int end = screen_bottom(paint), y = story_top(check, end);
	int servers = matrix_servers_height(check) + 1;
	bool whole = paint->height >= SCREEN_TALL;
	struct text heading = TEXT_INIT;
	struct paint part;

	matrix_draw_records(check, s->row, paint, SCREEN_TOP, y);
	story_heading(check, s->row, &heading);
	paint_heading(paint, y, story_role(check, s->row), heading.s);
	text_release(&heading);
	draw_place(s, check, paint, y);
	if (servers > end - y - STORY_WHOLE)
		servers = end - y - STORY_WHOLE;
	if (whole && servers > 2) {
		end -= servers;
		paint_heading(paint, end, ROLE_RULE, _("Who sees what"));
		matrix_draw_servers(check, s->row, paint, end + 1,
		    end + servers);
	}
	paint_part(paint, &part, 0, STORY_WIDTH);
	y = draw_whole(app, &part, y + 1, 1);
	story_draw(check, s->row, whole, &part, y, 1, end);
}

static void
draw(const struct app *app, struct paint *paint)
{
	draw_table(app, paint);
	if (app->notice.len == 0)
		draw_quiet(app, paint, screen_bottom(paint));
}

/*
 * The look that the user asked for is over: often so soon, and with nothing
 * new, that else nobody would know.
 */
static void
tell_look(struct app *app)
{
	struct watch_screen *s = screen_private(app);
	time_t ended = (time_t)(app->check.ended / 1000);
	char when[16] = "", text[SCREEN_NOTICE];
	struct tm tm;

	if (s->told && !s->asked)
		text_clear(&app->notice);
	s->told = s->asked && !app->check.running &&
	    localtime_r(&ended, &tm) != NULL &&
	    strftime(when, sizeof when, "%H:%M:%S", &tm) > 0;
	if (!s->told)
		return;
	s->asked = false;
	text_fill(text, sizeof text, _("Looked again at {time}."),
	    (const struct text_place[]){ { "time", when }, { NULL, NULL } });
	app_notice(app, text);
}

/* The selection follows the worst of what a look has found. */
static void
follow(struct app *app)
{
	struct watch_screen *s = screen_private(app);
	size_t rows = story_rows(&app->check);

	s->looks = app->looks;
	if (!s->moved && app->seen)
		s->row = story_worst(&app->check);
	if (s->row >= rows)
		s->row = rows > 0 ? rows - 1 : 0;
}

static void
settle(struct app *app)
{
	struct watch_screen *s = screen_private(app);

	s->moved &= s->changes == app->changes;
	s->changes = app->changes;
	if (s->looks == app->looks)
		return;
	tell_look(app);
	follow(app);
}

static void
enter(struct app *app)
{
	struct watch_screen *s = screen_private(app);

	s->moved = s->asked = s->told = false;
	/* Coming and going must not ask the servers each time. */
	if (!app->check.running && (!app->seen || app->options->practice ||
	    app->now - app->check.ended >= LOOK_AGAIN))
		app_look(app);
	follow(app);
	screen_tell(app, false);
}

static void
move_row(struct app *app, int by)
{
	struct watch_screen *s = screen_private(app);
	size_t rows = story_rows(&app->check);

	s->moved = true;
	if (by < 0)
		s->row -= s->row > 0;
	else if (s->row + 1 < rows)
		s->row++;
}

static void
details(struct app *app)
{
	const struct watch_screen *s = screen_private(app);
	struct text story = TEXT_INIT;

	story_text(&app->check, s->row, &story);
	page_open(app, _("Details"), false);
	page_add(app, story.s);
	if (s->row < app->check.plan.count) {
		page_add(app, "\n\n");
		page_add(app, _("Who sees what"));
		matrix_text(&app->check, s->row, &story);
		page_add(app, story.s);
	}
	text_release(&story);
}

static void
copy_content(struct app *app)
{
	const struct watch_screen *s = screen_private(app);
	struct report_task task;

	if (s->row >= app->check.plan.count)
		return;
	report_task(&app->check, s->row, &task);
	if (task.label[0] != '\0')
		screen_copy(app, task.label, task.content);
}

static bool
act(struct app *app, enum action action)
{
	struct watch_screen *s = screen_private(app);
	bool record = s->row < app->check.plan.count;

	s->told = false;
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		move_row(app, -1);
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		move_row(app, 1);
		return true;
	case ACTION_ENTER:
		if (app_all_right(app))
			screen_go(app, SCREEN_DONE);
		else
			details(app);
		return true;
	case ACTION_BACK:
		screen_go(app, app_reachable(app, 4) ? SCREEN_CARD :
		    SCREEN_VALUES);
		return true;
	case ACTION_DETAILS:
		details(app);
		return true;
	case ACTION_LOOK:	/* r */
		s->asked = true;
		app_look(app);
		return true;
	case ACTION_COPY:
		copy_content(app);
		return true;
	case ACTION_PLAIN:
		if (record)
			copy_open_record(app, s->row);
		return true;
	case ACTION_FORM:
		form_open(app, record ? s->row : 0);
		return true;
	default:
		return false;
	}
}

const struct screen_ops screen_check = {
	.step = 5,
	.private_size = sizeof(struct watch_screen),
	.enter = enter,
	.settle = settle,
	.draw = draw,
	.whole = true,
	.act = act,
};
