/*
 * What a row of each type can hold of SES, and the words that are known by
 * their shape alone.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "ses/service.h"

enum {
	IMPORT_KEY_MIN = 200,		/* base64 of 1024 bits takes 216 */
	IMPORT_VALUE = 44		/* characters of a legacy value */
};

/* In TOKEN._domainkey.D the part D; NULL when text is no such name. */
static const char *
after_domainkey(const char *text)
{
	const char *at = strcasestr(text, "._domainkey");

	if (at == NULL || at == text || (at[11] != '.' && at[11] != '\0'))
		return NULL;
	return at[11] == '.' ? at + 12 : at + 11;
}

size_t
gather_token_length(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz234567");
}

/* A genuine token, and a dot or nothing behind it. */
static bool
begins_with_token(const char *text, char next)
{
	return gather_token_length(text) == GATHER_TOKEN &&
	    text[GATHER_TOKEN] == next;
}

const char *
gather_zone_in(const char *text)
{
	const char *dot = strchr(text, '.');

	if (dot == NULL || dot == text || strpbrk(text, " \t") != NULL ||
	    (strncasecmp(dot + 1, "dkim.", 5) != 0 &&
	    strcasestr(dot, ".dkim.") == NULL))
		return NULL;
	return strcasestr(dot, ".amazonses.") != NULL ||
	    begins_with_token(text, '.') ? dot + 1 : NULL;
}

/*
 * D as a zone file may write it: relative to a zone above ("news"), or not at
 * all.  It says nothing then that we do not know.
 */
static int
take_owner_domain(struct gather *g, const char *text)
{
	const struct name *known = &g->known->domain;
	struct name name, head;
	const char *why;

	if (text[0] == '\0' || strchr(text, '.') == NULL) {
		if (text[0] != '\0' && g->below[0] == '\0')
			strlcpy(g->below, text, sizeof g->below);
		return 0;
	}
	if (g->known->has_domain && text[strlen(text) - 1] != '.' &&
	    name_parse(&name, text, &why) == 0 &&
	    name_labels(&name) < name_labels(known)) {
		head = name_head(known, name_labels(&name));
		if (name_equal(&head, &name))
			return 0;
	}
	return gather_domain(g, text);
}

static int
take_target(struct gather *g, const char *zone, const char *target)
{
	if (gather_zone(g, zone) == 0)
		return gather_token(g, target);
	gather_skip(g, target);
	return 1;
}

int
gather_cname(struct gather *g, const char *owner, const char *target)
{
	const char *domain = after_domainkey(owner);
	const char *zone = gather_zone_in(target);
	char left[IDENTITY_TOKEN], right[IDENTITY_TOKEN];
	const char *why;

	if (zone == NULL)
		return gather_other(g, owner, target);
	g->column = g->value_column;
	/* $ORIGIN or a slip took _domainkey away; the target has it all. */
	if (domain == NULL)
		return take_target(g, zone, target);
	if (identity_token(left, owner, &why) == -1 ||
	    identity_token(right, target, &why) == -1)
		return gather_leave(g, why, NULL);
	if (strcmp(left, right) != 0)
		return gather_leave(g, N_("Name and target begin with "
		    "different tokens. Copy this row again from SES."), left);
	g->column = g->owner_column;
	if (take_owner_domain(g, domain) != 0) {
		gather_skip(g, owner);
		return 1;
	}
	g->column = g->value_column;
	return take_target(g, zone, target);
}

/* "include:amazons": what is there of SES's name, if all of it fits. */
static size_t
spf_part(const char *value, bool *whole)
{
	static const char ses[] = "amazonses.com";
	const char *at = strcasestr(value, "v=spf1");
	size_t len = 0;

	at = at != NULL ? strcasestr(at, "include:amazon") : NULL;
	if (at == NULL)
		return 0;
	at += strlen("include:");
	while (ses[len] != '\0' && (at[len] | 0x20) == (ses[len] | 0x20))
		len++;
	*whole = ses[len] == '\0';
	return *whole || strncmp(at + len, "..", 2) == 0 ||
	    (!isalnum((unsigned char)at[len]) && at[len] != '.') ? len : 0;
}

bool
gather_spf(struct gather *g, const char *owner, const char *value)
{
	bool whole;

	if (spf_part(value, &whole) == 0)
		return false;
	if (!whole)
		gather_leave(g, N_("The SPF value is cut short here, so its "
		    "row was not taken. Type its name as MAIL FROM by "
		    "hand."), NULL);
	/* As with MX: a name with an underscore is another row's. */
	else if (*owner == '\0' || strchr(owner, '_') != NULL)
		g->spf_line = g->line + 1;
	else
		text_addf(&g->spf, "%s\n", owner);
	return true;
}

