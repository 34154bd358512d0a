#include "report/report.h"

#include <string.h>

#include "base/lang.h"
#include "company/company.h"
#include "diagnose/asks.h"
#include "diagnose/claim-domain.h"
#include "report/report-internal.h"
#include "base/text.h"

void
report_quote(struct text *t, const struct form_rules *rules,
    const char *word)
{
	bool japanese = lang_current() == LANG_JA ||
	    (rules->lang != NULL && strcmp(rules->lang, "ja") == 0);
	const char *open = japanese ? "「" : "\"";
	const char *close = japanese ? "」" : "\"";
	static const char then[] = " > ";

	/* "A > B" is two buttons, one after the other. */
	for (;;) {
		const char *end = strstr(word, then);
		size_t len = end != NULL ? (size_t)(end - word) :
		    strlen(word);

		text_add(t, open);
		text_add_part(t, word, len);
		text_add(t, close);
		if (end == NULL)
			return;
		/* A Japanese sentence goes on with words. */
		text_add(t, lang_current() == LANG_JA ? "、続けて" : then);
		word = end + strlen(then);
	}
}

void
report_field(struct text *t, const struct form_rules *rules,
    const struct form_field *field)
{
	/* No form shows that word: it claims no language but the reader's. */
	report_quote(t, field->ours ? provider_rules(provider_generic()) :
	    rules, field->label);
}

void
report_button(struct text *t, const struct provider *provider,
    const char *word)
{
	report_quote(t, &provider->form, form_word(&provider->form, word));
}

bool
report_add_button(struct text *t, const struct provider *provider)
{
	if (provider->add != NULL)
		report_button(t, provider, provider->add);
	else if (provider->add_sign != NULL)
		text_add(t, _(provider->add_sign));
	return provider->add != NULL || provider->add_sign != NULL;
}

void
report_add(struct text *t, const char *sentence,
    const struct text_place *places)
{
	lang_line(t, sentence, places);
}

static bool
put_button(struct text *t, const char *name, size_t len, const void *arg)
{
	const struct provider *company = arg;

	(void)name;
	report_button(t, company, len == strlen("older") ?
	    company->save_older : company->save);
	return true;
}

void
report_save(struct text *t, const struct provider *company)
{
	if (company->save == NULL)
		text_add(t, _("the save button"));
	else
		text_add_asked(t, company->save_older == NULL ? "{save}" :
		    _("{save}, on older pages {older}"), put_button, company);
}

const char *
report_label(enum report_part part)
{
	return part == REPORT_REMEDY ? _("DO THIS") : _("WHY");
}

struct form_of
report_form_of(const struct check *check, const struct wanted *wanted)
{
	struct form_of form = check_form_of(check, wanted);

	form.company = diagnose_company(&check->diagnosis, &check->plan,
	    &check->company, &check->delegation,
	    (size_t)(wanted - check->plan.wanted));
	form.rules = company_rules(&check->company, form.company);
	return form;
}

void
report_called(struct text *t, const struct check *check,
    const struct wanted *wanted, const struct form_of *of)
{
	const struct delegation *d = &check->delegation;
	struct delegation_part part = delegation_part(d, &wanted->owner);
	char called[PROVIDER_CALLED], zone[NAME_TEXT];

	if (of->company == provider_generic() &&
	    delegation_is_below(d, &part) && !delegation_is_beside(d, &part))
		text_add_filled(t, _("the company that runs {zone}"),
		    (const struct text_place[]){ { "zone",
			name_text(&of->zone, zone) }, { NULL, NULL } });
	else
		text_add(t, provider_called(of->company, called));
}

/* Without a domain no row can be entered anywhere; while parked, in vain. */
static bool
no_domain(const struct check *check)
{
	return check->delegation.state == DELEGATION_NOT_REGISTERED ||
	    check->delegation.state == DELEGATION_NO_SERVERS ||
	    diagnosis_finds(&check->diagnosis, FINDING_PARKED);
}

/* Is there a name server that has not got the record as wanted? */
static bool
is_lacking(const struct check *check, const struct record_diagnosis *record)
{
	for (size_t i = 0; i < check->diagnosis.all; i++)
		if (report_lacks(record, i))
			return true;
	return false;
}

/* Was the record, and all that are told with it, found with an odd sign? */
static bool
has_odd_sign(const struct check *check, size_t index)
{
	const struct record_diagnosis *record = check->diagnosis.record;
	char name[NAME_TEXT];

	for (size_t i = 0; i < check->diagnosis.records; i++)
		if ((i == index || record[i].like == record[index].like) &&
		    (record[i].finding != FINDING_MISPLACED ||
		    record[i].founds == 0 || strchr(name_text(
		    &record[i].found[0].owner, name), '\\') == NULL))
			return false;
	return true;
}

