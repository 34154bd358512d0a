#include "diagnose/check-internal.h"

#include "diagnose/rewriting.h"
#include "dns/suffix.h"

/* Who answers for the names of a check. */

/* Which of the wanted names lie in zones of their own. */
static void
read_below(struct check *check)
{
	struct question wanted[PLAN_RECORDS];

	for (size_t i = 0; i < check->plan.count; i++)
		wanted[i] = (struct question){
			.name = check->plan.wanted[i].owner,
			.type = check->plan.wanted[i].type,
		};
	delegation_read_below(&check->delegation, wanted, check->plan.count,
	    &check->log);
}

/*
 * Where nothing gets out to name servers: the first resolver that answers for
 * the domain, and not from a copy of its own.
 */
static void
read_stand_in(struct check *check)
{
	struct delegation *d = &check->delegation;
	const struct vantage recursion = { .kind = VANTAGE_RECURSIVE };

	if (!delegation_unheard(d, &check->log))
		return;
	for (size_t i = 0; i <= check->vantages.count; i++) {
		const struct vantage *v = i < check->vantages.count ?
		    &check->vantages.also[i] : &recursion;

		if (!observe_heard(&check->log, v, false) ||
		    (v->kind == VANTAGE_RECURSIVE &&
		    delegation_blocked(&check->log)) ||
		    rewriting_copies(v, &d->zone, &check->log))
			continue;
		delegation_stand_in(d, v);
		return;
	}
}

void
check_read(struct check *check)
{
	delegation_read(&check->delegation, &check->plan.domain, &check->log,
	    &check->last, check->private);
	read_below(check);
	read_stand_in(check);
}

void
check_zone(const struct check *check, struct name *out)
{
	if (check->delegation.state == DELEGATION_FOUND)
		*out = check->delegation.zone;
	else if (check->has_zone_given)
		*out = check->zone_given;
	else
		suffix_registered(&check->plan.domain, out);
}

const struct provider *
check_form_of(const struct check *check, const struct wanted *wanted,
    struct name *zone)
{
	struct delegation_part part = delegation_part(&check->delegation,
	    &wanted->owner);

	check_zone(check, zone);
	if (!delegation_is_below(&check->delegation, &part))
		return company_form(&check->company);
	*zone = part.zone;
	return company_of(&check->company, &check->delegation, &part);
}
