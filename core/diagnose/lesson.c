#include "diagnose/lesson.h"

#include <stdbool.h>
#include <string.h>

#include "dns/rr.h"

/*
 * The value stops where a form that wants quotes takes it to end, and that is
 * the first of such places: a later end is its author's, as in p=none
 * without a semicolon.
 */
static bool
is_cut(const char *value, const char *wanted)
{
	size_t len = strcspn(wanted, " ;");

	return wanted[len] != '\0' && strlen(value) == len &&
	    strncmp(value, wanted, len) == 0;
}

/* PROVIDER_LEARNT_*, against the form's rules. */
static unsigned
lesson_of(const struct form_rules *rules, const struct wanted *wanted,
    const struct record_diagnosis *record)
{
	switch (record->finding) {
	case FINDING_DOUBLED_TARGET:
		/* A form that refuses the dot can teach no dot. */
		return rules->target_rule != PROVIDER_DOT &&
		    !rules->target_strict &&
		    rules->target_sure != PROVIDER_HIGH ?
		    PROVIDER_LEARNT_DOT : 0;
	case FINDING_QUOTED_VALUE:
		return wanted->type == RR_TXT &&
		    rules->quote_rule != PROVIDER_BARE &&
		    rules->quote_sure != PROVIDER_HIGH ?
		    PROVIDER_LEARNT_BARE : 0;
	default:
		break;
	}
	return wanted->type == RR_TXT && rules->quote_rule != PROVIDER_QUOTED &&
	    rules->quote_sure != PROVIDER_HIGH && record->founds > 0 &&
	    is_cut(record->found[0].value, wanted->value) ?
	    PROVIDER_LEARNT_QUOTES : 0;
}

void
lesson_learn(struct company *company, const struct plan *plan,
    const struct diagnosis *diagnosis)
{
	const struct form_rules *rules = provider_rules(company_row(company));
	unsigned learnt = 0;

	for (size_t i = 0; i < diagnosis->records; i++)
		learnt |= lesson_of(rules, &plan->wanted[i],
		    &diagnosis->record[i]);
	company_learn(company, learnt);
}
