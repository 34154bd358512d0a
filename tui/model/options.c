#include "model/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/text.h"
#include "model/wrap.h"

static const struct {
	char letter;
	const char *word;
	const char *argument;
	const char *help;
} rows[OPTION_COUNT] = {
#define OPTION(id, letter, word, argument, help)                               \
	[id] = { letter, word, argument, help },
#include "model/option.def"
#undef OPTION
};

static const struct {
	const char *word;
	enum command command;
} commands[] = {
	{ "practice", COMMAND_PRACTICE },
	{ "check", COMMAND_CHECK },
	{ "records", COMMAND_RECORDS },
	{ "providers", COMMAND_PROVIDERS },
	{ "mail", COMMAND_MAIL },
};

enum {
	LONG_ONLY = 256,	/* val of options without a letter: + id */
	SLIPS = 2,		/* letters wrong in a mistyped command */
	HELP_WIDTH = 79,	/* columns of --help, */
	HELP_LEFT = 32		/* where what an option does begins */
};

/* An option of one command only, given to another, is a mistake to name. */
static const struct {
	enum option_id option;
	enum command command;
} only[] = {
	{ OPTION_ZONEFILE, COMMAND_RECORDS },
	{ OPTION_MARKDOWN, COMMAND_RECORDS },
	{ OPTION_WATCH, COMMAND_CHECK },
	{ OPTION_ONELINE, COMMAND_CHECK },
	{ OPTION_LIST, COMMAND_WIZARD },
};

/* What belongs to one domain has no place where each line brings its own. */
static const enum option_id lonely[] = {
	OPTION_TOKEN, OPTION_VERIFICATION, OPTION_IMPORT, OPTION_ZONE,
	OPTION_WATCH, OPTION_RECORD, OPTION_REPLAY, OPTION_ONELINE
};

void
options_also(const struct options *options, struct probe_vantages *out)
{
	out->count = options->alsos;
	for (size_t i = 0; i < options->alsos; i++) {
		out->also[i].kind = VANTAGE_ALSO;
		strlcpy(out->also[i].address, options->also[i],
		    VANTAGE_ADDRESS);
	}
}

/* What does not fit beside it goes on below. */
static void
put_option(FILE *out, const char *left, const char *help)
{
	size_t len;

	for (; help != NULL; left = "") {
		const char *next = wrap_next(help, HELP_WIDTH - HELP_LEFT,
		    &len);

		fprintf(out, "  %-*s%.*s\n", HELP_LEFT - 2, left, (int)len,
		    help);
		help = next;
	}
}

void
options_help(FILE *out)
{
	char usage[2048];

	text_program(usage, sizeof usage, _("Usage: {program} [OPTIONS] "
	    "[COMMAND] [DOMAIN]\n\n"
	    "  DOMAIN            the wizard\n"
	    "  practice          the wizard on an offline practice "
	    "domain\n"
	    "  check DOMAIN      look once, print the report\n"
	    "  check -           the same for many, from standard "
	    "input\n"
	    "  records DOMAIN    print what to type\n"
	    "  providers         the DNS companies it knows\n"
	    "  mail [FILE]       read a received mail: did it pass, "
	    "and why not\n\n"));
	fputs(usage, out);
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		char left[64];

		snprintf(left, sizeof left, "%c%c%c --%s%s%s",
		    rows[i].letter != 0 ? '-' : ' ',
		    rows[i].letter != 0 ? rows[i].letter : ' ',
		    rows[i].letter != 0 ? ',' : ' ', rows[i].word,
		    rows[i].argument != NULL ? " " : "",
		    rows[i].argument != NULL ? rows[i].argument : "");
		put_option(out, left, _(rows[i].help));
	}
	fputs(_("\nExit status of check: 0 pass, 1 wait or note, 2 fail, "
	    "3 could not find out;\nof mail: 0 passed and aligned, 1 a note, 2 "
	    "not, 3 cannot tell;\n64 wrong usage, 65 a document not "
	    "understood, 66 a file not readable.\nNotes on records that are "
	    "not required do not count.\n"), out);
}

