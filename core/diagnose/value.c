#include "diagnose/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mail/own-key.h"
#include "ses/region.h"
#include "mail/dmarc.h"
#include "mail/spf.h"
#include "diagnose/value-internal.h"
#include "base/text.h"
#include "base/xalloc.h"

enum {
	BEGINNING = 512,	/* octets of a TXT that tell what it is */
	KEY_TAG = 2,		/* "p=", before an own key */
	ALL_TERM = 4,		/* "~all", the end of our SPF record */
	AROUND = 64,		/* octets that may stand before a value */
	TOKEN_LETTERS = 44	/* of an identity's TXT value */
};

size_t
value_octets(const struct rr *rr, uint8_t *dst, size_t size)
{
	struct name name;
	size_t at = 0;

	if (rr->type == RR_TXT || rr->type == RR_SPF)
		return rr_txt_join(rr, dst, size);
	if (rr_target(rr, &name) == -1)
		return 0;
	for (size_t i = 0; name.wire[i] != 0; i += name.wire[i] + 1u) {
		if (i > 0 && at < size)
			dst[at++] = '.';
		for (size_t k = 1; k <= name.wire[i] && at < size; k++)
			dst[at++] = name.wire[i + k];
	}
	return at;
}

/* Nothing of a value: blanks, what is not ASCII, and quotes of all kinds. */
static bool
is_around(uint8_t c)
{
	return c <= ' ' || c >= 0x7f || c == '"' || c == '\'' || c == '\\' ||
	    c == '`';
}

/* What a value may end in. */
static bool
is_end(uint8_t c)
{
	return c == '.' || c == ',' || c == ';' || c == '/';
}

