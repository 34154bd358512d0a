#include <string.h>

#include <bsd/string.h>

#include "diagnose/diagnose-internal.h"
#include "diagnose/elsewhere.h"
#include "dns/rr.h"
#include "dns/suffix.h"

/* aa: as the zone's own. */
static bool
answered_anything(const struct observe_log *log, const char *address, bool aa)
{
	struct vantage v = { .kind = VANTAGE_AUTHORITY };

	strlcpy(v.address, address, sizeof v.address);
	return observe_heard(log, &v, aa);
}

/* A machine without IPv4 that hears the servers over IPv6. */
static bool
answers_over_ipv6(const struct delegation *delegation,
    const struct observe_log *log)
{
	for (size_t i = 0; i < delegation->all; i++)
		if (strchr(delegation->server[i].address, ':') != NULL &&
		    answered_anything(log, delegation->server[i].address,
		    false))
			return true;
	return false;
}

/*
 * Does the server say of the zone that it holds it (AA), and of none of the
 * names below?  Whoever asks it takes it for somebody who passes things on.
 */
static bool
is_half(const struct observe_log *log, const char *address,
    const struct name *zone)
{
	const struct observation *soa = observe_look(log, VANTAGE_AUTHORITY,
	    address, zone, RR_SOA);
	bool half = false;

	if (soa == NULL || soa->outcome != OUTCOME_ANSWER || !soa->aa)
		return false;

	for (size_t i = 0; i < log->count; i++) {
		const struct observation *o = log->row[i];
		const struct question *q = &o->question;

		if (o->round != log->round || q->type == RR_SOA ||
		    q->type == RR_NS || q->vantage.kind != VANTAGE_AUTHORITY ||
		    strcmp(q->vantage.address, address) != 0 ||
		    o->outcome != OUTCOME_ANSWER ||
		    (o->rcode != RCODE_NOERROR && o->rcode != RCODE_NXDOMAIN))
			continue;
		if (o->aa)
			return false;
		/* A referral has none. */
		half |= o->answers > 0 || observation_soa(o) != NULL;
	}
	return half;
}

/* By what the server says of the zone itself. */
static enum server_state
server_state(const struct observation *soa, bool answered, bool needless,
    bool complete)
{
	size_t from = 0;

	if (soa == NULL)
		return complete ? SERVER_SILENT : SERVER_WAITING;
	switch (soa->outcome) {
	case OUTCOME_NO_ROUTE:
		return needless ? SERVER_SKIPPED : SERVER_SILENT;
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
	/* An alias at the domain hides the SOA; AA still says whose it is. */
	if (!soa->aa || (observation_answer(soa, RR_SOA, &from) == NULL &&
	    observation_answer(soa, RR_CNAME, &from) == NULL))
		return SERVER_LAME;
	return SERVER_ANSWERS;
}

void
diagnose_servers(struct diagnosis *d, const struct delegation *delegation,
    const struct observe_log *log, bool complete)
{
	bool ipv6 = answers_over_ipv6(delegation, log);

	d->servers = delegation->servers;
	d->all = delegation->all;
	for (size_t i = 0; i < d->all; i++) {
		struct server_diagnosis *s = &d->server[i];
		const struct observation *soa;
		const struct rr *rr;
		size_t from = 0;

		s->server = delegation->server[i];
		s->rtt = -1;
		if (s->server.address[0] == '\0' &&
		    s->server.kind == VANTAGE_AUTHORITY) {
			s->state = SERVER_UNRESOLVABLE;
			continue;
		}
		if (s->server.barred) {
			s->state = SERVER_SKIPPED;
			continue;
		}
		soa = observe_look(log, s->server.kind, s->server.address,
		    delegation_zone_of(delegation, i), RR_SOA);
		if (s->server.kind != VANTAGE_AUTHORITY) {
			s->state = soa == NULL ? SERVER_WAITING :
			    SERVER_ANSWERS;
			continue;
		}
		s->state = server_state(soa, answered_anything(log,
		    s->server.address, true), ipv6 ||
		    strchr(s->server.address, ':') != NULL, complete);
		if (s->state == SERVER_ANSWERS && is_half(log,
		    s->server.address, delegation_zone_of(delegation, i)))
			s->state = SERVER_LAME;
		if (soa == NULL || soa->outcome != OUTCOME_ANSWER)
			continue;
		s->rtt = soa->rtt;
		if ((rr = observation_answer(soa, RR_SOA, &from)) != NULL)
			s->serial = rr_soa_serial(rr);
	}
	diagnose_copies(d, delegation, log);
}

/* Where there is no room, the last of several of a kind gives way to another
   kind; false: there is none. */
static bool
make_room(struct diagnosis *d, enum finding finding)
{
	for (size_t last = d->domains; last-- > 0;) {
		size_t same = 0;

		for (size_t i = 0; i < last; i++)
			same += d->domain[i].finding == d->domain[last].finding;
		if (same == 0 || d->domain[last].finding == finding)
			continue;
		d->domains--;
		memmove(&d->domain[last], &d->domain[last + 1],
		    (d->domains - last) * sizeof d->domain[0]);
		return true;
	}
	return false;
}

/* Behind what is as bad or worse; NULL where there is no room. */
static struct domain_diagnosis *
insert(struct diagnosis *d, enum finding finding, enum state state,
    enum cause cause, const char *text)
{
	struct domain_diagnosis *domain;
	size_t at = 0;

	if (d->domains == DIAGNOSE_DOMAIN && !make_room(d, finding))
		return NULL;
	while (at < d->domains && d->domain[at].state >= state)
		at++;
	memmove(&d->domain[at + 1], &d->domain[at],
	    (d->domains - at) * sizeof d->domain[0]);
	d->domains++;
	domain = &d->domain[at];
	domain->finding = finding;
	domain->state = state;
	domain->cause = cause;
	strlcpy(domain->subject, text, sizeof domain->subject);
	return domain;
}

struct domain_diagnosis *
diagnose_add_text(struct diagnosis *d, enum finding finding, enum state state,
    const char *text)
{
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == finding &&
		    strcmp(d->domain[i].subject, text) == 0)
			return NULL;
	return insert(d, finding, state, CAUSE_NONE, text);
}

