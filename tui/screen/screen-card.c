#include <stdint.h>
#include <stdio.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "model/entered.h"
#include "model/mind.h"
#include "diagnose/asks.h"
#include "model/steps.h"
#include "report/report.h"
#include "screen/copy.h"
#include "screen/fields.h"
#include "screen/screens.h"
#include "base/text.h"
#include "model/wrap.h"

struct card_screen {
	size_t field;
	bool asking;			/* whether the rows are saved; */
	size_t answer;			/* enum saved_answer */
	size_t changes;			/* of the answers, when it was chosen */
};

/* The form that the card is of. */
static struct form_of
card_of(const struct app *app)
{
	return check_form_of(&app->check, &app->check.plan.wanted[app->card]);
}

static void
card_form(const struct app *app, struct form *form)
{
	const struct form_of of = card_of(app);

	form_fill(form, of.rules, &app->check.plan.wanted[app->card],
	    &of.zone);
}

/* What people get wrong most: the name. */
static size_t
first_field(const struct app *app)
{
	struct form form;

	if (app->card >= app->check.plan.count)
		return 0;
	card_form(app, &form);
	for (size_t i = 0; i < form.count; i++)
		if (form.field[i].id == FORM_NAME)
			return i;
	return 0;
}

static void
show_card(struct app *app, size_t card)
{
	struct card_screen *s = screen_private(app);

	app->card = card;
	s->field = first_field(app);
	s->asking = false;
}

static void
enter(struct app *app)
{
	show_card(app, app->card < app->check.plan.count ? app->card : 0);
}

static void
settle(struct app *app)
{
	struct card_screen *s = screen_private(app);

	if (s->changes != app->changes) {
		s->field = first_field(app);
		s->asking = false;
	}
	/* It came out meanwhile that one stands there. */
	if (app->card < app->check.plan.count &&
	    asks_of(&app->check, app->card) == ASKS_NOT)
		show_card(app, asks_before(&app->check, app->card));
	s->changes = app->changes;
}

static size_t
required(const struct plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->count; i++)
		n += plan->wanted[i].required;
	return n;
}

/* "1 / 3  DKIM 1", and how old the facts are of what is to be typed. */
static int
draw_heading(const struct app *app, struct paint *paint, int y)
{
	const struct plan *plan = &app->check.plan;
	const struct wanted *wanted = &plan->wanted[app->card];
	struct text said = TEXT_INIT;
	char text[SCREEN_NOTICE];
	int x;

	if (wanted->required)
		snprintf(text, sizeof text, "%zu / %zu", app->card + 1,
		    required(plan));
	else
		strlcpy(text, _("optional"), sizeof text);
	x = paint_text(paint, y, 1, ROLE_TITLE, text);
	x = paint_text(paint, y, x + 2, ROLE_TITLE, wanted_title(wanted));
	if (wanted->kind == WANTED_DKIM || wanted->kind == WANTED_BYODKIM)
		paint_text(paint, y, x + 2, ROLE_HINT,
		    _("(proves who sends the mail)"));
	else if (wanted->kind == WANTED_DMARC)
		paint_text(paint, y, x + 2, ROLE_HINT,
		    asks_of(&app->check, app->card) == ASKS_IF_NONE ?
		    _("(recommended, only if there is none yet)") :
		    _("(recommended, not required)"));
	if (!entered_stands(app, app->card))
		report_company_date(&said, card_of(app).company);
	paint_text(paint, y, paint->width - 2 - wrap_width(said.s), ROLE_HINT,
	    said.s);
	text_release(&said);
	return y + 1;
}

/* Where the company's page is, and its address where there is room for it. */
static int
draw_place(const struct app *app, struct paint *paint, int y, bool address)
{
	const struct form_of of = card_of(app);
	const char *menu = provider_menu(of.company);
	struct text page = TEXT_INIT;
	int x = wrap_width(_("Page")) + 3;

	provider_page(&page, of.company, &of.zone);
	address &= page.len > 0;
	if (menu != NULL || address)
		paint_text(paint, y, 1, ROLE_LABEL, _("Page"));
	if (menu != NULL)
		y = paint_wrap(paint, y, x, 2, ROLE_TEXT, menu);
	if (address)
		paint_link(paint, y++, x, page.s);
	text_release(&page);
	return y;
}

