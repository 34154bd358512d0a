#include "model/pretend.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"

/* The practised form is as it is, whatever was learnt of it. */
static const struct form_rules *
rules_of(const struct check *check)
{
	return provider_rules(company_row(&check->company));
}

static void
row_release(struct pretend_row *row)
{
	while (row->lines > 0)
		rr_release(&row->rr[--row->lines]);
}

/* An empty line is none. */
static void
drop_empty(struct form *form)
{
	size_t count = 0;

	for (size_t i = 0; i < form->count; i++)
		if (!form->field[i].further || *form->field[i].value != '\0')
			form->field[count++] = form->field[i];
	form->count = count;
}

/* What the form makes of it: of each value that is typed. */
static int
row_store(struct pretend_row *row, const struct form_rules *rules,
    const struct name *zone, const char **why)
{
	struct form one;

	drop_empty(&row->typed);
	for (size_t i = 0; i == 0 || i < form_lines(&row->typed); i++) {
		form_take_line(&one, &row->typed, i);
		*why = N_("This row has no room for another line.");
		if (row->lines == PRETEND_LINES || form_store(
		    &row->rr[row->lines], rules, &one, zone, why) == -1) {
			row_release(row);
			return -1;
		}
		row->lines++;
	}
	return 0;
}

/* All of its values, or none. */
static int
row_serve(struct pretend_row *row, struct world *world)
{
	for (size_t i = 0; i < row->lines; i++) {
		if (practice_add(world, &row->rr[i]) == 0)
			continue;
		while (i-- > 0)
			practice_remove(world, &row->rr[i]);
		row_release(row);
		return -1;
	}
	return 0;
}

int
pretend_begin(struct pretend *pretend, struct world *world,
    const struct form_rules *rules, const struct plan *plan)
{
	const char *why;
	bool first = true;

	for (size_t i = 0; i < plan->count; i++) {
		struct pretend_row row = { .wanted = i };

		if (plan->wanted[i].kind != WANTED_DKIM)
			continue;
		if (first) {
			first = false;
			continue;
		}
		/* Nobody has entered what the form refuses. */
		if (!form_takes(rules, &plan->wanted[i]))
			continue;
		form_fill(&row.typed, rules, &plan->wanted[i], &plan->domain);
		if (row_store(&row, rules, &plan->domain, &why) == -1 ||
		    row_serve(&row, world) == -1)
			return -1;
		pretend->row[pretend->rows++] = row;
	}
	return 0;
}

bool
pretend_chooses(const struct form_field *field)
{
	return field->id == FORM_TYPE || field->id == FORM_PROXY ||
	    field->id == FORM_TTL;
}

void
pretend_form(struct form *form, const struct check *check, size_t wanted)
{
	struct name zone;

	check_zone(check, &zone);
	form_fill(form, rules_of(check), &check->plan.wanted[wanted], &zone);
	for (size_t i = 0; i < form->count; i++)
		if (!pretend_chooses(&form->field[i]))
			form->field[i].value[0] = '\0';
}

void
pretend_open(struct form *form, const struct pretend *pretend,
    const struct check *check, size_t index)
{
	const struct pretend_row *row = &pretend->row[index];
	const struct form_rules *rules = rules_of(check);

	*form = row->typed;
	/* Of a CNAME there is no second one. */
	if (form_joins_values(rules) && row->rr[0].type != RR_CNAME &&
	    row->lines < PRETEND_LINES)
		(void)form_add_line(form, "");
}

void
pretend_forget(struct pretend *pretend, struct world *world, size_t index)
{
	for (size_t i = 0; i < pretend->row[index].lines; i++)
		practice_remove(world, &pretend->row[index].rr[i]);
	row_release(&pretend->row[index]);
	pretend->rows--;
	memmove(&pretend->row[index], &pretend->row[index + 1],
	    (pretend->rows - index) * sizeof pretend->row[0]);
	memset(&pretend->row[pretend->rows], 0, sizeof pretend->row[0]);
}

/* What the form says of a new row, among those that stand; or NULL. */
static const char *
objection(const struct pretend *pretend, const struct check *check,
    const struct rr *rr, size_t editing)
{
	const char *why = NULL;

	for (size_t i = 0; why == NULL && i < pretend->rows; i++)
		if (i != editing)
			why = form_refuses_beside(rules_of(check),
			    pretend->row[i].rr, rr);
	return why;
}

