/*
 * What has the shape of SES's values and was neither taken nor told of: it is
 * named at the end, so that nothing of the kind vanishes.
 */
#include "ses/import-internal.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "ses/service.h"

enum {
	LEFT_KEY = 20,		/* letters that only a key begins with */
	LEFT_TELLS = 80,	/* letters that tell it from any other */
	LEFT_BETWEEN = 512	/* octets from a name to its value */
};

enum shape_kind {
	SHAPE_TOKEN,
	SHAPE_KEY,		/* base64 of an RSA key, or of its beginning */
	SHAPE_NAME		/* that waits for a value: mail._domainkey */
};

struct shape {
	enum shape_kind kind;
	const char *at;
	size_t len;
};

static size_t
key_letters(const char *text)
{
	return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/");
}

static bool
is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* "._domainkey" or "_amazonses" ends here, at a dot or at no word. */
static size_t
fixed_length(const char *text, const char *fixed)
{
	size_t len = strlen(fixed);

	return strncasecmp(text, fixed, len) == 0 && !is_word_char(text[len]) ?
	    len : 0;
}

static size_t
name_length(const char *text)
{
	size_t len = 0, fixed;

	while (isalnum((unsigned char)text[len]) || text[len] == '-')
		len++;
	if (len == 0)
		return fixed_length(text, "_amazonses");
	fixed = fixed_length(text + len, "._domainkey");
	return fixed == 0 ? 0 : len + fixed;
}

/* The shape that begins at text; before: the sign to the left of it. */
static bool
shape_at(struct shape *out, const char *text, char before)
{
	bool marked = strncmp(text, "p=MI", 4) == 0;
	size_t len;

	if (is_word_char(before))
		return false;
	if (gather_token_length(text) == GATHER_TOKEN &&
	    !isalnum((unsigned char)text[GATHER_TOKEN])) {
		*out = (struct shape){ SHAPE_TOKEN, text, GATHER_TOKEN };
		return true;
	}
	if (before != '.' && (len = name_length(text)) > 0) {
		*out = (struct shape){ SHAPE_NAME, text, len };
		return true;
	}
	text += marked ? strlen("p=") : 0;
	if (strchr("+/", before) != NULL && before != '\0')
		return false;
	len = key_letters(text);
	*out = (struct shape){ SHAPE_KEY, text, len };
	return marked || (len >= LEFT_KEY && strncmp(text, "MI", 2) == 0);
}

/* From at on, which stands in text; false: there is none. */
static bool
next_shape(struct shape *out, const char *text, const char *at)
{
	for (; *at != '\0'; at++)
		if (shape_at(out, at, at == text ? ' ' : at[-1]))
			return true;
	return false;
}

/* At most len of it; what follows in the text may be long. */
static void
copy(char *dst, size_t size, const char *from, size_t len)
{
	len = len < size ? len : size - 1;
	memcpy(dst, from, len);
	dst[len] = '\0';
}

/* What tells it from any other of its kind. */
static void
shape_text(char text[static LEFT_TELLS + 1], const struct shape *shape)
{
	copy(text, LEFT_TELLS + 1, shape->at, shape->len);
}

bool
gather_skip(struct gather *g, const char *text)
{
	char told[LEFT_TELLS + 1];
	struct shape shape = { .at = text };
	bool any = false;

	while (next_shape(&shape, text, shape.at + shape.len)) {
		any = true;
		g->many = g->skipped.len >= GATHER_SKIPPED;
		if (g->many)
			break;
		shape_text(told, &shape);
		text_addf(&g->skipped, "%s\n", told);
	}
	return any;
}

static bool
is_told(const struct import *out, size_t line)
{
	for (size_t i = 0; i < out->notes; i++)
		if (out->note[i].line == line)
			return true;
	return false;
}

static bool
is_token_taken(const struct identity *identity, const char *text, size_t len)
{
	for (size_t i = 0; i < identity->tokens; i++)
		if (strlen(identity->token[i]) == len &&
		    strncasecmp(identity->token[i], text, len) == 0)
			return true;
	return false;
}

/* A name is, when there is what it waits for. */
static bool
is_name_taken(const struct gather *g, const char *text)
{
	const struct identity *identity = &g->out->identity;
	size_t len = strcspn(text, ".");

	if (*text == '_')
		return identity->verification[0] != '\0';
	if (is_token_taken(identity, text, len))
		return true;
	return strlen(identity->selector) == len &&
	    strncasecmp(identity->selector, text, len) == 0 &&
	    (identity->key[0] != '\0' || g->external);
}

static bool
is_accounted(const struct gather *g, const struct shape *shape)
{
	char text[LEFT_TELLS + 1];

	shape_text(text, shape);
	if (strstr(g->skipped.s, text) != NULL)
		return true;
	switch (shape->kind) {
	case SHAPE_TOKEN:
		return is_token_taken(&g->out->identity, text, shape->len);
	case SHAPE_KEY:
		return shape->len > 0 &&
		    strstr(g->out->identity.key, text) != NULL;
	case SHAPE_NAME:
		return is_name_taken(g, text);
	}
	return false;
}

/* A key that is whole, but not the one that SES signs with. */
static const char apart[] =
    N_("This DKIM key was left alone: for SES, what signs was taken from "
       "other rows.");

/* Why this key was not taken. */
static const char *
key_reason(const struct shape *shape)
{
	struct identity probe;
	char text[GATHER_KEY];
	const char *why;

	identity_init(&probe);
	copy(text, sizeof text, shape->at, shape->len);
	return identity_set_key(&probe, text, &why) == -1 ? why :
	    apart;
}

static void
tell(struct gather *g, const char *text, const struct shape *shape)
{
	char value[LEFT_TELLS + 1];
	const char *reason;

	if (is_accounted(g, shape))
		return;
	gather_place(g, text, shape->at);
	if (is_told(g->out, g->line))
		return;
	shape_text(value, shape);
	reason = shape->kind == SHAPE_TOKEN ?
	    N_("{value} has the shape of a DKIM code, but "
	    "nothing beside it says so: it was not taken.") :
	    shape->kind == SHAPE_KEY ? key_reason(shape) :
	    N_("{value}: its value is missing, or not whole. Copy both "
	    "whole, with the copy button beside them if there is one.");
	/* Of all senders beside SES once. */
	gather_leave(g, reason, reason == apart ? NULL : value);
	gather_skip(g, value);
}

/* Up to end stand names or values of another service's. */
static bool
is_others(const struct shape *name, const char *end)
{
	char text[LEFT_BETWEEN];

	copy(text, sizeof text, name->at, (size_t)(end - name->at));
	return service_is_others(text, text);
}

void
gather_left_over(struct gather *g, char *text)
{
	struct shape shape = { .at = text }, name = { .at = NULL };

	import_make_plain(text);
	g->key[0] = '\0';
	for (int i = 0; !g->many && i < GATHER_LEFT && next_shape(&shape,
	    text, shape.at + shape.len);) {
		bool others = name.at != NULL && is_others(&name, shape.at);
		bool waits = name.at != NULL && !others;

		/* A key behind its name speaks for both. */
		if (waits && shape.kind != SHAPE_KEY)
			tell(g, text, &name);
		if (shape.kind != SHAPE_KEY || !others) {
			i += !is_accounted(g, &shape);
			if (shape.kind != SHAPE_NAME)
				tell(g, text, &shape);
		}
		name.at = NULL;
		if (shape.kind == SHAPE_NAME)
			name = shape;
	}
	if (name.at != NULL && !is_others(&name, name.at + strlen(name.at)))
		tell(g, text, &name);
}
