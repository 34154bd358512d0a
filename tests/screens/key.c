#include "key.h"

#include <stdlib.h>
#include <string.h>

struct key {
	const char	*name;
	VTermKey	 code;
	VTermModifier	 modifier;
};

static const struct key keys[] = {
	{ "Enter",	VTERM_KEY_ENTER,	VTERM_MOD_NONE },
	{ "Esc",	VTERM_KEY_ESCAPE,	VTERM_MOD_NONE },
	{ "Tab",	VTERM_KEY_TAB,		VTERM_MOD_NONE },
	{ "BackTab",	VTERM_KEY_TAB,		VTERM_MOD_SHIFT },
	{ "Backspace",	VTERM_KEY_BACKSPACE,	VTERM_MOD_NONE },
	{ "Delete",	VTERM_KEY_DEL,		VTERM_MOD_NONE },
	{ "Insert",	VTERM_KEY_INS,		VTERM_MOD_NONE },
	{ "Up",		VTERM_KEY_UP,		VTERM_MOD_NONE },
	{ "Down",	VTERM_KEY_DOWN,		VTERM_MOD_NONE },
	{ "Left",	VTERM_KEY_LEFT,		VTERM_MOD_NONE },
	{ "Right",	VTERM_KEY_RIGHT,	VTERM_MOD_NONE },
	{ "Home",	VTERM_KEY_HOME,		VTERM_MOD_NONE },
	{ "End",	VTERM_KEY_END,		VTERM_MOD_NONE },
	{ "PgUp",	VTERM_KEY_PAGEUP,	VTERM_MOD_NONE },
	{ "PgDn",	VTERM_KEY_PAGEDOWN,	VTERM_MOD_NONE },
	{ "F1",		VTERM_KEY_FUNCTION(1),	VTERM_MOD_NONE },
	{ "F2",		VTERM_KEY_FUNCTION(2),	VTERM_MOD_NONE },
	{ "F3",		VTERM_KEY_FUNCTION(3),	VTERM_MOD_NONE },
	{ "F4",		VTERM_KEY_FUNCTION(4),	VTERM_MOD_NONE },
	{ "F5",		VTERM_KEY_FUNCTION(5),	VTERM_MOD_NONE },
	{ "F6",		VTERM_KEY_FUNCTION(6),	VTERM_MOD_NONE },
	{ "F7",		VTERM_KEY_FUNCTION(7),	VTERM_MOD_NONE },
	{ "F8",		VTERM_KEY_FUNCTION(8),	VTERM_MOD_NONE },
	{ "F9",		VTERM_KEY_FUNCTION(9),	VTERM_MOD_NONE },
	{ "F10",	VTERM_KEY_FUNCTION(10),	VTERM_MOD_NONE },
	{ "F11",	VTERM_KEY_FUNCTION(11),	VTERM_MOD_NONE },
	{ "F12",	VTERM_KEY_FUNCTION(12),	VTERM_MOD_NONE }
};

static const struct key *
key_find(const char *name)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(name, keys[i].name) == 0)
			return &keys[i];
	return NULL;
}

/* The bytes of a key that is no named one; their number, 0 if there is none. */
static size_t
key_bytes(const char *name, char bytes[8])
{
	size_t n = 0;

	if (strcmp(name, "Space") == 0)
		name = " ";
	else if (strncmp(name, "Ctrl-", 5) == 0) {
		name += 5;
		if (strcmp(name, "Space") == 0)
			name = "@";
		if (name[0] < '?' || name[0] > '~' || name[1] != '\0')
			return 0;
		bytes[0] = (char)(name[0] == '?' ? 0x7f : name[0] & 0x1f);
		return 1;
	} else if (strncmp(name, "Alt-", 4) == 0) {
		name += 4;
		bytes[n++] = 0x1b;
	}
	/* One character of any script. */
	if (mblen(name, strlen(name)) != (int)strlen(name) || *name == '\0')
		return 0;
	memcpy(bytes + n, name, strlen(name));
	return n + strlen(name);
}

bool
key_known(const char *name)
{
	char bytes[8];

	return key_find(name) != NULL || key_bytes(name, bytes) > 0;
}

bool
key_press(struct pty *p, const char *name)
{
	const struct key *key;
	char bytes[8];

	if ((key = key_find(name)) != NULL)
		return pty_key(p, key->code, key->modifier);
	return pty_send(p, bytes, key_bytes(name, bytes));
}
