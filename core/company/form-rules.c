#include "company/form-rules.h"

#include <string.h>

#include "base/lang.h"
#include "dns/rr.h"

static const char *const name_rules[] = {
	[PROVIDER_LABEL] = "label",
	[PROVIDER_EITHER] = "either",
	[PROVIDER_FULL_DOT] = "full-dot",
	[PROVIDER_LINE] = "line",
};

static const char *const target_rules[] = {
	[PROVIDER_NO_DOT] = "no-dot",
	[PROVIDER_DOT] = "dot",
	[PROVIDER_DOT_OPTIONAL] = "dot-optional",
};

static const char *const confidences[] = {
	[PROVIDER_UNKNOWN] = "unknown",
	[PROVIDER_LOW] = "low",
	[PROVIDER_MEDIUM] = "medium",
	[PROVIDER_HIGH] = "high",
};

static const char *const ids[FORM_IDS] = {
	[FORM_NAME] = "name",
	[FORM_TYPE] = "type",
	[FORM_VALUE] = "value",
	[FORM_PRIORITY] = "priority",
	[FORM_TTL] = "ttl",
	[FORM_PROXY] = "proxy",
	[FORM_LINE] = "line",
	[FORM_EXTRA] = "extra",
};

void
form_correct(struct form_rules *dst, const struct form_rules *rules,
    unsigned learnt)
{
	*dst = *rules;
	dst->learnt = learnt;
	/* Rows of ours came out of it: a type may well be taken. */
	if (learnt != 0 && rules->refuses_sure < PROVIDER_HIGH)
		dst->refuses &= ~(unsigned)(FORM_REFUSES_CNAME |
		    FORM_REFUSES_TXT | FORM_REFUSES_MX);
	if (learnt & PROVIDER_LEARNT_DOT)
		dst->target_rule = PROVIDER_DOT;
	if (learnt & PROVIDER_LEARNT_QUOTES)
		dst->quote_rule = PROVIDER_QUOTED;
	if (learnt & PROVIDER_LEARNT_BARE)
		dst->quote_rule = PROVIDER_BARE;
}

const char *
form_word(const struct form_rules *rules, const char *word)
{
	if (word == NULL)
		return NULL;
	if (lang_current() == LANG_JA)
		for (size_t i = 0; i < FORM_WORDS; i++)
			if (rules->in_ja[i].word != NULL &&
			    strcmp(rules->in_ja[i].word, word) == 0)
				return rules->in_ja[i].ja;
	return rules->lang != NULL ? word : _(word);
}

bool
form_may_proxy(const struct form_rules *rules)
{
	return rules->as_most || rules->label_proxy != NULL;
}

bool
form_joins_values(const struct form_rules *rules)
{
	return rules->keeps == PROVIDER_RECORD_SETS &&
	    rules->keeps_sure >= PROVIDER_MEDIUM;
}

bool
form_refuses(const struct form_rules *rules, unsigned what)
{
	return (rules->refuses & what) != 0 &&
	    rules->refuses_sure >= PROVIDER_MEDIUM;
}

bool
form_refuses_type(const struct form_rules *rules, uint16_t type)
{
	switch (type) {
	case RR_CNAME:
		return form_refuses(rules, FORM_REFUSES_CNAME);
	case RR_TXT:
		return form_refuses(rules, FORM_REFUSES_TXT);
	case RR_MX:
		return form_refuses(rules, FORM_REFUSES_MX);
	default:
		return false;
	}
}

const char *
provider_name_rule_text(enum provider_name_rule rule)
{
	return name_rules[rule];
}

const char *
provider_target_rule_text(enum provider_target_rule rule)
{
	return target_rules[rule];
}

const char *
provider_confidence_text(enum provider_confidence confidence)
{
	return confidences[confidence];
}

const char *
form_id_text(enum form_id id)
{
	return ids[id];
}
