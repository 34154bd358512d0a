#include "mail/mailkey.h"

#include <stdlib.h>

#include "mail/dkim-key.h"
#include "base/xalloc.h"

static enum mailkey
parse(const struct rr *rr)
{
	uint8_t *text = xmalloc(RR_RDATA);
	struct dkim_key key;

	dkim_key_parse(&key, text, rr_txt_join(rr, text, RR_RDATA));
	free(text);
	switch (key.result) {
	case DKIM_KEY_EMPTY:
	case DKIM_KEY_NO_KEY:
		return MAILKEY_NONE;
	case DKIM_KEY_REVOKED:
		return MAILKEY_REVOKED;
	default:
		return MAILKEY_THERE;
	}
}

enum mailkey
mailkey_behind(const struct name *owner, const struct observe_log *log)
{
	const struct observation *o;
	enum mailkey best = MAILKEY_NONE;

	o = observe_look(log, VANTAGE_RECURSIVE, "", owner, RR_TXT);
	if (o == NULL || o->outcome != OUTCOME_ANSWER ||
	    (o->rcode != RCODE_NOERROR && o->rcode != RCODE_NXDOMAIN))
		return MAILKEY_UNKNOWN;
	for (size_t i = 0; i < o->answers; i++) {
		enum mailkey key;

		if (o->rr[i].type != RR_TXT)
			continue;
		key = parse(&o->rr[i]);
		if (key > best)
			best = key;
	}
	return best;
}
