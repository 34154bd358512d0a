#include "draw/matrix.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "model/story.h"
#include "model/wrap.h"

enum {
	COLUMNS_MAX = 32,
	HEAD_MAX = 12,		/* columns of a head, more is clipped */
	SERVER_MAX = 34,	/* the same of a server's whole name */
	LEFT = 1,
	GAP = 2,
	MARK = 2,		/* "> " before the row in focus */
	BRIEF = 20,		/* what the few words need */
	COUNT_TEXT = 64		/* "2/4" */
};

/* Vantages drawn as one: the addresses of one server, or all servers. */
struct column {
	const char *word;	/* its head, or NULL: the server's name, */
	const struct name *server;
	bool whole;		/* or only the first label of that */
	size_t from, to;	/* indices into cell[], to is behind the last */
	bool count;		/* shown as "2/4" */
	int width;
};

struct columns {
	struct column column[COLUMNS_MAX];
	size_t count;
	int width;		/* of all */
};

/* Columns where everything begins; they depend on no answer. */
struct layout {
	int verdict_x, title_x, cells_x;
};

static int
wider(int a, int b)
{
	return a > b ? a : b;
}

/* The words of cells, so that none is cut. */
static int
cell_width(void)
{
	return wider(wrap_width(_("yes")), wider(wrap_width(_("no")),
	    wrap_width(_("other"))));
}

static const char *
head_of(const struct column *column, char buf[static NAME_TEXT])
{
	if (column->word != NULL)
		return column->word;
	name_text(column->server, buf);
	if (!column->whole)
		buf[strcspn(buf, ".")] = '\0';
	return buf;
}

static void
add_column(struct columns *c, const struct column *as)
{
	struct column *column;
	char text[NAME_TEXT];
	int width = wrap_width(head_of(as, text));

	if (c->count == COLUMNS_MAX)
		return;
	column = &c->column[c->count++];
	*column = *as;
	column->width = wider(width < HEAD_MAX ? width : HEAD_MAX,
	    cell_width()) + GAP;
	c->width += column->width;
}

static const char *
vantage_head(const struct vantage *vantage)
{
	switch (vantage->kind) {
	case VANTAGE_RECURSIVE:
		return _("resolver");
	case VANTAGE_SYSTEM:
		return _("system");
	default:
		return vantage->address;
	}
}

/* Servers by name; the first label tells those of one company apart. */
static void
server_columns(struct columns *c, const struct diagnosis *d, bool whole)
{
	for (size_t i = 0; i < d->all &&
	    d->server[i].server.kind == VANTAGE_AUTHORITY;) {
		const struct name *name = &d->server[i].server.name;
		size_t to = i + 1;

		while (to < d->all &&
		    name_equal(&d->server[to].server.name, name))
			to++;
		add_column(c, &(struct column){ .server = name,
		    .whole = whole, .from = i, .to = to });
		i = to;
	}
}

/* Our recursion, the resolvers of this machine as one, those named. */
static void
resolver_columns(struct columns *c, const struct check *check, bool system,
    bool whole)
{
	const struct diagnosis *d = &check->diagnosis;
	const struct vantage *also = check->vantages.also;
	size_t first = d->all + 1, own = 0;

	if (d->columns == 0)
		return;
	add_column(c, &(struct column){ .word = whole ?
	    _("resolver (all others)") : _("resolver"),
	    .from = d->all, .to = first });
	while (first + own < d->columns && also[own].kind == VANTAGE_SYSTEM)
		own++;
	if (own > 0 && system)
		add_column(c, &(struct column){ .word = vantage_head(&also[0]),
		    .from = first, .to = first + own });
	for (size_t i = own; first + i < d->columns; i++)
		add_column(c, &(struct column){ .word = vantage_head(&also[i]),
		    .from = first + i, .to = first + i + 1 });
}

/*
 * A column each.  Where they do not fit, first the resolvers of this machine
 * go, whose troubles are told in words; then the servers become one.
 */
static void
columns_of(struct columns *c, const struct check *check, int room)
{
	for (int narrower = 0; narrower < 3; narrower++) {
		memset(c, 0, sizeof *c);
		if (narrower < 2)
			server_columns(c, &check->diagnosis, false);
		else
			add_column(c, &(struct column){ .word = _("servers"),
			    .to = check->diagnosis.all, .count = true });
		resolver_columns(c, check, narrower == 0, false);
		if (c->width <= room)
			return;
	}
}

