#include "mail/tags.h"

#include <string.h>
#include <strings.h>

static bool
blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
trim(const uint8_t **text, size_t *len)
{
	while (*len > 0 && blank(**text)) {
		++*text;
		--*len;
	}
	while (*len > 0 && blank((*text)[*len - 1]))
		--*len;
}

static bool
named(const uint8_t *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t c = name[i] | 0x20;

		if ((c < 'a' || c > 'z') && (i == 0 ||
		    ((name[i] < '0' || name[i] > '9') && name[i] != '_')))
			return false;
	}
	return len > 0;
}

/* The octets up to the separator, trimmed; *at moves behind it. */
static void
cut(const uint8_t **item, size_t *item_len, const uint8_t *text, size_t len,
    char separator, size_t *at)
{
	const uint8_t *from = text + *at;
	const uint8_t *end = memchr(from, separator, len - *at);

	*item = from;
	*item_len = end != NULL ? (size_t)(end - from) : len - *at;
	*at += *item_len + (end != NULL);
	trim(item, item_len);
}

bool
tag_next(struct tag *out, const uint8_t *text, size_t len, size_t *at)
{
	const uint8_t *item, *equals;
	size_t item_len;

	do {
		if (*at >= len)
			return false;
		cut(&item, &item_len, text, len, ';', at);
	} while (item_len == 0);

	*out = (struct tag){ .value = item, .value_len = item_len,
		.at = (size_t)(item - text) };
	equals = memchr(item, '=', item_len);
	if (equals == NULL)
		return true;
	out->name = item;
	out->name_len = (size_t)(equals - item);
	out->value = equals + 1;
	out->value_len = item_len - out->name_len - 1;
	trim(&out->name, &out->name_len);
	trim(&out->value, &out->value_len);
	if (!named(out->name, out->name_len))
		out->name_len = 0;
	return true;
}

bool
tag_is(const struct tag *tag, const char *name)
{
	return tag->name_len == strlen(name) &&
	    memcmp(tag->name, name, tag->name_len) == 0;
}

bool
tag_says(const struct tag *tag, const char *word)
{
	return tag->value_len == strlen(word) &&
	    strncasecmp((const char *)tag->value, word, tag->value_len) == 0;
}

bool
tag_is_glued(const struct tag *tag, const char *const names[], size_t count)
{
	for (size_t at = 1; at < tag->value_len; at++) {
		const uint8_t *next = tag->value + at;
		size_t left = tag->value_len - at;

		if (strchr(" \t,:.", next[-1]) == NULL || next[-1] == '\0')
			continue;
		for (size_t i = 0; i < count; i++) {
			size_t len = strlen(names[i]);

			if (len < left && next[len] == '=' &&
			    strncasecmp((const char *)next, names[i],
			    len) == 0)
				return true;
		}
	}
	return false;
}

bool
tag_entry(struct tag *out, const struct tag *tag, char separator, size_t *at)
{
	if (*at > tag->value_len || (*at == tag->value_len && *at > 0 &&
	    tag->value[*at - 1] != (uint8_t)separator))
		return false;
	*out = *tag;
	if (*at == tag->value_len) {
		out->value_len = 0;
		++*at;
		return true;
	}
	cut(&out->value, &out->value_len, tag->value, tag->value_len,
	    separator, at);
	return true;
}
