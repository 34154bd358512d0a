#include "mail/dkim-key.h"

#include <string.h>

#include "base/foreign.h"
#include "base/lang.h"
#include "mail/tags.h"

enum {
	KEY_OCTETS = 2100,	/* DER of an RSA key of 16384 bits */
	ED25519_OCTETS = 32,
	BASE64_TELLS = 40	/* so many characters have a capital */
};

static const char private_key[] = N_("This is the private key. Take it out of "
    "DNS and make a new pair.");
static const char pem_lines[] = N_("The BEGIN and END lines do not belong to "
    "the key.");
static const char quoted[] = N_("A quotation mark or backslash became part of "
    "the record.");
static const char end_missing[] = N_("The end of the key is missing.");
static const char too_long[] = N_("The key is longer than the 2048 bits that "
    "SES takes.");

static int
fail(struct dkim_key *out, size_t at, enum dkim_key_result result,
    const char *why)
{
	if (out->why == NULL) {
		out->result = result;
		out->why = why;
		out->at = at;
	}
	return -1;
}

/* --- Base64, RFC 4648 section 4 --- */

static int
sextet(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

struct key {
	uint8_t octet[KEY_OCTETS];
	size_t len;
	size_t letters;		/* of the base64, padding included */
	bool capital;
	bool spaced;
	bool too_long;
};

/*
 * Decodes what is there, an incomplete end included; false at what is no
 * base64.
 */
static bool
decode(struct key *out, const uint8_t *text, size_t len)
{
	uint32_t bits = 0;
	size_t have = 0, padding = 0;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < len; i++) {
		int value = sextet(text[i]);

		if (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) {
			out->spaced = true;
			continue;
		}
		out->letters++;
		if (text[i] == '=' && ++padding <= 2)
			continue;
		if (value == -1 || padding > 0)
			return false;
		out->capital = out->capital ||
		    (text[i] >= 'A' && text[i] <= 'Z');
		bits = bits << 6 | (uint32_t)value;
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		if (out->len < KEY_OCTETS)
			out->octet[out->len++] = (uint8_t)(bits >> have);
		else
			out->too_long = true;
	}
	return true;
}

/* --- DER, X.690: only what a public key is made of --- */

enum {
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OID = 0x06,
	DER_SEQUENCE = 0x30
};

struct der {
	const uint8_t *at;
	size_t left;
	bool cut;	/* an item is longer than what is left */
};

/* Takes the next item with this tag off in; its content is out. */
static bool
der_take(struct der *in, uint8_t tag, struct der *out)
{
	size_t len, head = 2;

	if (in->left < 2) {
		in->cut = true;
		return false;
	}
	if (in->at[0] != tag)
		return false;
	len = in->at[1];
	if (len >= 0x80) {
		size_t octets = len & 0x7f;

		/* Indefinite length is not DER; 3 octets hold any key. */
		if (octets == 0 || octets > 3)
			return false;
		if (in->left < 2 + octets) {
			in->cut = true;
			return false;
		}
		for (len = 0; octets > 0; octets--)
			len = len << 8 | in->at[head++];
	}
	if (len > in->left - head) {
		in->cut = true;
		return false;
	}
	*out = (struct der){ .at = in->at + head, .left = len };
	in->at += head + len;
	in->left -= head + len;
	return true;
}

static bool
is_zero(const struct der *integer)
{
	return integer->left == 1 && integer->at[0] == 0;
}

/* Bits of a positive integer; 0 when it is none. */
static unsigned
integer_bits(struct der integer)
{
	unsigned bits;

	if (integer.left == 0 || (integer.at[0] & 0x80) != 0)
		return 0;
	while (integer.left > 0 && integer.at[0] == 0) {
		integer.at++;
		integer.left--;
	}
	if (integer.left == 0)
		return 0;
	bits = (unsigned)(integer.left - 1) * 8;
	for (uint8_t top = integer.at[0]; top != 0; top >>= 1)
		bits++;
	return bits;
}

/* RSAPublicKey, RFC 8017 appendix A.1.1: modulus and exponent; its bits. */
static unsigned
rsa_bits(struct der body)
{
	struct der modulus, exponent;
	unsigned bits;

	if (!der_take(&body, DER_INTEGER, &modulus) ||
	    !der_take(&body, DER_INTEGER, &exponent) || body.left > 0)
		return 0;
	bits = integer_bits(modulus);
	return integer_bits(exponent) == 0 ? 0 : bits;
}

