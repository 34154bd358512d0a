#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "screen.h"
#include "steps.h"
#include "story.h"
#include "text.h"
#include "wrap.h"

enum {
	COLUMNS_MAX = 16,
	CELL_WIDTH = 9,
	SHORT_WIDTH = 22,	/* what the words at the right need */
	TITLE_GAP = 2,
	ROWS_MAX = 10		/* of the table, so that the story has room */
};

/* Vantages drawn as one column: the addresses of one server. */
struct column {
	char head[NAME_TEXT];
	size_t from, to;	/* indices into cell[], to is behind the last */
	bool count;		/* shown as "2/4" */
};

struct columns {
	struct column column[COLUMNS_MAX];
	size_t count;
};

static void
add_column(struct columns *c, const char *head, size_t from, size_t to)
{
	struct column *column;

	if (c->count == COLUMNS_MAX)
		return;
	column = &c->column[c->count++];
	strlcpy(column->head, head, sizeof column->head);
	column->from = from;
	column->to = to;
	column->count = false;
}

/* The first label tells servers of one company apart. */
static void
server_columns(struct columns *c, const struct diagnosis *d)
{
	for (size_t i = 0; i < d->servers;) {
		const struct name *name = &d->server[i].server.name;
		char text[NAME_TEXT];
		size_t to = i + 1;

		while (to < d->servers &&
		    name_equal(&d->server[to].server.name, name))
			to++;
		name_text(name, text);
		text[strcspn(text, ".")] = '\0';
		add_column(c, text, i, to);
		i = to;
	}
}

static void
columns_of(struct columns *c, const struct check *check, int room)
{
	const struct diagnosis *d = &check->diagnosis;

	c->count = 0;
	server_columns(c, d);
	if ((int)(c->count + d->columns - d->servers) * CELL_WIDTH > room) {
		c->count = 0;
		add_column(c, _("servers"), 0, d->servers);
		c->column[0].count = true;
	}
	if (d->columns > d->servers)
		add_column(c, _("resolver"), d->servers, d->servers + 1);
	for (size_t i = d->servers + 1; i < d->columns; i++)
		add_column(c, check->vantages.also[i - d->servers -
		    1].address, i, i + 1);
}

static void
cell_text(const struct column *column, const enum cell *cell, char *dst,
    size_t size)
{
	size_t yes = 0, no = 0, other = 0, silent = 0;

	for (size_t i = column->from; i < column->to; i++) {
		yes += cell[i] == CELL_YES;
		no += cell[i] == CELL_NO;
		other += cell[i] == CELL_OTHER;
		silent += cell[i] == CELL_NO_ANSWER;
	}
	if (column->count)
		snprintf(dst, size, "%zu/%zu", yes, column->to - column->from);
	else if (other > 0)
		strlcpy(dst, _("other"), size);
	else if (no > 0)
		strlcpy(dst, _("no"), size);
	else if (yes > 0)
		strlcpy(dst, _("yes"), size);
	else
		strlcpy(dst, silent > 0 ? "?" : "-", size);
}

static enum role
cell_role(const struct column *column, const enum cell *cell)
{
	bool all = true;

	for (size_t i = column->from; i < column->to; i++)
		all &= cell[i] == CELL_YES;
	return all ? ROLE_PASS : ROLE_TEXT;
}

/* Widths that do not depend on what is found, so that nothing jumps. */
static int
word_width(void)
{
	int widest = 0;

	for (int i = 0; i < STATE_COUNT; i++)
		if (wrap_width(state_word((enum state)i)) > widest)
			widest = wrap_width(state_word((enum state)i));
	return widest;
}

static int
title_width(const struct check *check)
{
	char text[128];
	int widest = wrap_width(_("Name servers"));

	for (size_t i = 0; i < check->plan.count; i++) {
		story_title(check, i, text, sizeof text);
		if (wrap_width(text) > widest)
			widest = wrap_width(text);
	}
	return widest;
}

static void
draw_row(const struct app *app, struct paint *paint, int y, size_t row,
    const struct columns *columns, int title_x, int cells_x)
{
	const struct check *check = &app->check;
	bool focus = row == app->watch.row;
	char text[128];
	enum state state;
	int x = cells_x;

	paint_mark(paint, y, 1, focus);
	if (story_state(check, row, &state))
		paint_text(paint, y, 3, theme_state(state), state_word(state));
	else
		paint_text(paint, y, 3, ROLE_UNKNOWN, "..");
	paint_text(paint, y, title_x, focus ? ROLE_FOCUS : ROLE_TEXT,
	    story_title(check, row, text, sizeof text));
	if (row >= check->plan.count) {
		const struct domain_diagnosis *d =
		    &check->diagnosis.domain[row - check->plan.count];

		paint_clip(paint, y, cells_x, paint->width - 1, ROLE_TEXT,
		    d->subject);
		return;
	}
	for (size_t i = 0; i < columns->count; i++, x += CELL_WIDTH) {
		const struct record_diagnosis *r =
		    &check->diagnosis.record[row];

		cell_text(&columns->column[i], r->cell, text, sizeof text);
		paint_text(paint, y, x, cell_role(&columns->column[i],
		    r->cell), text);
	}
	paint_clip(paint, y, x, paint->width - 1, ROLE_HINT,
	    story_short(check, row));
}

