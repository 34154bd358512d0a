/*
 * The companies: every row is sound, its name servers are told from others,
 * and what its form asks for is stored as the record SES wants.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <bsd/string.h>

#include "ses/plan.h"
#include "company/detect.h"
#include "company/form-store.h"
#include "company/provider.h"
#include "report/report.h"
#include "dns/rr.h"
#include "said.h"
#include "named.h"

/* A domain, and the zone in which its records live. */
static const struct {
	const char *domain, *zone, *name_of_dkim;
} domains[] = {
	{ "example.jp", "example.jp",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey" },
	{ "news.example.co.jp", "example.co.jp",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.news" },
	{ "xn--r8jz45g.jp", "xn--r8jz45g.jp",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey" },
	{ "mail.xn--r8jz45g.jp", "xn--r8jz45g.jp",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.mail" },
};

static struct {
	enum wanted_kind kind;
	const char *before;
	char value[64];
	uint16_t type;
} kinds[] = {
	{ WANTED_DKIM, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses.com", RR_CNAME },
	{ WANTED_VERIFICATION, "_amazonses",
	    "fJHGtvR1zDSoT3q+0Cy4gCqhrhTFQFVlbXJpCLxfdsA=", RR_TXT },
	{ WANTED_MAIL_FROM_MX, "bounce",
	    "10 feedback-smtp.ap-northeast-1.amazonses.com", RR_MX },
	{ WANTED_MAIL_FROM_SPF, "bounce",
	    "v=spf1 include:amazonses.com ~all", RR_TXT },
	{ WANTED_DMARC, "_dmarc", "v=DMARC1; p=none;", RR_TXT },
};

enum {
	DOMAINS = sizeof domains / sizeof domains[0],
	KINDS = sizeof kinds / sizeof kinds[0],
	NOTE = 2048
};

static struct wanted
wanted_of(enum wanted_kind kind, const char *domain)
{
	struct name below = named(domain);
	struct wanted wanted = { .id = "test", .kind = kind };

	for (size_t i = 0; i < KINDS; i++) {
		if (kinds[i].kind != kind)
			continue;
		wanted.type = kinds[i].type;
		wanted.value = kinds[i].value;
		assert_int_equal(name_prepend(&wanted.owner, kinds[i].before,
		    &below), 0);
	}
	return wanted;
}

static const struct provider *
company(const char *id)
{
	const struct provider *provider = provider_find(id);

	assert_non_null(provider);
	return provider;
}

static const struct form_rules *
rules(const char *id)
{
	return provider_rules(company(id));
}

static struct form_field *
field_of(struct form *form, enum form_id id)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->field[i].id == id)
			return &form->field[i];
	fail_msg("no such field: %s", form_id_text(id));
	return NULL;
}

/* The filled form of this record in example.jp. */
static struct form
form_at(const char *id, enum wanted_kind kind)
{
	struct wanted wanted = wanted_of(kind, "example.jp");
	struct name zone = named("example.jp");
	struct form form;

	form_fill(&form, rules(id), &wanted, &zone);
	return form;
}

static void
asks_for(const char *id, enum wanted_kind kind, enum form_id field,
    const char *content)
{
	struct form form = form_at(id, kind);

	assert_string_equal(field_of(&form, field)->value, content);
}

/* Types text into a field of the filled form; "owner type value" is stored. */
static void
stores(const char *id, enum wanted_kind kind, enum form_id field,
    const char *text, const char *owner, const char *value)
{
	struct form form = form_at(id, kind);
	struct name zone = named("example.jp");
	char buf[NAME_TEXT];
	const char *why;
	struct rr rr;

	strlcpy(field_of(&form, field)->value, text, FORM_TEXT);
	assert_int_equal(form_store(&rr, rules(id), &form, &zone, &why), 0);
	assert_string_equal(name_text(rr.owner, buf), owner);
	if (value != NULL) {
		rr_value(&rr, buf, sizeof buf);
		assert_string_equal(buf, value);
	}
	rr_release(&rr);
}

static void
refuses(const char *id, enum wanted_kind kind, enum form_id field,
    const char *text)
{
	struct form form = form_at(id, kind);
	struct name zone = named("example.jp");
	const char *why = NULL;
	struct rr rr;

	strlcpy(field_of(&form, field)->value, text, FORM_TEXT);
	assert_int_equal(form_store(&rr, rules(id), &form, &zone, &why), -1);
	assert_non_null(why);
}

static void
is_run_by(const char *server, const char *id)
{
	struct name name = named(server);
	const struct provider *found = provider_detect(&name, 1, NULL, NULL);

	if (id == NULL)
		assert_null(found);
	else {
		assert_non_null(found);
		assert_string_equal(found->id, id);
		assert_true(provider_runs(found, &name));
	}
}

static void
every_row_is_whole(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct provider *p = table[i];
		const struct form_rules *r = provider_rules(p);

		assert_non_null(p->name);
		assert_non_null(r->apex);
		assert_int_equal(strlen(p->fact_date), strlen("2026-11"));
		assert_true(p->wait_min <= p->wait_max);
		assert_true(p->sure != PROVIDER_UNKNOWN);
		assert_ptr_equal(provider_find(p->id), p);
		assert_int_equal(r->name_rule == PROVIDER_LINE,
		    r->keeps == PROVIDER_ZONE_TEXT);
		if (r->name_rule == PROVIDER_LINE) {
			assert_non_null(r->label_line);
			assert_non_null(r->line_cname);
			assert_non_null(r->line_txt);
			assert_non_null(r->line_mx);
		}
		assert_int_equal(r->label_proxy != NULL,
		    r->value_proxy != NULL);
	}
	assert_ptr_equal(table[count - 1], provider_generic());
	assert_null(provider_find("nobody"));
}

static void
a_form_of_its_own_rests_on_a_known_name_rule(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct form_rules *r = provider_rules(table[i]);

		if (r->name_sure < PROVIDER_MEDIUM)
			fail_msg("%s: what its name field takes is not known",
			    table[i]->id);
		assert_true(r == &table[i]->form || r == rules("generic"));
	}
	assert_true(rules("generic")->as_most);
	assert_true(rules("webarena")->as_most);
	assert_false(rules("muumuu")->as_most);
}

/* The reader's language, not the form's: no page shows these words. */
static void
a_label_that_is_not_known_is_called_ours(void **state)
{
	static const struct {
		const char *id;
		enum form_id field;
		bool ours;
	} labels[] = {
		{ "kagoya", FORM_NAME, false },
		{ "kagoya", FORM_TYPE, true },
		{ "kagoya", FORM_VALUE, true },
		{ "webarena", FORM_VALUE, false },
		{ "webarena", FORM_PRIORITY, true },
		{ "lolipop", FORM_NAME, true },
		{ "lolipop", FORM_TTL, true },
		{ "muumuu", FORM_NAME, false },
		{ "generic", FORM_NAME, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		struct form form = form_at(labels[i].id, WANTED_MAIL_FROM_MX);
		const struct form_field *field = form_find(&form,
		    labels[i].field);

		assert_non_null(field);
		if (field->ours != labels[i].ours)
			fail_msg("%s: %s", labels[i].id, field->label);
		assert_true(form_add_line(&form, "one"));
		for (size_t k = 0; k < form.count; k++)
			if (form.field[k].further)
				assert_true(form.field[k].ours);
	}
}

static void
every_field_stands_in_the_form(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct form_rules *r = provider_rules(table[i]);
		struct form form = form_at(table[i]->id, WANTED_MAIL_FROM_MX);

		if (r->name_rule == PROVIDER_LINE) {
			assert_int_equal(form.count, 1);
			continue;
		}
		for (size_t k = 0; k < form.count; k++)
			assert_non_null(form.field[k].label);
		assert_non_null(form_find(&form, FORM_NAME));
		assert_non_null(form_find(&form, FORM_TYPE));
		assert_non_null(form_find(&form, FORM_VALUE));
		assert_int_equal(form_find(&form, FORM_PRIORITY) != NULL,
		    r->mx_rule == PROVIDER_MX_BOX);
		assert_int_equal(form_find(&form, FORM_TTL) != NULL,
		    r->label_ttl != NULL || r->as_most);
		assert_null(form_find(&form, FORM_PROXY));
	}
}

/*
 * tests/companies/name-servers holds a sentence a line: "SERVER belongs to
 * ID", "SERVER perhaps belongs to ID", "SERVER only parks at ID", "SERVER
 * belongs to nobody".
 */
enum {
	WORD = 256,
	SENTENCES = 512
};

static const char sentences[] = "tests/companies/name-servers";

static void
is_true(const char *server, const char *verb, const char *id)
{
	bool perhaps = strcmp(verb, "perhaps belongs to") == 0, parked = false;
	struct name name = named(server);
	const struct provider *found, *said = provider_find(id);

	found = provider_detect(&name, 1, NULL, &parked);
	if (said == NULL) {
		assert_string_equal(id, "nobody");
		if (found != NULL)
			fail_msg("%s belongs to %s", server, found->id);
		return;
	}
	if (!provider_runs(said, &name) || found == NULL ||
	    provider_surely_runs(found, &name) == perhaps ||
	    (!perhaps && found != said) ||
	    parked != (strcmp(verb, "only parks at") == 0))
		fail_msg("it is not so: %s %s %s", server, verb, id);
}

/* Judges every sentence of the list; its servers are left in server. */
static size_t
list_read(char (*server)[WORD])
{
	static const char *const verbs[] = { "belongs to",
		"perhaps belongs to", "only parks at" };
	FILE *in = fopen(sentences, "r");
	char line[3 * WORD], id[WORD], text[3 * WORD];
	size_t count = 0;

	assert_non_null(in);
	while (fgets(line, sizeof line, in) != NULL) {
		bool understood = false;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || *line == '\0')
			continue;
		assert_true(count < SENTENCES);
		assert_int_equal(sscanf(line, "%255s", server[count]), 1);
		strlcpy(id, strrchr(line, ' ') + 1, sizeof id);
		for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
			snprintf(text, sizeof text, "%s %s %s", server[count],
			    verbs[i], id);
			if (strcmp(text, line) != 0)
				continue;
			is_true(server[count], verbs[i], id);
			understood = true;
		}
		if (!understood)
			fail_msg("not understood: %s", line);
		count++;
	}
	fclose(in);
	return count;
}

