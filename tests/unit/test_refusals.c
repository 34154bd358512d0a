/*
 * What a company's form refuses: types, names, characters, lengths, and rows
 * beside others; and one row that holds several values.
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

#include "company/form-store.h"
#include "company/provider.h"
#include "dns/rr.h"

static const struct form_rules *
rules(const char *id)
{
	const struct provider *company = provider_find(id);

	assert_non_null(company);
	return provider_rules(company);
}

static struct name
named(const char *text)
{
	struct name name;
	const char *why;

	assert_int_equal(name_parse(&name, text, &why), 0);
	return name;
}

static struct rr
row(const char *owner, uint16_t type, const char *value)
{
	const struct name name = named(owner);
	struct rr rr = { .type = 0 };
	const char *why;

	assert_int_equal(rr_from_value(&rr, type, value, &why), 0);
	rr_set_owner(&rr, &name);
	return rr;
}

static struct form_field *
field(struct form *form, enum form_id id)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->field[i].id == id)
			return &form->field[i];
	fail();
	return NULL;
}

/* Types the card, one field of it otherwise; true when the form takes it. */
static bool
takes(const char *id, uint16_t type, const char *owner, const char *value,
    enum form_id otherwise, const char *typed)
{
	char text[2048];
	struct wanted wanted = { .owner = named(owner), .type = type,
		.value = text };
	struct name zone = named("example.jp");
	const char *why = NULL;
	struct form form;
	struct rr rr;

	strlcpy(text, value, sizeof text);
	form_fill(&form, rules(id), &wanted, &zone);
	if (typed != NULL)
		strlcpy(field(&form, otherwise)->value, typed, FORM_TEXT);
	if (form_store(&rr, rules(id), &form, &zone, &why) == -1) {
		assert_non_null(why);
		return false;
	}
	rr_release(&rr);
	return true;
}

static const char host[] = "t.dkim.amazonses.com";

static void
a_type_that_is_not_offered_is_refused(void **state)
{
	static const struct {
		const char *id;
		bool cname, txt, mx;
	} companies[] = {
		{ "lolipop", true, false, false },
		{ "heteml", false, false, false },
		{ "muumuu", true, true, true },
		{ "generic", true, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++) {
		const char *id = companies[i].id;
		struct wanted wanted = { .value = strdup("x") };

		assert_int_equal(takes(id, RR_CNAME, "a.example.jp", host,
		    FORM_NAME, NULL), companies[i].cname);
		assert_int_equal(takes(id, RR_TXT, "a.example.jp", "text",
		    FORM_NAME, NULL), companies[i].txt);
		assert_int_equal(takes(id, RR_MX, "a.example.jp",
		    "10 mail.example.net", FORM_NAME, NULL), companies[i].mx);
		wanted.type = RR_CNAME;
		assert_int_equal(form_takes(rules(id), &wanted),
		    companies[i].cname);
		wanted.type = RR_TXT;
		assert_int_equal(form_takes(rules(id), &wanted),
		    companies[i].txt);
		free(wanted.value);
	}
}

/* What one weak source says is told, and refuses nothing. */
static void
a_value_that_is_too_long_is_refused(void **state)
{
	static const struct {
		const char *id;
		size_t most;
		bool known;
	} companies[] = {
		{ "sakura", 255, true }, { "ovh", 255, true },
		{ "digitalocean", 509, true }, { "wordpress", 255, true },
		{ "muumuu", 255, false }, { "generic", 255, false },
	};
	char text[600];

	(void)state;
	for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++)
		for (int more = 0; more < 2; more++) {
			struct wanted wanted = { .type = RR_TXT,
				.value = text };
			bool taken = more == 0 || !companies[i].known;

			memset(text, 'a', sizeof text);
			text[companies[i].most + (size_t)more] = '\0';
			assert_int_equal(takes(companies[i].id, RR_TXT,
			    "a.example.jp", text, FORM_NAME, NULL), taken);
			assert_int_equal(form_takes(rules(companies[i].id),
			    &wanted), taken);
		}
}

static void
characters_and_names_are_refused_as_they_are_known(void **state)
{
	(void)state;
	assert_false(takes("cloudns", RR_TXT, "a.example.jp", "x", FORM_VALUE,
	    "a`b"));
	assert_false(takes("cloudns", RR_TXT, "a.example.jp", "x", FORM_VALUE,
	    "\"ab\""));
	assert_false(takes("transip", RR_TXT, "a.example.jp", "x", FORM_VALUE,
	    "a\\b"));
	assert_true(takes("muumuu", RR_TXT, "a.example.jp", "x", FORM_VALUE,
	    "a`b"));
	assert_false(takes("alibaba", RR_TXT, "example.jp", "x", FORM_NAME,
	    ""));
	assert_true(takes("alibaba", RR_TXT, "example.jp", "x", FORM_NAME,
	    "@"));
	assert_false(takes("desec", RR_TXT, "example.jp", "x", FORM_NAME, "@"));
	assert_true(takes("desec", RR_TXT, "example.jp", "x", FORM_NAME, ""));
	assert_true(takes("muumuu", RR_TXT, "example.jp", "x", FORM_NAME, ""));
}

