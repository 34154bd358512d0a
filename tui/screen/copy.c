#include "screen/copy.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "diagnose/asks.h"
#include "model/steps.h"
#include "report/report.h"
#include "screen/page.h"
#include "screen/screen.h"
#include "model/wrap.h"
#include "base/xalloc.h"

static void
add_record(struct app *app, size_t index, bool title)
{
	const struct wanted *wanted = &app->check.plan.wanted[index];
	const struct form_of of = check_form_of(&app->check, wanted);
	struct form form;

	form_fill(&form, of.rules, wanted, &of.zone);
	if (title) {
		page_add(app, wanted_title(wanted));
		if (!wanted->required)
			page_add(app, "  ");
		page_add(app, report_optional(&app->check, index));
		page_add(app, "\n");
	}
	for (size_t i = 0; i < form.count; i++) {
		const struct form_field *field = &form.field[i];

		/* Alone, a page holds what is to be copied and no more. */
		if (!title && field->value[0] == '\0')
			continue;
		if (title)
			page_add(app, "  ");
		page_add(app, field->label);
		page_add(app, title ? "  " : "\n");
		page_add(app, step_card_field(field));
		page_add(app, title ? "\n" : "\n\n");
	}
}

void
copy_open_record(struct app *app, size_t index)
{
	if (index >= app->check.plan.count)
		return;
	if (asks_of(&app->check, index) == ASKS_NOT) {
		app_notice(app, _("For this record nothing is to be entered."));
		return;
	}
	page_open(app, "", true);
	add_record(app, index, false);
}

/* What people type of a record, in the columns of the table. */
static const enum form_id columns[] = { FORM_NAME, FORM_TYPE, FORM_VALUE,
	FORM_PRIORITY, FORM_PROXY, FORM_LINE };

enum {
	COLUMNS = sizeof columns / sizeof columns[0],
	COLUMN_GAP = 2
};

struct table {
	struct text head[COLUMNS];		/* "" not a column */
	struct form *form;			/* of each row */
	int width[COLUMNS];
	size_t rows;
};

static const char *
cell(const struct table *table, size_t row, size_t column)
{
	const struct form_field *field = form_find(&table->form[row],
	    columns[column]);

	return field != NULL ? field->value : "";
}

static void
widen(struct table *table, size_t column, const char *text)
{
	if (wrap_width(text) > table->width[column])
		table->width[column] = wrap_width(text);
}

/* A field may have other labels for other types: all of them, each once. */
static void
table_fill(struct table *table, const struct app *app)
{
	const struct plan *plan = &app->check.plan;
	struct form_of of;

	memset(table, 0, sizeof *table);
	for (size_t c = 0; c < COLUMNS; c++)
		text_clear(&table->head[c]);
	table->form = xcalloc(plan->count + 1, sizeof *table->form);
	for (size_t i = 0; i < plan->count; i++) {
		struct form *form = &table->form[table->rows];

		if (asks_of(&app->check, i) == ASKS_NOT)
			continue;
		table->rows++;
		of = check_form_of(&app->check, &plan->wanted[i]);
		form_fill(form, of.rules, &plan->wanted[i], &of.zone);
		for (size_t c = 0; c < COLUMNS; c++) {
			const struct form_field *field = form_find(form,
			    columns[c]);

			if (field == NULL)
				continue;
			text_join(&table->head[c], " / ", field->label);
			widen(table, c, field->value);
		}
	}
	for (size_t c = 0; c < COLUMNS; c++)
		widen(table, c, table->head[c].s);
}

static int
table_width(const struct table *table)
{
	int width = 0;

	for (size_t c = 0; c < COLUMNS; c++)
		if (table->head[c].len > 0)
			width += table->width[c] + (width > 0 ? COLUMN_GAP : 0);
	return width;
}

/* One line; with tabs as a sheet takes it, or with blanks as people read it. */
static void
add_line(struct text *t, const struct table *table, const char *const *text,
    bool tabs)
{
	int pad = 0;

	for (size_t c = 0; c < COLUMNS; c++) {
		if (table->head[c].len == 0)
			continue;
		if (pad > 0)
			text_addf(t, "%*s", tabs ? 1 : pad, tabs ? "\t" : "");
		text_add(t, text[c]);
		pad = table->width[c] - wrap_width(text[c]) + COLUMN_GAP;
	}
	text_add(t, "\n");
}

static void
add_table(struct text *t, const struct table *table, bool tabs)
{
	const char *text[COLUMNS];

	/* Where a row is a line, the lines alone are what is pasted. */
	for (size_t c = 0; c < COLUMNS; c++)
		text[c] = table->head[c].s;
	if (form_find(&table->form[0], FORM_LINE) == NULL)
		add_line(t, table, text, tabs);
	for (size_t i = 0; i < table->rows; i++) {
		for (size_t c = 0; c < COLUMNS; c++)
			text[c] = cell(table, i, c);
		add_line(t, table, text, tabs);
	}
}

void
copy_open_all(struct app *app)
{
	struct table *table = xmalloc(sizeof *table);
	struct text said = TEXT_INIT;
	bool line;

	page_open(app, "", true);
	table_fill(table, app);
	line = table->rows > 0 &&
	    form_find(&table->form[0], FORM_LINE) != NULL;
	if (line)
		page_add(app, _("Add these lines below the others. Change and "
		    "delete nothing.\n\n"));
	if (table->rows > 0)
		add_table(&app->ui->page.copy, table, true);
	if (line || table_width(table) <= COLS) {
		report_if_none(&said, &app->check);
		if (said.len > 0)
			text_add(&said, "\n\n");
		page_add(app, said.s);
		text_release(&said);
		add_table(&app->ui->page.text, table, false);
	} else {
		for (size_t i = 0; i < app->check.plan.count; i++) {
			if (asks_of(&app->check, i) == ASKS_NOT)
				continue;
			add_record(app, i, true);
			page_add(app, "\n");
		}
	}
	for (size_t c = 0; c < COLUMNS; c++)
		text_release(&table->head[c]);
	free(table->form);
	free(table);
}

void
copy_open_note(struct app *app)
{
	char *note = app_note_text(app);

	page_open(app, "", true);
	page_add(app, note);
	free(note);
}
