/*
 * Whose rows these are: services that send through SES and hand out its rows,
 * and others, whose rows are none of SES's.  The table is service.def.
 */
#ifndef DNSESAME_SERVICE_H
#define DNSESAME_SERVICE_H

#include <stdbool.h>

struct service {
	const char *name;	/* as it calls itself */
	const char *selector;	/* of its DKIM key; "" when AWS's tokens */
	const char *label;	/* of its MAIL FROM; "" when it varies */
	const char *where;	/* N_(): its page for domains, or NULL */
};

/* The one with this selector, or else with this MAIL FROM; NULL: none. */
const struct service *
service_find(const char *selector, const char *mail_from);

/* Whose row this is, of those who do not send through SES; NULL: unknown. */
const char *
service_other(const char *owner, const char *value);

/* A DKIM key that is known not to be SES's, by its selector. */
bool
service_is_others(const char *owner, const char *value);

#endif
