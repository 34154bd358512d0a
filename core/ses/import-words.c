/*
 * Text without rows: keys with their values as YAML, tables of the AWS CLI
 * and prints of programs have them, and words that are known by their shape.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <string.h>

#include <bsd/string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A colon between digits belongs to a time of day. */
static bool
is_end(const char *line, const char *at)
{
	if (*at == ':')
		return at == line || !isdigit((unsigned char)at[-1]) ||
		    !isdigit((unsigned char)at[1]);
	if (*at == '=')
		return isalnum((unsigned char)at[1]) ||
		    (at[1] != '\0' && strchr(">[({\"'", at[1]) != NULL);
	return *at == '\0' || is_blank(*at) ||
	    strchr(",;\"'()[]{}<>|`&", *at) != NULL;
}

/* The value of the key before it, if it has the shape of one. */
static int
try_value(struct words *w, const char *value)
{
	if (w->fact == NULL || *value == '\0' || !w->fact->fits(value))
		return 0;
	if (w->fact->take(w->g, value) == -1)
		return -1;
	if (!(w->fact->flags & FACT_LIST))
		w->fact = NULL;
	return 1;
}

/* A separator stands behind the phrase. */
static int
end_phrase(struct words *w)
{
	int rc = 0;

	if (w->fact != NULL && w->fact->flags & FACT_PHRASE)
		rc = try_value(w, w->phrase);
	w->answered |= w->phrase[0] != '\0';
	w->phrase[0] = '\0';
	return rc;
}

static int
take_word(struct words *w, const char *word)
{
	const struct fact *fact;
	int rc;

	if (w->phrase[0] != '\0')
		strlcat(w->phrase, " ", sizeof w->phrase);
	strlcat(w->phrase, word, sizeof w->phrase);
	if ((fact = fact_find(w->phrase)) != NULL ||
	    (fact = fact_find(word)) != NULL) {
		w->fact = fact;
		w->answered = false;
		w->phrase[0] = '\0';
		return 0;
	}
	rc = w->fact != NULL && !(w->fact->flags & FACT_PHRASE) ?
	    try_value(w, word) : 0;
	return rc != 0 ? rc : gather_word(w->g, word, true);
}

/* The octets of the word at text, or with its equals sign and what follows. */
static size_t
word_length(const char *line, const char *at, bool whole)
{
	size_t len = 0;

	while (!is_end(line, at + len) || (whole && at[len] == '='))
		len++;
	return len;
}

/* 1 when "mail=MII..." is a selector and its key in one. */
static int
take_assignment(struct words *w, const char *line, const char *at, size_t len)
{
	char word[GATHER_KEY];

	if (len >= sizeof word || memchr(at, '=', len) == NULL ||
	    *line == '\0')
		return 0;
	memcpy(word, at, len);
	word[len] = '\0';
	return gather_key_word(w->g, word);
}

int
words_line(struct words *w, const char *line)
{
	char word[GATHER_KEY];
	int rc = 0;

	w->answered = false;
	w->g->start = line;
	for (const char *at = line; rc != -1; at++) {
		size_t len = word_length(line, at, true);

		w->g->at = at;
		if ((rc = take_assignment(w, line, at, len)) == 0) {
			len = word_length(line, at, false);
			if (len > 0 && len < sizeof word) {
				memcpy(word, at, len);
				word[len] = '\0';
				rc = take_word(w, word);
			}
		}
		at += len;
		if (rc != -1 && *at != ' ' && end_phrase(w) == -1)
			rc = -1;
		if (*at == '\0')
			break;
	}
	/* What stands on the next line answers only an empty one. */
	if (w->answered)
		w->fact = NULL;
	w->g->at = NULL;
	return rc;
}
