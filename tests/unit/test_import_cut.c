#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "ses/import.h"

/*
 * Every kind of row and fragment that SES hands out, with its value cut at
 * every place, alone and beside others: what is there of it is taken, or a
 * note or the complaint says that it was left.  Half a value is never taken
 * as a whole one without a word.
 */
#define TOKEN	"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define VALUE	"fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA="
#define MX	"feedback-smtp.us-west-2.amazonses.com"
#define REGIONAL	TOKEN ".dkim.ap-northeast-3.amazonses.com"
#define SPF	"v=spf1 include:amazonses.com ~all"
#define KEY	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCgjz4OoNHNofqAUoZn" \
	"lVVeW2sKdvLifEamhq6GfzBsJySafAQ+VEfrlTI5TwmVwiQFxL3pJvTdpu4qjAiNj" \
	"g78GM1t5qPvnq0GO9zGHCLktxdyAi23O3x7/jhepa/kGMj5zt+SUgMl37cbAwRrEI" \
	"xKLUClsSSc8lv/8xg9IlendQIDAQAB"

enum {
	GENUINE = sizeof TOKEN - 1,
	KEY_TELLS = 20,
	VALUE_TELLS = 8,
	HOST_TELLS = sizeof "feedback-smtp" - 1,
	SPF_TELLS = sizeof "v=spf1 include:amazon" - 1,
	TEXT = 4096
};

enum brings {
	BRINGS_TOKEN,
	BRINGS_KEY,
	BRINGS_VALUE,
	BRINGS_REGION,
	BRINGS_MAIL_FROM
};

