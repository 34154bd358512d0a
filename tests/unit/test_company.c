/*
 * What is told of a company: whole in both languages, without jargon, and
 * honest where the name servers leave a doubt.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <bsd/string.h>

#include "model/mind.h"
#include "report/report.h"
#include "said.h"
#include "stage.h"
#include "named.h"

enum {
	PAGE = 16384
};

static int
set_up(void **state)
{
	return stage_set_up(state, "example.jp", true);
}

/* The servers of the domain, as a look would have found them. */
static void
served_by(struct check *check, const char *const *servers)
{
	struct name names[DELEGATION_SERVERS];
	struct delegation *d = &check->delegation;
	size_t evidence = 0;

	for (d->servers = 0; servers[d->servers] != NULL; d->servers++) {
		names[d->servers] = named(servers[d->servers]);
		d->server[d->servers].name = names[d->servers];
	}
	check->company.detected = provider_detect(names, d->servers, &evidence,
	    &check->company.parked);
	name_text(&names[evidence], check->company.evidence);
	check_set_provider(check, NULL);
}

/* Without what stands in quotes: labels, buttons and commands are theirs. */
static void
without_quotes(char *dst, const char *src)
{
	while (*src != '\0') {
		if (strncmp(src, "「", strlen("「")) == 0 &&
		    strstr(src, "」") != NULL)
			src = strstr(src, "」") + strlen("」");
		else if (*src == '"' && strchr(src + 1, '"') != NULL)
			src = strchr(src + 1, '"') + 1;
		else if (strncmp(src, "--zonefile", 10) == 0)
			src += 10;
		else if (strncmp(src, "https:", 6) == 0)
			src += strcspn(src, "\n");
		else
			*dst++ = *src++;
	}
	*dst = '\0';
}

static void
is_plain(const char *id, const char *text)
{
	static char plain[PAGE];
	FILE *in = fopen("tests/house/jargon", "r");
	char word[64];

	assert_non_null(in);
	without_quotes(plain, text);
	while (fgets(word, sizeof word, in) != NULL) {
		word[strcspn(word, "\n")] = '\0';
		if (says_word(plain, word))
			fail_msg("%s says \"%s\": %s", id, word, text);
	}
	fclose(in);
}

/* Menus hold the company's own words, of any kind. */
static void
without_menu(char *text, const struct provider *provider)
{
	const char *menu = provider_menu(provider);
	char *at = menu != NULL ? strstr(text, menu) : NULL;

	if (at != NULL)
		memmove(at, at + strlen(menu), strlen(at + strlen(menu)) + 1);
}

static void
every_page_is_whole_and_plain(void **state)
{
	struct text t = TEXT_INIT;
	struct stage *stage = *state;
	struct check *check = &stage->check;
	static char text[PAGE];
	size_t count;
	const struct provider *const *table = provider_table(&count);

	for (int lang = 0; lang < LANG_COUNT; lang++) {
		lang_set((enum lang)lang);
		for (size_t c = 0; c < count; c++) {
			check_set_provider(check, table[c]);
			report_company_page(&t, check);
			said(text, sizeof text, &t);
			assert_null(strchr(text, '{'));
			without_menu(text, table[c]);
			is_plain(table[c]->id, text);
			for (size_t i = 0; i < check->plan.count; i++) {
				const struct wanted *w =
				    &check->plan.wanted[i];
				struct form_of of = check_form_of(check, w);

				report_card_note(&t, &of, w);
				said(text, sizeof text, &t);
				is_plain(table[c]->id, text);
			}
		}
	}
}

static void
a_form_of_its_own_names_its_sources(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (size_t c = 0; c < count; c++)
		if (!provider_rules(table[c])->as_most &&
		    table[c]->sources == 0)
			fail_msg("%s: where do the facts come from?",
			    table[c]->id);
}

static void
tells(struct check *check, const char *const *servers, const char *words)
{
	struct text t = TEXT_INIT;
	char text[PAGE];

	served_by(check, servers);
	report_company_notes(&t, check);
	said(text, sizeof text, &t);
	if (strstr(text, words) == NULL)
		fail_msg("%s: not told that %s: %s", servers[0], words, text);
}

static size_t
asks(struct check *check, const char *server)
{
	const struct provider *candidates[PROVIDER_CANDIDATES];

	served_by(check, (const char *const[]){ server, NULL });
	return company_candidates(&check->company, candidates);
}

static void
what_only_the_user_knows_is_asked(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;

	assert_int_equal(asks(check, "ns-cloud-a1.googledomains.com"), 2);
	assert_int_equal(asks(check, "dns1.p01.nsone.net"), 2);
	assert_int_equal(asks(check, "ns-rs1.gmoserver.jp"), 2);
	assert_int_equal(asks(check, "dns01.muumuu-domain.com"), 1);
	assert_int_equal(asks(check, "ns1.example.net"), 0);
	tells(check, (const char *const[]){ "ns-cloud-a1.googledomains.com",
	    NULL }, "only suggests Google Cloud DNS / Squarespace");
	check_set_provider(check, provider_find("squarespace"));
	assert_int_equal(company_candidates(&check->company,
	    (const struct provider *[PROVIDER_CANDIDATES]){ NULL }), 0);
}

