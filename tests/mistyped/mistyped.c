/*
 * mistyped [-s FOLDER] TABLE...: each row as people mistype it, in a zone in memory where all
 * else is right, through the whole check.  It must be found at its name, must
 * not pass, and the reader must be told the sign that is wrong; never that it
 * is of another region or account where only Amazon's own values can be.
 * FOLDER gets the case and the document of each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/text.h"
#include "base/xalloc.h"
#include "diagnose/check.h"
#include "journeys/zone.h"
#include "report/report.h"

#define DOMAIN "example.jp"
#define REGION "ap-northeast-1"
#define TOKEN "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define VALUE "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA="
#define KEY "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu9Sz0DNd/cv2UGzKDgfk" \
    "2yOyhQeC8lIGE5y+50k1DSMcBd4BX0Rb2cQEnQpsm6E3w6ZACXcTOuVJtIpN3mezrk8Bf" \
    "MKHgIRq9Ywd+uhxXsujOpxGvuYESa1lf1ObAxSxpj1xIxPlCu8psuKqa4YRVFX4ZQmhO5" \
    "JyfcYCPrlsBtz96xuZEl6wr7+B5wylWitcWQCZO9S3i4WP9XrJG5aDqhEpZx+uN4/d8Ec" \
    "I2BIXLR5oa4xdY/8oSd+o5mdM+I0AoQnT8elPmMA8a4lyC0EC6R57ma82XzgzpMezu8mQ" \
    "EdjtWKVfsnDzY+yCrvcOlKN2yKNNzDjM3BHOY3Ej9xxiuwIDAQAB"

enum {
	VALUE_TEXT = 8192,
	TERMS = 400,		/* of a long SPF record */
	KEY_LEFT = 300,		/* octets of the key that was cut */
	NOW = 1000000
};

/* One row of the table. */
struct row {
	char record[32];
	char value[VALUE_TEXT];
	char sign[VALUE_TEXT];
	bool serves;	/* it is meant otherwise, and is no fault */
};

static void
tell(struct identity *identity, const char *record)
{
	const char *why = "";

	identity_init(identity);
	if (identity_set_domain(identity, DOMAIN, &why) == -1 ||
	    identity_set_region(identity, REGION, &why) == -1 ||
	    (strcmp(record, "byodkim") == 0 ?
	    identity_set_byodkim(identity, "mail=" KEY, &why) :
	    identity_add_token(identity, TOKEN, &why)) == -1 ||
	    (strcmp(record, "verification") == 0 &&
	    identity_set_verification(identity, VALUE, &why) == -1) ||
	    (strncmp(record, "mail-from", 9) == 0 &&
	    identity_set_mail_from(identity, "bounce", &why) == -1))
		errx(1, "identity: %s", why);
}

/* --- The table --- */

/* "$K" and the like, and in texts \DDD and \C. */
static void
fill(char dst[static VALUE_TEXT], const char *src, bool escaped)
{
	char key[VALUE_TEXT];
	size_t at = 0;

	for (; *src != '\0' && at + sizeof KEY < VALUE_TEXT; src++) {
		if (*src == '$' && src[1] == 'L') {
			for (int i = 0; i < TERMS; i++)
				at += strlcpy(dst + at, "ip4:192.0.2.1 ",
				    VALUE_TEXT - at);
			src++;
		} else if (*src == '$') {
			strlcpy(key, KEY, sizeof key);
			for (char *p = key; *p != '\0'; p++)
				if (src[1] == 'B' && *p == '+')
					*p = ' ';
				else if (src[1] == 'S' && *p >= 'A' &&
				    *p <= 'Z')
					*p += 'a' - 'A';
			if (src[1] == 'C')
				key[KEY_LEFT] = '\0';
			at += strlcpy(dst + at, src[1] == 'T' ? TOKEN :
			    src[1] == 'V' ? VALUE : src[1] == 'R' ? REGION :
			    src[1] == 'D' ? DOMAIN : key, VALUE_TEXT - at);
			src++;
		} else if (escaped && *src == '\\' && src[1] >= '0' &&
		    src[1] <= '9') {
			dst[at++] = (char)((src[1] - '0') * 100 +
			    (src[2] - '0') * 10 + (src[3] - '0'));
			src += 3;
		} else {
			if (escaped && *src == '\\')
				src++;
			dst[at++] = *src;
		}
	}
	dst[at] = '\0';
}

static bool
row_read(struct row *row, char *line)
{
	char *value, *sign, *words;

	line[strcspn(line, "\n")] = '\0';
	if (*line == '#' || *line == '\0')
		return false;
	value = strstr(line, " | ");
	sign = value != NULL ? strstr(value + 3, " | ") : NULL;
	if (sign == NULL)
		errx(1, "no row: %s", line);
	*value = *sign = '\0';
	/* What the drawer called it, before what the reader is told. */
	if ((words = strstr(sign + 3, " | ")) != NULL)
		sign = words;
	strlcpy(row->record, line, sizeof row->record);
	sign += 3;
	row->serves = strncmp(sign, "serves: ", 8) == 0;
	fill(row->sign, row->serves ? sign + 8 : sign, false);
	fill(row->value, value + 3, strncmp(line, "dkim", 4) != 0 &&
	    strcmp(line, "mail-from-mx") != 0);
	return true;
}

