#include "diagnose/casefile.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <bsd/string.h>

#include "diagnose/casefile-internal.h"
#include "base/text.h"

enum {
	HEADS = 1 << 20		/* octets of a file left for what is no row */
};

static const char *const kinds[] = {
	[VANTAGE_AUTHORITY] = "authority",
	[VANTAGE_RECURSIVE] = "recursive",
	[VANTAGE_SYSTEM] = "system",
	[VANTAGE_ALSO] = "also",
};

static const char *const outcomes[] = {
	[OUTCOME_ANSWER] = "answer",
	[OUTCOME_SILENT] = "silent",
	[OUTCOME_NO_ROUTE] = "no-route",
	[OUTCOME_BOGUS] = "bogus",
	[OUTCOME_GARBLED] = "garbled",
};

void
casefile_init(struct casefile *file)
{
	memset(file, 0, sizeof *file);
	identity_init(&file->identity);
	observe_init(&file->log);
	file->log.round = 1;
}

void
casefile_release(struct casefile *file)
{
	observe_release(&file->log);
	casefile_init(file);
}

int
casefile_kind_parse(const char *word, enum vantage_kind *out)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i], word) == 0) {
			*out = (enum vantage_kind)i;
			return 0;
		}
	}
	return -1;
}

int
casefile_outcome_parse(const char *word, enum outcome *out)
{
	for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
		if (strcmp(outcomes[i], word) == 0) {
			*out = (enum outcome)i;
			return 0;
		}
	}
	return -1;
}

void
casefile_key(const struct identity_field *field,
    char key[static CASEFILE_KEY])
{
	strlcpy(key, field->name, CASEFILE_KEY);
	/* A list's lines hold one each. */
	if (field->how == IDENTITY_LIST)
		key[strlen(key) - 1] = '\0';
	for (char *c = key; *c != '\0'; c++)
		if (*c == '_')
			*c = '-';
}

const struct identity_field *
casefile_flag(const struct identity_field *field)
{
	const struct identity_field *end = identity_fields +
	    identity_field_count;

	return field + 1 < end && field[1].how == IDENTITY_FLAG ? field + 1 :
	    NULL;
}

bool
casefile_is_word(const char *text)
{
	return *text != '\0' && strpbrk(text, " \\#") == NULL &&
	    text_safe(NULL, 0, text, strlen(text)) == strlen(text);
}

static void
write_name(FILE *out, const char *key, const struct name *name)
{
	char text[NAME_TEXT];

	fprintf(out, "%s %s\n", key, name_text(name, text));
}

static void
write_word(FILE *out, const char *key, const char *word)
{
	if (word[0] != '\0')
		fprintf(out, "%s %s\n", key, word);
}

static void
write_time(FILE *out, const char *key, int64_t ms)
{
	time_t s = (time_t)(ms / 1000);
	char stamp[32] = "";
	struct tm tm;

	if (gmtime_r(&s, &tm) != NULL)
		strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &tm);
	fprintf(out, "%s %s.%03dZ\n", key, stamp, (int)(ms % 1000));
}

static void
write_field(FILE *out, const struct identity *identity,
    const struct identity_field *field)
{
	char key[CASEFILE_KEY], text[IDENTITY_FIELD], set[IDENTITY_FIELD];
	const struct identity_field *flag = casefile_flag(field);

	casefile_key(field, key);
	if (flag != NULL && !flag->get(identity, 0, set))
		flag = NULL;
	for (size_t i = 0; field->get(identity, i, text); i++) {
		if (field->how == IDENTITY_TIME)
			write_time(out, key, strtoll(text, NULL, 10));
		else if (casefile_is_word(text))
			fprintf(out, "%s %s%s%s\n", key, text,
			    flag != NULL ? " " : "",
			    flag != NULL ? flag->name : "");
		if (field->how != IDENTITY_LIST)
			break;
	}
}

static void
write_identity(FILE *out, const struct identity *identity)
{
	if (identity->has_domain)
		write_name(out, "domain", &identity->domain);
	for (size_t i = 0; i < identity_field_count; i++)
		if (identity_fields[i].how != IDENTITY_FLAG)
			write_field(out, identity, &identity_fields[i]);
}

