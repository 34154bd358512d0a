#include "model/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "company/rehearsal.h"
#include "model/steps.h"
#include "report/report.h"
#include "base/xalloc.h"

/* Another process saved answers for this domain: they are here now. */
static void
take_in(struct app *app, const struct identity *before)
{
	app_provider_changed(app, provider_find(app->session.provider));
	if (memcmp(before, &app->session.identity, sizeof *before) != 0) {
		app_identity_changed(app);
		if (app->step == 5)
			app_look(app);
	}
	app_notice(app, _("Another dnsesame saved answers for this domain, "
	    "too. Both were kept."));
}

void
app_save(struct app *app)
{
	struct identity before = app->session.identity;
	char why[SESSION_WHY];
	int rc;

	if (app->options->practice || !app->session.identity.has_domain)
		return;
	if (!app->choosing)
		app->session.step = app->step;
	app->session.saved_at = clock_now();
	/* Nobody knows better since when AWS looks. */
	if (app->session.identity.status == SES_PENDING &&
	    app->session.identity.pending_since == 0)
		app->session.identity.pending_since = clock_now();
	rc = session_sync(&app->session, &app->base, app->begun ?
	    &app->check.background.noted : NULL, why);
	app->kept = rc != -1;
	if (app->kept)
		app->base = app->session;
	if (rc == 1)
		take_in(app, &before);
	else if (rc == -1)
		app_notice(app, why);
}

bool
app_all_right(const struct app *app)
{
	return app->begun && app->seen &&
	    step_all_right(&app->check, &app->session.identity);
}

bool
app_reachable(const struct app *app, int step)
{
	const struct identity *identity = &app->session.identity;
	const char *why;

	switch (step) {
	case 1:
		return true;
	case 2:
	case 3:
	case 5:
		return identity->has_domain;
	case 4:
		return identity->has_domain &&
		    identity_complete(identity, &why);
	default:
		return app_all_right(app) ||
		    (identity->has_domain && identity->status == SES_VERIFIED);
	}
}

/* When no look is under way. */
static void
begin_look(struct app *app)
{
	if (!app->options->practice)
		session_known(&app->session.identity,
		    &app->check.background.known);
	/* Where the step asks for values; a watch is not to ask for more. */
	app->check.background.suggest = app->step <= 3;
	check_set_entered(&app->check, &app->session.entered);
	check_start(&app->check, app->now);
}

void
app_look(struct app *app)
{
	if (!app->begun)
		return;
	check_forget(&app->check, app->now);
	app->again = app->check.running;
	if (!app->check.running)
		begin_look(app);
	app->dirty = true;
}

/*
 * What was entered stays with its row: another value is another row.  Other
 * answers come with ticks of their own.
 */
static void
keep_ticks(struct app *app)
{
	struct ticks *ticks = &app->session.entered;
	const struct plan *plan = &app->check.plan;

	if (app->ticked != app->opened) {
		app->ticked = app->opened;
		check_set_entered(&app->check, ticks);
		return;
	}
	for (size_t i = 0; i < ticks->count; i++)
		ticks->tick[i].at = 0;
	for (size_t i = 0; i < plan->count; i++)
		(void)ticks_set(ticks, plan->wanted[i].id,
		    plan->wanted[i].entered);
}

/* What stood in the domain when it was entered comes from its file. */
static void
load_noted(struct app *app)
{
	if (!app->options->practice)
		session_noted(&app->session.identity.domain,
		    &app->check.background.noted);
	app->noted_at = app->check.background.noted.at;
}

void
app_identity_changed(struct app *app)
{
	struct name before = app->check.plan.domain;
	char guard[PLAN_GUARD];

	app->seen = false;
	app->changes++;
	app->card = 0;
	app->told = false;
	if (app->begun) {
		check_set_identity(&app->check, &app->session.identity);
		keep_ticks(app);
		if (!name_equal(&before, &app->check.plan.domain))
			load_noted(app);
		return;
	}
	plan_guard(guard);
	check_init(&app->check, app->options->world, &app->session.identity,
	    guard);
	if (app->options->budget > 0)
		app->check.budget = app->options->budget;
	app->check.record = app->options->record;
	app->check.vantages = app->options->also;
	app->check.background.noted.take = true;
	check_set_entered(&app->check, &app->session.entered);
	app->ticked = app->opened;
	load_noted(app);
	app->begun = true;
	check_set_provider(&app->check, provider_find(app->session.provider));
}

void
app_provider_changed(struct app *app, const struct provider *provider)
{
	strlcpy(app->session.provider, provider != NULL ? provider->id : "",
	    sizeof app->session.provider);
	if (app->begun)
		check_set_provider(&app->check, provider);
}

void
app_notice(struct app *app, const char *text)
{
	text_clear(&app->notice);
	text_add(&app->notice, text);
	app->dirty = true;
}

int
app_resume_step(const struct app *app)
{
	const char *why;

	if (identity_complete(&app->session.identity, &why))
		return 5;
	return app->session.step == 3 ? 3 : 2;
}

