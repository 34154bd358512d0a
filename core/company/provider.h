/*
 * The DNS companies: a row each (companies/) says who it is, by which name
 * servers it is known (detect.h), and where its page is.  What the form on
 * that page is like is a part of its own (form-rules.h).
 */
#ifndef DNSESAME_PROVIDER_H
#define DNSESAME_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "company/form-rules.h"
#include "dns/name.h"

struct wanted;

enum {
	PROVIDER_LONG_WAIT = 120,	/* minutes */
	PROVIDER_PITFALLS = 4,
	PROVIDER_CALLED = 256	/* octets of a name inside a sentence */
};

/* The cards on which a sentence about a company stands; bits, 0: all. */
enum {
	PROVIDER_ON_ALL = 0,
	PROVIDER_ON_CNAME = 1 << 0,
	PROVIDER_ON_TXT = 1 << 1,
	PROVIDER_ON_MX = 1 << 2,
	PROVIDER_ON_SPF = 1 << 3,	/* of the TXT ones */
	PROVIDER_ON_DMARC = 1 << 4,
	PROVIDER_ON_CARDS = PROVIDER_ON_CNAME | PROVIDER_ON_TXT |
	    PROVIDER_ON_MX | PROVIDER_ON_SPF | PROVIDER_ON_DMARC,
	/* And a reason why rows that were entered cannot be seen. */
	PROVIDER_WITH_MISSING = 1 << 5
};

/* What people trip over at a company. */
struct provider_pitfall {
	unsigned on;		/* PROVIDER_ON_* */
	const char *text;	/* N_(); NULL: none */
};

/* Where the facts of a row come from; bits. */
enum {
	PROVIDER_BY_MANUAL = 1 << 0,	/* the company's own manual or code */
	PROVIDER_BY_GUIDES = 1 << 1,	/* manuals of mail services */
	PROVIDER_BY_CLIENTS = 1 << 2,	/* programs that use its interface */
	PROVIDER_BY_REPORTS = 1 << 3	/* what people wrote who did it */
};

/*
 * As in form-rules.h, menu and buttons are the page's own words, in its
 * language (form.lang).
 */
struct provider {
	const char *id;
	const char *name;
	const char *name_ja;	/* NULL: the same */
	const char *also;	/* other names by which people look for it */

	/*
	 * Name-server patterns, a space between two; NULL: none.  They fit at
	 * label boundaries, case ignored: ".x.jp" any name below x.jp;
	 * otherwise the whole name, in which [0-9] is one digit, [0-9]+ as
	 * many as come, [abc] one of these and * one label.
	 */
	const char *nameserver;
	/*
	 * Theirs by one weak source, or also another company's: never said to
	 * be certain.
	 */
	const char *perhaps;
	/* Servers of this company on which rows have no effect. */
	const char *parking;
	/* A pattern of the host to which _domainconnect leads. */
	const char *connect;

	struct form_rules form;		/* see provider_rules */

	/* These hold where its form is not known, too. */
	const char *menu;		/* "A > B > C" */
	const char *page;		/* its address; {zone} is filled */
	const char *save, *save_older;	/* buttons */
	bool save_adds;			/* save is of new rows alone */
	const char *add;		/* of each row, before the last; */
	const char *add_sign;		/* N_(): one that bears no word */
	const char *import;		/* where lines of a zone file go in */
	const char *before;		/* N_(): to be switched on first */
	const char *servers_say;	/* N_(): by {server}, if it is known */
	struct provider_pitfall pitfall[PROVIDER_PITFALLS];
	int wait_min, wait_max;		/* usual minutes, 0 unknown */

	enum provider_confidence sure;	/* over all */
	const char *fact_date;		/* "2026-11" */
	unsigned sources;		/* PROVIDER_BY_* */
};

/* All rows, generic last; *count is set. */
const struct provider *const *
provider_table(size_t *count);

/* NULL when there is none. */
const struct provider *
provider_find(const char *id);

/* The row of safe defaults for companies we do not know. */
const struct provider *
provider_generic(void);

/* What its form is like; generic's, where nothing is known of it. */
const struct form_rules *
provider_rules(const struct provider *provider);

/* True for a pitfall that is this record's own, and not everyone's. */
bool
provider_pitfall_is_of(const struct provider_pitfall *pitfall,
    const struct wanted *wanted);

/*
 * The minutes for which a saved row may well not be seen yet: the longest
 * usual wait; where that is long, the shortest, for nobody waits a day before
 * the cause is looked for.
 */
int
provider_patience(const struct provider *provider);

/* "Muumuu Domain" or 「ムームードメイン」, by the language in force. */
const char *
provider_name(const struct provider *provider);

/*
 * The same inside a sentence: without what stands in brackets to tell it from
 * others in a list, a company that is not known by what it does, and in the
 * place of one that only parks the company that has the form.
 */
const char *
provider_called(const struct provider *provider,
    char buf[static PROVIDER_CALLED]);

/* Where its page is, as form_word; NULL when that is not known. */
const char *
provider_menu(const struct provider *provider);

/* The address of that page, or the nearest to it that is known; else "". */
void
provider_page(struct text *t, const struct provider *provider,
    const struct name *zone);

#endif
