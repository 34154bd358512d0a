#include "report/report-internal.h"

#include <stdio.h>
#include <string.h>

#include "base/age.h"
#include "base/lang.h"
#include "base/text.h"
#include "report/report.h"
#include "ses/service.h"

static void
add_name(struct text *t, const struct name *name)
{
	char text[NAME_TEXT];

	text_add(t, name_text(name, text));
}

static void
add_type(struct text *t, uint16_t type)
{
	char text[16];

	text_add(t, rr_type_text(type, text));
}

static const struct form_field *
field_of(const struct scene *s, enum form_id id)
{
	if (s->form->count == 0)
		form_fill(s->form, s->of.rules, s->wanted, &s->of.zone);
	return form_find(s->form, id);
}

static bool
add_label(struct text *t, const struct scene *s, enum form_id id)
{
	const struct form_field *field = field_of(s, id);

	if (field != NULL)
		report_field(t, s->of.rules, field);
	return field != NULL;
}

static bool
add_content(struct text *t, const struct scene *s, enum form_id id)
{
	const struct form_field *field = field_of(s, id);

	if (field != NULL)
		text_add(t, field->value);
	return field != NULL;
}

/* --- The places: false where there is nothing of the kind. --- */

static bool
put_zone(struct text *t, const struct scene *s)
{
	add_name(t, &s->of.zone);
	return true;
}

static bool
put_domain(struct text *t, const struct scene *s)
{
	add_name(t, &s->check->plan.domain);
	return true;
}

/* Of a company that may hold the zone above, too: in which of its domains. */
static void
add_settings(struct text *t, const struct scene *s)
{
	const struct delegation *d = &s->check->delegation;
	struct delegation_part part = delegation_part(d, &s->wanted->owner);
	char zone[NAME_TEXT], above[NAME_TEXT];

	if (delegation_is_below(d, &part) && (delegation_is_beside(d, &part) ||
	    s->of.company != provider_generic()))
		text_add_filled(t, _(", in the settings of {zone} (not of "
		    "{above})"), (const struct text_place[]){
			{ "zone", name_text(&s->of.zone, zone) },
			{ "above", name_text(delegation_above(d,
			    &part.zone), above) },
			{ NULL, NULL } });
}

static bool
put_provider(struct text *t, const struct scene *s)
{
	char name[PROVIDER_CALLED];

	if (s->wanted != NULL && s->of.company == provider_generic() &&
	    report_is_in_copy(s->check, s->record))
		text_add(t, _("the company that runs them"));
	else if (s->wanted != NULL)
		report_called(t, s->check, s->wanted, &s->of);
	else
		text_add(t, provider_called(s->of.company, name));
	if (s->tells_where)
		add_settings(t, s);
	return true;
}

static bool
put_detected(struct text *t, const struct scene *s)
{
	char name[PROVIDER_CALLED];
	const struct provider *detected = s->check->company.detected;

	text_add(t, detected != NULL ? provider_called(detected, name) :
	    _("the company that runs these name servers"));
	return true;
}

/* Why validation failed, in the resolver's words. */
static bool
put_reason(struct text *t, const struct scene *s)
{
	const char *reason = observe_reason(&s->check->log);

	if (reason == NULL)
		reason = _("the resolver gives no reason");
	text_add(t, reason);
	return true;
}

static bool
put_owner(struct text *t, const struct scene *s)
{
	add_name(t, &s->wanted->owner);
	return true;
}

static bool
put_name_label(struct text *t, const struct scene *s)
{
	return add_label(t, s, FORM_NAME);
}

static bool
put_type_label(struct text *t, const struct scene *s)
{
	return add_label(t, s, FORM_TYPE);
}

static bool
put_value_label(struct text *t, const struct scene *s)
{
	return add_label(t, s, FORM_VALUE);
}

static bool
put_name(struct text *t, const struct scene *s)
{
	const struct form_field *field = field_of(s, FORM_NAME);

	if (field != NULL)
		text_add(t, field->value[0] != '\0' ? field->value :
		    _("leave it empty"));
	return field != NULL;
}

static bool
put_line(struct text *t, const struct scene *s)
{
	return add_content(t, s, FORM_LINE);
}

