/*
 * What AWS's page says of an identity (sesv2 VerificationStatus), in our
 * words, in AWS's, and as its page shows it.
 */
#ifndef DNSESAME_STATUS_H
#define DNSESAME_STATUS_H

enum ses_status {
	SES_UNKNOWN,		/* not asked, or "don't know" */
	SES_NONE,		/* nothing done at AWS yet */
	SES_PENDING,
	SES_FAILED,
	SES_TEMPORARY_FAILURE,
	SES_VERIFIED,
	SES_STATUS_COUNT
};

/* Our word: "pending". */
const char *
ses_status_text(enum ses_status status);

/* And back; case and AWS's spellings accepted; -1 when unknown. */
int
ses_status_parse(const char *text, enum ses_status *out);

/* As AWS's page says it, translated; "" where the page says nothing. */
const char *
ses_status_title(enum ses_status status);

#endif
