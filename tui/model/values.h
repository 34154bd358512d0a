/*
 * Step 3: the question for what AWS says, the fields for what it shows, and
 * the question which of two documents is right.  No curses.
 */
#ifndef DNSESAME_VALUES_H
#define DNSESAME_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "ses/identity.h"

/* Fields of the third step, in the order of the screen. */
enum values_field {
	VALUES_REGION,
	VALUES_TOKEN_1,
	VALUES_TOKEN_2,
	VALUES_TOKEN_3,
	VALUES_SELECTOR,	/* these two in place of the tokens */
	VALUES_KEY,
	VALUES_MAIL_FROM,
	VALUES_VERIFICATION,
	VALUES_FIELDS,
	VALUES_SHOW = VALUES_FIELDS,	/* the two ways on */
	VALUES_CHECK,
	VALUES_OWN_KEY,			/* own key or Easy DKIM */
	VALUES_FOCUSES
};

/* Answers to the question for what AWS says. */
struct values_status {
	enum ses_status status;
	const char *own;	/* N_(): where AWS's page has no word for it */
	const char *note;	/* N_() */
};

enum {
	VALUES_STATUSES = 6
};

extern const struct values_status values_status[VALUES_STATUSES];

/* The index-th in words: AWS's where it has any. */
const char *
values_status_text(size_t index);

/* msgids: the question, and what to do at AWS before there are values. */
extern const char values_question_paste[],
    values_question_steps[], values_paste[], values_practice[];

/* A field: its label, a word on it, and what takes its text. */
struct values_row {
	const char *label, *note;	/* N_() */
	int (*set)(struct identity *, const char *, const char **);
};

extern const struct values_row values_row[VALUES_FIELDS];

/* The text of a field as the identity has it; name: room for MAIL FROM. */
const char *
values_field_text(const struct identity *identity, size_t field,
    char name[static NAME_TEXT]);

/*
 * The first field that lacks what must be there, or the way on.  own_key: the
 * fields for it are shown, not those of the tokens.
 */
enum values_field
values_next(const struct identity *identity, bool own_key);

/*
 * What signs gives way only to what is whole: as long as what stands in the
 * fields that are shown, next, is not, it becomes that of before; true then.
 * values_half, a msgid, says so.
 */
extern const char values_half[];
bool
values_keep(struct identity *next, const struct identity *before,
    bool own_key);

/*
 * msgids: the question, and its two answers; what is said of a document of
 * another region.
 */
extern const char values_conflict_question[], values_conflict_pasted[],
    values_conflict_before[], values_conflict_region[];

#endif
