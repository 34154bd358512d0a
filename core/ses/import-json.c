#include "ses/import-internal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <bsd/string.h>
#include <jansson.h>

#include "base/lang.h"

enum {
	JSON_DEPTH = 32		/* no answer of AWS is deeper */
};

static int
take_tokens(struct gather *g, const json_t *value)
{
	const json_t *token;
	size_t i;

	if (!json_is_array(value))
		return gather_complain(g, N_("A list of tokens should stand "
		    "here."), NULL);
	json_array_foreach(value, i, token) {
		if (!json_is_string(token))
			return gather_complain(g, N_("A list of tokens should "
			    "stand here."), NULL);
		if (gather_token(g, json_string_value(token)) == -1)
			return -1;
	}
	return 0;
}

static int
take_zone(struct gather *g, const json_t *value)
{
	return gather_zone(g, json_string_value(value));
}

static int
take_mail_from(struct gather *g, const json_t *value)
{
	return gather_mail_from(g, json_string_value(value));
}

static int
take_verification(struct gather *g, const json_t *value)
{
	return gather_verification(g, json_string_value(value));
}

/* What SES says of the identity as a whole. */
static int
take_status(struct gather *g, const json_t *value)
{
	struct identity *identity = &g->out->identity;

	if (ses_status_parse(json_string_value(value),
	    &identity->status) == 0) {
		identity->status_imported = true;
		g->has_status = true;
		g->out->rows++;
	}
	return 0;
}

/* DKIM's own status speaks only where there is no other. */
static int
take_dkim_status(struct gather *g, const json_t *value)
{
	enum ses_status status;

	if (!g->has_status && ses_status_parse(json_string_value(value),
	    &status) == 0 && status != SES_NONE) {
		g->out->identity.status = status;
		g->out->identity.status_imported = true;
	}
	return 0;
}

static int
take_error(struct gather *g, const json_t *value)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	const char *text = json_string_value(value);

	if (strlen(text) < IDENTITY_WORD && text[strspn(text, letters)] ==
	    '\0')
		strlcpy(g->out->identity.error, text, IDENTITY_WORD);
	return 0;
}

static int
take_mail_from_status(struct gather *g, const json_t *value)
{
	(void)ses_status_parse(json_string_value(value),
	    &g->out->identity.mail_from_status);
	return 0;
}

/* UseDefaultValue of v1, USE_DEFAULT_VALUE of v2. */
static int
take_on_mx_failure(struct gather *g, const json_t *value)
{
	strlcpy(g->out->identity.on_mx_failure, strncasecmp(
	    json_string_value(value), "reject", 6) == 0 ? "REJECT_MESSAGE" :
	    "USE_DEFAULT_VALUE", IDENTITY_WORD);
	return 0;
}

/* ISO 8601 with offset (CLI v2) as ms since 1970; -1 when it is not. */
static int64_t
iso_time(const char *text)
{
	struct tm tm = { 0 };
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	int hours, minutes = 0;
	int64_t seconds;

	if (rest == NULL)
		return -1;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	seconds = (int64_t)timegm(&tm);
	if ((*rest == '+' || *rest == '-') &&
	    (sscanf(rest + 1, "%2d:%2d", &hours, &minutes) == 2 ||
	    sscanf(rest + 1, "%2d%2d", &hours, &minutes) >= 1)) {
		int offset = (hours * 60 + minutes) * 60;

		seconds -= *rest == '-' ? -offset : offset;
	}
	return seconds * 1000;
}

/* A string, or epoch seconds (CLI v1).  What is no time is left out: 0. */
static int64_t
any_time(const json_t *value)
{
	double seconds = json_number_value(value);
	int64_t at = -1;

	if (json_is_string(value))
		at = iso_time(json_string_value(value));
	else if (json_is_number(value) && seconds > 0 && seconds < 1e11)
		at = (int64_t)(seconds * 1000);
	return at > 0 ? at : 0;
}

static int
take_checked(struct gather *g, const json_t *value)
{
	g->out->identity.checked_at = any_time(value);
	return 0;
}

/* The keys of an identity that is still pending were made with it. */
static int
take_created(struct gather *g, const json_t *value)
{
	g->created_at = any_time(value);
	return 0;
}

static int
take_soa(struct gather *g, const json_t *value)
{
	char text[NAME_TEXT];
	struct name name;
	const char *why;

	/* Anything but a plain host name is left out. */
	if (name_parse(&name, json_string_value(value), &why) == 0 &&
	    strchr(name_text(&name, text), '\\') == NULL)
		strlcpy(g->out->identity.soa, text, NAME_TEXT);
	return 0;
}

static int
take_kind(struct gather *g, const json_t *value)
{
	if (strcasecmp(json_string_value(value), "EMAIL_ADDRESS") == 0 ||
	    strcasecmp(json_string_value(value), "EmailAddress") == 0)
		return gather_complain(g, N_("This is a single e-mail "
		    "address, which needs no DNS rows. Create an identity of "
		    "the type Domain at AWS."), NULL);
	return 0;
}