static int
draw_fields(const struct app *app, struct paint *paint, int y,
    const struct form *form)
{
	const struct card_screen *s = screen_private(app);

	return fields_draw(form, card_of(app).rules, paint, y,
	    s->asking ? form->count : s->field);
}

/* What a card says below its heading, and what of it there is room for. */
struct body {
	struct form form;
	struct text note, save, company;
	int more;			/* lines kept for the company */
	bool address;			/* of the page */
	bool left;			/* something is left out */
};

static int
note_lines(const struct body *body, const struct paint *paint)
{
	return wrap_lines(body->note.s, paint->width - 1 -
	    (wrap_width(_("Mind")) + 3));
}

static int
save_lines(const struct body *body, const struct paint *paint)
{
	return wrap_lines(body->save.s, paint->width - 2);
}

/*
 * Of what does not fit the address goes first, for the menu is there; then one
 * sentence after the other, the safest last.
 */
static void
fit(struct body *body, const struct app *app, const struct paint *paint, int y)
{
	const char *menu = provider_menu(card_of(app).company);
	int x = wrap_width(_("Page")) + 3, spare = screen_bottom(paint) - y;

	spare -= fields_lines(&body->form, card_of(app).rules, paint) +
	    save_lines(body, paint);
	if (menu != NULL)
		spare -= wrap_lines(menu, paint->width - 1 - x) > 1 ? 2 : 1;
	body->address = menu == NULL ||
	    note_lines(body, paint) + 1 <= spare;
	spare -= menu == NULL;
	while (note_lines(body, paint) > spare && mind_drop(&body->note))
		body->left = true;
}

/*
 * The fields and what to mind; room is kept for what follows.  Blank lines
 * stand between them as long as nothing is lost for their sake; that before
 * what follows goes first.
 */
static int
draw_body(const struct app *app, struct paint *paint, int y,
    const struct body *body)
{
	int end = screen_bottom(paint), x = wrap_width(_("Mind")) + 3;
	int saves = save_lines(body, paint), next, gap;

	for (gap = 2; gap >= 0; gap--) {
		next = draw_fields(app, paint, y + (gap > 0), &body->form) +
		    (gap > 0);
		if (gap == 0 || next + note_lines(body, paint) + (gap > 1) +
		    saves + body->more <= end)
			break;
		wmove(paint->win, y, 0);
		wclrtobot(paint->win);
	}
	paint_text(paint, next, 1, ROLE_WARNING, _("Mind"));
	next = paint_wrap(paint, next, x, end - next - saves, ROLE_TEXT,
	    body->note.s);
	return next + (gap > 1);
}

/*
 * What else to know about the company, as far as there is room for it, in
 * lines and in words; no words: something was left out before.
 */
static void
draw_company(const struct app *app, struct paint *paint, int y,
    const char *rest, size_t words)
{
	int end = screen_bottom(paint);
	struct text one = TEXT_INIT;
	bool more = words == 0;

	while (!more && *rest != '\0') {
		size_t count;

		rest = mind_next(&one, rest);
		count = wrap_words(one.s);
		more = count + (*rest != '\0' ? MIND_MORE : 0) > words ||
		    y + wrap_lines(one.s, paint->width - 2) +
		    (*rest != '\0') > end;
		words -= more ? 0 : count;
		if (!more)
			y = paint_wrap(paint, y, 1, end - y, ROLE_NOTE, one.s);
	}
	/* On the line of notices, if there is no other. */
	if (more && (y < end || app->notice.len == 0))
		paint_text(paint, y < end ? y : end, 1, ROLE_HINT,
		    _("? tells more."));
	text_release(&one);
}

/* A row that stands is there to be compared, not to be typed. */
static void
draw_standing(const struct app *app, struct paint *paint, int y)
{
	struct form form;

	y = paint_wrap(paint, y + 1, 1, 2, ROLE_PASS, _(step_card_stands));
	card_form(app, &form);
	draw_fields(app, paint, y + 1, &form);
}

