#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include "draw/paste.h"
#include "ses/import.h"

enum {
	ROOM = 32768	/* what a pipe takes without a reader */
};

/* What is typed is read as far as the paste goes; returns whether it ended. */
static bool
feed(struct paste *paste, int pipe[2], const char *typed, size_t len)
{
	const struct turn turn = turn_begin(1000000);
	int there;

	assert_true(len <= ROOM);
	assert_int_equal(write(pipe[1], typed, len), len);
	assert_int_equal(ioctl(pipe[0], FIONREAD, &there), 0);
	return paste_read(paste, pipe[0], there, &turn);
}

static void
is_left(int pipe[2], const char *wanted)
{
	char got[ROOM] = "";
	int there;

	assert_int_equal(ioctl(pipe[0], FIONREAD, &there), 0);
	assert_int_equal(there, strlen(wanted));
	if (there > 0)
		assert_int_equal(read(pipe[0], got, sizeof got), there);
	assert_string_equal(got, wanted);
}

static int
pasted(void **state)
{
	int *ends = calloc(2, sizeof *ends);

	*state = ends;
	return ends == NULL || pipe(ends) == -1 ? -1 : 0;
}

static int
done(void **state)
{
	int *ends = *state;

	close(ends[0]);
	close(ends[1]);
	free(ends);
	return 0;
}

/* However it is torn, and whatever looks like its end and is none. */
static void
it_ends_at_its_mark_and_nowhere_else(void **state)
{
	static const char typed[] = "a\033[201\033[201x\033\033[20b\rc"
	    "\xe3\x81\x82\033[201~\033[A?";
	static const char wanted[] = "a\033[201\033[201x\033\033[20b\nc"
	    "\xe3\x81\x82";
	const size_t end = sizeof typed - 1 - strlen("\033[A?");
	struct paste paste = { 0 };

	for (size_t torn = 1; torn < end; torn++) {
		paste_begin(&paste);
		assert_false(feed(&paste, *state, typed, torn));
		assert_true(feed(&paste, *state, typed + torn,
		    sizeof typed - 1 - torn));
		assert_string_equal(paste.text, wanted);
		assert_int_equal(paste.len, strlen(wanted));
		is_left(*state, "\033[A?");
	}
	free(paste.text);
}

static void
an_empty_one_leaves_nothing(void **state)
{
	struct paste paste = { 0 };

	paste_begin(&paste);
	assert_true(feed(&paste, *state, "\033[201~x", 7));
	assert_int_equal(paste.len, 0);
	is_left(*state, "x");
	free(paste.text);
}

static void
no_more_is_kept_than_a_document_has(void **state)
{
	struct paste paste = { 0 };
	char *row = malloc(ROOM);

	memset(row, 'x', ROOM);
	paste_begin(&paste);
	for (size_t n = 0; n < 4 * (size_t)IMPORT_MAX; n += ROOM)
		assert_false(feed(&paste, *state, row, ROOM));
	assert_true(paste.len > IMPORT_MAX && paste.len <= IMPORT_MAX + 1);
	assert_true(paste.size <= IMPORT_MAX + 8192);
	assert_true(feed(&paste, *state, "\033[201~", 6));
	free(paste.text);
	free(row);
}

/* Too long is what is cut, whatever letters it is cut between. */
static void
what_is_cut_is_seen_as_too_long(void **state)
{
	struct paste paste = { 0 };

	(void)state;
	paste_begin(&paste);
	for (size_t n = 0; n <= IMPORT_MAX; n += 3)
		paste_add(&paste, "\xe3\x81\x82", 3);
	paste_add(&paste, "\xe3\x81\x82", 3);
	assert_int_equal(paste.len, IMPORT_MAX + 1);
	free(paste.text);
}

/* Without brackets: only of one that is too long, and never the keys. */
static void
the_rest_of_a_burst_is_read_past(void **state)
{
	struct paste paste = { 0 };
	int *ends = *state;
	char *row = malloc(ROOM);
	int there;

	memset(row, 'x', ROOM);
	paste_begin(&paste);
	assert_int_equal(write(ends[1], row, ROOM), ROOM);
	paste_skip(&paste, ends[0]);
	assert_int_equal(ioctl(ends[0], FIONREAD, &there), 0);
	assert_int_equal(there, ROOM);
	for (size_t n = 0; n <= IMPORT_MAX; n += ROOM)
		paste_add(&paste, row, ROOM);
	paste_skip(&paste, ends[0]);
	assert_int_equal(ioctl(ends[0], FIONREAD, &there), 0);
	assert_true(there > 0 && there < ROOM / 100);
	free(paste.text);
	free(row);
}

/* The terminal and the signals are looked at meanwhile. */
static void
a_turn_ends_before_it(void **state)
{
	const struct turn over = turn_begin(-1);
	struct paste paste = { 0 };
	int *ends = *state;
	char row[4096];
	int there;

	memset(row, 'x', sizeof row);
	paste_begin(&paste);
	assert_int_equal(write(ends[1], row, sizeof row), sizeof row);
	assert_false(paste_read(&paste, ends[0], sizeof row, &over));
	assert_int_equal(ioctl(ends[0], FIONREAD, &there), 0);
	assert_true(there > 0 && there < (int)sizeof row);
	free(paste.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    it_ends_at_its_mark_and_nowhere_else, pasted, done),
		cmocka_unit_test_setup_teardown(an_empty_one_leaves_nothing,
		    pasted, done),
		cmocka_unit_test_setup_teardown(
		    no_more_is_kept_than_a_document_has, pasted, done),
		cmocka_unit_test(what_is_cut_is_seen_as_too_long),
		cmocka_unit_test_setup_teardown(
		    the_rest_of_a_burst_is_read_past, pasted, done),
		cmocka_unit_test_setup_teardown(a_turn_ends_before_it, pasted,
		    done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
