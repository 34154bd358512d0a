#include "plain/plain-internal.h"

#include "model/help.h"
#include "base/lang.h"

enum {
	TOPICS = 64
};

/* The topics of one step, and those about the company. */
struct topics {
	const struct help *topic[TOPICS];
	size_t count;
	size_t companies;		/* behind them: enum help_company */
};

static void
topic_item(const void *arg, size_t index, struct text *t)
{
	const struct topics *topics = arg;

	if (index < topics->count)
		text_add(t, _(topics->topic[index]->title));
	else
		text_add(t, _(help_company_title[index - topics->count]));
}

static void
topics_of(struct topics *topics, int step)
{
	size_t count;
	const struct help *table = help_table(&count);

	topics->count = 0;
	for (size_t i = 0; i < count && topics->count < TOPICS; i++)
		if (help_applies(&table[i], step))
			topics->topic[topics->count++] = &table[i];
}

static void
tell_company(const struct plain *plain, enum help_company about)
{
	struct text text = TEXT_INIT;

	help_company(&text, &plain->app->check, about);
	dialog_say(text.s);
	text_release(&text);
}

void
plain_help(struct plain *plain)
{
	int step = plain->app->step;
	struct topics topics = {
		.companies = plain->app->begun && step > 1 ? HELP_COMPANIES : 0
	};
	struct plain_list list = {
		.question = _("Help. About what? (b goes back)"),
		.item = topic_item, .arg = &topics, .preset = PLAIN_NO_PRESET
	};
	size_t choice;

	topics_of(&topics, step);
	list.count = topics.count + topics.companies;
	while (plain_choose(plain, &list, &choice) == REPLY_TEXT) {
		dialog_say("");
		if (choice < topics.count)
			dialog_say(_(topics.topic[choice]->text));
		else
			tell_company(plain,
			    (enum help_company)(choice - topics.count));
		dialog_say("");
		list.known = true;
	}
}
