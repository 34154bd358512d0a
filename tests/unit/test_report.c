/*
 * The sentences: for every finding, every company and both languages each
 * named place is filled, summaries and remedies speak without jargon, and
 * what is shown can be shown.
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
#include "report/report.h"
#include "report/report-arrival.h"
#include "ses/service.h"
#include "said.h"
#include "stage.h"
#include "named.h"

enum {
	SENTENCE = 4096,
	JARGON = 100
};

static int
set_up(void **state)
{
	return stage_set_up(state, "news.example.co.jp", true);
}

/* A server that behaves as a finding of it says: no claim, no sentence. */
static void
witness(struct check *check, enum finding finding)
{
	static const struct {
		enum finding finding;
		enum server_state state;
	} states[] = {
		{ FINDING_NAMESERVER_SILENT, SERVER_SILENT },
		{ FINDING_NAMESERVER_REFUSES, SERVER_REFUSES },
		{ FINDING_NAMESERVER_SERVFAIL, SERVER_SERVFAIL },
		{ FINDING_NAMESERVER_LAME, SERVER_LAME },
		{ FINDING_NAMESERVER_UNRESOLVABLE, SERVER_UNRESOLVABLE },
	};
	struct server_diagnosis *server = &check->diagnosis.server[0];

	server->server.name = named("ns1.example.net");
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].finding == finding)
			server->state = states[i].state;
}

/* Gives the record this finding, with evidence beside it. */
static void
find(struct check *check, size_t index, enum finding finding)
{
	struct record_diagnosis *record = &check->diagnosis.record[index];

	free(record->found[0].value);
	memset(record, 0, sizeof *record);
	record->finding = finding;
	record->state = finding_row(finding)->state;
	record->founds = 1;
	record->found[0].owner = check->plan.wanted[index].owner;
	record->found[0].type = check->plan.wanted[index].type;
	record->found[0].value = xstrdup("seen.example.jp");
	if (finding == FINDING_DOUBLED_NAME || finding == FINDING_MISPLACED) {
		record->found[0].owner = check->plan.domain;
		record->found[0].right = true;
	}
	check->diagnosis.domains = 1;
	check->diagnosis.domain[0].finding = finding;
	check->diagnosis.domain[0].state = STATE_FAIL;
	check->diagnosis.domain[0].cause = CAUSE_NONE;
	strlcpy(check->diagnosis.domain[0].subject, "ns1.example.net",
	    sizeof check->diagnosis.domain[0].subject);
	witness(check, finding);
}

/* The record says it with each claim, and with the remedy for its company. */
static void
record_says(struct check *check, size_t index, enum report_part part,
    char dst[static SENTENCE])
{
	struct record_diagnosis *record = &check->diagnosis.record[index];
	struct text t = TEXT_INIT;

	record->remedy = remedy_of(record, &check->plan.wanted[index],
	    &check->plan, provider_rules(company_row(&check->company)));
	record->claims = CLAIM_MAX;
	for (size_t i = 0; i < CLAIM_MAX; i++)
		record->claim[i] = (struct claim){
			.kind = (enum claim_kind)(CLAIM_HELD +
			    (record->finding + i) %
			    (CLAIM_VERIFIED_ONCE - CLAIM_HELD)),
			.owner = record->found[0].owner,
			.type = record->found[0].type,
		};
	report_record(check, index, part, &t);
	strlcpy(dst, t.s, SENTENCE);
	text_release(&t);
}

static void
domain_says(const struct check *check, size_t index, enum report_part part,
    char dst[static SENTENCE])
{
	struct text t = TEXT_INIT;

	report_domain(check, index, part, &t);
	strlcpy(dst, t.s, SENTENCE);
	text_release(&t);
}

/* Findings up to "unreachable" are of records, those after of the domain. */
static bool
of_domain(enum finding finding)
{
	return finding > FINDING_UNREACHABLE;
}

static void
sentence(struct check *check, size_t index, enum finding finding,
    enum report_part part, char text[static SENTENCE])
{
	if (of_domain(finding))
		domain_says(check, 0, part, text);
	else
		record_says(check, index, part, text);
}

typedef void inspector(const char *text, enum finding finding,
    enum report_part part);

