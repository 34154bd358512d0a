#include <string.h>

#include <bsd/string.h>

#include "ses/import.h"
#include "base/lang.h"
#include "model/other-region.h"
#include "ses/region.h"
#include "screen/screens.h"
#include "base/text.h"
#include "screen/values.h"
#include "model/wrap.h"

static bool
is_token(size_t field)
{
	return field >= VALUES_TOKEN_1 && field <= VALUES_TOKEN_3;
}

static bool
is_shown(const struct app *app, size_t field)
{
	const struct values_screen *s = screen_private(app);

	if (field == VALUES_SELECTOR || field == VALUES_KEY)
		return s->own_key;
	return !s->own_key || !is_token(field);
}

/* The field shows what the identity holds. */
static void
fill_field(struct app *app, size_t field)
{
	struct values_screen *s = screen_private(app);
	char text[NAME_TEXT];

	edit_set(&s->field[field], values_field_text(&app->session.identity,
	    field, text));
}

static void
enter(struct app *app)
{
	struct values_screen *s = screen_private(app);

	if (!s->filled || s->opened != app->opened) {
		for (size_t i = 0; i < VALUES_FIELDS; i++)
			fill_field(app, i);
		s->own_key = identity_has_own_key(&app->session.identity);
		s->status = 0;
	} else if (s->changes != app->changes) {
		values_fill(app);
	}
	s->filled = true;
	s->opened = app->opened;
	s->changes = app->changes;
	s->pick.open = false;
	text_clear(&s->said);
	s->yield = false;
	values_focus(app);
	values_question_enter(app);
}

/* Another process saved values. */
static void
settle(struct app *app)
{
	struct values_screen *s = screen_private(app);

	if (s->changes != app->changes)
		values_fill(app);
}

/* The tokens of the fields before this one: it must not repeat them. */
static void
add_others(const struct app *app, size_t field, struct identity *identity)
{
	const struct values_screen *s = screen_private(app);
	const char *why;

	for (size_t i = VALUES_TOKEN_1; i < field; i++)
		(void)identity_add_token(identity, s->field[i].text,
		    &why);
}

/*
 * One field against what the others say.  NULL when it is right or empty.
 */
static const char *
complaint(const struct app *app, size_t field)
{
	const struct values_screen *s = screen_private(app);
	struct identity scratch = app->session.identity;
	const char *text = s->field[field].text, *why = NULL;

	if (*text == '\0')
		return NULL;
	scratch.tokens = 0;
	if (is_token(field))
		add_others(app, field, &scratch);
	return values_row[field].set(&scratch, text, &why) == -1 ? why : NULL;
}

/* What is odd but not refused. */
static const char *
doubt(const struct app *app, size_t field)
{
	const struct values_screen *s = screen_private(app);
	char token[IDENTITY_TOKEN];
	const char *text = s->field[field].text, *why;

	if (*text == '\0')
		return NULL;
	if (field == VALUES_VERIFICATION)
		return identity_verification_doubt(text);
	if (is_token(field) && identity_token(token, text, &why) == 0)
		return identity_token_doubt(token);
	if (field == VALUES_MAIL_FROM && values_suggest_taken(app, text))
		return N_("Something else uses this name already. AWS needs "
		    "one that nothing uses: Ctrl-N suggests one. Then enter "
		    "it at AWS, too.");
	return NULL;
}

/* What the fields say, those that are not refused; false when one is. */
static bool
read_fields(const struct app *app, struct identity *next)
{
	const struct values_screen *s = screen_private(app);
	const char *why;
	bool good = true;

	*next = app->session.identity;
	next->tokens = 0;
	identity_drop_key(next);
	next->verification[0] = '\0';
	for (size_t i = 0; i < VALUES_FIELDS; i++) {
		const char *text = s->field[i].text;

		if ((*text != '\0' || i == VALUES_MAIL_FROM) &&
		    is_shown(app, i))
			good &= values_row[i].set(next, text, &why) == 0;
	}
	return good;
}

void
values_focus(struct app *app)
{
	struct values_screen *s = screen_private(app);
	struct identity shown;

	if (read_fields(app, &shown)) {
		s->focus = values_next(&shown, s->own_key);
		return;
	}
	for (size_t i = VALUES_FIELDS; i-- > 0;)
		if (is_shown(app, i) && complaint(app, i) != NULL)
			s->focus = (int)i;
}

