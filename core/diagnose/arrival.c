#include "diagnose/arrival.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "dns/suffix.h"

static const struct arrival_row rows[ARRIVAL_COUNT] = {
#define ARRIVAL(id, name, state, summary, explanation, remedy)                 \
	[id] = { name, state, summary, explanation, remedy },
#include "diagnose/arrival.def"
#undef ARRIVAL
};

const struct arrival_row *
arrival_row(enum arrival_id id)
{
	return &rows[id];
}

/* Worst first, each once; of the same state in the order they came. */
static struct arrival_cause *
add_as(struct arrival *arrival, enum arrival_id id, enum state state)
{
	size_t at = arrival->causes;
	struct arrival_cause *cause;

	for (size_t i = 0; i < arrival->causes; i++)
		if (arrival->cause[i].id == id)
			return &arrival->cause[i];
	while (at > 0 && arrival->cause[at - 1].state < state)
		at--;
	if (arrival->causes == ARRIVAL_CAUSES) {
		if (at == ARRIVAL_CAUSES)
			return &arrival->cause[at - 1];
		arrival->causes--;
	}
	cause = &arrival->cause[at];
	memmove(cause + 1, cause, (arrival->causes++ - at) * sizeof *cause);
	memset(cause, 0, sizeof *cause);
	cause->id = id;
	cause->state = state;
	if (state > arrival->verdict)
		arrival->verdict = state;
	return cause;
}

static void
add(struct arrival *arrival, enum arrival_id id)
{
	add_as(arrival, id, rows[id].state);
}

static void
add_said(struct arrival *arrival, enum arrival_id id, enum state state,
    const struct arrival_line *line)
{
	strlcpy(add_as(arrival, id, state)->said, line->said, ARRIVAL_SAID);
}

static bool
has_cause(const struct arrival *arrival, enum arrival_id id)
{
	for (size_t i = 0; i < arrival->causes; i++)
		if (arrival->cause[i].id == id)
			return true;
	return false;
}

static bool
is_ses(const struct name *name)
{
	struct name ses;
	const char *why;

	return name->len > 0 && name_parse(&ses, PLAN_SPF_HOST, &why) == 0 &&
	    name_is_below(name, &ses);
}

/* Relaxed alignment: one registered domain (RFC 7489 section 3.1). */
static bool
is_aligned(const struct arrival *arrival, const struct name *name)
{
	struct name a, b;

	if (!arrival->has_from)
		return false;
	suffix_registered(&arrival->from, &a);
	suffix_registered(name, &b);
	return name_equal(&a, &b);
}

/* The selector is one that SES or the user gave for this identity. */
static bool
is_own_selector(const struct identity *identity, const char *selector)
{
	for (size_t i = 0; i < identity->tokens; i++)
		if (strcasecmp(identity->token[i], selector) == 0)
			return true;
	return identity->selector[0] != '\0' &&
	    strcasecmp(identity->selector, selector) == 0;
}

/* "dkim=permerror (no key)", as the mailbox has it. */
static void
put_said(struct arrival_line *line, const struct auth_said *said)
{
	char method[8];

	strlcpy(method, auth_method_text(said->method), sizeof method);
	for (char *c = method; *c != '\0'; c++)
		*c |= 0x20;
	snprintf(line->said, sizeof line->said, "%s=%s%s%s%s", method,
	    auth_result_text(said->result), said->reason[0] != '\0' ? " (" :
	    "", said->reason, said->reason[0] != '\0' ? ")" : "");
}

/* The selector that the signature of this domain names, if it is one. */
static const char *
selector_of(const struct received *mail, const struct auth_said *said)
{
	const char *found = "";

	if (said->selector[0] != '\0' || !said->has_domain)
		return said->selector;
	for (size_t i = 0; i < mail->signatures; i++) {
		if (!name_equal(&mail->signature[i].domain, &said->domain))
			continue;
		if (found[0] != '\0')
			return "";
		found = mail->signature[i].selector;
	}
	return found;
}

/*
 * How much a result tells of our signature: a pass that stands for the sender
 * before a failure that does, and both before anybody else's.
 */
static int
weight(const struct arrival *arrival, const struct auth_said *said)
{
	bool aligned = said->has_domain && is_aligned(arrival, &said->domain);
	bool pass = said->result == AUTH_PASS;

	if (!said->has_domain)
		return pass ? 1 : 0;
	if (aligned)
		return (pass ? 8 : 5) +
		    name_equal(&said->domain, &arrival->domain);
	return pass ? (is_ses(&said->domain) ? 3 : 4) : 1;
}

