#include "batch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <unistd.h>

#include <bsd/err.h>

#include "model/answers.h"
#include "diagnose/casefile.h"
#include "diagnose/check.h"
#include "diagnose/exit-status.h"
#include "plain/dialog.h"
#include "base/lang.h"
#include "base/output.h"
#include "report/report.h"
#include "base/text.h"
#include "draw/title.h"
#include "tell.h"
#include "base/xalloc.h"

enum {
	BATCH_FDS = 1024
};

/* The clock of a recorded case stands still. */
static int64_t
time_of(int64_t recorded)
{
	return recorded != 0 ? recorded : clock_now();
}

bool
batch_run(struct check *check, int64_t recorded, int stop)
{
	struct pollfd fds[BATCH_FDS];

	check_start(check, time_of(recorded));
	for (;;) {
		int64_t due = check_step(check, time_of(recorded), NULL), wait;
		size_t count;

		if (check_is_over(check))
			return true;
		wait = due - time_of(recorded);
		if (wait > 1000)
			wait = 1000;
		fds[0] = (struct pollfd){ .fd = stop, .events = POLLIN };
		count = 1 + check_fds(check, fds + 1, BATCH_FDS - 1);
		if (poll(fds, (nfds_t)count, wait > 0 ? (int)wait : 0) > 0 &&
		    fds[0].revents != 0)
			return false;
	}
}

void
batch_complain(const char *file)
{
	const char *reason = strerror(errno);
	char safe[512];

	text_safe(safe, sizeof safe, file, strlen(file));
	warnx("%s: %s", safe, reason);
}

bool
batch_colour(const struct options *options)
{
	const char *no = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && (no == NULL || *no == '\0') &&
	    !options_has(options, OPTION_NO_COLOUR);
}

/* The whole report, or what changed; a terminal gets no broken words. */
static void
say(const struct options *options, const struct check *check,
    const struct diagnosis *before)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL)
		err(EX_OSERR, "open_memstream");
	if (before == NULL)
		report_text(out, check, batch_colour(options));
	else
		report_changes(out, check, before, batch_colour(options));
	fclose(out);
	if (size > 0)
		dialog_say(text);
	free(text);
}

static int
report(const struct options *options, const struct check *check, void *arg)
{
	int rc;

	(void)arg;
	if (options_has(options, OPTION_JSON))
		report_json(stdout, check);
	else if (options_has(options, OPTION_ONELINE))
		report_oneline(stdout, check);
	else {
		/* Whoever reads it by a program reads this line, if one. */
		if (!isatty(STDOUT_FILENO))
			report_oneline(stdout, check);
		say(options, check, NULL);
	}
	rc = output_finish(stdout);
	return rc != 0 ? rc : exit_status(check->diagnosis.verdict);
}

struct check *
batch_begin(struct world *world, const struct answers *answers)
{
	struct check *check = xmalloc(sizeof *check);
	char guard[PLAN_GUARD];

	plan_guard(guard);
	check_init(check, world, &answers->session.identity, guard);
	return check;
}

void
batch_end(struct check *check)
{
	struct world *world = check->world;

	check_release(check);
	world->ops->free(world);
	free(check);
}

int
batch_set_up(struct check *check, const struct options *options,
    const struct provider *provider)
{
	const char *why;

	if (options->timeout > 0 && !options_has(options, OPTION_WATCH))
		check->budget = (int64_t)options->timeout * 1000;
	if (provider != NULL)
		check_set_provider(check, provider);
	if (options->alsos > 0)
		options_also(options, &check->vantages);
	if (options_has(options, OPTION_ZONE)) {
		if (name_parse_idn(&check->zone_given,
		    options->value[OPTION_ZONE], &why) == -1) {
			warnx("--zone: %s", _(why));
			return EX_USAGE;
		}
		if (!name_is_below(&check->plan.domain, &check->zone_given)) {
			warnx("--zone: %s", _("the domain does not end with "
			    "this zone."));
			return EX_USAGE;
		}
		check->has_zone_given = true;
	}
	return 0;
}

int
batch_replay(const struct options *options, batch_use_fn *use, void *arg)
{
	const char *file = options->value[OPTION_REPLAY];
	char why[CASEFILE_WHY];
	struct casefile *recorded;
	struct check *check;
	struct world *world;
	FILE *in = fopen(file, "re");
	int rc;

	if (in == NULL) {
		batch_complain(file);
		return EX_NOINPUT;
	}
	recorded = xmalloc(sizeof *recorded);
	casefile_init(recorded);
	rc = casefile_read(recorded, in, file, why);
	fclose(in);
	if (rc == -1) {
		warnx("%s", why);
		casefile_release(recorded);
		free(recorded);
		return EX_DATAERR;
	}
	world = world_replay(&recorded->log);
	check = xmalloc(sizeof *check);
	check_init(check, world, &recorded->identity, recorded->guard);
	check_recorded(check, recorded);
	rc = batch_set_up(check, options, options_has(options,
	    OPTION_PROVIDER) ? provider_find(options->value[OPTION_PROVIDER]) :
	    NULL);
	/* Where no time passes, there is nothing to wait for, either. */
	check->budget = 0;
	if (rc == 0) {
		batch_run(check, recorded->now, -1);
		rc = use(options, check, arg);
	}
	batch_end(check);
	casefile_release(recorded);
	free(recorded);
	return rc;
}

