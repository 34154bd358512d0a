#include "draw/story.h"

#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "draw/paint.h"
#include "model/wrap.h"
#include "report/difference.h"

enum {
	STORY_GAP = 2,		/* columns between a label and its text */
	STORY_LINES = 3		/* of a value that can be compared by eye */
};

/* One line of a long text, and the marks below what is wrong in it. */
static int
draw_found(struct paint *paint, int y, int x, const struct difference *d,
    size_t from, size_t len)
{
	size_t a = d->from > from ? d->from : from;
	size_t b = d->to < from + len ? d->to : from + len;
	bool last = d->to >= from && d->to <= from + len;
	int at, end;

	paint_first(paint, y, x, ROLE_VALUE, d->found + from, len);
	if (a > b || (a == b && !last))
		return y + 1;
	at = x + wrap_width_of(d->found + from, a - from);
	end = at + wrap_width_of(d->found + a, b - a);
	paint_first(paint, y, at, ROLE_DIFFERENCE, d->found + a, b - a);
	/* Where something is missing there is nothing to stand below. */
	end += end == at;
	for (x = at; x < end; x++)
		paint_text(paint, y + 1, x, ROLE_DIFFERENCE, "^");
	if (last && end + 1 + wrap_width(d->what) < paint->width)
		paint_text(paint, y + 1, end + 1, ROLE_FAIL, d->what);
	else if (last && at - 1 - wrap_width(d->what) >= 0)
		paint_text(paint, y + 1, at - 1 - wrap_width(d->what),
		    ROLE_FAIL, d->what);
	return y + 2;
}

/* Where all labels and texts of a story stand. */
struct layout {
	int x, text_x, end;
	bool above;	/* wanted and found: the labels above their texts */
	bool wanted;	/* it is shown, too */
};

static int
widest(const char *const *text, size_t count)
{
	int width = 0;

	for (size_t i = 0; i < count; i++)
		if (wrap_width(text[i]) > width)
			width = wrap_width(text[i]);
	return width;
}

/*
 * Labels stand before their texts; those of wanted and found above them where
 * that keeps a text in one piece.
 */
static struct layout
layout(const struct difference *d, int x, int end)
{
	const char *const labels[] = {
		report_label(REPORT_REMEDY), report_label(REPORT_SUMMARY),
		d != NULL ? difference_wanted(d->part) : "",
		d != NULL ? difference_found(d->part) : ""
	};
	const char *const texts[] = {
		d != NULL ? d->wanted : "", d != NULL ? d->found : ""
	};
	int room = widest(texts, 2);
	struct layout l = { .x = x, .end = end };

	l.text_x = x + widest(labels, 4) + STORY_GAP;
	l.above = l.text_x + room > end && x + STORY_GAP + room <= end;
	if (l.above)
		l.text_x = x + widest(labels, 2) + STORY_GAP;
	return l;
}

/* Where wanted and found begin. */
static int
difference_x(const struct layout *l)
{
	return l->above ? l->x + STORY_GAP : l->text_x;
}

static int
draw_difference(struct paint *paint, int y, int end, const struct layout *l,
    const struct difference *d)
{
	int x = difference_x(l);
	size_t w = l->wanted ? 0 : strlen(d->wanted), f = 0;

	if (l->wanted) {
		paint_text(paint, y, l->x, ROLE_LABEL,
		    difference_wanted(d->part));
		y += l->above;
	}
	while (y + 1 < end && (d->wanted[w] != '\0' || d->found[f] != '\0')) {
		size_t len = wrap_fit(d->wanted + w, l->end - x);

		if (len > 0) {
			paint_first(paint, y, x, ROLE_VALUE, d->wanted + w,
			    len);
			w += len;
			y++;
		}
		len = wrap_fit(d->found + f, l->end - x);
		if (len == 0)
			continue;
		if (f == 0) {
			paint_text(paint, y, l->x, ROLE_LABEL,
			    difference_found(d->part));
			y += l->above;
		}
		y = draw_found(paint, y, x, d, f, len);
		f += len;
	}
	return y;
}

