#include "plain/plain-internal.h"

#include <stdlib.h>

#include "ses/window.h"
#include "base/lang.h"
#include "model/rows.h"
#include "report/report.h"
#include "base/text.h"
#include "base/xalloc.h"

/* "Domain (Enter: example.jp)" */
static void
domain_question(const struct app *app, struct text *t)
{
	char domain[NAME_TEXT];
	const struct text_place places[] = {
		{ "domain", domain }, { NULL, NULL }
	};

	if (!app->session.identity.has_domain) {
		text_add(t, step_name(1));
		return;
	}
	name_text(&app->session.identity.domain, domain);
	text_add_filled(t, _("Domain (Enter: {domain})"), places);
}

/* What is pasted where the domain is asked; true when it names one. */
static bool
paste_first(struct plain *plain, char line[static DIALOG_LINE],
    struct import *first, bool *kept)
{
	struct text document = TEXT_INIT, said = TEXT_INIT;
	enum app_first what = APP_FIRST_NONE;

	if (plain_paste(plain, line, &document) == REPLY_TEXT)
		what = app_read_first(plain->app, document.s, document.len,
		    first, &said);
	text_release(&document);
	*kept = what == APP_FIRST_KEPT;
	if (*kept && first->identity.has_domain)
		name_text(&first->identity.domain, line);
	else if (*kept)
		text_line_add(&said, _(app_first_domain));
	if (what != APP_FIRST_NONE)
		dialog_say(said.s);
	text_release(&said);
	return what == APP_FIRST_NONE ||
	    (*kept && first->identity.has_domain);
}

static int
take_first(struct plain *plain, const char *line, bool typed,
    const struct import *first)
{
	struct app *app = plain->app;
	struct text said = TEXT_INIT;
	const char *why;
	bool doubt;

	if (app_take_first(app, line, first, &why) == -1) {
		dialog_say(_(why));
		return why == app_first_other ? 1 : -1;
	}
	if (typed && first == NULL)
		app_note_anew(app);
	step_domain_understood(line, &said, &doubt);
	if (said.len > 0)
		dialog_say(said.s);
	text_release(&said);
	return 0;
}

int
plain_domain(struct plain *plain)
{
	struct app *app = plain->app;
	char line[DIALOG_LINE];
	struct text question = TEXT_INIT;
	struct import *first = xmalloc(sizeof *first);
	bool kept = false, over = false;
	enum reply reply;

	dialog_say(_(step_domain_question));
	dialog_say(_(step_domain_example));
	dialog_say(_(step_domain_about));
	dialog_say(app->options->practice ? _(step_domain_practice) :
	    _(step_domain_harmless));
	domain_question(app, &question);
	while (!over && (reply = plain_ask(plain, question.s, line)) ==
	    REPLY_TEXT) {
		bool typed = *line != '\0';
		int rc;

		if (!typed && app->session.identity.has_domain)
			name_text(&app->session.identity.domain, line);
		if (typed && plain_is_paste(plain, line) &&
		    !paste_first(plain, line, first, &kept))
			continue;
		rc = take_first(plain, line, typed, kept ? first : NULL);
		kept = kept && rc != 1;
		over = rc == 0;
	}
	free(first);
	text_release(&question);
	return over ? 2 : plain_turn(reply, 1);
}

static void
company_item(const void *arg, size_t index, struct text *t)
{
	const struct app *app = arg;

	step_company_choice(&app->check, index, t);
}

/* The company, how it is known, and what is wrong with the domain. */
static void
tell_company(struct plain *plain)
{
	const struct app *app = plain->app;
	const struct check *check = &app->check;
	bool elsewhere = step_company_elsewhere(check);
	struct text text = TEXT_INIT;
	char *said;
	size_t size;
	FILE *out = plain_open(&said, &size);

	fprintf(out, "%s: %s\n", _(step_company_label), elsewhere ?
	    provider_name(check->company.detected) :
	    step_company_name(check));
	step_company_evidence(check, &text);
	fprintf(out, "%s\n", text.s);
	if (!diagnosis_finds(&check->diagnosis, FINDING_PARKED))
		fprintf(out, "%s\n%s\n", _(step_company_where),
		    _(step_company_keep));
	for (size_t i = 0; i < check->diagnosis.domains; i++)
		report_domain_text(out, check, i, false);
	step_company_warning(check, &text);
	if (text.len > 0)
		fprintf(out, "%s\n", text.s);
	text_clear(&text);
	report_company_before(&text, check);
	if (text.len > 0 && !elsewhere)
		fprintf(out, "%s\n", text.s);
	text_release(&text);
	plain_said(out, &said);
}

