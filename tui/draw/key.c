#include "draw/key.h"

#include <curses.h>

#include "base/lang.h"

#define ON(screen) (1u << SCREEN_##screen)
#define ON_ALL (~0u)
#define ON_STEPS (ON_ALL & ~ON(PAGE_OPEN))
#define ON_FEW (ON(CARD) | ON(CHECK))

static const struct key table[] = {
#define KEY(action, code, screens, flags, name, hint, help) \
	{ action, code, screens, flags, name, hint, help },
#include "draw/key.def"
#undef KEY
};

const struct key *
key_table(size_t *count)
{
	*count = sizeof table / sizeof table[0];
	return table;
}

/* A row that does not count while a field takes characters. */
static bool
is_text(const struct key *key)
{
	return !(key->flags & KEY_WHILE_TYPING);
}

bool
key_applies(const struct key *key, enum screen_id screen, bool typing,
    bool practice)
{
	return (key->screens & (1u << screen)) != 0 &&
	    !(typing && is_text(key)) &&
	    (practice || !(key->flags & KEY_PRACTICE));
}

static bool
same(const struct key *key, const struct event *event)
{
	if (key->code == 0 || event->key != key->code)
		return false;
	/* Letters and curses' codes are numbers of the same range. */
	return (event->kind == EVENT_CHAR) ==
	    (key->code >= ' ' && key->code < TERM_RUBOUT);
}

enum action
key_action(const struct event *event, enum screen_id screen, bool typing,
    bool practice)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (same(&table[i], event) &&
		    key_applies(&table[i], screen, typing, practice))
			return table[i].action;
	return ACTION_NONE;
}
