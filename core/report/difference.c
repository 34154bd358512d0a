#include "report/difference.h"

#include <string.h>

#include "base/lang.h"
#include "report/report.h"

static const struct {
	const char *text, *wanted, *found;
} words[] = {
	[DIFFERENCE_NAME] = { "name", N_("wanted name"), N_("found name") },
	[DIFFERENCE_TYPE] = { "type", N_("wanted type"), N_("found type") },
	[DIFFERENCE_VALUE] = { "value", N_("wanted value"),
	    N_("found value") },
	[DIFFERENCE_MAIL_FROM] = { "name", N_("MAIL FROM now"),
	    N_("row (stays so)") },
};

const char *
difference_text(enum difference_part part)
{
	return words[part].text;
}

const char *
difference_wanted(enum difference_part part)
{
	return _(words[part].wanted);
}

const char *
difference_found(enum difference_part part)
{
	return _(words[part].found);
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
mark(struct difference *d)
{
	size_t wanted = strlen(d->wanted), found = strlen(d->found), end;

	d->from = 0;
	d->to = 0;
	d->what = "";
	if (d->part == DIFFERENCE_MAIL_FROM) {
		d->from = found + 1;
		return;
	}
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
difference_of(const struct check *check, size_t index, struct difference *d)
{
	const struct record_diagnosis *record;
	const struct wanted *wanted;
	const struct found *found;

	if (index >= check->plan.count)
		return false;
	record = &check->diagnosis.record[index];
	found = &record->found[0];
	/* A DNAME is no row of ours that came out otherwise. */
	if (record->founds == 0 || record->state == STATE_PASS ||
	    found->type == RR_DNAME || !report_shows_wanted(check, index))
		return false;
	wanted = &check->plan.wanted[index];
	if (!name_equal(&found->owner, &wanted->owner)) {
		d->part = report_doubled_at_aws(check, index) ?
		    DIFFERENCE_MAIL_FROM : DIFFERENCE_NAME;
		d->wanted = name_text(&wanted->owner, d->name[0]);
		d->found = name_text(&found->owner, d->name[1]);
	} else if (found->type != wanted->type) {
		d->part = DIFFERENCE_TYPE;
		d->wanted = rr_type_text(wanted->type, d->name[0]);
		d->found = rr_type_text(found->type, d->name[1]);
	} else {
		d->part = DIFFERENCE_VALUE;
		d->wanted = wanted->value;
		d->found = found->value;
	}
	mark(d);
	return strcmp(d->wanted, d->found) != 0;
}