struct domain_diagnosis *
diagnose_add(struct diagnosis *d, enum finding finding, enum state state,
    const struct name *subject)
{
	char text[NAME_TEXT];

	return diagnose_add_text(d, finding, state, name_text(subject, text));
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

bool
diagnose_required_fails(const struct diagnosis *d, const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].required &&
		    d->record[i].state == STATE_FAIL)
			return true;
	return false;
}

/*
 * Does the company run a server that people get to, or one that only the
 * zone's own rows name?  Those have a finding of their own.
 */
static bool
runs_one(const struct provider *provider, const struct diagnosis *d)
{
	bool listed = false;

	for (size_t i = 0; i < d->all; i++)
		listed |= d->server[i].server.at_parent;
	for (size_t i = 0; i < d->all; i++)
		if ((!listed || d->server[i].server.at_parent ||
		    diagnose_outside(d, i)) &&
		    provider_runs(provider, &d->server[i].server.name))
			return true;
	return false;
}

const struct observation *
diagnose_said(const struct inputs *in, const struct server_diagnosis *server,
    const struct name *name, uint16_t type)
{
	return server->state != SERVER_ANSWERS ? NULL : observe_look(in->log,
	    server->server.kind, server->server.address, name, type);
}

/* The same, if it was said as the zone's own, or by whoever stands in. */
static const struct observation *
spoken(const struct inputs *in, const struct server_diagnosis *server,
    const struct name *name, uint16_t type)
{
	return server->state != SERVER_ANSWERS ? NULL : delegation_spoken(
	    in->log, &server->server, name, type);
}

/*
 * A feedback host as MX of the domain itself: mail to people that goes there is
 * lost, all of it where no server has another MX.
 */
static void
find_diverted_mail(struct diagnosis *d, const struct inputs *in)
{
	struct delegation_part own = delegation_part(in->delegation,
	    &in->delegation->zone);
	struct name host, feedback = { .len = 0 };
	struct domain_diagnosis *domain;
	bool others = false;

	for (size_t i = own.first; i < own.end; i++) {
		const struct observation *o = diagnose_said(in, &d->server[i],
		    &in->plan->domain, RR_MX);
		const struct rr *rr;
		size_t from = 0;

		while (o != NULL && (rr = observation_answer(o, RR_MX,
		    &from)) != NULL) {
			if (rr_target(rr, &host) == -1 ||
			    !name_starts(&host, "feedback-smtp"))
				others = true;
			else if (feedback.len == 0)
				feedback = host;
		}
	}
	if (feedback.len == 0)
		return;
	domain = diagnose_add(d, FINDING_MAIL_DIVERTED, STATE_FAIL, &feedback);
	if (domain != NULL && !others)
		domain->cause = CAUSE_NO_OTHER_MX;
}

/* A CNAME at the top of the zone hides all other rows of the domain. */
static void
find_alias(struct diagnosis *d, const struct inputs *in)
{
	static const uint16_t types[] = { RR_SOA, RR_MX };
	const struct name *zone = &in->delegation->zone;
	struct delegation_part own = delegation_part(in->delegation, zone);

	for (size_t i = 2 * own.first; i < 2 * own.end; i++) {
		const struct observation *o = spoken(in, &d->server[i / 2],
		    zone, types[i % 2]);
		size_t from = 0;

		if (o != NULL && observation_answer(o, RR_CNAME, &from) != NULL)
			diagnose_add(d, FINDING_ALIAS_AT_DOMAIN, STATE_WARN,
			    zone);
	}
}

