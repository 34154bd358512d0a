/*
 * SPF records, RFC 7208: the text of one record taken apart, and the limits
 * on what it leads to.  Pure: no DNS is asked here, spf_walk says what is
 * still to be asked.  Reasons are constant English for gettext.
 */
#ifndef DNSESAME_SPF_H
#define DNSESAME_SPF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"

enum {
	SPF_LOOKUPS = 10,	/* look-ups allowed, RFC 7208 section 4.6.4 */
	SPF_VOIDS = 2,		/* of them without an answer, same section */
	SPF_COUNTED = 40,	/* look-ups a walk counts before it gives up */
	SPF_QUESTIONS = 16	/* questions one walk hands out */
};

enum spf_kind {
	SPF_ALL,
	SPF_INCLUDE,
	SPF_A,
	SPF_MX,
	SPF_PTR,
	SPF_IP4,
	SPF_IP6,
	SPF_EXISTS,
	SPF_REDIRECT,
	SPF_EXP,
	SPF_UNKNOWN	/* a modifier without meaning, or a word SPF lacks */
};

/* What a mechanism says of who matches it. */
enum spf_qualifier {
	SPF_ABSENT,	/* for `all`: there is none */
	SPF_PASS,
	SPF_NEUTRAL,
	SPF_SOFTFAIL,
	SPF_FAIL
};

struct spf_term {
	enum spf_kind kind;
	enum spf_qualifier qualifier;	/* of a modifier SPF_ABSENT */
	bool has_macro;		/* the domain depends on the message */
	struct name domain;	/* len 0: none written, or has_macro */
	size_t at, len;		/* its octets in the text */
};

struct spf {
	bool record;		/* stands as an SPF record at all */
	const char *why;	/* the first error; NULL: none */
	size_t at;		/* octets of the text before its term */
	const char *note;	/* allowed, but surely not meant; or NULL */
	size_t note_at;
	enum spf_qualifier all;	/* the first `all` */
	bool after_all;		/* mechanisms stand behind it: never read */
	bool redirect;
	bool redirect_and_all;	/* the redirect is ignored, section 6.1 */
	bool ptr;		/* section 5.5: do not use */
	unsigned lookups;	/* terms that ask DNS before `all` */
};

enum spf_include {
	SPF_INCLUDE_MISSING,
	SPF_INCLUDE_AFTER_ALL,	/* nobody reads so far */
	SPF_INCLUDE_REFUSES,	/* -include, ~include or ?include */
	SPF_INCLUDE_PASSES
};

/* Does a TXT count as SPF: "v=spf1" and a space or the end, section 4.5. */
bool
spf_is_record(const uint8_t *text, size_t len);

/*
 * Reads the strings of one TXT, joined.  -1 with out->why and out->at at the
 * first error; what else could be read is in *out all the same.
 */
int
spf_parse(struct spf *out, const uint8_t *text, size_t len);

/*
 * One term of a record after the other, however many: starts with *at 0 and
 * moves it; false at the end.  *why is an error of this term, *note a slip
 * that is none; NULL otherwise.
 */
bool
spf_next(struct spf_term *out, const uint8_t *text, size_t len, size_t *at,
    const char **why, const char **note);

/* Does evaluating such a term ask DNS?  RFC 7208 section 4.6.4. */
bool
spf_asks(enum spf_kind kind);

/* How a record includes this name.  A redirect is no include. */
enum spf_include
spf_includes(const uint8_t *text, size_t len, const struct name *name);

enum spf_answer {
	SPF_WAITING,	/* not known yet */
	SPF_NONE,	/* NXDOMAIN or nothing of this type */
	SPF_TEXT,	/* TXT: one SPF record; A, MX: there is something */
	SPF_NO_RECORD,	/* TXT: there are some, none of them SPF */
	SPF_MULTIPLE,	/* TXT: several records; MX: more than ten hosts */
	SPF_FAILED	/* could not find out */
};

/*
 * What the caller knows of name.  type is RR_TXT, where *text and *len are
 * set for SPF_TEXT; RR_A for `a` and `exists` (SES sends over IPv4); RR_MX.
 */
typedef enum spf_answer
spf_ask(void *context, const struct name *name, uint16_t type,
    const uint8_t **text, size_t *len);

struct spf_question {
	struct name name;
	uint16_t type;
};

struct spf_walk {
	const char *why;	/* what makes receivers give up; NULL: none */
	struct name where;	/* the name whose record or answer did it */
	bool loop;		/* a record leads back to itself */
	unsigned lookups;	/* at least so many, SPF_COUNTED at most */
	unsigned voids;
	unsigned failed;	/* answers nobody could find out */
	struct name silent;	/* the first of them in front of all else */
	bool named;		/* goal is included with "+" or redirected to */
	bool reached;		/* and that before why and silent */
	bool ended;		/* what follows is read for others' mail */
	size_t questions;	/* 0: all this is final */
	struct spf_question question[SPF_QUESTIONS];
};

/*
 * How a record is walked: depth first, in the order of its terms, as receivers
 * do.
 *
 *	follow(text)  a syntax error: given up.  Term by term:
 *	   |            all            the record is over, its redirect void
 *	   |            ip4, ip6       nothing is asked
 *	   |            a, mx, exists  look: void, or too many
 *	   |            include        enter
 *	   |            (the end)      enter the redirect, if there is one
 *	   v
 *	enter(name)   a name on the way here: a loop, given up
 *	              not answered yet: a question, go on behind it
 *	              no answer to be had: put off (temperror)
 *	              no record, or several: given up (permerror)
 *	              one: follow it, then back.  Was it the goal: reached
 *
 * Who has been given up, put off or reached has ended: a mail of ours gets no
 * further, and what stands behind is read for the count alone.
 */

/*
 * Follows the record of root (text, its strings joined) as a receiver does
 * when nothing matches on the way, and looks whether goal is reached.  Ask
 * DNS the questions left and call again until there are none.
 */
void
spf_walk(struct spf_walk *out, const struct name *root, const uint8_t *text,
    size_t len, const struct name *goal, spf_ask *ask, void *context);

#endif