/* In the place of what to mind: the last card stays in sight. */
static void
draw_question(const struct app *app, struct paint *paint, int y)
{
	const struct card_screen *s = screen_private(app);
	struct text text = TEXT_INIT;
	struct form form;
	int x = 0;

	card_form(app, &form);
	y = draw_fields(app, paint, y + 1, &form) + 1;

	step_card_saved(&app->check, &text);
	y = paint_wrap(paint, y, 1, 3, ROLE_TITLE, text.s) + 1;
	text_release(&text);
	for (size_t i = 0; i < SAVED_ANSWERS; i++)
		if (wrap_width(_(step_saved_answer[i])) > x)
			x = wrap_width(_(step_saved_answer[i]));
	for (size_t i = 0; i < SAVED_ANSWERS; i++)
		y = screen_choice(paint, y, i == s->answer,
		    _(step_saved_answer[i]), _(step_saved_note[i]), x + 5);
}

/* All of it, shortened to what one reads; the words that are left then. */
static size_t
gather(struct body *body, const struct app *app, const struct paint *paint)
{
	const struct wanted *wanted = &app->check.plan.wanted[app->card];
	size_t budget = getmaxx(paint->win) < SCREEN_WIDE ? MIND_WORDS :
	    SIZE_MAX;
	struct text one = TEXT_INIT;
	size_t words, all;
	const char *rest;

	*body = (struct body){ .note = TEXT_INIT, .save = TEXT_INIT,
	    .company = TEXT_INIT };
	card_form(app, &body->form);
	report_mind(&body->note, &app->check, wanted);
	mind_save(&body->save, card_of(app).company);
	report_company_notes(&body->company, &app->check);
	all = body->note.len;
	words = wrap_words(body->save.s);
	if (budget == MIND_WORDS)
		words = mind_shorten(&body->note, words);
	body->left = body->note.len < all || words > budget;
	words = body->left ? 0 : budget - words;
	rest = mind_next(&one, body->company.s);
	if (one.len > 0)
		body->more = words < wrap_words(one.s) + MIND_MORE ? 1 :
		    wrap_lines(one.s, paint->width - 2) + (*rest != '\0');
	text_release(&one);
	return words;
}

/* What is to be typed, and what to mind with it. */
static void
draw_typing(const struct app *app, struct paint *paint, int y)
{
	struct body body;
	size_t words = gather(&body, app, paint);

	fit(&body, app, paint, y);
	y = draw_place(app, paint, y, body.address);
	y = draw_body(app, paint, y, &body);
	y = paint_wrap(paint, y, 1, screen_bottom(paint) - y, ROLE_TEXT,
	    body.save.s);
	draw_company(app, paint, y, body.company.s, body.left ? 0 : words);
	text_release(&body.note);
	text_release(&body.save);
	text_release(&body.company);
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct card_screen *s = screen_private(app);
	int y = SCREEN_TOP;

	if (app->card >= app->check.plan.count)
		return;
	y = draw_heading(app, paint, y);
	if (s->asking)
		draw_question(app, paint, draw_place(app, paint, y, true));
	else if (entered_stands(app, app->card))
		draw_standing(app, paint, draw_place(app, paint, y, true));
	else
		draw_typing(app, paint, y);
}

/* All cards, and which of them stand already; the mark is the field's. */
static void
side(const struct app *app, struct paint *panel)
{
	const struct plan *plan = &app->check.plan;
	int y = 0;

	for (size_t i = 0; i < plan->count; i++) {
		bool focus = i == app->card;

		if (asks_of(&app->check, i) == ASKS_NOT)
			continue;
		paint_text(panel, y, 0, focus ? ROLE_FOCUS : ROLE_TEXT,
		    wanted_title(&plan->wanted[i]));
		if (entered_stands(app, i))
			paint_text(panel, y, panel->width - 1 -
			    wrap_width(state_word(STATE_PASS)), ROLE_PASS,
			    state_word(STATE_PASS));
		y++;
	}
}

