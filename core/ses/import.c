#include "ses/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "ses/import-internal.h"
#include "base/lang.h"
#include "base/text.h"
#include "base/xalloc.h"

/* Secrets, and what gives each away; up to an empty line all of it goes. */
static const struct {
	const char *mark;
	const char *reason;
} secrets[] = {
	{ "AccessKeyId", N_("This is an AWS access key, a secret: never "
	    "paste it anywhere. Copy the DNS rows from the identity's page "
	    "in SES.") },
	{ "Access key ID", N_("This is an AWS access key, a secret: never "
	    "paste it anywhere. Copy the DNS rows from the identity's page "
	    "in SES.") },
	{ "aws_secret_access_key", N_("This is an AWS access key, a secret: "
	    "never paste it anywhere. Copy the DNS rows from the identity's "
	    "page in SES.") },
	{ "SMTP password", N_("This is the password for sending through SES, "
	    "a secret: never paste it anywhere. Copy the DNS rows from the "
	    "identity's page in SES.") },
	{ "PRIVATE KEY-----", N_("This is a private key, a secret: never "
	    "paste it anywhere. Of a DKIM key of your own only the public "
	    "half is wanted.") },
};

/* Documents that people take for SES's rows; a word gives each away. */
static const struct {
	const char *mark;
	const char *reason;
} strangers[] = {
	{ "EmailIdentities", N_("This lists identities without their "
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
	{ "ProductionAccessEnabled", N_("This tells of your whole account at "
	    "SES, not of a domain. Copy the DNS rows from the identity's page "
	    "in SES.") },
	{ "Max24HourSend", N_("This tells of your whole account at "
	    "SES, not of a domain. Copy the DNS rows from the identity's page "
	    "in SES.") },
	{ "\"Recommendations\"", N_("These are recommendations of SES, "
	    "without its DNS rows. Copy the rows from the identity's page in "
	    "SES.") },
	{ "\"Tenants\"", N_("This lists tenants of SES, without DNS rows. "
	    "Copy the rows from the identity's page in SES.") },
	{ "<html", N_("This is the source of a web page. Copy the table that "
	    "the page shows, or download the CSV file.") },
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

void
gather_note(struct gather *g, const char *reason, const char *value)
{
	struct import *out = g->out;

	value = value == NULL ? "" : value;
	for (size_t i = 0; i < out->notes; i++)
		if (out->note[i].reason == reason &&
		    strcmp(out->note[i].value, value) == 0)
			return;
	if (out->notes == IMPORT_NOTES)
		return;
	out->note[out->notes].reason = reason;
	out->note[out->notes].line = g->line;
	text_safe(out->note[out->notes++].value, IMPORT_NOTED, value,
	    strlen(value));
}

void
import_note_text(const struct import_note *note, char *dst, size_t size)
{
	char line[24], told[IMPORT_WHY];
	const struct text_place places[] = {
		{ "line", line },
		{ "reason", told },
		{ NULL, NULL },
	};
	const struct text_place inner[] = {
		{ "value", note->value },
		{ NULL, NULL },
	};

	snprintf(line, sizeof line, "%zu", note->line);
	text_fill(told, sizeof told, _(note->reason), inner);
	text_fill(dst, size, note->line != 0 ? _("Line {line}: {reason}") :
	    "{reason}", places);
}

static void
blank(char *from, const char *to)
{
	for (; from < to; from++)
		if (*from != '\n')
			*from = ' ';
}

/*
 * Secrets are named and never read: from the line that gives one away to the
 * next empty one, a key in its armour to its end.
 */
static void
hide_secrets(struct gather *g, char *text)
{
	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
		char *at = text, *end;
		bool named = false;

		while ((at = strcasestr(at, secrets[i].mark)) != NULL) {
			/* The place of the first is enough, and costs once. */
			if (!named)
				gather_place(g, text, at);
			if (!named)
				gather_note(g, secrets[i].reason, NULL);
			g->out->secret = named = true;
			end = strstr(at, strncmp(secrets[i].mark, "PRIV", 4) ==
			    0 ? "-----END" : "\n\n");
			if (end == NULL)
				end = at + strlen(at);
			while (at > text && at[-1] != '\n')
				at--;
			end += strcspn(end, "\n") * (*end == '-');
			blank(at, end);
			at = end;
		}
	}
	g->line = g->column = 0;
}

/* Said when there is nothing of SES in it. */
static int
name_stranger(struct gather *g, const char *text)
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

/* Why nothing came of it: the first thing that can be told. */
static int
tell_nothing(struct gather *g, const char *text, size_t broken)
{
	if (g->single && name_stranger(g, text) == -1)
		return -1;
	if (g->other[0] != '\0')
		return gather_complain(g, N_("This is for {value}, not for "
		    "the domain typed before. Correct the domain, or copy "
		    "the rows that SES shows for it."), g->other);
	if (g->addresses || g->single)
		return gather_complain(g, N_("This is a single e-mail "
		    "address, which needs no DNS rows. Create an identity of "
		    "the type Domain at AWS."), NULL);
	if (g->out->notes > 0) {
		import_note_text(&g->out->note[0], g->why, IMPORT_WHY);
		return -1;
	}
	if (name_stranger(g, text) == -1)
		return -1;
	g->line = broken;
	if (broken != 0)
		return gather_complain(g, N_("These characters are "
		    "not UTF-8. Save the file as UTF-8, or paste the "
		    "rows alone."), NULL);
	return gather_complain(g, N_("There are no values from SES in this. "
	    "Paste the three CNAME rows, the CSV file, or what the AWS CLI "
	    "answers."), NULL);
}

/* Islands first: what is read of text is blanked out. */
static int
search(struct gather *g, char *text)
{
	hide_secrets(g, text);
	if (gather_json(g, text, strlen(text)) == -1)
		return -1;
	import_make_plain(text);
	if (strstr(text, "PUBLIC KEY-----") != NULL && gather_pem(g, text) ==
	    -1)
		return -1;
	return gather_lines(g, text) == -1 ? -1 : gather_settle(g);
}

int
import_parse(struct import *out, const char *text, size_t len,
    const struct identity *known, char why[static IMPORT_WHY])
{
	struct gather g = { .out = out, .known = known, .why = why };
	char *plain, *whole;
	size_t broken;
	int rc;

	memset(out, 0, sizeof *out);
	out->kind = IMPORT_LINES;
	identity_init(&out->identity);
	if (len > IMPORT_MAX)
		return gather_complain(&g, N_("This is more than a megabyte, "
		    "far more than SES hands out. Give the rows of one "
		    "domain alone."), NULL);
	if ((plain = import_decode(text, len, &broken)) == NULL)
		return gather_complain(&g, N_("This is no plain text. Save "
		    "the file as UTF-8, or paste the rows."), NULL);
	if (plain[strspn(plain, " \t\r\n")] == '\0') {
		free(plain);
		return gather_complain(&g, N_("There is nothing in it. Paste "
		    "the three CNAME rows, the CSV file, or what the AWS CLI "
		    "answers."), NULL);
	}
	whole = xstrdup(plain);
	rc = search(&g, plain);
	g.at = NULL;
	if (rc == 0 && (out->rows == 0 || (g.single &&
	    out->identity.tokens == 0)))
		rc = tell_nothing(&g, whole, broken);
	free(whole);
	free(plain);
	/* Whoever looks all the same finds nothing half-applied. */
	if (rc == -1)
		identity_init(&out->identity);
	return rc;
}
