#include "ses/import.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "ses/identity.h"
#include "base/lang.h"
#include "base/text.h"

/*
 * The tokens of both: single ones complete those that are there, a fourth or
 * three new ones replace them.  False when one is lost by that.
 */
static bool
join_tokens(const struct identity *from, struct identity *to)
{
	struct identity both = *to;
	bool room = true;
	const char *why;

	for (size_t i = 0; i < from->tokens; i++) {
		size_t j = 0;

		while (j < both.tokens &&
		    strcmp(both.token[j], from->token[i]) != 0)
			j++;
		if (j == both.tokens && identity_add_token(&both,
		    from->token[i], &why) == -1)
			room = false;
	}
	/* In AWS's order. */
	if (!room || from->tokens == IDENTITY_TOKENS) {
		both.tokens = from->tokens;
		memcpy(both.token, from->token, sizeof both.token);
	}
	*to = both;
	identity_drop_key(to);
	return room;
}

/* A selector or key alone completes what is there of the same key. */
static void
apply_key(const struct identity *from, struct identity *to)
{
	if (from->selector[0] != '\0') {
		if (to->selector[0] != '\0' &&
		    strcmp(to->selector, from->selector) != 0)
			identity_drop_key(to);
		strlcpy(to->selector, from->selector, IDENTITY_SELECTOR);
	}
	if (from->key[0] != '\0')
		strlcpy(to->key, from->key, IDENTITY_KEY);
	to->tokens = 0;
}

bool
import_fits(const struct import *import, const struct identity *identity)
{
	const struct identity *found = &import->identity;
	struct identity probe = *identity;

	if (import_set_mail_from(import, &probe) == -1)
		return false;
	return !found->has_mail_from || identity_mail_from_fits(
	    &found->mail_from, &identity->domain);
}

void
import_apply_zone(const struct import *import, struct identity *identity)
{
	struct name zone;

	if (!import->has_zone)
		return;
	/* None is set when the region's own is right. */
	identity->dkim_zone = name_root();
	identity->has_dkim_zone = false;
	if (identity_signing_zone(identity, &zone) == 0 &&
	    name_equal(&zone, &import->zone))
		return;
	identity->dkim_zone = import->zone;
	identity->has_dkim_zone = true;
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
		join_tokens(from, identity);
	else if (identity_has_own_key(from))
		apply_key(from, identity);
	import_apply_zone(import, identity);
	if (from->verification[0] != '\0')
		strlcpy(identity->verification, from->verification,
		    IDENTITY_VERIFICATION);
	if (from->has_mail_from) {
		identity->mail_from = from->mail_from;
		identity->has_mail_from = true;
	}
	if (identity->has_domain)
		(void)import_set_mail_from(import, identity);
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
		if (from->pending_since != 0 || from->status != SES_PENDING)
			identity->pending_since = from->pending_since;
		strlcpy(identity->error, from->error, IDENTITY_WORD);
		identity->checked_at = from->checked_at;
		strlcpy(identity->soa, from->soa, NAME_TEXT);
	}
}

/* "7klfyylb.. zdqttidv..": enough to tell sets of tokens apart. */
static void
tokens_text(const struct identity *identity, char *dst, size_t size)
{
	char some[IDENTITY_TOKEN];

	*dst = '\0';
	for (size_t i = 0; i < identity->tokens; i++) {
		snprintf(some, sizeof some, "%s%.8s..", i > 0 ? " " : "",
		    identity->token[i]);
		strlcat(dst, some, size);
	}
}

static const char *
mail_from_text(const struct identity *identity, char text[static NAME_TEXT])
{
	return identity->has_mail_from ?
	    name_text(&identity->mail_from, text) : "";
}

/* Where the targets lie once the import is laid over had; "" if unknown. */
static const char *
zone_text(const struct identity *identity, char text[static NAME_TEXT])
{
	struct name zone;

	return identity_signing_zone(identity, &zone) == 0 ?
	    name_text(&zone, text) : "";
}

/* Tokens or an own key: one takes the place of the other. */
static void
signing_text(const struct identity *identity, char *dst, size_t size)
{
	tokens_text(identity, dst, size);
	if (identity->tokens > 0 || !identity_has_own_key(identity))
		return;
	strlcpy(dst, _("a key of your own"), size);
	if (identity->selector[0] != '\0') {
		strlcat(dst, ", ", size);
		strlcat(dst, identity->selector, size);
	}
}

static bool
changes_way(const struct identity *found, const struct identity *had)
{
	return found->tokens > 0 ? identity_has_own_key(had) :
	    identity_has_own_key(found) && had->tokens > 0;
}

static const char dkim[] = "DKIM";

static void
add_conflict(struct import_conflict *out, size_t *count, const char *label,
    const char *had, const char *found)
{
	if (had[0] == '\0' || found[0] == '\0' || strcmp(had, found) == 0)
		return;
	out[*count].label = label;
	out[*count].tokens = strcmp(label, dkim) == 0;
	strlcpy(out[*count].had, had, NAME_TEXT);
	strlcpy(out[*count].found, found, NAME_TEXT);
	++*count;
}

bool
import_is_other(const struct import *import, const struct identity *had)
{
	return had->has_domain && import->identity.has_domain &&
	    !name_equal(&had->domain, &import->identity.domain);
}

size_t
import_conflicts(const struct import *import, const struct identity *had,
    struct import_conflict out[static IMPORT_CONFLICTS])
{
	const struct identity *found = &import->identity;
	struct identity both = *had, named = *had;
	char a[NAME_TEXT], b[NAME_TEXT];
	size_t count = 0;

	if (import_is_other(import, had)) {
		add_conflict(out, &count, _("Domain"),
		    name_text(&had->domain, a), name_text(&found->domain, b));
		return count;
	}
	add_conflict(out, &count, _("Region"), had->region, found->region);
	if (!join_tokens(found, &both)) {
		tokens_text(had, a, sizeof a);
		tokens_text(found, b, sizeof b);
		add_conflict(out, &count, dkim, a, b);
	}
	if (changes_way(found, had)) {
		signing_text(had, a, sizeof a);
		signing_text(found, b, sizeof b);
		add_conflict(out, &count, _("DKIM key"), a, b);
	}
	/* A zone that only the table told is no answer of the user's. */
	if (had->has_dkim_zone && import->has_zone) {
		import_apply(import, &both);
		add_conflict(out, &count, _("DKIM target"),
		    zone_text(had, a), zone_text(&both, b));
	}
	if (had->has_domain && import_set_mail_from(import, &named) == -1)
		named.has_mail_from = false;
	add_conflict(out, &count, _("MAIL FROM"), mail_from_text(had, a),
	    mail_from_text(found->has_mail_from ? found : &named, b));
	add_conflict(out, &count, _("Verification TXT"), had->verification,
	    found->verification);
	return count;
}

void
import_yield(struct import *import, const struct identity *had)
{
	struct identity *found = &import->identity;
	struct identity both = *had;

	if (had->region[0] != '\0')
		found->region[0] = '\0';
	/* The targets belong to the tokens. */
	if (changes_way(found, had) || !join_tokens(found, &both)) {
		identity_drop_key(found);
		found->tokens = 0;
		import->has_zone = false;
	}
	if (had->has_dkim_zone)
		import->has_zone = false;
	if (had->has_mail_from) {
		found->has_mail_from = false;
		import->mail_from[0] = '\0';
	}
	if (had->verification[0] != '\0')
		found->verification[0] = '\0';
}
