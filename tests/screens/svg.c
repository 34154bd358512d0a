#include "svg.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>

/*
 * The first font's advance is half its size, so a cell is 8 wide. The second
 * serves narrow signs that the first draws wide; its advance is 0.602.
 */
enum {
	CELL_W = 8,
	CELL_H = 20,
	BASELINE = 15,
	FONT_SIZE = 16,
	MARGIN = 14,
	RUN_MAX = 512
};

static const char narrow_font[] =
    "font-family=\"'DejaVu Sans Mono', monospace\" font-size=\"13.28\"";

enum {
	RGB_BACKGROUND = 0x1b1f27,
	RGB_TEXT = 0xd5d9e0,
	RGB_FRAME = 0x3b4252,
	RGB_CURSOR = 0xf0a04b
};

static const unsigned int palette[] = {
	0x2a2f3a, 0xe06c75, 0x98c379, 0xe5c07b,
	0x61afef, 0xc678dd, 0x56b6c2, 0xc8ccd4,
	0x6b7385, 0xff8a93, 0xb5e08f, 0xf5d78e,
	0x82c4ff, 0xdd9bf0, 0x76d6e2, 0xf4f6fa
};

/* Lines from the middle of a cell: which arms, how thick. */
enum { UP = 1, RIGHT = 2, DOWN = 4, LEFT = 8 };

struct line {
	wchar_t	c;
	int	arms;
	int	width;
};

static const struct line lines[] = {
	{ L'─', LEFT | RIGHT, 1 },
	{ L'│', UP | DOWN, 1 },
	{ L'┌', RIGHT | DOWN, 1 },
	{ L'┐', LEFT | DOWN, 1 },
	{ L'└', UP | RIGHT, 1 },
	{ L'┘', UP | LEFT, 1 },
	{ L'├', UP | RIGHT | DOWN, 1 },
	{ L'┤', UP | LEFT | DOWN, 1 },
	{ L'┬', LEFT | RIGHT | DOWN, 1 },
	{ L'┴', LEFT | RIGHT | UP, 1 },
	{ L'┼', UP | RIGHT | DOWN | LEFT, 1 },
	{ L'╭', RIGHT | DOWN, 1 },
	{ L'╮', LEFT | DOWN, 1 },
	{ L'╰', UP | RIGHT, 1 },
	{ L'╯', UP | LEFT, 1 },
	{ L'━', LEFT | RIGHT, 2 },
	{ L'┃', UP | DOWN, 2 },
	{ L'┏', RIGHT | DOWN, 2 },
	{ L'┓', LEFT | DOWN, 2 },
	{ L'┗', UP | RIGHT, 2 },
	{ L'┛', UP | LEFT, 2 },
	{ L'┣', UP | RIGHT | DOWN, 2 },
	{ L'┫', UP | LEFT | DOWN, 2 },
	{ L'┳', LEFT | RIGHT | DOWN, 2 },
	{ L'┻', LEFT | RIGHT | UP, 2 },
	{ L'╋', UP | RIGHT | DOWN | LEFT, 2 }
};

/* Parts of a cell in eighths of its sides, and how dense. */
struct block {
	wchar_t		 c;
	int		 x, y, w, h;
	const char	*opacity;
};

static const struct block blocks[] = {
	{ L'█', 0, 0, 8, 8, "1" },	{ L'▀', 0, 0, 8, 4, "1" },
	{ L'▄', 0, 4, 8, 4, "1" },	{ L'▌', 0, 0, 4, 8, "1" },
	{ L'▐', 4, 0, 4, 8, "1" },	{ L'░', 0, 0, 8, 8, ".25" },
	{ L'▒', 0, 0, 8, 8, ".5" },	{ L'▓', 0, 0, 8, 8, ".75" }
};

static int
cell_x(int col)
{
	return MARGIN + col * CELL_W;
}

static int
cell_y(int row)
{
	return MARGIN + row * CELL_H;
}

static unsigned int
colour_rgb(const struct pty *p, VTermColor c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(&c))
		return RGB_TEXT;
	if (VTERM_COLOR_IS_DEFAULT_BG(&c))
		return RGB_BACKGROUND;
	if (VTERM_COLOR_IS_INDEXED(&c) &&
	    c.indexed.idx < sizeof(palette) / sizeof(palette[0]))
		return palette[c.indexed.idx];
	vterm_screen_convert_color_to_rgb(p->screen, &c);
	return (unsigned int)c.rgb.red << 16 |
	    (unsigned int)c.rgb.green << 8 | c.rgb.blue;
}

