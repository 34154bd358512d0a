#include "plain/plain-internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "company/form-store.h"
#include "model/entered.h"
#include "diagnose/asks.h"
#include "model/mind.h"
#include "model/pretend.h"
#include "report/report.h"
#include "base/text.h"
#include "base/xalloc.h"

enum way {
	WAY_FORM,		/* practice */
	WAY_NEXT,
	WAY_ALL,
	WAY_NOTE,
	WAY_CHECK
};

/* The ways on from a card, in the order in which they are likely. */
static void
ways_of(struct plain_ways *ways, const struct app *app)
{
	ways->count = 0;
	if (app->options->practice)
		plain_way(ways, WAY_FORM, N_("Open the pretend form"));
	plain_way(ways, WAY_NEXT, N_("Next record"));
	plain_way(ways, WAY_ALL, N_("All records at once"));
	plain_way(ways, WAY_NOTE, N_("A note for whoever runs the DNS, in "
	    "their language"));
	plain_way(ways, WAY_CHECK, N_("Check now"));
}

/* Once for each company: what holds of all its cards. */
static void
tell_company(struct plain *plain)
{
	const struct check *check = &plain->app->check;
	struct text notes = TEXT_INIT, one = TEXT_INIT;
	const char *rest;
	char *text;
	size_t size;
	FILE *out;

	if (plain->noted == company_row(&check->company))
		return;
	plain->noted = company_row(&check->company);
	report_company_notes(&notes, check);
	out = plain_open(&text, &size);
	for (rest = notes.s; *rest != '\0';) {
		rest = mind_next(&one, rest);
		fprintf(out, "* %s\n", one.s);
	}
	plain_said(out, &text);
	text_release(&notes);
	text_release(&one);
}

/*
 * "1 / 3  DKIM 1", then the card; whole: also of a row that stands, where
 * nothing is to be typed.
 */
static void
tell_card(struct plain *plain, size_t index, bool whole)
{
	const struct app *app = plain->app;
	const struct wanted *wanted = &app->check.plan.wanted[index];
	struct text date = TEXT_INIT;
	char *text;
	size_t size, required = 0;
	FILE *out = plain_open(&text, &size);

	for (size_t i = 0; i < app->check.plan.count; i++)
		required += app->check.plan.wanted[i].required;
	if (wanted->required)
		fprintf(out, "%zu / %zu  ", index + 1, required);
	else
		fprintf(out, "%s  ", asks_of(&app->check, index) ==
		    ASKS_IF_NONE ? _("optional, only if there is none yet") :
		    _("optional"));
	report_company_date(&date, check_form_of(&app->check, wanted).company);
	fprintf(out, "%s  (%s)\n", wanted_title(wanted), date.s);
	text_release(&date);
	if (entered_stands(app, index))
		fprintf(out, "%s\n", _(step_card_stands));
	if (whole || !entered_stands(app, index))
		report_card(out, &app->check, index);
	plain_said(out, &text);
}

static void
tell_all(struct plain *plain)
{
	for (size_t i = 0; i < plain->app->check.plan.count; i++) {
		if (asks_of(&plain->app->check, i) == ASKS_NOT)
			continue;
		dialog_say("");
		tell_card(plain, i, true);
	}
	dialog_say("");
}

/* To be copied into a mail: nothing of it is broken or indented. */
static void
tell_note(struct plain *plain)
{
	char *text;
	size_t size;
	FILE *out = plain_open(&text, &size);

	putc('\n', out);
	report_records_markdown(out, &plain->app->check);
	putc('\n', out);
	fclose(out);
	dialog_print(text);
	free(text);
}

/* To the check, after the one question that belongs here. */
static int
go_on(struct plain *plain)
{
	struct app *app = plain->app;
	struct text question = TEXT_INIT;
	struct plain_list list = {
		.item = plain_msgid, .arg = step_saved_answer,
		.count = SAVED_ANSWERS
	};
	enum reply reply;
	size_t answer;

	if (entered_is_asked(app)) {
		step_card_saved(&app->check, &question);
		list.question = question.s;
		reply = plain_choose(plain, &list, &answer);
		text_release(&question);
		if (reply == REPLY_BACK)
			return 4;
		if (reply != REPLY_TEXT)
			return plain_turn(reply, 4);
		entered_tell(app, answer == SAVED_YES);
	}
	app->card = 0;
	return 5;
}

static int
next_card(struct plain *plain)
{
	struct app *app = plain->app;
	size_t next = asks_after(&app->check, app->card);

	if (next >= app->check.plan.count)
		return go_on(plain);
	app->card = next;
	return 4;
}

int
plain_cards(struct plain *plain)
{
	struct app *app = plain->app;
	size_t card = app->card, choice;
	struct plain_ways ways;
	struct plain_list list = { .item = plain_msgid, .arg = ways.text };
	enum reply reply;

	if (card >= app->check.plan.count ||
	    asks_of(&app->check, card) == ASKS_NOT)
		card = app->card = 0;
	tell_company(plain);
	tell_card(plain, card, false);
	ways_of(&ways, app);
	list.count = ways.count;
	/* What is only recommended, or there already, is passed by. */
	if (app->options->practice && (entered_has(app, card) ||
	    entered_stands(app, card) ||
	    !app->check.plan.wanted[card].required))
		list.preset = 1;
	reply = plain_choose(plain, &list, &choice);
	if (reply == REPLY_BACK && card > 0) {
		app->card = asks_before(&app->check, card);
		return 4;
	}
	if (reply != REPLY_TEXT)
		return plain_turn(reply, 4);
	switch (ways.way[choice]) {
	case WAY_FORM:
		reply = plain_form(plain, card);
		if (reply != REPLY_TEXT)
			return reply == REPLY_LEAVE ? 0 : 4;
		return next_card(plain);
	case WAY_ALL:
		tell_all(plain);
		return 4;
	case WAY_NOTE:
		tell_note(plain);
		return 4;
	case WAY_CHECK:
		return go_on(plain);
	default:
		return next_card(plain);
	}
}