/* The rest of a SubjectPublicKeyInfo, RFC 5280 section 4.1, for RSA. */
static unsigned
spki_bits(struct der body)
{
	static const uint8_t rsa[] = {	/* 1.2.840.113549.1.1.1 */
		0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01
	};
	struct der algorithm, oid, string, key;

	if (!der_take(&body, DER_SEQUENCE, &algorithm) ||
	    !der_take(&algorithm, DER_OID, &oid) || oid.left != sizeof rsa ||
	    memcmp(oid.at, rsa, sizeof rsa) != 0 ||
	    !der_take(&body, DER_BIT_STRING, &string) || body.left > 0 ||
	    string.left == 0 || string.at[0] != 0)
		return 0;
	string.at++;
	string.left--;
	return der_take(&string, DER_SEQUENCE, &key) && string.left == 0 ?
	    rsa_bits(key) : 0;
}

static int
broken(struct dkim_key *out, size_t at, bool cut)
{
	if (cut)
		return fail(out, at, DKIM_KEY_CUT, end_missing);
	return fail(out, at, DKIM_KEY_BROKEN,
	    N_("This is no RSA key: some of its characters are wrong."));
}

/*
 * SES hands out a SubjectPublicKeyInfo; RFC 6376 says RSAPublicKey, and
 * receivers read both (erratum 3017).  Private keys begin with a version
 * number instead (RFC 8017 appendix A.1.2, RFC 5208): 0.
 */
static int
read_rsa(struct dkim_key *out, size_t at, const struct key *key)
{
	struct der all = { .at = key->octet, .left = key->len }, body, rest,
	    first;

	if (key->too_long)
		return fail(out, at, DKIM_KEY_LONG, too_long);
	if (!der_take(&all, DER_SEQUENCE, &body))
		return broken(out, at, all.cut);
	rest = body;
	if (der_take(&rest, DER_INTEGER, &first) && is_zero(&first))
		return fail(out, at, DKIM_KEY_PRIVATE, private_key);
	if (all.left > 0)
		return fail(out, at, DKIM_KEY_BROKEN,
		    N_("Something stands behind the end of the key."));
	out->bits = body.left > 0 && body.at[0] == DER_INTEGER ?
	    rsa_bits(body) : spki_bits(body);
	if (out->bits == 0)
		return broken(out, at, false);
	if (out->bits < DKIM_KEY_LEAST)
		return fail(out, at, DKIM_KEY_SHORT, N_("The key has less "
		    "than 1024 bits, and receivers refuse it."));
	if (out->bits > DKIM_KEY_MOST)
		return fail(out, at, DKIM_KEY_LONG, too_long);
	return 0;
}

static int
read_ed25519(struct dkim_key *out, size_t at, const struct key *key)
{
	if (key->len < ED25519_OCTETS)
		return fail(out, at, DKIM_KEY_CUT, end_missing);
	if (key->len > ED25519_OCTETS)
		return fail(out, at, DKIM_KEY_BROKEN, N_("An Ed25519 key has "
		    "44 characters."));
	out->bits = ED25519_OCTETS * 8;
	return 0;
}

/* --- Tags --- */

static bool
value_is(const struct tag *tag, const char *word)
{
	return tag->value_len == strlen(word) &&
	    memcmp(tag->value, word, tag->value_len) == 0;
}

static bool
value_lists(const struct tag *tag, const char *word)
{
	struct tag entry;
	size_t at = 0;

	while (tag_entry(&entry, tag, ':', &at))
		if (value_is(&entry, word))
			return true;
	return false;
}

static int
read_key(struct dkim_key *out, const struct tag *p)
{
	struct key key;
	bool base64;

	if (p->value_len == 0)
		return fail(out, p->at, DKIM_KEY_REVOKED, N_("The key was "
		    "taken back: behind p= stands nothing."));
	if (tag_says(p, "customerProvidedPublicKey"))
		return fail(out, p->at, DKIM_KEY_PLACEHOLDER, N_("The console "
		    "shows customerProvidedPublicKey only as a placeholder. "
		    "Your own public key must stand here."));
	base64 = decode(&key, p->value, p->value_len);
	out->spaced = key.spaced;
	if (!base64)
		return fail(out, p->at, DKIM_KEY_BASE64, N_("In the key stand "
		    "characters that belong to no key."));
	if (!key.capital && key.letters >= BASE64_TELLS)
		return fail(out, p->at, DKIM_KEY_CASE, N_("Every capital "
		    "letter of the key became a small one."));
	if ((out->ed25519 ? read_ed25519 : read_rsa)(out, p->at, &key) == -1)
		return -1;
	if (key.letters % 4 != 0)
		return fail(out, p->at, DKIM_KEY_BASE64, N_("At the end of "
		    "the key one or two = are missing."));
	return 0;
}

static const char known_tags[] = "vkhnstp";

static const char *const tag_names[] = { "v", "k", "h", "n", "s", "t", "p" };

