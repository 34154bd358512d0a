#include "screen/values.h"

#include "ses/cloudshell.h"
#include "ses/region.h"
#include "base/lang.h"
#include "model/steps.h"

enum {
	NOTE_X = 28		/* explanations beside the answers */
};

void
values_question_enter(struct app *app)
{
	struct values_screen *s = screen_private(app);
	enum ses_status status = app->session.identity.status;

	if (status == SES_UNKNOWN)
		return;
	app->asked = true;
	for (size_t i = 0; i < VALUES_STATUSES; i++)
		if (values_status[i].status == status)
			s->status = i;
}

void
values_question_draw(const struct app *app, struct paint *paint)
{
	const struct values_screen *s = screen_private(app);
	int y = SCREEN_TOP + 1;
	struct text question = TEXT_INIT;

	step_words(&question, &app->session.identity, STEP_ASK_STATUS);
	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE, question.s);
	y = screen_aws(app, paint, y) + 1;
	text_release(&question);
	for (size_t i = 0; i < VALUES_STATUSES; i++)
		y = screen_choice(paint, y, i == s->status,
		    values_status_text(i), _(values_status[i].note), NOTE_X);
	y++;
	y = paint_wrap(paint, y, 1, 3, ROLE_TEXT, _(values_question_paste));
	if (s->said.len > 0)
		paint_wrap(paint, y + 1, 1, 4, s->said_role,
		    s->said.s);
}

void
values_question_copy(struct app *app)
{
	struct text line = TEXT_INIT;

	/* The domain of practice is nobody's. */
	if (app->options->practice) {
		app_notice(app, _(values_practice));
		return;
	}
	cloudshell_line(&line, &app->session.identity);
	screen_copy(app, _("The line for CloudShell"), line.s);
	text_release(&line);
}

/* With nothing at AWS yet: what to do there, in the words of its pages. */
static void
open_steps(struct app *app)
{
	struct text line = TEXT_INIT, page = TEXT_INIT;

	cloudshell_line(&line, &app->session.identity);
	region_console(&page, app->session.identity.region);
	page_open(app, _("At AWS first"), false);
	if (page.len > 0)
		page_add(app, page.s);
	page_add(app, page.len > 0 ? "\n\n" : "");
	page_add(app, _("1  Open Amazon SES. The region at the top right of "
	    "the page is the one you will send from.\n"
	    "2  Configuration > Identities > Create identity.\n"
	    "3  Domain, with Easy DKIM. Switch \"Publish DNS records to Route "
	    "53\" off unless your DNS is there.\n"
	    "4  The page of the identity then shows three CNAMEs under "
	    "\"Publish DNS records\". Copy the table, or open the CSV file "
	    "and copy all of it.\n"
	    "5  Close this page with Enter and paste them."));
	page_add(app, "\n\n");
	page_add(app, _("Instead of 2 to 4: open CloudShell (the >_ sign at "
	    "the top of AWS's page) and run this line (c copies it). Close "
	    "this page with Enter and paste what it prints."));
	page_add(app, "\n\n");
	page_add(app, line.s);
	text_add(&app->ui->page.copy, line.s);
	text_release(&line);
	text_release(&page);
}

bool
values_question_act(struct app *app, enum action action)
{
	struct values_screen *s = screen_private(app);

	if (screen_moves(&s->status, VALUES_STATUSES, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		identity_set_status(&app->session.identity,
		    values_status[s->status].status);
		app->asked = true;
		app_save(app);
		if (app->session.identity.status == SES_NONE &&
		    !app->options->practice)
			open_steps(app);
		return true;
	case ACTION_BACK:
		screen_go(app, SCREEN_COMPANY);
		return true;
	default:
		return false;
	}
}
