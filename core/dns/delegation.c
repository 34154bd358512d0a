#include "dns/delegation.h"

#include <string.h>

#include <bsd/string.h>

#include "dns/address.h"
#include "dns/delegation-internal.h"
#include "dns/suffix.h"

enum {
	LISTS = 2	/* servers asked for the zone's own list, at most */
};

/* What our recursion knows of the NS set at a name. */
enum cut {
	CUT_PENDING,
	CUT_YES,		/* there is an NS set */
	CUT_NO,			/* a sound answer says there is none */
	CUT_UNSURE		/* no sound answer */
};

void
delegation_want(struct delegation *d, enum vantage_kind kind,
    const char *address, const struct name *name, uint16_t type)
{
	struct question *q;

	if (d->wants == DELEGATION_WANTS)
		return;
	q = &d->want[d->wants++];
	q->vantage.kind = kind;
	strlcpy(q->vantage.address, address, sizeof q->vantage.address);
	q->name = *name;
	q->type = type;
}

/* A bogus answer came from somewhere, too. */
static bool
reached(const struct observation *o)
{
	return o->outcome == OUTCOME_BOGUS || (o->outcome == OUTCOME_ANSWER &&
	    o->rcode != RCODE_SERVFAIL);
}

bool
delegation_blocked(const struct observe_log *log)
{
	const struct vantage recursion = { .kind = VANTAGE_RECURSIVE };
	const struct observation *o;
	bool root = false;
	uint32_t at = 0;

	while ((o = observe_next(log, &recursion, &at)) != NULL) {
		if (reached(o))
			return false;
		root |= name_labels(&o->question.name) == 0;
	}
	return root;
}

bool
delegation_mistrusts(const struct observe_log *log)
{
	const struct name root = { .len = 1 };
	const struct observation *o = observe_look(log, VANTAGE_RECURSIVE, "",
	    &root, RR_NS);

	return o != NULL && o->outcome == OUTCOME_BOGUS;
}

const struct observation *
delegation_said(const struct observe_log *log, const struct name *name,
    uint16_t type)
{
	const struct observation *own = observe_look(log, VANTAGE_RECURSIVE,
	    "", name, type);

	if ((own != NULL && reached(own)) || !delegation_blocked(log))
		return own;
	for (size_t i = log->count; i-- > 0;) {
		const struct observation *o = log->row[i];

		if (o->round == log->round && reached(o) &&
		    (o->question.vantage.kind == VANTAGE_SYSTEM ||
		    o->question.vantage.kind == VANTAGE_ALSO) &&
		    o->question.type == type &&
		    name_equal(&o->question.name, name))
			return o;
	}
	return own;
}

/*
 * Only the zone above a name knows whether there is a cut: its "no" carries
 * its SOA.  The zone of the name itself may have lost its NS rows, an alias
 * leads elsewhere, and some servers answer everything with nothing.
 */
static bool
denied_above(const struct observation *o)
{
	const struct rr *soa = observation_soa(o);

	return (o->rcode == RCODE_NOERROR || o->rcode == RCODE_NXDOMAIN) &&
	    o->answers == 0 && soa != NULL &&
	    name_is_below(&o->question.name, soa->owner) &&
	    !name_equal(&o->question.name, soa->owner);
}

static enum cut
cut_at(const struct observation *o)
{
	size_t from = 0;

	if (o == NULL)
		return CUT_PENDING;
	if (o->outcome != OUTCOME_ANSWER)
		return CUT_UNSURE;
	if (observation_answer(o, RR_NS, &from) != NULL)
		return CUT_YES;
	return denied_above(o) ? CUT_NO : CUT_UNSURE;
}

/* The nearest name at or above name that owns an NS set. */
static enum cut
cut_above(struct name *out, bool *unsure, struct name name,
    const struct observe_log *log)
{
	*unsure = false;
	do {
		switch (cut_at(delegation_said(log, &name, RR_NS))) {
		case CUT_PENDING:
			return CUT_PENDING;
		case CUT_YES:
			*out = name;
			return CUT_YES;
		case CUT_UNSURE:
			*unsure = true;
			break;
		case CUT_NO:
			break;
		}
	} while (name_parent(&name, &name));
	return CUT_UNSURE;
}

