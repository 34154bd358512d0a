/*
 * Text line by line: rows of tables, of CSV and of zone files, and words among
 * anything else.
 */
#include "ses/import-internal.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include <bsd/string.h>
#include <csv.h>

#include "base/lang.h"
#include "base/xalloc.h"

enum {
	LINES_CELLS = 16		/* of one row; more are left out */
};

static char *
unquote(char *cell)
{
	static const char around[] = " \t\r\"'`";
	size_t len;

	cell += strspn(cell, around);
	len = strlen(cell);
	while (len > 0 && strchr(around, cell[len - 1]) != NULL)
		cell[--len] = '\0';
	return cell;
}

/* A long TXT may stand in several strings: "v=DKIM1; " "p=..." */
static void
join_strings(char *cell)
{
	char *to = cell;

	for (const char *from = cell; *from != '\0'; from++) {
		size_t gap = 0;

		if (*from == '"')
			gap = 1 + strspn(from + 1, " \t");
		if (gap > 1 && from[gap] == '"')
			from += gap;
		else
			*to++ = *from;
	}
	*to = '\0';
}

/* Cuts line at each of these; a cell that begins a comment ends the row. */
static size_t
cut_at(char *line, const char *separators, char *cell[static LINES_CELLS])
{
	size_t count = 0;
	char *text;

	while (count < LINES_CELLS && (text = strsep(&line, separators)) !=
	    NULL) {
		char *comment = strstr(text, *text == '"' ? "\" ;" : " ;");

		if (comment != NULL)
			*comment = '\0';
		cell[count] = unquote(text);
		if (cell[count][0] == ';')
			break;
		join_strings(cell[count++]);
	}
	return count;
}

/* The octets of the cell at text, which blanks outside quotes end. */
static size_t
cell_length(const char *text)
{
	const char *end;

	if (*text == '"' && (end = strchr(text + 1, '"')) != NULL)
		return (size_t)(end + 1 - text) + strcspn(end + 1, " \t\r");
	return strcspn(text, " \t\r");
}

/* "Name:": a label and its value, which no cell of a zone file looks like. */
static bool
is_labelled(const char *cell)
{
	size_t len = strcspn(cell, ":=\"");

	return len > 0 && cell[len] == ':';
}

/*
 * A line of a zone file.  What follows TXT and a name is one text, in quotes
 * or not.
 */
static size_t
cut_blank(char *line, char *cell[static LINES_CELLS])
{
	size_t count = 0, txt = LINES_CELLS;

	while (count < LINES_CELLS) {
		size_t len;

		line += strspn(line, " \t\r");
		if (*line == '\0' || *line == ';')
			break;
		cell[count] = line;
		if (count > txt && count > 1) {
			char *comment = strstr(line, "\" ;");

			if (comment != NULL)
				*comment = '\0';
			cell[count] = unquote(line);
			join_strings(cell[count++]);
			break;
		}
		len = cell_length(line);
		line += len;
		if (*line != '\0')
			*line++ = '\0';
		cell[count] = unquote(cell[count]);
		if (is_labelled(cell[count]))
			return 0;
		if (strcasecmp(cell[count], "TXT") == 0)
			txt = count;
		count++;
	}
	return count;
}

static size_t
cut(char *line, char *cell[static LINES_CELLS])
{
	if (strchr(line, '\t') != NULL)
		return cut_at(line, "\t", cell);
	if (strchr(line, '|') != NULL)
		return cut_at(line, "|", cell);
	return cut_blank(line, cell);
}

/*
 * A page shows "feedback-smtp.us-east-[...]" where it has not the room: the
 * rest is not in the text.
 */
static bool
is_cut(const char *line)
{
	static const char *const signs[] = {
		"p=MI", "_domainkey", ".dkim", "feedback-smtp", ":amazons"
	};
	const char *dots = strstr(line, "..."), *from;
	size_t len;

	for (; dots != NULL; dots = strstr(dots + 3, "...")) {
		for (from = dots; from > line &&
		    strchr(" \t|,;\"", from[-1]) == NULL; from--)
			continue;
		len = (size_t)(dots - from);
		for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
			if (len > strlen(signs[i]) &&
			    memmem(from, len, signs[i], strlen(signs[i])) !=
			    NULL)
				return true;
	}
	return false;
}

