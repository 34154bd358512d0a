/*
 * Text that is safe to show.  Every octet from the network or a file passes
 * text_safe before it meets a terminal, a log, JSON or the clipboard.
 */
#ifndef DNSESAME_TEXT_H
#define DNSESAME_TEXT_H

#include <stddef.h>

/*
 * Writes src as printable UTF-8, NUL-terminated: C0, C1, DEL, bidirectional
 * and zero-width characters, private and unassigned code points and broken
 * sequences stand as \ooo per octet, a backslash as \\.  Does not depend on
 * the locale.  Never cuts inside a character or an escape; returns the length
 * the whole text needs, so a result >= size means it was cut.
 */
size_t
text_safe(char *dst, size_t size, const void *src, size_t len);

/* One named place of a template: "{name}" becomes value. */
struct text_place {
	const char *name;
	const char *value;
};

/*
 * Fills the named places of tmpl.  An unknown place stays as it is, so that a
 * slip is seen and tested; "{{" is a brace.  No text from a catalogue is ever
 * a printf format.  places ends with a NULL name.  Returns the length needed.
 */
size_t
text_fill(char *dst, size_t size, const char *tmpl,
    const struct text_place *places);

/*
 * Copies src without control characters, zero-width spaces and byte order
 * marks, and without blanks at both ends.  With fold, full-width ASCII
 * (U+FF01..FF5E) and every kind of blank become ASCII.  For what people type
 * or paste into one field.  Returns the length needed.
 */
size_t
text_trim(char *dst, size_t size, const char *src, int fold);

enum {
	TEXT_WORD = 32
};

/*
 * How many letters to add, take away or change until a is b, whatever their
 * case: how near a typed word is to a known one.  Of both at most TEXT_WORD
 * octets count.
 */
size_t
text_distance(const char *a, const char *b);

#endif
