/*
 * The DNS companies and their forms.  A row per company (companies/) says what
 * its form wants; provider_form is the only place where a row meets a record,
 * provider_store is its inverse: what such a form stores.
 */
#ifndef DNSESAME_PROVIDER_H
#define DNSESAME_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dns/name.h"
#include "ses/plan.h"
#include "dns/rr.h"

enum {
	PROVIDER_LONG_WAIT = 120,	/* minutes */
	PROVIDER_PITFALLS = 4,
	PROVIDER_WORDS = 10,
	PROVIDER_CALLED = 256,	/* octets of a name inside a sentence */
	PROVIDER_CANDIDATES = 4,	/* companies of one name server */
	FORM_FIELDS = 8,
	FORM_TEXT = 1024
};

/* What the name box takes. */
enum provider_name_rule {
	PROVIDER_LABEL,		/* the label only; a full name comes doubled */
	PROVIDER_EITHER,	/* label or full name */
	PROVIDER_FULL_DOT,	/* label, or full name with final dot */
	PROVIDER_LINE		/* a line of text holds everything */
};

/* How a CNAME or MX target is written. */
enum provider_target_rule {
	PROVIDER_NO_DOT,
	PROVIDER_DOT,		/* without final dot the zone is appended */
	PROVIDER_DOT_OPTIONAL
};

enum provider_quote_rule {
	PROVIDER_BARE,		/* quotes would be kept */
	PROVIDER_QUOTES_OPTIONAL,
	PROVIDER_QUOTED		/* quotes are required */
};

/* Where the MX priority goes. */
enum provider_mx_rule {
	PROVIDER_MX_BOX,	/* a field of its own */
	PROVIDER_MX_VALUE	/* "10 host" in the value field */
};

/* How the company keeps several values of one name and type. */
enum provider_keeping {
	PROVIDER_ROWS,		/* each value is a row of its own */
	PROVIDER_RECORD_SETS,	/* one row, a line for each value */
	PROVIDER_ZONE_TEXT	/* lines of one text */
};

/* How sure a fact is; shown by wording, never hidden. */
enum provider_confidence {
	PROVIDER_UNKNOWN,
	PROVIDER_LOW,
	PROVIDER_MEDIUM,
	PROVIDER_HIGH
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

/* What the check taught about a form, against its row; bits. */
enum {
	PROVIDER_LEARNT_DOT = 1 << 0,	/* it adds the zone to a target */
	PROVIDER_LEARNT_QUOTES = 1 << 1,	/* a value without is cut */
	PROVIDER_LEARNT_BARE = 1 << 2	/* quotes become part of the value */
};

enum form_id {
	FORM_NAME,
	FORM_TYPE,
	FORM_VALUE,
	FORM_PRIORITY,
	FORM_TTL,
	FORM_PROXY,
	FORM_LINE,
	FORM_EXTRA,
	FORM_IDS
};

/* A word of a form, and what Japanese readers see in its place. */
struct provider_ja {
	const char *word, *ja;
};

/*
 * Strings in the form's own language are data (labels, menu, buttons); those
 * marked N_() are sentences of ours and are translated.
 */
struct provider {
	const char *id;
	const char *name;
	const char *name_ja;	/* NULL: the same */
	const char *also;	/* other names by which people look for it */
	/*
	 * "ja", "en"; NULL: the page speaks its reader's language, and its
	 * labels, menu and buttons are N_() (provider_word).
	 */
	const char *form_lang;
	/*
	 * Labels, menu and buttons of a page that is in Japanese for those
	 * who read it; up to the first that is NULL.
	 */
	struct provider_ja in_ja[PROVIDER_WORDS];
	enum provider_confidence ja_sure;
	/* False: the company is only recognised, its form is generic's. */
	bool own_form;

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

	enum provider_name_rule name_rule;
	enum provider_target_rule target_rule;
	enum provider_quote_rule quote_rule;
	enum provider_mx_rule mx_rule;
	enum provider_keeping keeps;
	enum provider_confidence name_sure, target_sure, quote_sure, mx_sure;
	enum provider_confidence keeps_sure;
	bool target_strict;	/* a target of the other kind is refused */
	const char *txt_refused;	/* characters; NULL: none is known */
	size_t txt_max;		/* characters; 0: no limit is known */
	size_t name_max;	/* characters of the name field; 0: the same */

	/* The fields from first to last; one named twice counts once. */
	enum form_id order[FORM_IDS];
	/*
	 * Labels of the form's fields.  NULL: not known, generic's stands in
	 * for name, type, value and priority; other fields there are not.
	 * They hold without a form of its own, too.
	 */
	const char *label_name, *label_type, *label_value;
	const char *label_target;	/* of CNAME, when it differs */
	const char *label_mail;		/* of MX, when it differs */
	const char *label_priority, *label_ttl;
	bool priority_shown;		/* for every type; empty but for MX */
	const char *label_proxy, *value_proxy;	/* CNAME only */
	const char *label_line;		/* PROVIDER_LINE */
	const char *type_cname, *type_txt, *type_mx;	/* NULL: plain */
	const char *apex;	/* the domain itself; {zone} is filled */
	const char *ttl;		/* NULL: leave what is offered */
	/*
	 * PROVIDER_LINE: {name} {owner} {target} {value} {priority} are
	 * filled; owner is the full name, with a dot.
	 */
	const char *line_cname, *line_txt, *line_mx;

