#include "dns/observe.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* Do two answers hold the same records, in whatever order they came? */

/* A record as it is compared with others. */
struct sign {
	const struct rr *rr;
	char *value;		/* owned */
};

static int
by_meaning(const void *a, const void *b)
{
	const struct sign *x = a, *y = b;
	int order = name_compare(x->rr->owner, y->rr->owner);

	if (order == 0)
		order = (x->rr->type > y->rr->type) -
		    (x->rr->type < y->rr->type);
	return order != 0 ? order : strcmp(x->value, y->value);
}

/* The answers in an order that is the same however they came. */
static struct sign *
signs_new(const struct observation *o)
{
	struct sign *sign = xcalloc(o->answers + 1, sizeof *sign);

	for (size_t i = 0; i < o->answers; i++) {
		sign[i].rr = &o->rr[i];
		sign[i].value = rr_value_new(&o->rr[i]);
	}
	qsort(sign, o->answers, sizeof *sign, by_meaning);
	return sign;
}

static void
signs_free(struct sign *sign, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(sign[i].value);
	free(sign);
}

static bool
record_same(const struct rr *a, const struct rr *b)
{
	return a->type == b->type && a->len == b->len &&
	    (a->len == 0 || memcmp(a->rdata, b->rdata, a->len) == 0) &&
	    name_equal(a->owner, b->owner);
}

/*
 * Nearly always they come in the order of before, octet for octet.  A peer
 * that turns thousands of them round gains nothing by it.
 */
bool
observation_same(const struct observation *a, const struct observation *b)
{
	struct sign *x, *y;
	size_t i = 0;

	if (a->outcome != b->outcome || a->rcode != b->rcode ||
	    a->answers != b->answers)
		return false;
	while (i < a->answers && record_same(&a->rr[i], &b->rr[i]))
		i++;
	if (i == a->answers)
		return true;
	x = signs_new(a);
	y = signs_new(b);
	for (i = 0; i < a->answers && by_meaning(&x[i], &y[i]) == 0; i++)
		continue;
	signs_free(x, a->answers);
	signs_free(y, b->answers);
	return i == a->answers;
}
