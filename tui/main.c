#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <bsd/err.h>
#include <jansson.h>

#include <sys/resource.h>

#include "model/answers.h"
#include "screen/wizard.h"
#include "batch.h"
#include "many.h"
#include "base/inside.h"
#include "base/output.h"
#include "base/packed.h"
#include "base/lang.h"
#include "base/text.h"
#include "mail.h"
#include "model/options.h"
#include "plain/plain.h"
#include "dns/resolver.h"
#include "session/sandbox.h"
#include "model/saved.h"
#include "session/session.h"
#include "dns/world.h"
#include "base/xalloc.h"

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

/*
 * A descriptor that is closed would become a socket's or a file's, and a
 * report would go there: it stays one that cannot be written, or read.  Nor
 * may a reader who has left end the program without a word.
 */
static void
hold_standard_streams(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY };

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			(void)open("/dev/null", modes[fd]);
	signal(SIGPIPE, SIG_IGN);
	/* A file at its limit is a write error like any other. */
	signal(SIGXFSZ, SIG_IGN);
}

static bool
is_set(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0';
}

/*
 * Line by line: by wish, or where nothing can be drawn.  A screen reader
 * cannot be recognised from here; ACCESSIBLE is how people tell.
 */
static bool
wants_plain(const struct options *options)
{
	const char *term = getenv("TERM");

	return options_has(options, OPTION_PLAIN) || is_set("ACCESSIBLE") ||
	    term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

/* Only --plain says that answers may come from a pipe. */
static int
need_terminal(const struct options *options)
{
	char text[512];

	if (options_has(options, OPTION_PLAIN) ||
	    (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)))
		return 0;
	text_program(text, sizeof text, _("the wizard needs a terminal. For "
	    "scripts: {program} check DOMAIN"));
	warnx("%s", text);
	return EX_USAGE;
}

/* "aws ... | dnsesame --import -": standard input is no keyboard. */
static bool
from_pipe(const struct options *options)
{
	return options_has(options, OPTION_IMPORT) &&
	    strcmp(options->value[OPTION_IMPORT], "-") == 0;
}

/* The document was read; the wizard goes on at the controlling terminal. */
static void
take_back_terminal(void)
{
	if (isatty(STDOUT_FILENO) && freopen("/dev/tty", "r", stdin) == NULL)
		clearerr(stdin);
}

static int
wizard_over(const struct options *options, struct answers *answers)
{
	bool practice = options->command == COMMAND_PRACTICE;
	struct world_options world_options = {
		.resolver = options->value[OPTION_RESOLVER],
		.unbound_conf = options->value[OPTION_UNBOUND_CONF],
		.private = options_has(options, OPTION_PRIVATE),
	};
	struct world *world;
	enum lang lang;
	struct text why = TEXT_INIT;
	int rc;

	session_tidy();
	if ((rc = answers_gather(answers, options, !practice)) != 0)
		return rc;
	if (from_pipe(options)) {
		take_back_terminal();
		if ((rc = need_terminal(options)) != 0)
			return rc;
	}
	if (!options_has(options, OPTION_LANG) &&
	    lang_parse(answers->session.lang, &lang) == 0)
		lang_set(lang);
	world = practice ? world_practice(&why) :
	    world_network(&world_options, &why);
	if (world == NULL) {
		warnx("%s", why.s);
		text_release(&why);
		return EX_USAGE;
	}

	struct app_options app = {
		.identity = &answers->session.identity,
		.session = answers->saved ? &answers->session : NULL,
		.base = &answers->loaded,
		.last = answers->last,
		.provider = answers->provider,
		.note = answers->note,
		.account = answers->has_account ? &answers->account : NULL,
		.world = world,
		.practice = practice,
		.colour = !is_set("NO_COLOR") &&
		    !options_has(options, OPTION_NO_COLOUR),
		.ascii = options_has(options, OPTION_ASCII),
		.budget = (int64_t)options->timeout * 1000,
	};

	options_also(options, &app.also);
	/* A terminal that went away lost nothing; a pipe did. */
	if (!wants_plain(options))
		rc = wizard_run(&app);
	else if ((rc = plain_run(&app)) == 0)
		rc = output_finish(stdout);
	world->ops->free(world);
	return rc;
}

static int
wizard(const struct options *options)
{
	struct answers *answers = xmalloc(sizeof *answers);
	int rc = wizard_over(options, answers);

	free(answers);
	return rc;
}

static bool
is_wizard(const struct options *options)
{
	return (options->command == COMMAND_WIZARD ||
	    options->command == COMMAND_PRACTICE) &&
	    !options_has(options, OPTION_LIST) &&
	    !options_has(options, OPTION_VERSION);
}

