#include "see.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "view.h"

enum {
	GRACE_MS = 1000,	/* a settled screen may still be finishing */
	STEP_MS = 50,
	WITHIN_MAX_MS = 60000,
	BYTES_MAX = 1000000,
	PRESSED_MAX = 1000
};

/* Something that is so or not. */
struct wish {
	bool		(*holds)(struct script *, const struct wish *);
	bool		 want;
	const char	*text;
	char		*const *attrs;
	int		 row;
};

/* Pumps until the wish is true; false if the time or the program ends. */
static bool
wish_wait(struct script *s, const struct wish *w, int64_t ms)
{
	int64_t start = pty_clock(), now;

	for (;;) {
		if (w->holds(s, w) == w->want)
			return true;
		now = pty_clock();
		if (now >= start + ms)
			return false;
		if ((s->pty.state == PTY_ENDED || s->pty.state == PTY_NONE) &&
		    now > s->pty.heard_at + PTY_QUIET_MS)
			return false;
		pty_pump(&s->pty, STEP_MS);
	}
}

static bool
wish_settled(struct script *s, const struct wish *w, int64_t ms)
{
	pty_settle(&s->pty);
	return wish_wait(s, w, ms);
}

static bool
text_shown(struct script *s, const struct wish *w)
{
	VTermPos at;

	return view_find(&s->pty, w->text, &at);
}

static bool
text_on_row(struct script *s, const struct wish *w)
{
	return view_find_on(&s->pty, w->row, w->text) != -1;
}

static bool
text_at_cursor(struct script *s, const struct wish *w)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(s->pty.vt), &at);
	return view_find_on(&s->pty, at.row, w->text) != -1;
}

static bool
cursor_shown(struct script *s, const struct wish *w)
{
	(void)w;
	return s->pty.cursor_shown;
}

static bool
text_in_clipboard(struct script *s, const struct wish *w)
{
	return s->pty.clipboard.set &&
	    strcmp(s->pty.clipboard.text, w->text) == 0;
}

static bool
link_to(struct script *s, const struct wish *w)
{
	return strcmp(s->pty.clipboard.link, w->text) == 0;
}

static bool
program_ended(struct script *s, const struct wish *w)
{
	(void)w;
	return s->pty.state == PTY_ENDED;
}

static bool
program_stopped(struct script *s, const struct wish *w)
{
	(void)w;
	return s->pty.state == PTY_STOPPED;
}

static bool
attrs_hold(struct script *s, const struct wish *w)
{
	VTermScreenCell cell;
	VTermPos at;

	if (!view_find(&s->pty, w->text, &at))
		return false;
	vterm_screen_get_cell(s->pty.screen, at, &cell);
	for (char *const *a = w->attrs; *a != NULL; a++)
		if (!view_attr(&cell, *a))
			return false;
	return true;
}

int
see_text_check(struct script *s, const char *text)
{
	if (*text == '\0')
		return script_fail(s, "an empty text is everywhere");
	if (mbstowcs(NULL, text, 0) == (size_t)-1)
		return script_fail(s, "the text is not UTF-8");
	return 0;
}

bool
see_text(struct script *s, const char *text, int ms)
{
	const struct wish w = {
		.holds = text_shown, .want = true, .text = text
	};

	return wish_settled(s, &w, ms);
}

static int
wait_text(struct script *s, const char *text, bool want)
{
	const struct wish w = {
		.holds = text_shown, .want = want, .text = text
	};

	if (see_text_check(s, text) == -1)
		return -1;
	if (wish_settled(s, &w, s->deadline * 1000))
		return 0;
	if (s->pty.state == PTY_ENDED)
		return script_fail(s, "\"%s\": the program has ended", text);
	return script_fail(s, "\"%s\" is %s the screen after %d s", text,
	    want ? "not on" : "still on", s->deadline);
}

int
see_wait(struct script *s, char **arg)
{
	return wait_text(s, arg[0], true);
}

int
see_wait_gone(struct script *s, char **arg)
{
	return wait_text(s, arg[0], false);
}