/* Other answers take the place of those that were open. */
static void
take_session(struct app *app)
{
	app->base = app->session;
	app->asked = app->conflict = false;
	app->opened++;
	memset(&app->mailbox, 0, sizeof app->mailbox);
	app_provider_changed(app, provider_find(app->session.provider));
}

void
app_close(struct app *app)
{
	char lang[sizeof app->session.lang];

	strlcpy(lang, app->session.lang, sizeof lang);
	session_init(&app->session);
	strlcpy(app->session.lang, lang, sizeof lang);
	if (app->begun)
		noted_clear(&app->check.background.noted);
	take_session(app);
}

void
app_open(struct app *app, const struct session *session)
{
	app->session = *session;
	take_session(app);
	app_identity_changed(app);
	app_look(app);
}

bool
app_is_open(const struct app *app, const struct session *session)
{
	const struct identity *open = &app->session.identity;

	return open->has_domain &&
	    name_equal(&open->domain, &session->identity.domain) &&
	    strcmp(open->region, session->identity.region) == 0;
}

void
app_forget(struct app *app, const struct session *session)
{
	char why[SESSION_WHY];

	if (session_forget(&session->identity.domain, session->identity.region,
	    why) == -1)
		app_notice(app, why);
	else if (app_is_open(app, session))
		app_close(app);
}

void
app_read_saved(struct app *app)
{
	char why[SESSION_WHY];

	saved_release(&app->saved);
	if (saved_read(&app->saved, why) == -1)
		app_notice(app, why);
}

bool
app_has_other(const struct app *app)
{
	for (size_t i = 0; i < app->saved.count; i++)
		if (!app_is_open(app, &app->saved.row[i]))
			return true;
	return false;
}

/* Takes over what was saved of this domain, if anything was. */
static bool
load(struct app *app, const struct identity *identity)
{
	struct session *loaded;
	char why[SESSION_WHY];
	int rc;

	if (app->options->practice)
		return false;
	loaded = xmalloc(sizeof *loaded);
	session_init(loaded);
	rc = session_load(loaded, &identity->domain, "", why);
	if (rc == -1)
		app_notice(app, why);
	if (rc == 1) {
		app->session = app->base = *loaded;
		app_provider_changed(app, provider_find(loaded->provider));
	}
	free(loaded);
	return rc == 1;
}

int
app_take_domain(struct app *app, const char *text, const char **why)
{
	struct identity *identity = &app->session.identity;
	struct identity next;
	bool same;

	identity_init(&next);
	if (identity_set_domain(&next, text, why) == -1)
		return -1;
	*why = NULL;
	same = identity->has_domain &&
	    name_equal(&identity->domain, &next.domain);
	if (!same) {
		/* Values of another domain would be wrong for this one. */
		if (identity->has_domain)
			app_close(app);
		if (!load(app, &next)) {
			identity->domain = next.domain;
			identity->has_domain = true;
		}
		app_identity_changed(app);
	}
	if (!same || !app->seen)
		app_look(app);
	return 0;
}

void
app_note_anew(struct app *app)
{
	if (!diagnosis_finds(&app->check.diagnosis,
	    FINDING_ROWS_LOST))
		return;
	noted_clear(&app->check.background.noted);
	app_look(app);
}

bool
app_take_company(struct app *app, size_t index)
{
	const struct check *check = &app->check;
	const struct provider *candidate;
	bool several = step_company_at(check, 0, &candidate) ==
	    COMPANY_CANDIDATE;
	bool elsewhere = step_company_elsewhere(check);
	enum company_choice choice = step_company_at(check,
	    index, &candidate);

	if (choice == COMPANY_OTHER)
		return false;
	if (choice == COMPANY_CANDIDATE)
		app_provider_changed(app, candidate);
	/* Among several, what most forms want is the safest. */
	else if (several)
		app_provider_changed(app, provider_generic());
	/*
	 * Either way on is the company that runs the name servers, whatever
	 * was chosen before; where they differ, the other way keeps that one.
	 */
	else if (elsewhere == (choice == COMPANY_GO_ON))
		app_provider_changed(app, NULL);
	return true;
}

bool
app_take_mail(struct app *app, const char *text, size_t len,
    enum mailbox_topic *topic)
{
	struct mailbox *mailbox = &app->mailbox;

	if (!mailbox_take(mailbox, &app->session.identity, text, len, app->now,
	    topic))
		return false;
	if (*topic != MAILBOX_MAIL)
		return true;
	strlcpy(app->session.arrived, state_text(mailbox->arrival.verdict),
	    sizeof app->session.arrived);
	app->session.arrived_at = app->now;
	app_save(app);
	app_look(app);
	return true;
}

static const char account_kept[] =
    N_("This is about the AWS account, not the domain. It is kept for step 6: "
       "\"Does it arrive?\", \"Out of the sandbox\".");

bool
app_take_account(struct app *app, const char *text, size_t len,
    struct text *said)
{
	struct account account;

