/*
 * A DKIM key of the owner's own (BYODKIM): a selector and the public half.
 * Rules: AWS SES Developer Guide, "Provide your own DKIM authentication
 * token", and the API's pattern for a selector.
 */
#include "ses/identity-internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "mail/dkim-key.h"
#include "base/lang.h"
#include "mail/tags.h"
#include "base/text.h"
#include "base/xalloc.h"

enum {
	KEY_ROOM = 4096	/* octets of what is pasted, the BEGIN line included */
};

int
identity_set_selector(struct identity *identity, const char *text,
    const char **why)
{
	char room[IDENTITY_ROOM];
	size_t len;

	if (identity_field(room, text, why) == -1)
		return -1;
	/* The whole name of the row says it, too. */
	if (strchr(room, '.') != NULL) {
		if (strncasecmp(strchr(room, '.'), "._domainkey", 11) != 0)
			return refuse(why, N_("A selector has no dots in it. "
			    "It is the part before ._domainkey."));
		*strchr(room, '.') = '\0';
	}
	len = strlen(room);
	if (len >= IDENTITY_SELECTOR)
		return refuse(why, N_("This is too long."));
	for (size_t i = 0; i < len; i++) {
		bool edge = i == 0 || i + 1 == len;

		if (!isascii(room[i]) || (!isalnum((unsigned char)room[i]) &&
		    (edge || room[i] != '-')))
			return refuse(why, N_("A selector has only letters, "
			    "digits and hyphens inside, for example mail."));
		room[i] = (char)tolower((unsigned char)room[i]);
	}
	strlcpy(identity->selector, room, IDENTITY_SELECTOR);
	if (len > 0)
		identity->tokens = 0;
	return 0;
}

/* Takes away what a PEM file and a zone file have around the key. */
static void
bare(char *text)
{
	char *to = text, *end;

	while (*text != '\0') {
		if (strncmp(text, "-----", 5) == 0 &&
		    (end = strstr(text + 5, "-----")) != NULL)
			text = end + 5;
		else if (strchr(" \t\r\n\"'\\()", *text) != NULL)
			text++;
		else
			*to++ = *text++;
	}
	*to = '\0';
}

/* The value of p=, without blanks. */
static void
take_key(struct identity *identity, const char *record)
{
	struct tag tag;
	size_t at = 0, len = 0;

	while (tag_next(&tag, (const uint8_t *)record, strlen(record), &at)) {
		if (!tag_is(&tag, "p"))
			continue;
		for (size_t i = 0; i < tag.value_len &&
		    len + 1 < IDENTITY_KEY; i++)
			identity->key[len++] = (char)tag.value[i];
		identity->key[len] = '\0';
	}
}

static int
read_key(struct identity *identity, char *text, const char **why)
{
	char record[KEY_ROOM + 2];
	struct dkim_key key;

	if (strstr(text, "PRIVATE KEY") != NULL)
		return refuse(why, N_("This is the private key, a secret: "
		    "never paste it anywhere. The public key is wanted."));
	bare(text);
	strlcpy(record, strchr("pvkhnst", text[0]) != NULL &&
	    text[1] == '=' ? "" : "p=", sizeof record);
	strlcat(record, text, sizeof record);
	if (dkim_key_parse(&key, (const uint8_t *)record, strlen(record)) ==
	    -1)
		return refuse(why, key.result == DKIM_KEY_PRIVATE ?
		    N_("This is the private key, a secret: never paste it "
		    "anywhere. The public key is wanted.") :
		    key.result == DKIM_KEY_CUT ?
		    N_("The DKIM key is not whole: its end is missing. Copy "
		    "it whole, with the copy button beside it if there is "
		    "one.") : key.why);
	if (key.ed25519)
		return refuse(why, N_("SES takes RSA keys only, of 1024 to "
		    "2048 bits."));
	take_key(identity, record);
	identity->tokens = 0;
	return 0;
}

int
identity_set_key(struct identity *identity, const char *text,
    const char **why)
{
	char *room;
	int rc = 0;

	if (strlen(text) >= KEY_ROOM)
		return refuse(why, N_("This is too long."));
	room = xmalloc(KEY_ROOM);
	if (text_trim(room, KEY_ROOM, text, 1) == 0)
		identity->key[0] = '\0';
	else
		rc = read_key(identity, room, why);
	free(room);
	return rc;
}

int
identity_set_byodkim(struct identity *identity, const char *text,
    const char **why)
{
	const char *sign = strchr(text, '=');
	struct identity both = *identity;
	char selector[IDENTITY_ROOM];

	if (*text == '\0') {
		identity_drop_key(identity);
		return 0;
	}
	if (sign == NULL || sign == text || sign[1] == '\0' ||
	    (size_t)(sign - text) >= sizeof selector)
		return refuse(why, N_("A selector, an equals sign and the "
		    "public key are needed, for example mail=MIIBIjAN..."));
	strlcpy(selector, text, (size_t)(sign - text) + 1);
	if (identity_set_selector(&both, selector, why) == -1 ||
	    identity_set_key(&both, sign + 1, why) == -1)
		return -1;
	*identity = both;
	return 0;
}

bool
identity_has_own_key(const struct identity *identity)
{
	return identity->selector[0] != '\0' || identity->key[0] != '\0';
}

bool
identity_signs(const struct identity *identity)
{
	return identity->tokens > 0 || identity_has_own_key(identity) ||
	    identity->verification[0] != '\0';
}

bool
identity_signs_alike(const struct identity *a, const struct identity *b)
{
	for (size_t i = 0; i < a->tokens; i++)
		for (size_t k = 0; k < b->tokens; k++)
			if (strcmp(a->token[i], b->token[k]) == 0)
				return true;
	if (a->key[0] != '\0' && strcmp(a->key, b->key) == 0 &&
	    strcmp(a->selector, b->selector) == 0)
		return true;
	return a->verification[0] != '\0' &&
	    strcmp(a->verification, b->verification) == 0;
}

void
identity_drop_key(struct identity *identity)
{
	memset(identity->selector, 0, sizeof identity->selector);
	memset(identity->key, 0, sizeof identity->key);
}