/* When each record of the plan was entered, where the user said so. */
static void
write_entered(FILE *out, const struct plan *plan, int64_t now)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].entered != 0)
			fprintf(out, "entered %s %lld\n", plan->wanted[i].id,
			    (long long)(plan->wanted[i].entered - now));
}

/* What stood in the domain when it was entered, and other regions' values. */
static void
write_background(FILE *out, const struct background *background, int64_t now)
{
	const struct noted *noted = &background->noted;
	char owner[NAME_TEXT], type[16];

	for (size_t i = 0; i < background->known.count; i++)
		write_word(out, "known", background->known.value[i]);
	for (size_t i = 0; i < noted->count; i++)
		fprintf(out, "noted %lld %s %s %s\n",
		    (long long)(noted->at - now),
		    name_text(&noted->row[i].owner, owner),
		    rr_type_text(noted->row[i].type, type),
		    noted->row[i].value);
}

void
casefile_write_head(FILE *out, const struct casefile_head *head)
{
	fprintf(out, "dnsesame case 1\n");
	write_time(out, "now", head->now);
	write_identity(out, &head->plan->identity);
	write_word(out, "provider", head->provider);
	if (head->zone != NULL)
		write_name(out, "zone", head->zone);
	write_word(out, "guard", head->plan->guard);
	if (head->private)
		fprintf(out, "private\n");
	if (head->vantages->forwards)
		fprintf(out, "forwards\n");
	for (size_t i = 0; i < head->vantages->count; i++)
		fprintf(out, "column %s %s\n",
		    kinds[head->vantages->also[i].kind],
		    head->vantages->also[i].address);
	write_entered(out, head->plan, head->now);
	write_background(out, head->background, head->now);
}

static void
write_section(FILE *out, const char *section, const struct rr *rr,
    size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i++) {
		char owner[NAME_TEXT], type[16];
		char *rdata = rr_rdata_new(&rr[i]);

		fprintf(out, "  %s %s %u %s %s\n", section,
		    name_text(rr[i].owner, owner), rr[i].ttl,
		    rr_type_text(rr[i].type, type), rdata);
		free(rdata);
	}
}

void
casefile_write_row(FILE *out, const struct observation *o, int64_t now)
{
	const struct vantage *v = &o->question.vantage;
	char name[NAME_TEXT], type[16];

	fprintf(out, "ask %s%s%s %s %s%s\n", kinds[v->kind],
	    v->address[0] != '\0' ? " " : "", v->address,
	    name_text(&o->question.name, name),
	    rr_type_text(o->question.type, type),
	    o->question.tcp ? " tcp" : "");
	fprintf(out, "  %s", outcomes[o->outcome]);
	if (o->outcome == OUTCOME_ANSWER || o->outcome == OUTCOME_BOGUS)
		fprintf(out, " rcode %d%s%s%s%s%s%s%s", o->rcode,
		    o->aa ? " aa" : "", o->ra ? " ra" : "",
		    o->tcp ? " tcp" : "",
		    o->unheard ? " unheard" : "",
		    o->no_edns ? " no-edns" : "",
		    o->cut ? " cut" : "",
		    o->secure ? " secure" : "");
	fprintf(out, " rtt %d at %lld\n", o->rtt,
	    (long long)(o->when - now));
	if (o->reason[0] != '\0')
		fprintf(out, "  reason %s\n", o->reason);
	write_section(out, "AN", o->rr, 0, o->answers);
	write_section(out, "AU", o->rr, o->answers, o->authorities);
	write_section(out, "AD", o->rr, o->answers + o->authorities,
	    o->additionals);
}

void
casefile_append(FILE *out, struct casefile_size *size,
    const struct observation *o, int64_t now)
{
	size_t rows = 1 + o->answers + o->authorities + o->additionals;
	size_t octets;
	char *text;
	FILE *row;

	if (size->full)
		return;
	if ((row = open_memstream(&text, &octets)) == NULL)
		err(EX_OSERR, "open_memstream");
	casefile_write_row(row, o, now);
	fclose(row);
	size->full = size->octets + octets > CASEFILE_OCTETS - HEADS ||
	    size->rows + rows > CASEFILE_ROWS;
	if (size->full) {
		fprintf(out, "# There was more than a case file holds.\n");
	} else {
		fwrite(text, 1, octets, out);
		size->octets += octets;
		size->rows += rows;
	}
	free(text);
}
