#include "mail/dmarc.h"

#include <string.h>
#include <strings.h>

#include "base/foreign.h"
#include "base/lang.h"
#include "mail/tags.h"

enum {
	WALK_LABELS = DMARC_QUERIES - 1	/* longer names are cut to these */
};

static void
note(struct dmarc *out, const struct tag *tag, const char *text)
{
	if (out->note != NULL)
		return;
	out->note = text;
	out->note_at = tag->at;
}

/* --- Values --- */

static bool
policy(const struct tag *tag, enum dmarc_policy *out)
{
	static const char *const words[] = {
		[DMARC_NONE] = "none",
		[DMARC_QUARANTINE] = "quarantine",
		[DMARC_REJECT] = "reject",
	};

	for (size_t i = DMARC_NONE; i <= DMARC_REJECT; i++) {
		if (tag_says(tag, words[i])) {
			*out = (enum dmarc_policy)i;
			return true;
		}
	}
	return false;
}

static const char *
read_policy(struct dmarc *out, const struct tag *tag)
{
	enum dmarc_policy *field = tag->name[0] == 's' ? &out->sp :
	    tag->name[0] == 'n' ? &out->np : &out->p;

	if (policy(tag, field))
		return NULL;
	out->policy_broken = true;
	return N_("The policy must be none, quarantine or reject.");
}

static const char *
read_alignment(struct dmarc *out, const struct tag *tag)
{
	bool *field = tag_is(tag, "adkim") ? &out->strict_dkim :
	    &out->strict_spf;

	*field = tag_says(tag, "s");
	return *field || tag_says(tag, "r") ? NULL :
	    N_("The value must be r or s.");
}

static const char *
read_test(struct dmarc *out, const struct tag *tag)
{
	out->testing = tag_says(tag, "y");
	return out->testing || tag_says(tag, "n") ? NULL :
	    N_("The value must be y or n.");
}

static const char *
read_psd(struct dmarc *out, const struct tag *tag)
{
	if (tag_says(tag, "y"))
		out->psd = DMARC_PSD_YES;
	else if (tag_says(tag, "n"))
		out->psd = DMARC_PSD_NO;
	else if (!tag_says(tag, "u"))
		return N_("The value must be y, n or u.");
	return NULL;
}

/* RFC 7489 allows any choice of the four between colons: so do we. */
static const char *
read_fo(struct dmarc *out, const struct tag *tag)
{
	struct tag entry;
	size_t at = 0;

	(void)out;
	while (tag_entry(&entry, tag, ':', &at))
		if (!tag_says(&entry, "0") && !tag_says(&entry, "1") &&
		    !tag_says(&entry, "d") && !tag_says(&entry, "s"))
			return N_("The value must be 0, 1, d or s, or several "
			    "of them between colons.");
	return NULL;
}

/* The domain of a good address; "!10m" behind it limits the size. */
static void
keep_report(struct dmarc *out, const uint8_t *text, size_t len)
{
	const uint8_t *limit = memchr(text, '!', len);
	char domain[NAME_TEXT];
	const char *why;
	struct name name;

	if (limit != NULL)
		len = (size_t)(limit - text);
	if (len >= sizeof domain || out->report_count == DMARC_REPORTS)
		return;
	memcpy(domain, text, len);
	domain[len] = '\0';
	if (name_parse(&name, domain, &why) == -1)
		return;
	for (size_t i = 0; i < out->report_count; i++)
		if (name_equal(&out->report[i], &name))
			return;
	out->report[out->report_count++] = name;
}

/* What must not stand before the @ as it is: RFC 6068 section 2. */
static bool
has_delimiter(const uint8_t *text, const uint8_t *end)
{
	for (; text < end; text++)
		if (*text != '\0' && strchr("/?#[] ", *text) != NULL)
			return true;
	return false;
}

static const char *
read_reports(struct dmarc *out, const struct tag *tag)
{
	static const char scheme[] = "mailto:";
	struct tag entry;
	const char *why = NULL;
	size_t at = 0;

	while (tag_entry(&entry, tag, ',', &at)) {
		const uint8_t *sign = entry.value_len == 0 ? NULL :
		    memchr(entry.value, '@', entry.value_len);

		if (entry.value_len < sizeof scheme ||
		    strncasecmp((const char *)entry.value, scheme,
		    sizeof scheme - 1) != 0) {
			why = N_("Before every report address mailto: must "
			    "stand.");
			continue;
		}
		if (sign == NULL || sign == entry.value + sizeof scheme - 1 ||
		    sign == entry.value + entry.value_len - 1 ||
		    memchr(entry.value, ' ', entry.value_len) != NULL ||
		    has_delimiter(entry.value + sizeof scheme - 1, sign)) {
			why = N_("Behind mailto: a mail address must stand.");
			continue;
		}
		if (tag_is(tag, "rua"))
			out->reports = true;
		keep_report(out, sign + 1, (size_t)(entry.value +
		    entry.value_len - sign) - 1);
	}
	return why;
}

