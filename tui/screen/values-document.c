#include "screen/values.h"

#include <string.h>

#include "base/lang.h"
#include "model/other-region.h"
#include "model/wrap.h"

enum {
	WORD_GAP = 2
};

void
values_say(struct app *app, enum role role, const char *text)
{
	struct values_screen *s = screen_private(app);

	text_clear(&s->said);
	text_add(&s->said, text);
	s->said_role = role;
}

/* A document was laid over the answers. */
static void
show(struct app *app)
{
	struct values_screen *s = screen_private(app);

	s->pick.open = false;
	s->said_role = ROLE_PASS;
	values_fill(app);
	values_focus(app);
}

void
values_take(struct app *app, const struct import *import)
{
	struct values_screen *s = screen_private(app);

	s->yield = false;
	text_clear(&s->said);
	if (app_take_document(app, import, &s->said))
		show(app);
}

bool
values_is_for_field(const struct app *app, const char *text, size_t len)
{
	const struct values_screen *s = screen_private(app);
	char token[IDENTITY_TOKEN];
	const char *why;

	return app->asked && !s->pick.open && s->focus >= VALUES_TOKEN_1 &&
	    s->focus <= VALUES_TOKEN_3 && s->field[s->focus].len == 0 &&
	    strchr(text, '.') == NULL && len < IDENTITY_TOKEN &&
	    identity_token(token, text, &why) == 0;
}

/* Both values one above the other, so that a difference is seen. */
static int
draw_difference(struct paint *paint, int y, int x,
    const struct import_conflict *conflict)
{
	const char *here = _("so far"), *there = _("pasted");
	int value_x = x + WORD_GAP + (wrap_width(here) > wrap_width(there) ?
	    wrap_width(here) : wrap_width(there));

	paint_text(paint, y, 3, ROLE_LABEL, conflict->label);
	paint_text(paint, y, x, ROLE_HINT, here);
	paint_clip(paint, y++, value_x, paint->width - 1, ROLE_TEXT,
	    conflict->had);
	paint_text(paint, y, x, ROLE_HINT, there);
	paint_clip(paint, y++, value_x, paint->width - 1, ROLE_TEXT,
	    conflict->found);
	return y;
}

void
values_conflict_draw(const struct app *app, struct paint *paint)
{
	const struct values_screen *s = screen_private(app);
	struct import_conflict conflict[IMPORT_CONFLICTS];
	size_t count = import_conflicts(&app->document, &app->session.identity,
	    conflict);
	int y = SCREEN_TOP + 1, x = 0;
	bool tokens = false;

	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE,
	    _(values_conflict_question)) + 1;
	for (size_t i = 0; i < count; i++)
		if (wrap_width(conflict[i].label) > x)
			x = wrap_width(conflict[i].label);
	for (size_t i = 0; i < count; i++) {
		y = draw_difference(paint, y, 3 + x + WORD_GAP, &conflict[i]);
		tokens |= conflict[i].tokens;
	}
	y++;
	y = screen_choice(paint, y, !s->yield, _(values_conflict_pasted),
	    NULL, 0);
	y = screen_choice(paint, y, s->yield, _(values_conflict_before),
	    NULL, 0) + 1;
	if (other_region_is(&app->document.identity, &app->session.identity))
		paint_wrap(paint, y, 1, screen_bottom(paint) - y, ROLE_HINT,
		    _(values_conflict_region));
	else if (tokens)
		paint_wrap(paint, y, 1, screen_bottom(paint) - y, ROLE_HINT,
		    _("Other DKIM codes come from another region, or from an "
		    "identity that was created anew at AWS. Compare with "
		    "AWS's page: its codes count. Rows in DNS that have the "
		    "old ones do no harm."));
}

bool
values_conflict_act(struct app *app, enum action action)
{
	struct values_screen *s = screen_private(app);

	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		s->yield = false;
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		s->yield = true;
		return true;
	case ACTION_BACK:
		app->conflict = false;
		return true;
	case ACTION_ENTER:
		text_clear(&s->said);
		app_settle_document(app, s->yield, &s->said);
		show(app);
		return true;
	default:
		return false;
	}
}
