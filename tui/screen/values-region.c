#include "screen/values.h"

#include <stdio.h>

#include <bsd/string.h>

#include "base/lang.h"

static void
region_search(size_t row, char *buf, size_t size)
{
	size_t count;
	const struct region *table = region_table(&count);

	snprintf(buf, size, "%s %s %s", table[row].code, table[row].name,
	    lang_in(LANG_JA, table[row].name));
}

static void
region_code(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, region_table(&count)[row].code, size);
}

static void
region_name(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, _(region_table(&count)[row].name), size);
}

struct pick_rows
values_region_rows(void)
{
	struct pick_rows r = {
		.search = region_search,
		.left = region_code,
		.right = region_name,
		.title = N_("In which region is your Amazon SES? AWS's page "
		    "shows it at the top right."),
		.none = N_("No region of that name. Backspace takes letters "
		    "back."),
	};

	region_table(&r.count);
	return r;
}

void
values_region_open(struct app *app)
{
	const struct pick_rows r = values_region_rows();
	const struct region *known =
	    region_find(app->session.identity.region);
	size_t count;

	/* A wrong region fails silently at AWS: it is never guessed. */
	pick_open(&app->values.pick, &r, known != NULL ?
	    (size_t)(known - region_table(&count)) : r.count);
}

void
values_region_typed(struct app *app)
{
	const struct pick_rows r = values_region_rows();

	pick_typed(&app->values.pick, &r);
}

enum pick_result
values_region_act(struct app *app, enum action action,
    const struct region **region)
{
	size_t count, row;
	enum pick_result result = pick_act(&app->values.pick, action, &row);

	if (result == PICK_CHOSEN)
		*region = &region_table(&count)[row];
	return result;
}

void
values_region_draw(const struct app *app, struct paint *paint, int y)
{
	const struct pick_rows r = values_region_rows();

	pick_draw(&app->values.pick, &r, paint, y, screen_bottom(paint));
}
