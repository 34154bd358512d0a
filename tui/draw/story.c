#include "draw/story.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "draw/paint.h"
#include "report/report.h"
#include "base/text.h"
#include "model/wrap.h"

enum {
	STORY_TEXT = 2048,
	STORY_GAP = 2,		/* columns between a label and its text */
	STORY_LINES = 3		/* of a value that can be compared by eye */
};

size_t
story_rows(const struct check *check)
{
	return check->plan.count + check->diagnosis.domains;
}

bool
story_state(const struct check *check, size_t row, enum state *state)
{
	const struct diagnosis *d = &check->diagnosis;

	if (row >= check->plan.count) {
		*state = d->domain[row - check->plan.count].state;
		return true;
	}
	*state = d->record[row].state;
	return row < d->records && (d->record[row].settled || d->complete);
}

static bool
is_of_servers(enum finding finding)
{
	return finding == FINDING_DELEGATION_MISMATCH ||
	    finding == FINDING_SERIAL_MISMATCH ||
	    strncmp(finding_row(finding)->name, "nameserver-", 11) == 0;
}

const char *
story_title(const struct check *check, size_t row, char *buf, size_t size)
{
	if (row < check->plan.count)
		return wanted_title(&check->plan.wanted[row], buf, size);
	strlcpy(buf, is_of_servers(check->diagnosis.domain[row -
	    check->plan.count].finding) ? _("Name servers") : _("Domain"),
	    size);
	return buf;
}

const char *
story_short(const struct check *check, size_t row)
{
	const struct record_diagnosis *record = &check->diagnosis.record[row];
	enum state state;

	if (row >= check->plan.count)
		return "";
	if (!story_state(check, row, &state))
		return check->running ? _("looking ...") : "";
	if (record->finding == FINDING_MISSING &&
	    !check->plan.wanted[row].required)
		return _("not set, recommended");
	return finding_row(record->finding)->brief != NULL ?
	    _(finding_row(record->finding)->brief) : "";
}

static void
sentence(const struct check *check, size_t row, enum report_part part,
    char *dst, size_t size)
{
	if (row < check->plan.count)
		report_record(check, row, part, dst, size);
	else
		report_domain(check, row - check->plan.count, part, dst, size);
}

/* Two texts that should be the same, and where they part. */
struct difference {
	const char *wanted_label, *found_label;
	char wanted[NAME_TEXT], found[DIAGNOSE_VALUE];
	size_t from, to;	/* octets of found that are wrong */
	const char *what;	/* a few words for them */
};

static size_t
common_end(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t n = 0;

	while (n < a_len && n < b_len && a[a_len - 1 - n] == b[b_len - 1 - n])
		n++;
	return n;
}

/*
 * The differing part is what is left between the common beginning and the
 * common end, so that an appended domain is marked where it was appended.
 */
static void
mark(struct difference *d)
{
	size_t wanted = strlen(d->wanted), found = strlen(d->found), end;

	d->from = 0;
	while (d->from < wanted && d->wanted[d->from] == d->found[d->from])
		d->from++;
	end = common_end(d->wanted + d->from, wanted - d->from,
	    d->found + d->from, found - d->from);
	d->to = found - end;
	if (d->to == d->from)
		d->what = _("missing here");
	else if (wanted - end == d->from)
		d->what = _("too much");
	else
		d->what = _("different");
	/* Never half a character. */
	while (d->from > 0 && ((unsigned char)d->found[d->from] & 0xc0) ==
	    0x80)
		d->from--;
	while (((unsigned char)d->found[d->to] & 0xc0) == 0x80)
		d->to++;
}

static bool
difference(const struct check *check, size_t row, struct difference *d)
{
	const struct record_diagnosis *record = &check->diagnosis.record[row];
	const struct wanted *wanted;
	const struct found *found = &record->found[0];

	if (row >= check->plan.count || record->founds == 0 ||
	    record->state == STATE_PASS || !report_shows_wanted(check, row))
		return false;
	wanted = &check->plan.wanted[row];
	if (!name_equal(&found->owner, &wanted->owner)) {
		d->wanted_label = _("wanted name");
		d->found_label = _("found name");
		name_text(&wanted->owner, d->wanted);
		name_text(&found->owner, d->found);
	} else if (found->type != wanted->type) {
		d->wanted_label = _("wanted type");
		d->found_label = _("found type");
		rr_type_text(wanted->type, d->wanted);
		rr_type_text(found->type, d->found);
	} else {
		d->wanted_label = _("wanted value");
		d->found_label = _("found value");
		strlcpy(d->wanted, wanted->value, sizeof d->wanted);
		strlcpy(d->found, found->value, sizeof d->found);
	}
	mark(d);
	return strcmp(d->wanted, d->found) != 0;
}

