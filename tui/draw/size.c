#include "draw/size.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/ioctl.h>

enum {
	ROWS_MOST = 500,
	COLS_MOST = 1000
};

/* What stands in the environment goes before what the terminal says. */
static void
clamp(const char *name, int claimed, int most)
{
	const char *text = getenv(name);
	char number[16];

	if (text != NULL)
		claimed = atoi(text);
	if (claimed <= most)
		return;
	snprintf(number, sizeof number, "%d", most);
	setenv(name, number, 1);
}

void
size_clamp(void)
{
	struct winsize size = { 0 };

	(void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	clamp("LINES", size.ws_row, ROWS_MOST);
	clamp("COLUMNS", size.ws_col, COLS_MOST);
}

int
size_now(int *rows, int *cols)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1 ||
	    size.ws_row == 0 || size.ws_col == 0)
		return -1;
	*rows = size.ws_row < ROWS_MOST ? size.ws_row : ROWS_MOST;
	*cols = size.ws_col < COLS_MOST ? size.ws_col : COLS_MOST;
	return 0;
}
