#include <string.h>

#include <bsd/string.h>

#include "diagnose/diagnose-internal.h"
#include "diagnose/facts.h"
#include "dns/rr.h"

enum {
	MINUTE = 60000,		/* ms */
	WAIT_UNKNOWN = 60	/* minutes, of a company not known */
};

static bool
is_server(const struct diagnosis *d, const struct noted_row *row)
{
	char text[NAME_TEXT];

	for (size_t i = 0; i < d->servers; i++)
		if (strcmp(row->value, name_text(&d->server[i].server.name,
		    text)) == 0)
			return true;
	return false;
}

/* Not one of the servers of then: the DNS was moved. */
static bool
is_moved(const struct diagnosis *d, const struct noted *noted)
{
	bool known = false;

	for (size_t i = 0; i < noted->count; i++) {
		if (noted->row[i].type != RR_NS)
			continue;
		if (is_server(d, &noted->row[i]))
			return false;
		known = true;
	}
	return known && d->servers > 0;
}

/* Every server that answers says so itself; silence is no loss. */
static bool
is_gone(const struct diagnosis *d, const struct inputs *in,
    const struct noted_row *row)
{
	size_t gone = 0;

	for (size_t i = 0; i < d->servers; i++) {
		const struct observation *o;

		if (d->server[i].state != SERVER_ANSWERS)
			continue;
		o = observe_look(in->log, VANTAGE_AUTHORITY,
		    d->server[i].server.address, &row->owner,
		    noted_question(row));
		if (!facts_sound(o) || !o->aa || noted_stands(row, o))
			return false;
		gone++;
	}
	return gone > 0;
}

static bool
is_named(const struct diagnosis *d, const struct noted *noted, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (d->lost[i] && noted->row[i].type ==
		    noted->row[index].type &&
		    name_equal(&noted->row[i].owner, &noted->row[index].owner))
			return true;
	return false;
}

/* "example.jp MX, www.example.jp A" */
static void
name_lost(const struct diagnosis *d, const struct noted *noted,
    char subject[static NAME_TEXT])
{
	char text[NAME_TEXT], type[16];

	subject[0] = '\0';
	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];

		if (!d->lost[i] || is_named(d, noted, i))
			continue;
		if (subject[0] != '\0')
			strlcat(subject, ", ", NAME_TEXT);
		strlcat(subject, name_text(&row->owner, text), NAME_TEXT);
		strlcat(subject, " ", NAME_TEXT);
		strlcat(subject, rr_type_text(row->type, type), NAME_TEXT);
	}
}

/* Every save raises the number; some companies always show 1. */
static bool
is_unchanged(const struct diagnosis *d, const struct noted *noted)
{
	uint32_t serial = noted_serial(noted);
	size_t same = 0;

	for (size_t i = 0; serial > 1 && i < d->servers; i++) {
		if (d->server[i].state != SERVER_ANSWERS)
			continue;
		if (d->server[i].serial != serial)
			return false;
		same++;
	}
	return same > 0;
}

bool
diagnose_unsaved(const struct diagnosis *d, const struct inputs *in,
    const struct wanted *wanted)
{
	const struct noted *noted = &in->background->noted;
	const struct provider *company = company_row(in->company);
	int wait = company->wait_max > 0 ? provider_patience(company) :
	    WAIT_UNKNOWN;

	/* Entered before the note was taken: it may be in it. */
	return wanted->required && noted->at != 0 &&
	    (wanted->entered == 0 || wanted->entered >= noted->at) &&
	    in->now - noted->at >= (int64_t)wait * MINUTE &&
	    is_unchanged(d, noted);
}

/*
 * A move by itself is nobody's loss: it is told while rows are missing at the
 * new servers, those that stood before or those that SES wants.
 */
void
diagnose_noted(struct diagnosis *d, const struct inputs *in)
{
	const struct noted *noted = &in->background->noted;
	char subject[NAME_TEXT];
	bool lost = false;

	if (noted->at == 0 || !in->complete)
		return;
	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];

		if (row->type == RR_NS || row->type == RR_SOA)
			continue;
		d->lost[i] = is_gone(d, in, row);
		lost |= d->lost[i];
	}
	d->moved = is_moved(d, noted) &&
	    (lost || diagnose_required_fails(d, in->plan));
	for (size_t i = 0; d->moved && i < noted->count; i++)
		d->lost[i] |= noted->row[i].type == RR_NS;
	if (!lost && !d->moved)
		return;
	name_lost(d, noted, subject);
	diagnose_add_text(d, FINDING_ROWS_LOST, STATE_WARN, subject);
}