static void
every_sentence_about_name_servers_is_true(void **state)
{
	static char server[SENTENCES][WORD];

	(void)state;
	assert_true(list_read(server) > 0);
}

static void
pattern_is_in_the_list(const char *id, const char *pattern,
    char (*server)[WORD], size_t count)
{
	struct provider alone = { .nameserver = pattern };

	for (size_t i = 0; i < count; i++) {
		struct name name = named(server[i]);

		if (provider_runs(&alone, &name))
			return;
	}
	fail_msg("no server in %s fits %s of %s", sentences, pattern, id);
}

static void
every_pattern_has_a_sentence(void **state)
{
	static char server[SENTENCES][WORD];
	size_t companies, count = list_read(server);
	const struct provider *const *table = provider_table(&companies);

	(void)state;
	for (size_t c = 0; c < companies; c++) {
		const struct provider *p = table[c];

		const char *list[] = { p->nameserver, p->perhaps, p->parking };
		char pattern[NAME_TEXT];

		for (size_t i = 0; i < 3; i++)
			while (provider_next_pattern(pattern, &list[i]))
				pattern_is_in_the_list(p->id, pattern, server,
				    count);
	}
}

static void
no_two_companies_share_a_server(void **state)
{
	static char server[SENTENCES][WORD];
	size_t companies, count = list_read(server);
	const struct provider *const *table = provider_table(&companies);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct name name = named(server[i]);
		const struct provider *owner = NULL;

		for (size_t c = 0; c < companies; c++) {
			if (!provider_surely_runs(table[c], &name))
				continue;
			if (owner != NULL)
				fail_msg("%s is of %s and of %s", server[i],
				    owner->id, table[c]->id);
			owner = table[c];
		}
	}
}