static void
take_lines(struct arrival *arrival, const struct received *mail,
    const struct identity *identity)
{
	int best[AUTH_METHODS] = { -1, -1, -1 };

	for (size_t i = 0; i < mail->results.count; i++) {
		const struct auth_said *said = &mail->results.said[i];
		struct arrival_line *line = &arrival->line[said->method];
		const char *selector = selector_of(mail, said);
		/* What was said first holds, but there are many signatures. */
		int worth = said->method == AUTH_DKIM ?
		    2 * weight(arrival, said) : 0;

		if (worth > 0 && identity != NULL && selector[0] != '\0')
			worth += is_own_selector(identity, selector);
		if (worth <= best[said->method]) {
			/* The page names no name; the header may. */
			if (said->method == AUTH_DKIM ||
			    line->has_domain || !said->has_domain)
				continue;
		} else {
			line->result = said->result;
			put_said(line, said);
			strlcpy(line->selector, selector, AUTHRES_SELECTOR);
			best[said->method] = worth;
		}
		line->domain = said->domain;
		line->has_domain = said->has_domain;
	}
	if (!arrival->line[AUTH_SPF].has_domain && arrival->has_envelope) {
		arrival->line[AUTH_SPF].domain = arrival->envelope;
		arrival->line[AUTH_SPF].has_domain = true;
	}
	for (size_t i = 0; i < AUTH_METHODS; i++) {
		struct arrival_line *line = &arrival->line[i];

		/* DMARC is the one that is about the sender itself. */
		line->aligned = i == AUTH_DMARC ?
		    line->result == AUTH_PASS : line->has_domain &&
		    is_aligned(arrival, &line->domain);
		line->state = line->result == AUTH_PASS ? STATE_PASS :
		    line->result == AUTH_UNSAID ||
		    line->result == AUTH_TEMPERROR ? STATE_UNKNOWN :
		    STATE_FAIL;
	}
}

static bool
passes(const struct arrival *arrival, enum auth_method method)
{
	return arrival->line[method].result == AUTH_PASS &&
	    arrival->line[method].aligned;
}

/* Is it said in the words of a mailbox that there is no key? */
static bool
lacks_key(const struct arrival_line *line)
{
	return strcasestr(line->said, "no key") != NULL ||
	    strcasestr(line->said, "key not found") != NULL ||
	    strcasestr(line->said, "no public key") != NULL;
}

/* Why no signature stands for the sender. */
static enum arrival_id
why_unsigned(const struct arrival_line *line, const struct received *mail)
{
	if (line->result == AUTH_PASS && line->has_domain)
		return is_ses(&line->domain) ? ARRIVAL_SES_ALONE :
		    ARRIVAL_OTHER_SIGNER;
	if (line->result == AUTH_NONE)
		return ARRIVAL_UNSIGNED;
	/* Nothing says whose signature it was, or that there was one. */
	if (!line->has_domain && mail->signatures == 0)
		return ARRIVAL_DKIM;
	return lacks_key(line) ? ARRIVAL_KEY_MISSING : ARRIVAL_CHANGED;
}

static void
judge_dkim(struct arrival *arrival, const struct received *mail,
    const struct identity *identity)
{
	struct arrival_line *line = &arrival->line[AUTH_DKIM];
	bool keys = identity != NULL && (identity->tokens > 0 ||
	    identity->selector[0] != '\0');

	if (line->result == AUTH_UNSAID) {
		add(arrival, ARRIVAL_DKIM_UNSAID);
	} else if (line->result == AUTH_TEMPERROR && !lacks_key(line)) {
		add_said(arrival, ARRIVAL_TROUBLE, STATE_UNKNOWN, line);
	} else if (passes(arrival, AUTH_DKIM)) {
		if (keys && line->selector[0] != '\0' &&
		    name_equal(&line->domain, &arrival->domain) &&
		    !is_own_selector(identity, line->selector))
			add(arrival, ARRIVAL_OTHER_SELECTOR);
	} else {
		/* One of the two is enough for DMARC. */
		line->state = passes(arrival, AUTH_SPF) ? STATE_WARN :
		    STATE_FAIL;
		add_said(arrival, why_unsigned(line, mail), line->state, line);
	}
	/* Whoever has no name is told by the mail's own signature. */
	if (!line->has_domain && mail->signatures > 0) {
		line->domain = mail->signature[0].domain;
		line->has_domain = true;
		line->aligned = is_aligned(arrival, &line->domain);
	}
	if (arrival->sent[0] != '\0' && arrival->region[0] != '\0' &&
	    strcasecmp(arrival->sent, arrival->region) != 0 && keys &&
	    !is_own_selector(identity, line->selector))
		add(arrival, ARRIVAL_OTHER_REGION);
}

