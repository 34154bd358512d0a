/*
 * What the readers of one import share: what was gathered so far and where
 * the reader stands.  Only import*.c include this.
 */
#ifndef DNSESAME_IMPORT_INTERNAL_H
#define DNSESAME_IMPORT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "ses/identity.h"
#include "ses/import.h"
#include "dns/name.h"

enum {
	GATHER_KEY = 1024,	/* octets of a DKIM key's record */
	GATHER_TOKEN = 32,	/* characters of a genuine token */
	WORDS_PHRASE = 80,	/* octets between two separators that count */
	WORDS_VALUE = 44	/* characters of a legacy value */
};

struct gather {
	struct import *out;
	const struct identity *known;
	char *why;			/* IMPORT_WHY octets */
	size_t line, column;		/* 1-based; 0: no such place */
	const char *at;			/* instead of column, in start */
	size_t owner_column, value_column;	/* of this row */
	bool fields;			/* columns are CSV's */
	bool left;			/* this row is left alone, knowingly */
	char skipped[IDENTITY_TOKEN];	/* of a row of another domain */
	char owner[NAME_TEXT];		/* the last name of a row */
	char below[NAME_TEXT];		/* what stood behind ._domainkey */
	char domain[NAME_TEXT];		/* named in passing */
	const char *start;		/* of this line, or of the JSON */
	char key[IDENTITY_WORD];	/* in JSON; placed when needed */
	const char *value;		/* of the key if it is a string */
	struct name zone;		/* of the targets */
	bool has_zone;
	char parent[IDENTITY_REGION];	/* whose keys a replica uses */
	char region[IDENTITY_REGION];	/* of the feedback host */
	char mail_from[NAME_TEXT];	/* checked when the domain is known */
	char spf[NAME_TEXT];		/* owner of an SPF that names SES */
	int64_t created_at;		/* the keys, ms since 1970 */
	/* The first row of a DKIM key: ours, or another sender's. */
	char key_selector[IDENTITY_SELECTOR];
	char key_value[GATHER_KEY];
	bool external;			/* AWS says that the key is ours */
	bool has_status;		/* of the identity, not of DKIM */
	bool addresses;			/* e-mail address identities seen */
	bool single;			/* AWS says that it is one */
	char other[NAME_TEXT];		/* a domain that is not known's */
};

/* Writes the place, then reason with {value} filled; returns -1. */
int
gather_complain(struct gather *g, const char *reason, const char *value);

/* Line and column of at in text, in characters. */
void
gather_place(struct gather *g, const char *text, const char *at);

enum {
	FACT_LIST = 1,		/* several values */
	FACT_PHRASE = 2,	/* of several words */
	FACT_NUMBER = 4		/* in JSON it may be one */
};

/* A value that AWS has a name for. */
struct fact {
	const char *key;		/* only letters and digits, small */
	int (*take)(struct gather *g, const char *value);
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

/* Each takes one value in; -1 after a complaint, 1: it is another domain's. */
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
int
gather_pem(struct gather *g, char *text);

/* The row of a DKIM key; whose it is shows at the end. */
int
gather_key_row(struct gather *g, const char *owner, const char *value);
int
gather_settle_key(struct gather *g);

/*
 * A word of its own: known by its shape.  loose: a bare token will do.  1 when
 * it was taken, 0 when it is anything.
 */
int
gather_word(struct gather *g, const char *word, bool loose);

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

/* One line without its end. */
int
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

/* A row that holds nothing of SES: named if we know whose it is.  0. */
int
gather_other(struct gather *g, const char *owner, const char *value);

/* In TOKEN.dkim.amazonses.com the zone; NULL when text is no target. */
const char *
gather_zone_in(const char *text);

/* Something to tell beside what was taken. */
void
gather_note(struct gather *g, const char *reason, const char *value);

/* As UTF-8, to be freed; NULL: no text.  *broken: line of what is none. */
char *
import_decode(const char *text, size_t len, size_t *broken);

/* Full-width letters, quotation marks and blanks become plain. */
void
import_make_plain(char *text);

/* All rows and words of text, line by line; it may be changed. */
int
gather_lines(struct gather *g, char *text);

/* When all is read. */
int
gather_settle(struct gather *g);

/* All that is JSON in text is read and blanked out. */
int
gather_json(struct gather *g, char *text, size_t len);

#endif
