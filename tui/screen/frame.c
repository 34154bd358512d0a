#include "screen/frame.h"

#include <stdio.h>

#include "base/lang.h"
#include "ses/region.h"
#include "screen/screens.h"
#include "model/steps.h"
#include "base/text.h"
#include "model/wrap.h"

enum {
	HINT_GAP = 2,
	STEP_MARKS = 4,		/* "[1 ]" */
	SIDE_WIDTH = 36,
	NUMBER = 24
};

static void
draw_title(const struct app *app, struct paint *paint)
{
	const struct identity *identity = &app->session.identity;
	const struct region *region = region_find(identity->region);
	char domain[NAME_TEXT];
	int x = paint_text(paint, 0, 1, ROLE_TITLE, "dnsesame");

	if (app->options->practice)
		x = paint_text(paint, 0, x + 2, ROLE_NOTE, _("practice"));
	if (!app->begun || !identity->has_domain)
		return;
	name_unicode(&identity->domain, domain);
	x = paint_text(paint, 0, x + 2, ROLE_TITLE, domain);
	if (company_is_known(&app->check.company)) {
		x = paint_text(paint, 0, x, ROLE_HINT, " | ");
		x = paint_text(paint, 0, x, ROLE_TEXT,
		    provider_name(company_row(&app->check.company)));
	}
	if (region != NULL) {
		x = paint_text(paint, 0, x, ROLE_HINT, " | ");
		paint_text(paint, 0, x, ROLE_TEXT, _(region->name));
	}
}

/* At the right of the title: how the look goes, or when the next one is. */
static void
draw_clock(const struct app *app, struct paint *paint)
{
	char number[NUMBER], text[SCREEN_NOTICE];
	struct text_place places[] = {
		{ "n", number },
		{ NULL, NULL },
	};
	int64_t left = check_next_look(&app->check) - app->now;

	if (!app->begun || app->step != 5)
		return;
	if (app->check.running) {
		snprintf(number, sizeof number, "%zu",
		    check_open(&app->check));
		text_fill(text, sizeof text, _("looking, {n} open"), places);
	} else if (app_all_right(app)) {
		return;
	} else {
		snprintf(number, sizeof number, "%lld",
		    (long long)(left < 0 ? 0 : (left + 999) / 1000));
		text_fill(text, sizeof text, _("next look in {n} s"), places);
	}
	/* A longer text before must not shine through. */
	paint_text(paint, 0, paint->width - 2 - wrap_width(text), ROLE_TEXT,
	    " ");
	paint_text(paint, 0, paint->width - 1 - wrap_width(text), ROLE_HINT,
	    text);
}

static void
draw_steps(const struct app *app, struct paint *paint)
{
	int current = screen_shown(app)->step, x = 0, width = 0;

	for (int i = 1; i <= STEP_COUNT; i++)
		width += wrap_width(step_name(i)) + STEP_MARKS;
	/* The blank before the first is there to be given up. */
	if (width >= paint->width && current == STEP_COUNT)
		x--;
	for (int i = 1; i <= STEP_COUNT; i++) {
		char text[64];
		enum role role = app_reachable(app, i) ? ROLE_STEP :
		    ROLE_STEP_FAR;

		snprintf(text, sizeof text, i == current ? "[%d %s]" :
		    " %d %s ", i, step_name(i));
		x = paint_text(paint, 1, x < 0 ? 0 : x, i == current ?
		    ROLE_STEP_CURRENT : role, text + (x < 0));
	}
}

/* A hint that holds only as long as something is (or is not) to be done. */
static bool
told(const struct app *app, const struct key *key)
{
	if (key->flags & KEY_WHEN_SAVED)
		return app_has_other(app);
	if (key->flags & KEY_WHEN_ROW)
		return screen_shown(app)->on_row != NULL &&
		    screen_shown(app)->on_row(app);
	if (key->flags & KEY_WHEN_PARTS)
		return app->ui->page.parts > 0;
	if (key->flags & (KEY_WHEN_RIGHT | KEY_UNLESS_RIGHT))
		return app_all_right(app) ==
		    ((key->flags & KEY_WHEN_RIGHT) != 0);
	return true;
}