static bool
put_value(struct text *t, const struct scene *s)
{
	if (!add_content(t, s, FORM_VALUE))
		text_add(t, s->wanted->value);
	return true;
}

static bool
put_value_dot(struct text *t, const struct scene *s)
{
	size_t before = t->len;
	bool there = add_content(t, s, FORM_VALUE);

	if (t->len > before && t->s[t->len - 1] != '.')
		text_add(t, ".");
	return there;
}

/* Of what stands beside the right one, that is the story. */
static const struct found *
found_of(const struct record_diagnosis *record)
{
	return record->founds == 0 ? NULL :
	    &record->found[record->finding == FINDING_EXTRA_VALUE ?
	    record->founds - 1 : 0];
}

static bool
put_found(struct text *t, const struct scene *s)
{
	const struct found *found = found_of(s->record);

	if (found != NULL)
		add_name(t, &found->owner);
	return found != NULL;
}

static bool
put_found_value(struct text *t, const struct scene *s)
{
	const struct found *found = found_of(s->record);

	if (found != NULL)
		text_add(t, found->value);
	return found != NULL;
}

static bool
put_found_type(struct text *t, const struct scene *s)
{
	const struct found *found = found_of(s->record);

	if (found != NULL)
		add_type(t, found->type);
	return found != NULL;
}

static bool
put_type(struct text *t, const struct scene *s)
{
	add_type(t, s->wanted->type);
	return true;
}

static bool
put_type_word(struct text *t, const struct scene *s)
{
	return add_content(t, s, FORM_TYPE) || put_type(t, s);
}

static bool
put_region(struct text *t, const struct scene *s)
{
	text_add(t, s->check->plan.identity.region);
	return true;
}

/* Where a proxy is switched off, in the form's words where it has them. */
static bool
put_proxy(struct text *t, const struct scene *s)
{
	const struct form_field *field = field_of(s, FORM_PROXY);
	struct text label = TEXT_INIT;

	if (field == NULL) {
		text_add(t, _("look for \"proxy\" or a cloud sign"));
		return true;
	}
	report_field(&label, s->of.rules, field);
	text_add_filled(t, _("set {label} to {value}"),
	    (const struct text_place[]){ { "label", label.s },
		{ "value", field->value }, { NULL, NULL } });
	text_release(&label);
	return true;
}

bool
scene_aws(struct text *t, const struct scene *s)
{
	const struct service *service = service_of(&s->check->plan.identity);

	text_add(t, service != NULL ? service->name : "AWS");
	return true;
}

static bool
put_conflict(struct text *t, const struct scene *s)
{
	scene_add(t, _(report_conflict(s->wanted)), s);
	return true;
}

/* What to do about the row, by the data of its remedy. */
static bool
put_action(struct text *t, const struct scene *s)
{
	scene_add(t, _(report_action(s->check, s->record, s->wanted)), s);
	return true;
}

static bool
put_age(struct text *t, const struct scene *s)
{
	const struct check *check = s->check;
	int64_t now = check->ended > check->started ? check->ended :
	    check->started;

	age_text(t, now - s->wanted->entered);
	return true;
}

static bool
put_wait(struct text *t, const struct scene *s)
{
	age_span(t, s->of.company->wait_max);
	return true;
}

static bool
put_patience(struct text *t, const struct scene *s)
{
	age_span(t, provider_patience(s->of.company));
	return true;
}

static bool
put_left(struct text *t, const struct scene *s)
{
	age_most(t, s->record->retry_after);
	return true;
}

static bool
put_mail_from(struct text *t, const struct scene *s)
{
	add_name(t, &s->check->plan.identity.mail_from);
	return true;
}

static bool
put_mail_from_meant(struct text *t, const struct scene *s)
{
	struct name meant;
	bool doubled = plan_mail_from_meant(&s->check->plan, &meant);

	if (doubled)
		add_name(t, &meant);
	return doubled;
}

/* Whose value stands there, as far as its letters show it. */
static bool
put_others(struct text *t, const struct scene *s)
{
	text_add(t, s->record->founds > 0 &&
	    value_is_token(s->record->found[0].value) ?
	    _("another region or account") : _("others"));
	return true;
}

