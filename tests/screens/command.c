#include "command.h"

#include <string.h>

#include "act.h"
#include "see.h"
#include "words.h"

static const struct command commands[] = {
	{ "absent", COMMAND_WORDS, 1, 1, "TEXT", see_absent, NULL },
	{ "attr", COMMAND_WORDS, 2, WORDS_MAX, "TEXT ATTRIBUTE...", see_attr,
	    NULL },
	{ "bells", COMMAND_WORDS, 1, 1, "NUMBER", see_bells, NULL },
	{ "bytes", COMMAND_WORDS, 1, 1, "MAX", see_bytes, NULL },
	{ "clean", COMMAND_WORDS, 0, 0, "", see_clean, NULL },
	{ "cursor", COMMAND_WORDS, 1, 1, "shown|hidden", see_cursor, NULL },
	{ "cursor-on", COMMAND_WORDS, 1, 1, "TEXT", see_cursor_on, NULL },
	{ "cursor-report", COMMAND_WORDS, 1, 1, "true|none|COLUMN",
	    act_cursor_report, NULL },
	{ "deadline", COMMAND_WORDS, 1, 1, "SECONDS", act_deadline, NULL },
	{ "dump", COMMAND_WORDS, 0, 0, "", see_dump, NULL },
	{ "env", COMMAND_WORDS, 2, 2, "NAME VALUE", act_env, NULL },
	{ "escapeless", COMMAND_WORDS, 0, 0, "", see_escapeless, NULL },
	{ "exit", COMMAND_WORDS, 1, 1, "STATUS|SIGNAL", see_exit, NULL },
	{ "expect", COMMAND_WORDS, 1, 1, "TEXT", see_expect, NULL },
	{ "hangup", COMMAND_WORDS, 0, 0, "", act_hangup, NULL },
	{ "include", COMMAND_INCLUDE, 1, 1, "SCRIPT", NULL, NULL },
	{ "key", COMMAND_WORDS, 1, WORDS_MAX, "KEY...", act_key, NULL },
	{ "keys-until", COMMAND_WORDS, 3, 3, "TEXT MAX KEY", act_keys_until,
	    NULL },
	{ "line", COMMAND_WORDS, 2, 2, "ROW TEXT", see_line, NULL },
	{ "link", COMMAND_WORDS, 1, 1, "ADDRESS", see_link, NULL },
	{ "osc52", COMMAND_WORDS, 1, 1, "TEXT", see_osc52, NULL },
	{ "paste-begin", COMMAND_BLOCK, 1, 1, "(lines) paste-end", act_paste,
	    "paste-end" },
	{ "paste-file", COMMAND_WORDS, 1, 2, "FILE [plain]", act_paste_file,
	    NULL },
	{ "paste-plain", COMMAND_BLOCK, 1, 1, "(lines) end", act_paste_plain,
	    "end" },
	{ "pressed", COMMAND_WORDS, 1, 1, "MAX", see_pressed, NULL },
	{ "resize", COMMAND_WORDS, 2, 2, "COLUMNS ROWS", act_resize, NULL },
	{ "run", COMMAND_WORDS, 1, WORDS_MAX, "PROGRAM ARGUMENT...", act_run,
	    NULL },
	{ "shell", COMMAND_RAW, 1, 1, "COMMAND", act_shell, NULL },
	{ "shot", COMMAND_WORDS, 1, 1, "NAME", act_shot, NULL },
	{ "signal", COMMAND_WORDS, 1, 1, "SIGNAL", act_signal, NULL },
	{ "size", COMMAND_WORDS, 2, 2, "COLUMNS ROWS", act_size, NULL },
	{ "stopped", COMMAND_WORDS, 0, 0, "", see_stopped, NULL },
	{ "title", COMMAND_WORDS, 1, 1, "TEXT", see_title, NULL },
	{ "type", COMMAND_WORDS, 1, WORDS_MAX, "TEXT", act_type, NULL },
	{ "unset", COMMAND_WORDS, 1, 1, "NAME", act_unset, NULL },
	{ "wait", COMMAND_WORDS, 1, 1, "TEXT", see_wait, NULL },
	{ "wait-gone", COMMAND_WORDS, 1, 1, "TEXT", see_wait_gone, NULL },
	{ "width-ok", COMMAND_WORDS, 0, 1, "[COLUMNS]", see_width_ok, NULL },
	{ "within", COMMAND_WORDS, 2, 2, "MILLISECONDS TEXT", see_within,
	    NULL }
};

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	return NULL;
}
