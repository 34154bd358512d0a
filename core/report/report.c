#include "report/report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/age.h"
#include "base/lang.h"
#include "report/report-internal.h"
#include "base/text.h"

enum {
	PLACE = 1100,	/* a value of DIAGNOSE_VALUE with words around it */
	PLACES = 40
};

/* The named places of one sentence, collected; see finding.def. */
struct sentence {
	struct text_place place[PLACES];
	char value[PLACES][PLACE];
	size_t count;
};

static void
put(struct sentence *s, const char *name, const char *value)
{
	if (s->count == PLACES - 1)
		return;
	strlcpy(s->value[s->count], value, PLACE);
	s->place[s->count].name = name;
	s->place[s->count].value = s->value[s->count];
	s->count++;
	s->place[s->count].name = NULL;
}

void
report_quote(const struct provider *provider, const char *label, char *dst,
    size_t size)
{
	bool japanese = lang_current() == LANG_JA ||
	    (provider->form_lang != NULL &&
	    strcmp(provider->form_lang, "ja") == 0);
	const char *open = japanese ? "「" : "\"";
	const char *close = japanese ? "」" : "\"";
	static const char then[] = " > ";

	/* "A > B" is two buttons, one after the other. */
	*dst = '\0';
	for (;;) {
		const char *end = strstr(label, then);
		size_t len = end != NULL ? (size_t)(end - label) :
		    strlen(label), at;

		strlcat(dst, open, size);
		at = strlen(dst);
		snprintf(dst + at, size - at, "%.*s", (int)len, label);
		strlcat(dst, close, size);
		if (end == NULL)
			return;
		strlcat(dst, then, size);
		label = end + strlen(then);
	}
}

void
report_add(char *dst, size_t size, const char *sentence,
    const struct text_place *places)
{
	size_t len;

	if (sentence == NULL)
		return;
	if (*dst != '\0')
		strlcat(dst, "\n", size);
	len = strlen(dst);
	text_fill(dst + len, size - len, _(sentence), places);
}

void
report_save(const struct provider *company, char *dst, size_t size)
{
	const struct provider *provider = company->save != NULL ? company :
	    provider_form_row(company);
	char save[256], older[256];
	struct text_place places[] = {
		{ "save", save },
		{ "older", older },
		{ NULL, NULL },
	};

	if (provider->save == NULL) {
		strlcpy(dst, _("the save button"), size);
		return;
	}
	report_quote(provider, provider_word(provider, provider->save), save,
	    sizeof save);
	if (provider->save_older == NULL) {
		strlcpy(dst, save, size);
		return;
	}
	report_quote(provider, provider_word(provider, provider->save_older),
	    older, sizeof older);
	text_fill(dst, size, _("{save}, on older pages {older}"), places);
}

static void
put_label(struct sentence *s, const char *name,
    const struct provider *provider, const struct form *form, enum form_id id)
{
	const struct form_field *field = form_find(form, id);
	char quoted[256];

	if (field == NULL)
		return;
	report_quote(provider, field->label, quoted, sizeof quoted);
	put(s, name, quoted);
}

static void
put_servers(struct sentence *s, const struct diagnosis *d)
{
	char list[PLACE] = "", text[NAME_TEXT];

	for (size_t i = 0; i < d->servers; i++) {
		name_text(&d->server[i].server.name, text);
		if (strstr(list, text) != NULL)
			continue;
		if (list[0] != '\0')
			strlcat(list, ", ", sizeof list);
		strlcat(list, text, sizeof list);
	}
	put(s, "servers", list);
}

/* provider: the company the sentence speaks of. */
static void
put_domain(struct sentence *s, const struct check *check,
    const struct provider *provider)
{
	char text[NAME_TEXT];
	struct name zone;

	check_zone(check, &zone);
	put(s, "zone", name_text(&zone, text));
	put(s, "domain", name_text(&check->plan.domain, text));
	put(s, "provider", provider_name(provider));
	put(s, "detected", check->detected != NULL ?
	    provider_name(check->detected) :
	    _("the company that runs these name servers"));
	put_servers(s, &check->diagnosis);
}

const struct provider *
report_company(const struct check *check)
{
	for (size_t i = 0; i < check->diagnosis.domains; i++)
		if (check->diagnosis.domain[i].finding ==
		    FINDING_DELEGATED_ELSEWHERE && check->detected != NULL)
			return check->detected;
	return check_company(check);
}

