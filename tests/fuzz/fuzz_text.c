/*
 * Text: what text_safe wrote leads back to the same octets, is plain when
 * made safe again, and a cut piece of it is a beginning of it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
	LONGEST = 512
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Undoes text_safe; returns how many octets came of it. */
static size_t
undo(uint8_t *out, const char *safe)
{
	size_t at = 0;

	while (*safe != '\0') {
		if (*safe != '\\') {
			out[at++] = (uint8_t)*safe++;
		} else if (safe[1] == '\\') {
			out[at++] = '\\';
			safe += 2;
		} else {
			out[at++] = (uint8_t)((safe[1] - '0') * 64 +
			    (safe[2] - '0') * 8 + safe[3] - '0');
			safe += 4;
		}
	}
	return at;
}

static void
check_safe(const uint8_t *data, size_t size)
{
	size_t need = text_safe(NULL, 0, data, size), backslashes = 0, cut;
	char *safe = malloc(need + 1), *piece = malloc(need + 1);
	uint8_t *back = malloc(need + 1);

	if (safe == NULL || piece == NULL || back == NULL)
		abort();
	if (text_safe(safe, need + 1, data, size) != need ||
	    strlen(safe) != need || undo(back, safe) != size ||
	    (size > 0 && memcmp(back, data, size) != 0))
		abort();
	for (const char *c = safe; *c != '\0'; c++) {
		backslashes += *c == '\\';
		if ((uint8_t)*c < ' ' || *c == 0x7f)
			abort();
	}
	/* Only backslashes are left to escape. */
	if (text_safe(NULL, 0, safe, need) != need + backslashes)
		abort();
	cut = size > 0 ? data[0] % (need + 1) : 0;
	if (text_safe(piece, cut, data, size) != need || (cut > 0 &&
	    (strlen(piece) >= cut || strncmp(piece, safe, strlen(piece)) !=
	    0)))
		abort();
	free(safe);
	free(piece);
	free(back);
}

/* Trimmed text has neither controls nor blank ends; no place, no change. */
static void
check_string(const char *text)
{
	static const struct text_place none[] = { { NULL, NULL } };
	size_t size = strlen(text) + 1, need;
	char *once = malloc(size);

	if (once == NULL)
		abort();
	for (int fold = 0; fold < 2; fold++) {
		need = text_trim(once, size, text, fold);
		if (need >= size || strlen(once) != need || (need > 0 &&
		    (once[0] == ' ' || once[need - 1] == ' ')))
			abort();
		for (const char *c = once; *c != '\0'; c++)
			if ((uint8_t)*c < ' ' || *c == 0x7f)
				abort();
	}
	if (text_fill(once, size, text, none) >= size ||
	    (strstr(text, "{{") == NULL && strcmp(once, text) != 0))
		abort();
	free(once);
}

/* The first line is a template, the rest the value of its place {a}. */
static void
check_fill(char *text)
{
	char *value = text + strcspn(text, "\n");
	struct text_place places[] = { { "a", NULL }, { NULL, NULL } };
	char piece[32];
	size_t need;

	if (*value != '\0')
		*value++ = '\0';
	places[0].value = value;
	need = text_fill(NULL, 0, text, places);
	if (text_fill(piece, sizeof piece, text, places) != need ||
	    strlen(piece) > need)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	/* Longer ones say nothing new and take the time of ten. */
	if (size > LONGEST)
		size = LONGEST;
	if ((text = malloc(size + 1)) == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	check_safe(data, size);
	check_string(text);
	check_fill(text);
	free(text);
	return 0;
}
