#include "diagnose/check-internal.h"

#include <stdlib.h>
#include <string.h>

#include "diagnose/casefile.h"
#include "diagnose/facts.h"
#include "diagnose/policy.h"
#include "diagnose/value.h"
#include "dns/rr.h"
#include "base/xalloc.h"

enum {
	TURN = 250		/* us of processor time; see take_turn() */
};

/*
 * What an answer with more records than are kept may hold: the row that is
 * wanted, or one that decides beside it, and how long a "no" is remembered.
 */
static unsigned
matters(const void *arg, const struct question *question,
    const struct rr *rr)
{
	const struct plan *plan = arg;
	unsigned bits = rr->type == RR_SOA ? 1u << PLAN_ROWS : 0;

	(void)question;
	for (size_t i = 0; i < plan->count; i++) {
		const struct wanted *wanted = &plan->wanted[i];

		if (rr->type != wanted->type)
			continue;
		if (value_is_right(wanted, rr))
			bits |= (FACTS_RIGHT | FACTS_MEANT) << wanted->row;
		else if ((wanted->kind == WANTED_MAIL_FROM_SPF ||
		    wanted->kind == WANTED_DMARC) && policy_means(wanted, rr))
			bits |= FACTS_MEANT << wanted->row;
	}
	return bits;
}

void
check_init(struct check *check, struct world *world,
    const struct identity *identity, const char *guard)
{
	memset(check, 0, sizeof *check);
	check->world = world;
	check->private = world != NULL && world->private;
	check->budget = CHECK_BUDGET;
	check->elsewhere_every = CHECK_ELSEWHERE;
	observe_init(&check->log);
	check->log.keep = (struct observe_keep){ matters, &check->plan };
	plan_make(&check->plan, identity, guard);
	diagnosis_init(&check->diagnosis, check->plan.count);
}

void
check_release(struct check *check)
{
	check_judge_drop(check);
	observe_release(&check->log);
	probe_list_release(&check->open);
	diagnosis_release(&check->diagnosis);
	plan_release(&check->plan);
	free(check->standing);
	memset(check, 0, sizeof *check);
}

void
check_set_identity(struct check *check, const struct identity *identity)
{
	struct plan before = check->plan;

	check_judge_drop(check);
	observe_doubt(&check->log);
	plan_init(&check->plan);
	plan_make(&check->plan, identity, before.guard);
	if (!name_equal(&before.domain, &check->plan.domain)) {
		/* Another domain: nothing of the old one may be shown. */
		noted_clear(&check->background.noted);
		memset(&check->delegation, 0, sizeof check->delegation);
		memset(&check->last, 0, sizeof check->last);
		diagnosis_release(&check->diagnosis);
		diagnosis_init(&check->diagnosis, before.count);
		check->company = (struct company){
			.chosen = check->company.chosen,
		};
	}
	free(check->standing);
	check->standing = NULL;
	check->improved = 0;
	check_keep_found(check, &before);
	plan_release(&before);
	if (check->running)
		check_start(check, check->started);
}

void
check_set_entered(struct check *check, const struct ticks *entered)
{
	check_judge_drop(check);
	for (size_t i = 0; i < check->plan.count; i++) {
		struct wanted *wanted = &check->plan.wanted[i];

		wanted->entered = ticks_at(entered, wanted->id);
		/* What was not there before may be now. */
		check_forget(check, wanted->entered);
	}
}

void
check_forget(struct check *check, int64_t before)
{
	if (check->since < before)
		check->since = before;
}

void
check_recorded(struct check *check, const struct casefile *file)
{
	check->background = file->background;
	check->vantages = file->vantages;
	check->zone_given = file->zone;
	check->has_zone_given = file->has_zone;
	check->budget = 0;
	check->private = file->private;
	for (size_t i = 0; i < check->plan.count; i++)
		check->plan.wanted[i].entered = ticks_at(&file->entered,
		    check->plan.wanted[i].id);
	if (file->provider[0] != '\0')
		check_set_provider(check, provider_find(file->provider));
}

void
check_start(struct check *check, int64_t now)
{
	check_judge_drop(check);
	check_columns(check);
	check->world->ops->refresh(check->world);
	check->open.count = check->asked = 0;
	check->later = 0;
	check->met = 0;
	check->log.round++;
	check->running = true;
	check->fresh = true;
	check->read = false;
	check->ending = check->stirred = check->pruning = false;
	check->log.pruned = 0;
	check->started = now;
	check->diagnosis.complete = false;
	if (check->record != NULL && !check->recorded.full) {
		casefile_write_head(check->record, &(struct casefile_head){
			.plan = &check->plan,
			.background = &check->background,
			.provider = check->company.chosen != NULL ?
			    check->company.chosen->id : "",
			.zone = check->has_zone_given ?
			    &check->zone_given : NULL,
			.vantages = &check->vantages,
			.now = now,
			.private = check->private,
		});
	}
}

