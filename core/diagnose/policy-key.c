#include "diagnose/policy-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "mail/own-key.h"
#include "dns/rr.h"

enum {
	KEY_RECORDS = 8,	/* TXT records at one selector */
	KEY_CUT = 255		/* octets of the longest string of a TXT */
};

/* Does a record mean to be a key? */
static bool
is_key(const struct dkim_key *key)
{
	return key->result != DKIM_KEY_EMPTY &&
	    key->result != DKIM_KEY_NO_KEY && key->result != DKIM_KEY_SYNTAX;
}

/* Does the key stand there whole, and straight behind it something else? */
static bool
more_behind(struct policy *out, const struct rr *rr, const char *wanted)
{
	size_t len, n = strlen(wanted);
	uint8_t *text = rr_txt_new(rr, &len);
	const uint8_t *at = memmem(text, len, wanted, n);
	bool more = at != NULL && at + n < text + len && at[n] != ';';

	if (more)
		policy_place(&policy_remark(out, CLAIM_MORE_BEHIND, NULL,
		    NULL)->there, text, len, (size_t)(at - text) + n, ";");
	free(text);
	return more;
}

/* The beginning has a place only where it is meant, and not the whole. */
static void
place(struct remark *remark, const struct rr *rr, const struct dkim_key *key)
{
	uint8_t *text;
	size_t len;

	if (key->at == 0 && key->result != DKIM_KEY_SYNTAX &&
	    key->result != DKIM_KEY_BASE64)
		return;
	text = rr_txt_new(rr, &len);
	policy_place(&remark->place, text, len, key->at, ";");
	free(text);
}

/* The finding of a record that is not the key as it should be. */
static void
judge_wrong(struct policy *out, const struct rr *rr, const char *wanted)
{
	struct dkim_key key;
	bool same = own_key_same(rr, wanted, &key);
	const char *why = key.why;

	switch (key.result) {
	case DKIM_KEY_REVOKED:
	case DKIM_KEY_EMPTY:
		out->finding = FINDING_KEY_REVOKED;
		return;
	case DKIM_KEY_QUOTED:
		out->finding = FINDING_QUOTED_VALUE;
		/* Its own words say that already. */
		why = NULL;
		break;
	case DKIM_KEY_PEM:
	case DKIM_KEY_FOREIGN:
	case DKIM_KEY_GLUED:
	case DKIM_KEY_CASE:
	case DKIM_KEY_CUT:
	case DKIM_KEY_BASE64:
		out->finding = FINDING_ALTERED_VALUE;
		break;
	default:
		out->finding = !same && own_key_part(rr, wanted) ?
		    FINDING_ALTERED_VALUE : FINDING_WRONG_VALUE;
		break;
	}
	if (own_key_lost_plus(rr, wanted)) {
		out->finding = FINDING_ALTERED_VALUE;
		why = key.spaced ? N_("A plus sign became a space.") :
		    N_("The plus signs of the key are missing.");
	} else if (own_key_shuffled(rr, wanted)) {
		out->finding = FINDING_ALTERED_VALUE;
		why = N_("The key stands in several strings of one record, "
		    "but in the wrong order.");
	} else if (key.result == DKIM_KEY_CUT && rr->len == KEY_CUT + 1)
		why = N_("The value ends after 255 characters. The form holds "
		    "no more in one piece: try it as two pieces in quotes, "
		    "with a space between, or ask the company how it takes a "
		    "longer TXT.");
	if (key.result == DKIM_KEY_BASE64 && more_behind(out, rr, wanted))
		return;
	if (same && key.ed25519)
		why = N_("k=ed25519 says that the key is of another kind. "
		    "Yours is an RSA key: k=rsa, or no k= at all.");
	if (why != NULL)
		place(policy_remark(out, CLAIM_KEY_FAULT, why, NULL), rr,
		    &key);
}

/* Right, and yet worth a word. */
static void
remarks(struct policy *out, const struct dkim_key *key)
{
	if (key->testing)
		policy_remark(out, CLAIM_KEY_TESTING, NULL, NULL);
	if (key->spaced)
		policy_remark(out, CLAIM_KEY_SPACED, NULL, NULL);
}

void
policy_judge_key(struct policy *out, const struct facts *facts,
    const struct observation *o)
{
	const char *wanted = facts->plan->identity.key;
	const struct rr *rr[KEY_RECORDS] = { NULL };
	const struct rr *right = NULL, *wrong = NULL;
	struct dkim_key key;
	size_t count = 0;

	for (size_t i = 0; i < o->answers && count < KEY_RECORDS; i++) {
		if (o->rr[i].type != RR_TXT)
			continue;
		rr[count++] = &o->rr[i];
		if (own_key_right(&o->rr[i], wanted))
			right = &o->rr[i];
		else if (own_key_same(&o->rr[i], wanted, &key) ||
		    is_key(&key) || wrong == NULL)
			wrong = &o->rr[i];
	}
	out->ruling = right;
	if (right != NULL) {
		own_key_same(right, wanted, &key);
		remarks(out, &key);
		if (wrong != NULL && (own_key_same(wrong, wanted, &key) ||
		    is_key(&key)))
			out->finding = FINDING_EXTRA_VALUE;
	} else if (own_key_split(rr, count, wanted)) {
		out->finding = FINDING_ALTERED_VALUE;
		policy_remark(out, CLAIM_KEY_SPLIT, NULL, NULL);
	} else if (wrong != NULL)
		judge_wrong(out, wrong, wanted);
}
