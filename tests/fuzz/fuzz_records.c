/*
 * Any answers as rows to type: the zone-file lines, imported again, give the
 * same answers, and the note in Markdown names every row once, printable.
 * Lines of the input: company, domain, region, three tokens, value, MAIL FROM.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose/check.h"
#include "ses/import.h"
#include "base/lang.h"
#include "report/report.h"
#include "require.h"

enum {
	FIELDS = 8
};

int
LLVMFuzzerInitialize(int *argc, char ***argv);
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	lang_set(LANG_EN);
	return 0;
}

/* Whole lines without control characters. */
static void
printable(const char *text, size_t len)
{
	require(len > 0 && text[len - 1] == '\n');
	for (size_t i = 0; i < len; i++)
		require(text[i] == '\n' || ((unsigned char)text[i] >= ' ' &&
		    text[i] != 127));
}

static void
same(const struct identity *a, const struct identity *b)
{
	require(a->tokens == b->tokens);
	for (size_t i = 0; i < a->tokens; i++)
		require(strcmp(a->token[i], b->token[i]) == 0);
	require(strcmp(a->verification, b->verification) == 0);
	require(a->has_mail_from == b->has_mail_from);
	require(!a->has_mail_from || name_equal(&a->mail_from,
	    &b->mail_from));
	if (a->has_mail_from)
		require(strcmp(a->region, b->region) == 0);
}

/* Only what has a token's shape is taken for one again. */
static bool
has_odd_token(const struct identity *identity)
{
	for (size_t i = 0; i < identity->tokens; i++)
		if (identity_token_doubt(identity->token[i]) != NULL)
			return true;
	return false;
}

/* Nobody has Amazon's own name; names below it read as its targets do. */
static bool
looks_like_amazons(const struct identity *identity)
{
	char domain[NAME_TEXT];

	return strcasestr(name_text(&identity->domain, domain),
	    ".amazonses.") != NULL;
}

static void
zone_lines(const struct check *check, const struct identity *identity)
{
	struct identity again, known;
	struct import import;
	char why[IMPORT_WHY], domain[NAME_TEXT], *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	report_records_zonefile(out, check);
	fclose(out);
	printable(text, len);
	identity_init(&known);
	known.domain = identity->domain;
	known.has_domain = true;
	again = known;
	if (import_parse(&import, text, len, &known, why) == 0) {
		import_apply(&import, &again);
		/* What looks like a secret is hidden, its token with it. */
		if (!import.secret && !has_odd_token(identity) &&
		    !looks_like_amazons(identity))
			same(identity, &again);
	} else {
		/*
		 * A strange name or value may look like another service's, a
		 * token like the beginning of a secret.
		 */
		name_text(&identity->domain, domain);
		require(identity->verification[0] != '\0' ||
		    strcmp(domain, "example.jp") != 0 ||
		    strcasestr(text, "accesskeyid") != NULL);
	}
	free(text);
}

/* The name, or in a form of one line for everything that line. */
static void
name_of(const struct check *check, const struct wanted *wanted,
    char name[static FORM_TEXT])
{
	struct form form;
	struct name zone;

	name_text(&wanted->owner, name);
	check_zone(check, &zone);
	form_fill(&form, provider_rules(company_row(&check->company)), wanted,
	    &zone);
	for (size_t i = 0; i < form.count; i++)
		if (form.field[i].id == FORM_LINE)
			strcpy(name, form.field[i].value);
}

static void
note(const struct check *check)
{
	char *text, name[FORM_TEXT];
	size_t len;
	FILE *out = open_memstream(&text, &len);

	report_records_markdown(out, check);
	fclose(out);
	printable(text, len);
	for (size_t i = 0; i < check->plan.count; i++) {
		name_of(check, &check->plan.wanted[i], name);
		require(strstr(text, name) != NULL);
	}
	free(text);
}

/* Cuts the input into lines; what is missing is "". */
static void
split(char *text, char *field[FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++) {
		size_t len = strcspn(text, "\n");
		char *next = text[len] == '\n' ? text + len + 1 : text + len;

		field[i] = text;
		text[len] = '\0';
		text = next;
	}
}

static void
try(char *field[FIELDS], size_t size)
{
	struct identity identity;
	const struct provider *provider = provider_find(field[0]);
	struct check *check;
	const char *why;

	identity_init(&identity);
	if (identity_set_domain(&identity, field[1], &why) == -1)
		return;
	(void)identity_set_region(&identity, field[2], &why);
	for (size_t i = 3; i < 6; i++)
		(void)identity_add_token(&identity, field[i], &why);
	(void)identity_set_verification(&identity, field[6], &why);
	(void)identity_set_mail_from(&identity, field[7], &why);
	if (!identity_complete(&identity, &why))
		return;
	check = malloc(sizeof *check);
	check_init(check, NULL, &identity, "guard");
	if (provider != NULL)
		check_set_provider(check, provider);
	/* One of the two for an input: half the time of both. */
	if (size % 2 == 0)
		zone_lines(check, &identity);
	else
		note(check);
	check_release(check);
	free(check);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *field[FIELDS];

	memcpy(text, data, size);
	text[size] = '\0';
	split(text, field);
	try(field, size);
	free(text);
	return 0;
}