static void
judge_spf(struct arrival *arrival)
{
	struct arrival_line *line = &arrival->line[AUTH_SPF];
	bool own = arrival->has_mail_from && line->has_domain &&
	    name_equal(&line->domain, &arrival->mail_from);

	if (line->result == AUTH_TEMPERROR) {
		add_said(arrival, ARRIVAL_TROUBLE, STATE_UNKNOWN, line);
	} else if (line->result != AUTH_PASS && line->result != AUTH_UNSAID) {
		line->state = passes(arrival, AUTH_DKIM) ? STATE_WARN :
		    STATE_FAIL;
		add_said(arrival, ARRIVAL_SPF, line->state, line);
	}
	/* It speaks for somebody else, and nothing does for the sender. */
	if (line->result == AUTH_PASS && !passes(arrival, AUTH_SPF) &&
	    !passes(arrival, AUTH_DKIM))
		line->state = STATE_WARN;
	if (!arrival->has_mail_from || !line->has_domain || own)
		return;
	add(arrival, is_ses(&line->domain) ? ARRIVAL_RETURN_SES :
	    ARRIVAL_RETURN_OTHER);
	if (line->state < STATE_WARN)
		line->state = STATE_WARN;
}

static void
judge_dmarc(struct arrival *arrival)
{
	struct arrival_line *line = &arrival->line[AUTH_DMARC];
	bool either = passes(arrival, AUTH_SPF) || passes(arrival, AUTH_DKIM);

	line->domain = arrival->from;
	line->has_domain = true;
	if (line->result == AUTH_PASS)
		return;
	if (line->result == AUTH_TEMPERROR)
		add_said(arrival, ARRIVAL_TROUBLE, STATE_UNKNOWN, line);
	else if (line->result == AUTH_NONE)
		add(arrival, ARRIVAL_NO_DMARC);
	else if (line->result == AUTH_UNSAID && either)
		add(arrival, ARRIVAL_DMARC_UNSAID);
	else if (line->result != AUTH_UNSAID)
		add(arrival, passes(arrival, AUTH_DKIM) ? ARRIVAL_STRICT :
		    ARRIVAL_DMARC);
	if (line->result == AUTH_NONE || line->result == AUTH_UNSAID)
		line->state = STATE_WARN;
}

/* What forbids any verdict; true: there is none. */
static bool
cannot_tell(struct arrival *arrival, const struct received *mail,
    const struct identity *identity)
{
	bool failed = !passes(arrival, AUTH_DKIM) ||
	    arrival->line[AUTH_DMARC].state == STATE_FAIL;

	if (mail->froms > 1)
		add(arrival, ARRIVAL_SEVERAL_FROM);
	else if (!arrival->has_from)
		add(arrival, ARRIVAL_NO_FROM);
	else if (identity != NULL &&
	    !name_is_below(&arrival->from, &arrival->domain))
		add(arrival, ARRIVAL_OTHER_DOMAIN);
	else if (mail->results.count == 0)
		add(arrival, ARRIVAL_NO_RESULTS);
	else if (mail->passed_on && failed)
		add(arrival, ARRIVAL_FORWARDED);
	else if (mail->fields > 0 && !mail->ses && !arrival->is_ses)
		add(arrival, ARRIVAL_NOT_SES);
	else
		return false;
	return true;
}

static void
add_source(struct arrival *arrival, const struct received *mail,
    const struct identity *identity)
{
	if (mail->fields == 0 && mail->lines > 0)
		add(arrival, ARRIVAL_LINES_ONLY);
	if (mail->below > 0)
		add(arrival, ARRIVAL_BELOW);
	if (mail->joined)
		add(arrival, ARRIVAL_JOINED);
	if (identity == NULL && arrival->has_from)
		add(arrival, ARRIVAL_UNKNOWN_VALUES);
}