/* Why validation failed, in the resolver's words. */
static void
put_reason(struct sentence *s, const struct check *check)
{
	const char *reason = _("the resolver gives no reason");

	/* The first says most: later ones only point back to it. */
	for (size_t i = check->log.count; i-- > 0;)
		if (check->log.row[i]->outcome == OUTCOME_BOGUS &&
		    check->log.row[i]->reason[0] != '\0')
			reason = check->log.row[i]->reason;
	put(s, "reason", reason);
}

static void
put_number(struct sentence *s, const char *name, int64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)(n < 0 ? 0 : n));
	put(s, name, text);
}

/* What an old "no" means for whoever asked too early. */
static void
put_memory(struct sentence *s, const struct record_diagnosis *record)
{
	char number[24], text[PLACE];
	const struct text_place places[] = {
		{ "minutes", number },
		{ NULL, NULL },
	};

	snprintf(number, sizeof number, "%lld",
	    (long long)(record->retry_after + 59) / 60);
	text_fill(text, sizeof text, record->finding == FINDING_OK ?
	    _("Whoever looked before it was right, perhaps SES, may go on "
	    "seeing the old state for up to {minutes} min.") :
	    _("Whoever looks too early, SES too, may remember for up to "
	    "{minutes} min that nothing was there."), places);
	put(s, "memory", record->retry_after > 0 ? text : "");
}

/* What is told of this look was looked at in this look. */
static void
put_elsewhere(struct sentence *s, const struct record_diagnosis *record)
{
	put(s, "elsewhere", record->searched ?
	    _("It was not found under the names where forms usually misplace "
	    "it, either.") :
	    _("Some names where forms usually misplace it were not looked at "
	    "this time."));
}

/* Whether anything was saved at all. */
static void
put_saved(struct sentence *s, const struct check *check,
    const struct record_diagnosis *record, const struct wanted *wanted)
{
	const struct noted *noted = &check->background.noted;
	char number[24], serial[24], text[PLACE];
	const struct text_place places[] = {
		{ "minutes", number },
		{ "serial", serial },
		{ NULL, NULL },
	};

	if (!wanted->required && wanted->entered == 0) {
		put(s, "saved", _("It is not required, so perhaps nobody has "
		    "entered it."));
		return;
	}
	if (!record->unsaved) {
		put(s, "saved", _("Most often the last save button was not "
		    "pressed."));
		return;
	}
	snprintf(number, sizeof number, "%lld",
	    (long long)(check->started - noted->at) / 60000);
	snprintf(serial, sizeof serial, "%u", noted_serial(noted));
	text_fill(text, sizeof text, _("For {minutes} minutes nothing in this "
	    "DNS has changed (SOA serial {serial}), so the last save button "
	    "was perhaps not pressed."), places);
	put(s, "saved", text);
}

/* Where a proxy is switched off, in the form's words where it has them. */
static void
put_proxy(struct sentence *s, const struct check *check,
    const struct form *form)
{
	const struct form_field *field = form_find(form, FORM_PROXY);
	char label[256], text[PLACE];
	struct text_place places[] = {
		{ "label", label },
		{ "value", field != NULL ? field->value : "" },
		{ NULL, NULL },
	};

	if (field == NULL) {
		put(s, "proxy", _("look for \"proxy\" or a cloud sign"));
		return;
	}
	report_quote(report_company(check), field->label, label, sizeof label);
	text_fill(text, sizeof text, _("set {label} to {value}"), places);
	put(s, "proxy", text);
}

/* Type, form and evidence of one record. */
static void
put_details(struct sentence *s, const struct check *check, size_t index,
    const struct form *form)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_field *field = form_find(form, FORM_TYPE);
	int64_t now = check->ended > check->started ? check->ended :
	    check->started;
	char type[16], where[NAME_TEXT], age[AGE_TEXT];

	put(s, "type", rr_type_text(wanted->type, type));
	put_label(s, "type.label", report_company(check), form, FORM_TYPE);
	put(s, "type.word", field != NULL ? field->value :
	    rr_type_text(wanted->type, type));
	put(s, "region", check->plan.identity.region);
	put_proxy(s, check, form);
	put(s, "conflict", report_conflict(wanted));
	put(s, "age", age_text(now - wanted->entered, age, sizeof age));
	put(s, "wait", age_span(report_company(check)->wait_max, age,
	    sizeof age));
	put(s, "patience", age_span(provider_patience(report_company(check)),
	    age, sizeof age));
	put_number(s, "seconds", record->retry_after);
	put_reason(s, check);
	put_memory(s, record);
	put_elsewhere(s, record);
	put_saved(s, check, record, wanted);
	put(s, "why", record->why != NULL ? _(record->why) : "");
	put(s, "where", name_text(&record->where, where));
	if (record->founds > 0)
		put(s, "found.type", rr_type_text(record->found[0].type,
		    type));
}

