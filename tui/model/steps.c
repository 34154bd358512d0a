#include "model/steps.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "ses/service.h"

static const char *const names[STEP_COUNT] = {
	N_("Domain"),
	N_("DNS company"),
	N_("SES values"),
	N_("What to type"),
	N_("Check"),
	N_("Done"),
};

const char *
step_name(int step)
{
	return _(names[step - 1]);
}

bool
step_all_right(const struct check *check, const struct identity *identity)
{
	const struct diagnosis *d = &check->diagnosis;
	const struct plan *plan = &check->plan;
	const char *why;

	if (!identity_complete(identity, &why))
		return false;
	for (size_t i = 0; i < plan->count; i++)
		if (plan->wanted[i].required &&
		    d->record[i].state > STATE_WARN)
			return false;
	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].state > STATE_WARN)
			return false;
	return true;
}

const char step_domain_question[] =
    N_("From which domain do you want to send mail with Amazon SES?");
const char step_domain_example[] =
    N_("For example example.jp. A web address or an e-mail address of yours "
       "will do, too.");
const char step_domain_about[] =
    N_("This program shows you what to type at your DNS company, field by "
       "field, and then checks whether it has arrived. If a record went to "
       "the wrong place, it says where it went and what to do.");
const char step_domain_harmless[] =
    N_("It only looks and changes nothing. You may leave at any time: your "
       "answers are kept, and dnsesame goes on from there.");
const char step_domain_practice[] =
    N_("This is practice: the domain and the company's form are pretend ones, "
       "on this machine alone. Nothing can break. Press Enter.");

void
step_domain_understood(const char *typed, struct text *t, bool *doubt)
{
	struct identity scratch;
	char ascii[NAME_TEXT], unicode[NAME_TEXT];
	const char *why;
	const struct text_place places[] = {
		{ "ascii", ascii },
		{ "unicode", unicode },
		{ NULL, NULL },
	};

	text_clear(t);
	identity_init(&scratch);
	if (identity_set_domain(&scratch, typed, &why) == -1)
		return;
	*doubt = identity_domain_doubt(&scratch) != NULL;
	if (*doubt) {
		text_add(t, _(identity_domain_doubt(&scratch)));
		return;
	}
	name_text(&scratch.domain, ascii);
	name_unicode(&scratch.domain, unicode);
	/* The other way to write it: xn--... of an IDN, or the IDN of it. */
	if (strcmp(ascii, unicode) != 0)
		text_add_filled(t, _("I understand: {unicode}, in DNS "
		    "{ascii}"), places);
	else if (strcmp(ascii, typed) != 0)
		text_add_filled(t, _("I understand: {ascii}"), places);
}

const char step_saved_question[] =
    N_("Saved domains: which one to go on with?");

const char step_saved_another[] = N_("Another domain");

void
step_saved_forget(const struct identity *identity, struct text *t)
{
	char domain[NAME_TEXT];
	const struct text_place places[] = {
		{ "domain", name_unicode(&identity->domain, domain) },
		{ NULL, NULL },
	};

	text_clear(t);
	text_add_filled(t, _("Forget {domain}? Its answers on this computer "
	    "are deleted; DNS and AWS stay as they are."), places);
}

const char step_company_label[] = N_("The company that runs your DNS");
const char step_company_where[] =
    N_("DNS records are typed there, not where you bought the domain, unless "
       "that is the same company. Typed anywhere else they have no effect.");
const char step_company_keep[] =
    N_("Do not change the name servers: your website or mail could stop.");
const char step_company_list[] =
    N_("Which company runs the DNS of your domain?");

/* Nobody knows yet who runs the zone. */
static bool
is_searching(const struct check *check)
{
	return check->running &&
	    check->delegation.state == DELEGATION_SEARCHING;
}

/* The candidates among which only the user can choose; 0 without doubt. */
static size_t
candidates_of(const struct check *check,
    const struct provider *out[static PROVIDER_CANDIDATES])
{
	size_t count = company_candidates(&check->company, out);

	return count > 1 ? count : 0;
}

size_t
step_company_count(const struct check *check)
{
	const struct provider *candidates[PROVIDER_CANDIDATES];
	size_t count = candidates_of(check, candidates);

	if (count > 0)
		return count + COMPANY_CHOICES - COMPANY_OTHER;
	/* To go on without a name of one is the first way already. */
	return company_is_known(&check->company) ? COMPANY_CHOICES :
	    COMPANY_UNKNOWN;
}