/*
 * The fields become the identity; what is refused is left out.  True when
 * what stood there before stays, for there is only half of something else.
 */
static bool
apply(struct app *app)
{
	struct values_screen *s = screen_private(app);
	struct identity next;
	bool kept;

	read_fields(app, &next);
	kept = values_keep(&next, &app->session.identity, s->own_key);
	if (other_region_typed(app, &next)) {
		values_fill(app);
	} else if (memcmp(&next, &app->session.identity, sizeof next) != 0) {
		app->session.identity = next;
		app_identity_changed(app);
	}
	s->changes = app->changes;
	return kept;
}

static void
leave(struct app *app)
{
	const struct values_screen *s = screen_private(app);
	bool typed = false;

	for (size_t i = VALUES_TOKEN_1; i <= VALUES_KEY; i++)
		typed |= is_shown(app, i) && s->field[i].len > 0;
	if (apply(app) && typed)
		app_notice(app, _(values_half));
}

/*
 * Text that is refused stays in its field; half a token gives way to a whole
 * one.  So does what belongs to the other way of signing, hidden; but nothing
 * of other answers.
 */
void
values_fill(struct app *app)
{
	struct values_screen *s = screen_private(app);
	struct edit *field = s->field;
	char kept[VALUES_FIELDS][EDIT_SIZE];
	bool other = s->opened != app->opened;

	s->opened = app->opened;
	if (app->session.identity.tokens > 0 ||
	    identity_has_own_key(&app->session.identity))
		s->own_key =
		    identity_has_own_key(&app->session.identity);
	for (size_t i = 0; i < VALUES_FIELDS; i++)
		strlcpy(kept[i], !other && (complaint(app, i) != NULL ||
		    !is_shown(app, i)) ? field[i].text : "", EDIT_SIZE);
	for (size_t i = 0; i < VALUES_FIELDS; i++)
		fill_field(app, i);
	s->changes = app->changes;
	for (size_t i = 0; i < VALUES_FIELDS; i++)
		if (field[i].len == 0 || (kept[i][0] != '\0' && !is_token(i)))
			edit_set(&field[i], kept[i]);
}

/* Whatever another field holds, the cursor stays where it is. */
static bool
take(struct app *app, const char *text, size_t len, bool *word)
{
	struct values_screen *s = screen_private(app);
	struct import import;
	char why[IMPORT_WHY];
	int focus = s->focus;
	bool good;

	apply(app);
	s->focus = focus;
	*word = false;
	if (app_take_account(app, text, len, &s->said)) {
		s->said_role = ROLE_PASS;
		return true;
	}
	good = app_read_document(app, text, len, &import, why) == 0;
	/* A secret is shown nowhere, not even in a field. */
	*word = !good && import.kind == IMPORT_LINES && !import.secret &&
	    !import.path;
	if (good)
		values_take(app, &import);
	else
		values_say(app, ROLE_WARNING, why);
	return good;
}

static bool
paste(struct app *app, const char *text, size_t len)
{
	struct values_screen *s = screen_private(app);
	bool word;

	if (values_is_for_field(app, text, len))
		return false;
	if (take(app, text, len, &word))
		return true;
	/* What is no document may be meant for the field in focus alone. */
	if (word && !app->conflict && app->asked &&
	    s->focus < VALUES_FIELDS && memchr(text, '\n', len) == NULL &&
	    len < IDENTITY_VERIFICATION) {
		text_clear(&s->said);
		return false;
	}
	return true;
}

static void
draw_field(const struct app *app, struct paint *paint, int y, size_t i,
    int value_x)
{
	const struct values_screen *s = screen_private(app);
	const struct edit *edit = &s->field[i];
	bool focus = s->focus == (int)i && !s->pick.open;
	int x = paint_mark(paint, y, 1, focus);

	paint_text(paint, y, x, focus ? ROLE_FOCUS : ROLE_LABEL,
	    _(values_row[i].label));
	paint_edit(paint, y, value_x, paint->width - value_x - 1, edit, focus);
	if (edit->len == 0) {
		paint_text(paint, y, focus ? value_x + 42 : value_x, ROLE_HINT,
		    focus && i != VALUES_REGION ? "" : _(values_row[i].note));
	} else if (i == VALUES_REGION) {
		const struct region *region = region_named(edit->text);

		if (region != NULL)
			paint_text(paint, y, value_x + 20, ROLE_HINT,
			    region_find(edit->text) != NULL ?
			    _(region->name) : region->code);
	}
}