static bool
nxdomain(const struct observation *o)
{
	return o != NULL && o->rcode == RCODE_NXDOMAIN;
}

/* The text itself is there. */
static bool
stands(const struct observation *o)
{
	size_t from = 0;

	return o != NULL && observation_answer(o, RR_TXT, &from) != NULL;
}

/* No text; some zones never say that a name is not there (RFC 9824). */
static bool
is_no(const struct observation *o)
{
	return o != NULL && (o->rcode == RCODE_NOERROR ||
	    o->rcode == RCODE_NXDOMAIN) && o->answers == 0;
}

/*
 * Something exists below the doubled domain, though a random sibling does
 * not: only a form makes such names.  An empty one answers NOERROR
 * (RFC 8020); only a hit is told, absence proves nothing.
 */
static void
find_doubled(struct diagnosis *d, const struct inputs *in)
{
	struct delegation_part own = delegation_part(in->delegation,
	    &in->delegation->zone);
	struct elsewhere_bare bare;

	if (!plan_is_bare(in->plan) || elsewhere_bare(&bare, in->plan->guard,
	    &in->plan->domain, &in->delegation->zone) == -1)
		return;
	for (size_t i = own.first; i < own.end; i++) {
		const struct name *names[] = { &bare.token, &bare.keys };
		const struct observation *guard = spoken(in, &d->server[i],
		    &bare.guard, RR_TXT);

		if (is_no(guard) && stands(spoken(in, &d->server[i],
		    &bare.token, RR_TXT))) {
			diagnose_add(d, FINDING_DOUBLED_NAME, STATE_FAIL,
			    &bare.token);
			return;
		}
		if (!nxdomain(guard))
			continue;
		for (size_t k = 0; k < 2; k++) {
			const struct observation *o = spoken(in,
			    &d->server[i], names[k], RR_TXT);

			if (o == NULL || o->rcode != RCODE_NOERROR)
				continue;
			diagnose_add(d, FINDING_DOUBLED_NAME, STATE_FAIL,
			    names[k]);
			return;
		}
	}
}

/* What was not asked or kept, since there is more of it: each bound. */
static void
find_bounds(struct diagnosis *d, const struct inputs *in)
{
	const struct {
		bool met;
		enum cause cause;
	} bounds[] = {
		{ (in->met & BOUND_MET_SERVERS) != 0, CAUSE_NONE },
		{ (in->met & ~(unsigned)BOUND_MET_SERVERS) != 0, CAUSE_MUCH },
		{ d->cut, CAUSE_RECORDS },
	};
	char zone[NAME_TEXT];

	name_text(&in->delegation->zone, zone);
	for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
		if (bounds[i].met)
			insert(d, FINDING_LIMIT_REACHED, STATE_WARN,
			    bounds[i].cause, zone);
}

/* Was it said that the name has no address, of either kind? */
static bool
is_denied(const struct observe_log *log, const struct name *name)
{
	static const uint16_t types[] = { RR_A, RR_AAAA };

	for (size_t i = 0; i < 2; i++) {
		const struct observation *o = observe_look(log,
		    VANTAGE_RECURSIVE, "", name, types[i]);

		if (o == NULL || o->outcome != OUTCOME_ANSWER ||
		    (o->rcode != RCODE_NOERROR && o->rcode != RCODE_NXDOMAIN))
			return false;
	}
	return true;
}

/* What is the matter with a server, or FINDING_OK. */
static enum finding
finding_of(const struct diagnosis *d, const struct inputs *in, size_t server)
{
	const struct server_diagnosis *s = &d->server[server];

	if (diagnose_excused(s, d))
		return FINDING_OK;
	if (s->state == SERVER_ANSWERS &&
	    diagnose_drops_edns(in->log, s->server.address))
		return FINDING_NAMESERVER_NO_EDNS;
	return server_findings[s->state];
}

/*
 * A server of a zone below, one that only the zone itself names, or one that
 * answers at another address.
 */
static enum cause
where(const struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part, size_t server)
{
	for (size_t i = 0; i < d->all; i++)
		if (d->server[i].state == SERVER_ANSWERS &&
		    name_equal(&d->server[i].server.name,
		    &d->server[server].server.name) &&
		    name_equal(delegation_zone_of(in->delegation, i),
		    &part->zone))
			return CAUSE_ONE_ADDRESS;
	if (delegation_is_below(in->delegation, part))
		return CAUSE_OF_PART;
	if (d->server[server].server.at_parent)
		return CAUSE_NONE;
	for (size_t i = 0; i < d->servers; i++)
		if (d->server[i].server.at_parent)
			return CAUSE_IN_ROWS;
	return CAUSE_NONE;
}

