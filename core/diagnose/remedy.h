/*
 * What to do about a record, as data before it is words: who does it where,
 * with which row, and which of its fields get which content.  Followed to the
 * letter in the company's form it heals, or comes nearer.  Pure.
 */
#ifndef DNSESAME_REMEDY_H
#define DNSESAME_REMEDY_H

#include <stdbool.h>

/* "action" of --json; the manual has a table of them.  The names are public. */
enum remedy_do {
	REMEDY_NONE,
	REMEDY_ENTER,		/* a new row, every field as on the card */
	REMEDY_EDIT,		/* of a row of ours: the fields of set */
	REMEDY_MOVE,		/* enter here, and leave what stands there */
	REMEDY_ADD_VALUE,	/* one more value of the same name and type */
	REMEDY_WAIT,
	REMEDY_REGISTRAR,	/* where the domain was bought */
	REMEDY_ASK_COMPANY,	/* whoever runs the name servers */
	REMEDY_AT_AWS,
	REMEDY_COUNT
};

/* The fields of a row that an edit sets. */
enum {
	REMEDY_NAME = 1 << 0,
	REMEDY_TYPE = 1 << 1,
	REMEDY_VALUE = 1 << 2,
	REMEDY_PROXY = 1 << 3
};

enum {
	REMEDY_NO_ROW = -1
};

struct remedy {
	enum remedy_do what;
	int row;		/* the evidence to edit, or none */
	unsigned set;		/* REMEDY_NAME | ... */
};

/* "enter", "add-value", ... */
const char *
remedy_text(enum remedy_do what);

struct record_diagnosis;

/* Is it the same for each row that has it, but for the content of fields? */
bool
remedy_is_plain(const struct record_diagnosis *record);

struct form_rules;
struct plan;
struct wanted;

/*
 * What heals the record in a form of these rules.  Never lays hands on a row
 * that is not ours.
 */
struct remedy
remedy_of(const struct record_diagnosis *record, const struct wanted *wanted,
    const struct plan *plan, const struct form_rules *rules);

#endif
