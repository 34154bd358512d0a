#include "answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <bsd/string.h>

#include "import.h"
#include "lang.h"
#include "region.h"
#include "text.h"
#include "xalloc.h"

/* "dnsesame: WHERE: WHY", nothing raw. */
static int
complain(int status, const char *where, const char *why)
{
	char safe[256];

	text_safe(safe, sizeof safe, where, strlen(where));
	fprintf(stderr, "dnsesame: %s%s%s\n", safe, *safe != '\0' ? ": " : "",
	    why);
	return status;
}

/* Reads at most IMPORT_MAX + 1 octets, so that too much is seen as such. */
static char *
read_document(const char *file, size_t *len)
{
	FILE *in = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
	char *text;
	int failed;

	if (in == NULL)
		return NULL;
	text = xmalloc(IMPORT_MAX + 2);
	*len = fread(text, 1, IMPORT_MAX + 1, in);
	text[*len] = '\0';
	failed = ferror(in);
	if (in != stdin)
		fclose(in);
	if (failed) {
		free(text);
		return NULL;
	}
	return text;
}

/* The document may come by a pipe while the wizard needs the terminal. */
static void
take_back_terminal(void)
{
	if (isatty(STDOUT_FILENO) && freopen("/dev/tty", "r", stdin) == NULL)
		clearerr(stdin);
}

static int
import_document(struct identity *identity, const char *file)
{
	struct import import;
	char why[IMPORT_WHY];
	char *text;
	size_t len;
	int rc;

	text = read_document(file, &len);
	if (text == NULL)
		return complain(EX_NOINPUT, file, strerror(errno));
	rc = import_parse(&import, text, len, identity, why);
	free(text);
	if (rc == -1)
		return complain(EX_DATAERR, strcmp(file, "-") == 0 ?
		    _("standard input") : file, why);
	import_apply(&import, identity);
	if (strcmp(file, "-") == 0)
		take_back_terminal();
	return 0;
}

static int
take_region(struct identity *identity, const char *text)
{
	const char *why;
	char said[512];
	struct text_place places[] = {
		{ "region", region_nearest(text)->code },
		{ NULL, NULL },
	};

	if (identity_set_region(identity, text, &why) == 0)
		return 0;
	strlcpy(said, _(why), sizeof said);
	strlcat(said, " ", sizeof said);
	text_fill(said + strlen(said), sizeof said - strlen(said),
	    _("Did you mean {region}?"), places);
	return complain(EX_USAGE, text, said);
}

/* Setters in the order in which one needs the other. */
static const struct {
	enum option_id option;
	int (*set)(struct identity *, const char *, const char **);
} setters[] = {
	{ OPTION_DKIM_ZONE, identity_set_dkim_zone },
	{ OPTION_VERIFICATION, identity_set_verification },
	{ OPTION_MAIL_FROM, identity_set_mail_from },
};

static int
take_options(struct identity *identity, const struct options *options)
{
	const char *why;

	for (size_t i = 0; i < sizeof setters / sizeof setters[0]; i++) {
		const char *text = options->value[setters[i].option];

		if (text != NULL && setters[i].set(identity, text, &why) == -1)
			return complain(EX_USAGE, text, _(why));
	}
	if (options_has(options, OPTION_REGION)) {
		int rc = take_region(identity, options->value[OPTION_REGION]);

		if (rc != 0)
			return rc;
	}
	if (options->tokens > 0) {
		identity->tokens = 0;
		for (size_t i = 0; i < options->tokens; i++)
			if (identity_add_token(identity, options->token[i],
			    &why) == -1)
				return complain(EX_USAGE, options->token[i],
				    _(why));
	}
	if (options_has(options, OPTION_STATUS)) {
		if (ses_status_parse(options->value[OPTION_STATUS],
		    &identity->status) == -1)
			return complain(EX_USAGE,
			    options->value[OPTION_STATUS],
			    _("none, pending, failed, temporary-failure or "
			    "verified is needed."));
		identity->status_imported = false;
	}
	return 0;
}

static int
take_domain(struct answers *answers, const struct options *options, bool last)
{
	struct identity *identity = &answers->session.identity;
	char why[SESSION_WHY];
	const char *reason;
	int rc = 0;

	if (options->domain != NULL) {
		if (identity_set_domain(identity, options->domain,
		    &reason) == -1)
			return complain(EX_USAGE, options->domain, _(reason));
		rc = session_load(&answers->session, &identity->domain,
		    options_has(options, OPTION_REGION) ?
		    options->value[OPTION_REGION] : "", why);
	} else if (last && !options_has(options, OPTION_IMPORT)) {
		rc = session_load_last(&answers->session, why);
	}
	if (rc == -1) {
		fprintf(stderr, "dnsesame: %s\n", why);
		return EX_DATAERR;
	}
	answers->saved = rc == 1;
	return 0;
}

int
answers_gather(struct answers *answers, const struct options *options,
    bool last)
{
	struct identity *identity = &answers->session.identity;
	const char *id = options->value[OPTION_PROVIDER];
	int rc;

	memset(answers, 0, sizeof *answers);
	session_init(&answers->session);
	if (id != NULL && (answers->provider = provider_find(id)) == NULL)
		return complain(EX_USAGE, id, _("no such DNS company. "
		    "dnsesame providers lists them; generic fits any."));
	if ((rc = take_domain(answers, options, last)) != 0)
		return rc;
	if (options_has(options, OPTION_IMPORT) && (rc =
	    import_document(identity, options->value[OPTION_IMPORT])) != 0)
		return rc;
	if ((rc = take_options(identity, options)) != 0)
		return rc;
	if (answers->provider == NULL && answers->session.provider[0] != '\0')
		answers->provider = provider_find(answers->session.provider);
	return 0;
}
