/*
 * What the user types at AWS (AWS CLI Command Reference: sesv2
 * create-email-identity).
 */
#ifndef DNSESAME_CLOUDSHELL_H
#define DNSESAME_CLOUDSHELL_H

#include "base/text.h"
#include "ses/identity.h"

/*
 * Adds the line for CloudShell that creates the identity and prints its
 * values; in parts that a shell joins, so that it can be copied from a narrow
 * screen.  CloudShell has a region of its own, the console's, if none is
 * known.
 */
void
cloudshell_line(struct text *t, const struct identity *identity);

#endif
