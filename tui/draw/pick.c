#include "draw/pick.h"

#include "base/lang.h"
#include "model/wrap.h"

enum {
	PICK_PAGE = 8,
	PICK_GAP = 3,
	PICK_FIELD = 30
};

void
pick_open(struct pick *pick, const struct list_rows *rows, size_t selected)
{
	pick->open = true;
	pick->in_list = pick->pressed = false;
	edit_set(&pick->filter, "");
	list_init(&pick->list, rows->count);
	pick->unmoved = !list_select(&pick->list, selected);
}

void
pick_typed(struct pick *pick, const struct list_rows *rows)
{
	pick->in_list = pick->pressed = false;
	/* The field is there already; a habit does no harm. */
	if (pick->filter.text[0] == '/')
		edit_set(&pick->filter, pick->filter.text + 1);
	list_set_filter(&pick->list, rows->count, pick->filter.text,
	    rows->search);
	pick->unmoved = pick->filter.len == 0;
}

/* The first step only takes hold of the list. */
static enum pick_result
go(struct pick *pick, int by)
{
	if (!pick->unmoved)
		list_move(&pick->list, by);
	pick->unmoved = false;
	return PICK_MOVED;
}

enum pick_result
pick_act(struct pick *pick, enum action action, size_t *row)
{
	pick->in_list = action != ACTION_ENTER || !pick->unmoved;
	pick->pressed = action == ACTION_ENTER && pick->unmoved;
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		return go(pick, -1);
	case ACTION_DOWN:
	case ACTION_NEXT:
		return go(pick, 1);
	case ACTION_PAGE_UP:
		return go(pick, -PICK_PAGE);
	case ACTION_PAGE_DOWN:
		return go(pick, PICK_PAGE);
	case ACTION_ENTER:
		*row = list_chosen(&pick->list);
		if (*row == (size_t)-1 || pick->unmoved)
			return PICK_MOVED;
		pick->open = false;
		return PICK_CHOSEN;
	case ACTION_BACK:
		pick->open = false;
		return PICK_CLOSED;
	default:
		return PICK_OTHER;
	}
}

/* The width of the left column, of all rows so that nothing jumps. */
static int
left_width(const struct list_rows *rows)
{
	int widest = 0;

	for (size_t i = 0; i < rows->count; i++)
		if (wrap_width(rows->left(i)) > widest)
			widest = wrap_width(rows->left(i));
	return widest;
}

void
pick_draw(const struct pick *pick, const struct list_rows *rows,
    struct paint *paint, int y, int end)
{
	const struct list *list = &pick->list;
	int right_x = 3 + left_width(rows) + PICK_GAP, x;
	size_t height, top;

	y = paint_wrap(paint, y, 1, 2, ROLE_TITLE, _(rows->title)) + 1;
	x = paint_text(paint, y, 3, ROLE_LABEL, _("Search")) + 2;
	paint_edit(paint, y, x, PICK_FIELD, &pick->filter, true);
	if (pick->pressed)
		paint_text(paint, y + 1, 3, ROLE_WARNING,
		    _("Nothing is chosen yet: press Down, or type to "
		    "search."));
	y += 2;
	if (list->count == 0) {
		paint_wrap(paint, y, 3, 2, ROLE_WARNING, _(rows->none));
		return;
	}
	height = (size_t)(end - y - 1);
	top = list_top(list, height);
	for (size_t i = top; i < list->count && i < top + height; i++, y++) {
		bool chosen = i == list->selected && !pick->unmoved;
		enum role role = chosen ? ROLE_FOCUS : ROLE_TEXT;

		if (chosen)
			paint_text(paint, y, 1, ROLE_FOCUS, ">");
		if (i == list->selected && pick->in_list)
			paint_cursor(paint, y, 1);
		paint_text(paint, y, 3, role, rows->left(list->row[i]));
		paint_text(paint, y, right_x, ROLE_HINT,
		    rows->right(list->row[i]));
	}
	if (top + height < list->count)
		paint_text(paint, y, 3, ROLE_HINT,
		    _("more below: down, or type to search"));
}
