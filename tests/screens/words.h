/*
 * A line of a script as words, split as a shell would.
 *
 * Blanks separate. 'single quotes' keep everything; "double quotes" know
 * $NAME, ${NAME} and \" \\ \$ \n \t \e; outside quotes a backslash keeps the
 * next character. The value of a variable is never split again. A # at the
 * start of a word begins a comment.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>

enum { WORDS_MAX = 64 };

struct words {
	int	 n;
	char	*item[WORDS_MAX + 1];	/* ends with NULL, as exec wants it */
	char	*store;			/* where the items live */
};

/*
 * Splits line. With expand, variables come from the environment and one that
 * is not set is an error; without, they stand for nothing. Returns -1 and a
 * reason in *why if the line is wrong. Free with words_free in both cases.
 */
int	words_split(struct words *, const char *line, bool expand,
	    const char **why);
void	words_free(struct words *);

#endif
