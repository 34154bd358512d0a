#include <stdio.h>
#include <time.h>

#include <bsd/string.h>
#include <jansson.h>

#include "base/lang.h"
#include "report/report-arrival.h"
#include "report/report-internal.h"
#include "base/text.h"

enum {
	ARRIVAL_TIME = 64
};

const char *
report_arrival_verdict(enum state verdict)
{
	switch (verdict) {
	case STATE_PASS:
		return _("It arrived: signed, and aligned with the sender.");
	case STATE_WARN:
		return _("It arrived, but see the notes.");
	case STATE_FAIL:
		return _("It did not arrive as it should.");
	default:
		return _("This mail cannot show how yours arrives.");
	}
}

static const char *
put_name(const struct name *name, bool has, char buf[static NAME_TEXT])
{
	buf[0] = '\0';
	return has && name->len > 0 ? name_text(name, buf) : buf;
}

/* Local time; "" when it is not known. */
static const char *
put_time(int64_t ms, char buf[static ARRIVAL_TIME])
{
	time_t s = (time_t)(ms / 1000);
	struct tm tm;

	if (ms == 0 || localtime_r(&s, &tm) == NULL ||
	    strftime(buf, ARRIVAL_TIME, "%Y-%m-%d %H:%M", &tm) == 0)
		buf[0] = '\0';
	return buf;
}

/*
 * In place of explanation and remedy, where a service hands out the rows: its
 * customers have no page at AWS.
 */
static const char compare_rows[] =
    N_("Compare the rows of {domain} that {aws} shows now with those entered "
       "here.");
static const struct {
	const char *explanation, *remedy;
} of_service[ARRIVAL_COUNT] = {
	[ARRIVAL_NOT_SES] = { NULL,
	    N_("Send the test mail through {aws}, and paste that one.") },
	[ARRIVAL_SES_ALONE] = {
	    N_("{aws} sends through Amazon SES, which signs with its own name "
	       "alone as long as the domain is not verified there."),
	    N_("At {aws}, {domain} must be shown as verified. Then send "
	       "again.") },
	[ARRIVAL_UNSIGNED] = { NULL,
	    N_("Send the test mail through {aws}, straight to this mailbox, "
	       "and paste that one.") },
	[ARRIVAL_DKIM] = { NULL,
	    N_("Send the test mail through {aws}, straight to this mailbox, "
	       "and paste its whole source.") },
	[ARRIVAL_CHANGED] = { NULL,
	    N_("Send a new test straight to this mailbox. If it fails again, "
	       "compare the DKIM row with what {aws} shows now.") },
	[ARRIVAL_OTHER_SELECTOR] = {
	    N_("It is a key of {signer} all the same. Probably something else "
	       "than {aws} sent the mail, or {aws} has made the domain "
	       "anew."), compare_rows },
	[ARRIVAL_OTHER_REGION] = {
	    N_("At {aws}, the domain may have been made anew in another "
	       "region, or something else sent the mail."), compare_rows },
	[ARRIVAL_RETURN_SES] = {
	    N_("SPF was looked at for that name, not for yours. MAIL FROM is "
	       "used only once its MX row was found."),
	    N_("At {aws}, see whether every row of {domain} is shown as "
	       "found. Then send a new mail.") },
	[ARRIVAL_RETURN_OTHER] = {
	    N_("Whoever sent the mail has another MAIL FROM, or none."),
	    compare_rows },
	[ARRIVAL_STRICT] = { NULL,
	    N_("Send from an address at {signer}, or add {from} at {aws} as "
	       "a domain of its own.") },
};

static const char *
sentence_of(const struct arrival *arrival, const struct arrival_cause *cause,
    enum report_part part)
{
	const struct arrival_row *row = arrival_row(cause->id);
	const char *explanation = of_service[cause->id].explanation;
	const char *remedy = of_service[cause->id].remedy;

	switch (part) {
	case REPORT_SUMMARY:
		return row->summary;
	case REPORT_EXPLANATION:
		return arrival->service != NULL && explanation != NULL ?
		    explanation : row->explanation;
	default:
		return arrival->service != NULL && remedy != NULL ? remedy :
		    row->remedy;
	}
}

void
report_arrival(const struct arrival *arrival, size_t index,
    enum report_part part, struct text *t)
{
	const struct arrival_cause *cause = &arrival->cause[index];
	const struct arrival_line *dkim = &arrival->line[AUTH_DKIM];
	const struct arrival_line *spf = &arrival->line[AUTH_SPF];
	const char *sentence = sentence_of(arrival, cause, part);
	char domain[NAME_TEXT], from[NAME_TEXT], signer[NAME_TEXT];
	char envelope[NAME_TEXT], mail_from[NAME_TEXT], count[24];
	char then[ARRIVAL_TIME], now[ARRIVAL_TIME];
	const struct text_place places[] = {
		{ "domain", put_name(&arrival->domain, true, domain) },
		{ "from", put_name(&arrival->from, true, from) },
		{ "signer", put_name(&dkim->domain, dkim->has_domain,
		    signer) },
		{ "selector", dkim->selector },
		{ "envelope", put_name(&spf->domain, spf->has_domain,
		    envelope) },
		{ "mail_from", put_name(&arrival->mail_from,
		    arrival->has_mail_from, mail_from) },
		{ "aws", arrival->service != NULL ? arrival->service->name :
		    "AWS" },
		{ "region", arrival->region },
		{ "sent", arrival->sent },
		{ "said", cause->said },
		{ "rows", cause->rows },
		{ "count", count },
		{ "then", put_time(arrival->at, then) },
		{ "now", put_time(arrival->looked_at, now) },
		{ NULL, NULL },
	};

