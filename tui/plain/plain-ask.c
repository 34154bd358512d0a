#include "plain/plain-internal.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>

#include "ses/region.h"
#include "base/lang.h"
#include "base/text.h"
#include "model/story.h"
#include "report/report.h"

enum {
	FDS = 512,		/* sockets of 60 questions and more */
	FIRST_WORD = 3000,	/* ms until a word on the way is said */
	NEXT_WORD = 10000
};

FILE *
plain_open(char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);

	if (out == NULL)
		err(EX_OSERR, NULL);
	return out;
}

void
plain_said(FILE *out, char **text)
{
	fclose(out);
	if (**text != '\0')
		dialog_say(*text);
	free(*text);
}

/* What the watch of the check step found since it was told last. */
static bool
tell_changes(struct plain *plain)
{
	const struct check *check = &plain->app->check;
	char *text;
	size_t size;
	FILE *out;

	if (!app_watching(plain->app) && !app_all_right(plain->app))
		return false;
	out = plain_open(&text, &size);
	report_changes(out, check, &plain->told, false);
	fflush(out);
	if (size > 0)
		dialog_say("");
	plain_said(out, &text);
	diagnosis_copy(&plain->told, &check->diagnosis);
	return size > 0;
}

/*
 * One turn of the one loop: waits for a line, a signal or an answer, at most
 * until then (ms since 1970).  True when there is news to ask anew about.
 */
static bool
turn(struct plain *plain, int64_t until)
{
	struct app *app = plain->app;
	struct pollfd fds[FDS];
	size_t count = DIALOG_FDS;
	bool running = app->begun && app->check.running;
	int64_t due = plain->due < until ? plain->due : until;
	int64_t left = due - clock_now();

	dialog_fds(&plain->dialog, fds);
	if (app->begun)
		count += check_fds(&app->check, fds + DIALOG_FDS,
		    FDS - DIALOG_FDS);
	if (left > NEXT_WORD)
		left = NEXT_WORD;
	if (poll(fds, (nfds_t)count, left < 0 ? 0 : (int)left) == -1)
		memset(fds, 0, sizeof fds);
	dialog_ready(&plain->dialog, fds);
	app->now = clock_now();
	plain->due = app_step(app);
	return running && !app->check.running && plain->told.complete &&
	    app->step == 5 && tell_changes(plain);
}

/* "still checking: 3 of 7" */
static void
tell_progress(struct plain *plain)
{
	const struct check *check = &plain->app->check;
	char number[24], all[24], text[APP_NOTICE];
	const struct text_place places[] = {
		{ "n", number }, { "all", all }, { NULL, NULL }
	};
	enum state state;
	size_t n = 0;

	for (size_t i = 0; i < check->plan.count; i++)
		n += story_state(check, i, &state);
	snprintf(number, sizeof number, "%zu", n);
	snprintf(all, sizeof all, "%zu", check->plan.count);
	text_fill(text, sizeof text, _("still checking: {n} of {all}"),
	    places);
	dialog_say(text);
}

void
plain_wait(struct plain *plain)
{
	struct app *app = plain->app;
	int64_t word = clock_now() + FIRST_WORD;

	plain->due = 0;
	while (app->begun && check_is_busy(&app->check) &&
	    !plain->dialog.stop) {
		turn(plain, word);
		if (app->now < word || !app->check.running)
			continue;
		tell_progress(plain);
		word = app->now + NEXT_WORD;
	}
}

void
plain_commands(void)
{
	dialog_say(_("At every question: ? help, b back, q leave, "
	    "L 日本語. Enter alone takes what stands in brackets."));
}

/* The letters that are no answer; REPLY_TEXT: it is one. */
static enum reply
command(struct plain *plain, const char *line)
{
	char word[8];

	if (text_trim(word, sizeof word, line, 1) != 1)
		return REPLY_TEXT;
	switch (*word) {
	case 'b':
		return REPLY_BACK;
	case 'q':
		return REPLY_LEAVE;
	case 'L':
		app_switch_language(plain->app);
		plain_commands();
		return REPLY_AGAIN;
	default:
		return REPLY_TEXT;
	}
}

static void
say_list(const struct plain_list *list)
{
	struct text text = TEXT_INIT;

	if (list->question != NULL)
		dialog_say(list->question);
	for (size_t i = 0; i < list->count; i++) {
		text_clear(&text);
		text_addf(&text, "  %zu  ", i + 1);
		list->item(list->arg, i, &text);
		dialog_say(text.s);
	}
	text_release(&text);
}

static bool
asks_for_help(const char *line)
{
	char word[8];

	return text_trim(word, sizeof word, line, 1) == 1 && *word == '?';
}

/* The help, and after it what is to be chosen from here. */
static void
help(struct plain *plain)
{
	const struct plain_list *list = plain->list;

	plain->list = NULL;
	plain_help(plain);
	plain->list = list;
	if (list != NULL)
		say_list(list);
}

