#include "words.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LEN = 128 };

static bool
name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* *at stands after the dollar; leaves it after the name. */
static int
variable_append(FILE *out, const char **at, bool expand, const char **why)
{
	char name[NAME_LEN];
	const char *p = *at, *value;
	bool braces = *p == '{';
	size_t n = 0;

	if (braces)
		p++;
	while (name_byte(*p) && n < sizeof(name) - 1)
		name[n++] = *p++;
	name[n] = '\0';
	if (n == 0 || (braces && *p != '}')) {
		*why = "a $ must be followed by a variable's name";
		return -1;
	}
	*at = braces ? p + 1 : p;
	if (!expand)
		return 0;
	if ((value = getenv(name)) == NULL) {
		*why = "a variable that is not set";
		return -1;
	}
	fputs(value, out);
	return 0;
}

/* One character after a backslash inside double quotes. */
static void
escape_append(FILE *out, char c)
{
	switch (c) {
	case 'n':
		fputc('\n', out);
		break;
	case 't':
		fputc('\t', out);
		break;
	case 'e':
		fputc(0x1b, out);
		break;
	case 'd':
		fputc(0x7f, out);
		break;
	case '"':
	case '\\':
	case '$':
		fputc(c, out);
		break;
	default:
		fputc('\\', out);
		fputc(c, out);
	}
}

/* Writes one word; *at stands at its first character, then after its last. */
static int
word_append(FILE *out, const char **at, bool expand, const char **why)
{
	const char *p = *at;
	char quote = '\0';

	for (; *p != '\0' && (quote || !strchr(" \t", *p)); ) {
		if (*p == quote) {
			quote = '\0';
			p++;
		} else if (!quote && (*p == '\'' || *p == '"'))
			quote = *p++;
		else if (*p == '\\' && quote != '\'' && p[1] != '\0') {
			if (quote)
				escape_append(out, p[1]);
			else
				fputc(p[1], out);
			p += 2;
		} else if (*p == '$' && quote != '\'') {
			p++;
			if (variable_append(out, &p, expand, why) == -1)
				return -1;
		} else
			fputc(*p++, out);
	}
	if (quote) {
		*why = "a quote that is never closed";
		return -1;
	}
	fputc('\0', out);
	*at = p;
	return 0;
}

int
words_split(struct words *w, const char *line, bool expand, const char **why)
{
	FILE *out;
	size_t size = 0;
	char *at;
	int status = 0;

	w->n = 0;
	w->store = NULL;
	w->item[0] = NULL;
	if ((out = open_memstream(&w->store, &size)) == NULL)
		err(1, "open_memstream");
	for (;;) {
		line += strspn(line, " \t");
		if (*line == '\0' || *line == '#')
			break;
		if (w->n == WORDS_MAX) {
			*why = "too many words";
			status = -1;
			break;
		}
		if ((status = word_append(out, &line, expand, why)) == -1)
			break;
		w->n++;
	}
	if (fclose(out) == EOF)
		err(1, "words");
	if (status == -1)
		return -1;
	at = w->store;
	for (int i = 0; i < w->n; i++) {
		w->item[i] = at;
		at += strlen(at) + 1;
	}
	w->item[w->n] = NULL;
	return 0;
}

void
words_free(struct words *w)
{
	free(w->store);
	w->store = NULL;
	w->n = 0;
}
