#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/catalogue.h"

enum {
	ORIGINALS = 28,		/* places in the file made here */
	TRANSLATIONS = 44,
	TEXTS = 60,
	SIZE = 80,
	HASHED_SIZE = 43
};

static const uint8_t *
sound(void)
{
	static uint8_t file[SIZE];
	const uint32_t head[] = { 0x950412de, 0, 2, ORIGINALS, TRANSLATIONS, 0,
		0, 3, TEXTS, 4, TEXTS + 4, 4, TEXTS + 9, 5, TEXTS + 14 };

	memcpy(file, head, sizeof head);
	memcpy(file + TEXTS, "one\0two!\0eins\0zwei!", 20);
	return file;
}

/* Writes the octets to a file and reads it as a catalogue. */
static int
read_back(struct catalogue *catalogue, const uint8_t *file, size_t size)
{
	char path[] = "/tmp/catalogue.XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, file, size), (ssize_t)size);
	close(fd);
	rc = catalogue_read(catalogue, path);
	unlink(path);
	return rc;
}

static void
what_it_holds_is_found(void **test)
{
	struct catalogue catalogue;

	(void)test;
	assert_int_equal(read_back(&catalogue, sound(), SIZE), 0);
	assert_string_equal(catalogue_find(&catalogue, "one"), "eins");
	assert_string_equal(catalogue_find(&catalogue, "two!"), "zwei!");
	assert_null(catalogue_find(&catalogue, "three"));
	assert_null(catalogue_find(&catalogue, ""));
	catalogue_release(&catalogue);
	assert_null(catalogue_find(&catalogue, "one"));
	assert_int_equal(catalogue_read(&catalogue, "/nowhere"), -1);
}

/* The same by hash: as hash.c writes it. */
static const uint8_t *
hashed(void)
{
	static uint8_t file[HASHED_SIZE];
	uint64_t one = catalogue_hash("one"), two = catalogue_hash("two!");
	bool ordered = one < two;
	const uint32_t head[] = { CATALOGUE_HASHED, 2 };
	const uint32_t places[] = { ordered ? 32 : 37, ordered ? 37 : 32 };

	memcpy(file, head, sizeof head);
	memcpy(file + 8, ordered ? &one : &two, sizeof one);
	memcpy(file + 16, ordered ? &two : &one, sizeof two);
	memcpy(file + 24, places, sizeof places);
	memcpy(file + 32, "eins\0zwei!", HASHED_SIZE - 32);
	return file;
}

static void
by_hash_the_same_is_found(void **test)
{
	struct catalogue catalogue;
	uint8_t file[HASHED_SIZE];

	(void)test;
	assert_int_equal(catalogue_take(&catalogue, hashed(), HASHED_SIZE),
	    0);
	assert_string_equal(catalogue_find(&catalogue, "one"), "eins");
	assert_string_equal(catalogue_find(&catalogue, "two!"), "zwei!");
	assert_null(catalogue_find(&catalogue, "three"));
	assert_null(catalogue_original(&catalogue, 0));
	for (size_t size = 0; size < HASHED_SIZE; size++)
		assert_int_equal(read_back(&catalogue, hashed(), size), -1);
	for (size_t at = 24; at < 32; at += 4) {
		memcpy(file, hashed(), HASHED_SIZE);
		file[at] = HASHED_SIZE;
		assert_int_equal(read_back(&catalogue, file, HASHED_SIZE),
		    -1);
	}
	memcpy(file, hashed(), HASHED_SIZE);
	file[7] = 0x20;
	assert_int_equal(read_back(&catalogue, file, HASHED_SIZE), -1);
}

/* Cut anywhere, or with any number of its head or tables changed. */
static void
what_is_not_sound_is_refused(void **test)
{
	static const uint32_t values[] = { 0x7fffffff, 0xffffffff, SIZE,
		SIZE - 1, 0x20000001 };
	struct catalogue catalogue;
	uint8_t file[SIZE];

	(void)test;
	for (size_t size = 0; size < SIZE; size++)
		assert_int_equal(read_back(&catalogue, sound(), size), -1);
	for (size_t at = 8; at < TEXTS; at += 4) {
		if (at == 20 || at == 24)
			continue;	/* of the hash table, not read */
		for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
			memcpy(file, sound(), SIZE);
			memcpy(file + at, &values[i], 4);
			if (read_back(&catalogue, file, SIZE) == 0) {
				/* An empty text at the end is sound. */
				assert_int_equal(values[i], SIZE - 1);
				catalogue_release(&catalogue);
			}
		}
	}
	memcpy(file, sound(), SIZE);
	file[0] = 0x95;
	file[3] = 0xde;
	assert_int_equal(read_back(&catalogue, file, SIZE), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_holds_is_found),
		cmocka_unit_test(by_hash_the_same_is_found),
		cmocka_unit_test(what_is_not_sound_is_refused),
	};

	return cmocka_run_group_tests_name("catalogue", tests, NULL, NULL);
}