/* How a cell looks, reverse already worked out. */
struct look {
	unsigned int	fg, bg;
	bool		bold, italic, underline, strike;
};

static struct look
cell_look(const struct pty *p, const VTermScreenCell *cell)
{
	unsigned int fg = colour_rgb(p, cell->fg);
	unsigned int bg = colour_rgb(p, cell->bg);
	bool reverse = cell->attrs.reverse;

	return (struct look){
		.fg = reverse ? bg : fg,
		.bg = reverse ? fg : bg,
		.bold = cell->attrs.bold,
		.italic = cell->attrs.italic,
		.underline = cell->attrs.underline != VTERM_UNDERLINE_OFF,
		.strike = cell->attrs.strike
	};
}

static bool
look_same(const struct look *a, const struct look *b)
{
	return a->fg == b->fg && a->bold == b->bold && a->italic == b->italic;
}

static void
rect_write(FILE *out, double x, double y, double w, double h,
    unsigned int rgb, const char *opacity)
{
	fprintf(out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" "
	    "fill=\"#%06x\"", x, y, w, h, rgb);
	if (strcmp(opacity, "1") != 0)
		fprintf(out, " fill-opacity=\"%s\"", opacity);
	fputs("/>\n", out);
}

static void
text_write(FILE *out, const wchar_t *text, VTermPos at, int cells,
    const struct look *look, const char *font)
{
	fprintf(out, "<text x=\"%d\" y=\"%d\" fill=\"#%06x\" "
	    "textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
	    cell_x(at.col), cell_y(at.row) + BASELINE, look->fg,
	    cells * CELL_W);
	if (look->bold)
		fputs(" font-weight=\"bold\"", out);
	if (look->italic)
		fputs(" font-style=\"italic\"", out);
	if (*font != '\0')
		fprintf(out, " %s", font);
	fputc('>', out);
	for (; *text != L'\0'; text++)
		if (wcschr(L"<>&\"", *text) != NULL)
			fprintf(out, "&#%d;", (int)*text);
		else
			fprintf(out, "%lc", (wint_t)*text);
	fputs("</text>\n", out);
}

static bool
line_write(FILE *out, wchar_t c, VTermPos at, unsigned int rgb)
{
	double x = cell_x(at.col) + CELL_W / 2.0;
	double y = cell_y(at.row) + CELL_H / 2.0;
	const struct line *l = lines, *end = l + sizeof(lines) / sizeof(*l);
	double half;

	while (l < end && l->c != c)
		l++;
	if (l == end)
		return false;
	half = l->width / 2.0;
	if (l->arms & (LEFT | RIGHT)) {
		double from = l->arms & LEFT ? x - CELL_W / 2.0 : x - half;
		double to = l->arms & RIGHT ? x + CELL_W / 2.0 : x + half;

		rect_write(out, from, y - half, to - from, l->width, rgb, "1");
	}
	if (l->arms & (UP | DOWN)) {
		double from = l->arms & UP ? y - CELL_H / 2.0 : y - half;
		double to = l->arms & DOWN ? y + CELL_H / 2.0 : y + half;

		rect_write(out, x - half, from, l->width, to - from, rgb, "1");
	}
	return true;
}

static bool
block_write(FILE *out, wchar_t c, VTermPos at, unsigned int rgb)
{
	const struct block *b = blocks;
	const struct block *end = b + sizeof(blocks) / sizeof(*b);

	while (b < end && b->c != c)
		b++;
	if (b == end)
		return false;
	rect_write(out, cell_x(at.col) + b->x * CELL_W / 8.0,
	    cell_y(at.row) + b->y * CELL_H / 8.0, b->w * CELL_W / 8.0,
	    b->h * CELL_H / 8.0, rgb, b->opacity);
	return true;
}

static void
backgrounds_write(const struct pty *p, int row, FILE *out)
{
	VTermPos pos = { .row = row, .col = 0 };
	VTermScreenCell cell;
	unsigned int bg = RGB_BACKGROUND, next;
	int from = 0;

	for (; pos.col <= p->cols; pos.col++) {
		next = RGB_BACKGROUND;
		if (pos.col < p->cols) {
			vterm_screen_get_cell(p->screen, pos, &cell);
			/* What a wide character covers has its colours. */
			next = cell.chars[0] == UINT32_MAX ? bg :
			    cell_look(p, &cell).bg;
		}
		if (next == bg)
			continue;
		if (bg != RGB_BACKGROUND)
			rect_write(out, cell_x(from), cell_y(row),
			    (pos.col - from) * CELL_W, CELL_H, bg, "1");
		bg = next;
		from = pos.col;
	}
}

