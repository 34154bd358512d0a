#include "plain/plain-internal.h"

#include "base/lang.h"
#include "base/text.h"
#include "report/report.h"
#include "model/story.h"

/* The verdict first, as a word; then the domain, then each record. */
static void
tell_check(struct plain *plain)
{
	const struct app *app = plain->app;
	const struct check *check = &app->check;
	const struct diagnosis *d = &check->diagnosis;
	struct text verdict = TEXT_INIT;
	const char *why;
	char *text;
	size_t size;
	FILE *out = plain_open(&text, &size);

	if (identity_complete(&app->session.identity, &why))
		report_verdict(&verdict, check);
	else
		text_add(&verdict, _(step_check_bare));
	fprintf(out, "%s  %s\n", state_word(d->verdict), verdict.s);
	text_release(&verdict);
	for (size_t i = 0; i < d->domains; i++) {
		fputc('\n', out);
		report_domain_text(out, check, i, false);
	}
	for (size_t i = 0; i < check->plan.count; i++) {
		if (report_told(check, i))
			continue;
		fputc('\n', out);
		report_record_text(out, check, i, false);
	}
	fputc('\n', out);
	report_ses_text(out, check);
	plain_said(out, &text);
	diagnosis_copy(&plain->told, d);
}

static void
row_item(const void *arg, size_t index, struct text *t)
{
	const struct check *check = arg;
	enum state state;

	if (story_state(check, index, &state))
		text_addf(t, "%s  ", state_word(state));
	text_add(t, story_title(check, index));
}

/* Everything about one row of the table; where that leads. */
static enum reply
tell_row(struct plain *plain)
{
	const struct check *check = &plain->app->check;
	const struct plain_list list = {
		.question = _("About which record?"),
		.count = story_rows(check), .item = row_item, .arg = check,
		.preset = (int)story_worst(check)
	};
	struct text text = TEXT_INIT;
	enum reply reply;
	size_t row;

	reply = plain_choose(plain, &list, &row);
	if (reply == REPLY_TEXT) {
		story_text(check, row, &text);
		dialog_say("");
		dialog_say(text.s);
		dialog_say("");
		text_release(&text);
	}
	return reply;
}

enum way {
	WAY_DONE,
	WAY_FORM,		/* practice */
	WAY_LOOK,
	WAY_DETAILS,
	WAY_CARDS,
	WAY_VALUES
};

/* The ways on, in the order in which they are likely. */
static void
ways_of(struct plain_ways *ways, const struct app *app)
{
	bool values = app_reachable(app, 4);

	ways->count = 0;
	if (app_all_right(app))
		plain_way(ways, WAY_DONE, N_("Go on: all is right"));
	else if (app->options->practice)
		plain_way(ways, WAY_FORM,
		    N_("Open the pretend form and correct it"));
	/* Without them there is nothing to type. */
	if (!values)
		plain_way(ways, WAY_VALUES, N_("Enter AWS's values"));
	plain_way(ways, WAY_LOOK, N_("Look again now"));
	plain_way(ways, WAY_DETAILS, N_("Everything about one record"));
	if (values)
		plain_way(ways, WAY_CARDS, N_("Show again what to type"));
}

static void
look(struct plain *plain)
{
	/* It is told whole below, not by its changes. */
	plain->told.complete = false;
	app_look(plain->app);
	dialog_say(_("Looking ..."));
	plain_wait(plain);
	tell_check(plain);
}

/* One question of this step; the next step, 0: leave. */
static int
ask_way(struct plain *plain)
{
	struct app *app = plain->app;
	struct plain_ways ways;
	struct plain_list list = {
		.question = _("What now?"), .item = plain_msgid,
		.arg = ways.text
	};
	char watches[STEP_SENTENCE];
	struct text right = TEXT_INIT;
	enum reply reply;
	size_t choice, worst;

	text_program(watches, sizeof watches, app->options->practice ?
	    _(step_check_practice) : _(step_check_watches_lines));
	step_words(&right, &app->session.identity,
	    step_check_right(&app->check));
	dialog_say(app_all_right(app) ? right.s : watches);
	text_release(&right);
	ways_of(&ways, app);
	list.count = ways.count;
	reply = plain_choose(plain, &list, &choice);
	if (reply == REPLY_BACK)
		return app_reachable(app, 4) ? 4 : 3;
	if (reply != REPLY_TEXT)
		return plain_turn(reply, 5);
	switch (ways.way[choice]) {
	case WAY_DONE:
		return STEP_COUNT;
	case WAY_VALUES:
		return 3;
	case WAY_CARDS:
		return 4;
	case WAY_DETAILS:
		return tell_row(plain) == REPLY_LEAVE ? 0 : 5;
	case WAY_FORM:
		worst = story_worst(&app->check);
		if (plain_form(plain, worst < app->check.plan.count ?
		    worst : 0) == REPLY_LEAVE)
			return 0;
		break;
	default:
		break;
	}
	look(plain);
	return 5;
}

int
plain_check(struct plain *plain)
{
	int next = 0;

	look(plain);
	while (!plain->dialog.stop && (next = ask_way(plain)) == 5)
		continue;
	return plain->dialog.stop ? 0 : next;
}
