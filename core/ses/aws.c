#include "ses/aws.h"

#include <time.h>

#include "base/lang.h"
#include "base/text.h"

enum {
	AWS_TIME = 32
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
		    _("AWS goes on looking until {time} at the latest.") :
		    _("AWS's 72 hours of looking were over by {time}."),
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
	    "  --email-identity {domain} --region {region} --output json" :
	    "aws sesv2 create-email-identity \\\n"
	    "  --email-identity {domain} --output json", places);
}
