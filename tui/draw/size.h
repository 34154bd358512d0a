/*
 * The size of the terminal.  The other side may claim any, and curses takes
 * memory for all of it: 500 rows and 1,000 columns are drawn at most.
 */
#ifndef DNSESAME_SIZE_H
#define DNSESAME_SIZE_H

/* Before curses starts: what it will read of the environment is bounded. */
void
size_clamp(void);

/* The size now; -1 when the terminal does not tell. */
int
size_now(int *rows, int *cols);

#endif
