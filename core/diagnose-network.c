#include <string.h>

#include <bsd/string.h>

#include "diagnose-internal.h"
#include "shared.h"

/* Nothing of this server came over UDP, the way nearly all resolvers ask. */
static bool
unheard(const struct observe_log *log, const char *address)
{
	bool any = false;

	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];

		if (o->round != log->round || o->outcome != OUTCOME_ANSWER ||
		    o->question.vantage.kind != VANTAGE_AUTHORITY ||
		    strcmp(o->question.vantage.address, address) != 0 ||
		    o->question.tcp)
			continue;
		if (!o->unheard)
			return false;
		any = true;
	}
	return any;
}

/* A server that answers over one of the two ways only. */
void
diagnose_transports(struct diagnosis *d, const struct inputs *in)
{
	for (size_t i = 0; i < d->servers; i++) {
		const struct delegation_server *s = &d->server[i].server;
		struct question q = { .name = in->delegation->zone,
			.type = RR_SOA, .tcp = true };
		const struct observation *o;

		if (d->server[i].state != SERVER_ANSWERS)
			continue;
		strlcpy(q.vantage.address, s->address,
		    sizeof q.vantage.address);
		if (unheard(in->log, s->address))
			diagnose_add(d, FINDING_NAMESERVER_NO_UDP, STATE_WARN,
			    &s->name);
		o = observe_find(in->log, &q);
		if (o == NULL)
			o = observe_before(in->log, &q);
		if (o != NULL && (o->outcome == OUTCOME_SILENT ||
		    o->outcome == OUTCOME_GARBLED))
			diagnose_add(d, FINDING_NAMESERVER_NO_TCP, STATE_WARN,
			    &s->name);
	}
}

void
diagnose_lies(struct diagnosis *d, const struct inputs *in)
{
	for (size_t i = 0; i < in->vantages->count; i++)
		if (shared_lies(&in->vantages->also[i], in->plan,
		    in->delegation, in->log))
			diagnose_add_text(d, FINDING_RESOLVER_LIES, STATE_WARN,
			    in->vantages->also[i].address);
}

/* Did a resolver of this machine stand in for our recursion? */
static bool
stood_in(const struct inputs *in)
{
	for (size_t i = 0; i < in->log->count; i++) {
		const struct observation *o = in->log->row[i];

		if (o->round == in->log->round && o->outcome ==
		    OUTCOME_ANSWER && o->rcode != RCODE_SERVFAIL &&
		    o->question.vantage.kind == VANTAGE_SYSTEM)
			return delegation_blocked(in->log);
	}
	return false;
}

/*
 * What keeps every question from the name servers, so that nothing can be
 * said about them: somebody answers for nobody's address; or not one of them,
 * the registry's included, was heard.
 */
bool
diagnose_network(struct diagnosis *d, const struct inputs *in)
{
	bool heard = false, diverted = false;
	struct domain_diagnosis *domain;

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
	if (heard ? !diverted : !in->complete)
		return false;
	domain = diagnose_add(d, FINDING_NETWORK_BLOCKED, STATE_UNKNOWN,
	    &in->plan->domain);
	if (domain == NULL)
		return true;
	if (diverted)
		domain->cause = CAUSE_DIVERTED;
	else if (stood_in(in))
		domain->cause = CAUSE_STAND_IN;
	return true;
}