/* What is only recommended must not sound like a fault. */
static const char *
missing_summary(const struct record_diagnosis *record,
    const struct wanted *wanted)
{
	if (!wanted->required)
		return N_("Not set. Recommended; {aws} does not need it.");
	if (report_claims(record, CLAIM_VERIFIED_ONCE))
		return N_("No longer there: {aws} had found it.");
	if (report_claims(record, CLAIM_DARK))
		return N_("Not there. Whether it stands under another name "
		    "could not be found out.");
	if (record->unsaved)
		return N_("Not there, and nothing in this DNS has changed "
		    "since you began.");
	return finding_row(FINDING_MISSING)->summary;
}

static const char *
summary(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct finding_row *row = finding_row(record->finding);

	if (record->finding == FINDING_MISPLACED && has_odd_sign(check, index))
		return N_("A sign that does not belong there stands in the "
		    "name, shown with \\ (\\032 is a space).");
	if (record->finding == FINDING_DOUBLED_NAME &&
	    report_typed_again(check, index))
		return N_("A part of the name came out twice.");
	if (report_doubled_at_aws(check, index))
		return N_("The row is right; the MAIL FROM domain that {aws} "
		    "has is not: the domain stands twice in it.");
	if (record->finding == FINDING_KEY_REVOKED &&
	    wanted->kind == WANTED_BYODKIM)
		return N_("The key in this row is empty, so it does not "
		    "count.");
	if (report_bogus_target(record))
		return N_("The signatures (DNSSEC) of the name this row leads "
		    "to are broken: {found.value}.");
	if (record->finding == FINDING_MISSING)
		return missing_summary(record, wanted);
	if (record->finding == FINDING_SPF_UNREACHABLE_INCLUDE &&
	    record->circle)
		return N_("The SPF record leads in a circle.");
	if (report_unheard_above(record))
		return N_("The domain has no such record of its own.");
	/* Only a token of the older kind is right, and yet a note. */
	if (record->finding == FINDING_OK && record->state == STATE_WARN)
		return N_("The value stands at the domain itself, and AWS "
		    "takes it there, too.");
	if (record->finding == FINDING_CONFLICT &&
	    report_claims(record, CLAIM_DNAME))
		return N_("A row above this name stands in the way.");
	if (report_exchanged(record, wanted))
		return N_("Name and value stand in each other's field.");
	if (record->finding == FINDING_PARTIAL &&
	    !is_lacking(check, record) &&
	    report_claims(record, CLAIM_UNRESOLVED))
		return N_("The name servers have it; a look-up from outside "
		    "does not show it yet.");
	if (record->finding == FINDING_OK && check->delegation.stands_in)
		return N_("Correct, as this network's resolver shows it.");
	if (record->finding == FINDING_UNREACHABLE &&
	    report_claims(record, CLAIM_HELD))
		return N_("Seen, but not by everyone who was asked.");
	if (record->finding == FINDING_UNREACHABLE &&
	    report_claims(record, CLAIM_ABSENT))
		return N_("The name servers that answered do not have it. "
		    "Others gave no answer or were not asked, so it may be "
		    "there.");
	return row->summary;
}

