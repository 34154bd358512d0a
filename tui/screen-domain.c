#include <string.h>

#include "lang.h"
#include "screen.h"
#include "steps.h"

static void
enter(struct app *app)
{
	char text[NAME_TEXT];

	if (app->session.identity.has_domain)
		edit_set(&app->domain.edit,
		    name_text(&app->session.identity.domain, text));
	app->domain.touched = false;
	app->domain.why = NULL;
}

static int
draw_understood(const struct app *app, struct paint *paint, int y, int x)
{
	char said[SCREEN_TEXT];
	bool doubt;

	if (app->domain.edit.len == 0)
		return y;
	step_domain_understood(app->domain.edit.text, said, sizeof said,
	    &doubt);
	if (*said == '\0')
		return y;
	return paint_wrap(paint, y, x, 2, doubt ? ROLE_WARNING : ROLE_NOTE,
	    said);
}

bool
domain_offers_language(const struct app *app)
{
	return !app->domain.touched || app->domain.edit.len == 0;
}

static void
draw(const struct app *app, struct paint *paint)
{
	int y = SCREEN_TOP + 1, x;
	const char *language = lang_current() == LANG_JA ? "L English" :
	    "L 日本語";

	if (domain_offers_language(app))
		paint_text(paint, 0, paint->width - 10, ROLE_HINT_KEY,
		    language);
	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE,
	    _(step_domain_question));
	y++;
	x = paint_mark(paint, y, 1, true);
	x = paint_text(paint, y, x, ROLE_LABEL, _("Domain")) + 2;
	paint_edit(paint, y, x, paint->width - x - 2, &app->domain.edit, true);
	y++;
	if (app->domain.why != NULL)
		y = paint_wrap(paint, y, x, 3, ROLE_FAIL, _(app->domain.why));
	else
		y = draw_understood(app, paint, y, x);
	y = y < SCREEN_TOP + 6 ? SCREEN_TOP + 6 : y + 1;
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _(step_domain_example));
	y++;
	y = paint_wrap(paint, y, 1, 5, ROLE_TEXT, _(step_domain_about));
	y++;
	if (!app->options->practice)
		paint_wrap(paint, y, 1, 3, ROLE_HINT,
		    _(step_domain_harmless));
	else
		paint_wrap(paint, y, 1, 3, ROLE_NOTE,
		    _(step_domain_practice));
}

static bool
accept(struct app *app)
{
	app->domain.touched = true;
	return app_take_domain(app, app->domain.edit.text,
	    &app->domain.why) == 0;
}

static bool
act(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_ENTER:
		if (accept(app))
			app_go(app, SCREEN_COMPANY);
		return true;
	case ACTION_BACK:
	case ACTION_UP:
	case ACTION_DOWN:
		return true;
	default:
		return false;
	}
}

static struct edit *
typing(struct app *app)
{
	return &app->domain.edit;
}

static void
typed(struct app *app)
{
	app->domain.touched = true;
	app->domain.why = NULL;
}

const struct screen_ops screen_domain = {
	.step = 1,
	.enter = enter,
	.draw = draw,
	.act = act,
	.typing = typing,
	.typed = typed,
};
