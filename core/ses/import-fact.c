/*
 * What AWS calls its values: the keys of the API's answers, in whatever
 * spelling (DkimTokens, dkim_tokens, "ID ステータス"), and what each takes.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "ses/region.h"

enum {
	FACT_KEY = 48,		/* letters of a key; a longer one is prose */
	FACT_VALUE = 44		/* letters of a legacy value */
};

/* What SES says of the identity as a whole. */
static int
take_status(struct gather *g, const char *value)
{
	struct identity *identity = &g->out->identity;

	if (ses_status_parse(value, &identity->status) == 0) {
		identity->status_imported = true;
		g->has_status = true;
		g->out->rows++;
	}
	return 0;
}

/* DKIM's own status speaks only where there is no other. */
static int
take_dkim_status(struct gather *g, const char *value)
{
	enum ses_status status;

	if (!g->has_status && ses_status_parse(value, &status) == 0 &&
	    status != SES_NONE) {
		g->out->identity.status = status;
		g->out->identity.status_imported = true;
	}
	return 0;
}

static bool
is_error(const char *value)
{
	return strlen(value) < IDENTITY_WORD && value[strspn(value,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_")] == '\0';
}

static int
take_error(struct gather *g, const char *value)
{
	if (is_error(value))
		strlcpy(g->out->identity.error, value, IDENTITY_WORD);
	return 0;
}

static int
take_mail_from_status(struct gather *g, const char *value)
{
	(void)ses_status_parse(value, &g->out->identity.mail_from_status);
	return 0;
}

/* UseDefaultValue of v1, USE_DEFAULT_VALUE of v2. */
static int
take_on_mx_failure(struct gather *g, const char *value)
{
	strlcpy(g->out->identity.on_mx_failure, strncasecmp(value, "reject",
	    6) == 0 ? "REJECT_MESSAGE" : "USE_DEFAULT_VALUE", IDENTITY_WORD);
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

/* Epoch seconds of CLI v1, "1795133743.083". */
static int64_t
epoch_time(const char *text)
{
	double seconds;
	char end;

	if (sscanf(text, "%lf%c", &seconds, &end) != 1 || seconds <= 0 ||
	    seconds >= 1e11)
		return -1;
	return (int64_t)(seconds * 1000);
}

/* Ms since 1970.  What is no time is left out: 0. */
static int64_t
any_time(const char *text)
{
	int64_t at = iso_time(text);

	if (at == -1)
		at = epoch_time(text);
	return at > 0 ? at : 0;
}

static bool
is_time(const char *value)
{
	return any_time(value) != 0;
}

static int
take_checked(struct gather *g, const char *value)
{
	g->out->identity.checked_at = any_time(value);
	return 0;
}

/* The keys of an identity that is still pending were made with it. */
static int
take_created(struct gather *g, const char *value)
{
	g->created_at = any_time(value);
	return 0;
}

static bool
is_host(const char *value)
{
	struct name name;
	char text[NAME_TEXT];
	const char *why;

	/* Anything but a plain host name is left out. */
	return strchr(value, '.') != NULL &&
	    name_parse(&name, value, &why) == 0 &&
	    strchr(name_text(&name, text), '\\') == NULL;
}

/* Its MX host may stand nearer to the label than it does. */
static bool
is_mail_from(const char *value)
{
	return is_host(value) && strcasestr(value, "amazonses.") == NULL;
}

static int
take_soa(struct gather *g, const char *value)
{
	struct name name;
	const char *why;

	if (is_host(value) && name_parse(&name, value, &why) == 0)
		name_text(&name, g->out->identity.soa);
	return 0;
}

static int
take_kind(struct gather *g, const char *value)
{
	if (strcasecmp(value, "EMAIL_ADDRESS") == 0 ||
	    strcasecmp(value, "EmailAddress") == 0)
		g->single = true;
	return 0;
}

/* A weak word: only a real domain, and only where rows name none. */
static int
take_known_domain(struct gather *g, const char *value)
{
	struct identity probe;
	const char *why;

	identity_init(&probe);
	if (g->out->identity.has_domain ||
	    identity_set_domain(&probe, value, &why) == -1)
		return 0;
	strlcpy(g->domain, value, sizeof g->domain);
	return 0;
}

static bool
is_kind(const char *value)
{
	return strncasecmp(value, "EMAIL", 5) == 0;
}

static bool
is_origin(const char *value)
{
	return strcmp(value, "EXTERNAL") == 0 ||
	    strncmp(value, "AWS_SES", 7) == 0;
}

/* EXTERNAL: an own key's selector.  AWS_SES_REGION: another region's keys. */
static int
take_origin(struct gather *g, const char *value)
{
	g->external = strcmp(value, "EXTERNAL") == 0;
	g->out->rows += g->external;
	if (strlen(value) < IDENTITY_WORD &&
	    value[strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] ==
	    '\0')
		strlcpy(g->out->identity.origin, value, IDENTITY_WORD);
	if (strncmp(value, "AWS_SES_", 8) == 0) {
		strlcpy(g->parent, value + 8, sizeof g->parent);
		for (char *c = g->parent; *c != '\0'; c++)
			*c = *c == '_' ? '-' :
			    (char)tolower((unsigned char)*c);
	}
	return 0;
}

static bool
is_status(const char *value)
{
	enum ses_status status;

	return ses_status_parse(value, &status) == 0;
}

static bool
is_zone(const char *value)
{
	return strcasestr(value, "dkim.") != NULL && is_host(value);
}

static bool
is_value(const char *value)
{
	return strlen(value) == FACT_VALUE && value[FACT_VALUE - 1] == '=';
}

static bool
is_behaviour(const char *value)
{
	return strncasecmp(value, "use", 3) == 0 ||
	    strncasecmp(value, "reject", 6) == 0;
}

static bool
is_token(const char *value)
{
	return gather_token_length(value) == strlen(value) &&
	    strlen(value) == GATHER_TOKEN;
}

static bool
is_region(const char *value)
{
	return region_named(value) != NULL || region_has_shape(value);
}

static int
take_region(struct gather *g, const char *value)
{
	const struct region *region = region_named(value);

	return gather_region(g, region != NULL ? region->code : value);
}

/* The lines of --output text have no keys, but each the name of its part. */
static int
take_zone_or_status(struct gather *g, const char *value)
{
	return is_zone(value) ? gather_zone(g, value) :
	    take_dkim_status(g, value);
}

static bool
is_zone_or_status(const char *value)
{
	return is_zone(value) || is_status(value);
}

static int
take_name_or_status(struct gather *g, const char *value)
{
	return is_host(value) ? gather_mail_from(g, value) :
	    take_mail_from_status(g, value);
}

static bool
is_name_or_status(const char *value)
{
	return is_host(value) || is_status(value);
}

/* clang-format off */
static const struct fact facts[] = {
	{ "tokens",                     gather_token,          is_token,
	    FACT_LIST | FACT_WHOLE },
	{ "dkimtokens",                 gather_token,          is_token,
	    FACT_LIST | FACT_WHOLE },
	{ "signinghostedzone",          gather_zone,           is_zone, 0 },
	{ "mailfromdomain",             gather_mail_from,      is_mail_from,
	    0 },
	{ "mailfromdomainstatus",       take_mail_from_status, is_status,
	    FACT_PHRASE },
	{ "behavioronmxfailure",        take_on_mx_failure,    is_behaviour,
	    0 },
	{ "verificationtoken",          gather_verification,   is_value,
	    FACT_WHOLE },
	{ "verificationstatus",         take_status,           is_status,
	    FACT_PHRASE },
	{ "dkimstatus",                 take_dkim_status,      is_status,
	    FACT_PHRASE },
	{ "dkimverificationstatus",     take_dkim_status,      is_status,
	    FACT_PHRASE },
	{ "status",                     take_dkim_status,      is_status,
	    FACT_PHRASE },
	{ "errortype",                  take_error,            is_error, 0 },
	{ "lastcheckedtimestamp",       take_checked,          is_time,
	    FACT_NUMBER },
	{ "lastkeygenerationtimestamp", take_created,          is_time,
	    FACT_NUMBER },
	{ "primarynameserver",          take_soa,              is_host, 0 },
	{ "identitytype",               take_kind,             is_kind, 0 },
	{ "signingattributesorigin",    take_origin,           is_origin, 0 },
	{ "emailidentity",              gather_domain,         is_host, 0 },
	{ "region",                     take_region,           is_region,
	    FACT_PHRASE },
	{ "awsregion",                  take_region,           is_region,
	    FACT_PHRASE },
	{ "mailfrom",                   gather_mail_from,      is_mail_from,
	    0 },
	{ "identitystatus",             take_status,           is_status,
	    FACT_PHRASE },
	{ "idステータス",               take_status,           is_status,
	    FACT_PHRASE },
	{ "dkimattributes", take_zone_or_status, is_zone_or_status,
	    FACT_LIST },
	{ "mailfromattributes", take_name_or_status, is_name_or_status,
	    FACT_LIST },
	{ "domain",                     take_known_domain,     is_host, 0 },
};
/* clang-format on */

const struct fact *
fact_find(const char *key)
{
	char plain[FACT_KEY];
	size_t len = 0;

	for (; *key != '\0'; key++) {
		unsigned char c = (unsigned char)*key;

		if (c < 0x80 && !isalnum(c))
			continue;
		if (len + 1 == sizeof plain)
			return NULL;
		plain[len++] = (char)tolower(c);
	}
	plain[len] = '\0';
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		if (strcmp(facts[i].key, plain) == 0)
			return &facts[i];
	return NULL;
}