/* Sleeps until then; false when stop became readable. */
static bool
sleep_until(int64_t then, int stop)
{
	struct pollfd fd = { .fd = stop, .events = POLLIN };

	for (;;) {
		int64_t left = then - clock_now();

		if (left <= 0)
			return true;
		if (poll(&fd, 1, (int)left) > 0)
			return false;
	}
}

/* The descriptor that tells when the user has had enough. */
static int
stop_descriptor(void)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) == -1 ||
	    (fd = signalfd(-1, &set, SFD_CLOEXEC)) == -1)
		err(EX_OSERR, "signalfd");
	return fd;
}

/* What one look of a watch prints; 0, or the status of a failed write. */
static int
tell(const struct options *options, const struct check *check,
    const struct diagnosis *before, struct title *title)
{
	bool json = options_has(options, OPTION_JSON);
	bool line = options_has(options, OPTION_ONELINE);
	char sequence[TITLE_SIZE];
	struct text text = TEXT_INIT;

	if (!json && !line && isatty(STDOUT_FILENO)) {
		title_text(check, &text);
		title_set(title, text.s, check->improved > 0, sequence);
		text_release(&text);
		fputs(sequence, stdout);
	}
	if (json)
		report_json_line(stdout, check);
	else if (line)
		report_oneline(stdout, check);
	else
		say(options, check, before);
	return output_finish(stdout);
}

/*
 * Looks until all that is required is right, the user ends it, or no further
 * look fits into the timeout.  The status is that of the last whole look.
 */
static int
watch(const struct options *options, struct check *check)
{
	int64_t until = options->timeout > 0 ?
	    clock_now() + (int64_t)options->timeout * 1000 : INT64_MAX;
	struct diagnosis *before = xcalloc(1, sizeof *before);
	/* A line a look, and nothing around it. */
	bool json = options_has(options, OPTION_JSON) ||
	    options_has(options, OPTION_ONELINE);
	struct title title = { 0 };
	int stop = stop_descriptor(), written = 0;
	int status = exit_status(STATE_UNKNOWN);
	size_t looks = 0;

	for (;;) {
		int64_t begun = clock_now(), took;

		if (until - begun < check->budget)
			check->budget = until > begun ? until - begun : 1;
		if (!batch_run(check, 0, stop))
			break;
		took = clock_now() - begun;
		status = exit_status(check->diagnosis.verdict);
		written = tell(options, check, looks++ == 0 ? NULL : before,
		    &title);
		diagnosis_copy(before, &check->diagnosis);
		if (written != 0 || check->diagnosis.verdict <= STATE_WARN ||
		    check_next_look(check) + took >= until)
			break;
		if (looks == 1 && !json)
			putchar('\n');
		if (!sleep_until(check_next_look(check), stop))
			break;
	}
	if (written == 0 && looks > 1 && !json) {
		diagnosis_copy(&check->diagnosis, before);
		putchar('\n');
		check->improved = 0;
		written = tell(options, check, NULL, &title);
	}
	fputs(title_restore(&title), stdout);
	if (written == 0)
		written = output_finish(stdout);
	diagnosis_release(before);
	free(before);
	close(stop);
	return written != 0 ? written : status;
}

struct world *
batch_network(const struct options *options)
{
	struct world_options world_options = {
		.resolver = options->value[OPTION_RESOLVER],
		.unbound_conf = options->value[OPTION_UNBOUND_CONF],
		.private = options_has(options, OPTION_PRIVATE),
	};
	struct text why = TEXT_INIT;
	struct world *world = world_network(&world_options, &why);

	if (world == NULL)
		warnx("%s", why.s);
	text_release(&why);
	return world;
}

static int
check_network(const struct options *options, const struct answers *answers)
{
	const char *file = options->value[OPTION_RECORD];
	struct check *check;
	struct world *world;
	FILE *record = NULL;
	int rc;

	if ((world = batch_network(options)) == NULL)
		return EX_USAGE;
	if (file != NULL && (record = fopen(file, "we")) == NULL) {
		batch_complain(file);
		world->ops->free(world);
		return EX_CANTCREAT;
	}
	check = batch_begin(world, answers);
	check->record = record;
	session_noted(&answers->session.identity.domain,
	    &check->background.noted);
	check->background.noted.take = options_has(options, OPTION_WATCH);
	session_known(&answers->session.identity, &check->background.known);
	rc = batch_set_up(check, options, answers->provider);
	if (rc == 0) {
		if (options_has(options, OPTION_WATCH)) {
			rc = watch(options, check);
		} else {
			batch_run(check, 0, -1);
			rc = report(options, check, NULL);
		}
	}
	if (record != NULL) {
		int written = output_finish(record);

		if (check->recorded.full)
			warnx("%s", _("there was more than a case file holds: "
			    "not all answers are in it."));
		fclose(record);
		if (written != 0)
			rc = written;
	}
	batch_end(check);
	return rc;
}

