#include "base/lang.h"
#include "screen/screens.h"
#include "model/steps.h"
#include "model/wrap.h"

struct saved_screen {
	size_t row;			/* behind the last: another domain */
	bool asking;			/* whether to forget the row */
	enum screen_id back;
};

enum {
	GAP = 2,
	ROOM = 8		/* lines below for the question */
};

/* The columns that fit into 80: the company can be seen in the check. */
static const size_t shown[] = { 0, 1, 3, 5 };

enum {
	SHOWN = sizeof shown / sizeof shown[0]
};

static void
read_again(struct app *app)
{
	struct saved_screen *s = screen_private(app);

	app_read_saved(app);
	if (s->row > app->saved.count)
		s->row = app->saved.count;
	s->asking = false;
}

static void
enter(struct app *app)
{
	struct saved_screen *s = screen_private(app);

	s->row = 0;
	s->back = app->ui->before;
	read_again(app);
}

static void
draw_question(const struct app *app, struct paint *paint, int y)
{
	const struct saved_screen *s = screen_private(app);
	struct text text = TEXT_INIT;

	step_saved_forget(&app->saved.row[s->row].identity, &text);
	y = paint_wrap(paint, y, 1, 3, ROLE_WARNING, text.s);
	text_release(&text);
	paint_wrap(paint, y, 1, 1, ROLE_WARNING, _("Press d once more, or any "
	    "other key to keep it."));
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct saved_screen *s = screen_private(app);
	char column[SAVED_COLUMNS][SAVED_TEXT];
	int width[SHOWN] = { 0 }, y = SCREEN_TOP + 1;
	size_t height, top = 0;

	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE, _(step_saved_question)) + 1;
	height = (size_t)(screen_bottom(paint) - y - ROOM);
	if (s->row >= height)
		top = s->row - height + 1;
	for (size_t i = 0; i < app->saved.count; i++) {
		saved_columns(column, &app->saved.row[i], app->now);
		for (size_t c = 0; c < SHOWN; c++)
			if (wrap_width(column[shown[c]]) > width[c])
				width[c] = wrap_width(column[shown[c]]);
	}
	/* A long name gives way. */
	for (int over = 3 - paint->width; over < 0; over = 1) {
		for (size_t c = 0; c < SHOWN; c++)
			over += width[c] + GAP;
		if (over > 0)
			width[0] -= over;
	}
	for (size_t i = top; i <= app->saved.count && i < top + height;
	    i++, y++) {
		enum role role = i == s->row ? ROLE_FOCUS : ROLE_TEXT;
		int x = paint_mark(paint, y, 1, i == s->row);

		if (i == app->saved.count) {
			paint_text(paint, y, x, role, _(step_saved_another));
			continue;
		}
		saved_columns(column, &app->saved.row[i], app->now);
		for (size_t c = 0; c < SHOWN; c++) {
			paint_clip(paint, y, x, x + width[c], role,
			    column[shown[c]]);
			x += width[c] + GAP;
		}
	}
	if (app->saved.count == 0)
		paint_wrap(paint, y + 1, 1, 2, ROLE_TEXT,
		    _("Nothing is saved."));
	else if (s->asking)
		draw_question(app, paint, y + 1);
	if (app->saved.damaged[0] != '\0')
		paint_wrap(paint, screen_bottom(paint) - 3, 1, 3, ROLE_WARNING,
		    app->saved.damaged);
}

static bool
act(struct app *app, enum action action)
{
	struct saved_screen *s = screen_private(app);
	bool asking = s->asking;

	s->asking = false;
	if (screen_moves(&s->row, app->saved.count + 1, action))
		return true;
	switch (action) {
	case ACTION_DELETE:
		if (asking) {
			app_forget(app, &app->saved.row[s->row]);
			read_again(app);
			if (!app->session.identity.has_domain)
				s->back = SCREEN_DOMAIN;
		} else {
			s->asking = s->row < app->saved.count;
		}
		return true;
	case ACTION_ENTER:
		if (asking)
			return true;
		if (s->row == app->saved.count) {
			app_close(app);
			screen_go(app, SCREEN_DOMAIN);
			return true;
		}
		app_open(app, &app->saved.row[s->row]);
		screen_go(app, screen_of_step(app_resume_step(app)));
		return true;
	case ACTION_BACK:
	case ACTION_SAVED:
		if (!asking)
			screen_go(app, s->back);
		return true;
	default:
		return asking;
	}
}

const struct screen_ops screen_saved = {
	.step = 1,
	.private_size = sizeof(struct saved_screen),
	.enter = enter,
	.draw = draw,
	.act = act,
};
