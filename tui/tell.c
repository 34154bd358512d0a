#include "tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "ses/account.h"
#include "ses/import.h"

/* What is odd but not refused, as the wizard says it beside the fields. */
static void
tell_doubts(const struct answers *answers)
{
	const struct identity *identity = &answers->session.identity;
	char zone[NAME_TEXT];
	const char *why;

	/* Of the document's own zone its note told. */
	if ((why = identity_zone_doubt(identity)) != NULL &&
	    !(answers->imported && answers->document.has_zone &&
	    name_equal(&answers->document.zone, &identity->dkim_zone)))
		warnx("%s: %s", name_text(&identity->dkim_zone, zone), _(why));
	for (size_t i = 0; i < identity->tokens; i++)
		if ((why = identity_token_doubt(identity->token[i])) != NULL)
			warnx("%s: %s", identity->token[i], _(why));
	if (identity->verification[0] != '\0' &&
	    (why = identity_verification_doubt(identity->verification)) !=
	    NULL)
		warnx("%s: %s", identity->verification, _(why));
}

/* What was understood of the document, and what was not taken. */
static void
tell_document(const struct import *import)
{
	struct text text = TEXT_INIT;
	char *told, *rest, *line;
	struct identity nobody;

	identity_init(&nobody);
	import_tell(import, &nobody, &text);
	rest = told = text_take(&text);
	while ((line = strsep(&rest, "\n")) != NULL)
		warnx("%s", line);
	free(told);
}

/* What get-account answered, given where a domain's values are. */
static void
tell_account(const struct account *account)
{
	struct text text = TEXT_INIT;

	account_tell(account, &text);
	warnx("%s", _("This is about the AWS account, not about a domain:"));
	fprintf(stderr, "%s\n", text.s);
	text_release(&text);
}

void
tell_answers(const struct answers *answers)
{
	if (answers->note[0] != '\0')
		warnx("%s", answers->note);
	if (answers->has_account)
		tell_account(&answers->account);
	if (answers->imported)
		tell_document(&answers->document);
	tell_doubts(answers);
}
