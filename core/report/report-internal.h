/*
 * Pieces that several reports share.  For report*.c only.
 */
#ifndef DNSESAME_REPORT_INTERNAL_H
#define DNSESAME_REPORT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <jansson.h>

#include "company/form.h"
#include "diagnose/check.h"
#include "report/report.h"
#include "base/text.h"

/* The word of a panel; colour is never the only sign. */
void
report_put_word(FILE *out, enum state state, bool colour);

/*
 * The form that the sentences of a record speak of: check_form_of, but for rows
 * that have no effect there.
 */
struct form_of
report_form_of(const struct check *check, const struct wanted *wanted);

/* Who runs the DNS of the record: by name, or by what is run there. */
void
report_called(struct text *t, const struct check *check,
    const struct wanted *wanted, const struct form_of *of);

/*
 * What the places of a sentence are filled from (finding.def).  Borrowed, but
 * for the zone.  A place's value is made when a sentence asks for it.
 */
struct scene {
	const struct check *check;
	struct form_of of;	/* it speaks of; of the domain, no rules */
	/* Of a record: */
	const struct record_diagnosis *record;
	const struct wanted *wanted;
	struct form *form;	/* computed when a place asks for it */
	bool tells_where;	/* {provider} says in whose settings, too */
	const struct remark *remark;
	/* Of the domain: */
	const struct domain_diagnosis *domain;
};

/* Adds the sentence, its places filled. */
void
scene_add(struct text *t, const char *tmpl, const struct scene *s);

/* Whose page counts: a service's name, else AWS. */
bool
scene_aws(struct text *t, const struct scene *s);

/*
 * Places that name servers (report-servers.c): those of the zone; those that
 * lack a record, or hold the copy that has it; those in force, those that the
 * zone names, and those that only it names; the addresses of the one that is
 * spoken of, as the registry and as the zone have them, and those without a
 * usable answer; the zone below that it is one of, and the one above that;
 * those of before.
 */
bool
scene_servers(struct text *t, const struct scene *s);
bool
scene_lacking(struct text *t, const struct scene *s);
bool
scene_holding(struct text *t, const struct scene *s);
bool
scene_listed(struct text *t, const struct scene *s);
bool
scene_named(struct text *t, const struct scene *s);
bool
scene_unlisted(struct text *t, const struct scene *s);
bool
scene_glue(struct text *t, const struct scene *s);
bool
scene_own(struct text *t, const struct scene *s);
bool
scene_mute(struct text *t, const struct scene *s);
bool
scene_mute_count(struct text *t, const struct scene *s);
bool
scene_save(struct text *t, const struct scene *s);
bool
scene_save_enter(struct text *t, const struct scene *s);
bool
scene_save_edit(struct text *t, const struct scene *s);
bool
scene_part(struct text *t, const struct scene *s);
bool
scene_above(struct text *t, const struct scene *s);
bool
scene_before(struct text *t, const struct scene *s);

/*
 * Places of a sentence about a row that is not to be seen: who remembers an
 * old "no", whether it was saved, and what at this company keeps saved rows
 * from having an effect.
 */
bool
missing_memory(struct text *t, const struct scene *s);
bool
missing_saved(struct text *t, const struct scene *s);
bool
missing_trap(struct text *t, const struct scene *s);
/* How long a row that was just saved takes there; its own sentence. */
bool
missing_wait(struct text *t, const struct scene *s);

/* Is the remedy done in a form of the company that runs the DNS? */
bool
report_at_company(enum remedy_do what);

/* Is it one copy of several that lacks the record, and may stay or not? */
bool
report_is_in_copy(const struct check *check,
    const struct record_diagnosis *record);

/* Are the signatures broken where the record's alias leads, not here? */
bool
report_bogus_target(const struct record_diagnosis *record);

/* Is this claimed of the record? */
bool
report_claims(const struct record_diagnosis *record, enum claim_kind kind);

/* Not there, and what was not heard is whether one above covers it. */
bool
report_unheard_above(const struct record_diagnosis *record);

/* Adds what is said of a part of a record, and before it that part. */
void
report_at(struct text *t, const struct value_part *place, const char *said);

/* Adds what a claim of the scene's record says. */
void
report_claim(struct text *t, const struct scene *scene,
    const struct claim *claim);

/* Adds one more line: the sentence, translated and filled; NULL: nothing. */
void
report_add(struct text *t, const char *sentence,
    const struct text_place *places);

/*
 * Which sentence fits, as it stands in the catalogue, with places: the remedy
 * of a record, which never lays hands on rows that are not ours, and its
 * explanation; the parts of a domain's finding.
 */
const char *
report_remedy(const struct check *check, size_t index);
/*
 * The domain's finding for which records cannot be judged, by which nothing can
 * be said of them; the number of its findings where there is none.
 */
size_t
report_hindrance(const struct check *check);
/* At how many addresses the server of this finding gives no usable answer. */
size_t
report_mute(const struct check *check, const struct domain_diagnosis *domain);
/* Does a server answer that it has not got the record as wanted? */
bool
report_lacks(const struct record_diagnosis *record, size_t server);
/* What came out doubled is a part of the domain, not the whole of it. */
bool
report_typed_again(const struct check *check, size_t index);
/* The words of a record's remedy in the company's form. */
const char *
report_action(const struct check *check, const struct record_diagnosis *record,
    const struct wanted *wanted);
const char *
report_explanation(const struct check *check, size_t index);
/* The zone below that a finding of the domain is about, else the domain's. */
struct delegation_part
report_part(const struct check *check, const struct domain_diagnosis *domain);
/* Whose company the sentences of a domain's finding speak of. */
const struct provider *
report_domain_company(const struct check *check, size_t index);
const char *
report_domain_sentence(const struct check *check, size_t index,
    enum report_part part);

/* Do its name and value stand in each other's field? */
bool
report_exchanged(const struct record_diagnosis *record,
    const struct wanted *wanted);

/* What a CNAME in the way asks for, translated. */
const char *
report_conflict(const struct wanted *wanted);

/* Adds the save button, with the one of older pages. */
void
report_save(struct text *t, const struct provider *provider);

/* A string, null for ""; a time (ms since 1970), null for 0. */
json_t *
report_known(const char *s);
json_t *
report_instant(int64_t ms);

/* The JSON keys of the parts up to REPORT_REMEDY. */
extern const char *const report_part_keys[];

/* The JSON document up to "ses"; then the parts of a record. */
json_t *
report_head_json(const struct check *check);
json_t *
report_wanted_json(const struct check *check, size_t index);
json_t *
report_wanted_form_json(const struct check *check, size_t index);
json_t *
report_form_json(const struct form *form);
json_t *
report_provider_json(const struct check *check);

/* Prints and frees. */
void
report_print_json(FILE *out, json_t *root);

#endif