int
plain_company(struct plain *plain)
{
	struct app *app = plain->app;
	struct plain_list list = { .item = company_item, .arg = app };
	const struct list_rows rows = rows_companies();
	enum reply reply;
	size_t choice, count;

	plain_wait(plain);
	tell_company(plain);
	list.count = step_company_count(&app->check);
	reply = plain_choose(plain, &list, &choice);
	if (reply != REPLY_TEXT)
		return plain_turn(reply, 2);
	if (!app_take_company(app, choice)) {
		reply = plain_pick(plain, &rows, &choice);
		if (reply == REPLY_LEAVE)
			return 0;
		if (reply == REPLY_TEXT)
			app_provider_changed(app,
			    provider_table(&count)[choice]);
		return 2;
	}
	app->asked = app->session.identity.status != SES_UNKNOWN;
	return 3;
}

static void
status_item(const void *arg, size_t index, struct text *t)
{
	const struct app *app = arg;
	struct text age = TEXT_INIT;

	if (index == DONE_STATUSES) {
		text_addf(t, "%s  %s", _(mailbox_line),
		    step_done_arrived(&app->session, app->now, &age));
		text_release(&age);
		return;
	}
	text_add(t, ses_status_title(step_done_status[index].status));
	if (!app->options->practice && app->session.identity.status ==
	    step_done_status[index].status)
		text_addf(t, " %s", _("(saved)"));
}

/* What AWS's answer means now, and what stays true. */
static void
tell_status(struct plain *plain, size_t choice)
{
	const struct app *app = plain->app;
	const struct identity *identity = &app->session.identity;
	struct text text = TEXT_INIT;

	step_done_meaning(&text, &app->check, choice, app->options->practice);
	dialog_say(text.s);
	text_clear(&text);
	step_done_restart(&app->check, choice, app->options->practice, &text);
	if (text.len > 0 && identity->region[0] == '\0')
		dialog_say(_(step_done_region));
	if (text.len > 0)
		dialog_say(text.s);
	text_clear(&text);
	window_text(&text, identity, app->now);
	if (text.len > 0 && step_done_status[choice].status == SES_PENDING)
		dialog_say(text.s);
	step_words(&text, identity, STEP_DONE_KEEP);
	dialog_say(text.s);
	step_words(&text, identity, STEP_DONE_SANDBOX);
	if (text.len > 0)
		dialog_say(text.s);
	step_done_rules(&app->check, &text);
	dialog_say(text.s);
	text_release(&text);
}

int
plain_done(struct plain *plain)
{
	struct app *app = plain->app;
	struct identity *identity = &app->session.identity;
	struct text question = TEXT_INIT;
	struct plain_list list = {
		.count = DONE_STATUSES + 1,
		.item = status_item, .arg = app
	};
	char line[DIALOG_LINE], practice[STEP_SENTENCE];
	struct text words = TEXT_INIT;
	enum reply reply;
	enum state state;
	size_t choice;

	app_save_note(app);
	step_done_verdict(&words, &app->check, app_all_right(app), &state);
	dialog_say(words.s);
	step_done_words(identity, &words);
	if (words.len > 0)
		dialog_say(words.s);
	text_release(&words);
	for (int i = 0; i < DONE_STATUSES; i++)
		if (step_done_status[i].status == identity->status)
			list.preset = i;
	plain_aws(plain);
	step_words(&question, identity, STEP_DONE_QUESTION);
	text_program(practice, sizeof practice, _(step_done_practice));
	list.question = app->options->practice ? practice : question.s;
	reply = plain_choose(plain, &list, &choice);
	text_release(&question);
	if (reply != REPLY_TEXT)
		return plain_turn(reply, STEP_COUNT);
	if (choice == DONE_STATUSES)
		return plain_mail(plain);
	identity_set_status(identity, step_done_status[choice].status);
	check_set_status(&app->check, identity);
	app_save(app);
	plain_wait(plain);
	tell_status(plain, choice);
	reply = plain_ask(plain, _("Enter leaves, b goes back to the check"),
	    line);
	return reply == REPLY_TEXT ? 0 : plain_turn(reply, STEP_COUNT);
}
