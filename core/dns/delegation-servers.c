#include "dns/delegation-internal.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <bsd/string.h>

#include "base/xalloc.h"
#include "dns/address.h"

enum {
	ADDRESSES = BOUND_ADDRESSES,	/* of one server */
	SETTLED = 2	/* addresses of one that do not wait for the others */
};

struct host_address {
	uint8_t octets[16];
	uint8_t len;		/* 4 or 16 */
	bool by_glue, by_zone;
};

/* A name server and its addresses: IPv4 first, in order. */
struct host {
	struct name name;
	bool at_parent, at_child;
	bool open, fresh;	/* not all of A and AAAA is known; not even A */
	bool by_glue;		/* the registry's addresses count, too */
	struct host_address *address;	/* ADDRESSES of them, borrowed */
	size_t addresses;
};

/*
 * The names of both sets, each by name: those of the zone above, which stay
 * whatever the zone says later, then those that it alone has.
 */
struct hosts {
	struct host host[BOUND_NAMES];
	size_t parents, count;
	struct host_address *address;	/* owned */
};

/* Servers of the zone above at which names inside the zone may be known. */
struct inside {
	char address[DELEGATION_PARENTS][VANTAGE_ADDRESS];
	size_t count;
};

bool
delegation_address(const struct rr *rr, char out[static VANTAGE_ADDRESS])
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
			if (delegation_address(&o->rr[i], text) &&
			    strcmp(text, address) == 0)
				return true;
	return false;
}

/* Where the name is among these of the hosts, or would be. */
static struct host *
place_of(struct host *host, size_t count, const struct name *name, bool *there)
{
	int order = 1;

	*there = false;
	while (count > 0 && !*there) {
		size_t middle = count / 2;

		order = name_compare(&host[middle].name, name);
		*there = order == 0;
		if (order < 0) {
			host += middle + 1;
			count -= middle + 1;
		} else {
			count = middle;
			if (*there)
				host += middle;
		}
	}
	return host;
}

/* NULL: it is not among them. */
static struct host *
host_find(struct hosts *hosts, const struct name *name)
{
	bool there;
	struct host *host = place_of(hosts->host, hosts->parents, name, &there);

	if (!there)
		host = place_of(hosts->host + hosts->parents,
		    hosts->count - hosts->parents, name, &there);
	return there ? host : NULL;
}

/* The zone above is read first; of more names than there is room for the
   first stay. */
static void
add_host(struct hosts *hosts, const struct name *name, bool at_parent,
    bool *beyond)
{
	size_t first = at_parent ? 0 : hosts->parents;
	struct host *host = host_find(hosts, name), *end;
	bool there = host != NULL;

	if (!there) {
		host = place_of(hosts->host + first, hosts->count - first, name,
		    &there);
		*beyond |= hosts->count == BOUND_NAMES;
		if (host == &hosts->host[BOUND_NAMES])
			return;
		if (hosts->count < BOUND_NAMES)
			hosts->count++;
		end = &hosts->host[hosts->count - 1];
		memmove(host + 1, host, (size_t)(end - host) * sizeof *host);
		*host = (struct host){ .name = *name };
		if (at_parent)
			hosts->parents = hosts->count;
	}
	host->at_parent |= at_parent;
	host->at_child |= !at_parent;
}

/* All names of an NS set found in an observation. */
static void
add_set(struct hosts *hosts, const struct name *zone,
    const struct observation *o, bool at_parent, bool *beyond)
{
	struct name name;

	for (size_t i = 0; o != NULL && i < o->answers + o->authorities; i++)
		if (o->rr[i].type == RR_NS &&
		    name_equal(o->rr[i].owner, zone) &&
		    rr_target(&o->rr[i], &name) == 0)
			add_host(hosts, &name, at_parent, beyond);
}

static bool
is_address(const struct rr *rr)
{
	return (rr->type == RR_A && rr->len == 4) ||
	    (rr->type == RR_AAAA && rr->len == 16);
}

