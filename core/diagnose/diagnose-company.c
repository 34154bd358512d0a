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

static bool
lacks(const struct record_diagnosis *record, size_t server)
{
	return record->cell[server] == CELL_NO ||
	    record->cell[server] == CELL_OTHER;
}

bool
diagnose_lacking_copy(const struct diagnosis *d,
    const struct record_diagnosis *record, size_t server)
{
	size_t first = 0;

	if (record->finding != FINDING_OTHER_COPY || !lacks(record, server))
		return false;
	while (!lacks(record, first))
		first++;
	return d->server[server].copy == d->server[first].copy;
}

/* Who runs the copy that lacks a record which another copy has; or NULL. */
static const struct provider *
other_copy(const struct diagnosis *d, const struct record_diagnosis *record)
{
	struct name servers[DELEGATION_SERVERS];
	const struct provider *found;
	size_t count = 0;

	for (size_t i = 0; i < d->all; i++)
		if (diagnose_lacking_copy(d, record, i))
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

/*
 * Of several copies, this company's among them, only others hold what was
 * found: it is mended in the form of who runs them; or NULL.
 */
static const struct provider *
holder(const struct diagnosis *d, const struct record_diagnosis *record,
    const struct provider *company)
{
	struct name servers[DELEGATION_SERVERS];
	const struct provider *found;
	bool copies = false, own = false;
	size_t count = 0;

	if (record->founds == 0 || record->state == STATE_PASS)
		return NULL;
	for (size_t i = 0; i < record->found[0].seens; i++) {
		const struct server_diagnosis *s =
		    &d->server[record->found[0].seen[i]];

		if (provider_runs(company, &s->server.name))
			return NULL;
		servers[count++] = s->server.name;
	}
	for (size_t i = 0; i < d->servers; i++) {
		copies |= d->server[i].copy > 0;
		own |= provider_runs(company, &d->server[i].server.name);
	}
	if (!copies || !own || count == 0)
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
	if (other == NULL)
		other = holder(d, &d->record[index],
		    diagnose_in_force(d, company));
	return other != NULL ? other : diagnose_in_force(d, company);
}
