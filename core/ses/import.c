#include "ses/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>
#include <jansson.h>

#include "ses/import-internal.h"
#include "base/lang.h"
#include "ses/region.h"
#include "base/text.h"
#include "base/xalloc.h"

/* Documents that people take for SES's; a word in it gives each away. */
static const struct {
	const char *mark;
	const char *reason;
} strangers[] = {
	{ ".acm-validations.aws", N_("These are rows of ACM, AWS's "
	    "certificate service, not of SES. Download the rows from the "
	    "identity's page in SES.") },
	{ "\"EmailIdentities\"", N_("This lists identities without their "
	    "values. Run: aws sesv2 get-email-identity --output json "
	    "--email-identity YOUR-DOMAIN") },
	{ "\"Identities\"", N_("This lists identities without their "
	    "values. Run: aws sesv2 get-email-identity --output json "
	    "--email-identity YOUR-DOMAIN") },
	{ "\"Statement\"", N_("This is a policy of IAM, which says who may "
	    "do what at AWS. Copy the DNS rows from the identity's page in "
	    "SES.") },
	{ "An error occurred (", N_("This is an error of the AWS CLI. Compare "
	    "domain and region in the line that you ran, and paste what it "
	    "answers then.") },
	{ "<html", N_("This is the source of a web page. Copy the table that "
	    "the page shows, or download the CSV file.") },
	{ "AccessKeyId", N_("This is an AWS access key, a secret: never "
	    "paste it anywhere. Copy the DNS rows from the identity's page "
	    "in SES.") },
	{ "Access key ID", N_("This is an AWS access key, a secret: never "
	    "paste it anywhere. Copy the DNS rows from the identity's page "
	    "in SES.") },
	{ "SMTP password", N_("This is the password for sending through SES, "
	    "a secret: never paste it anywhere. Copy the DNS rows from the "
	    "identity's page in SES.") },
	{ "PRIVATE KEY-----", N_("This is a private key, a secret: never "
	    "paste it anywhere. Of a DKIM key of your own only the public "
	    "half is wanted.") },
};

void
gather_place(struct gather *g, const char *text, const char *at)
{
	for (g->line = g->column = 1; text < at; text++) {
		g->column += (*text & 0xc0) != 0x80;
		if (*text == '\n') {
			g->line++;
			g->column = 1;
		}
	}
}

/*
 * jansson keeps no places: the key is looked for in the text, with its value
 * behind it if that is a string.
 */
static void
find_key(struct gather *g)
{
	const char *at = NULL, *next;
	size_t len = strlen(g->key);

	for (next = strstr(g->start, g->key); next != NULL;
	    next = strstr(next + len, g->key)) {
		const char *rest = next + len;

		if (next == g->start || next[-1] != '"' || *rest != '"')
			continue;
		if (at == NULL)
			at = next;
		rest += 1 + strspn(rest + 1, " \t\r\n:");
		if (g->value == NULL || (*rest == '"' && strncmp(rest + 1,
		    g->value, strlen(g->value)) == 0)) {
			at = next;
			break;
		}
	}
	if (at != NULL)
		gather_place(g, g->start, at - 1);
}

int
gather_complain(struct gather *g, const char *reason, const char *value)
{
	char line[24], column[24], safe[IMPORT_WHY / 4], told[IMPORT_WHY];
	struct text_place places[] = {
		{ "line", line },
		{ "column", column },
		{ "key", safe },
		{ "reason", told },
		{ NULL, NULL },
	};
	const struct text_place inner[] = {
		{ "value", safe },
		{ NULL, NULL },
	};

	if (g->key[0] != '\0')
		find_key(g);
	if (g->at != NULL)
		g->column = gather_column(g->start, g->at);
	snprintf(line, sizeof line, "%zu", g->line);
	snprintf(column, sizeof column, "%zu", g->column);
	value = value == NULL ? "" : value;
	text_safe(safe, sizeof safe, value, strlen(value));
	text_fill(told, sizeof told, _(reason), inner);
	text_safe(safe, sizeof safe, g->key, strlen(g->key));
	text_fill(g->why, IMPORT_WHY,
	    g->key[0] != '\0' && g->line != 0 ?
	    _("Line {line}, column {column}, {key}: {reason}") :
	    g->column != 0 ? _("Line {line}, column {column}: {reason}") :
	    g->line != 0 ? _("Line {line}: {reason}") : "{reason}", places);
	return -1;
}

int
gather_domain(struct gather *g, const char *text)
{
	struct identity probe;
	char other[NAME_TEXT];
	const char *why;

	identity_init(&probe);
	if (identity_set_domain(&probe, text, &why) == -1)
		return gather_complain(g, why, NULL);
	if (g->out->identity.has_domain) {
		if (name_equal(&probe.domain, &g->out->identity.domain))
			return 0;
		return gather_complain(g, N_("This belongs to another domain, "
		    "{value}. Give the rows of one domain alone."),
		    name_text(&probe.domain, other));
	}
	if (g->known->has_domain &&
	    !name_equal(&probe.domain, &g->known->domain))
		return gather_complain(g, N_("This is for {value}, not for "
		    "the domain typed before. Correct the domain, or copy "
		    "the rows that SES shows for it."),
		    name_text(&probe.domain, other));
	g->out->identity.domain = probe.domain;
	g->out->identity.has_domain = true;
	return 0;
}

