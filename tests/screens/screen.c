/*
 * Runs screen scripts, each in a process and a scratch folder of its own.
 */
#include <err.h>
#include <ftw.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script.h"

enum { PATH_LEN = 4096, REMOVE_FDS = 16 };

/* What must not differ from machine to machine; NULL is not set at all. */
static const struct {
	const char	*name;
	const char	*value;
} environment[] = {
	{ "ACCESSIBLE",		NULL },
	{ "COLUMNS",		NULL },
	{ "ESCDELAY",		NULL },
	{ "LANG",		"C.UTF-8" },
	{ "LANGUAGE",		NULL },
	{ "LC_ALL",		NULL },
	{ "LC_CTYPE",		NULL },
	{ "LC_MESSAGES",	NULL },
	{ "LINES",		NULL },
	{ "NO_COLOR",		NULL },
	{ "STY",		NULL },
	{ "TERM",		"xterm-256color" },
	{ "TMUX",		NULL },
	{ "XDG_CONFIG_HOME",	NULL },
	{ "XDG_STATE_HOME",	NULL }
};

static void
environment_set(const char *scratch)
{
	for (size_t i = 0; i < sizeof(environment) / sizeof(*environment); i++)
		if (environment[i].value == NULL)
			unsetenv(environment[i].name);
		else
			setenv(environment[i].name, environment[i].value, 1);
	setenv("HOME", scratch, 1);
	setenv("SCRATCH", scratch, 1);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* The script's name without its folder and ".screen". */
static void
script_name(const char *path, char name[PATH_LEN])
{
	const char *slash = strrchr(path, '/');
	char *end;

	snprintf(name, PATH_LEN, "%s", slash == NULL ? path : slash + 1);
	end = strrchr(name, '.');
	if (end != NULL && strcmp(end, ".screen") == 0)
		*end = '\0';
}

static int
script_child(const char *path, const char *scratch)
{
	char name[PATH_LEN];
	int steps;

	environment_set(scratch);
	script_name(path, name);
	if ((steps = script_run(path)) == -1)
		printf("FAIL %s\n", name);
	else
		printf("ok %s (%d steps)\n", name, steps);
	fflush(stdout);
	return steps == -1;
}

static int
script_start(const char *path)
{
	char scratch[PATH_LEN];
	const char *tmp = getenv("TMPDIR");
	pid_t pid;
	int status;

	snprintf(scratch, sizeof(scratch), "%s/screen.XXXXXX",
	    tmp == NULL || *tmp == '\0' ? "/tmp" : tmp);
	if (mkdtemp(scratch) == NULL)
		err(1, "%s", scratch);
	fflush(stdout);
	if ((pid = fork()) == -1)
		err(1, "fork");
	if (pid == 0)
		exit(script_child(path, scratch));
	if (waitpid(pid, &status, 0) == -1)
		err(1, "waitpid");
	nftw(scratch, remove_one, REMOVE_FDS, FTW_DEPTH | FTW_PHYS);
	if (WIFSIGNALED(status))
		printf("FAIL %s: the harness was ended by a signal\n", path);
	return status;
}

int
main(int argc, char *argv[])
{
	int failed = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: screen SCRIPT...\n");
		return 64;
	}
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		errx(1, "the locale C.UTF-8 is needed");
	for (int i = 1; i < argc; i++)
		failed += script_start(argv[i]) != 0;
	printf("screens: %d passed, %d failed\n", argc - 1 - failed, failed);
	return failed > 0;
}
