#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "report/report.h"

/* Any public addresses: nothing is sent. */
static const char parent[] = "20.0.0.1", first[] = "20.0.0.31",
    second[] = "20.0.0.32", third[] = "20.0.0.51", lower[] = "20.0.0.41";

static const char key[] = "\"p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7\"";

static void
parse(struct rr *rr, const char *owner, uint16_t type, const char *data)
{
	struct name name;
	const char *why;

	memset(rr, 0, sizeof *rr);
	rr->ttl = 60;
	if (name_parse(&name, owner, &why) == -1 ||
	    rr_parse(rr, type, data, &why) == -1)
		errx(1, "%s %s: %s", owner, data, why);
	rr_set_owner(rr, &name);
}

static bool
is_below(const struct name *name, const char *above)
{
	struct name top;
	const char *why;

	return name_parse(&top, above, &why) == 0 && name_is_below(name, &top);
}

enum section {
	ANSWER,
	AUTHORITY,
	ADDITIONAL
};

static void
put(struct observation *o, enum section section, const char *owner,
    uint16_t type, const char *data)
{
	struct rr rr;

	parse(&rr, owner, type, data);
	if (section == ANSWER)
		observation_add_answer(o, &rr);
	else if (section == AUTHORITY)
		observation_add_authority(o, &rr);
	else
		observation_add_additional(o, &rr);
	rr_release(&rr);
}

/* Do others run the zone of this name? */
static bool
is_below_cut(const struct zone *zone, const struct name *name)
{
	return zone->cut && name_is_below(name, &zone->below);
}

bool
zone_in_force(const struct zone *zone, enum zone_server server)
{
	if (zone->set == ZONE_LISTED)
		return server == ZONE_THIRD;
	/* Some resolvers go by the rows inside, once they are there. */
	return server != ZONE_THIRD || zone->set == ZONE_EDITED ||
	    zone->set == ZONE_MIXED || zone->set == ZONE_GLUE;
}

bool
zone_serves(const struct zone *zone, size_t i, enum zone_server server)
{
	if ((zone->row[i].in & (server == ZONE_THIRD ? ZONE_OTHER :
	    ZONE_OWN)) == 0)
		return false;
	return server != ZONE_SECOND || !zone->behind ||
	    !zone->row[i].fresh ||
	    is_below_cut(zone, zone->row[i].rr.owner);
}

/* The names and addresses that the registry lists, or the zone's own rows. */
static void
put_servers(const struct zone *zone, struct observation *o, bool registry,
    enum zone_server server)
{
	char top[NAME_TEXT], host[NAME_TEXT + 4];
	bool glue = zone->set == ZONE_GLUE;
	bool edited = zone->set == ZONE_EDITED && !registry;
	bool alone = edited || zone->set == ZONE_LISTED ||
	    (zone->set == ZONE_MIXED && server == ZONE_THIRD);
	enum section section = registry ? AUTHORITY : ANSWER;

	name_text(&zone->name, top);
	for (int i = 0; i < 2 && !alone; i++) {
		snprintf(host, sizeof host, "%c.%s%s", 'a' + i, glue ? top :
		    "ns-journey.net", ".");
		put(o, section, top, RR_NS, host);
	}
	snprintf(host, sizeof host, "%s.", zone->third);
	if (alone || (registry && zone->set == ZONE_MIXED))
		put(o, section, top, RR_NS, host);
	for (int i = 0; i < 2 && registry; i++) {
		snprintf(host, sizeof host, "%c.%s", 'a' + i, glue ? top :
		    "ns-journey.net");
		put(o, ADDITIONAL, host, RR_A, i == 0 ? first : glue ? third :
		    second);
	}
}

/* What the catch-all row gives to a name that nobody made. */
static void
put_wild(const struct zone *zone, struct observation *o)
{
	static const struct {
		uint16_t type;
		const char *data;
	} wild[ZONE_WILDS] = {
		[ZONE_WILD_ADDRESS] = { RR_A, "20.9.9.9" },
		[ZONE_WILD_TEXT] = { RR_TXT, "\"somebody's text\"" },
		[ZONE_WILD_MAIL] = { RR_MX, "10 any.example.net." },
		[ZONE_WILD_ALIAS] = { RR_CNAME, "web.example.net." },
	};
	const struct question *q = &o->question;
	char text[NAME_TEXT];

	if (wild[zone->wild].type == q->type ||
	    wild[zone->wild].type == RR_CNAME)
		put(o, ANSWER, name_text(&q->name, text),
		    wild[zone->wild].type, wild[zone->wild].data);
}

