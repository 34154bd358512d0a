/*
 * Text that grows, and text that is safe to show.  Every octet from the network
 * or a file passes text_safe before it meets a terminal, a log, JSON or the
 * clipboard.
 */
#ifndef DNSESAME_TEXT_H
#define DNSESAME_TEXT_H

#include <stdbool.h>
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
 * Fills {program}: what to type to start this program once more, as it was
 * typed.  "dnsesame" where that would need quotes.
 */
size_t
text_program(char *dst, size_t size, const char *tmpl);

/*
 * A text of any length.  s is a string at all times, "" at first, and belongs
 * to the text: it stands until the next call that changes the text, which may
 * move it (room doubles, so n octets cost n), and until text_release.  What is
 * added must not lie in the text itself.  Memory that is not there ends the
 * program (xalloc.h), so nothing here fails.
 *
 *	struct text t = TEXT_INIT;
 *
 *	text_addf(&t, "%s %s", owner, type);
 *	puts(t.s);
 *	text_release(&t);
 */
struct text {
	const char *s;		/* mem, or "" while nothing was added */
	size_t len;
	char *mem;
	size_t size;		/* of mem */
};

#define TEXT_INIT { .s = "" }

/*
 * To nothing: clear keeps the room for what comes next, release gives it up.
 * All zeroes are a text after either.
 */
void
text_clear(struct text *t);
void
text_release(struct text *t);

/* The string, to free; the text is empty then. */
char *
text_take(struct text *t);

void
text_add(struct text *t, const char *s);
void
text_add_part(struct text *t, const char *s, size_t len);
__attribute__((format(printf, 2, 3))) void
text_addf(struct text *t, const char *format, ...);
void
text_add_safe(struct text *t, const void *src, size_t len);
void
text_add_filled(struct text *t, const char *tmpl,
    const struct text_place *places);

/*
 * Adds the value of the place of this name, len octets; false, and nothing
 * added, where there is none.
 */
typedef bool text_ask_fn(struct text *t, const char *name, size_t len,
    const void *arg);

/* The same with a function that is asked for those places only that occur. */
void
text_add_asked(struct text *t, const char *tmpl, text_ask_fn *ask,
    const void *arg);

/* item after between, unless the list has it: each stands there once. */
void
text_join(struct text *list, const char *between, const char *item);

/* The same with ", ". */
void
text_list_add(struct text *list, const char *item);

/* line after a newline; "" is none. */
void
text_line_add(struct text *t, const char *line);

/* Takes the octets c off the end. */
void
text_chop(struct text *t, char c);

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