/* One line of a long text, and the marks below what is wrong in it. */
static int
draw_found(struct paint *paint, int y, int x, const struct difference *d,
    size_t from, size_t len)
{
	size_t a = d->from > from ? d->from : from;
	size_t b = d->to < from + len ? d->to : from + len;
	bool last = d->to >= from && d->to <= from + len;
	char part[DIAGNOSE_VALUE];
	int at, end;

	strlcpy(part, d->found + from, len + 1);
	paint_text(paint, y, x, ROLE_VALUE, part);
	if (a > b || (a == b && !last))
		return y + 1;
	at = x + wrap_width_of(part, a - from);
	end = at + wrap_width_of(part + (a - from), b - a);
	strlcpy(part, d->found + a, b - a + 1);
	paint_text(paint, y, at, ROLE_DIFFERENCE, part);
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

/*
 * Labels stand before their texts, or above them where that keeps a text in
 * one piece; what is longer than the screen comes in pieces all the same.
 */
struct layout {
	int text_x;
	bool above;
};

static struct layout
layout(const struct difference *d, int x, int width)
{
	int labels = wrap_width(d->wanted_label);
	int room = wrap_width(d->wanted);
	struct layout l;

	if (wrap_width(d->found_label) > labels)
		labels = wrap_width(d->found_label);
	if (wrap_width(d->found) > room)
		room = wrap_width(d->found);
	l.text_x = x + labels + STORY_GAP;
	l.above = l.text_x + room > x + width && STORY_GAP + room <= width;
	if (l.above)
		l.text_x = x + STORY_GAP;
	return l;
}

static int
draw_difference(struct paint *paint, int y, int x, int end,
    const struct difference *d)
{
	struct layout l = layout(d, x, paint->width - 1 - x);
	size_t w = 0, f = 0;

	paint_text(paint, y, x, ROLE_LABEL, d->wanted_label);
	y += l.above;
	while (y + 1 < end && (d->wanted[w] != '\0' || d->found[f] != '\0')) {
		char part[DIAGNOSE_VALUE];
		size_t len = wrap_fit(d->wanted + w, paint->width - 1 -
		    l.text_x);

		if (len > 0) {
			strlcpy(part, d->wanted + w, len + 1);
			paint_text(paint, y, l.text_x, ROLE_VALUE, part);
			w += len;
			y++;
		}
		len = wrap_fit(d->found + f, paint->width - 1 - l.text_x);
		if (len == 0)
			continue;
		if (f == 0) {
			paint_text(paint, y, x, ROLE_LABEL, d->found_label);
			y += l.above;
		}
		y = draw_found(paint, y, l.text_x, d, f, len);
		f += len;
	}
	return y;
}

const char *
story_heading(const struct check *check, size_t row, char *dst, size_t size)
{
	char title[128];
	enum state state;

	if (row >= story_rows(check)) {
		*dst = '\0';
	} else if (story_state(check, row, &state)) {
		snprintf(dst, size, "%c %s  %s", theme_sign(state),
		    state_word(state), story_title(check, row, title,
		    sizeof title));
	} else {
		snprintf(dst, size, ".. %s", story_title(check, row, title,
		    sizeof title));
	}
	return dst;
}

/* A paragraph; where it does not fit, the way to the rest. */
static int
draw_paragraph(struct paint *paint, int y, int x, int end, const char *text)
{
	int lines = wrap_lines(text, paint->width - 1 - x);

	if (*text == '\0' || y >= end)
		return y;
	if (y + lines <= end)
		return paint_wrap(paint, y, x, lines, ROLE_TEXT, text);
	y = paint_wrap(paint, y, x, end - 1 - y, ROLE_TEXT, text);
	paint_text(paint, y, x, ROLE_HINT, _(".. Enter shows the rest"));
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
difference_lines(const struct difference *d, int width)
{
	struct layout l = layout(d, 0, width);

	return pieces(d->wanted, width - l.text_x) +
	    pieces(d->found, width - l.text_x) + 1 + 2 * l.above;
}

int
story_draw(const struct check *check, size_t row, struct paint *paint, int y,
    int x, int end)
{
	char summary[STORY_TEXT], cause[STORY_TEXT], remedy[STORY_TEXT];
	int width = paint->width - 1 - x, lines, gap;
	struct difference d;
	enum state state;
	bool differs;

	if (row >= story_rows(check))
		return y;
	if (!story_state(check, row, &state))
		return paint_wrap(paint, y, x, end - y, ROLE_HINT,
		    _("This record is still being looked at."));
	sentence(check, row, REPORT_SUMMARY, summary, sizeof summary);
	sentence(check, row, REPORT_EXPLANATION, cause, sizeof cause);
	sentence(check, row, REPORT_REMEDY, remedy, sizeof remedy);
	/* A key is too long to be compared by eye. */
	differs = difference(check, row, &d) &&
	    wrap_width(d.wanted) < STORY_LINES * width;
	lines = wrap_lines(summary, width) + wrap_lines(remedy, width) +
	    (differs ? difference_lines(&d, width) : 0);
	/* What to do comes first where there is not room for both. */
	if (row < check->plan.count &&
	    y + lines + wrap_lines(cause, width) > end)
		sentence(check, row, REPORT_REMARKS, cause, sizeof cause);
	if (y + lines + wrap_lines(cause, width) > end)
		*cause = '\0';
	else
		lines += wrap_lines(cause, width);
	gap = y + lines + 1 + differs + (*cause != '\0') <= end;
	y = paint_wrap(paint, y, x, 2, ROLE_TITLE, summary);
	if (differs)
		y = draw_difference(paint, y + gap, x, end, &d);
	if (*cause != '\0')
		y = draw_paragraph(paint, y + gap, x, end, cause);
	return draw_paragraph(paint, y + gap, x, end, remedy);
}

static void
add(char *dst, size_t size, const char *text)
{
	if (*text == '\0')
		return;
	if (*dst != '\0')
		strlcat(dst, "\n\n", size);
	strlcat(dst, text, size);
}

/* "_amazonses.example.jp  TXT  value", and the servers that hold it. */
static void
add_found(const struct check *check, const struct found *found, char *dst,
    size_t size)
{
	char owner[NAME_TEXT], server[NAME_TEXT], type[16], servers[STORY_TEXT];
	char text[STORY_TEXT];
	struct text_place places[] = {
		{ "owner", name_text(&found->owner, owner) },
		{ "type", rr_type_text(found->type, type) },
		{ "value", found->value },
		{ "servers", servers },
		{ NULL, NULL },
	};

	servers[0] = '\0';
	for (size_t i = 0; i < found->seens; i++) {
		if (found->seen[i] >= check->diagnosis.servers)
			continue;
		if (servers[0] != '\0')
			strlcat(servers, ", ", sizeof servers);
		strlcat(servers, name_text(&check->diagnosis.server[
		    found->seen[i]].server.name, server), sizeof servers);
	}
	text_fill(text, sizeof text, servers[0] != '\0' ?
	    _("Found: {owner}\n{type}  {value}\nat {servers}") :
	    _("Found: {owner}\n{type}  {value}"), places);
	add(dst, size, text);
}

/* What AWS says of the whole domain, and how that fits. */
static void
add_ses(const struct check *check, char *dst, size_t size)
{
	char words[STORY_TEXT], text[STORY_TEXT];
	const struct text_place places[] = {
		{ "words", words },
		{ NULL, NULL },
	};

	report_ses_words(&check->plan.identity, words, sizeof words);
	if (words[0] == '\0')
		return;
	text_fill(text, sizeof text, _("AWS says: {words}"), places);
	add(dst, size, text);
	for (int part = REPORT_SUMMARY; part <= REPORT_REMEDY; part++) {
		report_ses(check, (enum report_part)part, text, sizeof text);
		add(dst, size, text);
	}
}

void
story_text(const struct check *check, size_t row, char *dst, size_t size)
{
	static const enum report_part parts[] = {
		REPORT_SUMMARY, REPORT_EXPLANATION, REPORT_REMEDY
	};
	char text[STORY_TEXT];
	struct text_place places[] = {
		{ "owner", NULL }, { "type", NULL }, { "value", NULL },
		{ NULL, NULL }
	};
	enum state state;

	*dst = '\0';
	if (row >= story_rows(check))
		return;
	if (!story_state(check, row, &state)) {
		add(dst, size, _("This record is still being looked at."));
	} else {
		for (size_t i = 0; i < 3; i++) {
			sentence(check, row, parts[i], text, sizeof text);
			add(dst, size, text);
		}
	}
	if (row < check->plan.count) {
		const struct wanted *wanted = &check->plan.wanted[row];
		const struct record_diagnosis *r =
		    &check->diagnosis.record[row];
		char owner[NAME_TEXT], type[16];

		places[0].value = name_text(&wanted->owner, owner);
		places[1].value = rr_type_text(wanted->type, type);
		places[2].value = wanted->value;
		text_fill(text, sizeof text,
		    _("Wanted: {owner}\n{type}  {value}"), places);
		if (report_shows_wanted(check, row))
			add(dst, size, text);
		for (size_t i = 0; i < r->founds; i++)
			add_found(check, &r->found[i], dst, size);
		add_ses(check, dst, size);
	}
}
