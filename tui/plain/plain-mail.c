#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/xalloc.h"
#include "mail/received.h"
#include "model/mailbox.h"
#include "plain/plain-internal.h"

/*
 * Lines until one that is a dot alone: the text, allocated; NULL: left.  What
 * is too long for any mail is read to its end, and kept so far that it shows.
 */
static char *
read_paste(struct plain *plain, size_t *len, enum reply *reply)
{
	enum { SIZE = RECEIVED_MAX + 1 };
	char line[DIALOG_LINE], *text = xmalloc(SIZE + 1);
	size_t more;

	*len = 0;
	for (;;) {
		*reply = plain_ask(plain, NULL, line);
		if (*reply == REPLY_AGAIN)
			continue;
		if (*reply != REPLY_TEXT || strcmp(line, ".") == 0)
			break;
		more = strlen(line);
		line[more++] = '\n';
		if (more > SIZE - *len)
			more = SIZE - *len;
		memcpy(text + *len, line, more);
		*len += more;
	}
	text[*len] = '\0';
	if (*reply == REPLY_TEXT || (*reply == REPLY_LEAVE && *len > 0))
		return text;
	free(text);
	return NULL;
}

static void
tell(struct plain *plain, enum mailbox_topic topic)
{
	const struct app *app = plain->app;
	struct text text = TEXT_INIT;

	mailbox_tell(&app->mailbox, topic, &app->check, &text);
	dialog_say(text.s);
	text_release(&text);
}

static enum reply
take(struct plain *plain)
{
	struct app *app = plain->app;
	enum mailbox_topic topic;
	enum reply reply;
	bool taken;
	size_t len;
	char *text;

	dialog_say(_(mailbox_paste));
	dialog_say(_("End it with a line that holds a dot alone."));
	if ((text = read_paste(plain, &len, &reply)) == NULL)
		return reply;
	taken = app_take_mail(app, text, len, &topic);
	free(text);
	if (!taken) {
		dialog_say(_(app->mailbox.why));
		return reply;
	}
	if (topic == MAILBOX_MAIL && !plain->dialog.stop) {
		dialog_say(_("Looking ..."));
		plain->told.complete = false;
		plain_wait(plain);
	}
	tell(plain, topic);
	return reply;
}

int
plain_mail(struct plain *plain)
{
	struct plain_list list = {
		.question = _(mailbox_line), .count = MAILBOX_TOPICS,
		.item = plain_msgid, .arg = mailbox_topic,
		.preset = MAILBOX_MAIL
	};
	enum reply reply;
	size_t choice;

	reply = plain_choose(plain, &list, &choice);
	if (reply == REPLY_BACK)
		return STEP_COUNT;
	if (reply != REPLY_TEXT)
		return plain_turn(reply, STEP_COUNT);
	if (choice == MAILBOX_MAIL)
		plain->app->mailbox.has_arrival = false;
	tell(plain, (enum mailbox_topic)choice);
	if (choice == MAILBOX_DMARC)
		return STEP_COUNT;
	return take(plain) == REPLY_LEAVE ? 0 : STEP_COUNT;
}
