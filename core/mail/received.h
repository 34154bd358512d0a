/*
 * A mail as a mailbox shows it when asked for its source: the three lines of
 * Gmail's page first, else the topmost Authentication-Results; who signed, who
 * the envelope and From name.  Nothing below the header is read, and nothing
 * of the mail but this is kept.  Pure and bounded.
 */
#ifndef DNSESAME_RECEIVED_H
#define DNSESAME_RECEIVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mail/authres.h"
#include "dns/name.h"

enum {
	RECEIVED_MAX = 1024 * 1024,	/* octets that are looked at */
	RECEIVED_SIGNATURES = 8,
	RECEIVED_REGION = 32
};

struct received_signature {
	struct name domain;		/* d= */
	char selector[AUTHRES_SELECTOR];	/* s=; "" not readable */
};

struct received {
	/* What the page's lines say first, then the topmost field. */
	struct authres results;
	size_t lines;			/* how many of results are the page's */
	size_t fields;			/* header fields that were read */
	size_t topmost;			/* of fields: the last one believed */
	size_t below;		/* Authentication-Results not believed */
	struct received_signature signature[RECEIVED_SIGNATURES];
	size_t signatures;
	struct name from;		/* of the first address */
	size_t froms;			/* addresses in From */
	struct name envelope;		/* of Return-Path */
	bool has_envelope;
	bool ses;			/* a field that Amazon SES adds */
	char region[RECEIVED_REGION];	/* of SES, as Feedback-ID has it; "" */
	bool passed_on;			/* a field that forwarders add */
	bool joined;			/* lines were cut in copying */
	int64_t at;			/* ms since 1970, 0 not known */
};

/*
 * Reads what was copied or saved.  -1 and a msgid in *why when it is no mail:
 * nothing, a web page, other text, a header without an end.
 */
int
received_read(struct received *out, const char *text, size_t len,
    const char **why);

#endif
