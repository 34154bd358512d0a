/*
 * pack FILE: the text made short (packed.h), on standard output.  It runs on
 * the machine that builds.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/packed.h"

enum {
	HASHES = 1 << 15,
	TRIES = 64,		/* earlier places that are compared */
	NOWHERE = -1
};

struct text {
	uint8_t *octet;
	int len;
	int newest[HASHES];	/* places of PACKED_LEAST octets, by hash, */
	int *before;		/* and the one before each */
};

static void
read_text(struct text *text, const char *file)
{
	FILE *in = fopen(file, "r");
	long size;

	if (in == NULL || fseek(in, 0, SEEK_END) != 0 ||
	    (size = ftell(in)) == -1 || size > 1 << 24)
		err(1, "%s", file);
	rewind(in);
	text->len = (int)size;
	text->octet = malloc((size_t)size + PACKED_LEAST);
	text->before = calloc((size_t)size + 1, sizeof *text->before);
	if (text->octet == NULL || text->before == NULL ||
	    fread(text->octet, 1, (size_t)size, in) != (size_t)size)
		err(1, "%s", file);
	memset(text->octet + size, 0, PACKED_LEAST);
	fclose(in);
	for (int i = 0; i < HASHES; i++)
		text->newest[i] = NOWHERE;
}

static unsigned
hash(const uint8_t *at)
{
	unsigned n = 0;

	for (int i = 0; i < PACKED_LEAST; i++)
		n = n * 2654435761u + at[i];
	return n >> 7 & (HASHES - 1);
}

/* The longest earlier text like that at i, and how far back it stands. */
static int
find(const struct text *text, int i, int *back)
{
	int best = 0, place = text->newest[hash(text->octet + i)];

	for (int n = 0; n < TRIES && place != NOWHERE &&
	    i - place <= PACKED_BACK; n++, place = text->before[place]) {
		int len = 0;

		while (len < PACKED_MOST && i + len < text->len &&
		    text->octet[place + len] == text->octet[i + len])
			len++;
		if (len > best) {
			best = len;
			*back = i - place;
		}
	}
	return best >= PACKED_LEAST ? best : 0;
}

static void
note(struct text *text, int i)
{
	unsigned n = hash(text->octet + i);

	text->before[i] = text->newest[n];
	text->newest[n] = i;
}

/* As they are, up to i. */
static void
put_plain(const struct text *text, int *from, int i)
{
	while (*from < i) {
		int n = i - *from < PACKED_SEEN ? i - *from : PACKED_SEEN;

		putchar(n - 1);
		fwrite(text->octet + *from, 1, (size_t)n, stdout);
		*from += n;
	}
}

int
main(int argc, char **argv)
{
	static struct text text;
	int plain = 0, i = 0, back = 0;

	if (argc != 2)
		errx(1, "pack: one file");
	read_text(&text, argv[1]);
	while (i < text.len) {
		int len = find(&text, i, &back);

		if (len > 0) {
			put_plain(&text, &plain, i);
			putchar(len - PACKED_LEAST + PACKED_SEEN);
			putchar(back & 0xff);
			putchar(back >> 8);
			plain = i + len;
		}
		for (len = len > 0 ? len : 1; len > 0; len--)
			note(&text, i++);
	}
	put_plain(&text, &plain, i);
	free(text.octet);
	free(text.before);
	return fflush(stdout) == 0 ? 0 : 1;
}
