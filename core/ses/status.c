#include "ses/status.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/lang.h"

static const struct {
	const char *text, *title;
} statuses[SES_STATUS_COUNT] = {
	[SES_UNKNOWN] = { "unknown", NULL },
	[SES_NONE] = { "none", NULL },
	[SES_PENDING] = { "pending", N_("Verification pending") },
	[SES_FAILED] = { "failed", N_("Failed") },
	[SES_TEMPORARY_FAILURE] = { "temporary-failure",
	    N_("Temporary failure") },
	[SES_VERIFIED] = { "verified", N_("Verified") },
};

/*
 * AWS's other spellings, of its API and its pages; case, blank, hyphen and
 * underscore are ignored.
 */
static const struct {
	enum ses_status status;
	const char *text;
} spellings[] = {
	{ SES_NONE, "NOT_STARTED" },
	{ SES_PENDING, "Verification pending" },
	{ SES_PENDING, "検証保留中" },
	{ SES_PENDING, "保留" },
	{ SES_PENDING, "保留中" },
	{ SES_FAILED, "Failure" },
	{ SES_FAILED, "Unverified" },
	{ SES_FAILED, "失敗" },
	{ SES_TEMPORARY_FAILURE, "一時的な失敗" },
	{ SES_VERIFIED, "SUCCESS" },
	{ SES_VERIFIED, "Successful" },
	{ SES_VERIFIED, "検証済み" },
};

const char *
ses_status_text(enum ses_status status)
{
	return statuses[status].text;
}

const char *
ses_status_title(enum ses_status status)
{
	const char *title = statuses[status].title;

	return title == NULL ? "" : _(title);
}

static bool
same_word(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, " -_");
		b += strspn(b, " -_");
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (*a == '\0')
			return true;
	}
}

int
ses_status_parse(const char *text, enum ses_status *out)
{
	for (int i = 0; i < SES_STATUS_COUNT; i++) {
		if (same_word(statuses[i].text, text)) {
			*out = (enum ses_status)i;
			return 0;
		}
	}
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
		if (same_word(spellings[i].text, text)) {
			*out = spellings[i].status;
			return 0;
		}
	}
	return -1;
}
