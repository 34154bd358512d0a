#include <string.h>

#include <bsd/string.h>

#include "diagnose-internal.h"
#include "rr.h"

static bool
answered_anything(const struct observe_log *log, const char *address)
{
	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];

		if (o->round == log->round && o->outcome == OUTCOME_ANSWER &&
		    o->question.vantage.kind == VANTAGE_AUTHORITY && o->aa &&
		    strcmp(o->question.vantage.address, address) == 0)
			return true;
	}
	return false;
}

/* By what the server says of the zone itself. */
static enum server_state
server_state(const struct observation *soa, bool answered, bool ipv6,
    bool complete)
{
	size_t from = 0;

	if (soa == NULL)
		return complete ? SERVER_SILENT : SERVER_WAITING;
	switch (soa->outcome) {
	case OUTCOME_NO_ROUTE:
		return ipv6 ? SERVER_SKIPPED : SERVER_SILENT;
	case OUTCOME_ANSWER:
		break;
	default:
		/* Silent only when it answered no question at all. */
		if (answered)
			return SERVER_ANSWERS;
		return complete ? SERVER_SILENT : SERVER_WAITING;
	}
	switch (soa->rcode) {
	case RCODE_REFUSED:
		return SERVER_REFUSES;
	case RCODE_NOERROR:
	case RCODE_NXDOMAIN:
		break;
	default:
		return SERVER_SERVFAIL;
	}
	if (!soa->aa || observation_answer(soa, RR_SOA, &from) == NULL)
		return SERVER_LAME;
	return SERVER_ANSWERS;
}

void
diagnose_servers(struct diagnosis *d, const struct delegation *delegation,
    const struct observe_log *log, bool complete)
{
	d->servers = delegation->servers;
	for (size_t i = 0; i < d->servers; i++) {
		struct server_diagnosis *s = &d->server[i];
		const struct observation *soa;
		const struct rr *rr;
		size_t from = 0;

		s->server = delegation->server[i];
		s->rtt = -1;
		if (s->server.address[0] == '\0') {
			s->state = SERVER_UNRESOLVABLE;
			continue;
		}
		soa = observe_look(log, VANTAGE_AUTHORITY, s->server.address,
		    &delegation->zone, RR_SOA);
		s->state = server_state(soa, answered_anything(log,
		    s->server.address), strchr(s->server.address, ':') != NULL,
		    complete);
		if (soa == NULL || soa->outcome != OUTCOME_ANSWER)
			continue;
		s->rtt = soa->rtt;
		if ((rr = observation_answer(soa, RR_SOA, &from)) != NULL)
			s->serial = rr_soa_serial(rr);
	}
}

static void
add(struct diagnosis *d, enum finding finding, enum state state,
    const struct name *subject)
{
	struct domain_diagnosis *domain;
	char text[NAME_TEXT];
	size_t at = 0;

	if (d->domains == DIAGNOSE_DOMAIN)
		return;
	name_text(subject, text);
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == finding &&
		    strcmp(d->domain[i].subject, text) == 0)
			return;
	while (at < d->domains && d->domain[at].state >= state)
		at++;
	memmove(&d->domain[at + 1], &d->domain[at],
	    (d->domains - at) * sizeof d->domain[0]);
	d->domains++;
	domain = &d->domain[at];
	domain->finding = finding;
	domain->state = state;
	strlcpy(domain->subject, text, sizeof domain->subject);
}

static const enum finding server_findings[] = {
	[SERVER_WAITING] = FINDING_OK,
	[SERVER_ANSWERS] = FINDING_OK,
	[SERVER_REFUSES] = FINDING_NAMESERVER_REFUSES,
	[SERVER_SERVFAIL] = FINDING_NAMESERVER_SERVFAIL,
	[SERVER_LAME] = FINDING_NAMESERVER_LAME,
	[SERVER_SILENT] = FINDING_NAMESERVER_SILENT,
	[SERVER_UNRESOLVABLE] = FINDING_NAMESERVER_UNRESOLVABLE,
	[SERVER_SKIPPED] = FINDING_OK,
};

static bool
required_fails(const struct diagnosis *d, const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].required &&
		    d->record[i].state == STATE_FAIL)
			return true;
	return false;
}

/* Does the company run one of the zone's servers? */
static bool
runs_one(const struct provider *provider, const struct diagnosis *d)
{
	for (size_t i = 0; i < d->servers; i++)
		if (provider_runs(provider, &d->server[i].server.name))
			return true;
	return false;
}

void
diagnose_domain(struct diagnosis *d, const struct plan *plan,
    const struct delegation *delegation, const struct provider *chosen,
    bool complete)
{
	size_t answers = 0;

	switch (delegation->state) {
	case DELEGATION_NOT_REGISTERED:
	case DELEGATION_NO_SERVERS: {
		struct name registered;

		identity_registered(&plan->domain, &registered);
		add(d, delegation->state == DELEGATION_NOT_REGISTERED ?
		    FINDING_NOT_REGISTERED : FINDING_NO_NAMESERVERS,
		    STATE_FAIL, &registered);
		return;
	}
	case DELEGATION_UNKNOWN:
		if (complete)
			add(d, FINDING_NETWORK_BLOCKED, STATE_UNKNOWN,
			    &plan->domain);
		return;
	case DELEGATION_SEARCHING:
		return;
	case DELEGATION_FOUND:
		break;
	}

	for (size_t i = 0; i < d->servers; i++)
		answers += d->server[i].state == SERVER_ANSWERS ||
		    d->server[i].state == SERVER_WAITING;
	for (size_t i = 0; i < d->servers; i++) {
		enum finding f = server_findings[d->server[i].state];

		if (f != FINDING_OK)
			add(d, f, answers > 0 ? STATE_WARN : STATE_UNKNOWN,
			    &d->server[i].server.name);
	}
	if (chosen != NULL && chosen->nameserver[0] != NULL &&
	    d->servers > 0 && !runs_one(chosen, d))
		add(d, FINDING_DELEGATED_ELSEWHERE, required_fails(d, plan) ?
		    STATE_FAIL : STATE_WARN, &delegation->zone);
}

const char *
server_state_text(enum server_state state)
{
	static const char *const words[] = {
		[SERVER_WAITING] = "waiting",
		[SERVER_ANSWERS] = "answers",
		[SERVER_REFUSES] = "refuses",
		[SERVER_SERVFAIL] = "servfail",
		[SERVER_LAME] = "lame",
		[SERVER_SILENT] = "silent",
		[SERVER_UNRESOLVABLE] = "unresolvable",
		[SERVER_SKIPPED] = "skipped",
	};

	return words[state];
}
