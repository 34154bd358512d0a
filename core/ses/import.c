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
find_key(struct gather *g, const char *key, const char *value)
{
	const char *at = NULL, *next;
	size_t len = strlen(key);

	for (next = strstr(g->start, key); next != NULL;
	    next = strstr(next + len, key)) {
		const char *rest = next + len;

		if (next == g->start || next[-1] != '"' || *rest != '"')
			continue;
		if (at == NULL)
			at = next;
		rest += 1 + strspn(rest + 1, " \t\r\n:");
		if (value == NULL || (*rest == '"' && strncmp(rest + 1,
		    value, strlen(value)) == 0)) {
			at = next;
			break;
		}
	}
	if (at != NULL)
		gather_place(g, g->start, at - 1);
}

/* Where the reader stands, as far as that is known. */
static void
place(struct gather *g)
{
	if (g->key[0] != '\0')
		find_key(g, g->key, g->value);
	else if (g->row_key != NULL)
		find_key(g, g->row_key, g->row_value);
	if (g->at != NULL)
		g->column = gather_column(g->start, g->at);
}

static struct import_note
note_of(const struct gather *g, const char *reason, const char *value,
    size_t column)
{
	struct import_note note = { .reason = reason, .line = g->line,
	    .column = column };

	value = value == NULL ? "" : value;
	text_safe(note.value, IMPORT_NOTED, value, strlen(value));
	text_safe(note.key, IMPORT_NOTED, g->key, strlen(g->key));
	return note;
}

/* A paste may hold thousands: only those that can be told cost anything. */
static bool
is_new(struct import *out, const struct import_note *note)
{
	for (size_t i = 0; i < out->notes; i++)
		if (out->note[i].reason == note->reason &&
		    strcmp(out->note[i].value, note->value) == 0)
			return false;
	out->more += out->notes == IMPORT_NOTES;
	return out->notes < IMPORT_NOTES;
}

void
gather_note(struct gather *g, const char *reason, const char *value)
{
	struct import_note note = note_of(g, reason, value, 0);

	if (is_new(g->out, &note))
		g->out->note[g->out->notes++] = note;
}

int
gather_leave(struct gather *g, const char *reason, const char *value)
{
	struct import_note note = note_of(g, reason, value, 0);

	g->left = true;
	if (!is_new(g->out, &note))
		return 1;
	place(g);
	note = note_of(g, reason, value, g->column);
	g->out->note[g->out->notes++] = note;
	return 1;
}

static void
note_why(const struct import_note *note, char why[static IMPORT_WHY])
{
	struct text t = TEXT_INIT;

	import_note_tell(note, &t);
	strlcpy(why, t.s, IMPORT_WHY);
	text_release(&t);
}

/* Nothing comes of it at all. */
static int
complain(struct gather *g, const char *reason, const char *value)
{
	struct import_note note = note_of(g, reason, value, g->column);

	note_why(&note, g->why);
	return -1;
}

int
gather_refuse(struct gather *g, const char *reason, const char *value)
{
	if (g->why[0] != '\0')
		return 1;
	place(g);
	(void)complain(g, reason, value);
	return 1;
}

void
import_note_tell(const struct import_note *note, struct text *t)
{
	char line[24], column[24];
	struct text reason = TEXT_INIT;

	snprintf(line, sizeof line, "%zu", note->line);
	snprintf(column, sizeof column, "%zu", note->column);
	lang_line(&reason, note->reason, (const struct text_place[]){
		{ "value", note->value }, { NULL, NULL } });
	const struct text_place places[] = {
		{ "line", line },
		{ "column", column },
		{ "key", note->key },
		{ "reason", reason.s },
		{ NULL, NULL },
	};

	if (note->line == 0)
		text_line_add(t, reason.s);
	else
		lang_line(t, note->key[0] != '\0' ?
		    N_("Line {line}, column {column}, {key}: {reason}") :
		    note->column != 0 ?
		    N_("Line {line}, column {column}: {reason}") :
		    N_("Line {line}: {reason}"), places);
	text_release(&reason);
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
		return complain(g, strangers[i].reason, "");
	}
	return 0;
}

