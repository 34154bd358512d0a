/*
 * What the readers of one import share: what was gathered so far and where
 * the reader stands.  Only import*.c include this.
 */
#ifndef DNSESAME_IMPORT_INTERNAL_H
#define DNSESAME_IMPORT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "dns/name.h"
#include "ses/identity.h"
#include "ses/import.h"

/*
 * The way of a text, from the surest to the least sure; who reads something
 * blanks it out, so that nothing is read twice:
 *
 *	a mail's source -> decoded (import-mail)
 *	-> UTF-8 (import-decode) -> secrets named, blanked out (import-secret)
 *	-> JSON, wherever it stands (import-json)
 *	-> made plain (import-plain) -> a PEM key (import-key)
 *	-> line by line (import-lines):
 *	     cells of a row, comma, tab or zone file (import-cells, import-rows)
 *	     else words behind their labels (import-words, import-fact)
 *	-> what waited for a name or a domain (import-settle)
 *	-> what nobody took, though it looks like SES's, is named (import-left)
 *
 * All of them hand values to gather_...(), where one value is taken, left
 * alone with a note, or refused with the whole text (import-take).
 */

enum {
	GATHER_KEY = 1024,	/* octets of a DKIM key's record */
	GATHER_TOKEN = 32,	/* characters of a genuine token */
	GATHER_SKIPPED = 8192,	/* octets of the list of those left alone */
	GATHER_LEFT = 32,	/* values whose place is looked up */
	WORDS_PHRASE = 80,	/* octets between two separators that count */
	WORDS_PART = 8,		/* characters that tell a part of a value */
	WORDS_VALUE = 44	/* characters of a legacy value */
};

struct gather {
	struct import *out;
	const struct identity *known;
	char *why;		/* IMPORT_WHY octets; refused, unless "" */
	size_t line, column;		/* 1-based; 0: no such place */
	const char *at;			/* instead of column, in start */
	size_t owner_column, value_column;	/* of this row */
	bool fields;			/* columns are CSV's */
	bool left;			/* this row is left alone, knowingly */
	struct text skipped;		/* values left alone, a line each */
	bool many;			/* too many of them for the list */
	char owner[NAME_TEXT];		/* the last name of a row, */
	char key_owner[NAME_TEXT];	/* and of one below _domainkey */
	size_t mx_waits;	/* line of an MX row whose name stands behind */
	bool key_waits;			/* a key, too */
	char below[NAME_TEXT];		/* what stood behind ._domainkey */
	char domain[NAME_TEXT];		/* named in passing */
	const char *start;		/* of this line, or of the JSON */
	char key[IDENTITY_WORD];	/* in JSON; placed when needed */
	const char *value;		/* of the key if it is a string */
	const char *row_key, *row_value;	/* the same of a row of JSON */
	struct name zone;		/* of the targets */
	bool has_zone;
	char parent[IDENTITY_REGION];	/* whose keys a replica uses */
	char region[IDENTITY_REGION];	/* of the feedback host */
	char mail_from[NAME_TEXT];	/* checked when the domain is known */
	struct text spf;	/* names of SPF rows of SES, a line each */
	size_t spf_line;	/* of one without a name, or 0 */
	int64_t created_at;		/* the keys, ms since 1970 */
	/* The first row of a whole DKIM key: ours, or another sender's. */
	char key_selector[IDENTITY_SELECTOR];
	char key_value[GATHER_KEY];
	bool external;			/* AWS says that the key is ours */
	bool has_status;		/* of the identity, not of DKIM */
	bool addresses;			/* e-mail address identities seen */
	bool single;			/* AWS says that it is one */
	char other[NAME_TEXT];		/* a domain that is not known's */
};

/*
 * One value is left alone: a note names the place, then reason with {value}
 * filled; the rest is read on.  Returns 1.
 */
int
gather_leave(struct gather *g, const char *reason, const char *value);

/* The same, and nothing at all is taken of the document. */
int
gather_refuse(struct gather *g, const char *reason, const char *value);

/* Line and column of at in text, in characters. */
void
gather_place(struct gather *g, const char *text, const char *at);

enum {
	FACT_LIST = 1,		/* several values */
	FACT_PHRASE = 2,	/* of several words */
	FACT_NUMBER = 4,	/* in JSON it may be one */
	FACT_WHOLE = 8		/* of one length: a part of one is told */
};

/* A value that AWS has a name for. */
struct fact {
	const char *key;		/* only letters and digits, small */
	int (*take)(struct gather *g, const char *value);	/* as below */
	bool (*fits)(const char *value);	/* where nothing else tells */
	int flags;
};

