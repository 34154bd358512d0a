#include "ses/ticks.h"

#include <string.h>

#include <bsd/string.h>

int64_t
ticks_at(const struct ticks *ticks, const char *id)
{
	for (size_t i = 0; i < ticks->count; i++)
		if (strcmp(ticks->tick[i].id, id) == 0)
			return ticks->tick[i].at;
	return 0;
}

int
ticks_set(struct ticks *ticks, const char *id, int64_t at)
{
	size_t i = 0;

	while (i < ticks->count && strcmp(ticks->tick[i].id, id) != 0)
		i++;
	if (i == TICKS || strlen(id) >= TICK_ID)
		return -1;
	if (i == ticks->count)
		strlcpy(ticks->tick[ticks->count++].id, id, TICK_ID);
	ticks->tick[i].at = at;
	return 0;
}
