#include "lang.h"
#include "screen.h"
#include "story.h"
#include "text.h"

enum {
	STATUSES = 3
};

/* By what AWS says: the answer, and what it means now. */
static const struct {
	enum ses_status status;
	const char *text, *meaning;
} statuses[STATUSES] = {
	{ SES_PENDING, N_("Verification pending"),
	    N_("Just wait. AWS looks by itself; it usually takes minutes, at "
	    "times some hours. AWS may remember an earlier look for a while. "
	    "Within 72 hours it says \"Verified\".") },
	{ SES_FAILED, N_("Failed"),
	    N_("AWS has stopped looking, so waiting does not help. Now that "
	    "DNS is right, restart it: in Amazon SES open Identities, choose "
	    "the domain, and under DKIM press Edit, then Save changes "
	    "(Easy DKIM, enabled). Should the page show other codes "
	    "afterwards, come back to step 3 and paste them.") },
	{ SES_VERIFIED, N_("Verified"),
	    N_("All done: you can send from this domain.") },
};

static void
enter(struct app *app)
{
	for (size_t i = 0; i < STATUSES; i++)
		if (statuses[i].status == app->session.identity.status)
			app->done.choice = i;
}

/* "DKIM OK": how the records of a kind stand, for the mail services' rules. */
static const char *
standing(const struct check *check, enum wanted_kind kind)
{
	const char *word = NULL;
	enum state state, worst_state = STATE_PASS;

	for (size_t i = 0; i < check->plan.count; i++) {
		if (check->plan.wanted[i].kind != kind ||
		    !story_state(check, i, &state))
			continue;
		if (word == NULL || state > worst_state) {
			worst_state = state;
			word = state_word(state);
		}
	}
	return word != NULL ? word : _("not set (optional)");
}

static int
draw_rules(const struct app *app, struct paint *paint, int y)
{
	char text[SCREEN_TEXT];
	struct text_place places[] = {
		{ "dkim", standing(&app->check, WANTED_DKIM) },
		{ "spf", standing(&app->check, WANTED_MAIL_FROM_SPF) },
		{ "dmarc", standing(&app->check, WANTED_DMARC) },
		{ NULL, NULL },
	};

	text_fill(text, sizeof text, _("What Gmail and Yahoo look at:  "
	    "DKIM {dkim}  SPF {spf}  DMARC {dmarc}"), places);
	return paint_wrap(paint, y, 1, 2, ROLE_TEXT, text);
}

static void
draw(const struct app *app, struct paint *paint)
{
	size_t choice = app->done.choice;
	int y = SCREEN_TOP + 1;

	if (app_all_right(app))
		y = paint_wrap(paint, y, 1, 2, ROLE_PASS,
		    _("DNS is right: every record AWS needs is there."));
	else
		y = paint_wrap(paint, y, 1, 2, ROLE_NOTE, _("AWS says "
		    "verified. Step 5 shows how DNS stands."));
	y = paint_wrap(paint, y + 1, 1, 2, ROLE_TEXT,
	    _("What does AWS's page say now as \"Identity status\"?")) + 1;
	for (size_t i = 0; i < STATUSES; i++)
		y = screen_choice(paint, y, i == choice, _(statuses[i].text),
		    app->session.identity.status == statuses[i].status ?
		    _("(kept)") : NULL, 0);
	y = paint_wrap(paint, y + 1, 1, 5, ROLE_VALUE,
	    _(statuses[choice].meaning)) + 1;
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _("Never delete these DNS "
	    "records: without them AWS stops sending."));
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _("In the \"sandbox\" mail "
	    "goes only to verified addresses. To leave it: Amazon SES, "
	    "Account dashboard, Request production access."));
	draw_rules(app, paint, y);
}

static bool
act(struct app *app, enum action action)
{
	size_t *choice = &app->done.choice;

	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		*choice -= *choice > 0;
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		*choice += *choice + 1 < STATUSES;
		return true;
	case ACTION_ENTER:
		app->session.identity.status = statuses[*choice].status;
		app->session.identity.status_imported = false;
		app_save(app);
		return true;
	case ACTION_BACK:
		app_go(app, SCREEN_CHECK);
		return true;
	default:
		return false;
	}
}

const struct screen_ops screen_done = {
	.step = 6,
	.enter = enter,
	.draw = draw,
	.act = act,
};
