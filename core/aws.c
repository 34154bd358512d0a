#include "aws.h"

#include <string.h>
#include <time.h>

#include <bsd/string.h>

#include "lang.h"
#include "text.h"

enum {
	AWS_TIME = 32,
	AWS_SENTENCE = 512
};

static const char *const statuses[SES_STATUS_COUNT] = {
	[SES_NONE] = N_("AWS says that nothing was begun yet."),
	[SES_PENDING] = N_("AWS says \"Verification pending\"."),
	[SES_FAILED] = N_("AWS says \"Failed\": it has stopped looking."),
	[SES_TEMPORARY_FAILURE] = N_("AWS says \"Temporary failure\": the rows "
	    "were there once and must come back."),
	[SES_VERIFIED] = N_("AWS says \"Verified\"."),
};

/* VerificationInfo.ErrorType of sesv2: what its last look found. */
static const struct {
	const char *word, *text;
} errors[] = {
	{ "HOST_NOT_FOUND", N_("At its last look it found nothing at the "
	    "name.") },
	{ "TYPE_NOT_FOUND", N_("At its last look it found only rows of "
	    "another type at the name.") },
	{ "INVALID_VALUE", N_("At its last look it found another value.") },
	{ "DNS_SERVER_ERROR", N_("At its last look the name servers gave it "
	    "an error.") },
	{ "SERVICE_ERROR", N_("At its last look AWS had a trouble of its own: "
	    "just wait.") },
	{ "REPLICATION_", N_("It has a trouble with the region whose DKIM "
	    "keys this identity shares; the DNS has no part in it.") },
};

static const char *
local_time(int64_t ms, char dst[static AWS_TIME])
{
	time_t s = (time_t)(ms / 1000);
	struct tm tm;

	if (localtime_r(&s, &tm) == NULL ||
	    strftime(dst, AWS_TIME, "%Y-%m-%d %H:%M", &tm) == 0)
		*dst = '\0';
	return dst;
}

int64_t
aws_window_end(const struct identity *identity)
{
	return identity->status == SES_PENDING &&
	    identity->pending_since > 0 ?
	    identity->pending_since + AWS_WINDOW : 0;
}

void
aws_window_text(const struct identity *identity, int64_t now, char *dst,
    size_t size)
{
	int64_t end = aws_window_end(identity);
	char time[AWS_TIME];
	const struct text_place places[] = {
		{ "time", local_time(end, time) },
		{ NULL, NULL },
	};

	*dst = '\0';
	if (end > 0)
		text_fill(dst, size, now < end ?
		    _("AWS goes on looking until about {time}.") :
		    _("AWS's 72 hours of looking were over about {time}."),
		    places);
}

void
aws_create_line(const struct identity *identity, char *dst, size_t size)
{
	char domain[NAME_TEXT];
	const struct text_place places[] = {
		{ "domain", name_text(&identity->domain, domain) },
		{ "region", identity->region },
		{ NULL, NULL },
	};

	text_fill(dst, size, identity->region[0] != '\0' ?
	    "aws sesv2 create-email-identity \\\n"
	    "  --email-identity {domain} --region {region}" :
	    "aws sesv2 create-email-identity \\\n"
	    "  --email-identity {domain}", places);
}

static void
add(char *dst, size_t size, const char *sentence)
{
	if (*sentence == '\0')
		return;
	if (*dst != '\0')
		strlcat(dst, "\n", size);
	strlcat(dst, sentence, size);
}

static void
add_error(const struct identity *identity, char *dst, size_t size)
{
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (strncmp(identity->error, errors[i].word,
		    strlen(errors[i].word)) == 0)
			add(dst, size, _(errors[i].text));
}

void
aws_text(const struct identity *identity, int64_t now, char *dst, size_t size)
{
	char sentence[AWS_SENTENCE], time[AWS_TIME];
	const struct text_place places[] = {
		{ "time", local_time(identity->checked_at, time) },
		{ "server", identity->soa },
		{ NULL, NULL },
	};

	*dst = '\0';
	if (statuses[identity->status] == NULL)
		return;
	add(dst, size, _(statuses[identity->status]));
	if (identity->status != SES_VERIFIED)
		add_error(identity, dst, size);
	if (identity->checked_at > 0) {
		text_fill(sentence, sizeof sentence,
		    _("It looked last at {time}."), places);
		add(dst, size, sentence);
	}
	if (identity->soa[0] != '\0') {
		text_fill(sentence, sizeof sentence, _("The name server it "
		    "saw is {server}."), places);
		add(dst, size, sentence);
	}
	aws_window_text(identity, now, sentence, sizeof sentence);
	add(dst, size, sentence);
	if (aws_window_end(identity) > 0 && now >= aws_window_end(identity))
		add(dst, size, _("If its page says \"Failed\" now, say so in "
		    "step 3."));
}
