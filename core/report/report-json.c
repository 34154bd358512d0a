#include <stdio.h>
#include <time.h>

#include <jansson.h>

#include "diagnose/asks.h"
#include "diagnose/claim-domain.h"
#include "report/difference.h"
#include "report/report-internal.h"
#include "report/report.h"

static json_t *
text(const char *s)
{
	return json_string(s);
}

static json_t *
name(const struct name *n)
{
	char buf[NAME_TEXT];

	return text(name_text(n, buf));
}

json_t *
report_known(const char *s)
{
	return s[0] == '\0' ? json_null() : text(s);
}

json_t *
report_instant(int64_t ms)
{
	char buf[32];
	time_t s = (time_t)(ms / 1000);
	struct tm tm;

	if (ms == 0 || gmtime_r(&s, &tm) == NULL ||
	    strftime(buf, sizeof buf, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return text(buf);
}

json_t *
report_head_json(const struct check *check)
{
	const struct identity *identity = &check->plan.identity;
	json_t *root = json_object(), *ses = json_object();
	char unicode[NAME_TEXT];
	struct name zone;

	check_zone(check, &zone);
	json_object_set_new(root, "schema", json_integer(1));
	json_object_set_new(root, "program", text("dnsesame " VERSION));
	json_object_set_new(root, "checked_at", report_instant(check->started));
	json_object_set_new(root, "elapsed_ms", json_integer((check->quiet >
	    check->ended ? check->quiet : check->ended) - check->started));
	json_object_set_new(root, "domain", name(&check->plan.domain));
	json_object_set_new(root, "domain_unicode",
	    text(name_unicode(&check->plan.domain, unicode)));
	json_object_set_new(root, "zone", name(&zone));
	json_object_set_new(root, "region", report_known(identity->region));
	json_object_set_new(root, "provider", report_provider_json(check));

	json_object_set_new(ses, "status",
	    text(ses_status_text(identity->status)));
	json_object_set_new(ses, "error", report_known(identity->error));
	json_object_set_new(ses, "checked_at",
	    report_instant(identity->checked_at));
	json_object_set_new(ses, "soa", report_known(identity->soa));
	json_object_set_new(ses, "source", identity->status == SES_UNKNOWN ?
	    json_null() : text(identity->status_imported ? "import" : "user"));
	json_object_set_new(ses, "mail_from_status",
	    identity->mail_from_status == SES_UNKNOWN ? json_null() :
	    text(ses_status_text(identity->mail_from_status)));
	json_object_set_new(root, "ses", ses);
	return root;
}

json_t *
report_wanted_json(const struct check *check, size_t index)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	json_t *record = json_object();
	char type[16];

	json_object_set_new(record, "id", text(wanted->id));
	json_object_set_new(record, "owner", name(&wanted->owner));
	json_object_set_new(record, "type",
	    text(rr_type_text(wanted->type, type)));
	json_object_set_new(record, "expected", text(wanted->value));
	json_object_set_new(record, "required",
	    json_boolean(wanted->required));
	json_object_set_new(record, "only_if_none",
	    json_boolean(asks_of(check, index) == ASKS_IF_NONE));
	return record;
}

json_t *
report_wanted_form_json(const struct check *check, size_t index)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_of of = report_form_of(check, wanted);
	struct form form;

	if (asks_of(check, index) == ASKS_NOT)
		return json_array();
	form_fill(&form, of.rules, wanted, &of.zone);
	return report_form_json(&form);
}

const char *const report_part_keys[] = {
	[REPORT_SUMMARY] = "summary",
	[REPORT_EXPLANATION] = "explanation",
	[REPORT_REMEDY] = "remedy",
};

static json_t *
sentence(const struct check *check, size_t index, enum report_part part,
    bool domain)
{
	struct text said = TEXT_INIT;
	json_t *string;

	(domain ? report_domain : report_record)(check, index, part, &said);
	string = text(said.s);
	text_release(&said);
	return string;
}

static void
set_sentences(json_t *object, const struct check *check, size_t index,
    bool domain)
{
	for (int part = REPORT_SUMMARY; part <= REPORT_REMEDY; part++)
		json_object_set_new(object, report_part_keys[part],
		    sentence(check, index, (enum report_part)part, domain));
}

static json_t *
servers(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	json_t *list = json_array();

	for (size_t i = 0; i < d->all; i++) {
		const struct server_diagnosis *s = &d->server[i];
		json_t *server;

		if (s->server.kind != VANTAGE_AUTHORITY)
			continue;
		server = json_object();
		json_object_set_new(server, "name", name(&s->server.name));
		json_object_set_new(server, "address",
		    report_known(s->server.address));
		json_object_set_new(server, "state",
		    text(server_state_text(s->state)));
		json_object_set_new(server, "serial", s->serial == 0 ?
		    json_null() : json_integer(s->serial));
		json_object_set_new(server, "rtt_ms", s->rtt < 0 ?
		    json_null() : json_integer(s->rtt));
		if (i >= d->servers)
			json_object_set_new(server, "zone", name(
			    delegation_zone_of(&check->delegation, i)));
		json_array_append_new(list, server);
	}
	return list;
}

