#include "values.h"

#include "lang.h"

enum {
	STATUSES = 5,
	NOTE_X = 28		/* explanations beside the answers */
};

static const struct {
	enum ses_status status;
	const char *text, *note;
} statuses[STATUSES] = {
	{ SES_NONE, N_("Nothing done there yet"),
	    N_("shows what to do at AWS first") },
	{ SES_PENDING, N_("Verification pending"),
	    N_("compares what you entered with DNS") },
	{ SES_FAILED, N_("Failed"),
	    N_("first repairs DNS, then shows how to restart") },
	{ SES_VERIFIED, N_("Verified"),
	    N_("only looks whether all is well in DNS") },
	{ SES_UNKNOWN, N_("I don't know"), N_("goes on all the same") },
};

void
values_question_enter(struct app *app)
{
	enum ses_status status = app->session.identity.status;

	if (status == SES_UNKNOWN)
		return;
	app->values.asked = true;
	for (size_t i = 0; i < STATUSES; i++)
		if (statuses[i].status == status)
			app->values.status = i;
}

void
values_question_draw(const struct app *app, struct paint *paint)
{
	int y = SCREEN_TOP + 1;

	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE, _("What does AWS's page "
	    "(Amazon SES, your domain) say now as \"Identity status\"?")) + 1;
	for (size_t i = 0; i < STATUSES; i++)
		y = screen_choice(paint, y, i == app->values.status,
		    _(statuses[i].text), _(statuses[i].note), NOTE_X);
	y++;
	y = paint_wrap(paint, y, 1, 3, ROLE_TEXT, _("If you have AWS's values "
	    "at hand, just paste them here: the table, the CSV file's "
	    "contents, or what the AWS CLI prints."));
	if (app->values.said[0] != '\0')
		paint_wrap(paint, y + 1, 1, 4, app->values.said_role,
		    app->values.said);
}

int
values_question_steps(struct paint *paint, int y)
{
	y = paint_wrap(paint, y, 1, 4, ROLE_TEXT, _("At AWS: open Amazon SES, "
	    "check the region at the top right, then Identities > Create "
	    "identity > Domain > Easy DKIM. Under \"Publish DNS records\" it "
	    "then shows three CNAMEs: copy them all and paste them here."));
	return y;
}

bool
values_question_act(struct app *app, enum action action)
{
	struct values_screen *s = &app->values;

	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		s->status -= s->status > 0;
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		s->status += s->status + 1 < STATUSES;
		return true;
	case ACTION_ENTER:
		app->session.identity.status = statuses[s->status].status;
		app->session.identity.status_imported = false;
		s->asked = true;
		app_save(app);
		return true;
	case ACTION_BACK:
		app_go(app, SCREEN_COMPANY);
		return true;
	default:
		return false;
	}
}
