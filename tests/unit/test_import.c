#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "ses/import.h"

/*
 * Each document of tests/import stands beside NAME.expect, whose lines are
 *
 *	known-domain D, known-region R	what is set before
 *	complaint TEXT			the first words of the refusal
 *	anything else			what is found, as describe() writes it
 */
enum {
	DOCUMENTS = 512,
	PATH = 512,
	TEXT = 8192
};

static char *
slurp(const char *path, size_t *len)
{
	FILE *file = fopen(path, "r");
	char *text = malloc(IMPORT_MAX + 1);

	if (file == NULL)
		fail_msg("%s is missing", path);
	*len = fread(text, 1, IMPORT_MAX, file);
	text[*len] = '\0';
	fclose(file);
	return text;
}

static void
describe(FILE *out, const struct import *import)
{
	static const char *const kinds[] = { "csv", "json", "lines" };
	const struct identity *found = &import->identity;
	struct text note = TEXT_INIT;
	char text[NAME_TEXT];

	fprintf(out, "kind %s\n", kinds[import->kind]);
	if (found->has_domain)
		fprintf(out, "domain %s\n", name_text(&found->domain, text));
	if (found->region[0] != '\0')
		fprintf(out, "region %s\n", found->region);
	for (size_t i = 0; i < found->tokens; i++)
		fprintf(out, "token %s\n", found->token[i]);
	if (found->selector[0] != '\0')
		fprintf(out, "selector %s\n", found->selector);
	if (found->key[0] != '\0')
		fprintf(out, "key %s\n", found->key);
	if (found->has_dkim_zone)
		fprintf(out, "dkim-zone %s\n",
		    name_text(&found->dkim_zone, text));
	if (found->verification[0] != '\0')
		fprintf(out, "verification %s\n", found->verification);
	if (found->has_mail_from)
		fprintf(out, "mail-from %s\n",
		    name_text(&found->mail_from, text));
	if (found->status_imported)
		fprintf(out, "status %s\n", ses_status_text(found->status));
	if (found->error[0] != '\0')
		fprintf(out, "error %s\n", found->error);
	if (found->checked_at != 0)
		fprintf(out, "checked-at %lld\n",
		    (long long)found->checked_at);
	if (found->pending_since != 0)
		fprintf(out, "pending-since %lld\n",
		    (long long)found->pending_since);
	if (found->soa[0] != '\0')
		fprintf(out, "soa %s\n", found->soa);
	if (found->mail_from_status != SES_UNKNOWN)
		fprintf(out, "mail-from-status %s\n",
		    ses_status_text(found->mail_from_status));
	if (found->on_mx_failure[0] != '\0')
		fprintf(out, "on-mx-failure %s\n", found->on_mx_failure);
	if (found->origin[0] != '\0')
		fprintf(out, "origin %s\n", found->origin);
	if (import->mail_from[0] != '\0')
		fprintf(out, "mail-from-label %s\n", import->mail_from);
	if (import->service != NULL)
		fprintf(out, "service %s\n", import->service->name);
	if (import->secret)
		fprintf(out, "secret\n");
	for (size_t i = 0; i < import->notes; i++) {
		text_clear(&note);
		import_note_tell(&import->note[i], &note);
		fprintf(out, "note %s\n", note.s);
	}
	text_release(&note);
}

/* One test a document; *state is its path. */
static void
is_understood_as_expected(void **state)
{
	const char *path = *state, *why_not;
	char expect_path[PATH], wanted[TEXT] = "", got[TEXT] = "";
	char complaint[IMPORT_WHY] = "", why[IMPORT_WHY] = "";
	struct identity known;
	struct import import;
	size_t len, unused;
	char *text, *expect, *line, *rest;
	FILE *out;

	identity_init(&known);
	snprintf(expect_path, sizeof expect_path, "%.*s.expect",
	    (int)(strrchr(path, '.') - path), path);
	text = slurp(path, &len);
	rest = expect = slurp(expect_path, &unused);
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (line[0] == '\0')
			continue;
		if (strncmp(line, "known-domain ", 13) == 0) {
			assert_int_equal(identity_set_domain(&known,
			    line + 13, &why_not), 0);
		} else if (strncmp(line, "known-region ", 13) == 0) {
			assert_int_equal(identity_set_region(&known,
			    line + 13, &why_not), 0);
		} else if (strncmp(line, "complaint ", 10) == 0) {
			snprintf(complaint, sizeof complaint, "%s", line + 10);
		} else {
			strcat(wanted, line);
			strcat(wanted, "\n");
		}
	}
	if (import_parse(&import, text, len, &known, why) == -1) {
		if (complaint[0] == '\0' ||
		    strncmp(why, complaint, strlen(complaint)) != 0)
			fail_msg("%s: %s", path, why);
		identity_init(&known);
		assert_memory_equal(&import.identity, &known, sizeof known);
	} else {
		out = fmemopen(got, sizeof got, "w");
		describe(out, &import);
		fclose(out);
		if (complaint[0] != '\0')
			fail_msg("%s: no complaint, but\n%s", path, got);
		assert_string_equal(got, wanted);
	}
	free(text);
	free(expect);
}