static void
a_look_alike_of_any_server_is_nobody_s(void **state)
{
	static char server[SENTENCES][WORD];
	size_t count = list_read(server);
	char text[2 * WORD];

	(void)state;
	for (size_t i = 0; i < count; i++) {
		size_t first = strcspn(server[i], ".");

		snprintf(text, sizeof text, "%s.example.com", server[i]);
		is_run_by(text, NULL);
		if (server[i][first] == '\0')
			continue;
		/* ns1.xserver.jp: ns1-xserver.jp, ns1\.xserver.jp */
		snprintf(text, sizeof text, "%.*s-%s", (int)first, server[i],
		    server[i] + first + 1);
		is_run_by(text, NULL);
		snprintf(text, sizeof text, "%.*s\\.%s", (int)first,
		    server[i], server[i] + first + 1);
		is_run_by(text, NULL);
	}
}

static void
servers_are_compared_as_names_are(void **state)
{
	(void)state;
	is_run_by("DNS02.Muumuu-Domain.COM.", "muumuu");
	is_run_by("evil\\.dnsv.jp", NULL);
	is_run_by(".", NULL);
}

static void
a_parking_server_is_told_from_one_that_counts(void **state)
{
	struct name servers[3] = { named("ns1.example.com"),
		named("dns1.onamae.com"), named("02.dnsv.jp") };
	size_t evidence = 9;
	bool parked = false;

	(void)state;
	assert_ptr_equal(provider_detect(servers, 2, &evidence, &parked),
	    company("onamae"));
	assert_int_equal(evidence, 1);
	assert_true(parked);
	assert_ptr_equal(provider_detect(servers, 3, &evidence, &parked),
	    company("onamae"));
	assert_int_equal(evidence, 2);
	assert_false(parked);
	assert_null(provider_detect(servers, 1, NULL, NULL));
	assert_null(provider_detect(servers, 0, NULL, NULL));
}

