

#include "base/lang.h"
#include "report/report.h"
#include "model/rows.h"
#include "draw/pick.h"
#include "screen/screens.h"
#include "model/steps.h"
#include "model/wrap.h"

struct company_screen {
	size_t choice;
	struct pick pick;		/* from all companies */
};

static void
enter(struct app *app)
{
	struct company_screen *s = screen_private(app);

	s->choice = COMPANY_GO_ON;
	s->pick.open = false;
}

/* Returns the line behind them and a blank one, if there are any. */
static int
draw_troubles(const struct app *app, struct paint *paint, int y, int end)
{
	const int top = y;
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < app->check.diagnosis.domains && y < end; i++) {
		const struct domain_diagnosis *d =
		    &app->check.diagnosis.domain[i];

		int x = paint_text(paint, y, 1, theme_state(d->state),
		    state_word(d->state)) + 2;

		report_domain(&app->check, i, REPORT_SUMMARY, &text);
		y = paint_wrap(paint, y, x, end - y, ROLE_TEXT, text.s);
		if (d->state >= STATE_UNKNOWN && y < end) {
			report_domain(&app->check, i, REPORT_REMEDY, &text);
			y = paint_wrap(paint, y, x, end - y, ROLE_TEXT, text.s);
		}
	}
	text_release(&text);
	return y > top ? y + 1 : y;
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct company_screen *s = screen_private(app);
	bool elsewhere = step_company_elsewhere(&app->check);
	struct text said = TEXT_INIT;
	size_t choices = step_company_count(&app->check);
	int end = screen_bottom(paint) - (int)choices - 1;
	int y = SCREEN_TOP + 1, x;

	if (s->pick.open) {
		const struct list_rows r = rows_companies();

		pick_draw(&s->pick, &r, paint, y,
		    screen_bottom(paint));
		return;
	}
	x = paint_text(paint, y, 1, ROLE_LABEL,
	    _(step_company_label)) + 3;
	paint_text(paint, y, x, ROLE_VALUE, elsewhere ?
	    provider_name(app->check.company.detected) :
	    step_company_name(&app->check));
	y++;
	step_company_evidence(&app->check, &said);
	y = paint_wrap(paint, y, wrap_width(said.s) + x < paint->width ? x : 3,
	    2, ROLE_HINT, said.s) + 1;
	/* While servers only park, the finding says where to begin. */
	if (!diagnosis_finds(&app->check.diagnosis,
	    FINDING_PARKED)) {
		y = paint_wrap(paint, y, 1, 3, ROLE_TEXT,
		    _(step_company_where));
		y = paint_wrap(paint, y, 1, 3, ROLE_TEXT,
		    _(step_company_keep));
	}
	y = draw_troubles(app, paint, y + 1, end);
	step_company_warning(&app->check, &said);
	if (said.len > 0)
		y = paint_wrap(paint, y, 1, 3, ROLE_WARNING, said.s) + 1;
	text_clear(&said);
	report_company_before(&said, &app->check);
	/* The card says it again: half of it helps nobody. */
	if (!elsewhere)
		y = paint_whole(paint, y, 1, end - y, ROLE_NOTE, said.s);
	y = y + 2 > end + 1 ? end + 1 : y + 2;
	for (size_t i = 0; i < choices; i++) {
		text_clear(&said);
		step_company_choice(&app->check, i, &said);
		y = screen_choice(paint, y, s->choice == i, said.s, NULL, 0);
	}
	text_release(&said);
}

static bool
act_pick(struct app *app, enum action action)
{
	struct company_screen *s = screen_private(app);
	size_t count, row;
	enum pick_result result = pick_act(&s->pick, action, &row);

	if (result == PICK_CHOSEN) {
		app_provider_changed(app, provider_table(&count)[row]);
		s->choice = COMPANY_GO_ON;
		app_save(app);
	}
	return result != PICK_OTHER;
}

static void
open_pick(struct app *app)
{
	struct company_screen *s = screen_private(app);
	const struct list_rows r = rows_companies();
	size_t count, selected = 0;
	const struct provider *const *table = provider_table(&count);

	for (size_t i = 0; i < count; i++)
		if (table[i] == company_row(&app->check.company))
			selected = i;
	pick_open(&s->pick, &r, selected);
}

static void
choose(struct app *app)
{
	struct company_screen *s = screen_private(app);

	if (app_take_company(app, s->choice))
		screen_go(app, SCREEN_VALUES);
	else
		open_pick(app);
}

static bool
act(struct app *app, enum action action)
{
	struct company_screen *s = screen_private(app);
	size_t *choice = &s->choice;
	size_t choices = step_company_count(&app->check);

	if (s->pick.open)
		return act_pick(app, action);
	if (screen_moves(choice, choices, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		choose(app);
		return true;
	case ACTION_SEARCH:
		open_pick(app);
		return true;
	case ACTION_BACK:
		screen_go(app, SCREEN_DOMAIN);
		return true;
	default:
		return false;
	}
}

static struct edit *
typing(struct app *app)
{
	struct company_screen *s = screen_private(app);

	return s->pick.open ? &s->pick.filter : NULL;
}

static void
typed(struct app *app)
{
	struct company_screen *s = screen_private(app);
	const struct list_rows r = rows_companies();

	pick_typed(&s->pick, &r);
}

const struct screen_ops screen_company = {
	.step = 2,
	.private_size = sizeof(struct company_screen),
	.enter = enter,
	.draw = draw,
	.act = act,
	.typing = typing,
	.typed = typed,
};