bool
delegation_referral(struct name *out, const struct observation *o,
    const struct name *parent, const struct name *name)
{
	for (size_t i = 0; i < o->answers + o->authorities; i++) {
		const struct rr *rr = &o->rr[i];

		if (rr->type == RR_NS && name_is_below(name, rr->owner) &&
		    name_is_below(rr->owner, parent) &&
		    !name_equal(rr->owner, parent)) {
			*out = *rr->owner;
			return true;
		}
	}
	return false;
}

/*
 * A server of the parent that spoke about a cut below it, or for the parent
 * that there is none: with its SOA.  A resolver in between that blocks a name
 * denies it with AA, too.
 */
static bool
speaks(const struct observation *o, const struct name *parent,
    const struct name *name)
{
	const struct rr *soa = observation_soa(o);
	struct name cut;

	if (o->outcome != OUTCOME_ANSWER ||
	    (o->rcode != RCODE_NOERROR && o->rcode != RCODE_NXDOMAIN))
		return false;
	return delegation_referral(&cut, o, parent, name) || (o->aa &&
	    soa != NULL && name_is_below(parent, soa->owner));
}

/*
 * The address of a server, IPv4 (A) or IPv6: what our recursion says, or until
 * it was asked the address that came along with the NS set.
 */
static bool
parent_address(const struct name *host, uint16_t type,
    const struct observation *set, const struct observe_log *log,
    bool private, char out[static VANTAGE_ADDRESS])
{
	const struct observation *found = delegation_said(log, host, type);
	size_t from = 0, to;

	if (found == NULL) {
		found = set;
		from = set->answers + set->authorities;
	}
	to = found->answers + found->authorities + found->additionals;
	for (; from < to; from++) {
		const struct rr *rr = &found->rr[from];

		if (rr->type == type && (found != set ||
		    name_equal(rr->owner, host)))
			return delegation_address(rr, out) &&
			    (private || address_range(out) == NULL);
	}
	return false;
}

/*
 * What one server of the parent says about NS of name, over IPv6 where IPv4
 * does not get out.  NULL while it is being found out (*pending), or nothing.
 */
static const struct observation *
ask_host(struct delegation *d, const struct name *host,
    const struct observation *set, const struct name *name,
    const struct observe_log *log, bool *pending)
{
	static const uint16_t types[] = { RR_A, RR_AAAA };
	const struct observation *said = NULL;
	char address[VANTAGE_ADDRESS];

	for (size_t t = 0; t < 2; t++) {
		if (!parent_address(host, types[t], set, log, d->private,
		    address)) {
			if (delegation_said(log, host, types[t]) != NULL)
				continue;
			delegation_want(d, VANTAGE_RECURSIVE, "", host,
			    types[t]);
			*pending = true;
			return NULL;
		}
		said = observe_look(log, VANTAGE_AUTHORITY, address, name,
		    RR_NS);
		if (said == NULL) {
			delegation_want(d, VANTAGE_AUTHORITY, address, name,
			    RR_NS);
			*pending = true;
			return NULL;
		}
		if (said->outcome != OUTCOME_NO_ROUTE)
			break;
	}
	return said;
}

/*
 * What the parent's own servers (set: its NS rows) say about NS of name: the
 * first that speaks.  NULL while it is being found out (*pending) or when none
 * speaks.
 */
static const struct observation *
ask_parent(struct delegation *d, const struct name *parent,
    const struct observation *set, const struct name *name,
    const struct observe_log *log, bool *pending)
{
	size_t tried = 0;
	struct name host;

	*pending = false;
	if (delegation_blocked(log))
		return NULL;	/* it would only be waited for */
	for (size_t i = 0; tried < DELEGATION_PARENTS &&
	    i < set->answers + set->authorities; i++) {
		const struct observation *said;
		size_t wants = d->wants;

		if (set->rr[i].type != RR_NS ||
		    !name_equal(set->rr[i].owner, parent) ||
		    rr_target(&set->rr[i], &host) == -1)
			continue;
		tried++;
		said = ask_host(d, &host, set, name, log, pending);
		if (said != NULL && speaks(said, parent, name)) {
			*pending = false;
			return said;
		}
		/* One is asked at a time; names are looked up beside it. */
		if (d->wants > wants &&
		    d->want[wants].vantage.kind == VANTAGE_AUTHORITY)
			return NULL;
	}
	return NULL;
}

