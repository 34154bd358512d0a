/*
 * For tests that keep what a text says in a buffer of their own, or read it
 * for words that a sentence must not have.
 */
#ifndef DNSESAME_TEST_SAID_H
#define DNSESAME_TEST_SAID_H

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "company/provider.h"

/* The text, whole, in dst; the text is released. */
static inline const char *
said(char *dst, size_t size, struct text *t)
{
	assert(t->len < size);
	memcpy(dst, t->s, t->len + 1);
	text_release(t);
	return dst;
}

/* Is the word there, other than in the name of a company? */
static inline bool
says_word(const char *text, const char *word)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	const char *at = text;

	while ((at = strcasestr(at, word)) != NULL) {
		bool named = false;

		for (size_t i = 0; i < count && !named; i++) {
			const char *in = strcasestr(table[i]->name, word);
			size_t before = in == NULL ? 0 :
			    (size_t)(in - table[i]->name);

			named = in != NULL && before <= (size_t)(at - text) &&
			    strncmp(table[i]->id, "generic", 7) != 0 &&
			    strncmp(at - before, table[i]->name,
			    strlen(table[i]->name)) == 0;
		}
		if (!named)
			return true;
		at++;
	}
	return false;
}

#endif
