#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "model/mailbox.h"
#include "report/report-arrival.h"
#include "screen/screens.h"

struct mail_screen {
	size_t topic;
};

/* A sentence a line; what does not fit is on the page that Enter opens. */
static bool
draw_text(struct paint *paint, int y, const char *text)
{
	int end = screen_bottom(paint) - 1;

	while (*text != '\0' && y < end) {
		char line[SCREEN_TEXT];
		size_t len = strcspn(text, "\n"), blanks = strspn(text, " ");

		strlcpy(line, text, len + 1 < sizeof line ? len + 1 :
		    sizeof line);
		y = len == 0 ? y + 1 : paint_wrap(paint, y, 1 + (int)blanks,
		    end - y, ROLE_TEXT, line + blanks);
		text += len + (text[len] == '\n');
	}
	return *text == '\0' && y < end;
}

/* The verdict in its colour; the text behind it. */
static const char *
draw_verdict(const struct app *app, struct paint *paint, int *y,
    const char *text)
{
	const struct mail_screen *s = screen_private(app);
	struct arrival arrival;

	if (s->topic != MAILBOX_MAIL || !app->mailbox.has_arrival)
		return text;
	mailbox_arrival(&app->mailbox, &app->check, &arrival);
	paint_verdict(paint, *y, 1, arrival.verdict);
	*y = paint_wrap(paint, *y, 1 + paint_verdict_width() + 2, 2,
	    ROLE_TITLE, report_arrival_verdict(arrival.verdict));
	return strchr(text, '\n') + 1;
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct mail_screen *s = screen_private(app);
	struct text text = TEXT_INIT;
	const char *rest;
	int y = SCREEN_TOP + 1;

	for (size_t i = 0; i < MAILBOX_TOPICS; i++)
		y = screen_choice(paint, y, i == s->topic,
		    _(mailbox_topic[i]), NULL, 0);
	mailbox_tell(&app->mailbox, (enum mailbox_topic)s->topic, &app->check,
	    &text);
	y++;
	if (app->mailbox.why != NULL)
		y = paint_wrap(paint, y, 1, 3, ROLE_WARNING,
		    _(app->mailbox.why)) + 1;
	rest = draw_verdict(app, paint, &y, text.s);
	if (!draw_text(paint, y, rest))
		paint_text(paint, screen_bottom(paint) - 1, 1, ROLE_HINT,
		    _("Enter shows all of it."));
	text_release(&text);
}

static bool
paste(struct app *app, const char *text, size_t len)
{
	struct mail_screen *s = screen_private(app);
	enum mailbox_topic topic;

	if (app_take_mail(app, text, len, &topic))
		s->topic = topic;
	return true;
}

static bool
act(struct app *app, enum action action)
{
	struct mail_screen *s = screen_private(app);
	struct text text = TEXT_INIT;

	if (screen_moves(&s->topic, MAILBOX_TOPICS, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		mailbox_tell(&app->mailbox, (enum mailbox_topic)s->topic,
		    &app->check, &text);
		page_open(app, _(mailbox_topic[s->topic]), false);
		page_add(app, text.s);
		text_release(&text);
		return true;
	case ACTION_COPY:
		account_line(app->session.identity.region, &text);
		screen_copy(app, _("The line for CloudShell"), text.s);
		text_release(&text);
		return true;
	case ACTION_BACK:
		screen_go(app, SCREEN_DONE);
		return true;
	default:
		return false;
	}
}

const struct screen_ops screen_mail = {
	.step = 6,
	.private_size = sizeof(struct mail_screen),
	.draw = draw,
	.act = act,
	.paste = paste,
};