static void
mixed_servers_are_told(void **state)
{
	struct text t = TEXT_INIT;
	struct stage *stage = *state;
	struct check *check = &stage->check;
	char text[PAGE];

	tells(check, (const char *const[]){ "dns01.muumuu-domain.com",
	    "ns1.dns.ne.jp", NULL }, "of more than one company: Muumuu Domain "
	    "(dns01.muumuu-domain.com), Sakura Internet (ns1.dns.ne.jp)");
	served_by(check, (const char *const[]){ "dns01.muumuu-domain.com",
	    "dns02.muumuu-domain.com", NULL });
	report_company_notes(&t, check);
	said(text, sizeof text, &t);
	assert_null(strstr(text, "more than one company"));
}

static void
the_set_in_force_is_named(void **state)
{
	struct stage *stage = *state;

	tells(&stage->check, (const char *const[]){ "ns-a1.conoha.io", NULL },
	    "the set of ns-a1.conoha.io");
	tells(&stage->check, (const char *const[]){ "a.conoha-dns.com", NULL },
	    "the set of a.conoha-dns.com");
}

#define COMPANY_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* A sentence about some records says so, and stands on their cards alone. */
static void
a_trap_stands_where_it_may_be_met(void **state)
{
	struct text t = TEXT_INIT;
	static const char *const words[] = { "MX", "CNAME", "TXT", "SPF",
		"DKIM", "DMARC", "_dmarc" };
	struct stage *stage = *state;
	struct check *check = &stage->check;
	const struct provider *const *table;
	char text[PAGE], card[PAGE];
	size_t count;

	table = provider_table(&count);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < PROVIDER_PITFALLS; k++)
			for (size_t w = 0; w < sizeof words / sizeof words[0];
			    w++)
				if (table[i]->pitfall[k].text != NULL &&
				    table[i]->pitfall[k].on == 0 &&
				    strstr(table[i]->pitfall[k].text,
				    words[w]) != NULL)
					fail_msg("%s: on every card: %s",
					    table[i]->id,
					    table[i]->pitfall[k].text);
	check_set_provider(check, provider_find("namecheap"));
	report_company_notes(&t, check);
	said(text, sizeof text, &t);
	assert_null(strstr(text, "Custom MX"));
	report_company_page(&t, check);
	said(text, sizeof text, &t);
	assert_non_null(strstr(text, "Custom MX"));
	for (size_t i = 0; i < check->plan.count; i++) {
		const struct wanted *wanted = &check->plan.wanted[i];
		struct form_of of = check_form_of(check, wanted);
		const char *trap;

		report_card_note(&t, &of, wanted);
		said(card, sizeof card, &t);
		trap = strstr(card, "Custom MX");
		assert_int_equal(trap != NULL, wanted->type == RR_MX);
		if (trap == NULL)
			continue;
		/* Its warning is in the same sentence, before the advice. */
		assert_true(strcspn(trap, "\n") > (size_t)(strstr(trap,
		    "may end the mail service") - trap));
		assert_true(trap < strstr(card, "Do not add"));
	}
}

static void
a_wait_of_hours_is_told_in_hours_and_days(void **state)
{
	struct text t = TEXT_INIT;
	struct stage *stage = *state;
	char text[PAGE];

	check_set_provider(&stage->check, provider_find("muumuu"));
	report_company_notes(&t, &stage->check);
	said(text, sizeof text, &t);
	assert_non_null(strstr(text, "after 1 h to 2 days."));
	lang_set(LANG_JA);
	report_company_notes(&t, &stage->check);
	said(text, sizeof text, &t);
	assert_non_null(strstr(text, "1時間から2日ほど"));
}

/* In the order in which they are pressed; one may bear no word. */
static void
the_buttons_come_in_their_order(void **state)
{
	static const char *const said[][3] = {
		{ "namecheap", "green tick", "Save all changes" },
		{ "onamae", "追加", "確認" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		struct text t = TEXT_INIT;
		const char *first;

		mind_save(&t, provider_find(said[i][0]));
		first = strstr(t.s, said[i][1]);
		assert_non_null(first);
		assert_non_null(strstr(first, said[i][2]));
		text_release(&t);
	}
}

static void
the_note_has_the_company_s_traps(void **state)
{
	struct stage *stage = *state;
	struct check *check = &stage->check;
	static const char *const said[][3] = {
		{ "namecheap", "Custom MX", "green tick" },
		{ "muumuu", "設定2", "利用する" },
	};

	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		char *note = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&note, &size);

		assert_non_null(out);
		check_set_provider(check, provider_find(said[i][0]));
		report_records_markdown(out, check);
		fclose(out);
		assert_non_null(strstr(note, said[i][1]));
		assert_non_null(strstr(note, said[i][2]));
		free(note);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		COMPANY_TEST(a_trap_stands_where_it_may_be_met),
		COMPANY_TEST(the_buttons_come_in_their_order),
		COMPANY_TEST(the_note_has_the_company_s_traps),
		COMPANY_TEST(a_wait_of_hours_is_told_in_hours_and_days),
		COMPANY_TEST(every_page_is_whole_and_plain),
		COMPANY_TEST(a_form_of_its_own_names_its_sources),
		COMPANY_TEST(what_only_the_user_knows_is_asked),
		COMPANY_TEST(mixed_servers_are_told),
		COMPANY_TEST(the_set_in_force_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