/* The servers of the zone itself: what the parent lists, and the zone. */
static void
own_servers(struct delegation *d, const struct observation *referral,
    const struct observation *child, const struct observe_log *log)
{
	struct delegation_sets sets = { .child = child };

	if (referral != NULL)
		sets.referral[sets.referrals++] = referral;
	delegation_servers(d, &d->zone, &sets, log);
	d->servers = d->all;
}

/*
 * What our recursion could not find out, or found too long, the zone's own
 * servers are asked: its list of name servers.
 */
static const struct observation *
ask_child(struct delegation *d, const struct observe_log *log)
{
	const struct observation *list = NULL;
	size_t from = 0;

	for (size_t i = 0; i < d->servers && i < LISTS && list == NULL; i++) {
		const struct delegation_server *s = &d->server[i];

		if (s->address[0] == '\0' || s->barred ||
		    s->kind != VANTAGE_AUTHORITY)
			continue;
		list = delegation_spoken(log, s, &d->zone, RR_NS);
		if (observe_look(log, s->kind, s->address, &d->zone, RR_NS) ==
		    NULL)
			delegation_want(d, s->kind, s->address, &d->zone,
			    RR_NS);
	}
	return list != NULL && observation_answer(list, RR_NS, &from) != NULL ?
	    list : NULL;
}

static void
find_servers(struct delegation *d, const struct observation *referral,
    const struct observe_log *log)
{
	const struct observation *child = delegation_said(log, &d->zone, RR_NS);
	size_t wants = d->wants;

	own_servers(d, referral, child, log);
	if (child == NULL || reached(child) || delegation_blocked(log) ||
	    (child = ask_child(d, log)) == NULL)
		return;
	d->servers = d->all = 0;
	d->wants = wants;
	own_servers(d, referral, child, log);
}

/*
 * The registry's servers know the cut before our recursion has come down to
 * it: that saves the round trips between the two.  True when it is the cut of
 * the domain itself; a deeper one is still to be found out.
 */
static bool
read_early(struct delegation *d, const struct name *domain,
    const struct name *registered, const struct observe_log *log)
{
	const struct observation *referral;
	struct name above;
	bool unsure, pending;

	if (!name_parent(&above, registered) ||
	    cut_above(&d->parent, &unsure, above, log) != CUT_YES || unsure)
		return false;
	referral = ask_parent(d, &d->parent,
	    delegation_said(log, &d->parent, RR_NS), registered, log,
	    &pending);
	if (referral == NULL || !delegation_referral(&d->zone, referral,
	    &d->parent, registered) || !name_equal(&d->zone, registered))
		return false;
	d->has_parent = true;
	own_servers(d, referral, NULL, log);
	if (name_equal(domain, registered))
		return true;
	d->servers = d->all = 0;
	d->beyond = false;
	return false;
}

/*
 * From the lowest zone that our recursion is sure of down to the domain, cut
 * by cut, asking each zone's own servers.  Returns the last referral.
 */
static const struct observation *
descend(struct delegation *d, const struct name *domain,
    const struct name *registered, const struct observe_log *log)
{
	struct name parent = d->zone, cut;
	const struct observation *set = delegation_said(log, &parent, RR_NS);
	const struct observation *referral = NULL, *said;
	bool pending;

	while ((said = ask_parent(d, &parent, set, domain, log, &pending)) !=
	    NULL && delegation_referral(&cut, said, &parent, domain)) {
		d->parent = parent;
		d->has_parent = true;
		d->zone = cut;
		referral = said;
		if (name_is_below(&cut, registered))
			break;
		parent = cut;
		set = said;
	}
	if (pending)
		d->state = DELEGATION_SEARCHING;
	else if (name_is_below(&d->zone, registered))
		d->state = DELEGATION_FOUND;
	/* Whoever denies an ending that is known is not the root. */
	else if (said == NULL || (name_labels(&parent) == 0 &&
	    suffix_is_known(domain)))
		d->state = DELEGATION_UNKNOWN;
	else
		d->state = said->rcode == RCODE_NXDOMAIN ?
		    DELEGATION_NOT_REGISTERED : DELEGATION_NO_SERVERS;
	return referral;
}

