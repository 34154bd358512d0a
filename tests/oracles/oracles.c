/*
 * oracles spf <VECTORS | oracles psl <LIST: what other people's test suites
 * demand, asked of the functions that the check uses.  A line for each vector
 * that comes out otherwise, "NAME WANTED GOT", and last "N vectors".
 *
 * The check wants to know whether SES is let through, not whom a record lets
 * through: of an SPF vector it says "none", "permerror", "temperror", or
 * "read" where the suite has a result that depends on who sends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/xalloc.h"
#include "dns/rr.h"
#include "dns/suffix.h"
#include "mail/spf.h"
#include "ses/identity.h"

enum {
	ROWS = 256,
	WORDS = 8,
	MX_MOST = 10	/* hosts of one mx, RFC 7208 section 4.6.4 */
};

struct row {
	struct name owner;
	bool odd;	/* its name is none */
	char *type;
	uint8_t *data;
	size_t len;
};

struct zone {
	struct row row[ROWS];
	size_t count;
};

static size_t
split(char *line, char *word[static WORDS])
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *w; count < WORDS && (w = strsep(&line, "\t")) != NULL;)
		word[count++] = w;
	return count;
}

static void
row_read(struct zone *zone, char *word[], size_t words)
{
	struct row *row = &zone->row[zone->count++];
	const char *data = words > 3 ? word[3] : "", *why;
	unsigned octet;

	if (zone->count == ROWS)
		errx(1, "too many rows");
	row->odd = name_parse(&row->owner, word[1], &why) == -1;
	row->type = xstrdup(word[2]);
	row->data = xcalloc(1, strlen(data) + 1);
	row->len = 0;
	if (strcmp(row->type, "TXT") == 0)
		for (; sscanf(data, "%2x", &octet) == 1; data += 2)
			row->data[row->len++] = (uint8_t)octet;
	else
		row->len = strlcpy((char *)row->data, data,
		    strlen(data) + 1);
}

static void
zone_clear(struct zone *zone)
{
	while (zone->count > 0) {
		zone->count--;
		free(zone->row[zone->count].type);
		free(zone->row[zone->count].data);
	}
}

/* --- SPF --- */

static const char *
type_text(uint16_t type)
{
	return type == RR_TXT ? "TXT" : type == RR_MX ? "MX" : "A";
}

/* Where the name leads, as a resolver follows it. */
static struct name
follow(const struct zone *zone, const struct name *name)
{
	struct name at = *name;
	const char *why;

	for (size_t i = 0, steps = 0; i < zone->count && steps < ROWS; i++) {
		const struct row *row = &zone->row[i];

		if (row->odd || strcmp(row->type, "CNAME") != 0 ||
		    !name_equal(&row->owner, &at))
			continue;
		if (name_parse(&at, (const char *)row->data, &why) == -1)
			errx(1, "%s: %s", (const char *)row->data, why);
		i = (size_t)-1;
		steps++;
	}
	return at;
}

static enum spf_answer
answer(void *context, const struct name *name, uint16_t type,
    const uint8_t **text, size_t *len)
{
	const struct zone *zone = context;
	struct name at = follow(zone, name);
	size_t rows = 0, records = 0;
	bool silent = false;

	for (size_t i = 0; i < zone->count; i++) {
		const struct row *row = &zone->row[i];

		if (row->odd || !name_equal(&row->owner, &at))
			continue;
		silent |= strcmp(row->type, "TIMEOUT") == 0;
		if (strcmp(row->type, type_text(type)) != 0)
			continue;
		rows++;
		if (type != RR_TXT || !spf_is_record(row->data, row->len))
			continue;
		if (records++ == 0) {
			*text = row->data;
			*len = row->len;
		}
	}
	if (rows == 0)
		return silent ? SPF_FAILED : SPF_NONE;
	if (type != RR_TXT)
		return type == RR_MX && rows > MX_MOST ? SPF_MULTIPLE :
		    SPF_TEXT;
	return records == 0 ? SPF_NO_RECORD : records > 1 ? SPF_MULTIPLE :
	    SPF_TEXT;
}

