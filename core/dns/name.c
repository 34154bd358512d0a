#include "dns/name.h"

#include <stdio.h>
#include <string.h>

#include <idn2.h>

#include "base/lang.h"
#include "base/text.h"

/* ASCII only: a locale must not change what a name is (RFC 4343). */
static uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

struct name
name_root(void)
{
	struct name root = { .len = 1 };

	return root;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One octet of presentation form; returns the characters used, 0: broken. */
static size_t
octet(uint8_t *out, const char *text)
{
	int value;

	if (text[0] != '\\') {
		*out = (uint8_t)text[0];
		return 1;
	}
	if (!digit(text[1])) {
		*out = (uint8_t)text[1];
		return text[1] == '\0' ? 0 : 2;
	}
	if (!digit(text[2]) || !digit(text[3]))
		return 0;
	value = (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
	*out = (uint8_t)value;
	return value > 255 ? 0 : 4;
}

int
name_parse(struct name *out, const char *text, const char **why)
{
	struct name n = { .len = 0 };
	size_t start = 0, at = 1, used;	/* of the label: its length octet */

	if (text[0] == '\0') {
		*why = N_("A name is missing.");
		return -1;
	}
	if (strcmp(text, ".") == 0) {
		*out = name_root();
		return 0;
	}
	for (; *text != '\0'; text += used) {
		uint8_t c;

		if (*text == '.') {
			if (at == start + 1) {
				*why = N_("A name cannot have an empty part "
				    "(two dots in a row).");
				return -1;
			}
			n.wire[start] = (uint8_t)(at - start - 1);
			start = at++;
			used = 1;
			continue;
		}
		if (*text <= ' ' || *text >= 0x7f) {
			*why = N_("A name cannot have blanks or letters "
			    "outside a to z.");
			return -1;
		}
		used = octet(&c, text);
		if (used == 0) {
			*why = N_("After a backslash three digits or one "
			    "character must follow.");
			return -1;
		}
		if (at - start > NAME_LABEL) {
			*why = N_("A part between dots can have at most 63 "
			    "characters.");
			return -1;
		}
		if (at >= NAME_WIRE - 1) {
			*why = N_("The name is too long (at most 253 "
			    "characters).");
			return -1;
		}
		n.wire[at++] = c;
	}
	if (at > start + 1) {
		n.wire[start] = (uint8_t)(at - start - 1);
		start = at++;
	}
	n.wire[start] = 0;
	n.len = (uint8_t)(start + 1);
	*out = n;
	return 0;
}

/*
 * Full-width ASCII and the three dots of East Asian typing become ASCII: that
 * is what the person meant (RFC 3490 section 3.1 names the dots).
 */
static void
fold(char *dst, size_t size, const char *src)
{
	size_t at = 0;

	while (*src != '\0' && at + 1 < size) {
		const uint8_t *u = (const uint8_t *)src;

		if (u[0] == 0xef && u[1] == 0xbc && u[2] >= 0x81 &&
		    u[2] <= 0xbf) {
			dst[at++] = (char)(u[2] - 0x81 + '!');
			src += 3;
		} else if (u[0] == 0xef && u[1] == 0xbd && u[2] >= 0x80 &&
		    u[2] <= 0x9e) {
			dst[at++] = (char)(u[2] - 0x80 + '`');
			src += 3;
		} else if ((u[0] == 0xe3 && u[1] == 0x80 && u[2] == 0x82) ||
		    (u[0] == 0xef && u[1] == 0xbd && u[2] == 0xa1)) {
			dst[at++] = '.';
			src += 3;
		} else {
			dst[at++] = *src++;
		}
	}
	dst[at] = '\0';
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((uint8_t)*s >= 0x80)
			return false;
	return true;
}

int
name_parse_idn(struct name *out, const char *utf8, const char **why)
{
	char folded[NAME_TEXT], *ascii = NULL;
	int rc;

	if (strlen(utf8) >= sizeof folded) {
		*why = N_("The name is too long (at most 253 characters).");
		return -1;
	}
	fold(folded, sizeof folded, utf8);
	for (const char *c = folded; *c != '\0'; c++) {
		if ((uint8_t)*c <= ' ' || *c == 0x7f) {
			*why = N_("A name cannot have spaces in it.");
			return -1;
		}
	}
	if (is_ascii(folded))
		return name_parse(out, folded, why);
	rc = idn2_to_ascii_8z(folded, &ascii,
	    IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
	if (rc != IDN2_OK) {
		*why = N_("This name has characters that no domain can have.");
		return -1;
	}
	rc = name_parse(out, ascii, why);
	idn2_free(ascii);
	return rc;
}

int
name_from_wire(struct name *out, const uint8_t *wire, size_t len)
{
	size_t at = 0;

	for (;;) {
		if (at >= len || at >= NAME_WIRE)
			return -1;
		if (wire[at] == 0)
			break;
		if (wire[at] > NAME_LABEL)
			return -1;
		at += (size_t)wire[at] + 1;
	}
	memset(out, 0, sizeof *out);
	out->len = (uint8_t)(at + 1);
	memcpy(out->wire, wire, at + 1);
	return 0;
}

/* Letters, digits and what is common in names; the rest is escaped. */
static bool
plain(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (c != 0 && strchr("-_*/+=:@!%&'~^|{}[]<>,?#", c) != NULL);
}

char *
name_zonefile(const struct name *name, char buf[static NAME_TEXT])
{
	char *p = buf;

	if (name->len <= 1)
		*p++ = '.';
	for (size_t at = 0; name->wire[at] != 0; at += name->wire[at] + 1u) {
		for (size_t i = 1; i <= name->wire[at]; i++) {
			uint8_t c = name->wire[at + i];

			if (plain(lower(c)))
				*p++ = (char)c;
			else if (c > ' ' && c < 0x7f)
				p += sprintf(p, "\\%c", c);
			else
				p += sprintf(p, "\\%03d", c);
		}
		*p++ = '.';
	}
	*p = '\0';
	return buf;
}

char *
name_text(const struct name *name, char buf[static NAME_TEXT])
{
	name_zonefile(name, buf);
	if (name->len > 1)
		buf[strlen(buf) - 1] = '\0';
	for (char *c = buf; *c != '\0'; c++)
		*c = (char)lower((uint8_t)*c);
	return buf;
}

char *
name_unicode(const struct name *name, char buf[static NAME_TEXT])
{
	char *utf8 = NULL;
	const char *why;
	struct name back;

	name_text(name, buf);
	if (strstr(buf, "xn--") == NULL ||
	    idn2_to_unicode_8z8z(buf, &utf8, IDN2_NONTRANSITIONAL) != IDN2_OK)
		return buf;
	if (text_safe(buf, NAME_TEXT, utf8, strlen(utf8)) != strlen(utf8) ||
	    name_parse_idn(&back, utf8, &why) == -1 ||
	    !name_equal(&back, name))
		name_text(name, buf);
	idn2_free(utf8);
	return buf;
}

/* Of wire form: the octets that tell a label's length are no letters. */
static bool
same_octets(const uint8_t *a, const uint8_t *b, size_t len)
{
	if (memcmp(a, b, len) == 0)
		return true;
	for (size_t i = 0; i < len; i++)
		if (a[i] != b[i] && lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

bool
name_equal(const struct name *a, const struct name *b)
{
	return a->len == b->len && same_octets(a->wire, b->wire, a->len);
}

/*
 * Eight octets at a time.  All letters are made small ones by their bit; what
 * else becomes alike by that shares a hash.
 */
uint32_t
name_hash(const struct name *name)
{
	const uint64_t prime = 0x9e3779b97f4a7c15, small = 0x2020202020202020;
	uint64_t hash = 0, word;
	size_t at = 0;

	for (; at + sizeof word <= name->len; at += sizeof word) {
		memcpy(&word, name->wire + at, sizeof word);
		hash = (hash ^ (word | small)) * prime;
		hash ^= hash >> 32;
	}
	for (; at < name->len; at++)
		hash = (hash ^ (name->wire[at] | 0x20)) * prime;
	return (uint32_t)(hash ^ hash >> 32);
}

/* Offsets of the labels, leftmost first; returns how many. */
static size_t
offsets(const struct name *n, uint8_t at[static NAME_WIRE / 2 + 1])
{
	size_t count = 0;

	for (size_t i = 0; i < n->len && n->wire[i] != 0;
	    i += n->wire[i] + 1u)
		at[count++] = (uint8_t)i;
	return count;
}

int
name_compare(const struct name *a, const struct name *b)
{
	uint8_t x[NAME_WIRE / 2 + 1], y[NAME_WIRE / 2 + 1];
	size_t i = offsets(a, x), k = offsets(b, y);

	while (i > 0 && k > 0) {
		const uint8_t *p = &a->wire[x[--i]], *q = &b->wire[y[--k]];

		for (size_t c = 1; c <= p[0] && c <= q[0]; c++)
			if (p[c] != q[c] && lower(p[c]) != lower(q[c]))
				return lower(p[c]) - lower(q[c]);
		if (p[0] != q[0])
			return p[0] - q[0];
	}
	return (int)i - (int)k;
}

size_t
name_labels(const struct name *name)
{
	uint8_t at[NAME_WIRE / 2 + 1];

	return offsets(name, at);
}

/* What is left when the leftmost n labels are dropped. */
static struct name
tail(const struct name *name, size_t n)
{
	uint8_t at[NAME_WIRE / 2 + 1];
	size_t count = offsets(name, at), from;
	struct name out = { .len = 0 };

	from = n < count ? at[n] : name->len - 1u;
	out.len = (uint8_t)(name->len - from);
	memcpy(out.wire, &name->wire[from], out.len);
	return out;
}

bool
name_is_below(const struct name *name, const struct name *ancestor)
{
	size_t at = 0;

	while (name->len - at > ancestor->len && name->wire[at] != 0)
		at += name->wire[at] + 1u;
	return name->len - at == ancestor->len &&
	    same_octets(name->wire + at, ancestor->wire, ancestor->len);
}

bool
name_parent(struct name *out, const struct name *name)
{
	bool more = name_labels(name) > 0;

	*out = more ? tail(name, 1) : name_root();
	return more;
}

struct name
name_head(const struct name *name, size_t n)
{
	uint8_t at[NAME_WIRE / 2 + 1];
	size_t count = offsets(name, at), len;
	struct name out = { .len = 0 };

	len = n < count ? at[n] : name->len - 1u;
	memcpy(out.wire, name->wire, len);
	out.wire[len] = 0;
	out.len = (uint8_t)(len + 1);
	return out;
}

int
name_relative(struct name *out, const struct name *name,
    const struct name *zone)
{
	if (!name_is_below(name, zone))
		return -1;
	*out = name_head(name, name_labels(name) - name_labels(zone));
	return 0;
}

int
name_join(struct name *out, const struct name *head, const struct name *tail)
{
	struct name joined = { .len = 0 };
	size_t len = head->len - 1u;

	if (len + tail->len > NAME_WIRE)
		return -1;
	memcpy(joined.wire, head->wire, len);
	memcpy(joined.wire + len, tail->wire, tail->len);
	joined.len = (uint8_t)(len + tail->len);
	*out = joined;
	return 0;
}

int
name_prepend(struct name *out, const char *text, const struct name *tail)
{
	struct name head;
	const char *why;

	if (name_parse(&head, text, &why) == -1)
		return -1;
	return name_join(out, &head, tail);
}

bool
name_starts(const struct name *name, const char *label)
{
	size_t len = strlen(label);

	if (name->wire[0] != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (lower(name->wire[i + 1]) != lower((uint8_t)label[i]))
			return false;
	return true;
}
