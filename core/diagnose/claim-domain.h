/*
 * What a finding of the domain rests on (rests.def, claim.def): provable from
 * the recorded answers.  Made when it is asked for.  Pure.
 */
#ifndef DNSESAME_CLAIM_DOMAIN_H
#define DNSESAME_CLAIM_DOMAIN_H

#include <stddef.h>

#include "diagnose/check.h"
#include "diagnose/claim.h"

enum {
	CLAIM_DOMAIN_MAX = 8	/* of one finding */
};

struct domain_claim {
	enum claim_kind kind;
	struct name owner;
	uint16_t type;
	char value[NAME_TEXT];	/* "": it is about none */
	uint32_t at;		/* bit i: server i of the diagnosis */
};

/*
 * The claims of the finding with this index; returns how many.  None: the
 * answers do not show what it says.
 */
size_t
claims_of_domain(struct domain_claim out[static CLAIM_DOMAIN_MAX],
    const struct check *check, size_t index);

#endif