int
see_within(struct script *s, char **arg)
{
	struct wish w = {
		.holds = text_shown, .want = true, .text = arg[1]
	};
	int ms;

	if (script_number(s, arg[0], 1, WITHIN_MAX_MS, &ms) == -1 ||
	    see_text_check(s, arg[1]) == -1)
		return -1;
	if (!wish_wait(s, &w, s->deadline * 1000))
		return script_fail(s, "\"%s\" is not on the screen", w.text);
	if (s->pty.heard_at > s->pty.sent_at + ms)
		return script_fail(s, "\"%s\" came only after %d ms", w.text,
		    (int)(s->pty.heard_at - s->pty.sent_at));
	return 0;
}

static int
expect_text(struct script *s, const char *text, bool want)
{
	const struct wish w = {
		.holds = text_shown, .want = want, .text = text
	};

	if (see_text_check(s, text) == -1)
		return -1;
	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	return script_fail(s, "\"%s\" is %s the screen", text,
	    want ? "not on" : "on");
}

int
see_expect(struct script *s, char **arg)
{
	return expect_text(s, arg[0], true);
}

int
see_absent(struct script *s, char **arg)
{
	return expect_text(s, arg[0], false);
}

int
see_line(struct script *s, char **arg)
{
	struct wish w = {
		.holds = text_on_row, .want = true, .text = arg[1]
	};
	int row, rows = s->pty.rows;

	if (script_number(s, arg[0], -rows, rows, &row) == -1 ||
	    see_text_check(s, arg[1]) == -1)
		return -1;
	if (row == 0)
		return script_fail(s, "rows count from 1, or from -1 upwards");
	w.row = row > 0 ? row - 1 : rows + row;
	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	return script_fail(s, "\"%s\" is not in row %d", arg[1], w.row + 1);
}

int
see_cursor_on(struct script *s, char **arg)
{
	struct wish w = {
		.holds = text_at_cursor, .want = true, .text = arg[0]
	};

	if (see_text_check(s, arg[0]) == -1)
		return -1;
	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	return script_fail(s, "the cursor is not in a row with \"%s\"",
	    arg[0]);
}

int
see_cursor(struct script *s, char **arg)
{
	struct wish w = { .holds = cursor_shown };

	w.want = strcmp(arg[0], "shown") == 0;
	if (!w.want && strcmp(arg[0], "hidden") != 0)
		return script_fail(s, "write: cursor shown, or: cursor hidden");
	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	return script_fail(s, "the cursor is not %s", arg[0]);
}

int
see_attr(struct script *s, char **arg)
{
	struct wish w = {
		.holds = attrs_hold, .want = true, .text = arg[0],
		.attrs = arg + 1
	};
	VTermScreenCell cell;
	VTermPos at;
	char buf[256];

	if (see_text_check(s, arg[0]) == -1)
		return -1;
	for (char **a = arg + 1; *a != NULL; a++)
		if (!view_attr_known(*a))
			return script_fail(s, "\"%s\" is no attribute", *a);
	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	if (!view_find(&s->pty, arg[0], &at))
		return script_fail(s, "\"%s\" is not on the screen", arg[0]);
	vterm_screen_get_cell(s->pty.screen, at, &cell);
	view_attr_text(&cell, buf, sizeof(buf));
	return script_fail(s, "\"%s\" in row %d, column %d has: %s", arg[0],
	    at.row + 1, at.col + 1, buf);
}

int
see_bytes(struct script *s, char **arg)
{
	int max;

	if (script_number(s, arg[0], 1, BYTES_MAX, &max) == -1)
		return -1;
	pty_settle(&s->pty);
	printf("# %s:%d: %zu bytes\n", s->path, s->line, s->pty.heard);
	if (s->pty.heard <= (size_t)max)
		return 0;
	return script_fail(s, "%zu bytes were written", s->pty.heard);
}

