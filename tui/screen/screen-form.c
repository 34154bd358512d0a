#include <stdio.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "model/entered.h"
#include "diagnose/asks.h"
#include "report/report.h"
#include "screen/screens.h"
#include "base/text.h"
#include "model/wrap.h"

struct form_screen {
	size_t wanted;			/* the record the form was opened for */
	struct form form;		/* labels, and the types' words */
	struct edit edit[FORM_FIELDS];
	size_t editing;			/* a row, or rows: a new one */
	size_t focus;			/* rows, fields, save, back */
	enum screen_id back;
	const char *why;		/* N_(), or NULL; {label} is that of */
	size_t lacking;			/* this field */
	struct text said;
};

/* After the rows and the fields. */
enum button {
	BUTTON_SAVE,
	BUTTON_BACK,
	BUTTON_COUNT
};

enum {
	ROWS_SHOWN = 4,
	SAID_LINES = 4		/* below all: what AWS shows, what to try */
};

static size_t
fields_from(const struct app *app)
{
	return app->pretend.rows;
}

static size_t
buttons_from(const struct app *app)
{
	const struct form_screen *s = screen_private(app);

	return app->pretend.rows + s->form.count;
}

/* An empty form for the record it was opened for; the type is chosen. */
static void
start_over(struct app *app)
{
	struct form_screen *s = screen_private(app);

	pretend_form(&s->form, &app->check, s->wanted);
	for (size_t i = 0; i < s->form.count; i++)
		edit_set(&s->edit[i], s->form.field[i].value);
	s->editing = app->pretend.rows;
	s->why = NULL;
}

/* Past what the form has chosen itself or a record of this type lacks. */
static void
next_field(struct app *app)
{
	struct form_screen *s = screen_private(app);
	bool mx = app->check.plan.wanted[s->wanted].type == RR_MX;

	for (s->focus++; s->focus < buttons_from(app); s->focus++) {
		size_t field = s->focus - fields_from(app);

		if (s->edit[field].len == 0 && !s->form.field[field].keep &&
		    !s->form.field[field].further &&
		    (mx || s->form.field[field].id != FORM_PRIORITY))
			return;
	}
}

void
form_open(struct app *app, size_t wanted)
{
	struct form_screen *s;

	if (wanted >= app->check.plan.count)
		return;
	screen_go(app, SCREEN_FORM);
	s = screen_private(app);
	s->back = app->ui->before;
	s->wanted = wanted;
	text_clear(&s->said);
	start_over(app);
	s->focus = fields_from(app);
	if (pretend_chooses(&s->form.field[0]))
		next_field(app);
	/* What is there already is to be corrected. */
	for (size_t i = 0; i < app->pretend.rows; i++)
		if (app->pretend.row[i].wanted == wanted)
			s->focus = i;
}

/* The record's row in the form's list, or rows when there is none. */
static size_t
row_in_focus(const struct app *app)
{
	const struct form_screen *s = screen_private(app);

	return s->focus < app->pretend.rows ? s->focus : app->pretend.rows;
}

/*
 * How many rows of the list are shown, at least one, and how many lines are
 * left for blank ones between the parts.
 */
static int
rows_fit(const struct app *app, const struct paint *paint, int y, int *spare)
{
	const struct form_screen *s = screen_private(app);
	int rows = app->pretend.rows > 0 ? (int)app->pretend.rows : 1;
	int room = screen_bottom(paint) - y - 1 - (int)s->form.count -
	    BUTTON_COUNT - SAID_LINES;

	if (rows > ROWS_SHOWN)
		rows = ROWS_SHOWN;
	if (rows > room)
		rows = room > 1 ? room : 1;
	*spare = room - rows;
	return rows;
}

static int
draw_rows(const struct app *app, struct paint *paint, int y, size_t shown)
{
	const struct form_screen *s = screen_private(app);
	size_t rows = app->pretend.rows, top = 0;

	paint_text(paint, y++, 1, ROLE_LABEL, _("Rows in the form's list"));
	if (rows == 0)
		paint_text(paint, y, 3, ROLE_HINT, _("(none yet)"));
	if (rows > shown)
		top = s->focus >= rows ? rows - shown :
		    s->focus + 1 < shown ? 0 : s->focus + 1 - shown;
	for (size_t i = top; i < rows && i < top + shown; i++) {
		struct text text = TEXT_INIT;
		int line = y + (int)(i - top);

		pretend_row_tell(&app->pretend.row[i], &text);
		paint_mark(paint, line, 1, s->focus == i);
		paint_clip(paint, line, 3, paint->width - 1,
		    s->focus == i ? ROLE_FOCUS : ROLE_TEXT, text.s);
		text_release(&text);
	}
	return y + (int)shown;
}

