#include "diagnose/suggest.h"

#include <bsd/string.h>

#include "base/lang.h"
#include "ses/region.h"
#include "base/text.h"

static const char *const labels[SUGGESTIONS] = {
	"bounce", "ses-bounce", "send"
};

static int
name_of(struct name *out, const char *label, const struct plan *plan)
{
	return name_prepend(out, label, &plan->domain);
}

/* The newest row, of this round or of an earlier one. */
static const struct observation *
newest(const struct observe_log *log, const struct question *question)
{
	const struct observation *o = observe_find(log, question);

	return o != NULL ? o : observe_before(log, question,
	    log->round);
}

/* The first server of the zone that speaks for it. */
static bool
find_authority(struct vantage *out, const struct delegation *d,
    const struct observe_log *log)
{
	for (size_t i = 0; i < d->servers; i++) {
		struct question q = {
			.vantage = { .kind = VANTAGE_AUTHORITY },
			.name = d->zone, .type = RR_SOA
		};
		const struct observation *o;

		strlcpy(q.vantage.address, d->server[i].address,
		    sizeof q.vantage.address);
		o = newest(log, &q);
		if (o != NULL && o->outcome == OUTCOME_ANSWER && o->aa) {
			*out = q.vantage;
			return true;
		}
	}
	return false;
}

/* An MX to SES: whoever set MAIL FROM up before may go on with it. */
static bool
leads_to_ses(const struct observation *o)
{
	const struct rr *rr;
	struct name host;
	size_t from = 0;

	while ((rr = observation_answer(o, RR_MX, &from)) != NULL)
		if (rr_target(rr, &host) == 0 && region_of_host(&host) != NULL)
			return true;
	return false;
}

/* What one vantage says; a name that exists at all is not free. */
static enum suggest_state
said(const struct observe_log *log, const struct vantage *vantage,
    const struct name *name)
{
	struct question q = { .vantage = *vantage, .name = *name,
		.type = RR_MX };
	const struct observation *o = newest(log, &q);

	if (o == NULL || o->outcome != OUTCOME_ANSWER)
		return SUGGEST_UNKNOWN;
	if (o->rcode == RCODE_NXDOMAIN)
		return SUGGEST_FREE;
	if (o->rcode != RCODE_NOERROR)
		return SUGGEST_UNKNOWN;
	return leads_to_ses(o) ? SUGGEST_SES : SUGGEST_TAKEN;
}

static enum suggest_state
judge(const struct observe_log *log, const struct vantage *authority,
    const struct name *name)
{
	const struct vantage recursion = { .kind = VANTAGE_RECURSIVE };
	enum suggest_state a = said(log, authority, name);
	enum suggest_state r = said(log, &recursion, name);

	if (a == SUGGEST_TAKEN || a == SUGGEST_SES)
		return a;
	return a == SUGGEST_FREE ? r : SUGGEST_UNKNOWN;
}

void
suggest_mail_from(struct suggestion out[static SUGGESTIONS],
    const struct plan *plan, const struct delegation *d,
    const struct observe_log *log)
{
	struct vantage authority;
	bool known = find_authority(&authority, d, log), wildcard;
	struct name guard;

	wildcard = known && (name_of(&guard, plan->guard, plan) == -1 ||
	    judge(log, &authority, &guard) != SUGGEST_FREE);
	for (size_t i = 0; i < SUGGESTIONS; i++) {
		out[i].label = labels[i];
		out[i].state = SUGGEST_UNKNOWN;
		if (name_of(&out[i].name, labels[i], plan) == 0 && known)
			out[i].state = judge(log, &authority, &out[i].name);
		/* Where every name answers, no answer tells anything. */
		if (wildcard && out[i].state == SUGGEST_TAKEN)
			out[i].state = SUGGEST_UNKNOWN;
	}
}

size_t
suggest_questions(struct question out[static SUGGEST_QUESTIONS],
    const struct plan *plan, const struct delegation *d,
    const struct observe_log *log)
{
	struct question q = { .type = RR_MX };
	struct vantage authority;
	size_t count = 0;

	if (!find_authority(&authority, d, log))
		return 0;
	for (size_t i = 0; i <= SUGGESTIONS; i++) {
		if (name_of(&q.name, i < SUGGESTIONS ? labels[i] :
		    plan->guard, plan) == -1)
			continue;
		q.vantage = authority;
		out[count++] = q;
		q.vantage = (struct vantage){ .kind = VANTAGE_RECURSIVE };
		out[count++] = q;
	}
	return count;
}

void
suggest_text(const struct suggestion suggestion[static SUGGESTIONS],
    bool looking, struct text *t)
{
	struct text unused = TEXT_INIT, used = TEXT_INIT;

	for (size_t i = 0; i < SUGGESTIONS; i++) {
		enum suggest_state state = suggestion[i].state;

		if (state == SUGGEST_FREE || state == SUGGEST_TAKEN)
			text_list_add(state == SUGGEST_FREE ? &unused : &used,
			    suggestion[i].label);
	}
	const struct text_place places[] = {
		{ "free", unused.s },
		{ "used", used.s },
		{ NULL, NULL },
	};

	lang_line(t, unused.len > 0 && used.len > 0 ?
	    N_("Still free: {free}. Used for something else: {used}.") :
	    unused.len > 0 ? N_("Still free: {free}.") :
	    looking ? N_("Looking which names are still free ...") :
	    used.len > 0 ? N_("Used for something else: {used}. Choose a "
	    "name that nothing uses.") :
	    N_("Could not find out which names are free. Choose one that "
	    "nothing uses."), places);
	text_release(&unused);
	text_release(&used);
}

bool
suggest_is_taken(const struct suggestion suggestion[static SUGGESTIONS],
    const struct name *name)
{
	for (size_t i = 0; i < SUGGESTIONS; i++)
		if (suggestion[i].state == SUGGEST_TAKEN &&
		    name_equal(&suggestion[i].name, name))
			return true;
	return false;
}