/* "p:…" or "p …", and "P=…". */
static const char *
no_tag(const struct tag *tag)
{
	if (tag_is(tag, "P"))
		return N_("p= must be written with a small letter.");
	if (tag->name_len == 0 && tag->value_len > 1 &&
	    (tag->value[0] | 0x20) == 'p' &&
	    strchr(" :-", tag->value[1]) != NULL)
		return N_("Behind p an equals sign must stand.");
	return NULL;
}

/* All tags but p=, which is read last because k= says how. */
static void
read_tag(struct dkim_key *out, const struct tag *tag, bool first)
{
	if (no_tag(tag) != NULL)
		fail(out, tag->at, DKIM_KEY_GLUED, no_tag(tag));
	else if (tag_is_glued(tag, tag_names,
	    sizeof tag_names / sizeof tag_names[0]))
		fail(out, tag->at, DKIM_KEY_GLUED, N_("Between the parts of "
		    "the record a semicolon must stand, nothing else."));
	else if (tag->name_len == 0)
		fail(out, tag->at, DKIM_KEY_SYNTAX, N_("Here a tag, an equals "
		    "sign and a value must stand, as in k=rsa."));
	else if (tag_is(tag, "v") && (!first || !value_is(tag, "DKIM1")))
		fail(out, tag->at, DKIM_KEY_VERSION, N_("v=DKIM1 must stand "
		    "first in the record and be written so."));
	else if (tag_is(tag, "h") && !value_lists(tag, "sha256"))
		fail(out, tag->at, DKIM_KEY_HASH, N_("h= does not allow "
		    "sha256, the only hash still in use."));
	else if (tag_is(tag, "s") && !value_lists(tag, "*") &&
	    !value_lists(tag, "email"))
		fail(out, tag->at, DKIM_KEY_SERVICE, N_("s= does not allow "
		    "the key for mail."));
	else if (tag_is(tag, "k")) {
		out->ed25519 = value_is(tag, "ed25519");
		if (!out->ed25519 && !value_is(tag, "rsa"))
			fail(out, tag->at, DKIM_KEY_TYPE, N_("k= must be rsa "
			    "or ed25519."));
	} else if (tag_is(tag, "t")) {
		out->testing = value_lists(tag, "y");
		out->strict = value_lists(tag, "s");
	}
}

/* Signs of a wrong paste; they explain more than the errors they cause. */
static bool
wrong_paste(struct dkim_key *out, const uint8_t *text, size_t len)
{
	static const struct {
		const char *sign;
		enum dkim_key_result result;
		const char *why;
	} signs[] = {
		{ "PRIVATE KEY", DKIM_KEY_PRIVATE, private_key },
		{ "-----", DKIM_KEY_PEM, pem_lines },
		{ "BEGIN PUBLIC", DKIM_KEY_PEM, pem_lines },
		{ "\"", DKIM_KEY_QUOTED, quoted },
		{ "\\", DKIM_KEY_QUOTED, quoted },
	};

	const char *foreign = foreign_sign(text, len);

	if (foreign != NULL) {
		fail(out, 0, DKIM_KEY_FOREIGN, foreign);
		return true;
	}
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		const uint8_t *at = len == 0 ? NULL : memmem(text, len,
		    signs[i].sign, strlen(signs[i].sign));

		if (at == NULL)
			continue;
		fail(out, (size_t)(at - text), signs[i].result, signs[i].why);
		return true;
	}
	return false;
}

int
dkim_key_parse(struct dkim_key *out, const uint8_t *text, size_t len)
{
	bool seen[sizeof known_tags] = { false }, first = true;
	struct tag tag, p = { .name_len = 0 };
	size_t at = 0;

	memset(out, 0, sizeof *out);
	if (wrong_paste(out, text, len))
		return -1;
	for (; tag_next(&tag, text, len, &at); first = false) {
		const char *known = tag.name_len != 1 ? NULL :
		    memchr(known_tags, tag.name[0], sizeof known_tags - 1);

		if (known != NULL && seen[known - known_tags])
			return fail(out, tag.at, DKIM_KEY_SYNTAX, N_("A tag "
			    "may stand only once in a record."));
		if (known != NULL)
			seen[known - known_tags] = true;
		if (tag_is(&tag, "p"))
			p = tag;
		read_tag(out, &tag, first);
	}
	if (first)
		return fail(out, 0, DKIM_KEY_EMPTY,
		    N_("The record is empty."));
	if (out->result == DKIM_KEY_GLUED)
		return -1;
	if (p.name_len == 0) {
		out->why = NULL;	/* whatever else: this comes first */
		return fail(out, 0, DKIM_KEY_NO_KEY, N_("In this record "
		    "stands no p= with a key."));
	}
	return read_key(out, &p) == -1 || out->why != NULL ? -1 : 0;
}
