#include "mail/mailkey.h"

#include <stdlib.h>

#include "mail/dkim-key.h"

static enum mailkey
parse(const struct rr *rr)
{
	size_t len;
	uint8_t *text = rr_txt_new(rr, &len);
	struct dkim_key key;

	dkim_key_parse(&key, text, len);
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

/* What our recursion was told of TXT at the name; NULL: nothing sound. */
static const struct observation *
told(const struct observe_log *log, const struct name *name)
{
	const struct observation *o = observe_look(log, VANTAGE_RECURSIVE, "",
	    name, RR_TXT);

	return o != NULL && o->outcome == OUTCOME_ANSWER &&
	    (o->rcode == RCODE_NOERROR || o->rcode == RCODE_NXDOMAIN) ? o :
	    NULL;
}

enum mailkey
mailkey_behind(const struct name *owner, const struct name *lead,
    const struct observe_log *log)
{
	const struct observation *o = told(log, owner);
	enum mailkey best = MAILKEY_NONE;

	/*
	 * Without the CNAME in it that answer comes from a server that does
	 * not know the row: it says nothing of where the row leads.
	 */
	if (o != NULL && o->answers == 0)
		o = told(log, lead);
	if (o == NULL)
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
