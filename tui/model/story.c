#include "model/story.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

size_t
story_rows(const struct check *check)
{
	return check->plan.count + check->diagnosis.domains;
}

bool
story_state(const struct check *check, size_t row, enum state *state)
{
	const struct diagnosis *d = &check->diagnosis;

	if (row >= check->plan.count) {
		*state = d->domain[row - check->plan.count].state;
		return true;
	}
	*state = d->record[row].state;
	return row < d->records && (d->record[row].settled || d->complete);
}

size_t
story_worst(const struct check *check)
{
	enum state worst_state = STATE_WARN, state;
	size_t found = 0;

	for (size_t i = 0; i < story_rows(check); i++) {
		if (!story_state(check, i, &state))
			continue;
		if (state > worst_state || (i >= check->plan.count &&
		    state == worst_state && state >= STATE_UNKNOWN &&
		    found < check->plan.count)) {
			worst_state = state;
			found = i;
		}
		/* A note only, yet mail or the site may have stopped. */
		if (found == 0 && i >= check->plan.count &&
		    worst_state == STATE_WARN && check->diagnosis.domain[i -
		    check->plan.count].finding == FINDING_ROWS_LOST)
			found = i;
	}
	return found;
}

static bool
is_of_servers(enum finding finding)
{
	return finding == FINDING_DELEGATION_MISMATCH ||
	    finding == FINDING_NS_EDITED_IN_ZONE ||
	    finding == FINDING_GLUE_DIFFERS ||
	    finding == FINDING_OTHER_COPY ||
	    finding == FINDING_SERIAL_MISMATCH ||
	    strncmp(finding_row(finding)->name, "nameserver-", 11) == 0;
}

const char *
story_title(const struct check *check, size_t row)
{
	if (row < check->plan.count)
		return wanted_title(&check->plan.wanted[row]);
	return is_of_servers(check->diagnosis.domain[row -
	    check->plan.count].finding) ? _("Name servers") : _("Domain");
}

const char *
story_short(const struct check *check, size_t row)
{
	enum state state;

	if (row >= check->plan.count)
		return "";
	if (!story_state(check, row, &state))
		return check->running ? _("looking ...") : "";
	return report_brief(check, row);
}

void
story_sentence(const struct check *check, size_t row, enum report_part part,
    struct text *t)
{
	if (row < check->plan.count)
		report_record(check, row, part, t);
	else
		report_domain(check, row - check->plan.count, part, t);
}

/* A paragraph below those before. */
static void
add(struct text *t, const char *paragraph)
{
	if (t->len > 0 && *paragraph != '\0')
		text_add(t, "\n\n");
	text_add(t, paragraph);
}

/* "_amazonses.example.jp  TXT  value", and the servers that hold it. */
static void
add_found(const struct check *check, const struct found *found, struct text *t)
{
	char owner[NAME_TEXT], server[NAME_TEXT], type[16];
	struct text servers = TEXT_INIT;

	for (size_t i = 0; i < found->seens; i++)
		if (found->seen[i] < check->diagnosis.all)
			text_list_add(&servers, name_text(&check->diagnosis.
			    server[found->seen[i]].server.name, server));

	const struct text_place places[] = {
		{ "owner", name_text(&found->owner, owner) },
		{ "type", rr_type_text(found->type, type) },
		{ "value", found->value },
		{ "servers", servers.s },
		{ NULL, NULL },
	};

	text_add(t, "\n\n");
	text_add_filled(t, servers.len > 0 ?
	    _("Found: {owner}\n{type}  {value}\nat {servers}") :
	    _("Found: {owner}\n{type}  {value}"), places);
	text_release(&servers);
}

/* What AWS says of the whole domain, and how that fits. */
static void
add_ses(const struct check *check, struct text *t)
{
	struct text words = TEXT_INIT;

	report_ses_words(&words, &check->plan.identity);
	if (words.len > 0) {
		text_add(t, "\n\n");
		report_ses_says(t, &check->plan.identity, words.s);
		for (int part = REPORT_SUMMARY; part <= REPORT_REMEDY; part++) {
			report_ses(check, (enum report_part)part, &words);
			add(t, words.s);
		}
	}
	text_release(&words);
}

static void
add_wanted(const struct wanted *wanted, struct text *t)
{
	char owner[NAME_TEXT], type[16];
	const struct text_place places[] = {
		{ "owner", name_text(&wanted->owner, owner) },
		{ "type", rr_type_text(wanted->type, type) },
		{ "value", wanted->value },
		{ NULL, NULL }
	};

	text_add(t, "\n\n");
	text_add_filled(t, _("Wanted: {owner}\n{type}  {value}"), places);
}

/* A part under its label. */
static void
add_part(struct text *t, const char *label, const char *sentence)
{
	if (*sentence == '\0')
		return;
	add(t, label);
	text_line_add(t, sentence);
}

/* What to do and where, then why; with what is right, only that. */
static void
tell(const struct check *check, size_t row, enum state state, struct text *t)
{
	static const enum report_part order[] = {
		REPORT_REMEDY, REPORT_SUMMARY, REPORT_EXPLANATION
	};
	struct text part = TEXT_INIT;
	struct report_task task;

	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		story_sentence(check, row, order[i], &part);
		if (state == STATE_PASS || order[i] == REPORT_EXPLANATION)
			add(t, part.s);
		else
			add_part(t, report_label(order[i]), part.s);
		if (order[i] != REPORT_REMEDY || row >= check->plan.count)
			continue;
		report_task(check, row, &task);
		if (task.menu != NULL && state != STATE_PASS) {
			const struct text_place places[] = {
				{ "menu", task.menu },
				{ NULL, NULL }
			};

			text_add(t, "\n");
			text_add_filled(t, _("Page: {menu}"), places);
		}
		text_clear(&part);
		report_same(check, row, &part);
		if (part.len > 0)
			text_line_add(t, part.s);
	}
	text_release(&part);
}

void
story_text(const struct check *check, size_t row, struct text *t)
{
	enum state state;

	text_clear(t);
	if (row >= story_rows(check))
		return;
	if (!story_state(check, row, &state)) {
		add(t, _("This record is still being looked at."));
	} else {
		tell(check, row, state, t);
	}
	if (row < check->plan.count) {
		const struct record_diagnosis *r =
		    &check->diagnosis.record[row];

		if (report_shows_wanted(check, row))
			add_wanted(&check->plan.wanted[row], t);
		for (size_t i = 0; i < r->founds; i++)
			add_found(check, &r->found[i], t);
		add_ses(check, t);
	}
}
