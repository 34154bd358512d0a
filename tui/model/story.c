#include "model/story.h"

#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"

enum {
	STORY_TEXT = 2048
};

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
	    finding == FINDING_SERIAL_MISMATCH ||
	    strncmp(finding_row(finding)->name, "nameserver-", 11) == 0;
}

const char *
story_title(const struct check *check, size_t row, char *buf, size_t size)
{
	if (row < check->plan.count)
		return wanted_title(&check->plan.wanted[row], buf, size);
	strlcpy(buf, is_of_servers(check->diagnosis.domain[row -
	    check->plan.count].finding) ? _("Name servers") : _("Domain"),
	    size);
	return buf;
}

const char *
story_short(const struct check *check, size_t row)
{
	const struct record_diagnosis *record = &check->diagnosis.record[row];
	enum state state;

	if (row >= check->plan.count)
		return "";
	if (!story_state(check, row, &state))
		return check->running ? _("looking ...") : "";
	if (record->finding == FINDING_MISSING &&
	    !check->plan.wanted[row].required)
		return _("not set, recommended");
	return finding_row(record->finding)->brief != NULL ?
	    _(finding_row(record->finding)->brief) : "";
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

static size_t
common_end(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t n = 0;

	while (n < a_len && n < b_len && a[a_len - 1 - n] == b[b_len - 1 - n])
		n++;
	return n;
}

/*
 * The differing part is what is left between the common beginning and the
 * common end, so that an appended domain is marked where it was appended.
 */
static void
mark(struct story_difference *d)
{
	size_t wanted = strlen(d->wanted), found = strlen(d->found), end;

	d->from = 0;
	while (d->from < wanted && d->wanted[d->from] == d->found[d->from])
		d->from++;
	end = common_end(d->wanted + d->from, wanted - d->from,
	    d->found + d->from, found - d->from);
	d->to = found - end;
	if (d->to == d->from)
		d->what = _("missing here");
	else if (wanted - end == d->from)
		d->what = _("too much");
	else
		d->what = _("different");
	/* Never half a character. */
	while (d->from > 0 && ((unsigned char)d->found[d->from] & 0xc0) ==
	    0x80)
		d->from--;
	while (((unsigned char)d->found[d->to] & 0xc0) == 0x80)
		d->to++;
}

bool
story_difference(const struct check *check, size_t row,
    struct story_difference *d)
{
	const struct record_diagnosis *record = &check->diagnosis.record[row];
	const struct wanted *wanted;
	const struct found *found = &record->found[0];

	if (row >= check->plan.count || record->founds == 0 ||
	    record->state == STATE_PASS || !report_shows_wanted(check, row))
		return false;
	wanted = &check->plan.wanted[row];
	if (!name_equal(&found->owner, &wanted->owner)) {
		d->wanted_label = _("wanted name");
		d->found_label = _("found name");
		name_text(&wanted->owner, d->wanted);
		name_text(&found->owner, d->found);
	} else if (found->type != wanted->type) {
		d->wanted_label = _("wanted type");
		d->found_label = _("found type");
		rr_type_text(wanted->type, d->wanted);
		rr_type_text(found->type, d->found);
	} else {
		d->wanted_label = _("wanted value");
		d->found_label = _("found value");
		strlcpy(d->wanted, wanted->value, sizeof d->wanted);
		strlcpy(d->found, found->value, sizeof d->found);
	}
	mark(d);
	return strcmp(d->wanted, d->found) != 0;
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
		if (found->seen[i] < check->diagnosis.servers)
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
	char words[STORY_TEXT], text[STORY_TEXT];
	const struct text_place places[] = {
		{ "words", words },
		{ NULL, NULL },
	};

	report_ses_words(&check->plan.identity, words, sizeof words);
	if (words[0] == '\0')
		return;
	text_fill(text, sizeof text, _("AWS says: {words}"), places);
	add(t, text);
	for (int part = REPORT_SUMMARY; part <= REPORT_REMEDY; part++) {
		report_ses(check, (enum report_part)part, text, sizeof text);
		add(t, text);
	}
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

void
story_text(const struct check *check, size_t row, struct text *t)
{
	struct text part = TEXT_INIT;
	enum state state;

	text_clear(t);
	if (row >= story_rows(check))
		return;
	if (!story_state(check, row, &state)) {
		add(t, _("This record is still being looked at."));
	} else {
		for (int p = REPORT_SUMMARY; p <= REPORT_REMEDY; p++) {
			story_sentence(check, row, (enum report_part)p, &part);
			add(t, part.s);
		}
		text_release(&part);
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