void
arrival_judge(struct arrival *out, const struct received *mail,
    const struct identity *identity)
{
	memset(out, 0, sizeof *out);
	out->verdict = STATE_PASS;
	out->has_from = mail->froms > 0;
	out->froms = mail->froms;
	out->below = mail->below;
	out->from = mail->from;
	/* The three lines alone name no sender: then the one asked for. */
	if (!out->has_from && identity != NULL && mail->fields == 0) {
		out->from = identity->domain;
		out->has_from = out->is_assumed = true;
	}
	out->domain = identity != NULL ? identity->domain : out->from;
	out->envelope = mail->envelope;
	out->has_envelope = mail->has_envelope;
	out->at = mail->at;
	strlcpy(out->server, mail->results.server, sizeof out->server);
	strlcpy(out->sent, mail->region, sizeof out->sent);
	if (identity != NULL) {
		strlcpy(out->region, identity->region, sizeof out->region);
		out->service = service_of(identity);
		out->has_mail_from = identity->has_mail_from;
		out->mail_from = identity->mail_from;
	}
	take_lines(out, mail, identity);
	out->is_ses = is_ses(&out->envelope) ||
	    is_ses(&out->line[AUTH_DKIM].domain);
	if (!cannot_tell(out, mail, identity)) {
		judge_dkim(out, mail, identity);
		judge_spf(out);
		judge_dmarc(out);
	}
	add_source(out, mail, identity);
}

/* Those of these kinds which stand so, by their titles; how many there are. */
static size_t
titles(char dst[static ARRIVAL_ROWS], const struct plan *plan,
    const struct diagnosis *d, unsigned kinds, bool right)
{
	size_t count = 0;

	*dst = '\0';
	for (size_t i = 0; i < plan->count; i++) {
		const struct wanted *wanted = &plan->wanted[i];
		enum state state = d->record[i].state;

		if ((kinds & 1u << wanted->kind) == 0 ||
		    (right ? d->record[i].finding != FINDING_OK :
		    state == STATE_PASS || state == STATE_UNKNOWN ||
		    d->record[i].finding == FINDING_OK))
			continue;
		if (count++ > 0)
			strlcat(dst, ", ", ARRIVAL_ROWS);
		strlcat(dst, wanted_title(wanted), ARRIVAL_ROWS);
	}
	return count;
}

enum {
	KEYS = 1u << WANTED_DKIM | 1u << WANTED_BYODKIM,
	ENVELOPE = 1u << WANTED_MAIL_FROM_MX | 1u << WANTED_MAIL_FROM_SPF,
	POLICY = 1u << WANTED_DMARC
};

void
arrival_look(struct arrival *arrival, const struct plan *plan,
    const struct diagnosis *diagnosis, int64_t now)
{
	static const struct {
		enum arrival_id id;
		unsigned kinds;
	} blamed[] = {
		{ ARRIVAL_KEY_MISSING, KEYS },
		{ ARRIVAL_CHANGED, KEYS },
		{ ARRIVAL_RETURN_SES, ENVELOPE },
		{ ARRIVAL_SPF, 1u << WANTED_MAIL_FROM_SPF },
		{ ARRIVAL_NO_DMARC, POLICY },
		{ ARRIVAL_DMARC_UNSAID, POLICY },
	};
	unsigned suspects = 0, sound = 0;
	char text[ARRIVAL_ROWS];

	if (!diagnosis->complete || has_cause(arrival, ARRIVAL_OTHER_DOMAIN))
		return;
	arrival->looked_at = now;
	for (size_t i = 0; i < sizeof blamed / sizeof blamed[0]; i++)
		if (has_cause(arrival, blamed[i].id))
			suspects |= blamed[i].kinds;
	if (passes(arrival, AUTH_DKIM) &&
	    !has_cause(arrival, ARRIVAL_OTHER_SELECTOR))
		sound |= KEYS;
	if (passes(arrival, AUTH_SPF) && arrival->has_mail_from &&
	    name_equal(&arrival->line[AUTH_SPF].domain, &arrival->mail_from))
		sound |= ENVELOPE;
	if (titles(text, plan, diagnosis, suspects, false) > 0)
		strlcpy(add_as(arrival, ARRIVAL_ROWS_WRONG, STATE_PASS)->rows,
		    text, ARRIVAL_ROWS);
	else if (titles(text, plan, diagnosis, suspects, true) > 0)
		strlcpy(add_as(arrival, ARRIVAL_ROWS_RIGHT, STATE_PASS)->rows,
		    text, ARRIVAL_ROWS);
	if (titles(text, plan, diagnosis, sound, false) > 0)
		strlcpy(add_as(arrival, ARRIVAL_ROWS_GONE, STATE_WARN)->rows,
		    text, ARRIVAL_ROWS);
}
