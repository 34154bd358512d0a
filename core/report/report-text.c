#include <string.h>
#include <time.h>

#include "ses/window.h"
#include "base/lang.h"
#include "report/difference.h"
#include "report/report-internal.h"
#include "report/report.h"
#include "base/text.h"

/* SGR of the words; colour is never the only sign. */
static const char *const colours[STATE_COUNT] = {
	[STATE_OPEN] = "90",
	[STATE_PASS] = "32",
	[STATE_WARN] = "34",
	[STATE_WAIT] = "33",
	[STATE_UNKNOWN] = "90",
	[STATE_FAIL] = "31",
};

void
report_put_word(FILE *out, enum state state, bool colour)
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

/* "WHY: The form ...", what does not fit on the line below. */
static void
put_part(FILE *out, enum report_part part, const struct text *text)
{
	struct text said = TEXT_INIT;

	if (text->len == 0)
		return;
	text_addf(&said, "%s: %s", report_label(part), text->s);
	put_indented(out, said.s);
	text_release(&said);
}

/* Is nothing there but the record, letter by letter? */
static bool
is_as_wanted(const struct record_diagnosis *r, const struct wanted *wanted)
{
	return r->founds == 1 && r->found[0].type == wanted->type &&
	    name_equal(&r->found[0].owner, &wanted->owner) &&
	    strcmp(r->found[0].value, wanted->value) == 0;
}

/* " (ns1.example.net)": who has the row, where others have another one. */
static void
put_seen(FILE *out, const struct check *check, size_t i, size_t k)
{
	const struct record_diagnosis *r = &check->diagnosis.record[i];
	const struct found *f = &r->found[k];
	struct text list = TEXT_INIT;
	char name[NAME_TEXT];
	bool differ = false;

	for (size_t o = 0; o < r->founds; o++)
		differ |= r->found[o].seens != f->seens ||
		    memcmp(r->found[o].seen, f->seen,
		    f->seens * sizeof *f->seen) != 0;
	for (size_t s = 0; differ && s < f->seens; s++)
		text_list_add(&list, name_text(
		    &check->diagnosis.server[f->seen[s]].server.name, name));
	if (list.len > 0)
		fprintf(out, " (%s)", list.s);
	text_release(&list);
}

/* Has another record the very same fault? */
static bool
is_one_of_several(const struct check *check, size_t i)
{
	for (size_t k = 0; k < check->diagnosis.records; k++)
		if (k != i && check->diagnosis.record[k].like ==
		    check->diagnosis.record[i].like)
			return true;
	return false;
}

/* Name with name, value with value; then whatever else was found. */
static void
put_found(FILE *out, const struct check *check, size_t i)
{
	const struct record_diagnosis *r = &check->diagnosis.record[i];
	bool right = is_as_wanted(r, &check->plan.wanted[i]);
	struct difference d;
	size_t k = right ? r->founds : 0;

	/* It tells nothing, but what is to be entered elsewhere. */
	if (right && r->remedy.what != REMEDY_ENTER)
		return;
	if (is_one_of_several(check, i))
		fprintf(out, "      %s:\n",
		    wanted_title(&check->plan.wanted[i]));
	if (difference_of(check, i, &d)) {
		fprintf(out, "      %s: %s\n", difference_wanted(d.part),
		    d.wanted);
		fprintf(out, "      %s: %s\n", difference_found(d.part),
		    d.found);
		k = 1;
	} else if (report_shows_wanted(check, i)) {
		fprintf(out, "      %s: %s\n", _("wanted"),
		    check->plan.wanted[i].value);
	}
	for (; k < r->founds; k++) {
		const struct found *f = &r->found[k];
		char name[NAME_TEXT], type[16];

		fprintf(out, "      %s: %s %s %s", _("found"),
		    name_text(&f->owner, name), rr_type_text(f->type, type),
		    f->value);
		put_seen(out, check, i, k);
		putc('\n', out);
	}
}

