/*
 * DMARC records after RFC 9989, which replaced RFC 7489; where receivers that
 * still follow the old one read a record differently, a note says so.  Pure.
 * Reasons and notes are constant English for gettext.
 */
#ifndef DNSESAME_DMARC_H
#define DNSESAME_DMARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

enum {
	DMARC_QUERIES = 8,	/* of one tree walk, RFC 9989 section 4.10 */
	DMARC_REPORTS = 4	/* report addresses that are looked at */
};

/* In the order of harm. */
enum dmarc_policy {
	DMARC_UNSET,		/* no tag; as a verdict: DMARC is not applied */
	DMARC_NONE,
	DMARC_QUARANTINE,
	DMARC_REJECT
};

enum dmarc_psd {
	DMARC_PSD_UNKNOWN,	/* psd=u, the default */
	DMARC_PSD_YES,
	DMARC_PSD_NO
};

struct dmarc {
	bool record;		/* receivers take it for DMARC at all */
	const char *why;	/* the first error; NULL: none */
	size_t at;		/* octets of the text before its tag */
	const char *note;	/* allowed, yet not for everybody; or NULL */
	size_t note_at;
	enum dmarc_policy p, sp, np;	/* DMARC_UNSET: absent or broken */
	bool policy_broken;	/* p, sp or np has no such value */
	bool strict_dkim;	/* adkim=s */
	bool strict_spf;	/* aspf=s */
	bool testing;		/* t=y; RFC 7489 does not know it */
	bool reports;		/* rua has at least one good address */
	struct name report[DMARC_REPORTS];	/* behind @ in rua and ruf */
	size_t report_count;			/* each domain once */
	enum dmarc_psd psd;
};

/*
 * Does a TXT count: v=DMARC1 first, in this very case, then a semicolon or
 * the end.  RFC 9989 section 4.7: anything else is ignored.
 */
bool
dmarc_is_record(const uint8_t *text, size_t len);

/*
 * Reads the strings of one TXT, joined.  -1 with out->why and out->at at the
 * first error; what else could be read is in *out all the same.
 */
int
dmarc_parse(struct dmarc *out, const uint8_t *text, size_t len);

/*
 * The policy asked of receivers for the domain of the record itself, or for a
 * subdomain of it, which exists in DNS or not (sections 4.7, 4.10.1).  t=y is
 * left out of account: half the world does not know it.
 */
enum dmarc_policy
dmarc_policy(const struct dmarc *dmarc, bool subdomain, bool exists);

/*
 * The names to ask for TXT, in order, for the tree walk of section 4.10 that
 * starts at domain: _dmarc.DOMAIN, then up, from eight labels on straight to
 * seven.  Stop at a psd=y or psd=n.  Returns how many, at most max.
 */
size_t
dmarc_walk(const struct name *domain, struct name out[], size_t max);

/*
 * The organisational domain (section 4.10.2): asked are the names of the walk,
 * record[i] is what the single record at asked[i] said or NULL when there is
 * none or several.  RFC 7489 takes the public suffix list instead.
 */
struct name
dmarc_organisation(const struct name *domain, const struct name asked[],
    const struct dmarc *const record[], size_t count);

/*
 * Which of those records rules mail from domain (section 4.10.1): its own,
 * the organisational domain's, the public suffix's; -1: none.
 */
int
dmarc_applies(const struct name *domain, const struct name asked[],
    const struct dmarc *const record[], size_t count);

/*
 * Whether an authenticated name (DKIM's d=, the MAIL FROM domain) stands for
 * the domain of the From line: the same name when strict, else the same
 * organisational domain.
 */
bool
dmarc_aligned(const struct name *from, const struct name *from_organisation,
    const struct name *name, const struct name *name_organisation,
    bool strict);

#endif
