#include "ses/account.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/lang.h"
#include "base/text.h"

static const struct {
	const char *word;
	enum account_review review;
} reviews[] = {
	{ "PENDING", ACCOUNT_PENDING },
	{ "FAILED", ACCOUNT_FAILED },
	{ "GRANTED", ACCOUNT_GRANTED },
	{ "DENIED", ACCOUNT_DENIED },
};

static const struct {
	const char *word;
	enum account_standing standing;
} standings[] = {
	{ "HEALTHY", ACCOUNT_HEALTHY },
	{ "PROBATION", ACCOUNT_PROBATION },
	{ "SHUTDOWN", ACCOUNT_SHUTDOWN },
};

static const char *
text_of(const json_t *from, const char *key)
{
	const char *text = json_string_value(json_object_get(from, key));

	return text != NULL ? text : "";
}

static bool
account_take(struct account *out, const json_t *root)
{
	const json_t *production = json_object_get(root,
	    "ProductionAccessEnabled");
	const json_t *quota = json_object_get(root, "SendQuota");
	const json_t *review = json_object_get(json_object_get(root,
	    "Details"), "ReviewDetails");

	memset(out, 0, sizeof *out);
	/* Absent in no answer; alone it may be what a --query left. */
	if (!json_is_boolean(production))
		return false;
	out->production = json_is_true(production);
	out->sending = !json_is_false(json_object_get(root,
	    "SendingEnabled"));
	out->a_day = json_number_value(json_object_get(quota,
	    "Max24HourSend"));
	out->a_second = json_number_value(json_object_get(quota,
	    "MaxSendRate"));
	out->sent = json_number_value(json_object_get(quota,
	    "SentLast24Hours"));
	out->has_quota = json_is_number(json_object_get(quota,
	    "Max24HourSend"));
	for (size_t i = 0; i < sizeof reviews / sizeof reviews[0]; i++)
		if (strcmp(text_of(review, "Status"), reviews[i].word) == 0)
			out->review = reviews[i].review;
	for (size_t i = 0; i < sizeof standings / sizeof standings[0]; i++)
		if (strcmp(text_of(root, "EnforcementStatus"),
		    standings[i].word) == 0)
			out->standing = standings[i].standing;
	return true;
}

bool
account_read(struct account *out, const char *text, size_t len)
{
	json_t *root;
	bool taken;

	memset(out, 0, sizeof *out);
	while (len > 0 && *text != '{') {
		text++;
		len--;
	}
	root = json_loadb(text, len, JSON_DISABLE_EOF_CHECK, NULL);
	taken = account_take(out, root);
	json_decref(root);
	return taken;
}

/* What became of the request, while the account is in the sandbox. */
static const char *const review_text[] = {
	[ACCOUNT_NOT_ASKED] = N_("AWS says nothing of a request to leave it."),
	[ACCOUNT_PENDING] = N_("The request to leave it is being looked at: "
	    "wait for AWS's mail, and answer it if it asks something."),
	[ACCOUNT_FAILED] = N_("The request to leave it could not be taken up. "
	    "Send it once more."),
	[ACCOUNT_GRANTED] = N_("The request to leave it is granted; it takes "
	    "effect soon. Look once more in some minutes."),
	[ACCOUNT_DENIED] = N_("The request to leave it was denied. Answer "
	    "AWS's mail about it and say more exactly what you send, and to "
	    "whom."),
};

static const char *const standing_text[] = {
	[ACCOUNT_STANDING_UNKNOWN] = NULL,
	[ACCOUNT_HEALTHY] = NULL,
	[ACCOUNT_PROBATION] = N_("AWS has put the account under review because "
	    "of problems with its mail. Read AWS's mail about it and answer."),
	[ACCOUNT_SHUTDOWN] = N_("AWS has paused sending for this account. "
	    "Nothing goes out until AWS's mail about it is answered."),
};

void
account_tell(const struct account *account, struct text *t)
{
	char day[32], second[32], sent[32];
	const struct text_place places[] = {
		{ "day", day },
		{ "second", second },
		{ "sent", sent },
		{ NULL, NULL },
	};

	snprintf(day, sizeof day, "%.0f", account->a_day);
	snprintf(second, sizeof second, "%g", account->a_second);
	snprintf(sent, sizeof sent, "%.0f", account->sent);
	lang_line(t, account->production ?
	    N_("The account is out of the sandbox in this region: it may send "
	       "to any address.") :
	    N_("The account is in the sandbox in this region: it may send to "
	       "verified addresses and domains only."), places);
	if (account->has_quota)
		lang_line(t, account->a_day < 0 ?
		    N_("There is no limit a day, and at most {second} a "
		       "second; {sent} were sent in the last 24 hours.") :
		    N_("At most {day} mails in 24 hours and {second} a second; "
		       "{sent} were sent in the last 24 hours."), places);
	if (!account->production)
		lang_line(t, review_text[account->review], places);
	lang_line(t, standing_text[account->standing], places);
	if (!account->sending && account->standing != ACCOUNT_SHUTDOWN)
		lang_line(t, N_("Sending is switched off for this account."),
		    places);
}

void
account_how(const char *region, struct text *t)
{
	static const char *const lines[] = {
		N_("In the SES console of {region}: Account dashboard > "
		   "Request production access. Choose English or Japanese as "
		   "the language for the answer. AWS may reply with "
		   "questions:"),
		N_("- what the mail is about, and who wants it;"),
		N_("- how you come by the addresses, and how people agree;"),
		N_("- how often you send, and how many;"),
		N_("- what you do with bounces and complaints;"),
		N_("- how people unsubscribe, and what a mail looks like."),
	};
	const struct text_place places[] = {
		{ "region", region[0] != '\0' ? region : _("your region") },
		{ NULL, NULL },
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		lang_line(t, lines[i], places);
}

void
account_line(const char *region, struct text *t)
{
	text_addf(t, "aws sesv2 get-account%s%s --output json",
	    region[0] != '\0' ? " --region " : "", region);
}
