#include "ses/import-internal.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include <bsd/string.h>
#include <csv.h>

#include "base/lang.h"
#include "ses/region.h"
#include "base/xalloc.h"

enum {
	IMPORT_FIELDS = 16,		/* of one row; more are left out */
	IMPORT_KEY_MIN = 200		/* base64 of 1024 bits takes 216 */
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

/* A token stands bare among anything, so its shape has to be exact. */
size_t
gather_token_length(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz234567");
}

/*
 * In TOKEN.dkim.amazonses.com the zone; NULL when text is no such name.  A
 * zone that is not Amazon's counts only behind a genuine token.
 */
static const char *
after_token(const char *text)
{
	const char *end, *dot = strchr(text, '.');

	if (dot == NULL || dot == text ||
	    strncasecmp(dot + 1, "dkim.", 5) != 0)
		return NULL;
	if ((end = strcasestr(dot, ".amazonses.")) == NULL)
		return gather_token_length(text) == GATHER_TOKEN &&
		    text + GATHER_TOKEN == dot ? dot + 1 : NULL;
	/* More than one label behind it: a form appended the domain. */
	end += strlen(".amazonses.");
	end += strcspn(end, ".");
	return end[0] == '\0' || end[1] == '\0' ? dot + 1 : NULL;
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

	if (text[0] == '\0')
		return 0;
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
take_cname(struct gather *g, const char *owner, const char *target)
{
	const char *domain = after_domainkey(owner);
	const char *zone = after_token(target);
	char left[IDENTITY_TOKEN], right[IDENTITY_TOKEN];
	const char *why;

	if (zone == NULL)
		return 0;
	g->column = g->value_column;
	/* $ORIGIN or a slip took _domainkey away; the target has it all. */
	if (domain == NULL)
		return gather_zone(g, zone) == -1 ? -1 :
		    gather_token(g, target);
	if (identity_token(left, owner, &why) == -1 ||
	    identity_token(right, target, &why) == -1)
		return gather_complain(g, why, NULL);
	if (strcmp(left, right) != 0)
		return gather_complain(g, N_("Name and target begin with "
		    "different tokens. Copy this row again from SES."), NULL);
	if (gather_zone(g, zone) == -1)
		return -1;
	g->column = g->owner_column;
	if (take_owner_domain(g, domain) == -1)
		return -1;
	return gather_token(g, left);
}

static int
take_txt(struct gather *g, const char *owner, const char *value)
{
	static const char prefix[] = "_amazonses";
	size_t len = strlen(prefix);

	if (strncasecmp(value, "v=spf1 ", 7) == 0 &&
	    strcasestr(value, "include:amazonses.com") != NULL)
		strlcpy(g->spf, owner, sizeof g->spf);
	if (strncasecmp(owner, prefix, len) == 0 &&
	    (owner[len] == '.' || owner[len] == '\0')) {
		g->column = g->owner_column;
		if (take_owner_domain(g, owner + len + (owner[len] == '.')) ==
		    -1)
			return -1;
		g->column = g->value_column;
		return gather_verification(g, value);
	}
	if (after_domainkey(owner) != NULL) {
		g->column = g->owner_column;
		if (take_owner_domain(g, after_domainkey(owner)) == -1)
			return -1;
		g->column = g->value_column;
		return gather_key_row(g, owner, value);
	}
	return 0;
}

/* Another preference is the user's affair; the host names the region. */
static int
take_mx(struct gather *g, const char *owner, const char *value)
{
	static const char prefix[] = "feedback-smtp.";
	const char *host = strcasestr(value, prefix);
	char label[IDENTITY_REGION];
	size_t len;

	if (host == NULL)
		return 0;
	host += strlen(prefix);
	len = strcspn(host, ".");
	if (strncasecmp(host + len, ".amazonses.", 11) != 0 ||
	    len >= sizeof label)
		return 0;
	strlcpy(label, host, len + 1);
	g->column = g->value_column;
	if (gather_region(g, label) == -1)
		return -1;
	g->column = g->owner_column;
	return gather_mail_from(g, owner);
}

static const struct {
	const char *type;
	int (*take)(struct gather *g, const char *owner, const char *value);
} types[] = {
	{ "CNAME", take_cname },
	{ "TXT",   take_txt },
	{ "MX",    take_mx },
};

enum {
	TYPES = sizeof types / sizeof types[0]
};

static size_t
type_of(const char *text)
{
	size_t i = 0;

	while (i < TYPES && strcasecmp(types[i].type, text) != 0)
		i++;
	return i;
}

static char *
unquote(char *field)
{
	size_t len;

	field += strspn(field, " \t\r\"'");
	len = strlen(field);
	while (len > 0 && strchr(" \t\r\"'", field[len - 1]) != NULL)
		field[--len] = '\0';
	return field;
}

size_t
gather_column(const char *start, const char *at)
{
	size_t column = 1;

	for (; start < at; start++)
		column += (*start & 0xc0) != 0x80;
	return column;
}

/*
 * A row: TYPE NAME VALUE as the console writes it, or NAME ... TYPE VALUE as
 * zone files do.  1 when there is a record type, whatever the record.
 */
static int
take_row(struct gather *g, char **field, size_t count)
{
	char text[GATHER_KEY];
	size_t at, type = TYPES;
	size_t owner = 0;

	for (at = 0; at < count; at++) {
		if ((type = type_of(field[at])) != TYPES)
			break;
	}
	if (type == TYPES || count < 3)
		return 0;
	owner = at == 0 ? 1 : 0;
	at = at == 0 ? 2 : at + 1;
	/* The priority may have a field of its own. */
	if (at + 1 < count &&
	    field[at][strspn(field[at], "0123456789")] == '\0')
		at++;
	if (at >= count)
		return 0;
	g->owner_column = g->out->kind == IMPORT_CSV ? owner + 1 :
	    gather_column(g->start, field[owner]);
	g->value_column = g->out->kind == IMPORT_CSV ? at + 1 :
	    gather_column(g->start, field[at]);
	/* A long TXT may stand in several strings. */
	if (strcmp(types[type].type, "TXT") == 0) {
		strlcpy(text, field[at], sizeof text);
		while (++at < count)
			strlcat(text, field[at], sizeof text);
		if (types[type].take(g, field[owner], text) == -1)
			return -1;
	} else if (types[type].take(g, field[owner], field[at]) == -1)
		return -1;
	g->column = 0;
	return 1;
}

/* Every RSA key in base64 begins so: a sequence of more than 127 octets. */
static bool
is_key(const char *word)
{
	const char *sign = strchr(word, '=');

	return strncmp(word, "MI", 2) == 0 ||
	    (sign != NULL && strncmp(sign + 1, "MI", 2) == 0);
}

int
gather_key_word(struct gather *g, const char *word)
{
	size_t len = strlen(word);

	if (len < IMPORT_KEY_MIN || len >= GATHER_KEY || !is_key(word))
		return 0;
	return gather_key(g, word) == -1 ? -1 : 1;
}

/* T._domainkey.D, T.dkim.amazonses.com and _amazonses.D speak for themselves. */
static int
take_name(struct gather *g, const char *word)
{
	const char *found;

	if ((found = after_domainkey(word)) != NULL &&
	    gather_token_length(word) == GATHER_TOKEN &&
	    word[GATHER_TOKEN] == '.')
		return take_owner_domain(g, found) == -1 ||
		    gather_token(g, word) == -1 ? -1 : 1;
	if ((found = after_token(word)) != NULL)
		return gather_zone(g, found) == -1 ||
		    gather_token(g, word) == -1 ? -1 : 1;
	if (strncasecmp(word, "_amazonses.", 11) == 0)
		return gather_domain(g, word + 11) == -1 ? -1 : 1;
	return 0;
}

int
gather_word(struct gather *g, const char *word, bool loose)
{
	size_t len = strlen(word);
	int rc;

	if (strpbrk(word, " \t\r\n") != NULL)
		return 0;
	if ((rc = take_name(g, word)) != 0 || !loose)
		return rc;
	if (len == 44 && word[43] == '=')
		return gather_verification(g, word) == -1 ? -1 : 1;
	if ((rc = gather_key_word(g, word)) != 0)
		return rc;
	if (len != GATHER_TOKEN || gather_token_length(word) != len)
		return 0;
	return gather_token(g, word) == -1 ? -1 : 1;
}

/* Cuts line at tabs, or else at blanks outside quotes. */
static size_t
cut(char *line, char *field[static IMPORT_FIELDS])
{
	const char *separator = strchr(line, '\t') != NULL ? "\t" : " ";
	size_t count = 0;
	char *end;

	while (count < IMPORT_FIELDS) {
		if (*separator == ' ')
			line += strspn(line, " ");
		if (*line == '\0')
			break;
		end = line;
		if (*end == '"' && strchr(end + 1, '"') != NULL)
			end = strchr(end + 1, '"');
		end += strcspn(end, separator);
		field[count++] = line;
		line = end + (*end != '\0');
		*end = '\0';
	}
	for (size_t i = 0; i < count; i++)
		field[i] = unquote(field[i]);
	return count;
}

int
gather_lines(struct gather *g, char *text)
{
	struct words words = { .g = g };
	char *field[IMPORT_FIELDS], *line, *copy;
	int rc = 0;

	for (g->line = 1; rc != -1 && (line = strsep(&text, "\n")) != NULL;
	    g->line++) {
		/* Comments of zone files and shells. */
		if (strchr(";#", line[strspn(line, " \t")]) != NULL)
			continue;
		copy = xstrdup(line);
		g->start = line;
		rc = take_row(g, field, cut(line, field));
		if (rc == 0)
			rc = words_line(&words, copy);
		free(copy);
	}
	if (rc != -1)
		g->line = 0;
	return rc == -1 ? -1 : 0;
}

char
gather_separator(const char *text)
{
	char line[256], mark[16];

	for (; *text != '\0'; text += strcspn(text, "\n"), text +=
	    *text != '\0') {
		for (const char *s = ",;"; *s != '\0'; s++) {
			size_t len = 0;

			/* Without quotes, as if a field stood before. */
			line[len++] = *s;
			for (const char *c = text; *c != '\0' && *c != '\n' &&
			    len < sizeof line - 1; c++) {
				if (*c != '"')
					line[len++] = *c;
			}
			line[len] = '\0';
			for (size_t i = 0; i < TYPES; i++) {
				snprintf(mark, sizeof mark, "%c%s%c", *s,
				    types[i].type, *s);
				if (strcasestr(line, mark) != NULL)
					return *s;
			}
		}
	}
	return '\0';
}

/* One row as libcsv hands it out, field by field. */
struct row {
	struct gather *g;
	char *field[IMPORT_FIELDS];
	size_t count;
	int rc;
};

static void
row_field(void *field, size_t len, void *data)
{
	struct row *row = data;

	(void)len;
	if (row->count < IMPORT_FIELDS)
		row->field[row->count++] = xstrdup(field);
}

static void
row_end(int separator, void *data)
{
	struct row *row = data;
	char *field[IMPORT_FIELDS];

	(void)separator;
	for (size_t i = 0; i < row->count; i++)
		field[i] = unquote(row->field[i]);
	if (row->rc == 0 && take_row(row->g, field, row->count) == -1)
		row->rc = -1;
	while (row->count > 0)
		free(row->field[--row->count]);
}

int
gather_csv(struct gather *g, char *text, size_t len, char separator)
{
	struct row row = { .g = g };
	struct csv_parser parser;
	bool broken = false;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI |
	    CSV_APPEND_NULL) != 0)
		err(EX_OSERR, "csv_init");
	csv_set_delim(&parser, (unsigned char)separator);
	/* Line by line, for libcsv counts none. */
	for (g->line = 1; len > 0 && row.rc == 0 && !broken; g->line++) {
		size_t some = strcspn(text, "\n");

		some += some < len;
		broken = csv_parse(&parser, text, some, row_field, row_end,
		    &row) != some;
		text += some;
		len -= some;
	}
	g->line--;
	if (row.rc == 0 && !broken)
		broken = csv_fini(&parser, row_field, row_end, &row) != 0;
	if (row.rc == 0 && broken)
		row.rc = gather_complain(g, N_("A quotation mark is not "
		    "closed, or stands inside a field. Download the file "
		    "again, or paste its rows."), NULL);
	while (row.count > 0)
		free(row.field[--row.count]);
	csv_free(&parser);
	return row.rc;
}