static const char *
cell_text(const struct column *column, const enum cell *cell,
    char count[static COUNT_TEXT])
{
	size_t yes = 0, no = 0, other = 0, silent = 0, asked = 0;

	for (size_t i = column->from; i < column->to; i++) {
		asked += cell[i] != CELL_APART;
		yes += cell[i] == CELL_YES;
		no += cell[i] == CELL_NO;
		other += cell[i] == CELL_OTHER;
		silent += cell[i] == CELL_NO_ANSWER;
	}
	snprintf(count, COUNT_TEXT, "%zu/%zu", yes, asked);
	return column->count ? count : asked == 0 ? "" :
	    other > 0 ? _("other") : no > 0 ? _("no") : yes > 0 ? _("yes") :
	    silent > 0 ? "?" : "-";
}

static enum role
cell_role(const struct column *column, const enum cell *cell)
{
	bool all = true;

	for (size_t i = column->from; i < column->to; i++)
		all &= cell[i] == CELL_YES || cell[i] == CELL_APART;
	return all ? ROLE_PASS : ROLE_TEXT;
}

static int
draw_cell(const struct check *check, size_t row, const struct column *column,
    struct paint *paint, int y, int x)
{
	const enum cell *cell = check->diagnosis.record[row].cell;
	char count[COUNT_TEXT];

	paint_clip(paint, y, x, x + column->width - 1, cell_role(column,
	    cell), cell_text(column, cell, count));
	return x + column->width;
}

static int
title_width(const struct check *check)
{
	int widest = wrap_width(_("Name servers"));

	for (size_t i = 0; i < check->plan.count; i++)
		widest = wider(widest, wrap_width(story_title(check, i)));
	return widest;
}

static struct layout
layout_of(const struct check *check, int x)
{
	struct layout l = { .verdict_x = x + MARK };

	l.title_x = l.verdict_x + paint_verdict_width() + GAP;
	l.cells_x = l.title_x + title_width(check) + GAP;
	return l;
}

/* Mark, verdict and title. */
static void
draw_row(const struct check *check, size_t row, bool focus,
    struct paint *paint, int y, const struct layout *l)
{
	enum state state;

	paint_mark(paint, y, l->verdict_x - MARK, focus);
	if (story_state(check, row, &state))
		paint_verdict(paint, y, l->verdict_x, state);
	else
		paint_text(paint, y, l->verdict_x, ROLE_HINT, "..");
	paint_text(paint, y, l->title_x, focus ? ROLE_FOCUS : ROLE_TEXT,
	    story_title(check, row));
}

static const char *
row_words(const struct check *check, size_t row)
{
	if (row < check->plan.count)
		return story_short(check, row);
	return check->diagnosis.domain[row - check->plan.count].subject;
}

/* "! FAIL 2  + PASS 3": how many of each, the worst first. */
static void
draw_counts(const struct check *check, struct paint *paint, int y, int x,
    int end)
{
	size_t count[STATE_COUNT] = { 0 };
	enum state state;
	char text[64];

	for (size_t i = 0; i < story_rows(check); i++)
		if (story_state(check, i, &state))
			count[state]++;
	for (int i = STATE_COUNT - 1; i >= 0; i--) {
		if (count[i] == 0)
			continue;
		snprintf(text, sizeof text, "%s %zu", state_word((enum
		    state)i), count[i]);
		if (x + wrap_width(text) > end)
			return;
		x = paint_text(paint, y, x, theme_state((enum state)i),
		    text) + GAP;
	}
}

/* The first row shown of so many, so that the one in focus is seen. */
static size_t
top_row(const struct check *check, size_t focus, int height)
{
	size_t rows = story_rows(check);

	if (height < 1 || rows <= (size_t)height || focus < (size_t)height)
		return 0;
	return focus - (size_t)height + 1;
}

void
matrix_draw_records(const struct check *check, size_t focus,
    struct paint *paint, int y, int end)
{
	struct layout l = layout_of(check, LEFT);
	size_t rows = story_rows(check), top;
	struct columns c;
	char head[NAME_TEXT];
	int x = l.cells_x;