/*
 * From here on only the files of this command line can be opened.  A file to
 * be written is made before: afterwards none can be, but for saved answers.
 */
static struct sandbox
confine(const struct options *options)
{
	const char *document = options->value[OPTION_IMPORT];
	const char *record = options->value[OPTION_RECORD];
	const char *conf = options->value[OPTION_UNBOUND_CONF];
	const char *home = getenv("HOME");
	bool saves = is_wizard(options) &&
	    options->command != COMMAND_PRACTICE;
	char folder[SESSION_PATH] = "", terminfo[SESSION_PATH] = "";
	char why[SESSION_WHY];
	int fd;

	if (options_has(options, OPTION_NO_SANDBOX))
		return (struct sandbox){ 0 };
	/* Where answers cannot be saved or read, that says so later. */
	if (saves ? session_directory(folder, why) == -1 :
	    session_folder(folder) == -1 || session_trust(folder, why) == -1)
		folder[0] = '\0';
	if (home != NULL)
		snprintf(terminfo, sizeof terminfo, "%s/.terminfo", home);
	if (record != NULL && (fd = open(record,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) != -1)
		close(fd);

	const struct sandbox_path path[] = {
		{ saves ? SANDBOX_KEEP : SANDBOX_READ_BELOW, folder },
		{ SANDBOX_READ, document },
		{ SANDBOX_READ, options->file },
		{ SANDBOX_READ, options->value[OPTION_REPLAY] },
		{ SANDBOX_READ_NAMED, conf },
		{ SANDBOX_WRITE, record },
		{ SANDBOX_READ_BELOW, lang_catalogues() },
		{ SANDBOX_READ_TERMINFO, getenv("TERMINFO") },
		{ SANDBOX_READ_TERMINFO, terminfo },
		/* After a document from a pipe. */
		{ SANDBOX_TERMINAL, document != NULL &&
		    strcmp(document, "-") == 0 ? "/dev/tty" : NULL },
	};

	return sandbox_enter(path, sizeof path / sizeof path[0], conf != NULL);
}

static void
print_licences(void)
{
	const struct inside *inside = inside_find(INSIDE_LICENCES, "");

	if (inside != NULL)
		(void)packed_write(stdout, inside->bytes, inside->size);
	else
		puts(_("dnsesame has the ISC licence. Its libraries are not "
		    "in this file: they are those of this machine, each with "
		    "its own licence."));
}

static void
print_version(const struct sandbox *sandbox, bool conf)
{
	char text[SANDBOX_TEXT];

	printf("dnsesame %s (libunbound %s)\n", VERSION, resolver_version());
	printf("%s %s\n", _("Sandbox:"), sandbox_text(sandbox, text));
	if (sandbox->programs)
		puts(_("The kernel lets this program run no other program."));
	if (sandbox->files)
		puts(_("The kernel lets it open no file that it does not "
		    "need."));
	if (sandbox->ports)
		puts(_("The kernel lets it connect to no TCP port but 53."));
	/* That file may name other ports. */
	else if (!conf)
		puts(_("Its own code alone keeps TCP to port 53."));
	if (!conf)
		puts(_("Its own code alone keeps UDP to port 53."));
}

int
main(int argc, char *argv[])
{
	struct options options;
	struct sandbox sandbox;
	int rc;

	hold_standard_streams();
	/* Where memory is short, a document is never cut short in silence. */
	json_set_alloc_funcs(xmalloc, free);
	if (options_parse(&options, argc, argv) == -1)
		return EX_USAGE;
	if (options_has(&options, OPTION_HELP)) {
		options_help(stdout);
		return output_finish(stdout);
	}
	if (options_has(&options, OPTION_LICENCES)) {
		print_licences();
		return output_finish(stdout);
	}
	if (is_wizard(&options) && !from_pipe(&options) &&
	    (rc = need_terminal(&options)) != 0)
		return rc;
	sandbox = confine(&options);
	if (options_has(&options, OPTION_VERSION)) {
		print_version(&sandbox,
		    options.value[OPTION_UNBOUND_CONF] != NULL);
		return output_finish(stdout);
	}
	if (options_has(&options, OPTION_LIST))
		return saved_list(options_has(&options, OPTION_JSON));
	if ((rc = check_limits()) != 0)
		return rc;
	switch (options.command) {
	case COMMAND_CHECK:
		return options_many(&options) ? many_check(&options) :
		    batch_check(&options);
	case COMMAND_RECORDS:
		return batch_records(&options);
	case COMMAND_PROVIDERS:
		return batch_providers(&options);
	case COMMAND_MAIL:
		return mail_command(&options);
	default:
		return wizard(&options);
	}
}
