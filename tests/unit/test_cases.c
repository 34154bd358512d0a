/*
 * Every case file of tests/cases is replayed through the same check as a live
 * one; its "expect" lines say what must come of it:
 *
 *	expect verdict STATE
 *	expect record ID STATE FINDING [found OWNER | unsaved]
 *	expect domain FINDING STATE [SUBJECT]
 *	expect provider ID
 *	expect ses NOTE
 *
 * Domain findings that are not expected are failures, too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "diagnose/casefile.h"
#include "base/xalloc.h"
#include "diagnose/check.h"
#include "dns/world.h"
#include "named.h"
#include "report/report.h"

enum {
	WORDS = 24
};

static size_t
split(char *line, char *word[static WORDS])
{
	size_t count = 0;
	char *save = NULL;

	for (char *w = strtok_r(line, " \t", &save); w != NULL &&
	    count < WORDS; w = strtok_r(NULL, " \t", &save))
		word[count++] = w;
	return count;
}

static void
expect_record(const struct check *check, char *word[], size_t count)
{
	const struct diagnosis *d = &check->diagnosis;
	size_t i = 0;

	while (i < check->plan.count &&
	    strcmp(check->plan.wanted[i].id, word[1]) != 0)
		i++;
	assert_true(i < check->plan.count);
	assert_string_equal(finding_row(d->record[i].finding)->name, word[3]);
	assert_string_equal(state_text(d->record[i].state), word[2]);
	assert_int_equal(d->record[i].unsaved, count == 5 &&
	    strcmp(word[4], "unsaved") == 0);
	/* What is right is no "no" at a server that answers. */
	for (size_t k = 0; k < d->all && strcmp(word[3], "ok") == 0; k++)
		if (d->server[k].state == SERVER_ANSWERS) {
			assert_int_not_equal(d->record[i].cell[k], CELL_NO);
			assert_int_not_equal(d->record[i].cell[k], CELL_OTHER);
		}
	if (count >= 6 && strcmp(word[4], "found") == 0) {
		struct name owner;
			size_t k = 0;

		owner = named(word[5]);
		while (k < d->record[i].founds &&
		    !name_equal(&d->record[i].found[k].owner, &owner))
			k++;
		assert_true(k < d->record[i].founds);
	}
}

/* The subject may be several words: "example.jp MX, www.example.jp A". */
static bool
is_subject(const char *subject, char *word[], size_t count)
{
	char text[NAME_TEXT] = "";

	for (size_t i = 3; i < count; i++) {
		strlcat(text, i > 3 ? " " : "", sizeof text);
		strlcat(text, word[i], sizeof text);
	}
	return count < 4 || strcmp(text, subject) == 0;
}

static void
expect_domain(const struct check *check, char *word[], size_t count)
{
	const struct diagnosis *d = &check->diagnosis;

	for (size_t i = 0; i < d->domains; i++) {
		if (strcmp(finding_row(d->domain[i].finding)->name,
		    word[1]) != 0)
			continue;
		if (!is_subject(d->domain[i].subject, word, count))
			continue;
		assert_string_equal(state_text(d->domain[i].state), word[2]);
		return;
	}
	fail_msg("no finding %s of the domain", word[1]);
}

static void
expect_all(const struct check *check, struct casefile *file)
{
	size_t domains = 0;

	for (size_t i = 0; i < file->expects; i++) {
		char *word[WORDS];
		size_t count = split(file->expect[i], word);

		assert_true(count >= 2);
		if (strcmp(word[0], "verdict") == 0) {
			assert_string_equal(state_text(
			    check->diagnosis.verdict), word[1]);
		} else if (strcmp(word[0], "record") == 0) {
			assert_true(count >= 4);
			expect_record(check, word, count);
		} else if (strcmp(word[0], "domain") == 0) {
			assert_true(count >= 3);
			expect_domain(check, word, count);
			domains++;
		} else if (strcmp(word[0], "ses") == 0) {
			assert_string_equal(ses_note_text(
			    check->diagnosis.ses_note), word[1]);
		} else if (strcmp(word[0], "provider") == 0) {
			assert_string_equal(company_row(&check->company)->id,
			    word[1]);
		} else {
			fail_msg("expect %s: no such expectation", word[0]);
		}
	}
	assert_int_equal(check->diagnosis.domains, domains);
}

/* What is said of this diagnosis; to free. */
static char *
said_of(struct check *check, const struct diagnosis *d)
{
	const struct diagnosis kept = check->diagnosis;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	check->diagnosis = *d;
	report_json(out, check);
	check->diagnosis = kept;
	assert_int_equal(fclose(out), 0);
	return text;
}

/* However little is made of it at once, it comes to the same. */
static void
is_same_piece_by_piece(struct check *check)
{
	static const struct turn over = { .end = 0 };
	struct diagnosis *whole = xcalloc(1, sizeof *whole);
	struct diagnosis *pieces = xcalloc(1, sizeof *pieces);
	size_t turns = 1;
	char *a, *b;

	assert_true(diagnose(whole, &check->inputs, NULL));
	while (!diagnose(pieces, &check->inputs, &over))
		turns++;
	assert_true(turns >= check->plan.count + 2);
	a = said_of(check, whole);
	b = said_of(check, pieces);
	assert_string_equal(a, b);
	free(a);
	free(b);
	diagnosis_release(whole);
	diagnosis_release(pieces);
	free(whole);
	free(pieces);
}

static void
replay(void **state)
{
	const char *path = *state;
	struct casefile *file = calloc(1, sizeof *file);
	struct check check;
	struct world *world;
	char why[CASEFILE_WHY];
	FILE *in = fopen(path, "r");

	assert_non_null(file);
	assert_non_null(in);
	casefile_init(file);
	if (casefile_read(file, in, path, why) == -1)
		fail_msg("%s", why);
	fclose(in);
	assert_true(file->expects > 0);

	world = world_replay(&file->log);
	check_init(&check, world, &file->identity, file->guard);
	check_recorded(&check, file);
	check_start(&check, file->now);
	for (int i = 0; i < 1000 && (i == 0 || check.running); i++)
		check_step(&check, file->now, NULL);
	assert_false(check.running);
	expect_all(&check, file);
	is_same_piece_by_piece(&check);

	check_release(&check);
	world->ops->free(world);
	casefile_release(file);
	free(file);
}

int
main(int argc, char *argv[])
{
	struct CMUnitTest *tests;
	const char *pattern = argc > 1 ? argv[1] : "tests/cases/*.case";
	glob_t found;
	int failed;

	if (glob(pattern, 0, NULL, &found) != 0) {
		fprintf(stderr, "no case files: %s\n", pattern);
		return 1;
	}
	tests = calloc(found.gl_pathc, sizeof *tests);
	if (tests == NULL)
		return 1;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		tests[i].name = found.gl_pathv[i];
		tests[i].test_func = replay;
		tests[i].initial_state = found.gl_pathv[i];
	}
	failed = _cmocka_run_group_tests("cases", tests, found.gl_pathc, NULL,
	    NULL);
	free(tests);
	globfree(&found);
	return failed;
}
