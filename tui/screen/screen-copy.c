#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "report/report.h"
#include "screen/screen.h"
#include "model/wrap.h"
#include "base/xalloc.h"

enum {
	FRAME = 2,		/* columns between frame and text */
	FRAMED = 6,		/* lines that are not the page's own */
	PLAIN = 2,
	PAGE_STEP = 10
};

void
page_open(struct app *app, const char *title, bool plain)
{
	app->page.open = true;
	app->page.plain = plain;
	app->page.title = title;
	app->page.top = 0;
	app->page.text[0] = '\0';
	app->page.copy[0] = '\0';
}

void
page_add(struct app *app, const char *text)
{
	strlcat(app->page.text, text, sizeof app->page.text);
}

bool
page_act(struct app *app, enum action action)
{
	struct page *page = &app->page;

	switch (action) {
	case ACTION_COPY:
		app_copy(app, _("This page"),
		    page->copy[0] != '\0' ? page->copy : page->text);
		return true;
	case ACTION_UP:
		page->top--;
		break;
	case ACTION_DOWN:
		page->top++;
		break;
	case ACTION_PAGE_UP:
		page->top -= PAGE_STEP;
		break;
	case ACTION_PAGE_DOWN:
		page->top += PAGE_STEP;
		break;
	case ACTION_BACK:
	case ACTION_ENTER:
		page->open = false;
		break;
	default:
		return false;
	}
	if (page->top < 0)
		page->top = 0;
	if (page->top > page->last)
		page->top = page->last;
	return true;
}

static int
page_height(const struct page *page)
{
	return LINES - (page->plain ? PLAIN : FRAMED);
}

static int
page_width(const struct page *page)
{
	if (page->plain)
		return COLS;
	return (COLS < SCREEN_PAGE_WIDTH ? COLS : SCREEN_PAGE_WIDTH) -
	    2 * FRAME - 2;
}

void
page_settle(struct app *app)
{
	int lines = wrap_lines(app->page.text, page_width(&app->page));

	app->page.last = lines - page_height(&app->page);
	if (app->page.last < 0)
		app->page.last = 0;
	if (app->page.top > app->page.last)
		app->page.top = app->page.last;
}

void
page_draw(const struct app *app, struct paint *paint)
{
	const struct page *page = &app->page;
	const char *text = page->text;
	int y = !page->plain, x = !page->plain;
	int end = y + page_height(page), skip = page->top;

	paint_cursor(paint, y, x);
	while (text != NULL && y < end) {
		char line[SCREEN_TEXT];
		size_t len;
		const char *next = wrap_next(text, page_width(page), &len);

		if (skip-- <= 0) {
			strlcpy(line, text, len + 1 < sizeof line ? len + 1 :
			    sizeof line);
			paint_text(paint, y++, x, ROLE_TEXT, line);
		}
		text = next;
	}
	if (app->notice[0] != '\0')
		paint_clip(paint, end, x, paint->width - 1, ROLE_NOTE,
		    app->notice);
	else if (page->last > 0 && page->top < page->last)
		paint_text(paint, end, x, ROLE_HINT, _("more below"));
}

/*
 * Names and values are ASCII; other text may be wrapped by the terminal where
 * we do not wrap it.
 */