	snprintf(count, sizeof count, "%zu", cause->id == ARRIVAL_BELOW ?
	    arrival->below : arrival->froms);
	if (then[0] == '\0')
		strlcpy(then, _("an unknown time"), sizeof then);
	lang_line(t, sentence, places);
}

/* What one of the three lines says, without its state. */
static void
line_text(const struct arrival *arrival, enum auth_method method,
    struct text *t)
{
	const struct arrival_line *line = &arrival->line[method];
	char domain[NAME_TEXT], from[NAME_TEXT];
	const struct text_place places[] = {
		{ "domain", put_name(&line->domain, line->has_domain,
		    domain) },
		{ "from", put_name(&arrival->from, true, from) },
		{ "said", line->said },
		{ NULL, NULL },
	};

	if (line->result == AUTH_UNSAID)
		text_add_filled(t, _("the mailbox says nothing"), places);
	else if (method == AUTH_DMARC)
		text_add_filled(t, "{said}", places);
	else if (line->result != AUTH_PASS)
		text_add_filled(t, line->has_domain ?
		    _("{domain}: {said}") : "{said}", places);
	else if (!line->has_domain)
		text_add_filled(t, _("passed; for which name is not said"),
		    places);
	else if (line->aligned)
		text_add_filled(t, _("passed for {domain}, aligned with the "
		    "sender"), places);
	else
		text_add_filled(t, method == AUTH_DKIM ?
		    _("signed by {domain}, not by {from}") :
		    _("passed, but only for {domain}"), places);
}

/* Whose mail it is, or whose it is taken for. */
static void
sender_text(const struct arrival *arrival, struct text *t)
{
	char from[NAME_TEXT];
	const struct text_place places[] = {
		{ "from", name_text(&arrival->from, from) },
		{ NULL, NULL },
	};

	text_add_filled(t, arrival->is_assumed ? _("Sender: not in these "
	    "lines; taken to be {from}, which is saved here") :
	    _("Sender: {from}"), places);
}

void
report_arrival_text(FILE *out, const struct arrival *arrival, bool colour)
{
	struct text text = TEXT_INIT;

	report_put_word(out, arrival->verdict, colour);
	fprintf(out, "  %s\n\n", report_arrival_verdict(arrival->verdict));
	if (arrival->has_from) {
		sender_text(arrival, &text);
		fprintf(out, "  %s\n", text.s);
	}
	for (size_t i = 0; i < AUTH_METHODS; i++) {
		text_clear(&text);
		line_text(arrival, (enum auth_method)i, &text);
		fprintf(out, "  %-5s  ", auth_method_text((enum auth_method)i));
		report_put_word(out, arrival->line[i].state, colour);
		fprintf(out, "  %s\n", text.s);
	}
	for (size_t i = 0; i < arrival->causes; i++) {
		static const enum report_part parts[] = { REPORT_SUMMARY,
			REPORT_EXPLANATION, REPORT_REMEDY };

		putc('\n', out);
		for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
			text_clear(&text);
			report_arrival(arrival, i, parts[k], &text);
			if (text.len > 0)
				fprintf(out, "  %s\n", text.s);
		}
	}
	text_release(&text);
}

static void
put(json_t *to, const char *key, const char *text)
{
	json_object_set_new(to, key, report_known(text));
}

static json_t *
line_json(const struct arrival *arrival, enum auth_method method)
{
	const struct arrival_line *line = &arrival->line[method];
	char domain[NAME_TEXT];
	json_t *to = json_object();

	put(to, "result", auth_result_text(line->result));
	json_object_set_new(to, "state", json_string(state_text(line->state)));
	put(to, "domain", put_name(&line->domain, line->has_domain, domain));
	json_object_set_new(to, "aligned", json_boolean(line->aligned));
	if (method == AUTH_DKIM)
		put(to, "selector", line->selector);
	put(to, "said", line->said);
	return to;
}

static json_t *
cause_json(const struct arrival *arrival, size_t index)
{
	const struct arrival_cause *cause = &arrival->cause[index];
	json_t *to = json_object();
	struct text text = TEXT_INIT;

	put(to, "cause", arrival_row(cause->id)->name);
	put(to, "state", state_text(cause->state));
	for (int part = REPORT_SUMMARY; part <= REPORT_REMEDY; part++) {
		text_clear(&text);
		report_arrival(arrival, index, (enum report_part)part, &text);
		put(to, report_part_keys[part], text.s);
	}
	text_release(&text);
	return to;
}

void
report_arrival_json(FILE *out, const struct arrival *arrival)
{
	json_t *root = json_object(), *causes = json_array();
	char text[NAME_TEXT];

	json_object_set_new(root, "schema", json_integer(1));
	put(root, "program", "dnsesame " VERSION);
	put(root, "domain", put_name(&arrival->domain, true, text));
	put(root, "from", put_name(&arrival->from, arrival->has_from &&
	    !arrival->is_assumed, text));
	put(root, "return_path", put_name(&arrival->envelope,
	    arrival->has_envelope, text));
	put(root, "mailbox", arrival->server);
	put(root, "region", arrival->sent);
	json_object_set_new(root, "received_at",
	    report_instant(arrival->at));
	json_object_set_new(root, "looked_at",
	    report_instant(arrival->looked_at));
	put(root, "verdict", state_text(arrival->verdict));
	json_object_set_new(root, "spf", line_json(arrival, AUTH_SPF));
	json_object_set_new(root, "dkim", line_json(arrival, AUTH_DKIM));
	json_object_set_new(root, "dmarc", line_json(arrival, AUTH_DMARC));
	for (size_t i = 0; i < arrival->causes; i++)
		json_array_append_new(causes, cause_json(arrival, i));
	json_object_set_new(root, "causes", causes);
	report_print_json(out, root);
}