static void
assert_refused(const char *text, size_t len, const char *word)
{
	struct identity known;
	struct import import;
	char why[IMPORT_WHY];

	identity_init(&known);
	assert_int_equal(import_parse(&import, text, len, &known, why), -1);
	assert_non_null(strstr(why, word));
}

static void
refuses_what_a_file_cannot_show(void **state)
{
	char *huge = malloc(IMPORT_MAX + 1);

	(void)state;
	memset(huge, 'a', IMPORT_MAX + 1);
	assert_refused(huge, IMPORT_MAX + 1, "megabyte");
	assert_refused(huge, IMPORT_MAX, "no values from SES");
	memset(huge, '[', IMPORT_MAX);
	assert_refused(huge, IMPORT_MAX, "no values from SES");
	free(huge);
	assert_refused("", 0, "nothing in it");
	assert_refused(" \n\t\r\n", 5, "nothing in it");
	assert_refused("CNAME\0", 6, "no plain text");
	assert_refused("ok\nthen \xff\n", 10, "Line 2: ");
	assert_refused("\xe3\x81", 2, "no values from SES");
	assert_refused("\xed\xa0\x80", 3, "UTF-8");
}

static void
parse(struct import *import, const char *text, const struct identity *known)
{
	char why[IMPORT_WHY];

	if (import_parse(import, text, strlen(text), known, why) == -1)
		fail_msg("%s", why);
}

