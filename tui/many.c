#include "many.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <jansson.h>

#include "model/answers.h"
#include "batch.h"
#include "base/output.h"
#include "base/lang.h"
#include "diagnose/exit-status.h"
#include "report/report.h"
#include "dns/world-shared.h"
#include "base/text.h"
#include "base/xalloc.h"

enum {
	JOBS = 32,		/* unless told otherwise */
	FDS = 1024,
	LINE = 64 * 1024,	/* octets of a line, at most */
	SHOWN = 256,		/* of a bad line */
	PAUSE = 1000		/* ms of one wait, at most */
};

/* Standard input, read when there is something and never waited for alone. */
struct source {
	char *text;		/* LINE + 1 octets */
	size_t len, taken;	/* read; given out, of these */
	size_t line;		/* number of the last line given out */
	bool end;
	bool overlong;		/* the rest of a line is being passed over */
};

struct job {
	struct check *check;	/* NULL: free for the next line */
};

struct many {
	const struct options *options;
	struct source source;
	struct share *share;
	struct job *job;
	struct answers *answers;	/* of the line at hand */
	size_t jobs, busy;
	int status;
};

static void
source_read(struct source *source)
{
	ssize_t n;

	memmove(source->text, source->text + source->taken,
	    source->len - source->taken);
	source->len -= source->taken;
	source->taken = 0;
	n = read(STDIN_FILENO, source->text + source->len,
	    LINE - source->len);
	if (n > 0)
		source->len += (size_t)n;
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		source->end = true;
}

/* There is a line, whole or the last. */
static bool
source_ready(const struct source *source)
{
	size_t left = source->len - source->taken;

	return left > 0 && (source->end || memchr(source->text +
	    source->taken, '\n', left) != NULL);
}

/*
 * The next whole line, cut off at its newline; NULL when there is none yet.
 * One that is too long is given out at once, its rest is passed over.
 */
static char *
source_line(struct source *source)
{
	for (;;) {
		char *line = source->text + source->taken;
		size_t left = source->len - source->taken;
		char *newline = memchr(line, '\n', left);
		bool rest = source->overlong;

		if (newline == NULL && left < LINE && (left == 0 ||
		    !source->end))
			return NULL;
		source->overlong = newline == NULL && !source->end;
		if (newline == NULL)
			newline = line + left;
		source->taken = (size_t)(newline - source->text) +
		    (newline < line + left);
		*newline = '\0';
		if (rest)
			continue;
		source->line++;
		if (newline > line && newline[-1] == '\r')
			newline[-1] = '\0';
		line += strspn(line, " \t");
		if (*line != '\0' && *line != '#')
			return line;
	}
}

/* Failing is worse than not knowing; a line not understood is worst. */
static void
add_status(struct many *many, int status)
{
	static const int order[] = { 0, 1, 3, 2, EX_DATAERR, EX_IOERR };
	size_t old = 0, new = 0;

	while (order[old] != many->status)
		old++;
	while (order[new] != status)
		new++;
	if (new > old)
		many->status = status;
}

static void
print_error(struct many *many, const char *line, const char *why)
{
	char shown[SHOWN];
	json_t *root;

	text_safe(shown, sizeof shown, line, strlen(line));
	root = json_pack("{s:i, s:I, s:s, s:s}", "schema", 1, "line",
	    (json_int_t)many->source.line, "input", shown, "error", why);
	json_dumpf(root, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(root);
	add_status(many, EX_DATAERR);
}

static void
job_begin(struct many *many, struct job *job, const struct answers *answers)
{
	job->check = batch_begin(share_world(many->share), answers);
	session_noted(&answers->session.identity.domain,
	    &job->check->background.noted);
	session_known(&answers->session.identity,
	    &job->check->background.known);
	batch_set_up(job->check, many->options, answers->provider);
	check_start(job->check, clock_now());
	many->busy++;
}

static void
job_end(struct many *many, struct job *job)
{
	batch_end(job->check);
	job->check = NULL;
	many->busy--;
}

/* A line for each free job, as long as there are any. */
static void
take_lines(struct many *many)
{
	for (size_t i = 0; i < many->jobs; i++) {
		char *line;

		while (many->job[i].check == NULL) {
			if ((line = source_line(&many->source)) == NULL)
				return;
			if (many->source.overlong)
				print_error(many, line, _("This line is too "
				    "long."));
			else if (answers_of_line(many->answers, many->options,
			    line) != 0)
				print_error(many, line, many->answers->why);
			else
				job_begin(many, &many->job[i], many->answers);
		}
	}
}

/* Lets every check go on; when to come back at the latest. */
static int64_t
step(struct many *many)
{
	int64_t due;

	do {
		int64_t now = clock_now();

		due = share_step(many->share, now);
		for (size_t i = 0; i < many->jobs; i++) {
			struct job *job = &many->job[i];
			int64_t its;

			if (job->check == NULL)
				continue;
			its = check_step(job->check, now, NULL);
			if (its < due)
				due = its;
			if (!check_is_over(job->check))
				continue;
			report_json_line(stdout, job->check);
			add_status(many, exit_status(
			    job->check->diagnosis.verdict));
			job_end(many, job);
		}
	} while (share_asked(many->share));
	return due;
}

static void
wait_for(struct many *many, int64_t due)
{
	struct pollfd fds[FDS];
	bool hungry = many->busy < many->jobs && !many->source.end;
	int64_t left = due - clock_now();

	fds[0] = (struct pollfd){
		.fd = hungry ? STDIN_FILENO : -1,
		.events = POLLIN,
	};
	if (left > PAUSE || (hungry && many->busy == 0))
		left = PAUSE;
	if (poll(fds, (nfds_t)(1 + share_fds(many->share, fds + 1, FDS - 1)),
	    left > 0 ? (int)left : 0) > 0 && fds[0].revents != 0)
		source_read(&many->source);
}

static void
run(struct many *many)
{
	for (;;) {
		int64_t due;
		int written;

		take_lines(many);
		due = step(many);
		if ((written = output_finish(stdout)) != 0) {
			add_status(many, written);
			return;
		}
		if (many->busy < many->jobs && source_ready(&many->source))
			continue;
		if (many->busy == 0 && many->source.end)
			return;
		wait_for(many, due);
	}
}

int
many_check(const struct options *options)
{
	struct many many = {
		.options = options,
		.jobs = options->jobs > 0 ? (size_t)options->jobs : JOBS,
	};
	struct world *network = batch_network(options);

	if (network == NULL)
		return EX_USAGE;
	many.share = share_new(network);
	many.source.text = xmalloc(LINE + 1);
	many.job = xcalloc(many.jobs, sizeof *many.job);
	many.answers = xmalloc(sizeof *many.answers);
	run(&many);
	for (size_t i = 0; i < many.jobs; i++)
		if (many.job[i].check != NULL)
			job_end(&many, &many.job[i]);
	free(many.answers);
	free(many.job);
	free(many.source.text);
	share_free(many.share);
	network->ops->free(network);
	return many.status;
}
