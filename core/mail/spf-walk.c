#include "mail/spf.h"

#include <string.h>

#include "base/lang.h"
#include "dns/rr.h"

struct walk {
	struct spf_walk *out;
	const struct name *goal;
	spf_ask *ask;
	void *context;
};

/* A record on the way from the root to here; no record holds itself. */
struct step {
	const struct name *name;
	const struct step *up;
	bool passes;	/* a match in it is a pass of the root */
};

/*
 * The first error.  Whoever's mail matched before never gets there, and who
 * waits for an answer in front of it does not, either.
 */
static void
give_up(struct spf_walk *out, const struct name *where, const char *why)
{
	if (out->why != NULL)
		return;
	out->why = why;
	out->where = *where;
	out->ended = true;
}

/* No answer: a receiver stops here for now (RFC 7208 section 2.6.6). */
static void
put_off(struct spf_walk *out, const struct name *where)
{
	if (out->failed++ > 0 || out->ended)
		return;
	out->silent = *where;
	out->ended = true;
}

/* Counts a look-up; false when more of them tell nobody anything. */
static bool
count(struct spf_walk *out, const struct name *where)
{
	if (out->lookups >= SPF_COUNTED)
		return false;
	if (++out->lookups > SPF_LOOKUPS)
		give_up(out, where, N_("This SPF record leads to more than "
		    "ten look-ups, and receivers stop there."));
	return true;
}

/* What is broken already cannot be mended by another answer: no question. */
static void
want(struct spf_walk *out, const struct name *name, uint16_t type)
{
	if (out->why != NULL || out->questions == SPF_QUESTIONS)
		return;
	for (size_t i = 0; i < out->questions; i++)
		if (out->question[i].type == type &&
		    name_equal(&out->question[i].name, name))
			return;
	out->question[out->questions].name = *name;
	out->question[out->questions++].type = type;
}

static enum spf_answer
answer_of(struct walk *walk, const struct name *name, uint16_t type,
    const uint8_t **text, size_t *len)
{
	struct spf_walk *out = walk->out;
	enum spf_answer answer;

	*text = NULL;
	*len = 0;
	answer = walk->ask(walk->context, name, type, text, len);
	if (answer == SPF_WAITING)
		want(out, name, type);
	else if (answer == SPF_FAILED)
		put_off(out, name);
	else if (answer == SPF_NONE)
		out->voids++;
	return answer;
}

static void
follow(struct walk *walk, const struct step *step, const uint8_t *text,
    size_t len);

/* An include or redirect from step to name: RFC 7208 sections 5.2 and 6.1. */
static void
enter(struct walk *walk, const struct step *step, const struct name *name,
    bool passes)
{
	struct spf_walk *out = walk->out;
	struct step next = { name, step, step->passes && passes };
	bool goal = next.passes && name_equal(name, walk->goal);
	const uint8_t *text;
	size_t len;
	enum spf_answer answer;

	out->named = out->named || goal;
	for (const struct step *s = step; s != NULL; s = s->up) {
		if (name_equal(s->name, name)) {
			out->loop |= out->why == NULL;
			give_up(out, name, N_("SPF leads back to {where}."));
			return;
		}
	}
	answer = answer_of(walk, name, RR_TXT, &text, &len);
	if (answer == SPF_NONE || answer == SPF_NO_RECORD)
		give_up(out, name, N_("SPF leads to {where}, but there is no "
		    "SPF record."));
	else if (answer == SPF_MULTIPLE)
		give_up(out, name, N_("{where} has more than one SPF record; "
		    "only one may stand there."));
	else if (answer == SPF_TEXT)
		follow(walk, &next, text, len);
	/* Its own record first: an error in it is an error for all. */
	if (goal && !out->ended)
		out->reached = out->ended = true;
}

/* A mechanism that asks for an address or an MX: only whether it is void. */
static void
look(struct walk *walk, const struct step *step, const struct spf_term *term)
{
	const struct name *name = term->domain.len > 0 ? &term->domain :
	    step->name;
	uint16_t type = term->kind == SPF_MX ? RR_MX : RR_A;
	const uint8_t *text;
	size_t len;
	enum spf_answer answer;

	if (term->has_macro || term->kind == SPF_PTR)
		return;
	answer = answer_of(walk, name, type, &text, &len);
	if (answer == SPF_MULTIPLE && term->kind == SPF_MX)
		give_up(walk->out, name, N_("mx leads to more than ten mail "
		    "servers, and receivers stop there."));
	else if (answer == SPF_NONE && walk->out->voids > SPF_VOIDS)
		give_up(walk->out, name, N_("More than two look-ups of this "
		    "SPF record find nothing, and receivers stop there."));
}

/* A syntax error anywhere counts before anything is evaluated, section 4.6. */
static bool
sound(struct spf_walk *out, const struct name *where, const uint8_t *text,
    size_t len)
{
	struct spf spf;

	if (spf_parse(&spf, text, len) == -1)
		give_up(out, where, spf.why);
	return spf.why == NULL;
}

static void
follow(struct walk *walk, const struct step *step, const uint8_t *text,
    size_t len)
{
	struct spf_term term;
	struct name redirect = { .len = 0 };
	bool redirected = false;
	const char *why, *note;
	size_t at = 0;

	if (!sound(walk->out, step->name, text, len))
		return;
	while (spf_next(&term, text, len, &at, &why, &note)) {
		if (term.kind == SPF_ALL)
			return;
		if (term.kind == SPF_REDIRECT) {
			redirected = true;
			redirect = term.domain;
			continue;
		}
		if (!spf_asks(term.kind))
			continue;
		if (!count(walk->out, step->name))
			return;
		if (term.kind != SPF_INCLUDE)
			look(walk, step, &term);
		else if (!term.has_macro)
			enter(walk, step, &term.domain,
			    term.qualifier == SPF_PASS);
	}
	if (redirected && count(walk->out, step->name) && redirect.len > 0)
		enter(walk, step, &redirect, true);
}

void
spf_walk(struct spf_walk *out, const struct name *root, const uint8_t *text,
    size_t len, const struct name *goal, spf_ask *ask, void *context)
{
	struct walk walk = { out, goal, ask, context };
	struct step step = { root, NULL, true };

	memset(out, 0, sizeof *out);
	follow(&walk, &step, text, len);
}