enum company_choice
step_company_at(const struct check *check,
    size_t index, const struct provider **candidate)
{
	const struct provider *candidates[PROVIDER_CANDIDATES];
	size_t count = candidates_of(check, candidates);

	*candidate = NULL;
	if (index < count) {
		*candidate = candidates[index];
		return COMPANY_CANDIDATE;
	}
	return (enum company_choice)(count > 0 ? index - count +
	    COMPANY_OTHER : index);
}

void
step_company_evidence(const struct check *check, struct text *t)
{
	const struct provider *candidates[PROVIDER_CANDIDATES];
	const struct delegation *d = &check->delegation;
	struct text servers = TEXT_INIT;
	char text[NAME_TEXT];
	const char *tmpl;

	for (size_t i = 0; i < d->servers; i++)
		text_list_add(&servers, name_text(&d->server[i].name, text));
	if (is_searching(check))
		tmpl = N_("(asking the name servers of the domain)");
	else if (company_candidates(&check->company, candidates) > 1)
		tmpl = N_("(several companies use the name server {server}: "
		    "choose the one where you manage the domain)");
	else if (check->company.detected != NULL &&
	    !company_is_sure(&check->company))
		tmpl = N_("(a guess by {server}; choose another if it is "
		    "wrong)");
	else if (check->company.detected != NULL)
		tmpl = N_("(known by the name server {server})");
	else if (check->delegation.state == DELEGATION_FOUND)
		tmpl = N_("(name servers: {servers})");
	else if (check->delegation.state == DELEGATION_NOT_REGISTERED ||
	    check->delegation.state == DELEGATION_NO_SERVERS)
		tmpl = N_("(the domain has no name servers)");
	else
		tmpl = N_("(could not find out: no answer from the DNS)");
	text_clear(t);
	text_add_filled(t, _(tmpl), (const struct text_place[]){
		{ "server", check->company.evidence }, { "servers", servers.s },
		{ NULL, NULL } });
	text_release(&servers);
}

const char *
step_company_name(const struct check *check)
{
	const struct provider *candidates[PROVIDER_CANDIDATES];

	if (company_candidates(&check->company, candidates) > 1)
		return _("several are possible");
	if (company_is_known(&check->company))
		return provider_name(company_row(&check->company));
	return is_searching(check) ? _("looking ...") :
	    _("not known");
}

bool
step_company_elsewhere(const struct check *check)
{
	const struct delegation *d = &check->delegation;
	const struct provider *chosen = check->company.chosen;

	if (chosen == NULL || check->company.detected == NULL ||
	    chosen == provider_generic())
		return false;
	for (size_t i = 0; i < d->servers; i++)
		if (provider_runs(chosen, &d->server[i].name))
			return false;
	return true;
}

void
step_company_warning(const struct check *check, struct text *t)
{
	const struct text_place places[] = {
		{ "company", step_company_name(check) },
		{ "detected", check->company.detected != NULL ?
		    provider_name(check->company.detected) : "" },
		{ NULL, NULL },
	};

	text_clear(t);
	if (diagnosis_finds(&check->diagnosis, FINDING_PARKED) ||
	    diagnosis_finds(&check->diagnosis, FINDING_DELEGATED_ELSEWHERE))
		return;
	if (check->company.parked && check->company.chosen == NULL)
		text_add(t, _("These name servers only park the domain: rows "
		    "entered now have no effect until the company's own DNS "
		    "is switched on."));
	else if (!company_is_known(&check->company) &&
	    check->delegation.state == DELEGATION_FOUND)
		text_add(t, _("Is the domain managed in cPanel, Plesk or "
		    "DirectAdmin? Then choose that as the company."));
	else if (step_company_elsewhere(check))
		text_add_filled(t, _("The name servers in force belong to "
		    "{detected}. Rows entered at {company} have no effect. "
		    "Enter them at {detected}."), places);
}

void
step_company_choice(const struct check *check,
    size_t index, struct text *t)
{
	const struct provider *candidate;
	enum company_choice choice = step_company_at(check, index,
	    &candidate);
	bool elsewhere = step_company_elsewhere(check);
	const char *tmpl = company_is_known(&check->company) ?
	    N_("Go on with {company}") : is_searching(check) ?
	    N_("Go on; the company is looked up meanwhile") :
	    N_("Go on with what most forms want");
	struct text_place places[] = {
		{ "company", step_company_name(check) },
		{ NULL, NULL },
	};

	if (choice == COMPANY_CANDIDATE) {
		text_add(t, provider_name(candidate));
		return;
	}
	if (choice == COMPANY_GO_ON && elsewhere)
		places[0].value = provider_name(check->company.detected);
	else if (choice == COMPANY_OTHER)
		tmpl = N_("Choose another company");
	else if (choice == COMPANY_UNKNOWN && elsewhere)
		tmpl = N_("Go on with {company} all the same");
	else if (choice == COMPANY_UNKNOWN)
		tmpl = N_("I don't know (go on; it can be changed later)");
	text_add_filled(t, _(tmpl), places);
}

