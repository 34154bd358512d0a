/* What AWS shows, pasted line by line. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "plain/plain-internal.h"
#include "ses/account.h"
#include "ses/import.h"

static void
add(struct text *document, const char *line)
{
	if (document->len + strlen(line) <= IMPORT_MAX)
		text_addf(document, "%s\n", line);
}

/* JSON says itself where it ends; lines and CSV files do not. */
static bool
is_whole(const struct text *document, const struct identity *known)
{
	char first = document->s[strspn(document->s, " \t\n")];
	char why[IMPORT_WHY];
	struct account account;
	struct import import;

	if (first != '{' && first != '[')
		return false;
	return account_read(&account, document->s, document->len) ||
	    (import_parse(&import, document->s, document->len, known, why) ==
	    0 && import.kind == IMPORT_JSON && !import.cut);
}

enum reply
plain_paste(struct plain *plain, const char *line, struct text *document)
{
	const struct identity *known = &plain->app->session.identity;
	/* Once is enough: in a paste the lines come by themselves. */
	const char *question = _("The other lines (Enter alone ends them)");
	char next[DIALOG_LINE];
	enum reply reply;

	text_clear(document);
	add(document, line);
	while (!is_whole(document, known)) {
		reply = plain_ask(plain, question, next);
		question = NULL;
		if (reply != REPLY_TEXT)
			return reply;
		if (*next == '\0')
			break;
		add(document, next);
	}
	return REPLY_TEXT;
}

bool
plain_is_paste(const struct plain *plain, const char *line)
{
	struct identity probe;
	struct import import;
	char why[IMPORT_WHY];
	const char *reason;

	identity_init(&probe);
	if (identity_set_domain(&probe, line, &reason) == 0)
		return false;
	return strchr("{[", line[strspn(line, " \t")]) != NULL ||
	    dialog_has_more(&plain->dialog) ||
	    import_parse(&import, line, strlen(line), &probe, why) == 0;
}
