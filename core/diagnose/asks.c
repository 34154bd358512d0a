#include "diagnose/asks.h"

#include <string.h>

#include "mail/dmarc.h"

/* A catch-all that holds a DMARC record is one at every name. */
static bool
finds_dmarc(const struct record_diagnosis *record)
{
	for (size_t i = 0; i < record->founds; i++)
		if (dmarc_is_record((const uint8_t *)record->found[i].value,
		    strlen(record->found[i].value)))
			return true;
	return false;
}

enum asks
asks_for(const struct record_diagnosis *record, const struct policy *policy)
{
	if (!record->settled)
		return ASKS_IF_NONE;
	if (policy->inherited)
		return ASKS_NOT;
	switch (record->finding) {
	case FINDING_UNREACHABLE:
	case FINDING_DNSSEC_BOGUS:
		return ASKS_IF_NONE;
	case FINDING_WILDCARD:
		if (finds_dmarc(record))
			return ASKS_NOT;
		break;
	case FINDING_MISSING:
	case FINDING_NOT_YET:
	case FINDING_DOUBLED_NAME:
	case FINDING_MISPLACED:
	case FINDING_WRONG_TYPE:
		break;
	default:
		return ASKS_NOT;
	}
	return policy->unheard ? ASKS_IF_NONE : ASKS_ALWAYS;
}

enum asks
asks_of(const struct check *check, size_t index)
{
	return check->plan.wanted[index].kind != WANTED_DMARC ? ASKS_ALWAYS :
	    check->diagnosis.record[index].asks;
}

size_t
asks_after(const struct check *check, size_t index)
{
	for (index++; index < check->plan.count; index++)
		if (asks_of(check, index) != ASKS_NOT)
			return index;
	return check->plan.count;
}

size_t
asks_before(const struct check *check, size_t index)
{
	while (index-- > 0)
		if (asks_of(check, index) != ASKS_NOT)
			return index;
	return check->plan.count;
}