static void
rows_beside_others_are_refused_where_that_is_known(void **state)
{
	static const struct {
		const char *id;
		bool cname, same_mx, same_type;
	} companies[] = {
		{ "xserver", true, true, false },
		{ "shin-server", true, true, false },
		{ "ionos", true, false, false },
		{ "route53", false, true, true },
		{ "muumuu", false, false, false },
	};
	struct rr cname = row("a.example.jp", RR_CNAME, host);
	struct rr elsewhere = row("b.example.jp", RR_CNAME, host);
	struct rr txt = row("a.example.jp", RR_TXT, "text");
	struct rr mx = row("a.example.jp", RR_MX, "10 mail.example.net");
	struct rr same = row("a.example.jp", RR_MX, "10 other.example.net");
	struct rr later = row("a.example.jp", RR_MX, "20 other.example.net");

	(void)state;
	for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++) {
		const struct form_rules *r = rules(companies[i].id);

		assert_int_equal(form_refuses_beside(r, &txt, &cname) != NULL,
		    companies[i].cname);
		assert_int_equal(form_refuses_beside(r, &cname, &mx) != NULL,
		    companies[i].cname);
		assert_null(form_refuses_beside(r, &txt, &elsewhere));
		assert_null(form_refuses_beside(r, &txt, &mx));
		assert_int_equal(form_refuses_beside(r, &mx, &same) != NULL,
		    companies[i].same_mx);
		assert_int_equal(form_refuses_beside(r, &mx, &later) != NULL,
		    companies[i].same_type);
	}
	rr_release(&cname);
	rr_release(&elsewhere);
	rr_release(&txt);
	rr_release(&mx);
	rr_release(&same);
	rr_release(&later);
}

/* Each value is a line of the row, and comes out as if it stood alone. */
static void
a_row_of_several_lines_holds_each_value(void **state)
{
	static const char *const values[] = { "first", "second" };
	const struct form_rules *r = rules("route53");
	struct wanted wanted = { .owner = named("_amazonses.example.jp"),
		.type = RR_TXT, .value = strdup("first") };
	struct name zone = named("example.jp");
	struct form form, one;
	const char *why;

	(void)state;
	form_fill(&form, r, &wanted, &zone);
	assert_int_equal(form_lines(&form), 1);
	assert_true(form_add_line(&form, "\"second\""));
	assert_int_equal(form_lines(&form), 2);
	for (size_t i = 0; i < 2; i++) {
		struct rr rr;
		char *value;

		form_take_line(&one, &form, i);
		assert_int_equal(form_lines(&one), 1);
		assert_int_equal(form_store(&rr, r, &one, &zone, &why), 0);
		assert_true(name_equal(rr.owner, &wanted.owner));
		value = rr_value_new(&rr);
		assert_string_equal(value, values[i]);
		free(value);
		rr_release(&rr);
	}
	while (form_add_line(&form, ""))
		continue;
	assert_int_equal(form.count, FORM_FIELDS);
	free(wanted.value);
}

/* What is not sure is given up when rows came out of that form. */
static void
what_was_seen_to_be_taken_is_not_refused(void **state)
{
	struct form_rules learnt;

	(void)state;
	form_correct(&learnt, rules("lolipop"), PROVIDER_LEARNT_DOT);
	assert_false(form_refuses_type(&learnt, RR_MX));
	form_correct(&learnt, rules("lolipop"), 0);
	assert_true(form_refuses_type(&learnt, RR_MX));
	form_correct(&learnt, rules("heteml"), PROVIDER_LEARNT_DOT);
	assert_true(form_refuses_type(&learnt, RR_MX));
}

/* A fact has a confidence, and that one stands for no more than it. */
static void
no_fact_stands_without_its_confidence(void **state)
{
	const struct provider *const *table;
	size_t count;

	(void)state;
	table = provider_table(&count);
	for (size_t i = 0; i < count; i++) {
		const struct form_rules *r = &table[i]->form;

		assert_int_equal(r->refuses != 0,
		    r->refuses_sure != PROVIDER_UNKNOWN);
		assert_int_equal(r->txt_max != 0,
		    r->txt_max_sure != PROVIDER_UNKNOWN);
		assert_int_equal(r->type_alias != NULL,
		    r->alias_sure != PROVIDER_UNKNOWN);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_type_that_is_not_offered_is_refused),
		cmocka_unit_test(a_value_that_is_too_long_is_refused),
		cmocka_unit_test(
		    characters_and_names_are_refused_as_they_are_known),
		cmocka_unit_test(
		    rows_beside_others_are_refused_where_that_is_known),
		cmocka_unit_test(a_row_of_several_lines_holds_each_value),
		cmocka_unit_test(what_was_seen_to_be_taken_is_not_refused),
		cmocka_unit_test(no_fact_stands_without_its_confidence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
