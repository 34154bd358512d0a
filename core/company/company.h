/*
 * Whose form is it?  Who runs the DNS of a domain - as the user says, else as
 * its name servers tell -, and what was learnt of that company's form.
 */
#ifndef DNSESAME_COMPANY_H
#define DNSESAME_COMPANY_H

#include <stdbool.h>
#include <stddef.h>

#include "company/detect.h"
#include "dns/delegation.h"
#include "dns/observe.h"

struct company_server {
	struct name name;
	bool at_parent;
};

struct company {
	const struct provider *chosen;		/* by the user, or NULL */
	const struct provider *detected;	/* by the DNS, or NULL */
	char evidence[NAME_TEXT];	/* the name that told, "" none */
	bool parked;		/* by servers on which rows have no effect */
	unsigned learnt;	/* of its form: PROVIDER_LEARNT_* */
	struct form_rules corrected;	/* those of company_row, with that */
	/* Of these, in this round, it was detected; 0: not yet. */
	struct company_server server[DELEGATION_SERVERS];
	size_t servers;
	int round;
	/* What the zone itself says, at this name in the round heard. */
	const struct provider *hinted;
	struct name hint;
	int heard;
};

/* The form into which a record is typed: whose, by which rules, and where. */
struct form_of {
	const struct provider *company;
	const struct form_rules *rules;
	struct name zone;
};

/* The company: chosen, else detected, else the safe defaults. */
const struct provider *
company_row(const struct company *company);

/* Is it one of the two? */
bool
company_is_known(const struct company *company);

/* The rules of a company's form, corrected if it is the one learnt of. */
const struct form_rules *
company_rules(const struct company *company, const struct provider *row);

/*
 * Who runs a zone of the delegation: where others run one below, they (the
 * safe defaults when nobody is known); else company_row.
 */
const struct provider *
company_of(const struct company *company, const struct delegation *delegation,
    const struct delegation_part *part);

/* What came out of the form taught this of it, besides what was known. */
void
company_learn(struct company *company, unsigned learnt);

/*
 * The company behind the name servers known so far, or the one that
 * _domainconnect names.  To be called again with each server: one gives it
 * away.
 */
void
company_detect(struct company *company, const struct delegation *delegation,
    const struct observe_log *log);

/* The name that told belongs to the detected company and to no other. */
bool
company_is_sure(const struct company *company);

/*
 * The companies to which the server that told may belong, when nobody has
 * chosen one; more than one: only the user can tell.
 */
size_t
company_candidates(const struct company *company,
    const struct provider *out[static PROVIDER_CANDIDATES]);

/*
 * The company behind the name servers of a delegation, or NULL.  *evidence
 * (if not NULL) is the index of the server that told; *parked as of
 * provider_detect.
 */
const struct provider *
company_behind(const struct delegation *delegation, size_t *evidence,
    bool *parked);

#endif
