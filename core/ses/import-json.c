/*
 * JSON, wherever in the text it stands: what is read is blanked out, so that
 * the readers of lines see only what stands around it.
 */
#include "ses/import-internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>
#include <jansson.h>

#include "base/lang.h"
#include "base/xalloc.h"

enum {
	JSON_DEPTH = 32,	/* no answer of AWS is deeper */
	JSON_NUMBER = 40,
	JSON_CELLS = 16
};

static int
take_list(struct gather *g, const struct fact *fact, const json_t *value)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value))
		return gather_leave(g, N_("A list of tokens should stand "
		    "here."), NULL);
	json_array_foreach(value, i, item) {
		if (!json_is_string(item))
			return gather_leave(g, N_("A list of tokens should "
			    "stand here."), NULL);
		(void)fact->take(g, json_string_value(item));
	}
	return 0;
}

static int
take_one(struct gather *g, const struct fact *fact, const json_t *value)
{
	char number[JSON_NUMBER];

	if (json_is_string(value))
		return fact->take(g, json_string_value(value));
	if (fact->flags & FACT_NUMBER) {
		snprintf(number, sizeof number, "%.3f",
		    json_number_value(value));
		return fact->take(g, number);
	}
	return gather_leave(g, N_("A text in quotes should stand here."),
	    NULL);
}

/* 1 when key is one of ours, 0 otherwise. */
static int
take(struct gather *g, const char *key, const json_t *value)
{
	const struct fact *fact = fact_find(key);

	if (fact == NULL)
		return 0;
	/* Terraform wraps each value; others of the same name hold more. */
	if (json_is_object(value))
		return json_object_get(value, "value") != NULL ?
		    take(g, key, json_object_get(value, "value")) : 0;
	if (json_is_null(value) || (json_is_string(value) &&
	    json_string_length(value) == 0))
		return 1;
	strlcpy(g->key, key, sizeof g->key);
	g->value = json_string_value(value);
	if (fact->flags & FACT_LIST && !json_is_string(value))
		(void)take_list(g, fact, value);
	else
		(void)take_one(g, fact, value);
	g->key[0] = '\0';
	g->line = g->column = 0;
	return 1;
}

/*
 * The v1 calls answer with a map from identity to values: 1 when this one is
 * to be passed over.
 */
static int
enter_identity(struct gather *g, const char *key, const json_t *value)
{
	struct identity probe;
	const char *why;
	char *text;

	if (strchr(key, '@') != NULL) {
		g->addresses = true;
		return 1;
	}
	identity_init(&probe);
	if (strchr(key, '.') == NULL ||
	    identity_set_domain(&probe, key, &why) == -1)
		return 0;
	if (g->known->has_domain &&
	    !name_equal(&probe.domain, &g->known->domain)) {
		name_text(&probe.domain, g->other);
		text = json_dumps(value, 0);
		gather_skip(g, text != NULL ? text : "");
		free(text);
		return 1;
	}
	return gather_domain(g, key);
}

/* The cells of an object that is a row of DNS, each a copy. */
struct cells {
	char *cell[JSON_CELLS];
	size_t count;
};

static void
add_cell(struct cells *cells, const char *text)
{
	size_t len;

	if (cells->count == JSON_CELLS)
		return;
	text += *text == '"';
	len = strlen(text);
	cells->cell[cells->count] = xstrdup(text);
	if (len > 0 && text[len - 1] == '"')
		cells->cell[cells->count][len - 1] = '\0';
	cells->count++;
}

/* What an object of another kind would call the row's name. */
static bool
is_name(const char *key)
{
	static const char *const names[] = {
		"name", "host", "hostname", "fqdn", "recordName", "owner"
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcasecmp(names[i], key) == 0)
			return true;
	return false;
}

/* Route 53 keeps values one level or two below. */
static void
add_cells(struct cells *cells, json_t *json, bool names, int depth)
{
	const char *key;
	json_t *value;
	size_t i;

	json_array_foreach(json, i, value)
		if (depth > 0)
			add_cells(cells, value, names, depth - 1);
	json_object_foreach(json, key, value) {
		if (!json_is_string(value)) {
			if (depth > 0)
				add_cells(cells, value, names, depth - 1);
			continue;
		}
		if (is_name(key) == names)
			add_cell(cells, json_string_value(value));
	}
}