/* The server, or the shared resolver, that lacks what others have. */
static void
put_lagging(struct sentence *s, const struct check *check,
    const struct record_diagnosis *record)
{
	char text[NAME_TEXT];

	for (size_t i = 0; i < check->diagnosis.servers; i++) {
		if (record->cell[i] == CELL_NO) {
			put(s, "server", name_text(
			    &check->diagnosis.server[i].server.name, text));
			return;
		}
	}
	for (size_t i = 0; i < check->vantages.count; i++) {
		enum cell cell = record->cell[check->diagnosis.servers + 1 +
		    i];

		if (cell == CELL_NO || cell == CELL_OTHER) {
			put(s, "server", check->vantages.also[i].address);
			return;
		}
	}
	put(s, "server", _("A resolver"));
}

/* Without a domain no row can be entered anywhere. */
static bool
no_domain(const struct check *check)
{
	return check->delegation.state == DELEGATION_NOT_REGISTERED ||
	    check->delegation.state == DELEGATION_NO_SERVERS;
}

/* What is only recommended must not sound like a fault. */
static const char *
summary(const struct finding_row *row, const struct record_diagnosis *record,
    const struct wanted *wanted)
{
	if (record->finding == FINDING_MISSING && !wanted->required)
		return N_("Not set. Recommended; AWS does not need it.");
	if (record->unsaved)
		return N_("Not there, and nothing in this DNS has changed "
		    "since you began.");
	return row->summary;
}

/* The cause that the domain's finding of the same name gives. */
static const struct cause_row *
cause_of(const struct check *check, enum finding finding)
{
	for (size_t i = 0; i < check->diagnosis.domains; i++)
		if (check->diagnosis.domain[i].finding == finding)
			return cause_row(check->diagnosis.domain[i].cause);
	return NULL;
}

/* Each on a line of its own. */
static void
add_remarks(char *dst, size_t size, const struct record_diagnosis *record,
    struct sentence *s)
{
	char text[PLACE + NAME_TEXT], subject[NAME_TEXT];
	size_t places = s->count;

	for (size_t i = 0; i < record->remarks; i++) {
		s->count = places;
		put(s, "about", name_text(&record->remark[i].subject,
		    subject));
		text_fill(text, sizeof text, _(record->remark[i].text),
		    s->place);
		if (*dst != '\0')
			strlcat(dst, "\n", size);
		strlcat(dst, text, size);
	}
}

