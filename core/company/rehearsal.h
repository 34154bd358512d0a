/*
 * The practice domain: example.jp at a company of our choice, as it stands
 * before anything is entered, in a world without network.  From then on the
 * check runs over it as over the real DNS; nothing is scripted.  (The world
 * itself is dns/world-practice.c; the form that stores into it is
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
 * Fills a practice world (world_practice) with the root, jp and example.jp on
 * that company's name servers, and with what AWS publishes itself; gives the
 * pretend identity with its values.  -1 when the world refuses.
 */
int
rehearsal_begin(struct world *world, const struct provider *provider,
    struct identity *identity);

#endif