/* least: shorter it has no shape that only SES's values have. */
static const struct island {
	const char *before, *value, *after;
	enum brings brings;
	size_t least;
} islands[] = {
	/* A whole name stands beside the target and has its token, too. */
	{ TOKEN "._domainkey.example.jp CNAME ", TOKEN ".dkim.amazonses.com",
	    "", BRINGS_TOKEN, 0 },
	{ "CNAME,", TOKEN "._domainkey.example.jp", "," TOKEN
	    ".dkim.amazonses.com", BRINGS_TOKEN, 0 },
	{ "CNAME\t", TOKEN "._domainkey", "\t" TOKEN ".dkim.amazonses.com",
	    BRINGS_TOKEN, 0 },
	{ "| CNAME | x | ", TOKEN ".dkim.amazonses.com", " |", BRINGS_TOKEN,
	    GENUINE },
	{ "", TOKEN ".dkim.amazonses.com", "", BRINGS_TOKEN, GENUINE },
	{ "Value: ", TOKEN ".dkim.amazonses.com", "", BRINGS_TOKEN, GENUINE },
	{ "Please add ", TOKEN "._domainkey.example.jp", " today.",
	    BRINGS_TOKEN, GENUINE },
	{ "dkim_tokens = [\"", TOKEN, "\"]", BRINGS_TOKEN, VALUE_TELLS },
	{ "{\"DkimTokens\": [\"", TOKEN, "\"]}", BRINGS_TOKEN, 1 },
	/* Both halves of a row, cut alike, as a narrow column does. */
	{ "CNAME\t", REGIONAL, "\t" REGIONAL, BRINGS_REGION, GENUINE + 1 },
	{ "x._domainkey CNAME ", REGIONAL, "", BRINGS_REGION, GENUINE + 1 },

	{ "TXT\tusesend._domainkey\tp=", KEY, "", BRINGS_KEY, 0 },
	{ "TXT\tusesend._domainkey\t", "p=" KEY, "", BRINGS_KEY, 0 },
	{ "usesend._domainkey.example.jp. IN TXT \"v=DKIM1; k=rsa; p=", KEY,
	    "\"", BRINGS_KEY, 0 },
	{ "TXT,usesend._domainkey,\"p=", KEY, "\",Auto", BRINGS_KEY, 0 },
	{ "| TXT | `usesend._domainkey` | `p=", KEY, "` | Auto |",
	    BRINGS_KEY, 0 },
	{ "Name: usesend._domainkey\nType: TXT\nValue: p=", KEY, "",
	    BRINGS_KEY, 0 },
	{ "TXT\nusesend._domainkey\np=", KEY, "\nAuto", BRINGS_KEY, 0 },
	{ "{\"type\": \"TXT\", \"name\": \"usesend._domainkey\", \"value\": "
	    "\"p=", KEY, "\"}", BRINGS_KEY, 0 },
	{ "{\"records\": [\n{\"name\": \"usesend._domainkey\",\n\"value\": "
	    "\"p=", KEY, "\"}]}", BRINGS_KEY, 0 },
	{ "usesend=", KEY, "", BRINGS_KEY, KEY_TELLS },
	{ "", KEY, "", BRINGS_KEY, KEY_TELLS },
	{ "p=", KEY, "", BRINGS_KEY, KEY_TELLS },
	{ "-----BEGIN PUBLIC KEY-----\n", KEY, "\n-----END PUBLIC KEY-----",
	    BRINGS_KEY, 0 },

	{ "_amazonses.example.jp. IN TXT \"", VALUE, "\"", BRINGS_VALUE, 0 },
	{ "TXT\t_amazonses\t", VALUE, "", BRINGS_VALUE, 0 },
	{ "TXT,_amazonses.example.jp,", VALUE, "", BRINGS_VALUE, 0 },
	{ "Name: _amazonses.example.jp\nType: TXT\nValue: ", VALUE, "",
	    BRINGS_VALUE, 0 },
	{ "TXT\n_amazonses.example.jp\n", VALUE, "\n300", BRINGS_VALUE, 0 },
	{ "{\"VerificationToken\": \"", VALUE, "\"}", BRINGS_VALUE, 1 },
	{ "VerificationToken: ", VALUE, "", BRINGS_VALUE, VALUE_TELLS },

	{ "bounce.example.jp. IN MX 10 ", MX, "", BRINGS_REGION, HOST_TELLS },
	{ "bounce MX ", MX, "", BRINGS_REGION, HOST_TELLS },
	{ "MX\tbounce\t", MX, "\tAuto\t10", BRINGS_REGION, HOST_TELLS },
	{ "MX,bounce,10 ", MX, "", BRINGS_REGION, HOST_TELLS },
	{ "| MX | bounce | ", MX, " | 10 |", BRINGS_REGION, HOST_TELLS },
	{ "Name: bounce\nType: MX\nValue: ", MX, "\nPriority: 10",
	    BRINGS_REGION, HOST_TELLS },
	{ "MX\nbounce\n", MX, "\n10", BRINGS_REGION, HOST_TELLS },
	{ "{\"type\": \"MX\", \"name\": \"bounce\", \"value\": \"", MX,
	    "\", \"priority\": 10}", BRINGS_REGION, HOST_TELLS },
	{ "", MX, "", BRINGS_REGION, HOST_TELLS },

	{ "bounce.example.jp. IN TXT \"", SPF, "\"", BRINGS_MAIL_FROM,
	    SPF_TELLS },
	{ "TXT\tbounce\t", SPF, "", BRINGS_MAIL_FROM, SPF_TELLS },
	{ "Name: bounce\nType: TXT\nValue: ", SPF, "", BRINGS_MAIL_FROM,
	    SPF_TELLS },
	{ "TXT\nbounce\n", SPF, "", BRINGS_MAIL_FROM, SPF_TELLS },
	{ "{\"type\": \"TXT\", \"name\": \"bounce\", \"value\": \"", SPF,
	    "\"}", BRINGS_MAIL_FROM, SPF_TELLS },
};

enum {
	ISLANDS = sizeof islands / sizeof islands[0]
};

/* What shows that there was more. */
static const char *const ends[] = { "", "...", "\xe2\x80\xa6", "[...]" };

/* Rows of the same domain that are whole. */
static const char beside[] =
    "zdqttidvz7ora35tlm64k2ciqh3pvksq._domainkey.example.jp CNAME "
    "zdqttidvz7ora35tlm64k2ciqh3pvksq.dkim.amazonses.com\n";

/* The first words for a text that holds nothing at all. */
static const char nothing[] = "There are no values";

