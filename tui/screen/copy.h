/*
 * The pages people copy from.
 */
#ifndef DNSESAME_COPY_H
#define DNSESAME_COPY_H

#include <stddef.h>

struct app;

/* What to type into the fields of one record, flush left; of all of them. */
void
copy_open_record(struct app *app, size_t index);
void
copy_open_all(struct app *app);
/* The records as a note for whoever runs the DNS. */
void
copy_open_note(struct app *app);

#endif