/* The sentences that a cause puts in place of its finding's. */
static void
each_cause(struct check *check, inspector *inspect)
{
	char text[SENTENCE];

	for (int c = CAUSE_NONE + 1; c < CAUSE_COUNT; c++) {
		enum finding finding = c >= CAUSE_DS_LEFT ?
		    FINDING_DNSSEC_BOGUS : c >= CAUSE_DIVERTED ?
		    FINDING_NETWORK_BLOCKED : FINDING_NOT_REGISTERED;

		find(check, 0, finding);
		check->diagnosis.domain[0].cause = (enum cause)c;
		for (int p = REPORT_SUMMARY; p <= REPORT_REMEDY; p++) {
			domain_says(check, 0, (enum report_part)p, text);
			inspect(text, finding, (enum report_part)p);
			if (finding != FINDING_DNSSEC_BOGUS)
				continue;
			record_says(check, 0, (enum report_part)p, text);
			inspect(text, finding, (enum report_part)p);
		}
	}
}

/* What AWS says, and that the DNS was moved. */
static void
each_other_sentence(struct check *check, inspector *inspect)
{
	struct text t = TEXT_INIT;
	static const enum ses_status status[] = {
		[SES_NOTE_STOPPED] = SES_FAILED,
		[SES_NOTE_STOPPED_WRONG] = SES_FAILED,
		[SES_NOTE_LOST] = SES_VERIFIED,
		[SES_NOTE_RETURNS] = SES_TEMPORARY_FAILURE,
		[SES_NOTE_AT_AWS] = SES_PENDING,
	};
	char text[SENTENCE];

	strcpy(check->plan.identity.error, "HOST_NOT_FOUND");
	for (int note = SES_NOTE_WAITS; note <= SES_NOTE_AT_AWS; note++) {
		check->diagnosis.ses_note = (enum ses_note)note;
		check->plan.identity.status = status[note];
		for (int p = REPORT_SUMMARY; p <= REPORT_REMEDY; p++) {
			report_ses(check, (enum report_part)p, &t);
			inspect(t.s, FINDING_OK, (enum report_part)p);
		}
	}
	find(check, 0, FINDING_ROWS_LOST);
	check->diagnosis.moved = true;
	check->background.noted.count = 1;
	check->background.noted.row[0].type = RR_NS;
	check->diagnosis.lost[0] = true;
	for (int p = REPORT_SUMMARY; p <= REPORT_REMEDY; p++) {
		domain_says(check, 0, (enum report_part)p, text);
		inspect(text, FINDING_ROWS_LOST, (enum report_part)p);
	}
	check->diagnosis.moved = false;
	text_release(&t);
}

static void
each_sentence(struct check *check, inspector *inspect)
{
	const struct provider *const *companies;
	size_t count;
	char text[SENTENCE];

	companies = provider_table(&count);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		for (size_t c = 0; c < count; c++) {
			check_set_provider(check, companies[c]);
			each_cause(check, inspect);
			for (int f = 0; f < FINDING_COUNT; f++) {
				for (size_t i = 0; i < check->plan.count;
				    i++) {
					find(check, i, (enum finding)f);
					for (int p = REPORT_SUMMARY;
					    p <= REPORT_REMEDY; p++) {
						sentence(check, i,
						    (enum finding)f,
						    (enum report_part)p, text);
						inspect(text, (enum finding)f,
						    (enum report_part)p);
					}
				}
			}
		}
		each_other_sentence(check, inspect);
	}
}

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static void
is_filled(const char *text, enum finding finding, enum report_part part)
{
	/* Of some the answers would have to show what is claimed. */
	if (text[0] == '\0' && part == REPORT_EXPLANATION &&
	    of_domain(finding))
		return;
	if (lang_current() == LANG_JA && is_ascii(text))
		fail_msg("%s is not translated: %s",
		    finding_row(finding)->name, text);
	if (text[0] == '\0' || strpbrk(text, "{}") != NULL)
		fail_msg("%s (%s): %s", finding_row(finding)->name,
		    lang_code(lang_current()), text);
}

/* Rows of a service on SES: its customers have no page at AWS. */
static void
speaks_of_no_aws(const char *text, enum finding finding,
    enum report_part part)
{
	(void)part;
	/* These are said only where AWS told itself what it saw. */
	if (finding != FINDING_OK && finding != FINDING_SES_ELSEWHERE &&
	    strstr(text, "AWS") != NULL)
		fail_msg("%s: %s", finding_row(finding)->name, text);
}

