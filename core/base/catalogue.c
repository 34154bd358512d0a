#include "base/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define MAGIC UINT32_C(0x950412de)

enum {
	HEADER = 20,		/* octets, up to the places of both tables */
	HASHED = 8,		/* octets of a head by hash, and of a hash */
	PLACE = 4,		/* octets of a place */
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

uint64_t
catalogue_hash(const char *original)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *original != '\0'; original++) {
		hash ^= (unsigned char)*original;
		hash *= UINT64_C(0x100000001b3);
	}
	return hash;
}

static uint64_t
hash_at(const struct catalogue *catalogue, uint32_t index)
{
	uint64_t hash;

	memcpy(&hash, catalogue->file + HASHED + (size_t)index * HASHED,
	    sizeof hash);
	return hash;
}

static const char *
hashed_text(const struct catalogue *catalogue, uint32_t index)
{
	size_t place = number(catalogue, catalogue->translations +
	    (size_t)index * PLACE);

	return (const char *)catalogue->file + place;
}

/* The last text ends the file, so none reaches over its end. */
static bool
is_sound_hashed(struct catalogue *catalogue)
{
	size_t table;

	catalogue->count = number(catalogue, 4);
	catalogue->hashed = true;
	table = HASHED + (size_t)catalogue->count * HASHED;
	if (table + (size_t)catalogue->count * PLACE >= catalogue->size ||
	    catalogue->file[catalogue->size - 1] != '\0')
		return false;
	catalogue->translations = (uint32_t)table;
	for (uint32_t i = 0; i < catalogue->count; i++)
		if (number(catalogue, table + (size_t)i * PLACE) >=
		    catalogue->size)
			return false;
	return true;
}

static bool
is_sound(struct catalogue *catalogue)
{
	size_t table;

	if (catalogue->size >= HEADER && number(catalogue, 0) ==
	    CATALOGUE_HASHED)
		return is_sound_hashed(catalogue);
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

const char *
catalogue_original(const struct catalogue *catalogue, uint32_t index)
{
	return catalogue->hashed ? NULL :
	    entry(catalogue, catalogue->originals, index);
}

/* How original stands to the one of this number. */
static int
compare(const struct catalogue *catalogue, const char *original,
    uint64_t hash, uint32_t index)
{
	uint64_t its;

	if (!catalogue->hashed)
		return strcmp(original, entry(catalogue, catalogue->originals,
		    index));
	its = hash_at(catalogue, index);
	return hash == its ? 0 : hash < its ? -1 : 1;
}

/* msgfmt sorts the originals, hash.c their hashes. */
const char *
catalogue_find(const struct catalogue *catalogue, const char *original)
{
	uint32_t low = 0, high = catalogue->count;
	uint64_t hash = catalogue->hashed ? catalogue_hash(original) : 0;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = compare(catalogue, original, hash, middle);

		if (order == 0)
			return catalogue->hashed ?
			    hashed_text(catalogue, middle) :
			    entry(catalogue, catalogue->translations, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
