#include "model/answers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <bsd/string.h>
#include <jansson.h>

#include "ses/import.h"
#include "base/lang.h"
#include "model/other-region.h"
#include "ses/region.h"
#include "base/text.h"
#include "base/xalloc.h"

/* "WHERE: WHY", nothing raw. */
static int
complain(struct answers *answers, int status, const char *where,
    const char *why)
{
	text_safe(answers->why, ANSWERS_WHERE, where, strlen(where));
	if (answers->why[0] != '\0')
		strlcat(answers->why, ": ", sizeof answers->why);
	strlcat(answers->why, why, sizeof answers->why);
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

/*
 * Where the document differs from what is there, sentence says which holds:
 * "{label}: {found}, not {had}."
 */
static void
note_conflicts(struct answers *answers, const char *sentence)
{
	struct import_conflict conflict[IMPORT_CONFLICTS];
	size_t count = import_conflicts(&answers->document,
	    &answers->session.identity, conflict);

	for (size_t i = 0; i < count; i++) {
		const struct text_place places[] = {
			{ "label", conflict[i].label },
			{ "had", conflict[i].had },
			{ "found", conflict[i].found },
			{ NULL, NULL },
		};
		char line[ANSWERS_NOTE];

		text_fill(line, sizeof line, sentence, places);
		if (answers->note[0] != '\0')
			strlcat(answers->note, " ", ANSWERS_NOTE);
		strlcat(answers->note, line, ANSWERS_NOTE);
	}
}

/* The document's region is another one: so are its answers. */
static int
open_region(struct answers *answers, char why[static SESSION_WHY])
{
	int rc = other_region_load(&answers->loaded, &answers->session,
	    answers->document.identity.region, why);

	answers->session = answers->loaded;
	answers->saved = rc == 1;
	if (rc != 1)
		session_init(&answers->loaded);
	return rc;
}

static int
import_text(struct answers *answers, const char *where, const char *text,
    size_t len)
{
	struct identity *identity = &answers->session.identity;
	char why[IMPORT_WHY];

	if ((answers->has_account = account_read(&answers->account, text,
	    len)))
		return 0;
	if (import_parse(&answers->document, text, len, identity, why) == -1)
		return complain(answers, EX_DATAERR, where, why);
	answers->imported = true;
	if (!answers->region_named &&
	    other_region_is(&answers->document.identity, identity) &&
	    open_region(answers, why) == -1)
		return complain(answers, EX_DATAERR, "", why);
	note_conflicts(answers, _("{label}: {found} is used, as the document "
	    "says; saved was {had}."));
	import_apply(&answers->document, identity);
	return 0;
}

static int
import_document(struct answers *answers, const char *file)
{
	char *text;
	size_t len;
	int rc;

	text = read_document(file, &len);
	if (text == NULL)
		return complain(answers, EX_NOINPUT, file, strerror(errno));
	rc = import_text(answers, strcmp(file, "-") == 0 ?
	    _("standard input") : file, text, len);
	free(text);
	return rc;
}

static int
take_region(struct answers *answers, const char *text)
{
	struct identity *identity = &answers->session.identity;
	struct text said = TEXT_INIT;
	const char *why;
	int rc;

	if (identity_set_region(identity, text, &why) == 0)
		return 0;
	region_refused(&said, text, why);
	rc = complain(answers, EX_USAGE, text, said.s);
	text_release(&said);
	return rc;
}

/* A whole target tells where the targets lie, too. */
static int
take_token(struct answers *answers, const char *text, bool zone_given)
{
	struct identity *identity = &answers->session.identity;
	char why[IMPORT_WHY];
	struct import target;
	const char *reason;

	if (identity_add_token(identity, text, &reason) == -1)
		return complain(answers, EX_USAGE, text, _(reason));
	if (zone_given || strchr(text, '.') == NULL ||
	    strcasestr(text, "._domainkey") != NULL)
		return 0;
	if (import_parse(&target, text, strlen(text), identity, why) == -1)
		return complain(answers, EX_USAGE, text, why);
	import_apply_zone(&target, identity);
	return 0;
}

/* Setters in the order in which one needs the other. */
static const struct {
	enum option_id option;
	int (*set)(struct identity *, const char *, const char **);
} setters[] = {
	{ OPTION_DKIM_ZONE, identity_set_dkim_zone },
	{ OPTION_VERIFICATION, identity_set_verification },
	{ OPTION_MAIL_FROM, identity_set_mail_from },
	{ OPTION_BYODKIM, identity_set_byodkim },
};

static int
take_options(struct answers *answers, const struct options *options)
{
	struct identity *identity = &answers->session.identity;
	const char *why;

	for (size_t i = 0; i < sizeof setters / sizeof setters[0]; i++) {
		const char *text = options->value[setters[i].option];

		if (text != NULL && setters[i].set(identity, text, &why) == -1)
			return complain(answers, EX_USAGE, text, _(why));
	}
	if (options_has(options, OPTION_REGION)) {
		int rc = take_region(answers, options->value[OPTION_REGION]);

		if (rc != 0)
			return rc;
	}
	if (options->tokens > 0) {
		identity->tokens = 0;
		for (size_t i = 0; i < options->tokens; i++) {
			int rc = take_token(answers, options->token[i],
			    options_has(options, OPTION_DKIM_ZONE));

			if (rc != 0)
				return rc;
		}
	}
	if (options_has(options, OPTION_STATUS)) {
		enum ses_status status;

		if (ses_status_parse(options->value[OPTION_STATUS],
		    &status) == -1)
			return complain(answers, EX_USAGE,
			    options->value[OPTION_STATUS],
			    _("none, pending, failed, temporary-failure or "
			    "verified is needed."));
		identity_set_status(identity, status);
	}
	return 0;
}

static int
take_domain(struct answers *answers, const struct options *options, bool last)
{
	struct identity *identity = &answers->session.identity;
	const char *region = options->value[OPTION_REGION];
	const struct region *named = region != NULL ? region_named(region) :
	    NULL;
	char why[SESSION_WHY];
	const char *reason;
	int rc = 0;

	if (options->domain != NULL) {
		if (identity_set_domain(identity, options->domain,
		    &reason) == -1)
			return complain(answers, EX_USAGE, options->domain,
			    _(reason));
		rc = session_load(&answers->session, &identity->domain,
		    named != NULL ? named->code :
		    region != NULL ? region : "", why);
	} else if (last && !options_has(options, OPTION_IMPORT)) {
		rc = session_load_last(&answers->session, why);
		answers->last = rc == 1;
	}
	if (rc == -1)
		return complain(answers, EX_DATAERR, "", why);
	answers->saved = rc == 1;
	answers->loaded = answers->session;
	answers->region_named = region != NULL;
	return 0;
}

/* Options laid over what is there; then the company. */
static int
finish(struct answers *answers, const struct options *options)
{
	int rc = take_options(answers, options);

	if (rc == 0 && answers->imported) {
		note_conflicts(answers, _("{label}: {had} is used, as the "
		    "option says; in the document it is {found}."));
		/* A pasted target beats the table of whatever region. */
		if (!options_has(options, OPTION_DKIM_ZONE))
			import_apply_zone(&answers->document,
			    &answers->session.identity);
	}
	if (rc == 0 && answers->provider == NULL &&
	    answers->session.provider[0] != '\0')
		answers->provider = provider_find(answers->session.provider);
	return rc;
}

static int
begin(struct answers *answers, const struct options *options, bool last)
{
	const char *id = options->value[OPTION_PROVIDER];
	char why[ANSWERS_WHY];

	memset(answers, 0, sizeof *answers);
	session_init(&answers->session);
	if (id != NULL && (answers->provider = provider_find(id)) == NULL) {
		text_program(why, sizeof why, _("no such DNS company. "
		    "{program} providers lists them; generic fits any."));
		return complain(answers, EX_USAGE, id, why);
	}
	return take_domain(answers, options, last);
}

static int
gather(struct answers *answers, const struct options *options, bool last)
{
	const char *file = options->value[OPTION_IMPORT];
	int rc = begin(answers, options, last);

	if (rc == 0 && file != NULL)
		rc = import_document(answers, file);
	return rc != 0 ? rc : finish(answers, options);
}

int
answers_gather(struct answers *answers, const struct options *options,
    bool last)
{
	int rc = gather(answers, options, last);

	if (rc != 0)
		fprintf(stderr, "dnsesame: %s\n", answers->why);
	return rc;
}

/* What a JSON line may say besides what AWS says, and as which option. */
static const struct {
	const char *key;
	enum option_id option;
} line_keys[] = {
	{ "region", OPTION_REGION },
	{ "provider", OPTION_PROVIDER },
};

/* How many of them are in it; their texts are borrowed from root. */
static size_t
take_line_keys(struct options *options, const json_t *root)
{
	const json_t *domain = json_object_get(root, "domain");
	size_t taken = 0;

	if (json_is_string(domain)) {
		options->domain = json_string_value(domain);
		taken++;
	}
	for (size_t i = 0; i < sizeof line_keys / sizeof line_keys[0]; i++) {
		const json_t *value = json_object_get(root, line_keys[i].key);

		if (!json_is_string(value))
			continue;
		options->value[line_keys[i].option] =
		    json_string_value(value);
		taken++;
	}
	return taken;
}

int
answers_of_line(struct answers *answers, const struct options *options,
    const char *line)
{
	struct options one = *options;
	json_t *root = NULL;
	bool more = false;
	int rc;

	one.domain = line;
	if (*line == '{') {
		one.domain = NULL;
		root = json_loads(line, 0, NULL);
		more = take_line_keys(&one, root) < json_object_size(root) ||
		    root == NULL;
	}
	rc = begin(answers, &one, false);
	if (rc == 0 && more)
		rc = import_text(answers, "", line, strlen(line));
	if (rc == 0)
		rc = finish(answers, &one);
	if (rc == 0 && !answers->session.identity.has_domain)
		rc = complain(answers, EX_USAGE, "", _("a domain is needed, "
		    "for example: example.jp"));
	json_decref(root);
	return rc;
}
