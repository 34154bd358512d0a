#include "report/report-internal.h"

#include "base/age.h"
#include "base/lang.h"
#include "base/text.h"

/* One more; Japanese ones follow without a blank. */
static void
add_sentence(struct text *t, const char *sentence,
    const struct text_place *places)
{
	if (t->len > 0 && t->s[t->len - 1] != ' ' &&
	    lang_current() != LANG_JA)
		text_add(t, " ");
	text_add_filled(t, _(sentence), places);
}

static const struct text_place none[] = { { NULL, NULL } };

/* What an old "no" means for whoever asked too early. */
bool
missing_memory(struct text *t, const struct scene *s)
{
	struct text left = TEXT_INIT;

	if (!report_claims(s->record, CLAIM_KEPT))
		return true;
	/* In minutes: what is left of one is no news. */
	age_most(&left, s->record->retry_after < 60 ? 60 :
	    s->record->retry_after);
	add_sentence(t, s->record->finding == FINDING_OK ?
	    N_("Whoever looked before it was right, perhaps SES, may go on "
	    "seeing the old state for up to {left}.") :
	    N_("Whoever looks too early, SES too, may remember for up to "
	    "{left} that nothing was there."), (const struct text_place[]){
		{ "left", left.s }, { NULL, NULL } });
	text_release(&left);
	return true;
}

/* Whether it was saved cannot be seen; but it can be seen that it was. */
bool
missing_saved(struct text *t, const struct scene *s)
{
	static const enum claim_kind was[] = { CLAIM_VERIFIED_ONCE, CLAIM_HELD,
		CLAIM_UNLISTED };

	for (size_t i = 0; i < sizeof was / sizeof was[0]; i++)
		if (report_claims(s->record, was[i]))
			return true;
	if (s->wanted->required || s->wanted->entered != 0)
		add_sentence(t, N_("Perhaps the last save button was not "
		    "pressed."), none);
	return true;
}

/* What keeps saved rows from having an effect at this company, as known. */
bool
missing_trap(struct text *t, const struct scene *s)
{
	const struct provider *row = s->of.company;
	const struct text_place places[] = {
		{ "server", s->check->company.evidence }, { NULL, NULL }
	};

	if (!s->wanted->required && s->wanted->entered == 0)
		return true;
	if (row->before != NULL)
		add_sentence(t, row->before, places);
	if (row->before != NULL && row->servers_say != NULL &&
	    s->check->company.detected == row)
		add_sentence(t, row->servers_say, places);
	for (size_t i = 0; i < PROVIDER_PITFALLS; i++)
		if ((row->pitfall[i].on & PROVIDER_WITH_MISSING) != 0)
			add_sentence(t, row->pitfall[i].text, places);
	return true;
}

bool
missing_wait(struct text *t, const struct scene *s)
{
	struct text wait = TEXT_INIT;
	bool partial = s->record->finding == FINDING_PARTIAL;

	age_span(&wait, s->of.company->wait_max);
	add_sentence(t, s->of.company->wait_max > 1 ?
	    N_("A row just saved can take up to {wait} to be seen.") :
	    partial ? N_("This usually takes some minutes.") :
	    N_("If you have just saved it, wait a few minutes."),
	    (const struct text_place[]){ { "wait", wait.s }, { NULL, NULL } });
	text_release(&wait);
	return true;
}
