#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <bsd/err.h>

#include <sys/resource.h>

#include "answers.h"
#include "app.h"
#include "batch.h"
#include "lang.h"
#include "options.h"
#include "resolver.h"
#include "saved.h"
#include "vantage.h"

enum {
	DESCRIPTORS = 64	/* libunbound ends the process on fewer */
};

static int
check_limits(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1 ||
	    limit.rlim_cur >= DESCRIPTORS)
		return 0;
	warnx("%s", _("too few file descriptors are allowed; raise the limit "
	    "with: ulimit -n 256"));
	return EX_OSERR;
}

static int
need_terminal(void)
{
	const char *term = getenv("TERM");

	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term != NULL &&
	    *term != '\0' && strcmp(term, "dumb") != 0)
		return 0;
	warnx("%s", _("the wizard needs a terminal. For scripts: dnsesame "
	    "check DOMAIN"));
	return EX_USAGE;
}

static int
wizard(const struct options *options)
{
	bool practice = options->command == COMMAND_PRACTICE;
	const char *no_colour = getenv("NO_COLOR");
	struct world_options world_options = {
		.resolver = options->value[OPTION_RESOLVER],
		.unbound_conf = options->value[OPTION_UNBOUND_CONF],
	};
	struct answers answers;
	struct world *world;
	enum lang lang;
	char why[512];
	int rc;

	if ((rc = need_terminal()) != 0)
		return rc;
	if ((rc = answers_gather(&answers, options, !practice)) != 0)
		return rc;
	if (!options_has(options, OPTION_LANG) &&
	    lang_parse(answers.session.lang, &lang) == 0)
		lang_set(lang);
	world = practice ? world_practice(why, sizeof why) :
	    world_network(&world_options, why, sizeof why);
	if (world == NULL) {
		warnx("%s", why);
		return EX_USAGE;
	}

	struct app_options app = {
		.identity = &answers.session.identity,
		.session = answers.saved ? &answers.session : NULL,
		.provider = answers.provider,
		.world = world,
		.practice = practice,
		.colour = (no_colour == NULL || *no_colour == '\0') &&
		    !options_has(options, OPTION_NO_COLOUR),
		.ascii = options_has(options, OPTION_ASCII),
		.budget = (int64_t)options->timeout * 1000,
	};

	rc = app_run(&app);
	world->ops->free(world);
	return rc;
}

int
main(int argc, char *argv[])
{
	struct options options;
	int rc;

	if (options_parse(&options, argc, argv) == -1)
		return EX_USAGE;
	if (options_has(&options, OPTION_HELP)) {
		options_help(stdout);
		return 0;
	}
	if (options_has(&options, OPTION_VERSION)) {
		printf("dnsesame %s (libunbound %s)\n", VERSION,
		    resolver_version());
		return 0;
	}
	if (options_has(&options, OPTION_LIST))
		return saved_list(options_has(&options, OPTION_JSON));
	if ((rc = check_limits()) != 0)
		return rc;
	switch (options.command) {
	case COMMAND_CHECK:
		return batch_check(&options);
	case COMMAND_RECORDS:
		return batch_records(&options);
	case COMMAND_PROVIDERS:
		return batch_providers(&options);
	default:
		return wizard(&options);
	}
}
