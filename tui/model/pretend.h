/*
 * The pretend form of practice: the rows it has stored, by the company's real
 * rules (form_store), in the practice world.  Front ends ask for the
 * fields; nothing is scripted.
 */
#ifndef DNSESAME_PRETEND_H
#define DNSESAME_PRETEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "diagnose/check.h"
#include "company/form-store.h"
#include "dns/rr.h"
#include "dns/world.h"

enum {
	PRETEND_ROWS = 16,
	PRETEND_LINES = 3	/* values of one row, where it holds them all */
};

/* A row of the form's list: as typed, and as stored. */
struct pretend_row {
	size_t wanted;		/* the record it was meant for */
	struct form typed;
	struct rr rr[PRETEND_LINES];	/* one, or a line each */
	size_t lines;
};

struct pretend {
	struct pretend_row row[PRETEND_ROWS];
	size_t rows;
};

/*
 * The rows that somebody has entered before, rightly: all of the plan's DKIM
 * ones but the first.  -1 when the practice DNS refuses them.
 */
int
pretend_begin(struct pretend *pretend, struct world *world,
    const struct form_rules *rules, const struct plan *plan);

/* True for a field in which such a form has chosen something by itself. */
bool
pretend_chooses(const struct form_field *field);

/*
 * The empty form for a record of the plan: labels, and what such a form has
 * chosen by itself.
 */
void
pretend_form(struct form *form, const struct check *check, size_t wanted);

/*
 * A row as it was typed, to be changed; where one row holds all values of a
 * name and type, with an empty line for one more.
 */
void
pretend_open(struct form *form, const struct pretend *pretend,
    const struct check *check, size_t index);

/*
 * Stores a form as typed, in place of row editing, or as a new one when
 * editing is rows; it becomes the last row.  -1 and a msgid in *why when such
 * a form would refuse it; nothing has changed then.
 */
int
pretend_save(struct pretend *pretend, const struct check *check,
    const struct form *typed, size_t wanted, size_t editing,
    const char **why);

/* Takes a row out of the list and out of the practice DNS. */
void
pretend_forget(struct pretend *pretend, struct world *world, size_t index);

void
pretend_release(struct pretend *pretend);

/* "name  type  value" of a row as stored. */
void
pretend_row_tell(const struct pretend_row *row, struct text *t);

/* What AWS's page shows for the record, where people copy from. */
void
pretend_from_aws(const struct check *check, size_t wanted, struct text *t);

/*
 * The mistake is there to be made: adds how (mistake, N_()), as long as no row
 * of the record stands, and what would be right, until one does; nothing where
 * the form takes the whole name as it is.
 */
void
pretend_try(const struct pretend *pretend, const struct check *check,
    size_t wanted, const char *mistake, struct text *t);

/*
 * What somebody who copies from AWS's page puts into this field; NULL: AWS
 * shows nothing for it.
 */
const char *
pretend_copied(const struct check *check, size_t wanted,
    const struct form_field *field, char buf[static FORM_TEXT]);

/* "Saved. The form's list shows it as: ..." of the row stored last. */
void
pretend_saved(const struct pretend *pretend, struct text *t);

#endif
