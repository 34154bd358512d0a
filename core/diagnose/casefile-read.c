#include "diagnose/casefile.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <arpa/inet.h>
#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "diagnose/casefile-internal.h"
#include "base/lang.h"
#include "company/provider.h"
#include "base/text.h"
#include "base/xalloc.h"

enum {
	LINE_MAX_OCTETS = 512 * 1024,	/* 64 KiB of rdata, all escaped */
	YEAR_9999 = 253402300		/* 1000 s since 1970 */
};

/* The file as it is read: where we are, and the row that lines add to. */
struct reader {
	struct casefile *file;
	struct observation *row;	/* owned until it is complete */
	size_t rows;
	bool head;			/* the first line was right */
};

/* The next word of the line, ended in place; "" at its end. */
static char *
word(char **line)
{
	char *start = *line + strspn(*line, " \t");
	char *end = start + strcspn(start, " \t");

	*line = end + (*end != '\0');
	*end = '\0';
	return start;
}

static int
number(char **line, long long least, long long most, long long *out,
    const char **why)
{
	const char *wrong;

	*out = strtonum(word(line), least, most, &wrong);
	if (wrong == NULL)
		return 0;
	*why = N_("A number is missing or out of range.");
	return -1;
}

/* --- Lines of the head --- */

/* The fraction of a second may be left out. */
static int
time_parse(const char *text, int64_t *out, const char **why)
{
	struct tm tm = { 0 };
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	int64_t ms = 0, s;

	*why = N_("A time is written as 2026-11-23T09:00:00.000Z.");
	if (end == NULL || (s = timegm(&tm)) < 0 || s / 1000 >= YEAR_9999)
		return -1;
	if (*end == '.') {
		if (strspn(++end, "0123456789") != 3)
			return -1;
		ms = strtol(end, NULL, 10);
		end += 3;
	}
	*out = s * 1000 + ms;
	return strcmp(end, "Z") == 0 ? 0 : -1;
}

/* A recording of several rounds: each begins with a head of its own. */
static int
read_head(struct reader *r, char *rest, const char **why)
{
	*why = N_("This is no case file: the first line must be "
	    "\"dnsesame case 1\".");
	if (strcmp(rest, "case 1") != 0)
		return -1;
	r->head = true;
	identity_init(&r->file->identity);
	r->file->provider[0] = r->file->guard[0] = '\0';
	r->file->vantages.count = r->file->entered.count = 0;
	memset(&r->file->background, 0, sizeof r->file->background);
	r->file->has_zone = false;
	return 0;
}

static int
read_now(struct reader *r, char *rest, const char **why)
{
	return time_parse(rest, &r->file->now, why);
}

static int
read_domain(struct reader *r, char *rest, const char **why)
{
	return identity_set_domain(&r->file->identity, rest, why);
}

static int
read_word(char *dst, size_t size, const char *text, const char **why)
{
	*why = N_("One short printable word must stand here.");
	if (!casefile_is_word(text) || strlen(text) >= size)
		return -1;
	strlcpy(dst, text, size);
	return 0;
}

static int
read_provider(struct reader *r, char *rest, const char **why)
{
	if (read_word(r->file->provider, sizeof r->file->provider, rest,
	    why) == -1)
		return -1;
	*why = N_("No DNS company has this id. `dnsesame providers` lists "
	    "them.");
	return provider_find(r->file->provider) != NULL ? 0 : -1;
}

static int
read_guard(struct reader *r, char *rest, const char **why)
{
	*why = N_("The guard is a short label of small letters and digits.");
	if (rest[strspn(rest, "abcdefghijklmnopqrstuvwxyz0123456789")] !=
	    '\0' || *rest == '\0')
		return -1;
	return strlcpy(r->file->guard, rest, PLAN_GUARD) < PLAN_GUARD ? 0 :
	    -1;
}

static int
read_private(struct reader *r, char *rest, const char **why)
{
	*why = N_("Nothing follows this word.");
	r->file->private = true;
	return *rest == '\0' ? 0 : -1;
}

static int
read_forwards(struct reader *r, char *rest, const char **why)
{
	*why = N_("Nothing follows this word.");
	r->file->vantages.forwards = true;
	return *rest == '\0' ? 0 : -1;
}

static int
read_zone(struct reader *r, char *rest, const char **why)
{
	r->file->has_zone = true;
	return name_parse(&r->file->zone, rest, why);
}

/* The TXT value of the same domain in another region. */
static int
read_known(struct reader *r, char *rest, const char **why)
{
	struct known *known = &r->file->background.known;

	*why = N_("The file has too many rows.");
	if (known->count == KNOWN_VALUES)
		return -1;
	return read_word(known->value[known->count++], IDENTITY_VERIFICATION,
	    rest, why);
}

