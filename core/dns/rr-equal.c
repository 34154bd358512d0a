#include "dns/rr.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	END = -1,
	BROKEN = -2
};

/* Walks a text, whose strings may end anywhere. */
struct walk {
	const struct rr *rr;
	size_t at, left;	/* left: of the string */
};

static int
next_octet(struct walk *walk)
{
	const struct rr *rr = walk->rr;

	while (walk->left == 0) {
		if (walk->at == rr->len)
			return END;
		walk->left = rr->rdata[walk->at++];
		if (walk->left > rr->len - walk->at)
			return BROKEN;
	}
	walk->left--;
	return rr->rdata[walk->at++];
}

static bool
text_equal(const struct rr *a, const struct rr *b)
{
	struct walk x = { .rr = a }, y = { .rr = b };
	int octet;

	if (a->len == 0 || b->len == 0)
		return false;
	/* Of one string each, which are not the same octets. */
	if (a->rdata[0] + 1u == a->len && b->rdata[0] + 1u == b->len)
		return false;
	while ((octet = next_octet(&x)) == next_octet(&y))
		if (octet < 0)
			return octet == END;
	return false;
}

static bool
same_but_for_case(const struct rr *a, const struct rr *b)
{
	if (a->len != b->len)
		return false;
	for (size_t i = 0; i < a->len; i++)
		if (a->rdata[i] != b->rdata[i] &&
		    tolower(a->rdata[i]) != tolower(b->rdata[i]))
			return false;
	return true;
}

/*
 * What has thousands of records is compared a hundred thousand times: only
 * what may be equal is written out.
 */
bool
rr_equal(const struct rr *a, const struct rr *b)
{
	char *x, *y;
	bool equal;

	if (a->type != b->type)
		return false;
	if (a->len == b->len &&
	    (a->len == 0 || memcmp(a->rdata, b->rdata, a->len) == 0))
		return true;
	if (a->type == RR_TXT || a->type == RR_SPF)
		return text_equal(a, b);
	if (!same_but_for_case(a, b))
		return false;
	/* Two meanings never share a value: it is written that way. */
	x = rr_value_new(a);
	y = rr_value_new(b);
	equal = strcmp(x, y) == 0;
	free(x);
	free(y);
	return equal;
}

/* What is not printable is written in other signs, as is what is broken. */
bool
rr_has_value(const struct rr *rr, const char *value)
{
	struct walk walk = { .rr = rr };
	size_t at = 0;
	int octet = END;
	char *text;
	bool equal;

	if (rr->type == RR_TXT && value[0] != '\\') {
		while ((octet = next_octet(&walk)) >= ' ' && octet < 0x7f &&
		    octet != '\\')
			if (value[at++] != octet)
				return false;
		if (octet == END)
			return value[at] == '\0' && rr->len > 0;
	}
	text = rr_value_new(rr);
	equal = strcmp(text, value) == 0;
	free(text);
	return equal;
}