void
story_heading(const struct check *check, size_t row, struct text *t)
{
	enum state state;

	if (row >= story_rows(check))
		return;
	if (story_state(check, row, &state))
		text_addf(t, "%c %s  %s", theme_sign(state),
		    state_word(state), story_title(check, row));
	else
		text_addf(t, ".. %s", story_title(check, row));
}

static const char more_in_details[] = N_(".. Enter shows the rest");

/* A paragraph; where it does not fit, the way to the rest. */
static int
draw_paragraph(struct paint *paint, int y, int x, int end, enum role role,
    const char *text)
{
	int lines = wrap_lines(text, paint->width - 1 - x);

	if (*text == '\0' || y >= end)
		return y;
	if (y + lines <= end)
		return paint_wrap(paint, y, x, lines, role, text);
	y = paint_wrap(paint, y, x, end - 1 - y, role, text);
	paint_text(paint, y, x, ROLE_HINT, _(more_in_details));
	return end;
}

/* The lines of a text without blanks, cut where the screen ends. */
static int
pieces(const char *text, int width)
{
	int n = 0;

	for (size_t len; (len = wrap_fit(text, width)) > 0; text += len)
		n++;
	return n;
}

/* How many lines draw_difference takes. */
static int
difference_lines(const struct difference *d, const struct layout *l)
{
	int width = l->end - difference_x(l);

	return (l->wanted ? pieces(d->wanted, width) + l->above : 0) +
	    pieces(d->found, width) + l->above + 1;
}

/* What a story is made of. */
struct parts {
	struct text summary, remedy, cause, place;
	struct difference difference;
	bool differs;
	bool cut;			/* it is there, and not shown */
	char content[FORM_TEXT];	/* on a line of its own in the remedy */
};

/* The place of what is to do, and the key that copies what goes there. */
static void
add_place(struct parts *p, const struct report_task *task)
{
	const struct text_place places[] = {
		{ "menu", task->menu },
		{ "label", task->label },
		{ NULL, NULL }
	};

	if (task->menu != NULL)
		text_add_filled(&p->place, _("Page: {menu}"), places);
	if (!task->at_company || task->label[0] == '\0')
		return;
	if (p->place.len > 0)
		text_add(&p->place, "\n");
	text_add_filled(&p->place, _("c copies what goes into {label}."),
	    places);
}

/*
 * What is to be typed exactly gets a line of its own in the sentence that
 * says so; false where it does not stand there.
 */
static bool
set_apart(struct text *remedy, const char *content)
{
	struct text apart = TEXT_INIT;
	char *at = *content != '\0' ? strstr(remedy->s, content) : NULL;
	size_t len = strlen(content);

	if (at == NULL || at == remedy->s || at[-1] != ' ' || at[len] != ' ')
		return false;
	text_add_part(&apart, remedy->s, (size_t)(at - remedy->s) - 1);
	text_add(&apart, "\n");
	text_add(&apart, content);
	text_add(&apart, "\n");
	text_add(&apart, at + len + 1);
	text_clear(remedy);
	text_add(remedy, apart.s);
	text_release(&apart);
	return true;
}

static void
gather(struct parts *p, const struct check *check, size_t row, bool whole,
    int width)
{
	struct report_task task;
	enum state state;

	p->content[0] = '\0';
	p->cut = false;
	p->summary = p->remedy = p->cause = p->place =
	    (struct text)TEXT_INIT;
	story_sentence(check, row, REPORT_SUMMARY, &p->summary);
	story_sentence(check, row, REPORT_REMEDY, &p->remedy);
	if (row < check->plan.count && !whole &&
	    story_state(check, row, &state) && state == STATE_FAIL)
		story_sentence(check, row, REPORT_REMARKS, &p->cause);
	else
		story_sentence(check, row, REPORT_EXPLANATION, &p->cause);
	if (row < check->plan.count) {
		report_task(check, row, &task);
		add_place(p, &task);
		if (task.sets && set_apart(&p->remedy, task.content))
			strlcpy(p->content, task.content, sizeof p->content);
	}
	/* A key is too long to be compared by eye. */
	p->differs = difference_of(check, row, &p->difference) &&
	    wrap_width(p->difference.wanted) < STORY_LINES * width;
}

static void
release(struct parts *p)
{
	text_release(&p->summary);
	text_release(&p->remedy);
	text_release(&p->cause);
	text_release(&p->place);
}

