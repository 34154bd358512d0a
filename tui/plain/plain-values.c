#include "plain/plain-internal.h"

#include <string.h>

#include "ses/cloudshell.h"
#include "ses/import.h"
#include "ses/region.h"
#include "base/lang.h"
#include "diagnose/suggest.h"
#include "base/text.h"
#include "model/other-region.h"
#include "model/rows.h"
#include "model/values.h"

static void
status_item(const void *arg, size_t index, struct text *t)
{
	(void)arg;
	text_addf(t, "%s: %s", values_status_text(index),
	    _(values_status[index].note));
}

/* Both values of each field that differs; the user says which hold. */
static bool
settle(struct plain *plain, struct text *said)
{
	static const char *const sides[] = {
		values_conflict_pasted, values_conflict_before
	};
	struct app *app = plain->app;
	struct import_conflict conflict[IMPORT_CONFLICTS];
	size_t count = import_conflicts(&app->document,
	    &app->session.identity, conflict), choice;
	struct plain_list list = {
		.question = _(values_conflict_question), .count = 2,
		.item = plain_msgid, .arg = sides
	};
	char text[STEP_SENTENCE];

	for (size_t i = 0; i < count; i++) {
		const struct text_place places[] = {
			{ "label", conflict[i].label },
			{ "had", conflict[i].had },
			{ "found", conflict[i].found },
			{ NULL, NULL },
		};

		text_fill(text, sizeof text, _("{label}: so far {had}, pasted "
		    "{found}"), places);
		dialog_say(text);
	}
	if (other_region_is(&app->document.identity, &app->session.identity))
		dialog_say(_(values_conflict_region));
	if (plain_choose(plain, &list, &choice) != REPLY_TEXT) {
		app->conflict = false;
		return false;
	}
	app_settle_document(app, choice == 1, said);
	return true;
}

/* Lays a document over the answers, and says what came of it. */
static bool
take(struct plain *plain, const struct text *document)
{
	struct app *app = plain->app;
	struct text said = TEXT_INIT;
	char why[IMPORT_WHY];
	bool taken = false, told = true;

	if (app_take_account(app, document->s, document->len, &said)) {
		;
	} else if (app_read_document(app, document->s, document->len,
	    &app->document, why) == -1) {
		text_add(&said, why);
	} else {
		taken = told = app_take_document(app, &app->document, &said) ||
		    settle(plain, &said);
	}
	if (told)
		dialog_say(said.s);
	text_release(&said);
	return taken;
}

/* A line that is no number may be the first of what AWS shows. */
static bool
paste(struct plain *plain, const char *line)
{
	struct text document = TEXT_INIT;
	bool taken;

	taken = plain_paste(plain, line, &document) == REPLY_TEXT &&
	    take(plain, &document);
	text_release(&document);
	return taken;
}

/* "DKIM 1, name or value of the first CNAME (Enter: 7klf...)" */
static void
field_question(const struct identity *identity, size_t field, struct text *t)
{
	char name[NAME_TEXT];
	const char *text = values_field_text(identity, field, name);
	const struct text_place places[] = {
		{ "label", _(values_row[field].label) },
		{ "note", _(values_row[field].note) },
		{ "value", text },
		{ NULL, NULL },
	};

	text_add_filled(t, *text != '\0' ? _("{label} (Enter: {value})") :
	    _("{label}, {note} (Enter: none)"), places);
}

/* Names for MAIL FROM that nothing uses yet. */
static void
say_suggestions(const struct check *check)
{
	struct suggestion suggestion[SUGGESTIONS];
	struct text text = TEXT_INIT;

	suggest_mail_from(suggestion, &check->plan, &check->delegation,
	    &check->log);
	suggest_text(suggestion, check->running, &text);
	dialog_say(text.s);
	text_release(&text);
}

/* Asks for one field until it is right or left as it was. */
static enum reply
ask_field(struct plain *plain, struct identity *identity, size_t field)
{
	char line[DIALOG_LINE];
	struct text question = TEXT_INIT;
	const char *why;
	enum reply reply;

	if (field == VALUES_MAIL_FROM && !identity->has_mail_from)
		say_suggestions(&plain->app->check);
	field_question(identity, field, &question);
	while ((reply = plain_ask(plain, question.s, line)) == REPLY_TEXT) {
		if (*line == '\0' ||
		    values_row[field].set(identity, line, &why) == 0)
			break;
		dialog_say(_(why));
	}
	text_release(&question);
	return reply;
}

static enum reply
ask_region(struct plain *plain, struct identity *identity)
{
	const struct list_rows rows = rows_regions();
	char line[DIALOG_LINE];
	struct text question = TEXT_INIT;
	enum reply reply;
	const char *why;
	size_t count, row;

	if (identity->region[0] != '\0') {
		field_question(identity, VALUES_REGION, &question);
		reply = plain_ask(plain, question.s, line);
		text_clear(&question);
		if (reply == REPLY_TEXT && *line != '\0' &&
		    identity_set_region(identity, line, &why) == -1)
			region_refused(&question, line, why);
		if (question.len == 0) {
			text_release(&question);
			return reply;
		}
		dialog_say(question.s);
		text_release(&question);
	}
	reply = plain_pick(plain, &rows, &row);
	if (reply == REPLY_TEXT)
		identity_set_region(identity, region_table(&count)[row].code,
		    &why);
	return reply;
}

/* The fields become the identity. */
static void
keep_fields(struct app *app, struct identity *next, bool own_key)
{
	if (values_keep(next, &app->session.identity, own_key))
		dialog_say(_(values_half));
	if (memcmp(next, &app->session.identity, sizeof *next) == 0)
		return;
	if (!other_region_typed(app, next)) {
		app->session.identity = *next;
		app_identity_changed(app);
	}
	app_save(app);
}

