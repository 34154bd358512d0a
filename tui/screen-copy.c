#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "screen.h"
#include "wrap.h"

enum {
	FRAME = 2,		/* columns between frame and text */
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
	return page->plain ? LINES - 2 : LINES - 6;
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
	int y = page->plain ? 0 : 2, x = page->plain ? 0 : FRAME + 1;
	int end = y + page_height(page), skip = page->top;

	if (!page->plain) {
		paint_frame(paint);
		paint_text(paint, 0, FRAME, ROLE_TITLE, " ");
		paint_text(paint, 0, paint_text(paint, 0, FRAME + 1,
		    ROLE_TITLE, page->title), ROLE_TITLE, " ");
	}
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
	if (page->last > 0 && page->top < page->last)
		paint_text(paint, end, x, ROLE_HINT, _("more below"));
}

static void
add_record(struct app *app, size_t index, bool title)
{
	const struct wanted *wanted = &app->check.plan.wanted[index];
	char text[SCREEN_NOTICE];
	struct form form;
	struct name zone;

	check_zone(&app->check, &zone);
	provider_form(&form, app->check.provider, wanted, &zone);
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

void
copy_open_all(struct app *app)
{
	page_open(app, "", true);
	for (size_t i = 0; i < app->check.plan.count; i++) {
		add_record(app, i, true);
		page_add(app, "\n");
	}
}
