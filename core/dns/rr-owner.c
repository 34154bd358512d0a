#include "dns/rr.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* What a record holds, and the name that it shares with others. */

/* A name of several records. */
struct owner {
	struct name name;
	size_t records;		/* that hold on to it */
};

static struct name *
hold(struct name *name)
{
	if (name != NULL)
		((struct owner *)name)->records++;
	return name;
}

static void
let_go(struct name *name)
{
	if (name != NULL && --((struct owner *)name)->records == 0)
		free(name);
}

void
rr_set_owner(struct rr *rr, const struct name *name)
{
	struct owner *owner = xmalloc(sizeof *owner);

	owner->name = *name;
	owner->records = 1;
	let_go(rr->owner);
	rr->owner = &owner->name;
}

void
rr_share_owner(struct rr *rr, const struct name *name, const struct rr *other)
{
	struct name *theirs = other != NULL ? other->owner : NULL;

	if (theirs == NULL || theirs->len != name->len ||
	    memcmp(theirs->wire, name->wire, name->len) != 0) {
		rr_set_owner(rr, name);
	} else {
		let_go(rr->owner);
		rr->owner = hold(theirs);
	}
}

size_t
rr_octets(const struct rr *rr, size_t count)
{
	size_t octets = count * sizeof *rr;

	for (size_t i = 0; i < count; i++) {
		octets += rr[i].len;
		if (i == 0 || rr[i].owner != rr[i - 1].owner)
			octets += sizeof(struct owner);
	}
	return octets;
}

void
rr_copy(struct rr *dst, const struct rr *src)
{
	*dst = *src;
	dst->owner = hold(src->owner);
	dst->rdata = xmalloc(src->len);
	if (src->len > 0)
		memcpy(dst->rdata, src->rdata, src->len);
}

void
rr_release(struct rr *rr)
{
	free(rr->rdata);
	rr->rdata = NULL;
	rr->len = 0;
	let_go(rr->owner);
	rr->owner = NULL;
}
