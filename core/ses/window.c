#include "ses/window.h"

#include <time.h>

#include "base/lang.h"
#include "ses/service.h"

enum {
	WINDOW_TIME = 32
};

static const char *
local_time(int64_t ms, char dst[static WINDOW_TIME])
{
	time_t s = (time_t)(ms / 1000);
	struct tm tm;

	if (localtime_r(&s, &tm) == NULL ||
	    strftime(dst, WINDOW_TIME, "%Y-%m-%d %H:%M", &tm) == 0)
		*dst = '\0';
	return dst;
}

int64_t
window_end(const struct identity *identity)
{
	/* A service has hours of its own. */
	return identity->status == SES_PENDING &&
	    service_of(identity) == NULL &&
	    identity->pending_since > 0 ?
	    identity->pending_since + WINDOW_LENGTH : 0;
}

void
window_text(struct text *t, const struct identity *identity, int64_t now)
{
	int64_t end = window_end(identity);
	char time[WINDOW_TIME];
	const struct text_place places[] = {
		{ "time", local_time(end, time) },
		{ NULL, NULL },
	};

	if (end > 0)
		text_add_filled(t, now < end ?
		    _("AWS goes on looking until {time} at the latest.") :
		    _("AWS's 72 hours of looking were over by {time}."),
		    places);
}