/* "No SES region has this name. Did you mean ap-northeast-1?" */
static void
reason_text(const struct app *app, size_t field, const char *why,
    struct text *t)
{
	const struct values_screen *s = screen_private(app);

	if (s->focus != (int)field)
		text_addf(t, "%s: ", _(values_row[field].label));
	if (field == VALUES_REGION)
		region_refused(t, s->field[field].text, why);
	else
		text_add(t, _(why));
}

/* What is wrong or odd: in the field in focus, else in any other. */
static int
draw_odd(const struct app *app, struct paint *paint, int y, int rows)
{
	const struct values_screen *s = screen_private(app);
	struct text text = TEXT_INIT;

	for (size_t k = 0; k <= VALUES_FIELDS; k++) {
		size_t i = k == 0 ? (size_t)s->focus : k - 1;
		const char *wrong, *odd;

		if (i >= VALUES_FIELDS)
			continue;
		wrong = complaint(app, i);
		odd = wrong == NULL ? doubt(app, i) : NULL;
		if (wrong == NULL && odd == NULL)
			continue;
		reason_text(app, i, wrong != NULL ? wrong : odd, &text);
		y = paint_wrap(paint, y, 3, rows, wrong != NULL ?
		    ROLE_FAIL : ROLE_WARNING, text.s);
		break;
	}
	text_release(&text);
	return y;
}

/* Below the fields and the choices, so that no choice moves for it. */
static void
draw_reason(const struct app *app, struct paint *paint, int y)
{
	const struct values_screen *s = screen_private(app);
	int end = screen_bottom(paint);

	if (s->said.len > 0)
		y = paint_wrap(paint, y, 3, end - y, s->said_role, s->said.s);
	if (y < end)
		y = draw_odd(app, paint, y, end - y);
	if (y < end && s->said.len == 0 && s->focus == VALUES_MAIL_FROM &&
	    s->field[VALUES_MAIL_FROM].len == 0)
		values_suggest_draw(app, paint, y, end - y);
}

static void
draw(const struct app *app, struct paint *paint)
{
	const struct values_screen *s = screen_private(app);
	const char *ways[] = {
		N_("Show me what to type"),
		N_("I have already entered everything: check now"),
		s->own_key ? N_("Easy DKIM instead: three CNAMEs") :
		    N_("A DKIM key of my own instead (BYODKIM)"),
	};
	int airy = paint->height >= SCREEN_AIRY;
	int y = SCREEN_TOP + airy, value_x = 0;

	if (app->conflict) {
		values_conflict_draw(app, paint);
		return;
	}
	if (!app->asked) {
		values_question_draw(app, paint);
		return;
	}
	if (s->pick.open) {
		values_region_draw(app, paint, y);
		return;
	}
	if (app->options->practice)
		y = paint_wrap(paint, y, 1, 2, ROLE_NOTE, _(values_practice));
	else if (app->session.identity.status == SES_NONE)
		y = paint_wrap(paint, y, 1, 4, ROLE_TEXT,
		    _(values_question_steps));
	else
		y = paint_wrap(paint, y, 1, 3, ROLE_TEXT,
		    _(values_paste));
	y++;
	for (size_t i = 0; i < VALUES_FIELDS; i++)
		if (is_shown(app, i) &&
		    wrap_width(_(values_row[i].label)) > value_x)
			value_x = wrap_width(_(values_row[i].label));
	value_x += 6;
	for (size_t i = 0; i < VALUES_FIELDS; i++)
		if (is_shown(app, i))
			draw_field(app, paint, y++, i, value_x);
	y += airy;
	for (int i = 0; i < 3; i++)
		y = screen_choice(paint, y, s->focus ==
		    VALUES_SHOW + i, _(ways[i]), NULL, 0);
	draw_reason(app, paint, y + airy);
}

