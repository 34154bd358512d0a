#include "report/report.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/lang.h"
#include "base/text.h"
#include "report/report-internal.h"
#include "ses/service.h"

/* VerificationInfo.ErrorType of sesv2. */
static const struct {
	const char *word, *text;
} errors[] = {
	{ "HOST_NOT_FOUND", N_("AWS found no such name.") },
	{ "TYPE_NOT_FOUND", N_("AWS found the name, but no row of this "
	    "type.") },
	{ "INVALID_VALUE", N_("AWS found another value.") },
	{ "DNS_SERVER_ERROR", N_("The name servers gave AWS no sound "
	    "answer.") },
	{ "SERVICE_ERROR", N_("AWS had a trouble of its own.") },
	{ "REPLICATION_ACCESS_DENIED", N_("This global identity may not use "
	    "the keys of its main region.") },
	{ "REPLICATION_", N_("This global identity cannot take over the keys "
	    "of its main region.") },
};

static const struct {
	const char *part[REPORT_REMEDY + 1];
} sentences[] = {
	[SES_NOTE_WAITS] = { {
	    N_("DNS is right; {aws} has not looked yet."),
	    N_("AWS looks by itself, for 72 hours after the identity was "
	       "made. It usually takes minutes, at times some hours."),
	    N_("Nothing to do. Leave the rows as they are and look at AWS's "
	       "page in half an hour.") } },
	[SES_NOTE_LOOKED_BEFORE] = { {
	    N_("AWS looked before the rows were right."),
	    N_("{error} {meaning} The rows that verify the domain can be seen "
	       "now. AWS may remember its last look for a while; it goes on "
	       "looking for 72 hours after the identity was made."),
	    N_("Nothing to do. Leave the rows as they are: AWS looks again by "
	       "itself.") } },
	[SES_NOTE_AGREES] = { {
	    N_("AWS sees the same trouble."),
	    N_("{error} {meaning} That is what DNS shows now, too."),
	    N_("Correct the rows that are not right. AWS looks again by "
	       "itself.") } },
	[SES_NOTE_DIFFERS] = { {
	    N_("AWS saw something else than DNS shows now."),
	    N_("{error} {meaning} DNS has changed since, or AWS asked other "
	       "name servers."),
	    N_("Go by what DNS shows now: correct the rows that are not "
	       "right. AWS looks again by itself.") } },
	[SES_NOTE_STOPPED] = { {
	    N_("DNS is right, but {aws} has stopped looking."),
	    N_("AWS looks for 72 hours and then gives up. The rows that verify "
	       "the domain can be seen now; waiting does not help."),
	    N_("Start it again, only while AWS's page says \"Failed\": open "
	       "CloudShell (the >_ sign at the top of AWS's page) and run:\n"
	       "{restart}\n"
	       "The AWS CLI on your own computer runs it, too. If it prints "
	       "codes that differ from yours, paste them in step 3 of the "
	       "wizard.") } },
	[SES_NOTE_STOPPED_WRONG] = { {
	    N_("{aws} has stopped looking, and DNS is not right yet."),
	    N_("AWS looks for 72 hours and then gives up. To start it again "
	       "helps only once the rows are right."),
	    N_("First correct the rows that are not right. Then look here "
	       "again for how to start AWS.") } },
	[SES_NOTE_LOST] = { {
	    N_("{aws} had found the rows; now they are gone or changed."),
	    N_("These rows were right once. AWS looks again from time to "
	       "time; without them it stops sending after some days. Its mail "
	       "to you names the day."),
	    N_("Put the rows back today, exactly as step 4 of the wizard shows "
	       "them. Nothing has to be started again at AWS as long as its "
	       "page does not say \"Failed\".") } },
	[SES_NOTE_RETURNS] = { {
	    N_("{aws} could not confirm the rows; now they can be seen."),
	    N_("At its last look AWS could not confirm them. It looks again "
	       "for 72 hours before it gives up."),
	    N_("Nothing to do. Leave the rows as they are: AWS looks again by "
	       "itself.") } },
	[SES_NOTE_AT_AWS] = { {
	    N_("The trouble is at AWS, not in DNS."),
	    N_("{error} {meaning}"),
	    N_("Nothing to change in DNS for this. Look at AWS's page again "
	       "later.") } },
};