/* The text of a field; the name of its flag may stand behind it. */
static int
read_text(struct identity *identity, const struct identity_field *field,
    char *rest, const char **why)
{
	const struct identity_field *flag = casefile_flag(field);
	char *behind = strchr(rest, ' ');

	if (flag != NULL && behind != NULL &&
	    strcmp(behind + 1, flag->name) == 0) {
		*behind = '\0';
		if (flag->set(identity, "1", why) == -1)
			return -1;
	}
	*why = N_("One short printable word must stand here.");
	if (field->part == IDENTITY_OF_SES && !casefile_is_word(rest))
		return -1;
	return field->set(identity, rest, why);
}

/* A field of the identity, by its table; 1 when the key is none of it. */
static int
read_field(struct reader *r, const char *key, char *rest, const char **why)
{
	char own[CASEFILE_KEY], ms[24];
	int64_t time;

	for (size_t i = 0; i < identity_field_count; i++) {
		const struct identity_field *field = &identity_fields[i];

		casefile_key(field, own);
		if (field->how == IDENTITY_FLAG || strcmp(own, key) != 0)
			continue;
		if (field->how != IDENTITY_TIME)
			return read_text(&r->file->identity, field, rest, why);
		if (time_parse(rest, &time, why) == -1)
			return -1;
		snprintf(ms, sizeof ms, "%lld", (long long)time);
		return field->set(&r->file->identity, ms, why);
	}
	return 1;
}

/* "entered dkim-1 -240000": ms after "now", so before it. */
static int
read_entered(struct reader *r, char *rest, const char **why)
{
	const char *id = word(&rest);
	long long ms;

	*why = N_("This is written as: entered RECORD MILLISECONDS.");
	return number(&rest, INT32_MIN, INT32_MAX, &ms, why) == -1 ? -1 :
	    ticks_set(&r->file->entered, id, r->file->now + ms);
}

static int
read_type(uint16_t *type, const char *text, const char **why)
{
	*why = N_("No such record type.");
	*type = rr_type_parse(text);
	/* Type 0 is nobody's, but a hostile server may send it. */
	return *type != 0 || strcasecmp(text, "TYPE0") == 0 ? 0 : -1;
}

/* As it was written, printable; its backslashes are escapes already. */
static bool
is_written(const char *text)
{
	size_t len = strlen(text), backslashes = 0;

	for (const char *c = text; *c != '\0'; c++)
		backslashes += *c == '\\';
	return text_safe(NULL, 0, text, len) == len + backslashes;
}

/* "noted -240000 example.jp MX 10 mail.example.jp" */
static int
read_noted(struct reader *r, char *rest, const char **why)
{
	struct noted *noted = &r->file->background.noted;
	struct name owner;
	uint16_t type;
	long long ms;

	if (number(&rest, -INT64_C(10000000000000), 0, &ms, why) == -1 ||
	    name_parse(&owner, word(&rest), why) == -1 ||
	    read_type(&type, word(&rest), why) == -1)
		return -1;
	*why = N_("This is written as: noted MILLISECONDS NAME TYPE VALUE.");
	if (*rest == '\0' || !is_written(rest) ||
	    noted->count == NOTED_ROWS || strlen(rest) >= NOTED_VALUE)
		return -1;
	noted->at = r->file->now + ms;
	noted_add(noted, &owner, type, rest);
	return 0;
}

/* IPv6 may name its interface: fe80::1%eth0. */
static int
read_address(struct vantage *vantage, char *text, const char **why)
{
	size_t len = strcspn(text, "%");
	unsigned char octets[16];
	bool sound;

	if (text[len] == '%' && casefile_is_word(text)) {
		text[len] = '\0';
		sound = inet_pton(AF_INET6, text, octets) == 1;
		text[len] = '%';
	} else {
		sound = inet_pton(AF_INET, text, octets) == 1 ||
		    inet_pton(AF_INET6, text, octets) == 1;
	}
	if (!sound || strlen(text) >= VANTAGE_ADDRESS) {
		*why = N_("This is not an IP address.");
		return -1;
	}
	strlcpy(vantage->address, text, sizeof vantage->address);
	return 0;
}

static int
read_column(struct reader *r, char *rest, const char **why)
{
	struct probe_vantages *v = &r->file->vantages;
	struct vantage *vantage = &v->also[v->count];

	*why = N_("A column is: system ADDRESS, or also ADDRESS.");
	if (v->count == sizeof v->also / sizeof v->also[0] ||
	    casefile_kind_parse(word(&rest), &vantage->kind) == -1 ||
	    (vantage->kind != VANTAGE_SYSTEM &&
	    vantage->kind != VANTAGE_ALSO) ||
	    read_address(vantage, word(&rest), why) == -1)
		return -1;
	v->count++;
	return 0;
}

