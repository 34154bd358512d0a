/* Any octets as an import: a sentence, or values that stand every check. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ses/import.h"
#include "ses/plan.h"
#include "base/text.h"
#include "require.h"

static void
try(const uint8_t *data, size_t size, const struct identity *known)
{
	char why[IMPORT_WHY] = "", safe[4 * IMPORT_WHY];
	char token[IDENTITY_TOKEN];
	struct import_conflict conflict[IMPORT_CONFLICTS];
	struct identity identity = *known, empty;
	struct import import;
	struct text told = TEXT_INIT;
	struct plan plan = { 0 };
	const char *reason;

	identity_init(&empty);
	if (import_parse(&import, (const char *)data, size, known, why) ==
	    -1) {
		require(why[0] != '\0');
		require(strpbrk(why, "\033\n\r") == NULL);
		require(memcmp(&import.identity, &empty, sizeof empty) == 0);
		return;
	}
	require(import.rows > 0);
	import_apply(&import, &identity);
	require(identity.tokens <= IDENTITY_TOKENS);
	for (size_t i = 0; i < identity.tokens; i++) {
		require(identity_token(token, identity.token[i], &reason) ==
		    0);
		require(strcmp(token, identity.token[i]) == 0);
	}
	text_safe(safe, sizeof safe, identity.soa, strlen(identity.soa));
	require(strcmp(safe, identity.soa) == 0);
	/* Who keeps his own has no conflict left, and lost nothing. */
	identity = *known;
	import_yield(&import, &identity);
	require(import_conflicts(&import, &identity, conflict) == 0);
	import_apply(&import, &identity);
	require(strcmp(identity.region, known->region) == 0 ||
	    known->region[0] == '\0');
	require(identity.tokens >= known->tokens);
	import_tell(&import, known, &told);
	require(strpbrk(told.s, "\033\r") == NULL);
	text_release(&told);
	require(import.notes <= IMPORT_NOTES);
	(void)identity_complete(&identity, &reason);
	plan_make(&plan, &identity, "guard");
	require(plan.count > 0 || !identity.has_domain);
	plan_release(&plan);
}

static void
answer_all(struct identity *known)
{
	const char *why;

	require(identity_set_mail_from(known, "bounce", &why) == 0);
	require(identity_set_verification(known,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why) == 0);
	require(identity_add_token(known, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    &why) == 0);
	require(identity_add_token(known, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
	    &why) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct identity known;
	const char *why;
	size_t answers = size % 3;	/* none yet, some, all */

	identity_init(&known);
	if (answers >= 1) {
		require(identity_set_domain(&known, "news.example.co.jp",
		    &why) == 0);
		require(identity_set_region(&known, "ap-northeast-3", &why) ==
		    0);
	}
	if (answers == 2)
		answer_all(&known);
	try(data, size, &known);
	return 0;
}
