/*
 * A catalogue of translated sentences, as msgfmt(1) writes it (GNU gettext
 * manual, "The Format of GNU MO Files").  Read here and not by libc, which
 * from glibc 2.39 on translates nothing under C.UTF-8, the only UTF-8 locale
 * of most servers.
 */
#ifndef DNSESAME_CATALOGUE_H
#define DNSESAME_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

struct catalogue {
	const uint8_t *file;	/* NULL: empty */
	uint8_t *owned;		/* the file, when it was read */
	size_t size;
	uint32_t count, originals, translations;
};

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

/* The translation, in UTF-8, good until the release; NULL if there is none. */
const char *
catalogue_find(const struct catalogue *catalogue, const char *original);

#endif
