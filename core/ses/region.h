/*
 * SES regions: names, DKIM signing zone, feedback host.  One table, after the
 * AWS General Reference (SES endpoints and quotas) as of autumn 2026.
 */
#ifndef DNSESAME_REGION_H
#define DNSESAME_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dns/name.h"

struct region {
	const char *code;	/* "ap-northeast-1" */
	const char *name;	/* English, gettext msgid: "Tokyo" */
	const char *dkim_zone;	/* NULL: not known, must be given */
};

/* All regions in the order of a menu; *count is set. */
const struct region *
region_table(size_t *count);

/* NULL when there is none; case ignored. */
const struct region *
region_find(const char *code);

/* How AWS names its regions, known or not: "mx-central-1". */
bool
region_has_shape(const char *code);

/* The same, and by the name that a menu shows, in whichever language. */
const struct region *
region_named(const char *text);

/*
 * The one whose code or name is at most a letter in three away from what was
 * typed, for "did you mean"; NULL when none is.
 */
const struct region *
region_nearest(const char *typed);

/* Adds why what was typed is no region, and which one was perhaps meant. */
void
region_refused(struct text *t, const char *typed, const char *why);

/* feedback-smtp.REGION.amazonses.com, where a custom MAIL FROM's MX points. */
void
region_feedback_host(const char *code, struct name *out);

/*
 * The address of SES's page in AWS's console: of this region, or for "" where
 * the console was last.  Nothing for the partitions that have another console.
 */
void
region_console(struct text *t, const char *code);

/* The region whose feedback host or regional DKIM zone this is, or NULL. */
const struct region *
region_of_host(const struct name *host);

#endif
