#include "act.h"

#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "key.h"
#include "see.h"
#include "svg.h"

enum {
	DEADLINE_MAX_S = 3600,
	SHELL_STEP_MS = 5,
	PRESSES_MAX = 1000,
	PASTE_MAX = 16 << 20,
	PATH_LEN = 4096
};

static int
size_read(struct script *s, char **arg, int *cols, int *rows)
{
	if (script_number(s, arg[0], 1, PTY_SIDE_MAX, cols) == -1)
		return -1;
	return script_number(s, arg[1], 1, PTY_SIDE_MAX, rows);
}

int
act_size(struct script *s, char **arg)
{
	int cols, rows;

	if (s->pty.state == PTY_RUNNING || s->pty.state == PTY_STOPPED)
		return script_fail(s, "a program is running: use resize");
	if (size_read(s, arg, &cols, &rows) == -1)
		return -1;
	pty_resize(&s->pty, cols, rows);
	return 0;
}

int
act_resize(struct script *s, char **arg)
{
	int cols, rows;

	if (script_running(s) == -1 || size_read(s, arg, &cols, &rows) == -1)
		return -1;
	pty_settle(&s->pty);
	pty_resize(&s->pty, cols, rows);
	return 0;
}

int
act_env(struct script *s, char **arg)
{
	if (setenv(arg[0], arg[1], 1) == -1)
		return script_fail(s, "\"%s\" cannot be a name", arg[0]);
	return 0;
}

int
act_unset(struct script *s, char **arg)
{
	if (unsetenv(arg[0]) == -1)
		return script_fail(s, "\"%s\" cannot be a name", arg[0]);
	return 0;
}

int
act_cursor_report(struct script *s, char **arg)
{
	if (strcmp(arg[0], "true") == 0)
		s->pty.column = PTY_COLUMN_TRUE;
	else if (strcmp(arg[0], "none") == 0)
		s->pty.column = PTY_COLUMN_NONE;
	else
		return script_number(s, arg[0], 1, PTY_SIDE_MAX,
		    &s->pty.column);
	return 0;
}

int
act_deadline(struct script *s, char **arg)
{
	return script_number(s, arg[0], 1, DEADLINE_MAX_S, &s->deadline);
}

int
act_run(struct script *s, char **arg)
{
	if (s->pty.state == PTY_RUNNING || s->pty.state == PTY_STOPPED)
		return script_fail(s, "the last program still runs");
	pty_run(&s->pty, arg);
	s->pressed = 0;
	return 0;
}

static int
sent(struct script *s, bool taken)
{
	if (taken)
		return 0;
	return script_fail(s, "the program does not read its keys");
}

/* The words as they were typed, one space between two. */
int
act_type(struct script *s, char **arg)
{
	for (int i = 0; arg[i] != NULL; i++) {
		if (script_running(s) == -1 ||
		    (i > 0 && sent(s, pty_send(&s->pty, " ", 1)) == -1) ||
		    sent(s, pty_send(&s->pty, arg[i], strlen(arg[i]))) == -1)
			return -1;
	}
	return 0;
}

static int
press(struct script *s, const char *key)
{
	if (!key_known(key))
		return script_fail(s, "there is no key \"%s\"", key);
	if (script_running(s) == -1)
		return -1;
	s->pressed++;
	return sent(s, key_press(&s->pty, key));
}

int
act_key(struct script *s, char **arg)
{
	for (; *arg != NULL; arg++)
		if (press(s, *arg) == -1)
			return -1;
	return 0;
}

int
act_keys_until(struct script *s, char **arg)
{
	int max;

	if (see_text_check(s, arg[0]) == -1 ||
	    script_number(s, arg[1], 1, PRESSES_MAX, &max) == -1)
		return -1;
	for (int i = 0; i < max; i++) {
		if (see_text(s, arg[0], 0))
			return 0;
		if (press(s, arg[2]) == -1)
			return -1;
	}
	return see_wait(s, arg);
}

int
act_paste(struct script *s, char **arg)
{
	if (script_running(s) == -1)
		return -1;
	return sent(s, pty_paste(&s->pty, arg[0], true));
}

