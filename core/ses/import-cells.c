/*
 * The common form of every kind of table: the cells of one row, in whatever
 * order its columns stand.  A record's type makes it a row; which of the other
 * cells is name and which is value shows by their shape.
 */
#include "ses/import-internal.h"

#include <string.h>
#include <strings.h>

#include <bsd/string.h>


enum {
	CELLS_ROW = 8		/* that can be name or value */
};

static bool
is_cname_value(const char *cell)
{
	return gather_zone_in(cell) != NULL;
}

static bool
is_txt_value(const char *cell)
{
	static const char *const starts[] = {
		"v=", "p=", "k=", "amazonses:"
	};
	size_t len = strlen(cell);

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (strncasecmp(cell, starts[i], strlen(starts[i])) == 0)
			return true;
	return (len > 40 && strchr(cell, '.') == NULL) ||
	    (len == 44 && cell[43] == '=');
}

static bool
is_mx_value(const char *cell)
{
	return strcasestr(cell, "-smtp.") != NULL;
}

static const struct {
	const char *type;
	bool (*is_value)(const char *cell);
	int (*take)(struct gather *g, const char *owner, const char *value);
} types[] = {
	{ "CNAME", is_cname_value, gather_cname },
	{ "TXT", is_txt_value, gather_txt },
	{ "MX", is_mx_value, gather_mx },
};

enum {
	TYPES = sizeof types / sizeof types[0]
};

bool
gather_is_type(const char *cell)
{
	for (size_t i = 0; i < TYPES; i++)
		if (strcasecmp(types[i].type, cell) == 0)
			return true;
	return false;
}

static size_t
type_of(const char *cell)
{
	size_t i = 0;

	while (i < TYPES && strcasecmp(types[i].type, cell) != 0)
		i++;
	return i;
}

/* Class, priority, TTL in whatever words, and cells for the eye alone. */
static bool
is_besides(const char *cell)
{
	static const char *const words[] = {
		"IN", "-", "Auto", "自動", "DNS only", "@TTL", "true", "false"
	};

	if (cell[strspn(cell, "0123456789.,/")] == '\0')
		return true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasecmp(cell, words[i]) == 0)
			return true;
	/* "1 hour", "3600s", "1h" */
	return cell[0] >= '0' && cell[0] <= '9' && strlen(cell) < 12 &&
	    strpbrk(cell, "._-=") == NULL;
}

/* A name as a form or a zone file writes it; "" and "@" are the domain. */
static bool
is_owner(const char *cell)
{
	return strcmp(cell, "@") == 0 || cell[strspn(cell,
	    "abcdefghijklmnopqrstuvwxyz0123456789-_.*"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0' ||
	    (unsigned char)cell[0] >= 0x80;
}

/*
 * The value is the cell with the value's shape; failing that the last, as
 * "TYPE NAME VALUE" and "NAME TTL TYPE VALUE" have it.
 */
static size_t
find_value(char *const *cell, size_t count, size_t type)
{
	for (size_t i = 0; i < count; i++)
		if (types[type].is_value(cell[i]))
			return i;
	return count - 1;
}

/*
 * The name: one that only a row of SES has; else, before the type, the last
 * with a dot ("update add NAME MX ..."); else the first.  count: none.
 */
static size_t
find_owner(char *const *cell, size_t count, size_t value, size_t before)
{
	size_t found = count;

	for (size_t i = 0; i < count; i++)
		if (i != value && (strcasestr(cell[i], "._domainkey") !=
		    NULL || strncasecmp(cell[i], "_amazonses", 10) == 0))
			return i;
	for (size_t i = 0; i < before; i++)
		if (i != value && is_owner(cell[i]) &&
		    strchr(cell[i], '.') != NULL)
			found = i;
	for (size_t i = 0; i < count && found == count; i++)
		if (i != value && is_owner(cell[i]))
			found = i;
	return found;
}

/* Several rows in one line have no cells of their own. */
static bool
is_several(char *const *cell, size_t count)
{
	size_t values = 0;

	for (size_t i = 0; i < count; i++)
		values += is_cname_value(cell[i]) || is_mx_value(cell[i]);
	return values > 1;
}

/* Grows with all that rows can bring. */
static size_t
taken(const struct gather *g)
{
	return g->out->rows + g->spf.len + g->spf_line +
	    (g->key_value[0] != '\0');
}

int
gather_cells(struct gather *g, char *const *cell, size_t count)
{
	char *rest[CELLS_ROW];
	const char *owner = NULL;
	size_t at, type = TYPES, value, kept = 0, left = 0;
	size_t place[CELLS_ROW], before;

	for (at = 0; at < count && type == TYPES; at++)
		type = type_of(cell[at]);
	if (type == TYPES || is_several(cell, count))
		return 0;
	for (size_t i = 0; i < count && kept < CELLS_ROW; i++)
		if (i != at - 1 && cell[i][0] != '\0' &&
		    !is_besides(cell[i])) {
			place[kept] = i;
			rest[kept++] = cell[i];
		}
	if (kept == 0 || (kept == 1 && !types[type].is_value(rest[0])))
		return 0;
	value = find_value(rest, kept, type);
	while (left < kept && place[left] < at)
		left++;
	left = find_owner(rest, kept, value, left);
	if (left < kept) {
		owner = rest[left];
		gather_cell_place(g, owner, place[left], false);
	}
	/* A zone file need not repeat the name of the row before. */
	if (owner == NULL)
		owner = g->owner;
	gather_cell_place(g, rest[value], place[value], true);
	before = taken(g);
	g->left = false;
	(void)types[type].take(g, owner, rest[value]);
	g->column = 0;
	if (taken(g) == before)
		return g->left;
	if (owner != g->owner)
		strlcpy(g->owner, owner, sizeof g->owner);
	return 1;
}
