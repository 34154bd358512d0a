#include "diagnose/claim-domain.h"

#include <string.h>

#include <bsd/string.h>

static const struct {
	enum finding finding;
	enum claim_kind claim;
} rests[] = {
#define REST(finding, claim)
#define DOMAIN_REST(finding, claim) { finding, claim },
#include "diagnose/rests.def"
#undef REST
#undef DOMAIN_REST
};

/* A finding, and the claims that are made for it. */
struct maker {
	const struct check *check;
	const struct domain_diagnosis *domain;
	struct name subject;	/* or the zone, where it is no name */
	struct domain_claim *claim;
	size_t claims;
};

static struct domain_claim *
add(struct maker *m, enum claim_kind kind, const struct name *owner,
    uint16_t type, uint32_t at)
{
	struct domain_claim *c;

	if (m->claims == CLAIM_DOMAIN_MAX)
		return &m->claim[CLAIM_DOMAIN_MAX - 1];
	c = &m->claim[m->claims++];
	*c = (struct domain_claim){ .kind = kind, .owner = *owner,
	    .type = type, .at = at };
	return c;
}

/*
 * The servers of the zone, or of the one below that the finding is about.  Of
 * the zone itself they have names even where a resolver stands in.
 */
static uint32_t
servers_of_zone(const struct maker *m)
{
	const struct delegation *d = &m->check->delegation;
	struct delegation_part part = delegation_listed(d, &m->subject);
	uint32_t at = 0;

	for (size_t i = part.first; i < part.end; i++)
		at |= UINT32_C(1) << i;
	return at;
}

/* Those that are called like the subject, each address by itself. */
static void
claim_server(struct maker *m, enum claim_kind kind)
{
	static const struct {
		enum claim_kind kind;
		enum server_state state;
	} states[] = {
		{ CLAIM_MUTE, SERVER_SILENT },
		{ CLAIM_REFUSES, SERVER_REFUSES },
		{ CLAIM_FAILS, SERVER_SERVFAIL },
		{ CLAIM_WITHOUT_AUTHORITY, SERVER_LAME },
		{ CLAIM_ADDRESSLESS, SERVER_UNRESOLVABLE },
	};
	const struct diagnosis *d = &m->check->diagnosis;

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *s = &d->server[i].server;
		bool is = name_equal(&s->name, &m->subject);

		for (size_t k = 0; k < sizeof states / sizeof states[0]; k++)
			if (states[k].kind == kind)
				is &= d->server[i].state == states[k].state;
		if (kind == CLAIM_WITHOUT_EDNS)
			is = is && diagnose_drops_edns(&m->check->log,
			    s->address);
		if (is)
			strlcpy(add(m, kind, delegation_zone_of(
			    &m->check->delegation, i), RR_SOA,
			    UINT32_C(1) << i)->value, s->address,
			    sizeof m->claim->value);
	}
}

/* Where the subject came by its two addresses. */
static void
claim_glue(struct maker *m)
{
	const struct diagnosis *d = &m->check->diagnosis;

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *s = &d->server[i].server;

		if (name_equal(&s->name, &m->subject) &&
		    s->by_glue != s->by_zone)
			strlcpy(add(m, s->by_glue ? CLAIM_GLUE :
			    CLAIM_OWN_ADDRESS, &s->name,
			    strchr(s->address, ':') != NULL ? RR_AAAA : RR_A,
			    UINT32_C(1) << i)->value, s->address,
			    sizeof m->claim->value);
	}
}

