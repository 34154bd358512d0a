/* What an import brought, and what it left alone, in words. */
#include "ses/import.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

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
list_parts(const struct import *import, char *list, size_t size)
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
		{ found->verification[0] != '\0', _("TXT value") },
	};

	*list = '\0';
	snprintf(number, sizeof number, "DKIM x %zu", found->tokens);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (!parts[i].found)
			continue;
		if (*list != '\0')
			strlcat(list, ", ", size);
		strlcat(list, parts[i].label, size);
	}
}

/* A further line, whole or not at all. */
static void
add_line(char *dst, size_t size, const char *line)
{
	if (strlen(dst) + strlen(line) + 2 > size)
		return;
	strlcat(dst, "\n", size);
	strlcat(dst, line, size);
}

static void
add_status(const struct import *import, const struct identity *had,
    char *dst, size_t size)
{
	const struct identity *found = &import->identity;
	const char *status = ses_status_title(found->status);
	const struct text_place places[] = {
		{ "status", status },
		{ NULL, NULL },
	};
	char line[IMPORT_WHY];

	if (!found->status_imported || had->status == SES_UNKNOWN ||
	    found->status == had->status || *status == '\0')
		return;
	text_fill(line, sizeof line, _("AWS's status was taken from it, "
	    "too: {status}."), places);
	add_line(dst, size, line);
}

static void
add_service(const struct service *service, char *dst, size_t size)
{
	char line[IMPORT_WHY];
	const struct text_place places[] = {
		{ "service", service->name },
		{ "where", service->where != NULL ? _(service->where) : "" },
		{ NULL, NULL },
	};

	text_fill(line, sizeof line, service->where != NULL ?
	    _("These are rows of {service}, which sends through Amazon SES. "
	    "When all is right here, have it verified at {service}: "
	    "{where}.") :
	    _("These are rows of {service}, which sends through Amazon SES. "
	    "When all is right here, have it verified at {service}."),
	    places);
	add_line(dst, size, line);
}

void
import_tell(const struct import *import, const struct identity *had,
    char *dst, size_t size)
{
	char list[IMPORT_WHY], line[IMPORT_WHY];
	const struct text_place places[] = {
		{ "kind", import->kind == IMPORT_CSV ? "CSV" :
		    import->kind == IMPORT_JSON ? "JSON" : _("lines") },
		{ "list", list },
		{ NULL, NULL },
	};

	list_parts(import, list, sizeof list);
	text_fill(dst, size, same_tokens(&import->identity, had) ?
	    _("Understood ({kind}): {list}. The three codes are the same as "
	    "before: nothing to change in DNS for them.") :
	    _("Understood ({kind}): {list}"), places);
	add_status(import, had, dst, size);
	if (import->service != NULL)
		add_service(import->service, dst, size);
	for (size_t i = 0; i < import->notes; i++) {
		import_note_text(&import->note[i], line, sizeof line);
		add_line(dst, size, line);
	}
}