/* Of each copy: another primary, another serial. */
static const char *
soa_of(const struct zone *zone, enum zone_server server)
{
	if (server != ZONE_THIRD)
		return "a.ns-journey.net. h.ns-journey.net. 1 60 60 600 60";
	return zone->set == ZONE_GLUE ?
	    "a.ns-journey.net. h.ns-journey.net. 7 60 60 600 60" :
	    "d.ns-other.net. h.ns-other.net. 7 60 60 600 60";
}

/* What one of the zone's servers says. */
static void
answer(const struct zone *zone, struct observation *o,
    enum zone_server server)
{
	const struct question *q = &o->question;
	bool cut = is_below_cut(zone, &q->name);
	char text[NAME_TEXT];
	bool exists = false;

	for (size_t i = 0; i < zone->count; i++) {
		const struct rr *rr = &zone->row[i].rr;

		if (!zone_serves(zone, i, server))
			continue;
		exists |= name_is_below(rr->owner, &q->name);
		if (name_equal(rr->owner, &q->name) && (rr->type == q->type ||
		    rr->type == RR_CNAME))
			observation_add_answer(o, rr);
	}
	if (name_equal(&q->name, &zone->name)) {
		exists = true;
		if (q->type == RR_NS)
			put_servers(zone, o, false, server);
		if (q->type == RR_SOA)
			put(o, ANSWER, name_text(&zone->name, text), RR_SOA,
			    soa_of(zone, server));
	}
	if (!exists && !cut && zone->wild != ZONE_TAME) {
		put_wild(zone, o);
		exists = true;
	}
	if (o->answers > 0)
		return;
	o->rcode = exists ? RCODE_NOERROR : RCODE_NXDOMAIN;
	put(o, AUTHORITY, name_text(cut ? &zone->below : &zone->name, text),
	    RR_SOA, soa_of(zone, server));
}

static void
refer_below(const struct zone *zone, struct observation *o)
{
	char text[NAME_TEXT];

	put(o, AUTHORITY, name_text(&zone->below, text), RR_NS,
	    "c.ns-journey.net.");
	put(o, ADDITIONAL, "c.ns-journey.net", RR_A, lower);
}

/* Names of others, as our recursion finds them. */
static void
outside(const struct zone *zone, struct observation *o)
{
	const struct question *q = &o->question;
	char text[NAME_TEXT];

	name_text(&q->name, text);
	if (q->type == RR_NS && name_is_below(&zone->name, &q->name)) {
		put(o, ANSWER, text, RR_NS, "ns.registry-journey.net.");
		put(o, ADDITIONAL, "ns.registry-journey.net", RR_A, parent);
	} else if (q->type == RR_A && strcmp(text, "a.ns-journey.net") == 0) {
		put(o, ANSWER, text, RR_A, first);
	} else if (q->type == RR_A && strcmp(text, "b.ns-journey.net") == 0) {
		put(o, ANSWER, text, RR_A, second);
	} else if (q->type == RR_A && strcmp(text, "c.ns-journey.net") == 0) {
		put(o, ANSWER, text, RR_A, lower);
	} else if (q->type == RR_A && strcmp(text, zone->third) == 0) {
		put(o, ANSWER, text, RR_A, third);
	} else if (q->type == RR_A && strncmp(text, "ns.registry", 11) == 0) {
		put(o, ANSWER, text, RR_A, parent);
	} else if (q->type == RR_TXT && strcmp(text, "amazonses.com") == 0) {
		put(o, ANSWER, text, RR_TXT, "\"v=spf1 ip4:20.1.0.0/24 -all\"");
	} else if (q->type == RR_TXT && is_below(&q->name,
	    "dkim.amazonses.com")) {
		put(o, ANSWER, text, RR_TXT, key);
	} else {
		o->rcode = is_below(&q->name, "ns-journey.net") ||
		    is_below(&q->name, zone->third) ?
		    RCODE_NOERROR : RCODE_NXDOMAIN;
		put(o, AUTHORITY, ".", RR_SOA,
		    "a.root. h.root. 1 60 60 600 60");
	}
}

