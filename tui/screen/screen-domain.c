#include <string.h>

#include "base/lang.h"
#include "screen/screens.h"
#include "model/steps.h"

struct domain_screen {
	struct edit edit;
	bool touched;			/* since the step was entered */
	size_t opened;			/* what the text belongs to */
	const char *why;		/* N_(), or NULL */
	struct import document;		/* pasted before the domain, */
	bool pasted;			/* if it was */
	struct text said;		/* what became of the paste */
};

static void
enter(struct app *app)
{
	struct domain_screen *s = screen_private(app);
	char text[NAME_TEXT];

	if (app->session.identity.has_domain)
		edit_set(&s->edit,
		    name_text(&app->session.identity.domain, text));
	else if (s->opened != app->opened)
		edit_set(&s->edit, "");
	s->opened = app->opened;
	s->touched = false;
	s->why = NULL;
	text_clear(&s->said);
}

/* Practice has another domain in another language. */
static void
settle(struct app *app)
{
	const struct domain_screen *s = screen_private(app);

	if (s->opened != app->opened)
		enter(app);
}

static int
draw_understood(const struct app *app, struct paint *paint, int y, int x)
{
	const struct domain_screen *s = screen_private(app);
	struct text said = TEXT_INIT;
	bool doubt;

	if (s->edit.len > 0)
		step_domain_understood(s->edit.text, &said, &doubt);
	if (said.len > 0)
		y = paint_wrap(paint, y, x, 2,
		    doubt ? ROLE_WARNING : ROLE_NOTE, said.s);
	text_release(&said);
	return y;
}

bool
domain_offers_language(const struct app *app)
{
	const struct domain_screen *s = screen_private(app);

	return !s->touched || s->edit.len == 0;
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct domain_screen *s = screen_private(app);
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
	paint_edit(paint, y, x, paint->width - x - 2, &s->edit, true);
	y++;
	if (s->why != NULL)
		y = paint_wrap(paint, y, x, 3, ROLE_FAIL, _(s->why));
	else if (s->said.len > 0)
		y = paint_wrap(paint, y, x, 3, s->pasted ?
		    ROLE_PASS : ROLE_WARNING, s->said.s);
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
	struct domain_screen *s = screen_private(app);
	bool typed = s->touched, pasted = s->pasted;

	s->touched = true;
	if (app_take_first(app, s->edit.text, pasted ? &s->document : NULL,
	    &s->why) == -1) {
		/* Of a domain that is one, only the document was refused. */
		if (pasted && s->why == app_first_other) {
			s->pasted = false;
			text_clear(&s->said);
		}
		return false;
	}
	s->pasted = false;
	if (typed && !pasted)
		app_note_anew(app);
	return true;
}

static bool
act(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_ENTER:
		if (accept(app))
			screen_go(app, SCREEN_COMPANY);
		return true;
	case ACTION_BACK:
	case ACTION_UP:
	case ACTION_DOWN:
		return true;
	default:
		return false;
	}
}

static bool
paste(struct app *app, const char *text, size_t len)
{
	struct domain_screen *s = screen_private(app);
	char domain[NAME_TEXT];
	struct import import;
	enum app_first first = app_read_first(app, text, len, &import,
	    &s->said);

	if (first == APP_FIRST_NONE)
		return false;
	s->pasted = first == APP_FIRST_KEPT;
	if (import.path && len < sizeof domain) {
		memcpy(domain, text, len);
		domain[len] = '\0';
		edit_set(&s->edit, domain);
	}
	if (!s->pasted)
		return true;
	s->document = import;
	if (s->document.identity.has_domain)
		edit_set(&s->edit, name_text(&s->document.identity.domain,
		    domain));
	if (s->edit.len == 0)
		text_line_add(&s->said, _(app_first_domain));
	if (s->edit.len == 0 || !accept(app))
		return true;
	screen_go(app, SCREEN_COMPANY);
	app_notice(app, s->said.s);
	return true;
}

static struct edit *
typing(struct app *app)
{
	struct domain_screen *s = screen_private(app);

	return &s->edit;
}

static void
typed(struct app *app)
{
	struct domain_screen *s = screen_private(app);

	s->touched = true;
	s->why = NULL;
	if (!s->pasted)
		text_clear(&s->said);
}

static void
release(void *private)
{
	struct domain_screen *s = private;

	text_release(&s->said);
}

const struct screen_ops screen_domain = {
	.step = 1,
	.private_size = sizeof(struct domain_screen),
	.enter = enter,
	.settle = settle,
	.draw = draw,
	.act = act,
	.typing = typing,
	.typed = typed,
	.paste = paste,
	.release = release,
};
