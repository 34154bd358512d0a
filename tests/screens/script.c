#include "script.h"

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "view.h"
#include "words.h"

enum { DEADLINE_S = 10, INCLUDE_MAX = 8, PATH_LEN = 2048 };

int
script_fail(struct script *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(s->why, sizeof(s->why), format, ap);
	va_end(ap);
	return -1;
}

int
script_number(struct script *s, const char *text, int min, int max, int *value)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || n < min || n > max)
		return script_fail(s, "\"%s\" is no number from %d to %d",
		    text, min, max);
	*value = (int)n;
	return 0;
}

int
script_running(struct script *s)
{
	if (s->pty.state == PTY_RUNNING || s->pty.state == PTY_STOPPED)
		return 0;
	return script_fail(s, "no program is running");
}

/* The next line without its newline; NULL at the end. Free it. */
static char *
line_read(struct script *s)
{
	char *line = NULL;
	size_t size = 0;

	if (getline(&line, &size, s->in) == -1) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	s->line++;
	return line;
}

/* Everything up to the line that ends the block, joined by newlines. */
static char *
block_read(struct script *s, const char *end)
{
	char *text = NULL, *line;
	size_t size = 0;
	FILE *out;
	int start = s->line;

	if ((out = open_memstream(&text, &size)) == NULL)
		err(1, "open_memstream");
	while ((line = line_read(s)) != NULL && strcmp(line, end) != 0) {
		fprintf(out, "%s%s", s->line == start + 1 ? "" : "\n", line);
		free(line);
	}
	if (fclose(out) == EOF)
		err(1, "block");
	if (line == NULL) {
		s->line = start;
		script_fail(s, "the block is never ended by %s", end);
		free(text);
		return NULL;
	}
	free(line);
	return text;
}

static int
count_check(struct script *s, const struct command *c, int n)
{
	if (n >= c->min && n <= c->max)
		return 0;
	return script_fail(s, "write: %s %s", c->name, c->arguments);
}

static int
words_step(struct script *s, const struct command *c, const char *line)
{
	struct words w;
	const char *why;
	int status = -1;

	if (words_split(&w, line, !s->dry, &why) == -1)
		script_fail(s, "%s", why);
	else if (count_check(s, c, w.n - 1) == 0) {
		if (c->form == COMMAND_INCLUDE)
			status = script_walk(s, w.item[1]);
		else
			status = s->dry ? 0 : c->run(s, w.item + 1);
	}
	words_free(&w);
	return status;
}

static int
raw_step(struct script *s, const struct command *c, char *text)
{
	char *argv[] = { text, NULL };

	if (*text == '\0')
		return count_check(s, c, 0);
	return s->dry ? 0 : c->run(s, argv);
}

static int
block_step(struct script *s, const struct command *c)
{
	char *text;
	int status;

	if ((text = block_read(s, c->end)) == NULL)
		return -1;
	status = raw_step(s, c, text);
	free(text);
	return status;
}

static int
step(struct script *s, char *line)
{
	char name[32];
	const struct command *c;

	line += strspn(line, " \t");
	if (*line == '\0' || *line == '#')
		return 0;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(line, " \t"), line);
	if ((c = command_find(name)) == NULL)
		return script_fail(s, "there is no command \"%s\"", name);
	s->steps++;
	switch (c->form) {
	case COMMAND_RAW:
		line += strcspn(line, " \t");
		return raw_step(s, c, line + strspn(line, " \t"));
	case COMMAND_BLOCK:
		return block_step(s, c);
	case COMMAND_WORDS:
	case COMMAND_INCLUDE:
		break;
	}
	return words_step(s, c, line);
}

/* The place of an included script: beside the one that names it. */
static void
path_beside(const char *from, const char *path, char out[PATH_LEN])
{
	const char *slash = from == NULL ? NULL : strrchr(from, '/');

	if (slash == NULL || *path == '/')
		snprintf(out, PATH_LEN, "%s", path);
	else
		snprintf(out, PATH_LEN, "%.*s/%s", (int)(slash - from), from,
		    path);
}

/* On failure path and line stay, for the message. */
int
script_walk(struct script *s, const char *name)
{
	char path[PATH_LEN], *line;
	const char *outer_path = s->path;
	FILE *outer_in = s->in, *in;
	int outer_line = s->line, status = 0;

	path_beside(s->path, name, path);
	if (s->depth == INCLUDE_MAX)
		return script_fail(s, "scripts include each other too deep");
	if ((in = fopen(path, "re")) == NULL)
		return script_fail(s, "%s cannot be read", path);
	s->depth++;
	s->in = in;
	s->path = path;
	s->line = 0;
	while (status == 0 && (line = line_read(s)) != NULL) {
		status = step(s, line);
		free(line);
	}
	fclose(in);
	if (status == -1 && *s->where == '\0')
		snprintf(s->where, sizeof(s->where), "%s:%d", path, s->line);
	s->depth--;
	s->in = outer_in;
	s->path = outer_path;
	s->line = outer_line;
	return status;
}

/* The whole script is read once before its first step is done. */
int
script_run(const char *path)
{
	struct script *s;
	int steps;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		err(1, "calloc");
	pty_init(&s->pty, 80, 24);
	s->deadline = DEADLINE_S;
	s->dry = true;
	if (script_walk(s, path) == -1)
		printf("%s: %s\n", *s->where ? s->where : path, s->why);
	else {
		s->dry = false;
		s->steps = 0;
		if (script_walk(s, path) == -1) {
			printf("%s: %s\n", s->where, s->why);
			view_dump(&s->pty, stdout);
		}
	}
	steps = *s->why != '\0' ? -1 : s->steps;
	pty_close(&s->pty);
	free(s);
	return steps;
}