/* A file dragged into the terminal, or its name copied: one line. */
static bool
is_path(const char *text)
{
	static const char *const starts[] = {
		"/", "~/", "./", "../", "file:/", "\\\\"
	};
	static const char *const ends[] = {
		".csv", ".json", ".txt", ".yaml", ".yml", ".eml", ".zone"
	};
	size_t len;

	text += strspn(text, " \t\r\n\"'");
	len = strcspn(text, "\r\n\"'");
	if (text[len + strspn(text + len, " \t\r\n\"'")] != '\0')
		return false;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (strncmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	while (len > 0 && text[len - 1] == ' ')
		len--;
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (len > strlen(ends[i]) && strncasecmp(text + len -
		    strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
			return true;
	return len > 2 && text[1] == ':' && text[2] == '\\';
}

/* Why nothing came of it: the first thing that can be told. */
static int
tell_nothing(struct gather *g, char *text, size_t broken)
{
	if (g->single && name_stranger(g, text) == -1)
		return -1;
	g->out->other = g->other[0] != '\0';
	if (g->out->other)
		return complain(g, N_("This is for {value}, not for "
		    "the domain typed before. Correct the domain, or copy "
		    "the rows that SES shows for it."), g->other);
	if (g->addresses || g->single)
		return complain(g, N_("This is a single e-mail "
		    "address, which needs no DNS rows. Create an identity of "
		    "the type Domain at AWS."), "");
	if (g->out->notes > 0) {
		note_why(&g->out->note[0], g->why);
		return -1;
	}
	if (name_stranger(g, text) == -1)
		return -1;
	if ((g->out->path = is_path(text)))
		return complain(g, N_("This is the name of a file, and no "
		    "file can be opened from here. Open it and paste its "
		    "text, or leave and start again with -i and this name."),
		    "");
	gather_left_over(g, text);
	if (g->out->notes > 0) {
		note_why(&g->out->note[0], g->why);
		return -1;
	}
	g->line = broken;
	g->column = 0;
	if (broken != 0)
		return complain(g, N_("These characters are "
		    "not UTF-8. Save the file as UTF-8, or paste the "
		    "rows alone."), "");
	return complain(g, N_("There are no values from SES in this. "
	    "Paste the three CNAME rows, the CSV file, or what the AWS CLI "
	    "answers."), "");
}

/* Islands first: what is read of text is blanked out. */
static void
search(struct gather *g, char *text)
{
	gather_json(g, text, strlen(text));
	import_make_plain(text);
	if (strstr(text, "PUBLIC KEY-----") != NULL)
		gather_pem(g, text);
	gather_lines(g, text);
	gather_settle(g);
}

int
import_parse(struct import *out, const char *text, size_t len,
    const struct identity *known, char why[static IMPORT_WHY])
{
	struct gather g = { .out = out, .known = known, .why = why,
	    .skipped = TEXT_INIT, .spf = TEXT_INIT };
	char *plain, *whole;
	size_t broken;
	int rc = 0;

	why[0] = '\0';
	memset(out, 0, sizeof *out);
	out->kind = IMPORT_LINES;
	identity_init(&out->identity);
	if (len > IMPORT_MAX)
		return complain(&g, N_("This is more than a megabyte, "
		    "far more than SES hands out. Give the rows of one "
		    "domain alone."), "");
	whole = import_mail(text, &len);
	plain = import_decode(whole, len, &broken);
	free(whole);
	if (plain == NULL)
		return complain(&g, N_("This is no plain text. Save "
		    "the file as UTF-8, or paste the rows."), "");
	if (plain[strspn(plain, " \t\r\n")] == '\0') {
		free(plain);
		return complain(&g, N_("There is nothing in it. Paste "
		    "the three CNAME rows, the CSV file, or what the AWS CLI "
		    "answers."), "");
	}
	gather_secrets(&g, plain);
	whole = xstrdup(plain);
	search(&g, plain);
	g.at = NULL;
	if (g.why[0] != '\0')
		rc = -1;
	else if (out->rows == 0 || (g.single && out->identity.tokens == 0))
		rc = tell_nothing(&g, whole, broken);
	else
		gather_left_over(&g, whole);
	free(whole);
	free(plain);
	text_release(&g.skipped);
	text_release(&g.spf);
	/* Whoever looks all the same finds nothing half-applied. */
	if (rc == -1)
		identity_init(&out->identity);
	return rc;
}
