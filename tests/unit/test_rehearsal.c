/*
 * Practice at every company, without a screen: the pretend domain is found and
 * its company known; the name as AWS shows it comes out as the row says; what
 * the card says comes out right, in either language.  What came out against the
 * row corrects the card.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "diagnose/check.h"
#include "company/form-store.h"
#include "company/rehearsal.h"
#include "report/report.h"
#include "dns/rr.h"
#include "dns/world.h"
#include "said.h"
#include "named.h"

enum {
	FDS = 16,
	TRIES = 1000
};

static void
look(struct check *check)
{
	struct pollfd fds[FDS];

	check_start(check, clock_now());
	for (int i = 0; check->running && i < TRIES; i++) {
		int64_t due = check_step(check, clock_now(), NULL);
		size_t count = check_fds(check, fds, FDS);

		if (check->running && due > clock_now())
			poll(fds, (nfds_t)count, 100);
	}
	assert_false(check->running);
}

/* Puts what the form stores into the world; false when it refuses. */
static bool
store(struct world *world, const struct form_rules *rules,
    const struct form *form, const struct name *zone, struct rr *rr)
{
	const char *why;

	if (form_store(rr, rules, form, zone, &why) == -1)
		return false;
	assert_int_equal(practice_add(world, rr), 0);
	return true;
}

/* The form as people fill it in who copy from AWS's page. */
static void
copy_from_aws(struct form *form, const struct wanted *wanted)
{
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *field = &form->field[i];
		char owner[NAME_TEXT];

		if (field->id == FORM_NAME)
			strlcpy(field->value, name_text(&wanted->owner, owner),
			    sizeof field->value);
	}
}

/* The first row of this kind. */
static size_t
row_of(const struct check *check, enum wanted_kind kind)
{
	size_t i = 0;

	while (i < check->plan.count && check->plan.wanted[i].kind != kind)
		i++;
	assert_true(i < check->plan.count);
	return i;
}

static void
comes_to(const struct check *check, size_t index, enum finding finding,
    const char *when)
{
	enum finding found = check->diagnosis.record[index].finding;

	if (found != finding)
		fail_msg("%s: %s %s", company_row(&check->company)->id, when,
		    finding_row(found)->name);
}

/* A row that is missing, spoilt as the form spoils it, and right at last. */
static void
rehearse_row(struct check *check, const struct form_rules *rules,
    enum wanted_kind kind)
{
	size_t index = row_of(check, kind);
	const struct wanted *wanted = &check->plan.wanted[index];
	struct world *world = check->world;
	struct form form;
	struct name zone;
	struct rr rr;
	bool either = rules->name_rule == PROVIDER_EITHER;
	bool line = rules->name_rule == PROVIDER_LINE;

	comes_to(check, index, FINDING_MISSING, "at first");
	if (!form_takes(rules, wanted))
		return;
	check_zone(check, &zone);

	/* A line has the name inside: there is nothing to copy from AWS. */
	form_fill(&form, rules, wanted, &zone);
	if (!line) {
		copy_from_aws(&form, wanted);
		assert_true(store(world, rules, &form, &zone, &rr));
		look(check);
		comes_to(check, index, either ? FINDING_OK :
		    FINDING_DOUBLED_NAME, "AWS's name gives");
		practice_remove(world, &rr);
		rr_release(&rr);
	}

	form_fill(&form, rules, wanted, &zone);
	assert_true(store(world, rules, &form, &zone, &rr));
	rr_release(&rr);
	look(check);
	comes_to(check, index, FINDING_OK, "the card's name gives");
}

static void
rehearse(const struct provider *provider)
{
	struct identity identity;
	struct check check;
	struct text why = TEXT_INIT;
	struct world *world = world_practice(&why);

	assert_non_null(world);
	assert_int_equal(rehearsal_begin(world, provider), 0);
	assert_int_equal(rehearsal_tell(&identity, provider), 0);
	check_init(&check, world, &identity, "guard");
	check_set_provider(&check, provider);

	look(&check);
	if (provider->nameserver != NULL)
		assert_ptr_equal(check.company.detected, provider);
	if (check.diagnosis.domains > 0)
		fail_msg("%s: %s", provider->id, finding_row(
		    check.diagnosis.domain[0].finding)->name);
	rehearse_row(&check, provider_rules(provider), WANTED_DKIM);
	rehearse_row(&check, provider_rules(provider), WANTED_VERIFICATION);
	check_release(&check);
	world->ops->free(world);
}

