#include "screen/screen.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/text.h"
#include "draw/clipboard.h"
#include "draw/term.h"
#include "draw/title.h"
#include "model/wrap.h"
#include "ses/region.h"

const struct screen_ops *
screen_shown(const struct app *app)
{
	return app->ui->screens[app->ui->screen];
}

void *
screen_private(const struct app *app)
{
	return app->ui->private[app->ui->screen];
}

void
screen_go(struct app *app, enum screen_id screen)
{
	if (screen_shown(app)->leave != NULL)
		screen_shown(app)->leave(app);
	app->ui->before = app->ui->screen;
	app->ui->screen = screen;
	app->step = screen_shown(app)->step;
	app->choosing = screen == SCREEN_SAVED;
	app_save(app);
	if (screen_shown(app)->enter != NULL)
		screen_shown(app)->enter(app);
	app->dirty = true;
}

enum screen_id
screen_of_step(int step)
{
	return (enum screen_id)(SCREEN_DOMAIN + step - 1);
}

void
screen_tell(const struct app *app, bool ring)
{
	struct text text = TEXT_INIT;

	if (app->step != 5 || !app->seen)
		return;
	title_text(&app->check, &text);
	term_tell(text.s, ring);
	text_release(&text);
}

void
screen_copy(struct app *app, const char *what, const char *text)
{
	char *sequence = clipboard_sequence(text, clipboard_way());
	const struct text_place places[] = {
		{ "what", what }, { NULL, NULL }
	};
	struct text said = TEXT_INIT;

	if (sequence == NULL) {
		app_notice(app, _("Nothing can be sent to a clipboard from "
		    "here: p shows a page to copy from."));
		return;
	}
	term_send(sequence);
	free(sequence);
	lang_line(&said, N_("{what} sent to your terminal's clipboard. "
	    "Nothing there? p shows it alone."), places);
	app_notice(app, said.s);
	text_release(&said);
}

int
screen_bottom(const struct paint *paint)
{
	return paint->height - SCREEN_HINTS - 1;
}

bool
screen_is_wide(const struct paint *paint)
{
	return paint->width >= SCREEN_WIDE && paint->height >= SCREEN_TALL;
}

int
screen_aws(const struct app *app, struct paint *paint, int y)
{
	struct text page = TEXT_INIT;
	int x = wrap_width(_("Page")) + 3;

	/* In practice nothing of AWS's is there to be opened. */
	if (!app->options->practice)
		region_console(&page, app->session.identity.region);
	/* Rather whole than with its label. */
	if (x + wrap_width(page.s) >= paint->width)
		x = 1;
	else if (page.len > 0)
		paint_text(paint, y, 1, ROLE_LABEL, _("Page"));
	if (page.len > 0)
		paint_link(paint, y++, x, page.s);
	text_release(&page);
	return y;
}

bool
screen_moves(size_t *at, size_t count, enum action action)
{
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		*at -= *at > 0;
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		*at += *at + 1 < count;
		return true;
	default:
		return false;
	}
}

int
screen_choice(struct paint *paint, int y, bool focus, const char *text,
    const char *note, int note_x)
{
	int x = paint_mark(paint, y, 1, focus);

	x = paint_text(paint, y, x, focus ? ROLE_FOCUS : ROLE_TEXT, text);
	if (note != NULL)
		paint_text(paint, y, x + 2 > note_x ? x + 2 : note_x,
		    ROLE_HINT, note);
	return y + 1;
}