/* The rows that are gone, as they stood. */
static json_t *
lost(const struct check *check)
{
	const struct noted *noted = &check->background.noted;
	json_t *list = json_array();
	char type[16];

	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];
		json_t *object;

		if (!check->diagnosis.lost[i])
			continue;
		object = json_object();
		json_object_set_new(object, "owner", name(&row->owner));
		json_object_set_new(object, "type",
		    text(rr_type_text(row->type, type)));
		json_object_set_new(object, "value", text(row->value));
		json_array_append_new(list, object);
	}
	return list;
}

/* The servers of a claim, bit by bit. */
static json_t *
servers_at(const struct diagnosis *d, uint32_t bits)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->all; i++)
		if ((bits >> i & 1) != 0)
			json_array_append_new(list,
			    name(&d->server[i].server.name));
	return list;
}

/* One claim; value NULL: it has none.  at is taken over. */
static json_t *
claim_object(enum claim_kind kind, const struct name *owner, uint16_t type,
    const char *value, json_t *at)
{
	json_t *object = json_object();
	char code[16];

	json_object_set_new(object, "claim", text(claim_row(kind)->name));
	json_object_set_new(object, "owner", name(owner));
	json_object_set_new(object, "type", text(rr_type_text(type, code)));
	if (value != NULL)
		json_object_set_new(object, "value", text(value));
	json_object_set_new(object, "at", at);
	return object;
}

static json_t *
domain_claims(const struct check *check, size_t index)
{
	struct domain_claim claim[CLAIM_DOMAIN_MAX];
	size_t count = claims_of_domain(claim, check, index);
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct domain_claim *c = &claim[i];

		json_array_append_new(list, claim_object(c->kind, &c->owner,
		    c->type, c->value[0] != '\0' ? c->value : NULL,
		    servers_at(&check->diagnosis, c->at)));
	}
	return list;
}

static json_t *
domain_findings(const struct check *check)
{
	json_t *list = json_array();

	for (size_t i = 0; i < check->diagnosis.domains; i++) {
		const struct domain_diagnosis *d = &check->diagnosis.domain[i];
		const struct cause_row *cause = cause_row(d->cause);
		json_t *finding = json_object();

		json_object_set_new(finding, "finding",
		    text(finding_row(d->finding)->name));
		json_object_set_new(finding, "state",
		    text(state_text(d->state)));
		json_object_set_new(finding, "subject", text(d->subject));
		set_sentences(finding, check, i, true);
		json_object_set_new(finding, "action", json_pack("{s:s}",
		    "do", remedy_text(cause != NULL ? cause->action :
		    finding_row(d->finding)->action)));
		json_object_set_new(finding, "claims", domain_claims(check, i));
		if (d->finding == FINDING_ROWS_LOST)
			json_object_set_new(finding, "rows", lost(check));
		json_array_append_new(list, finding);
	}
	return list;
}

static json_t *
found(const struct diagnosis *d, const struct record_diagnosis *record)
{
	json_t *list = json_array();

	for (size_t i = 0; i < record->founds; i++) {
		const struct found *f = &record->found[i];
		json_t *object = json_object(), *seen = json_array();
		char type[16];

		json_object_set_new(object, "owner", name(&f->owner));
		json_object_set_new(object, "type",
		    text(rr_type_text(f->type, type)));
		json_object_set_new(object, "value", text(f->value));
		json_object_set_new(object, "ttl", json_integer(f->ttl));
		for (size_t k = 0; k < f->seens; k++)
			json_array_append_new(seen,
			    name(&d->server[f->seen[k]].server.name));
		json_object_set_new(object, "seen_by", seen);
		json_array_append_new(list, object);
	}
	return list;
}

/* The letters and signs that a sentence about a value names. */
static void
set_parts(json_t *object, const struct remark *remark)
{
	if (remark->there.text[0] != '\0')
		json_object_set_new(object, "there", text(remark->there.text));
	if (remark->belongs.text[0] != '\0')
		json_object_set_new(object, "belongs",
		    text(remark->belongs.text));
}

static json_t *
claims(const struct check *check, const struct record_diagnosis *record)
{
	json_t *list = json_array();

	for (size_t i = 0; i < record->claims; i++) {
		const struct claim *c = &record->claim[i];
		json_t *at = servers_at(&check->diagnosis, c->at), *object;

		if (c->resolver > 0)
			json_array_append_new(at, text(check->vantages.also[
			    c->resolver - 1].address));
		object = claim_object(c->kind, &c->owner, c->type,
		    c->found != CLAIM_NO_FOUND ?
		    record->found[c->found].value : NULL, at);
		if (c->remark > 0)
			set_parts(object, &record->remark[c->remark - 1]);
		json_array_append_new(list, object);
	}
	return list;
}