/* Sorted; where there are too many, the first stay. */
static void
add_address(struct host *host, const struct rr *rr, bool glue, bool *beyond)
{
	struct host_address *at = host->address;
	size_t rest = host->addresses;
	int order = 1;

	if (!is_address(rr))
		return;
	for (; rest > 0 && (order = at->len != rr->len ? at->len - rr->len :
	    memcmp(at->octets, rr->rdata, rr->len)) < 0; rest--)
		at++;
	if (rest == 0 || order != 0) {
		*beyond |= host->addresses == ADDRESSES;
		if (at == &host->address[ADDRESSES])
			return;
		if (host->addresses == ADDRESSES) {
			host->addresses--;
			rest--;
		}
		memmove(at + 1, at, rest * sizeof *at);
		memset(at, 0, sizeof *at);
		at->len = (uint8_t)rr->len;
		memcpy(at->octets, rr->rdata, rr->len);
		host->addresses++;
	}
	at->by_glue |= glue;
	at->by_zone |= !glue;
}

static void
read_inside(struct inside *inside, const struct delegation *d,
    const struct delegation_sets *sets)
{
	inside->count = 0;
	for (size_t r = 0; r < sets->referrals; r++) {
		const struct observation *o = sets->referral[r];
		size_t all = o->answers + o->authorities + o->additionals;

		for (size_t i = 0; i < all; i++) {
			char *text = inside->address[inside->count];

			if (!delegation_address(&o->rr[i], text) ||
			    (!d->private && address_range(text) != NULL))
				continue;
			if (++inside->count == DELEGATION_PARENTS)
				return;
		}
	}
}

/*
 * Our recursion found no way to a name inside the zone; it may have tried an
 * address where nobody is.  The servers at the registry's addresses know.
 */
static void
resolve_inside(struct delegation *d, struct host *host, uint16_t type,
    const struct inside *inside, const struct observe_log *log)
{
	for (size_t i = 0; i < inside->count; i++) {
		const struct observation *o = observe_look(log,
		    VANTAGE_AUTHORITY, inside->address[i], &host->name, type);

		if (o == NULL)
			delegation_want(d, VANTAGE_AUTHORITY,
			    inside->address[i], &host->name, type);
		for (size_t k = 0; o != NULL && o->aa && k < o->answers; k++)
			add_address(host, &o->rr[k], false, &d->beyond);
	}
}

/* The addresses of one server that our recursion finds. */
static void
resolve(struct delegation *d, const struct name *zone, struct host *host,
    const struct inside *inside, const struct observe_log *log)
{
	static const uint16_t types[] = { RR_A, RR_AAAA };
	bool own = name_is_below(&host->name, zone);

	for (size_t t = 0; t < 2; t++) {
		const struct observation *o = delegation_said(log, &host->name,
		    types[t]);

		if (o == NULL) {
			delegation_want(d, VANTAGE_RECURSIVE, "", &host->name,
			    types[t]);
			host->open = true;
			host->fresh |= types[t] == RR_A;
		}
		for (size_t i = 0; o != NULL && i < o->answers; i++)
			add_address(host, &o->rr[i], false, &d->beyond);
		if (o != NULL && (o->outcome == OUTCOME_SILENT ||
		    o->rcode == RCODE_SERVFAIL) && own &&
		    !delegation_blocked(log))
			resolve_inside(d, host, types[t], inside, log);
	}
	host->by_glue = own || host->addresses == 0;
}

/*
 * The glue of the zone above counts for a name inside the zone even where both
 * are known: whoever comes anew goes there.
 */
static void
add_glue(struct delegation *d, struct hosts *hosts,
    const struct delegation_sets *sets)
{
	for (size_t r = 0; r < sets->referrals; r++) {
		const struct observation *o = sets->referral[r];
		size_t all = o->answers + o->authorities + o->additionals;

		for (size_t i = 0; i < all; i++) {
			struct host *host = is_address(&o->rr[i]) ?
			    host_find(hosts, o->rr[i].owner) : NULL;

			if (host != NULL && host->by_glue)
				add_address(host, &o->rr[i], true, &d->beyond);
		}
	}
}