static const char *
judge(struct zone *zone, const char *domain)
{
	struct name name, goal;
	const uint8_t *text;
	struct spf_walk walk;
	const char *why;
	size_t len;

	/* Initial processing, section 4.3. */
	if (name_parse(&name, domain, &why) == -1 || name_labels(&name) < 2)
		return "none";
	if (name_parse(&goal, "nobody.invalid", &why) == -1)
		errx(1, "%s", why);
	switch (answer(zone, &name, RR_TXT, &text, &len)) {
	case SPF_NONE:
	case SPF_NO_RECORD:
		return "none";
	case SPF_MULTIPLE:
		return "permerror";
	case SPF_FAILED:
		return "temperror";
	default:
		break;
	}
	spf_walk(&walk, &name, text, len, &goal, answer, zone);
	if (walk.silent.len > 0)
		return "temperror";
	return walk.why != NULL ? "permerror" : "read";
}

static bool
is_result(const char *result)
{
	return strcmp(result, "none") != 0 && strstr(result, "error") == NULL;
}

static size_t
spf(void)
{
	struct zone *zone = xcalloc(1, sizeof *zone);
	size_t vectors = 0, size = 0;
	char *line = NULL;

	while (getline(&line, &size, stdin) != -1) {
		char *word[WORDS];
		size_t words = split(line, word);
		const char *got;
		bool fits = false;

		if (strcmp(word[0], "zone") == 0) {
			zone_clear(zone);
			continue;
		}
		if (strcmp(word[0], "rr") == 0 && words >= 3) {
			row_read(zone, word, words);
			continue;
		}
		if (strcmp(word[0], "test") != 0 || words < 4)
			errx(1, "not understood: %s", line);
		vectors++;
		got = judge(zone, word[2]);
		for (size_t i = 3; i < words; i++)
			fits |= strcmp(got, is_result(word[i]) ? "read" :
			    word[i]) == 0;
		if (!fits)
			printf("%s %s %s\n", word[1], word[3], got);
	}
	zone_clear(zone);
	free(zone);
	free(line);
	return vectors;
}

/* --- Public suffixes --- */

/* As the wizard reads a domain that is typed. */
static const char *
registered(const char *text, char out[static NAME_TEXT])
{
	struct identity identity;
	struct name name;
	const char *why;

	identity_init(&identity);
	if (identity_set_domain(&identity, text, &why) == -1)
		return "null";
	suffix_registered(&identity.domain, &name);
	/* Where there is none the function gives the name itself. */
	if (name_equal(&name, &identity.domain) && (suffix_is_public(&name) ||
	    name_labels(&name) < 2))
		return "null";
	return name_text(&name, out);
}

/* The wanted name, too, may be written in letters beyond ASCII. */
static const char *
ascii(const char *text, char out[static NAME_TEXT])
{
	struct identity identity;
	const char *why;

	identity_init(&identity);
	if (strcmp(text, "null") == 0 ||
	    identity_set_domain(&identity, text, &why) == -1)
		return text;
	return name_text(&identity.domain, out);
}

static size_t
psl(void)
{
	size_t vectors = 0, size = 0;
	char *line = NULL;

	while (getline(&line, &size, stdin) != -1) {
		char text[NAME_TEXT], want[NAME_TEXT], a[NAME_TEXT];
		char b[NAME_TEXT];
		const char *got, *wanted;

		if (sscanf(line, "checkPublicSuffix('%254[^']', '%254[^']')",
		    text, want) != 2) {
			if (sscanf(line, "checkPublicSuffix('%254[^']', null)",
			    text) != 1)
				continue;
			strlcpy(want, "null", sizeof want);
		}
		vectors++;
		got = registered(text, a);
		wanted = ascii(want, b);
		if (strcmp(got, wanted) != 0)
			printf("%s %s %s\n", text, want, got);
	}
	free(line);
	return vectors;
}

int
main(int argc, char *argv[])
{
	if (argc != 2 || (strcmp(argv[1], "spf") != 0 &&
	    strcmp(argv[1], "psl") != 0))
		errx(1, "usage: oracles spf|psl <FILE");
	printf("%zu vectors\n", strcmp(argv[1], "spf") == 0 ? spf() : psl());
	return 0;
}
