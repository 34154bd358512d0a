#include "mail/own-key.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "mail/tags.h"

enum {
	PIECE = 1024,		/* octets of a record that are compared */
	PIECE_TELLS = 16,	/* fewer characters are in many keys */
	/* A public key of the same length begins with the same 44. */
	PART_TELLS = 80
};

/* What is left without blanks, quotes and backslashes, and before p=. */
static size_t
piece(char out[static PIECE], const uint8_t *text, size_t len)
{
	size_t at = 0;
	char *p;

	for (size_t i = 0; i < len && at + 1 < PIECE; i++)
		if (text[i] > ' ' && text[i] < 0x7f &&
		    strchr("\"'\\", text[i]) == NULL)
			out[at++] = (char)text[i];
	out[at] = '\0';
	p = strncmp(out, "p=", 2) == 0 ? out : strstr(out, ";p=");
	if (p == NULL)
		return at;
	p = strchr(p, '=') + 1;
	at = strcspn(p, ";");
	memmove(out, p, at);
	out[at] = '\0';
	return at;
}

static size_t
record_piece(char out[static PIECE], const struct rr *rr)
{
	size_t len;
	uint8_t *text = rr_txt_new(rr, &len);

	len = piece(out, text, len);
	free(text);
	return len;
}

bool
own_key_same(const struct rr *rr, const char *key, struct dkim_key *out)
{
	size_t len, at = 0;
	uint8_t *text = rr_txt_new(rr, &len);
	bool same = false;
	struct tag tag;

	dkim_key_parse(out, text, len);
	while (tag_next(&tag, text, len, &at)) {
		char value[PIECE];

		if (!tag_is(&tag, "p"))
			continue;
		piece(value, tag.value, tag.value_len);
		same = strcmp(value, key) == 0;
	}
	free(text);
	return same;
}

bool
own_key_right(const struct rr *rr, const char *key)
{
	struct dkim_key parsed;

	return own_key_same(rr, key, &parsed) &&
	    parsed.result == DKIM_KEY_GOOD;
}

bool
own_key_part(const struct rr *rr, const char *key)
{
	char text[PIECE];
	size_t len = record_piece(text, rr);

	return len >= PART_TELLS && strstr(key, text) != NULL;
}

bool
own_key_split(const struct rr *const rr[], size_t count, const char *key)
{
	char text[PIECE];
	size_t all = 0;

	for (size_t i = 0; i < count; i++) {
		size_t len = record_piece(text, rr[i]);

		if (len < PIECE_TELLS || strstr(key, text) == NULL)
			return false;
		all += len;
	}
	return count > 1 && all == strlen(key);
}

static void
drop_plus(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++)
		if (*text != '+')
			*to++ = *text;
	*to = '\0';
}

bool
own_key_lost_plus(const struct rr *rr, const char *key)
{
	char text[PIECE], whole[PIECE];
	bool differs;

	record_piece(text, rr);
	strlcpy(whole, key, sizeof whole);
	differs = strcmp(text, whole) != 0;
	drop_plus(text);
	drop_plus(whole);
	return differs && strcmp(text, whole) == 0;
}

bool
own_key_shuffled(const struct rr *rr, const char *key)
{
	char text[PIECE], all[PIECE] = "";

	for (size_t i = 0; i < rr->len; i += rr->rdata[i] + 1u) {
		size_t len = rr->rdata[i];

		if (len > rr->len - i - 1u)
			return false;
		len = piece(text, rr->rdata + i + 1, len);
		if (len < PIECE_TELLS || strstr(key, text) == NULL)
			return false;
		strlcat(all, text, sizeof all);
	}
	return strlen(all) == strlen(key) && strcmp(all, key) != 0;
}
