#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/packed.h"

/* What comes out, as long as it says that it is whole; else NULL. */
static char *
unpack(const uint8_t *packed, size_t size)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	int rc;

	assert_non_null(out);
	rc = packed_write(out, packed, size);
	assert_int_equal(fclose(out), 0);
	if (rc == 0)
		return text;
	free(text);
	return NULL;
}

static void
what_repeats_comes_again(void **state)
{
	static const uint8_t packed[] = { 2, 'a', 'b', ' ',
		PACKED_SEEN + 1, 3, 0, 0, '!' };
	/* Nearer than it is long: it reads what it writes. */
	static const uint8_t run[] = { 0, 'x', 0xff, 1, 0 };
	char *text = unpack(packed, sizeof packed);

	(void)state;
	assert_string_equal(text, "ab ab ab!");
	free(text);
	text = unpack(run, sizeof run);
	assert_int_equal(strlen(text), 1 + PACKED_MOST);
	assert_int_equal(strspn(text, "x"), strlen(text));
	free(text);
	text = unpack(NULL, 0);
	assert_string_equal(text, "");
	free(text);
}

static void
what_is_damaged_is_told(void **state)
{
	static const struct {
		uint8_t octet[4];
		size_t size;
	} packed[] = {
		{ { 2, 'a', 'b' }, 3 },		/* less than it says */
		{ { 0, 'a', PACKED_SEEN }, 3 },	/* no distance, */
		{ { 0, 'a', PACKED_SEEN, 1 }, 4 },	/* half of one, */
		{ { PACKED_SEEN, 1, 0 }, 3 },	/* before the beginning, */
		{ { PACKED_SEEN, 0, 0 }, 3 },	/* none at all */
	};

	(void)state;
	for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
		assert_null(unpack(packed[i].octet, packed[i].size));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_repeats_comes_again),
		cmocka_unit_test(what_is_damaged_is_told),
	};

	return cmocka_run_group_tests_name("packed", tests, NULL, NULL);
}
