/*
 * Domain names by value, as uncompressed wire form (RFC 1035, section 3.1).
 * A struct name can be copied, compared and thrown away; nothing is freed.
 * Case is kept as it came and ignored in every comparison (RFC 4343).
 */
#ifndef DNSESAME_NAME_H
#define DNSESAME_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NAME_WIRE = 255,	/* octets of the longest name */
	NAME_LABEL = 63,	/* octets of the longest label */
	NAME_TEXT = 1024	/* text of any name, escapes and NUL included */
};

struct name {
	uint8_t len;			/* octets in wire, final 0 included */
	uint8_t wire[NAME_WIRE];
};

/* The root, ".". */
struct name
name_root(void);

/*
 * Reads presentation form: labels with dots between, \. \ddd escapes, the
 * final dot optional, always absolute.  No IDN.  -1 and *why when it is no
 * name.
 */
int
name_parse(struct name *out, const char *text, const char **why);

/*
 * Reads what people type: UTF-8, full-width letters and dots folded, IDN to
 * A-labels (IDNA 2008, RFC 5891; libidn2).  Underscores are allowed.
 */
int
name_parse_idn(struct name *out, const char *utf8, const char **why);

/* From uncompressed wire form of at most len octets; -1 when malformed. */
int
name_from_wire(struct name *out, const uint8_t *wire, size_t len);

/*
 * Lower case, no final dot, unprintable octets as \ddd; "." for the root.
 * Returns buf.
 */
char *
name_text(const struct name *name, char buf[static NAME_TEXT]);

/* As in zone files and on the wire: case kept, final dot.  Returns buf. */
char *
name_zonefile(const struct name *name, char buf[static NAME_TEXT]);

/*
 * As name_text, with A-labels shown in Unicode: where libidn2 can, all of it
 * is printable, and it leads back to the same name.
 */
char *
name_unicode(const struct name *name, char buf[static NAME_TEXT]);

bool
name_equal(const struct name *a, const struct name *b);

/* The same for names that are equal; another one on another machine. */
uint32_t
name_hash(const struct name *name);

/* Canonical order, RFC 4034 section 6.1: <0, 0, >0. */
int
name_compare(const struct name *a, const struct name *b);

/* True when name is ancestor or stands below it. */
bool
name_is_below(const struct name *name, const struct name *ancestor);

/* How many labels, the root not counted. */
size_t
name_labels(const struct name *name);

/*
 * Drops the leftmost label.  False, and *out the root, when there was none.
 * out may be name.
 */
bool
name_parent(struct name *out, const struct name *name);

/* The leftmost n labels of name as a name of their own. */
struct name
name_head(const struct name *name, size_t n);

/*
 * The labels of name that stand before zone ("a.b" of a.b.example.jp); the
 * root when they are equal; -1 when name is not at or below zone.
 */
int
name_relative(struct name *out, const struct name *name,
    const struct name *zone);

/* head followed by tail: doubled names are made so.  -1 when too long. */
int
name_join(struct name *out, const struct name *head, const struct name *tail);

/* Presentation text (one or more labels) before tail; -1 when no name. */
int
name_prepend(struct name *out, const char *text, const struct name *tail);

/* True when the leftmost label equals label, case ignored. */
bool
name_starts(const struct name *name, const char *label);

#endif
