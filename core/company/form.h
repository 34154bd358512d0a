/*
 * A form filled in: what to type for a record, field by field, by the rules of
 * the form (form-rules.h).  Nowhere else do rules meet a record; form-store.h
 * is the inverse.
 */
#ifndef DNSESAME_FORM_H
#define DNSESAME_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "company/form-rules.h"
#include "dns/name.h"
#include "ses/plan.h"

enum {
	FORM_FIELDS = 8,
	FORM_TEXT = 1024,
	FORM_WORD = 16,		/* text of a type */
	FORM_NUMBER = 8		/* text of a priority */
};

struct form_field {
	enum form_id id;
	const char *label;	/* the form's own words; of the row */
	bool ours;		/* not known: a word of ours stands in */
	char value[FORM_TEXT];	/* exactly what goes in; "" leave empty */
	bool keep;		/* leave what the form offers */
	bool further;		/* one more line of the row's value */
};

struct form {
	struct form_field field[FORM_FIELDS];
	size_t count;
};

/*
 * What to type for this record: the fields in the form's order.  The name is
 * computed against the zone as found live.
 */
void
form_fill(struct form *form, const struct form_rules *rules,
    const struct wanted *wanted, const struct name *zone);

/*
 * Does the form take such a row at all, by its type and its length?  As far as
 * is known; what is known by one weak source alone does not count.
 */
bool
form_takes(const struct form_rules *rules, const struct wanted *wanted);

/*
 * Where one row holds all values of a name and type, each is a line of it: a
 * value field of its own, one behind the other.
 */
size_t
form_lines(const struct form *form);

/*
 * One more line behind the last, with a label of ours; false when there is no
 * room for it.
 */
bool
form_add_line(struct form *form, const char *value);

/* The row as if it had this line alone, counted from 0. */
void
form_take_line(struct form *dst, const struct form *form, size_t line);

/* The field with this id, or NULL. */
const struct form_field *
form_find(const struct form *form, enum form_id id);

/* The form's word for a type, or the type itself. */
const char *
form_type_word(const struct form_rules *rules, uint16_t type,
    char buf[static FORM_WORD]);

/* The template of a line that holds a row of this type. */
const char *
form_line(const struct form_rules *rules, uint16_t type);

#endif
