#include "story.h"

#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "paint.h"
#include "report.h"
#include "text.h"
#include "wrap.h"

enum {
	STORY_TEXT = 2048,
	STORY_INDENT = 3,
	STORY_ROOMY = 11	/* lines; from there on, blank ones */
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

const char *
story_title(const struct check *check, size_t row, char *buf, size_t size)
{
	if (row < check->plan.count)
		return wanted_title(&check->plan.wanted[row], buf, size);
	strlcpy(buf, _("Name servers"), size);
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
	    record->finding == FINDING_OK)
		return false;
	wanted = &check->plan.wanted[row];
	if (!name_equal(&found->owner, &wanted->owner)) {
		d->wanted_label = _("wanted name");
		d->found_label = _("found name");
		name_text(&wanted->owner, d->wanted);
		name_text(&found->owner, d->found);
	} else {
		d->wanted_label = _("wanted value");
		d->found_label = _("found value");
		strlcpy(d->wanted, wanted->value, sizeof d->wanted);
		strlcpy(d->found, found->value, sizeof d->found);
	}
	mark(d);
	return d->from < d->to;
}

/* One line of a long text, and the marks below what is wrong in it. */
static int
draw_found(struct paint *paint, int y, int x, const struct difference *d,
    size_t from, size_t len)
{
	size_t a = d->from > from ? d->from : from;
	size_t b = d->to < from + len ? d->to : from + len;
	char part[DIAGNOSE_VALUE];
	int at, width;

	strlcpy(part, d->found + from, len + 1);
	paint_text(paint, y, x, ROLE_VALUE, part);
	if (a >= b)
		return y + 1;
	at = x + wrap_width_of(part, a - from);
	width = wrap_width_of(part + (a - from), b - a);
	strlcpy(part, d->found + a, b - a + 1);
	paint_text(paint, y, at, ROLE_DIFFERENCE, part);
	for (int i = 0; i < width; i++)
		paint_text(paint, y + 1, at + i, ROLE_DIFFERENCE, "^");
	return y + 2;
}

/* A label, then the column and line where its text begins. */
static int
draw_label(struct paint *paint, int y, const char *label, bool above)
{
	paint_text(paint, y, STORY_INDENT, ROLE_LABEL, label);
	return above ? y + 1 : y;
}

/*
 * Labels stand before their texts, or above them where that keeps a text in
 * one piece; what is longer than the screen comes in pieces all the same.
 */
static int
draw_difference(struct paint *paint, int y, int end,
    const struct difference *d)
{
	int labels = wrap_width(d->wanted_label), room, x;
	size_t w = 0, f = 0;
	bool above;

	if (wrap_width(d->found_label) > labels)
		labels = wrap_width(d->found_label);
	room = wrap_width(d->wanted);
	if (wrap_width(d->found) > room)
		room = wrap_width(d->found);
	x = STORY_INDENT + labels + 2;
	above = x + room > paint->width - 1 &&
	    STORY_INDENT + 2 + room <= paint->width - 1;
	if (above)
		x = STORY_INDENT + 2;
	y = draw_label(paint, y, d->wanted_label, above);
	while (y + 1 < end && (d->wanted[w] != '\0' || d->found[f] != '\0')) {
		char part[DIAGNOSE_VALUE];
		size_t len = wrap_fit(d->wanted + w, paint->width - 1 - x);

		if (len > 0) {
			strlcpy(part, d->wanted + w, len + 1);
			paint_text(paint, y, x, ROLE_VALUE, part);
			w += len;
			y++;
		}
		len = wrap_fit(d->found + f, paint->width - 1 - x);
		if (len == 0)
			continue;
		if (f == 0)
			y = draw_label(paint, y, d->found_label, above);
		y = draw_found(paint, y, x, d, f, len);
		f += len;
	}
	return y;
}

int
story_draw(const struct check *check, size_t row, struct paint *paint, int y,
    int end)
{
	char text[STORY_TEXT];
	struct difference d;
	enum state state;
	int gap = end - y >= STORY_ROOMY;

	if (row >= story_rows(check) || !story_state(check, row, &state))
		return y;
	sentence(check, row, REPORT_SUMMARY, text, sizeof text);
	y = paint_wrap(paint, y, 1, 2, theme_state(state), text);
	if (row < check->plan.count && difference(check, row, &d))
		y = draw_difference(paint, y + gap, end, &d);
	sentence(check, row, REPORT_REMEDY, text, sizeof text);
	return paint_wrap(paint, y + gap, 1, end - y - gap, ROLE_TEXT, text);
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
	text_fill(text, sizeof text, _("Found: {owner}\n{type}  {value}\n"
	    "at {servers}"), places);
	add(dst, size, text);
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
		add(dst, size, text);
		for (size_t i = 0; i < r->founds; i++)
			add_found(check, &r->found[i], dst, size);
	}
}
