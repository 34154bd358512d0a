#include "diagnose/check-internal.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/xalloc.h"
#include "diagnose/rewriting.h"
#include "dns/suffix.h"

/* Who answers for the names of a check. */

/* The names of which it counts in which zone they lie; owned by the caller. */
static struct question *
questions_of(const struct plan *plan)
{
	struct question *wanted = xcalloc(plan->count, sizeof *wanted);

	for (size_t i = 0; i < plan->count; i++)
		wanted[i] = (struct question){
			.name = plan->wanted[i].owner,
			.type = plan->wanted[i].type,
		};
	return wanted;
}

/*
 * Where nothing gets out to name servers: the first resolver that answers for
 * the domain, and not from a copy of its own.
 */
static void
read_stand_in(struct check *check, const struct question *wanted)
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
		delegation_stand_in(d, v, wanted, check->plan.count,
		    &check->log);
		return;
	}
}

/*
 * What a resolver with a copy of its own says of the list inside the zone is
 * that copy's list.
 */
static void
read_doubt(struct check *check)
{
	struct delegation *d = &check->delegation;
	const struct probe_vantages *v = &check->vantages;

	for (size_t i = 0; v->forwards && i < v->count; i++)
		if (rewriting_copies(&v->also[i], &d->zone, &check->log) ||
		    rewriting_other_copy(&v->also[i], &check->plan, d,
		    &check->log)) {
			delegation_doubt(d);
			return;
		}
}

void
check_read(struct check *check)
{
	struct question *wanted = questions_of(&check->plan);

	delegation_read(&check->delegation, &check->plan.domain, &check->log,
	    &check->last, check->private);
	read_doubt(check);
	delegation_read_below(&check->delegation, wanted, check->plan.count,
	    &check->log);
	read_stand_in(check, wanted);
	free(wanted);
}

static bool
is_among(const struct vantage *v, size_t count, const char *address)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(v[i].address, address) == 0)
			return true;
	return false;
}

void
check_columns(struct check *check)
{
	const char *forward = check->world->forward;
	struct vantage system[RESOLVCONF_MAX];
	struct probe_vantages named = { .count = 0 },
	    *v = &check->vantages;
	size_t count;

	if (check->world->ops->system == NULL)
		return;
	for (size_t i = 0; i < v->count; i++)
		if (v->also[i].kind == VANTAGE_ALSO)
			named.also[named.count++] = v->also[i];
	count = check->world->ops->system(check->world, system);
	v->forwards = check->world->forwards;
	if (forward[0] != '\0' && !is_among(system, count, forward) &&
	    !is_among(named.also, named.count, forward)) {
		struct vantage *last = &named.also[named.count++];

		last->kind = VANTAGE_ALSO;
		strlcpy(last->address, forward, sizeof last->address);
	}
	v->count = 0;
	for (size_t i = 0; i < count; i++)
		if (!is_among(named.also, named.count, system[i].address))
			v->also[v->count++] = system[i];
	for (size_t i = 0; i < named.count; i++)
		v->also[v->count++] = named.also[i];
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

struct form_of
check_form_of(const struct check *check, const struct wanted *wanted)
{
	struct delegation_part part = delegation_part(&check->delegation,
	    &wanted->owner);
	struct form_of form;

	form.company = company_of(&check->company, &check->delegation, &part);
	form.rules = company_rules(&check->company, form.company);
	check_zone(check, &form.zone);
	if (delegation_is_below(&check->delegation, &part))
		form.zone = part.zone;
	return form;
}