/* --- The check --- */

static struct zone *
build(const struct check *check, const struct row *row)
{
	struct zone *zone = xcalloc(1, sizeof *zone);
	const char *why;

	zone_init(zone, &check->plan.domain);
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *w = &check->plan.wanted[i];
		struct rr rr = { .ttl = 60 };
		bool it = strcmp(w->id, row->record) == 0;

		if (rr_from_value(&rr, w->type, it ? row->value : w->value,
		    &why) == -1)
			errx(1, "%s: %s", row->value, why);
		rr_set_owner(&rr, &w->owner);
		zone_add(zone, &rr, NULL, (int)i);
		rr_release(&rr);
	}
	return zone;
}

static void
look(struct check *check)
{
	check_start(check, NOW);
	for (int i = 0; i < 1000 && (i == 0 || check->running); i++)
		check_step(check, NOW, NULL);
	if (check->running)
		errx(1, "a look does not end");
}

/* The value as it stands there says nothing of what is wrong with it. */
static void
blank_out(char *text, const char *value)
{
	for (char *at = text; *value != '\0' &&
	    (at = strstr(at, value)) != NULL; at += strlen(value))
		memset(at, '#', strlen(value));
}

/* What the reader is told is the matter. */
static char *
hear(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	struct text told = TEXT_INIT, part = TEXT_INIT;
	char *heard;

	report_record(check, index, REPORT_SUMMARY, &part);
	text_addf(&told, "%s ", part.s);
	report_record(check, index, REPORT_EXPLANATION, &part);
	text_add(&told, part.s);
	text_release(&part);
	heard = text_take(&told);
	for (size_t i = 0; i < record->founds; i++)
		blank_out(heard, record->found[i].value);
	return heard;
}

static const char *
fault(const struct check *check, size_t index, const struct row *row,
    const char *told)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];

	if ((record->state == STATE_PASS) != row->serves)
		return row->serves ? "it does not pass" : "it passes";
	if (record->founds == 0)
		return "it is not found";
	if (strcasestr(told, row->sign) == NULL)
		return "the sign is not told";
	if (strncmp(row->record, "dkim", 4) != 0 &&
	    strcmp(row->record, "mail-from-mx") != 0 &&
	    (strcasestr(told, "region") != NULL ||
	    strcasestr(told, "account") != NULL))
		return "a region or account is guessed";
	return NULL;
}

static bool
try(const struct row *row, const char *folder, unsigned long number)
{
	struct check *check = xcalloc(1, sizeof *check);
	struct identity identity;
	char *told;
	struct zone *zone;
	const char *wrong;
	size_t i = 0;

	tell(&identity, row->record);
	/* The plan is the check's, so the world follows it. */
	check_init(check, NULL, &identity, "w3k9x2m7q4");
	zone = build(check, row);
	check->world = &zone->world;
	zone_sample(check, folder, number, true);
	look(check);
	zone_sample(check, folder, number, false);
	while (i < check->plan.count &&
	    strcmp(check->plan.wanted[i].id, row->record) != 0)
		i++;
	if (i == check->plan.count)
		errx(1, "no record %s", row->record);
	told = hear(check, i);
	wrong = fault(check, i, row, told);
	printf("%sok - %s %s\n", wrong != NULL ? "not " : "", row->record,
	    row->value);
	if (wrong != NULL)
		printf("    %s: wanted \"%s\", finding %s:\n    %s\n", wrong,
		    row->sign, finding_row(
		    check->diagnosis.record[i].finding)->name, told);
	free(told);
	check_release(check);
	zone_release(zone);
	free(zone);
	free(check);
	return wrong == NULL;
}

static bool
read_table(const char *file, const char *folder, unsigned long *number)
{
	FILE *in = fopen(file, "r");
	bool sound = true;
	char *line = NULL;
	size_t size = 0;

	if (in == NULL)
		err(1, "%s", file);
	while (getline(&line, &size, in) != -1) {
		struct row row;

		if (row_read(&row, line))
			sound &= try(&row, folder, ++*number);
	}
	free(line);
	fclose(in);
	return sound;
}

int
main(int argc, char *argv[])
{
	const char *folder = NULL;
	unsigned long number = 0;
	bool sound = true;
	int first = 1;

	if (argc > 2 && strcmp(argv[1], "-s") == 0) {
		folder = argv[2];
		first = 3;
	}
	if (argc <= first)
		errx(1, "usage: mistyped [-s FOLDER] TABLE...");
	for (int i = first; i < argc; i++)
		sound &= read_table(argv[i], folder, &number);
	return sound ? 0 : 1;
}