static int
read_expect(struct reader *r, char *rest, const char **why)
{
	*why = N_("Too many or too long expectations.");
	if (r->file->expects == CASEFILE_EXPECTS ||
	    text_safe(r->file->expect[r->file->expects], CASEFILE_LINE, rest,
	    strlen(rest)) >= CASEFILE_LINE)
		return -1;
	r->file->expects++;
	return 0;
}

/* --- Lines of a row --- */

static void
end_row(struct reader *r)
{
	if (r->row != NULL)
		observe_add(&r->file->log, r->row);
	r->row = NULL;
}

static int
read_ask(struct reader *r, char *rest, const char **why)
{
	struct question q = { .type = 0 };

	end_row(r);
	*why = N_("A question is: ask WHO [ADDRESS] NAME TYPE [tcp].");
	if (casefile_kind_parse(word(&rest), &q.vantage.kind) == -1)
		return -1;
	if (q.vantage.kind != VANTAGE_RECURSIVE &&
	    read_address(&q.vantage, word(&rest), why) == -1)
		return -1;
	if (name_parse(&q.name, word(&rest), why) == -1 ||
	    read_type(&q.type, word(&rest), why) == -1)
		return -1;
	*why = N_("A question is: ask WHO [ADDRESS] NAME TYPE [tcp].");
	q.tcp = strcmp(rest, "tcp") == 0;
	if (*rest != '\0' && !q.tcp)
		return -1;
	r->row = observation_new(&q);
	r->row->when = r->file->now;
	r->row->outcome = OUTCOME_SILENT;
	return 0;
}

/* "answer rcode 0 aa rtt 3 at 12": times in ms, at after "now". */
static int
read_outcome(struct reader *r, char *first, char *rest, const char **why)
{
	struct observation *o = r->row;
	long long n;
	char *w;

	if (casefile_outcome_parse(first, &o->outcome) == -1) {
		*why = N_("No such line in a case file.");
		return -1;
	}
	while (*(w = word(&rest)) != '\0') {
		if (strcmp(w, "aa") == 0) {
			o->aa = true;
		} else if (strcmp(w, "tcp") == 0) {
			o->tcp = true;
		} else if (strcmp(w, "ra") == 0) {
			o->ra = true;
		} else if (strcmp(w, "unheard") == 0) {
			o->unheard = true;
		} else if (strcmp(w, "no-edns") == 0) {
			o->no_edns = true;
		} else if (strcmp(w, "cut") == 0) {
			o->cut = true;
		} else if (strcmp(w, "secure") == 0) {
			o->secure = true;
		} else if (strcmp(w, "rcode") == 0) {
			if (number(&rest, 0, UINT8_MAX, &n, why) == -1)
				return -1;
			o->rcode = (uint8_t)n;
		} else if (strcmp(w, "rtt") == 0) {
			if (number(&rest, -1, 1000000, &n, why) == -1)
				return -1;
			o->rtt = (int)n;
		} else if (strcmp(w, "at") == 0) {
			if (number(&rest, INT32_MIN, INT32_MAX, &n, why) == -1)
				return -1;
			o->when = r->file->now + n;
		} else {
			*why = N_("An answer has: rcode, aa, ra, tcp, "
			    "unheard, no-edns, cut, secure, rtt, at.");
			return -1;
		}
	}
	return 0;
}

/* The records of an answer come section by section; NULL: none so far. */
static const struct rr *
last_record(const struct observation *o)
{
	size_t count = o->answers + o->authorities + o->additionals;

	return count > 0 ? &o->rr[count - 1] : NULL;
}

static int
read_record(struct reader *r, const char *section, char *rest,
    const char **why)
{
	struct rr rr = { .type = 0 };
	struct name owner;
	uint16_t type;
	long long ttl;

	if (name_parse(&owner, word(&rest), why) == -1 ||
	    number(&rest, 0, UINT32_MAX, &ttl, why) == -1)
		return -1;
	if ((section[1] == 'N' &&
	    r->row->authorities + r->row->additionals > 0) ||
	    (section[1] == 'U' && r->row->additionals > 0)) {
		*why = N_("Records come in the order AN, AU, AD.");
		return -1;
	}
	if (read_type(&type, word(&rest), why) == -1 ||
	    rr_parse(&rr, type, rest, why) == -1)
		return -1;
	rr.ttl = (uint32_t)ttl;
	rr_share_owner(&rr, &owner, last_record(r->row));
	if (section[1] == 'N')
		observation_add_answer(r->row, &rr);
	else if (section[1] == 'U')
		observation_add_authority(r->row, &rr);
	else
		observation_add_additional(r->row, &rr);
	rr_release(&rr);
	return 0;
}

