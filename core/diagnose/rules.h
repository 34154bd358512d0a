/*
 * The rules that find what is the matter with one record: a table, from the
 * most specific to the least.  Pure.
 */
#ifndef DNSESAME_RULES_H
#define DNSESAME_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "company/provider.h"
#include "diagnose/facts.h"
#include "diagnose/finding.h"
#include "diagnose/policy.h"
#include "mail/mailkey.h"

/* What rules may look at besides the facts of their record. */
struct evidence {
	const struct facts *facts;
	const struct provider *company;
	int64_t now;
	enum mailkey key;		/* behind this record's target */
	bool any_key;			/* behind any of the DKIM targets */
	const struct policy *policy;	/* SPF or DMARC */
	bool covered;			/* mail from SES passes DMARC */
};

/* The finding of the first rule that fits. */
enum finding
rule_find(const struct evidence *evidence);

/* A DMARC record above the domain covers it. */
bool
rule_is_inherited(const struct evidence *evidence);

#endif