	if (!account_read(&account, text, len))
		return false;
	app->mailbox.account = account;
	app->mailbox.has_account = true;
	text_clear(said);
	text_add(said, _(account_kept));
	return true;
}

/*
 * The practice domain as the reader's language has it, with the rows that are
 * there already.
 */
static int
rehearse(struct app *app)
{
	const struct app_options *options = app->options;

	while (app->pretend.rows > 0)
		pretend_forget(&app->pretend, options->world,
		    app->pretend.rows - 1);
	if (rehearsal_tell(&app->session.identity, options->provider) == -1)
		return -1;
	app->opened++;
	app_identity_changed(app);
	return pretend_begin(&app->pretend, options->world,
	    provider_rules(rehearsal_company(options->provider)),
	    &app->check.plan);
}

/* Practice begins anew in another language while nothing was done. */
static bool
is_untouched(const struct app *app)
{
	return app->options->practice && app->step == 1 &&
	    app->session.entered.count == 0;
}

void
app_switch_language(struct app *app)
{
	enum lang next = (enum lang)((lang_current() + 1) % LANG_COUNT);

	lang_set(next);
	if (is_untouched(app) && rehearse(app) == 0)
		app_look(app);
	strlcpy(app->session.lang, lang_code(next), sizeof app->session.lang);
	app_save(app);
}

char *
app_note_text(const struct app *app)
{
	char *note;
	size_t size;
	FILE *out = open_memstream(&note, &size);

	if (out == NULL)
		err(EX_OSERR, NULL);
	report_records_markdown(out, &app->check);
	if (fclose(out) == EOF)
		err(EX_OSERR, NULL);
	return note;
}

void
app_save_note(struct app *app)
{
	char *note, why[SESSION_WHY];

	if (app->options->practice || app->check.plan.count == 0)
		return;
	note = app_note_text(app);
	if (session_save_note(&app->check.plan.domain, note, why) == -1)
		app_notice(app, why);
	free(note);
}

bool
app_watching(const struct app *app)
{
	return app->begun && app->step == 5 && !app_all_right(app);
}

/* A look has ended: what stood in the domain is noted the first time. */
static void
looked(struct app *app)
{
	int64_t at = app->check.background.noted.at;

	app->seen = true;
	app->looks++;
	app->dirty = true;
	/* Unless the domain was forgotten meanwhile. */
	if (app->session.identity.has_domain && at != app->noted_at) {
		app->noted_at = at;
		app_save(app);
	}
}

int64_t
app_step(struct app *app)
{
	bool news = false, was_running;
	int64_t due;

	if (!app->begun)
		return INT64_MAX;
	was_running = app->check.running;
	due = check_step(&app->check, app->now, &news);
	app->dirty |= news;
	if (was_running && !app->check.running)
		looked(app);
	if (app->check.running)
		return due;
	if (app->again || (app_watching(app) &&
	    app->now >= check_next_look(&app->check))) {
		/* What that look found meanwhile is not of this one. */
		if (app->again)
			check_forget(&app->check, app->now);
		app->again = false;
		begin_look(app);
		due = app->now;
	} else if (app_watching(app) && check_next_look(&app->check) < due) {
		due = check_next_look(&app->check);
	}
	return due;
}

int
app_first_step(const struct app *app)
{
	const struct app_options *options = app->options;

	if (options->practice || !app->session.identity.has_domain)
		return 1;
	return options->session == NULL ? 2 : app_resume_step(app);
}

int
app_begin(struct app *app, const struct app_options *options)
{
	struct identity *identity = &app->session.identity;

	app->options = options;
	app->step = 1;
	app->now = clock_now();
	session_init(&app->session);
	app->base = *options->base;
	if (options->session != NULL && !options->practice)
		app->session = *options->session;
	if (!options->practice)
		*identity = *options->identity;
	app_provider_changed(app, options->provider);
	if (options->practice) {
		if (rehearsal_begin(options->world, options->provider) == -1 ||
		    rehearse(app) == -1) {
			warnx("%s", _("the practice domain could not be "
			    "built"));
			return -1;
		}
	} else {
		app_read_saved(app);
		if (identity->has_domain)
			app_identity_changed(app);
	}
	if (identity->has_domain)
		begin_look(app);
	if (options->note[0] != '\0')
		app_notice(app, options->note);
	if (options->account != NULL) {
		app->mailbox.account = *options->account;
		app->mailbox.has_account = true;
		app_notice(app, _(account_kept));
	}
	return 0;
}

bool
app_farewell(const struct app *app, char text[static APP_NOTICE])
{
	text_program(text, APP_NOTICE, app->options->practice ?
	    _("This was practice. For your own domain: {program} "
	    "your-domain.jp") : _("Saved. Type {program} to go on."));
	if (app->options->practice || app->kept)
		return true;
	if (app->notice.len > 0)
		warnx("%s", app->notice.s);
	return false;
}

void
app_end(struct app *app)
{
	if (app->begun)
		check_release(&app->check);
	pretend_release(&app->pretend);
	saved_release(&app->saved);
	text_release(&app->notice);
}
