#include "screen/values.h"

#include "model/rows.h"

void
values_region_open(struct app *app)
{
	struct values_screen *s = screen_private(app);
	const struct list_rows r = rows_regions();
	const struct region *known =
	    region_find(app->session.identity.region);
	size_t count;

	/* A wrong region fails silently at AWS: it is never guessed. */
	pick_open(&s->pick, &r, known != NULL ?
	    (size_t)(known - region_table(&count)) : r.count);
}

void
values_region_typed(struct app *app)
{
	struct values_screen *s = screen_private(app);
	const struct list_rows r = rows_regions();

	pick_typed(&s->pick, &r);
}

enum pick_result
values_region_act(struct app *app, enum action action,
    const struct region **region)
{
	struct values_screen *s = screen_private(app);
	size_t count, row;
	enum pick_result result = pick_act(&s->pick, action, &row);

	if (result == PICK_CHOSEN)
		*region = &region_table(&count)[row];
	return result;
}

void
values_region_draw(const struct app *app, struct paint *paint, int y)
{
	const struct values_screen *s = screen_private(app);
	const struct list_rows r = rows_regions();

	pick_draw(&s->pick, &r, paint, y, screen_bottom(paint));
}
