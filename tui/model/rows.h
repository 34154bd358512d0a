/*
 * The long lists to choose from: the companies, and the regions of Amazon SES.
 */
#ifndef DNSESAME_ROWS_H
#define DNSESAME_ROWS_H

#include "model/list.h"

/* A row is an index into provider_table; into region_table. */
struct list_rows
rows_companies(void);
struct list_rows
rows_regions(void);

#endif
