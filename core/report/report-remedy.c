#include "report/report-internal.h"

#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "report/report.h"

/* What to do about a CNAME in the way, N_(): never to delete it. */
const char *
report_conflict(const struct wanted *wanted)
{
	switch (wanted->kind) {
	case WANTED_MAIL_FROM_MX:
	case WANTED_MAIL_FROM_SPF:
		return N_("Choose another MAIL FROM name, at {aws} and in step "
		    "3 of the wizard, one that nothing else uses yet, and "
		    "enter its two rows. Leave the row that stands here.");
	case WANTED_BYODKIM:
		return N_("Choose another selector, at {aws} and in step 3 of "
		    "the wizard, one that nothing else uses yet, and enter its "
		    "row. Leave what stands here.");
	default:
		return N_("Ask who made the row that stands here before you "
		    "change anything. {aws} can do without this record when "
		    "DKIM is right.");
	}
}

static const char *
at_aws_words(const struct check *check)
{
	struct name meant;

	return plan_mail_from_meant(&check->plan, &meant) ?
	    N_("At {aws}, the MAIL FROM domain was set to {mail.from}, where "
	    "the domain stands twice. Set it to {mail.from.meant} there, "
	    "and in step 3 of the wizard.") : "{conflict}";
}

/* The key is too long to stand in a sentence. */
static const char *
key_words(const struct record_diagnosis *record)
{
	/* A whole key of somebody else may sign other mail. */
	if (record->finding == FINDING_WRONG_VALUE)
		return N_("If this key is an older one of yours for SES, "
		    "replace the value of this row with the whole value from "
		    "step 4 of the wizard. Otherwise leave the row, choose "
		    "another selector, at {aws} and in step 3 of the wizard, "
		    "and enter its row.");
	return report_claims(record, CLAIM_KEY_SPLIT) ?
	    N_("At {provider}, copy the whole value from step 4 of the wizard "
	    "into {value.label} of one row with the {name.label} {name} and "
	    "{save.edit}.") :
	    N_("At {provider}, open the row with the {name.label} {name}, "
	    "replace its {value.label} with the whole value from step 4 of "
	    "the wizard and {save.edit}.");
}

/* Is the name field of the form left empty for this record? */
static bool
is_nameless(const struct check *check, const struct wanted *wanted)
{
	const struct form_of of = report_form_of(check, wanted);
	const struct form_field *field;
	struct form form;

	form_fill(&form, of.rules, wanted, &of.zone);
	field = form_find(&form, FORM_NAME);
	return field != NULL && field->value[0] == '\0';
}

/* An edit in words, by the fields that it sets. */
static const char *
edit_words(const struct check *check, const struct record_diagnosis *record,
    const struct wanted *wanted)
{
	bool nameless = is_nameless(check, wanted);

	switch (record->remedy.set) {
	case REMEDY_NAME:
		return nameless ? N_("At {provider}, edit this row: leave "
		    "{name.label} empty and {save.edit}.") :
		    N_("At {provider}, edit this row: set {name.label} to "
		    "exactly {name} and {save.edit}.");
	case REMEDY_VALUE:
		if (wanted->kind == WANTED_BYODKIM)
			return key_words(record);
		return N_("At {provider}, edit this row: set {value.label} to "
		    "exactly {value} and {save.edit}.");
	case REMEDY_PROXY:
		return N_("At {provider}, edit this row and switch the proxy "
		    "off: {proxy}. Then {save.edit}.");
	case 0:
		return N_("At {provider}, open this row and take away only "
		    "what was added by mistake, such as quotation marks. What "
		    "follows p= stays as it is.");
	default:
		if ((record->remedy.set & REMEDY_TYPE) != 0)
			return N_("At {provider}, edit this row: set "
			    "{type.label} to {type.word} and {name.label} to "
			    "{name} and {value.label} to {value} and "
			    "{save.edit}. If the form cannot change a type, "
			    "make the row anew in its place.");
		return nameless ? N_("At {provider}, edit this row: leave "
		    "{name.label} empty, set {value.label} to exactly {value} "
		    "and {save.edit}.") :
		    N_("At {provider}, edit this row: set {name.label} to "
		    "exactly {name} and {value.label} to exactly {value} "
		    "and {save.edit}.");
	}
}

/* The company's form is one text box: there is only the line. */
static const char *
line_words(const struct record_diagnosis *record)
{
	switch (record->remedy.what) {
	case REMEDY_EDIT:
		if (record->remedy.set == 0)
			return NULL;
		return N_("At {provider}, make this line read exactly {line} "
		    "and save ({save}). Leave all other lines as they are.");
	case REMEDY_ENTER:
	case REMEDY_MOVE:
	case REMEDY_ADD_VALUE:
		return N_("At {provider}, add this line: {line} and save "
		    "({save}). Leave all other lines as they are.");
	default:
		return NULL;
	}
}

