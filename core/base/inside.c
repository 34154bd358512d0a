#include "base/inside.h"

#include <string.h>

const struct inside *
inside_find(const char *kind, const char *name)
{
	size_t len = strlen(kind);

	for (const struct inside *i = inside_files; i->name != NULL; i++)
		if (strncmp(i->name, kind, len) == 0 &&
		    strcmp(i->name + len, name) == 0)
			return i;
	return NULL;
}
