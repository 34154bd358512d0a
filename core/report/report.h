/*
 * The model in words: text, JSON, zone file.  Sentences are filled here and
 * nowhere else, so panels and reports say the same.
 */
#ifndef DNSESAME_REPORT_H
#define DNSESAME_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "company/form.h"
#include "company/provider.h"
#include "diagnose/check.h"

enum report_part {
	REPORT_SUMMARY,
	REPORT_EXPLANATION,	/* the remarks are its last lines */
	REPORT_REMEDY,
	REPORT_REMARKS		/* what is wrong, named; of a record, or "" */
};

/* "DO THIS", "WHY": what stands before the remedy, before the summary. */
const char *
report_label(enum report_part part);

/* t becomes the sentence of record index; "" when there is none.  Printable. */
void
report_record(const struct check *check, size_t index, enum report_part part,
    struct text *t);

/* A few words on a record, for a list; "" where there is nothing to say. */
const char *
report_brief(const struct check *check, size_t index);

/*
 * Whether to show the wanted value.  DMARC's is only where to begin: a record
 * that is there, or may be, says more perhaps, and is left alone.
 */
bool
report_shows_wanted(const struct check *check, size_t index);

/* Does the row stand where it was meant, and AWS has the domain twice? */
bool
report_doubled_at_aws(const struct check *check, size_t index);

/*
 * Where the remedy of a record is done, and the one text that goes there:
 * what somebody wants to copy.
 */
struct report_task {
	bool at_company;	/* in its form, and nowhere else */
	const char *menu;	/* the way to that form, or NULL */
	char label[256];	/* of the field, quoted; "": there is none */
	char content[FORM_TEXT];
	bool sets;		/* the remedy names the content exactly */
};

void
report_task(const struct check *check, size_t index, struct report_task *task);

/*
 * What the DMARC row, record index, asks today, the next rung and what it
 * asks first, and whether its reports are taken; a line a sentence.  Never a
 * weaker policy, never a second row (RFC 9989, RFC 9990).
 */
void
report_dmarc_next(const struct check *check, size_t index, struct text *t);

/* t becomes the sentence of domain finding index. */
void
report_domain(const struct check *check, size_t index, enum report_part part,
    struct text *t);

/*
 * t becomes what SES says and how it fits what DNS shows; "" when there is
 * nothing to explain.
 */
void
report_ses(const struct check *check, enum report_part part, struct text *t);

/*
 * The same of another note than the check's; places that an answer of AWS
 * would fill stay as they are.
 */
void
report_ses_sentence(struct text *t, const struct identity *identity,
    enum ses_note note, enum report_part part);

/* Adds "AWS says: " and the words; of a service its name. */
void
report_ses_says(struct text *t, const struct identity *identity,
    const char *words);

/* Adds SES's own words: status, error, when and where it looked. */
void
report_ses_words(struct text *t, const struct identity *identity);

/*
 * Adds the line that makes AWS look again after it gave up with this status,
 * or takes MAIL FROM up again; in parts that a shell joins.  False, and
 * nothing added, where nothing may be started.  Without a region it names
 * none: CloudShell takes the console's.
 */
bool
report_ses_restart(struct text *t, const struct identity *identity,
    enum ses_status status);

/* What AWS says, and what that means beside the rows; nothing: unknown. */
void
report_ses_text(FILE *out, const struct check *check);

/* The report of `check`. */
void
report_text(FILE *out, const struct check *check, bool colour);
void
report_json(FILE *out, const struct check *check);

/* The same document on one line. */
void
report_json_line(FILE *out, const struct check *check);

/*
 * One line for monitoring: verdict, how many records are so, which, what was
 * found, and after a | the counts (Monitoring Plugins, performance data).
 */
void
report_oneline(FILE *out, const struct check *check);

/* A line for each record that is not as before, and each new finding. */
void
report_changes(FILE *out, const struct check *check,
    const struct diagnosis *before, bool colour);

/* Adds the verdict in a sentence. */
void
report_verdict(struct text *t, const struct check *check);

/*
 * What the other records with the very same fault are to be set to, a line
 * each; nothing where there are none.
 */
void
report_same(const struct check *check, size_t index, struct text *t);

/* Is the record told with another one that has the very same fault? */
bool
report_told(const struct check *check, size_t index);

/*
 * What `check` says of one record, and of those with the same fault; of one
 * finding of the domain.
 */
void
report_record_text(FILE *out, const struct check *check, size_t index,
    bool colour);
void
report_domain_text(FILE *out, const struct check *check, size_t index,
    bool colour);

/*
 * Behind a record's title: "" where it is required, else that it is not, or is
 * only to be made where none is yet.
 */
const char *
report_optional(const struct check *check, size_t index);

/*
 * Adds the same as a sentence, above rows without titles; nothing where each
 * is to be made.
 */
void
report_if_none(struct text *t, const struct check *check);

/* What to type into the fields for one record. */
void
report_card(FILE *out, const struct check *check, size_t index);

/* What to type: `records`. */
void
report_records_text(FILE *out, const struct check *check);
void
report_records_json(FILE *out, const struct check *check);
void
report_records_zonefile(FILE *out, const struct check *check);

/*
 * The records as a note in Markdown for whoever runs the DNS, in the language
 * of the company's form whatever the reader's.
 */
void
report_records_markdown(FILE *out, const struct check *check);

/* The catalogue: `providers`. */
void
report_providers_text(FILE *out);
void
report_providers_json(FILE *out);

/*
 * Adds what is said of the company, a line a sentence: what must be right
 * before a row has an effect; that and what people trip over; that and what
 * else to know before the first row; all that is known of its form, and how
 * sure that is; what to do when the form is another, with two lines to send;
 * how old the facts are ("form as of 2026-11").  What concerns some records
 * alone stands on their cards, and in that about the form.
 */
void
report_company_before(struct text *t, const struct check *check);
void
report_company_traps(struct text *t, const struct check *check);
void
report_company_page(struct text *t, const struct check *check);
void
report_company_differs(struct text *t, const struct check *check);
void
report_company_date(struct text *t, const struct provider *provider);
void
report_company_notes(struct text *t, const struct check *check);

/* Adds a word of a form in the quotes of its language. */
void
report_quote(struct text *t, const struct form_rules *rules,
    const char *word);
/* Adds the label of a field, so; one of ours in those of the reader. */
void
report_field(struct text *t, const struct form_rules *rules,
    const struct form_field *field);
/* Adds a button of the company's page, so. */
void
report_button(struct text *t, const struct provider *provider,
    const char *word);
/* What saves each row before the last button; false: there is none. */
bool
report_add_button(struct text *t, const struct provider *provider);

/*
 * Adds the warnings of a card: what not to type and why, a line each; at every
 * company report_keep, a msgid, is one of them: the rows of others stay.
 */
extern const char report_keep[];
void
report_card_note(struct text *t, const struct form_of *of,
    const struct wanted *wanted);

/*
 * Adds what to mind with a record's card: whose form it is, where others run
 * the part of the domain that it lies in, and the warning of the card.
 */
void
report_mind(struct text *t, const struct check *check,
    const struct wanted *wanted);

#endif