/* What the record's form wants. */
static const struct form_rules *
rules_of(const struct check *check, const struct wanted *wanted)
{
	return report_form_of(check, wanted).rules;
}

/* What the form would not take is not to be entered there. */
static const char *
refusal_words(const struct form_rules *rules, const struct wanted *wanted)
{
	if (!form_refuses_type(rules, wanted->type))
		return N_("This value is longer than the form of {provider} "
		    "takes it. Ask {provider} how to enter it.");
	return rules->refuses_sure == PROVIDER_HIGH ?
	    N_("{provider} takes no {type} rows. Ask {provider} where this "
	    "record can be entered, before anything else is changed.") :
	    N_("{provider} usually takes no {type} rows. Ask {provider} where "
	    "this record can be entered, before anything else is changed.");
}

/* One more value at a name whose row is not to be touched. */
static const char *
beside_words(const struct check *check, const struct form_rules *rules)
{
	bool dkim = false;

	if (form_joins_values(rules))
		return N_("Leave the value that stands here: others may need "
		    "it. At {provider}, open this row ({name.label}: {name}), "
		    "add {value} to {value.label} as a line of its own, and "
		    "{save.edit}.");
	for (size_t i = 0; i < check->plan.count; i++)
		dkim |= check->plan.wanted[i].kind == WANTED_DKIM ||
		    check->plan.wanted[i].kind == WANTED_BYODKIM;
	return dkim ?
	    N_("Leave the row that stands here: {others} may need it. At "
	    "{provider}, enter one more row with the same name ({name.label}: "
	    "{name}) and {save.enter}. If that is refused, "
	    "change nothing: {aws} can do without it when DKIM is right.") :
	    N_("Leave the row that stands here: {others} may need it. At "
	    "{provider}, enter one more row with the same name ({name.label}: "
	    "{name}) and {save.enter}. If that is refused, "
	    "ask {provider} how a second value is entered.");
}

const char *
report_action(const struct check *check, const struct record_diagnosis *record,
    const struct wanted *wanted)
{
	const struct form_rules *rules = rules_of(check, wanted);
	const char *line = rules->keeps == PROVIDER_ZONE_TEXT ?
	    line_words(record) : NULL;

	if (line != NULL)
		return line;
	switch (record->remedy.what) {
	case REMEDY_ENTER:
		return N_("At {provider}, enter this record ({name.label}: "
		    "{name}) and {save.enter}.");
	case REMEDY_EDIT:
		return edit_words(check, record, wanted);
	case REMEDY_MOVE:
		return N_("Leave the row at {found}: other mail may need it. "
		    "At {provider}, enter this record as well ({name.label}: "
		    "{name}) and {save.enter}.");
	case REMEDY_ADD_VALUE:
		return beside_words(check, rules);
	case REMEDY_ASK_COMPANY:
		if (record->remedy.row == REMEDY_NO_ROW)
			return refusal_words(rules, wanted);
		return N_("Ask the company that runs your DNS, or whoever made "
		    "the DNAME row at {found}, how names below that can have "
		    "rows of their own. Change nothing there before you know "
		    "what it is for.");
	default:
		return at_aws_words(check);
	}
}

/* Do the rows of the zone name servers with another copy, not in force? */
static bool
names_others(const struct diagnosis *d)
{
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == FINDING_NS_EDITED_IN_ZONE &&
		    d->domain[i].cause != CAUSE_NAMED_MUTE)
			return true;
	return false;
}

bool
report_is_in_copy(const struct check *check,
    const struct record_diagnosis *record)
{
	return record->finding == FINDING_OTHER_COPY &&
	    !diagnosis_finds(&check->diagnosis,
	    FINDING_GLUE_DIFFERS) && !names_others(&check->diagnosis);
}

bool
report_bogus_target(const struct record_diagnosis *record)
{
	return record->finding == FINDING_DNSSEC_BOGUS &&
	    record->remedy.what == REMEDY_NONE;
}

/* Does the value itself begin with a quotation mark? */
static bool
is_quoted(const struct record_diagnosis *record)
{
	return record->founds > 0 && record->found[0].value[0] == '"';
}

size_t
report_hindrance(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	size_t i = 0;

	/* What only some servers or this machine do not know is unknown of
	   the domain, too. */
	while (i < d->domains && d->domain[i].state != STATE_UNKNOWN &&
	    d->domain[i].finding != FINDING_ZONE_GONE &&
	    d->domain[i].finding != FINDING_LIMIT_REACHED)
		i++;
	return i;
}