static void
single_tokens_complete_and_three_replace(void **state)
{
	struct identity identity;
	struct import import;
	const char *why;

	(void)state;
	identity_init(&identity);
	identity_add_token(&identity, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
	    &why);
	parse(&import, "zdqttidvz7ora35tlm64k2ciqh3pvksq", &identity);
	import_apply(&import, &identity);
	import_apply(&import, &identity);
	assert_int_equal(identity.tokens, 2);
	assert_string_equal(identity.token[1],
	    "zdqttidvz7ora35tlm64k2ciqh3pvksq");
	parse(&import, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccccc",
	    &identity);
	import_apply(&import, &identity);
	assert_int_equal(identity.tokens, 3);
	assert_string_equal(identity.token[0],
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_string_equal(identity.token[2],
	    "cccccccccccccccccccccccccccccccc");
}

static void
a_pasted_target_beats_zone_and_table(void **state)
{
	struct identity identity;
	struct import import;
	struct name zone;
	char text[NAME_TEXT];
	const char *why;

	(void)state;
	identity_init(&identity);
	identity_set_region(&identity, "ap-northeast-3", &why);
	parse(&import, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses.com",
	    &identity);
	import_apply(&import, &identity);
	assert_string_equal(identity.region, "ap-northeast-3");
	assert_int_equal(identity_signing_zone(&identity, &zone), 0);
	assert_string_equal(name_text(&zone, text), "dkim.amazonses.com");
	parse(&import, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2."
	    "dkim.ap-northeast-3.amazonses.com", &identity);
	import_apply(&import, &identity);
	assert_false(identity.has_dkim_zone);
}

static void
what_is_not_in_it_stays(void **state)
{
	struct identity identity;
	struct import import;
	const char *why;

	(void)state;
	identity_init(&identity);
	identity_set_domain(&identity, "example.jp", &why);
	identity_set_mail_from(&identity, "bounce", &why);
	identity.status = SES_PENDING;
	parse(&import, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2", &identity);
	import_apply(&import, &identity);
	assert_true(identity.has_domain);
	assert_true(identity.has_mail_from);
	assert_int_equal(identity.status, SES_PENDING);
}

/* What differs is named; who keeps his own gets only what was missing. */
static void
conflicts_are_shown_and_settled(void **state)
{
	struct import_conflict conflict[IMPORT_CONFLICTS];
	struct identity identity, mine;
	struct import import;
	struct name zone;
	char text[NAME_TEXT], *row;
	const char *why;
	size_t len;

	(void)state;
	identity_init(&identity);
	identity_set_domain(&identity, "example.jp", &why);
	parse(&import, "a MX 10 feedback-smtp.us-west-2.amazonses.com\n"
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.ap-northeast-3."
	    "amazonses.com", &identity);
	assert_int_equal(import_conflicts(&import, &identity, conflict), 0);
	identity_set_region(&identity, "ap-northeast-1", &why);
	identity_set_mail_from(&identity, "bounce", &why);
	identity_add_token(&identity, "zdqttidvz7ora35tlm64k2ciqh3pvksq",
	    &why);
	assert_int_equal(import_conflicts(&import, &identity, conflict), 2);
	assert_string_equal(conflict[0].had, "ap-northeast-1");
	assert_string_equal(conflict[0].found, "us-west-2");
	assert_string_equal(conflict[1].found, "a.example.jp");
	mine = identity;
	import_yield(&import, &mine);
	assert_int_equal(import_conflicts(&import, &mine, conflict), 0);
	import_apply(&import, &mine);
	assert_string_equal(mine.region, "ap-northeast-1");
	assert_int_equal(mine.tokens, 2);
	/* The pasted target holds with the region that was kept. */
	assert_int_equal(identity_signing_zone(&mine, &zone), 0);
	assert_string_equal(name_text(&zone, text),
	    "dkim.ap-northeast-3.amazonses.com");
	parse(&import, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccccc",
	    &identity);
	assert_int_equal(import_conflicts(&import, &identity, conflict), 1);
	assert_string_equal(conflict[0].had, "zdqttidv..");
	import_yield(&import, &identity);
	import_apply(&import, &identity);
	assert_int_equal(identity.tokens, 1);
	/* Tokens or an own key: the user says which. */
	row = slurp("tests/import/own-key-row.txt", &len);
	parse(&import, row, &identity);
	free(row);
	assert_int_equal(import_conflicts(&import, &identity, conflict), 1);
	assert_false(conflict[0].tokens);
	assert_string_equal(conflict[0].had, "zdqttidv..");
	assert_string_equal(conflict[0].found, "a key of your own, mail");
	mine = identity;
	import_apply(&import, &mine);
	assert_int_equal(mine.tokens, 0);
	assert_string_equal(mine.selector, "mail");
	import_yield(&import, &identity);
	import_apply(&import, &identity);
	assert_int_equal(identity.tokens, 1);
	assert_string_equal(identity.selector, "");
	parse(&import, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &mine);
	assert_int_equal(import_conflicts(&import, &mine, conflict), 1);
	import_yield(&import, &mine);
	import_apply(&import, &mine);
	assert_string_equal(mine.selector, "mail");
}

/* Together they say the same, whatever stands first. */
static const char *const islands[] = {
	"{\"DkimTokens\": [\"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2\"]}",
	"CNAME,zdqttidvz7ora35tlm64k2ciqh3pvksq._domainkey.example.jp,"
	    "zdqttidvz7ora35tlm64k2ciqh3pvksq.dkim.amazonses.com",
	"| vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv._domainkey.example.jp | CNAME | "
	    "vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv.dkim.amazonses.com |",
	"bounce.example.jp. 300 IN MX 10 "
	    "feedback-smtp.us-west-2.amazonses.com.",
	"bounce.example.jp. IN TXT \"v=spf1 include:amazonses.com ~all\"",
	"_amazonses.example.jp\tTXT\t"
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=",
	"VerificationStatus: PENDING",
};

/* Prompts, prose and signs; nothing of SES. */
static const char *const around[] = {
	"", "[cloudshell-user@ip-10-132-88-12 ~]$ ", "$ cat rows.txt",
	"PS C:\\Users\\taro> ", "お世話になっております。", "```json", "---",
	"{ see [below] }", "\"Hi\", he said; (soon).", "[1/3] 100%",
	"internationalization, 2026-11-29T09:00:00+09:00", "; a comment",
	"Best regards,", "www.example.com", "Type,Name,Value", "+-----+",
	"「よろしくお願いいたします」", "\xc2\xa0", "| Type | Name | Value |",
};

enum {
	ISLANDS = sizeof islands / sizeof islands[0],
	AROUND = sizeof around / sizeof around[0],
	WRAPPED = 4096,
	WRAPPINGS = 2000
};

/* The same numbers in every run. */
static size_t
draw(uint32_t *state, size_t count)
{
	*state = *state * 1664525 + 1013904223;
	return (*state >> 8) % count;
}

static void
wrap(char *text, size_t size, uint32_t *state)
{
	size_t order[ISLANDS];

	for (size_t i = 0; i < ISLANDS; i++) {
		size_t j = draw(state, i + 1);

		order[i] = order[j];
		order[j] = i;
	}
	*text = '\0';
	for (size_t i = 0; i <= ISLANDS; i++) {
		for (size_t n = draw(state, 4); n > 0; n--) {
			strlcat(text, around[draw(state, AROUND)], size);
			strlcat(text, draw(state, 4) == 0 ? "\r\n" : "\n",
			    size);
		}
		if (i < ISLANDS) {
			strlcat(text, islands[order[i]], size);
			strlcat(text, "\n", size);
		}
	}
}

/* The kanji that the reader knows come through Shift_JIS, too. */
static void
words_that_are_known_are_known_in_shift_jis(void **state)
{
	static const char *const words[] = { "検証保留中", "保留", "失敗",
		"一時的な失敗", "検証済み" };
	char text[256], octets[256], why[IMPORT_WHY];
	iconv_t iconv_of = iconv_open("SHIFT_JIS", "UTF-8");
	struct identity nobody;
	struct import import;

	(void)state;
	if (iconv_of == (iconv_t)-1)
		skip();
	identity_init(&nobody);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		char *from = text, *to = octets;
		size_t left = (size_t)snprintf(text, sizeof text,
		    "example.jp\nID ステータス\n%s\n"
		    "_amazonses.example.jp TXT "
		    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=\n",
		    words[i]), room = sizeof octets;
		enum ses_status status;

		assert_int_equal(iconv(iconv_of, &from, &left, &to, &room), 0);
		if (import_parse(&import, octets, sizeof octets - room,
		    &nobody, why) == -1)
			fail_msg("%s: %s", words[i], why);
		assert_int_equal(ses_status_parse(words[i], &status), 0);
		if (import.identity.status != status)
			fail_msg("%s is not read", words[i]);
	}
	iconv_close(iconv_of);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Whatever stands around them and in any order: the same values. */
static void
islands_are_found_in_any_text(void **state)
{
	char text[WRAPPED], why[IMPORT_WHY], name[NAME_TEXT];
	struct identity nobody;
	struct import import;
	uint32_t seed = 1;

	(void)state;
	identity_init(&nobody);
	for (int i = 0; i < WRAPPINGS; i++) {
		const struct identity *found = &import.identity;

		wrap(text, sizeof text, &seed);
		if (import_parse(&import, text, strlen(text), &nobody, why) ==
		    -1)
			fail_msg("%s\nin\n%s", why, text);
		qsort(import.identity.token, found->tokens,
		    sizeof found->token[0], by_text);
		if (!found->has_domain || strcmp(name_text(&found->domain,
		    name), "example.jp") != 0 || found->tokens != 3 ||
		    strncmp(found->token[0], "7klf", 4) != 0 ||
		    strncmp(found->token[1], "vzl3", 4) != 0 ||
		    strncmp(found->token[2], "zdqt", 4) != 0 ||
		    strcmp(found->region, "us-west-2") != 0 ||
		    !found->has_mail_from || strcmp(name_text(
		    &found->mail_from, name), "bounce.example.jp") != 0 ||
		    strncmp(found->verification, "fJHG", 4) != 0 ||
		    found->status != SES_PENDING || found->key[0] != '\0' ||
		    import.notes != 0)
			fail_msg("other values in\n%s", text);
	}
}

/* A token of nobody's, in whatever may carry one; %s is its place. */
static const char *const carriers[] = {
	"{\"id\": \"%s\"}", "{\"a\": {\"b\": [1, {\"c\": \"%s\"}]}}", "[\"%s\"]",
	"# %s", "; %s CNAME", "a,CNAME,\"%s\"", "CNAME,%s,b,c", "| %s |",
	"key=%s", "<td>%s</td>", "x\t%s\ty", "(%s)", "%s", "id: %s.",
	"%s._domainkey.example.net CNAME %s.dkim.amazonses.com",
	"%s._domainkey.example.jp CNAME %s.dkim.example.com",
	"%s._domainkey.example.jp CNAME %s.dkim.eu-south-1.amazonses.com",
	"%s._domainkey CNAME 7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2.dkim.amazonses"
	    ".com",
	"%s.dkim.amazonses.com.example.jp",
};

enum {
	CARRIERS = sizeof carriers / sizeof carriers[0]
};

/* Taken, or named with its line or as what it is. */
static bool
is_accounted(const struct import *import, const char *token, size_t line)
{
	for (size_t i = 0; i < import->identity.tokens; i++)
		if (strcmp(import->identity.token[i], token) == 0)
			return true;
	for (size_t i = 0; i < import->notes; i++)
		if (import->note[i].line == line ||
		    strstr(import->note[i].value, token) != NULL)
			return true;
	return false;
}

static void
no_token_vanishes(void **state)
{
	static const char token[] = "nobodyxxxxxxxxxxxxxxxxxxxxxxxxx2";
	char text[WRAPPED], carried[WRAPPED], why[IMPORT_WHY];
	struct identity known;
	struct import import;
	const char *reason;
	uint32_t seed = 7;

	(void)state;
	identity_init(&known);
	identity_set_domain(&known, "example.jp", &reason);
	for (int i = 0; i < WRAPPINGS; i++) {
		const char *carrier = carriers[i % CARRIERS], *at;
		size_t line = 1;

		snprintf(text, sizeof text, "%s", draw(&seed, 2) == 0 ? "" :
		    "Hello,\n\n");
		for (at = carrier; *at != '\0'; at++)
			if (strncmp(at, "%s", 2) == 0) {
				strlcat(text, token, sizeof text);
				at++;
			} else {
				strlcat(text, (char[2]){ *at, '\0' },
				    sizeof text);
			}
		for (at = text; (at = strchr(at, '\n')) != NULL; at++)
			line++;
		strlcat(text, "\n", sizeof text);
		wrap(carried, sizeof carried, &seed);
		if (strlcat(text, carried, sizeof text) >= sizeof text)
			continue;
		if (import_parse(&import, text, strlen(text), &known, why) ==
		    -1)
			fail_msg("%s\nin\n%s", why, text);
		if (!is_accounted(&import, token, line))
			fail_msg("vanished: %s", text);
	}
}

static int
is_document(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot != NULL && entry->d_name[0] != '.' &&
	    strcmp(dot, ".expect") != 0;
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest fixed[] = {
		cmocka_unit_test(refuses_what_a_file_cannot_show),
		cmocka_unit_test(single_tokens_complete_and_three_replace),
		cmocka_unit_test(a_pasted_target_beats_zone_and_table),
		cmocka_unit_test(what_is_not_in_it_stays),
		cmocka_unit_test(conflicts_are_shown_and_settled),
		cmocka_unit_test(words_that_are_known_are_known_in_shift_jis),
		cmocka_unit_test(islands_are_found_in_any_text),
		cmocka_unit_test(no_token_vanishes),
	};
	enum { FIXED = sizeof fixed / sizeof fixed[0] };
	static struct CMUnitTest tests[FIXED + DOCUMENTS];
	static char paths[DOCUMENTS][PATH];
	const char *folder = argc > 1 ? argv[1] : "tests/import";
	struct dirent **entries;
	int count = scandir(folder, &entries, is_document, alphasort);

	if (count <= 0 || count > DOCUMENTS) {
		printf("not ok - no documents in %s\n", folder);
		return 1;
	}
	memcpy(tests, fixed, sizeof fixed);
	for (int i = 0; i < count; i++) {
		snprintf(paths[i], PATH, "%s/%s", folder, entries[i]->d_name);
		tests[FIXED + i].name = paths[i];
		tests[FIXED + i].test_func = is_understood_as_expected;
		tests[FIXED + i].initial_state = paths[i];
		free(entries[i]);
	}
	free(entries);
	return _cmocka_run_group_tests("import", tests,
	    FIXED + (size_t)count, NULL, NULL);
}
