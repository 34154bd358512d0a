#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/edit.h"

static struct edit
edit_of(const char *text)
{
	struct edit edit = { .len = 0 };

	edit_set(&edit, text);
	return edit;
}

static void
typed_text_goes_in_at_the_cursor(void **state)
{
	struct edit e = edit_of("exmple");

	(void)state;
	edit_do(&e, EDIT_HOME);
	edit_do(&e, EDIT_RIGHT);
	edit_do(&e, EDIT_RIGHT);
	assert_true(edit_insert(&e, "a", 1));
	assert_string_equal(e.text, "example");
	assert_int_equal(e.at, 3);
}

static void
the_cursor_moves_by_characters(void **state)
{
	struct edit e = edit_of("aドi");

	(void)state;
	edit_do(&e, EDIT_LEFT);
	edit_do(&e, EDIT_LEFT);
	assert_int_equal(e.at, 1);
	assert_true(edit_do(&e, EDIT_DELETE));
	assert_string_equal(e.text, "ai");
	edit_do(&e, EDIT_END);
	assert_false(edit_do(&e, EDIT_RIGHT));
}

static void
combining_characters_go_with_their_base(void **state)
{
	struct edit e = edit_of("xe\xcc\x81");

	(void)state;
	edit_do(&e, EDIT_LEFT);
	assert_int_equal(e.at, 1);
	edit_do(&e, EDIT_END);
	edit_do(&e, EDIT_BACKSPACE);
	assert_string_equal(e.text, "x");
}

static void
parts_are_cut(void **state)
{
	struct edit e = edit_of("one two three");

	(void)state;
	assert_true(edit_do(&e, EDIT_KILL_WORD));
	assert_string_equal(e.text, "one two ");
	edit_do(&e, EDIT_LEFT);
	edit_do(&e, EDIT_KILL_END);
	assert_string_equal(e.text, "one two");
	edit_do(&e, EDIT_KILL_START);
	assert_string_equal(e.text, "");
	assert_false(edit_do(&e, EDIT_BACKSPACE));
	assert_false(edit_do(&e, EDIT_KILL_WORD));
}

static void
line_ends_of_a_paste_become_blanks(void **state)
{
	struct edit e = edit_of("");

	(void)state;
	assert_true(edit_insert(&e, "a\nb\tc\x1b[d\r\n", 10));
	assert_string_equal(e.text, "a b c[d");
}

static void
what_has_no_room_is_refused_whole(void **state)
{
	struct edit e = edit_of("kept");
	char long_text[EDIT_SIZE + 10];

	(void)state;
	memset(long_text, 'x', sizeof long_text);
	assert_false(edit_insert(&e, long_text, sizeof long_text));
	assert_false(edit_insert(&e, long_text, EDIT_SIZE - 3));
	assert_string_equal(e.text, "kept");
}

static void
a_long_text_is_scrolled_to_the_cursor(void **state)
{
	struct edit e = edit_of("0123456789");
	struct edit_view view = edit_view(&e, 5);

	(void)state;
	assert_int_equal(view.cursor, 4);
	assert_memory_equal(e.text + view.from, "6789", view.len);
	edit_do(&e, EDIT_HOME);
	view = edit_view(&e, 5);
	assert_int_equal(view.from, 0);
	assert_int_equal(view.len, 5);
	assert_int_equal(view.cursor, 0);
}

static void
the_cursor_counts_columns_of_wide_characters(void **state)
{
	struct edit e = edit_of("日本語");
	struct edit_view view = edit_view(&e, 20);

	(void)state;
	assert_int_equal(view.cursor, 6);
	view = edit_view(&e, 4);
	assert_true(view.cursor < 4);
	assert_int_equal(view.len, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_text_goes_in_at_the_cursor),
		cmocka_unit_test(the_cursor_moves_by_characters),
		cmocka_unit_test(combining_characters_go_with_their_base),
		cmocka_unit_test(parts_are_cut),
		cmocka_unit_test(line_ends_of_a_paste_become_blanks),
		cmocka_unit_test(what_has_no_room_is_refused_whole),
		cmocka_unit_test(a_long_text_is_scrolled_to_the_cursor),
		cmocka_unit_test(the_cursor_counts_columns_of_wide_characters),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