static enum reply
ask_own_key(struct plain *plain)
{
	struct identity next = plain->app->session.identity;
	enum reply reply = ask_field(plain, &next, VALUES_SELECTOR);

	if (reply == REPLY_TEXT)
		reply = ask_field(plain, &next, VALUES_KEY);
	keep_fields(plain->app, &next, true);
	return reply;
}

/* One value after the other; what is there stays on Enter alone. */
static enum reply
ask_fields(struct plain *plain)
{
	struct app *app = plain->app;
	struct identity next = app->session.identity;
	enum reply reply = ask_region(plain, &next);
	bool own_key = identity_has_own_key(&next);
	char line[DIALOG_LINE];

	for (size_t i = VALUES_TOKEN_1; i < VALUES_FIELDS &&
	    reply == REPLY_TEXT; i++) {
		if (own_key ? i <= VALUES_TOKEN_3 :
		    i == VALUES_SELECTOR || i == VALUES_KEY)
			continue;
		/* Three that are there are kept or typed anew together. */
		if (i == VALUES_TOKEN_1 && next.tokens == IDENTITY_TOKENS) {
			reply = plain_ask(plain, _("The three DKIM values are "
			    "there (Enter: keep; n: type them anew)"), line);
			if (reply == REPLY_TEXT && *line == '\0')
				i = VALUES_TOKEN_3;
			else if (reply == REPLY_TEXT)
				next.tokens = 0;
		}
		if (reply == REPLY_TEXT && (i < VALUES_TOKEN_1 ||
		    i > VALUES_TOKEN_3 || next.tokens < IDENTITY_TOKENS))
			reply = ask_field(plain, &next, i);
	}
	keep_fields(app, &next, own_key);
	return reply;
}

enum way {
	WAY_SHOW,
	WAY_CHECK,
	WAY_CHANGE,
	WAY_OWN_KEY,
	WAY_COUNT
};

static const char *const ways[WAY_COUNT] = {
	[WAY_SHOW] = N_("Show me what to type"),
	[WAY_CHECK] = N_("I have already entered everything: check now"),
	[WAY_CHANGE] = N_("Enter or change values"),
	[WAY_OWN_KEY] = N_("A DKIM key of my own instead (BYODKIM)"),
};

/* The next step, 0: leave. */
static int
ask_way(struct plain *plain)
{
	struct app *app = plain->app;
	struct plain_list list = {
		.question = _("What now?"), .count = WAY_COUNT,
		.item = plain_msgid, .arg = ways, .other = paste
	};
	enum reply reply;
	const char *why;
	size_t choice;

	if (!identity_complete(&app->session.identity, &why)) {
		dialog_say(_(why));
		list.preset = WAY_CHANGE;
	}
	reply = plain_choose(plain, &list, &choice);
	if (reply == REPLY_BACK) {
		app->asked = false;
		return 3;
	}
	if (reply != REPLY_TEXT)
		return plain_turn(reply, 3);
	if (choice == WAY_OWN_KEY)
		return plain_turn(ask_own_key(plain), 3) == 0 ? 0 : 3;
	if (choice == WAY_CHANGE)
		return plain_turn(ask_fields(plain), 3) == 0 ? 0 : 3;
	if (!identity_complete(&app->session.identity, &why))
		/* The domain alone can be looked at. */
		return choice == WAY_CHECK ? 5 : 3;
	return choice == WAY_SHOW ? 4 : 5;
}

/* What to do at AWS before there are values. */
static void
say_steps(const struct identity *identity)
{
	struct text line = TEXT_INIT;

	dialog_say(_(values_question_steps));
	dialog_say(_("Or run this line in CloudShell (the >_ sign at the top "
	    "of AWS's page) and paste here what it prints:"));
	cloudshell_line(&line, identity);
	dialog_say(line.s);
	text_release(&line);
}

/* What AWS says now, then everything it shows, in one go. */
static int
ask_status(struct plain *plain)
{
	struct app *app = plain->app;
	struct identity *identity = &app->session.identity;
	struct text question = TEXT_INIT;
	struct plain_list list = {
		.count = VALUES_STATUSES,
		.item = status_item, .other = paste
	};
	char line[DIALOG_LINE];
	enum reply reply;
	const char *why;
	size_t choice;

	for (int i = 0; i < VALUES_STATUSES; i++)
		if (values_status[i].status == identity->status &&
		    identity->status != SES_UNKNOWN)
			list.preset = i;
	step_words(&question, identity, STEP_ASK_STATUS);
	list.question = question.s;
	plain_aws(plain);
	dialog_say(_(values_question_paste));
	reply = plain_choose(plain, &list, &choice);
	text_release(&question);
	if (reply != REPLY_TEXT)
		return plain_turn(reply, 3);
	identity_set_status(identity, values_status[choice].status);
	app->asked = true;
	app_save(app);
	if (identity_complete(identity, &why))
		return 3;
	if (identity->status == SES_NONE)
		say_steps(identity);
	else
		dialog_say(_(values_paste));
	reply = plain_ask(plain, _("The first line (Enter: type one value "
	    "after the other)"), line);
	if (reply != REPLY_TEXT)
		return plain_turn(reply, 3);
	if (*line != '\0')
		paste(plain, line);
	else
		reply = ask_fields(plain);
	return reply == REPLY_LEAVE ? 0 : 3;
}

int
plain_values(struct plain *plain)
{
	return plain->app->asked ? ask_way(plain) : ask_status(plain);
}
