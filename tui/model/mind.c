#include "model/mind.h"

#include <string.h>

#include "model/wrap.h"

const char *
mind_next(struct text *one, const char *rest)
{
	size_t len = strcspn(rest, "\n");

	text_clear(one);
	text_add_part(one, rest, len);
	return rest + len + (rest[len] != '\0');
}

size_t
mind_shorten(struct text *note, size_t words)
{
	struct text one = TEXT_INIT, kept = TEXT_INIT;
	const char *rest = note->s;

	for (size_t i = 0; *rest != '\0'; i++) {
		const char *next = mind_next(&one, rest);

		if (i >= MIND_FIRST &&
		    words + wrap_words(one.s) + MIND_MORE > MIND_WORDS)
			break;
		words += wrap_words(one.s);
		text_addf(&kept, "%s%s", i > 0 ? "\n" : "", one.s);
		rest = next;
	}
	text_release(note);
	text_release(&one);
	*note = kept;
	return words;
}
