#include "diagnose/casefile.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bsd/string.h>

#include "diagnose/casefile-internal.h"
#include "base/text.h"
#include "base/xalloc.h"

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

const char *
casefile_kind(enum vantage_kind kind)
{
	return kinds[kind];
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
write_identity(FILE *out, const struct identity *identity)
{
	static const char prefix[] = "amazonses:";
	const char *value = identity->verification;

	if (identity->has_domain)
		write_name(out, "domain", &identity->domain);
	/* With a zone given, the region need not be known: zone first. */
	if (identity->has_dkim_zone)
		write_name(out, "dkim-zone", &identity->dkim_zone);
	write_word(out, "region", identity->region);
	for (size_t i = 0; i < identity->tokens; i++)
		write_word(out, "token", identity->token[i]);
	if (identity_has_own_key(identity)) {
		write_word(out, "selector", identity->selector);
		write_word(out, "public-key", identity->key);
	}
	/* Reading takes one prefix off. */
	if (value[0] != '\0')
		fprintf(out, "verification %s%s\n", strncasecmp(value, prefix,
		    strlen(prefix)) == 0 ? prefix : "", value);
	if (identity->has_mail_from)
		write_name(out, "mail-from", &identity->mail_from);
	fprintf(out, "status %s%s\n", ses_status_text(identity->status),
	    identity->status_imported ? " imported" : "");
	if (casefile_is_word(identity->error))
		write_word(out, "error", identity->error);
	if (identity->checked_at > 0)
		write_time(out, "checked-at", identity->checked_at);
	if (identity->pending_since > 0)
		write_time(out, "pending-since", identity->pending_since);
	if (casefile_is_word(identity->soa))
		write_word(out, "soa", identity->soa);
	if (identity->mail_from_status != SES_UNKNOWN)
		write_word(out, "mail-from-status",
		    ses_status_text(identity->mail_from_status));
	write_word(out, "on-mx-failure", identity->on_mx_failure);
	write_word(out, "origin", identity->origin);
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
		size_t size = rr_rdata_text(&rr[i], NULL, 0) + 1;
		char *rdata = xmalloc(size);

		rr_rdata_text(&rr[i], rdata, size);
		fprintf(out, "  %s %s %u %s %s\n", section,
		    name_text(&rr[i].owner, owner), rr[i].ttl,
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
		fprintf(out, " rcode %d%s%s%s%s%s", o->rcode,
		    o->aa ? " aa" : "", o->ra ? " ra" : "",
		    o->tcp ? " tcp" : "",
		    o->unheard ? " unheard" : "",
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
