#include "report/report-internal.h"

#include <string.h>

#include "base/lang.h"
#include "dns/address.h"
#include "report/report.h"

/* Which sentences a finding of the domain gets. */

/* Is every record right that was asked for? */
static bool
all_right(const struct check *check)
{
	size_t needed = 0;

	for (size_t i = 0; i < check->diagnosis.records; i++) {
		if (!check->plan.wanted[i].required)
			continue;
		if (check->diagnosis.record[i].state != STATE_PASS)
			return false;
		needed++;
	}
	return needed > 0;
}

/*
 * Where rows belong at another place than expected, and stand there already;
 * else NULL.
 */
static const char *
right_already(const struct check *check, enum finding finding)
{
	if (!all_right(check))
		return NULL;
	switch (finding) {
	case FINDING_DELEGATED_ELSEWHERE:
		return N_("The rows are right at {detected}, which runs the "
		    "DNS now: nothing has to be entered.");
	case FINDING_SES_ELSEWHERE:
		/* What is then to be done, AWS's own words say. */
		if (check->plan.identity.status == SES_FAILED)
			return N_("The rows are right at {detected}, which "
			    "runs the DNS now: nothing has to be entered.");
		return N_("The rows are right at {detected}, which runs the "
		    "DNS now: nothing has to be done. AWS looks again by "
		    "itself.");
	default:
		return NULL;
	}
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

/* What of the copies stays, where rows of the zone above name the servers. */
static const char *
copies_below(void)
{
	return N_("Waiting does not help. Enter the rows of step 4 of the "
	    "wizard in each copy, or ask whoever set up {subject} to have the "
	    "rows of {above} name the name servers of one copy alone, once "
	    "all rows stand there. Change nothing there yourself.");
}

/* Of the domain: which name servers belong together, and what to do. */
static const char *
copies_sentence(const struct check *check,
    const struct domain_diagnosis *domain, enum report_part part)
{
	const struct diagnosis *d = &check->diagnosis;
	struct delegation_part zone = report_part(check, domain);
	bool whole = false, two = true;

	for (size_t i = zone.first; i < zone.end; i++) {
		whole |= d->server[i].state == SERVER_ANSWERS &&
		    !d->server[i].lacks;
		two &= d->server[i].copy < 2;
	}
	whole &= two;
	if (part == REPORT_SUMMARY)
		return two ? N_("Two copies of {subject} are in force.") :
		    N_("Several copies of {subject} are in force.");
	if (part == REPORT_REMEDY &&
	    delegation_is_below(&check->delegation, &zone))
		return copies_below();
	if (part == REPORT_EXPLANATION)
		return whole ? N_("{holding} hold one copy of {subject}, "
		    "{lacking} another with rows of its own. Nobody keeps "
		    "them in step; whoever asks, {aws} too, may be told "
		    "either.") : N_("The name servers hold several copies of "
		    "{subject}, each with rows of its own. Nobody keeps them "
		    "in step; whoever asks, {aws} too, may be told either.");
	return whole ? N_("Waiting does not help. Enter the rows of step 4 of "
	    "the wizard at both, or keep {holding} alone: once all rows for "
	    "mail and the website stand there, have {lacking} taken off the "
	    "list of name servers where you bought the domain.") :
	    N_("Waiting does not help. Enter the rows of step 4 of the wizard "
	    "in each copy, or keep one copy alone: once all rows for mail and "
	    "the website stand there, have the name servers of the others "
	    "taken off the list where you bought the domain.");
}

/*
 * Does the server that is spoken of answer where the registry sends everybody,
 * and nowhere at the addresses of the domain's own rows?
 */
static bool
own_is_dead(const struct check *check, const char *subject)
{
	const struct diagnosis *d = &check->diagnosis;
	bool dead = false, glue = false;
	char name[NAME_TEXT];

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *server = &d->server[i].server;
		bool faulty = diagnose_faulty(&d->server[i], d);

		if (strcmp(name_text(&server->name, name), subject) != 0)
			continue;
		if (server->by_glue)
			glue |= !faulty;
		else if (server->by_zone && !faulty)
			return false;
		else
			dead |= server->by_zone;
	}
	return dead && glue;
}

/* Is the one address, or the other, of those that networks inside use? */
static bool
is_inner(const struct check *check, const char *subject, bool glue)
{
	const struct diagnosis *d = &check->diagnosis;
	char name[NAME_TEXT];

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *server = &d->server[i].server;
		const struct address_range *range =
		    address_range(server->address);

		if (strcmp(name_text(&server->name, name), subject) == 0 &&
		    (glue ? server->by_glue && !server->by_zone :
		    server->by_zone && !server->by_glue) &&
		    (server->barred || (range != NULL && range->inner)))
			return true;
	}
	return false;
}

/* Nobody outside gets to one of the two, so that cannot be the right one. */
static const char *
inner_remedy(const struct check *check, const struct domain_diagnosis *domain)
{
	bool glue, own;

	if (domain->finding != FINDING_GLUE_DIFFERS)
		return NULL;
	glue = is_inner(check, domain->subject, true);
	own = is_inner(check, domain->subject, false);
	if (own && !glue)
		return N_("The domain's own rows give {subject} the address "
		    "{own}, to which nobody outside gets. Ask whoever runs "
		    "the DNS to correct it to {glue}. Do not change it where "
		    "you bought the domain.");
	return glue && !own ? N_("Where you bought the domain, have the "
	    "address of {subject} (often called host or glue) corrected to "
	    "{own}: nobody outside gets to {glue}.") : NULL;
}

