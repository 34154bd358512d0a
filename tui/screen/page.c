#include "screen/page.h"

#include <stdio.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "draw/term.h"
#include "screen/screen.h"
#include "model/wrap.h"

enum {
	FRAME = 2,		/* columns between frame and text */
	FRAMED = 6,		/* lines that are not the page's own */
	PLAIN = 2,
	PAGE_STEP = 10
};

void
page_release(struct page *page)
{
	text_release(&page->text);
	text_release(&page->copy);
}

void
page_open(struct app *app, const char *title, bool plain)
{
	app->ui->page.open = true;
	app->ui->page.plain = plain;
	app->ui->page.title = title;
	app->ui->page.top = 0;
	text_clear(&app->ui->page.text);
	text_clear(&app->ui->page.copy);
}

void
page_add(struct app *app, const char *text)
{
	text_add(&app->ui->page.text, text);
}

bool
page_act(struct app *app, enum action action)
{
	struct page *page = &app->ui->page;

	switch (action) {
	case ACTION_COPY:
		screen_copy(app, _("This page"),
		    page->copy.len > 0 ? page->copy.s : page->text.s);
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
	return (COLS < PAGE_WIDTH ? COLS : PAGE_WIDTH) -
	    2 * FRAME - 2;
}

void
page_settle(struct app *app)
{
	int lines = wrap_lines(app->ui->page.text.s,
	    page_width(&app->ui->page));

	app->ui->page.last = lines - page_height(&app->ui->page);
	if (app->ui->page.last < 0)
		app->ui->page.last = 0;
	if (app->ui->page.top > app->ui->page.last)
		app->ui->page.top = app->ui->page.last;
}

void
page_draw(const struct app *app, struct paint *paint)
{
	const struct page *page = &app->ui->page;
	const char *text = page->text.s;
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
	if (app->notice.len > 0)
		paint_clip(paint, end, x, paint->width - 1, ROLE_NOTE,
		    app->notice.s);
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
	const struct page *page = &app->ui->page;
	const char *text = page->text.s, *begin = NULL;
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