static void
a_guess_yields_to_a_server_that_is_sure(void **state)
{
	struct name servers[2] = { named("ns1.wpx.ne.jp"),
		named("ns1.xserver.jp") };
	size_t evidence = 9;
	bool parked = true;

	(void)state;
	assert_ptr_equal(provider_detect(servers, 1, &evidence, &parked),
	    company("shin-server"));
	assert_int_equal(evidence, 0);
	assert_false(parked);
	assert_false(provider_surely_runs(company("shin-server"),
	    &servers[0]));
	assert_ptr_equal(provider_detect(servers, 2, &evidence, &parked),
	    company("xserver"));
	assert_int_equal(evidence, 1);
}

static void
domain_connect_names_a_company(void **state)
{
	(void)state;
	assert_ptr_equal(provider_of_connect(
	    "api.cloudflare.com/client/v4/dns/domainconnect"),
	    company("cloudflare"));
	assert_ptr_equal(provider_of_connect("_domainconnect.gd."
	    "domaincontrol.com"), company("godaddy"));
	assert_null(provider_of_connect("mydomaincontrol.com/v2"));
	assert_null(provider_of_connect("www.cloudflare.com"));
	assert_null(provider_of_connect("/etc/passwd"));
	assert_null(provider_of_connect("a..b"));
}

static void
comes_back_as_wanted(const struct provider *provider,
    const struct wanted *wanted, const struct name *zone)
{
	struct rr want, got;
	struct form form;
	const char *why = "";

	form_fill(&form, provider_rules(provider), wanted, zone);
	assert_int_equal(rr_from_value(&want, wanted->type, wanted->value,
	    &why), 0);
	if (!form_takes(provider_rules(provider), wanted)) {
		assert_int_equal(form_store(&got, provider_rules(provider),
		    &form, zone, &why), -1);
		rr_release(&want);
		return;
	}
	if (form_store(&got, provider_rules(provider), &form, zone,
	    &why) == -1)
		fail_msg("%s refuses %s: %s", provider->id, wanted->value,
		    why);
	assert_true(name_equal(got.owner, &wanted->owner));
	if (!rr_equal(&got, &want))
		fail_msg("%s spoils %s", provider->id, wanted->value);
	rr_release(&got);
	rr_release(&want);
}

static void
what_each_form_asks_for_is_stored_as_wanted(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (size_t d = 0; d < DOMAINS; d++) {
		struct name zone = named(domains[d].zone);

		for (size_t k = 0; k < KINDS; k++) {
			struct wanted wanted = wanted_of(kinds[k].kind,
			    domains[d].domain);

			for (size_t p = 0; p < count; p++)
				comes_back_as_wanted(table[p], &wanted, &zone);
		}
	}
}

static void
the_domain_itself_comes_back_as_wanted(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	struct name zone = named("bounce.example.jp");
	struct wanted mx = wanted_of(WANTED_MAIL_FROM_MX, "example.jp");
	struct wanted spf = wanted_of(WANTED_MAIL_FROM_SPF, "example.jp");

	(void)state;
	for (size_t p = 0; p < count; p++) {
		comes_back_as_wanted(table[p], &mx, &zone);
		comes_back_as_wanted(table[p], &spf, &zone);
	}
}

static void
the_name_is_cut_at_the_zone_not_at_the_identity(void **state)
{
	(void)state;
	for (size_t d = 0; d < DOMAINS; d++) {
		struct wanted wanted = wanted_of(WANTED_DKIM,
		    domains[d].domain);
		struct name zone = named(domains[d].zone);
		struct form form;

		form_fill(&form, rules("muumuu"), &wanted, &zone);
		assert_string_equal(field_of(&form, FORM_NAME)->value,
		    domains[d].name_of_dkim);
	}
}