/* Of more than most octets of it no more than those. */
static char *
strip(const uint8_t *src, size_t len, size_t most)
{
	char *core = xmalloc((len < most ? len : most) + 1);
	bool cut = false;
	size_t at = 0;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = src[i];

		if (c == 0xef && i + 2 < len && (src[i + 1] == 0xbc ||
		    src[i + 1] == 0xbd)) {
			c = (uint8_t)(src[i + 2] - (src[i + 1] == 0xbc ?
			    0x81 - '!' : 0x80 - '`'));
			i += 2;
		}
		if (is_around(c) || (at == most && is_end(c)))
			continue;
		if ((cut = at == most))
			break;
		core[at++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	while (!cut && at > 0 && is_end((uint8_t)core[at - 1]))
		at--;
	core[at] = '\0';
	if (strncmp(core, "http://", 7) == 0)
		memmove(core, core + 7, strlen(core + 7) + 1);
	else if (strncmp(core, "https://", 8) == 0)
		memmove(core, core + 8, strlen(core + 8) + 1);
	return core;
}

static char *
core_of(const struct rr *rr, size_t most)
{
	/* None is longer than what it stands in. */
	uint8_t *raw = xmalloc(rr->len + 1u);
	char *core = strip(raw, value_octets(rr, raw, rr->len), most);

	free(raw);
	return core;
}

char *
value_core(const struct rr *rr)
{
	return core_of(rr, RR_RDATA);
}

const char *
value_wanted(const struct wanted *wanted)
{
	return wanted->value + (wanted->type == RR_MX ?
	    strspn(wanted->value, "0123456789 ") : 0);
}

char *
value_core_wanted(const struct wanted *wanted)
{
	const char *value = value_wanted(wanted);

	return strip((const uint8_t *)value, strlen(value), RR_RDATA);
}

static bool
quoted(const struct rr *rr)
{
	uint8_t *raw = xmalloc(rr->len + 1u);
	size_t len = value_octets(rr, raw, rr->len);
	bool found = memchr(raw, '"', len) != NULL ||
	    memchr(raw, '\\', len) != NULL;

	free(raw);
	return found;
}

/* Most texts begin with another letter, if with any: those need not be read. */
static bool
txt_may_start(const struct rr *rr, char letter)
{
	return (rr->type == RR_TXT || rr->type == RR_SPF) && rr->len > 0 &&
	    (rr->rdata[0] == 0 ||
	    (rr->len > 1 && (rr->rdata[1] | 0x20) == (letter | 0x20)));
}

bool
value_txt_starts(const struct rr *rr, const char *prefix)
{
	uint8_t raw[BEGINNING];
	size_t len = strlen(prefix);

	return txt_may_start(rr, *prefix) && len <= sizeof raw &&
	    rr_txt_join(rr, raw, len) == len &&
	    strncasecmp((const char *)raw, prefix, len) == 0;
}

/* One SPF record whose include of SES can pass, RFC 7208. */
static bool
spf_permits_ses(const struct rr *rr)
{
	struct name ses;
	const char *why;
	uint8_t *raw;
	size_t len;
	bool permits;

	if (!value_txt_starts(rr, "v=spf1"))
		return false;
	raw = rr_txt_new(rr, &len);
	permits = name_parse(&ses, PLAN_SPF_HOST, &why) == 0 &&
	    spf_is_record(raw, len) &&
	    spf_includes(raw, len, &ses) == SPF_INCLUDE_PASSES;
	free(raw);
	return permits;
}

/* With blanks around its equals sign, too: RFC 9989 section 4.8. */
static bool
is_dmarc(const struct rr *rr)
{
	uint8_t raw[BEGINNING];

	return txt_may_start(rr, 'v') &&
	    dmarc_is_record(raw, rr_txt_join(rr, raw, sizeof raw));
}

static bool
same_host(const struct wanted *wanted, const struct rr *rr)
{
	const char *text = value_wanted(wanted), *why;
	struct name seen, host;
	size_t len = strlen(text) + (rr->type == RR_MX ? 4 : 2);

	/* Most others have another length: those need not be read. */
	return (rr->len == len || strchr(text, '\\') != NULL) &&
	    rr_target(rr, &seen) == 0 && name_parse(&host, text, &why) == 0 &&
	    name_equal(&seen, &host);
}

static bool
same_text(const struct wanted *wanted, const struct rr *rr)
{
	size_t len = strlen(wanted->value);
	uint8_t *text;
	bool same;

	if (rr->type != RR_TXT || rr->len <= len ||
	    !txt_may_start(rr, *wanted->value))
		return false;
	text = xmalloc(len + 1);
	same = rr_txt_join(rr, text, len + 1) == len &&
	    memcmp(text, wanted->value, len) == 0;
	free(text);
	return same;
}

/* Any MX preference will do: SES documents 10 and accepts others. */
bool
value_is_right(const struct wanted *wanted, const struct rr *rr)
{
	switch (wanted->kind) {
	case WANTED_MAIL_FROM_SPF:
		return spf_permits_ses(rr);
	case WANTED_DMARC:
		return is_dmarc(rr) || value_txt_starts(rr, "v=DMARC1");
	case WANTED_BYODKIM:
		return own_key_right(rr, wanted->value + KEY_TAG);
	case WANTED_DKIM:
	case WANTED_MAIL_FROM_MX:
		return same_host(wanted, rr);
	case WANTED_VERIFICATION:
		return same_text(wanted, rr);
	}
	return false;
}

/* The zone below which a DKIM target's token stands. */
static bool
is_dkim_zone(const struct name *zone)
{
	size_t count;
	const struct region *regions = region_table(&count);
	char text[NAME_TEXT];

	name_text(zone, text);
	for (size_t i = 0; i < count; i++)
		if (regions[i].dkim_zone != NULL &&
		    strcmp(regions[i].dkim_zone, text) == 0)
			return true;
	return false;
}

static bool
other_region(const struct wanted *wanted, const struct rr *rr)
{
	struct name seen, zone;
	char text[NAME_TEXT];

	if (rr_target(rr, &seen) == -1)
		return false;
	if (wanted->kind == WANTED_MAIL_FROM_MX)
		return region_of_host(&seen) != NULL;
	if (wanted->kind != WANTED_DKIM)
		return false;
	name_text(&seen, text);
	return name_parent(&zone, &seen) && is_dkim_zone(&zone) &&
	    strncmp(text, wanted->value, strcspn(wanted->value, ".") + 1) == 0;
}

bool
value_is_near(const char *a, const char *b)
{
	size_t m = strlen(a), n = strlen(b), same = 0, typos = 0;
	char from[TEXT_WORD], to[TEXT_WORD];

	for (size_t i = 0; m == n && i < n; i++)
		typos += a[i] != b[i];
	if (m == n && typos <= VALUE_TYPOS)
		return true;
	/* What is the same at both ends is no matter. */
	while (a[same] == b[same] && a[same] != '\0')
		same++;
	a += same;
	b += same;
	m -= same;
	n -= same;
	while (m > 0 && n > 0 && a[m - 1] == b[n - 1]) {
		m--;
		n--;
	}
	if (m >= sizeof from || n >= sizeof to)
		return false;
	snprintf(from, sizeof from, "%.*s", (int)m, a);
	snprintf(to, sizeof to, "%.*s", (int)n, b);
	return text_distance(from, to) <= VALUE_TYPOS;
}

/* One service of AWS for another: amazonaws.com, where amazonses.com is. */
static bool
other_service(const char *seen, const char *core)
{
	const char *at = strstr(seen, "amazonaws.");

	return at != NULL && strlen(seen) == strlen(core) &&
	    strncmp(seen, core, (size_t)(at - seen)) == 0;
}

/* Cut at an end, typed by hand, or with something added. */
static bool
altered(const char *seen, const char *core)
{
	size_t a = strlen(seen), b = strlen(core);

	if (a >= VALUE_CUT && a < b && (strncmp(seen, core, a) == 0 ||
	    strcmp(core + b - a, seen) == 0))
		return true;
	return (b >= VALUE_CUT && strstr(seen, core) != NULL) ||
	    other_service(seen, core) || value_is_near(seen, core);
}

enum value_slip
value_compare(const struct wanted *wanted, const struct rr *rr)
{
	enum value_slip slip = VALUE_FOREIGN;
	char *seen, *core;

	if (value_is_right(wanted, rr))
		return VALUE_RIGHT;
	if (other_region(wanted, rr))
		return VALUE_OTHER_REGION;
	/* Its value is its owner's affair; only the paste can be wrong. */
	if (wanted->kind == WANTED_DMARC)
		return quoted(rr) ? VALUE_QUOTED : VALUE_FOREIGN;
	seen = value_core(rr);
	core = value_core_wanted(wanted);
	if (strcmp(seen, core) == 0 && quoted(rr))
		slip = VALUE_QUOTED;
	else if (altered(seen, core))
		slip = VALUE_ALTERED;
	free(core);
	free(seen);
	return slip;
}

/* The same by what is left of both. */
static bool
recognise(const struct wanted *wanted, const char *seen, const char *core)
{
	size_t token;

	/* With other terms it is another sender's, which must stay there. */
	if (wanted->kind == WANTED_MAIL_FROM_SPF)
		return strlen(seen) <= strlen(core) &&
		    strncmp(seen, core, strlen(core) - ALL_TERM) == 0;
	/* As AWS documents it for hosts that refuse an underscore. */
	if (wanted->kind == WANTED_VERIFICATION &&
	    strncmp(seen, "amazonses:", 10) == 0)
		seen += 10;
	if (wanted->type == RR_MX)
		seen += strspn(seen, "0123456789");
	/* A token is as good as the whole: no two are alike. */
	token = wanted->kind == WANTED_DKIM ? strcspn(core, ".") :
	    strlen(core);
	return token >= VALUE_CUT && strncmp(seen, core, token) == 0;
}

bool
value_recognise(const struct wanted *wanted, const struct rr *rr)
{
	char *seen, *core;
	bool known;

	if (wanted->kind != WANTED_MAIL_FROM_SPF && value_is_right(wanted, rr))
		return true;
	if (wanted->kind == WANTED_DMARC)
		return false;
	if (wanted->kind == WANTED_BYODKIM)
		return rr->type == RR_TXT &&
		    own_key_part(rr, wanted->value + KEY_TAG);
	/* What is that short is a piece of nothing. */
	if (rr->len < VALUE_CUT)
		return false;
	core = value_core_wanted(wanted);
	seen = core_of(rr, strlen(core) + AROUND);
	known = strlen(seen) >= VALUE_CUT && recognise(wanted, seen, core);
	free(core);
	free(seen);
	return known;
}

bool
value_is_owner(const struct wanted *wanted, const struct rr *rr,
    const struct name *zone)
{
	char *seen = value_core(rr), text[NAME_TEXT];
	struct name label;
	bool is = strcasecmp(seen, name_text(&wanted->owner, text)) == 0 ||
	    (name_relative(&label, &wanted->owner, zone) == 0 &&
	    strcasecmp(seen, name_text(&label, text)) == 0);

	free(seen);
	return is;
}

bool
value_is_key(const struct rr *rr)
{
	char *core;
	bool is;

	if (rr->type != RR_TXT)
		return false;
	core = value_core(rr);
	/* Every RSA key begins so. */
	is = strstr(core, "p=mi") != NULL || strstr(core, "v=dkim1") != NULL;
	free(core);
	return is;
}

/* Base64 of 32 octets; AWS's own pattern. */
bool
value_is_token(const char *text)
{
	return strlen(text) == TOKEN_LETTERS &&
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/") ==
	    TOKEN_LETTERS - 1 && text[TOKEN_LETTERS - 1] == '=';
}

bool
value_names_ses(const char *text)
{
	/* A host for mail there may be that of its SMTP interface. */
	return strcasestr(text, "amazonses") != NULL ||
	    strcasestr(text, "feedback-smtp") != NULL ||
	    (strcasestr(text, "smtp") != NULL &&
	    strcasestr(text, "amazonaws.com") != NULL);
}
