/*
 * The width of text on the screen, and where a line may end.  Columns are
 * those of wcwidth(3), never octets.  No curses.
 */
#ifndef DNSESAME_WRAP_H
#define DNSESAME_WRAP_H

#include <stddef.h>

/*
 * One character at text: its octets (at least 1, 0 at the end) and, in *width
 * if not NULL, its columns.  A broken octet counts as one column.
 */
size_t
wrap_char(const char *text, int *width);

/* Columns of a text, or of its first len octets. */
int
wrap_width(const char *text);
int
wrap_width_of(const char *text, size_t len);

/*
 * How much there is to read, in words: of Latin writing each word, five letters
 * of Japanese two words, for a word of English comes to about 2.5 of them in
 * translation.  Names, numbers and addresses are a word each, and so is what
 * stands in 「」, for it is looked for; marks are none.
 */
size_t
wrap_words(const char *text);

/* How many octets fit into so many columns. */
size_t
wrap_fit(const char *text, int width);

/*
 * The next line of at most width columns: *len octets from text on (blanks at
 * the end left out).  Returns where the line after it begins, NULL when this
 * was the last.  Lines end at blanks and newlines, in Japanese where a phrase
 * ends, or between any two characters where that is far away; but none begins
 * with a closing mark or a small letter and none ends with an opening bracket.
 * A word, or what stands in 「」, is cut only when it is longer than a line; a
 * label that ends with a colon goes with its text.
 */
const char *
wrap_next(const char *text, int width, size_t *len);

/* How many lines that makes. */
int
wrap_lines(const char *text, int width);

#endif
