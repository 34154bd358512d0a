/*
 * A catalogue of translated sentences, as msgfmt(1) writes it (GNU gettext
 * manual, "The Format of GNU MO Files").  Read here and not by libc, which
 * from glibc 2.39 on translates nothing under C.UTF-8, the only UTF-8 locale
 * of most servers.  The program that stands alone carries the originals once,
 * as its own text: its catalogue has only their hashes beside the translations
 * (core/base/alone/hash.c writes it).
 */
#ifndef DNSESAME_CATALOGUE_H
#define DNSESAME_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * By hash: the magic number, how many, their hashes in ascending order, the
 * place of each translation in the file, the translations, each with its NUL.
 */
#define CATALOGUE_HASHED UINT32_C(0x64736861)

struct catalogue {
	const uint8_t *file;	/* NULL: empty */
	uint8_t *owned;		/* the file, when it was read */
	size_t size;
	uint32_t count, originals, translations;
	bool hashed;		/* originals are hashes, translations places */
};

/* FNV-1a of 64 bits. */
uint64_t
catalogue_hash(const char *original);

/*
 * Reads the file whole.  -1 when there is none, or none of this machine's
 * byte order and sound to its end; the catalogue is then empty.
 */
int
catalogue_read(struct catalogue *catalogue, const char *path);

/* The same from memory, which stays the caller's and must outlive it. */
int
catalogue_take(struct catalogue *catalogue, const uint8_t *file, size_t size);

void
catalogue_release(struct catalogue *catalogue);

/* The text of this number, from 0 to count: not in one by hash. */
const char *
catalogue_original(const struct catalogue *catalogue, uint32_t index);

/* The translation, in UTF-8, good until the release; NULL if there is none. */
const char *
catalogue_find(const struct catalogue *catalogue, const char *original);

#endif
