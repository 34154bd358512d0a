#include "model/list.h"

#include <string.h>

#include <bsd/string.h>

void
list_init(struct list *list, size_t rows)
{
	memset(list, 0, sizeof *list);
	for (size_t i = 0; i < rows && i < LIST_ROWS; i++)
		list->row[list->count++] = i;
}

bool
list_fits(const char *text, const char *filter)
{
	char word[LIST_FILTER];

	for (;;) {
		size_t len;

		filter += strspn(filter, " ");
		if (*filter == '\0')
			return true;
		len = strcspn(filter, " ");
		if (len >= sizeof word)
			return false;
		memcpy(word, filter, len);
		word[len] = '\0';
		if (strcasestr(text, word) == NULL)
			return false;
		filter += len;
	}
}

void
list_set_filter(struct list *list, size_t rows, const char *filter,
    list_search *search)
{
	size_t chosen = list_chosen(list);
	struct text text = TEXT_INIT;

	strlcpy(list->filter, filter, sizeof list->filter);
	list->count = list->selected = 0;
	for (size_t i = 0; i < rows && i < LIST_ROWS; i++) {
		text_clear(&text);
		search(i, &text);
		if (list_fits(text.s, list->filter))
			list->row[list->count++] = i;
	}
	text_release(&text);
	list_select(list, chosen);
}

bool
list_move(struct list *list, int by)
{
	size_t before = list->selected, step = (size_t)(by < 0 ? -by : by);

	if (list->count == 0)
		return false;
	if (by < 0)
		list->selected -= step < before ? step : before;
	else if (before + step < list->count)
		list->selected += step;
	else
		list->selected = list->count - 1;
	return list->selected != before;
}

bool
list_select(struct list *list, size_t row)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->row[i] == row) {
			list->selected = i;
			return true;
		}
	}
	return false;
}

size_t
list_chosen(const struct list *list)
{
	return list->count > 0 ? list->row[list->selected] : (size_t)-1;
}

size_t
list_top(const struct list *list, size_t height)
{
	if (list->count <= height || list->selected < height / 2)
		return 0;
	if (list->selected - height / 2 + height > list->count)
		return list->count - height;
	return list->selected - height / 2;
}