/* What is said otherwise of a service that sends through SES: service_fill. */
static const struct {
	const char *part[REPORT_REMEDY + 1];
} of_service[SES_NOTE_AT_AWS + 1] = {
	[SES_NOTE_WAITS] = { {
	    NULL,
	    N_("It usually takes minutes, at times some hours."),
	    N_("{press} Leave the rows as they are.") } },
	[SES_NOTE_STOPPED] = { {
	    NULL,
	    N_("The rows that verify the domain can be seen now; waiting does "
	       "not help."),
	    "{press}" } },
	[SES_NOTE_STOPPED_WRONG] = { {
	    NULL,
	    N_("To start it again helps only once the rows are right."),
	    N_("First correct the rows that are not right. Then: {press}") } },
	[SES_NOTE_LOST] = { {
	    NULL,
	    N_("These rows were right once. Without them sending stops after "
	       "some days."),
	    N_("Put the rows back today, exactly as step 4 of the wizard shows "
	       "them. Then: {press}") } },
	[SES_NOTE_RETURNS] = { {
	    NULL,
	    N_("At its last look {aws} could not confirm them."),
	    N_("{press} Leave the rows as they are.") } },
};

/*
 * What verifies the domain is right, and something else is not: the headline
 * says so, and these must not deny it.
 */
static const char *
beside_others(const struct check *check, enum ses_note note,
    enum report_part part)
{
	bool service = service_of(&check->plan.identity) != NULL;
	enum state verdict = check->diagnosis.verdict;

	/* One cause, and the note beside it tells it. */
	if (part == REPORT_SUMMARY && note == SES_NOTE_LOOKED_BEFORE &&
	    diagnosis_finds(&check->diagnosis,
	    FINDING_SES_ELSEWHERE))
		return N_("AWS looked at another company's name server.");
	if (part == REPORT_SUMMARY && verdict > STATE_WARN) {
		if (note == SES_NOTE_WAITS)
			return N_("The rows that verify the domain are right; "
			    "{aws} has not looked yet.");
		if (note == SES_NOTE_STOPPED)
			return N_("The rows that verify the domain are right, "
			    "but {aws} has stopped looking.");
	}
	if (part == REPORT_REMEDY && verdict == STATE_FAIL && !service &&
	    (note == SES_NOTE_WAITS || note == SES_NOTE_LOOKED_BEFORE ||
	    note == SES_NOTE_RETURNS))
		return note == SES_NOTE_WAITS ? N_("Correct the rows that are "
		    "not right. AWS will look by itself.") :
		    sentences[SES_NOTE_AGREES].part[REPORT_REMEDY];
	return NULL;
}

/* The keys of another region: they are looked for there, never here. */
static bool
is_replica(const struct identity *identity)
{
	return strncmp(identity->origin, "AWS_SES_", 8) == 0;
}

static bool
has_own_key(const struct identity *identity)
{
	return strcmp(identity->origin, "EXTERNAL") == 0 ||
	    identity_has_own_key(identity);
}

bool
report_ses_restart(struct text *t, const struct identity *identity,
    enum ses_status status)
{
	const char *line = NULL;
	char domain[NAME_TEXT], mail_from[NAME_TEXT];
	char region[sizeof identity->region + sizeof " --region "] = "";
	const struct text_place places[] = {
		{ "domain", name_text(&identity->domain, domain) },
		{ "region", region },
		{ "from", name_text(&identity->mail_from, mail_from) },
		{ "behaviour", identity->on_mx_failure[0] != '\0' ?
		    identity->on_mx_failure : "USE_DEFAULT_VALUE" },
		{ NULL, NULL },
	};

	/* CloudShell has one of its own, the console's. */
	if (identity->region[0] != '\0')
		snprintf(region, sizeof region, " --region %s",
		    identity->region);
	/* Where the user has no AWS account, no line can be run. */
	if (service_of(identity) != NULL)
		line = NULL;
	else if (status == SES_FAILED && identity->tokens == 0 &&
	    !has_own_key(identity))
		line = "aws ses verify-domain-identity \\\n"
		    "  --domain {domain}{region} --output json";
	else if (status == SES_FAILED && !is_replica(identity) &&
	    !has_own_key(identity))
		line = "aws sesv2 put-email-identity-dkim-signing-attributes "
		    "\\\n  --email-identity {domain}{region} \\\n"
		    "  --signing-attributes-origin AWS_SES --output json";
	else if (status == SES_VERIFIED && identity->has_mail_from &&
	    identity->mail_from_status == SES_FAILED)
		line = "aws sesv2 put-email-identity-mail-from-attributes "
		    "\\\n  --email-identity {domain}{region} \\\n"
		    "  --mail-from-domain {from} \\\n"
		    "  --behavior-on-mx-failure {behaviour} --output json";
	if (line != NULL)
		text_add_filled(t, line, places);
	return line != NULL;
}

