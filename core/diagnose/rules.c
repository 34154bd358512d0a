#include "diagnose/rules.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "diagnose/diagnose.h"

enum {
	MINUTE = 60000	/* ms */
};

/*
 * What stands at the right name though it is wrong; NULL: nothing.  Beside the
 * right value it is no fault of this record's.
 */
static const struct found *
wrong(const struct facts *facts)
{
	const struct record_diagnosis *record = facts->record;

	if (facts->yes == 0 && record->founds > 0 &&
	    facts->slip != VALUE_RIGHT &&
	    name_equal(&record->found[0].owner, &facts->wanted->owner) &&
	    record->found[0].type == facts->wanted->type)
		return &record->found[0];
	return NULL;
}

/*
 * Only our recursion followed where the name was handed on.  Where a server
 * there or above is in trouble, what that got from it is anybody's word.
 */
static bool
is_followed(const struct facts *facts)
{
	return facts->referred != 0 && !facts->troubled && !facts->astray;
}

static bool
everywhere(const struct facts *facts)
{
	return (facts->yes > 0 || is_followed(facts)) &&
	    facts->no + facts->none + facts->waiting == 0;
}

/* Our recursion takes no answer that long; others do. */
static bool
is_too_long(const struct facts *facts)
{
	return facts->overlong == facts->yes &&
	    facts->recursion == CELL_NO_ANSWER;
}

/*
 * A recursion led astray by a troubled server, or by the resolver that it is
 * looked through, is explained by that; not one that gets no answer where the
 * others answer no resolver, either.
 */
static bool
stands(const struct facts *facts)
{
	return everywhere(facts) && (facts->recursion == CELL_YES ||
	    (facts->yes > 0 && (facts->troubled || facts->astray ||
	    is_too_long(facts)) && !facts->unusual && facts->complete));
}

/* The registry's "no" is as good as the zone's own. */
static bool
is_absent(const struct facts *facts)
{
	if (!facts->complete)
		return false;
	if (facts->delegation->state == DELEGATION_NOT_REGISTERED ||
	    facts->delegation->state == DELEGATION_NO_SERVERS)
		return true;
	/* Whoever was not asked may have it. */
	if (facts->yes > 0 || facts->none > 0 || facts->beyond)
		return false;
	return facts->no > 0 ||
	    (is_followed(facts) && facts->recursion == CELL_NO &&
	    !facts->bare);
}

static bool
is_bogus(const struct evidence *c)
{
	return c->facts->bogus;
}

static bool
is_extra(const struct evidence *c)
{
	const struct facts *facts = c->facts;

	if (facts->wanted->kind == WANTED_DKIM)
		return facts->yes > 0 && facts->no == 0 &&
		    (facts->values > 1 || facts->beside);
	/* While copies differ, the values are not all at one server. */
	return facts->wanted->kind == WANTED_MAIL_FROM_MX &&
	    facts->yes > 0 && facts->no == 0 && facts->values > 1;
}

static bool
is_hidden_key(const struct evidence *c)
{
	return c->facts->hidden != 0 && everywhere(c->facts);
}

/*
 * No server answered who asks for the key.  Our recursion may get there, since
 * it asked for the CNAME before; whoever comes anew does not.
 */
static bool
is_unheard_key(const struct evidence *c)
{
	return c->facts->unheard_key && everywhere(c->facts);
}

static bool
is_revoked(const struct evidence *c)
{
	return stands(c->facts) && c->key == MAILKEY_REVOKED && !c->any_key;
}

static bool
is_keyless(const struct evidence *c)
{
	return stands(c->facts) && c->key == MAILKEY_NONE && !c->any_key;
}

static bool
is_spf_multiple(const struct evidence *c)
{
	return c->policy->finding == FINDING_SPF_MULTIPLE;
}

/* A DMARC record or key behind a CNAME at the right name counts. */
static bool
is_alias(const struct evidence *c)
{
	return c->facts->cname && c->policy->ruling != NULL &&
	    !c->policy->inherited;
}

/* A DMARC record above the domain covers it. */
bool
rule_is_inherited(const struct evidence *c)
{
	return c->policy->inherited && is_absent(c->facts);
}

