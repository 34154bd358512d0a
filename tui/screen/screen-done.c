#include "ses/window.h"
#include "base/lang.h"
#include "screen/screens.h"
#include "model/steps.h"
#include "model/wrap.h"

struct done_screen {
	size_t choice;
};

static void
enter(struct app *app)
{
	struct done_screen *s = screen_private(app);

	app_save_note(app);
	for (size_t i = 0; i < DONE_STATUSES; i++)
		if (step_done_status[i].status == app->session.identity.status)
			s->choice = i;
}

/* The line below AWS's answers: does it arrive? */
static bool
is_mail(size_t choice)
{
	return choice == DONE_STATUSES;
}

enum {
	PARTS = 7
};

/*
 * What stands below the answers.  Where there is no room for all of it, the
 * last go first: the help tells of them.
 */
struct below {
	struct part {
		enum role role;
		int x;
		struct text text;
	} part[PARTS];
	size_t count;
	size_t keep;			/* of any answer, from here on */
	bool line;			/* one of them is to be copied */
};

static struct text *
part_add(struct below *below, enum role role, int x)
{
	struct part *part = &below->part[below->count++];

	*part = (struct part){ role, x, TEXT_INIT };
	return &part->text;
}

static void
add_words(struct below *below, const struct app *app, enum step_words words)
{
	step_words(part_add(below, ROLE_TEXT, 1), &app->session.identity,
	    words);
}

/* What AWS's answer means, and what can be done about it. */
static void
add_status(struct below *below, const struct app *app, size_t choice)
{
	const struct identity *identity = &app->session.identity;
	struct text line = TEXT_INIT;

	step_done_restart(&app->check, choice, app->options->practice, &line);
	below->line = line.len > 0;
	step_done_meaning(part_add(below, ROLE_TEXT, 1), &app->check, choice,
	    app->options->practice);
	if (step_done_status[choice].status == SES_PENDING)
		window_text(part_add(below, ROLE_TEXT, 1), identity,
		    app->now);
	if (below->line && identity->region[0] == '\0')
		text_add(part_add(below, ROLE_WARNING, 1),
		    _(step_done_region));
	if (below->line)
		text_add(part_add(below, ROLE_FOCUS, 3), line.s);
	text_release(&line);
}

static void
gather(struct below *below, const struct app *app, size_t choice)
{
	bool mail = is_mail(choice);
	bool failed = !mail && step_done_status[choice].status == SES_FAILED;

	below->count = 0;
	below->line = false;
	if (mail)
		add_words(below, app, STEP_DONE_ARRIVES);
	else
		add_status(below, app, choice);
	below->keep = below->count;
	add_words(below, app, STEP_DONE_KEEP);
	if (!failed && !mail)
		add_words(below, app, STEP_DONE_SANDBOX);
	if (!failed)
		step_done_rules(&app->check, part_add(below, ROLE_TEXT, 1));
}

static int
part_lines(const struct part *part, const struct paint *paint)
{
	return part->text.len == 0 ? 0 : wrap_lines(part->text.s,
	    paint->width - 1 - part->x);
}

/* How many of them fit into so many lines; *spare is left over then. */
static size_t
fitting(const struct below *below, const struct paint *paint, int *spare)
{
	size_t count = 0;

	for (; count < below->count; count++) {
		int lines = part_lines(&below->part[count], paint);

		if (lines > *spare && count > 0)
			break;
		*spare -= lines;
	}
	return count;
}

static void
give_up(struct below *below)
{
	for (size_t i = 0; i < below->count; i++)
		text_release(&below->part[i].text);
}

/* What any of the answers leaves of so many lines: the list stays in place. */
static int
spare_always(const struct app *app, const struct paint *paint, int room)
{
	int least = room;

	for (size_t i = 0; i <= DONE_STATUSES; i++) {
		struct below below;
		int spare = room;

		gather(&below, app, i);
		fitting(&below, paint, &spare);
		give_up(&below);
		if (spare < least)
			least = spare;
	}
	return least;
}

static int
draw_part(struct paint *paint, int y, const struct part *part)
{
	return paint_wrap(paint, y, part->x, screen_bottom(paint) - y,
	    part->role, part->text.s);
}

static int
draw_choices(const struct app *app, struct paint *paint, int y, size_t choice)
{
	enum ses_status kept = app->session.identity.status;
	struct text age = TEXT_INIT;

	for (size_t i = 0; i < DONE_STATUSES; i++)
		y = screen_choice(paint, y, i == choice,
		    ses_status_title(step_done_status[i].status),
		    kept == step_done_status[i].status &&
		    !app->options->practice ? _("(saved)") : NULL, 0);
	y = screen_choice(paint, y, is_mail(choice), _(mailbox_line),
	    step_done_arrived(&app->session, app->now, &age), 0);
	text_release(&age);
	return y;
}