static void
to_a_customer_of_a_service_nothing_speaks_of_aws(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	struct identity identity;
	struct arrival arrival = { .causes = 1 };
	const char *why = NULL;
	struct text text = TEXT_INIT;
	char *note = NULL;
	size_t len = 0;
	FILE *out;

	identity_init(&identity);
	must(identity_set_domain(&identity, "example.jp", &why), why);
	must(identity_set_region(&identity, "us-east-1", &why), why);
	must(identity_set_byodkim(&identity, "resend="
	    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCgjz4OoNHNofqAUoZn"
	    "lVVeW2sKdvLifEamhq6GfzBsJySafAQ+VEfrlTI5TwmVwiQFxL3pJvTd"
	    "pu4qjAiNjg78GM1t5qPvnq0GO9zGHCLktxdyAi23O3x7/jhepa/kGMj5"
	    "zt+SUgMl37cbAwRrEIxKLUClsSSc8lv/8xg9IlendQIDAQAB", &why), why);
	must(identity_set_mail_from(&identity, "send", &why), why);
	check_set_identity(check, &identity);
	each_sentence(check, speaks_of_no_aws);
	arrival.service = service_of(&identity);
	assert_non_null(arrival.service);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		for (int id = 0; id < ARRIVAL_COUNT; id++) {
			arrival.cause[0].id = (enum arrival_id)id;
			for (int p = REPORT_SUMMARY; p <= REPORT_REMEDY; p++) {
				text_clear(&text);
				report_arrival(&arrival, 0,
				    (enum report_part)p, &text);
				assert_null(strstr(text.s, "AWS"));
				assert_null(strstr(text.s, "SES console"));
				assert_null(strpbrk(text.s, "{}"));
			}
		}
		out = open_memstream(&note, &len);
		assert_non_null(out);
		report_records_markdown(out, check);
		fclose(out);
		assert_null(strstr(note, "SES"));
		assert_non_null(strstr(note, "Resend"));
		free(note);
	}
	text_release(&text);
}

/* A company's own buttons are called what they are called. */
static void
without_labels(char *dst, const char *text)
{
	const char *open, *close;

	while ((open = strstr(text, "「")) != NULL &&
	    (close = strstr(open, "」")) != NULL) {
		memcpy(dst, text, (size_t)(open - text));
		dst += open - text;
		text = close + strlen("」");
	}
	strcpy(dst, text);
}

static void
is_plain(const char *sentence_text, enum finding finding,
    enum report_part part)
{
	static char words[JARGON][64];
	char text[SENTENCE];
	FILE *in;

	if (part == REPORT_EXPLANATION)
		return;
	without_labels(text, sentence_text);
	if (words[0][0] == '\0') {
		in = fopen("tests/house/jargon", "r");
		assert_non_null(in);
		for (size_t i = 0; fgets(words[i], sizeof words[i], in) != NULL;
		    i++) {
			assert_true(i < JARGON - 1);
			words[i][strcspn(words[i], "\n")] = '\0';
		}
		fclose(in);
	}
	for (size_t i = 0; words[i][0] != '\0'; i++)
		if (says_word(text, words[i]))
			fail_msg("%s says \"%s\": %s",
			    finding_row(finding)->name, words[i], text);
}

static void
is_harmless(const char *text, enum finding finding, enum report_part part)
{
	static const char *const words[] = { "delete", "remove", "削除",
		"消してください", "second SPF", "weaken" };

	for (size_t i = 0; part == REPORT_REMEDY &&
	    i < sizeof words / sizeof words[0]; i++)
		if (strcasestr(text, words[i]) != NULL)
			fail_msg("%s says \"%s\": %s",
			    finding_row(finding)->name, words[i], text);
}

static void
is_right(const char *text, enum finding finding, enum report_part part)
{
	is_filled(text, finding, part);
	is_plain(text, finding, part);
	is_harmless(text, finding, part);
}

static void
every_sentence_is_filled_and_plain_and_harmless(void **state)
{
	struct stage *stage = *state;

	each_sentence(&stage->check, is_right);
}

