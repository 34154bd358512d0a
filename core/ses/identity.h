/*
 * What SES and the user told us of one domain identity.  Every setter checks
 * its value and says why not; nothing is half-set.  Rules: AWS SES Developer
 * Guide, "Creating and verifying identities"; formats measured from real
 * values (32 base32 characters a token, 44 base64 characters a legacy value).
 */
#ifndef DNSESAME_IDENTITY_H
#define DNSESAME_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/name.h"
#include "ses/status.h"

enum {
	IDENTITY_TOKENS = 3,
	IDENTITY_TOKEN = 64,		/* a DNS label and NUL */
	IDENTITY_VERIFICATION = 128,
	IDENTITY_SELECTOR = 64,		/* a DNS label and NUL */
	IDENTITY_KEY = 400,		/* base64: 2048 bits take 392 */
	IDENTITY_REGION = 32,
	IDENTITY_WORD = 64
};

struct identity {
	struct name domain;
	bool has_domain;
	char region[IDENTITY_REGION];		/* "" when not known */
	char token[IDENTITY_TOKENS][IDENTITY_TOKEN];
	size_t tokens;				/* how many of them are set */
	/* An own key instead of tokens (BYODKIM); "" when not known. */
	char selector[IDENTITY_SELECTOR];
	char key[IDENTITY_KEY];			/* base64 of the public half */
	struct name dkim_zone;
	bool has_dkim_zone;			/* given, not from the table */
	char verification[IDENTITY_VERIFICATION];	/* "" when none */
	struct name mail_from;			/* full name */
	bool has_mail_from;
	enum ses_status status;
	bool status_imported;
	/* When AWS began to look, ms since 1970, 0 unknown: as imported, else
	   when the user first said "pending". */
	int64_t pending_since;
	char error[IDENTITY_WORD];		/* VerificationInfo.ErrorType */
	int64_t checked_at;			/* ms since 1970, 0 unknown */
	char soa[NAME_TEXT];			/* primary server SES saw */
	/* Of MAIL FROM, and of the DKIM keys; SES_UNKNOWN and "" if unknown. */
	enum ses_status mail_from_status;
	char on_mx_failure[IDENTITY_WORD];	/* BehaviorOnMxFailure */
	char origin[IDENTITY_WORD];		/* SigningAttributesOrigin */
};

void
identity_init(struct identity *identity);

/*
 * Understands a domain as people type or paste it: URL, e-mail address,
 * spaces, full-width letters, IDN, final dot.  Refuses IP addresses,
 * localhost, public suffixes (libpsl), public mail domains, and names over 209
 * octets (the longest to which T._domainkey still fits).  *why has a named
 * place or none; the caller translates it.
 */
int
identity_set_domain(struct identity *identity, const char *text,
    const char **why);

/*
 * A token, a full CNAME name, or a full target: the token is found in each.
 * Tokens take the place of an own key.
 */
int
identity_add_token(struct identity *identity, const char *text,
    const char **why);

/* Checks and extracts one token without storing it. */
int
identity_token(char out[static IDENTITY_TOKEN], const char *text,
    const char **why);

/*
 * An own DKIM key instead of Easy DKIM; takes the tokens away.  The selector
 * may be the row's full name.  The public key is bare base64, a whole record
 * or a PEM file; a private key and AWS's placeholder are refused.  "" takes
 * each away.
 */
int
identity_set_selector(struct identity *identity, const char *text,
    const char **why);
int
identity_set_key(struct identity *identity, const char *text,
    const char **why);

/* "SELECTOR=KEY": both at once. */
int
identity_set_byodkim(struct identity *identity, const char *text,
    const char **why);

/* True when a selector or a key is there, be it alone. */
bool
identity_has_own_key(const struct identity *identity);
void
identity_drop_key(struct identity *identity);

/* Has it what proves the domain: tokens, an own key, a TXT value? */
bool
identity_signs(const struct identity *identity);

/* Is the same among what proves both, a token, the own key, the TXT value? */
bool
identity_signs_alike(const struct identity *a, const struct identity *b);

/*
 * Known in the table, or any when a DKIM zone is given.  Whoever shows the
 * reason adds region_nearest(), if there is one.
 */
int
identity_set_region(struct identity *identity, const char *text,
    const char **why);

/* "" takes it away, as with the two below: the table's zone holds again. */
int
identity_set_dkim_zone(struct identity *identity, const char *text,
    const char **why);

/* Legacy TXT value; an "amazonses:" before it is taken off. */
int
identity_set_verification(struct identity *identity, const char *text,
    const char **why);

/*
 * A label ("bounce") or a full name below the domain or below its registered
 * domain.  The domain must be set first.
 */
int
identity_set_mail_from(struct identity *identity, const char *text,
    const char **why);

/* Below the registered domain of this one, and neither of the two itself. */
bool
identity_mail_from_fits(const struct name *name, const struct name *domain);

/*
 * Where the three DKIM targets lie: the zone given, else the table's for the
 * region; -1 when neither is known.
 */
int
identity_signing_zone(const struct identity *identity, struct name *out);

/* amazonses.com, or the same name below another ending. */
bool
identity_zone_is_amazons(const struct name *zone);

/* What to say of an ending that AWS was never seen to use, N_(); else NULL. */
const char *
identity_zone_strange(const struct name *zone);

/*
 * Doubts that do not refuse: www before the domain, a token not of 32 base32
 * characters or copied from an example, a lower-cased legacy value, a zone of
 * the targets that is not Amazon's.  NULL when
 * there is none.
 */
const char *
identity_domain_doubt(const struct identity *identity);
const char *
identity_token_doubt(const char *token);
const char *
identity_verification_doubt(const char *value);
const char *
identity_zone_doubt(const struct identity *identity);

/* What is still needed for a plan, the first of it. */
enum identity_lack {
	IDENTITY_LACKS_NOTHING,
	IDENTITY_LACKS_DOMAIN,
	IDENTITY_LACKS_SELECTOR,
	IDENTITY_LACKS_KEY,
	IDENTITY_LACKS_VALUES,
	IDENTITY_LACKS_TOKENS,
	IDENTITY_LACKS_REGION,
	IDENTITY_LACKS_ZONE
};

enum identity_lack
identity_lacks(const struct identity *identity);

/*
 * True when a plan can be made: three tokens, an own key or a legacy value,
 * region or zone if needed; otherwise *why says which is missing.
 */
bool
identity_complete(const struct identity *identity, const char **why);

/* As the user says it. */
void
identity_set_status(struct identity *identity, enum ses_status status);

#endif
