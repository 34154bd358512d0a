/*
 * Whose rows these are: services that send through SES and hand out its rows,
 * and others, whose rows are none of SES's.  The table is service.def.
 */
#ifndef DNSESAME_SERVICE_H
#define DNSESAME_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "ses/identity.h"

struct service {
	const char *name;	/* as it calls itself */
	const char *selector;	/* of its DKIM key; "" when AWS's tokens */
	const char *label;	/* of its MAIL FROM; "" when it varies */
	const char *where;	/* N_(): its page for domains, or NULL */
};

/* The one with this selector, or else with this MAIL FROM; NULL: none. */
const struct service *
service_find(const char *selector, const char *mail_from);

/*
 * The one whose rows the identity has, so that its page counts and not AWS's;
 * NULL when it is the user's own at AWS, as AWS said itself, or unknown.
 */
const struct service *
service_of(const struct identity *identity);

/*
 * t becomes tmpl, translated and filled: {aws} is whose word counts, the
 * service or AWS, {press} a sentence: where the service is told to look.
 */
void
service_fill(struct text *t, const char *tmpl,
    const struct identity *identity);

/* Whose row this is, of those who do not send through SES; NULL: unknown. */
const char *
service_other(const char *owner, const char *value);

/* A DKIM key that is known not to be SES's, by its selector. */
bool
service_is_others(const char *owner, const char *value);

#endif