const char *
step_card_field(const struct form_field *field)
{
	if (field->keep)
		return _("(leave as it is)");
	return *field->value == '\0' ? _("(leave empty)") : field->value;
}

const char step_card_stands[] =
    N_("This row is there already, and it is right: nothing to type. Enter "
       "goes on.");

const char *const step_saved_answer[SAVED_ANSWERS] = {
	[SAVED_NOT_YET] = N_("Not yet"),
	[SAVED_YES] = N_("Yes, all of them"),
};
const char *const step_saved_note[SAVED_ANSWERS] = {
	[SAVED_NOT_YET] = N_("the check shows what is missing"),
	[SAVED_YES] = N_("new rows get the time they usually take"),
};

const char step_check_bare[] =
    N_("AWS's values are not known yet (step 3), so only the domain itself "
       "was looked at.");
const char step_check_watches[] =
    N_("This page looks again by itself. You may close it and type {program} "
       "later.");
const char step_check_watches_lines[] =
    N_("The look goes on by itself and says what has changed. q leaves; type "
       "{program} later to go on.");
const char step_check_practice[] =
    N_("Practice is not saved: it begins anew with {program} practice.");

static const struct {
	const char *aws, *service;
} words_of[STEP_WORDS] = {
	[STEP_ASK_STATUS] = {
	    N_("What does AWS's page (Amazon SES, your domain) say now as "
	       "\"Identity status\"?"),
	    N_("What does {aws} say now of your domain?") },
	[STEP_CHECK_RIGHT] = {
	    N_("Everything that {aws} needs is right in DNS. Enter goes "
	       "on."), NULL },
	[STEP_CHECK_SEEN] = {
	    N_("This network's resolver shows everything that {aws} needs as "
	       "right. Enter goes on."), NULL },
	[STEP_DONE_RIGHT] = {
	    N_("DNS is right: every record AWS needs is there."),
	    N_("DNS is right: every record {aws} needs is there.") },
	[STEP_DONE_SEEN] = {
	    N_("This network's resolver shows every record {aws} needs as "
	       "right. That is not proved at the name servers."), NULL },
	[STEP_DONE_VERIFIED] = {
	    N_("{aws} says verified. Step 5 shows how DNS stands."), NULL },
	[STEP_DONE_LOST] = {
	    N_("The rows for {aws} are right, but other rows of the domain "
	       "are gone. Step 5 shows which."), NULL },
	[STEP_DONE_QUESTION] = {
	    N_("What does AWS's page say now as \"Identity status\"?"),
	    N_("{press} What does {aws} say of your domain then?") },
	[STEP_DONE_KEEP] = {
	    N_("Never delete these DNS records: without them AWS stops "
	       "sending."),
	    N_("Never delete these DNS records: without them {aws} stops "
	       "sending.") },
	[STEP_DONE_SANDBOX] = {
	    N_("While the account is in AWS's \"sandbox\", mail goes only to "
	       "verified addresses. To leave it: Amazon SES, Account "
	       "dashboard, Request production access."),
	    "" },
	[STEP_DONE_ARRIVES] = {
	    N_("A verified domain is not yet mail that arrives: send yourself "
	       "one mail and paste what your mailbox shows of it. Here, too: "
	       "the way out of the sandbox, and the next step of DMARC. Enter "
	       "opens it."),
	    N_("A verified domain is not yet mail that arrives: send yourself "
	       "one mail through {aws} and paste what your mailbox shows of "
	       "it. Here, too: the next step of DMARC. Enter opens it.") },
};

enum step_words
step_check_right(const struct check *check)
{
	return check->delegation.stands_in ? STEP_CHECK_SEEN :
	    STEP_CHECK_RIGHT;
}

void
step_words(struct text *t, const struct identity *identity,
    enum step_words words)
{
	const char *service = words_of[words].service;

	service_fill(t, service_of(identity) != NULL && service != NULL ?
	    service : words_of[words].aws, identity);
}

void
step_card_saved(const struct check *check, struct text *t)
{
	char called[PROVIDER_CALLED];
	const struct text_place places[] = {
		{ "company", provider_called(company_row(&check->company),
		    called) },
		{ NULL, NULL },
	};

	text_add_filled(t, _("Have you saved these rows at {company}?"),
	    places);
}
