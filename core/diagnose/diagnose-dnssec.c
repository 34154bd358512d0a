#include <string.h>

#include "diagnose/diagnose-internal.h"
#include "dns/rr.h"

/*
 * libunbound 1.17's words, from the most telling on.  One that is not known
 * leaves the finding's own sentences, which quote it.
 */
static const struct {
	const char *words;
	enum cause cause;
} reasons[] = {
	{ "before inception", CAUSE_NOT_YET },
	{ "signature expired", CAUSE_EXPIRED },
	{ "no DNSKEY rrset", CAUSE_DS_LEFT },
	{ "No DNSKEY record", CAUSE_DS_LEFT },
	{ "no keys have a DS", CAUSE_DS_OTHER },
	{ "digest is different", CAUSE_DS_OTHER },
	{ "Did not match a DS", CAUSE_DS_OTHER },
	{ "proof failed", CAUSE_NO_PROOF },
	{ "no DNSSEC records", CAUSE_NO_PROOF },
	{ "no signatures", CAUSE_UNSIGNED },
};

static enum cause
cause_of(const struct observation *o)
{
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (strstr(o->reason, reasons[i].words) != NULL)
			return reasons[i].cause;
	return CAUSE_NONE;
}

/*
 * Signatures of the root itself that are out of time: they are made anew every
 * few days, so it is our clock.
 */
bool
diagnose_clock(struct diagnosis *d, const struct inputs *in)
{
	const struct name root = { .len = 1 };
	const struct observation *o = observe_look(in->log, VANTAGE_RECURSIVE,
	    "", &root, RR_NS);
	enum cause cause;

	if (o == NULL || o->outcome != OUTCOME_BOGUS)
		return false;
	cause = cause_of(o);
	if (cause != CAUSE_NOT_YET && cause != CAUSE_EXPIRED)
		return false;
	diagnose_add(d, FINDING_CLOCK_WRONG, STATE_UNKNOWN,
	    &in->plan->domain);
	return true;
}

/* A server of the zone says that the answer is to be had elsewhere. */
static bool
leads_away(const struct inputs *in, const struct question *question)
{
	if (question->type == RR_CNAME)
		return false;
	for (size_t i = 0; i < in->log->count; i++) {
		const struct observation *o = in->log->row[i];
		const struct rr *rr;
		struct name target;
		size_t from = 0;

		if (o->round == in->log->round &&
		    o->question.vantage.kind == VANTAGE_AUTHORITY &&
		    name_equal(&o->question.name, &question->name) &&
		    (rr = observation_answer(o, RR_CNAME, &from)) != NULL &&
		    rr_target(rr, &target) == 0 &&
		    !name_is_below(&target, &in->delegation->zone))
			return true;
	}
	return false;
}

/* Signatures of this zone, in this round. */
static bool
is_bogus(const struct inputs *in, const struct observation *o)
{
	return o->round == in->log->round && o->outcome == OUTCOME_BOGUS &&
	    name_is_below(&o->question.name, &in->delegation->zone) &&
	    !leads_away(in, &o->question);
}

/* The first reason that tells something: later ones only point back to it. */
void
diagnose_bogus(struct diagnosis *d, const struct inputs *in)
{
	enum cause cause = CAUSE_NONE;
	struct domain_diagnosis *domain;
	bool bogus = false;

	for (size_t i = 0; i < in->log->count; i++) {
		const struct observation *o = in->log->row[i];

		if (!is_bogus(in, o))
			continue;
		bogus = true;
		if (cause == CAUSE_NONE)
			cause = cause_of(o);
	}
	if (bogus && (domain = diagnose_add(d, FINDING_DNSSEC_BOGUS, STATE_FAIL,
	    &in->delegation->zone)) != NULL)
		domain->cause = cause;
}

/* Keys at some servers and none at others. */
void
diagnose_unsigned(struct diagnosis *d, const struct inputs *in)
{
	const struct name *zone = &in->delegation->zone;
	bool keys = false;

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < d->servers; i++) {
			const struct observation *o = diagnose_said(in,
			    &d->server[i], zone, RR_DNSKEY);
			size_t from = 0;
			bool has;

			if (o == NULL || !o->aa ||
			    o->outcome != OUTCOME_ANSWER ||
			    o->rcode != RCODE_NOERROR)
				continue;
			has = observation_answer(o, RR_DNSKEY, &from) != NULL;
			keys |= has;
			if (pass == 1 && keys && !has)
				diagnose_add(d, FINDING_NAMESERVER_UNSIGNED,
				    STATE_WARN, &d->server[i].server.name);
		}
	}
}

/*
 * A resolver that validates shows it at the root, which is signed.  Without
 * one, a zone that looks unsigned may be anything.
 */
enum dnssec
diagnose_dnssec(const struct inputs *in)
{
	enum dnssec found = DNSSEC_UNCHECKED;

	for (size_t i = 0; i < in->log->count; i++) {
		const struct observation *o = in->log->row[i];
		const struct name *name = &o->question.name;
		bool here = name_equal(name, &in->delegation->zone);

		if (o->round != in->log->round ||
		    o->question.vantage.kind != VANTAGE_RECURSIVE)
			continue;
		if (is_bogus(in, o))
			return DNSSEC_BROKEN;
		if (here && o->secure)
			found = DNSSEC_SIGNED;
		else if (found == DNSSEC_UNCHECKED && o->secure)
			found = DNSSEC_UNSIGNED;
	}
	return found;
}

const char *
dnssec_text(enum dnssec dnssec)
{
	static const char *const words[] = {
		[DNSSEC_UNCHECKED] = "unchecked",
		[DNSSEC_UNSIGNED] = "unsigned",
		[DNSSEC_SIGNED] = "signed",
		[DNSSEC_BROKEN] = "broken",
	};

	return words[dnssec];
}