/* Receivers refuse its mail for as long as nothing makes it pass. */
static bool
is_enforced(const struct evidence *c)
{
	return c->policy->enforced && !c->covered &&
	    (everywhere(c->facts) || is_alias(c) || rule_is_inherited(c));
}

static bool
is_policy(const struct evidence *c)
{
	return c->policy->finding != FINDING_OK && (is_alias(c) ||
	    (c->facts->yes > 0 && c->facts->no == 0));
}

static bool
is_wrong_policy(const struct evidence *c)
{
	return c->policy->finding != FINDING_OK && wrong(c->facts) != NULL;
}

static bool
is_cached(const struct evidence *c)
{
	return stands(c->facts) && c->facts->remembered != 0 &&
	    !c->facts->troubled;
}

static bool
is_ok(const struct evidence *c)
{
	return stands(c->facts);
}

/* Copies that nobody keeps in step: waiting does not help. */
static bool
is_other_copy(const struct evidence *c)
{
	return c->facts->complete && (c->facts->apart || c->facts->unlisted);
}

static bool
is_partial(const struct evidence *c)
{
	const struct facts *facts = c->facts;

	return facts->yes > 0 && (facts->no > 0 || (facts->complete &&
	    facts->none == 0 && !facts->troubled &&
	    (facts->recursion == CELL_NO || facts->recursion == CELL_OTHER)));
}

/* An own key is judged as a key, not as a text. */
static bool
is_wrong_key(const struct evidence *c)
{
	return c->facts->wanted->kind == WANTED_BYODKIM &&
	    !c->facts->wildcard && is_wrong_policy(c);
}

/* The row is there, made as a CNAME. */
static bool
is_made_as_cname(const struct evidence *c)
{
	return c->facts->cname_ours && !c->facts->wildcard;
}

static bool
is_conflict(const struct evidence *c)
{
	return c->facts->cname && !c->facts->wildcard &&
	    !c->facts->cname_sibling;
}

static bool
is_doubled_target(const struct evidence *c)
{
	const struct facts *facts = c->facts;
	const struct found *f = wrong(facts);
	const struct name *tail[2] = { &facts->part.zone,
		&facts->plan->domain };
	const char *a = facts->wanted->value, *b;
	char text[NAME_TEXT];
	size_t len;

	if (f == NULL || facts->wanted->type == RR_TXT)
		return false;
	b = f->value;
	/* Compare the host; an MX may have another preference. */
	if (facts->wanted->type == RR_MX) {
		a += strcspn(a, " ");
		b += strcspn(b, " ");
	}
	len = strlen(a);
	for (size_t i = 0; i < 2; i++)
		if (strncasecmp(a, b, len) == 0 && b[len] == '.' &&
		    strcasecmp(b + len + 1, name_text(tail[i], text)) == 0)
			return true;
	return false;
}

static bool
is_swapped(const struct evidence *c)
{
	const struct found *f = wrong(c->facts);

	for (size_t i = 0; f != NULL && i < c->facts->plan->count; i++) {
		const struct wanted *other = &c->facts->plan->wanted[i];

		if (other != c->facts->wanted && other->type == f->type &&
		    strcasecmp(other->value, f->value) == 0)
			return true;
	}
	return false;
}

static bool
is_wildcard(const struct evidence *c)
{
	return c->facts->wildcard && c->facts->elsewhere == FINDING_OK;
}

static bool
is_slip(const struct evidence *c, enum value_slip slip)
{
	return wrong(c->facts) != NULL && c->facts->slip == slip;
}

static bool
is_other_region(const struct evidence *c)
{
	return is_slip(c, VALUE_OTHER_REGION);
}

static bool
is_quoted(const struct evidence *c)
{
	return is_slip(c, VALUE_QUOTED);
}

static bool
is_altered(const struct evidence *c)
{
	return is_slip(c, VALUE_ALTERED);
}

static bool
is_wrong_value(const struct evidence *c)
{
	return wrong(c->facts) != NULL;
}

static bool
is_inherited_wrong(const struct evidence *c)
{
	return c->policy->finding != FINDING_OK && rule_is_inherited(c);
}