/* Only what failed may be started, and only where its keys are made. */
static void
the_line_that_starts_aws_again_fits_the_identity(void **state)
{
	struct stage *stage = *state;
	struct identity *identity = &stage->check.plan.identity;
	struct text t = TEXT_INIT;

	assert_true(report_ses_restart(&t, identity, SES_FAILED));
	assert_non_null(strstr(t.s, "put-email-identity-dkim-signing"));
	assert_non_null(strstr(t.s, "--email-identity news.example.co.jp "
	    "--region ap-northeast-1"));
	/* Without a region CloudShell takes the console's. */
	identity->region[0] = '\0';
	text_clear(&t);
	assert_true(report_ses_restart(&t, identity, SES_FAILED));
	assert_non_null(strstr(t.s, "--email-identity news.example.co.jp \\\n"));
	assert_null(strstr(t.s, "--region"));
	strcpy(identity->region, "ap-northeast-1");
	assert_false(report_ses_restart(&t, identity, SES_PENDING));
	assert_false(report_ses_restart(&t, identity, SES_VERIFIED));
	assert_false(report_ses_restart(&t, identity, SES_TEMPORARY_FAILURE));
	strcpy(identity->origin, "AWS_SES");
	assert_true(report_ses_restart(&t, identity, SES_FAILED));
	strcpy(identity->origin, "AWS_SES_US_EAST_1");
	assert_false(report_ses_restart(&t, identity, SES_FAILED));
	strcpy(identity->origin, "EXTERNAL");
	assert_false(report_ses_restart(&t, identity, SES_FAILED));
	identity->mail_from_status = SES_FAILED;
	strcpy(identity->on_mx_failure, "REJECT_MESSAGE");
	assert_true(report_ses_restart(&t, identity, SES_VERIFIED));
	assert_non_null(strstr(t.s, "--mail-from-domain "
	    "bounce.news.example.co.jp"));
	assert_non_null(strstr(t.s, "REJECT_MESSAGE"));
	identity->origin[0] = '\0';
	identity->tokens = 0;
	assert_true(report_ses_restart(&t, identity, SES_FAILED));
	assert_non_null(strstr(t.s, "verify-domain-identity"));
	text_release(&t);
}

static void
an_error_beside_verified_is_an_old_one(void **state)
{
	struct text t = TEXT_INIT;
	struct stage *stage = *state;
	struct identity *identity = &stage->check.plan.identity;
	char words[SENTENCE];

	strcpy(identity->error, "HOST_NOT_FOUND");
	strcpy(identity->soa, "ns1.example.net");
	identity->status = SES_PENDING;
	report_ses_words(&t, identity);
	said(words, sizeof words, &t);
	assert_string_equal(words, "Verification pending, HOST_NOT_FOUND, "
	    "at ns1.example.net");
	identity->status = SES_VERIFIED;
	report_ses_words(&t, identity);
	said(words, sizeof words, &t);
	assert_string_equal(words, "Verified, at ns1.example.net");
	identity->status = SES_UNKNOWN;
	report_ses_words(&t, identity);
	said(words, sizeof words, &t);
	assert_string_equal(words, "");
}

static void
a_remedy_names_the_form_s_own_field_and_what_to_type(void **state)
{
	struct stage *stage = *state;
	char text[SENTENCE];

	check_set_provider(&stage->check, provider_find("muumuu"));
	find(&stage->check, 0, FINDING_DOUBLED_NAME);
	lang_set(LANG_JA);
	record_says(&stage->check, 0, REPORT_REMEDY, text);
	assert_non_null(strstr(text, "「サブドメイン」"));
	assert_non_null(strstr(text,
	    " 7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.news "));
	assert_null(strstr(text, "example.co.jp"));
}