/* Is the address there to stay, or is it known that there is none? */
static bool
has_address(const struct host *host, size_t a)
{
	if (a >= host->addresses)
		return a == 0 && !host->open;
	return !host->fresh || host->address[a].len == 4;
}

/*
 * How many addresses of each there may be already: while some are not known,
 * none that would have to make room for those.  Whoever lists many could send
 * us to ever more others.
 */
static size_t
addresses_settled(const struct hosts *hosts)
{
	for (size_t i = 0; i < hosts->count; i++)
		if (hosts->host[i].open)
			return SETTLED * hosts->count <= DELEGATION_SERVERS ?
			    SETTLED : 1;
	return ADDRESSES;
}

static void
add_server(struct delegation *d, const struct name *zone,
    const struct host *host, size_t address, const struct observe_log *log)
{
	const struct host_address *at = address < host->addresses ?
	    &host->address[address] : NULL;
	char text[VANTAGE_ADDRESS] = "";
	struct delegation_server *s;

	if (d->all == DELEGATION_SERVERS) {
		d->beyond = true;
		return;
	}
	if (at != NULL)
		inet_ntop(at->len == 4 ? AF_INET : AF_INET6, at->octets, text,
		    sizeof text);
	s = &d->server[d->all++];
	s->name = host->name;
	strlcpy(s->address, text, sizeof s->address);
	s->at_parent = host->at_parent;
	s->at_child = host->at_child;
	s->by_glue = at != NULL && at->by_glue;
	s->by_zone = at != NULL && at->by_zone;
	s->barred = !d->private && address_range(text) != NULL &&
	    !vouched(log, zone, &host->name, text);
}

static int
by_server(const void *a, const void *b)
{
	const struct delegation_server *x = a, *y = b;
	int order = name_compare(&x->name, &y->name);

	return order != 0 ? order : strcmp(x->address, y->address);
}

void
delegation_doubt(struct delegation *d)
{
	bool listed = false;
	size_t kept = 0;

	for (size_t i = 0; i < d->servers; i++)
		listed |= d->server[i].at_parent;
	for (size_t i = 0; listed && i < d->servers; i++) {
		struct delegation_server s = d->server[i];
		bool inside = name_is_below(&s.name, &d->zone);

		if (!s.at_parent || (inside && !s.by_glue))
			continue;
		s.at_child = false;
		s.by_zone &= !inside;
		d->server[kept++] = s;
	}
	if (listed)
		d->servers = d->all = kept;
}

void
delegation_servers(struct delegation *d, const struct name *zone,
    const struct delegation_sets *sets, const struct observe_log *log)
{
	struct hosts hosts = { .count = 0 };
	struct inside inside;
	size_t first = d->all, settled;

	for (size_t i = 0; i < sets->referrals; i++)
		add_set(&hosts, zone, sets->referral[i], true, &d->beyond);
	add_set(&hosts, zone, sets->child, false, &d->beyond);
	hosts.address = xcalloc(hosts.count * ADDRESSES + 1,
	    sizeof *hosts.address);
	read_inside(&inside, d, sets);
	for (size_t i = 0; i < hosts.count; i++) {
		hosts.host[i].address = &hosts.address[i * ADDRESSES];
		resolve(d, zone, &hosts.host[i], &inside, log);
	}
	add_glue(d, &hosts, sets);
	settled = addresses_settled(&hosts);
	for (size_t a = 0; a < settled; a++)
		for (size_t i = 0; i < hosts.count; i++)
			if (has_address(&hosts.host[i], a))
				add_server(d, zone, &hosts.host[i], a, log);
	free(hosts.address);
	/* An NS set has no order of its own; columns should not jump. */
	qsort(&d->server[first], d->all - first, sizeof d->server[0],
	    by_server);
}
