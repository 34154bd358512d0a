#include "screen/fields.h"

#include "base/text.h"
#include "model/steps.h"
#include "model/wrap.h"
#include "report/report.h"

enum {
	INDENT = 3,
	VALUE_GAP = 2,
	VALUE_LINES = 6		/* a DKIM key of 2048 bits, in 80 columns */
};

bool
fields_has_content(const struct form_field *field)
{
	return !field->keep && *field->value != '\0';
}

/* Where the values stand beside their labels. */
static int
value_column(const struct form *form, const struct form_rules *rules)
{
	struct text label = TEXT_INIT;
	int widest = 0;

	for (size_t i = 0; i < form->count; i++) {
		text_clear(&label);
		report_field(&label, rules, &form->field[i]);
		if (wrap_width(label.s) > widest)
			widest = wrap_width(label.s);
	}
	text_release(&label);
	return INDENT + widest + VALUE_GAP;
}

/* A value stands beside its label if it fits there, else below it. */
static bool
is_beside(const struct paint *paint, int x, const char *value)
{
	return wrap_width(value) <= paint->width - 1 - x;
}

static int
draw_value(struct paint *paint, int y, int x, enum role role,
    const char *value)
{
	if (is_beside(paint, x, value))
		return paint_wrap(paint, y, x, 1, role, value);
	return paint_wrap(paint, y + 1, INDENT, VALUE_LINES, role, value);
}

int
fields_draw(const struct form *form, const struct form_rules *rules,
    struct paint *paint, int y, size_t focus)
{
	int value_x = value_column(form, rules);
	struct text label = TEXT_INIT;

	for (size_t i = 0; i < form->count; i++) {
		const struct form_field *field = &form->field[i];

		paint_mark(paint, y, 1, i == focus);
		text_clear(&label);
		report_field(&label, rules, field);
		paint_text(paint, y, INDENT, i == focus ? ROLE_FOCUS :
		    ROLE_LABEL, label.s);
		y = draw_value(paint, y, value_x, fields_has_content(field) ?
		    ROLE_VALUE : ROLE_HINT, step_card_field(field));
	}
	text_release(&label);
	return y;
}

int
fields_lines(const struct form *form, const struct form_rules *rules,
    const struct paint *paint)
{
	int x = value_column(form, rules), n = 0;

	for (size_t i = 0; i < form->count; i++) {
		const char *value = step_card_field(&form->field[i]);
		int lines = wrap_lines(value, paint->width - 1 - INDENT);

		n += is_beside(paint, x, value) ? 1 : 1 +
		    (lines < VALUE_LINES ? lines : VALUE_LINES);
	}
	return n;
}