/* Returns the line behind the table. */
static int
draw_table(const struct app *app, struct paint *paint, int y)
{
	const struct check *check = &app->check;
	int title_x = 3 + word_width() + TITLE_GAP;
	int cells_x = title_x + title_width(check) + TITLE_GAP;
	size_t rows = story_rows(check), top = 0, height = ROWS_MAX;
	struct columns columns;

	columns_of(&columns, check, paint->width - cells_x - SHORT_WIDTH);
	if (paint->height > SCREEN_HEIGHT)
		height += (size_t)(paint->height - SCREEN_HEIGHT);
	if (check->diagnosis.columns == 0)
		paint_text(paint, y, cells_x, ROLE_HINT,
		    _("finding the name servers"));
	for (size_t i = 0; i < columns.count; i++)
		paint_clip(paint, y, cells_x + (int)i * CELL_WIDTH, cells_x +
		    (int)(i + 1) * CELL_WIDTH - 1, ROLE_HINT,
		    columns.column[i].head);
	y++;
	if (rows > height && app->watch.row >= height)
		top = app->watch.row - height + 1;
	for (size_t i = top; i < rows && i < top + height; i++)
		draw_row(app, paint, y++, i, &columns, title_x, cells_x);
	return y;
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct check *check = &app->check;
	int y, end = screen_bottom(paint);
	const char *why;

	y = draw_table(app, paint, SCREEN_TOP);
	paint_rule(paint, y++);
	if (app_all_right(app)) {
		y = paint_wrap(paint, y, 1, 2, ROLE_PASS,
		    _(step_check_right));
		y++;
	} else if (!identity_complete(&app->session.identity, &why)) {
		y = paint_wrap(paint, y, 1, 2, ROLE_NOTE,
		    _(step_check_bare));
		y++;
	}
	y = story_draw(check, app->watch.row, paint, y, end);
	if (y < end && !app_all_right(app) && app->seen)
		paint_clip(paint, end - 1, 1, paint->width - 1, ROLE_HINT,
		    _(step_check_watches));
}

/*
 * What needs the user most: the worst row.  A trouble of the whole domain
 * explains the records that are as bad.
 */
static size_t
worst(const struct check *check)
{
	enum state worst_state = STATE_WARN, state;
	size_t found = 0;

	for (size_t i = 0; i < story_rows(check); i++) {
		if (!story_state(check, i, &state))
			continue;
		if (state > worst_state || (i >= check->plan.count &&
		    state == worst_state && state >= STATE_UNKNOWN &&
		    found < check->plan.count)) {
			worst_state = state;
			found = i;
		}
	}
	return found;
}

void
check_screen_follow(struct app *app)
{
	size_t rows = story_rows(&app->check);

	if (!app->watch.moved && app->seen)
		app->watch.row = worst(&app->check);
	if (app->watch.row >= rows)
		app->watch.row = rows > 0 ? rows - 1 : 0;
}

static void
enter(struct app *app)
{
	app->watch.moved = false;
	/* Coming and going must not ask the servers each time. */
	if (!app->check.running && (!app->seen || app->options->practice ||
	    app->now - app->check.ended >= SCREEN_LOOK_AGAIN))
		app_look(app);
	check_screen_follow(app);
}

static void
move_row(struct app *app, int by)
{
	size_t rows = story_rows(&app->check);

	app->watch.moved = true;
	if (by < 0)
		app->watch.row -= app->watch.row > 0;
	else if (app->watch.row + 1 < rows)
		app->watch.row++;
}

static void
details(struct app *app)
{
	char text[SCREEN_PAGE / 2];

	story_text(&app->check, app->watch.row, text, sizeof text);
	page_open(app, _("Details"), false);
	page_add(app, text);
}

static void
copy_name(struct app *app)
{
	struct form form;
	struct name zone;
	const struct form_field *field;

	if (app->watch.row >= app->check.plan.count)
		return;
	check_zone(&app->check, &zone);
	provider_form(&form, app->check.provider,
	    &app->check.plan.wanted[app->watch.row], &zone);
	field = form_find(&form, FORM_NAME);
	if (field == NULL)
		field = form_find(&form, FORM_LINE);
	if (field != NULL)
		app_copy(app, field->value);
}

static bool
act(struct app *app, enum action action)
{
	bool record = app->watch.row < app->check.plan.count;

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
			app_go(app, SCREEN_DONE);
		else
			details(app);
		return true;
	case ACTION_BACK:
		app_go(app, app_reachable(app, 4) ? SCREEN_CARD :
		    SCREEN_VALUES);
		return true;
	case ACTION_DETAILS:
		details(app);
		return true;
	case ACTION_LOOK:
		app_look(app);
		return true;
	case ACTION_COPY:
		copy_name(app);
		return true;
	case ACTION_PLAIN:
		if (record)
			copy_open_record(app, app->watch.row);
		return true;
	case ACTION_FORM:
		form_open(app, SCREEN_CHECK, record ? app->watch.row : 0);
		return true;
	default:
		return false;
	}
}

const struct screen_ops screen_check = {
	.step = 5,
	.enter = enter,
	.draw = draw,
	.act = act,
};
