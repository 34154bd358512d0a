#include "diagnose/remedy.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "company/form.h"
#include "diagnose/diagnose.h"
#include "diagnose/value.h"

const char *
remedy_text(enum remedy_do what)
{
	static const char *const words[REMEDY_COUNT] = {
		[REMEDY_NONE] = "none",
		[REMEDY_ENTER] = "enter",
		[REMEDY_EDIT] = "edit",
		[REMEDY_MOVE] = "move",
		[REMEDY_ADD_VALUE] = "add-value",
		[REMEDY_WAIT] = "wait",
		[REMEDY_REGISTRAR] = "registrar",
		[REMEDY_ASK_COMPANY] = "ask-company",
		[REMEDY_AT_AWS] = "at-aws",
	};

	return words[what];
}

bool
remedy_is_plain(const struct record_diagnosis *record)
{
	const struct remedy *remedy = &record->remedy;

	return remedy->what == REMEDY_ENTER || remedy->what == REMEDY_WAIT ||
	    remedy->what == REMEDY_REGISTRAR ||
	    /* About a row that is in the way of all, or the form for all. */
	    (remedy->what == REMEDY_ASK_COMPANY &&
	    finding_row(record->finding)->action != REMEDY_ASK_COMPANY) ||
	    (remedy->what == REMEDY_EDIT && remedy->set != 0);
}

/* The row may be right, and what AWS was given is not. */
static bool
is_for_aws(const struct record_diagnosis *record, const struct wanted *wanted,
    const struct plan *plan)
{
	struct name meant;

	return (wanted->kind == WANTED_MAIL_FROM_MX ||
	    wanted->kind == WANTED_MAIL_FROM_SPF) &&
	    (record->finding == FINDING_MISPLACED ||
	    record->finding == FINDING_MISSING) &&
	    plan_mail_from_meant(plan, &meant);
}

/*
 * Is the name taken by a row above it, and every other name that could be
 * chosen instead as well?
 */
static bool
is_taken_above(const struct record_diagnosis *record,
    const struct wanted *wanted, const struct plan *plan)
{
	const struct found *f = &record->found[0];

	if (record->finding != FINDING_CONFLICT || record->founds == 0 ||
	    f->type != RR_DNAME)
		return false;
	return (wanted->kind != WANTED_MAIL_FROM_MX &&
	    wanted->kind != WANTED_MAIL_FROM_SPF) ||
	    name_is_below(&plan->domain, &f->owner);
}

/* The evidence the finding is about, which an edit would set right. */
static int
row_of(const struct record_diagnosis *record, const struct wanted *wanted)
{
	for (size_t i = 0; i < record->founds; i++)
		if (!record->found[i].right || !name_equal(
		    &record->found[i].owner, &wanted->owner))
			return (int)i;
	/* A policy may serve, and say too much beside; of two copies, one. */
	for (size_t i = 0; i < record->founds; i++)
		if (strcmp(record->found[i].value, wanted->value) != 0)
			return (int)i;
	return record->founds > 0 ? 0 : REMEDY_NO_ROW;
}

/* The fields in which a row differs from the wanted one. */
static unsigned
fields_of(const struct found *row, const struct wanted *wanted)
{
	unsigned set = 0;

	if (!name_equal(&row->owner, &wanted->owner))
		set |= REMEDY_NAME;
	if (row->type != wanted->type)
		set |= REMEDY_TYPE;
	/* Of a policy only what was added by mistake is taken away. */
	if (wanted->kind != WANTED_DMARC && (!row->right || set == 0))
		set |= REMEDY_VALUE;
	return set;
}

/*
 * Is the row made for SES, so that it is ours to correct?  Another sender's
 * SPF, a token of another region, the MX of a mail service, a policy are not.
 */
static bool
is_ours(const struct found *row, const struct wanted *wanted,
    const struct record_diagnosis *record, const struct plan *plan)
{
	char name[NAME_TEXT];

	switch (wanted->kind) {
	case WANTED_DKIM:
	case WANTED_BYODKIM:
		return true;	/* the token or selector is in the name */
	case WANTED_VERIFICATION:
		return (record->finding != FINDING_WRONG_VALUE &&
		    record->finding != FINDING_OTHER_COPY) ||
		    strcasecmp(row->value, name_text(&wanted->owner, name)) ==
		    0;
	case WANTED_MAIL_FROM_MX:
		/* Its value stands in the name. */
		if (record->finding == FINDING_SWAPPED)
			return true;
		return value_names_ses(row->value) &&
		    (record->finding != FINDING_MISPLACED ||
		    name_equal(&row->owner, &plan->domain));
	case WANTED_MAIL_FROM_SPF:
		return value_names_ses(row->value) &&
		    record->finding != FINDING_MISPLACED;
	case WANTED_DMARC:
		return true;
	}
	return false;
}