/* Asks by the label of a field, and what Enter alone puts into it. */
static enum reply
ask_field(struct plain *plain, const struct form_field *field,
    const char *preset, char line[static DIALOG_LINE])
{
	struct text question = TEXT_INIT;
	const struct text_place places[] = {
		{ "label", field->label },
		{ "value", *preset != '\0' ? preset : _("leave it empty") },
		{ NULL, NULL },
	};
	enum reply reply;

	text_add_filled(&question, _("{label} (Enter: {value})"), places);
	reply = plain_ask(plain, question.s, line);
	text_release(&question);
	return reply;
}

/* A type that the form does not offer: says which it does. */
static bool
is_offered(const struct plain *plain, const struct form_field *field)
{
	const struct form_rules *rules = provider_rules(company_row(
	    &plain->app->check.company));
	struct text offered = TEXT_INIT, text = TEXT_INIT;
	bool good = form_offers(rules, field->value, &offered);

	text_add_filled(&text, _("{label}: one of {offered}"),
	    (const struct text_place[]){ { "label", field->label },
		{ "offered", offered.s }, { NULL, NULL } });
	if (!good)
		dialog_say(text.s);
	text_release(&offered);
	text_release(&text);
	return good;
}

/*
 * The fields one after the other.  Enter alone does what people do: it keeps
 * what is there, else copies what AWS's page shows.
 */
static enum reply
fill_form(struct plain *plain, struct form *form, size_t wanted)
{
	const struct check *check = &plain->app->check;
	bool mx = check->plan.wanted[wanted].type == RR_MX;

	for (size_t i = 0; i < form->count; i++) {
		struct form_field *field = &form->field[i];
		char line[DIALOG_LINE], preset[FORM_TEXT];
		enum reply reply;

		if (field->id == FORM_PRIORITY && !mx)
			continue;
		strlcpy(preset, field->value, sizeof preset);
		if (*preset == '\0' && !field->further)
			pretend_copied(check, wanted, field, preset);
		reply = ask_field(plain, field, preset, line);
		if (reply != REPLY_TEXT)
			return reply;
		if (strcmp(line, "-") == 0)
			*line = '\0';
		else if (*line == '\0')
			strlcpy(line, preset, sizeof line);
		strlcpy(field->value, line, sizeof field->value);
		/* Asked again, for what was there before. */
		if (field->id == FORM_TYPE && !is_offered(plain, field)) {
			strlcpy(field->value, preset, sizeof field->value);
			i--;
		}
	}
	return REPLY_TEXT;
}

/* What the form is, what is in it, what AWS shows. */
static void
tell_form(struct plain *plain, size_t wanted)
{
	const struct app *app = plain->app;
	const struct pretend *list = &app->pretend;
	struct text row = TEXT_INIT;
	char *text;
	size_t size;
	FILE *out = plain_open(&text, &size);

	fprintf(out, "\n%s  %s\n",
	    provider_name(company_row(&app->check.company)),
	    _("(a pretend form)"));
	fprintf(out, "%s\n", _("Rows in the form's list"));
	if (list->rows == 0)
		fprintf(out, "  %s\n", _("(none yet)"));
	for (size_t i = 0; i < list->rows; i++) {
		text_clear(&row);
		pretend_row_tell(&list->row[i], &row);
		fprintf(out, "  %s\n", row.s);
	}
	text_clear(&row);
	pretend_from_aws(&app->check, wanted, &row);
	pretend_try(list, &app->check, wanted, N_("Try the common mistake: "
	    "Enter puts in the whole name, as AWS shows it."), &row);
	fprintf(out, "%s\n%s\n", row.s,
	    _("Enter takes what stands in brackets; - leaves a field empty."));
	text_release(&row);
	plain_said(out, &text);
}

enum reply
plain_form(struct plain *plain, size_t wanted)
{
	struct app *app = plain->app;
	struct pretend *list = &app->pretend;
	size_t editing = 0;
	struct text text = TEXT_INIT;
	const char *why;
	struct form *form;
	enum reply reply;

	/* The row that is there already is corrected. */
	while (editing < list->rows && list->row[editing].wanted != wanted)
		editing++;
	form = xmalloc(sizeof *form);
	tell_form(plain, wanted);
	for (;;) {
		if (editing < list->rows)
			pretend_open(form, list, &app->check, editing);
		else
			pretend_form(form, &app->check, wanted);
		reply = fill_form(plain, form, wanted);
		if (reply != REPLY_TEXT || pretend_save(list, &app->check,
		    form, wanted, editing, &why) == 0)
			break;
		dialog_say(_(why));
	}
	free(form);
	if (reply != REPLY_TEXT)
		return reply;
	pretend_saved(list, &text);
	dialog_say(text.s);
	text_release(&text);
	entered_set(app, wanted, app->now);
	return REPLY_TEXT;
}