/* What was written is safe already, but for its backslashes. */
static int
read_reason(struct observation *o, const char *rest, const char **why)
{
	*why = N_("The reason is too long or not printable.");
	if (!is_written(rest))
		return -1;
	return strlcpy(o->reason, rest, OBSERVE_REASON) < OBSERVE_REASON ? 0 :
	    -1;
}

static int
read_row_line(struct reader *r, char *first, char *rest, const char **why)
{
	if (r->row == NULL) {
		*why = N_("This line belongs below an \"ask\" line.");
		return -1;
	}
	if (strcmp(first, "AN") == 0 || strcmp(first, "AU") == 0 ||
	    strcmp(first, "AD") == 0)
		return read_record(r, first, rest, why);
	if (strcmp(first, "reason") == 0)
		return read_reason(r->row, rest, why);
	return read_outcome(r, first, rest, why);
}

static const struct {
	const char *key;
	int (*read)(struct reader *, char *rest, const char **why);
} keys[] = {
	{ "ask", read_ask },
	{ "dnsesame", read_head },
	{ "now", read_now },
	{ "domain", read_domain },
	{ "provider", read_provider },
	{ "guard", read_guard },
	{ "private", read_private },
	{ "forwards", read_forwards },
	{ "entered", read_entered },
	{ "zone", read_zone },
	{ "known", read_known },
	{ "noted", read_noted },
	{ "column", read_column },
	{ "expect", read_expect },
};

static int
read_line(struct reader *r, char *line, const char **why)
{
	char *first;
	int rc;

	first = word(&line);
	if (!r->head && strcmp(first, "dnsesame") != 0)
		return read_head(r, first, why);
	if (*first == '\0' || *first == '#')
		return 0;
	if ((strcmp(first, "ask") == 0 || first[0] == 'A') &&
	    r->rows++ == CASEFILE_ROWS) {
		*why = N_("The file has too many rows.");
		return -1;
	}
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(keys[i].key, first) == 0)
			return keys[i].read(r, line, why);
	if ((rc = read_field(r, first, line, why)) != 1)
		return rc;
	return read_row_line(r, first, line, why);
}

/* The whole file and a NUL; at most one octet more than it may have. */
static char *
slurp(FILE *in, size_t *size)
{
	size_t room = 64 * 1024, got;
	char *text = xmalloc(room + 1);

	*size = 0;
	while ((got = fread(text + *size, 1, room - *size, in)) > 0) {
		*size += got;
		if (*size == room && room <= CASEFILE_OCTETS) {
			room = room * 2 > CASEFILE_OCTETS ?
			    CASEFILE_OCTETS + 1 : room * 2;
			text = xreallocarray(text, room + 1, 1);
		}
	}
	text[*size] = '\0';
	return text;
}

int
casefile_read(struct casefile *out, FILE *in, const char *name,
    char why[static CASEFILE_WHY])
{
	struct reader r = { .file = out };
	const char *reason = NULL;
	size_t size;
	unsigned long number_of_line = 0;
	char *text = slurp(in, &size), *line = text, safe[256];
	int rc = 0;

	for (; rc == 0 && line < text + size; number_of_line++) {
		size_t len = strcspn(line, "\n");
		bool whole = line + len == text + size || line[len] == '\n';
		char *after = line + len + 1;

		if (len > LINE_MAX_OCTETS || !whole) {
			reason = N_("The line is too long or holds a NUL.");
			rc = -1;
			continue;
		}
		/* Blanks at the end mean nothing, nor does a CR. */
		while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
			len--;
		line[len] = '\0';
		rc = read_line(&r, line, &reason);
		line = after;
	}
	if (rc == 0 && size > CASEFILE_OCTETS) {
		reason = N_("The file is too large.");
		rc = -1;
	} else if (rc == 0 && !r.head) {
		reason = N_("The file is empty.");
		rc = -1;
	} else if (rc == 0 && !out->identity.has_domain) {
		reason = N_("A line \"domain NAME\" is missing.");
		rc = -1;
	}
	free(text);
	end_row(&r);
	if (rc == -1) {
		text_safe(safe, sizeof safe, name, strlen(name));
		snprintf(why, CASEFILE_WHY, "%s:%lu: %s", safe,
		    number_of_line, _(reason));
	}
	return rc;
}
