#include "diagnose/check-internal.h"

#include <string.h>

#include "company/company.h"
#include "diagnose/lesson.h"
#include "dns/rr.h"

/* Whose form the rows of a check are typed into. */

const struct provider *
check_company(const struct check *check)
{
	return check->learnt != 0 ? &check->corrected : check->provider;
}

bool
check_detection_is_sure(const struct check *check)
{
	struct name server;
	const char *why;

	return check->detected != NULL &&
	    name_parse(&server, check->evidence, &why) == 0 &&
	    provider_surely_runs(check->detected, &server);
}

size_t
check_candidates(const struct check *check,
    const struct provider *out[static PROVIDER_CANDIDATES])
{
	struct name server;
	const char *why;

	if (check->provider_chosen || check->detected == NULL ||
	    name_parse(&server, check->evidence, &why) == -1)
		return 0;
	return provider_candidates(out, &server);
}

const struct provider *
check_form_of(const struct check *check, const struct wanted *wanted,
    struct name *zone)
{
	struct delegation_part part = delegation_part(&check->delegation,
	    &wanted->owner);

	check_zone(check, zone);
	if (!delegation_is_below(&check->delegation, &part))
		return check_company(check);
	*zone = part.zone;
	return company_of_part(&check->delegation, &part);
}

/* The company that _domainconnect names, by its value or where it leads. */
static const struct provider *
hinted(const struct check *check, const struct name *hint)
{
	const struct observation *o = observe_look(&check->log,
	    VANTAGE_RECURSIVE, "", hint, RR_TXT);
	const struct provider *found = NULL;
	char text[NAME_TEXT];

	for (size_t i = 0; o != NULL && found == NULL && i < o->answers; i++)
		if (rr_value(&o->rr[i], text, sizeof text) < sizeof text)
			found = provider_of_connect(text);
	return found;
}

void
check_detect(struct check *check)
{
	const struct delegation *d = &check->delegation;
	struct name told;
	size_t evidence = 0;

	if (d->servers == 0)
		return;
	/* Again with each server that becomes known: one gives it away. */
	check->detected = company_behind(d, &evidence, &check->parked);
	if (check->detected != NULL)
		told = d->server[evidence].name;
	else if (delegation_hint(d, &told) == 0)
		check->detected = hinted(check, &told);
	if (check->detected != NULL)
		name_text(&told, check->evidence);
	if (!check->provider_chosen)
		check_set_provider(check, NULL);
}

/* What really came out outweighs a fact of a form that is not sure. */
void
check_learn(struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	const struct provider *row = provider_form_row(check->provider);

	for (size_t i = 0; i < d->records && i < check->plan.count; i++)
		check->learnt |= lesson_of(row, &check->plan.wanted[i],
		    &d->record[i]);
	if (check->learnt != 0)
		provider_correct(&check->corrected, check->provider,
		    check->learnt);
}