static void
a_text_box_company_gets_the_whole_line(void **state)
{
	struct stage *stage = *state;
	char text[SENTENCE];

	check_set_provider(&stage->check, provider_find("value-domain"));
	find(&stage->check, 0, FINDING_WRONG_VALUE);
	record_says(&stage->check, 0, REPORT_REMEDY, text);
	assert_non_null(strstr(text, "cname "
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.news "
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses.com."));
}

/* Who was only advised to enter a record has forgotten no button. */
/* The story of a record of which nothing else was seen. */
static void
absent_says(struct check *check, size_t index, char dst[static SENTENCE])
{
	struct record_diagnosis *record = &check->diagnosis.record[index];
	struct text t = TEXT_INIT;

	record->claims = 1;
	record->claim[0] = (struct claim){ .kind = CLAIM_ABSENT,
	    .owner = check->plan.wanted[index].owner, .type = RR_TXT,
	    .found = CLAIM_NO_FOUND };
	report_record(check, index, REPORT_EXPLANATION, &t);
	strlcpy(dst, t.s, SENTENCE);
	text_release(&t);
}

static void
an_optional_record_is_not_called_unsaved(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];

	for (size_t i = 0; i < check->plan.count; i++) {
		find(check, i, FINDING_MISSING);
		absent_says(check, i, text);
		assert_int_equal(strstr(text, "save button") != NULL,
		    check->plan.wanted[i].required);
		check->plan.wanted[i].entered = 1;
		absent_says(check, i, text);
		assert_non_null(strstr(text, "save button"));
	}
	assert_false(check->plan.wanted[check->plan.count - 1].required);
}

/* What is known to keep rows from having an effect there. */
static void
a_company_s_trap_is_told_with_missing(void **state)
{
	static const struct {
		const char *id, *says;
	} traps[] = {
		{ "muumuu", "「カスタム設定」" },
		{ "onamae", "「設定する」" },
		{ "conoha", "two sets of name servers" },
		{ "lolipop", "takes no TXT and MX rows" },
		{ "iij-dpf", "「ゾーン反映」" },
		{ "hostinger", "other name servers are in force" },
		{ "generic-zonefile", "serial number" },
	};
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];

	for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++) {
		check_set_provider(check, provider_find(traps[i].id));
		find(check, 0, FINDING_MISSING);
		record_says(check, 0, REPORT_EXPLANATION, text);
		if (strstr(text, traps[i].says) == NULL)
			fail_msg("%s: %s", traps[i].id, text);
		find(check, 0, FINDING_WRONG_VALUE);
		record_says(check, 0, REPORT_EXPLANATION, text);
		assert_null(strstr(text, traps[i].says));
		/* Nobody asked for it. */
		find(check, check->plan.count - 1, FINDING_MISSING);
		record_says(check, check->plan.count - 1, REPORT_EXPLANATION,
		    text);
		assert_null(strstr(text, traps[i].says));
	}
}

/* Where a form is known and has no field for it, there is no proxy. */
static void
a_proxy_is_named_only_where_there_is_one(void **state)
{
	static const struct {
		const char *id;
		bool proxy;
	} companies[] = {
		{ "cloudflare", true }, { "generic", true },
		{ "muumuu", false }, { "route53", false },
		{ "value-domain", false },
	};
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];

	for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++) {
		check_set_provider(check, provider_find(companies[i].id));
		find(check, 0, FINDING_PROXIED);
		check->diagnosis.record[0].found[0].type = RR_A;
		record_says(check, 0, REPORT_EXPLANATION, text);
		assert_int_equal(strstr(text, "proxy") != NULL,
		    companies[i].proxy);
		record_says(check, 0, REPORT_REMEDY, text);
		assert_int_equal(strcasestr(text, "proxy") != NULL,
		    companies[i].proxy);
		assert_int_equal(strstr(text, "CNAME") != NULL ||
		    strstr(text, "cname") != NULL, !companies[i].proxy);
	}
}

/* Another region's value has the shape of one. */
static void
a_region_or_account_is_named_by_the_letters_alone(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];
	size_t i = 0;

	while (check->plan.wanted[i].kind != WANTED_VERIFICATION)
		i++;
	find(check, i, FINDING_WRONG_VALUE);
	record_says(check, i, REPORT_REMEDY, text);
	assert_null(strstr(text, "region or account"));
	free(check->diagnosis.record[i].found[0].value);
	check->diagnosis.record[i].found[0].value =
	    xstrdup("pmBGN/7MjnfhTKUZ06Enqq1PeGUaOkw8lGhcfwefcHU=");
	record_says(check, i, REPORT_REMEDY, text);
	assert_non_null(strstr(text, "region or account"));
}

/* The row is right where it stands. */
static void
what_was_doubled_at_aws_is_corrected_there(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	struct identity identity = check->plan.identity;
	const char *why = NULL;
	char text[SENTENCE];
	size_t i = 0;

	must(identity_set_mail_from(&identity,
	    "bounce.news.example.co.jp.news.example.co.jp", &why), why);
	check_set_identity(check, &identity);
	while (check->plan.wanted[i].kind != WANTED_MAIL_FROM_MX)
		i++;
	find(check, i, FINDING_MISPLACED);
	record_says(check, i, REPORT_REMEDY, text);
	assert_int_equal(check->diagnosis.record[i].remedy.what,
	    REMEDY_AT_AWS);
	assert_non_null(strstr(text, "Set it to bounce.news.example.co.jp "));
}