/* A sign by its name, a word as it stands there. */
static bool
add_value_part(struct text *t, const struct value_part *part)
{
	if (part->name != NULL)
		text_add(t, _(part->name));
	else
		text_addf(t, lang_current() == LANG_JA ? "「%s」" : "\"%s\"",
		    part->text);
	return true;
}

void
report_at(struct text *t, const struct value_part *place, const char *said)
{
	struct text part = TEXT_INIT;

	if (place->text[0] != '\0') {
		add_value_part(&part, place);
		text_add_filled(t, _("At {part}: "), (const struct text_place[])
		    { { "part", part.s }, { NULL, NULL } });
	}
	text_add(t, said);
	text_release(&part);
}

static bool
put_why(struct text *t, const struct scene *s)
{
	if (s->record->why == NULL)
		return true;
	report_at(t, &s->record->place, "");
	scene_add(t, _(s->record->why), s);
	return true;
}

static bool
put_where(struct text *t, const struct scene *s)
{
	add_name(t, &s->record->where);
	return true;
}

static bool
put_about(struct text *t, const struct scene *s)
{
	if (s->remark != NULL)
		add_name(t, &s->remark->subject);
	return s->remark != NULL;
}

static bool
put_there(struct text *t, const struct scene *s)
{
	return s->remark != NULL && add_value_part(t, &s->remark->there);
}

static bool
put_belongs(struct text *t, const struct scene *s)
{
	return s->remark != NULL && add_value_part(t, &s->remark->belongs);
}

static bool
put_subject(struct text *t, const struct scene *s)
{
	text_add(t, s->domain->subject);
	return true;
}

/* The note that has to be seen to first, by its first sentence. */
static bool
put_note(struct text *t, const struct scene *s)
{
	struct text note = TEXT_INIT;
	const char *stop;

	report_domain(s->check, report_hindrance(s->check), REPORT_SUMMARY,
	    &note);
	if (lang_current() == LANG_JA)
		stop = strstr(note.s, "。");
	else if ((stop = strstr(note.s, ". ")) == NULL && note.len > 0 &&
	    note.s[note.len - 1] == '.')
		stop = note.s + note.len - 1;
	text_add_part(t, note.s, stop != NULL ? (size_t)(stop - note.s) :
	    note.len);
	text_release(&note);
	return true;
}

/* What the resolvers of this machine show, where records are wanted. */
static bool
put_shows(struct text *t, const struct scene *s)
{
	const struct diagnosis *d = &s->check->diagnosis;
	const struct plan *plan = &s->check->plan;
	size_t seen = 0, all = 0;
	char seen_text[24], all_text[24];
	const struct text_place places[] = {
		{ "seen", seen_text },
		{ "all", all_text },
		{ NULL, NULL },
	};

	for (size_t i = 0; i < plan->count; i++) {
		bool yes = false;

		if (!plan->wanted[i].required)
			continue;
		for (size_t c = d->all + 1; c < d->columns; c++)
			yes |= d->record[i].cell[c] == CELL_YES;
		seen += yes;
		all++;
	}
	snprintf(seen_text, sizeof seen_text, "%zu", seen);
	snprintf(all_text, sizeof all_text, "%zu", all);
	text_add_filled(t, all > 0 ? _("This network's resolver shows {seen} "
	    "of {all} records as wanted, which may be an older state.") :
	    _("What this network's resolver says may be an older state."),
	    places);
	return true;
}

/* "example.jp  MX  10 mail.example.jp", a line for each row that is gone. */
static bool
put_rows(struct text *t, const struct scene *s)
{
	const struct noted *noted = &s->check->background.noted;
	const char *before = "   ";

	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];

		if (!s->check->diagnosis.lost[i] || row->type == RR_NS)
			continue;
		text_add(t, before);
		add_name(t, &row->owner);
		text_add(t, "  ");
		add_type(t, row->type);
		text_addf(t, "  %s", row->value);
		before = "\n   ";
	}
	return true;
}

enum {
	OF_RECORD = 1,
	OF_DOMAIN = 2,
	OF_ANY = OF_RECORD | OF_DOMAIN
};