static void
draw_hints(const struct app *app, struct paint *paint, enum screen_id screen,
    bool typing, int y, int left, int lines)
{
	size_t count;
	const struct key *key = key_table(&count);
	unsigned long long done = 0;
	int x = left;

	for (size_t i = 0; i < count; i++) {
		const char *name, *hint;
		int width;

		if (key[i].hint == NULL || !told(app, &key[i]) ||
		    !key_applies(&key[i], screen, typing,
		    app->options->practice) ||
		    (done & 1ull << key[i].action))
			continue;
		if (key[i].action != ACTION_NONE)
			done |= 1ull << key[i].action;
		name = _(key[i].name);
		hint = _(key[i].hint);
		width = wrap_width(name) + 1 + wrap_width(hint);
		if (x > left && x + width > paint->width - 1) {
			x = left;
			y++;
			if (--lines == 0)
				return;
		}
		x = paint_text(paint, y, x, ROLE_HINT_KEY, name);
		x = paint_text(paint, y, x + 1, ROLE_HINT, hint) + HINT_GAP;
	}
}

bool
frame_too_small(void)
{
	return LINES < SCREEN_HEIGHT || COLS < SCREEN_WIDTH;
}

/*
 * The screen's own part: lines that are too long are hard to read, and
 * whatever it has to say, the hints stay clear.
 */
static void
draw_screen(const struct app *app, const struct paint *paint)
{
	const struct screen_ops *ops = screen_shown(app);
	struct paint part = *paint, panel;

	if (ops->side != NULL && screen_is_wide(paint)) {
		struct paint_box box = { SCREEN_TOP, 0,
			screen_bottom(paint) - SCREEN_TOP, SIDE_WIDTH };

		paint_panel(paint, &panel, &box, ROLE_RULE, _("Records"));
		ops->side(app, &panel);
		paint_part(paint, &part, SIDE_WIDTH, PAGE_WIDTH);
	} else if (!ops->whole) {
		paint_part(paint, &part, 0, PAGE_WIDTH);
	}
	part.end = paint->height - SCREEN_HINTS;
	ops->draw(app, &part);
}

/* On the free line over the hints; a long one takes from the screen's own. */
static void
draw_notice(const struct app *app, struct paint *paint)
{
	int lines = wrap_lines(app->notice.s, paint->width - 2);
	int y = screen_bottom(paint) + 1 - lines;

	if (app->notice.len == 0)
		return;
	for (int i = 0; i < lines; i++) {
		wmove(paint->win, y + i, 0);
		wclrtoeol(paint->win);
	}
	paint_wrap(paint, y, 1, lines, ROLE_NOTE, app->notice.s);
}

static void
draw_base(const struct app *app, struct paint *paint)
{
	draw_title(app, paint);
	draw_clock(app, paint);
	draw_steps(app, paint);
	paint_rule(paint, 2);
	draw_screen(app, paint);
	draw_hints(app, paint, app->ui->screen, app->ui->typing,
	    paint->height - SCREEN_HINTS, 1, SCREEN_HINTS);
	draw_notice(app, paint);
}

/* The page over the screen: a bare sheet to copy from, or framed. */
static void
draw_page(const struct app *app, const struct paint *paint)
{
	struct paint_box box = { 0, 0, paint->height, paint->width };
	struct paint panel;

	if (!app->ui->page.plain) {
		box.y = 1;
		box.height--;
		box.width--;
		if (box.width > PAGE_WIDTH)
			box.width = PAGE_WIDTH;
		box.x = (paint->width - 1 - box.width) / 2;
	}
	paint_panel(paint, &panel, &box, ROLE_RULE, app->ui->page.plain ? NULL :
	    app->ui->page.title);
	page_draw(app, &panel);
	draw_hints(app, &panel, SCREEN_PAGE_OPEN, app->ui->page.searching,
	    panel.height - 1, !app->ui->page.plain, 1);
}

static void
draw_too_small(struct paint *paint)
{
	char text[SCREEN_TEXT];

	text_program(text, sizeof text, _("Please make this window at least "
	    "80 columns by 22 lines. Nothing is lost. q leaves; {program} "
	    "--plain asks line by line and needs no more than that."));
	paint_wrap(paint, 0, 0, paint->height, ROLE_TEXT, text);
}

void
frame_draw(const struct app *app)
{
	struct paint_deck deck;
	struct paint paint;

	paint_begin(&paint, &deck, &app->ui->theme);
	if (frame_too_small()) {
		draw_too_small(&paint);
	} else {
		draw_base(app, &paint);
		if (app->ui->page.open)
			draw_page(app, &paint);
	}
	paint_end(&deck);
	if (!frame_too_small())
		page_join(app);
}