static int
draw_fields(const struct app *app, struct paint *paint, int y)
{
	const struct form_screen *s = screen_private(app);
	int value_x = 0;

	for (size_t i = 0; i < s->form.count; i++)
		if (wrap_width(s->form.field[i].label) > value_x)
			value_x = wrap_width(s->form.field[i].label);
	value_x += 5;
	for (size_t i = 0; i < s->form.count; i++, y++) {
		bool focus = s->focus == fields_from(app) + i;

		paint_mark(paint, y, 1, focus);
		paint_text(paint, y, 3, focus ? ROLE_FOCUS : ROLE_LABEL,
		    s->form.field[i].label);
		paint_edit(paint, y, value_x, paint->width - value_x - 1,
		    &s->edit[i], focus);
	}
	return y;
}

static const char *
button_text(const struct app *app, int button)
{
	const struct provider *row = company_row(&app->check.company);

	if (button == BUTTON_BACK)
		return _("Back to dnsesame");
	return row->save != NULL ? form_word(&row->form, row->save) :
	    _("Save");
}

/*
 * What stands below the form: what became of it; else what AWS's page shows for
 * this record, and the mistake that invites to.
 */
static enum role
add_below(const struct app *app, struct text *t)
{
	const struct form_screen *s = screen_private(app);

	if (s->why != NULL) {
		struct text label = TEXT_INIT;

		report_field(&label, provider_rules(company_row(
		    &app->check.company)), &s->form.field[s->lacking]);
		text_add_filled(t, _(s->why), (const struct text_place[]){
			{ "label", label.s }, { NULL, NULL } });
		text_release(&label);
		return ROLE_FAIL;
	}
	if (s->said.len > 0) {
		text_add(t, s->said.s);
		return ROLE_PASS;
	}
	pretend_from_aws(&app->check, s->wanted, t);
	pretend_try(&app->pretend, &app->check, s->wanted,
	    N_("Try the common mistake: Ctrl-V puts in the whole name, as AWS "
	    "shows it."), t);
	return ROLE_TEXT;
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct form_screen *s = screen_private(app);
	const struct provider *row = company_row(&app->check.company);
	int y = SCREEN_TOP, x, rows, spare;
	struct text below = TEXT_INIT;
	char text[SCREEN_TEXT];
	enum role role;

	if (s->wanted >= app->check.plan.count)
		return;
	x = paint_text(paint, y, 1, ROLE_TITLE, provider_name(row));
	paint_text(paint, y++, x + 2, ROLE_NOTE, _("(a pretend form)"));
	if (row->menu != NULL)
		y = paint_wrap(paint, y, 1, 2, ROLE_HINT, provider_menu(row));
	rows = rows_fit(app, paint, y, &spare);
	y = draw_rows(app, paint, y + (spare > 0), (size_t)rows);
	y = draw_fields(app, paint, y + (spare > 1)) + (spare > 3);
	for (int i = 0; i < BUTTON_COUNT; i++) {
		bool focus = s->focus == buttons_from(app) + (size_t)i;

		snprintf(text, sizeof text, "[ %s ]", button_text(app, i));
		y = screen_choice(paint, y, focus, text, NULL, 0);
	}
	y += spare > 2;
	role = add_below(app, &below);
	paint_wrap(paint, y, 1, screen_bottom(paint) - y, role, below.s);
	text_release(&below);
}

/* The row was refused: if a field is empty for it, there. */
static void
to_empty(struct app *app)
{
	struct form_screen *s = screen_private(app);

	for (size_t i = 0; i < s->form.count; i++) {
		enum form_id id = s->form.field[i].id;

		if (s->edit[i].len > 0 || s->form.field[i].keep ||
		    s->form.field[i].further || (id != FORM_VALUE &&
		    id != FORM_LINE && id != FORM_TYPE))
			continue;
		s->why = N_("{label} is empty.");
		s->lacking = i;
		s->focus = fields_from(app) + i;
		return;
	}
}