static void
every_company_can_be_rehearsed(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		for (size_t i = 0; i < count; i++)
			rehearse(table[i]);
	}
	lang_set(LANG_EN);
}

/* In each language another company and domain, in one world; DKIM alone. */
static void
practice_is_in_the_readers_language(void **state)
{
	static const struct {
		enum lang lang;
		const char *company, *domain, *region;
	} readers[] = {
		{ LANG_EN, "namecheap", "example.com", "us-east-1" },
		{ LANG_JA, "muumuu", "example.jp", "ap-northeast-1" },
	};
	struct text why = TEXT_INIT;
	char text[NAME_TEXT];
	struct world *world = world_practice(&why);

	(void)state;
	assert_non_null(world);
	assert_int_equal(rehearsal_begin(world, NULL), 0);
	for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
		struct identity identity;
		struct check check;

		lang_set(readers[i].lang);
		assert_int_equal(rehearsal_tell(&identity, NULL), 0);
		assert_string_equal(name_text(&identity.domain, text),
		    readers[i].domain);
		assert_string_equal(identity.region, readers[i].region);
		assert_string_equal(rehearsal_company(NULL)->id,
		    readers[i].company);
		check_init(&check, world, &identity, "guard");
		look(&check);
		assert_string_equal(check.company.detected->id,
		    readers[i].company);
		assert_int_equal(check.diagnosis.domains, 0);
		for (size_t w = 0; w < check.plan.count; w++)
			assert_int_not_equal(check.plan.wanted[w].kind,
			    WANTED_VERIFICATION);
		(void)row_of(&check, WANTED_DKIM);
		check_release(&check);
	}
	lang_set(LANG_EN);
	world->ops->free(world);
}

/* A pretend domain with one row that some form has spoilt. */
struct lesson {
	struct world *world;
	struct check check;
	struct name zone;
};

static void
add_row(struct world *world, const char *owner, uint16_t type,
    const char *rdata)
{
	struct rr rr = { .ttl = 60 };
	struct name name;
	const char *why;

	name = named(owner);
	assert_int_equal(rr_parse(&rr, type, rdata, &why), 0);
	rr_set_owner(&rr, &name);
	assert_int_equal(practice_add(world, &rr), 0);
	rr_release(&rr);
}

/* The form of this record as it stands after the look, its field's value. */
static void
asks_for(const struct lesson *lesson, enum wanted_kind kind,
    const char *value, const char *note)
{
	size_t index = row_of(&lesson->check, kind);
	struct text t = TEXT_INIT;
	const struct provider *company = company_row(&lesson->check.company);
	const struct wanted *wanted = &lesson->check.plan.wanted[index];
	const struct form_of of = check_form_of(&lesson->check, wanted);
	char text[2048];
	struct form form;

	form_fill(&form, of.rules, wanted, &of.zone);
	assert_string_equal(form_find(&form, FORM_VALUE)->value, value);
	report_card_note(&t, &of, wanted);
	said(text, sizeof text, &t);
	if (strstr(text, note) == NULL)
		fail_msg("%s: the card does not say \"%s\": %s", company->id,
		    note, text);
}

static void
teach(struct lesson *lesson, const char *id, uint16_t type,
    const char *owner, const char *rdata)
{
	const struct provider *provider = provider_find(id);
	struct identity identity;
	const char *reason;
	struct text why = TEXT_INIT;

	assert_non_null(provider);
	lesson->world = world_practice(&why);
	assert_non_null(lesson->world);
	assert_int_equal(rehearsal_begin(lesson->world, provider), 0);
	assert_int_equal(rehearsal_tell(&identity, provider), 0);
	/* The cases below are of the one and of the other language. */
	assert_int_equal(identity_set_domain(&identity, "example.jp", &reason),
	    0);
	assert_int_equal(identity_set_region(&identity, "ap-northeast-1",
	    &reason), 0);
	assert_int_equal(identity_set_mail_from(&identity, "bounce",
	    &reason), 0);
	add_row(lesson->world, owner, type, rdata);
	check_init(&lesson->check, lesson->world, &identity, "guard");
	check_set_provider(&lesson->check, provider);
	look(&lesson->check);
	check_zone(&lesson->check, &lesson->zone);
}

