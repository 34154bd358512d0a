/*
 * Words that the writer and the reader of case files share.
 */
#ifndef DNSESAME_CASEFILE_INTERNAL_H
#define DNSESAME_CASEFILE_INTERNAL_H

#include <stdbool.h>

#include "dns/observe.h"
#include "ses/identity-field.h"

enum {
	CASEFILE_KEY = 32
};

int
casefile_kind_parse(const char *word, enum vantage_kind *out);
int
casefile_outcome_parse(const char *word, enum outcome *out);

/* The key of an identity's field: "dkim-zone", "token". */
void
casefile_key(const struct identity_field *field,
    char key[static CASEFILE_KEY]);

/* The flag whose name may stand behind its value: "status failed imported". */
const struct identity_field *
casefile_flag(const struct identity_field *field);

/* Printable, and no blank in it. */
bool
casefile_is_word(const char *text);

#endif
