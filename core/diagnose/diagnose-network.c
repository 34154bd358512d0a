#include <string.h>

#include <bsd/string.h>

#include "diagnose/diagnose-internal.h"
#include "diagnose/rewriting.h"
#include "dns/address.h"
#include "dns/suffix.h"

static bool
is_ipv6(const char *address)
{
	return strchr(address, ':') != NULL;
}

/* Only inside networks are there such addresses. */
static bool
is_private(const struct delegation_server *server)
{
	const struct address_range *range = address_range(server->address);

	return server->barred || (range != NULL && range->inner);
}

bool
diagnose_passed_over(const struct server_diagnosis *server,
    const struct diagnosis *d)
{
	if (server->state != SERVER_SILENT || !is_ipv6(server->server.address))
		return false;
	for (size_t i = 0; i < d->all; i++)
		if (d->server[i].state == SERVER_ANSWERS &&
		    name_equal(&d->server[i].server.name,
		    &server->server.name))
			return true;
	return false;
}

bool
diagnose_faulty(const struct server_diagnosis *server,
    const struct diagnosis *d)
{
	return (server->state == SERVER_REFUSES ||
	    server->state == SERVER_SERVFAIL ||
	    server->state == SERVER_LAME ||
	    server->state == SERVER_SILENT ||
	    server->state == SERVER_UNRESOLVABLE) &&
	    !diagnose_excused(server, d);
}

bool
diagnose_excused(const struct server_diagnosis *server,
    const struct diagnosis *d)
{
	return diagnose_passed_over(server, d) ||
	    (server->state == SERVER_SILENT &&
	    is_private(&server->server));
}

/* A server that is not asked since nobody outside has such an address. */
static void
tell_private(struct diagnosis *d, const struct delegation_server *server)
{
	struct domain_diagnosis *domain;
	bool answers = false;

	for (size_t i = 0; i < d->servers; i++)
		answers |= d->server[i].state == SERVER_ANSWERS ||
		    d->server[i].state == SERVER_WAITING;
	domain = diagnose_add(d, FINDING_NAMESERVER_PRIVATE,
	    answers || !server->barred ? STATE_WARN : STATE_UNKNOWN,
	    &server->name);
	if (domain != NULL && server->barred)
		domain->cause = CAUSE_BARRED;
}

void
diagnose_names(struct diagnosis *d, const struct inputs *in)
{
	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *s = &d->server[i].server;
		const struct observation *o = observe_look(in->log,
		    VANTAGE_RECURSIVE, "", &s->name, RR_A);
		size_t from = 0;

		if (is_private(s))
			tell_private(d, s);
		if (o != NULL && o->outcome == OUTCOME_ANSWER &&
		    observation_answer(o, RR_CNAME, &from) != NULL)
			diagnose_add(d, FINDING_NAMESERVER_ALIAS, STATE_WARN,
			    &s->name);
	}
}

/* The next answer of a name server to what was asked over UDP, or NULL. */
static const struct observation *
next_answer(const struct observe_log *log, size_t *from)
{
	while (*from < log->count) {
		const struct observation *o = log->row[(*from)++];

		if (o->round == log->round && o->outcome == OUTCOME_ANSWER &&
		    o->question.vantage.kind == VANTAGE_AUTHORITY &&
		    !o->question.tcp)
			return o;
	}
	return NULL;
}

static bool
is_from(const struct observation *o, const char *address)
{
	return strcmp(o->question.vantage.address, address) == 0;
}

bool
diagnose_unheard(const struct observe_log *log, const char *address)
{
	const struct observation *o;
	bool any = false;
	size_t from = 0;

	while ((o = next_answer(log, &from)) != NULL)
		if (is_from(o, address)) {
			if (!o->unheard)
				return false;
			any = true;
		}
	return any;
}

/* Where no server at all answers with EDNS, it may be our own network. */
static bool
lets_edns_out(const struct observe_log *log)
{
	const struct observation *o;
	size_t from = 0;

	while ((o = next_answer(log, &from)) != NULL)
		if (!o->tcp && !o->no_edns)
			return true;
	return false;
}

bool
diagnose_drops_edns(const struct observe_log *log, const char *address)
{
	const struct observation *o;
	bool any = false;
	size_t from = 0;

	while ((o = next_answer(log, &from)) != NULL)
		if (is_from(o, address) && !o->tcp) {
			if (!o->no_edns)
				return false;
			any = true;
		}
	return any && lets_edns_out(log);
}

/* What the server said over TCP, whenever it was asked; NULL: not yet. */
static const struct observation *
over_tcp(const struct inputs *in, const struct delegation_server *server)
{
	struct question q = { .name = in->delegation->zone, .type = RR_SOA,
		.tcp = true };
	const struct observation *o;

	strlcpy(q.vantage.address, server->address, sizeof q.vantage.address);
	o = observe_find(in->log, &q);
	return o != NULL ? o : observe_before(in->log, &q, in->log->round);
}

/* Where no server at all answers over TCP, it may be our own network. */
static bool
lets_tcp_out(const struct observe_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		if (log->row[i]->tcp &&
		    log->row[i]->outcome == OUTCOME_ANSWER)
			return true;
	return false;
}

