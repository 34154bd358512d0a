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
	    N_("Just wait: AWS looks by itself and goes on for 72 hours. It "
	    "usually takes minutes, at times some hours. AWS may remember an "
	    "earlier look for a while.") },
	{ SES_FAILED, N_("Failed"),
	    N_("AWS has stopped looking, so waiting does not help. Now that "
	    "DNS is right, start it again, only while it says \"Failed\": open "
	    "CloudShell (the >_ sign at the top of AWS's page) and run this "
	    "line. If it prints codes that differ from yours, paste them in "
	    "step 3. (c copies the line, p shows it alone.)") },
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
	return word != NULL ? word : _("not set");
}

/*
 * The line that makes AWS look again after it gave up; in parts that a shell
 * joins, so that it can be copied from a narrow screen.
 */
static void
restart_line(const struct app *app, char *dst, size_t size)
{
	const struct identity *identity = &app->session.identity;
	char domain[NAME_TEXT];
	const struct text_place places[] = {
		{ "domain", name_text(&identity->domain, domain) },
		{ "region", identity->region },
		{ NULL, NULL },
	};

	text_fill(dst, size, identity->tokens > 0 ?
	    "aws sesv2 put-email-identity-dkim-signing-attributes \\\n"
	    "  --email-identity {domain} --region {region} \\\n"
	    "  --signing-attributes-origin AWS_SES" :
	    "aws ses verify-domain-identity \\\n"
	    "  --domain {domain} --region {region}", places);
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
	return paint_wrap(paint, y, 1, screen_bottom(paint) - y, ROLE_TEXT,
	    text);
}

static void
draw(const struct app *app, struct paint *paint)
{
	size_t choice = app->done.choice;
	char text[SCREEN_TEXT];
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
	y = paint_wrap(paint, y + 1, 1, 5, ROLE_TEXT,
	    _(statuses[choice].meaning));
	if (statuses[choice].status == SES_FAILED &&
	    app->session.identity.region[0] == '\0') {
		y = paint_wrap(paint, y, 3, 2, ROLE_WARNING, _("Choose the "
		    "region in step 3 first: the line needs it."));
	} else if (statuses[choice].status == SES_FAILED) {
		restart_line(app, text, sizeof text);
		y = paint_wrap(paint, y, 3, 4, ROLE_FOCUS, text);
	}
	y++;
	y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _("Never delete these DNS "
	    "records: without them AWS stops sending."));
	if (statuses[choice].status != SES_FAILED)
		y = paint_wrap(paint, y, 1, 2, ROLE_TEXT, _("In the "
		    "\"sandbox\" mail "
		    "goes only to verified addresses. To leave it: Amazon "
		    "SES, Account dashboard, Request production access."));
	if (statuses[choice].status != SES_FAILED)
		draw_rules(app, paint, y);
}

static bool
act(struct app *app, enum action action)
{
	size_t *choice = &app->done.choice;
	char text[SCREEN_TEXT];

	restart_line(app, text, sizeof text);
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
		app_notice(app, _("Noted. q leaves; you can come back at any "
		    "time."));
		return true;
	case ACTION_COPY:
		app_copy(app, text);
		return true;
	case ACTION_PLAIN:
		page_open(app, "", true);
		page_add(app, text);
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
