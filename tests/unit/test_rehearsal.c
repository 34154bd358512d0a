/*
 * Practice at every company, without a screen: the pretend domain is found and
 * its company known; the name as AWS shows it comes out as the row says; what
 * the card says comes out right.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <bsd/string.h>

#include "check.h"
#include "provider.h"
#include "rehearsal.h"
#include "vantage.h"

enum {
	FDS = 16,
	TRIES = 1000
};

static void
look(struct check *check)
{
	struct pollfd fds[FDS];

	check_start(check, clock_now());
	for (int i = 0; check->running && i < TRIES; i++) {
		int64_t due = check_step(check, clock_now(), NULL);
		size_t count = check_fds(check, fds, FDS);

		if (check->running && due > clock_now())
			poll(fds, (nfds_t)count, 100);
	}
	assert_false(check->running);
}

/* Puts what the form stores into the world; false when it refuses. */
static bool
store(struct world *world, const struct provider *provider,
    const struct form *form, const struct name *zone, struct rr *rr)
{
	const char *why;

	if (provider_store(rr, provider, form, zone, &why) == -1)
		return false;
	assert_int_equal(practice_add(world, rr), 0);
	return true;
}

/* The form as people fill it in who copy from AWS's page. */
static void
copy_from_aws(struct form *form, const struct wanted *wanted)
{
	for (size_t i = 0; i < form->count; i++) {
		struct form_field *field = &form->field[i];
		char owner[NAME_TEXT];

		if (field->id == FORM_NAME)
			strlcpy(field->value, name_text(&wanted->owner, owner),
			    sizeof field->value);
	}
}

static void
rehearse(const struct provider *provider)
{
	struct identity identity;
	struct check check;
	struct form form;
	struct name zone;
	struct rr rr;
	char why[256];
	struct world *world = world_practice(why, sizeof why);
	const struct wanted *wanted = &check.plan.wanted[0];
	const struct record_diagnosis *found = &check.diagnosis.record[0];
	bool either = provider_form_row(provider)->name_rule ==
	    PROVIDER_EITHER;
	bool line = provider_form_row(provider)->name_rule == PROVIDER_LINE;

	assert_non_null(world);
	assert_int_equal(rehearsal_begin(world, provider, &identity), 0);
	check_init(&check, world, &identity, "guard");
	check.elsewhere_every = 0;
	check_set_provider(&check, provider);

	look(&check);
	if (found->finding != FINDING_MISSING)
		fail_msg("%s: at first %s", provider->id,
		    finding_row(found->finding)->name);
	if (provider->nameserver[0] != NULL)
		assert_ptr_equal(check.detected, provider);
	if (check.diagnosis.domains > 0)
		fail_msg("%s: %s", provider->id, finding_row(
		    check.diagnosis.domain[0].finding)->name);
	check_zone(&check, &zone);

	/* A line has the name inside: there is nothing to copy from AWS. */
	provider_form(&form, provider, wanted, &zone);
	if (!line) {
		copy_from_aws(&form, wanted);
		assert_true(store(world, provider, &form, &zone, &rr));
		look(&check);
		if (found->finding != (either ? FINDING_OK :
		    FINDING_DOUBLED_NAME))
			fail_msg("%s: AWS's name gives %s", provider->id,
			    finding_row(found->finding)->name);
		practice_remove(world, &rr.owner);
		rr_release(&rr);
	}

	provider_form(&form, provider, wanted, &zone);
	assert_true(store(world, provider, &form, &zone, &rr));
	rr_release(&rr);
	look(&check);
	if (found->finding != FINDING_OK)
		fail_msg("%s: the card's name gives %s", provider->id,
		    finding_row(found->finding)->name);
	check_release(&check);
	world->ops->free(world);
}

static void
every_company_can_be_rehearsed(void **state)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		rehearse(table[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_company_can_be_rehearsed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