const char *
report_brief(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const char *brief = finding_row(record->finding)->brief;

	if (record->finding == FINDING_MISSING && !wanted->required)
		return _("not set, recommended");
	if (record->finding == FINDING_OK && record->state == STATE_WARN)
		return _("at the domain itself");
	if (record->finding == FINDING_CONFLICT &&
	    report_claims(record, CLAIM_DNAME))
		return _("hidden from above");
	/* The story of the one above is its own. */
	if (index > 0 && record->like < index && (record->like == index - 1 ||
	    check->diagnosis.record[index - 1].like == record->like))
		return _("the same");
	if (report_exchanged(record, wanted))
		return _("name and value exchanged");
	if (record->finding == FINDING_SPF_UNREACHABLE_INCLUDE &&
	    record->circle)
		return _("SPF in a circle");
	return brief != NULL ? _(brief) : "";
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

/* Before one more sentence; Japanese ones follow without a blank. */
static void
add_gap(struct text *t)
{
	if (t->len > 0 && lang_current() != LANG_JA)
		text_add(t, " ");
}

/* What was seen, and then what is true of every such case. */
static void
add_explanation(struct text *t, const char *sentence, const struct scene *s)
{
	for (size_t i = 0; i < s->record->claims; i++) {
		const struct claim *claim = &s->record->claim[i];

		/* Others are told below, or in the finding's own words. */
		if (claim->remark > 0 || claim_row(claim->kind)->sentence ==
		    NULL)
			continue;
		add_gap(t);
		report_claim(t, s, claim);
	}
	if (sentence == NULL || !claims_carry(s->record))
		return;
	add_gap(t);
	scene_add(t, _(sentence), s);
	/* Its places may be empty. */
	text_chop(t, ' ');
}

/* Each on a line of its own. */
static void
add_remarks(struct text *t, struct scene *s)
{
	const struct record_diagnosis *record = s->record;

	for (size_t i = 0; i < record->remarks; i++) {
		s->remark = &record->remark[i];
		if (t->len > 0)
			text_add(t, "\n");
		report_at(t, &s->remark->place, "");
		scene_add(t, _(s->remark->text), s);
	}
}

void
report_record(const struct check *check, size_t index, enum report_part part,
    struct text *t)
{
	const struct cause_row *cause;
	struct form form = { .count = 0 };
	struct scene s = { .check = check, .form = &form };

	text_clear(t);
	if (index >= check->plan.count || index >= check->diagnosis.records)
		return;
	s.record = &check->diagnosis.record[index];
	s.wanted = &check->plan.wanted[index];
	s.of = report_form_of(check, s.wanted);
	cause = cause_of(check, s.record->finding);
	switch (part) {
	case REPORT_SUMMARY:
		scene_add(t, _(summary(check, index)), &s);
		break;
	case REPORT_EXPLANATION:
		add_explanation(t, cause != NULL ? cause->explanation :
		    report_explanation(check, index), &s);
		add_remarks(t, &s);
		break;
	case REPORT_REMARKS:
		if (s.record->why != NULL) {
			report_at(t, &s.record->place, "");
			scene_add(t, _(s.record->why), &s);
		}
		add_remarks(t, &s);
		break;
	case REPORT_REMEDY:
		s.tells_where = report_at_company(s.record->remedy.what);
		if (no_domain(check) && s.record->state != STATE_PASS)
			text_add(t, _("First the domain itself has to be set "
			    "up. This record can wait."));
		else
			scene_add(t, _(cause != NULL ? cause->remedy :
			    report_remedy(check, index)), &s);
		break;
	}
}

bool
report_shows_wanted(const struct check *check, size_t index)
{
	return check->plan.wanted[index].kind != WANTED_DMARC ||
	    asks_of(check, index) == ASKS_ALWAYS;
}

bool
report_doubled_at_aws(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	struct name meant;

	return record->remedy.what == REMEDY_AT_AWS && record->founds > 0 &&
	    plan_mail_from_meant(&check->plan, &meant) &&
	    name_equal(&record->found[0].owner, &meant);
}

struct delegation_part
report_part(const struct check *check, const struct domain_diagnosis *domain)
{
	const struct delegation *d = &check->delegation;
	char text[NAME_TEXT];

	for (size_t i = 0; domain != NULL && i < d->parts; i++)
		if (strcmp(name_text(&d->part[i].zone, text),
		    domain->subject) == 0)
			return d->part[i];
	return delegation_listed(d, &d->zone);
}

const struct provider *
report_domain_company(const struct check *check, size_t index)
{
	const struct domain_diagnosis *domain =
	    &check->diagnosis.domain[index];
	struct delegation_part part = report_part(check, domain);

	switch (domain->finding) {
	case FINDING_SUBZONE:
		return company_of(&check->company, &check->delegation, &part);
	/* Rows are changed where they have an effect. */
	case FINDING_MAIL_DIVERTED:
	case FINDING_ROWS_LOST:
	case FINDING_DOUBLED_NAME:
	case FINDING_NS_EDITED_IN_ZONE:
		return diagnose_in_force(&check->diagnosis, &check->company);
	default:
		return company_row(&check->company);
	}
}

void
report_domain(const struct check *check, size_t index, enum report_part part,
    struct text *t)
{
	struct domain_claim claim[CLAIM_DOMAIN_MAX];
	struct scene s = { .check = check };

	text_clear(t);
	if (index >= check->diagnosis.domains)
		return;
	s.domain = &check->diagnosis.domain[index];
	s.of.company = report_domain_company(check, index);
	check_zone(check, &s.of.zone);
	/* No claim, no sentence. */
	if (part == REPORT_EXPLANATION && claims_of_domain(claim, check,
	    index) == 0)
		return;
	scene_add(t, _(report_domain_sentence(check, index, part)), &s);
}
