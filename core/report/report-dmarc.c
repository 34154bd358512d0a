#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "mail/dmarc.h"
#include "report/report-internal.h"
#include "report/report.h"

/* What the record asks of receivers today. */
static const char *
asks_today(enum dmarc_policy policy)
{
	switch (policy) {
	case DMARC_REJECT:
		return N_("{value} asks to refuse mail that does not pass.");
	case DMARC_QUARANTINE:
		return N_("{value} asks to put mail that does not pass into "
		    "the spam folder.");
	default:
		return N_("{value} asks to deliver mail that does not pass "
		    "like any other.");
	}
}

/* The record that was found at the name or above, or NULL. */
static const struct found *
found_record(const struct record_diagnosis *r)
{
	for (size_t i = 0; i < r->founds; i++)
		if (dmarc_is_record((const uint8_t *)r->found[i].value,
		    strlen(r->found[i].value)))
			return &r->found[i];
	return NULL;
}

/* The next rung and what it asks first; one sentence. */
static const char *
next_rung(const struct dmarc *dmarc, enum dmarc_policy policy)
{
	if (policy == DMARC_REJECT)
		return N_("Nothing stricter exists: leave it as it is.");
	if (!dmarc->reports)
		return N_("Next: once a mailbox of yours can take one report a "
		    "day from each receiver, add its address to this row "
		    "(rua=mailto:...).");
	if (policy == DMARC_QUARANTINE)
		return N_("Next: p=reject, once the reports of some weeks show "
		    "that none of your own mail was put aside.");
	return N_("Next: p=quarantine, once the reports of some weeks show "
	    "that all your own mail passes.");
}

void
report_dmarc_next(const struct check *check, size_t index, struct text *t)
{
	const struct record_diagnosis *r = &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct found *found = found_record(r);
	struct text remarks = TEXT_INIT;
	char owner[NAME_TEXT];
	const struct text_place places[] = {
		{ "value", found != NULL ? found->value : "" },
		{ "owner", found != NULL ? name_text(&found->owner, owner) :
		    "" },
		{ "wanted", wanted->value },
		{ NULL, NULL },
	};
	enum dmarc_policy policy;
	struct dmarc dmarc;
	bool inherited;

	text_clear(t);
	if (r->finding == FINDING_UNREACHABLE)
		report_add(t, N_("Whether a DMARC row is there could not "
		    "be found out."), places);
	else if (r->finding == FINDING_NOT_YET)
		report_add(t, N_("The DMARC row that was entered cannot be "
		    "seen yet."), places);
	else if (r->finding == FINDING_MISSING)
		report_add(t, N_("There is no DMARC row yet. Begin with "
		    "the row of step 4, {wanted}: it asks for nothing and does "
		    "no harm."), places);
	else if (found == NULL || r->finding == FINDING_DMARC_MULTIPLE ||
	    dmarc_parse(&dmarc, (const uint8_t *)found->value,
	    strlen(found->value)) == -1)
		report_add(t, N_("The DMARC row has to be put right "
		    "first; step 5 shows how."), places);
	if (t->len > 0)
		return;
	inherited = !name_equal(&found->owner, &wanted->owner);
	policy = dmarc_policy(&dmarc, inherited, true);
	report_add(t, asks_today(policy), places);
	if (inherited)
		report_add(t, N_("The row stands at {owner}, above the "
		    "domain: whoever runs that decides what comes next."),
		    places);
	else
		report_add(t, next_rung(&dmarc, policy), places);
	if (!inherited && policy != DMARC_REJECT)
		report_add(t, N_("Change this one row; never enter a "
		    "second one, and never go back to less."), places);
	report_record(check, index, REPORT_REMARKS, &remarks);
	if (remarks.len > 0)
		text_line_add(t, remarks.s);
	text_release(&remarks);
}
