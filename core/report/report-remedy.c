#include "report/report-internal.h"

#include <string.h>

#include "base/lang.h"
#include "report/report.h"

/* What to do about a CNAME in the way: never to delete it. */
const char *
report_conflict(const struct wanted *wanted)
{
	switch (wanted->kind) {
	case WANTED_MAIL_FROM_MX:
	case WANTED_MAIL_FROM_SPF:
		return _("Choose another MAIL FROM name, at AWS and in step 3 "
		    "of the wizard, one that nothing else uses yet, and enter "
		    "its two rows. Leave the row that stands here.");
	case WANTED_BYODKIM:
		return _("Choose another selector, at AWS and in step 3 of the "
		    "wizard, one that nothing else uses yet, and enter its "
		    "row. Leave what stands here.");
	default:
		return _("Ask who made the row that stands here before you "
		    "change anything. AWS can do without this record when "
		    "DKIM is right.");
	}
}

/* A row of SES's, perhaps misspelt; anything else at that name is not ours. */
static bool
is_feedback(const char *value)
{
	return strstr(value, "feedback-smtp") != NULL;
}

/*
 * What stands there may be another's: another sender's SPF, the token of
 * another region, the MX of a mail service, a policy.  The remedy of the
 * finding would lay hands on it; NULL when it would not.
 */
static const char *
careful_remedy(const struct record_diagnosis *record,
    const struct wanted *wanted, const struct name *domain)
{
	const struct found *found = &record->found[0];

	switch (wanted->kind) {
	case WANTED_DKIM:
		/* The token in the name makes it the user's own. */
		if (record->finding == FINDING_EXTRA_VALUE)
			return N_("At {provider}, two rows have the {name.label} "
			    "{name}. The one with {value.label} {value} is "
			    "right. The other one has a wrong name or is left "
			    "over: correct its name or take it out, and save "
			    "({save}).");
		break;
	case WANTED_BYODKIM:
		switch (record->finding) {
		case FINDING_KEY_REVOKED:
		case FINDING_WRONG_VALUE:
		case FINDING_QUOTED_VALUE:
		case FINDING_ALTERED_VALUE:
			/* Too long to stand in a sentence. */
			return N_("At {provider}, copy the whole value from "
			    "step 4 of the wizard into {value.label} of one "
			    "row with the {name.label} {name}, and save "
			    "({save}).");
		default:
			break;
		}
		break;
	case WANTED_VERIFICATION:
		if (record->finding == FINDING_WRONG_VALUE)
			return N_("Leave the row that stands here: another "
			    "region or account may need it. At {provider}, "
			    "enter one more row with the same name "
			    "({name.label}: {name}) and press the last "
			    "button: {save}. If the form refuses a second "
			    "row of this name, open the one that stands here "
			    "and add {value} below its value.");
		break;
	case WANTED_MAIL_FROM_MX:
		if (record->finding == FINDING_WRONG_REGION)
			return N_("It works as it is. Only if nothing of "
			    "yours sends from the other region: at "
			    "{provider}, give this row the value {value} "
			    "and save ({save}).");
		if (record->finding == FINDING_WRONG_VALUE &&
		    !is_feedback(found->value))
			return finding_row(FINDING_EXTRA_VALUE)->remedy;
		/* At the domain itself it takes mail away: it must move. */
		if (name_equal(&found->owner, domain))
			break;
		/* FALLTHROUGH */
	case WANTED_MAIL_FROM_SPF:
		if (record->finding == FINDING_MISPLACED)
			return N_("Leave the row at {found}: other mail may "
			    "need it. At {provider}, enter this record as "
			    "well ({name.label}: {name}) and press the last "
			    "button: {save}.");
		break;
	case WANTED_DMARC:
		switch (record->finding) {
		case FINDING_QUOTED_VALUE:
		case FINDING_ALTERED_VALUE:
		case FINDING_WRONG_VALUE:
			return N_("At {provider}, open this row and take "
			    "away only what was added by mistake, such as "
			    "quotation marks. What follows p= stays as it "
			    "is.");
		default:
			break;
		}
		break;
	default:
		break;
	}
	return NULL;
}

/*
 * The remedy of a company whose form is one text box: whatever field a remedy
 * names, there is only the line.
 */
static const char *
line_remedy(const char *remedy)
{
	if (strstr(remedy, "label}") == NULL)
		return remedy;
	if (strstr(remedy, " enter ") != NULL)
		return N_("At {provider}, add this line: {line} and save "
		    "({save}). Leave all other lines as they are.");
	if (strstr(remedy, "for SES only") != NULL)
		return N_("If this row is there for SES only: at {provider}, "
		    "make this line read exactly {line} and save ({save}). "
		    "Otherwise choose another MAIL FROM name, at AWS and in "
		    "step 3 of the wizard. Leave all other lines as they are.");
	return N_("At {provider}, make this line read exactly {line} and "
	    "save ({save}). Leave all other lines as they are.");
}

/*
 * The remedy as this company's form demands it, where it differs from what
 * most forms want; else NULL.
 */
