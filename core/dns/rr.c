#include "dns/rr.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/xalloc.h"

enum {
	STRING = 255,		/* octets of one character-string */
	SOA_NUMBERS = 20	/* octets after the two names */
};

static uint32_t
number(const uint8_t *p, size_t octets)
{
	uint32_t n = 0;

	while (octets-- > 0)
		n = n << 8 | *p++;
	return n;
}

/* --- Per type: to text, from text; equality is that of values --- */

static void
put_name(struct text *t, const struct name *name, bool zone)
{
	char text[NAME_TEXT];

	text_add(t, zone ? name_zonefile(name, text) : name_text(name, text));
}

/* -1: the rdata does not fit the type; the caller writes it as octets. */
static int
address_text(const struct rr *rr, struct text *t, bool zone)
{
	char text[INET6_ADDRSTRLEN];
	int family = rr->type == RR_A ? AF_INET : AF_INET6;

	(void)zone;
	if (rr->len != (family == AF_INET ? 4 : 16) ||
	    inet_ntop(family, rr->rdata, text, sizeof text) == NULL)
		return -1;
	text_add(t, text);
	return 0;
}

static int
address_parse(struct rr *rr, const char *text, const char **why)
{
	int family = rr->type == RR_A ? AF_INET : AF_INET6;

	rr->len = family == AF_INET ? 4 : 16;
	rr->rdata = xmalloc(rr->len);
	if (inet_pton(family, text, rr->rdata) == 1)
		return 0;
	*why = N_("This is not an IP address.");
	return -1;
}

static int
host_text(const struct rr *rr, struct text *t, bool zone)
{
	struct name name;

	if (rr_target(rr, &name) == -1 || name.len != rr->len)
		return -1;
	put_name(t, &name, zone);
	return 0;
}

static int
host_parse(struct rr *rr, const char *text, const char **why)
{
	struct name name;

	if (name_parse(&name, text, why) == -1)
		return -1;
	rr->len = name.len;
	rr->rdata = xmalloc(name.len);
	memcpy(rr->rdata, name.wire, name.len);
	return 0;
}

static int
mx_text(const struct rr *rr, struct text *t, bool zone)
{
	struct name name;

	if (rr_target(rr, &name) == -1 || name.len + 2 != rr->len)
		return -1;
	text_addf(t, "%d ", rr_preference(rr));
	put_name(t, &name, zone);
	return 0;
}

static int
mx_parse(struct rr *rr, const char *text, const char **why)
{
	size_t digits = strspn(text, "0123456789");
	const char *wrong, *host = text + digits + strspn(text + digits, " \t");
	struct name name;
	char first[8];
	uint16_t preference;

	*why = N_("An MX value is a number and a host: 10 host.example.jp");
	if (digits == 0 || digits > 5 || host == text + digits)
		return -1;
	strlcpy(first, text, digits + 1);
	preference = (uint16_t)strtonum(first, 0, 65535, &wrong);
	if (wrong != NULL || name_parse(&name, host, why) == -1)
		return -1;
	rr->len = (uint16_t)(name.len + 2);
	rr->rdata = xmalloc(rr->len);
	rr->rdata[0] = (uint8_t)(preference >> 8);
	rr->rdata[1] = (uint8_t)preference;
	memcpy(rr->rdata + 2, name.wire, name.len);
	return 0;
}

bool
rr_txt_sound(const struct rr *rr)
{
	size_t at = 0;

	while (at < rr->len)
		at += rr->rdata[at] + 1u;
	return at == rr->len && at > 0;
}

static int
txt_text(const struct rr *rr, struct text *t, bool zone)
{
	if (!rr_txt_sound(rr))
		return -1;
	if (!zone) {
		uint8_t *joined = xmalloc(rr->len);

		text_add_safe(t, joined, rr_txt_join(rr, joined, rr->len));
		free(joined);
		return 0;
	}
	for (size_t at = 0; at < rr->len; at += rr->rdata[at] + 1u) {
		text_add(t, at == 0 ? "\"" : " \"");
		for (size_t i = 1; i <= rr->rdata[at]; i++) {
			uint8_t c = rr->rdata[at + i];

			if (c == '"' || c == '\\')
				text_addf(t, "\\%c", c);
			else if (c >= ' ' && c < 0x7f)
				text_add_part(t, (const char *)&c, 1);
			else
				text_addf(t, "\\%03d", c);
		}
		text_add(t, "\"");
	}
	return 0;
}

