#include "view.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <wctype.h>

enum { NEEDLE_MAX = 1024, BRIGHT = 8, NAMED_COLOURS = 16 };

/* libvterm's mark of a cell covered by the wide character before it. */
static const uint32_t covered = UINT32_MAX;

static const char *const colours[NAMED_COLOURS] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
	"bright-black", "bright-red", "bright-green", "bright-yellow",
	"bright-blue", "bright-magenta", "bright-cyan", "bright-white"
};

void
view_row(const struct pty *p, int row, struct view_row *r)
{
	VTermPos pos = { .row = row, .col = 0 };
	VTermScreenCell cell;
	int n = 0;

	for (; pos.col < p->cols; pos.col++) {
		vterm_screen_get_cell(p->screen, pos, &cell);
		if (cell.chars[0] == covered)
			continue;
		if (cell.chars[0] == 0) {
			/* libvterm sets nothing behind the end. */
			cell.chars[0] = L' ';
			cell.chars[1] = 0;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL &&
		    cell.chars[i] != 0; i++) {
			r->text[n] = (wchar_t)cell.chars[i];
			r->column[n++] = pos.col;
		}
	}
	r->text[n] = L'\0';
}

int
view_find_on(const struct pty *p, int row, const char *text)
{
	wchar_t needle[NEEDLE_MAX];
	struct view_row r;
	const wchar_t *at;
	size_t n;

	n = mbstowcs(needle, text, NEEDLE_MAX);
	if (n == (size_t)-1 || n == NEEDLE_MAX)
		return -1;
	view_row(p, row, &r);
	if ((at = wcsstr(r.text, needle)) == NULL)
		return -1;
	return r.column[at - r.text];
}

bool
view_find(const struct pty *p, const char *text, VTermPos *pos)
{
	for (int row = 0; row < p->rows; row++) {
		int col = view_find_on(p, row, text);

		if (col != -1) {
			pos->row = row;
			pos->col = col;
			return true;
		}
	}
	return false;
}

static void
colour_text(const VTermColor *c, char *buf, size_t size)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		snprintf(buf, size, "default");
	else if (VTERM_COLOR_IS_RGB(c))
		snprintf(buf, size, "#%02x%02x%02x", c->rgb.red,
		    c->rgb.green, c->rgb.blue);
	else if (c->indexed.idx < NAMED_COLOURS)
		snprintf(buf, size, "%s", colours[c->indexed.idx]);
	else
		snprintf(buf, size, "%d", c->indexed.idx);
}

static bool
colour_known(const char *name)
{
	if (strcmp(name, "default") == 0)
		return true;
	if (*name == '#')
		return strlen(name) == 7 &&
		    strspn(name + 1, "0123456789abcdef") == 6;
	for (int i = 0; i < NAMED_COLOURS; i++)
		if (strcmp(name, colours[i]) == 0)
			return true;
	return *name != '\0' && strlen(name) <= 3 &&
	    strspn(name, "0123456789") == strlen(name) &&
	    atoi(name) >= NAMED_COLOURS && atoi(name) < 256;
}

static bool
colour_is(const VTermColor *c, const char *name)
{
	char buf[32];

	colour_text(c, buf, sizeof(buf));
	return strcmp(buf, name) == 0;
}

struct flag {
	const char	*name;
	bool		 on;
};

enum { FLAG_COUNT = 6 };

static void
flags_read(const VTermScreenCell *c, struct flag flags[FLAG_COUNT])
{
	flags[0] = (struct flag){ "bold", c->attrs.bold };
	flags[1] = (struct flag){ "underline", c->attrs.underline };
	flags[2] = (struct flag){ "italic", c->attrs.italic };
	flags[3] = (struct flag){ "blink", c->attrs.blink };
	flags[4] = (struct flag){ "reverse", c->attrs.reverse };
	flags[5] = (struct flag){ "strike", c->attrs.strike };
}