static void
a_stand_in_counts_records_only_where_there_are_any(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];
	size_t count = check->plan.count;

	find(check, 0, FINDING_NETWORK_BLOCKED);
	check->diagnosis.domain[0].cause = CAUSE_STAND_IN;
	domain_says(check, 0, REPORT_REMEDY, text);
	assert_non_null(strstr(text, "resolver shows 0 of "));
	check->plan.count = 0;
	domain_says(check, 0, REPORT_REMEDY, text);
	check->plan.count = count;
	assert_null(strstr(text, "0 of 0"));
	assert_non_null(strstr(text, "older state"));
}

/* Where the form itself wants quotation marks, one pair has to stand. */
static void
one_pair_of_quotes_stays_where_the_form_wants_it(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];

	check_set_provider(check, provider_find("route53"));
	for (size_t i = 0; i < check->plan.count; i++) {
		if (check->plan.wanted[i].type != RR_TXT)
			continue;
		find(check, i, FINDING_QUOTED_VALUE);
		record_says(check, i, REPORT_REMEDY, text);
		assert_null(strstr(text, "No quotation mark"));
		if ((check->diagnosis.record[i].remedy.set & REMEDY_VALUE) !=
		    0)
			assert_non_null(strstr(text, "one pair"));
		record_says(check, i, REPORT_EXPLANATION, text);
		assert_null(strstr(text, "as they are typed"));
	}
	check_set_provider(check, provider_find("muumuu"));
	find(check, 1, FINDING_QUOTED_VALUE);
	record_says(check, 1, REPORT_REMEDY, text);
	assert_non_null(strstr(text, "No quotation mark"));
}

/* Who only parks domains did not sell this one. */
static void
a_parking_service_is_no_place_to_switch_to(void **state)
{
	struct stage *stage = *state;
	char text[SENTENCE];

	check_set_provider(&stage->check, provider_find("parking"));
	find(&stage->check, 0, FINDING_PARKED);
	domain_says(&stage->check, 0, REPORT_REMEDY, text);
	assert_null(strstr(text, "Domain parking"));
	assert_non_null(strstr(text, "where you bought the domain"));
	/* Nor one where rows could be entered. */
	find(&stage->check, 0, FINDING_MISSING);
	record_says(&stage->check, 0, REPORT_REMEDY, text);
	assert_null(strstr(text, "Domain parking"));
	assert_non_null(strstr(text, "At the company that sold the "
	    "domain, enter"));
	find(&stage->check, 0, FINDING_PARKED);
	check_set_provider(&stage->check, provider_find("onamae"));
	domain_says(&stage->check, 0, REPORT_REMEDY, text);
	assert_non_null(strstr(text, "Onamae.com"));
}

/* A second value at one name: another row, or a line of the same row. */
static void
a_second_value_goes_where_the_company_keeps_it(void **state)
{
	static const struct {
		const char *id, *says, *not;
	} companies[] = {
		{ "route53", "as a line of its own", "one more row" },
		{ "azure", "as a line of its own", "one more row" },
		{ "gcloud", "as a line of its own", "one more row" },
		{ "muumuu", "one more row", "as a line of its own" },
		{ "value-domain", "add this line", "one more row" },
	};
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];

	for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++) {
		check_set_provider(check, provider_find(companies[i].id));
		for (size_t w = 0; w < check->plan.count; w++) {
			enum wanted_kind kind = check->plan.wanted[w].kind;

			if (kind != WANTED_VERIFICATION &&
			    kind != WANTED_MAIL_FROM_SPF)
				continue;
			/* Another's text stands at the name. */
			find(check, w, kind == WANTED_VERIFICATION ?
			    FINDING_WRONG_VALUE : FINDING_MISSING);
			check->diagnosis.record[w].others = true;
			record_says(check, w, REPORT_REMEDY, text);
			if (kind == WANTED_VERIFICATION &&
			    strstr(text, companies[i].says) == NULL)
				fail_msg("%s: %s", companies[i].id, text);
			if (strcmp(companies[i].says,
			    "as a line of its own") == 0)
				assert_non_null(strstr(text,
				    companies[i].says));
			assert_null(strstr(text, companies[i].not));
		}
	}
}