static void
forget(struct lesson *lesson)
{
	/* Another company's form is another matter. */
	check_set_provider(&lesson->check, provider_find("gandi"));
	while (lesson->check.next != NULL)
		check_step(&lesson->check, lesson->check.ended, NULL);
	assert_int_equal(lesson->check.company.learnt, 0);
	assert_ptr_equal(company_rules(&lesson->check.company,
	    provider_find("gandi")), &provider_find("gandi")->form);
	check_release(&lesson->check);
	lesson->world->ops->free(lesson->world);
}

static void
a_doubled_target_teaches_the_dot(void **state)
{
	static const char *const ids[] = { "ionos", "porkbun", "infomaniak",
		"generic", "lolipop" };
	static struct lesson lesson;

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		teach(&lesson, ids[i], RR_MX, "bounce.example.jp", "10 "
		    "feedback-smtp.ap-northeast-1.amazonses.com.example.jp.");
		assert_int_equal(lesson.check.company.learnt,
		    PROVIDER_LEARNT_DOT);
		assert_string_equal(company_row(&lesson.check.company)->id,
		    ids[i]);
		asks_for(&lesson, WANTED_MAIL_FROM_MX,
		    "feedback-smtp.ap-northeast-1.amazonses.com.",
		    "The check found your domain added");
		forget(&lesson);
	}
	/* Where the dot was asked for, there is nothing to learn. */
	teach(&lesson, "gandi", RR_MX, "bounce.example.jp", "10 "
	    "feedback-smtp.ap-northeast-1.amazonses.com.example.jp.");
	assert_int_equal(lesson.check.company.learnt, 0);
	forget(&lesson);
}

/* Of a form of which nothing but the words is known, they stay. */
static void
what_is_learnt_changes_no_words(void **state)
{
	static struct lesson lesson;
	const struct wanted *wanted;
	struct form_of of;
	struct form form;

	(void)state;
	teach(&lesson, "webarena", RR_MX, "bounce.example.jp", "10 "
	    "feedback-smtp.ap-northeast-1.amazonses.com.example.jp.");
	wanted = &lesson.check.plan.wanted[row_of(&lesson.check,
	    WANTED_MAIL_FROM_MX)];
	of = check_form_of(&lesson.check, wanted);
	form_fill(&form, of.rules, wanted, &of.zone);
	assert_int_equal(of.rules->target_rule, PROVIDER_DOT);
	assert_string_equal(form_find(&form, FORM_NAME)->label, "NAME");
	assert_string_equal(provider_menu(of.company),
	    "ゾーン編集 > 新規追加する");
	forget(&lesson);
}

static void
quotes_are_learnt_either_way(void **state)
{
	static const struct {
		const char *owner, *rdata;
	} whole[] = {
		{ "_dmarc.example.jp", "\"v=DMARC1; p=reject\"" },
		{ "_dmarc.example.jp", "\"v=DMARC1; p=none\"" },
		{ "bounce.example.jp", "\"v=spf1 include:amazonses.com\"" },
	};
	static struct lesson lesson;

	(void)state;
	teach(&lesson, "infomaniak", RR_TXT, "bounce.example.jp",
	    "\"\\\"v=spf1 include:amazonses.com ~all\\\"\"");
	assert_int_equal(lesson.check.company.learnt, PROVIDER_LEARNT_BARE);
	asks_for(&lesson, WANTED_MAIL_FROM_SPF, "v=spf1 include:amazonses.com ~all",
	    "The check found that they become part of it");
	forget(&lesson);
	teach(&lesson, "muumuu", RR_TXT, "_dmarc.example.jp", "\"v=DMARC1\"");
	assert_int_equal(lesson.check.company.learnt, PROVIDER_LEARNT_QUOTES);
	asks_for(&lesson, WANTED_DMARC, "\"v=DMARC1; p=none;\"",
	    "The check found a value cut off");
	forget(&lesson);
	/* What its author wrote is no lesson, nor that he ended it earlier. */
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
		teach(&lesson, "muumuu", RR_TXT, whole[i].owner,
		    whole[i].rdata);
		assert_int_equal(lesson.check.company.learnt, 0);
		forget(&lesson);
	}
}