static void
save(struct app *app)
{
	struct form_screen *s = screen_private(app);
	struct form typed = s->form;

	text_clear(&s->said);
	for (size_t i = 0; i < s->form.count; i++)
		strlcpy(typed.field[i].value, s->edit[i].text,
		    sizeof typed.field[i].value);
	if (pretend_save(&app->pretend, &app->check, &typed, s->wanted,
	    s->editing, &s->why) == -1) {
		s->lacking = 0;
		to_empty(app);
		return;
	}
	pretend_saved(&app->pretend, &s->said);
	entered_set(app, s->wanted, app->now);
	start_over(app);
	s->focus = buttons_from(app) + BUTTON_BACK;
}

/* A stored row goes back into the fields, as it was typed. */
static void
edit_row(struct app *app, size_t index)
{
	struct form_screen *s = screen_private(app);

	pretend_open(&s->form, &app->pretend, &app->check, index);
	s->wanted = app->pretend.row[index].wanted;
	for (size_t i = 0; i < s->form.count; i++)
		edit_set(&s->edit[i], s->form.field[i].value);
	s->editing = index;
	s->why = NULL;
	text_clear(&s->said);
	s->focus = fields_from(app);
	while (s->focus + 1 < buttons_from(app) && pretend_chooses(
	    &s->form.field[s->focus - fields_from(app)]))
		s->focus++;
}

static void
go_back(struct app *app)
{
	struct form_screen *s = screen_private(app);

	screen_go(app, s->back);
}

/* From the card on to the next one, once its row is there. */
static void
finish(struct app *app)
{
	struct form_screen *s = screen_private(app);
	bool entered = entered_has(app, s->wanted);
	size_t next = asks_after(&app->check, s->wanted);

	if (s->back != SCREEN_CARD || !entered) {
		go_back(app);
		return;
	}
	if (next < app->check.plan.count) {
		screen_go(app, SCREEN_CARD);
		app->card = next;
	} else {
		screen_go(app, SCREEN_CHECK);
	}
}

static void
press(struct app *app)
{
	struct form_screen *s = screen_private(app);

	if (s->focus < app->pretend.rows)
		edit_row(app, s->focus);
	else if (s->focus < buttons_from(app))
		next_field(app);
	else if (s->focus == buttons_from(app) + BUTTON_SAVE)
		save(app);
	else
		finish(app);
}

/* As a person does who copies from AWS's page. */
static void
paste_from_aws(struct app *app)
{
	struct form_screen *s = screen_private(app);
	size_t field = s->focus - fields_from(app);
	char text[FORM_TEXT];

	if (s->focus < fields_from(app) || s->focus >= buttons_from(app))
		return;
	if (pretend_copied(&app->check, s->wanted, &s->form.field[field],
	    text) == NULL) {
		app_notice(app, _("AWS shows nothing for this field."));
		return;
	}
	s->why = NULL;
	edit_set(&s->edit[field], text);
}

static bool
act(struct app *app, enum action action)
{
	struct form_screen *s = screen_private(app);
	const struct pretend_row *row;

	if (screen_moves(&s->focus, buttons_from(app) + BUTTON_COUNT, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		press(app);
		return true;
	case ACTION_DELETE:
		if (row_in_focus(app) < app->pretend.rows) {
			row = &app->pretend.row[s->focus];
			entered_set(app, row->wanted, 0);
			pretend_forget(&app->pretend, app->check.world,
			    s->focus);
			start_over(app);
		}
		return true;
	case ACTION_PASTE:
		paste_from_aws(app);
		return true;
	case ACTION_BACK:
		go_back(app);
		return true;
	default:
		return false;
	}
}

static struct edit *
typing(struct app *app)
{
	struct form_screen *s = screen_private(app);

	if (s->focus < fields_from(app) || s->focus >= buttons_from(app))
		return NULL;
	return &s->edit[s->focus - fields_from(app)];
}

static void
typed(struct app *app)
{
	struct form_screen *s = screen_private(app);

	s->why = NULL;
	text_clear(&s->said);
}

static void
release(void *private)
{
	struct form_screen *s = private;

	text_release(&s->said);
}

static bool
on_row(const struct app *app)
{
	return row_in_focus(app) < app->pretend.rows;
}

const struct screen_ops screen_form = {
	.step = 4,
	.private_size = sizeof(struct form_screen),
	.draw = draw,
	.release = release,
	.act = act,
	.typing = typing,
	.on_row = on_row,
	.typed = typed,
};