int
see_width_ok(struct script *s, char **arg)
{
	char buf[256];
	int cols = s->pty.cols;

	if (arg[0] != NULL &&
	    script_number(s, arg[0], 1, PTY_SIDE_MAX, &cols) == -1)
		return -1;
	pty_settle(&s->pty);
	if (view_width_ok(&s->pty, cols, buf, sizeof(buf)))
		return 0;
	return script_fail(s, "%s", buf);
}

int
see_stopped(struct script *s, char **arg)
{
	const struct wish w = { .holds = program_stopped, .want = true };

	(void)arg;
	if (script_running(s) == -1)
		return -1;
	if (!wish_wait(s, &w, s->deadline * 1000))
		return script_fail(s, "the program is not stopped");
	return 0;
}

int
see_exit(struct script *s, char **arg)
{
	const struct wish w = { .holds = program_ended, .want = true };
	char how[32];

	if (s->pty.state == PTY_NONE)
		return script_fail(s, "no program was started");
	if (!wish_wait(s, &w, s->deadline * 1000))
		return script_fail(s, "the program still runs after %d s",
		    s->deadline);
	pty_settle(&s->pty);
	if (WIFSIGNALED(s->pty.status))
		snprintf(how, sizeof(how), "%s",
		    sigabbrev_np(WTERMSIG(s->pty.status)));
	else
		snprintf(how, sizeof(how), "%d", WEXITSTATUS(s->pty.status));
	if (strcmp(how, arg[0]) != 0)
		return script_fail(s, "the program ended with %s, not %s",
		    how, arg[0]);
	return 0;
}

int
see_escapeless(struct script *s, char **arg)
{
	(void)arg;
	if (s->pty.state == PTY_NONE)
		return script_fail(s, "no program was started");
	pty_settle(&s->pty);
	if (s->pty.escapes > 0)
		return script_fail(s, "%zu escape bytes were written",
		    s->pty.escapes);
	return 0;
}

int
see_clean(struct script *s, char **arg)
{
	const char *why;

	(void)arg;
	if (s->pty.state != PTY_ENDED && s->pty.state != PTY_STOPPED)
		return script_fail(s, "the program still runs");
	pty_settle(&s->pty);
	if ((why = pty_unclean(&s->pty)) != NULL)
		return script_fail(s, "%s", why);
	return 0;
}

static bool
text_in_title(struct script *s, const struct wish *w)
{
	return strstr(s->pty.title, w->text) != NULL;
}

int
see_title(struct script *s, char **arg)
{
	const struct wish w = {
		.holds = text_in_title, .want = true, .text = arg[0]
	};

	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	return script_fail(s, "the window's title is \"%s\"", s->pty.title);
}

int
see_bells(struct script *s, char **arg)
{
	if (s->pty.bells == atoi(arg[0]))
		return 0;
	return script_fail(s, "the bell rang %d times", s->pty.bells);
}

int
see_pressed(struct script *s, char **arg)
{
	int max;

	if (script_number(s, arg[0], 0, PRESSED_MAX, &max) == -1)
		return -1;
	printf("# %s:%d: %d keys\n", s->path, s->line, s->pressed);
	if (s->pressed <= max)
		return 0;
	return script_fail(s, "%d keys were pressed", s->pressed);
}

int
see_osc52(struct script *s, char **arg)
{
	const struct wish w = {
		.holds = text_in_clipboard, .want = true, .text = arg[0]
	};

	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	if (!s->pty.clipboard.set)
		return script_fail(s, "nothing was sent to the clipboard");
	return script_fail(s, "the clipboard holds \"%s\"",
	    s->pty.clipboard.text);
}

int
see_link(struct script *s, char **arg)
{
	const struct wish w = {
		.holds = link_to, .want = true, .text = arg[0]
	};

	if (wish_settled(s, &w, GRACE_MS))
		return 0;
	return script_fail(s, "the last link leads to \"%s\"",
	    s->pty.clipboard.link);
}

int
see_dump(struct script *s, char **arg)
{
	(void)arg;
	pty_settle(&s->pty);
	view_dump(&s->pty, stdout);
	return 0;
}