static void
explains(const struct check *check, const char *sentence, bool told)
{
	struct text text = TEXT_INIT;

	report_record(check, 0, REPORT_EXPLANATION, &text);
	if ((strstr(text.s, sentence) != NULL) != told)
		fail_msg("\"%s\" is %ssaid: %s", sentence, told ? "not " : "",
		    text.s);
	text_release(&text);
}

/* What is said in the millisecond of a tick counts as older than the tick. */
static void
tick_on(void)
{
	int64_t now = clock_now();

	while (clock_now() == now)
		continue;
}

/* Practice waits as the real check does, and is asked anew as that is. */
static void
only_what_was_looked_at_is_told(void **state)
{
	static const char found_nowhere[] = "It was not found under the names";
	struct ticks entered = { .count = 0 };
	struct text why = TEXT_INIT;
	struct world *world = world_practice(&why);
	struct identity identity;
	struct check check;

	(void)state;
	assert_non_null(world);
	lang_set(LANG_JA);
	assert_int_equal(rehearsal_begin(world, NULL), 0);
	assert_int_equal(rehearsal_tell(&identity, NULL), 0);
	lang_set(LANG_EN);
	check_init(&check, world, &identity, "guard");
	look(&check);
	assert_int_equal(check.diagnosis.record[0].finding, FINDING_MISSING);
	explains(&check, found_nowhere, true);
	look(&check);
	explains(&check, found_nowhere, false);
	/* That any row is entered ends every remembered "no", too. */
	assert_int_equal(ticks_set(&entered, "dmarc", clock_now()), 0);
	check_set_entered(&check, &entered);
	tick_on();
	look(&check);
	explains(&check, found_nowhere, true);
	look(&check);
	explains(&check, found_nowhere, false);
	check_forget(&check, clock_now());
	look(&check);
	explains(&check, found_nowhere, true);
	add_row(world, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.example.jp."
	    "example.jp", RR_CNAME,
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses.com.");
	look(&check);
	assert_int_equal(check.diagnosis.record[0].finding,
	    FINDING_DOUBLED_NAME);
	check_release(&check);
	world->ops->free(world);
}

/* What is sure of a form is not overruled: somebody else made the slip. */
static void
what_is_sure_is_not_unlearnt(void **state)
{
	static struct lesson lesson;

	(void)state;
	teach(&lesson, "route53", RR_TXT, "bounce.example.jp",
	    "\"\\\"v=spf1 include:amazonses.com ~all\\\"\"");
	assert_int_equal(lesson.check.company.learnt, 0);
	asks_for(&lesson, WANTED_MAIL_FROM_SPF, "\"v=spf1 include:amazonses.com ~all\"",
	    "The quotation marks (\") are needed here");
	forget(&lesson);
	teach(&lesson, "alibaba", RR_TXT, "_dmarc.example.jp",
	    "\"v=DMARC1\"");
	assert_int_equal(lesson.check.company.learnt, 0);
	forget(&lesson);
	teach(&lesson, "xserver", RR_MX, "bounce.example.jp", "10 "
	    "feedback-smtp.ap-northeast-1.amazonses.com.example.jp.");
	assert_int_equal(lesson.check.company.learnt, 0);
	forget(&lesson);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_company_can_be_rehearsed),
		cmocka_unit_test(practice_is_in_the_readers_language),
		cmocka_unit_test(a_doubled_target_teaches_the_dot),
		cmocka_unit_test(what_is_learnt_changes_no_words),
		cmocka_unit_test(quotes_are_learnt_either_way),
		cmocka_unit_test(only_what_was_looked_at_is_told),
		cmocka_unit_test(what_is_sure_is_not_unlearnt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