/* An edit: of a row of ours alone, and only of what is wrong with it. */
static struct remedy
edit(const struct record_diagnosis *record, const struct wanted *wanted,
    const struct plan *plan, const struct form_rules *rules)
{
	struct remedy a = { REMEDY_EDIT, row_of(record, wanted), 0 };
	const struct found *row;

	if (a.row == REMEDY_NO_ROW)
		return (struct remedy){ REMEDY_ENTER, REMEDY_NO_ROW, 0 };
	row = &record->found[a.row];
	if (record->finding == FINDING_PROXIED) {
		a.set = form_may_proxy(rules) ? REMEDY_PROXY :
		    REMEDY_TYPE | REMEDY_VALUE;
		return a;
	}
	if (is_ours(row, wanted, record, plan)) {
		a.set = fields_of(row, wanted);
		return a;
	}
	switch (wanted->kind) {
	case WANTED_VERIFICATION:
		return (struct remedy){ REMEDY_ADD_VALUE, a.row, 0 };
	default:
		return (struct remedy){ record->finding == FINDING_MISPLACED ?
		    REMEDY_MOVE : REMEDY_AT_AWS, a.row, 0 };
	}
}

/* Of two copies, the one that lacks it has a row of ours in its place. */
static bool
is_wrong_copy(const struct record_diagnosis *record,
    const struct wanted *wanted, const struct plan *plan)
{
	int row = row_of(record, wanted);
	const struct found *f = &record->found[row == REMEDY_NO_ROW ? 0 : row];

	return record->finding == FINDING_OTHER_COPY && row != REMEDY_NO_ROW &&
	    !f->right && !f->wild && f->type == wanted->type &&
	    name_equal(&f->owner, &wanted->owner) &&
	    is_ours(f, wanted, record, plan);
}

struct remedy
remedy_of(const struct record_diagnosis *record, const struct wanted *wanted,
    const struct plan *plan, const struct form_rules *rules)
{
	struct remedy a = { finding_row(record->finding)->action,
		REMEDY_NO_ROW, 0 };

	/* Where there is no domain there is no form. */
	if (record->claims > 0 && (record->claim[0].kind ==
	    CLAIM_UNREGISTERED || record->claim[0].kind == CLAIM_UNDELEGATED))
		return (struct remedy){ REMEDY_REGISTRAR, REMEDY_NO_ROW, 0 };
	/* The token in the name makes the other row ours, too. */
	if (record->finding == FINDING_EXTRA_VALUE &&
	    wanted->kind == WANTED_DKIM && record->founds > 0)
		return (struct remedy){ REMEDY_EDIT, (int)record->founds - 1,
		    0 };
	if (is_taken_above(record, wanted, plan))
		return (struct remedy){ REMEDY_ASK_COMPANY, 0, 0 };
	if (is_for_aws(record, wanted, plan))
		a.what = REMEDY_AT_AWS;
	else if (a.what == REMEDY_EDIT || is_wrong_copy(record, wanted, plan) ||
	    /* There the key is the row itself. */
	    (record->finding == FINDING_KEY_REVOKED &&
	    wanted->kind == WANTED_BYODKIM))
		a = edit(record, wanted, plan, rules);
	/* A row that stands at the name is no place for a second one. */
	if ((a.what == REMEDY_ENTER || a.what == REMEDY_MOVE) &&
	    wanted->type == RR_TXT && form_joins_values(rules) &&
	    record->others)
		a.what = REMEDY_ADD_VALUE;
	/* What the form refuses is not to be entered there. */
	if ((a.what == REMEDY_ENTER || a.what == REMEDY_MOVE ||
	    a.what == REMEDY_ADD_VALUE) && !form_takes(rules, wanted))
		return (struct remedy){ REMEDY_ASK_COMPANY, REMEDY_NO_ROW, 0 };
	return a;
}
