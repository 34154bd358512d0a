#include "diagnose/diagnose-internal.h"

/*
 * The name servers of the delegation, judged as a set: what one of them does
 * alone is its own fault, what all of them do is the domain's.
 */

/* Asked for the zone itself, it says that it has none. */
static bool
disowns(const struct server_diagnosis *server, const struct inputs *in)
{
	const struct observation *soa;

	if (server->state == SERVER_REFUSES)
		return true;
	if (server->state != SERVER_LAME)
		return false;
	/* Without AA, yet with rows: a copy of somebody else's, but a copy. */
	soa = observe_look(in->log, VANTAGE_AUTHORITY, server->server.address,
	    &in->delegation->zone, RR_SOA);
	return soa != NULL && soa->answers == 0;
}

bool
diagnose_gone(struct diagnosis *d, const struct inputs *in)
{
	bool gone = false;

	if (!in->complete)
		return false;
	for (size_t i = 0; i < d->servers; i++) {
		if (d->server[i].state == SERVER_SKIPPED ||
		    diagnose_passed_over(&d->server[i], d))
			continue;
		if (!disowns(&d->server[i], in))
			return false;
		gone = true;
	}
	if (gone)
		diagnose_add(d, FINDING_ZONE_GONE, STATE_FAIL,
		    &in->delegation->zone);
	return gone;
}