/* RFC 9989 appendix C: gone from the standard, harmless in a record. */
static const char *
read_dropped(struct dmarc *out, const struct tag *tag)
{
	note(out, tag, N_("pct, rf and ri were dropped by RFC 9989. Only "
	    "older receivers (RFC 7489) still read them."));
	return NULL;
}

static const struct reader {
	const char *name;
	const char *(*read)(struct dmarc *, const struct tag *);
} readers[] = {
	{ "p", read_policy },
	{ "sp", read_policy },
	{ "np", read_policy },
	{ "adkim", read_alignment },
	{ "aspf", read_alignment },
	{ "rua", read_reports },
	{ "ruf", read_reports },
	{ "fo", read_fo },
	{ "psd", read_psd },
	{ "t", read_test },
	{ "pct", read_dropped },
	{ "rf", read_dropped },
	{ "ri", read_dropped },
};

enum {
	READERS = sizeof readers / sizeof readers[0]
};

/* --- One record --- */

static bool
blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

/*
 * The octets of "v = DMARC1", what stands before its semicolon; 0 when the
 * text does not begin so.
 */
static size_t
version_len(const uint8_t *text, size_t len)
{
	static const char version[] = "DMARC1";
	size_t at = 0;

	if (len == 0 || (text[0] != 'v' && text[0] != 'V'))
		return 0;
	for (at = 1; at < len && blank(text[at]); at++)
		continue;
	if (at == len || text[at++] != '=')
		return 0;
	while (at < len && blank(text[at]))
		at++;
	if (len - at < sizeof version - 1 ||
	    memcmp(text + at, version, sizeof version - 1) != 0)
		return 0;
	at += sizeof version - 1;
	while (at < len && blank(text[at]))
		at++;
	return at == len || text[at] == ';' ? at : 0;
}

bool
dmarc_is_record(const uint8_t *text, size_t len)
{
	return version_len(text, len) > 0;
}

/* What pasting leaves behind; it explains more than the errors it causes. */
static const char *
paste_sign(const uint8_t *text, size_t len)
{
	if (foreign_sign(text, len) != NULL)
		return foreign_sign(text, len);
	for (size_t i = 0; i < len; i++)
		if (text[i] == '"' || text[i] == '\\' || text[i] == '\'')
			return N_("A quotation mark or backslash became part "
			    "of the record.");
	return NULL;
}

/* Does it begin with the word, but for blanks inside? */
static bool
is_broken(const uint8_t *text, size_t len, const char *word)
{
	for (size_t i = 0; i < len && *word != '\0'; i++) {
		if (text[i] == (uint8_t)*word)
			word++;
		else if (!blank(text[i]))
			return false;
	}
	return *word == '\0';
}

/* What came of a record that does not count as one. */
static const char *
no_record(const uint8_t *text, size_t len)
{
	static const char version[] = "v=DMARC1";
	const char *s = (const char *)text;
	size_t n = sizeof version - 1;

	if (paste_sign(text, len) != NULL)
		return paste_sign(text, len);
	if (len > 0 && blank(text[0]))
		return N_("Nothing may stand before v=DMARC1, not even a "
		    "space.");
	if (len >= n && memcmp(s, version, n) == 0)
		return N_("Behind v=DMARC1 a semicolon is missing.");
	if (len >= n && s[0] == 'v' && strncasecmp(s + 2, version + 2,
	    n - 2) == 0 && s[1] != '=')
		return N_("Behind v an equals sign must stand.");
	if (len >= n && strncasecmp(s, version, n) == 0)
		return N_("DMARC1 must be written in capitals.");
	if (is_broken(text, len, version))
		return N_("Inside v=DMARC1 no space may stand.");
	if (len >= n && memmem(text, len, version, n) != NULL)
		return N_("v=DMARC1 must stand first in the record.");
	return N_("A DMARC record must begin with v=DMARC1 and a semicolon.");
}

/* The tag, but for capital letters; they count (RFC 6376 section 3.2). */
static bool
is_capital(const struct tag *tag, const char *name)
{
	return tag->name_len == strlen(name) &&
	    strncasecmp((const char *)tag->name, name, tag->name_len) == 0;
}

/* Was the semicolon before another tag lost in this one? */
static bool
is_glued(const struct tag *tag)
{
	const char *names[READERS];

	for (size_t i = 0; i < READERS; i++)
		names[i] = readers[i].name;
	return tag_is_glued(tag, names, READERS);
}

static const char *
read_tag(struct dmarc *out, const struct tag *tag, bool seen[static READERS])
{
	if (is_glued(tag))
		return N_("Between the parts of the record a semicolon must "
		    "stand, nothing else.");
	if (tag->name_len == 0 && tag->value_len > 7 && strncasecmp(
	    (const char *)tag->value, "mailto:", 7) == 0)
		return N_("Between two report addresses a comma must stand.");
	if (tag->name_len == 0)
		return N_("Here a tag, an equals sign and a value must stand, "
		    "as in p=none.");
	for (size_t i = 0; i < READERS; i++) {
		if (!tag_is(tag, readers[i].name)) {
			if (is_capital(tag, readers[i].name))
				return N_("A tag is written in small letters. "
				    "Some receivers read capital ones, others "
				    "do not.");
			continue;
		}
		if (seen[i])
			return N_("A tag may stand only once in a record.");
		seen[i] = true;
		return readers[i].read(out, tag);
	}
	note(out, tag, N_("DMARC does not know this tag, and receivers "
	    "ignore it."));
	return NULL;
}