int
gather_token(struct gather *g, const char *text)
{
	struct identity *identity = &g->out->identity;
	char token[IDENTITY_TOKEN];
	const char *why;

	if (identity_token(token, text, &why) == -1)
		return gather_complain(g, why, NULL);
	for (size_t i = 0; i < identity->tokens; i++) {
		if (strcmp(identity->token[i], token) == 0)
			return 0;
	}
	if (identity_add_token(identity, token, &why) == -1)
		return gather_complain(g, why, NULL);
	g->out->rows++;
	return 0;
}

/* amazonses.com, or the same name below another ending. */
static bool
is_amazons(const struct name *zone)
{
	struct name last = *zone;

	while (name_labels(&last) > 2)
		name_parent(&last, &last);
	return name_starts(&last, "amazonses");
}

int
gather_zone(struct gather *g, const char *text)
{
	struct identity probe;
	const char *why;

	identity_init(&probe);
	if (identity_set_dkim_zone(&probe, text, &why) == -1)
		return gather_complain(g, why, NULL);
	if (!is_amazons(&probe.dkim_zone))
		return gather_complain(g, N_("{value} is not Amazon's: the "
		    "targets of SES end in amazonses.com. Copy the rows again "
		    "from SES."), text);
	if (g->has_zone && !name_equal(&g->zone, &probe.dkim_zone))
		return gather_complain(g, N_("The targets end differently: "
		    "these are rows of two regions. Give those of one region "
		    "alone."), NULL);
	g->zone = probe.dkim_zone;
	g->has_zone = probe.has_dkim_zone;
	return 0;
}

int
gather_verification(struct gather *g, const char *text)
{
	struct identity *identity = &g->out->identity;
	char before[IDENTITY_VERIFICATION];
	const char *why;

	strlcpy(before, identity->verification, sizeof before);
	if (identity_set_verification(identity, text, &why) == -1)
		return gather_complain(g, why, NULL);
	if (before[0] != '\0' && strcmp(before, identity->verification) != 0)
		return gather_complain(g, N_("There are two different TXT "
		    "values. Give those of one region alone."), NULL);
	g->out->rows++;
	return 0;
}

int
gather_mail_from(struct gather *g, const char *text)
{
	char room[NAME_TEXT];

	text_trim(room, sizeof room, text, 1);
	if (room[0] != '\0' && room[strlen(room) - 1] == '.')
		room[strlen(room) - 1] = '\0';
	if (g->mail_from[0] != '\0' && strcasecmp(g->mail_from, room) != 0)
		return gather_complain(g, N_("There are two different MAIL "
		    "FROM names. Give the rows of one alone."), NULL);
	strlcpy(g->mail_from, room, sizeof g->mail_from);
	g->out->rows++;
	return 0;
}

int
gather_region(struct gather *g, const char *text)
{
	const struct region *region = region_find(text);

	if (region == NULL)
		return gather_complain(g, N_("No SES region is named {value}. "
		    "Copy this row again from SES."), text);
	if (g->region[0] != '\0' && strcmp(g->region, region->code) != 0)
		return gather_complain(g, N_("The rows name two regions. Give "
		    "those of one region alone."), NULL);
	strlcpy(g->region, region->code, sizeof g->region);
	return 0;
}

/*
 * A pasted target's zone wins.  A regional one tells the region, too, unless
 * a replica says that it uses another region's keys.
 */
static void
settle_region(struct gather *g)
{
	struct identity *identity = &g->out->identity;
	const struct region *region;
	struct identity table;
	const char *why;

	if (!g->has_zone && identity->tokens > 0 &&
	    (region = region_find(g->parent)) != NULL &&
	    region->dkim_zone != NULL)
		g->has_zone = name_parse(&g->zone, region->dkim_zone, &why) ==
		    0;
	region = g->has_zone ? region_of_host(&g->zone) : NULL;
	if (g->region[0] != '\0')
		strlcpy(identity->region, g->region, IDENTITY_REGION);
	else if (g->parent[0] == '\0' && region != NULL)
		strlcpy(identity->region, region->code, IDENTITY_REGION);
	g->out->has_zone = g->has_zone;
	g->out->zone = g->zone;
	identity_init(&table);
	strlcpy(table.region, identity->region[0] != '\0' ?
	    identity->region : g->known->region, IDENTITY_REGION);
	import_apply_zone(g->out, &table);
	identity->dkim_zone = table.dkim_zone;
	identity->has_dkim_zone = table.has_dkim_zone;
}