static void
the_reports_are_written_whole_in_both_languages(void **state)
{
	struct stage *stage = *state;

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		char *text = NULL;
		size_t len = 0;
		FILE *out = open_memstream(&text, &len);

		assert_non_null(out);
		lang_set((enum lang)lang);
		find(&stage->check, 0, FINDING_MISPLACED);
		report_text(out, &stage->check, false);
		report_json(out, &stage->check);
		report_records_text(out, &stage->check);
		report_records_json(out, &stage->check);
		report_records_zonefile(out, &stage->check);
		report_providers_text(out);
		report_providers_json(out);
		assert_int_equal(fclose(out), 0);
		assert_non_null(strstr(text, "\"finding\": \"misplaced\""));
		assert_null(strchr(text, '\033'));
		free(text);
	}
}

/* What to do stands before why; name is compared with name. */
static void
the_action_comes_first(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char *text = NULL, *json = NULL, *act, *why;
	size_t len = 0, size = 0;
	FILE *out = open_memstream(&text, &len);

	find(check, 0, FINDING_DOUBLED_NAME);
	report_record_text(out, check, 0, false);
	assert_int_equal(fclose(out), 0);
	act = strstr(text, "\n      DO THIS: ");
	why = strstr(text, "\n      WHY: The form added your domain");
	assert_non_null(act);
	assert_true(why > act);
	assert_non_null(strstr(why, "\n      wanted name: 7klfyylbeg3rhdsv5"
	    "ucdrd6pm6hu2zx2._domainkey.news.example.co.jp\n"));
	assert_non_null(strstr(why, "\n      found name: "));
	assert_null(strstr(text, "wanted value"));
	free(text);

	out = open_memstream(&json, &size);
	report_json_line(out, check);
	assert_int_equal(fclose(out), 0);
	assert_non_null(strstr(json, "\"differs\":{\"part\":\"name\","
	    "\"wanted\":\"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey."
	    "news.example.co.jp\",\"found\":\""));
	free(json);
}

/* Whichever of them is looked at: the others are mended with it. */
static void
the_others_with_the_same_fault_are_named(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	struct text t = TEXT_INIT;

	for (size_t i = 0; i < 2; i++) {
		find(check, i, FINDING_MISSING);
		check->diagnosis.record[i].remedy.what = REMEDY_ENTER;
	}
	report_same(check, 1, &t);
	assert_ptr_equal(strstr(t.s, "Enter DKIM 1 in the same "), t.s);
	text_clear(&t);
	report_same(check, 0, &t);
	assert_ptr_equal(strstr(t.s, "Enter "), t.s);
	assert_null(strstr(t.s, "DKIM 1"));
	text_clear(&t);
	check->diagnosis.record[1].like = 1;
	report_same(check, 0, &t);
	assert_int_equal(t.len, 0);
	text_release(&t);
}

/* One server's name may end another's. */
static void
servers_are_named_each_and_once(void **state)
{
	static const char *const names[] = { "dns.example.net",
		"ns.example.net", "dns.example.net" };
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[SENTENCE];

	find(check, 0, FINDING_ROWS_LOST);
	check->diagnosis.moved = true;
	check->background.noted.count = 1;
	check->background.noted.row[0].type = RR_NS;
	check->diagnosis.lost[0] = true;
	for (size_t i = 0; i < 3; i++)
		check->diagnosis.server[i].server.name = named(names[i]);
	check->diagnosis.servers = check->delegation.servers = 3;
	domain_says(check, 0, REPORT_EXPLANATION, text);
	assert_non_null(strstr(text,
	    "Now they are dns.example.net, ns.example.net. "));
}

/* However many rows are gone: a list that is cut loses mail. */
static void
every_lost_row_is_listed(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	struct noted *noted = &check->background.noted;
	struct text t = TEXT_INIT, row = TEXT_INIT;

	find(check, 0, FINDING_ROWS_LOST);
	for (noted->count = 0; noted->count < NOTED_ROWS; noted->count++) {
		struct noted_row *r = &noted->row[noted->count];

		r->owner = check->plan.domain;
		r->type = noted->count < 5 ? RR_MX : RR_TXT;
		snprintf(r->value, sizeof r->value, "%zu %0300d.",
		    noted->count, 0);
		check->diagnosis.lost[noted->count] = true;
	}
	report_domain(check, 0, REPORT_REMEDY, &t);
	for (size_t i = 0; i < NOTED_ROWS; i++) {
		text_clear(&row);
		text_addf(&row, "   news.example.co.jp  %s  %s",
		    i < 5 ? "MX" : "TXT", noted->row[i].value);
		if (strstr(t.s, row.s) == NULL)
			fail_msg("row %zu is not in: %s", i, t.s);
	}
	text_release(&t);
	text_release(&row);
}

