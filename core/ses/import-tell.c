/* What an import brought, and what it left alone, in words. */
#include "ses/import.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

/* The same three tokens again, as after a restart at AWS. */
static bool
same_tokens(const struct identity *a, const struct identity *b)
{
	size_t same = 0;

	for (size_t i = 0; i < a->tokens; i++)
		for (size_t j = 0; j < b->tokens; j++)
			same += strcmp(a->token[i], b->token[j]) == 0;
	return same == IDENTITY_TOKENS;
}

/* "DKIM x 3, Region" */
static void
list_parts(const struct import *import, struct text *list)
{
	const struct identity *found = &import->identity;
	char number[32];
	const struct {
		bool found;
		const char *label;
	} parts[] = {
		{ found->tokens > 0, number },
		{ found->selector[0] != '\0', _("Selector") },
		{ found->key[0] != '\0', _("Public key") },
		{ found->region[0] != '\0', _("Region") },
		{ found->has_mail_from || import->mail_from[0] != '\0',
		    _("MAIL FROM") },
		{ found->verification[0] != '\0', _("Verification TXT") },
	};

	snprintf(number, sizeof number, "DKIM x %zu", found->tokens);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].found)
			text_list_add(list, parts[i].label);
}

static void
add_status(const struct import *import, const struct identity *had,
    struct text *t)
{
	const struct identity *found = &import->identity;
	const char *status = ses_status_title(found->status);
	const struct text_place places[] = {
		{ "status", status },
		{ NULL, NULL },
	};

	if (!found->status_imported || had->status == SES_UNKNOWN ||
	    found->status == had->status || *status == '\0')
		return;
	lang_line(t, N_("AWS's status was taken from it, too: {status}."),
	    places);
}

static void
add_service(const struct service *service, struct text *t)
{
	const struct text_place places[] = {
		{ "service", service->name },
		{ "where", service->where != NULL ? _(service->where) : "" },
		{ NULL, NULL },
	};

	lang_line(t, service->where != NULL ?
	    N_("These are rows of {service}, which sends through Amazon SES. "
	    "When all is right here, have it verified at {service}: "
	    "{where}.") :
	    N_("These are rows of {service}, which sends through Amazon SES. "
	    "When all is right here, have it verified at {service}."),
	    places);
}

void
import_tell(const struct import *import, const struct identity *had,
    struct text *t)
{
	struct text list = TEXT_INIT;

	list_parts(import, &list);
	const struct text_place places[] = {
		{ "kind", import->kind == IMPORT_CSV ? "CSV" :
		    import->kind == IMPORT_JSON ? "JSON" : _("lines") },
		{ "list", list.s },
		{ NULL, NULL },
	};

	lang_line(t, same_tokens(&import->identity, had) ?
	    N_("Understood ({kind}): {list}. The three codes are the same as "
	    "before: nothing to change in DNS for them.") :
	    N_("Understood ({kind}): {list}"), places);
	add_status(import, had, t);
	if (import->service != NULL)
		add_service(import->service, t);
	for (size_t i = 0; i < import->notes; i++)
		import_note_tell(&import->note[i], t);
	if (import->more > 0)
		text_line_add(t, _("There is more to say of this: paste less "
		    "of it at a time."));
	text_release(&list);
}
