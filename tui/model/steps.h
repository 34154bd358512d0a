/*
 * What the steps say.  The screens draw it, the wizard line by line prints
 * it; neither has words of its own for these.  No curses.
 */
#ifndef DNSESAME_STEPS_H
#define DNSESAME_STEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "diagnose/check.h"
#include "ses/identity.h"
#include "company/form.h"
#include "company/provider.h"
#include "session/session.h"

enum {
	STEP_COUNT = 6,
	STEP_SENTENCE = 2048	/* a sentence with its places filled */
};

/* The name of a step, 1 to 6, translated. */
const char *
step_name(int step);

/* All that AWS needs stands in DNS; only after a look has ended. */
bool
step_all_right(const struct check *check, const struct identity *identity);

/* Step 1: msgids. */
extern const char step_domain_question[], step_domain_example[],
    step_domain_about[], step_domain_harmless[], step_domain_practice[];

/*
 * Here and below, t becomes what is said; "" when there is nothing to say.
 * How a domain as typed was understood, if that is not plain to see.  *doubt
 * is set when it is a doubt.
 */
void
step_domain_understood(const char *typed, struct text *t, bool *doubt);

/* The saved domains: msgids, and whether to forget this one. */
extern const char step_saved_question[], step_saved_another[];

void
step_saved_forget(const struct identity *identity, struct text *t);

/* Step 2: msgids, and what depends on the check and the chosen company. */
extern const char step_company_label[], step_company_where[],
    step_company_keep[], step_company_list[];

enum company_choice {
	COMPANY_GO_ON,
	COMPANY_OTHER,
	COMPANY_UNKNOWN,
	COMPANY_CHOICES,
	COMPANY_CANDIDATE	/* one of several, in the place of going on */
};

/* The chosen company, else the detected one, else that it is not known. */
const char *
step_company_name(const struct check *check);

/* The user's company does not run these name servers. */
bool
step_company_elsewhere(const struct check *check);

/* How the company was recognised, and how sure that is. */
void
step_company_evidence(const struct check *check, struct text *t);

/* What no finding says yet; "" when there is nothing. */
void
step_company_warning(const struct check *check, struct text *t);

/*
 * The ways on: how many, and which the index-th is.  Where only the user can
 * tell the company, each candidate is one, *candidate is set then.
 */
size_t
step_company_count(const struct check *check);
enum company_choice
step_company_at(const struct check *check,
    size_t index, const struct provider **candidate);

/* The index-th in words. */
void
step_company_choice(const struct check *check,
    size_t index, struct text *t);

/* Step 4: msgid, in the place of what to mind: the last look found the row. */
extern const char step_card_stands[];

/* A field's content: the value, or what to do instead. */
const char *
step_card_field(const struct form_field *field);

/* Step 5: msgids. */
/*
 * On leaving the cards: have you saved these rows at {company}?  Its answers,
 * "not yet" first, and what each leads to.
 */
enum saved_answer {
	SAVED_NOT_YET,
	SAVED_YES,
	SAVED_ANSWERS
};

void
step_card_saved(const struct check *check, struct text *t);
extern const char *const step_saved_answer[SAVED_ANSWERS];
extern const char *const step_saved_note[SAVED_ANSWERS];

/* What goes on meanwhile: on a screen, line by line, in practice. */
extern const char step_check_bare[], step_check_watches[],
    step_check_watches_lines[], step_check_practice[];

/* Step 6: msgids. */
extern const char step_done_region[], step_done_noted[];
/* In practice, in the place of the question. */
extern const char step_done_practice[], step_practice_noted[];

/* What depends on whose page counts: AWS's, or that of a service on SES. */
enum step_words {
	STEP_ASK_STATUS,	/* step 3 */
	STEP_CHECK_RIGHT,	/* step 5 */
	STEP_CHECK_SEEN,	/* by a resolver that stands in */
	STEP_DONE_RIGHT,	/* step 6 */
	STEP_DONE_SEEN,
	STEP_DONE_VERIFIED,
	STEP_DONE_LOST,
	STEP_DONE_QUESTION,
	STEP_DONE_KEEP,
	STEP_DONE_SANDBOX,	/* "": there is none */
	STEP_DONE_ARRIVES,
	STEP_WORDS
};

/* When all is right: STEP_CHECK_RIGHT, or whose word that is. */
enum step_words
step_check_right(const struct check *check);

/* t becomes them. */
void
step_words(struct text *t, const struct identity *identity,
    enum step_words words);

/* "PASS, 3 min ago": what the last pasted mail showed, or that one is next. */
const char *
step_done_arrived(const struct session *session, int64_t now, struct text *t);

/* By what AWS says: what it means now. */
struct done_status {
	enum ses_status status;		/* in words: ses_status_title */
	const char *meaning;		/* N_(), as all here */
	const char *service;		/* its meaning there: service_fill */
};

enum {
	DONE_STATUSES = 4
};

extern const struct done_status step_done_status[DONE_STATUSES];

/*
 * The first sentence: how DNS stands, and its state.  right: step_all_right.
 */
void
step_done_verdict(struct text *t, const struct check *check, bool right,
    enum state *state);

/* "For Gmail and Yahoo:  DKIM PASS ..." */
void
step_done_rules(const struct check *check, struct text *t);

/* t becomes what the answer means beside what DNS shows. */
void
step_done_meaning(struct text *t, const struct check *check, size_t choice,
    bool practice);

/*
 * The line that makes AWS look again after it gave up, or takes MAIL FROM up
 * again; "" when nothing is to be started, or the rows are to be put right
 * before.
 */
void
step_done_restart(const struct check *check, size_t choice, bool practice,
    struct text *t);

/* What AWS said when its answer was imported, and when; "" if it was not. */
void
step_done_words(const struct identity *identity, struct text *t);

#endif