static bool
is_elsewhere(const struct evidence *c)
{
	return c->facts->elsewhere != FINDING_OK;
}

static bool
is_proxied(const struct evidence *c)
{
	return c->facts->address;
}

/* What lacks here may be covered from above. */
static bool
is_unheard_above(const struct evidence *c)
{
	return c->policy->unheard && is_absent(c->facts) &&
	    c->facts->delegation->state == DELEGATION_FOUND;
}

static bool
is_not_yet(const struct evidence *c)
{
	int64_t entered = c->facts->wanted->entered;

	return is_absent(c->facts) && entered > 0 &&
	    !diagnose_overdue(c->facts->plan, c->facts->wanted) &&
	    c->facts->delegation->state == DELEGATION_FOUND &&
	    c->now - entered <
	    (int64_t)provider_patience(c->company) * MINUTE;
}

static bool
is_missing(const struct evidence *c)
{
	return is_absent(c->facts);
}

static bool
is_unreachable(const struct evidence *c)
{
	(void)c;
	return true;
}

static enum finding
of_policy(const struct evidence *c)
{
	return c->policy->finding;
}

static enum finding
of_place(const struct evidence *c)
{
	return c->facts->elsewhere;
}

/*
 * From the most specific to the least; the first that fits gives its finding,
 * or the one that its evidence names.
 */
static const struct {
	bool (*fits)(const struct evidence *c);
	enum finding finding;
	enum finding (*named)(const struct evidence *c);
} rules[] = {
	{ is_bogus, FINDING_DNSSEC_BOGUS, NULL },
	{ is_extra, FINDING_EXTRA_VALUE, NULL },
	{ is_hidden_key, FINDING_KEY_UNREACHABLE, NULL },
	{ is_unheard_key, FINDING_KEY_UNREACHABLE, NULL },
	{ is_spf_multiple, FINDING_SPF_MULTIPLE, NULL },
	{ is_enforced, FINDING_DMARC_ENFORCED, NULL },
	{ is_policy, FINDING_COUNT, of_policy },
	{ is_revoked, FINDING_KEY_REVOKED, NULL },
	{ is_keyless, FINDING_KEY_UNPUBLISHED, NULL },
	{ is_cached, FINDING_CACHED, NULL },
	{ is_ok, FINDING_OK, NULL },
	{ is_other_copy, FINDING_OTHER_COPY, NULL },
	{ is_partial, FINDING_PARTIAL, NULL },
	{ is_alias, FINDING_OK, NULL },
	{ is_wrong_key, FINDING_COUNT, of_policy },
	{ is_made_as_cname, FINDING_WRONG_TYPE, NULL },
	{ is_conflict, FINDING_CONFLICT, NULL },
	{ is_doubled_target, FINDING_DOUBLED_TARGET, NULL },
	{ is_swapped, FINDING_SWAPPED, NULL },
	{ is_other_region, FINDING_WRONG_REGION, NULL },
	{ is_quoted, FINDING_QUOTED_VALUE, NULL },
	{ is_altered, FINDING_ALTERED_VALUE, NULL },
	{ is_wildcard, FINDING_WILDCARD, NULL },
	{ is_wrong_policy, FINDING_COUNT, of_policy },
	{ is_wrong_value, FINDING_WRONG_VALUE, NULL },
	{ is_elsewhere, FINDING_COUNT, of_place },
	{ is_proxied, FINDING_PROXIED, NULL },
	{ is_inherited_wrong, FINDING_COUNT, of_policy },
	{ rule_is_inherited, FINDING_INHERITED, NULL },
	{ is_unheard_above, FINDING_UNREACHABLE, NULL },
	{ is_not_yet, FINDING_NOT_YET, NULL },
	{ is_missing, FINDING_MISSING, NULL },
	{ is_unreachable, FINDING_UNREACHABLE, NULL },
};

enum finding
rule_find(const struct evidence *c)
{
	size_t i = 0;

	while (!rules[i].fits(c))
		i++;
	return rules[i].named != NULL ? rules[i].named(c) : rules[i].finding;
}