static void
the_domain_itself_is_written_as_the_form_wants(void **state)
{
	struct wanted wanted = wanted_of(WANTED_MAIL_FROM_MX, "example.jp");
	struct name zone = named("bounce.example.jp");
	struct form form;

	(void)state;
	form_fill(&form, rules("sakura"), &wanted, &zone);
	assert_string_equal(field_of(&form, FORM_NAME)->value, "@");
	form_fill(&form, rules("muumuu"), &wanted, &zone);
	assert_string_equal(field_of(&form, FORM_NAME)->value, "");
	form_fill(&form, rules("generic-cpanel"), &wanted, &zone);
	assert_string_equal(field_of(&form, FORM_NAME)->value,
	    "bounce.example.jp.");

	stores("sakura", WANTED_VERIFICATION, FORM_NAME, "@", "example.jp",
	    NULL);
	stores("muumuu", WANTED_VERIFICATION, FORM_NAME, "", "example.jp",
	    NULL);
	stores("route53", WANTED_VERIFICATION, FORM_NAME, "@",
	    "@.example.jp", NULL);
}

static void
muumuu_asks_for_these_fields(void **state)
{
	struct form form = form_at("muumuu", WANTED_VERIFICATION);

	(void)state;
	assert_int_equal(form.count, 4);
	assert_string_equal(form.field[0].label, "サブドメイン");
	assert_string_equal(form.field[0].value, "_amazonses");
	assert_string_equal(form.field[1].label, "種別");
	assert_string_equal(form.field[1].value, "TXT");
	assert_string_equal(form.field[2].label, "内容");
	assert_string_equal(form.field[3].label, "優先度");
	assert_string_equal(form.field[3].value, "");
	asks_for("muumuu", WANTED_MAIL_FROM_MX, FORM_PRIORITY, "10");
	asks_for("muumuu", WANTED_MAIL_FROM_MX, FORM_VALUE,
	    "feedback-smtp.ap-northeast-1.amazonses.com");
}

static void
each_company_asks_in_its_own_way(void **state)
{
	struct form form = form_at("cloudflare", WANTED_DKIM);

	(void)state;
	assert_string_equal(field_of(&form, FORM_VALUE)->label, "Target");
	assert_string_equal(field_of(&form, FORM_PROXY)->value, "DNS only");
	assert_true(field_of(&form, FORM_TTL)->keep);
	asks_for("onamae", WANTED_DKIM, FORM_TTL, "3600");
	asks_for("sakura", WANTED_DKIM, FORM_TYPE, "別名 (CNAME)");
	asks_for("sakura", WANTED_DKIM, FORM_VALUE,
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses.com.");
	asks_for("sakura", WANTED_MAIL_FROM_MX, FORM_VALUE,
	    "10 feedback-smtp.ap-northeast-1.amazonses.com.");
	asks_for("route53", WANTED_MAIL_FROM_SPF, FORM_VALUE,
	    "\"v=spf1 include:amazonses.com ~all\"");
	asks_for("route53", WANTED_MAIL_FROM_MX, FORM_VALUE,
	    "10 feedback-smtp.ap-northeast-1.amazonses.com");
	asks_for("value-domain", WANTED_DKIM, FORM_LINE,
	    "cname 7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey "
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses.com.");
	asks_for("value-domain", WANTED_DMARC, FORM_LINE,
	    "txt _dmarc v=DMARC1; p=none;");
	asks_for("value-domain", WANTED_MAIL_FROM_MX, FORM_LINE,
	    "mx feedback-smtp.ap-northeast-1.amazonses.com. 10 "
	    "bounce.example.jp.");
}

static void
known_labels_stand_without_known_rules(void **state)
{
	struct form form = form_at("webarena", WANTED_DMARC);

	(void)state;
	assert_string_equal(field_of(&form, FORM_NAME)->label, "NAME");
	assert_string_equal(field_of(&form, FORM_VALUE)->label, "VALUE");
	form = form_at("shin-server", WANTED_MAIL_FROM_MX);
	assert_string_equal(field_of(&form, FORM_VALUE)->label, "コンテンツ");
	assert_string_equal(field_of(&form, FORM_PRIORITY)->label, "優先度");
}

static void
a_label_that_is_not_known_is_generic_s(void **state)
{
	struct form form = form_at("kagoya", WANTED_MAIL_FROM_MX);

	(void)state;
	assert_string_equal(field_of(&form, FORM_NAME)->label, "ホスト名");
	assert_string_equal(field_of(&form, FORM_VALUE)->label, "Value");
	assert_string_equal(field_of(&form, FORM_PRIORITY)->label, "Priority");
	assert_null(form_find(&form, FORM_TTL));
	form = form_at("heteml", WANTED_DKIM);
	assert_string_equal(field_of(&form, FORM_NAME)->label, "Name");
	assert_null(form_find(&form, FORM_PRIORITY));
}

static void
a_full_name_is_doubled_where_only_the_label_is_wanted(void **state)
{
	static const char *const ids[] = { "muumuu", "onamae", "sakura",
		"xserver", "xserver-domain", "conoha", "star-domain",
		"sakura-cloud", "kagoya", "canonet", "gehirn", "iij-dpf",
		"generic-cpanel", "route53", "generic" };

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		stores(ids[i], WANTED_VERIFICATION, FORM_NAME,
		    "_amazonses.example.jp",
		    "_amazonses.example.jp.example.jp", NULL);
		stores(ids[i], WANTED_DKIM, FORM_NAME,
		    "token._domainkey.example.jp",
		    "token._domainkey.example.jp.example.jp", NULL);
	}
	stores("value-domain", WANTED_DMARC, FORM_LINE,
	    "txt _dmarc.example.jp v=DMARC1; p=none;",
	    "_dmarc.example.jp.example.jp", "v=DMARC1; p=none;");
}

static void
a_full_name_is_understood_where_either_is_taken(void **state)
{
	(void)state;
	stores("cloudflare", WANTED_DMARC, FORM_NAME, "_dmarc.example.jp",
	    "_dmarc.example.jp", NULL);
	stores("cloudflare", WANTED_DMARC, FORM_NAME, "_dmarc",
	    "_dmarc.example.jp", NULL);
	stores("cloudflare", WANTED_DMARC, FORM_NAME, "_dmarc.notexample.jp",
	    "_dmarc.notexample.jp.example.jp", NULL);
}

static void
a_full_name_with_dot_is_taken_where_a_zone_file_would(void **state)
{
	static const char *const ids[] = { "gehirn", "iij-dpf",
		"generic-cpanel" };

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		stores(ids[i], WANTED_DMARC, FORM_NAME, "_dmarc.example.jp.",
		    "_dmarc.example.jp", NULL);
		refuses(ids[i], WANTED_DMARC, FORM_NAME, "_dmarc.example.com.");
	}
}

