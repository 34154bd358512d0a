/*
 * hash FILE.mo: the catalogue of msgfmt(1) as one by hash (catalogue.h), on
 * standard output.  It runs on the machine that builds, for one of the same
 * order of octets.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/xalloc.h"

struct text {
	uint64_t hash;
	const char *translation;
};

/* The program's own needs a language to complain in. */
void *
xmalloc(size_t size)
{
	void *room = malloc(size);

	if (room == NULL)
		err(1, NULL);
	return room;
}

static int
by_hash(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static void
put(const void *octets, size_t size)
{
	if (fwrite(octets, 1, size, stdout) != size)
		err(1, "write");
}

static void
put_number(size_t n)
{
	uint32_t number = (uint32_t)n;

	put(&number, sizeof number);
}

int
main(int argc, char **argv)
{
	struct catalogue catalogue;
	struct text *text;
	size_t place;

	if (argc != 2 || catalogue_read(&catalogue, argv[1]) == -1)
		errx(1, "hash: no catalogue to read");
	text = xmalloc((catalogue.count + 1) * sizeof *text);
	for (uint32_t i = 0; i < catalogue.count; i++) {
		const char *original = catalogue_original(&catalogue, i);

		text[i].hash = catalogue_hash(original);
		text[i].translation = catalogue_find(&catalogue, original);
	}
	qsort(text, catalogue.count, sizeof *text, by_hash);
	for (uint32_t i = 1; i < catalogue.count; i++)
		if (text[i].hash == text[i - 1].hash)
			errx(1, "hash: two originals have one hash");
	put_number(CATALOGUE_HASHED);
	put_number(catalogue.count);
	for (uint32_t i = 0; i < catalogue.count; i++)
		put(&text[i].hash, sizeof text[i].hash);
	place = 8 + (size_t)catalogue.count * 12;
	for (uint32_t i = 0; i < catalogue.count; i++) {
		put_number(place);
		place += strlen(text[i].translation) + 1;
	}
	for (uint32_t i = 0; i < catalogue.count; i++)
		put(text[i].translation, strlen(text[i].translation) + 1);
	return fflush(stdout) == 0 ? 0 : 1;
}
