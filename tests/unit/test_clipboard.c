#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "draw/clipboard.h"

static void
is(const char *text, enum clipboard_way way, const char *wanted)
{
	char *got = clipboard_sequence(text, way);

	assert_non_null(got);
	assert_string_equal(got, wanted);
	free(got);
}

static void
a_text_is_base64(void **state)
{
	(void)state;
	is("", CLIPBOARD_DIRECT, "\033]52;c;\a");
	is("a", CLIPBOARD_DIRECT, "\033]52;c;YQ==\a");
	is("ab", CLIPBOARD_DIRECT, "\033]52;c;YWI=\a");
	is("abc", CLIPBOARD_DIRECT, "\033]52;c;YWJj\a");
	is("\xe3\x83\x89\xff", CLIPBOARD_DIRECT, "\033]52;c;44OJ/w==\a");
}

static void
tmux_gets_it_plain_and_wrapped(void **state)
{
	(void)state;
	is("abc", CLIPBOARD_TMUX, "\033]52;c;YWJj\a"
	    "\033Ptmux;\033\033]52;c;YWJj\a\033\\");
}

static void
screen_gets_short_strings(void **state)
{
	char text[CLIPBOARD_MAX + 1], joined[CLIPBOARD_MAX * 2] = "";
	char *got, *plain, *at;

	(void)state;
	is("abc", CLIPBOARD_SCREEN, "\033P\033]52;c;YWJj\a\033\\");
	memset(text, 'x', sizeof text);
	text[1000] = '\0';
	got = clipboard_sequence(text, CLIPBOARD_SCREEN);
	plain = clipboard_sequence(text, CLIPBOARD_DIRECT);
	for (at = got; *at != '\0';) {
		char *stop = strstr(at, "\033\\");

		assert_memory_equal(at, "\033P", 2);
		assert_non_null(stop);
		assert_true(stop - at <= 256);
		strncat(joined, at + 2, (size_t)(stop - at - 2));
		at = stop + 2;
	}
	assert_string_equal(joined, plain);
	free(got);
	free(plain);
}

static void
what_no_terminal_takes_is_not_sent(void **state)
{
	char text[CLIPBOARD_MAX + 2];
	char *got;

	(void)state;
	memset(text, 'x', sizeof text);
	text[CLIPBOARD_MAX + 1] = '\0';
	assert_null(clipboard_sequence(text, CLIPBOARD_DIRECT));
	assert_null(clipboard_sequence("abc", CLIPBOARD_NONE));
	text[CLIPBOARD_MAX] = '\0';
	for (int way = 0; way < CLIPBOARD_NONE; way++) {
		got = clipboard_sequence(text, (enum clipboard_way)way);
		assert_non_null(got);
		assert_memory_equal(got + strlen(got) - 2, way ==
		    CLIPBOARD_DIRECT ? "4\a" : "\033\\", 2);
		free(got);
	}
}

static void
the_way_is_read_from_the_environment(void **state)
{
	(void)state;
	unsetenv("TMUX");
	unsetenv("STY");
	setenv("TERM", "xterm-256color", 1);
	assert_int_equal(clipboard_way(), CLIPBOARD_DIRECT);
	setenv("TERM", "linux", 1);
	assert_int_equal(clipboard_way(), CLIPBOARD_NONE);
	setenv("STY", "1.pts", 1);
	assert_int_equal(clipboard_way(), CLIPBOARD_SCREEN);
	setenv("TMUX", "/tmp/x", 1);
	assert_int_equal(clipboard_way(), CLIPBOARD_TMUX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_base64),
		cmocka_unit_test(tmux_gets_it_plain_and_wrapped),
		cmocka_unit_test(screen_gets_short_strings),
		cmocka_unit_test(what_no_terminal_takes_is_not_sent),
		cmocka_unit_test(the_way_is_read_from_the_environment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
