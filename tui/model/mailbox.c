#include "model/mailbox.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "mail/received.h"
#include "report/report-arrival.h"
#include "report/report.h"
#include "ses/service.h"

const char mailbox_line[] = N_("Does it arrive?");
const char mailbox_paste[] =
    N_("Paste the source of the mail here. Nothing of it is kept but the "
       "verdict.");

const char *const mailbox_topic[MAILBOX_TOPICS] = {
	[MAILBOX_MAIL] = N_("Prove it with one mail"),
	[MAILBOX_SANDBOX] = N_("Out of the sandbox"),
	[MAILBOX_DMARC] = N_("DMARC: the next step"),
};

bool
mailbox_take(struct mailbox *mailbox, const struct identity *identity,
    const char *text, size_t len, int64_t now, enum mailbox_topic *topic)
{
	struct received mail;
	struct account account;

	mailbox->why = NULL;
	if (account_read(&account, text, len)) {
		mailbox->account = account;
		mailbox->has_account = true;
		*topic = MAILBOX_SANDBOX;
		return true;
	}
	if (received_read(&mail, text, len, &mailbox->why) == -1)
		return false;
	mailbox->why = NULL;
	mailbox->has_arrival = true;
	mailbox->at = now;
	arrival_judge(&mailbox->arrival, &mail, identity);
	*topic = MAILBOX_MAIL;
	return true;
}

void
mailbox_arrival(const struct mailbox *mailbox, const struct check *check,
    struct arrival *out)
{
	*out = mailbox->arrival;
	if (!check->running && check->ended > 0 &&
	    check->started >= mailbox->at)
		arrival_look(out, &check->plan, &check->diagnosis,
		    check->ended);
}

/* How to come by the source of a test mail. */
static void
tell_how(const struct check *check, struct text *t)
{
	const struct service *service = service_of(&check->plan.identity);
	const char *const lines[] = {
		service != NULL ?
		N_("1. Send a mail through {aws} to an address of yours.") :
		N_("1. In the SES console, under Identities, choose {domain} "
		   "and press \"Send test email\". In the sandbox, first "
		   "verify your own mail address there, and send to that."),
		N_("2. Open the mail where it arrived, the spam folder "
		   "included, and show its source:"),
		N_("   Gmail: the three dots, \"Show original\""),
		N_("   Outlook: the three dots, View > View message source"),
		N_("   Yahoo: the three dots, \"View raw message\""),
		N_("3. Copy all of it and paste it here. Nothing of the mail "
		   "is kept but the verdict."),
	};
	char domain[NAME_TEXT];
	const struct text_place places[] = {
		{ "aws", service != NULL ? service->name : "" },
		{ "domain", name_text(&check->plan.domain, domain) },
		{ NULL, NULL },
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		lang_line(t, lines[i], places);
	text_add(t, "\n");
}

static void
tell_arrival(const struct mailbox *mailbox, const struct check *check,
    struct text *t)
{
	struct arrival *arrival = xmalloc(sizeof *arrival);
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (out == NULL)
		err(EX_OSERR, NULL);
	mailbox_arrival(mailbox, check, arrival);
	report_arrival_text(out, arrival, false);
	if (fclose(out) == EOF)
		err(EX_OSERR, NULL);
	text_add(t, text);
	free(text);
	free(arrival);
}

static void
tell_sandbox(const struct mailbox *mailbox, const struct check *check,
    struct text *t)
{
	const char *region = check->plan.identity.region;

	if (mailbox->has_account) {
		account_tell(&mailbox->account, t);
		if (mailbox->account.production) {
			text_add(t, "\n");
			return;
		}
	} else if (service_of(&check->plan.identity) != NULL) {
		service_fill(t, N_("The sandbox is a matter of the "
		    "account at AWS, and here that is {aws}'s. What you may "
		    "send stands on the pages of {aws}."),
		    &check->plan.identity);
		return;
	} else {
		text_add(t, _("To see whether you are in the sandbox now, run "
		    "this line in CloudShell (the >_ sign at the top of AWS's "
		    "page) and paste here what it prints:"));
		text_add(t, "\n   ");
		account_line(region, t);
	}
	account_how(region, t);
}

static void
tell_dmarc(const struct check *check, struct text *t)
{
	for (size_t i = 0; i < check->plan.count; i++) {
		if (check->plan.wanted[i].kind != WANTED_DMARC)
			continue;
		if (check->ended == 0)
			text_add(t, _("Looking ..."));
		else
			report_dmarc_next(check, i, t);
	}
}

void
mailbox_tell(const struct mailbox *mailbox, enum mailbox_topic topic,
    const struct check *check, struct text *t)
{
	if (topic == MAILBOX_SANDBOX)
		tell_sandbox(mailbox, check, t);
	else if (topic == MAILBOX_DMARC)
		tell_dmarc(check, t);
	else if (mailbox->has_arrival)
		tell_arrival(mailbox, check, t);
	else
		tell_how(check, t);
}
