/*
 * Resolvers that others use, too (system and also): do they tell what the
 * domain's own name servers tell?  Pure; reads this round of the log.
 */
#ifndef DNSESAME_SHARED_H
#define DNSESAME_SHARED_H

#include <stdbool.h>

#include "delegation.h"
#include "observe.h"
#include "plan.h"

/*
 * A name below the domain that does not exist, drawn once: who has an address
 * for it makes answers up.  -1 when it would be too long.
 */
int
shared_random(const struct plan *plan, struct name *out);

/*
 * Does this resolver make answers up, or serve a copy of the domain of its
 * own?  That is no memory: it does not pass.
 */
bool
shared_lies(const struct vantage *vantage, const struct plan *plan,
    const struct delegation *delegation, const struct observe_log *log);

#endif
