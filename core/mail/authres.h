/*
 * What a mailbox found when a mail arrived: the field Authentication-Results,
 * RFC 8601, of which SPF, DKIM and DMARC are read.  Pure and bounded.
 */
#ifndef DNSESAME_AUTHRES_H
#define DNSESAME_AUTHRES_H

#include <stdbool.h>
#include <stddef.h>

#include "dns/name.h"

enum {
	AUTHRES_SAID = 16,	/* results that are kept */
	AUTHRES_SERVER = 128,
	AUTHRES_REASON = 160,
	AUTHRES_SELECTOR = 128
};

enum auth_method {
	AUTH_SPF,
	AUTH_DKIM,
	AUTH_DMARC,
	AUTH_METHODS
};

enum auth_result {
	AUTH_UNSAID,		/* the mailbox says nothing of it */
	AUTH_PASS,
	AUTH_FAIL,
	AUTH_SOFTFAIL,
	AUTH_NEUTRAL,
	AUTH_NONE,		/* nothing was there to be checked */
	AUTH_POLICY,
	AUTH_TEMPERROR,
	AUTH_PERMERROR
};

/* One result. */
struct auth_said {
	enum auth_method method;
	enum auth_result result;
	/* SPF: of the envelope; DKIM: who signed; DMARC: of From. */
	struct name domain;
	bool has_domain;
	char selector[AUTHRES_SELECTOR];	/* of DKIM; "" not said */
	char reason[AUTHRES_REASON];		/* printable; "" not said */
};

struct authres {
	char server[AUTHRES_SERVER];	/* who says so, printable, or "" */
	struct auth_said said[AUTHRES_SAID];
	size_t count;
};

/*
 * Adds what the value of one field says to out; folded lines are read on.
 * What is none of the three methods, and results past the bound, are passed
 * over.
 */
void
authres_parse(struct authres *out, const char *value, size_t len);

/* The result that this word stands for, case ignored; AUTH_UNSAID: none. */
enum auth_result
auth_result_parse(const char *word, size_t len);

/* "pass"; "" for AUTH_UNSAID. */
const char *
auth_result_text(enum auth_result result);

/* The method of this name, case ignored; -1 when it is none of the three. */
int
auth_method_parse(const char *word, size_t len, enum auth_method *out);

/* "SPF", "DKIM", "DMARC". */
const char *
auth_method_text(enum auth_method method);

#endif