static void
step_focus(struct app *app, int by)
{
	struct values_screen *s = screen_private(app);
	int next = s->focus + by;

	while (next >= 0 && next < VALUES_FIELDS &&
	    !is_shown(app, (size_t)next))
		next += by;
	if (next >= 0 && next < VALUES_FOCUSES)
		s->focus = next;
	text_clear(&s->said);
}

static bool
go_on(struct app *app, bool check)
{
	struct values_screen *s = screen_private(app);
	struct identity shown;
	bool good = read_fields(app, &shown);
	const char *why;

	/* What was there of another region may make it whole. */
	if (!apply(app))
		shown = app->session.identity;
	if (!good) {
		values_focus(app);
		return true;
	}
	if (!identity_complete(&shown, &why)) {
		values_say(app, ROLE_WARNING, _(why));
		values_focus(app);
		if (s->focus == VALUES_REGION && shown.tokens > 0)
			values_region_open(app);
		return true;
	}
	/* Entered already is not entered now: the check is not to wait. */
	screen_go(app, check ? SCREEN_CHECK : SCREEN_CARD);
	return true;
}

/* What was typed for the other way stays in its fields. */
static bool
change_way(struct app *app)
{
	struct values_screen *s = screen_private(app);

	s->own_key = !s->own_key;
	values_focus(app);
	text_clear(&s->said);
	return true;
}

/* Enter in a field: what came without bracketed paste is understood, too. */
static bool
finish_field(struct app *app)
{
	struct values_screen *s = screen_private(app);
	size_t field = (size_t)s->focus;
	bool word;

	if (field == VALUES_REGION && region_named(s->field[field].text) ==
	    NULL) {
		values_region_open(app);
		return true;
	}
	/* A target tells where the targets lie, too. */
	if (complaint(app, field) != NULL || (is_token(field) &&
	    strchr(s->field[field].text, '.') != NULL)) {
		char text[EDIT_SIZE];

		strlcpy(text, s->field[field].text, sizeof text);
		edit_set(&s->field[field], "");
		if (!take(app, text, strlen(text), &word)) {
			edit_set(&s->field[field], text);
			if (word)
				text_clear(&s->said);
			return true;
		}
		if (app->conflict)
			return true;
		s->focus = (int)field;
	}
	step_focus(app, 1);
	return true;
}

static bool
act_regions(struct app *app, enum action action)
{
	struct values_screen *s = screen_private(app);
	const struct region *region;
	enum pick_result result = values_region_act(app, action, &region);

	if (result == PICK_CHOSEN) {
		edit_set(&s->field[VALUES_REGION], region->code);
		apply(app);
		values_focus(app);
	}
	return result != PICK_OTHER;
}

static bool
act(struct app *app, enum action action)
{
	struct values_screen *s = screen_private(app);

	if (app->conflict)
		return values_conflict_act(app, action);
	if (!app->asked)
		return values_question_act(app, action);
	if (s->pick.open)
		return act_regions(app, action);
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		step_focus(app, -1);
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		step_focus(app, 1);
		return true;
	case ACTION_ENTER:
		if (s->focus == VALUES_OWN_KEY)
			return change_way(app);
		return s->focus < VALUES_FIELDS ? finish_field(app) :
		    go_on(app, s->focus == VALUES_CHECK);
	case ACTION_SUGGEST:
		values_suggest(app);
		return true;
	case ACTION_COPY:
		values_question_copy(app);
		return true;
	case ACTION_BACK:
		app->asked = false;
		return true;
	default:
		return false;
	}
}

static struct edit *
typing(struct app *app)
{
	struct values_screen *s = screen_private(app);

	if (app->conflict || !app->asked)
		return NULL;
	if (s->pick.open)
		return &s->pick.filter;
	return s->focus < VALUES_FIELDS ? &s->field[s->focus] : NULL;
}

static void
typed(struct app *app)
{
	struct values_screen *s = screen_private(app);

	text_clear(&s->said);
	if (s->pick.open)
		values_region_typed(app);
}

static void
release(void *private)
{
	struct values_screen *s = private;

	text_release(&s->said);
}

const struct screen_ops screen_values = {
	.step = 3,
	.private_size = sizeof(struct values_screen),
	.enter = enter,
	.settle = settle,
	.leave = leave,
	.draw = draw,
	.act = act,
	.typing = typing,
	.typed = typed,
	.paste = paste,
	.release = release,
};
