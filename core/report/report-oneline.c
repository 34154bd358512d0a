#include "report/report.h"

#include <stdio.h>

#include "base/text.h"

/* Monitoring cuts the line at the first |: no name may hold one. */
static void
add_word(struct text *t, const char *word)
{
	text_add(t, " ");
	for (; *word != '\0'; word++)
		text_add_part(t, *word == '|' ? "/" : word, 1);
}

/* Is it as bad as all, with the finding of another? */
static bool
is_as_bad(const struct diagnosis *d, size_t index, size_t other)
{
	return d->record[index].state == d->verdict &&
	    d->record[index].finding == d->record[other].finding;
}

static bool
is_told(const struct diagnosis *d, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_as_bad(d, i, index))
			return true;
	return false;
}

/* Of the records that are as bad as all, each finding once, behind its ids. */
static void
add_records(struct text *t, const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;

	for (size_t i = 0; i < d->records; i++) {
		if (!is_as_bad(d, i, i) || is_told(d, i))
			continue;
		for (size_t k = i; k < d->records; k++)
			if (is_as_bad(d, k, i))
				add_word(t, check->plan.wanted[k].id);
		add_word(t, finding_row(d->record[i].finding)->name);
	}
}

/* The domain's own, each with what it is about. */
static void
add_domain(struct text *t, const struct diagnosis *d)
{
	for (size_t i = 0; i < d->domains; i++) {
		if (d->domain[i].state != d->verdict)
			continue;
		add_word(t, finding_row(d->domain[i].finding)->name);
		if (d->domain[i].subject[0] != '\0')
			add_word(t, d->domain[i].subject);
	}
}

void
report_oneline(FILE *out, const struct check *check)
{
	const struct diagnosis *d = &check->diagnosis;
	size_t count[STATE_COUNT] = { 0 };
	int64_t took = (check->quiet > check->ended ? check->quiet :
	    check->ended) - check->started;
	struct text t = TEXT_INIT;
	char domain[NAME_TEXT];

	for (size_t i = 0; i < d->records; i++)
		count[d->record[i].state]++;
	text_addf(&t, "%s %zu of %zu:", state_word(d->verdict),
	    count[d->verdict], d->records);
	if (d->verdict != STATE_PASS) {
		add_records(&t, check);
		add_domain(&t, d);
	}
	add_word(&t, "-");
	add_word(&t, name_text(&check->plan.domain, domain));
	text_add(&t, " |");
	for (int i = STATE_COUNT - 1; i > STATE_OPEN; i--)
		text_addf(&t, " %s=%zu", state_text((enum state)i), count[i]);
	text_addf(&t, " time=%lld.%03llds", (long long)(took / 1000),
	    (long long)(took % 1000));
	fprintf(out, "%s\n", t.s);
	text_release(&t);
}
