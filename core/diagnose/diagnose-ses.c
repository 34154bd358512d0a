/*
 * What SES says of the domain beside what DNS shows now: which of the two is
 * older, and whether both speak of the same name servers.  The sentences stand
 * in report/report-ses.c.
 */
#include <string.h>

#include "diagnose/diagnose-internal.h"
#include "dns/rr.h"
#include "dns/suffix.h"

/* How one proof stands; STATE_COUNT: it is not wanted. */
static enum state
proof_of(const struct diagnosis *d, const struct plan *plan, enum proof p)
{
	enum state worst = STATE_PASS;
	bool wanted = false;

	for (size_t i = 0; i < plan->count; i++) {
		if (plan->wanted[i].proves != p)
			continue;
		wanted = true;
		if (d->record[i].state > worst)
			worst = d->record[i].state;
	}
	return wanted ? worst : STATE_COUNT;
}

/* How the domain's proof stands: one whole proof is enough. */
static enum state
proof(const struct diagnosis *d, const struct plan *plan)
{
	enum state best = STATE_COUNT;

	for (enum proof p = PROOF_NONE + 1; p < PROOF_COUNT; p++) {
		enum state one = proof_of(d, plan, p);

		if (one < best)
			best = one;
	}
	return best == STATE_COUNT ? STATE_UNKNOWN : best;
}

/*
 * The proof that AWS still looks for: DKIM where it was given.  An older TXT
 * beside it is no reason to say that nothing is left to do.
 */
static enum state
looked_for(const struct diagnosis *d, const struct plan *plan)
{
	for (enum proof p = PROOF_NONE + 1; p < PROOF_COUNT; p++) {
		enum state one = proof_of(d, plan, p);

		if (one != STATE_COUNT)
			return one;
	}
	return STATE_UNKNOWN;
}

bool
diagnose_proof_fails(const struct diagnosis *d, const struct plan *plan)
{
	return proof(d, plan) == STATE_FAIL;
}

bool
diagnose_overdue(const struct plan *plan, const struct wanted *wanted)
{
	enum ses_status status = plan->identity.status;

	return wanted->proves != PROOF_NONE && (status == SES_FAILED ||
	    status == SES_TEMPORARY_FAILURE || status == SES_VERIFIED);
}

/* Do we see what SES's error word says? */
static bool
same_error(const struct diagnosis *d, const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const char *error =
		    finding_row(d->record[i].finding)->ses_error;

		if (plan->wanted[i].required && error != NULL &&
		    strcmp(error, plan->identity.error) == 0)
			return true;
	}
	for (size_t i = 0; i < d->domains; i++) {
		const char *error =
		    finding_row(d->domain[i].finding)->ses_error;

		if (error != NULL && strcmp(error, plan->identity.error) == 0)
			return true;
	}
	return false;
}

static bool
is_of_aws(const char *error)
{
	return strcmp(error, "SERVICE_ERROR") == 0 ||
	    strncmp(error, "REPLICATION_", 12) == 0;
}

/* An error word beside SUCCESS is an old one: it is not looked at. */
static enum ses_note
note(const struct diagnosis *d, const struct plan *plan)
{
	const struct identity *identity = &plan->identity;
	enum state ours = looked_for(d, plan);
	bool right = ours <= STATE_WARN, wrong = ours == STATE_FAIL;
	bool lost = diagnose_proof_fails(d, plan);

	switch (identity->status) {
	case SES_VERIFIED:
		return lost ? SES_NOTE_LOST : SES_NOTE_NONE;
	case SES_TEMPORARY_FAILURE:
		return lost ? SES_NOTE_LOST :
		    right ? SES_NOTE_RETURNS : SES_NOTE_NONE;
	case SES_FAILED:
		return right ? SES_NOTE_STOPPED : SES_NOTE_STOPPED_WRONG;
	case SES_PENDING:
		break;
	default:
		return SES_NOTE_NONE;
	}
	if (is_of_aws(identity->error))
		return SES_NOTE_AT_AWS;
	if (identity->error[0] == '\0')
		return right ? SES_NOTE_WAITS : SES_NOTE_NONE;
	if (right)
		return SES_NOTE_LOOKED_BEFORE;
	if (!wrong)
		return SES_NOTE_NONE;
	return same_error(d, plan) ? SES_NOTE_AGREES : SES_NOTE_DIFFERS;
}

/* The primary server that the zone names now. */
static bool
live_primary(const struct diagnosis *d, const struct inputs *in,
    struct name *out)
{
	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o;
		const struct rr *rr;
		size_t from = 0;

		if (d->server[i].state != SERVER_ANSWERS)
			continue;
		o = observe_look(in->log, VANTAGE_AUTHORITY,
		    d->server[i].server.address, &in->delegation->zone,
		    RR_SOA);
		if (o != NULL && (rr = observation_answer(o, RR_SOA, &from)) !=
		    NULL && rr_target(rr, out) == 0)
			return true;
	}
	return false;
}

/* One company's servers: by the catalogue, else by their own domain. */
static bool
same_company(const struct name *a, const struct name *b)
{
	const struct provider *one = provider_detect(a, 1, NULL, NULL);
	const struct provider *other = provider_detect(b, 1, NULL, NULL);
	struct name left, right;

	if (one != NULL && other != NULL)
		return one == other;
	suffix_registered(a, &left);
	suffix_registered(b, &right);
	return name_equal(&left, &right);
}

/*
 * AWS hands out the primary server of the zone that it saw.  When neither the
 * zone nor the servers in force know that company, it saw another zone.
 */
static void
find_elsewhere(struct diagnosis *d, const struct inputs *in)
{
	const struct identity *identity = &in->plan->identity;
	struct name seen, live;
	const char *why;

	if (identity->soa[0] == '\0' || (identity->status == SES_VERIFIED &&
	    !diagnose_required_fails(d, in->plan)) ||
	    name_parse(&seen, identity->soa, &why) == -1 ||
	    !live_primary(d, in, &live) || same_company(&seen, &live))
		return;
	for (size_t i = 0; i < d->servers; i++)
		if (same_company(&seen, &d->server[i].server.name))
			return;
	diagnose_add_text(d, FINDING_SES_ELSEWHERE, STATE_WARN, identity->soa);
}

void
diagnose_ses(struct diagnosis *d, const struct inputs *in)
{
	d->ses_note = SES_NOTE_NONE;
	if (!in->complete || plan_is_bare(in->plan) ||
	    in->delegation->state != DELEGATION_FOUND)
		return;
	find_elsewhere(d, in);
	d->ses_note = note(d, in->plan);
}

const char *
ses_note_text(enum ses_note ses_note)
{
	static const char *const words[] = {
		[SES_NOTE_NONE] = "",
		[SES_NOTE_WAITS] = "waits",
		[SES_NOTE_LOOKED_BEFORE] = "looked-before",
		[SES_NOTE_AGREES] = "agrees",
		[SES_NOTE_DIFFERS] = "differs",
		[SES_NOTE_STOPPED] = "stopped",
		[SES_NOTE_STOPPED_WRONG] = "stopped-wrong",
		[SES_NOTE_LOST] = "lost",
		[SES_NOTE_RETURNS] = "returns",
		[SES_NOTE_AT_AWS] = "at-aws",
	};

	return words[ses_note];
}