/* What the zone above the cut says of it. */
static const struct observation *
look_above(struct delegation *d, const struct observe_log *log)
{
	struct name above;
	bool unsure, pending;

	if (!name_parent(&above, &d->zone) ||
	    cut_above(&d->parent, &unsure, above, log) != CUT_YES)
		return NULL;
	d->has_parent = true;
	return ask_parent(d, &d->parent,
	    delegation_said(log, &d->parent, RR_NS), &d->zone, log, &pending);
}

/*
 * Behind a closed port 53 nobody can ask the zone above.  Where the zone has
 * lost its NS rows, or an alias hides them, the SOA that comes with a "no" for
 * a name below names the zone, as a resolver of this machine passes it on.
 */
static bool
read_told(struct delegation *d, const struct name *domain,
    const struct name *registered, const struct observe_log *log)
{
	bool found = false;

	if (!delegation_blocked(log))
		return false;
	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];
		const struct rr *soa;

		if (o->round != log->round ||
		    (o->question.vantage.kind != VANTAGE_SYSTEM &&
		    o->question.vantage.kind != VANTAGE_ALSO) ||
		    o->outcome != OUTCOME_ANSWER || o->answers > 0 ||
		    (soa = observation_soa(o)) == NULL ||
		    !name_is_below(&o->question.name, soa->owner) ||
		    !name_is_below(domain, soa->owner) ||
		    !name_is_below(soa->owner, registered) ||
		    (found && !name_is_below(soa->owner, &d->zone)))
			continue;
		d->zone = *soa->owner;
		found = true;
	}
	return found;
}

/* Until this round knows better, what the last one found. */
static void
read_last(struct delegation *d, const struct delegation *last)
{
	d->state = last->state;
	d->zone = last->zone;
	d->parent = last->parent;
	d->has_parent = last->has_parent;
	d->servers = d->all = last->servers;
	d->beyond = last->beyond;
	memcpy(d->server, last->server, sizeof d->server);
}

void
delegation_read(struct delegation *d, const struct name *domain,
    const struct observe_log *log, const struct delegation *last,
    bool private)
{
	const struct observation *referral = NULL;
	struct name registered;
	bool unsure, early;
	bool known = last != NULL && last->state == DELEGATION_FOUND;

	memset(d, 0, sizeof *d);
	d->private = private;
	suffix_delegated(domain, &registered);

	/* All levels at once: few labels, one round trip. */
	struct name n = *domain;

	do {
		if (delegation_said(log, &n, RR_NS) == NULL)
			delegation_want(d, VANTAGE_RECURSIVE, "", &n, RR_NS);
	} while (name_parent(&n, &n) && name_labels(&n) > 0);

	switch (cut_above(&d->zone, &unsure, *domain, log)) {
	case CUT_PENDING:
		early = read_early(d, domain, &registered, log);
		if (known)
			read_last(d, last);
		else if (early)
			d->state = DELEGATION_FOUND;
		return;
	case CUT_YES:
		break;
	default:
		d->state = read_told(d, domain, &registered, log) ?
		    DELEGATION_FOUND : DELEGATION_UNKNOWN;
		return;
	}
	if (unsure || !name_is_below(&d->zone, &registered))
		referral = descend(d, domain, &registered, log);
	else
		d->state = DELEGATION_FOUND;
	if (d->state == DELEGATION_UNKNOWN && read_told(d, domain,
	    &registered, log)) {
		d->state = DELEGATION_FOUND;
		return;
	}
	if (d->state == DELEGATION_SEARCHING && known)
		read_last(d, last);
	else if (d->state == DELEGATION_FOUND) {
		if (!d->has_parent)
			referral = look_above(d, log);
		find_servers(d, referral, log);
	}
}

int
delegation_hint(const struct delegation *delegation, struct name *out)
{
	return name_prepend(out, "_domainconnect", &delegation->zone);
}

const struct observation *
delegation_spoken(const struct observe_log *log,
    const struct delegation_server *server, const struct name *name,
    uint16_t type)
{
	const struct observation *o = observe_look(log, server->kind,
	    server->address, name, type);

	return o != NULL && o->outcome == OUTCOME_ANSWER && (o->aa ||
	    server->kind != VANTAGE_AUTHORITY) ? o : NULL;
}
