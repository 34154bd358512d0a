/*
 * Who sees what: the records of a check by those who were asked, as a table of
 * records with a column for each of them, or the other way round where the
 * screen has room.
 */
#ifndef DNSESAME_MATRIX_H
#define DNSESAME_MATRIX_H

#include <stddef.h>

#include "diagnose/check.h"
#include "draw/paint.h"

/*
 * A head and one line a row (records, then findings of the domain) from line y
 * to line end, this row in focus.
 */
void
matrix_draw_records(const struct check *check, size_t focus,
    struct paint *paint, int y, int end);

/*
 * A line for each server and resolver, a column for each record, from line y
 * to line end.
 */
void
matrix_draw_servers(const struct check *check, size_t focus,
    struct paint *paint, int y, int end);

/* How many lines that takes. */
int
matrix_servers_height(const struct check *check);

/* t becomes a line for each server and resolver, of one record. */
void
matrix_text(const struct check *check, size_t row, struct text *t);

/* Adds who has not answered yet: "dns02, resolver". */
void
matrix_open(const struct check *check, struct text *t);

#endif