/* To the check, after the one question that belongs here. */
static void
go_on(struct app *app)
{
	struct card_screen *s = screen_private(app);

	s->asking = entered_is_asked(app);
	s->answer = SAVED_NOT_YET;
	if (!s->asking)
		screen_go(app, SCREEN_CHECK);
}

static void
next_card(struct app *app)
{
	size_t next = asks_after(&app->check, app->card);

	if (next < app->check.plan.count)
		show_card(app, next);
	else
		go_on(app);
}

static bool
act_question(struct app *app, enum action action)
{
	struct card_screen *s = screen_private(app);

	if (screen_moves(&s->answer, SAVED_ANSWERS, action))
		return true;
	switch (action) {
	case ACTION_ENTER:
		entered_tell(app, s->answer == SAVED_YES);
		screen_go(app, SCREEN_CHECK);
		return true;
	case ACTION_BACK:
		s->asking = false;
		return true;
	default:
		return false;
	}
}

static void
copy(struct app *app)
{
	struct card_screen *s = screen_private(app);
	const struct form_field *field;
	struct text label = TEXT_INIT;
	struct form form;

	card_form(app, &form);
	if (s->field >= form.count)
		return;
	field = &form.field[s->field];
	if (!fields_has_content(field)) {
		app_notice(app, _("Nothing goes into this field."));
		return;
	}
	report_field(&label, card_of(app).rules, field);
	screen_copy(app, label.s, field->value);
	text_release(&label);
}

/* To another field of the card; false: that is no key for it. */
static bool
move_field(struct app *app, enum action action)
{
	struct card_screen *s = screen_private(app);
	struct form form;

	card_form(app, &form);
	switch (action) {
	case ACTION_UP:
		s->field -= s->field > 0;
		return true;
	case ACTION_DOWN:
		s->field += s->field + 1 < form.count;
		return true;
	case ACTION_NEXT:
		s->field = (s->field + 1) % form.count;
		return true;
	case ACTION_PREVIOUS:
		s->field = (s->field + form.count - 1) % form.count;
		return true;
	default:
		return false;
	}
}

/* What can be taken along. */
static bool
act_copy(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_COPY:
		copy(app);
		return true;
	case ACTION_PLAIN:
		copy_open_record(app, app->card);
		return true;
	case ACTION_ALL:
		copy_open_all(app);
		return true;
	case ACTION_NOTE:
		copy_open_note(app);
		return true;
	default:
		return false;
	}
}

static bool
act(struct app *app, enum action action)
{
	const struct card_screen *s = screen_private(app);
	size_t count = app->check.plan.count, other;

	if (app->card >= count)
		return false;
	if (s->asking && act_question(app, action))
		return true;
	if (action == (enum action)(ACTION_STEP_1 + 4)) {
		go_on(app);
		return true;
	}
	switch (action) {
	case ACTION_LEFT:
	case ACTION_PAGE_UP:
		if ((other = asks_before(&app->check, app->card)) < count)
			show_card(app, other);
		return true;
	case ACTION_RIGHT:
	case ACTION_PAGE_DOWN:
		if ((other = asks_after(&app->check, app->card)) < count)
			show_card(app, other);
		return true;
	case ACTION_ENTER:
		if (app->options->practice &&
		    !entered_stands(app, app->card) &&
		    !entered_has(app, app->card) &&
		    app->check.plan.wanted[app->card].required)
			form_open(app, app->card);
		else
			next_card(app);
		return true;
	case ACTION_FORM:
		form_open(app, app->card);
		return true;
	case ACTION_BACK:
		if ((other = asks_before(&app->check, app->card)) < count)
			show_card(app, other);
		else
			screen_go(app, SCREEN_VALUES);
		return true;
	default:
		return act_copy(app, action) || move_field(app, action);
	}
}

const struct screen_ops screen_card = {
	.step = 4,
	.private_size = sizeof(struct card_screen),
	.enter = enter,
	.settle = settle,
	.draw = draw,
	.side = side,
	.act = act,
};