int
act_paste_plain(struct script *s, char **arg)
{
	if (script_running(s) == -1)
		return -1;
	return sent(s, pty_paste(&s->pty, arg[0], false));
}

int
act_paste_file(struct script *s, char **arg)
{
	char *text;
	FILE *in;
	size_t n;
	int status;

	if (arg[1] != NULL && strcmp(arg[1], "plain") != 0)
		return script_fail(s, "plain is all that may be said");
	if ((in = fopen(arg[0], "re")) == NULL)
		return script_fail(s, "%s cannot be read", arg[0]);
	if ((text = calloc(1, PASTE_MAX)) == NULL)
		err(1, "calloc");
	n = fread(text, 1, PASTE_MAX - 1, in);
	fclose(in);
	if (memchr(text, '\0', n) != NULL)
		status = script_fail(s, "%s is no text", arg[0]);
	else
		status = (arg[1] != NULL ? act_paste_plain : act_paste)(s,
		    (char *[]){ text, NULL });
	free(text);
	return status;
}

int
act_signal(struct script *s, char **arg)
{
	if (script_running(s) == -1)
		return -1;
	for (int sig = 1; sig < NSIG; sig++) {
		const char *name = sigabbrev_np(sig);

		if (name != NULL && strcmp(name, arg[0]) == 0) {
			pty_settle(&s->pty);
			pty_signal(&s->pty, sig);
			return 0;
		}
	}
	return script_fail(s, "there is no signal \"%s\"", arg[0]);
}

int
act_hangup(struct script *s, char **arg)
{
	(void)arg;
	if (script_running(s) == -1)
		return -1;
	pty_settle(&s->pty);
	pty_hangup(&s->pty);
	return 0;
}

static void
log_print(FILE *log)
{
	char *line = NULL;
	size_t size = 0;

	rewind(log);
	while (getline(&line, &size, log) != -1)
		printf("    > %s%s", line, strchr(line, '\n') ? "" : "\n");
	free(line);
}

static _Noreturn void
shell_exec(const char *text, int log)
{
	int null = open("/dev/null", O_RDONLY);

	setpgid(0, 0);
	dup2(null, STDIN_FILENO);
	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	_exit(127);
}

/* The program goes on being read meanwhile. */
int
act_shell(struct script *s, char **arg)
{
	int64_t until = pty_clock() + s->deadline * 1000;
	int status = 0;
	FILE *log;
	pid_t pid, done;

	if ((log = tmpfile()) == NULL ||
	    fcntl(fileno(log), F_SETFD, FD_CLOEXEC) == -1)
		err(1, "tmpfile");
	fflush(stdout);
	if ((pid = fork()) == -1)
		err(1, "fork");
	if (pid == 0)
		shell_exec(arg[0], fileno(log));
	while ((done = waitpid(pid, &status, WNOHANG)) == 0 &&
	    pty_clock() < until)
		pty_pump(&s->pty, SHELL_STEP_MS);
	if (done == 0) {
		kill(-pid, SIGKILL);
		waitpid(pid, NULL, 0);
		script_fail(s, "the command still ran after %d s",
		    s->deadline);
	} else if (WIFSIGNALED(status))
		script_fail(s, "the command was ended by SIG%s",
		    sigabbrev_np(WTERMSIG(status)));
	else if (WEXITSTATUS(status) != 0)
		script_fail(s, "the command ended with status %d",
		    WEXITSTATUS(status));
	if (*s->why != '\0')
		log_print(log);
	fclose(log);
	return *s->why != '\0' ? -1 : 0;
}

int
act_shot(struct script *s, char **arg)
{
	const char *folder = getenv("SHOTS");
	char path[PATH_LEN];
	FILE *out;

	if (strchr(arg[0], '/') != NULL)
		return script_fail(s, "a picture's name has no slash");
	if (folder == NULL || *folder == '\0')
		return 0;
	pty_settle(&s->pty);
	mkdir(folder, 0777);
	snprintf(path, sizeof(path), "%s/%s.svg", folder, arg[0]);
	if ((out = fopen(path, "we")) == NULL)
		return script_fail(s, "%s cannot be written", path);
	svg_write(&s->pty, out);
	if (fclose(out) == EOF)
		return script_fail(s, "%s cannot be written", path);
	return 0;
}