/* 1 when object is a row with something of SES in it. */
static int
take_row(struct gather *g, json_t *object)
{
	struct cells cells = { .count = 0 };
	const char *key;
	json_t *value;
	bool row = false;
	int rc = 0;

	json_object_foreach(object, key, value)
		row |= json_is_string(value) &&
		    strcasestr(key, "type") != NULL &&
		    gather_is_type(json_string_value(value));
	if (!row)
		return 0;
	add_cells(&cells, object, true, 0);
	add_cells(&cells, object, false, 2);
	json_object_foreach(object, key, value)
		if (is_name(key) && json_is_string(value)) {
			g->row_key = key;
			g->row_value = json_string_value(value);
		}
	g->fields = true;
	g->owner[0] = '\0';
	rc = gather_cells(g, cells.cell, cells.count);
	g->row_key = NULL;
	g->line = 0;
	while (cells.count > 0)
		free(cells.cell[--cells.count]);
	g->column = 0;
	return rc;
}

/* Known keys wherever they stand, so that a --query fragment will do, too. */
static void
walk(struct gather *g, json_t *json, int depth)
{
	const char *key;
	json_t *value;
	size_t i;

	if (depth > JSON_DEPTH) {
		gather_leave(g, N_("This is nested too deeply to come from "
		    "SES."), NULL);
		return;
	}
	if (json_is_object(json) && take_row(g, json) != 0)
		return;
	if (json_is_string(json))
		gather_word(g, json_string_value(json), depth == 1);
	/* A list of tokens is one whatever it is called. */
	json_array_foreach(json, i, value)
		walk(g, value, json_is_string(value) ? 1 : depth + 1);
	json_object_foreach(json, key, value) {
		if (take(g, key, value) != 0 || (json_is_object(value) &&
		    enter_identity(g, key, value) != 0))
			continue;
		/* A bare string under a key of another's is no token. */
		walk(g, value, json_is_string(value) ? 2 : depth + 1);
	}
}

/* Where a document may begin: text before it is a prompt, or prose. */
static char *
next_start(char *text)
{
	return text + strcspn(text, "{[");
}

static void
blank(char *text, size_t len)
{
	for (; len > 0; len--, text++)
		if (*text != '\n')
			*text = ' ';
}

/* Only what began well can lack its end. */
static void
cut_short(struct gather *g, const char *at, const json_error_t *error)
{
	g->out->kind = IMPORT_JSON;
	g->out->cut = true;
	gather_place(g, g->start, at + error->position - 1);
	gather_note(g, N_("The JSON is cut short or damaged here. "
	    "Copy the whole answer, from the first bracket to the last."),
	    NULL);
	g->line = g->column = 0;
}

/* Nothing follows the rest, be it within a string. */
static bool
is_cut(const char *at, const char *rest, const json_error_t *error)
{
	return json_error_code(error) == json_error_premature_end_of_input ||
	    (*at == '{' && rest[strspn(rest, " \t\r\n")] == '\0');
}

/*
 * An attempt that fails is not begun again before where it failed, so that
 * all of them together read the text once.
 */
void
gather_json(struct gather *g, char *text, size_t len)
{
	char *at = next_start(text), *end = text + len;
	json_error_t error;
	json_t *root;
	size_t before;

	for (g->start = text; *at != '\0'; at = next_start(at)) {
		root = json_loadb(at, (size_t)(end - at),
		    JSON_DISABLE_EOF_CHECK, &error);
		size_t read = error.position > 0 ? (size_t)error.position : 1;

		if (root == NULL && strchr("\"{", at[1 + strspn(at + 1,
		    " \t\r\n")]) != NULL && is_cut(at, at + read, &error))
			cut_short(g, at, &error);
		if (root == NULL) {
			at += read;
			continue;
		}
		before = g->out->rows;
		walk(g, root, 0);
		if (g->out->rows > before)
			g->out->kind = IMPORT_JSON;
		/* A list that brought nothing is left to those of lines. */
		if (g->out->rows > before || json_is_object(root))
			blank(at, read);
		json_decref(root);
		at += read;
	}
}
