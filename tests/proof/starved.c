/*
 * Linked before the C library's allocation for our own objects (ld --wrap), so
 * that the program's own code runs as it is: with STARVE=N in the environment
 * the Nth allocation fails, with STARVE=0 their number is told at the end.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
__real_malloc(size_t size);
void *
__real_calloc(size_t count, size_t size);
void *
__real_reallocarray(void *p, size_t count, size_t size);
char *
__real_strdup(const char *s);

void *
__wrap_malloc(size_t size);
void *
__wrap_calloc(size_t count, size_t size);
void *
__wrap_reallocarray(void *p, size_t count, size_t size);
char *
__wrap_strdup(const char *s);

static unsigned long allocations;

static bool
starves(void)
{
	const char *at = getenv("STARVE");

	return ++allocations == (at == NULL ? 0 : strtoul(at, NULL, 10));
}

static void __attribute__((destructor))
tell(void)
{
	const char *at = getenv("STARVE");

	/* Never starved: told to count, or it came to fewer. */
	if (at != NULL && (strcmp(at, "0") == 0 ||
	    allocations < strtoul(at, NULL, 10)))
		fprintf(stderr, "allocations: %lu\n", allocations);
}

void *
__wrap_malloc(size_t size)
{
	return starves() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return starves() ? NULL : __real_calloc(count, size);
}

void *
__wrap_reallocarray(void *p, size_t count, size_t size)
{
	return starves() ? NULL : __real_reallocarray(p, count, size);
}

char *
__wrap_strdup(const char *s)
{
	return starves() ? NULL : __real_strdup(s);
}
