#include "model/steps.h"

#include <string.h>

#include "base/age.h"
#include "base/lang.h"
#include "base/text.h"
#include "model/story.h"
#include "report/report.h"
#include "ses/service.h"

const char step_done_region[] =
    N_("The line names no region: choose yours at the top right of AWS's page "
       "first.");
const char step_done_noted[] =
    N_("Saved. q leaves; you can come back at any time.");
const char step_practice_noted[] =
    N_("In practice nothing is saved. q leaves.");
const char step_done_practice[] =
    N_("Practice ends here. With your own domain you would now choose what "
       "AWS's page says. q leaves; then type {program} your-domain.jp");

const struct done_status step_done_status[DONE_STATUSES] = {
	{ SES_PENDING,
	    N_("Just wait: AWS looks by itself and goes on for 72 hours. It "
	    "usually takes minutes, at times some hours. AWS may remember an "
	    "earlier look for a while."),
	    N_("Just wait: {aws} is still looking. It usually takes minutes, "
	    "at times some hours.") },
	{ SES_FAILED,
	    N_("AWS has stopped looking; waiting does not help. Start it "
	    "again, only while it says \"Failed\": run this line in CloudShell "
	    "(the >_ sign at the top of AWS's page) or by the AWS CLI. If it "
	    "prints other DKIM values, paste them in step 3."),
	    N_("{aws} has stopped looking, so waiting does not help. DNS is "
	    "right now. {press} If it shows other rows then, paste them in "
	    "step 3.") },
	{ SES_TEMPORARY_FAILURE,
	    N_("AWS could not confirm the rows at its last look, and looks "
	    "again for 72 hours. They are right now, so there is nothing to "
	    "do."),
	    N_("{aws} could not confirm the rows at its last look. They are "
	    "right now. {press}") },
	{ SES_VERIFIED,
	    N_("AWS has verified your domain. What is left is a test mail: "
	    "does it arrive?"),
	    N_("{aws} has verified your domain. What is left is a test mail: "
	    "does it arrive?") },
};

const char *
step_done_arrived(const struct session *session, int64_t now, struct text *t)
{
	text_clear(t);
	for (int i = STATE_PASS; i < STATE_COUNT; i++) {
		if (session->arrived_at == 0 ||
		    strcmp(session->arrived, state_text((enum state)i)) != 0)
			continue;
		text_addf(t, "%s, ", state_word((enum state)i));
		age_text(t, now - session->arrived_at);
		return t->s;
	}
	text_add(t, _("next: send yourself a test mail"));
	return t->s;
}

void
step_done_verdict(struct text *t, const struct check *check, bool right,
    enum state *state)
{
	enum step_words words = right ? STEP_DONE_RIGHT : STEP_DONE_VERIFIED;

	*state = right ? STATE_PASS : STATE_WARN;
	if (right && check->delegation.stands_in) {
		*state = STATE_WARN;
		words = STEP_DONE_SEEN;
	}
	if (right && diagnosis_finds(&check->diagnosis, FINDING_ROWS_LOST)) {
		*state = STATE_WARN;
		words = STEP_DONE_LOST;
	}
	step_words(t, &check->plan.identity, words);
}

/*
 * "DKIM OK": how the records of a kind stand, for the mail services' rules;
 * what need not stand is said to be so.
 */
static const char *
standing(const struct check *check, enum wanted_kind kind)
{
	const char *word = kind == WANTED_DMARC ? _("none (recommended)") :
	    kind == WANTED_MAIL_FROM_SPF ? _("none (optional)") :
	    _("not set");
	enum state state, worst_state = STATE_PASS;
	bool any = false;

	for (size_t i = 0; i < check->plan.count; i++) {
		if (check->plan.wanted[i].kind != kind ||
		    !story_state(check, i, &state) ||
		    (!check->plan.wanted[i].required &&
		    check->diagnosis.record[i].finding == FINDING_MISSING))
			continue;
		if (!any || state > worst_state) {
			any = true;
			worst_state = state;
			word = state_word(state);
		}
	}
	return word;
}

void
step_done_rules(const struct check *check, struct text *t)
{
	const struct text_place places[] = {
		{ "dkim", standing(check,
		    identity_has_own_key(&check->plan.identity) ?
		    WANTED_BYODKIM : WANTED_DKIM) },
		{ "spf", standing(check, WANTED_MAIL_FROM_SPF) },
		{ "dmarc", standing(check, WANTED_DMARC) },
		{ NULL, NULL },
	};

	text_clear(t);
	text_add_filled(t, _("For Gmail and Yahoo:  "
	    "DKIM {dkim}  SPF {spf}  DMARC {dmarc}"), places);
}

static const char step_done_no_line[] =
    N_("With your own domain a line for CloudShell stands here. It starts AWS "
       "again, for after \"Failed\" waiting does not help.");

void
step_done_meaning(struct text *t, const struct check *check, size_t choice,
    bool practice)
{
	const struct identity *identity = &check->plan.identity;
	enum ses_status status = step_done_status[choice].status;
	bool service = service_of(identity) != NULL;
	const char *text = service ? step_done_status[choice].service :
	    step_done_status[choice].meaning;
	struct text line = TEXT_INIT;
	bool restarts = report_ses_restart(&line, identity, status);

	text_release(&line);
	if (practice && restarts) {
		text_clear(t);
		text_add(t, _(step_done_no_line));
		return;
	}
	if (diagnose_proof_fails(&check->diagnosis, &check->plan) &&
	    status != SES_PENDING) {
		report_ses_sentence(t, identity, status == SES_FAILED ?
		    SES_NOTE_STOPPED_WRONG : SES_NOTE_LOST, REPORT_REMEDY);
		return;
	}
	if ((status == SES_VERIFIED || status == SES_TEMPORARY_FAILURE) &&
	    (check->ended == 0 || !step_all_right(check, identity)))
		text = N_("Not every row is seen as right in DNS. Step 5 "
		    "shows which, and what to do.");
	else if (restarts && status == SES_VERIFIED)
		text = N_("You can send from this domain. AWS gave up "
		    "looking for your MAIL FROM row; it is right now. "
		    "To set it up again, run this line in CloudShell "
		    "(the >_ sign at the top of AWS's page).");
	else if (status == SES_VERIFIED && identity->status != SES_VERIFIED)
		text = N_("If that is what {aws} says, save it with Enter.");
	else if (!restarts && status == SES_FAILED && !service)
		text = N_("AWS has stopped looking. This identity has keys of "
		    "its own or of another region: look at its page at AWS "
		    "there. Nothing can be started from here.");
	service_fill(t, text, identity);
}

void
step_done_restart(const struct check *check, size_t choice, bool practice,
    struct text *t)
{
	text_clear(t);
	/* The domain of practice is nobody's: no line of it is to be run. */
	if (!practice && !diagnose_proof_fails(&check->diagnosis, &check->plan))
		report_ses_restart(t, &check->plan.identity,
		    step_done_status[choice].status);
}

void
step_done_words(const struct identity *identity, struct text *t)
{
	struct identity brief = *identity;
	struct text words = TEXT_INIT;

	/* Where it looked is told in step 5: one line is all there is. */
	brief.soa[0] = '\0';
	report_ses_words(&words, &brief);
	text_clear(t);
	if (words.len > 0 && identity->checked_at != 0)
		report_ses_says(t, identity, words.s);
	text_release(&words);
}
