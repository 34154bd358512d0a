#include "diagnose/noted.h"

#include <stdio.h>
#include <string.h>

#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "dns/rr.h"
#include "diagnose/value.h"

static const struct {
	const char *label;	/* below the domain, or NULL */
	uint16_t type;
} looks[NOTED_LOOKS] = {
	{ NULL, RR_MX },
	{ NULL, RR_A },
	{ NULL, RR_AAAA },
	{ NULL, RR_TXT },
	{ "www", RR_A },
	{ "www", RR_AAAA },
	{ "www", RR_TXT },
};

int
noted_look(size_t index, const struct name *domain, struct name *owner,
    uint16_t *type)
{
	*type = looks[index].type;
	if (looks[index].label != NULL)
		return name_prepend(owner, looks[index].label, domain);
	*owner = *domain;
	return 0;
}

uint16_t
noted_question(const struct noted_row *row)
{
	return row->type == RR_CNAME ? RR_A : row->type;
}

uint32_t
noted_serial(const struct noted *noted)
{
	const char *why;

	for (size_t i = 0; i < noted->count; i++)
		if (noted->row[i].type == RR_SOA)
			return (uint32_t)strtonum(noted->row[i].value, 0,
			    UINT32_MAX, &why);
	return 0;
}

bool
noted_wants(const struct noted *noted, const struct name *owner,
    uint16_t type)
{
	if (noted->at == 0)
		return noted->take;
	for (size_t i = 0; i < noted->count; i++)
		if (noted_question(&noted->row[i]) == type &&
		    name_equal(&noted->row[i].owner, owner))
			return true;
	return false;
}

/* Of the texts only SPF is noted: the others come and go. */
static bool
counts(const struct rr *rr, uint16_t question)
{
	if (rr->type == RR_TXT)
		return value_txt_starts(rr, "v=spf1");
	return rr->type == question ||
	    (rr->type == RR_CNAME && question == RR_A);
}

bool
noted_stands(const struct noted_row *row, const struct observation *o)
{
	/* What became a CNAME was moved: nothing else may stand there. */
	for (size_t i = 0; i < o->answers; i++)
		if (name_equal(o->rr[i].owner, &row->owner) &&
		    (o->rr[i].type == RR_CNAME ||
		    counts(&o->rr[i], noted_question(row))))
			return true;
	return false;
}

bool
noted_missed(const struct noted *noted, const struct observation *o)
{
	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];

		if (noted_question(row) == o->question.type &&
		    name_equal(&row->owner, &o->question.name) &&
		    !noted_stands(row, o))
			return true;
	}
	return false;
}

void
noted_clear(struct noted *noted)
{
	noted->at = 0;
	noted->count = 0;
}

void
noted_add(struct noted *noted, const struct name *owner, uint16_t type,
    const char *value)
{
	struct noted_row *row;

	if (noted->count == NOTED_ROWS || strlen(value) >= NOTED_VALUE)
		return;
	row = &noted->row[noted->count++];
	row->owner = *owner;
	row->type = type;
	strlcpy(row->value, value, sizeof row->value);
}

/*
 * The first answer of the domain's servers that can be believed, or NULL; of a
 * server that does not run the name only where no other speaks.
 */
static const struct observation *
heard(const struct delegation *d, const struct observe_log *log,
    const struct name *name, uint16_t type)
{
	const struct observation *found = NULL;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o = observe_look(log,
		    VANTAGE_AUTHORITY, d->server[i].address, name, type);

		if (o == NULL || o->outcome != OUTCOME_ANSWER ||
		    (o->rcode != RCODE_NOERROR && o->rcode != RCODE_NXDOMAIN))
			continue;
		if (o->aa)
			return o;
		if (found == NULL)
			found = o;
	}
	return found;
}

static void
add_answer(struct noted *noted, const struct observation *o)
{
	char value[NOTED_VALUE];

	/* A referral: whatever stands there is run by somebody else. */
	if (!o->aa)
		return;
	for (size_t i = 0; i < o->answers; i++) {
		const struct rr *rr = &o->rr[i];

		if (!name_equal(rr->owner, &o->question.name) ||
		    !counts(rr, o->question.type))
			continue;
		if (rr_value(rr, value, sizeof value) < sizeof value)
			noted_add(noted, &o->question.name, rr->type, value);
	}
}

/* The servers' names, each once, and the version of what they hold. */
static void
add_servers(struct noted *noted, const struct delegation *d,
    const struct observe_log *log)
{
	const struct observation *soa = heard(d, log, &d->zone, RR_SOA);
	char text[NAME_TEXT];
	const struct rr *rr;
	size_t from = 0;

	for (size_t i = 0; i < d->servers; i++) {
		size_t k = 0;

		while (k < i && !name_equal(&d->server[k].name,
		    &d->server[i].name))
			k++;
		if (k == i)
			noted_add(noted, &d->zone, RR_NS,
			    name_text(&d->server[i].name, text));
	}
	if (soa == NULL || (rr = observation_answer(soa, RR_SOA, &from)) ==
	    NULL)
		return;
	snprintf(text, sizeof text, "%u", rr_soa_serial(rr));
	noted_add(noted, &d->zone, RR_SOA, text);
}

void
noted_take(struct noted *noted, const struct name *domain,
    const struct delegation *d, const struct observe_log *log, int64_t now)
{
	const struct observation *answer[NOTED_LOOKS] = { NULL };
	struct name owner;
	uint16_t type;

	if (!noted->take || noted->at != 0 || d->state != DELEGATION_FOUND)
		return;
	for (size_t i = 0; i < NOTED_LOOKS; i++) {
		if (noted_look(i, domain, &owner, &type) == -1)
			continue;
		answer[i] = heard(d, log, &owner, type);
		if (answer[i] == NULL)
			return;
	}
	noted->at = now;
	noted->count = 0;
	add_servers(noted, d, log);
	for (size_t i = 0; i < NOTED_LOOKS; i++)
		if (answer[i] != NULL)
			add_answer(noted, answer[i]);
}