static int
gather(struct answers *answers, const struct options *options)
{
	int rc = answers_gather(answers, options, false);

	if (rc == 0)
		tell_answers(answers);
	return rc;
}

static int
need_domain(const struct answers *answers)
{
	if (answers->session.identity.has_domain)
		return 0;
	warnx("%s", _("a domain is needed, for example: example.jp"));
	return EX_USAGE;
}

static int
need_values(const struct answers *answers)
{
	/* What is missing, as options. */
	static const char *const ways[] = {
		[IDENTITY_LACKS_SELECTOR] = N_("Give it with the key: "
		    "--byodkim SELECTOR=KEY."),
		[IDENTITY_LACKS_KEY] = N_("Give it with its selector: "
		    "--byodkim SELECTOR=KEY."),
		[IDENTITY_LACKS_TOKENS] = N_("Give all three: -k TOKEN, three "
		    "times."),
		[IDENTITY_LACKS_REGION] = N_("Add -r REGION, for example -r "
		    "ap-northeast-1: AWS's page shows it at the top right."),
		[IDENTITY_LACKS_ZONE] = N_("The option for it is "
		    "--dkim-zone."),
	};
	const struct identity *identity = &answers->session.identity;
	enum identity_lack lack = identity_lacks(identity);
	const char *why;

	if (identity_complete(identity, &why))
		return 0;
	if (identity->tokens == 0 && identity->verification[0] == '\0' &&
	    !identity_has_own_key(identity))
		why = answers->imported || answers->has_account ?
		    N_("The document has none of what proves the domain: DKIM "
		    "tokens, a DKIM key of your own or the Verification TXT. "
		    "Add the DKIM rows that SES shows.") :
		    N_("No SES values are given (-i or -k).");
	if (lack < sizeof ways / sizeof ways[0] && ways[lack] != NULL)
		warnx("%s %s", _(why), _(ways[lack]));
	else
		warnx("%s", _(why));
	return EX_USAGE;
}

/* A command over the answers of this command line, a domain among them. */
static int
with_answers(const struct options *options,
    int (*run)(const struct options *, const struct answers *))
{
	struct answers *answers = xmalloc(sizeof *answers);
	int rc = gather(answers, options);

	if (rc == 0)
		rc = need_domain(answers);
	if (rc == 0)
		rc = run(options, answers);
	free(answers);
	return rc;
}

static int
check_one(const struct options *options, const struct answers *answers)
{
	const struct identity *identity = &answers->session.identity;
	int rc;

	/* Values that were begun but cannot make a plan are wrong usage. */
	if ((options_has(options, OPTION_WATCH) || identity->tokens > 0 ||
	    identity_has_own_key(identity) || identity->has_mail_from) &&
	    (rc = need_values(answers)) != 0)
		return rc;
	return check_network(options, answers);
}

int
batch_check(const struct options *options)
{
	if (options_has(options, OPTION_REPLAY))
		return batch_replay(options, report, NULL);
	return with_answers(options, check_one);
}

/*
 * The name to type depends on the zone: it is looked up with the domain
 * alone, unless zone and company are given.
 */
static void
find_zone(struct check *check, const struct identity *identity)
{
	struct identity bare;
	char zone[NAME_TEXT];
	struct name found;

	if (check->has_zone_given && check->company.chosen != NULL)
		return;
	identity_init(&bare);
	bare.domain = identity->domain;
	bare.has_domain = true;
	check_set_identity(check, &bare);
	batch_run(check, 0, -1);
	check_set_identity(check, identity);
	if (check->delegation.state == DELEGATION_FOUND ||
	    check->has_zone_given)
		return;
	check_zone(check, &found);
	fprintf(stderr, "dnsesame: %s %s\n", _("The zone could not be looked "
	    "up (--zone names it). Assumed:"), name_text(&found, zone));
}

static int
records(const struct options *options, const struct answers *answers)
{
	struct check *check;
	struct world *world;
	int rc;

	if ((rc = need_values(answers)) != 0)
		return rc;
	if ((world = batch_network(options)) == NULL)
		return EX_USAGE;
	check = batch_begin(world, answers);
	rc = batch_set_up(check, options, answers->provider);
	if (rc == 0) {
		find_zone(check, &answers->session.identity);
		if (options_has(options, OPTION_JSON))
			report_records_json(stdout, check);
		else if (options_has(options, OPTION_ZONEFILE))
			report_records_zonefile(stdout, check);
		else if (options_has(options, OPTION_MARKDOWN))
			report_records_markdown(stdout, check);
		else
			report_records_text(stdout, check);
		rc = output_finish(stdout);
	}
	batch_end(check);
	return rc;
}

int
batch_records(const struct options *options)
{
	return with_answers(options, records);
}

int
batch_providers(const struct options *options)
{
	if (options_has(options, OPTION_JSON))
		report_providers_json(stdout);
	else
		report_providers_text(stdout);
	return output_finish(stdout);
}
