#include "screen/values.h"

#include <string.h>

#include "base/lang.h"
#include "diagnose/suggest.h"

static void
suggestions(const struct app *app, struct suggestion out[static SUGGESTIONS])
{
	suggest_mail_from(out, &app->check.plan, &app->check.delegation,
	    &app->check.log);
}

bool
values_suggest_taken(const struct app *app, const char *text)
{
	struct identity scratch = app->session.identity;
	struct suggestion suggestion[SUGGESTIONS];
	const char *why;

	if (identity_set_mail_from(&scratch, text, &why) == -1)
		return false;
	suggestions(app, suggestion);
	return suggest_is_taken(suggestion, &scratch.mail_from);
}

/* The free label after this one, round and round; NULL: none is free. */
static const char *
next_free(const struct suggestion suggestion[static SUGGESTIONS],
    const char *label)
{
	size_t from = 0;

	while (from < SUGGESTIONS && strcmp(suggestion[from].label, label) != 0)
		from++;
	for (size_t i = 1; i <= SUGGESTIONS; i++) {
		size_t k = from < SUGGESTIONS ? (from + i) % SUGGESTIONS :
		    i - 1;

		if (suggestion[k].state == SUGGEST_FREE)
			return suggestion[k].label;
	}
	return NULL;
}

void
values_suggest(struct app *app)
{
	struct values_screen *s = screen_private(app);
	struct edit *field = &s->field[VALUES_MAIL_FROM];
	struct suggestion suggestion[SUGGESTIONS];
	const char *label;

	suggestions(app, suggestion);
	if ((label = next_free(suggestion, field->text)) == NULL) {
		app_notice(app, _("No name is known to be free yet."));
		return;
	}
	s->focus = VALUES_MAIL_FROM;
	edit_set(field, label);
	values_say(app, ROLE_WARNING, _("Enter this name at AWS, too: on the "
	    "page of your domain, as its custom MAIL FROM domain."));
}

int
values_suggest_draw(const struct app *app, struct paint *paint, int y,
    int rows)
{
	struct suggestion suggestion[SUGGESTIONS];
	struct text text = TEXT_INIT;

	suggestions(app, suggestion);
	suggest_text(suggestion, app->check.running, &text);
	if (next_free(suggestion, "") != NULL)
		text_addf(&text, " %s", _("Ctrl-N puts one in."));
	y = paint_wrap(paint, y, 3, rows, ROLE_HINT, text.s);
	text_release(&text);
	return y;
}
