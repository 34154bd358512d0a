#include "diagnose/diagnose-internal.h"

/*
 * The name servers of the delegation, judged as a set: what one of them does
 * alone is its own fault, what all of them do is the domain's.
 */

/* Asked for the zone itself, it says that it has none. */
static bool
disowns(const struct server_diagnosis *server, const struct name *zone,
    const struct observe_log *log)
{
	const struct observation *soa;

	if (server->state == SERVER_REFUSES)
		return true;
	if (server->state != SERVER_LAME)
		return false;
	/* Without AA, yet with rows: a copy of somebody else's, but a copy. */
	soa = observe_look(log, VANTAGE_AUTHORITY, server->server.address,
	    zone, RR_SOA);
	return soa != NULL && soa->answers == 0;
}

/* No server of this zone holds it, and each one says so. */
static bool
is_gone(const struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part)
{
	bool gone = false;

	for (size_t i = part->first; i < part->end; i++) {
		if (d->server[i].state == SERVER_SKIPPED ||
		    diagnose_passed_over(&d->server[i], d))
			continue;
		if (!disowns(&d->server[i], &part->zone, in->log))
			return false;
		gone = true;
	}
	return gone;
}

bool
diagnose_gone(struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part)
{
	struct domain_diagnosis *domain;

	if (!in->complete || !is_gone(d, in, part))
		return false;
	domain = diagnose_add(d, FINDING_ZONE_GONE, STATE_FAIL, &part->zone);
	if (domain != NULL && delegation_is_below(in->delegation, part))
		domain->cause = CAUSE_BELOW;
	return true;
}