/* Two addresses of a name server, of which the domain's own is dead. */
static const char *
dead_remedy(const struct check *check, const struct domain_diagnosis *domain)
{
	bool differs = false;

	for (size_t i = 0; i < check->diagnosis.domains; i++)
		differs |= check->diagnosis.domain[i].finding ==
		    FINDING_GLUE_DIFFERS && strcmp(domain->subject,
		    check->diagnosis.domain[i].subject) == 0;
	if (!differs || !own_is_dead(check, domain->subject))
		return NULL;
	if (domain->finding == FINDING_GLUE_DIFFERS)
		return N_("The domain's own rows give {subject} the address "
		    "{own}, where nothing usable answers. Ask whoever runs the "
		    "DNS to correct it to {glue}. Do not change it where you "
		    "bought the domain.");
	return domain->cause == CAUSE_ONE_ADDRESS ?
	    N_("See the note on the different addresses of {subject}.") :
	    NULL;
}

/* Two addresses of a name server, of which one cannot be the right one. */
static const char *
moved_remedy(const struct check *check, const struct domain_diagnosis *domain)
{
	const char *inner = inner_remedy(check, domain);

	return inner != NULL ? inner : dead_remedy(check, domain);
}

/* Bounces that come to the domain, while no MAIL FROM is known here. */
static const char *
diverted_remedy(const struct check *check,
    const struct domain_diagnosis *domain)
{
	if (domain->finding != FINDING_MAIL_DIVERTED ||
	    check->plan.identity.has_mail_from)
		return NULL;
	return domain->cause == CAUSE_NO_OTHER_MX ?
	    N_("At {provider}, look at the MX row with {subject}. If {aws} "
	    "shows a MAIL FROM domain, give the row its label. If it shows "
	    "none, ask whoever made the row what it is for. Make sure that "
	    "the MX row of your mail service is there.") :
	    N_("At {provider}, look at the MX row with {subject}. If {aws} "
	    "shows a MAIL FROM domain, give the row its label. If it shows "
	    "none, ask whoever made the row what it is for. Leave the other "
	    "MX rows as they are.");
}

/* Is it about several addresses of one name server? */
static bool
is_mute(const struct check *check, const struct domain_diagnosis *domain)
{
	return domain->cause == CAUSE_ONE_ADDRESS &&
	    report_mute(check, domain) > 1;
}

/* These are told once, in the summary. */
static const char *
mute_sentence(enum report_part part)
{
	switch (part) {
	case REPORT_SUMMARY:
		return N_("{mute.count} addresses of the name server {subject} "
		    "give no usable answer: {mute}.");
	case REPORT_EXPLANATION:
		return N_("At another address it answers, and the records "
		    "were judged by that. Whoever asks at these gets "
		    "nowhere.");
	default:
		return N_("If this stays so, tell the company that runs your "
		    "DNS that {subject} gives no usable answer at these "
		    "addresses. Nothing to change in the records.");
	}
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
	const char *other;

	if (domain->finding == FINDING_OTHER_COPY)
		return copies_sentence(check, domain, part);
	if (domain->finding == FINDING_ROWS_LOST && check->diagnosis.moved)
		return moved_sentence(&check->diagnosis,
		    &check->background.noted, part);
	if (is_mute(check, domain))
		return mute_sentence(part);
	if (part == REPORT_SUMMARY)
		return cause != NULL && cause->summary != NULL ?
		    cause->summary : row->summary;
	if (part == REPORT_REMEDY &&
	    ((other = moved_remedy(check, domain)) != NULL ||
	    (other = diverted_remedy(check, domain)) != NULL))
		return other;
	if (cause != NULL)
		return part == REPORT_EXPLANATION ? cause->explanation :
		    cause->remedy;
	if (part == REPORT_EXPLANATION)
		return none ? N_("No name server of the domain gave a sound "
		    "answer, so nothing can be said about the records.") :
		    row->explanation;
	/* That there is no such name was said; trying again changes nothing. */
	if (none && domain->finding != FINDING_NAMESERVER_UNRESOLVABLE)
		return N_("Try again in a minute. If it stays so, tell the "
		    "company that runs your DNS.");
	if ((other = right_already(check, domain->finding)) != NULL)
		return other;
	/* A company that does nothing but park did not sell the domain. */
	if (domain->finding == FINDING_PARKED &&
	    company_row(&check->company)->nameserver == NULL)
		return N_("If nothing uses the domain yet, set the name "
		    "servers of the company that is to run your DNS, where you "
		    "bought the domain. If a website or mail already uses the "
		    "domain, first ask the company that runs it.");
	if (domain->finding == FINDING_SUBZONE &&
	    report_domain_company(check, index) != provider_generic())
		return N_("Enter the rows for {subject} and names below it at "
		    "{provider}, which runs it.");
	/* What is to be entered there stands already. */
	if (domain->finding == FINDING_NS_EDITED_IN_ZONE &&
	    domain->state == STATE_WARN)
		return N_("Nothing to change in the records. Only if "
		    "{unlisted} were meant to run the DNS: make sure that all "
		    "rows for mail and the website stand there, too, and then "
		    "have the list of name servers changed where you bought "
		    "the domain.");
	/* Told of the domain alone, before any value is known. */
	if (domain->finding == FINDING_DOUBLED_NAME)
		return N_("Paste the values from AWS in step 3 of the wizard. "
		    "Then it shows, row by row, what to correct and where.");
	return row->remedy;
}
