/*
 * The model of the wizard: the answers, and what follows from them.  They are
 * saved at every step, handed to the check, and shown by the screens or told
 * line by line.  No curses.
 */
#ifndef DNSESAME_APP_H
#define DNSESAME_APP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"
#include "diagnose/check.h"
#include "ses/identity.h"
#include "ses/import.h"
#include "diagnose/probe.h"
#include "model/mailbox.h"
#include "model/pretend.h"
#include "model/saved.h"
#include "company/provider.h"
#include "session/session.h"
#include "dns/world.h"

struct app_options {
	const struct identity *identity;	/* known so far */
	const struct session *session;		/* loaded, or NULL */
	const struct session *base;		/* as it is in the file */
	bool last;				/* saved last: none was named */
	const struct provider *provider;	/* chosen, or NULL */
	const char *note;			/* to be told first, or "" */
	const struct account *account;		/* from a document, or NULL */
	struct world *world;			/* borrowed */
	bool practice;
	bool colour;
	bool ascii;
	int64_t budget;				/* ms of a check, 0 default */
	struct probe_vantages also;		/* resolvers the user named */
	FILE *record;				/* borrowed, or NULL */
};

enum {
	APP_NOTICE = 1024
};

struct app {
	const struct app_options *options;
	struct session session;		/* the answers */
	struct session base;		/* as they were last in the file */
	struct check check;
	bool begun;			/* check has a domain */
	bool seen;			/* a look has ended since the values */
	int64_t now;			/* ms since 1970, of this turn */
	int step;			/* where the user is, 1 to 6, */
	bool choosing;			/* or among what is saved */
	bool dirty;			/* what is shown is no longer true */
	bool kept;			/* the answers are in the file */
	bool again;			/* look when the round under way ends */
	int64_t noted_at;		/* of what is noted and saved */
	struct text notice;		/* until the next key */

	/* They only grow: who shows something sees that it is old. */
	size_t opened;			/* other answers were taken up; */
	size_t ticked;			/* as it was when ticks were moved */
	size_t changes;			/* of the identity */
	size_t looks;			/* that ended */

	bool asked;			/* what AWS says now: behind us */
	struct import document;		/* differs from what was there: */
	bool conflict;			/* which of the two holds is asked */
	size_t card;			/* the record that is being entered */
	bool told;			/* whether the rows are saved */
	struct pretend pretend;		/* the company's form, in practice */
	struct saved saved;		/* what may be opened */
	struct mailbox mailbox;		/* what was pasted in step 6 */

	struct ui *ui;			/* the screens' own, or NULL */
};

/* True when step (1 to 6) has what it needs. */
bool
app_reachable(const struct app *app, int step);

/* The answers changed: the check gets them, the session is saved. */
void
app_identity_changed(struct app *app);
void
app_provider_changed(struct app *app, const struct provider *provider);
void
app_save(struct app *app);

/* Reads anew what is saved; a notice when no look is possible. */
void
app_read_saved(struct app *app);

/* Is anything saved besides what is open? */
bool
app_has_other(const struct app *app);

/* Leaves what is open as it is saved: there is nothing to go on with. */
void
app_close(struct app *app);

/* Goes on with what was saved, at app_resume_step. */
void
app_open(struct app *app, const struct session *session);
/* Is it this one that is open? */
bool
app_is_open(const struct app *app, const struct session *session);

/* Deletes what was saved, closing it when it is open; a notice if it fails. */
void
app_forget(struct app *app, const struct session *session);

/* The step to go on with the answers there are; the very first one. */
int
app_resume_step(const struct app *app);
int
app_first_step(const struct app *app);

/* Looks now, or as soon as the look under way is over. */
void
app_look(struct app *app);

/* A line at the bottom until the next key; text is translated. */
void
app_notice(struct app *app, const char *text);

/* All that is required stands in DNS. */
bool
app_all_right(const struct app *app);

/*
 * Takes over what is known, builds the practice domain, begins the first
 * look.  -1 after a complaint on stderr.
 */
int
app_begin(struct app *app, const struct app_options *options);
void
app_end(struct app *app);

/*
 * The domain as typed; what was saved of it comes along.  -1 and a msgid in
 * *why when it is refused.
 */
int
app_take_domain(struct app *app, const char *text, const char **why);

/*
 * The domain was typed again though rows are lost: what stands there now is
 * what counts from here on.
 */
void
app_note_anew(struct app *app);

/* The index-th way on from step 2; false: another company is to be chosen. */
bool
app_take_company(struct app *app, size_t index);

/*
 * Reads a paste as import_parse for what is there so far.  What is of another
 * domain as a whole is read for that one: app_take_document then asks.
 */
int
app_read_document(const struct app *app, const char *text, size_t len,
    struct import *out, char why[static IMPORT_WHY]);

enum app_first {
	APP_FIRST_NONE,		/* no document: what is typed */
	APP_FIRST_SAID,		/* nothing to keep; said says why */
	APP_FIRST_KEPT
};

/*
 * The same of a paste where the domain is asked: the rows that AWS shows name
 * it, other documents wait for it.  get-account is kept for step 6.
 */
enum app_first
app_read_first(struct app *app, const char *text, size_t len,
    struct import *out, struct text *said);

/*
 * Takes the domain, and lays the document that waited for it, if any, over the
 * answers.  -1 with *why, an N_(): the domain is refused, or the document is
 * for another one.
 */
extern const char app_first_domain[];	/* msgid: it names none */
extern const char app_first_other[];	/* that why */
int
app_take_first(struct app *app, const char *domain, const struct import *first,
    const char **why);

/*
 * Lays a document over the answers, and tells of it in said.  False where it
 * differs from what is there: then the user is to be asked first.
 */
bool
app_take_document(struct app *app, const struct import *import,
    struct text *said);

/* The user's answer; yield: what was there before holds. */
void
app_settle_document(struct app *app, bool yield, struct text *said);

/*
 * Takes a paste of step 6; of a mail the verdict is saved and the rows are
 * looked at once more.  As mailbox_take.
 */
bool
app_take_mail(struct app *app, const char *text, size_t len,
    enum mailbox_topic *topic);

/*
 * What get-account printed, pasted where the domain's values go: it is kept
 * for step 6, and said.  False when it is something else.
 */
bool
app_take_account(struct app *app, const char *text, size_t len,
    struct text *said);

/* To the next language, which is saved with the answers. */
void
app_switch_language(struct app *app);

/*
 * The records as a note for whoever runs the DNS, to be freed; the same saved
 * as DOMAIN.md.
 */
char *
app_note_text(const struct app *app);
void
app_save_note(struct app *app);

/*
 * Takes answers in, begins a new look when one is due; when to be called
 * again at the latest (ms since 1970).
 */
int64_t
app_step(struct app *app);

/* The check step looks again until all is right. */
bool
app_watching(const struct app *app);

/*
 * The last sentence, for after the terminal was given back.  False: there is
 * none; what could not be saved was told on stderr.
 */
bool
app_farewell(const struct app *app, char text[static APP_NOTICE]);

#endif
