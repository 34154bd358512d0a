#include <stdio.h>

#include "lang.h"
#include "screen.h"
#include "wrap.h"

enum {
	NAME_WIDTH = 14		/* of a key's name in the help */
};

/* What each step is about; screens without a row have their keys alone. */
static const char *const about[SCREEN_COUNT] = {
	[SCREEN_DOMAIN] = N_("Type the domain from which you want to send, "
	    "for example example.jp or news.example.jp. It must be the one "
	    "you entered at AWS.\n\n"
	    "As soon as it is known, this program asks the name servers of "
	    "the domain which company runs its DNS. Nothing is changed."),
	[SCREEN_COMPANY] = N_("A domain has two companies: the one where you "
	    "bought it, and the one that runs its DNS. Often they are the "
	    "same. Records must be entered where the DNS runs; elsewhere the "
	    "page may accept them, but nobody ever sees them.\n\n"
	    "The company is recognised by its name servers. If you are sure "
	    "that it is another one, choose it; step 5 shows whether that was "
	    "right. The field names are taken from manuals and reports; what "
	    "you see on your page counts."),
	[SCREEN_VALUES] = N_("AWS shows the values at Amazon SES > "
	    "Identities > your domain > Publish DNS records. There is a button "
	    "for a CSV file, too.\n\n"
	    "In AWS CloudShell (the >_ sign at the top of the page) this line "
	    "prints them all; paste its answer here:\n"
	    "aws sesv2 get-email-identity --email-identity YOUR-DOMAIN\n\n"
	    "Region: where your Amazon SES is, see the top right of AWS's "
	    "page.\n"
	    "DKIM 1 to 3: the three CNAMEs. The long code is enough.\n"
	    "MAIL FROM: only if you set up a custom MAIL FROM domain.\n"
	    "TXT value: only if AWS (or an older guide) shows a record "
	    "named _amazonses."),
	[SCREEN_CARD] = N_("One card for each record. Open your company's "
	    "page beside this one and put into each field exactly what "
	    "stands here. Long values are best copied: c sends the field to "
	    "your terminal's clipboard, p shows a page to copy from with the "
	    "mouse.\n\n"
	    "Most forms add your domain to the name by themselves. That is "
	    "why the name here is shorter than the one AWS shows.\n\n"
	    "Space notes that you have entered the record."),
	[SCREEN_CHECK] = N_("Each row is a record, each column somebody who "
	    "was asked: the name servers of your domain, and a resolver that "
	    "looks it up as the rest of the world does.\n\n"
	    "PASS: as AWS wants it.\n"
	    "NOTE: worth knowing, stops nothing.\n"
	    "WAIT: under way, nothing to do.\n"
	    "FAIL: something to correct; the cause stands below.\n"
	    "UNKNOWN: no answer, so nothing can be said.\n\n"
	    "yes, no: what that server has. -: not answered yet. ?: no "
	    "answer."),
	[SCREEN_DONE] = N_("DNS is one half, AWS's look at it the other. This "
	    "program sees DNS; whether AWS is content only AWS's page can "
	    "say.\n\n"
	    "If AWS says \"Failed\" it has stopped looking: then the restart "
	    "shown here is needed, however right DNS is."),
	[SCREEN_FORM] = N_("This is a pretend form that behaves like the "
	    "company's own. Type into it what you would type there, rightly "
	    "or wrongly, and see what becomes of it. The list above the "
	    "fields shows the rows as the form has stored them."),
};

static void
add_key(struct app *app, const struct key *key)
{
	const char *name = _(key->name);
	char blanks[NAME_WIDTH + 1];
	int width = NAME_WIDTH - wrap_width(name);

	snprintf(blanks, sizeof blanks, "%*s", width > 1 ? width : 1, "");
	page_add(app, "\n");
	page_add(app, name);
	page_add(app, blanks);
	page_add(app, _(key->help));
}

void
help_open(struct app *app)
{
	size_t count;
	const struct key *key = key_table(&count);

	page_open(app, _("Help"), false);
	if (about[app->screen] != NULL)
		page_add(app, _(about[app->screen]));
	page_add(app, "\n\n");
	page_add(app, _("Keys"));
	for (size_t i = 0; i < count; i++)
		if (key[i].help != NULL && key_applies(&key[i], app->screen,
		    false, app->options->practice))
			add_key(app, &key[i]);
}