/* Underlines and strokes are drawn: a font's own would leave gaps. */
static void
strokes_write(const struct look *look, VTermPos at, int width, FILE *out)
{
	int x = cell_x(at.col), y = cell_y(at.row);

	if (look->underline)
		rect_write(out, x, y + BASELINE + 2, width * CELL_W, 1,
		    look->fg, "1");
	if (look->strike)
		rect_write(out, x, y + CELL_H / 2.0, width * CELL_W, 1,
		    look->fg, "1");
}

/* A sign alone: a wide character, a line, a block, anything not ASCII. */
static void
sign_write(const VTermScreenCell *cell, const struct look *look, VTermPos at,
    FILE *out)
{
	wchar_t text[VTERM_MAX_CHARS_PER_CELL + 1];
	int n = 0;

	while (n < VTERM_MAX_CHARS_PER_CELL && cell->chars[n] != 0) {
		text[n] = (wchar_t)cell->chars[n];
		n++;
	}
	text[n] = L'\0';
	if (line_write(out, text[0], at, look->fg) ||
	    block_write(out, text[0], at, look->fg))
		return;
	text_write(out, text, at, cell->width, look,
	    cell->width == 1 ? narrow_font : "");
}

static void
row_write(const struct pty *p, int row, FILE *out)
{
	wchar_t run[RUN_MAX];
	VTermPos pos = { .row = row, .col = 0 }, start = pos;
	struct look look, first = { 0 };
	VTermScreenCell cell;
	int n = 0;

	for (; pos.col < p->cols; pos.col += cell.width) {
		bool letter;

		vterm_screen_get_cell(p->screen, pos, &cell);
		look = cell_look(p, &cell);
		strokes_write(&look, pos, cell.width, out);
		letter = cell.chars[0] > L' ' && cell.chars[0] < 0x7f &&
		    cell.chars[1] == 0;
		if (n > 0 && (!letter || !look_same(&look, &first))) {
			run[n] = L'\0';
			text_write(out, run, start, n, &first, "");
			n = 0;
		}
		if (letter) {
			if (n == 0) {
				start = pos;
				first = look;
			}
			run[n++] = (wchar_t)cell.chars[0];
		} else if (cell.chars[0] > L' ' &&
		    cell.chars[0] != UINT32_MAX)
			sign_write(&cell, &look, pos, out);
	}
	if (n > 0) {
		run[n] = L'\0';
		text_write(out, run, start, n, &first, "");
	}
}

static void
cursor_write(const struct pty *p, FILE *out)
{
	VTermScreenCell cell;
	VTermPos at;

	if (!p->cursor_shown)
		return;
	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
	if (at.row >= p->rows || at.col >= p->cols)
		return;
	vterm_screen_get_cell(p->screen, at, &cell);
	fprintf(out, "<rect x=\"%g\" y=\"%g\" width=\"%d\" height=\"%d\" "
	    "fill=\"none\" stroke=\"#%06x\" stroke-width=\"1.5\"/>\n",
	    cell_x(at.col) + .5, cell_y(at.row) + .5,
	    cell.width * CELL_W - 1, CELL_H - 1, RGB_CURSOR);
}

void
svg_write(const struct pty *p, FILE *out)
{
	int w = 2 * MARGIN + p->cols * CELL_W;
	int h = 2 * MARGIN + p->rows * CELL_H;

	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", w, h, w, h);
	fprintf(out, "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" "
	    "rx=\"8\" fill=\"#%06x\" stroke=\"#%06x\"/>\n", w - 1, h - 1,
	    RGB_BACKGROUND, RGB_FRAME);
	fprintf(out, "<g font-family=\"'Noto Sans Mono CJK JP', "
	    "'DejaVu Sans Mono', monospace\" font-size=\"%d\">\n", FONT_SIZE);
	for (int row = 0; row < p->rows; row++) {
		backgrounds_write(p, row, out);
		row_write(p, row, out);
	}
	cursor_write(p, out);
	fputs("</g>\n</svg>\n", out);
}
