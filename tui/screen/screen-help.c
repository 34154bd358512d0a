#include <stdio.h>

#include "model/help.h"
#include "base/lang.h"
#include "report/report.h"
#include "screen/screens.h"
#include "model/wrap.h"

enum {
	NAME_WIDTH = 14		/* of a key's name in the help */
};

static const char pretend_about[] =
    N_("This is a pretend form that behaves like the company's own. Type into "
       "it what you would type there, rightly or wrongly, and see what becomes "
       "of it. The list above the fields shows the rows as the form has stored "
       "them.");

static void
add_key(struct app *app, const struct key *key)
{
	const char *name = _(key->name);
	char blanks[NAME_WIDTH + 1];
	int width = NAME_WIDTH - wrap_width(name);

	snprintf(blanks, sizeof blanks, "%*s", width > 1 ? width : 1, "");
	page_part(app);
	page_add(app, name);
	page_add(app, blanks);
	page_add(app, _(key->help));
	page_add(app, "\n");
}

static void
add_topic(struct app *app, const char *title, const char *text)
{
	page_part(app);
	if (title != NULL) {
		page_add(app, "* ");
		page_add(app, _(title));
		page_add(app, "\n\n");
	}
	page_add(app, _(text));
	page_add(app, "\n\n");
}

/* What is known of the company's page, and what if it is not so. */
static void
add_company(struct app *app)
{
	struct text text = TEXT_INIT;

	for (int i = 0; i < HELP_COMPANIES; i++) {
		text_clear(&text);
		help_company(&text, &app->check, (enum help_company)i);
		add_topic(app, help_company_title[i], text.s);
	}
	text_release(&text);
}

/* All that is to be minded there: a small card shows some of it. */
static void
add_card(struct app *app)
{
	struct text text = TEXT_INIT;

	if (app->card >= app->check.plan.count)
		return;
	report_mind(&text, &app->check, &app->check.plan.wanted[app->card]);
	add_topic(app, N_("What to mind on this card"), text.s);
	text_release(&text);
}

void
help_open(struct app *app)
{
	int step = screen_shown(app)->step;
	size_t count, topics;
	const struct key *key = key_table(&count);
	const struct help *help = help_table(&topics);

	page_open(app, _("Help"), false);
	if (app->ui->screen == SCREEN_FORM)
		add_topic(app, NULL, pretend_about);
	for (size_t i = 0; i < topics; i++)
		if (help_applies(&help[i], step))
			add_topic(app, help[i].title, help[i].text);
	if (app->ui->screen == SCREEN_CARD)
		add_card(app);
	if (app->begun && step > 1)
		add_company(app);
	page_part(app);
	page_add(app, _("Keys"));
	page_add(app, "\n");
	for (size_t i = 0; i < count; i++)
		if (key[i].help != NULL && (key_applies(&key[i],
		    app->ui->screen, false, app->options->practice) ||
		    key_applies(&key[i], SCREEN_PAGE_OPEN, false, false)))
			add_key(app, &key[i]);
}