/* The servers of a zone one by one, or all of them together. */
static void
find_servers(struct diagnosis *d, const struct inputs *in,
    const struct delegation_part *part)
{
	struct domain_diagnosis *domain;
	size_t answers = 0;

	if (diagnose_gone(d, in, part))
		return;
	for (size_t i = part->first; i < part->end; i++)
		answers += (d->server[i].state == SERVER_ANSWERS ||
		    d->server[i].state == SERVER_WAITING) &&
		    finding_of(d, in, i) == FINDING_OK;
	for (size_t i = part->first; i < part->end; i++) {
		enum finding f = finding_of(d, in, i);

		if (f == FINDING_OK)
			continue;
		domain = diagnose_add(d, f, answers > 0 || !diagnose_needs(in,
		    part) ? STATE_WARN : STATE_UNKNOWN,
		    &d->server[i].server.name);
		if (domain != NULL && diagnose_faulty(&d->server[i], d))
			domain->cause = where(d, in, part, i);
		if (domain != NULL && f == FINDING_NAMESERVER_LAME &&
		    is_half(in->log, d->server[i].server.address, &part->zone))
			domain->cause = CAUSE_HALF;
		if (domain != NULL && f == FINDING_NAMESERVER_UNRESOLVABLE &&
		    !is_denied(in->log, &d->server[i].server.name))
			domain->cause = CAUSE_LOOKUP;
		if (domain != NULL && f == FINDING_NAMESERVER_NO_EDNS &&
		    answers == 0)
			domain->cause = CAUSE_NONE_WITH_EDNS;
	}
}

/* Those of the zone itself, then those of zones below it. */
static void
find_all_servers(struct diagnosis *d, const struct inputs *in)
{
	struct delegation_part own = delegation_part(in->delegation,
	    &in->delegation->zone);

	find_servers(d, in, &own);
	for (size_t i = 0; i < in->delegation->parts; i++)
		find_servers(d, in, &in->delegation->part[i]);
	diagnose_transports(d, in);
	diagnose_names(d, in);
}

/* Whose servers these are: nobody's rows count while they only park. */
static void
find_company(struct diagnosis *d, const struct inputs *in)
{
	const struct provider *chosen = in->company->chosen;
	const struct name *zone = &in->delegation->zone;
	struct name servers[DELEGATION_SERVERS];
	bool parked = false;

	for (size_t i = 0; i < d->servers; i++)
		servers[i] = d->server[i].server.name;
	provider_detect(servers, d->servers, NULL, &parked);
	if (parked)
		diagnose_add(d, FINDING_PARKED, STATE_FAIL, zone);
	else if (chosen != NULL && chosen->nameserver != NULL &&
	    d->servers > 0 && !runs_one(chosen, d))
		diagnose_add(d, FINDING_DELEGATED_ELSEWHERE,
		    diagnose_required_fails(d, in->plan) ? STATE_FAIL :
		    STATE_WARN,
		    zone);
}

void
diagnose_domain(struct diagnosis *d, const struct inputs *in)
{
	struct domain_diagnosis *domain;
	struct name registered;

	suffix_delegated(&in->plan->domain, &registered);
	switch (in->delegation->state) {
	case DELEGATION_NOT_REGISTERED:
		domain = diagnose_add(d, FINDING_NOT_REGISTERED, STATE_FAIL,
		    &registered);
		if (domain != NULL && diagnose_inside(in, &registered))
			domain->cause = CAUSE_INSIDE;
		return;
	case DELEGATION_NO_SERVERS:
		diagnose_add(d, FINDING_NO_NAMESERVERS, STATE_FAIL,
		    &registered);
		return;
	case DELEGATION_UNKNOWN:
		if (in->complete && !diagnose_clock(d, in))
			diagnose_blocked(d, in);
		diagnose_lies(d, in);
		return;
	case DELEGATION_SEARCHING:
		return;
	case DELEGATION_FOUND:
		break;
	}
	d->dnssec = diagnose_dnssec(in);
	find_diverted_mail(d, in);
	find_alias(d, in);
	find_doubled(d, in);
	diagnose_bogus(d, in);
	find_company(d, in);
	if (!diagnose_network(d, in))
		find_all_servers(d, in);
	diagnose_lies(d, in);
	diagnose_subzones(d, in);
	if (!in->complete)
		return;		/* lists and serials may still be coming */
	find_bounds(d, in);
	diagnose_set(d, in);
	diagnose_unsigned(d, in);
	diagnose_noted(d, in);
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
