#include "model/saved.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <bsd/err.h>
#include <bsd/string.h>
#include <jansson.h>

#include "base/age.h"
#include "base/output.h"
#include "base/lang.h"
#include "company/provider.h"
#include "session/session.h"
#include "model/steps.h"
#include "base/text.h"
#include "dns/world.h"
#include "model/wrap.h"
#include "base/xalloc.h"

enum {
	COLUMN_GAP = 2,
	COLUMN_STEP = 3,
	LINE_WIDTH = 80
};

static void
add(void *arg, const struct session *session, int64_t at, const char *why)
{
	struct saved *saved = arg;

	(void)at;
	if (session == NULL) {
		if (saved->damaged[0] != '\0')
			strlcat(saved->damaged, "\n", sizeof saved->damaged);
		strlcat(saved->damaged, why, sizeof saved->damaged);
		return;
	}
	saved->row = xreallocarray(saved->row, saved->count + 1,
	    sizeof *saved->row);
	saved->row[saved->count++] = *session;
}

/* The newest first: it is the one that dnsesame alone goes on with. */
static int
newer(const void *a, const void *b)
{
	const struct session *left = a, *right = b;

	return (left->saved_at < right->saved_at) -
	    (left->saved_at > right->saved_at);
}

int
saved_read(struct saved *saved, char why[static SESSION_WHY])
{
	memset(saved, 0, sizeof *saved);
	if (session_each(add, saved, why) == -1)
		return -1;
	if (saved->count > 0)
		qsort(saved->row, saved->count, sizeof *saved->row, newer);
	return 0;
}

void
saved_release(struct saved *saved)
{
	free(saved->row);
	memset(saved, 0, sizeof *saved);
}

/* The company's name; "" when it is left to the name servers. */
static const char *
company(const struct session *session)
{
	const struct provider *provider = session->provider[0] != '\0' ?
	    provider_find(session->provider) : NULL;

	return provider != NULL ? provider_name(provider) : "";
}

void
saved_columns(char column[SAVED_COLUMNS][SAVED_TEXT],
    const struct session *session, int64_t now)
{
	const struct identity *identity = &session->identity;
	struct text age = TEXT_INIT;
	char text[NAME_TEXT];

	strlcpy(column[0], name_unicode(&identity->domain, text), SAVED_TEXT);
	strlcpy(column[1], identity->region, SAVED_TEXT);
	strlcpy(column[2], company(session), SAVED_TEXT);
	snprintf(column[3], SAVED_TEXT, "%d %s", session->step,
	    step_name(session->step));
	strlcpy(column[4], identity->status != SES_UNKNOWN ?
	    ses_status_text(identity->status) : "", SAVED_TEXT);
	age_text(&age, now - session->saved_at);
	strlcpy(column[5], age.s, SAVED_TEXT);
	text_release(&age);
	for (size_t c = 0; c < SAVED_COLUMNS; c++)
		if (column[c][0] == '\0')
			strlcpy(column[c], "-", SAVED_TEXT);
}

void
saved_line(struct text *t, const struct session *session, int64_t now)
{
	char column[SAVED_COLUMNS][SAVED_TEXT];

	saved_columns(column, session, now);
	text_add(t, column[0]);
	for (size_t c = 1; c < SAVED_COLUMNS; c++)
		if (strcmp(column[c], "-") != 0)
			text_addf(t, "  %s", column[c]);
}

/* How wide each column is, of the head and count rows; and the whole. */
static int
measure(char (*cell)[SAVED_COLUMNS][SAVED_TEXT], size_t count,
    int width[static SAVED_COLUMNS])
{
	int all = COLUMN_GAP * (SAVED_COLUMNS - 1);

	for (size_t c = 0; c < SAVED_COLUMNS; c++) {
		width[c] = 0;
		for (size_t i = 0; i <= count; i++)
			if (wrap_width(cell[i][c]) > width[c])
				width[c] = wrap_width(cell[i][c]);
		all += width[c];
	}
	return all;
}