/*
 * Leaves out what there is no room for, and on a small screen what would be
 * too much to read; the blank lines come last.
 */
static int
fit(struct parts *p, const struct layout *l, int room, bool whole)
{
	size_t words = wrap_words(p->remedy.s) + wrap_words(p->summary.s);
	int width = l->end - l->text_x;
	int more, lines = wrap_lines(p->remedy.s, width) +
	    wrap_lines(p->summary.s, width) +
	    (p->differs ? difference_lines(&p->difference, l) : 0);
	struct text *const may[] = { &p->place, &p->cause };

	/* Half of a comparison shows nothing. */
	if (p->differs && lines > room) {
		lines -= difference_lines(&p->difference, l);
		p->differs = false;
		p->cut = true;
	}

	for (size_t i = 0; i < sizeof may / sizeof may[0]; i++) {
		size_t read = wrap_words(may[i]->s);

		more = may[i]->len > 0 ? wrap_lines(may[i]->s, width) : 0;
		if (lines + more > room ||
		    (!whole && words + read > STORY_WORDS)) {
			text_clear(may[i]);
			continue;
		}
		lines += more;
		words += read;
	}
	return lines + 1 + p->differs + (p->cause.len > 0) <= room;
}

/* The sentence, and in it what is to be typed. */
static int
draw_remedy(struct paint *paint, int y, int x, int end, const struct parts *p)
{
	const char *content = strstr(p->remedy.s, p->content);
	size_t len = strlen(p->content);
	struct text before = TEXT_INIT;

	if (len == 0)
		return draw_paragraph(paint, y, x, end, ROLE_TEXT,
		    p->remedy.s);
	text_add_part(&before, p->remedy.s,
	    (size_t)(content - p->remedy.s) - 1);
	y = draw_paragraph(paint, y, x, end, ROLE_TEXT, before.s);
	text_release(&before);
	y = draw_paragraph(paint, y, x, end, ROLE_VALUE, p->content);
	return draw_paragraph(paint, y, x, end, ROLE_TEXT, content + len + 1);
}

/* A row that is right has nothing to do and no reason. */
static void
draw_label(struct paint *paint, int y, int x, bool labels, const char *label)
{
	if (labels)
		paint_text(paint, y, x, ROLE_TITLE, label);
}

int
story_draw(const struct check *check, size_t row, bool whole,
    struct paint *paint, int y, int x, int end)
{
	enum state state;
	struct layout l;
	struct parts p;
	bool labels;
	int gap;

	if (row >= story_rows(check))
		return y;
	if (!story_state(check, row, &state))
		return paint_wrap(paint, y, x, end - y, ROLE_HINT,
		    _("This record is still being looked at."));
	gather(&p, check, row, whole, paint->width - 1 - x);
	l = layout(p.differs ? &p.difference : NULL, x, paint->width - 1);
	/* Where there is little room, what was wanted stands above already. */
	l.wanted = whole || p.content[0] == '\0';
	labels = state != STATE_PASS;
	if (!labels)
		l.text_x = x;
	gap = fit(&p, &l, end - y, whole);
	if (labels) {
		draw_label(paint, y, x, labels, report_label(REPORT_REMEDY));
		y = draw_remedy(paint, y, l.text_x, end, &p);
		y = draw_paragraph(paint, y, l.text_x, end, ROLE_HINT,
		    p.place.s) + gap;
		draw_label(paint, y, x, labels, report_label(REPORT_SUMMARY));
	}
	y = draw_paragraph(paint, y, l.text_x, end, labels ? ROLE_TEXT :
	    ROLE_TITLE, p.summary.s);
	if (p.differs)
		y = draw_difference(paint, y + gap, end, &l, &p.difference);
	if (p.cause.len > 0)
		y = draw_paragraph(paint, y + gap, l.text_x, end, ROLE_TEXT,
		    p.cause.s);
	if (!labels)
		y = draw_paragraph(paint, y + gap, x, end, ROLE_TEXT,
		    p.remedy.s);
	if (p.cut && y < end)
		paint_text(paint, y++, l.text_x, ROLE_HINT,
		    _(more_in_details));
	release(&p);
	return y;
}
