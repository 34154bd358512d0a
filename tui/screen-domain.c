#include <string.h>

#include "lang.h"
#include "screen.h"
#include "text.h"

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

/* The other way to write it: xn--... of an IDN, or the IDN of xn--... */
static int
draw_both(const struct app *app, struct paint *paint, int y, int x)
{
	struct identity scratch;
	char ascii[NAME_TEXT], unicode[NAME_TEXT], said[SCREEN_TEXT];
	const char *why;
	struct text_place places[] = {
		{ "ascii", ascii },
		{ "unicode", unicode },
		{ NULL, NULL },
	};

	identity_init(&scratch);
	if (app->domain.edit.len == 0 ||
	    identity_set_domain(&scratch, app->domain.edit.text, &why) == -1)
		return y;
	if (identity_domain_doubt(&scratch) != NULL)
		return paint_wrap(paint, y, x, 2, ROLE_WARNING,
		    _(identity_domain_doubt(&scratch)));
	name_text(&scratch.domain, ascii);
	name_unicode(&scratch.domain, unicode);
	if (strcmp(ascii, unicode) == 0) {
		if (strcmp(ascii, app->domain.edit.text) == 0)
			return y;
		text_fill(said, sizeof said, _("I understand: {ascii}"),
		    places);
	} else {
		text_fill(said, sizeof said,
		    _("I understand: {unicode}, in DNS {ascii}"), places);
	}
	return paint_wrap(paint, y, x, 2, ROLE_NOTE, said);
}

static void
draw(const struct app *app, struct paint *paint)
{
	int y = SCREEN_TOP + 1, x;
	const char *language = lang_current() == LANG_JA ? "L English" :
	    "L 日本語";

	if (!app->domain.touched)
		paint_text(paint, 0, paint->width - 10, ROLE_HINT_KEY,
		    language);
	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE,
	    _("From which domain do you want to send mail with Amazon SES?"));
	y++;
	x = paint_mark(paint, y, 1, true);
	x = paint_text(paint, y, x, ROLE_LABEL, _("Domain")) + 2;
	paint_edit(paint, y, x, paint->width - x - 2, &app->domain.edit, true);
	y++;
	if (app->domain.why != NULL)
		y = paint_wrap(paint, y, x, 3, ROLE_FAIL, _(app->domain.why));
	else
		y = draw_both(app, paint, y, x);
	y = y < SCREEN_TOP + 6 ? SCREEN_TOP + 6 : y + 1;
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _("For example example.jp. "
	    "A web address or an e-mail address of yours will do, too."));
	y++;
	y = paint_wrap(paint, y, 1, 5, ROLE_TEXT, _("This program shows you "
	    "what to type at your DNS company, field by field, and then looks "
	    "whether it arrived. When something went astray, it says where "
	    "and what to do."));
	y++;
	if (!app->options->practice)
		paint_wrap(paint, y, 1, 3, ROLE_HINT, _("It only looks and "
		    "changes nothing. You may leave at any time: your answers "
		    "are kept, and dnsesame goes on from there."));
	else
		paint_wrap(paint, y, 1, 3, ROLE_NOTE, _("This is practice: "
		    "the domain and the company's form are pretend ones, on "
		    "this machine alone. Nothing can break. Press Enter."));
}

static bool
accept(struct app *app)
{
	struct identity *identity = &app->session.identity;
	struct identity next;
	bool same;

	identity_init(&next);
	app->domain.touched = true;
	if (identity_set_domain(&next, app->domain.edit.text,
	    &app->domain.why) == -1)
		return false;
	app->domain.why = NULL;
	same = identity->has_domain &&
	    name_equal(&identity->domain, &next.domain);
	if (!same) {
		/* Values of another domain would be wrong for this one. */
		if (identity->has_domain) {
			struct session empty;

			session_init(&empty);
			app->session = empty;
			app_provider_changed(app, NULL);
			memset(&app->values, 0, sizeof app->values);
		}
		if (!app_load(app, &next)) {
			identity->domain = next.domain;
			identity->has_domain = true;
		}
		app_identity_changed(app);
		if (app->provider == NULL)
			app_provider_changed(app, NULL);
	}
	if (!same || !app->seen)
		app_look(app);
	return true;
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