int
dmarc_parse(struct dmarc *out, const uint8_t *text, size_t len)
{
	bool seen[READERS] = { false }, has_p = false;
	struct tag tag;
	size_t at = version_len(text, len);

	memset(out, 0, sizeof *out);
	out->record = at > 0;
	if (!out->record) {
		out->why = no_record(text, len);
		return -1;
	}
	for (bool first = true; tag_next(&tag, text, len, &at);
	    first = false) {
		const char *why = read_tag(out, &tag, seen);

		if (why != NULL && out->why == NULL) {
			out->why = why;
			out->at = tag.at;
		}
		if (!tag_is(&tag, "p"))
			continue;
		if (!first && !has_p)
			note(out, &tag, N_("Older receivers (RFC 7489) want "
			    "p= straight behind v=DMARC1."));
		has_p = true;
	}
	if (!has_p && !out->reports && out->why == NULL)
		out->why = N_("It has neither p= nor rua=: receivers do "
		    "nothing with it.");
	else if (!has_p) {
		out->note = N_("Without p= this means p=none by RFC 9989; "
		    "older receivers (RFC 7489) ignore the whole record.");
		out->note_at = 0;
	}
	if (out->why != NULL && paste_sign(text, len) != NULL)
		out->why = paste_sign(text, len);
	return out->why == NULL ? 0 : -1;
}

enum dmarc_policy
dmarc_policy(const struct dmarc *dmarc, bool subdomain, bool exists)
{
	enum dmarc_policy verdict = dmarc->p;

	if (!dmarc->record || (!dmarc->reports &&
	    (dmarc->policy_broken || dmarc->p == DMARC_UNSET)))
		return DMARC_UNSET;
	if (dmarc->policy_broken)
		return DMARC_NONE;
	if (subdomain && dmarc->sp != DMARC_UNSET)
		verdict = dmarc->sp;
	if (subdomain && !exists && dmarc->np != DMARC_UNSET)
		verdict = dmarc->np;
	return verdict == DMARC_UNSET ? DMARC_NONE : verdict;
}

/* --- The tree walk --- */

/* The last n labels. */
static struct name
last_labels(const struct name *name, size_t n)
{
	struct name out = *name;

	while (name_labels(&out) > n)
		name_parent(&out, &out);
	return out;
}

size_t
dmarc_walk(const struct name *domain, struct name out[], size_t max)
{
	struct name at = *domain;
	size_t labels = name_labels(domain), count = 0;

	while (labels > 0 && count < max) {
		/* A name with no room for the label has no record either. */
		if (name_prepend(&out[count], "_dmarc", &at) == 0)
			count++;
		labels = labels > WALK_LABELS ? WALK_LABELS : labels - 1;
		at = last_labels(domain, labels);
	}
	return count;
}

/* Where the record at i of the walk stands. */
static struct name
place(const struct name *asked)
{
	struct name out;

	name_parent(&out, asked);
	return out;
}

struct name
dmarc_organisation(const struct name *domain, const struct name asked[],
    const struct dmarc *const record[], size_t count)
{
	struct name found = *domain;

	for (size_t i = 0; i < count; i++) {
		struct name at = place(&asked[i]);

		if (record[i] == NULL || !record[i]->record)
			continue;
		if (record[i]->psd == DMARC_PSD_YES &&
		    !name_equal(&at, domain))
			return last_labels(domain, name_labels(&at) + 1);
		found = at;
		if (record[i]->psd != DMARC_PSD_UNKNOWN)
			break;
	}
	return found;
}

int
dmarc_applies(const struct name *domain, const struct name asked[],
    const struct dmarc *const record[], size_t count)
{
	struct name organisation = dmarc_organisation(domain, asked, record,
	    count);
	int suffix = -1, own = -1, ruling = -1;

	for (size_t i = 0; i < count; i++) {
		struct name at = place(&asked[i]);

		if (record[i] == NULL || !record[i]->record)
			continue;
		if (name_equal(&at, domain))
			own = (int)i;
		else if (name_equal(&at, &organisation))
			ruling = (int)i;
		else if (record[i]->psd == DMARC_PSD_YES && suffix == -1)
			suffix = (int)i;
	}
	return own != -1 ? own : ruling != -1 ? ruling : suffix;
}

bool
dmarc_aligned(const struct name *from, const struct name *from_organisation,
    const struct name *name, const struct name *name_organisation, bool strict)
{
	return strict ? name_equal(from, name) :
	    name_equal(from_organisation, name_organisation);
}