static void
a_target_without_dot_is_doubled_where_the_dot_counts(void **state)
{
	(void)state;
	stores("sakura", WANTED_DKIM, FORM_VALUE, "t.dkim.amazonses.com",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.example.jp",
	    "t.dkim.amazonses.com.example.jp");
	stores("sakura", WANTED_MAIL_FROM_MX, FORM_VALUE, "10 mx.example.net",
	    "bounce.example.jp", "10 mx.example.net.example.jp");
	stores("value-domain", WANTED_DKIM, FORM_LINE, "cname a b.example.net",
	    "a.example.jp", "b.example.net.example.jp");
	refuses("muumuu", WANTED_DKIM, FORM_VALUE, "t.dkim.amazonses.com.");
	stores("onamae", WANTED_DKIM, FORM_VALUE, "t.dkim.amazonses.com.",
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2._domainkey.example.jp",
	    "t.dkim.amazonses.com");
}

static void
quotes_are_kept_taken_off_or_required(void **state)
{
	(void)state;
	stores("muumuu", WANTED_DMARC, FORM_VALUE, "\"v=DMARC1; p=none;\"",
	    "_dmarc.example.jp", "\"v=DMARC1; p=none;\"");
	stores("cloudflare", WANTED_DMARC, FORM_VALUE,
	    "\"v=DMARC1; p=none;\"", "_dmarc.example.jp", "v=DMARC1; p=none;");
	refuses("cloudflare", WANTED_DMARC, FORM_VALUE, "\"v=DMARC1; p=none;");
	stores("route53", WANTED_DMARC, FORM_VALUE, "\"v=DMARC1;\" \" p\"",
	    "_dmarc.example.jp", "v=DMARC1; p");
	refuses("route53", WANTED_DMARC, FORM_VALUE, "v=DMARC1; p=none;");
	refuses("namecheap", WANTED_DMARC, FORM_VALUE,
	    "\"v=DMARC1; p=none;\"");
	refuses("transip", WANTED_DMARC, FORM_VALUE, "v=DMARC1\\; p=none;");
	refuses("sakura-cloud", WANTED_DMARC, FORM_VALUE,
	    "\"v=DMARC1; p=none;\"");
	refuses("sakura-cloud", WANTED_DMARC, FORM_VALUE,
	    "v=DMARC1\\; p=none;");
}