	columns_of(&c, check, paint->width - 1 - l.cells_x);
	draw_counts(check, paint, y, l.verdict_x, l.cells_x - GAP);
	if (check->diagnosis.columns == 0)
		paint_text(paint, y, x, ROLE_HINT,
		    _("finding the name servers"));
	for (size_t k = 0; k < c.count; k++, x += c.column[k - 1].width)
		paint_clip(paint, y, x, x + c.column[k].width - 1, ROLE_HINT,
		    head_of(&c.column[k], head));
	top = top_row(check, focus, end - ++y);
	for (size_t i = top; i < rows && y < end; i++, y++) {
		draw_row(check, i, i == focus, paint, y, &l);
		x = l.cells_x;
		for (size_t k = 0; i < check->plan.count && k < c.count; k++)
			x = draw_cell(check, i, &c.column[k], paint, y, x);
		/* A few words, or none: half a word helps nobody. */
		if (i >= check->plan.count || paint->width - x > BRIEF)
			paint_clip(paint, y, x, paint->width - 1, ROLE_HINT,
			    row_words(check, i));
	}
}

static void
vantages_of(struct columns *c, const struct check *check)
{
	memset(c, 0, sizeof *c);
	server_columns(c, &check->diagnosis, true);
	resolver_columns(c, check, true, true);
}

int
matrix_servers_height(const struct check *check)
{
	struct columns c;

	vantages_of(&c, check);
	return 1 + (int)c.count;
}

/* "3 ms", or why there is no answer. */
static void
draw_server_state(const struct check *check, const struct column *column,
    struct paint *paint, int y, int x)
{
	const struct server_diagnosis *server =
	    &check->diagnosis.server[column->from];
	char number[24], text[64];
	struct text_place places[] = {
		{ "n", number },
		{ NULL, NULL },
	};

	if (column->from >= check->diagnosis.all)
		return;
	if (server->state == SERVER_ANSWERS && server->rtt >= 0) {
		snprintf(number, sizeof number, "%d", server->rtt);
		text_fill(text, sizeof text, _("{n} ms"), places);
		paint_clip(paint, y, x, paint->width, ROLE_HINT, text);
	} else if (server->state == SERVER_SILENT) {
		paint_clip(paint, y, x, paint->width, ROLE_WARNING,
		    _("no answer"));
	}
}

void
matrix_draw_servers(const struct check *check, size_t focus,
    struct paint *paint, int y, int end)
{
	int name = 0, x;
	struct columns c;
	char head[NAME_TEXT];

	vantages_of(&c, check);
	for (size_t k = 0; k < c.count; k++)
		name = wider(name, wrap_width(head_of(&c.column[k], head)));
	name = (name < SERVER_MAX ? name : SERVER_MAX) + GAP;
	if (c.count == 0)
		paint_text(paint, y, LEFT, ROLE_HINT,
		    _("finding the name servers"));
	x = LEFT + name;
	for (size_t i = 0; c.count > 0 && i < check->plan.count; i++)
		x = paint_text(paint, y, x, i == focus ? ROLE_FOCUS :
		    ROLE_HINT, story_title(check, i)) + GAP;
	for (size_t k = 0; k < c.count && ++y < end; k++) {
		if (y + 1 == end && k + 1 < c.count) {
			paint_text(paint, y, LEFT, ROLE_HINT, "..");
			return;
		}
		paint_clip(paint, y, LEFT, LEFT + name - 1, ROLE_TEXT,
		    head_of(&c.column[k], head));
		x = LEFT + name;
		for (size_t i = 0; i < check->plan.count; i++) {
			c.column[k].width = wrap_width(story_title(check, i)) +
			    GAP;
			x = draw_cell(check, i, &c.column[k], paint, y, x);
		}
		draw_server_state(check, &c.column[k], paint, y, x);
	}
}

void
matrix_text(const struct check *check, size_t row, struct text *t)
{
	struct columns c;
	char count[COUNT_TEXT], head[NAME_TEXT];

	text_clear(t);
	vantages_of(&c, check);
	for (size_t k = 0; k < c.count; k++)
		text_addf(t, "\n%s  %s", head_of(&c.column[k], head),
		    cell_text(&c.column[k], check->diagnosis.record[row].cell,
		    count));
}

void
matrix_open(const struct check *check, struct text *t)
{
	char said[NAME_TEXT];

	for (size_t i = 0; i < check->open.count; i++) {
		const struct vantage *asked =
		    &check->open.question[i].vantage;

		strlcpy(said, vantage_head(asked), sizeof said);
		for (size_t k = 0; asked->kind == VANTAGE_AUTHORITY && k <
		    check->diagnosis.all; k++) {
			const struct delegation_server *server =
			    &check->diagnosis.server[k].server;

			if (strcmp(server->address, asked->address) == 0) {
				name_text(&server->name, said);
				said[strcspn(said, ".")] = '\0';
			}
		}
		text_list_add(t, said);
	}
}
