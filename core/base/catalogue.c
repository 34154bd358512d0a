#include "base/catalogue.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define MAGIC UINT32_C(0x950412de)

enum {
	HEADER = 20,		/* octets, up to the places of both tables */
	ENTRY = 8,		/* octets: length and place of a text */
	MOST = 16 << 20		/* octets of a file, at most */
};

static uint32_t
number(const struct catalogue *catalogue, size_t at)
{
	uint32_t n;

	memcpy(&n, catalogue->file + at, sizeof n);
	return n;
}

/* NULL when it does not end within the file. */
static const char *
entry(const struct catalogue *catalogue, uint32_t table, uint32_t index)
{
	size_t place = table + (size_t)index * ENTRY;
	size_t len = number(catalogue, place);
	size_t at = number(catalogue, place + 4);

	if (at >= catalogue->size || len >= catalogue->size - at ||
	    catalogue->file[at + len] != '\0')
		return NULL;
	return (const char *)catalogue->file + at;
}

static bool
is_sound(struct catalogue *catalogue)
{
	size_t table;

	if (catalogue->size < HEADER || number(catalogue, 0) != MAGIC)
		return false;
	catalogue->count = number(catalogue, 8);
	catalogue->originals = number(catalogue, 12);
	catalogue->translations = number(catalogue, 16);
	table = (size_t)catalogue->count * ENTRY;
	if (table > catalogue->size ||
	    catalogue->originals > catalogue->size - table ||
	    catalogue->translations > catalogue->size - table)
		return false;
	for (uint32_t i = 0; i < catalogue->count; i++)
		if (entry(catalogue, catalogue->originals, i) == NULL ||
		    entry(catalogue, catalogue->translations, i) == NULL)
			return false;
	return true;
}

int
catalogue_take(struct catalogue *catalogue, const uint8_t *file, size_t size)
{
	memset(catalogue, 0, sizeof *catalogue);
	catalogue->file = file;
	catalogue->size = size;
	if (is_sound(catalogue))
		return 0;
	memset(catalogue, 0, sizeof *catalogue);
	return -1;
}

int
catalogue_read(struct catalogue *catalogue, const char *path)
{
	FILE *in = fopen(path, "re");
	uint8_t *owned = NULL;
	size_t len = 0;
	long size;

	if (in != NULL && fseek(in, 0, SEEK_END) == 0 &&
	    (size = ftell(in)) > 0 && size <= MOST) {
		rewind(in);
		owned = xmalloc((size_t)size);
		len = fread(owned, 1, (size_t)size, in);
	}
	if (in != NULL)
		fclose(in);
	if (catalogue_take(catalogue, owned, len) == 0) {
		catalogue->owned = owned;
		return 0;
	}
	free(owned);
	return -1;
}

void
catalogue_release(struct catalogue *catalogue)
{
	free(catalogue->owned);
	memset(catalogue, 0, sizeof *catalogue);
}

/* msgfmt sorts the originals. */
const char *
catalogue_find(const struct catalogue *catalogue, const char *original)
{
	uint32_t low = 0, high = catalogue->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const char *its = entry(catalogue, catalogue->originals,
		    middle);
		int order;

		if (its == NULL)
			return NULL;
		order = strcmp(original, its);
		if (order == 0)
			return entry(catalogue, catalogue->translations,
			    middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
