/*
 * The key table: how many keys the bar of a screen tells.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "draw/key.h"

enum {
	MOST = 6	/* more is read by nobody */
};

/* As the bar shows them: an action once, by its first row. */
static size_t
told(enum screen_id screen, bool practice, bool right)
{
	size_t count, n = 0;
	const struct key *key = key_table(&count);
	unsigned long long done = 0;

	for (size_t i = 0; i < count; i++) {
		if (key[i].hint == NULL ||
		    !key_applies(&key[i], screen, false, practice) ||
		    (key[i].flags & KEY_WHEN_RIGHT && !right) ||
		    (key[i].flags & KEY_UNLESS_RIGHT && right) ||
		    (done & 1ull << key[i].action))
			continue;
		if (key[i].action != ACTION_NONE)
			done |= 1ull << key[i].action;
		n++;
	}
	return n;
}

static void
card_and_check_tell_six_keys_at_most(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_in_range(told(SCREEN_CARD, i & 1, i & 2), 3, MOST);
		assert_in_range(told(SCREEN_CHECK, i & 1, i & 2), 3, MOST);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(card_and_check_tell_six_keys_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
