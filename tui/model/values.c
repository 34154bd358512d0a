#include "model/values.h"

#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"

const struct values_status values_status[VALUES_STATUSES] = {
	{ SES_NONE, N_("Nothing done there yet"),
	    N_("shows what to do at AWS first") },
	/* AWS's pages have more words for these two. */
	{ SES_PENDING, NULL,
	    N_("or \"Pending\": compares what you entered with DNS") },
	{ SES_FAILED, NULL,
	    N_("or \"Failure\", \"Unverified\": DNS first, then restart") },
	{ SES_TEMPORARY_FAILURE, NULL,
	    N_("right once: shows which rows are gone or changed") },
	{ SES_VERIFIED, NULL,
	    N_("only checks that all is well in DNS") },
	{ SES_UNKNOWN, N_("I don't know"), N_("goes on anyway") },
};

const char *
values_status_text(size_t index)
{
	const struct values_status *row = &values_status[index];

	return row->own != NULL ? _(row->own) : ses_status_title(row->status);
}

const char values_question_paste[] =
    N_("If you have AWS's values at hand, just paste them here: the table, "
       "the CSV file's contents, or what the AWS CLI prints.");
const char values_question_steps[] =
    N_("At AWS: open Amazon SES, check the region at the top right, then "
       "Identities > Create identity > Domain > Easy DKIM. Under \"Publish "
       "DNS records\" it then shows three CNAMEs: copy them all and paste "
       "them here.");

const char values_practice[] =
    N_("Practice: what AWS's page would show is filled in already. Press "
       "Enter.");

const char values_paste[] =
    N_("Paste what AWS shows, all at once: the three CNAMEs, the CSV file's "
       "contents or the CLI's JSON. Each value finds "
       "its field by itself. You can type them, too.");

const struct values_row values_row[VALUES_FIELDS] = {
	[VALUES_REGION] = { N_("Region"), N_("Enter opens the list"),
	    identity_set_region },
	[VALUES_TOKEN_1] = { N_("DKIM 1"),
	    N_("name or value of the first CNAME"), identity_add_token },
	[VALUES_TOKEN_2] = { N_("DKIM 2"), N_("of the second"),
	    identity_add_token },
	[VALUES_TOKEN_3] = { N_("DKIM 3"), N_("of the third"),
	    identity_add_token },
	[VALUES_SELECTOR] = { N_("Selector"),
	    N_("the part before ._domainkey"), identity_set_selector },
	[VALUES_KEY] = { N_("Public key"),
	    N_("base64, a p= record or a PEM file"), identity_set_key },
	[VALUES_MAIL_FROM] = { N_("MAIL FROM"),
	    N_("optional, for example bounce"), identity_set_mail_from },
	[VALUES_VERIFICATION] = { N_("TXT value"),
	    N_("Verification TXT, only if AWS shows one"),
	    identity_set_verification },
};

const char *
values_field_text(const struct identity *identity, size_t field,
    char name[static NAME_TEXT])
{
	size_t token = field - VALUES_TOKEN_1;

	switch (field) {
	case VALUES_REGION:
		return identity->region;
	case VALUES_SELECTOR:
		return identity->selector;
	case VALUES_KEY:
		return identity->key;
	case VALUES_MAIL_FROM:
		return identity->has_mail_from ?
		    name_text(&identity->mail_from, name) : "";
	case VALUES_VERIFICATION:
		return identity->verification;
	default:
		return token < identity->tokens ? identity->token[token] : "";
	}
}

enum values_field
values_next(const struct identity *identity, bool own_key)
{
	if (own_key && identity->selector[0] == '\0')
		return VALUES_SELECTOR;
	switch (identity_lacks(identity)) {
	case IDENTITY_LACKS_NOTHING:
		return VALUES_SHOW;
	case IDENTITY_LACKS_KEY:
		return VALUES_KEY;
	case IDENTITY_LACKS_VALUES:
	case IDENTITY_LACKS_TOKENS:
		if (identity->region[0] != '\0' || identity->has_dkim_zone)
			return VALUES_TOKEN_1 + (enum values_field)
			    identity->tokens;
		return VALUES_REGION;
	case IDENTITY_LACKS_ZONE:
		return VALUES_TOKEN_1;
	default:
		return VALUES_REGION;
	}
}

const char values_half[] =
    N_("Not complete yet, so the values from before stay, too.");

/* Tokens or the own key, whichever is there. */
static void
take_way(struct identity *to, const struct identity *from)
{
	memcpy(to->token, from->token, sizeof to->token);
	to->tokens = from->tokens;
	strlcpy(to->selector, from->selector, sizeof to->selector);
	strlcpy(to->key, from->key, sizeof to->key);
}

bool
values_keep(struct identity *next, const struct identity *before, bool own_key)
{
	bool had = own_key ? before->tokens > 0 : identity_has_own_key(before);
	bool whole = own_key ? next->selector[0] != '\0' &&
	    next->key[0] != '\0' : next->tokens == IDENTITY_TOKENS;

	if (!had || whole)
		return false;
	take_way(next, before);
	return true;
}

const char values_conflict_question[] =
    N_("What you pasted differs from what is here so far. Which is right?");
const char values_conflict_region[] =
    N_("It is of another region: what is here so far stays saved, too.");
const char values_conflict_pasted[] = N_("What I pasted");
const char values_conflict_before[] =
    N_("What is here so far; only fill in what is missing");
