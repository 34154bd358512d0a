/*
 * In whose form a record has an effect: not always that of the company that
 * was chosen.
 */
#include "diagnose/diagnose.h"

const struct provider *
diagnose_in_force(const struct diagnosis *d, const struct company *company)
{
	for (size_t i = 0; i < d->domains; i++)
		if (company->detected != NULL &&
		    (d->domain[i].finding == FINDING_DELEGATED_ELSEWHERE ||
		    d->domain[i].finding == FINDING_NS_EDITED_IN_ZONE))
			return company->detected;
	return company_row(company);
}

/* Who runs the copy that lacks a record which another copy has; or NULL. */
static const struct provider *
other_copy(const struct diagnosis *d, const struct record_diagnosis *record)
{
	struct name servers[DELEGATION_SERVERS];
	const struct provider *found;
	size_t count = 0;

	for (size_t i = 0; i < d->all; i++)
		if (record->finding == FINDING_OTHER_COPY &&
		    (record->cell[i] == CELL_NO ||
		    record->cell[i] == CELL_OTHER))
			servers[count++] = d->server[i].server.name;
	if (count == 0)
		return NULL;
	found = provider_detect(servers, count, NULL, NULL);
	return found == NULL ? provider_generic() : found;
}

/*
 * Of several companies whose name servers are in force, this one's give no
 * answer: what was seen is in the form of another, or NULL.
 */
static const struct provider *
heard(const struct diagnosis *d, const struct provider *company)
{
	struct name servers[DELEGATION_SERVERS];
	const struct provider *found;
	size_t count = 0;
	bool runs = false;

	for (size_t i = 0; i < d->servers; i++) {
		const struct server_diagnosis *s = &d->server[i];
		bool own = provider_runs(company, &s->server.name);

		runs |= own;
		if (own && !diagnose_faulty(s, d))
			return NULL;
		if (s->state == SERVER_ANSWERS)
			servers[count++] = s->server.name;
	}
	if (!runs || count == 0)
		return NULL;
	found = provider_detect(servers, count, NULL, NULL);
	return found == NULL ? provider_generic() : found;
}

const struct provider *
diagnose_company(const struct diagnosis *d, const struct plan *plan,
    const struct company *company, const struct delegation *delegation,
    size_t index)
{
	struct delegation_part part = delegation_part(delegation,
	    &plan->wanted[index].owner);
	const struct provider *row = company_of(company, delegation, &part);
	const struct provider *other = other_copy(d, &d->record[index]);

	if (row != company_row(company))
		return row;
	if (other == NULL)
		other = heard(d, diagnose_in_force(d, company));
	return other != NULL ? other : diagnose_in_force(d, company);
}
