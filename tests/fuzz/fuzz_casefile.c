/*
 * Case files: what reads is written so that it reads back, and is then
 * written the same again; a complaint names a line.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose/casefile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* -1 when a time is too far from the head's, as after a second head. */
static int
write_all(const struct casefile *file, char **text, size_t *size)
{
	struct plan plan = { 0 };
	FILE *out;

	for (size_t i = 0; i < file->log.count; i++) {
		int64_t at = file->log.row[i]->when - file->now;

		if (at < INT32_MIN || at > INT32_MAX)
			return -1;
	}
	out = open_memstream(text, size);
	if (out == NULL)
		abort();
	plan_make(&plan, &file->identity, file->guard);
	casefile_write_head(out, &(struct casefile_head){
		.plan = &plan,
		.background = &file->background,
		.provider = file->provider,
		.zone = file->has_zone ? &file->zone : NULL,
		.vantages = &file->vantages,
		.now = file->now,
		.private = file->private,
	});
	for (size_t i = 0; i < file->log.count; i++)
		casefile_write_row(out, file->log.row[i], file->now);
	if (fclose(out) != 0)
		abort();
	plan_release(&plan);
	return 0;
}

static int
read_all(struct casefile *file, const void *text, size_t size)
{
	char why[CASEFILE_WHY] = "";
	char *copy = malloc(size + 1);
	FILE *in;
	int rc;

	if (copy == NULL)
		abort();
	memcpy(copy, text, size);
	in = fmemopen(copy, size, "r");
	if (in == NULL)
		abort();
	rc = casefile_read(file, in, "f", why);
	if (rc == -1 && (strncmp(why, "f:", 2) != 0 ||
	    strlen(why) < strlen("f:1: x")))
		abort();
	fclose(in);
	free(copy);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct casefile file, again;
	char *first = NULL, *second = NULL;
	size_t len, len_again;

	if (size == 0)
		return 0;
	casefile_init(&file);
	casefile_init(&again);
	if (read_all(&file, data, size) == 0 &&
	    write_all(&file, &first, &len) == 0) {
		if (read_all(&again, first, len) == -1 ||
		    write_all(&again, &second, &len_again) == -1 ||
		    len != len_again || memcmp(first, second, len) != 0)
			abort();
	}
	free(first);
	free(second);
	casefile_release(&file);
	casefile_release(&again);
	return 0;
}
