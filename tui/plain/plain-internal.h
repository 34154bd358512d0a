/*
 * What the parts of the wizard line by line share: the model, the dialogue,
 * and how a question is put.
 */
#ifndef DNSESAME_PLAIN_INTERNAL_H
#define DNSESAME_PLAIN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"
#include "plain/dialog.h"
#include "model/app.h"
#include "model/list.h"
#include "model/steps.h"

struct plain_list;

struct plain {
	struct app *app;		/* the model; nothing of it is drawn */
	struct dialog dialog;
	const struct plain_list *list;	/* that is chosen from, or NULL */
	int64_t due;			/* when the check wants its next turn */
	const struct provider *noted;	/* of which all was told, or NULL */
	/* What was told of the check last; complete once it was told. */
	struct diagnosis told;
};

/* What became of a question. */
enum reply {
	REPLY_TEXT,		/* there is an answer; it may be empty */
	REPLY_BACK,		/* the step before, please */
	REPLY_AGAIN,		/* language or findings changed: ask anew */
	REPLY_LEAVE		/* nothing more will come */
};

/* Adds item index of a list, translated. */
typedef void plain_item_fn(const void *arg, size_t index, struct text *t);

/* An answer that is no number; true when it was understood. */
typedef bool plain_other_fn(struct plain *plain, const char *line);

enum {
	PLAIN_NO_PRESET = -1,
	PLAIN_WAYS = 8
};

struct plain_list {
	const char *question;		/* translated, NULL: none */
	size_t count;
	plain_item_fn *item;
	const void *arg;
	int preset;			/* what Enter alone means */
	bool known;			/* just told; Enter tells it again */
	plain_other_fn *other;		/* NULL: only numbers will do */
};

/* Asks for a line of text, NULL: without a word; how its end was reached. */
enum reply
plain_ask(struct plain *plain, const char *question,
    char line[static DIALOG_LINE]);

/* A numbered list: *choice is set when REPLY_TEXT is returned. */
enum reply
plain_choose(struct plain *plain, const struct plain_list *list,
    size_t *choice);

/* An item function over an array of msgids. */
void
plain_msgid(const void *arg, size_t index, struct text *t);

/* A list of what can be done next: text is for plain_msgid. */
struct plain_ways {
	int way[PLAIN_WAYS];
	const char *text[PLAIN_WAYS];
	size_t count;
};

/* One more, under the caller's own number. */
void
plain_way(struct plain_ways *ways, int way, const char *text);

/* One row of a long list: by a part of its text, then by number. */
enum reply
plain_pick(struct plain *plain, const struct list_rows *rows, size_t *row);

/* Waits until the look under way is over; tells now and then how far it is. */
void
plain_wait(struct plain *plain);

/* True when line is no domain, but begins what AWS shows. */
bool
plain_is_paste(const struct plain *plain, const char *line);

/*
 * The lines that follow line, until an empty one or the end of the document.
 * Another reply than REPLY_TEXT: it was left.
 */
enum reply
plain_paste(struct plain *plain, const char *line, struct text *document);

/* Where a reply other than REPLY_TEXT leads: a step, 0: leave. */
int
plain_turn(enum reply reply, int step);

/* A stream whose contents plain_said says and frees. */
FILE *
plain_open(char **text, size_t *size);
void
plain_said(FILE *out, char **text);

/* Says what can be typed at every question. */
void
plain_commands(void);

/* The address of AWS's page. */
void
plain_aws(const struct plain *plain);

/* Says the notice, once. */
void
plain_notice(struct plain *plain);

/*
 * Before step 1, when others are saved: which one to go on with.  As the
 * steps; 1: a domain is to be typed.
 */
int
plain_saved(struct plain *plain);

/* The steps; each returns the next one, 0: leave. */
int
plain_domain(struct plain *plain);
int
plain_company(struct plain *plain);
int
plain_values(struct plain *plain);
int
plain_cards(struct plain *plain);
int
plain_check(struct plain *plain);
int
plain_done(struct plain *plain);

/* Step 6: does it arrive?  The next step, 0: leave. */
int
plain_mail(struct plain *plain);

/* The pretend form for this record, in practice. */
enum reply
plain_form(struct plain *plain, size_t wanted);

/* The help of the step, a topic at a time. */
void
plain_help(struct plain *plain);

#endif
