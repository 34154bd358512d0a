#include "report/report.h"

#include <stdio.h>

#include "base/lang.h"
#include "base/text.h"

/* The headline: what is the matter, and never more than stands below it. */

/* Does a record that is there, or the domain, deserve a second look? */
static bool
has_note(const struct diagnosis *d)
{
	for (size_t i = 0; i < d->records; i++)
		if (d->record[i].state == STATE_WARN &&
		    d->record[i].finding != FINDING_MISSING)
			return true;
	return d->domains > 0;
}

/* Is something the matter with a record that was asked for? */
static bool
needed_noted(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;

	for (size_t i = 0; i < d->records; i++)
		if (check->plan.wanted[i].required &&
		    d->record[i].state == STATE_WARN)
			return true;
	return false;
}

/* The records that SES needs and that fail, by what heals them. */
struct failed {
	size_t all;
	size_t missing;		/* to be entered */
	size_t wrong;		/* to be corrected in the form */
};

static struct failed
count_failed(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	struct failed n = { 0, 0, 0 };

	for (size_t i = 0; i < d->records; i++) {
		if (!check->plan.wanted[i].required ||
		    d->record[i].state != STATE_FAIL)
			continue;
		n.all++;
		switch (d->record[i].remedy.what) {
		case REMEDY_ENTER:
		case REMEDY_MOVE:
		case REMEDY_ADD_VALUE:
			n.missing++;
			break;
		case REMEDY_EDIT:
			n.wrong++;
			break;
		default:
			break;
		}
	}
	return n;
}

/* The domain's first failure; its count where there is none. */
static size_t
domain_failed(const struct diagnosis *d)
{
	size_t i = 0;

	while (i < d->domains && d->domain[i].state != STATE_FAIL)
		i++;
	return i;
}

/* Of failures, by what has to be done; N_(). */
static const char *
failure_text(const struct failed *n)
{
	if (n->all == 0)
		return N_("Something has to be corrected.");
	if (n->missing == n->all)
		return n->all == 1 ? N_("One record is missing.") :
		    N_("{n} records are missing.");
	if (n->wrong == n->all)
		return n->all == 1 ? N_("One record has to be corrected.") :
		    N_("{n} records have to be corrected.");
	/* A row that is right, and does not help. */
	if (n->missing + n->wrong == 0)
		return n->all == 1 ? N_("One record has no effect.") :
		    N_("{n} records have no effect.");
	return N_("{n} records are missing or wrong.");
}

/* A headline never denies what stands below it. */
static const char *
verdict_text(const struct check *check, const struct failed *n)
{
	if (plan_is_bare(&check->plan) &&
	    check->diagnosis.verdict == STATE_UNKNOWN &&
	    check->delegation.state == DELEGATION_FOUND)
		return N_("What SES wants is not known (-k, or -i with its "
		    "rows), so only the domain was looked at.");
	switch (check->diagnosis.verdict) {
	case STATE_PASS:
		return has_note(&check->diagnosis) ?
		    N_("The records SES needs are correct. See the notes.") :
		    N_("The DNS is set up correctly.");
	case STATE_WARN:
		return needed_noted(check) ?
		    N_("The records stand, but not all is as it should be. "
		    "See the notes.") : check->delegation.stands_in ?
		    N_("This network's resolver shows the records SES needs as "
		    "correct. See the notes.") :
		    N_("The records SES needs are correct. See the notes.");
	case STATE_WAIT:
		return N_("Wait: some records are not visible everywhere "
		    "yet.");
	case STATE_FAIL:
		return failure_text(n);
	default:
		return N_("Not everything could be found out.");
	}
}

void
report_verdict(struct text *t, const struct check *check)
{
	const struct failed failed = count_failed(check);
	size_t domain = domain_failed(&check->diagnosis);
	char n[24];
	const struct text_place places[] = {
		{ "n", n },
		{ NULL, NULL },
	};

	/* Where no form heals a record, the trouble is the domain's. */
	if (check->diagnosis.verdict == STATE_FAIL &&
	    domain < check->diagnosis.domains &&
	    failed.missing + failed.wrong == 0) {
		struct text summary = TEXT_INIT;

		report_domain(check, domain, REPORT_SUMMARY, &summary);
		text_add(t, summary.s);
		text_release(&summary);
		return;
	}
	snprintf(n, sizeof n, "%zu", failed.all);
	text_add_filled(t, _(verdict_text(check, &failed)), places);
}