/* One octet of a string of zone text; characters used, 0 when broken. */
static size_t
txt_octet(uint8_t *out, const char *s)
{
	if (s[0] != '\\') {
		*out = (uint8_t)s[0];
		return 1;
	}
	if (isdigit((unsigned char)s[1]) && isdigit((unsigned char)s[2]) &&
	    isdigit((unsigned char)s[3])) {
		int value = (s[1] - '0') * 100 + (s[2] - '0') * 10 +
		    s[3] - '0';

		*out = (uint8_t)value;
		return value > 255 ? 0 : 4;
	}
	*out = (uint8_t)s[1];
	return s[1] == '\0' || isdigit((unsigned char)s[1]) ? 0 : 2;
}

static int
txt_parse(struct rr *rr, const char *text, const char **why)
{
	size_t at = 0;

	rr->rdata = xmalloc(RR_RDATA);
	while (*(text += strspn(text, " \t")) != '\0') {
		bool quoted = *text == '"';
		size_t start = at++, used;

		text += quoted;
		while (*text != '\0' && (quoted ? *text != '"' :
		    *text != ' ' && *text != '\t')) {
			if (at - start > STRING || at >= RR_RDATA ||
			    (used = txt_octet(&rr->rdata[at], text)) == 0) {
				*why = N_("A string has at most 255 "
				    "characters; after a backslash three "
				    "digits or one character follow.");
				return -1;
			}
			at++;
			text += used;
		}
		if (quoted && *text++ != '"') {
			*why = N_("A closing quotation mark is missing.");
			return -1;
		}
		if (at > RR_RDATA) {
			*why = N_("The text is too long.");
			return -1;
		}
		rr->rdata[start] = (uint8_t)(at - start - 1);
	}
	if (at == 0) {
		*why = N_("A text is missing.");
		return -1;
	}
	rr->len = (uint16_t)at;
	return 0;
}

/* The two names of an SOA; returns where the numbers begin, or NULL. */
static const uint8_t *
soa_split(const struct rr *rr, struct name *mname, struct name *rname)
{
	if (rr->type != RR_SOA ||
	    name_from_wire(mname, rr->rdata, rr->len) == -1 ||
	    name_from_wire(rname, rr->rdata + mname->len,
	    rr->len - (size_t)mname->len) == -1 ||
	    mname->len + rname->len + SOA_NUMBERS != rr->len)
		return NULL;
	return rr->rdata + mname->len + rname->len;
}

static int
soa_text(const struct rr *rr, struct text *t, bool zone)
{
	struct name mname, rname;
	const uint8_t *p = soa_split(rr, &mname, &rname);

	if (p == NULL)
		return -1;
	put_name(t, &mname, zone);
	text_add(t, " ");
	put_name(t, &rname, zone);
	for (int i = 0; i < 5; i++, p += 4)
		text_addf(t, " %u", number(p, 4));
	return 0;
}

static int
soa_parse(struct rr *rr, const char *text, const char **why)
{
	char word[7][NAME_TEXT], more;
	const char *wrong = NULL;
	struct name name[2];
	uint8_t *p;

	*why = N_("An SOA is two names and five numbers.");
	if (sscanf(text, "%1023s %1023s %1023s %1023s %1023s %1023s %1023s %c",
	    word[0], word[1], word[2], word[3], word[4], word[5], word[6],
	    &more) != 7 || name_parse(&name[0], word[0], why) == -1 ||
	    name_parse(&name[1], word[1], why) == -1)
		return -1;
	rr->len = (uint16_t)(name[0].len + name[1].len + SOA_NUMBERS);
	p = rr->rdata = xmalloc(rr->len);
	for (int i = 0; i < 2; i++) {
		memcpy(p, name[i].wire, name[i].len);
		p += name[i].len;
	}
	for (int i = 2; i < 7 && wrong == NULL; i++) {
		uint32_t n = (uint32_t)strtonum(word[i], 0, UINT32_MAX,
		    &wrong);

		for (int shift = 24; shift >= 0; shift -= 8)
			*p++ = (uint8_t)(n >> shift);
	}
	return wrong == NULL ? 0 : -1;
}