/* EXTERNAL: an own key's selector.  AWS_SES_REGION: another region's keys. */
static int
take_origin(struct gather *g, const json_t *value)
{
	const char *text = json_string_value(value);

	g->external = strcmp(text, "EXTERNAL") == 0;
	g->out->rows += g->external;
	if (strlen(text) < IDENTITY_WORD &&
	    text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] ==
	    '\0')
		strlcpy(g->out->identity.origin, text, IDENTITY_WORD);
	if (strncmp(text, "AWS_SES_", 8) == 0) {
		strlcpy(g->parent, text + 8, sizeof g->parent);
		for (char *c = g->parent; *c != '\0'; c++)
			*c = *c == '_' ? '-' :
			    (char)tolower((unsigned char)*c);
	}
	return 0;
}

static const struct {
	const char *key;
	bool any;		/* otherwise a string that is not empty */
	int (*take)(struct gather *g, const json_t *value);
} keys[] = {
	{ "Tokens",                 true,  take_tokens },
	{ "DkimTokens",             true,  take_tokens },
	{ "SigningHostedZone",      false, take_zone },
	{ "MailFromDomain",         false, take_mail_from },
	{ "MailFromDomainStatus",   false, take_mail_from_status },
	{ "BehaviorOnMxFailure",    false, take_on_mx_failure },
	{ "BehaviorOnMXFailure",    false, take_on_mx_failure },
	{ "VerificationToken",      false, take_verification },
	{ "VerificationStatus",     false, take_status },
	{ "DkimStatus",             false, take_dkim_status },
	{ "DkimVerificationStatus", false, take_dkim_status },
	{ "Status",                 false, take_dkim_status },
	{ "ErrorType",              false, take_error },
	{ "LastCheckedTimestamp",   true,  take_checked },
	{ "LastKeyGenerationTimestamp", true, take_created },
	{ "PrimaryNameServer",      false, take_soa },
	{ "IdentityType",           false, take_kind },
	{ "SigningAttributesOrigin", false, take_origin },
};

/* 1 when key is one of ours, 0 otherwise. */
static int
take(struct gather *g, const char *key, const json_t *value)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (strcmp(keys[i].key, key) != 0)
			continue;
		if (json_is_null(value) || (json_is_string(value) &&
		    json_string_length(value) == 0))
			return 1;
		strlcpy(g->key, key, sizeof g->key);
		g->value = json_string_value(value);
		if (!keys[i].any && !json_is_string(value))
			return gather_complain(g, N_("A text in quotes should "
			    "stand here."), NULL);
		if (keys[i].take(g, value) == -1)
			return -1;
		g->key[0] = '\0';
		g->line = g->column = 0;
		return 1;
	}
	return 0;
}

/*
 * The v1 calls answer with a map from identity to values: 1 when this one is
 * to be passed over.
 */
static int
enter_identity(struct gather *g, const char *key)
{
	struct identity probe;
	const char *why;

	if (strchr(key, '@') != NULL) {
		g->addresses = true;
		return 1;
	}
	identity_init(&probe);
	if (strchr(key, '.') == NULL ||
	    identity_set_domain(&probe, key, &why) == -1)
		return 0;
	if (g->known->has_domain &&
	    !name_equal(&probe.domain, &g->known->domain)) {
		name_text(&probe.domain, g->other);
		return 1;
	}
	return gather_domain(g, key);
}

/* Known keys wherever they stand, so that a --query fragment will do, too. */
static int
walk(struct gather *g, json_t *json, int depth)
{
	const char *key;
	json_t *value;
	size_t i;

	if (depth > JSON_DEPTH)
		return gather_complain(g, N_("This is nested too deeply to "
		    "come from SES."), NULL);
	if (json_is_string(json))
		return gather_word(g, json_string_value(json), depth == 1);
	json_array_foreach(json, i, value) {
		if (walk(g, value, depth + 1) == -1)
			return -1;
	}
	json_object_foreach(json, key, value) {
		int done = take(g, key, value);

		if (done == 0 && json_is_object(value))
			done = enter_identity(g, key);
		if (done == -1)
			return -1;
		if (done == 1)
			continue;
		/* A bare string under a key of another's is no token. */
		if (walk(g, value, json_is_string(value) ? 2 : depth + 1) ==
		    -1)
			return -1;
	}
	return 0;
}

int
gather_json(struct gather *g, const char *text, size_t len)
{
	json_error_t error;
	json_t *root = json_loadb(text, len, 0, &error);
	int rc;

	g->start = text;
	if (root == NULL) {
		g->line = error.line > 0 ? (size_t)error.line : 1;
		g->column = error.column > 0 ? (size_t)error.column : 1;
		if (json_error_code(&error) == json_error_stack_overflow)
			return gather_complain(g, N_("This is nested too "
			    "deeply to come from SES."), NULL);
		return gather_complain(g, N_("The JSON is cut short or "
		    "damaged here. Copy the whole answer, from the first "
		    "bracket to the last."), NULL);
	}
	rc = walk(g, root, 0);
	json_decref(root);
	return rc;
}
