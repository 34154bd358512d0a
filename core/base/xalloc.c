#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/err.h>

#include "base/lang.h"

static void *
there(void *p)
{
	if (p == NULL)
		errx(EX_OSERR, "%s", _("there is not enough memory."));
	return p;
}

void *
xmalloc(size_t size)
{
	return there(malloc(size == 0 ? 1 : size));
}

void *
xcalloc(size_t count, size_t size)
{
	return there(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *
xreallocarray(void *p, size_t count, size_t size)
{
	return there(reallocarray(p, count == 0 ? 1 : count,
	    size == 0 ? 1 : size));
}

char *
xstrdup(const char *s)
{
	return there(strdup(s));
}
