/*
 * What a received mail shows, in words and as JSON.
 */
#ifndef DNSESAME_REPORT_ARRIVAL_H
#define DNSESAME_REPORT_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "diagnose/arrival.h"
#include "report/report.h"

/* The verdict in a sentence, translated. */
const char *
report_arrival_verdict(enum state verdict);

/* Adds a part of a cause, printable; nothing when it has none. */
void
report_arrival(const struct arrival *arrival, size_t index,
    enum report_part part, struct text *t);

/* Verdict, the three lines, the causes: `mail`. */
void
report_arrival_text(FILE *out, const struct arrival *arrival, bool colour);
void
report_arrival_json(FILE *out, const struct arrival *arrival);

#endif
