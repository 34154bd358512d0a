/*
 * What a company's form makes of what is typed into it: the inverse of
 * form_fill, for rehearsal and tests.
 */
#ifndef DNSESAME_FORM_STORE_H
#define DNSESAME_FORM_STORE_H

#include <stdbool.h>

#include "base/text.h"
#include "company/form.h"
#include "dns/rr.h"

/*
 * Is this a type that the form offers, in its words?  offered: adds all of
 * them, "CNAME, TXT, MX".
 */
bool
form_offers(const struct form_rules *rules, const char *type,
    struct text *offered);

/*
 * What would be stored for the fields as typed into form.  Nothing is trimmed
 * or guessed; rows of CNAME, TXT and MX are known, and a proxied CNAME becomes
 * an address.  rr is allocated
 * (rr_release).  -1 and *why when such a form would refuse; then there is
 * nothing to release.
 */
int
form_store(struct rr *rr, const struct form_rules *rules,
    const struct form *form, const struct name *zone, const char **why);

/*
 * What the form objects to when a new row is to stand beside one that is
 * there; NULL when it takes it.
 */
const char *
form_refuses_beside(const struct form_rules *rules, const struct rr *standing,
    const struct rr *rr);

#endif