/* Recursion goes on behind a CNAME. */
static void
follow(const struct zone *zone, struct observation *o)
{
	struct name target;
	char text[NAME_TEXT];

	(void)zone;
	if (o->answers != 1 || o->rr[0].type != RR_CNAME ||
	    o->question.type != RR_TXT || rr_target(&o->rr[0], &target) == -1)
		return;
	if (is_below(&target, "dkim.amazonses.com"))
		put(o, ANSWER, name_text(&target, text), RR_TXT, key);
}

static void
recurse(const struct zone *zone, struct observation *o)
{
	if (!name_is_below(&o->question.name, &zone->name)) {
		outside(zone, o);
		return;
	}
	if (zone->bogus)
		o->outcome = OUTCOME_BOGUS;
	if (zone->bogus || zone->set == ZONE_GONE) {
		o->rcode = RCODE_SERVFAIL;
		return;
	}
	answer(zone, o, zone->set == ZONE_LISTED ? ZONE_THIRD : ZONE_FIRST);
	follow(zone, o);
}

/* A name server of the zone itself. */
static void
serve(const struct zone *zone, struct observation *o, enum zone_server server)
{
	if (zone->broken && server == ZONE_SECOND) {
		o->rcode = RCODE_SERVFAIL;
	} else if (!name_is_below(&o->question.name, &zone->name) ||
	    zone->set == ZONE_GONE) {
		o->rcode = RCODE_REFUSED;
	} else if (is_below_cut(zone, &o->question.name)) {
		refer_below(zone, o);
	} else {
		o->aa = zone->set != ZONE_LAME || server != ZONE_SECOND;
		answer(zone, o, server);
	}
}

static void
respond(const struct zone *zone, struct observation *o)
{
	const struct question *q = &o->question;
	const char *address = q->vantage.address;
	bool below = is_below_cut(zone, &q->name);

	o->outcome = OUTCOME_ANSWER;
	o->tcp = q->tcp;
	if (q->vantage.kind == VANTAGE_RECURSIVE) {
		recurse(zone, o);
	} else if (strcmp(address, parent) == 0) {
		if (name_is_below(&q->name, &zone->name))
			put_servers(zone, o, true, ZONE_FIRST);
		else
			o->rcode = RCODE_REFUSED;
	} else if (strcmp(address, lower) == 0) {
		o->aa = below;
		o->rcode = below ? RCODE_NOERROR : RCODE_REFUSED;
		if (below)
			answer(zone, o, ZONE_FIRST);
	} else if (strcmp(address, first) == 0) {
		serve(zone, o, ZONE_FIRST);
	} else if (strcmp(address, second) == 0) {
		serve(zone, o, ZONE_SECOND);
	} else if (strcmp(address, third) == 0) {
		serve(zone, o, ZONE_THIRD);
	} else {
		o->outcome = OUTCOME_SILENT;
	}
}

/* --- The world --- */

static void
ask(struct world *world, const struct question *question, int64_t now)
{
	struct zone *zone = (struct zone *)world;

	(void)now;
	if (zone->askeds == ZONE_QUESTIONS)
		errx(1, "too many questions at once");
	zone->asked[zone->askeds++] = *question;
}

static size_t
fds(struct world *world, struct pollfd *list, size_t max)
{
	(void)world;
	(void)list;
	(void)max;
	return 0;
}

static int64_t
step(struct world *world, struct observe_log *log, int64_t now)
{
	struct zone *zone = (struct zone *)world;

	for (size_t i = 0; i < zone->askeds; i++) {
		struct observation *o = observation_new(&zone->asked[i]);

		o->when = now;
		respond(zone, o);
		observe_add(log, o);
	}
	zone->askeds = 0;
	return INT64_MAX;
}

static void
refresh(struct world *world)
{
	((struct zone *)world)->askeds = 0;
}

static void
release(struct world *world)
{
	zone_release((struct zone *)world);
}

