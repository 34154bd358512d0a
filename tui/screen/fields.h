/*
 * The fields of a card: the labels of the form, and what goes into each.
 */
#ifndef DNSESAME_FIELDS_H
#define DNSESAME_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "company/form.h"
#include "draw/paint.h"

/* Something is to be typed there. */
bool
fields_has_content(const struct form_field *field);

/* One below the other, that in focus marked; returns the line behind them. */
int
fields_draw(const struct form *form, const struct form_rules *rules,
    struct paint *paint, int y, size_t focus);

/* How many lines that takes. */
int
fields_lines(const struct form *form, const struct form_rules *rules,
    const struct paint *paint);

#endif