/* --- The one table of types --- */

static const struct rr_type {
	uint16_t type;
	const char *name;
	int (*text)(const struct rr *, struct text *, bool zone);
	int (*parse)(struct rr *, const char *, const char **why);
	size_t host;		/* offset of the name inside, + 1; 0: none */
} types[] = {
	{ RR_A, "A", address_text, address_parse, 0 },
	{ RR_NS, "NS", host_text, host_parse, 1 },
	{ RR_CNAME, "CNAME", host_text, host_parse, 1 },
	{ RR_SOA, "SOA", soa_text, soa_parse, 1 },
	{ RR_PTR, "PTR", host_text, host_parse, 1 },
	{ RR_MX, "MX", mx_text, mx_parse, 3 },
	{ RR_TXT, "TXT", txt_text, txt_parse, 0 },
	{ RR_AAAA, "AAAA", address_text, address_parse, 0 },
	{ RR_DNAME, "DNAME", host_text, host_parse, 1 },
	{ RR_DS, "DS", NULL, NULL, 0 },
	{ RR_RRSIG, "RRSIG", NULL, NULL, 0 },
	{ RR_DNSKEY, "DNSKEY", NULL, NULL, 0 },
	{ RR_SPF, "SPF", txt_text, txt_parse, 0 },
};

static const struct rr_type *
find(uint16_t type)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i].type == type)
			return &types[i];
	return NULL;
}

const char *
rr_type_text(uint16_t type, char buf[static 16])
{
	const struct rr_type *row = find(type);

	if (row != NULL)
		strlcpy(buf, row->name, 16);
	else
		snprintf(buf, 16, "TYPE%u", type);
	return buf;
}

uint16_t
rr_type_parse(const char *text)
{
	const char *why;

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcasecmp(types[i].name, text) == 0)
			return types[i].type;
	if (strncasecmp(text, "TYPE", 4) == 0)
		return (uint16_t)strtonum(text + 4, 1, 65535, &why);
	return 0;
}

/* RFC 3597 section 5: \# length octets. */
static void
octets_text(const struct rr *rr, struct text *t)
{
	text_addf(t, "\\# %u%s", rr->len, rr->len > 0 ? " " : "");
	for (size_t i = 0; i < rr->len; i++)
		text_addf(t, "%02x", rr->rdata[i]);
}

static int
octets_parse(struct rr *rr, const char *text, const char **why)
{
	char octet[3] = "", *end;
	unsigned long len;

	*why = N_("Octets are written as: \\# COUNT HEX");
	text += strlen("\\#");
	text += strspn(text, " \t");
	if (!isdigit((unsigned char)*text) ||
	    (len = strtoul(text, &end, 10)) > RR_RDATA)
		return -1;
	text = end;
	rr->len = (uint16_t)len;
	rr->rdata = xmalloc(len);
	for (size_t i = 0; i < len; i++) {
		text += strspn(text, " \t");
		if (!isxdigit((unsigned char)text[0]) ||
		    !isxdigit((unsigned char)text[1]))
			return -1;
		memcpy(octet, text, 2);
		rr->rdata[i] = (uint8_t)strtoul(octet, NULL, 16);
		text += 2;
	}
	return text[strspn(text, " \t")] == '\0' ? 0 : -1;
}

static char *
new_text(const struct rr *rr, bool zone)
{
	const struct rr_type *row = find(rr->type);
	struct text t = TEXT_INIT;

	if (row == NULL || row->text == NULL || row->text(rr, &t, zone) == -1)
		octets_text(rr, &t);
	return text_take(&t);
}

