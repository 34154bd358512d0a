#include "ses/import-internal.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/xalloc.h"

int
gather_key(struct gather *g, const char *text)
{
	struct identity *identity = &g->out->identity;
	const char *sign = strchr(text, '='), *why;
	int rc;

	/* "mail=MIIB...": otherwise an equals sign only fills up the end. */
	if (strncmp(text, "p=", 2) != 0 && sign != NULL &&
	    sign[strspn(sign, "=")] != '\0')
		rc = identity_set_byodkim(identity, text, &why);
	else
		rc = identity_set_key(identity, text, &why);
	if (rc == -1)
		return gather_leave(g, why, NULL);
	g->out->rows++;
	return 0;
}

void
gather_pem(struct gather *g, char *text)
{
	char *end = strstr(text, "-----END"), *start = text, *copy;

	if (end != NULL && (end = strstr(end + 5, "-----")) != NULL)
		end += 5;
	else
		end = text + strlen(text);
	text = strstr(text, "-----BEGIN");
	if (text == NULL || text > end) {
		gather_leave(g, N_("The line that begins the key is "
		    "missing. Copy the whole file, or only the letters "
		    "between its first and last line."), NULL);
		return;
	}
	gather_place(g, start, text);
	copy = xmalloc((size_t)(end - text) + 1);
	memcpy(copy, text, (size_t)(end - text));
	copy[end - text] = '\0';
	(void)gather_key(g, copy);
	g->line = g->column = 0;
	free(copy);
	for (; text < end; text++)
		if (*text != '\n')
			*text = ' ';
}

/* The selector that AWS or the user named; "" when nobody did. */
static const char *
named_selector(const struct gather *g)
{
	return g->out->identity.selector[0] != '\0' ?
	    g->out->identity.selector : g->known->selector;
}

/* The row's name and value are told of, and need not be told again. */
static int
leave_row(struct gather *g, const char *owner, const char *value,
    const char *why)
{
	gather_skip(g, owner);
	gather_skip(g, value);
	return gather_leave(g, why, NULL);
}

int
gather_key_row(struct gather *g, const char *owner, const char *value)
{
	struct identity probe;
	const char *why;

	identity_init(&probe);
	if (identity_set_selector(&probe, owner, &why) == -1)
		return leave_row(g, owner, value, why);
	if (strcasestr(value, "customerProvidedPublicKey") != NULL) {
		strlcpy(g->out->identity.selector, probe.selector,
		    IDENTITY_SELECTOR);
		g->external = true;
		g->out->rows++;
		return 0;
	}
	if (identity_set_key(&probe, value, &why) == -1)
		return leave_row(g, owner, value, why);
	if (g->key_selector[0] != '\0' &&
	    strcmp(probe.selector, named_selector(g)) != 0)
		return 0;
	strlcpy(g->key_selector, probe.selector, IDENTITY_SELECTOR);
	strlcpy(g->key_value, value, GATHER_KEY);
	return 0;
}

/*
 * The key's row is ours when AWS or the user named its selector, or when the
 * document has nothing else; beside Easy DKIM it is another sender's.
 */
void
gather_settle_key(struct gather *g)
{
	struct identity *identity = &g->out->identity;
	struct identity probe = *identity;
	const char *why, *selector;
	bool named;

	if (g->external) {
		/* What stands among the tokens then is the selector. */
		if (identity->selector[0] == '\0' && identity->tokens > 0)
			strlcpy(identity->selector, identity->token[0],
			    IDENTITY_SELECTOR);
		identity->tokens = 0;
		memset(identity->token, 0, sizeof identity->token);
	}
	if (g->key_selector[0] == '\0')
		return;
	selector = named_selector(g);
	named = strcmp(selector, g->key_selector) == 0;
	/* It is named at the end. */
	if (!named && (identity->tokens > 0 || selector[0] != '\0'))
		return;
	if (identity_set_key(&probe, g->key_value, &why) == -1)
		return;
	strlcpy(identity->selector, g->key_selector, IDENTITY_SELECTOR);
	strlcpy(identity->key, probe.key, IDENTITY_KEY);
	g->out->rows++;
}
