#include "diagnose/check-internal.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "diagnose/lesson.h"

/* What the answers mean: the diagnosis of a check, made piece by piece. */

/* Each record's values are of one diagnosis alone. */
static void
exchange(struct record_diagnosis *a, struct record_diagnosis *b)
{
	struct record_diagnosis c = *a;

	*a = *b;
	*b = c;
}

void
check_keep_found(struct check *check, const struct plan *before)
{
	struct diagnosis *d = &check->diagnosis;
	struct record_diagnosis *found = d->record;
	size_t founds = d->records;

	d->records = check->plan.count;
	d->record = xcalloc(d->records, sizeof *d->record);
	for (size_t i = 0; i < d->records; i++)
		for (size_t k = 0; k < before->count; k++)
			if (wanted_equal(&check->plan.wanted[i],
			    &before->wanted[k])) {
				exchange(&d->record[i], &found[k]);
				check->plan.wanted[i].entered =
				    before->wanted[k].entered;
			}
	diagnosis_free_records(found, founds);
}

/*
 * A record keeps the finding of the last look until this one knows better, so
 * that a panel does not flicker while a check runs.
 */
static void
keep_settled(struct diagnosis *now, struct diagnosis *before)
{
	for (size_t i = 0; i < now->records && i < before->records; i++) {
		struct record_diagnosis *old = &before->record[i];

		if (now->record[i].settled || !old->settled)
			continue;
		exchange(&now->record[i], old);
		for (size_t c = 0; c < DIAGNOSE_COLUMNS; c++)
			if (old->cell[c] != CELL_WAITING)
				now->record[i].cell[c] = old->cell[c];
	}
}

void
check_judge_drop(struct check *check)
{
	if (check->next == NULL)
		return;
	diagnosis_release(check->next);
	free(check->next);
	check->next = NULL;
	check->stirred = true;
}

void
check_judge_begin(struct check *check, int64_t now, bool complete)
{
	check->next = xcalloc(1, sizeof *check->next);
	check->inputs = (struct inputs){
		.plan = &check->plan,
		.background = &check->background,
		.delegation = &check->delegation,
		.company = &check->company,
		.vantages = &check->vantages,
		.log = &check->log,
		.now = now,
		.complete = complete,
		.met = check->met | (check->delegation.beyond ?
		    BOUND_MET_SERVERS : 0),
	};
	check->stirred = false;
	check->judged = now;
}

bool
check_judge_on(struct check *check, const struct turn *turn)
{
	struct diagnosis *next = check->next;

	if (!diagnose(next, &check->inputs, turn))
		return false;
	if (!next->complete && check->diagnosis.all == next->all &&
	    check->diagnosis.columns == next->columns)
		keep_settled(next, &check->diagnosis);
	diagnosis_release(&check->diagnosis);
	check->diagnosis = *next;
	check->next = NULL;
	free(next);
	if (check->log.round != check->untaught)
		lesson_learn(&check->company, &check->plan, &check->diagnosis);
	return true;
}

void
check_judge_again(struct check *check)
{
	bool stirred;

	check_judge_drop(check);
	if (check->running || check->ended == 0)
		return;
	/* What came since then is still to be looked at. */
	stirred = check->stirred;
	check_judge_begin(check, check->ended, true);
	check->stirred = stirred;
}

