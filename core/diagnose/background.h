/*
 * What is known of a domain besides the plan: input of probe and diagnose.
 */
#ifndef DNSESAME_BACKGROUND_H
#define DNSESAME_BACKGROUND_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnose/noted.h"
#include "ses/identity.h"

enum {
	KNOWN_VALUES = 4
};

/*
 * TXT values of other saved identities of the domain, in other regions: they
 * stand rightly at the same name.
 */
struct known {
	char value[KNOWN_VALUES][IDENTITY_VERIFICATION];
	size_t count;
};

struct background {
	struct noted noted;	/* what stood there before */
	struct known known;
	bool suggest;		/* names for MAIL FROM are wanted, too */
};

#endif