/* Now that the domain is known, if anybody knows it. */
static int
settle_mail_from(struct gather *g)
{
	struct identity *identity = &g->out->identity;
	struct identity probe;
	const char *why;

	identity_init(&probe);
	probe.has_domain = identity->has_domain || g->known->has_domain;
	probe.domain = identity->has_domain ? identity->domain :
	    g->known->domain;
	if (g->mail_from[0] == '\0') {
		/* An SPF may as well stand at the domain itself. */
		if (g->spf[0] == '\0' || !probe.has_domain ||
		    identity_set_mail_from(&probe, g->spf, &why) == -1)
			return 0;
		g->out->rows++;
	} else if (probe.has_domain) {
		if (identity_set_mail_from(&probe, g->mail_from, &why) == -1)
			return gather_complain(g, why, NULL);
	} else {
		if (name_parse_idn(&probe.mail_from, g->mail_from, &why) == -1)
			return gather_complain(g, why, NULL);
		probe.has_mail_from = name_labels(&probe.mail_from) > 1;
	}
	identity->mail_from = probe.mail_from;
	identity->has_mail_from = probe.has_mail_from;
	return 0;
}

static int
settle(struct gather *g)
{
	struct identity *identity = &g->out->identity;

	g->line = g->column = 0;
	g->key[0] = '\0';
	if (gather_settle_key(g) == -1)
		return -1;
	if (settle_mail_from(g) == -1)
		return -1;
	settle_region(g);
	if (identity->status == SES_PENDING)
		identity->pending_since = g->created_at;
	/* SES leaves an old error word standing beside SUCCESS. */
	if (identity->status == SES_VERIFIED)
		identity->error[0] = '\0';
	if (g->out->rows > 0)
		return 0;
	if (g->other[0] != '\0')
		return gather_complain(g, N_("This is for {value}, not for "
		    "the domain typed before. Correct the domain, or copy "
		    "the rows that SES shows for it."), g->other);
	if (g->addresses)
		return gather_complain(g, N_("This is a single e-mail "
		    "address, which needs no DNS rows. Create an identity of "
		    "the type Domain at AWS."), NULL);
	return gather_complain(g, N_("There are no values from SES in this. "
	    "Paste the three CNAME rows, the CSV file, or what the AWS CLI "
	    "answers."), NULL);
}

/* jansson's strings are UTF-8 or nothing; lines cut no character. */
static int
check_utf8(struct gather *g, const char *text)
{
	json_t *string;
	size_t len;

	for (g->line = 1;; g->line++, text += len + 1) {
		len = strcspn(text, "\n");
		if ((string = json_stringn(text, len)) == NULL)
			return gather_complain(g, N_("These characters are "
			    "not UTF-8. Save the file as UTF-8, or paste the "
			    "rows alone."), NULL);
		json_decref(string);
		if (text[len] == '\0')
			break;
	}
	g->line = 0;
	return 0;
}

static int
check_strangers(struct gather *g, const char *text)
{
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		const char *at = strcasestr(text, strangers[i].mark);

		if (at == NULL)
			continue;
		gather_place(g, text, at);
		return gather_complain(g, strangers[i].reason, NULL);
	}
	return 0;
}

static int
recognise(struct gather *g, char *text, size_t len)
{
	const char *start = text + strspn(text, " \t\r\n");
	char separator;

	if (*start == '\0')
		return gather_complain(g, N_("There is nothing in it. Paste "
		    "the three CNAME rows, the CSV file, or what the AWS CLI "
		    "answers."), NULL);
	if (check_utf8(g, text) == -1 || check_strangers(g, text) == -1)
		return -1;
	if (gather_json(g, text, len) == -1)
		return -1;
	if (strstr(text, "PUBLIC KEY-----") != NULL)
		return gather_pem(g, text);
	if ((separator = gather_separator(text)) != '\0') {
		if (g->out->kind == IMPORT_LINES)
			g->out->kind = IMPORT_CSV;
		return gather_csv(g, text, len, separator);
	}
	return gather_lines(g, text);
}

int
import_parse(struct import *out, const char *text, size_t len,
    const struct identity *known, char why[static IMPORT_WHY])
{
	static const char bom[] = "\xef\xbb\xbf";
	struct gather g = { .out = out, .known = known, .why = why };
	char *copy;
	int rc;

	memset(out, 0, sizeof *out);
	out->kind = IMPORT_LINES;
	identity_init(&out->identity);
	if (len > IMPORT_MAX)
		return gather_complain(&g, N_("This is more than a megabyte, "
		    "far more than SES hands out. Give the rows of one "
		    "domain alone."), NULL);
	if (len > 0 && memchr(text, '\0', len) != NULL)
		return gather_complain(&g, N_("This is no plain text. Save "
		    "the file as UTF-8 (not UTF-16), or paste the rows."),
		    NULL);
	if (len >= strlen(bom) && memcmp(text, bom, strlen(bom)) == 0) {
		text += strlen(bom);
		len -= strlen(bom);
	}
	copy = xmalloc(len + 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	rc = recognise(&g, copy, len);
	if (rc == 0)
		rc = settle(&g);
	free(copy);
	/* Whoever looks all the same finds nothing half-applied. */
	if (rc == -1)
		identity_init(&out->identity);
	return rc;
}