int
pretend_save(struct pretend *pretend, const struct check *check,
    const struct form *typed, size_t wanted, size_t editing,
    const char **why)
{
	struct pretend_row row = { .typed = *typed, .wanted = wanted };
	struct name zone;

	check_zone(check, &zone);
	if (row_store(&row, rules_of(check), &zone, why) == -1)
		return -1;
	*why = objection(pretend, check, row.rr, editing);
	if (*why == NULL && editing >= pretend->rows &&
	    pretend->rows == PRETEND_ROWS)
		*why = N_("This list is full. Delete a row first.");
	if (*why != NULL) {
		row_release(&row);
		return -1;
	}
	if (editing < pretend->rows)
		pretend_forget(pretend, check->world, editing);
	if (row_serve(&row, check->world) == -1) {
		*why = N_("The form refuses this row.");
		return -1;
	}
	pretend->row[pretend->rows++] = row;
	return 0;
}

void
pretend_release(struct pretend *pretend)
{
	while (pretend->rows > 0)
		row_release(&pretend->row[--pretend->rows]);
}

void
pretend_row_tell(const struct pretend_row *row, struct text *t)
{
	char owner[NAME_TEXT], type[16];

	text_addf(t, "%s  %s", name_text(row->rr[0].owner, owner),
	    rr_type_text(row->rr[0].type, type));
	for (size_t i = 0; i < row->lines; i++) {
		char *value = rr_value_new(&row->rr[i]);

		text_addf(t, "%s%s", i == 0 ? "  " : " | ", value);
		free(value);
	}
}

void
pretend_from_aws(const struct check *check, size_t index, struct text *t)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	char owner[NAME_TEXT], type[16];
	const struct text_place places[] = {
		{ "name", name_text(&wanted->owner, owner) },
		{ "type", rr_type_text(wanted->type, type) },
		{ "value", wanted->value },
		{ NULL, NULL },
	};

	text_add_filled(t, _("AWS's page shows:  {name}\n{type}  {value}"),
	    places);
}

/* What such a form makes of this is another name. */
static bool
spoils_name(const struct check *check, const struct form *typed,
    const struct name *owner, const struct name *zone)
{
	struct rr rr;
	const char *why;
	bool spoils;

	if (form_store(&rr, rules_of(check), typed, zone, &why) == -1)
		return false;
	spoils = !name_equal(rr.owner, owner);
	rr_release(&rr);
	return spoils;
}

void
pretend_try(const struct pretend *pretend, const struct check *check,
    size_t index, const char *mistake, struct text *t)
{
	const struct name *owner = &check->plan.wanted[index].owner;
	char right[FORM_TEXT] = "";
	const struct text_place places[] = {
		{ "name", right }, { NULL, NULL }
	};
	struct form form;
	struct name zone;
	bool begun = false;

	for (size_t i = 0; i < pretend->rows; i++) {
		if (pretend->row[i].wanted != index)
			continue;
		if (name_equal(pretend->row[i].rr[0].owner, owner))
			return;
		begun = true;
	}
	check_zone(check, &zone);
	form_fill(&form, rules_of(check), &check->plan.wanted[index], &zone);
	for (size_t i = 0; i < form.count; i++) {
		if (form.field[i].id != FORM_NAME)
			continue;
		strlcpy(right, form.field[i].value, sizeof right);
		pretend_copied(check, index, &form.field[i],
		    form.field[i].value);
	}
	if (*right == '\0' || !spoils_name(check, &form, owner, &zone))
		return;
	if (!begun)
		text_line_add(t, _(mistake));
	lang_line(t, N_("Right, as on the card: {name}"), places);
}

const char *
pretend_copied(const struct check *check, size_t index,
    const struct form_field *field, char buf[static FORM_TEXT])
{
	const struct wanted *wanted = &check->plan.wanted[index];
	char owner[NAME_TEXT];
	struct form form;
	struct name zone;

	switch (field->id) {
	case FORM_NAME:
		strlcpy(buf, name_text(&wanted->owner, owner), FORM_TEXT);
		return buf;
	case FORM_VALUE:
		strlcpy(buf, wanted->value, FORM_TEXT);
		return buf;
	case FORM_LINE:
		/* No page of AWS's shows a whole line: it is the card's. */
		check_zone(check, &zone);
		form_fill(&form, rules_of(check), wanted, &zone);
		strlcpy(buf, form_find(&form, FORM_LINE)->value, FORM_TEXT);
		return buf;
	default:
		return NULL;
	}
}

void
pretend_saved(const struct pretend *pretend, struct text *t)
{
	char owner[NAME_TEXT];
	const struct text_place places[] = {
		{ "name", name_text(pretend->row[pretend->rows - 1].rr[0].
		    owner, owner) },
		{ NULL, NULL },
	};

	text_add_filled(t, _("Saved. The form's list shows it as: {name}"),
	    places);
}
