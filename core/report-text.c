#include <string.h>

#include "lang.h"
#include "report-internal.h"
#include "report.h"
#include "text.h"

/* SGR of the words; colour is never the only sign. */
static const char *const colours[STATE_COUNT] = {
	[STATE_PASS] = "32",
	[STATE_WARN] = "34",
	[STATE_WAIT] = "33",
	[STATE_UNKNOWN] = "90",
	[STATE_FAIL] = "31",
};

static void
put_word(FILE *out, enum state state, bool colour)
{
	if (colour)
		fprintf(out, "\033[1;%sm%s\033[0m", colours[state],
		    state_word(state));
	else
		fputs(state_word(state), out);
}

/* A sentence on lines of its own, indented. */
static void
put_indented(FILE *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		fprintf(out, "      %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static const char *
verdict_sentence(const struct check *check)
{
	if (plan_is_bare(&check->plan) &&
	    check->diagnosis.verdict == STATE_UNKNOWN &&
	    check->delegation.state == DELEGATION_FOUND)
		return _("No SES values are given (-i or -k), so only the "
		    "domain was looked at.");
	switch (check->diagnosis.verdict) {
	case STATE_PASS:
		return _("The DNS is set up correctly.");
	case STATE_WARN:
		return _("The records SES needs are correct. See the notes.");
	case STATE_WAIT:
		return _("Wait: some records are not visible everywhere yet.");
	case STATE_FAIL:
		return _("Something has to be corrected.");
	default:
		return _("Could not find out.");
	}
}

static void
put_record(FILE *out, const struct check *check, size_t i, bool colour)
{
	const struct record_diagnosis *r = &check->diagnosis.record[i];
	const struct wanted *wanted = &check->plan.wanted[i];
	char title[128], text[4096], type[16];

	putc('\n', out);
	put_word(out, r->state, colour);
	fprintf(out, "  %s\n", wanted_title(wanted, title, sizeof title));
	fprintf(out, "      %s %s\n", name_text(&wanted->owner, text),
	    rr_type_text(wanted->type, type));
	report_record(check, i, REPORT_SUMMARY, text, sizeof text);
	put_indented(out, text);
	if (r->state == STATE_PASS)
		return;
	fprintf(out, "      %s: %s\n", _("wanted"), wanted->value);
	for (size_t k = 0; k < r->founds; k++) {
		const struct found *f = &r->found[k];

		fprintf(out, "      %s: %s %s %s\n", _("found"),
		    name_text(&f->owner, text), rr_type_text(f->type, type),
		    f->value);
	}
	report_record(check, i, REPORT_REMEDY, text, sizeof text);
	put_indented(out, text);
}

void
report_text(FILE *out, const struct check *check, bool colour)
{
	const struct diagnosis *d = &check->diagnosis;
	char text[4096];

	fprintf(out, "%s  ", name_unicode(&check->plan.domain, text));
	put_word(out, d->verdict, colour);
	fprintf(out, "  %s\n", verdict_sentence(check));
	fprintf(out, "%s: %s", _("DNS company"), check->detected == NULL &&
	    !check->provider_chosen ? _("not known") :
	    provider_name(check->provider));
	if (check->evidence[0] != '\0' && !check->provider_chosen)
		fprintf(out, " (%s)", check->evidence);
	putc('\n', out);

	for (size_t i = 0; i < d->domains; i++) {
		putc('\n', out);
		put_word(out, d->domain[i].state, colour);
		report_domain(check, i, REPORT_SUMMARY, text, sizeof text);
		fprintf(out, "  %s\n", text);
		report_domain(check, i, REPORT_REMEDY, text, sizeof text);
		put_indented(out, text);
	}
	for (size_t i = 0; i < check->plan.count; i++)
		put_record(out, check, i, colour);
}
