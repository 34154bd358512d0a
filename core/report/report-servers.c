#include "report/report-internal.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

enum {
	ADDRESSES_TOLD = 3
};

/* The places of a sentence that name servers, or their addresses. */

/* The servers of the zone, or of the one below that is spoken of. */
bool
scene_servers(struct text *t, const struct scene *s)
{
	const struct diagnosis *d = &s->check->diagnosis;
	struct delegation_part part = report_part(s->check, s->domain);
	struct text list = TEXT_INIT;
	char text[NAME_TEXT];

	for (size_t i = part.first; i < part.end; i++)
		text_list_add(&list, name_text(&d->server[i].server.name,
		    text));
	text_add(t, list.s);
	text_release(&list);
	return true;
}

/*
 * The servers for which that is true; with the address where the others have
 * the same name.
 */
static bool
put_those(struct text *t, const struct scene *s,
    bool (*is)(const struct scene *s, size_t server))
{
	const struct diagnosis *d = &s->check->diagnosis;
	struct text list = TEXT_INIT, one = TEXT_INIT;
	char name[NAME_TEXT];

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *server = &d->server[i].server;
		bool both = false;

		if (!is(s, i))
			continue;
		for (size_t k = 0; k < d->all; k++)
			both |= !is(s, k) && name_equal(&server->name,
			    &d->server[k].server.name);
		text_clear(&one);
		text_addf(&one, both ? "%s (%s)" : "%s",
		    name_text(&server->name, name), server->address);
		text_list_add(&list, one.s);
	}
	text_add(t, list.s);
	text_release(&list);
	text_release(&one);
	return true;
}

static bool
is_lacking(const struct scene *s, size_t server)
{
	if (s->record == NULL)
		return s->check->diagnosis.server[server].lacks;
	/* One copy at a time: that of the company whose form is told. */
	return s->record->finding == FINDING_OTHER_COPY ?
	    diagnose_lacking_copy(&s->check->diagnosis, s->record, server) :
	    report_lacks(s->record, server);
}

static bool
is_holding(const struct scene *s, size_t server)
{
	struct delegation_part part = report_part(s->check, s->domain);

	return server >= part.first && server < part.end &&
	    s->check->diagnosis.server[server].state == SERVER_ANSWERS &&
	    !is_lacking(s, server);
}

static bool
is_listed(const struct scene *s, size_t server)
{
	return server < s->check->diagnosis.servers &&
	    s->check->diagnosis.server[server].server.at_parent;
}

static bool
is_unlisted(const struct scene *s, size_t server)
{
	return server < s->check->diagnosis.servers && !is_listed(s, server);
}

static bool
is_named(const struct scene *s, size_t server)
{
	return server < s->check->diagnosis.servers &&
	    s->check->diagnosis.server[server].server.at_child;
}

bool
scene_lacking(struct text *t, const struct scene *s)
{
	return put_those(t, s, is_lacking);
}

bool
scene_holding(struct text *t, const struct scene *s)
{
	return put_those(t, s, is_holding);
}

bool
scene_listed(struct text *t, const struct scene *s)
{
	return put_those(t, s, is_listed);
}

bool
scene_named(struct text *t, const struct scene *s)
{
	return put_those(t, s, is_named);
}

bool
scene_unlisted(struct text *t, const struct scene *s)
{
	return put_those(t, s, is_unlisted);
}

/* The addresses of the server that is spoken of, by who gives them. */
static bool
put_addresses(struct text *t, const struct scene *s, bool glue)
{
	const struct diagnosis *d = &s->check->diagnosis;
	struct text list = TEXT_INIT;
	char name[NAME_TEXT];

	for (size_t i = 0; i < d->all; i++) {
		const struct delegation_server *server = &d->server[i].server;

		if ((glue ? server->by_glue : server->by_zone) && strcmp(
		    name_text(&server->name, name), s->domain->subject) == 0)
			text_list_add(&list, server->address);
	}
	text_add(t, list.s);
	text_release(&list);
	return true;
}

bool
scene_glue(struct text *t, const struct scene *s)
{
	return put_addresses(t, s, true);
}

bool
scene_own(struct text *t, const struct scene *s)
{
	return put_addresses(t, s, false);
}

/* The zone below that is spoken of, or the one of which the server is one. */
static const struct name *
part_of(const struct scene *s)
{
	const struct delegation *d = &s->check->delegation;
	char name[NAME_TEXT];

	for (size_t i = 0; i < d->parts; i++)
		if (strcmp(name_text(&d->part[i].zone, name),
		    s->domain->subject) == 0)
			return &d->part[i].zone;
	for (size_t i = 0; i < d->all; i++)
		if (diagnose_faulty(&s->check->diagnosis.server[i],
		    &s->check->diagnosis) &&
		    strcmp(name_text(&d->server[i].name, name),
		    s->domain->subject) == 0)
			return delegation_zone_of(d, i);
	return &d->zone;
}

bool
scene_part(struct text *t, const struct scene *s)
{
	char name[NAME_TEXT];

	text_add(t, name_text(part_of(s), name));
	return true;
}

bool
scene_above(struct text *t, const struct scene *s)
{
	char name[NAME_TEXT];

	text_add(t, name_text(delegation_above(&s->check->delegation,
	    part_of(s)), name));
	return true;
}

/* Does the server that is spoken of give no usable answer there? */
static bool
is_mute(const struct check *check, const struct domain_diagnosis *domain,
    size_t i)
{
	const struct diagnosis *d = &check->diagnosis;
	char name[NAME_TEXT];

	return diagnose_faulty(&d->server[i], d) && strcmp(name_text(
	    &d->server[i].server.name, name), domain->subject) == 0;
}

size_t
report_mute(const struct check *check, const struct domain_diagnosis *domain)
{
	size_t count = 0;

	for (size_t i = 0; i < check->diagnosis.all; i++)
		count += is_mute(check, domain, i);
	return count;
}

bool
scene_mute_count(struct text *t, const struct scene *s)
{
	text_addf(t, "%zu", report_mute(s->check, s->domain));
	return true;
}

/* The addresses where it gives none: no more of them than can be read. */
bool
scene_mute(struct text *t, const struct scene *s)
{
	const struct diagnosis *d = &s->check->diagnosis;
	size_t count = report_mute(s->check, s->domain), told = 0;
	struct text list = TEXT_INIT;
	char more[24];

	for (size_t i = 0; i < d->all && told < ADDRESSES_TOLD; i++) {
		if (!is_mute(s->check, s->domain, i))
			continue;
		text_list_add(&list, d->server[i].server.address);
		told++;
	}
	snprintf(more, sizeof more, "%zu", count - told);
	text_add_filled(t, count > told ? _("{list} and {more} more") :
	    "{list}", (const struct text_place[]){ { "list", list.s },
		{ "more", more }, { NULL, NULL } });
	text_release(&list);
	return true;
}

/* The name servers that are gone. */
bool
scene_before(struct text *t, const struct scene *s)
{
	const struct noted *noted = &s->check->background.noted;
	struct text list = TEXT_INIT;

	for (size_t i = 0; i < noted->count; i++)
		if (s->check->diagnosis.lost[i] && noted->row[i].type == RR_NS)
			text_list_add(&list, noted->row[i].value);
	text_add(t, list.s);
	text_release(&list);
	return true;
}