/*
 * The remedy as this company's form demands it, where it differs from what
 * most forms want; else NULL.
 */
static const char *
form_remedy(const struct record_diagnosis *record,
    const struct form_rules *rules)
{
	switch (record->finding) {
	case FINDING_QUOTED_VALUE:
		if (rules->quote_rule == PROVIDER_QUOTED)
			return is_quoted(record) ?
			    N_("{action} Exactly one pair of quotation marks "
			    "belongs around it; a second one stands inside "
			    "now.") : N_("{action} Exactly one pair of "
			    "quotation marks belongs around it, as it stands "
			    "here.");
		break;
	case FINDING_DOUBLED_TARGET:
		/* A dot would be learnt, were it not sure that none is due. */
		if (record->remedy.set != REMEDY_VALUE ||
		    rules->keeps == PROVIDER_ZONE_TEXT ||
		    (rules->target_rule != PROVIDER_DOT &&
		    rules->target_sure == PROVIDER_HIGH))
			return "{action}";
		break;
	default:
		break;
	}
	return NULL;
}

/* Which note comes first; that on a limit names nothing to repair. */
static const char *
hindered_words(const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;

	return d->domain[report_hindrance(check)].finding ==
	    FINDING_LIMIT_REACHED ?
	    N_("See the note on the limit of one check. Nothing to change in "
	    "this row for now.") :
	    N_("First do what is said at \"{note}\". This record can wait.");
}

const char *
report_remedy(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_rules *rules = rules_of(check, wanted);
	const char *text = finding_row(record->finding)->remedy;
	const char *other;

	if (record->finding == FINDING_EXTRA_VALUE &&
	    wanted->kind == WANTED_DKIM)
		return rules->keeps == PROVIDER_ZONE_TEXT ?
		    N_("At {provider}, leave the line {line} as it is. Find "
		    "out what the other line of this name ({found.type}) is "
		    "for, and give it the name where it belongs.") :
		    N_("At {provider}, leave the row with {value.label} "
		    "{value} as it is. Find out what the other row of this "
		    "name ({found.type}) is for, and give it the name where "
		    "it belongs.");
	/* It is told to copy the whole of it. */
	if (record->finding == FINDING_ALTERED_VALUE &&
	    wanted->kind == WANTED_BYODKIM)
		return "{action}";
	/* The note says what has to come first. */
	if (record->finding == FINDING_UNREACHABLE &&
	    report_hindrance(check) < check->diagnosis.domains)
		return hindered_words(check);
	if (record->finding == FINDING_OTHER_COPY &&
	    diagnosis_finds(&check->diagnosis,
	    FINDING_GLUE_DIFFERS))
		return N_("First see what is said of the addresses of the "
		    "name servers. Only if those are to stay, do this in the "
		    "copy of {lacking}. {action}");
	/* Which copy stays, the note on the copies decides. */
	if (report_is_in_copy(check, record))
		return N_("If {lacking} stay on the list of name servers, do "
		    "this in their copy. {action} Waiting does not help.");
	if (report_bogus_target(record))
		return N_("Tell whoever runs {found.value}. Nothing to change "
		    "in your own DNS.");
	/* Where forms refuse an underscore, AWS lets it be left out. */
	if (record->finding == FINDING_OK && record->state == STATE_WARN)
		return N_("If AWS says that the domain is verified, there is "
		    "nothing to do. If it stays pending, enter the same value "
		    "at {owner}, too.");
	/* The row is not ours: what its finding advises would change it. */
	if (record->remedy.what != finding_row(record->finding)->action)
		return "{action}";
	if (record->remedy.what == REMEDY_EDIT && record->remedy.set == 0 &&
	    record->finding != FINDING_DMARC_SYNTAX)
		return "{action}";
	if (record->finding == FINDING_WRONG_REGION &&
	    wanted->kind == WANTED_MAIL_FROM_MX)
		return N_("It works as it is. Only if nothing of yours sends "
		    "from the other region: at {provider}, give this row the "
		    "value {value} and {save.edit}.");
	if ((other = form_remedy(record, rules)) != NULL)
		return other;
	return text;
}

bool
report_at_company(enum remedy_do what)
{
	return what == REMEDY_ENTER || what == REMEDY_EDIT ||
	    what == REMEDY_MOVE || what == REMEDY_ADD_VALUE;
}