/* One look whose DMARC record stands so; what is said of the next rung. */
static void
assert_rung(struct stage *stage, enum finding finding, const char *owner,
    const char *value, const char *part, const char *not)
{
	struct check *check = &stage->check;
	struct text t = TEXT_INIT;
	size_t i = 0;

	while (check->plan.wanted[i].kind != WANTED_DMARC)
		i++;
	find(check, i, finding);
	check->diagnosis.record[i].founds = 0;
	if (value != NULL) {
		struct found *found = &check->diagnosis.record[i].found[0];

		check->diagnosis.record[i].founds = 1;
		found->owner = named(owner);
		free(found->value);
		found->value = xstrdup(value);
	}
	report_dmarc_next(check, i, &t);
	if (strstr(t.s, part) == NULL)
		fail_msg("%s: wanted \"%s\", got: %s", value, part, t.s);
	if (not != NULL && strstr(t.s, not) != NULL)
		fail_msg("%s: \"%s\" in: %s", value, not, t.s);
	text_release(&t);
}

static void
the_next_rung_of_dmarc_is_never_a_weaker_one(void **state)
{
	static const char own[] = "_dmarc.news.example.co.jp";
	static const char above[] = "_dmarc.example.co.jp";
	struct stage *stage = *state;

	assert_rung(stage, FINDING_MISSING, NULL, NULL,
	    "Begin with the row of step 4, v=DMARC1; p=none;", "Next");
	assert_rung(stage, FINDING_NOT_YET, NULL, NULL,
	    "cannot be seen yet", "put right");
	assert_rung(stage, FINDING_UNREACHABLE, NULL, NULL,
	    "could not be found out", "Begin with");
	assert_rung(stage, FINDING_OK, own, "v=DMARC1; p=none;",
	    "add its address to this row", "p=quarantine");
	assert_rung(stage, FINDING_OK, own,
	    "v=DMARC1; p=none; rua=mailto:d@example.co.jp",
	    "Next: p=quarantine, once the reports", "p=reject");
	assert_rung(stage, FINDING_OK, own,
	    "v=DMARC1; p=none; rua=mailto:d@example.co.jp",
	    "never enter a second one", NULL);
	assert_rung(stage, FINDING_OK, own,
	    "v=DMARC1; p=quarantine; rua=mailto:d@example.co.jp",
	    "Next: p=reject", "p=none");
	assert_rung(stage, FINDING_OK, own, "v=DMARC1; p=quarantine",
	    "add its address to this row", "p=reject");
	assert_rung(stage, FINDING_OK, own, "v=DMARC1; p=reject",
	    "Nothing stricter exists", "Next");
	assert_rung(stage, FINDING_INHERITED, above, "v=DMARC1; p=reject; "
	    "sp=quarantine", "stands at _dmarc.example.co.jp, above", "Next");
	assert_rung(stage, FINDING_INHERITED, above, "v=DMARC1; p=reject; "
	    "sp=quarantine", "spam folder", "refuse");
	assert_rung(stage, FINDING_DMARC_SYNTAX, own, "v=DMARC1; p=all",
	    "put right first", "Next");
	assert_rung(stage, FINDING_DMARC_MULTIPLE, own, "v=DMARC1; p=none",
	    "put right first", "Next");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_next_rung_of_dmarc_is_never_a_weaker_one, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    to_a_customer_of_a_service_nothing_speaks_of_aws, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    every_sentence_is_filled_and_plain_and_harmless, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    the_line_that_starts_aws_again_fits_the_identity, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    the_action_comes_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_others_with_the_same_fault_are_named, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    servers_are_named_each_and_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    every_lost_row_is_listed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    an_error_beside_verified_is_an_old_one, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_remedy_names_the_form_s_own_field_and_what_to_type,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_text_box_company_gets_the_whole_line, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_parking_service_is_no_place_to_switch_to, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    one_pair_of_quotes_stays_where_the_form_wants_it, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_company_s_trap_is_told_with_missing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_proxy_is_named_only_where_there_is_one, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_region_or_account_is_named_by_the_letters_alone, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    what_was_doubled_at_aws_is_corrected_there, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_second_value_goes_where_the_company_keeps_it, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    an_optional_record_is_not_called_unsaved, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_stand_in_counts_records_only_where_there_are_any,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_reports_are_written_whole_in_both_languages, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
