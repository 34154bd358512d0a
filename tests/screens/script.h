/*
 * Screen scripts: what a person does at a terminal, and what must be seen.
 * The commands are described in README.md.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stdio.h>

#include "pty.h"

struct script {
	struct pty	 pty;
	FILE		*in;
	const char	*path;
	int		 line;
	int		 depth;		/* of scripts including scripts */
	int		 steps;		/* done */
	int		 deadline;	/* of whatever waits, in seconds */
	int		 pressed;	/* keys, since the program was run */
	bool		 dry;		/* check the writing, do nothing */
	char		 why[2048];	/* it failed */
	char		 where[4096];
};

/*
 * Runs the script in this process's environment, which it changes. Prints
 * where and why it failed, with the screen, to stdout. Returns the number of
 * steps done, or -1 if it failed. Call it once in a process.
 */
int	script_run(const char *path);

/* Does the steps of one file, named from the file that is being read. */
int	script_walk(struct script *, const char *path);

/* Notes why the step failed and returns -1. */
int	script_fail(struct script *, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/* Reads a number from min to max, or notes that it is none. */
int	script_number(struct script *, const char *text, int min, int max,
	    int *value);

/* Notes a failure if no program is running or stopped. */
int	script_running(struct script *);

#endif
