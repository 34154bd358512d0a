#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "diagnose/arrival.h"
#include "diagnose/exit-status.h"

#define FOLDER "tests/mail"

static char *
slurp(const char *name, const char *end, size_t *len)
{
	char path[512], *text = xmalloc(2 * RECEIVED_MAX);
	FILE *in;

	snprintf(path, sizeof path, FOLDER "/%s%s", name, end);
	if ((in = fopen(path, "re")) == NULL)
		fail_msg("%s cannot be read", path);
	*len = fread(text, 1, 2 * RECEIVED_MAX - 1, in);
	text[*len] = '\0';
	fclose(in);
	return text;
}

static void
must(int rc, const char *why)
{
	if (rc == -1)
		fail_msg("%s", why);
}

static struct identity
identity_of(const char *kind)
{
	static const char *const tokens[] = {
		"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
		"zdqttidvz7ora35tlm64k2ciqh3pvksq",
		"vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv",
	};
	struct identity identity;
	const char *why = "";

	identity_init(&identity);
	must(identity_set_domain(&identity, "example.jp", &why), why);
	must(identity_set_region(&identity, "ap-northeast-1", &why), why);
	for (size_t i = 0; i < 3; i++)
		must(identity_add_token(&identity, tokens[i], &why), why);
	if (strcmp(kind, "full") == 0)
		must(identity_set_mail_from(&identity, "bounce", &why), why);
	return identity;
}

static void
put_line(FILE *out, const char *name, const struct arrival_line *line)
{
	const char *result = auth_result_text(line->result);
	char domain[NAME_TEXT] = "-";

	if (line->has_domain && line->domain.len > 0)
		name_text(&line->domain, domain);
	fprintf(out, "%s %s %s %s\n", name, *result != '\0' ? result : "-",
	    domain, line->aligned ? "aligned" : "other");
}

/* In the words of .expect. */
static char *
tell(const struct arrival *arrival, const char *kind)
{
	static const char *const names[] = { "spf", "dkim", "dmarc" };
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	fprintf(out, "identity %s\nverdict %s\n", kind,
	    state_text(arrival->verdict));
	for (size_t i = 0; i < AUTH_METHODS; i++)
		put_line(out, names[i], &arrival->line[i]);
	fputs("causes", out);
	for (size_t i = 0; i < arrival->causes; i++)
		fprintf(out, " %s", arrival_row(arrival->cause[i].id)->name);
	fputc('\n', out);
	fclose(out);
	return text;
}

/* True when it shows what is expected; else it says what it shows. */
static bool
try_file(const char *name)
{
	size_t len, expected;
	char *mail = slurp(name, ".eml", &len);
	char *expect = slurp(name, ".expect", &expected), *got, kind[16] = "";
	struct received received;
	struct arrival arrival;
	struct identity identity;
	const char *why = "";
	bool right = true;

	if (strncmp(expect, "refused ", 8) == 0) {
		expect[strcspn(expect, "\n")] = '\0';
		if (received_read(&received, mail, len, &why) == 0 ||
		    strstr(why, expect + 8) == NULL)
			right = false;
		if (!right)
			print_error("%s: \"%s\", wanted %s\n", name, why,
			    expect);
	} else {
		sscanf(expect, "identity %15s", kind);
		identity = identity_of(kind);
		if (received_read(&received, mail, len, &why) == -1)
			fail_msg("%s: %s", name, why);
		arrival_judge(&arrival, &received,
		    strcmp(kind, "none") == 0 ? NULL : &identity);
		got = tell(&arrival, kind);
		right = strcmp(got, expect) == 0;
		if (!right)
			print_error("%s: wanted\n%sgot\n%s", name, expect,
			    got);
		free(got);
	}
	free(mail);
	free(expect);
	return right;
}

static void
test_samples(void **state)
{
	const struct dirent *entry;
	DIR *folder = opendir(FOLDER);
	size_t count = 0, wrong = 0;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		char name[256];
		const char *end = strstr(entry->d_name, ".eml");

		if (end == NULL)
			continue;
		snprintf(name, sizeof name, "%.*s",
		    (int)(end - entry->d_name), entry->d_name);
		wrong += !try_file(name);
		count++;
	}
	closedir(folder);
	assert_true(count >= 25);
	assert_int_equal(wrong, 0);
}

/* Every cause has a sample, but for those of the second look. */
static void
test_every_cause(void **state)
{
	bool seen[ARRIVAL_COUNT] = { false };
	const struct dirent *entry;
	DIR *folder = opendir(FOLDER);

	(void)state;
	seen[ARRIVAL_ROWS_RIGHT] = seen[ARRIVAL_ROWS_WRONG] =
	    seen[ARRIVAL_ROWS_GONE] = true;
	while ((entry = readdir(folder)) != NULL) {
		char *expect, *causes;
		size_t len;

		if (strstr(entry->d_name, ".expect") == NULL)
			continue;
		expect = slurp(entry->d_name, "", &len);
		causes = strstr(expect, "\ncauses");
		for (size_t i = 0; causes != NULL && i < ARRIVAL_COUNT; i++) {
			char word[64];

			snprintf(word, sizeof word, " %s",
			    arrival_row((enum arrival_id)i)->name);
			seen[i] = seen[i] || strstr(causes, word) != NULL;
		}
		free(expect);
	}
	closedir(folder);
	for (size_t i = 0; i < ARRIVAL_COUNT; i++)
		if (!seen[i])
			fail_msg("no mail shows %s",
			    arrival_row((enum arrival_id)i)->name);
}

