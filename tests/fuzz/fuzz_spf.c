/*
 * Any octets as an SPF record, read term by term and walked: each line of the
 * input is one more record some name answers with.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dns/rr.h"
#include "mail/spf.h"
#include "require.h"

struct answers {
	const uint8_t *data;
	size_t size;
	unsigned asked;
};

/* The line that a name's length chooses, or one of the other answers. */
static enum spf_answer
ask(void *context, const struct name *name, uint16_t type,
    const uint8_t **text, size_t *len)
{
	struct answers *answers = context;
	const uint8_t *from = answers->data, *end = from + answers->size;
	const uint8_t *newline;

	require(++answers->asked <= SPF_COUNTED);
	require(name->len > 1);
	if (type != RR_TXT)
		return (enum spf_answer)(name->len % (SPF_FAILED + 1));
	for (unsigned i = name->len % 4; i > 0 && from < end; i--) {
		newline = memchr(from, '\n', (size_t)(end - from));
		from = newline == NULL ? end : newline + 1;
	}
	if (from == end)
		return SPF_WAITING;
	newline = memchr(from, '\n', (size_t)(end - from));
	*text = from;
	*len = (size_t)((newline == NULL ? end : newline) - from);
	return SPF_TEXT;
}

static void
read_terms(const uint8_t *data, size_t size, const struct spf *spf)
{
	struct spf_term term;
	const char *why, *note, *first = NULL;
	size_t at = 0, before = 0;

	while (spf_next(&term, data, size, &at, &why, &note)) {
		require(term.at >= before && term.len > 0);
		before = term.at + term.len;
		require(before <= size && before <= at);
		require(!term.has_macro || term.domain.len == 0);
		if (first == NULL)
			first = why;
	}
	require(first == NULL || spf->why != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *newline = size == 0 ? NULL : memchr(data, '\n', size);
	size_t len = newline == NULL ? size : (size_t)(newline - data);
	struct answers answers = { data, size, 0 };
	struct name root, goal;
	struct spf_walk walk;
	struct spf spf;
	const char *why;

	require(name_parse(&root, "bounce.example.jp", &why) == 0);
	require(name_parse(&goal, "amazonses.com", &why) == 0);
	require((spf_parse(&spf, data, len) == 0) == (spf.why == NULL));
	require(spf.record == spf_is_record(data, len));
	require(spf.at <= len && spf.note_at <= len);
	if (spf.record)
		read_terms(data, len, &spf);
	(void)spf_includes(data, len, &goal);
	spf_walk(&walk, &root, data, len, &goal, ask, &answers);
	require(walk.lookups <= SPF_COUNTED);
	require(walk.questions <= SPF_QUESTIONS);
	require(walk.lookups <= SPF_LOOKUPS || walk.why != NULL);
	require(spf.why == NULL || walk.why != NULL);
	require(!walk.reached || walk.named);
	return 0;
}