char *
rr_value_new(const struct rr *rr)
{
	return new_text(rr, false);
}

char *
rr_rdata_new(const struct rr *rr)
{
	return new_text(rr, true);
}

size_t
rr_value(const struct rr *rr, char *dst, size_t size)
{
	char *value = rr_value_new(rr);
	size_t len = strlcpy(dst, value, size);

	free(value);
	return len;
}

int
rr_parse(struct rr *rr, uint16_t type, const char *text, const char **why)
{
	const struct rr_type *row = find(type);
	int rc;

	rr->owner = NULL;
	rr->type = type;
	rr->rdata = NULL;
	rr->len = 0;
	text += strspn(text, " \t");
	if (strncmp(text, "\\#", 2) == 0) {
		rc = octets_parse(rr, text, why);
	} else if (row == NULL || row->parse == NULL) {
		*why = N_("This record type can only be written as octets: "
		    "\\# COUNT HEX");
		rc = -1;
	} else {
		rc = row->parse(rr, text, why);
	}
	if (rc == -1)
		rr_release(rr);
	return rc;
}

int
rr_from_value(struct rr *rr, uint16_t type, const char *value,
    const char **why)
{
	size_t len = strlen(value), at = 0;

	if (type != RR_TXT)
		return rr_parse(rr, type, value, why);
	rr->owner = NULL;
	rr->type = type;
	rr->rdata = NULL;
	rr->len = 0;
	if (len + len / STRING + 1 > RR_RDATA) {
		*why = N_("The text is too long.");
		return -1;
	}
	rr->rdata = xmalloc(len + len / STRING + 1);
	do {
		size_t piece = len > STRING ? STRING : len;

		rr->rdata[at++] = (uint8_t)piece;
		memcpy(rr->rdata + at, value, piece);
		at += piece;
		value += piece;
		len -= piece;
	} while (len > 0);
	rr->len = (uint16_t)at;
	return 0;
}

int
rr_target(const struct rr *rr, struct name *out)
{
	const struct rr_type *row = find(rr->type);

	if (row == NULL || row->host == 0 || rr->len < row->host)
		return -1;
	return name_from_wire(out, rr->rdata + row->host - 1,
	    rr->len - row->host + 1);
}

int
rr_preference(const struct rr *rr)
{
	if (rr->type != RR_MX || rr->len < 3)
		return -1;
	return (int)number(rr->rdata, 2);
}

uint32_t
rr_soa_serial(const struct rr *rr)
{
	struct name mname, rname;
	const uint8_t *p = soa_split(rr, &mname, &rname);

	return p == NULL ? 0 : number(p, 4);
}

uint32_t
rr_soa_negative_ttl(const struct rr *rr)
{
	struct name mname, rname;
	const uint8_t *p = soa_split(rr, &mname, &rname);
	uint32_t seconds = p == NULL ? 0 : number(p + 16, 4);

	seconds = seconds < rr->ttl ? seconds : rr->ttl;
	return seconds < RR_NEGATIVE ? seconds : RR_NEGATIVE;
}

bool
rr_soa_names(const struct rr *rr, struct name *primary, struct name *person)
{
	return soa_split(rr, primary, person) != NULL;
}

size_t
rr_txt_join(const struct rr *rr, uint8_t *dst, size_t size)
{
	size_t at = 0, out = 0;

	if (rr->type != RR_TXT && rr->type != RR_SPF)
		return 0;
	for (; at < rr->len && out < size; at += rr->rdata[at] + 1u) {
		size_t len = rr->rdata[at], left = size - out;

		if (len >= rr->len - at)
			return 0;	/* unsound */
		len = len < left ? len : left;
		memcpy(dst + out, rr->rdata + at + 1, len);
		out += len;
	}
	return out;
}

uint8_t *
rr_txt_new(const struct rr *rr, size_t *len)
{
	uint8_t *text = xmalloc(rr->len + 1u);

	*len = rr_txt_join(rr, text, rr->len);
	return text;
}
