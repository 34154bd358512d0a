/*
 * The command line.  One table (option.def) feeds the parser and --help.
 */
#ifndef DNSESAME_OPTIONS_H
#define DNSESAME_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/lang.h"
#include "diagnose/probe.h"

enum {
	OPTIONS_LIST = PROBE_ALSO,	/* of an option that may be repeated */
	OPTIONS_JOBS = 256
};

enum option_id {
#define OPTION(id, letter, word, argument, help) id,
#include "model/option.def"
#undef OPTION
	OPTION_COUNT
};

enum command {
	COMMAND_WIZARD,
	COMMAND_PRACTICE,
	COMMAND_CHECK,
	COMMAND_RECORDS,
	COMMAND_PROVIDERS,
	COMMAND_MAIL
};

struct options {
	enum command command;
	const char *domain;		/* NULL: not given */
	const char *file;		/* of mail; NULL: standard input */
	/* Arguments as given, NULL when not; flags hold "". */
	const char *value[OPTION_COUNT];
	const char *token[OPTIONS_LIST];
	size_t tokens;
	const char *also[OPTIONS_LIST];	/* addresses, checked */
	size_t alsos;
	int timeout;			/* s, 0: default */
	int jobs;			/* 0: default */
};

/*
 * Fills options; language is set on the way, so that complaints are in it.
 * -1 after a complaint on stderr (exit status 64).
 */
int
options_parse(struct options *options, int argc, char *argv[]);

/* check -: the domains come from standard input. */
bool
options_many(const struct options *options);

bool
options_has(const struct options *options, enum option_id id);

/* The resolvers of --also, in the order given. */
void
options_also(const struct options *options, struct probe_vantages *out);

void
options_help(FILE *out);

#endif