static bool
is_open(const struct check *check, const struct question *question,
    size_t *index)
{
	for (size_t i = 0; i < check->open.count; i++) {
		if (question_equal(&check->open.question[i], question)) {
			*index = i;
			return true;
		}
	}
	return false;
}

/* Rows from index on are new: their questions are no longer open. */
static void
take_in(struct check *check, size_t from)
{
	size_t index;

	for (size_t i = from; i < check->log.count; i++) {
		const struct observation *o = check->log.row[i];

		if (check->record != NULL)
			casefile_append(check->record, &check->recorded, o,
			    check->started);
		if (is_open(check, &o->question, &index))
			check->open.question[index] =
			    check->open.question[--check->open.count];
	}
}

static void
company_changed(struct check *check, const struct provider *before)
{
	if (company_row(&check->company) == before)
		return;
	/* What came out of the form before teaches nothing of this one. */
	check->company.learnt = 0;
	if (!check->running)
		check->untaught = check->log.round;
	check_judge_again(check);
}

void
check_set_provider(struct check *check, const struct provider *provider)
{
	const struct provider *before = company_row(&check->company);

	check->company.chosen = provider;
	company_changed(check, before);
}

static void
detect(struct check *check)
{
	const struct provider *before = company_row(&check->company);

	company_detect(&check->company, &check->delegation, &check->log);
	company_changed(check, before);
}

void
check_set_status(struct check *check, const struct identity *identity)
{
	check->plan.identity = *identity;
	check_judge_again(check);
}

/* Asks what is wanted and not under way; returns how many were asked. */
static void
ask(struct check *check, int64_t now)
{
	struct probe_list list = { 0 };
	struct probe_time time = {
		.now = now,
		.deadline = check->started + check->budget,
		.elsewhere_every = check->elsewhere_every,
		.since = check->since,
	};
	size_t index;

	probe_next(&list, &check->plan, &check->background, &check->delegation,
	    &check->vantages, &check->log, &time);
	for (size_t i = 0; i < list.count; i++) {
		if (is_open(check, &list.question[i], &index))
			continue;
		if (check->log.octets > BOUND_LOG)
			check->met |= BOUND_MET_LOG;
		if (check->asked == BOUND_QUESTIONS)
			check->met |= BOUND_MET_QUESTIONS;
		if (check->met != 0)
			break;
		check->asked++;
		probe_list_add(&check->open, &list.question[i]);
		check->world->ops->ask(check->world, &list.question[i], now);
	}
	check->later = list.later;
	probe_list_release(&list);
}

/* Is a question to be put once more, now? */
static bool
is_due(const struct check *check, int64_t now)
{
	return check->later != 0 && check->later <= now;
}

/*
 * What the answers so far mean for the next questions: read, and where they are
 * many the next turn asks.
 */
static void
go_on(struct check *check, int64_t now, const struct turn *turn)
{
	if (!check->running)
		return;
	if (check->fresh || (is_due(check, now) && !check->read)) {
		check_read(check);
		detect(check);
		check->stirred |= check->fresh;
		check->fresh = false;
		check->read = true;
		if (turn_is_over(turn))
			return;
	}
	if (check->read)
		ask(check, now);
	check->read = false;
}

static int64_t
deadline(const struct check *check)
{
	return check->budget > 0 ? check->started + check->budget : INT64_MAX;
}

/* Is every question answered but those that only a note waits for? */
static bool
settled(const struct check *check)
{
	if (check->later != 0)
		return false;
	for (size_t i = 0; i < check->open.count; i++)
		if (!check->open.question[i].tcp)
			return false;
	return true;
}

/* What this look found changed, and how many records it found mended. */
static void
compare(struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	bool same = check->standing != NULL;

	if (!same)
		check->standing = xcalloc(d->records, sizeof *check->standing);
	check->improved = 0;
	for (size_t i = 0; i < d->records; i++) {
		const struct record_diagnosis *r = &d->record[i];
		struct check_standing *last = &check->standing[i];

		check->improved += last->state > STATE_WARN &&
		    r->state <= STATE_WARN;
		same &= last->finding == r->finding && last->state == r->state;
		last->finding = r->finding;
		last->state = r->state;
	}
	if (!same)
		check->changed = check->ended;
}

/* What a look that is over leaves behind. */
static void
take_notes(struct check *check, int64_t now)
{
	noted_take(&check->background.noted, &check->plan.domain,
	    &check->delegation, &check->log, now);
	check->pruning = true;
}