/* On the line of notices, while there is none. */
static void
draw_quiet(const struct app *app, struct paint *paint,
    const struct below *below, size_t count)
{
	if (app->notice.len > 0)
		return;
	if (below->line)
		paint_text(paint, screen_bottom(paint), 1, ROLE_HINT,
		    _("c copies the line, p shows it alone."));
	else if (count < below->count)
		paint_text(paint, screen_bottom(paint), 1, ROLE_HINT,
		    _("? tells more."));
}

/* What stands above the answers. */
struct above {
	struct part verdict, question, words;
	enum state state;
};

static void
gather_above(struct above *above, const struct app *app)
{
	const struct identity *identity = &app->session.identity;
	char text[SCREEN_TEXT];

	above->verdict = (struct part){ ROLE_TITLE, 0, TEXT_INIT };
	above->question = (struct part){ ROLE_TEXT, 1, TEXT_INIT };
	above->words = (struct part){ ROLE_HINT, 1, TEXT_INIT };
	step_done_verdict(&above->verdict.text, &app->check,
	    app_all_right(app), &above->state);
	above->verdict.x = 1 + wrap_width(state_word(above->state)) + 4;
	if (app->options->practice) {
		above->question.role = ROLE_NOTE;
		text_program(text, sizeof text, _(step_done_practice));
		text_add(&above->question.text, text);
	} else {
		step_words(&above->question.text, identity,
		    STEP_DONE_QUESTION);
	}
	step_done_words(identity, &above->words.text);
}

/* A line to spare, as long as there is one. */
static int
take_spare(int *spare)
{
	return (*spare)-- > 0;
}

/* The answers, and above them how DNS stands; at most so many blank lines. */
static int
draw_above(const struct app *app, struct paint *paint, int y,
    const struct above *above, int spare)
{
	const struct done_screen *s = screen_private(app);
	/* Rather a page to open than blank lines. */
	bool page = !app->options->practice && take_spare(&spare);

	y += take_spare(&spare);
	paint_verdict(paint, y, 1, above->state);
	y = draw_part(paint, y, &above->verdict);
	y = draw_part(paint, y + take_spare(&spare), &above->question);
	y = draw_part(paint, y, &above->words);
	if (page)
		y = screen_aws(app, paint, y);
	return draw_choices(app, paint, y, s->choice);
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct done_screen *s = screen_private(app);
	struct above above;
	struct below below;
	int y = SCREEN_TOP, spare;
	size_t count;

	gather_above(&above, app);
	spare = screen_bottom(paint) - y - DONE_STATUSES - 1 -
	    part_lines(&above.verdict, paint) -
	    part_lines(&above.question, paint) -
	    part_lines(&above.words, paint);
	y = draw_above(app, paint, y, &above, spare_always(app, paint, spare));
	text_release(&above.verdict.text);
	text_release(&above.question.text);
	text_release(&above.words.text);
	gather(&below, app, s->choice);
	spare = screen_bottom(paint) - y;
	count = fitting(&below, paint, &spare);
	y += take_spare(&spare);
	for (size_t i = 0; i < count; i++)
		y = draw_part(paint, y + (i == below.keep &&
		    take_spare(&spare)), &below.part[i]);
	draw_quiet(app, paint, &below, count);
	give_up(&below);
}

/* The line that starts AWS again, to the clipboard or alone on a page. */
static void
take_line(struct app *app, enum action action)
{
	const struct done_screen *s = screen_private(app);
	struct text line = TEXT_INIT;

	if (!is_mail(s->choice))
		step_done_restart(&app->check, s->choice,
		    app->options->practice, &line);
	if (line.len > 0 && action == ACTION_COPY) {
		screen_copy(app, _("The line for CloudShell"), line.s);
	} else if (line.len > 0) {
		page_open(app, "", true);
		page_add(app, line.s);
	}
	text_release(&line);
}

static bool
act(struct app *app, enum action action)
{
	struct done_screen *s = screen_private(app);
	size_t *choice = &s->choice;

	if (screen_moves(choice, DONE_STATUSES + 1, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		if (is_mail(*choice)) {
			screen_go(app, SCREEN_MAIL);
			return true;
		}
		identity_set_status(&app->session.identity,
		    step_done_status[*choice].status);
		check_set_status(&app->check, &app->session.identity);
		app_save(app);
		app_notice(app, app->options->practice ?
		    _(step_practice_noted) : _(step_done_noted));
		return true;
	case ACTION_COPY:
	case ACTION_PLAIN:
		take_line(app, action);
		return true;
	case ACTION_BACK:
		screen_go(app, SCREEN_CHECK);
		return true;
	default:
		return false;
	}
}

const struct screen_ops screen_done = {
	.step = 6,
	.private_size = sizeof(struct done_screen),
	.enter = enter,
	.draw = draw,
	.act = act,
};
