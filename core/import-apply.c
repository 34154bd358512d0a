#include "import.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "text.h"

/* Three new tokens replace the old; single ones complete them. */
static void
apply_tokens(const struct identity *from, struct identity *to)
{
	struct identity both = *to;
	const char *why;

	for (size_t i = 0; i < from->tokens; i++) {
		size_t j = 0;

		while (j < both.tokens &&
		    strcmp(both.token[j], from->token[i]) != 0)
			j++;
		if (j == both.tokens && identity_add_token(&both,
		    from->token[i], &why) == -1) {
			both.tokens = from->tokens;
			memcpy(both.token, from->token, sizeof both.token);
			break;
		}
	}
	if (from->tokens == IDENTITY_TOKENS)
		memcpy(both.token, from->token, sizeof both.token);
	*to = both;
}

void
import_apply(const struct import *import, struct identity *identity)
{
	const struct identity *from = &import->identity;

	if (from->has_domain) {
		identity->domain = from->domain;
		identity->has_domain = true;
	}
	if (from->region[0] != '\0')
		strlcpy(identity->region, from->region, IDENTITY_REGION);
	if (from->tokens > 0)
		apply_tokens(from, identity);
	/* None is set when the region's own is right: that takes ours away. */
	if (import->has_zone) {
		identity->dkim_zone = from->dkim_zone;
		identity->has_dkim_zone = from->has_dkim_zone;
	}
	if (from->verification[0] != '\0')
		strlcpy(identity->verification, from->verification,
		    IDENTITY_VERIFICATION);
	if (from->has_mail_from) {
		identity->mail_from = from->mail_from;
		identity->has_mail_from = true;
	}
	if (from->mail_from_status != SES_UNKNOWN)
		identity->mail_from_status = from->mail_from_status;
	if (from->on_mx_failure[0] != '\0')
		strlcpy(identity->on_mx_failure, from->on_mx_failure,
		    IDENTITY_WORD);
	if (from->origin[0] != '\0')
		strlcpy(identity->origin, from->origin, IDENTITY_WORD);
	if (from->status_imported) {
		identity->status = from->status;
		identity->status_imported = true;
		strlcpy(identity->error, from->error, IDENTITY_WORD);
		identity->checked_at = from->checked_at;
		strlcpy(identity->soa, from->soa, NAME_TEXT);
	}
}

/* "CSV: DKIM x 3, Region" */
void
import_tell(const struct import *import, char *dst, size_t size)
{
	const struct identity *found = &import->identity;
	char list[IMPORT_WHY] = "", number[32];
	const struct text_place places[] = {
		{ "kind", import->kind == IMPORT_CSV ? "CSV" :
		    import->kind == IMPORT_JSON ? "JSON" : _("lines") },
		{ "list", list },
		{ NULL, NULL },
	};
	const struct {
		bool found;
		const char *label;
	} parts[] = {
		{ found->tokens > 0, number },
		{ found->region[0] != '\0', _("Region") },
		{ found->has_mail_from, _("MAIL FROM") },
		{ found->verification[0] != '\0', _("TXT value") },
	};

	snprintf(number, sizeof number, "DKIM x %zu", found->tokens);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (!parts[i].found)
			continue;
		if (list[0] != '\0')
			strlcat(list, ", ", sizeof list);
		strlcat(list, parts[i].label, sizeof list);
	}
	text_fill(dst, size, _("Understood ({kind}): {list}"), places);
}