static void
end_look(struct check *check, int64_t now)
{
	check->ending = check->running = false;
	check->ended = now;
	check->last = check->delegation;
	compare(check);
	take_notes(check, now);
	if (now >= deadline(check))
		check->open.count = 0;
}

/*
 * A turn of the diagnosis that is being made; true when it is.  What comes
 * after the end of a look, which had all that it waits for, is judged late.
 */
static bool
judge_turn(struct check *check, int64_t now)
{
	struct turn turn = turn_begin(TURN);

	if (!check_judge_on(check, &turn))
		return false;
	if (check->ending && check->diagnosis.complete)
		end_look(check, now);
	else if (!check->running)
		take_notes(check, now);
	return true;
}

/*
 * Takes in what came and asks what it leads to.  Whoever answers at once could
 * keep us here for ever: soon the caller looks at the clock, the keys and the
 * signals.
 */
static int64_t
take_turn(struct check *check, int64_t now)
{
	struct turn turn = turn_begin(TURN);
	int64_t due = now;
	bool more = true;

	if (check->pruning && !check->running)
		check->pruning = !observe_prune(&check->log, &turn);
	do {
		size_t before = check->log.count;

		go_on(check, now, &turn);
		if (turn_is_over(&turn))
			break;
		due = check->world->ops->step(check->world, &check->log, now);
		take_in(check, before);
		more = check->log.count != before;
		check->stirred |= more;
		check->fresh = more;
	} while (more && !turn_is_over(&turn));
	if (more || check->read || check->pruning)
		due = now;
	if (now >= deadline(check) && !check->running)
		check->open.count = 0;
	if (check->open.count > 0 && deadline(check) < due)
		due = deadline(check);
	if (check->running && check->later != 0 && check->later < due)
		due = check->later;
	return due;
}

/* May the findings be looked at again?  What nobody looks at can wait. */
static bool
is_time_to_judge(const struct check *check, int64_t now, bool seen)
{
	if (!check->stirred)
		return false;
	if (!check->running && check->open.count == 0)
		return true;
	return (seen || !check->running) &&
	    (now - check->judged >= CHECK_JUDGE || now < check->judged);
}

int64_t
check_step(struct check *check, int64_t now, bool *news)
{
	bool told = false;
	int64_t due = now;

	if (check->next == NULL && (check->ending ||
	    is_time_to_judge(check, now, news != NULL)))
		check_judge_begin(check, now, check->ending || !check->running);
	/* One thing at a time: each takes long enough to be a turn. */
	if (check->next != NULL)
		told = judge_turn(check, now);
	else
		due = take_turn(check, now);
	if (check->running && ((settled(check) && !check->fresh &&
	    !check->read) || now >= deadline(check)))
		check->ending = true;
	if (check->ending || check->next != NULL ||
	    is_time_to_judge(check, now, news != NULL))
		due = now;
	else if (check->stirred && news != NULL &&
	    check->judged + CHECK_JUDGE < due)
		due = check->judged + CHECK_JUDGE;
	if (!check->running && check->open.count == 0 &&
	    check->quiet < check->ended)
		check->quiet = now;
	if (news != NULL)
		*news = told;
	return due;
}

size_t
check_fds(struct check *check, struct pollfd *fds, size_t max)
{
	return check->world->ops->fds(check->world, fds, max);
}

size_t
check_open(const struct check *check)
{
	return check->open.count;
}

bool
check_is_busy(const struct check *check)
{
	return check->running || check->next != NULL;
}

bool
check_is_over(const struct check *check)
{
	return !check->running && check->open.count == 0 &&
	    !check->stirred && check->next == NULL && !check->pruning;
}

int64_t
check_next_look(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	int64_t every = CHECK_EVERY, left = INT64_MAX;

	for (int64_t quiet = CHECK_QUIET; every < 4 * CHECK_EVERY &&
	    check->ended - check->changed >= quiet; quiet *= 3)
		every *= 2;
	for (size_t i = 0; i < d->records; i++) {
		const struct record_diagnosis *r = &d->record[i];

		if (!check->plan.wanted[i].required || r->state <= STATE_WARN)
			continue;
		if (r->finding != FINDING_CACHED || r->retry_after < 0)
			return check->ended + every;
		if (r->retry_after < left)
			left = r->retry_after;
	}
	/* Nothing but caches: they forget when they said they would. */
	if (left != INT64_MAX && left * 1000 > every)
		every = left * 1000 < CHECK_LONGEST ? left * 1000 :
		    CHECK_LONGEST;
	return check->ended + every;
}