static bool
is_token(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

void
page_join(const struct app *app)
{
	const struct page *page = &app->page;
	const char *text = page->text, *begin = NULL;
	int y = -page->top, begin_y = 0, width = page_width(page);
	char place[32], token[SCREEN_TEXT];

	if (!page->open || !page->plain)
		return;
	for (; text != NULL && y < page_height(page); y++) {
		size_t len;
		const char *next = wrap_next(text, width, &len);
		bool cut = next == text + len && *next != '\n';

		if (cut && begin == NULL && y >= 0) {
			begin = text;
			begin_y = y;
		}
		if (!cut && begin != NULL &&
		    (size_t)(text + len - begin) < sizeof token &&
		    is_token(begin, (size_t)(text + len - begin))) {
			snprintf(place, sizeof place, "\0337\033[%dH",
			    begin_y + 1);
			strlcpy(token, begin, (size_t)(text + len - begin) +
			    1);
			term_send(place);
			term_send(token);
			term_send("\0338");
		}
		if (!cut)
			begin = NULL;
		text = next;
	}
}

static void
add_record(struct app *app, size_t index, bool title)
{
	const struct wanted *wanted = &app->check.plan.wanted[index];
	char text[SCREEN_NOTICE];
	struct form form;
	struct name zone;

	check_zone(&app->check, &zone);
	provider_form(&form, check_company(&app->check), wanted, &zone);
	if (title) {
		page_add(app, wanted_title(wanted, text, sizeof text));
		if (!wanted->required) {
			page_add(app, "  ");
			page_add(app, _("(optional)"));
		}
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
		page_add(app, form_field_text(field));
		page_add(app, title ? "\n" : "\n\n");
	}
}

void
copy_open_record(struct app *app, size_t index)
{
	page_open(app, "", true);
	if (index < app->check.plan.count)
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
	char head[COLUMNS][SCREEN_NOTICE];	/* "" not a column */
	struct form form[PLAN_RECORDS];
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
	struct name zone;

	memset(table, 0, sizeof *table);
	check_zone(&app->check, &zone);
	table->rows = plan->count;
	for (size_t i = 0; i < plan->count; i++) {
		provider_form(&table->form[i], check_company(&app->check),
		    &plan->wanted[i], &zone);
		for (size_t c = 0; c < COLUMNS; c++) {
			const struct form_field *field =
			    form_find(&table->form[i], columns[c]);
			char *head = table->head[c];

			if (field == NULL)
				continue;
			if (strstr(head, field->label) == NULL) {
				if (*head != '\0')
					strlcat(head, " / ", SCREEN_NOTICE);
				strlcat(head, field->label, SCREEN_NOTICE);
			}
			widen(table, c, field->value);
		}
	}
	for (size_t c = 0; c < COLUMNS; c++)
		widen(table, c, table->head[c]);
}

static int
table_width(const struct table *table)
{
	int width = 0;

	for (size_t c = 0; c < COLUMNS; c++)
		if (table->head[c][0] != '\0')
			width += table->width[c] + (width > 0 ? COLUMN_GAP : 0);
	return width;
}

/* One line; with tabs as a sheet takes it, or with blanks as people read it. */
static void
add_line(char *dst, const struct table *table, const char *const *text,
    bool tabs)
{
	char blanks[SCREEN_NOTICE];
	int pad = 0;

	for (size_t c = 0; c < COLUMNS; c++) {
		if (table->head[c][0] == '\0')
			continue;
		if (pad > 0) {
			snprintf(blanks, sizeof blanks, "%*s", pad, "");
			strlcat(dst, tabs ? "\t" : blanks, SCREEN_PAGE);
		}
		strlcat(dst, text[c], SCREEN_PAGE);
		pad = table->width[c] - wrap_width(text[c]) + COLUMN_GAP;
	}
	strlcat(dst, "\n", SCREEN_PAGE);
}

static void
add_table(char *dst, const struct table *table, bool tabs)
{
	const char *text[COLUMNS];

	/* Where a row is a line, the lines alone are what is pasted. */
	for (size_t c = 0; c < COLUMNS; c++)
		text[c] = table->head[c];
	if (form_find(&table->form[0], FORM_LINE) == NULL)
		add_line(dst, table, text, tabs);
	for (size_t i = 0; i < table->rows; i++) {
		for (size_t c = 0; c < COLUMNS; c++)
			text[c] = cell(table, i, c);
		add_line(dst, table, text, tabs);
	}
}

void
copy_open_all(struct app *app)
{
	struct table *table = xmalloc(sizeof *table);
	bool line;

	page_open(app, "", true);
	table_fill(table, app);
	line = table->rows > 0 &&
	    form_find(&table->form[0], FORM_LINE) != NULL;
	if (line)
		page_add(app, _("Add these lines below the others. Change and "
		    "delete nothing.\n\n"));
	if (table->rows > 0)
		add_table(app->page.copy, table, true);
	if (line || table_width(table) <= COLS) {
		add_table(app->page.text, table, false);
	} else {
		for (size_t i = 0; i < app->check.plan.count; i++) {
			add_record(app, i, true);
			page_add(app, "\n");
		}
	}
	free(table);
}

/* Allocated. */
static char *
note_of(const struct app *app)
{
	char *note;
	size_t size;
	FILE *out = open_memstream(&note, &size);

	if (out == NULL)
		err(EX_OSERR, NULL);
	report_records_markdown(out, &app->check);
	if (fclose(out) == EOF)
		err(EX_OSERR, NULL);
	return note;
}

void
copy_open_note(struct app *app)
{
	char *note = note_of(app);

	page_open(app, "", true);
	page_add(app, note);
	free(note);
}

void
copy_save_note(struct app *app)
{
	char *note, why[SESSION_WHY];

	if (app->options->practice || app->check.plan.count == 0)
		return;
	note = note_of(app);
	if (session_save_note(&app->check.plan.domain, note, why) == -1)
		app_notice(app, why);
	free(note);
}
