#include "dns/delegation-internal.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <bsd/string.h>

#include "base/xalloc.h"
#include "dns/address.h"

enum {
	HOSTS = 256,		/* rows of both NS sets that are read */
	ADDRESSES = BOUND_ADDRESSES	/* of one server */
};

struct host_address {
	char text[VANTAGE_ADDRESS];
	bool by_glue, by_zone;
};

/* A name server and its addresses. */
struct host {
	struct name name;
	bool at_parent, at_child, open;
	struct host_address address[ADDRESSES];
	size_t addresses;
};

/* The names of both sets. */
struct hosts {
	struct host *host;	/* owned */
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

static void
add_host(struct hosts *hosts, const struct name *name, bool at_parent)
{
	struct host *host = NULL;

	for (size_t i = 0; host == NULL && i < hosts->count; i++)
		if (name_equal(&hosts->host[i].name, name))
			host = &hosts->host[i];
	if (host == NULL) {
		if (hosts->count == HOSTS)
			return;
		host = &hosts->host[hosts->count++];
		host->name = *name;
	}
	host->at_parent |= at_parent;
	host->at_child |= !at_parent;
}

/* All names of an NS set found in an observation. */
static void
add_set(struct hosts *hosts, const struct name *zone,
    const struct observation *o, bool at_parent)
{
	struct name name;

	for (size_t i = 0; o != NULL && i < o->answers + o->authorities; i++)
		if (o->rr[i].type == RR_NS &&
		    name_equal(o->rr[i].owner, zone) &&
		    rr_target(&o->rr[i], &name) == 0)
			add_host(hosts, &name, at_parent);
}

/* As many names as there can be in these sets, HOSTS at most. */
static size_t
rows_of(const struct delegation_sets *sets)
{
	size_t rows = sets->child == NULL ? 0 : sets->child->answers +
	    sets->child->authorities;

	for (size_t i = 0; i < sets->referrals; i++)
		rows += sets->referral[i]->answers +
		    sets->referral[i]->authorities;
	return rows < HOSTS ? rows : HOSTS;
}

static int
by_name(const void *a, const void *b)
{
	const struct host *x = a, *y = b;

	return name_compare(&x->name, &y->name);
}

/* Sorted; where there are too many, the first by text stay. */
static void
add_address(struct host *host, const struct rr *rr, bool glue, bool *beyond)
{
	char text[VANTAGE_ADDRESS];
	struct host_address *at = host->address;
	size_t rest = host->addresses;
	int order = 1;

	if (!delegation_address(rr, text))
		return;
	for (; rest > 0 && (order = strcmp(at->text, text)) < 0; rest--)
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
		strlcpy(at->text, text, sizeof at->text);
		host->addresses++;
	}
	at->by_glue |= glue;
	at->by_zone |= !glue;
}

/*
 * Our recursion found no way to a name inside the zone; it may have tried an
 * address where nobody is.  The servers at the registry's addresses know.
 */
static void
resolve_inside(struct delegation *d, struct host *host, uint16_t type,
    const struct delegation_sets *sets, const struct observe_log *log)
{
	char address[VANTAGE_ADDRESS];
	size_t tried = 0;

	for (size_t r = 0; r < sets->referrals; r++) {
		const struct observation *glue = sets->referral[r], *o;

		for (size_t i = 0; i < glue->answers + glue->authorities +
		    glue->additionals && tried < DELEGATION_PARENTS; i++) {
			if (!delegation_address(&glue->rr[i], address) ||
			    (!d->private && address_range(address) != NULL))
				continue;
			tried++;
			o = observe_look(log, VANTAGE_AUTHORITY, address,
			    &host->name, type);
			if (o == NULL)
				delegation_want(d, VANTAGE_AUTHORITY, address,
				    &host->name, type);
			for (size_t k = 0; o != NULL && o->aa &&
			    k < o->answers; k++)
				add_address(host, &o->rr[k], false,
				    &d->beyond);
		}
	}
}

/*
 * The addresses of one server: our recursion's, and the glue of the zone
 * above, which counts for a name inside the zone even where both are known:
 * whoever comes anew goes there.
 */
static void
resolve(struct delegation *d, const struct name *zone, struct host *host,
    const struct delegation_sets *sets, const struct observe_log *log)
{
	static const uint16_t types[] = { RR_A, RR_AAAA };

	for (size_t t = 0; t < 2; t++) {
		const struct observation *o = delegation_said(log, &host->name,
		    types[t]);

		if (o == NULL) {
			delegation_want(d, VANTAGE_RECURSIVE, "", &host->name,
			    types[t]);
			host->open = true;
		}
		for (size_t i = 0; o != NULL && i < o->answers; i++)
			add_address(host, &o->rr[i], false, &d->beyond);
		if (o != NULL && (o->outcome == OUTCOME_SILENT ||
		    o->rcode == RCODE_SERVFAIL) &&
		    name_is_below(&host->name, zone) &&
		    !delegation_blocked(log))
			resolve_inside(d, host, types[t], sets, log);
	}
	if (host->addresses > 0 && !name_is_below(&host->name, zone))
		return;
	for (size_t r = 0; r < sets->referrals; r++) {
		const struct observation *o = sets->referral[r];

		for (size_t i = 0; i < o->answers + o->authorities +
		    o->additionals; i++)
			if (name_equal(o->rr[i].owner, &host->name))
				add_address(host, &o->rr[i], true,
				    &d->beyond);
	}
}

static void
add_server(struct delegation *d, const struct name *zone,
    const struct host *host, size_t address, const struct observe_log *log)
{
	const struct host_address *at = address < host->addresses ?
	    &host->address[address] : NULL;
	const char *text = at != NULL ? at->text : "";
	struct delegation_server *s;

	if (d->all == DELEGATION_SERVERS) {
		d->beyond = true;
		return;
	}
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
	size_t first = d->all;

	hosts.host = xcalloc(rows_of(sets) + 1, sizeof *hosts.host);
	for (size_t i = 0; i < sets->referrals; i++)
		add_set(&hosts, zone, sets->referral[i], true);
	add_set(&hosts, zone, sets->child, false);
	qsort(hosts.host, hosts.count, sizeof *hosts.host, by_name);
	if (hosts.count > BOUND_NAMES) {
		d->beyond = true;
		hosts.count = BOUND_NAMES;
	}
	for (size_t i = 0; i < hosts.count; i++)
		resolve(d, zone, &hosts.host[i], sets, log);
	for (size_t a = 0; a < ADDRESSES; a++)
		for (size_t i = 0; i < hosts.count; i++)
			if (a < hosts.host[i].addresses || (a == 0 &&
			    !hosts.host[i].open))
				add_server(d, zone, &hosts.host[i], a, log);
	free(hosts.host);
	/* An NS set has no order of its own; columns should not jump. */
	qsort(&d->server[first], d->all - first, sizeof d->server[0],
	    by_server);
}
