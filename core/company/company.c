#include "company/company.h"

#include "dns/rr.h"

enum {
	HINTS = 8	/* rows that are read of what should be one */
};

const struct provider *
company_row(const struct company *company)
{
	return company->chosen != NULL ? company->chosen :
	    company->detected != NULL ? company->detected :
	    provider_generic();
}

bool
company_is_known(const struct company *company)
{
	return company->chosen != NULL || company->detected != NULL;
}

const struct form_rules *
company_rules(const struct company *company, const struct provider *row)
{
	return company->learnt != 0 && row == company_row(company) ?
	    &company->corrected : provider_rules(row);
}

void
company_learn(struct company *company, unsigned learnt)
{
	company->learnt |= learnt;
	if (company->learnt != 0)
		form_correct(&company->corrected,
		    provider_rules(company_row(company)), company->learnt);
}

const struct provider *
company_behind(const struct delegation *delegation, size_t *evidence,
    bool *parked)
{
	struct name servers[DELEGATION_SERVERS];
	size_t at[DELEGATION_SERVERS], count = 0, told = 0;
	const struct provider *found;

	/* What the registry lists counts; the zone may still name others. */
	for (int pass = 0; pass < 2 && count == 0; pass++) {
		for (size_t i = 0; i < delegation->servers; i++) {
			if (pass == 0 && !delegation->server[i].at_parent)
				continue;
			servers[count] = delegation->server[i].name;
			at[count++] = i;
		}
	}
	found = provider_detect(servers, count, &told, parked);
	if (found != NULL && evidence != NULL)
		*evidence = at[told];
	return found;
}

const struct provider *
company_of(const struct company *company, const struct delegation *delegation,
    const struct delegation_part *part)
{
	struct name servers[DELEGATION_SERVERS];
	const struct provider *found;

	if (!delegation_is_below(delegation, part))
		return company_row(company);
	for (size_t i = part->first; i < part->end; i++)
		servers[i - part->first] = part->host.len > 0 ? part->host :
		    delegation->server[i].name;
	found = provider_detect(servers, part->end - part->first, NULL, NULL);
	return found != NULL ? found : provider_generic();
}

/* The company that _domainconnect names, by its value or where it leads. */
static const struct provider *
hinted(const struct observation *o)
{
	const struct provider *found = NULL;
	char text[NAME_TEXT];

	for (size_t i = 0; found == NULL && i < o->answers && i < HINTS; i++)
		if (rr_value(&o->rr[i], text, sizeof text) < sizeof text)
			found = provider_of_connect(text);
	return found;
}

/* In this round, and of the same name servers, the same comes of it. */
static bool
is_detected(struct company *company, const struct delegation *delegation,
    int round)
{
	bool same = company->round == round &&
	    company->servers == delegation->servers;

	company->round = round;
	company->servers = delegation->servers;
	for (size_t i = 0; i < delegation->servers; i++) {
		const struct delegation_server *server = &delegation->server[i];
		struct company_server *known = &company->server[i];

		same = same && known->at_parent == server->at_parent &&
		    name_equal(&known->name, &server->name);
		known->name = server->name;
		known->at_parent = server->at_parent;
	}
	return same;
}

/* What is hinted is read once of each answer: it may be a long one. */
static const struct provider *
hinted_once(struct company *company, const struct observe_log *log,
    const struct name *hint)
{
	const struct observation *o;

	if (company->heard == log->round &&
	    name_equal(&company->hint, hint))
		return company->hinted;
	o = observe_look(log, VANTAGE_RECURSIVE, "", hint, RR_TXT);
	company->hinted = o != NULL ? hinted(o) : NULL;
	company->hint = *hint;
	company->heard = o != NULL && o->answers > 0 ? log->round : 0;
	return company->hinted;
}

void
company_detect(struct company *company, const struct delegation *delegation,
    const struct observe_log *log)
{
	bool same = is_detected(company, delegation, log->round);
	struct name told;
	size_t evidence = 0;

	if (delegation->servers == 0 || (same && company->detected != NULL))
		return;
	if (!same)
		company->detected = company_behind(delegation, &evidence,
		    &company->parked);
	if (company->detected != NULL)
		told = delegation->server[evidence].name;
	else if (delegation_hint(delegation, &told) == 0)
		company->detected = hinted_once(company, log, &told);
	if (company->detected != NULL)
		name_text(&told, company->evidence);
}

bool
company_is_sure(const struct company *company)
{
	struct name server;
	const char *why;

	return company->detected != NULL &&
	    name_parse(&server, company->evidence, &why) == 0 &&
	    provider_surely_runs(company->detected, &server);
}

size_t
company_candidates(const struct company *company,
    const struct provider *out[static PROVIDER_CANDIDATES])
{
	struct name server;
	const char *why;

	if (company->chosen != NULL || company->detected == NULL ||
	    name_parse(&server, company->evidence, &why) == -1)
		return 0;
	return provider_candidates(out, &server);
}
