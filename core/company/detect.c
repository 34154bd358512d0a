#include "company/detect.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

/* Whether c is in the set from just after '[' up to ']'. */
static bool
in_set(const char *set, char c)
{
	for (; *set != ']'; set++) {
		if (set[1] == '-' && set[2] != ']') {
			if (set[0] <= c && c <= set[2])
				return true;
			set += 2;
		} else if (*set == c)
			return true;
	}
	return false;
}

/* A pattern ends with its list, or where the next one begins. */
static bool
is_end(char c)
{
	return c == '\0' || c == ' ';
}

/* Greedy without a way back: a set is never followed by one of its own. */
static bool
whole_name_fits(const char *pattern, const char *text)
{
	while (!is_end(*pattern)) {
		const char *set = pattern + 1;

		if (*pattern == '*') {
			size_t label = strcspn(text, ".\\");

			if (label == 0)
				return false;
			text += label;
			pattern++;
		} else if (*pattern == '[') {
			pattern = set + strcspn(set, "]") + 1;
			if (*text == '\0' || !in_set(set, *text))
				return false;
			text++;
			if (*pattern != '+')
				continue;
			pattern++;
			while (*text != '\0' && in_set(set, *text))
				text++;
		} else if (*pattern++ != *text++)
			return false;
	}
	return *text == '\0';
}

/*
 * The first pattern of a list.  Most do not end as the name does, and text
 * tells that at once; a dot inside a label only looks like an end.
 */
static bool
pattern_fits(const char *pattern, const struct name *server, const char *text)
{
	size_t len = strcspn(pattern, " "), of = strlen(text);
	char suffix[NAME_TEXT];
	struct name above;
	const char *why;

	if (*pattern != '.')
		return whole_name_fits(pattern, text);
	if (of < len || memcmp(text + of - len, pattern, len) != 0)
		return false;
	snprintf(suffix, sizeof suffix, "%.*s", (int)len - 1, pattern + 1);
	return name_parse(&above, suffix, &why) == 0 &&
	    name_is_below(server, &above) && !name_equal(server, &above);
}

bool
provider_next_pattern(char pattern[static NAME_TEXT], const char **list)
{
	size_t len;

	if (*list == NULL || **list == '\0')
		return false;
	len = strcspn(*list, " ");
	snprintf(pattern, NAME_TEXT, "%.*s", (int)len, *list);
	*list += len + strspn(*list + len, " ");
	return true;
}

static bool
any_fits(const char *patterns, const struct name *server, const char *text)
{
	while (patterns != NULL && *patterns != '\0') {
		if (pattern_fits(patterns, server, text))
			return true;
		patterns += strcspn(patterns, " ");
		patterns += strspn(patterns, " ");
	}
	return false;
}

bool
provider_surely_runs(const struct provider *provider,
    const struct name *server)
{
	char text[NAME_TEXT];

	name_text(server, text);
	return any_fits(provider->nameserver, server, text) ||
	    any_fits(provider->parking, server, text);
}

bool
provider_runs(const struct provider *provider, const struct name *server)
{
	char text[NAME_TEXT];

	return provider_surely_runs(provider, server) ||
	    any_fits(provider->perhaps, server, name_text(server, text));
}

const struct provider *
provider_of_connect(const char *value)
{
	char text[NAME_TEXT];
	struct name host;
	const struct provider *const *table;
	const char *why;
	size_t rows;

	if (strlcpy(text, value, sizeof text) >= sizeof text)
		return NULL;
	text[strcspn(text, "/")] = '\0';
	if (name_parse(&host, text, &why) == -1)
		return NULL;
	table = provider_table(&rows);
	for (size_t i = 0; i < rows; i++)
		if (table[i]->connect != NULL && pattern_fits(table[i]->connect,
		    &host, name_text(&host, text)))
			return table[i];
	return NULL;
}

size_t
provider_candidates(const struct provider *out[static PROVIDER_CANDIDATES],
    const struct name *server)
{
	char text[NAME_TEXT];
	size_t count = 0, rows;
	const struct provider *const *table = provider_table(&rows);

	name_text(server, text);
	for (size_t i = 0; i < rows; i++) {
		if (provider_surely_runs(table[i], server)) {
			out[0] = table[i];
			return 1;
		}
		if (count < PROVIDER_CANDIDATES &&
		    any_fits(table[i]->perhaps, server, text))
			out[count++] = table[i];
	}
	return count;
}

const struct provider *
provider_detect(const struct name *servers, size_t count, size_t *evidence,
    bool *parked)
{
	char text[NAME_TEXT];
	size_t rows;
	const struct provider *const *table = provider_table(&rows);

	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < count * rows; i++) {
			const struct name *server = &servers[i / rows];
			const struct provider *p = table[i % rows];
			const char *patterns[] = { p->nameserver, p->parking,
				p->perhaps };

			if (i % rows == 0)
				name_text(server, text);
			if (!any_fits(patterns[pass], server, text))
				continue;
			if (evidence != NULL)
				*evidence = i / rows;
			if (parked != NULL)
				*parked = patterns[pass] == p->parking;
			return p;
		}
	}
	return NULL;
}