void
report_record(const struct check *check, size_t index, enum report_part part,
    char *dst, size_t size)
{
	const struct record_diagnosis *record;
	const struct finding_row *row;
	const struct cause_row *cause;
	const struct form_field *field;
	const struct wanted *wanted;
	struct sentence s = { .count = 0 };
	struct form form;
	struct name zone;
	char text[PLACE];

	dst[0] = '\0';
	if (index >= check->plan.count || index >= check->diagnosis.records)
		return;
	record = &check->diagnosis.record[index];
	wanted = &check->plan.wanted[index];
	row = finding_row(record->finding);
	cause = cause_of(check, record->finding);
	check_zone(check, &zone);
	put(&s, "subject", name_text(&zone, text));
	provider_form(&form, report_company(check), wanted, &zone);

	put_domain(&s, check, report_company(check));
	if (no_domain(check) && part == REPORT_REMEDY) {
		strlcpy(dst, _("First the domain itself has to be set up. "
		    "This record can wait."), size);
		return;
	}
	put(&s, "owner", name_text(&wanted->owner, text));
	put_label(&s, "name.label", report_company(check), &form, FORM_NAME);
	put_label(&s, "value.label", report_company(check), &form, FORM_VALUE);
	if ((field = form_find(&form, FORM_NAME)) != NULL)
		put(&s, "name", field->value);
	if ((field = form_find(&form, FORM_LINE)) != NULL)
		put(&s, "line", field->value);
	if ((field = form_find(&form, FORM_VALUE)) != NULL) {
		put(&s, "value", field->value);
		strlcpy(text, field->value, sizeof text);
		if (text[0] != '\0' && text[strlen(text) - 1] != '.')
			strlcat(text, ".", sizeof text);
		put(&s, "value.dot", text);
	} else {
		put(&s, "value", wanted->value);
	}
	report_save(report_company(check), text, sizeof text);
	put(&s, "save", text);
	if (record->founds > 0) {
		/* Of what stands beside the right one, that is the story. */
		const struct found *found = &record->found[record->finding ==
		    FINDING_EXTRA_VALUE ? record->founds - 1 : 0];

		put(&s, "found", name_text(&found->owner, text));
		put(&s, "found.value", found->value);
	}
	put_lagging(&s, check, record);
	put_details(&s, check, index, &form);

	switch (part) {
	case REPORT_SUMMARY:
		text_fill(dst, size, _(summary(row, record, wanted)),
		    s.place);
		break;
	case REPORT_EXPLANATION:
		text_fill(dst, size, _(cause != NULL ? cause->explanation :
		    report_explanation(check, index)), s.place);
		/* A place at its end may be empty. */
		while (dst[0] != '\0' && dst[strlen(dst) - 1] == ' ')
			dst[strlen(dst) - 1] = '\0';
		add_remarks(dst, size, record, &s);
		break;
	case REPORT_REMARKS:
		add_remarks(dst, size, record, &s);
		break;
	case REPORT_REMEDY:
		text_fill(dst, size, _(cause != NULL ? cause->remedy :
		    report_remedy(check, index)), s.place);
		break;
	}
}

/* What the resolvers of this machine show, where records are wanted. */
static void
put_seen(struct sentence *s, const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	int64_t seen = 0, all = 0;
	size_t places = s->count;
	char text[PLACE];

	for (size_t i = 0; i < check->plan.count; i++) {
		bool yes = false;

		if (!check->plan.wanted[i].required)
			continue;
		for (size_t c = d->servers + 1; c < d->columns; c++)
			yes |= d->record[i].cell[c] == CELL_YES;
		seen += yes;
		all++;
	}
	put_number(s, "seen", seen);
	put_number(s, "all", all);
	text_fill(text, sizeof text, all > 0 ? _("It shows {seen} of {all} "
	    "records as wanted, which may be an older state.") : _("What it "
	    "says may be an older state."), s->place);
	s->count = places;
	put(s, "shows", text);
}

bool
report_shows_wanted(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];

	return check->plan.wanted[index].kind != WANTED_DMARC ||
	    record->founds == 0 || record->finding == FINDING_DOUBLED_NAME ||
	    record->finding == FINDING_MISPLACED;
}

/* "example.jp  MX  10 mail.example.jp", a line for each row that is gone. */
static void
put_lost(struct sentence *s, const struct check *check)
{
	const struct noted *noted = &check->background.noted;
	char list[PLACE] = "", before[PLACE] = "";

	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];
		char line[NAME_TEXT + NOTED_VALUE + 32], owner[NAME_TEXT];
		char type[16];

		if (!check->diagnosis.lost[i])
			continue;
		if (row->type == RR_NS) {
			strlcat(before, before[0] != '\0' ? ", " : "", PLACE);
			strlcat(before, row->value, PLACE);
			continue;
		}
		snprintf(line, sizeof line, "%s   %s  %s  %s",
		    list[0] != '\0' ? "\n" : "",
		    name_text(&row->owner, owner),
		    rr_type_text(row->type, type), row->value);
		if (strlen(list) + strlen(line) < PLACE)
			strlcat(list, line, PLACE);
	}
	put(s, "rows", list);
	put(s, "before", before);
}

void
report_domain(const struct check *check, size_t index, enum report_part part,
    char *dst, size_t size)
{
	const struct domain_diagnosis *domain;
	struct sentence s = { .count = 0 };

	dst[0] = '\0';
	if (index >= check->diagnosis.domains)
		return;
	domain = &check->diagnosis.domain[index];
	put_domain(&s, check, check->provider);
	put(&s, "subject", domain->subject);
	put(&s, "found", domain->subject);
	put_reason(&s, check);
	put_seen(&s, check);
	put_lost(&s, check);
	text_fill(dst, size, _(report_domain_sentence(check, index, part)), s.place);
}
