#include "ses/cloudshell.h"

void
cloudshell_line(struct text *t, const struct identity *identity)
{
	char domain[NAME_TEXT];

	text_addf(t, "aws sesv2 create-email-identity \\\n"
	    "  --email-identity %s%s%s --output json",
	    name_text(&identity->domain, domain),
	    identity->region[0] != '\0' ? " --region " : "",
	    identity->region);
}