/* "label content, label content": the row by its name, or what else is set. */
static void
add_fields(struct text *t, const struct check *check, size_t i, bool row)
{
	static const struct {
		enum form_id id;
		unsigned bit;
	} parts[] = {
		{ FORM_NAME, 0 },
		{ FORM_TYPE, REMEDY_TYPE },
		{ FORM_VALUE, REMEDY_VALUE },
		{ FORM_PROXY, REMEDY_PROXY },
		{ FORM_LINE, 0 },
	};
	unsigned set = check->diagnosis.record[i].remedy.set;
	const struct wanted *wanted = &check->plan.wanted[i];
	const struct form_of of = report_form_of(check, wanted);
	struct form form;

	form_fill(&form, of.rules, wanted, &of.zone);
	for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
		const struct form_field *field = form_find(&form,
		    parts[p].id);

		if (field == NULL || (parts[p].bit & ~set) != 0 ||
		    row != (parts[p].id == FORM_NAME))
			continue;
		if (t->len > 0)
			text_add(t, ", ");
		report_field(t, of.rules, field);
		text_addf(t, " %s", field->value);
	}
}

void
report_same(const struct check *check, size_t i, struct text *t)
{
	const struct record_diagnosis *r = check->diagnosis.record;

	for (size_t k = 0; k < check->diagnosis.records; k++) {
		struct text row = TEXT_INIT, fields = TEXT_INIT;
		bool edit = r[k].remedy.what == REMEDY_EDIT;

		if (k == i || r[k].like != r[i].like ||
		    (!edit && r[k].remedy.what != REMEDY_ENTER))
			continue;
		/* An edit that leaves the name says by it which row it is. */
		add_fields(edit && (r[k].remedy.set & REMEDY_NAME) == 0 ?
		    &row : &fields, check, k, true);
		add_fields(&fields, check, k, false);

		const struct text_place places[] = {
			{ "title", wanted_title(&check->plan.wanted[k]) },
			{ "row", row.s },
			{ "fields", fields.s },
			{ NULL, NULL },
		};

		if (t->len > 0)
			text_add(t, "\n");
		text_add_filled(t, row.len > 0 ? _("The same with {title}, in "
		    "the row with {row}: {fields}") : edit ?
		    _("The same with {title}: {fields}") :
		    _("Enter {title} in the same way: {fields}"), places);
		text_release(&row);
		text_release(&fields);
	}
}

bool
report_told(const struct check *check, size_t i)
{
	return i < check->diagnosis.records &&
	    check->diagnosis.record[i].like != i;
}

/* Of all records that have this fault: their titles, or their names. */
static void
put_heads(FILE *out, const struct check *check, size_t i, bool titles)
{
	const char *before = "  ";
	char name[NAME_TEXT], type[16];

	for (size_t k = i; k < check->diagnosis.records; k++) {
		const struct wanted *wanted = &check->plan.wanted[k];

		if (check->diagnosis.record[k].like != i)
			continue;
		if (titles)
			fprintf(out, "%s%s", before, wanted_title(wanted));
		else
			fprintf(out, "      %s %s\n", name_text(&wanted->owner,
			    name), rr_type_text(wanted->type, type));
		before = ", ";
	}
	if (titles)
		putc('\n', out);
}

void
report_record_text(FILE *out, const struct check *check, size_t i,
    bool colour)
{
	const struct record_diagnosis *r = &check->diagnosis.record[i];
	struct text text = TEXT_INIT;

	report_put_word(out, r->state, colour);
	put_heads(out, check, i, true);
	put_heads(out, check, i, false);
	report_record(check, i, REPORT_SUMMARY, &text);
	if (r->state == STATE_PASS) {
		put_indented(out, text.s);
	} else {
		struct text remedy = TEXT_INIT;

		report_record(check, i, REPORT_REMEDY, &remedy);
		put_part(out, REPORT_REMEDY, &remedy);
		text_clear(&remedy);
		report_same(check, i, &remedy);
		put_indented(out, remedy.s);
		put_part(out, REPORT_SUMMARY, &text);
		report_record(check, i, REPORT_REMARKS, &text);
		put_indented(out, text.s);
		text_release(&remedy);
		for (size_t k = i; k < check->diagnosis.records; k++)
			if (check->diagnosis.record[k].like == i)
				put_found(out, check, k);
	}
	text_release(&text);
}

void
report_ses_text(FILE *out, const struct check *check)
{
	struct text words = TEXT_INIT, text = TEXT_INIT;

	report_ses_words(&words, &check->plan.identity);
	if (words.len > 0) {
		report_ses_says(&text, &check->plan.identity, words.s);
		fprintf(out, "%s\n", text.s);
		text_clear(&text);
		window_text(&text, &check->plan.identity, check->ended);
		put_indented(out, text.s);
		report_ses(check, REPORT_SUMMARY, &text);
		put_indented(out, text.s);
		report_ses(check, REPORT_REMEDY, &text);
		put_indented(out, text.s);
	}
	text_release(&words);
	text_release(&text);
}