bool
view_attr(const VTermScreenCell *c, const char *attr)
{
	struct flag flags[FLAG_COUNT];
	bool want = true;

	if (strncmp(attr, "fg=", 3) == 0)
		return colour_is(&c->fg, attr + 3);
	if (strncmp(attr, "bg=", 3) == 0)
		return colour_is(&c->bg, attr + 3);
	if (strncmp(attr, "no-", 3) == 0) {
		want = false;
		attr += 3;
	}
	flags_read(c, flags);
	for (int i = 0; i < FLAG_COUNT; i++)
		if (strcmp(attr, flags[i].name) == 0)
			return flags[i].on == want;
	return false;
}

bool
view_attr_known(const char *attr)
{
	static const VTermScreenCell none;
	struct flag flags[FLAG_COUNT];

	if (strncmp(attr, "fg=", 3) == 0 || strncmp(attr, "bg=", 3) == 0)
		return colour_known(attr + 3);
	if (strncmp(attr, "no-", 3) == 0)
		attr += 3;
	flags_read(&none, flags);
	for (int i = 0; i < FLAG_COUNT; i++)
		if (strcmp(attr, flags[i].name) == 0)
			return true;
	return false;
}

void
view_attr_text(const VTermScreenCell *c, char *buf, size_t size)
{
	struct flag flags[FLAG_COUNT];
	char fg[32], bg[32], on[64] = "";

	flags_read(c, flags);
	for (int i = 0; i < FLAG_COUNT; i++)
		if (flags[i].on) {
			strcat(on, flags[i].name);
			strcat(on, " ");
		}
	colour_text(&c->fg, fg, sizeof(fg));
	colour_text(&c->bg, bg, sizeof(bg));
	snprintf(buf, size, "%sfg=%s bg=%s", on, fg, bg);
}

/* One cell; a wide character must own the cell after it, no other may. */
static bool
cell_ok(const VTermScreenCell *cell, VTermPos pos, int cols, char *buf,
    size_t size)
{
	int width = cell->chars[0] == 0 ? 1 : wcwidth((wint_t)cell->chars[0]);

	if (cell->width != width) {
		snprintf(buf, size, "row %d, column %d: half of a wide "
		    "character (by U+%04X)", pos.row + 1, pos.col + 1,
		    (unsigned int)cell->chars[0]);
		return false;
	}
	if (cell->chars[0] != 0 && cell->chars[0] != L' ' &&
	    pos.col + cell->width > cols) {
		snprintf(buf, size, "row %d, column %d: text beyond column "
		    "%d", pos.row + 1, pos.col + 1, cols);
		return false;
	}
	return true;
}

bool
view_width_ok(const struct pty *p, int cols, char *buf, size_t size)
{
	VTermScreenCell cell;
	VTermPos pos;

	for (pos.row = 0; pos.row < p->rows; pos.row++)
		for (pos.col = 0; pos.col < p->cols; pos.col += cell.width) {
			vterm_screen_get_cell(p->screen, pos, &cell);
			if (!cell_ok(&cell, pos, cols, buf, size))
				return false;
		}
	return true;
}

static void
row_print(const struct pty *p, int row, FILE *out)
{
	struct view_row r;
	size_t n;

	view_row(p, row, &r);
	for (n = wcslen(r.text); n > 0 && r.text[n - 1] == L' '; n--)
		;
	r.text[n] = L'\0';
	fprintf(out, "%5d |%ls\n", row + 1, r.text);
}

void
view_dump(struct pty *p, FILE *out)
{
	VTermPos cursor;

	for (int row = 0; row < p->rows; row++)
		row_print(p, row, out);
	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &cursor);
	fprintf(out, "      %dx%d, cursor %s in row %d, column %d, "
	    "%s screen, bracketed paste %s\n", p->cols, p->rows,
	    p->cursor_shown ? "shown" : "hidden", cursor.row + 1,
	    cursor.col + 1, p->alternate ? "alternate" : "normal",
	    pty_bracketed(p) ? "on" : "off");
	if (p->state == PTY_NONE)
		fprintf(out, "      no program was started\n");
	else if (p->state != PTY_ENDED)
		fprintf(out, "      the program %s\n",
		    p->state == PTY_STOPPED ? "is stopped" : "runs");
	else if (WIFSIGNALED(p->status))
		fprintf(out, "      the program was ended by SIG%s\n",
		    sigabbrev_np(WTERMSIG(p->status)));
	else
		fprintf(out, "      the program ended with status %d\n",
		    WEXITSTATUS(p->status));
}