bool
options_has(const struct options *options, enum option_id id)
{
	return options->value[id] != NULL;
}

bool
options_many(const struct options *options)
{
	return options->command == COMMAND_CHECK && options->domain != NULL &&
	    strcmp(options->domain, "-") == 0;
}

/* "dnsesame: --region: ..." with the named places filled. */
static int
complain_near(const char *sentence, const char *word, const char *near)
{
	struct text_place places[] = {
		{ "word", word },
		{ "near", near },
		{ NULL, NULL },
	};
	char text[512], safe[1024];

	text_fill(text, sizeof text, sentence, places);
	text_safe(safe, sizeof safe, text, strlen(text));
	fprintf(stderr, "dnsesame: %s\n", safe);
	text_program(text, sizeof text, _("{program} --help shows all "
	    "options.\n"));
	fputs(text, stderr);
	return -1;
}

static int
complain(const char *sentence, const char *word)
{
	return complain_near(sentence, word, "");
}

/* The command that was perhaps meant, or NULL. */
static const char *
near_command(const char *word)
{
	for (size_t c = 0; c < sizeof commands / sizeof commands[0]; c++)
		if (text_distance(word, commands[c].word) <= SLIPS)
			return commands[c].word;
	return NULL;
}

/*
 * The first word when it is no command: a domain, unless more words follow.
 * One with a dot is never taken for a slip.
 */
static int
check_first(const char *word, bool alone)
{
	const char *near = strchr(word, '.') == NULL ? near_command(word) :
	    NULL;

	if (near != NULL)
		return complain_near(_("{word}: no such command. Did you mean "
		    "{near}?"), word, near);
	if (alone && strcmp(word, "help") != 0)
		return 0;
	return complain(_("{word}: no such command. There are practice, "
	    "check, records, providers and mail."), word);
}

static void
fill_getopt(struct option *longs, char *shorts)
{
	*shorts++ = ':';
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		longs[i].name = rows[i].word;
		longs[i].has_arg = rows[i].argument != NULL;
		longs[i].flag = NULL;
		longs[i].val = LONG_ONLY + (int)i;
		if (rows[i].letter == 0)
			continue;
		*shorts++ = rows[i].letter;
		if (rows[i].argument != NULL)
			*shorts++ = ':';
	}
	memset(&longs[OPTION_COUNT], 0, sizeof longs[0]);
	*shorts = '\0';
}

static enum option_id
option_of(int val)
{
	size_t i = 0;

	if (val >= LONG_ONLY)
		return (enum option_id)(val - LONG_ONLY);
	while (rows[i].letter != val)
		i++;
	return (enum option_id)i;
}

/* Complaints about options should already be in the language asked for. */
static void
set_language(int argc, char *argv[])
{
	enum lang lang = lang_of_environment();

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--lang=", 7) == 0)
			lang_parse(argv[i] + 7, &lang);
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			lang_parse(argv[i + 1], &lang);
	}
	lang_set(lang);
}

static bool
is_address(const char *text)
{
	unsigned char octets[16];

	return inet_pton(AF_INET, text, octets) == 1 ||
	    inet_pton(AF_INET6, text, octets) == 1;
}

