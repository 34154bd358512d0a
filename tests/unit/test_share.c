#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dns/world-shared.h"
#include "named.h"

/* A network that keeps what it is asked until told to answer. */
struct pretend {
	struct world world;
	struct question asked[4 * SHARE_RECURSION];
	size_t count, refreshed;
	bool answers;
};

static void
pretend_ask(struct world *world, const struct question *question, int64_t now)
{
	struct pretend *p = (struct pretend *)world;

	(void)now;
	assert_true(p->count < sizeof p->asked / sizeof p->asked[0]);
	p->asked[p->count++] = *question;
}

static size_t
pretend_fds(struct world *world, struct pollfd *fds, size_t max)
{
	(void)world;
	(void)fds;
	(void)max;
	return 0;
}

static int64_t
pretend_step(struct world *world, struct observe_log *log, int64_t now)
{
	struct pretend *p = (struct pretend *)world;

	for (size_t i = 0; p->answers && i < p->count; i++) {
		struct observation *o = observation_new(&p->asked[i]);

		o->when = now;
		observe_add(log, o);
	}
	if (p->answers)
		p->count = 0;
	return now + 7;
}

static void
pretend_refresh(struct world *world)
{
	((struct pretend *)world)->refreshed++;
}

static const struct world_ops pretend_ops = {
	.ask = pretend_ask,
	.fds = pretend_fds,
	.step = pretend_step,
	.refresh = pretend_refresh,
};

static struct question
question_of(const char *text, enum vantage_kind kind)
{
	return (struct question){ .vantage.kind = kind, .name = named(text),
		.type = RR_TXT };
}

static size_t
handed(struct world *world)
{
	struct observe_log log;
	size_t count;

	observe_init(&log);
	log.round = 3;
	world->ops->step(world, &log, 1);
	count = log.count;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(log.row[i]->round, 3);
	observe_release(&log);
	return count;
}

static void
what_two_ask_is_asked_once(void **state)
{
	struct pretend p = { .world.ops = &pretend_ops };
	struct share *share = share_new(&p.world);
	struct world *a = share_world(share), *b = share_world(share);
	struct question q = question_of("jp", VANTAGE_AUTHORITY);

	(void)state;
	assert_int_equal(p.refreshed, 1);
	a->ops->refresh(a);
	assert_int_equal(p.refreshed, 1);
	a->ops->ask(a, &q, 1);
	b->ops->ask(b, &q, 1);
	assert_true(share_asked(share));
	assert_int_equal(share_step(share, 1), 8);
	assert_false(share_asked(share));
	assert_int_equal(p.count, 1);
	assert_int_equal(handed(a), 0);
	p.answers = true;
	share_step(share, 2);
	assert_int_equal(handed(a), 1);
	assert_int_equal(handed(b), 1);
	assert_int_equal(handed(b), 0);
	/* Answered is answered: the next one who asks, asks anew. */
	p.answers = false;
	b->ops->ask(b, &q, 3);
	share_step(share, 3);
	assert_int_equal(p.count, 1);
	a->ops->free(a);
	b->ops->free(b);
	share_free(share);
}

static void
an_answer_for_one_who_left_goes_nowhere(void **state)
{
	struct pretend p = { .world.ops = &pretend_ops };
	struct share *share = share_new(&p.world);
	struct world *a = share_world(share), *b = share_world(share);
	struct question one = question_of("one.jp", VANTAGE_AUTHORITY);
	struct question two = question_of("two.jp", VANTAGE_AUTHORITY);

	(void)state;
	a->ops->ask(a, &one, 1);
	b->ops->ask(b, &one, 1);
	share_step(share, 1);
	/* Not yet sent, and nobody wants it any more. */
	a->ops->ask(a, &two, 1);
	a->ops->free(a);
	share_step(share, 1);
	assert_int_equal(p.count, 1);
	p.answers = true;
	share_step(share, 2);
	assert_int_equal(handed(b), 1);
	b->ops->free(b);
	share_free(share);
}

static void
the_recursion_is_not_flooded(void **state)
{
	struct pretend p = { .world.ops = &pretend_ops };
	struct share *share = share_new(&p.world);
	struct world *a = share_world(share);
	size_t got = 0;

	(void)state;
	for (int i = 0; i < SHARE_RECURSION + 10; i++) {
		struct question q;
		char text[32];

		snprintf(text, sizeof text, "d%d.jp", i);
		q = question_of(text, VANTAGE_RECURSIVE);
		a->ops->ask(a, &q, 1);
		q.vantage.kind = VANTAGE_AUTHORITY;
		a->ops->ask(a, &q, 1);
	}
	share_step(share, 1);
	assert_int_equal(p.count, 2 * SHARE_RECURSION + 10);
	p.answers = true;
	do
		share_step(share, 2);
	while (share_asked(share));
	got = handed(a);
	assert_int_equal(got, 2 * (SHARE_RECURSION + 10));
	a->ops->free(a);
	share_free(share);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_two_ask_is_asked_once),
		cmocka_unit_test(an_answer_for_one_who_left_goes_nowhere),
		cmocka_unit_test(the_recursion_is_not_flooded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
