/*
 * Tag lists, "v=DKIM1; k=rsa; p=…": the one grammar of DKIM keys (RFC 6376
 * section 3.2) and DMARC records (RFC 9989 section 4.7).  Pure; a tag points
 * into the text it was read from.
 */
#ifndef DNSESAME_TAGS_H
#define DNSESAME_TAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tag {
	const uint8_t *name;
	size_t name_len;	/* 0: no "=" here, or no name before it */
	const uint8_t *value;	/* without the blanks around it */
	size_t value_len;
	size_t at;		/* octets of the text before the tag */
};

/*
 * Reads the tag that starts at *at and moves *at behind its semicolon.
 * Nothing but blanks is no tag.  False at the end of the text.
 */
bool
tag_next(struct tag *out, const uint8_t *text, size_t len, size_t *at);

/* True when the tag is called so; case matters, RFC 6376 section 3.2. */
bool
tag_is(const struct tag *tag, const char *name);

/* True when the value is this word, case ignored. */
bool
tag_says(const struct tag *tag, const char *word);

/*
 * Does a tag of one of these names begin inside the value, because the
 * semicolon before it is lost or became another sign?
 */
bool
tag_is_glued(const struct tag *tag, const char *const names[], size_t count);

/*
 * One entry of the value, a list with this separator, blanks around it taken
 * off: from *at, which moves behind it.  False at the end of the value.
 */
bool
tag_entry(struct tag *out, const struct tag *tag, char separator, size_t *at);

#endif
