/*
 * DKIM key records: RFC 6376 section 3.6.1, RFC 8301 (no SHA-1, no short
 * keys), RFC 8463 (Ed25519), and what SES takes of them: RSA keys of 1024 to
 * 2048 bits.  Pure.  Reasons are constant English for gettext.
 * Which key it should be is the affair of own-key and mailkey.
 */
#ifndef DNSESAME_DKIM_KEY_H
#define DNSESAME_DKIM_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DKIM_KEY_LEAST = 1024,	/* bits of RSA: RFC 8301 section 3.2 */
	DKIM_KEY_MOST = 2048	/* bits of RSA that SES takes */
};

enum dkim_key_result {
	DKIM_KEY_GOOD,
	DKIM_KEY_EMPTY,		/* no text: SES has no key at this target */
	DKIM_KEY_REVOKED,	/* an empty p= */
	DKIM_KEY_PLACEHOLDER,	/* the console's word instead of the key */
	DKIM_KEY_PRIVATE,	/* the secret half: to be replaced at once */
	DKIM_KEY_PEM,		/* with the BEGIN and END lines */
	DKIM_KEY_QUOTED,	/* quotes or backslashes in it */
	DKIM_KEY_FOREIGN,	/* signs that no record has (foreign.h) */
	DKIM_KEY_GLUED,		/* semicolons lost, or other signs there */
	DKIM_KEY_SYNTAX,	/* no list of tags */
	DKIM_KEY_VERSION,
	DKIM_KEY_NO_KEY,	/* no p= */
	DKIM_KEY_TYPE,		/* k= neither rsa nor ed25519 */
	DKIM_KEY_HASH,		/* h= without sha256 */
	DKIM_KEY_SERVICE,	/* s= not for mail */
	DKIM_KEY_CASE,		/* every capital became small */
	DKIM_KEY_BASE64,
	DKIM_KEY_CUT,		/* the end is missing */
	DKIM_KEY_BROKEN,	/* decodes, but to no key */
	DKIM_KEY_SHORT,
	DKIM_KEY_LONG
};

struct dkim_key {
	enum dkim_key_result result;
	const char *why;	/* in words; NULL when good */
	size_t at;		/* octets of the text before the tag */
	bool ed25519;		/* else RSA */
	unsigned bits;		/* of the key; 0 when it could not be read */
	bool spaced;		/* blanks in p=: allowed by the RFC */
	bool testing;		/* t=y: receivers may ignore the signature */
	bool strict;		/* t=s: no subdomains in i= */
};

/*
 * Reads the strings of one TXT, joined.  -1 when receivers or SES cannot use
 * the key: out->result, out->why.
 */
int
dkim_key_parse(struct dkim_key *out, const uint8_t *text, size_t len);

#endif