static int
take_words(struct options *options, int argc, char *argv[])
{
	int i = optind;

	for (size_t c = 0; i < argc &&
	    c < sizeof commands / sizeof commands[0]; c++) {
		if (strcmp(argv[i], commands[c].word) == 0) {
			options->command = commands[c].command;
			i++;
			break;
		}
	}
	if (i < argc && options->command == COMMAND_WIZARD &&
	    check_first(argv[i], i + 1 == argc) == -1)
		return -1;
	if (i < argc && options->command == COMMAND_MAIL)
		options->file = argv[i++];
	else if (i < argc)
		options->domain = argv[i++];
	if (i < argc && options->command == COMMAND_MAIL)
		return complain(_("{word}: one mail at a time."), argv[i]);
	if (i < argc)
		return complain(_("{word}: one domain is enough."), argv[i]);
	if (options->domain != NULL && options->command == COMMAND_PRACTICE)
		return complain(_("{word}: practice takes no domain, it has "
		    "one of its own."), options->domain);
	if (options->domain != NULL && options->command == COMMAND_PROVIDERS)
		return complain(_("{word}: providers takes no domain, it "
		    "shows all companies."), options->domain);
	for (size_t k = 0; k < sizeof only / sizeof only[0]; k++)
		if (options_has(options, only[k].option) &&
		    options->command != only[k].command)
			return complain(_("--{word} does not go with this "
			    "command."), rows[only[k].option].word);
	for (size_t k = 0; k < sizeof lonely / sizeof lonely[0]; k++)
		if (options_many(options) && options_has(options, lonely[k]))
			return complain(_("--{word} belongs to one domain; "
			    "with check - each line brings its own."),
			    rows[lonely[k]].word);
	if (options->jobs > 0 && !options_many(options))
		return complain(_("--{word} goes with check - alone."),
		    rows[OPTION_JOBS].word);
	if (options_has(options, OPTION_LIST) && options->domain != NULL)
		return complain(_("{word}: --list takes no domain, it shows "
		    "them all."), options->domain);
	if (options->tokens > 0 && options_has(options, OPTION_BYODKIM))
		return complain(_("--{word} does not go with --dkim-token: an "
		    "identity has one or the other."),
		    rows[OPTION_BYODKIM].word);
	if (options_has(options, OPTION_WATCH) &&
	    options_has(options, OPTION_REPLAY))
		return complain(_("--{word} does not go with --replay: "
		    "nothing changes there."), rows[OPTION_WATCH].word);
	return 0;
}

int
options_parse(struct options *options, int argc, char *argv[])
{
	struct option longs[OPTION_COUNT + 1];
	char shorts[2 * OPTION_COUNT + 2];
	const char *why;
	enum lang lang;
	int val;

	memset(options, 0, sizeof *options);
	set_language(argc, argv);
	fill_getopt(longs, shorts);
	while ((val = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		enum option_id id;

		if (val == '?')
			return complain(_("{word}: no such option."),
			    argv[optind - 1]);
		if (val == ':')
			return complain(_("{word} needs an argument."),
			    argv[optind - 1]);
		id = option_of(val);
		options->value[id] = optarg != NULL ? optarg : "";
		switch (id) {
		case OPTION_TOKEN:
			if (options->tokens == OPTIONS_LIST)
				return complain(_("{word}: three tokens are "
				    "enough."), optarg);
			options->token[options->tokens++] = optarg;
			break;
		case OPTION_ALSO:
			if (options->alsos == OPTIONS_LIST ||
			    !is_address(optarg))
				return complain(_("--also {word}: up to eight "
				    "IP addresses of resolvers are possible."),
				    optarg);
			options->also[options->alsos++] = optarg;
			break;
		case OPTION_TIMEOUT:
			options->timeout = (int)strtonum(optarg, 1, 86400,
			    &why);
			if (why != NULL)
				return complain(_("--timeout {word}: a number "
				    "of seconds from 1 to 86400 is needed."),
				    optarg);
			break;
		case OPTION_JOBS:
			options->jobs = (int)strtonum(optarg, 1, OPTIONS_JOBS,
			    &why);
			if (why != NULL)
				return complain(_("--jobs {word}: a number "
				    "from 1 to 256 is needed."), optarg);
			break;
		case OPTION_LANG:
			if (lang_parse(optarg, &lang) == -1)
				return complain(_("--lang {word}: en and ja "
				    "are known."), optarg);
			break;
		default:
			break;
		}
	}
	return take_words(options, argc, argv);
}
