/*
 * SES values from what AWS hands out and people paste: console CSV in any
 * language, AWS CLI JSON, zone lines, tab-separated console tables, bare
 * tokens.  jansson and libcsv parse; this recognises.  On failure nothing is
 * applied.
 */
#ifndef DNSESAME_IMPORT_H
#define DNSESAME_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "ses/identity.h"
#include "ses/service.h"

enum {
	IMPORT_MAX = 1024 * 1024,	/* octets; larger is no SES document */
	IMPORT_WHY = 512,
	IMPORT_CONFLICTS = 5,
	IMPORT_NOTES = 8,
	IMPORT_NOTED = 96		/* octets of what one names */
};

enum import_kind {
	IMPORT_CSV,
	IMPORT_JSON,
	IMPORT_LINES
};

/* What was left alone, or taken with a doubt, and why. */
struct import_note {
	const char *reason;		/* msgid with {value} */
	char value[IMPORT_NOTED];	/* safe to show, as is key */
	size_t line, column;		/* 0: none */
	char key[IMPORT_NOTED];		/* of JSON; "" when none */
};

/* What was understood, for "which field came from where". */
struct import {
	enum import_kind kind;
	struct identity identity;	/* only the fields found are set */
	size_t rows;			/* rows or keys understood */
	struct name zone;		/* where the targets lie, */
	bool has_zone;			/* if it says so */
	/* Below a domain that the document does not name; "" when none. */
	char mail_from[NAME_TEXT];
	const struct service *service;	/* whose rows, if not AWS's own */
	struct import_note note[IMPORT_NOTES];
	size_t notes;
	size_t more;			/* notes for which was no room */
	bool secret;			/* a secret stood in it */
	bool other;			/* refused: it is another domain's */
	bool path;			/* refused: it is the name of a file */
	bool cut;			/* its JSON lacks an end */
};

/*
 * Recognises len octets of text.  known is what is already set (a domain
 * typed before); a document of another domain is a complaint.  0, or -1 with a
 * translated sentence naming line, column, reason and remedy in why; kind is
 * IMPORT_LINES then when it was taken for no document, so that it may be any
 * word.
 */
int
import_parse(struct import *out, const char *text, size_t len,
    const struct identity *known, char why[static IMPORT_WHY]);

/* Adds a note as a further line, translated. */
void
import_note_tell(const struct import_note *note, struct text *t);

/* A MAIL FROM that waited for its domain; -1 when it cannot be below it. */
int
import_set_mail_from(const struct import *import, struct identity *identity);

/*
 * Lays what was found over identity.  Tokens are added to those that are
 * there as long as they make three, and replace them otherwise.
 */
void
import_apply(const struct import *import, struct identity *identity);

/*
 * A document that came before its domain: true when it can be for this one.
 */
bool
import_fits(const struct import *import, const struct identity *identity);

/* Alone the zone of its targets, which beats the table of any region. */
void
import_apply_zone(const struct import *import, struct identity *identity);

/*
 * Adds what it brought and what was left, translated lines; had: the identity
 * before it was laid over.
 */
void
import_tell(const struct import *import, const struct identity *had,
    struct text *t);

/* A value that differs from the one that was there. */
struct import_conflict {
	const char *label;		/* translated */
	bool tokens;			/* both have tokens, and they differ */
	char had[NAME_TEXT], found[NAME_TEXT];	/* translated where words */
};

/* It names another domain than had, so nothing of it belongs to had. */
bool
import_is_other(const struct import *import, const struct identity *had);

/*
 * What import_apply would replace, of another domain the domain alone: shown
 * to the user, who decides.  Tokens that complete a set, and what AWS says of
 * its status, replace nothing; that status is told by import_tell.
 */
size_t
import_conflicts(const struct import *import, const struct identity *had,
    struct import_conflict out[static IMPORT_CONFLICTS]);

/* The user's values stay: takes out of import what import_conflicts named. */
void
import_yield(struct import *import, const struct identity *had);

#endif