/* An MX of the domain itself, or an alias there. */
static void
claim_top(struct maker *m, enum claim_kind kind)
{
	const struct diagnosis *d = &m->check->diagnosis;
	bool mail = kind == CLAIM_MAIL_HOST;
	const struct name *owner = mail ? &m->check->plan.domain :
	    &m->check->delegation.zone;
	struct delegation_part own = delegation_part(&m->check->delegation,
	    &m->check->delegation.zone);
	struct domain_claim *c = NULL;

	for (size_t i = own.first; i < own.end; i++) {
		const uint16_t asked[] = { mail ? RR_MX : RR_SOA, RR_MX };

		for (size_t k = 0; k < 2; k++) {
			const struct observation *o = observe_look(
			    &m->check->log, d->server[i].server.kind,
			    d->server[i].server.address, owner, asked[k]);
			const struct rr *rr;
			struct name target;
			size_t from = 0;

			if (o == NULL || (rr = observation_answer(o, mail ?
			    RR_MX : RR_CNAME, &from)) == NULL ||
			    rr_target(rr, &target) == -1)
				continue;
			while (mail && rr != NULL && (rr_target(rr, &target) ==
			    -1 || !name_equal(&target, &m->subject)))
				rr = observation_answer(o, RR_MX, &from);
			if (rr == NULL || c != NULL)
				continue;
			c = add(m, kind, owner, rr->type, UINT32_C(1) << i);
			name_text(&target, c->value);
		}
	}
}

/* Who was asked for the MX of the domain, and has none for people. */
static void
claim_no_other(struct maker *m)
{
	const struct check *check = m->check;
	const struct diagnosis *d = &check->diagnosis;
	struct delegation_part own = delegation_part(&check->delegation,
	    &check->delegation.zone);
	uint32_t at = 0;

	for (size_t i = own.first; i < own.end; i++) {
		if (d->server[i].state == SERVER_ANSWERS && delegation_spoken(
		    &check->log, &d->server[i].server, &check->plan.domain,
		    RR_MX) != NULL)
			at |= UINT32_C(1) << i;
	}
	if (m->domain->cause == CAUSE_NO_OTHER_MX)
		add(m, CLAIM_NO_OTHER_MX, &check->plan.domain, RR_MX, at);
}

/* Each row of before that is gone, as far as there is room. */
static void
claim_lost(struct maker *m)
{
	const struct noted *noted = &m->check->background.noted;

	for (size_t i = 0; i < noted->count && m->claims <
	    CLAIM_DOMAIN_MAX; i++) {
		const struct noted_row *row = &noted->row[i];
		struct domain_claim *c;

		if (!m->check->diagnosis.lost[i])
			continue;
		c = add(m, row->type == RR_NS ? CLAIM_MOVED : CLAIM_LOST,
		    &row->owner, row->type, row->type == RR_NS ?
		    servers_of_zone(m) : 0);
		strlcpy(c->value, row->value, sizeof c->value);
	}
}

/* Two servers with two serials. */
static void
claim_serials(struct maker *m)
{
	const struct diagnosis *d = &m->check->diagnosis;

	for (size_t i = 0; i < d->servers; i++)
		for (size_t k = 0; k < i; k++)
			if (d->server[i].copy == d->server[k].copy &&
			    d->server[i].serial != 0 &&
			    d->server[k].serial != 0 &&
			    d->server[i].serial != d->server[k].serial) {
				add(m, CLAIM_SERIALS, &m->subject, RR_SOA,
				    UINT32_C(1) << i | UINT32_C(1) << k);
				return;
			}
}

/* What the zone names and the registry does not, or the other way round. */
static void
claim_lists(struct maker *m, enum claim_kind kind)
{
	const struct diagnosis *d = &m->check->diagnosis;
	uint32_t at = 0;

	for (size_t i = 0; i < d->servers; i++)
		if (kind == CLAIM_UNLISTED ? !d->server[i].server.at_parent :
		    d->server[i].server.at_parent !=
		    d->server[i].server.at_child)
			at |= UINT32_C(1) << i;
	if (at != 0)
		add(m, kind, &m->check->delegation.zone, RR_NS, at);
}

/* What keeps all questions from the servers. */
static void
claim_network(struct maker *m)
{
	const struct name *domain = &m->check->plan.domain;
	enum claim_kind kind = m->domain->cause == CAUSE_DIVERTED ?
	    CLAIM_DIVERTED : m->domain->cause == CAUSE_NO_IPV6 ?
	    CLAIM_IPV6_ALONE : CLAIM_UNREACHED;

	add(m, kind, domain, RR_NS, kind == CLAIM_IPV6_ALONE ?
	    servers_of_zone(m) : 0);
}

