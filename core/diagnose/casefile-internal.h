/*
 * Words that the writer and the reader of case files share.
 */
#ifndef DNSESAME_CASEFILE_INTERNAL_H
#define DNSESAME_CASEFILE_INTERNAL_H

#include <stdbool.h>

#include "dns/observe.h"

const char *
casefile_kind(enum vantage_kind kind);
int
casefile_kind_parse(const char *word, enum vantage_kind *out);
int
casefile_outcome_parse(const char *word, enum outcome *out);

/* Printable, and no blank in it. */
bool
casefile_is_word(const char *text);

#endif
