#include "saved.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <bsd/err.h>
#include <bsd/string.h>
#include <jansson.h>

#include "lang.h"
#include "provider.h"
#include "session.h"
#include "steps.h"
#include "text.h"
#include "vantage.h"
#include "wrap.h"
#include "xalloc.h"

enum {
	COLUMNS_LIST = 6,
	COLUMN_TEXT = NAME_TEXT,
	COLUMN_GAP = 2
};

struct saved {
	struct session *row;
	size_t count;
	bool damaged;
};

static void
add(void *arg, const struct session *session, int64_t at, const char *why)
{
	struct saved *saved = arg;

	(void)at;
	if (session == NULL) {
		warnx("%s", why);
		saved->damaged = true;
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

static const char *
age(int64_t ms, char *dst, size_t size)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} units[] = {
		{ 86400, N_("{n} days ago") },
		{ 3600, N_("{n} h ago") },
		{ 60, N_("{n} min ago") },
	};
	char number[24];
	const struct text_place places[] = { { "n", number }, { NULL, NULL } };

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		int64_t n = ms / 1000 / units[i].seconds;

		/* One day would be no plural: up to 48 h are said in hours. */
		if (n < (i == 0 ? 2 : 1))
			continue;
		snprintf(number, sizeof number, "%lld", (long long)n);
		text_fill(dst, size, _(units[i].text), places);
		return dst;
	}
	return _("just now");
}

/* The company's name; "" when it is left to the name servers. */
static const char *
company(const struct session *session)
{
	const struct provider *provider = session->provider[0] != '\0' ?
	    provider_find(session->provider) : NULL;

	return provider != NULL ? provider_name(provider) : "";
}

static void
columns_of(char column[COLUMNS_LIST][COLUMN_TEXT],
    const struct session *session, int64_t now)
{
	const struct identity *identity = &session->identity;
	char text[NAME_TEXT];

	strlcpy(column[0], name_unicode(&identity->domain, text), COLUMN_TEXT);
	strlcpy(column[1], identity->region, COLUMN_TEXT);
	strlcpy(column[2], company(session), COLUMN_TEXT);
	snprintf(column[3], COLUMN_TEXT, "%d %s", session->step,
	    step_name(session->step));
	strlcpy(column[4], identity->status != SES_UNKNOWN ?
	    ses_status_text(identity->status) : "", COLUMN_TEXT);
	strlcpy(column[5], age(now - session->saved_at, text, sizeof text),
	    COLUMN_TEXT);
	for (size_t c = 0; c < COLUMNS_LIST; c++)
		if (column[c][0] == '\0')
			strlcpy(column[c], "-", COLUMN_TEXT);
}

static void
print_text(const struct saved *saved, int64_t now)
{
	static const char *const heads[COLUMNS_LIST] = {
		N_("Domain"), N_("Region"), N_("DNS company"), N_("Step"),
		N_("SES"), N_("Saved"),
	};
	char (*cell)[COLUMNS_LIST][COLUMN_TEXT] =
	    xcalloc(saved->count + 1, sizeof *cell);
	int width[COLUMNS_LIST] = { 0 };

	for (size_t c = 0; c < COLUMNS_LIST; c++)
		strlcpy(cell[0][c], _(heads[c]), COLUMN_TEXT);
	for (size_t i = 0; i < saved->count; i++)
		columns_of(cell[i + 1], &saved->row[i], now);
	for (size_t i = 0; i <= saved->count; i++)
		for (size_t c = 0; c < COLUMNS_LIST; c++)
			if (wrap_width(cell[i][c]) > width[c])
				width[c] = wrap_width(cell[i][c]);
	for (size_t i = 0; i <= saved->count; i++) {
		for (size_t c = 0; c + 1 < COLUMNS_LIST; c++)
			printf("%s%*s", cell[i][c], width[c] + COLUMN_GAP -
			    wrap_width(cell[i][c]), "");
		puts(cell[i][COLUMNS_LIST - 1]);
	}
	free(cell);
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
	struct saved saved = { 0 };
	char why[SESSION_WHY];
	int rc = 0;

	if (session_each(add, &saved, why) == -1) {
		warnx("%s", why);
		return EX_DATAERR;
	}
	if (saved.count > 0)
		qsort(saved.row, saved.count, sizeof *saved.row, newer);
	if (json)
		print_json(&saved);
	else if (saved.count > 0)
		print_text(&saved, clock_now());
	else if (!saved.damaged)
		puts(_("Nothing is saved yet. To begin: dnsesame "
		    "your-domain.jp"));
	if (saved.damaged)
		rc = EX_DATAERR;
	if (fflush(stdout) == EOF || ferror(stdout)) {
		warn("%s", _("the output could not be written"));
		rc = EX_IOERR;
	}
	free(saved.row);
	return rc;
}
