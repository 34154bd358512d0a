#include "mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <bsd/err.h>

#include "base/output.h"
#include "base/lang.h"
#include "base/xalloc.h"
#include "batch.h"
#include "diagnose/arrival.h"
#include "diagnose/check.h"
#include "diagnose/exit-status.h"
#include "mail/received.h"
#include "model/answers.h"
#include "plain/dialog.h"
#include "report/report-arrival.h"

/* At most an octet more than is looked at, so that it is seen as too much. */
static char *
read_mail(const char *file, size_t *len)
{
	FILE *in = file == NULL ? stdin : fopen(file, "re");
	char *text;

	if (in == NULL)
		return NULL;
	if (file == NULL && isatty(STDIN_FILENO))
		fprintf(stderr, "dnsesame: %s\n", _("Paste the source of the "
		    "mail here, then press Ctrl-D on a line of its own."));
	text = xmalloc(RECEIVED_MAX + 1);
	*len = fread(text, 1, RECEIVED_MAX + 1, in);
	if (ferror(in)) {
		free(text);
		text = NULL;
	}
	if (in != stdin)
		fclose(in);
	return text;
}

/*
 * The saved domain that the sender is at or below; without one the one
 * saved last.  0, or the exit status after a complaint.
 */
static int
find_identity(struct answers *answers, const struct options *options,
    const struct received *mail)
{
	struct options one = *options;
	struct identity scratch;
	char text[NAME_TEXT];
	struct name name = mail->from;
	const char *why;
	int rc = 0;

	memset(answers, 0, sizeof *answers);
	if (mail->froms == 0)
		return answers_gather(answers, options, true);
	identity_init(&scratch);
	/* A mail service's own address, for one, is nobody's domain. */
	if (identity_set_domain(&scratch, name_text(&name, text), &why) == -1)
		return 0;
	for (; rc == 0 && !answers->saved && name_labels(&name) > 1 &&
	    identity_set_domain(&scratch, name_text(&name, text), &why) == 0;
	    name_parent(&name, &name)) {
		one.domain = text;
		rc = answers_gather(answers, &one, false);
		if (name_equal(&name, &mail->from) && rc == 0 &&
		    (answers->session.identity.tokens > 0 ||
		    identity_has_own_key(&answers->session.identity)))
			break;
	}
	return rc;
}

/* Something to compare with, besides the name of the domain. */
static bool
knows(const struct answers *answers)
{
	const struct identity *identity = &answers->session.identity;

	return identity->has_domain && (identity->tokens > 0 ||
	    identity_has_own_key(identity) || identity->has_mail_from);
}

static int
tell(const struct options *options, const struct arrival *arrival)
{
	char *text;
	size_t size;
	FILE *out;
	int rc;

	if (options_has(options, OPTION_JSON)) {
		report_arrival_json(stdout, arrival);
	} else {
		if ((out = open_memstream(&text, &size)) == NULL)
			err(EX_OSERR, "open_memstream");
		report_arrival_text(out, arrival, batch_colour(options));
		fclose(out);
		dialog_say(text);
		free(text);
	}
	rc = output_finish(stdout);
	return rc != 0 ? rc : exit_status(arrival->verdict);
}

/* The mail beside what a look at DNS found. */
static int
use(const struct options *options, const struct check *check, void *arg)
{
	const struct received *mail = arg;
	struct arrival arrival;

	arrival_judge(&arrival, mail, &check->plan.identity);
	arrival_look(&arrival, &check->plan, &check->diagnosis, check->ended);
	return tell(options, &arrival);
}

static int
look(const struct options *options, const struct answers *answers,
    struct received *mail)
{
	struct world *world = batch_network(options);
	struct check *check;
	int rc;

	if (world == NULL)
		return EX_USAGE;
	check = batch_begin(world, answers);
	rc = batch_set_up(check, options, answers->provider);
	if (rc == 0) {
		batch_run(check, 0, -1);
		rc = use(options, check, mail);
	}
	batch_end(check);
	return rc;
}

/* What is known of this domain decides how much can be told. */
static int
judge(const struct options *options, struct received *mail,
    struct answers *answers)
{
	struct arrival arrival;
	const char *why;
	int rc;

	if ((rc = find_identity(answers, options, mail)) != 0)
		return rc;
	if (knows(answers) &&
	    identity_complete(&answers->session.identity, &why))
		return look(options, answers, mail);
	arrival_judge(&arrival, mail, knows(answers) ?
	    &answers->session.identity : NULL);
	return tell(options, &arrival);
}

int
mail_command(const struct options *options)
{
	const char *file = options->file, *why;
	struct received *mail;
	struct answers *answers;
	size_t len;
	char *text;
	int rc;

	if (file != NULL && strcmp(file, "-") == 0)
		file = NULL;
	if ((text = read_mail(file, &len)) == NULL) {
		batch_complain(file != NULL ? file : _("standard input"));
		return EX_NOINPUT;
	}
	mail = xmalloc(sizeof *mail);
	answers = xmalloc(sizeof *answers);
	if (received_read(mail, text, len, &why) == -1) {
		warnx("%s", _(why));
		rc = EX_DATAERR;
	} else if (options_has(options, OPTION_REPLAY)) {
		rc = batch_replay(options, use, mail);
	} else {
		rc = judge(options, mail, answers);
	}
	free(text);
	free(answers);
	free(mail);
	return rc;
}