static const char *
form_remedy(const struct provider *row, const struct wanted *wanted,
    enum finding finding)
{
	switch (finding) {
	case FINDING_QUOTED_VALUE:
		if (row->quote_rule != PROVIDER_QUOTED)
			break;
		return wanted->kind == WANTED_DMARC ?
		    N_("At {provider}, open this row and leave exactly one "
		    "pair of quotation marks, at the beginning and the end. "
		    "What follows p= stays as it is. Then save ({save}).") :
		    N_("At {provider}, edit this row: set {value.label} to "
		    "exactly {value}, with one pair of quotation marks as it "
		    "stands here, and save ({save}).");
	case FINDING_DOUBLED_TARGET:
		/* A dot would be learnt, were it not sure that none is due. */
		if (row->target_rule != PROVIDER_DOT &&
		    row->target_sure == PROVIDER_HIGH)
			return finding_row(FINDING_WRONG_VALUE)->remedy;
		break;
	default:
		break;
	}
	return NULL;
}

/* At some server another value of the type stands at the name. */
static bool
has_other_value(const struct record_diagnosis *record)
{
	for (size_t i = 0; i < DIAGNOSE_COLUMNS; i++)
		if (record->cell[i] == CELL_OTHER)
			return true;
	return false;
}

/* A row that stands at the name already is no place for a second one. */
static bool
is_joined(const struct provider *row, const struct wanted *wanted,
    const struct record_diagnosis *record)
{
	if (!provider_joins_values(row) || wanted->type != RR_TXT)
		return false;
	switch (record->finding) {
	case FINDING_WRONG_VALUE:
		return wanted->kind == WANTED_VERIFICATION;
	case FINDING_MISSING:
	case FINDING_MISPLACED:
		return has_other_value(record);
	default:
		return false;
	}
}

const char *
report_remedy(const struct check *check, size_t index)
{
	const struct record_diagnosis *record =
	    &check->diagnosis.record[index];
	const struct wanted *wanted = &check->plan.wanted[index];
	const struct provider *row = provider_form_row(report_company(check));
	const char *text = form_remedy(row, wanted, record->finding);

	if (is_joined(row, wanted, record))
		return N_("Leave the value that stands here: others may need "
		    "it. At {provider}, open this row ({name.label}: {name}), "
		    "add {value} to {value.label} as a line of its own, and "
		    "save ({save}).");
	if (text == NULL && record->founds > 0)
		text = careful_remedy(record, wanted, &check->plan.domain);
	if (text == NULL)
		text = finding_row(record->finding)->remedy;
	return row->keeps == PROVIDER_ZONE_TEXT ? line_remedy(text) : text;
}

const char *
report_explanation(const struct check *check, size_t index)
{
	const struct provider *row = provider_form_row(report_company(check));
	enum finding finding = check->diagnosis.record[index].finding;

	if (finding == FINDING_DOUBLED_TARGET &&
	    row->target_rule != PROVIDER_DOT &&
	    row->target_sure == PROVIDER_HIGH)
		return N_("The value came out as {found.value}. Your domain "
		    "does not belong at its end.");
	return finding_row(finding)->explanation;
}

/* The rows of before did not come along, or those that SES wants did not. */
static const char *
moved_sentence(const struct diagnosis *d, const struct noted *noted,
    enum report_part part)
{
	bool rows = false;

	for (size_t i = 0; i < noted->count; i++)
		rows |= d->lost[i] && noted->row[i].type != RR_NS;
	switch (part) {
	case REPORT_SUMMARY:
		return N_("The DNS moved to other name servers, and rows "
		    "stayed behind.");
	case REPORT_EXPLANATION:
		return N_("When you entered the domain here, its name servers "
		    "were {before}. Now they are {servers}. Rows are not "
		    "copied by such a move; what was entered at the old "
		    "company has no effect any more.");
	default:
		break;
	}
	return rows ? N_("At {detected}, which runs the DNS now, enter the "
	    "rows of step 4 of the wizard. These stood here before and are "
	    "missing, too; mail or the website may need them:\n"
	    "{rows}\n"
	    "Do not change the name servers for this.") :
	    N_("At {detected}, which runs the DNS now, enter the rows of step "
	    "4 of the wizard. Do not change the name servers for this.");
}

const char *
report_domain_sentence(const struct check *check, size_t index,
    enum report_part part)
{
	const struct domain_diagnosis *domain =
	    &check->diagnosis.domain[index];
	const struct finding_row *row = finding_row(domain->finding);
	/* Not one server answers: nothing was judged from others. */
	bool none = domain->state == STATE_UNKNOWN &&
	    row->state != STATE_UNKNOWN;
	const struct cause_row *cause = cause_row(domain->cause);

	if (domain->finding == FINDING_ROWS_LOST && check->diagnosis.moved)
		return moved_sentence(&check->diagnosis, &check->background.noted,
		    part);
	if (part == REPORT_SUMMARY)
		return row->summary;
	if (cause != NULL)
		return part == REPORT_EXPLANATION ? cause->explanation :
		    cause->remedy;
	if (part == REPORT_EXPLANATION)
		return none ? N_("No name server of the domain gave a sound "
		    "answer, so nothing can be said about the records.") :
		    row->explanation;
	if (none)
		return N_("Try again in a minute. If it stays so, tell the "
		    "company that runs your DNS.");
	/* A company that does nothing but park did not sell the domain. */
	if (domain->finding == FINDING_PARKED &&
	    check->provider->nameserver == NULL)
		return N_("If nothing uses the domain yet, switch its name "
		    "servers to those of the company where you bought the "
		    "domain. If a website or mail already runs, ask its "
		    "company first.");
	/* Told of the domain alone, before any value is known. */
	if (domain->finding == FINDING_DOUBLED_NAME)
		return N_("Paste the values from AWS in step 3 of the wizard. "
		    "Then it shows, row by row, what to correct at "
		    "{provider}.");
	return row->remedy;
}
