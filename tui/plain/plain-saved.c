#include "plain/plain-internal.h"

#include "base/lang.h"
#include "model/steps.h"

/* The saved ones, and behind them what else can be done. */
enum {
	WAY_ANOTHER,
	WAY_FORGET,
	WAY_COUNT
};

static void
item(const void *arg, size_t index, struct text *t)
{
	const struct app *app = arg;
	const struct saved *saved = &app->saved;

	if (index < saved->count)
		saved_line(t, &saved->row[index], app->now);
	else
		text_add(t, index - saved->count == WAY_FORGET ?
		    _("Forget one of them") : _(step_saved_another));
}

/* Which one, and once more whether it is meant. */
static enum reply
forget(struct plain *plain)
{
	static const char *const answers[] = {
		N_("Keep it"), N_("Forget it"),
	};
	struct app *app = plain->app;
	const struct saved *saved = &app->saved;
	struct text text = TEXT_INIT;
	const struct plain_list which = {
		.question = _("Forget which one? (b goes back)"),
		.count = saved->count, .item = item, .arg = app,
		.preset = PLAIN_NO_PRESET
	};
	struct plain_list sure = {
		.count = 2, .item = plain_msgid,
		.arg = answers
	};
	enum reply reply;
	size_t row, choice;

	reply = plain_choose(plain, &which, &row);
	if (reply != REPLY_TEXT)
		return reply;
	step_saved_forget(&saved->row[row].identity, &text);
	sure.question = text.s;
	reply = plain_choose(plain, &sure, &choice);
	text_release(&text);
	if (reply == REPLY_TEXT && choice == 1)
		app_forget(app, &saved->row[row]);
	return reply;
}

/* The open one is as it is, with what the command line said of it. */
static int
go_on(struct app *app, const struct session *session)
{
	if (!app_is_open(app, session))
		app_open(app, session);
	app->asked = app->session.identity.status != SES_UNKNOWN;
	return app_resume_step(app);
}

int
plain_saved(struct plain *plain)
{
	struct app *app = plain->app;
	const struct saved *saved = &app->saved;
	enum reply reply = REPLY_TEXT;
	size_t choice;

	if (app->options->practice)
		return 1;
	app->step = 1;
	app->choosing = true;
	while (reply != REPLY_LEAVE) {
		app_read_saved(app);
		plain_notice(plain);
		if (!app_has_other(app))
			return 1;

		const struct plain_list list = {
			.question = _(step_saved_question),
			.count = saved->count + WAY_COUNT, .item = item,
			.arg = app
		};

		dialog_say("");
		if (saved->damaged[0] != '\0')
			dialog_say(saved->damaged);
		reply = plain_choose(plain, &list, &choice);
		if (reply != REPLY_TEXT)
			continue;
		if (choice < saved->count)
			return go_on(app, &saved->row[choice]);
		if (choice - saved->count == WAY_ANOTHER)
			return 1;
		reply = forget(plain);
	}
	return 0;
}