static void
what_is_too_long_for_a_form_is_refused(void **state)
{
	char text[1025 + 1];

	(void)state;
	memset(text, 'a', sizeof text);
	text[450] = '\0';
	refuses("loopia", WANTED_DMARC, FORM_VALUE, text);
	text[450] = 'a';
	text[1024] = '\0';
	text[1025] = '\0';
	text[255] = '\0';
	stores("sakura", WANTED_DMARC, FORM_VALUE, text, "_dmarc.example.jp",
	    text);
	text[255] = 'a';
	text[256] = '\0';
	refuses("sakura", WANTED_DMARC, FORM_VALUE, text);
	refuses("wordpress", WANTED_DMARC, FORM_VALUE, text);
	memset(text, 'a', 1000);
	text[501] = '\0';
	refuses("sakura-cloud", WANTED_DMARC, FORM_VALUE, text);
	text[501] = 'a';
	text[513] = '\0';
	refuses("alibaba", WANTED_DMARC, FORM_VALUE, text);
	refuses("namecom", WANTED_DMARC, FORM_VALUE, text);
	text[513] = 'a';
	text[1000] = '\0';
	stores("dnsimple", WANTED_DMARC, FORM_VALUE, text,
	    "_dmarc.example.jp", NULL);
	text[1000] = 'a';
	text[1001] = '\0';
	refuses("dnsimple", WANTED_DMARC, FORM_VALUE, text);
	for (size_t i = 0; i < 64; i++)
		text[i] = i % 32 == 31 ? '.' : 'a';
	text[63] = 'a';
	text[64] = '\0';
	stores("sakura-cloud", WANTED_DMARC, FORM_NAME, text,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.jp", NULL);
	refuses("canonet", WANTED_DMARC, FORM_NAME, text);
	text[64] = 'a';
	text[65] = '\0';
	refuses("sakura-cloud", WANTED_DMARC, FORM_NAME, text);
}

static void
a_line_is_read_by_the_words_of_the_company(void **state)
{
	(void)state;
	stores("value-domain", WANTED_DMARC, FORM_LINE,
	    "  TXT   _dmarc\tv=DMARC1;  p=none;", "_dmarc.example.jp",
	    "v=DMARC1;  p=none;");
	stores("value-domain", WANTED_DMARC, FORM_LINE,
	    "mx mx.example.net. 20 bounce.example.jp.", "bounce.example.jp",
	    "20 mx.example.net");
	stores("value-domain", WANTED_DMARC, FORM_LINE, "txt @ hello",
	    "example.jp", "hello");
	refuses("value-domain", WANTED_DMARC, FORM_LINE, "");
	refuses("value-domain", WANTED_DMARC, FORM_LINE, "txt _dmarc");
	refuses("value-domain", WANTED_DMARC, FORM_LINE, "cname a b. c");
	refuses("value-domain", WANTED_DMARC, FORM_LINE, "txt a.example. x");
	refuses("value-domain", WANTED_DMARC, FORM_LINE, "mx a. ten bounce");
	refuses("value-domain", WANTED_DMARC, FORM_LINE, "\t\x01 {name}");
}

static void
nonsense_is_refused_with_a_reason(void **state)
{
	char label[80];

	(void)state;
	memset(label, 'a', sizeof label - 1);
	label[sizeof label - 1] = '\0';
	refuses("muumuu", WANTED_DMARC, FORM_NAME, label);
	refuses("muumuu", WANTED_DMARC, FORM_NAME, "a..b");
	refuses("muumuu", WANTED_DMARC, FORM_TYPE, "");
	refuses("muumuu", WANTED_DMARC, FORM_TYPE, "HINFO");
	refuses("muumuu", WANTED_DMARC, FORM_VALUE, "");
	refuses("muumuu", WANTED_DKIM, FORM_VALUE, "");
	refuses("sakura", WANTED_DKIM, FORM_VALUE, "a..b");
	refuses("muumuu", WANTED_MAIL_FROM_MX, FORM_PRIORITY, "");
	refuses("muumuu", WANTED_MAIL_FROM_MX, FORM_PRIORITY, "65536");
	refuses("route53", WANTED_MAIL_FROM_MX, FORM_VALUE, "host.example.net");
}

/* One row a name and type, or one row a value: as the company keeps them. */
static void
a_second_row_is_refused_where_one_holds_all_values(void **state)
{
	static const struct {
		const char *id;
		bool refused;
	} companies[] = {
		{ "route53", true }, { "azure", true }, { "gcloud", true },
		{ "muumuu", false }, { "value-domain", false },
		{ "generic", false },
	};
	struct rr mx = { .type = RR_MX }, txt = { .type = RR_TXT };
	struct rr other = { .type = RR_TXT };
	struct name name = named("_amazonses.example.jp");

	(void)state;
	rr_set_owner(&mx, &name);
	rr_set_owner(&txt, &name);
	name = named("_dmarc.example.jp");
	rr_set_owner(&other, &name);
	for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++) {
		const struct form_rules *r = rules(companies[i].id);

		assert_int_equal(form_refuses_beside(r, &txt, &txt) != NULL,
		    companies[i].refused);
		assert_null(form_refuses_beside(r, &txt, &mx));
		assert_null(form_refuses_beside(r, &txt, &other));
	}
	rr_release(&mx);
	rr_release(&txt);
	rr_release(&other);
}

