#include "dns/delegation.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <bsd/string.h>

#include "dns/address.h"
#include "dns/suffix.h"

/* What our recursion knows of the NS set at a name. */
enum cut {
	CUT_PENDING,
	CUT_YES,		/* there is an NS set */
	CUT_NO,			/* a sound answer says there is none */
	CUT_UNSURE		/* no sound answer */
};

static void
want(struct delegation *d, enum vantage_kind kind, const char *address,
    const struct name *name, uint16_t type)
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
	bool root = false;

	for (size_t i = log->count; i-- > 0;) {
		const struct observation *o = log->row[i];

		if (o->round != log->round ||
		    o->question.vantage.kind != VANTAGE_RECURSIVE)
			continue;
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

static const struct observation *
recursion(const struct observe_log *log, const struct name *name,
    uint16_t type)
{
	const struct observation *own = observe_look(log, VANTAGE_RECURSIVE,
	    "", name, type);

	if ((own != NULL && reached(own)) || !delegation_blocked(log))
		return own;
	for (size_t i = log->count; i-- > 0;) {
		const struct observation *o = log->row[i];

		if (o->round == log->round && reached(o) &&
		    o->question.vantage.kind == VANTAGE_SYSTEM &&
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
	    name_is_below(&o->question.name, &soa->owner) &&
	    !name_equal(&o->question.name, &soa->owner);
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
		switch (cut_at(recursion(log, &name, RR_NS))) {
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

static bool
address_text(const struct rr *rr, char out[static VANTAGE_ADDRESS])
{
	if (rr->type == RR_A && rr->len == 4)
		return inet_ntop(AF_INET, rr->rdata, out, VANTAGE_ADDRESS) !=
		    NULL;
	if (rr->type == RR_AAAA && rr->len == 16)
		return inet_ntop(AF_INET6, rr->rdata, out, VANTAGE_ADDRESS) !=
		    NULL;
	return false;
}

/* A resolver of this machine said so, in this round. */
static const struct observation *
said_inside(const struct observe_log *log, const struct name *name,
    uint16_t type, size_t *from)
{
	while (*from < log->count) {
		const struct observation *o = log->row[(*from)++];

		if (o->round == log->round && o->outcome == OUTCOME_ANSWER &&
		    o->question.vantage.kind == VANTAGE_SYSTEM &&
		    o->question.type == type &&
		    name_equal(&o->question.name, name))
			return o;
	}
	return NULL;
}

/*
 * Does this machine's own network name the server, and its address?  Then the
 * zone lives there, and no stranger sends us.
 */
static bool
vouched(const struct observe_log *log, const struct name *zone,
    const struct name *host, const char *address)
{
	uint16_t type = strchr(address, ':') != NULL ? RR_AAAA : RR_A;
	const struct observation *o;
	bool server = false;
	char text[VANTAGE_ADDRESS];
	struct name target;
	size_t from = 0;

	while (!server && (o = said_inside(log, zone, RR_NS, &from)) != NULL)
		for (size_t i = 0; i < o->answers; i++)
			server |= o->rr[i].type == RR_NS &&
			    rr_target(&o->rr[i], &target) == 0 &&
			    name_equal(&target, host);
	from = 0;
	while (server && (o = said_inside(log, host, type, &from)) != NULL)
		for (size_t i = 0; i < o->answers; i++)
			if (address_text(&o->rr[i], text) &&
			    strcmp(text, address) == 0)
				return true;
	return false;
}

/* The referral's owner: the cut between the parent and name. */
static bool
referral_cut(struct name *out, const struct observation *o,
    const struct name *parent, const struct name *name)
{
	for (size_t i = 0; i < o->answers + o->authorities; i++) {
		const struct rr *rr = &o->rr[i];

		if (rr->type == RR_NS && name_is_below(name, &rr->owner) &&
		    name_is_below(&rr->owner, parent) &&
		    !name_equal(&rr->owner, parent)) {
			*out = rr->owner;
			return true;
		}
	}
	return false;
}

/*
 * A server of the parent that spoke about a cut below it, or for the parent
 * that there is none.
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
	return referral_cut(&cut, o, parent, name) || (o->aa &&
	    (soa == NULL || name_is_below(parent, &soa->owner)));
}

/*
 * The IPv4 address of a server: what our recursion says, or until it was asked
 * the address that came along with the NS set.
 */
static bool
parent_address(const struct name *host, const struct observation *set,
    const struct observe_log *log, bool private,
    char out[static VANTAGE_ADDRESS])
{
	const struct observation *found = recursion(log, host, RR_A);
	size_t from = 0, to;

	if (found == NULL) {
		found = set;
		from = set->answers + set->authorities;
	}
	to = found->answers + found->authorities + found->additionals;
	for (; from < to; from++) {
		const struct rr *rr = &found->rr[from];

		if (rr->type == RR_A && (found != set ||
		    name_equal(&rr->owner, host)))
			return address_text(rr, out) &&
			    (private || address_range(out) == NULL);
	}
	return false;
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
		char address[VANTAGE_ADDRESS];

		if (set->rr[i].type != RR_NS ||
		    !name_equal(&set->rr[i].owner, parent) ||
		    rr_target(&set->rr[i], &host) == -1)
			continue;
		tried++;
		if (!parent_address(&host, set, log, d->private, address)) {
			if (recursion(log, &host, RR_A) == NULL) {
				want(d, VANTAGE_RECURSIVE, "", &host, RR_A);
				*pending = true;
			}
			continue;
		}
		said = observe_look(log, VANTAGE_AUTHORITY, address, name,
		    RR_NS);
		if (said == NULL) {
			want(d, VANTAGE_AUTHORITY, address, name, RR_NS);
			*pending = true;
			return NULL;
		}
		if (speaks(said, parent, name)) {
			*pending = false;
			return said;
		}
	}
	return NULL;
}

static void
add_server(struct delegation *d, const struct name *name, const char *address,
    bool at_parent, bool at_child, const struct observe_log *log)
{
	struct delegation_server *s;

	for (size_t i = 0; i < d->servers; i++) {
		s = &d->server[i];
		if (name_equal(&s->name, name) &&
		    strcmp(s->address, address) == 0) {
			s->at_parent |= at_parent;
			s->at_child |= at_child;
			return;
		}
	}
	if (d->servers == DELEGATION_SERVERS)
		return;
	s = &d->server[d->servers++];
	s->name = *name;
	strlcpy(s->address, address, sizeof s->address);
	s->at_parent = at_parent;
	s->at_child = at_child;
	s->barred = !d->private && address_range(address) != NULL &&
	    !vouched(log, &d->zone, name, address);
}

/* The addresses of one server: our recursion's, else the parent's glue. */
static void
resolve(struct delegation *d, const struct name *host, bool at_parent,
    bool at_child, const struct observation *referral,
    const struct observe_log *log)
{
	static const uint16_t types[] = { RR_A, RR_AAAA };
	char address[VANTAGE_ADDRESS];
	bool open = false, any = false;

	for (size_t t = 0; t < 2; t++) {
		const struct observation *o = recursion(log, host, types[t]);

		if (o == NULL) {
			want(d, VANTAGE_RECURSIVE, "", host, types[t]);
			open = true;
			continue;
		}
		for (size_t i = 0; i < o->answers; i++) {
			if (address_text(&o->rr[i], address)) {
				add_server(d, host, address, at_parent,
				    at_child, log);
				any = true;
			}
		}
	}
	for (size_t i = 0; !any && referral != NULL && i <
	    referral->answers + referral->authorities + referral->additionals;
	    i++) {
		const struct rr *rr = &referral->rr[i];

		if (name_equal(&rr->owner, host) && address_text(rr, address)) {
			add_server(d, host, address, at_parent, at_child,
			    log);
			any = true;
		}
	}
	if (!any && !open)
		add_server(d, host, "", at_parent, at_child, log);
}

/* All servers of an NS set found in an observation. */
static void
add_set(struct delegation *d, const struct observation *o, bool at_parent,
    const struct observation *referral, const struct observe_log *log)
{
	struct name host;

	if (o == NULL)
		return;
	for (size_t i = 0; i < o->answers + o->authorities; i++)
		if (o->rr[i].type == RR_NS &&
		    name_equal(&o->rr[i].owner, &d->zone) &&
		    rr_target(&o->rr[i], &host) == 0)
			resolve(d, &host, at_parent, !at_parent, referral,
			    log);
}

static int
by_name(const void *a, const void *b)
{
	const struct delegation_server *x = a, *y = b;
	int order = name_compare(&x->name, &y->name);

	return order != 0 ? order : strcmp(x->address, y->address);
}

/* An NS set has no order of its own; columns should not jump. */
static void
found(struct delegation *d)
{
	d->state = DELEGATION_FOUND;
	qsort(d->server, d->servers, sizeof d->server[0], by_name);
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
	referral = ask_parent(d, &d->parent, recursion(log, &d->parent, RR_NS),
	    registered, log, &pending);
	if (referral == NULL || !referral_cut(&d->zone, referral, &d->parent,
	    registered) || !name_equal(&d->zone, registered))
		return false;
	d->has_parent = true;
	add_set(d, referral, true, referral, log);
	if (name_equal(domain, registered))
		return true;
	d->servers = 0;
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
	const struct observation *set = recursion(log, &parent, RR_NS);
	const struct observation *referral = NULL, *said;
	bool pending;

	while ((said = ask_parent(d, &parent, set, domain, log, &pending)) !=
	    NULL && referral_cut(&cut, said, &parent, domain)) {
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
	return ask_parent(d, &d->parent, recursion(log, &d->parent, RR_NS),
	    &d->zone, log, &pending);
}

/* Until this round knows better, what the last one found. */
static void
read_last(struct delegation *d, const struct delegation *last)
{
	d->state = last->state;
	d->zone = last->zone;
	d->parent = last->parent;
	d->has_parent = last->has_parent;
	d->servers = last->servers;
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
		if (recursion(log, &n, RR_NS) == NULL)
			want(d, VANTAGE_RECURSIVE, "", &n, RR_NS);
	} while (name_parent(&n, &n) && name_labels(&n) > 0);

	switch (cut_above(&d->zone, &unsure, *domain, log)) {
	case CUT_PENDING:
		early = read_early(d, domain, &registered, log);
		if (known)
			read_last(d, last);
		else if (early)
			found(d);
		return;
	case CUT_YES:
		break;
	default:
		d->state = DELEGATION_UNKNOWN;
		return;
	}
	if (unsure || !name_is_below(&d->zone, &registered))
		referral = descend(d, domain, &registered, log);
	else
		d->state = DELEGATION_FOUND;
	if (d->state == DELEGATION_SEARCHING && known)
		read_last(d, last);
	else if (d->state == DELEGATION_FOUND) {
		if (!d->has_parent)
			referral = look_above(d, log);
		add_set(d, referral, true, referral, log);
		add_set(d, recursion(log, &d->zone, RR_NS), false, referral,
		    log);
		found(d);
	}
}

int
delegation_hint(const struct delegation *delegation, struct name *out)
{
	return name_prepend(out, "_domainconnect", &delegation->zone);
}