void
report_domain_text(FILE *out, const struct check *check, size_t i,
    bool colour)
{
	struct text text = TEXT_INIT;

	report_put_word(out, check->diagnosis.domain[i].state, colour);
	report_domain(check, i, REPORT_SUMMARY, &text);
	fprintf(out, "  %s\n", text.s);
	report_domain(check, i, REPORT_REMEDY, &text);
	put_part(out, REPORT_REMEDY, &text);
	text_release(&text);
}

/* What was chosen need not be what runs the DNS. */
static void
put_chosen(FILE *out, const struct company *company)
{
	struct text t = TEXT_INIT;
	const struct text_place places[] = {
		{ "detected", provider_name(company->detected) },
		{ NULL, NULL },
	};

	text_add_filled(&t, _(" (your choice; the name servers belong to "
	    "{detected})"), places);
	fputs(t.s, out);
	text_release(&t);
}

void
report_text(FILE *out, const struct check *check, bool colour)
{
	const struct diagnosis *d = &check->diagnosis;
	const struct company *company = &check->company;
	struct text verdict = TEXT_INIT;
	char text[NAME_TEXT];

	fprintf(out, "%s  ", name_unicode(&check->plan.domain, text));
	report_put_word(out, d->verdict, colour);
	report_verdict(&verdict, check);
	fprintf(out, "  %s\n", verdict.s);
	text_release(&verdict);
	fprintf(out, "%s: %s", _("DNS company"), company_is_known(company) ?
	    provider_name(company_row(company)) : _("not known"));
	if (company->evidence[0] != '\0' && company->chosen == NULL)
		fprintf(out, " (%s)", company->evidence);
	else if (company->chosen != NULL && company->detected != NULL &&
	    company->detected != company->chosen)
		put_chosen(out, company);
	putc('\n', out);
	if (d->dnssec == DNSSEC_UNCHECKED &&
	    check->delegation.state == DELEGATION_FOUND)
		fprintf(out, "DNSSEC: %s\n", _("not checked here; nothing to "
		    "do"));
	report_ses_text(out, check);

	for (size_t i = 0; i < d->domains; i++) {
		putc('\n', out);
		report_domain_text(out, check, i, colour);
	}
	for (size_t i = 0; i < check->plan.count; i++) {
		if (report_told(check, i))
			continue;
		putc('\n', out);
		report_record_text(out, check, i, colour);
	}
}

/* "10:15:02  PASS  DKIM 1  The record is right.": the first line says it. */
static void
put_change(FILE *out, int64_t at, enum state state, const char *title,
    const char *text, bool colour)
{
	time_t s = (time_t)(at / 1000);
	char clock[16] = "";
	struct tm tm;

	if (localtime_r(&s, &tm) != NULL)
		strftime(clock, sizeof clock, "%H:%M:%S", &tm);
	fprintf(out, "%s  ", clock);
	report_put_word(out, state, colour);
	if (title[0] != '\0')
		fprintf(out, "  %s", title);
	fprintf(out, "  %.*s\n", (int)strcspn(text, "\n"), text);
}

static bool
is_new(const struct domain_diagnosis *one, const struct diagnosis *before)
{
	for (size_t i = 0; i < before->domains; i++)
		if (before->domain[i].finding == one->finding &&
		    strcmp(before->domain[i].subject, one->subject) == 0)
			return false;
	return true;
}

void
report_changes(FILE *out, const struct check *check,
    const struct diagnosis *before, bool colour)
{
	const struct diagnosis *d = &check->diagnosis;
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < d->domains; i++) {
		if (!is_new(&d->domain[i], before))
			continue;
		report_domain(check, i, REPORT_SUMMARY, &text);
		put_change(out, check->ended, d->domain[i].state, "", text.s,
		    colour);
	}
	for (size_t i = 0; i < check->plan.count; i++) {
		if (i < before->records &&
		    d->record[i].finding == before->record[i].finding &&
		    d->record[i].state == before->record[i].state)
			continue;
		report_record(check, i, REPORT_SUMMARY, &text);
		put_change(out, check->ended, d->record[i].state,
		    wanted_title(&check->plan.wanted[i]), text.s, colour);
	}
	text_release(&text);
}
