/*
 * How much there is to read at the least, in both languages, at every company:
 * what stands on a card in any case, and of what failed, a record or the domain,
 * what is done and why, in every recorded case.  (tests/screens/budget looks at the screens.)
 */
#include <stdio.h>
#include <string.h>

#include <glob.h>

#include <bsd/string.h>

#include "stage.h"
#include "base/lang.h"
#include "company/provider.h"
#include "diagnose/casefile.h"
#include "model/mind.h"
#include "model/story.h"
#include "model/wrap.h"
#include "report/report.h"

enum {
	KINDS = 16
};

struct seen {
	bool of[FINDING_COUNT][KINDS];
};

static int
set_up(void **state)
{
	return stage_set_up(state, "example.jp", true);
}

static void
a_card_is_read_in_seventy_words(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	size_t count;
	const struct provider *const *table = provider_table(&count);

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		for (size_t i = 0; i < count * check->plan.count; i++) {
			const struct provider *company =
			    table[i / check->plan.count];
			const struct wanted *wanted =
			    &check->plan.wanted[i % check->plan.count];
			struct text note = TEXT_INIT, save = TEXT_INIT;
			size_t words;

			check_set_provider(check, company);
			report_mind(&note, check, wanted);
			mind_save(&save, company);
			words = mind_shorten(&note, wrap_words(save.s));
			if (words > MIND_WORDS)
				fail_msg("%zu words, %s %s: %s\n%s", words,
				    company->id, wanted->id, note.s, save.s);
			if (strstr(note.s, _(report_keep)) == NULL)
				fail_msg("rows of others, %s %s: %s",
				    company->id, wanted->id, note.s);
			text_release(&note);
			text_release(&save);
		}
	}
}

/* What is done and why, of each failed row of the check as this company's. */
static void
read_failures(struct check *check, const struct provider *company)
{
	enum state state;

	check->company.detected = company;
	check_set_provider(check, company);
	while (!check_is_over(check))
		check_step(check, check->ended, NULL);
	for (size_t i = 0; i < story_rows(check); i++) {
		struct text remedy = TEXT_INIT, why = TEXT_INIT;
		size_t words;

		if (!story_state(check, i, &state) || state != STATE_FAIL)
			continue;
		story_sentence(check, i, REPORT_REMEDY, &remedy);
		story_sentence(check, i, REPORT_SUMMARY, &why);
		words = wrap_words(remedy.s) + wrap_words(why.s);
		if (words > STORY_WORDS)
			fail_msg("%zu words, %s %s: %s\n%s", words,
			    company->id, story_title(check, i), remedy.s,
			    why.s);
		text_release(&remedy);
		text_release(&why);
	}
}

/* Findings of a record that no case before had. */
static bool
has_new(const struct check *check, struct seen *seen)
{
	bool any = false;

	for (size_t i = 0; i < check->plan.count; i++) {
		bool *at = &seen->of[check->diagnosis.record[i].finding]
		    [check->plan.wanted[i].kind];

		any |= !*at;
		*at = true;
	}
	return any;
}

static void
read_case(struct check *check, struct seen *seen)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	const struct provider *own = company_row(&check->company);
	bool all = has_new(check, seen);

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		for (size_t c = 0; c < count; c++)
			if (all || table[c] == own)
				read_failures(check, table[c]);
	}
}

static void
a_failure_is_read_in_sixty(void **state)
{
	struct seen *seen = calloc(1, sizeof *seen);
	glob_t cases;

	(void)state;
	assert_int_equal(glob("tests/cases/*.case", 0, NULL, &cases), 0);
	for (size_t i = 0; i < cases.gl_pathc; i++) {
		const char *path = cases.gl_pathv[i];
		struct casefile *file = calloc(1, sizeof *file);
		struct check *check = calloc(1, sizeof *check);
		char why[CASEFILE_WHY];
		struct world *world;
		FILE *in = fopen(path, "r");

		assert_non_null(in);
		casefile_init(file);
		if (casefile_read(file, in, path, why) == -1)
			fail_msg("%s", why);
		fclose(in);
		world = world_replay(&file->log);
		check_init(check, world, &file->identity, file->guard);
		check_recorded(check, file);
		check->budget = 0;
		check_start(check, file->now);
		while (!check_is_over(check))
			check_step(check, file->now, NULL);
		read_case(check, seen);
		check_release(check);
		world->ops->free(world);
		casefile_release(file);
		free(check);
		free(file);
	}
	globfree(&cases);
	free(seen);
	lang_set(LANG_EN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_card_is_read_in_seventy_words, set_up, tear_down),
		cmocka_unit_test(a_failure_is_read_in_sixty),
	};

	return cmocka_run_group_tests_name("budget", tests, NULL, NULL);
}
