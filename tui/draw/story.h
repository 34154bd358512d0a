/*
 * One finding drawn: what to do now, then why, wanted and found one above the
 * other with the difference marked.
 */
#ifndef DNSESAME_DRAW_STORY_H
#define DNSESAME_DRAW_STORY_H

#include "model/story.h"

struct paint;

/* Adds "! FAIL  DKIM 1", what the story is about. */
void
story_heading(const struct check *check, size_t row, struct text *t);

/*
 * The story of a row from line y, column x to line end; returns the line
 * behind it.  whole: a failed row's explanation, too, which else waits in the
 * details.
 */
int
story_draw(const struct check *check, size_t row, bool whole,
    struct paint *paint, int y, int x, int end);

#endif
