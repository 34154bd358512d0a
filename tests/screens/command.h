/*
 * The commands of a screen script: one table.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include "script.h"

enum command_form {
	COMMAND_WORDS,		/* words, split as a shell would */
	COMMAND_RAW,		/* the rest of the line as it stands */
	COMMAND_BLOCK,		/* the lines up to the one that ends it */
	COMMAND_INCLUDE		/* done by the reader of scripts itself */
};

struct command {
	const char		*name;
	enum command_form	 form;
	int			 min, max;	/* number of arguments */
	const char		*arguments;	/* as one writes them */
	int			(*run)(struct script *, char **);
	const char		*end;		/* of a block */
};

/* NULL if there is no such command. */
const struct command *command_find(const char *name);

#endif
