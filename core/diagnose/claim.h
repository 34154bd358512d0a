/*
 * Claims: what was seen of a record, each provable from the recorded answers
 * (claim.def).  Explanations are put together from them.  Pure.
 */
#ifndef DNSESAME_CLAIM_H
#define DNSESAME_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

enum claim_kind {
#define CLAIM(id, name, sentence) id,
#include "diagnose/claim.def"
#undef CLAIM
	CLAIM_COUNT
};

enum {
	CLAIM_MAX = 20,		/* of one record */
	CLAIM_NO_FOUND = -1
};

struct claim {
	enum claim_kind kind;
	struct name owner;
	uint16_t type;
	int found;		/* which evidence holds VALUE, or none */
	uint32_t at;		/* bit i: server i of the diagnosis */
	size_t resolver;	/* 1: the first shared one; 0: none */
	size_t remark;		/* the record's remark that says it; 0: none */
};

struct claim_row {
	const char *name;	/* "held-elsewhere": never changes */
	/* A msgid with named places; NULL: the finding's own words say it. */
	const char *sentence;
};

const struct claim_row *
claim_row(enum claim_kind kind);

struct record_diagnosis;
struct diagnosis;
struct facts;
struct evidence;

/* Fills the record's claims with all that its facts show. */
void
claims_make(struct record_diagnosis *record, const struct diagnosis *d,
    const struct evidence *evidence);

/*
 * Do the record's claims carry what its finding says in its own words
 * (rests.def)?
 */
bool
claims_carry(const struct record_diagnosis *record);

#endif
