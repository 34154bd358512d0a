/*
 * One finding told: what is wrong, wanted and found one above the other with
 * the difference marked, and what to do now.
 */
#ifndef DNSESAME_STORY_H
#define DNSESAME_STORY_H

#include <stdbool.h>
#include <stddef.h>

#include "diagnose/check.h"

struct paint;

/* A few words for the table; translated, "" when there is nothing to say. */
const char *
story_short(const struct check *check, size_t row);

/* Rows of the table: the records, then the domain's findings. */
size_t
story_rows(const struct check *check);

/* The state of a row; false while it is not known yet. */
bool
story_state(const struct check *check, size_t row, enum state *state);

/* "DKIM 1", "Domain"; into buf. */
const char *
story_title(const struct check *check, size_t row, char *buf, size_t size);

/* "! FAIL  DKIM 1", what the story is about, into dst. */
const char *
story_heading(const struct check *check, size_t row, char *dst, size_t size);

/*
 * The story of a row from line y, column x to line end; returns the line
 * behind it.
 */
int
story_draw(const struct check *check, size_t row, struct paint *paint, int y,
    int x, int end);

/* The whole of it as text, with explanation and who sees what. */
void
story_text(const struct check *check, size_t row, char *dst, size_t size);

#endif
