#include "screen/page.h"

#include <stdio.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "draw/term.h"
#include "model/list.h"
#include "screen/screen.h"
#include "model/wrap.h"

enum {
	FRAME = 2,		/* columns between frame and text */
	FRAMED = 6,		/* lines that are not the page's own */
	PLAIN = 2,
	SEARCH = 24		/* columns of its field */
};

void
page_release(struct page *page)
{
	text_release(&page->text);
	text_release(&page->copy);
	text_release(&page->shown);
}

void
page_open(struct app *app, const char *title, bool plain)
{
	app->ui->page.open = true;
	app->ui->page.plain = plain;
	app->ui->page.title = title;
	app->ui->page.top = 0;
	app->ui->page.parts = 0;
	app->ui->page.searching = false;
	edit_set(&app->ui->page.words, "");
	text_clear(&app->ui->page.text);
	text_clear(&app->ui->page.copy);
}

void
page_add(struct app *app, const char *text)
{
	text_add(&app->ui->page.text, text);
}

void
page_part(struct app *app)
{
	struct page *page = &app->ui->page;

	/* What follows the last one is of it. */
	if (page->parts < PAGE_PARTS)
		page->part[page->parts++] = page->text.len;
}

struct edit *
page_typing(struct app *app)
{
	struct page *page = &app->ui->page;

	return page->open && page->searching ? &page->words : NULL;
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

/* Lines to scroll by; 0: none. */
static int
scrolls(const struct page *page, enum action action)
{
	/* The last line of before is the first, so that no thread is lost. */
	int whole = page_height(page) - 1;

	switch (action) {
	case ACTION_UP:
		return -1;
	case ACTION_DOWN:
		return 1;
	case ACTION_PAGE_UP:
		return -whole;
	case ACTION_PAGE_DOWN:
		return whole;
	case ACTION_HALF_UP:
		return -(whole / 2);
	case ACTION_HALF_DOWN:
		return whole / 2;
	case ACTION_FIRST:
		return -page->top;
	case ACTION_LAST:
		return page->last - page->top;
	default:
		return 0;
	}
}

/* Enter keeps the words, Esc gives them up; false: none is looked for. */
static bool
search_ends(struct page *page, enum action action)
{
	if (action == ACTION_ENTER && page->searching) {
		page->searching = false;
		return true;
	}
	if (action != ACTION_BACK || (!page->searching && page->words.len == 0))
		return false;
	page->searching = false;
	edit_set(&page->words, "");
	page->top = 0;
	return true;
}

bool
page_act(struct app *app, enum action action)
{
	struct page *page = &app->ui->page;

	if (search_ends(page, action))
		return true;
	switch (action) {
	case ACTION_SEARCH:
		page->searching = page->parts > 0;
		if (page->searching)
			page->top = 0;
		return true;
	case ACTION_COPY:
		screen_copy(app, _("This page"),
		    page->copy.len > 0 ? page->copy.s : page->text.s);
		return true;
	case ACTION_UP:
	case ACTION_DOWN:
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
	case ACTION_HALF_UP:
	case ACTION_HALF_DOWN:
	case ACTION_FIRST:
	case ACTION_LAST:
		page->top += scrolls(page, action);
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

/* The parts that have the words; without any all of the text. */
static const char *
text_of(const struct page *page)
{
	return page->words.len > 0 ? page->shown.s : page->text.s;
}

static void
narrow(struct page *page)
{
	struct text part = TEXT_INIT;

	text_clear(&page->shown);
	for (size_t i = 0; i < page->parts; i++) {
		size_t end = i + 1 < page->parts ? page->part[i + 1] :
		    page->text.len;

		text_clear(&part);
		text_add_part(&part, page->text.s + page->part[i],
		    end - page->part[i]);
		if (list_fits(part.s, page->words.text))
			text_add(&page->shown, part.s);
	}
	if (page->shown.len == 0)
		text_add(&page->shown, _("Nothing here has these words."));
	text_release(&part);
}

void
page_settle(struct app *app)
{
	int lines;

	if (app->ui->page.words.len > 0)
		narrow(&app->ui->page);
	lines = wrap_lines(text_of(&app->ui->page),
	    page_width(&app->ui->page));

	app->ui->page.last = lines - page_height(&app->ui->page);
	if (app->ui->page.last < 0)
		app->ui->page.last = 0;
	if (app->ui->page.top > app->ui->page.last)
		app->ui->page.top = app->ui->page.last;
}

/* Below the text: the search, what became of a key, or that there is more. */
static void
draw_foot(const struct app *app, struct paint *paint, int y, int x)
{
	const struct page *page = &app->ui->page;

	if (app->notice.len > 0) {
		paint_clip(paint, y, x, paint->width - 1, ROLE_NOTE,
		    app->notice.s);
		return;
	}
	if (page->searching || page->words.len > 0) {
		x = paint_text(paint, y, x, ROLE_LABEL, _("Search")) + 2;
		paint_edit(paint, y, x, SEARCH, &page->words, page->searching);
		x += SEARCH + 2;
	}
	if (page->searching)
		paint_text(paint, y, x, ROLE_HINT, _("Enter keeps it, Esc "
		    "shows all"));
	else if (page->top < page->last)
		paint_text(paint, y, x, ROLE_HINT, _("more below"));
}

void
page_draw(const struct app *app, struct paint *paint)
{
	const struct page *page = &app->ui->page;
	const char *text = text_of(page);
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
	draw_foot(app, paint, end, x);
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
