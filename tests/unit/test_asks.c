/*
 * Never a second DMARC row: by what was found, a row is asked for, or only
 * where there is none, or not; and nothing that tells what to type does else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/xalloc.h"
#include "diagnose/asks.h"
#include "report/report.h"
#include "stage.h"

static int
set_up(void **state)
{
	return stage_set_up(state, "news.example.jp", false);
}

static enum asks
asks(enum finding finding, const char *value, const struct policy *policy)
{
	struct record_diagnosis *record = calloc(1, sizeof *record);
	enum asks asks;

	assert_non_null(record);
	record->settled = true;
	record->finding = finding;
	record->founds = value != NULL;
	if (value != NULL)
		record->found[0].value = xstrdup(value);
	asks = asks_for(record, policy);
	record->settled = false;
	assert_int_equal(asks_for(record, policy), ASKS_IF_NONE);
	diagnosis_free_records(record, 1);
	return asks;
}

static void
a_row_is_asked_for_only_where_none_stands(void **state)
{
	static const enum finding absent[] = { FINDING_MISSING,
		FINDING_NOT_YET, FINDING_DOUBLED_NAME, FINDING_MISPLACED,
		FINDING_WRONG_TYPE, FINDING_WILDCARD };
	static const enum finding unknown[] = { FINDING_UNREACHABLE,
		FINDING_DNSSEC_BOGUS };
	static const struct policy none, above = { .inherited = true },
	    unheard = { .unheard = true };

	(void)state;
	for (int f = 0; f < FINDING_COUNT; f++) {
		enum asks want = ASKS_NOT;

		for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
			if (f == (int)absent[i])
				want = ASKS_ALWAYS;
		for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
			if (f == (int)unknown[i])
				want = ASKS_IF_NONE;
		assert_int_equal(asks((enum finding)f, NULL, &none), want);
		/* One stands above, or may. */
		assert_int_equal(asks((enum finding)f, NULL, &above),
		    ASKS_NOT);
		assert_int_equal(asks((enum finding)f, NULL, &unheard),
		    want == ASKS_ALWAYS ? ASKS_IF_NONE : want);
	}
	assert_int_equal(asks(FINDING_WILDCARD, "v=DMARC1; p=all", &none),
	    ASKS_NOT);
	assert_int_equal(asks(FINDING_WILDCARD, "v=spf1 -all", &none),
	    ASKS_ALWAYS);
}

/* All that tells what to type, at a company of fields and one of lines. */
static char *
all_that_asks(struct stage *stage)
{
	static const char *const companies[] = { "muumuu", "value-domain" };
	struct check *check = &stage->check;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	for (size_t i = 0; i < 2; i++) {
		check_set_provider(check, provider_find(companies[i]));
		report_records_text(out, check);
		report_records_json(out, check);
		report_records_zonefile(out, check);
		report_records_markdown(out, check);
	}
	assert_int_equal(fclose(out), 0);
	return text;
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part)) != NULL) {
		n++;
		text += strlen(part);
	}
	return n;
}

static void
nothing_asks_for_a_second_row(void **state)
{
	struct stage *stage = *state;
	struct record_diagnosis *record =
	    &stage->check.diagnosis.record[stage->dmarc];
	char *text;

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		record->asks = ASKS_NOT;
		text = all_that_asks(stage);
		assert_null(strstr(text, "_dmarc"));
		assert_null(strstr(text, "DMARC1"));
		assert_non_null(strstr(text, "._domainkey.news"));
		free(text);
	}
}

static void
what_is_not_known_is_asked_for_only_if_none_is_there(void **state)
{
	static const char *const marks[] = { "only if there is none yet",
		"まだない場合だけ" };
	struct stage *stage = *state;
	struct record_diagnosis *record =
	    &stage->check.diagnosis.record[stage->dmarc];
	char *text;

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		/* No look has been at it. */
		memset(record, 0, sizeof *record);
		text = all_that_asks(stage);
		/* Each: text, zone file, note; the notes are in Japanese. */
		assert_int_equal(count(text, marks[LANG_EN]),
		    lang == LANG_EN ? 4 : 0);
		assert_int_equal(count(text, marks[LANG_JA]),
		    lang == LANG_EN ? 2 : 6);
		assert_int_equal(count(text, "\"only_if_none\": true"), 2);
		free(text);
		record->asks = ASKS_ALWAYS;
		text = all_that_asks(stage);
		assert_non_null(strstr(text, "v=DMARC1; p=none;"));
		assert_null(strstr(text, marks[LANG_EN]));
		assert_null(strstr(text, marks[LANG_JA]));
		assert_null(strstr(text, "\"only_if_none\": true"));
		free(text);
	}
}

/* The domain is looked at before any value is known. */
static void
what_was_found_before_the_values_holds(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	const char *why = NULL;
	size_t last;

	check->diagnosis.record[stage->dmarc].asks = ASKS_NOT;
	check->diagnosis.record[stage->dmarc].settled = true;
	check->diagnosis.record[0].settled = true;
	assert_int_equal(identity_add_token(&stage->identity,
	    "zdqttidvz7ora35tlm64k2ciqh3pvksq", &why), 0);
	check_set_identity(check, &stage->identity);
	last = check->plan.count - 1;
	assert_int_equal(last, stage->dmarc + 1);
	assert_int_equal(asks_of(check, last), ASKS_NOT);
	assert_true(check->diagnosis.record[0].settled);
	assert_false(check->diagnosis.record[1].settled);
	assert_int_equal(asks_of(check, 1), ASKS_ALWAYS);
	assert_int_equal(asks_after(check, 0), 1);
	assert_int_equal(asks_after(check, 1), check->plan.count);
	assert_int_equal(asks_before(check, last), 1);
	assert_int_equal(asks_before(check, 0), check->plan.count);

	/* Another value, another domain: nobody has looked. */
	assert_int_equal(identity_set_region(&stage->identity, "eu-north-1",
	    &why), 0);
	strlcpy(stage->identity.token[0], "vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv",
	    sizeof stage->identity.token[0]);
	check_set_identity(check, &stage->identity);
	assert_false(check->diagnosis.record[0].settled);
	assert_int_equal(asks_of(check, last), ASKS_NOT);
	assert_int_equal(identity_set_domain(&stage->identity, "example.com",
	    &why), 0);
	check_set_identity(check, &stage->identity);
	assert_int_equal(asks_of(check, last), ASKS_IF_NONE);
}

int
main(void)
{
#define ASKS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		ASKS_TEST(a_row_is_asked_for_only_where_none_stands),
		ASKS_TEST(nothing_asks_for_a_second_row),
		ASKS_TEST(what_is_not_known_is_asked_for_only_if_none_is_there),
		ASKS_TEST(what_was_found_before_the_values_holds),
	};
#undef ASKS_TEST

	return cmocka_run_group_tests_name("asks", tests, NULL, NULL);
}