static void
take_line(struct gather *g, struct words *words, char *line)
{
	char *cell[LINES_CELLS], *copy;

	/* Comments of zone files and shells. */
	if (strchr(";#", line[strspn(line, " \t")]) != NULL) {
		if (gather_skip(g, line) || strcasestr(line, "amazonses") !=
		    NULL)
			gather_note(g, N_("This row is only a comment, so it "
			    "was not taken."), NULL);
		return;
	}
	copy = xstrdup(line);
	g->start = line;
	g->fields = false;
	if (gather_cells(g, cell, cut(line, cell)) == 0)
		words_line(words, copy);
	free(copy);
}

/* ",CNAME," or at an end of the line, quotes left out of account. */
static bool
has_type_between(const char *line, size_t len, char separator)
{
	char cell[8];
	size_t at = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && line[i] != separator) {
			if (line[i] != '"' && line[i] != '\r' &&
			    at < sizeof cell - 1)
				cell[at++] = line[i];
			continue;
		}
		cell[at] = '\0';
		if (gather_is_type(cell))
			return true;
		at = 0;
	}
	return false;
}

/* The separator of a line of CSV, NUL when it is none. */
static char
separator_of(const char *line, size_t len)
{
	for (const char *s = ",;"; *s != '\0'; s++)
		if (memchr(line, *s, len) != NULL &&
		    has_type_between(line, len, *s))
			return *s;
	return '\0';
}

/* One row as libcsv hands it out, field by field. */
struct row {
	struct gather *g;
	char *cell[LINES_CELLS];
	size_t count;
};

static void
row_field(void *field, size_t len, void *data)
{
	struct row *row = data;

	(void)len;
	if (row->count < LINES_CELLS)
		row->cell[row->count++] = xstrdup(field);
}

static void
row_end(int separator, void *data)
{
	struct row *row = data;
	char *cell[LINES_CELLS];

	(void)separator;
	for (size_t i = 0; i < row->count; i++) {
		cell[i] = unquote(row->cell[i]);
		join_strings(cell[i]);
	}
	row->g->fields = true;
	(void)gather_cells(row->g, cell, row->count);
	while (row->count > 0)
		free(row->cell[--row->count]);
}

/* One line of CSV.  False when its quotes do not fit: then it is none. */
static bool
take_csv(struct gather *g, const char *line, size_t len, char separator)
{
	struct row row = { .g = g };
	struct csv_parser parser;
	bool whole;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI |
	    CSV_APPEND_NULL) != 0)
		err(EX_OSERR, "csv_init");
	csv_set_delim(&parser, (unsigned char)separator);
	whole = csv_parse(&parser, line, len, row_field, row_end, &row) ==
	    len && csv_fini(&parser, row_field, row_end, &row) == 0;
	while (row.count > 0)
		free(row.cell[--row.count]);
	csv_free(&parser);
	if (whole && g->out->kind == IMPORT_LINES)
		g->out->kind = IMPORT_CSV;
	return whole;
}

/*
 * "bounce:" as octoDNS has it: what stands below it, indented, are the fields
 * of its rows.  name is "" where it is none.
 */
static void
name_above(char name[static NAME_TEXT], const char *line, const char *next)
{
	static const char *const fields[] = { "type:", "ttl:", "value:",
		"values:", "octodns:" };
	size_t len = strcspn(line, ": \t\"'");

	*name = '\0';
	if (len == 0 || len >= NAME_TEXT || line[len] != ':' ||
	    line[len + 1 + strspn(line + len + 1, " \t\r")] != '\0' ||
	    next == NULL || strchr(" -", *next) == NULL)
		return;
	next += strspn(next, " -");
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (strncmp(next, fields[i], strlen(fields[i])) == 0)
			strlcpy(name, line, len + 1);
}

void
gather_lines(struct gather *g, char *text)
{
	struct words words = { .g = g };
	char *line, separator, name[NAME_TEXT];

	words_settle(g);
	for (g->line = 1; (line = strsep(&text, "\n")) != NULL; g->line++) {
		size_t len = strlen(line);

		if (line[strspn(line, " \t}")] == '\0') {
			words_settle(g);
			continue;
		}
		if (is_cut(line)) {
			g->at = NULL;
			g->column = 0;
			gather_leave(g, N_("A value is cut short here, where "
			    "the dots stand. Copy it whole: there is often a "
			    "button beside it."), NULL);
			continue;
		}
		separator = separator_of(line, len);
		if (separator != '\0' && take_csv(g, line, len, separator))
			continue;
		if (separator != '\0')
			gather_note(g, N_("A quotation mark is not closed, or "
			    "stands inside a field."), NULL);
		name_above(name, line, text);
		take_line(g, &words, line);
		words_owner(g, name);
	}
	words_settle(g);
	g->line = 0;
}
