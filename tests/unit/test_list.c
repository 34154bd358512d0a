#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/list.h"

static const char *const fruit[] = { "Apple red", "Pear green",
	"りんご apple", "Plum blue" };

enum {
	FRUIT = sizeof fruit / sizeof fruit[0]
};

static void
text(size_t row, struct text *t)
{
	text_add(t, fruit[row]);
}

static void
the_selection_stops_at_the_ends(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, FRUIT);
	assert_false(list_move(&list, -1));
	assert_true(list_move(&list, 3));
	assert_false(list_move(&list, 8));
	assert_int_equal(list_chosen(&list), 3);
	assert_true(list_move(&list, -9));
	assert_int_equal(list_chosen(&list), 0);
}

static void
the_filter_wants_every_word_in_any_case(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, FRUIT);
	list_set_filter(&list, FRUIT, "APPLE", text);
	assert_int_equal(list.count, 2);
	list_set_filter(&list, FRUIT, "e  ple", text);
	assert_int_equal(list.count, 2);
	list_set_filter(&list, FRUIT, "りんご", text);
	assert_int_equal(list.count, 1);
	assert_int_equal(list_chosen(&list), 2);
}

static void
the_selection_stays_on_its_row(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, FRUIT);
	list_select(&list, 2);
	list_set_filter(&list, FRUIT, "apple", text);
	assert_int_equal(list_chosen(&list), 2);
	list_set_filter(&list, FRUIT, "", text);
	assert_int_equal(list_chosen(&list), 2);
}

static void
nothing_may_fit(void **state)
{
	struct list list;

	(void)state;
	list_init(&list, FRUIT);
	list_set_filter(&list, FRUIT, "melon", text);
	assert_int_equal(list.count, 0);
	assert_true(list_chosen(&list) == (size_t)-1);
	assert_false(list_move(&list, 1));
	/* The search of the help takes more than a list's filter does. */
	assert_false(list_fits("an apple", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	list_init(&list, 0);
	assert_int_equal(list_top(&list, 5), 0);
}

static void
the_selected_row_is_always_in_the_window(void **state)
{
	enum { ROWS = 40, HEIGHT = 7 };
	struct list list;

	(void)state;
	list_init(&list, ROWS);
	for (size_t i = 0; i < ROWS; i++) {
		size_t top;

		list_select(&list, i);
		top = list_top(&list, HEIGHT);
		assert_in_range(i, top, top + HEIGHT - 1);
		assert_true(top + HEIGHT <= ROWS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_selection_stops_at_the_ends),
		cmocka_unit_test(the_filter_wants_every_word_in_any_case),
		cmocka_unit_test(the_selection_stays_on_its_row),
		cmocka_unit_test(nothing_may_fit),
		cmocka_unit_test(the_selected_row_is_always_in_the_window),
	};

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