/* A look at DNS in which every row of these kinds stands so. */
static void
look(struct arrival *arrival, const struct identity *identity,
    unsigned wrong)
{
	struct plan plan = { 0 };
	struct diagnosis d;

	plan_make(&plan, identity, "guard1234");
	diagnosis_init(&d, plan.count);
	d.complete = true;
	for (size_t i = 0; i < plan.count; i++) {
		bool bad = (wrong >> plan.wanted[i].kind & 1) != 0;

		d.record[i].finding = bad ? FINDING_MISSING : FINDING_OK;
		d.record[i].state = bad ? STATE_FAIL : STATE_PASS;
	}
	arrival_look(arrival, &plan, &d, INT64_C(1793700000000));
	diagnosis_release(&d);
	plan_release(&plan);
}

static struct arrival
judged(const char *name, const struct identity *identity)
{
	struct received received;
	struct arrival arrival;
	const char *why;
	size_t len;
	char *mail = slurp(name, ".eml", &len);

	assert_int_equal(received_read(&received, mail, len, &why), 0);
	arrival_judge(&arrival, &received, identity);
	free(mail);
	return arrival;
}

static const struct arrival_cause *
cause_of(const struct arrival *arrival, enum arrival_id id)
{
	for (size_t i = 0; i < arrival->causes; i++)
		if (arrival->cause[i].id == id)
			return &arrival->cause[i];
	return NULL;
}

static void
test_look(void **state)
{
	static const struct {
		const char *mail, *kind;
		unsigned wrong;
		enum arrival_id id;
		const char *rows;
		enum state verdict;
	} rows[] = {
		{ "yahoo-permerror", "tokens", 0, ARRIVAL_ROWS_RIGHT,
		    "DKIM 1, DKIM 2, DKIM 3", STATE_FAIL },
		{ "yahoo-permerror", "tokens", 1u << WANTED_DKIM, ARRIVAL_ROWS_WRONG,
		    "DKIM 1, DKIM 2, DKIM 3", STATE_FAIL },
		{ "gmail-arrived", "full", 1u << WANTED_DKIM, ARRIVAL_ROWS_GONE,
		    "DKIM 1, DKIM 2, DKIM 3", STATE_WARN },
		{ "gmail-arrived", "full", 1u << WANTED_MAIL_FROM_SPF,
		    ARRIVAL_ROWS_GONE, "MAIL FROM SPF", STATE_WARN },
		{ "gmail-mail-from-unused", "full", 1u << WANTED_MAIL_FROM_MX,
		    ARRIVAL_ROWS_WRONG, "MAIL FROM MX", STATE_WARN },
		{ "gmail-mail-from-unused", "full", 0, ARRIVAL_ROWS_RIGHT,
		    "MAIL FROM MX, MAIL FROM SPF", STATE_WARN },
		{ "gmail-no-dmarc", "full", 1u << WANTED_DMARC, ARRIVAL_ROWS_WRONG,
		    "DMARC", STATE_WARN },
		{ "gmail-no-dmarc", "full", 0, ARRIVAL_ROWS_RIGHT, "DMARC",
		    STATE_WARN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct identity identity = identity_of(rows[i].kind);
		struct arrival arrival = judged(rows[i].mail, &identity);
		const struct arrival_cause *cause;

		look(&arrival, &identity, rows[i].wrong);
		cause = cause_of(&arrival, rows[i].id);
		if (cause == NULL)
			fail_msg("%s, row %zu", rows[i].mail, i);
		assert_string_equal(cause->rows, rows[i].rows);
		assert_int_equal(arrival.verdict, rows[i].verdict);
		assert_true(arrival.at == INT64_C(1793668802000) ||
		    arrival.at == INT64_C(1793668803000));
		assert_true(arrival.looked_at > arrival.at);
	}
}

/* What all right rows and an arrived mail show together: nothing more. */
static void
test_look_agrees(void **state)
{
	struct identity identity = identity_of("full");
	struct arrival arrival = judged("gmail-arrived", &identity);

	(void)state;
	look(&arrival, &identity, 0);
	assert_int_equal(arrival.causes, 0);
	assert_int_equal(exit_status(arrival.verdict), 0);
}

static void
refused(const char *text, size_t len, const char *part)
{
	struct received received;
	const char *why = "";

	assert_int_equal(received_read(&received, text, len, &why), -1);
	if (strstr(why, part) == NULL)
		fail_msg("%s", why);
}

static void
test_bad_input(void **state)
{
	static const char page[] = "\n<!DOCTYPE html><html><head>";
	static const char table[] = "<table class=\"x\"><tr><th>SPF:</th>";
	const size_t size = 20 * 1024 * 1024;
	struct received received;
	char *text = xmalloc(size);
	const char *why;
	size_t len;

	(void)state;
	refused("", 0, "not the source");
	refused("hello\nworld\n", 12, "not the source");
	refused("Hello: a\nWorld: b\n\n", 19, "not the source");
	refused(page, sizeof page - 1, "code of a web page");
	refused(table, sizeof table - 1, "code of a web page");
	/* A header without an end; then one whose mail is as long. */
	memset(text, 'a', size);
	len = (size_t)sprintf(text, "Received: x\nFrom: shop@example.jp\nX: ");
	text[len] = 'a';
	refused(text, size, "does not end");
	memcpy(text + len, "\n\n", 2);
	assert_int_equal(received_read(&received, text, size, &why), 0);
	assert_int_equal(received.froms, 1);
	assert_int_equal(received.fields, 3);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_every_cause),
		cmocka_unit_test(test_look),
		cmocka_unit_test(test_look_agrees),
		cmocka_unit_test(test_bad_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