static const struct world_ops ops = {
	.ask = ask,
	.fds = fds,
	.step = step,
	.refresh = refresh,
	.free = release,
};

/* --- Its rows --- */

struct zone_row *
zone_add(struct zone *zone, const struct rr *rr, const struct form *typed,
    int wanted)
{
	struct zone_row *row = &zone->row[zone->count++];

	if (zone->count == ZONE_ROWS)
		errx(1, "too many rows");
	memset(row, 0, sizeof *row);
	rr_copy(&row->rr, rr);
	if (typed != NULL)
		row->typed = *typed;
	row->wanted = wanted;
	row->fresh = wanted != ZONE_FOREIGN;
	row->in = wanted != ZONE_FOREIGN ? ZONE_OWN : ZONE_OWN | ZONE_OTHER;
	return row;
}

void
zone_init(struct zone *zone, const struct name *name)
{
	static const struct {
		const char *label;
		uint16_t type;
		const char *data;
	} rows[] = {
		{ "", RR_MX, "10 mail.example.net." },
		{ "", RR_TXT, "\"v=spf1 include:_spf.example.net -all\"" },
		{ "", RR_A, "20.9.9.9" },
		{ "www.", RR_A, "20.9.9.9" },
		{ "s1._domainkey.", RR_TXT, "\"v=DKIM1; p=AAAA\"" },
	};
	char top[NAME_TEXT], owner[NAME_TEXT + 32];
	struct rr rr;

	memset(zone, 0, sizeof *zone);
	zone->world.ops = &ops;
	zone->name = *name;
	strlcpy(zone->third, "d.ns-other.net", sizeof zone->third);
	name_text(name, top);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		snprintf(owner, sizeof owner, "%s%s", rows[i].label, top);
		parse(&rr, owner, rows[i].type, rows[i].data);
		zone_add(zone, &rr, NULL, ZONE_FOREIGN);
		rr_release(&rr);
	}
}

void
zone_choose(struct zone *zone, enum zone_set set)
{
	char top[NAME_TEXT], owner[NAME_TEXT + 4];
	struct rr rr;

	zone->set = set;
	name_text(&zone->name, top);
	for (int i = 0; set == ZONE_GLUE && i < 2; i++) {
		snprintf(owner, sizeof owner, "%c.%s", 'a' + i, top);
		parse(&rr, owner, RR_A, i == 0 ? first : second);
		zone_add(zone, &rr, NULL, ZONE_FOREIGN);
		rr_release(&rr);
	}
}

void
zone_cut(struct zone *zone, const struct name *below)
{
	static const struct {
		uint16_t type;
		const char *data;
	} rows[] = {
		{ RR_SOA, "c.ns-journey.net. h.ns-journey.net. 1 60 60 600 60" },
		{ RR_NS, "c.ns-journey.net." },
	};
	char text[NAME_TEXT];
	struct rr rr;

	zone->cut = true;
	zone->below = *below;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		parse(&rr, name_text(below, text), rows[i].type, rows[i].data);
		zone_add(zone, &rr, NULL, ZONE_FOREIGN);
		rr_release(&rr);
	}
}

void
zone_release(struct zone *zone)
{
	while (zone->count > 0)
		rr_release(&zone->row[--zone->count].rr);
}

struct zone_row *
zone_find(struct zone *zone, const struct name *owner, uint16_t type,
    const char *value)
{
	for (size_t i = 0; i < zone->count; i++) {
		char *text = rr_value_new(&zone->row[i].rr);
		bool same = strcmp(text, value) == 0;

		free(text);
		if (same && zone->row[i].rr.type == type &&
		    name_equal(zone->row[i].rr.owner, owner))
			return &zone->row[i];
	}
	return NULL;
}

void
zone_sample(struct check *check, const char *folder, unsigned long number,
    bool before)
{
	char path[512];
	FILE *out;

	if (folder == NULL)
		return;
	snprintf(path, sizeof path, "%s/%lu.%s", folder, number,
	    before ? "case" : "json");
	if (!before) {
		fclose(check->record);
		check->record = NULL;
	}
	if ((out = fopen(path, "w")) == NULL)
		err(1, "%s", path);
	if (before) {
		check->record = out;
		return;
	}
	report_json(out, check);
	fclose(out);
}