	/* These hold without a form of its own, too. */
	const char *menu;		/* "A > B > C" */
	const char *page;		/* its address; {zone} is filled */
	const char *save, *save_older;	/* buttons */
	const char *add;		/* of each row, before the last */
	const char *import;		/* where lines of a zone file go in */
	const char *before;		/* N_(): to be switched on first */
	const char *servers_say;	/* N_(): by {server}, if it is known */
	struct provider_pitfall pitfall[PROVIDER_PITFALLS];
	int wait_min, wait_max;		/* usual minutes, 0 unknown */

	enum provider_confidence sure;	/* over all */
	const char *fact_date;		/* "2026-11" */
	unsigned sources;		/* PROVIDER_BY_* */
	unsigned learnt;		/* of a corrected copy alone */
};

struct form_field {
	enum form_id id;
	const char *label;	/* the form's own words; of the row */
	char value[FORM_TEXT];	/* exactly what goes in; "" leave empty */
	bool keep;		/* leave what the form offers */
};

struct form {
	struct form_field field[FORM_FIELDS];
	size_t count;
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

/* The row whose form is filled in: generic's without a form of its own. */
const struct provider *
provider_form_row(const struct provider *provider);

/*
 * The company with its form corrected by what was learnt (PROVIDER_LEARNT_*):
 * a copy of the row that stands wherever a row may.
 */
void
provider_correct(struct provider *dst, const struct provider *provider,
    unsigned learnt);

/* True for a pitfall that is this record's own, and not everyone's. */
bool
provider_pitfall_is_of(const struct provider_pitfall *pitfall,
    const struct wanted *wanted);

/*
 * May addresses be a proxy's of this company?  Where its form is known it has
 * a field for that, or there is none.
 */
bool
provider_may_proxy(const struct provider *row);

/* One row holds all values of a name and type there: usually, or surely. */
bool
provider_joins_values(const struct provider *row);

/*
 * The minutes for which a saved row may well not be seen yet: the longest
 * usual wait; where that is long, the shortest, for nobody waits a day before
 * the cause is looked for.
 */
int
provider_patience(const struct provider *provider);

/* Moves on to the next pattern of a list; false at the end, or for NULL. */
bool
provider_next_pattern(char pattern[static NAME_TEXT], const char **list);

/*
 * The company that runs these name servers, or NULL; *evidence is the index
 * of the server that gave it away, *parked whether it only parks the domain.
 * Either may be NULL.  A server that counts outweighs one that parks, and
 * that one which is only perhaps the company's.
 */
const struct provider *
provider_detect(const struct name *servers, size_t count, size_t *evidence,
    bool *parked);

/*
 * The company to which the value of _domainconnect leads ("HOST/PATH", or a
 * host name), or NULL.  It survives a move, so it is a hint and no more.
 */
const struct provider *
provider_of_connect(const char *value);

/*
 * The companies that this server may belong to, in the order of the table:
 * one when it is sure, more when only its user can tell.
 */
size_t
provider_candidates(const struct provider *out[static PROVIDER_CANDIDATES],
    const struct name *server);

/* True when the server is this company's, if only perhaps or to park. */
bool
provider_runs(const struct provider *provider, const struct name *server);

/* True when it is, and not only perhaps. */
bool
provider_surely_runs(const struct provider *provider,
    const struct name *server);

/* "Muumuu Domain" or 「ムームードメイン」, by the language in force. */
const char *
provider_name(const struct provider *provider);

/*
 * The same inside a sentence: without what stands in brackets to tell it from
 * others in a list, and a company that is not known by what it does.
 */
const char *
provider_called(const struct provider *provider,
    char buf[static PROVIDER_CALLED]);

/* A label, menu or button of the row as it stands on the reader's page. */
const char *
provider_word(const struct provider *row, const char *word);

/* Where its page is, as provider_word; NULL when that is not known. */
const char *
provider_menu(const struct provider *provider);

/* The address of that page, or the nearest to it that is known; else "". */
void
provider_page(struct text *t, const struct provider *provider,
    const struct name *zone);

/* The JSON words: "label", "either", "full-dot", "line"; "no-dot" ... */
const char *
provider_name_rule_text(enum provider_name_rule rule);
const char *
provider_target_rule_text(enum provider_target_rule rule);
const char *
provider_confidence_text(enum provider_confidence confidence);
/* "name", "type", "value", "priority", "ttl", "proxy", "line", "extra". */
const char *
form_id_text(enum form_id id);

/*
 * What to type for this record: the row's fields in the form's order.  The
 * name is computed against the zone as found live.
 */
void
provider_form(struct form *form, const struct provider *provider,
    const struct wanted *wanted, const struct name *zone);

/* The field with this id, or NULL. */
const struct form_field *
form_find(const struct form *form, enum form_id id);

/*
 * What the form objects to when a new row is to stand beside one that is
 * there; NULL when it takes it.
 */
const char *
provider_refuses_beside(const struct provider *provider,
    const struct rr *standing, const struct rr *rr);

/*
 * What the company's form would store for the fields as typed into form: the
 * inverse of provider_form.  Nothing is trimmed or guessed; rows of CNAME, TXT
 * and MX are known, and a proxied CNAME becomes an address.  rr is allocated
 * (rr_release).  -1 and *why when such a form would refuse; then there is
 * nothing to release.
 */
int
provider_store(struct rr *rr, const struct provider *provider,
    const struct form *form, const struct name *zone, const char **why);

#endif