/* The one of this name, however it is written; NULL when there is none. */
const struct fact *
fact_find(const char *key);

/* In characters, as an editor counts them; at stands in the text of start. */
size_t
gather_column(const char *start, const char *at);

/* How many octets of text could be a token's. */
size_t
gather_token_length(const char *text);

/* Each takes one value in; 1: it was left alone, and a note says why. */
int
gather_domain(struct gather *g, const char *text);
int
gather_token(struct gather *g, const char *text);
int
gather_zone(struct gather *g, const char *text);
int
gather_verification(struct gather *g, const char *text);
int
gather_mail_from(struct gather *g, const char *text);
int
gather_region(struct gather *g, const char *text);

/* A public key alone: bare, or behind its selector and "=". */
int
gather_key(struct gather *g, const char *text);

/* A PEM file, whatever stands around it; may be changed. */
void
gather_pem(struct gather *g, char *text);

/* The row of a DKIM key; whose it is shows at the end. */
int
gather_key_row(struct gather *g, const char *owner, const char *value);
void
gather_settle_key(struct gather *g);

/*
 * An SPF value of SES at owner, "" when nothing stands beside it.  False when
 * value is none; one that is cut off is left alone.
 */
bool
gather_spf(struct gather *g, const char *owner, const char *value);

/*
 * A word of its own: known by its shape.  loose: a bare token will do.  True
 * when it was one, 0 when it is anything.
 */
int
gather_word(struct gather *g, const char *word, bool loose);

/*
 * What in text has the shape of SES's values is left alone knowingly; true if
 * there is any.
 */
bool
gather_skip(struct gather *g, const char *text);

/*
 * What in text has that shape, and nobody took it or left it knowingly: a note
 * for each.
 */
void
gather_left_over(struct gather *g, char *text);

/* The same for a public key alone, or with its selector before it. */
int
gather_key_word(struct gather *g, const char *word);

/* Where the reader of words stands. */
struct words {
	struct gather *g;
	const struct fact *fact;	/* whose value is awaited */
	bool answered;			/* something stood behind its key */
	char phrase[WORDS_PHRASE];	/* since the last separator */
};

/* Values that waited for their names in vain, at an empty line. */
void
words_settle(struct gather *g);

/*
 * The name that the next value stands at, where cells stand one by one: word,
 * if it has the shape of one.
 */
void
words_owner(struct gather *g, const char *word);

/* One line without its end. */
void
words_line(struct words *w, const char *line);

/* One row's cells in any order: 1 when something of SES was in it. */
int
gather_cells(struct gather *g, char *const *cell, size_t count);
bool
gather_is_type(const char *cell);

/* Where the name, or value, of the row stands: for complaints. */
void
gather_cell_place(struct gather *g, const char *cell, size_t field,
    bool value);

/* One row of each type. */
int
gather_cname(struct gather *g, const char *owner, const char *target);
int
gather_txt(struct gather *g, const char *owner, const char *value);
int
gather_mx(struct gather *g, const char *owner, const char *value);

/* A row that holds nothing of SES: named if we know whose it is.  1. */
int
gather_other(struct gather *g, const char *owner, const char *value);

/* In TOKEN.dkim.amazonses.com the zone; NULL when text is no target. */
const char *
gather_zone_in(const char *text);

/* Something to tell beside what was taken. */
void
gather_note(struct gather *g, const char *reason, const char *value);

/* Secrets in text are named and blanked out. */
void
gather_secrets(struct gather *g, char *text);

/* The source of a mail decoded, *len octets, to be freed. */
char *
import_mail(const char *text, size_t *len);

/*
 * The code point at *at, which is moved behind it; -1 and one octet when it is
 * no UTF-8.
 */
int32_t
import_point(const unsigned char **at);

/* As UTF-8, to be freed; NULL: no text.  *broken: line of what is none. */
char *
import_decode(const char *text, size_t len, size_t *broken);

/*
 * In place: full-width letters, quotation marks and blanks become plain, tags
 * and links go, a name that a line's end cuts is whole again.
 */
void
import_make_plain(char *text);

/* All rows and words of text, line by line; it may be changed. */
void
gather_lines(struct gather *g, char *text);

/* When all is read. */
void
gather_settle(struct gather *g);

/* All that is JSON in text is read and blanked out. */
void
gather_json(struct gather *g, char *text, size_t len);

#endif