static size_t
lines_of(const char *text)
{
	size_t lines = 1;

	for (; *text != '\0'; text++)
		lines += *text == '\n';
	return lines;
}

static bool
is_told(const struct import *import, size_t first, size_t last)
{
	for (size_t i = 0; i < import->notes; i++)
		if (import->note[i].line >= first &&
		    import->note[i].line <= last)
			return true;
	return false;
}

/* The value is there; *half: a piece of it is, and nothing doubts it. */
static bool
is_taken(const struct identity *found, const struct island *island,
    bool *half)
{
	bool taken = false;

	*half = false;
	for (size_t i = 0; i < found->tokens; i++) {
		bool mine = strncmp(found->token[i], "zdqt", 4) != 0;

		taken |= mine && island->brings == BRINGS_TOKEN;
		*half |= mine && strcmp(found->token[i], TOKEN) != 0 &&
		    identity_token_doubt(found->token[i]) == NULL;
	}
	if (found->key[0] != '\0')
		*half |= strcmp(found->key, KEY) != 0;
	if (found->verification[0] != '\0')
		*half |= strcmp(found->verification, VALUE) != 0 &&
		    identity_verification_doubt(found->verification) == NULL;
	if (found->region[0] != '\0')
		*half |= strcmp(found->region, "us-west-2") != 0 &&
		    strcmp(found->region, "ap-northeast-3") != 0;
	switch (island->brings) {
	case BRINGS_TOKEN:
		return taken;
	case BRINGS_KEY:
		return found->key[0] != '\0';
	case BRINGS_VALUE:
		return found->verification[0] != '\0';
	case BRINGS_REGION:
		return found->region[0] != '\0';
	case BRINGS_MAIL_FROM:
		return found->has_mail_from;
	}
	return false;
}

static void
cut_at(const struct island *island, size_t len, const char *end,
    const char *after, bool alone)
{
	char text[TEXT], why[IMPORT_WHY];
	size_t first = alone ? 1 : 3, last;
	struct identity known;
	struct import import;
	const char *reason;
	bool half, taken;

	identity_init(&known);
	assert_int_equal(identity_set_domain(&known, "example.jp", &reason),
	    0);
	snprintf(text, sizeof text, "%s%s%s%.*s%s%s\n", alone ? "" : beside,
	    alone ? "" : "\n", island->before, (int)len, island->value, end,
	    after);
	last = lines_of(text) - 1;
	if (import_parse(&import, text, strlen(text), &known, why) == -1) {
		if (strncmp(why, nothing, strlen(nothing)) == 0)
			fail_msg("nothing said of %s", text);
		return;
	}
	taken = is_taken(&import.identity, island, &half);
	if (half)
		fail_msg("half a value was taken of %s", text);
	if (!taken && !is_told(&import, first, last))
		fail_msg("vanished: %s", text);
}

/* One test an island.  Nothing may follow the cut, either. */
static void
nothing_vanishes(void **state)
{
	const struct island *island = *state;
	/* Where the name was to the right of it, its token goes with it. */
	size_t least = island->brings == BRINGS_TOKEN &&
	    island->least < GENUINE && *island->before != '{' ? GENUINE :
	    island->least;

	for (size_t end = 0; end < sizeof ends / sizeof ends[0]; end++)
		for (size_t len = island->least;
		    len <= strlen(island->value) - (end > 0); len++) {
			cut_at(island, len, ends[end], island->after, true);
			cut_at(island, len, ends[end], island->after, false);
			if (len < least)
				continue;
			cut_at(island, len, ends[end], "", true);
			cut_at(island, len, ends[end], "", false);
		}
}

int
main(void)
{
	struct CMUnitTest tests[ISLANDS];

	for (size_t i = 0; i < ISLANDS; i++)
		tests[i] = (struct CMUnitTest){
			.name = islands[i].before,
			.test_func = nothing_vanishes,
			.initial_state = (void *)(uintptr_t)&islands[i]
		};
	return _cmocka_run_group_tests("import_cut", tests, ISLANDS, NULL,
	    NULL);
}
