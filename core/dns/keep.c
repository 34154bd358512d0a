#include "dns/keep.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "dns/bounds.h"

struct kept {
	struct rr rr;
	size_t number;		/* as it came */
};

/* Those of one section; of the sections before it what they took. */
struct shelf {
	struct kept *kept;	/* owned */
	size_t count, capacity, octets;
	size_t used, used_octets;
	/* The least that had no room: what is not less has none either. */
	struct rr least;
	bool full;
};

struct keep {
	const struct observe_keep *how;
	const struct question *question;
	struct shelf rest, matters;
	size_t number;
	bool cut;
};

struct keep *
keep_new(const struct observe_keep *how, const struct question *question)
{
	struct keep *keep = xcalloc(1, sizeof *keep);

	keep->how = how;
	keep->question = question;
	return keep;
}

static void
shelf_clear(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->count; i++)
		rr_release(&shelf->kept[i].rr);
	rr_release(&shelf->least);
	shelf->used += shelf->count;
	shelf->used_octets += shelf->octets;
	shelf->count = shelf->octets = 0;
	shelf->full = false;
}

void
keep_free(struct keep *keep)
{
	if (keep == NULL)
		return;
	shelf_clear(&keep->rest);
	shelf_clear(&keep->matters);
	free(keep->rest.kept);
	free(keep->matters.kept);
	free(keep);
}

static int
fold(const uint8_t *a, const uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (a[i] != b[i] && tolower(a[i]) != tolower(b[i]))
			return tolower(a[i]) - tolower(b[i]);
	return 0;
}

/* Letters of names may come in any case, as they were asked. */
static int
compare(const struct rr *a, const struct rr *b)
{
	int order = (a->type > b->type) - (a->type < b->type);

	if (order == 0)
		order = fold(a->rdata, b->rdata, a->len < b->len ? a->len :
		    b->len);
	if (order == 0)
		order = (a->len > b->len) - (a->len < b->len);
	if (order == 0)
		order = (a->owner->len > b->owner->len) -
		    (a->owner->len < b->owner->len);
	return order != 0 ? order : fold(a->owner->wire, b->owner->wire,
	    a->owner->len);
}

/* The very first is kept whatever its length: something stands there. */
static bool
is_over(const struct shelf *shelf)
{
	return shelf->used + shelf->count > BOUND_RECORDS ||
	    (shelf->used + shelf->count > 1 &&
	    shelf->used_octets + shelf->octets > BOUND_OCTETS);
}

/* Takes the greatest out. */
static struct kept
shelf_take(struct shelf *shelf)
{
	size_t greatest = 0;
	struct kept out;

	for (size_t i = 1; i < shelf->count; i++)
		if (compare(&shelf->kept[i].rr, &shelf->kept[greatest].rr) >= 0)
			greatest = i;
	out = shelf->kept[greatest];
	shelf->kept[greatest] = shelf->kept[--shelf->count];
	shelf->octets -= out.rr.len;
	return out;
}

static void
drop(struct keep *keep, struct shelf *shelf, struct kept *kept);

static void
shelf_put(struct keep *keep, struct shelf *shelf, struct kept *kept)
{
	if (shelf->full && compare(&kept->rr, &shelf->least) >= 0) {
		drop(keep, shelf, kept);
		return;
	}
	if (shelf->count == shelf->capacity) {
		shelf->capacity = shelf->capacity == 0 ? 4 :
		    2 * shelf->capacity;
		shelf->kept = xreallocarray(shelf->kept, shelf->capacity,
		    sizeof *shelf->kept);
	}
	shelf->kept[shelf->count++] = *kept;
	shelf->octets += kept->rr.len;
	while (is_over(shelf)) {
		struct kept out = shelf_take(shelf);

		rr_release(&shelf->least);
		rr_copy(&shelf->least, &out.rr);
		shelf->full = true;
		drop(keep, shelf, &out);
	}
}

/* No room among the rest: what matters has a shelf of its own. */
static void
drop(struct keep *keep, struct shelf *shelf, struct kept *kept)
{
	if (shelf == &keep->rest && keep->how != NULL &&
	    keep->how->matters != NULL &&
	    keep->how->matters(keep->how->arg, keep->question,
	    &kept->rr)) {
		shelf_put(keep, &keep->matters, kept);
		return;
	}
	rr_release(&kept->rr);
	keep->cut = true;
}

/*
 * Of a text that alone is longer than all that is kept, the beginning tells
 * what it is: whole strings of it.
 */
static bool
shorten(struct rr *rr)
{
	size_t at = 0, next;

	if (rr->type != RR_TXT || rr->len <= BOUND_OCTETS)
		return false;
	while ((next = at + rr->rdata[at] + 1u) <= BOUND_TEXT)
		at = next;
	rr->len = (uint16_t)at;
	return true;
}

void
keep_add(struct keep *keep, const struct rr *rr)
{
	struct kept kept = { *rr, keep->number++ };

	keep->cut |= shorten(&kept.rr);

	shelf_put(keep, &keep->rest, &kept);
}

static int
by_number(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

void
keep_section(struct keep *keep, struct observation *o,
    void (*add)(struct observation *o, const struct rr *rr))
{
	size_t count = keep->rest.count + keep->matters.count;
	struct kept *all = xcalloc(count + 1, sizeof *all);

	for (size_t i = 0; i < count; i++)
		all[i] = i < keep->rest.count ? keep->rest.kept[i] :
		    keep->matters.kept[i - keep->rest.count];
	qsort(all, count, sizeof *all, by_number);
	for (size_t i = 0; i < count; i++)
		add(o, &all[i].rr);
	free(all);
	shelf_clear(&keep->rest);
	shelf_clear(&keep->matters);
}

bool
keep_has_cut(const struct keep *keep)
{
	return keep->cut;
}
