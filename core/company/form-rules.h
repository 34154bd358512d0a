/*
 * What a company's form is like: what its fields take, what they are called,
 * in which order they come, where they end.  Whose form it is, is provider.h's
 * affair; filling one in form.h's, what it makes of that form-store.h's.
 */
#ifndef DNSESAME_FORM_RULES_H
#define DNSESAME_FORM_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FORM_WORDS = 10
};

/* What a form refuses; bits. */
enum {
	FORM_REFUSES_CNAME = 1 << 0,	/* rows of a type */
	FORM_REFUSES_TXT = 1 << 1,
	FORM_REFUSES_MX = 1 << 2,
	/* A CNAME where the name has another row, and the reverse. */
	FORM_REFUSES_BESIDE_CNAME = 1 << 3,
	/* A second MX of the same name and priority. */
	FORM_REFUSES_SAME_MX = 1 << 4,
	FORM_REFUSES_EMPTY_NAME = 1 << 5,
	FORM_REFUSES_AT = 1 << 6	/* "@" as a name */
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

/* A word of a page, and what Japanese readers see in its place. */
struct form_ja {
	const char *word, *ja;
};

/*
 * Strings in the form's own language are data (labels, menu, buttons); those
 * marked N_() are sentences of ours and are translated.
 */
struct form_rules {
	/*
	 * "ja", "en"; NULL: the page speaks its reader's language, and its
	 * labels, menu and buttons are N_() (form_word).
	 */
	const char *lang;
	/*
	 * Labels, menu and buttons of a page that is in Japanese for those
	 * who read it; up to the first that is NULL.
	 */
	struct form_ja in_ja[FORM_WORDS];
	enum provider_confidence ja_sure;

	bool as_most;	/* FORM_AS_MOST: no more than words are its own */
	enum provider_name_rule name_rule;
	enum provider_target_rule target_rule;
	enum provider_quote_rule quote_rule;
	enum provider_mx_rule mx_rule;
	enum provider_keeping keeps;
	enum provider_confidence name_sure, target_sure, quote_sure, mx_sure;
	enum provider_confidence keeps_sure;
	bool target_strict;	/* a target of the other kind is refused */
	unsigned refuses;	/* FORM_REFUSES_* */
	enum provider_confidence refuses_sure;
	const char *txt_refused;	/* characters; NULL: none is known */
	size_t txt_max;		/* characters; 0: no limit is known */
	enum provider_confidence txt_max_sure;
	size_t name_max;	/* characters of the name field; 0: the same */
	/* Names with an underscore were taken: by what is known. */
	enum provider_confidence underscore_sure;
	/* A type that looks like CNAME, and shows none; NULL: none is known. */
	const char *type_alias;
	enum provider_confidence alias_sure;

	/* The fields from first to last; one named twice counts once. */
	enum form_id order[FORM_IDS];
	/*
	 * Labels of the form's fields.  NULL: not known, generic's stands in
	 * for name, type, value and priority; other fields there are not.
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

	unsigned learnt;	/* of a corrected copy alone */
};

/*
 * The rules of a form of which no more is known than its words, or whether it
 * wants quotes: what most forms want.
 */
#define FORM_AS_MOST \
	.as_most = true, .name_rule = PROVIDER_LABEL, \
	.target_rule = PROVIDER_NO_DOT, .mx_rule = PROVIDER_MX_BOX, \
	.name_sure = PROVIDER_MEDIUM, .target_sure = PROVIDER_LOW, \
	.mx_sure = PROVIDER_LOW, .apex = "", \
	.order = { FORM_NAME, FORM_TYPE, FORM_VALUE, FORM_PRIORITY, FORM_TTL }

/* A copy, corrected by what was learnt (PROVIDER_LEARNT_*). */
void
form_correct(struct form_rules *dst, const struct form_rules *rules,
    unsigned learnt);

/* A label, menu or button as it stands on the reader's page; NULL: NULL. */
const char *
form_word(const struct form_rules *rules, const char *word);

/*
 * May addresses be a proxy's of this company?  Where its form is known it has
 * a field for that, or there is none.
 */
bool
form_may_proxy(const struct form_rules *rules);

/* One row holds all values of a name and type there: usually, or surely. */
bool
form_joins_values(const struct form_rules *rules);

/* Does it refuse one of these: usually, or surely? */
bool
form_refuses(const struct form_rules *rules, unsigned what);

/* Has it no rows of this type? */
bool
form_refuses_type(const struct form_rules *rules, uint16_t type);

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

#endif
