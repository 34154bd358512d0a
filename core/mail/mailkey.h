/*
 * The DKIM key behind a record: what our recursion found as TXT at its name,
 * the CNAME followed.  SES and receivers look it up in the same way.  Only
 * one of an identity's three targets need hold a key.  (own-key compares a
 * record with the key that the user gave; dkim-key reads one record and knows
 * of neither.)
 */
#ifndef DNSESAME_MAILKEY_H
#define DNSESAME_MAILKEY_H

#include "dns/observe.h"

enum mailkey {
	MAILKEY_UNKNOWN,	/* not asked, or no sound answer */
	MAILKEY_NONE,		/* no key there */
	MAILKEY_REVOKED,	/* an empty p=, RFC 6376 section 3.6.1 */
	MAILKEY_THERE
};

/*
 * The key found by way of owner, T._domainkey.D; where that way was not
 * followed, at lead, to which its CNAME leads.
 */
enum mailkey
mailkey_behind(const struct name *owner, const struct name *lead,
    const struct observe_log *log);

#endif