/* The fields that an edit sets, with the content of the company's form. */
static json_t *
fields(const struct check *check, size_t index, unsigned set)
{
	static const struct {
		unsigned bit;
		enum form_id id;
		const char *key;
	} parts[] = {
		{ REMEDY_NAME, FORM_NAME, "name" },
		{ REMEDY_TYPE, FORM_TYPE, "type" },
		{ REMEDY_VALUE, FORM_VALUE, "value" },
		{ REMEDY_PROXY, FORM_PROXY, "proxy" },
	};
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_of of = report_form_of(check, wanted);
	json_t *object = json_object();
	const struct form_field *field;
	struct form form;

	form_fill(&form, of.rules, wanted, &of.zone);
	if (set != 0 && (field = form_find(&form, FORM_LINE)) != NULL)
		json_object_set_new(object, "line", text(field->value));
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if ((set & parts[i].bit) != 0 &&
		    (field = form_find(&form, parts[i].id)) != NULL)
			json_object_set_new(object, parts[i].key,
			    text(field->value));
	return object;
}

static json_t *
remedy(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct remedy *r = &record->remedy;
	json_t *object = json_object();
	char row[NAME_TEXT + 24], owner[NAME_TEXT], type[16];

	json_object_set_new(object, "do", text(remedy_text(r->what)));
	json_object_set_new(object, "at", text(report_form_of(check,
	    &check->plan.wanted[index]).company->id));
	if (r->row != REMEDY_NO_ROW) {
		snprintf(row, sizeof row, "%s %s",
		    name_text(&record->found[r->row].owner, owner),
		    rr_type_text(record->found[r->row].type, type));
		json_object_set_new(object, "row", text(row));
	}
	if (r->what == REMEDY_EDIT)
		json_object_set_new(object, "set",
		    fields(check, index, r->set));
	return object;
}

/* Of the row found first, the part that is not as wanted; or null. */
static json_t *
differs(const struct check *check, size_t index)
{
	struct difference d;

	return !difference_of(check, index, &d) ? json_null() :
	    json_pack("{so so so}", "part", text(difference_text(d.part)),
	    "wanted", text(d.wanted), "found", text(d.found));
}

static json_t *
record(const struct check *check, size_t i)
{
	const struct record_diagnosis *r = &check->diagnosis.record[i];
	const struct finding_row *row = finding_row(r->finding);
	json_t *object = report_wanted_json(check, i);

	json_object_set_new(object, "state", text(state_text(r->state)));
	json_object_set_new(object, "finding", text(row->name));
	json_object_set_new(object, "ses_error", row->ses_error == NULL ||
	    !check->plan.wanted[i].required ? json_null() :
	    text(row->ses_error));
	json_object_set_new(object, "found", found(&check->diagnosis, r));
	json_object_set_new(object, "differs", differs(check, i));
	set_sentences(object, check, i, false);
	json_object_set_new(object, "claims", claims(check, r));
	json_object_set_new(object, "action", remedy(check, i));
	json_object_set_new(object, "form", report_wanted_form_json(check, i));
	json_object_set_new(object, "same_as", r->like == i ? json_null() :
	    text(check->plan.wanted[r->like].id));
	json_object_set_new(object, "retry_after_s", r->retry_after < 0 ?
	    json_null() : json_integer(r->retry_after));
	return object;
}

/* How SES's words fit what DNS shows. */
static void
add_ses(json_t *ses, const struct check *check)
{
	struct text buf = TEXT_INIT;

	json_object_set_new(ses, "note",
	    report_known(ses_note_text(check->diagnosis.ses_note)));
	for (int part = REPORT_SUMMARY; part <= REPORT_REMEDY; part++) {
		report_ses(check, (enum report_part)part, &buf);
		json_object_set_new(ses, report_part_keys[part],
		    report_known(buf.s));
	}
	text_release(&buf);
}

static json_t *
document(const struct check *check)
{
	json_t *root = report_head_json(check), *records = json_array();

	add_ses(json_object_get(root, "ses"), check);
	json_object_set_new(root, "verdict",
	    text(state_text(check->diagnosis.verdict)));
	json_object_set_new(root, "dnssec",
	    text(dnssec_text(check->diagnosis.dnssec)));
	json_object_set_new(root, "nameservers", servers(check));
	json_object_set_new(root, "findings", domain_findings(check));
	for (size_t i = 0; i < check->plan.count; i++)
		json_array_append_new(records, record(check, i));
	json_object_set_new(root, "records", records);
	return root;
}

void
report_json(FILE *out, const struct check *check)
{
	report_print_json(out, document(check));
}

void
report_json_line(FILE *out, const struct check *check)
{
	json_t *root = document(check);

	json_dumpf(root, out, JSON_COMPACT);
	putc('\n', out);
	json_decref(root);
}

void
report_print_json(FILE *out, json_t *root)
{
	json_dumpf(root, out, JSON_INDENT(2));
	putc('\n', out);
	json_decref(root);
}