static void
nobody_waits_days_before_the_cause_is_looked_for(void **state)
{
	(void)state;
	assert_int_equal(provider_patience(company("value-domain")), 30);
	assert_int_equal(provider_patience(company("muumuu")), 60);
}

/* What the card of this company says. */
static void
card_note(char note[static NOTE], const struct provider *provider,
    const struct wanted *wanted, const char *zone)
{
	struct text t = TEXT_INIT;
	const struct form_of of = { provider, provider_rules(provider),
		named(zone) };

	report_card_note(&t, &of, wanted);
	said(note, NOTE, &t);
}

static void
the_card_says_what_not_to_type(void **state)
{
	struct wanted wanted = wanted_of(WANTED_DKIM, "news.example.co.jp");
	char note[NOTE];

	(void)state;
	card_note(note, company("muumuu"), &wanted, "example.co.jp");
	assert_non_null(strstr(note, "Do not add .example.co.jp to "
	    "「サブドメイン」. Muumuu Domain adds the domain by itself"));
	assert_non_null(strstr(note, "to its very end, amazonses.com. With a "
	    "dot"));
	assert_non_null(strstr(note, "already there"));
	card_note(note, company("sakura"), &wanted, "example.co.jp");
	assert_non_null(strstr(note, "amazonses.com. (with the dot)"));
	card_note(note, company("cloudflare"), &wanted, "example.co.jp");
	assert_non_null(strstr(note, "Set \"Proxy status\" to \"DNS only\""));
}

static void
every_place_of_every_note_is_filled(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	char note[NOTE];

	(void)state;
	for (size_t p = 0; p < count; p++) {
		for (size_t k = 0; k < KINDS; k++) {
			struct wanted wanted = wanted_of(kinds[k].kind,
			    "example.jp");

			card_note(note, table[p], &wanted, "example.jp");
			assert_null(strchr(note, '{'));
			assert_null(strstr(note, "\"\""));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(a_form_of_its_own_rests_on_a_known_name_rule),
		cmocka_unit_test(a_label_that_is_not_known_is_called_ours),
		cmocka_unit_test(every_field_stands_in_the_form),
		cmocka_unit_test(every_sentence_about_name_servers_is_true),
		cmocka_unit_test(every_pattern_has_a_sentence),
		cmocka_unit_test(no_two_companies_share_a_server),
		cmocka_unit_test(a_look_alike_of_any_server_is_nobody_s),
		cmocka_unit_test(servers_are_compared_as_names_are),
		cmocka_unit_test(a_parking_server_is_told_from_one_that_counts),
		cmocka_unit_test(a_guess_yields_to_a_server_that_is_sure),
		cmocka_unit_test(domain_connect_names_a_company),
		cmocka_unit_test(what_each_form_asks_for_is_stored_as_wanted),
		cmocka_unit_test(the_domain_itself_comes_back_as_wanted),
		cmocka_unit_test(
		    the_name_is_cut_at_the_zone_not_at_the_identity),
		cmocka_unit_test(
		    the_domain_itself_is_written_as_the_form_wants),
		cmocka_unit_test(muumuu_asks_for_these_fields),
		cmocka_unit_test(each_company_asks_in_its_own_way),
		cmocka_unit_test(a_label_that_is_not_known_is_generic_s),
		cmocka_unit_test(
		    a_full_name_is_doubled_where_only_the_label_is_wanted),
		cmocka_unit_test(
		    a_full_name_is_understood_where_either_is_taken),
		cmocka_unit_test(
		    a_full_name_with_dot_is_taken_where_a_zone_file_would),
		cmocka_unit_test(
		    a_target_without_dot_is_doubled_where_the_dot_counts),
		cmocka_unit_test(quotes_are_kept_taken_off_or_required),
		cmocka_unit_test(what_is_too_long_for_a_form_is_refused),
		cmocka_unit_test(known_labels_stand_without_known_rules),
		cmocka_unit_test(a_line_is_read_by_the_words_of_the_company),
		cmocka_unit_test(nonsense_is_refused_with_a_reason),
		cmocka_unit_test(
		    a_second_row_is_refused_where_one_holds_all_values),
		cmocka_unit_test(
		    nobody_waits_days_before_the_cause_is_looked_for),
		cmocka_unit_test(the_card_says_what_not_to_type),
		cmocka_unit_test(every_place_of_every_note_is_filled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
