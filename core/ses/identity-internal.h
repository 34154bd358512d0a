/*
 * What the setters of an identity share.  Only identity*.c include this.
 */
#ifndef DNSESAME_IDENTITY_INTERNAL_H
#define DNSESAME_IDENTITY_INTERNAL_H

#include <stdbool.h>

#include "ses/identity.h"
#include "dns/name.h"

enum {
	IDENTITY_ROOM = 2 * NAME_TEXT	/* what is typed into one field */
};

/* What a setter that refuses ends with. */
static inline int
refuse(const char **why, const char *reason)
{
	*why = reason;
	return -1;
}

/* Trims and folds one field; the quotes of a CSV or zone file go, too. */
int
identity_field(char dst[static IDENTITY_ROOM], const char *text,
    const char **why);

/* Letters, digits and inner hyphens in every label, as host names are. */
bool
identity_is_host(const struct name *name);

#endif