/* Copies: of a record that one has, the servers that have it not. */
static void
claim_copies(struct maker *m)
{
	const struct check *check = m->check;

	for (size_t w = 0; w < check->plan.count; w++) {
		const struct record_diagnosis *r = &check->diagnosis.record[w];
		uint32_t lacks = 0;

		for (size_t i = 0; i < check->diagnosis.all; i++)
			if (r->cell[i] == CELL_NO || r->cell[i] == CELL_OTHER)
				lacks |= UINT32_C(1) << i;
		if (r->finding != FINDING_OTHER_COPY || lacks == 0)
			continue;
		add(m, CLAIM_LACKS, &check->plan.wanted[w].owner,
		    check->plan.wanted[w].type, lacks);
		return;
	}
}

/* Of a zone and its servers; of one below only where it was said whose. */
static void
claim_zone(struct maker *m, enum claim_kind kind)
{
	const struct delegation *d = &m->check->delegation;

	if (kind != CLAIM_HANDED_ON || !d->stands_in ||
	    delegation_part(d, &m->subject).host.len > 0)
		add(m, kind, &m->subject, RR_NS, servers_of_zone(m));
}

static void
make(struct maker *m, enum claim_kind kind)
{
	const struct check *check = m->check;
	const struct name *zone = &check->delegation.zone;

	switch (kind) {
	case CLAIM_MUTE:
	case CLAIM_REFUSES:
	case CLAIM_FAILS:
	case CLAIM_WITHOUT_AUTHORITY:
	case CLAIM_ADDRESSLESS:
	case CLAIM_TCP_ALONE:
	case CLAIM_UDP_ALONE:
	case CLAIM_WITHOUT_EDNS:
	case CLAIM_INNER_ADDRESS:
	case CLAIM_SERVER_ALIAS:
	case CLAIM_UNSIGNED_COPY:
		claim_server(m, kind);
		return;
	case CLAIM_GLUE:
		claim_glue(m);
		return;
	case CLAIM_MAIL_HOST:
	case CLAIM_TOP_ALIAS:
		claim_top(m, kind);
		return;
	case CLAIM_NO_OTHER_MX:
		claim_no_other(m);
		return;
	case CLAIM_LOST:
		claim_lost(m);
		return;
	case CLAIM_SERIALS:
		claim_serials(m);
		return;
	case CLAIM_ONE_LIST:
	case CLAIM_UNLISTED:
		claim_lists(m, kind);
		return;
	case CLAIM_UNREACHED:
		claim_network(m);
		return;
	case CLAIM_LACKS:
		claim_copies(m);
		return;
	case CLAIM_IN_FORCE:
	case CLAIM_DISOWNED:
	case CLAIM_HANDED_ON:
		claim_zone(m, kind);
		return;
	case CLAIM_CLOCK:
		add(m, kind, &(struct name){ .len = 1 }, RR_NS, 0);
		return;
	case CLAIM_MADE_UP:
		strlcpy(add(m, kind, zone, RR_SOA, 0)->value,
		    m->domain->subject, sizeof m->claim->value);
		return;
	default:
		add(m, kind, &m->subject, kind == CLAIM_BELOW_DOUBLED ?
		    RR_TXT : RR_NS, 0);
		return;
	}
}

size_t
claims_of_domain(struct domain_claim out[static CLAIM_DOMAIN_MAX],
    const struct check *check, size_t index)
{
	struct maker m = { .check = check, .claim = out,
		.domain = &check->diagnosis.domain[index] };
	const char *why;

	if (name_parse(&m.subject, m.domain->subject, &why) == -1)
		m.subject = check->delegation.zone;
	for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++)
		if (rests[i].finding == m.domain->finding)
			make(&m, rests[i].claim);
	return m.claims;
}