static const struct {
	const char *name;
	int of;
	bool (*put)(struct text *t, const struct scene *s);
} places_known[] = {
	{ "aws", OF_ANY, scene_aws },
	{ "zone", OF_ANY, put_zone },
	{ "domain", OF_ANY, put_domain },
	{ "provider", OF_ANY, put_provider },
	{ "detected", OF_ANY, put_detected },
	{ "servers", OF_ANY, scene_servers },
	{ "reason", OF_ANY, put_reason },
	{ "subject", OF_RECORD, put_zone },
	{ "owner", OF_RECORD, put_owner },
	{ "name.label", OF_RECORD, put_name_label },
	{ "type.label", OF_RECORD, put_type_label },
	{ "value.label", OF_RECORD, put_value_label },
	{ "name", OF_RECORD, put_name },
	{ "line", OF_RECORD, put_line },
	{ "value", OF_RECORD, put_value },
	{ "value.dot", OF_RECORD, put_value_dot },
	{ "save", OF_RECORD, scene_save },
	{ "save.enter", OF_RECORD, scene_save_enter },
	{ "save.edit", OF_RECORD, scene_save_edit },
	{ "found", OF_RECORD, put_found },
	{ "found.value", OF_RECORD, put_found_value },
	{ "found.type", OF_RECORD, put_found_type },
	{ "type", OF_RECORD, put_type },
	{ "type.word", OF_RECORD, put_type_word },
	{ "region", OF_RECORD, put_region },
	{ "proxy", OF_RECORD, put_proxy },
	{ "conflict", OF_RECORD, put_conflict },
	{ "action", OF_RECORD, put_action },
	{ "age", OF_RECORD, put_age },
	{ "wait", OF_RECORD, put_wait },
	{ "patience", OF_RECORD, put_patience },
	{ "left", OF_RECORD, put_left },
	{ "memory", OF_RECORD, missing_memory },
	{ "saved", OF_RECORD, missing_saved },
	{ "trap", OF_RECORD, missing_trap },
	{ "just.saved", OF_RECORD, missing_wait },
	{ "others", OF_RECORD, put_others },
	{ "mail.from", OF_RECORD, put_mail_from },
	{ "mail.from.meant", OF_RECORD, put_mail_from_meant },
	{ "why", OF_RECORD, put_why },
	{ "where", OF_RECORD, put_where },
	{ "about", OF_RECORD, put_about },
	{ "there", OF_RECORD, put_there },
	{ "note", OF_RECORD, put_note },
	{ "belongs", OF_RECORD, put_belongs },
	{ "subject", OF_DOMAIN, put_subject },
	{ "found", OF_DOMAIN, put_subject },
	{ "shows", OF_DOMAIN, put_shows },
	{ "lacking", OF_ANY, scene_lacking },
	{ "holding", OF_DOMAIN, scene_holding },
	{ "listed", OF_DOMAIN, scene_listed },
	{ "named", OF_DOMAIN, scene_named },
	{ "unlisted", OF_DOMAIN, scene_unlisted },
	{ "glue", OF_DOMAIN, scene_glue },
	{ "own", OF_DOMAIN, scene_own },
	{ "part", OF_DOMAIN, scene_part },
	{ "above", OF_DOMAIN, scene_above },
	{ "mute", OF_DOMAIN, scene_mute },
	{ "mute.count", OF_DOMAIN, scene_mute_count },
	{ "rows", OF_DOMAIN, put_rows },
	{ "before", OF_DOMAIN, scene_before },
};

static bool
ask(struct text *t, const char *name, size_t len, const void *arg)
{
	const struct scene *s = arg;
	int of = s->record != NULL ? OF_RECORD : OF_DOMAIN;

	for (size_t i = 0; i < sizeof places_known / sizeof places_known[0];
	    i++)
		if ((places_known[i].of & of) != 0 &&
		    strlen(places_known[i].name) == len &&
		    memcmp(places_known[i].name, name, len) == 0)
			return places_known[i].put(t, s);
	return false;
}

void
scene_add(struct text *t, const char *tmpl, const struct scene *s)
{
	text_add_asked(t, tmpl, ask, s);
}