/* What the error word means; "" when it is none or does not count. */
static const char *
meaning(const struct identity *identity)
{
	if (identity->status == SES_VERIFIED)
		return "";
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (identity->error[0] != '\0' && strncmp(identity->error,
		    errors[i].word, strlen(errors[i].word)) == 0)
			return _(errors[i].text);
	return "";
}

void
report_ses_words(struct text *t, const struct identity *identity)
{
	time_t s = (time_t)(identity->checked_at / 1000);
	char when[64] = "";
	const struct text_place places[] = {
		{ "time", when },
		{ "server", identity->soa },
		{ NULL, NULL },
	};
	struct tm tm;

	if (ses_status_title(identity->status)[0] == '\0')
		return;
	text_add(t, ses_status_title(identity->status));
	if (identity->status != SES_VERIFIED && identity->error[0] != '\0')
		text_addf(t, ", %s", identity->error);
	if (identity->checked_at > 0 && localtime_r(&s, &tm) != NULL &&
	    strftime(when, sizeof when, "%Y-%m-%d %H:%M", &tm) > 0) {
		text_add(t, ", ");
		text_add_filled(t, _("looked at {time}"), places);
	}
	if (identity->soa[0] != '\0') {
		text_add(t, ", ");
		text_add_filled(t, _("at {server}"), places);
	}
}

void
report_ses_says(struct text *t, const struct identity *identity,
    const char *words)
{
	const struct service *service = service_of(identity);
	const struct text_place places[] = {
		{ "aws", service != NULL ? service->name : "AWS" },
		{ "words", words },
		{ NULL, NULL },
	};

	text_add_filled(t, _("{aws} says: {words}"), places);
}

void
report_ses_sentence(struct text *t, const struct identity *identity,
    enum ses_note note, enum report_part part)
{
	const char *text = service_of(identity) != NULL ?
	    of_service[note].part[part] : NULL;

	text_clear(t);
	if (text == NULL)
		text = sentences[note].part[part];
	if (text != NULL)
		service_fill(t, text, identity);
}

void
report_ses(const struct check *check, enum report_part part, struct text *t)
{
	const struct identity *identity = &check->plan.identity;
	enum ses_note note = check->diagnosis.ses_note;
	struct text restart = TEXT_INIT;
	bool restarts = report_ses_restart(&restart, identity,
	    identity->status);
	const char *beside = beside_others(check, note, part);
	const char *text = beside != NULL ? beside :
	    sentences[note].part[part];
	char error[IDENTITY_WORD + 8] = "";
	const struct text_place places[] = {
		{ "aws", "AWS" },
		{ "error", error },
		{ "meaning", meaning(identity) },
		{ "restart", restart.s },
		{ NULL, NULL },
	};

	text_clear(t);
	if (service_of(identity) != NULL) {
		if (beside != NULL)
			service_fill(t, beside, identity);
		else
			report_ses_sentence(t, identity, note, part);
		text_release(&restart);
		return;
	}
	if (identity->error[0] != '\0')
		snprintf(error, sizeof error, "%s:", identity->error);
	if (!restarts && note == SES_NOTE_STOPPED && part == REPORT_REMEDY)
		text = is_replica(identity) ? N_("This identity takes its "
		    "keys from another region. Look at the identity there: "
		    "nothing has to be started here.") : N_("Open the "
		    "identity's page at AWS and follow what it says there.");
	else if (note == SES_NOTE_STOPPED && part == REPORT_REMEDY &&
	    identity->region[0] == '\0')
		text = N_("Start it again, only while AWS's page says "
		    "\"Failed\": at the top right of AWS's page choose the "
		    "region you send from, open CloudShell (the >_ sign) and "
		    "run:\n"
		    "{restart}\n"
		    "The AWS CLI on your own computer runs it, too. If it "
		    "prints codes that differ from yours, paste them in step 3 "
		    "of the wizard.");
	if (text != NULL)
		text_add_filled(t, _(text), places);
	text_release(&restart);
}