/* A server that answers over one of the two ways only. */
void
diagnose_transports(struct diagnosis *d, const struct inputs *in)
{
	bool tcp = lets_tcp_out(in->log);

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *s = &d->server[i].server;
		const struct observation *o = over_tcp(in, s);

		if (d->server[i].state != SERVER_ANSWERS)
			continue;
		if (diagnose_unheard(in->log, s->address))
			diagnose_add(d, FINDING_NAMESERVER_NO_UDP, STATE_WARN,
			    &s->name);
		if (tcp && o != NULL && (o->outcome == OUTCOME_SILENT ||
		    o->outcome == OUTCOME_GARBLED))
			diagnose_add(d, FINDING_NAMESERVER_NO_TCP, STATE_WARN,
			    &s->name);
	}
}

bool
diagnose_inside(const struct inputs *in, const struct name *registered)
{
	for (size_t i = 0; i < in->vantages->count; i++) {
		const struct vantage *v = &in->vantages->also[i];
		const struct observation *o = observe_look(in->log, v->kind,
		    v->address, registered, RR_SOA);
		size_t from = 0;

		if (v->kind == VANTAGE_SYSTEM && o != NULL &&
		    observation_answer(o, RR_SOA, &from) != NULL)
			return true;
	}
	return false;
}

void
diagnose_lies(struct diagnosis *d, const struct inputs *in)
{
	for (size_t i = 0; i < in->vantages->count; i++) {
		struct domain_diagnosis *domain;

		if (!rewriting_seen(in->vantages, i, in->plan, in->delegation,
		    in->log))
			continue;
		domain = diagnose_add_text(d, FINDING_RESOLVER_LIES,
		    STATE_WARN, in->vantages->also[i].address);
		if (domain != NULL && rewriting_goes_by_others(in->vantages, i,
		    in->plan, in->delegation, in->log))
			domain->cause = CAUSE_OTHER_SERVERS;
	}
}

/* Does a resolver that answers hold this of the domain? */
static bool
any_resolver(const struct inputs *in, bool (*holds)(const struct vantage *,
    const struct name *, const struct observe_log *))
{
	struct name registered;

	suffix_delegated(&in->plan->domain, &registered);
	for (size_t i = 0; i < in->vantages->count; i++)
		if (holds(&in->vantages->also[i],
		    in->delegation->state == DELEGATION_FOUND ?
		    &in->delegation->zone : &registered, in->log))
			return true;
	return false;
}

/* Does a resolver that answers say that the domain does not exist? */
static bool
is_denied(const struct inputs *in)
{
	struct name registered;

	if (in->delegation->state == DELEGATION_FOUND)
		return false;
	suffix_delegated(&in->plan->domain, &registered);
	for (size_t i = 0; i < in->vantages->count; i++) {
		const struct vantage *v = &in->vantages->also[i];
		const struct observation *o = observe_look(in->log, v->kind,
		    v->address, &registered, RR_NS);

		if (o != NULL && o->outcome == OUTCOME_ANSWER &&
		    o->rcode == RCODE_NXDOMAIN && observation_soa(o) != NULL)
			return true;
	}
	return false;
}

struct domain_diagnosis *
diagnose_blocked(struct diagnosis *d, const struct inputs *in)
{
	bool stands_in = in->delegation->stands_in;
	struct domain_diagnosis *domain = diagnose_add(d,
	    FINDING_NETWORK_BLOCKED, stands_in ? STATE_WARN : STATE_UNKNOWN,
	    &in->plan->domain);

	if (domain != NULL && stands_in)
		domain->cause = CAUSE_STAND_IN;
	else if (domain != NULL && any_resolver(in, rewriting_is_authority))
		domain->cause = CAUSE_OWN_COPY;
	else if (domain != NULL && any_resolver(in, rewriting_copies))
		domain->cause = CAUSE_BARE_NO;
	else if (domain != NULL && is_denied(in))
		domain->cause = CAUSE_DENIED;
	return domain;
}

/*
 * What keeps every question from the name servers, so that nothing can be
 * said about them: somebody answers for nobody's address; all are beyond our
 * reach; or not one of them, the registry's included, was heard.
 */
bool
diagnose_network(struct diagnosis *d, const struct inputs *in)
{
	bool heard = false, diverted = false, skipped = d->servers > 0;
	bool barred = skipped;
	struct domain_diagnosis *domain;

	for (size_t i = 0; i < d->servers; i++)
		skipped &= d->server[i].state == SERVER_SKIPPED,
		barred &= d->server[i].server.barred;
	/* Whom we do not ask cannot be heard. */
	if (barred)
		return false;
	for (size_t i = 0; i < in->log->count; i++) {
		const struct observation *o = in->log->row[i];
		const struct vantage *v = &o->question.vantage;

		if (o->round != in->log->round ||
		    v->kind != VANTAGE_AUTHORITY ||
		    o->outcome != OUTCOME_ANSWER)
			continue;
		heard = true;
		diverted |= strcmp(v->address, PROBE_NOBODY) == 0;
	}
	if (heard ? !diverted && !skipped : !in->complete)
		return false;
	domain = diagnose_blocked(d, in);
	if (domain != NULL && diverted)
		domain->cause = CAUSE_DIVERTED;
	else if (domain != NULL && domain->cause == CAUSE_NONE && skipped)
		domain->cause = CAUSE_NO_IPV6;
	return true;
}