static void
print_text(const struct saved *saved, int64_t now)
{
	static const char *const heads[SAVED_COLUMNS] = {
		N_("Domain"), N_("Region"), N_("DNS company"), N_("Step"),
		N_("SES"), N_("Saved"),
	};
	char (*cell)[SAVED_COLUMNS][SAVED_TEXT] =
	    xcalloc(saved->count + 1, sizeof *cell);
	int width[SAVED_COLUMNS];

	for (size_t c = 0; c < SAVED_COLUMNS; c++)
		strlcpy(cell[0][c], _(heads[c]), SAVED_TEXT);
	for (size_t i = 0; i < saved->count; i++)
		saved_columns(cell[i + 1], &saved->row[i], now);
	if (measure(cell, saved->count, width) > LINE_WIDTH) {
		/* The number of a step says it, too. */
		for (size_t i = 1; i <= saved->count; i++)
			cell[i][COLUMN_STEP][1] = '\0';
		measure(cell, saved->count, width);
	}
	for (size_t i = 0; i <= saved->count; i++) {
		for (size_t c = 0; c + 1 < SAVED_COLUMNS; c++)
			printf("%s%*s", cell[i][c], width[c] + COLUMN_GAP -
			    wrap_width(cell[i][c]), "");
		puts(cell[i][SAVED_COLUMNS - 1]);
	}
	free(cell);
}

/* Where a file may be deleted by hand. */
static void
print_place(void)
{
	char path[SESSION_PATH], safe[SESSION_PATH];
	char text[SESSION_PATH + 512];
	const struct text_place places[] = { { "path", safe }, { NULL, NULL } };

	if (session_folder(path) == -1)
		return;
	text_safe(safe, sizeof safe, path, strlen(path));
	text_fill(text, sizeof text, _("To forget a domain, delete its files "
	    "in {path}: DOMAIN.json and, if there is one, DOMAIN.md."),
	    places);
	printf("\n%s\n", text);
}

/* null for what is not known. */
static json_t *
known(const char *text)
{
	return text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *
instant(int64_t ms)
{
	time_t s = (time_t)(ms / 1000);
	char text[32];
	struct tm tm;

	if (ms == 0 || gmtime_r(&s, &tm) == NULL ||
	    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(text);
}

static void
print_json(const struct saved *saved)
{
	json_t *domains = json_array(), *root;

	for (size_t i = 0; i < saved->count; i++) {
		const struct session *session = &saved->row[i];
		const struct identity *identity = &session->identity;
		char domain[NAME_TEXT];

		json_array_append_new(domains, json_pack(
		    "{s:s, s:o, s:o, s:i, s:s, s:o}",
		    "domain", name_text(&identity->domain, domain),
		    "region", known(identity->region),
		    "provider", known(session->provider),
		    "step", session->step,
		    "ses", ses_status_text(identity->status),
		    "saved_at", instant(session->saved_at)));
	}
	root = json_pack("{s:i, s:o}", "schema", 1, "domains", domains);
	json_dumpf(root, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(root);
}

int
saved_list(bool json)
{
	struct saved *saved = xmalloc(sizeof *saved);
	char why[SESSION_WHY], text[SESSION_WHY];
	bool damaged;
	int rc = 0, written;

	if (saved_read(saved, why) == -1) {
		warnx("%s", why);
		free(saved);
		return EX_DATAERR;
	}
	damaged = saved->damaged[0] != '\0';
	for (char *line, *rest = saved->damaged; rest != NULL &&
	    (line = strsep(&rest, "\n")) != NULL && *line != '\0';)
		warnx("%s", line);
	if (json)
		print_json(saved);
	else if (saved->count > 0) {
		print_text(saved, clock_now());
		print_place();
	}
	else if (!damaged) {
		text_program(text, sizeof text, _("Nothing is saved yet. To "
		    "begin: {program} your-domain.jp"));
		puts(text);
	}
	if (damaged)
		rc = EX_DATAERR;
	if ((written = output_finish(stdout)) != 0)
		rc = written;
	saved_release(saved);
	free(saved);
	return rc;
}