enum reply
plain_ask(struct plain *plain, const char *question,
    char line[static DIALOG_LINE])
{
	*line = '\0';
	/* What was answered may have to be judged. */
	plain->due = 0;
	if (question != NULL)
		dialog_ask(question);
	for (;;) {
		if (plain->dialog.stop)
			return REPLY_LEAVE;
		if (dialog_line(&plain->dialog, line)) {
			if (!asks_for_help(line))
				return command(plain, line);
			help(plain);
			if (question != NULL)
				dialog_ask(question);
			continue;
		}
		if (dialog_over(&plain->dialog))
			return REPLY_LEAVE;
		if (turn(plain, INT64_MAX))
			return REPLY_AGAIN;
	}
}

void
plain_msgid(const void *arg, size_t index, struct text *t)
{
	const char *const *msgid = arg;

	text_add(t, _(msgid[index]));
}

void
plain_way(struct plain_ways *ways, int way, const char *text)
{
	ways->way[ways->count] = way;
	ways->text[ways->count++] = text;
}

/* "Number (Enter: 1)" */
static void
number_question(const struct plain_list *list, struct text *t)
{
	char number[24];
	const struct text_place places[] = {
		{ "n", number }, { NULL, NULL }
	};

	snprintf(number, sizeof number, "%d", list->preset + 1);
	text_add_filled(t, list->preset == PLAIN_NO_PRESET ? _("Number") :
	    _("Number (Enter: {n})"), places);
}

/* -1 when the line is no number of the list. */
static int
number_of(const struct plain_list *list, const char *line)
{
	char word[8], *end;
	unsigned long n;

	if (text_trim(word, sizeof word, line, 1) >= sizeof word)
		return -1;
	if (*word == '\0')
		return list->preset;
	n = strtoul(word, &end, 10);
	if (*end != '\0' || n < 1 || n > list->count || *word == '-')
		return -1;
	return (int)n - 1;
}

enum reply
plain_choose(struct plain *plain, const struct plain_list *list,
    size_t *choice)
{
	char line[DIALOG_LINE], number[24];
	struct text question = TEXT_INIT;
	const struct text_place places[] = {
		{ "n", number }, { NULL, NULL }
	};
	enum reply reply;
	int n;

	if (!list->known)
		say_list(list);
	number_question(list, &question);
	for (;;) {
		plain->list = list;
		reply = plain_ask(plain, question.s, line);
		plain->list = NULL;
		if (reply != REPLY_TEXT)
			break;
		n = number_of(list, line);
		if (n >= 0) {
			*choice = (size_t)n;
			break;
		}
		/* Enter alone, and nothing is meant by it: the list again. */
		if (*line == '\0') {
			say_list(list);
			continue;
		}
		if (list->other != NULL && list->other(plain, line)) {
			reply = REPLY_AGAIN;
			break;
		}
		snprintf(number, sizeof number, "%zu", list->count);
		text_fill(line, sizeof line, _("Please type a number from 1 "
		    "to {n}."), places);
		dialog_say(line);
	}
	text_release(&question);
	return reply;
}

struct matches {
	const struct list_rows *rows;
	struct list list;
};

static void
match_item(const void *arg, size_t index, struct text *t)
{
	const struct matches *matches = arg;
	size_t row = matches->list.row[index];
	const char *right = matches->rows->right(row);

	text_addf(t, "%s%s%s", matches->rows->left(row),
	    *right != '\0' ? "  " : "", right);
}

enum reply
plain_pick(struct plain *plain, const struct list_rows *rows, size_t *row)
{
	char line[DIALOG_LINE], part[LIST_FILTER];
	struct matches matches = { .rows = rows };
	const struct plain_list list = {
		.item = match_item, .arg = &matches, .preset = PLAIN_NO_PRESET
	};
	struct plain_list numbered = list;
	enum reply reply;

	dialog_say(_(rows->title));
	for (;;) {
		reply = plain_ask(plain, _("A part of the name (Enter: all "
		    "of them)"), line);
		if (reply != REPLY_TEXT)
			return reply;
		text_trim(part, sizeof part, line, 1);
		list_init(&matches.list, rows->count);
		list_set_filter(&matches.list, rows->count, part, rows->search);
		if (matches.list.count == 0) {
			dialog_say(_("No such name here. Try another "
			    "part of it."));
			continue;
		}
		*row = matches.list.row[0];
		if (matches.list.count == 1)
			return REPLY_TEXT;
		numbered.count = matches.list.count;
		reply = plain_choose(plain, &numbered, row);
		if (reply == REPLY_TEXT) {
			*row = matches.list.row[*row];
			return reply;
		}
		if (reply != REPLY_BACK)
			return reply;
	}
}

int
plain_turn(enum reply reply, int step)
{
	if (reply == REPLY_LEAVE)
		return 0;
	return reply == REPLY_BACK && step > 1 ? step - 1 : step;
}

void
plain_aws(const struct plain *plain)
{
	struct text page = TEXT_INIT, said = TEXT_INIT;
	struct text_place places[] = { { "menu", NULL }, { NULL, NULL } };

	if (!plain->app->options->practice)
		region_console(&page, plain->app->session.identity.region);
	places[0].value = page.s;
	if (page.len > 0) {
		text_add_filled(&said, _("Page: {menu}"), places);
		dialog_say(said.s);
	}
	text_release(&page);
	text_release(&said);
}

void
plain_notice(struct plain *plain)
{
	struct app *app = plain->app;

	if (app->notice.len > 0)
		dialog_say(app->notice.s);
	text_clear(&app->notice);
}