void
report_task(const struct check *check, size_t index, struct report_task *task)
{
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct remedy *remedy = &check->diagnosis.record[index].remedy;
	const struct form_of of = report_form_of(check, wanted);
	const struct form_field *field;
	struct text label = TEXT_INIT;
	struct form form;

	memset(task, 0, sizeof *task);
	task->at_company = report_at_company(remedy->what) &&
	    check->delegation.state != DELEGATION_NOT_REGISTERED &&
	    check->delegation.state != DELEGATION_NO_SERVERS;
	if (task->at_company)
		task->menu = provider_menu(of.company);
	form_fill(&form, of.rules, wanted, &of.zone);
	field = form_find(&form, FORM_LINE);
	if (field == NULL)
		field = form_find(&form, task->at_company &&
		    (remedy->what == REMEDY_ADD_VALUE ||
		    remedy->set == REMEDY_VALUE) ? FORM_VALUE : FORM_NAME);
	if (field == NULL)
		return;
	report_field(&label, of.rules, field);
	strlcpy(task->label, label.s, sizeof task->label);
	text_release(&label);
	strlcpy(task->content, field->value, sizeof task->content);
	task->sets = task->at_company && remedy->what == REMEDY_EDIT;
}

bool
report_lacks(const struct record_diagnosis *record, size_t server)
{
	return record->cell[server] == CELL_NO ||
	    record->cell[server] == CELL_OTHER;
}

bool
report_typed_again(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct name *found = &record->found[0].owner;
	struct name zone = report_form_of(check, wanted).zone, typed;

	return record->founds > 0 &&
	    name_labels(found) > name_labels(&wanted->owner) &&
	    name_relative(&typed, found, &zone) == 0 &&
	    !name_is_below(&typed, &zone) &&
	    !name_is_below(&typed, &check->plan.domain);
}

bool
report_exchanged(const struct record_diagnosis *record,
    const struct wanted *wanted)
{
	return record->finding == FINDING_SWAPPED && record->founds > 0 &&
	    !name_equal(&record->found[0].owner, &wanted->owner);
}

/* SES itself reads neither. */
static bool
is_for_receivers(const struct wanted *wanted)
{
	return wanted->kind == WANTED_MAIL_FROM_SPF ||
	    wanted->kind == WANTED_DMARC;
}

/* Why a copy counts that lacks it, where the rows of the zone name others. */
static const char *
copy_words(const struct diagnosis *d, const struct record_diagnosis *record)
{
	bool has = false, lacks = false;

	for (size_t i = 0; i < d->servers; i++) {
		if (!d->server[i].server.at_parent)
			continue;
		has |= record->cell[i] == CELL_YES;
		lacks |= report_lacks(record, i);
	}
	if (!has)
		return N_("Only name servers that are not in force have it; "
		    "the note about the name servers says why.");
	return lacks ? finding_row(FINDING_OTHER_COPY)->explanation :
	    N_("The name servers in force have it; others, which the rows of "
	    "{zone} name, do not. The note about the name servers says why "
	    "that counts.");
}

const char *
report_explanation(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct form_rules *rules = rules_of(check, wanted);
	enum finding finding = record->finding;

	/* Where there is no domain, nothing is said of its rows. */
	if (report_claims(record, CLAIM_UNREGISTERED) ||
	    report_claims(record, CLAIM_UNDELEGATED))
		return NULL;
	if (finding == FINDING_OTHER_COPY && names_others(&check->diagnosis))
		return copy_words(&check->diagnosis, record);
	if (finding == FINDING_DOUBLED_NAME && report_typed_again(check, index))
		return N_("The form adds {zone} by itself, and a part of the "
		    "name was typed that stands there already.");
	if (finding == FINDING_PROXIED && !form_may_proxy(rules))
		return N_("A row of another kind was made at this name: an A "
		    "row, or one of the company's own, such as ALIAS or a "
		    "redirection. SES looks for the CNAME alone.");
	if (finding == FINDING_DOUBLED_TARGET &&
	    rules->target_rule != PROVIDER_DOT &&
	    rules->target_sure == PROVIDER_HIGH)
		return N_("Your domain does not belong at its end.");
	/* The token in the name makes a second row the user's own, too. */
	if (finding == FINDING_EXTRA_VALUE && wanted->kind == WANTED_DKIM)
		return N_("Nobody but you has rows of this name, so both are "
		    "yours. While two stand there, receivers may get the other "
		    "one in place of the key.");
	if (report_bogus_target(record))
		return N_("Validating resolvers do not get past this alias: "
		    "{reason}.");
	if (report_exchanged(record, wanted))
		return NULL;
	if (finding == FINDING_MISPLACED && is_for_receivers(wanted))
		return N_("Receivers look only at {owner}.");
	if (finding == FINDING_WRONG_TYPE && is_for_receivers(wanted))
		return N_("Receivers look for {type} only.");
	if (finding == FINDING_UNREACHABLE &&
	    (report_claims(record, CLAIM_HELD) ||
	    report_claims(record, CLAIM_ABSENT)))
		return NULL;
	return finding_row(finding)->explanation;
}
