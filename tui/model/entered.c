#include "model/entered.h"

#include "model/story.h"

bool
entered_has(const struct app *app, size_t index)
{
	return ticks_at(&app->session.entered,
	    app->check.plan.wanted[index].id) != 0;
}

bool
entered_stands(const struct app *app, size_t index)
{
	enum state state;

	return app->seen && story_state(&app->check, index, &state) &&
	    state == STATE_PASS;
}

void
entered_set(struct app *app, size_t index, int64_t at)
{
	struct wanted *wanted = &app->check.plan.wanted[index];

	wanted->entered = at;
	(void)ticks_set(&app->session.entered, wanted->id, at);
	app_save(app);
}

bool
entered_is_asked(const struct app *app)
{
	const struct plan *plan = &app->check.plan;
	bool rows = false;

	if (app->told || app->options->practice ||
	    (app->seen && app_all_right(app)))
		return false;
	for (size_t i = 0; i < plan->count; i++) {
		if (entered_has(app, i))
			return false;
		rows |= plan->wanted[i].required;
	}
	return rows;
}

void
entered_tell(struct app *app, bool saved)
{
	const struct plan *plan = &app->check.plan;

	app->told = true;
	for (size_t i = 0; saved && i < plan->count; i++)
		if (plan->wanted[i].required)
			entered_set(app, i, app->now);
	if (saved)
		app_look(app);
}