int
gather_txt(struct gather *g, const char *owner, const char *value)
{
	static const char prefix[] = "_amazonses";
	size_t len = strlen(prefix);

	if (gather_spf(g, owner, value))
		return 0;
	if (strncasecmp(owner, prefix, len) == 0 &&
	    (owner[len] == '.' || owner[len] == '\0')) {
		g->column = g->owner_column;
		if (take_owner_domain(g, owner + len +
		    (owner[len] == '.')) != 0) {
			gather_skip(g, owner);
			return 1;
		}
		g->column = g->value_column;
		return gather_verification(g, value);
	}
	if (after_domainkey(owner) != NULL) {
		g->column = g->owner_column;
		if (service_is_others(owner, value))
			return gather_other(g, owner, value);
		if (take_owner_domain(g, after_domainkey(owner)) != 0) {
			gather_skip(g, owner);
			gather_skip(g, value);
			return 1;
		}
		g->column = g->value_column;
		return gather_key_row(g, owner, value);
	}
	return gather_other(g, owner, value);
}

/* Another preference is the user's affair; the host names the region. */
int
gather_mx(struct gather *g, const char *owner, const char *value)
{
	static const char prefix[] = "feedback-smtp";
	const char *host = strcasestr(value, prefix), *code;
	char label[IDENTITY_REGION];
	size_t len;

	if (host == NULL)
		return gather_other(g, owner, value);
	code = host + strlen(prefix) + (host[strlen(prefix)] == '.');
	len = strcspn(code, ".");
	g->column = g->value_column;
	if (strncasecmp(code + len, ".amazonses.", 11) != 0 ||
	    len >= sizeof label)
		return gather_leave(g, N_("{value} is not the whole name: the "
		    "value of SES's MX row ends in amazonses.com. Copy it "
		    "whole."), host);
	strlcpy(label, code, len + 1);
	if (gather_region(g, label) != 0)
		return 1;
	g->column = g->owner_column;
	/* No MAIL FROM has an underscore: this name is another row's. */
	if (owner[0] == '\0' || strchr(owner, '_') != NULL) {
		g->mx_waits = g->line + 1;
		return 0;
	}
	if (strcmp(owner, "@") == 0) {
		gather_note(g, N_("The MX row stands at the domain itself. "
		    "AWS takes only a name below it as MAIL FROM."), NULL);
		return 0;
	}
	return gather_mail_from(g, owner);
}

/* Every RSA key in base64 begins so: a sequence of more than 127 octets. */
static bool
is_key(const char *word)
{
	const char *sign = strchr(word, '=');

	return strncmp(word, "MI", 2) == 0 ||
	    (sign != NULL && strncmp(sign + 1, "MI", 2) == 0);
}

/* Text without a type of row: the name stood somewhere before its key. */
int
gather_key_word(struct gather *g, const char *word)
{
	size_t len = strlen(word);

	if (len < IMPORT_KEY_MIN || len >= GATHER_KEY || !is_key(word))
		return 0;
	if (after_domainkey(g->key_owner) != NULL)
		(void)gather_txt(g, g->key_owner, word);
	else
		g->key_waits = gather_key(g, word) == 0;
	return 1;
}

/* The target of a row that is another domain's may stand on the next line. */
static void
take_token_name(struct gather *g, const char *word, const char *domain)
{
	if (take_owner_domain(g, domain) == 0)
		(void)gather_token(g, word);
	else
		gather_skip(g, word);
}

/* T._domainkey.D, T.dkim.amazonses.com, _amazonses.D speak for themselves. */
static int
take_name(struct gather *g, const char *word)
{
	const char *found;

	if ((found = after_domainkey(word)) != NULL &&
	    begins_with_token(word, '.'))
		take_token_name(g, word, found);
	else if ((found = gather_zone_in(word)) != NULL)
		(void)take_target(g, found, word);
	else if (strncasecmp(word, "_amazonses.", 11) == 0)
		(void)gather_domain(g, word + 11);
	else if (strncasecmp(word, "feedback-smtp", 13) == 0 &&
	    (word[13] == '.' || word[13] == '\0'))
		(void)gather_mx(g, g->owner, word);
	else
		return 0;
	return 1;
}

int
gather_word(struct gather *g, const char *word, bool loose)
{
	size_t len = strlen(word);

	if (strpbrk(word, " \t\r\n") != NULL)
		return 0;
	if (take_name(g, word) != 0)
		return 1;
	if (!loose)
		return 0;
	if (len == IMPORT_VALUE && word[len - 1] == '=')
		(void)gather_verification(g, word);
	else if (begins_with_token(word, '\0'))
		(void)gather_token(g, word);
	else
		return gather_key_word(g, word);
	return 1;
}
