/*
 * The practice domains: example.com, and example.jp for who reads Japanese, as
 * they stand before anything is entered, in a world without network.  From then
 * on the check runs over them as over the real DNS; nothing is scripted.  (The
 * world itself is dns/world-practice.c; the form that stores into it is
 * model/pretend.)
 */
#ifndef DNSESAME_REHEARSAL_H
#define DNSESAME_REHEARSAL_H

#include "ses/identity.h"
#include "company/provider.h"
#include "dns/world.h"

enum {
	REHEARSAL_SERVERS = 2
};

/*
 * Names that this company's servers could have: by them it is recognised.  A
 * company without known servers gets names of its own all the same.
 */
void
rehearsal_servers(const struct provider *provider,
    char names[static REHEARSAL_SERVERS][NAME_TEXT]);

/*
 * The company to begin at where none was named (NULL): one whose form is in the
 * reader's language.
 */
const struct provider *
rehearsal_company(const struct provider *company);

/*
 * Fills a practice world (world_practice) with the root, what AWS publishes
 * itself, and the domains: on the servers of that company; NULL: each on those
 * of its language's company.  -1 when the world refuses.
 */
int
rehearsal_begin(struct world *world, const struct provider *company);

/*
 * The pretend identity: the domain by the reader's language or, when that is
 * English, the form's; three DKIM rows; where a company was named, the older
 * TXT proof, too.
 */
int
rehearsal_tell(struct identity *identity, const struct provider *company);

#endif
