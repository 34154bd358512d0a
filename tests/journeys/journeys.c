/*
 * Random journeys: journeys N SEED [FOLDER].  A company, an identity, a zone
 * in memory with somebody's rows and perhaps a catch-all in it, broken
 * signatures, a zone below that others run or name servers that do not hold
 * one copy of it, and up to three faults made in that company's form.  Then: look, do what "action" says to the letter,
 * look again.  Every round has to come nearer, nothing of others may change,
 * and "pass" must be said exactly when SES would verify.  Every hundredth
 * first look goes into FOLDER as a case and a document.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/err.h>
#include <bsd/string.h>

#include "base/xalloc.h"
#include "company/form-store.h"
#include "company/provider.h"
#include "diagnose/check.h"
#include "report/report-internal.h"
#include "report/report.h"
#include "../lab/typed.h"
#include "zone.h"

enum {
	FAULTS = 3,
	SAMPLE = 100,		/* a case of every so many journeys */
	MINUTE = 60000,
	RECORDS = 8,		/* of a plan, at most */
	KINDS = 18
};

enum fault {
	FAULT_WHOLE_NAME,
	FAULT_MISSING,
	FAULT_CUT,
	FAULT_QUOTES,
	FAULT_SWAPPED,
	FAULT_UNDERSCORE,
	FAULT_REGION,
	FAULT_DOT,
	FAULT_TYPE,
	FAULT_TARGET,
	FAULT_BOTH,
	/* Somebody else's row at the name, beside ours or alone. */
	FAULT_OTHER,
	FAULT_OTHER_ALONE,
	FAULT_SPACE,
	FAULT_EXCHANGED,
	FAULT_PROXY,
	FAULT_CAPITALS,
	FAULT_WWW
};

static const char *const fault_names[KINDS] = { "whole-name", "missing",
	"cut", "quotes", "swapped", "underscore", "region", "dot",
	"type", "target", "both", "other", "other-alone", "space",
	"exchanged", "proxy", "capitals", "www" };

static const char *const set_names[ZONE_SETS] = { "sound", "gone", "lame",
	"edited", "mixed", "listed", "glue" };

struct journey {
	uint64_t chance;
	const struct provider *company;
	const struct provider *other;	/* whose the third server is */
	struct identity identity;
	struct name zone;
	struct zone world;
	struct check *check;
	int64_t now;
	int faults;
	bool others[RECORDS];		/* somebody's row stands there */
	bool handed[RECORDS];		/* it is AWS's turn */
	uint64_t foreign;		/* somebody's rows, as they began */
	char story[1024];
};

static unsigned
draw(struct journey *j, unsigned below)
{
	j->chance ^= j->chance << 13;
	j->chance ^= j->chance >> 7;
	j->chance ^= j->chance << 17;
	return (unsigned)(j->chance >> 33) % below;
}

static void
tell(struct journey *j, const char *a, const char *b)
{
	strlcat(j->story, " ", sizeof j->story);
	strlcat(j->story, a, sizeof j->story);
	strlcat(j->story, ":", sizeof j->story);
	strlcat(j->story, b, sizeof j->story);
}

/* Nobody knows who runs the servers of a copy of ours. */
static bool
is_other_copy(const struct journey *j, const struct wanted *wanted)
{
	size_t index = (size_t)(wanted - j->check->plan.wanted);

	return index < j->check->diagnosis.records &&
	    j->check->diagnosis.record[index].finding == FINDING_OTHER_COPY;
}

/* The form the record is typed in, as it is. */
static struct form_of
form_place(const struct journey *j, const struct wanted *wanted)
{
	bool below = j->world.cut &&
	    name_is_below(&wanted->owner, &j->world.below);
	const struct provider *company = below || is_other_copy(j, wanted) ?
	    provider_generic() : j->world.set == ZONE_LISTED ? j->other :
	    j->company;

	return (struct form_of){ company, provider_rules(company),
	    below ? j->world.below : j->zone };
}

/* Whose form the look speaks of, and the zone of that. */
static struct form_of
form_told(const struct journey *j, const struct wanted *wanted)
{
	return report_form_of(j->check, wanted);
}

/* Of all rows that are somebody else's. */
static uint64_t
foreign_rows(const struct journey *j)
{
	uint64_t sum = UINT64_C(1469598103934665603);
	char text[NAME_TEXT + FORM_TEXT];

	for (size_t i = 0; i < j->world.count; i++) {
		const struct zone_row *row = &j->world.row[i];
		size_t len;

		if (row->wanted != ZONE_FOREIGN)
			continue;
		name_text(row->rr.owner, text);
		len = strlen(text);
		rr_value(&row->rr, text + len, sizeof text - len);
		for (const char *at = text; *at != '\0'; at++)
			sum = (sum ^ (uint8_t)*at) * UINT64_C(1099511628211);
		sum += row->rr.type;
	}
	return sum;
}

/* --- The beginning --- */

/* Published for tests: nobody signs with it. */
static const char own_key[] = "mail=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDb"
    "k3usPMimIc7uhQaCC3ie16GcWaGYFkUWBlXre1VL0Q/xcToUjKBXV17wCCa+sPUigVFpUMyw"
    "hkYO6q9AqpkTfdGpJgKhfqu4maJZCcAIQJSioNwZIM8ut5BPG56ktOQw5IIOuDp+jYNU0VJ1"
    "aD/hueZYG+sfKMhC75MOSjsxowIDAQAB";

/* Longer than some forms take. */
static const char long_key[] = "mail=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArujfEzcT//Bb3"
    "B2XOR8XPCkXiBUsBRqvDqTF+z3zfU3Jo57R8gyk7L+qT19SapVQP4m1OR6Xt7TtRtb"
    "q8SEcl3DUL6GZLGwKTMvyB9onJ/zuhZeQnnG0jVodWPMCMrkrHxh/O97hrvCbMdI1q"
    "UinyX+ZNkYj4gUuaLGW7zSs+hz4tGLq6rTcG6fAgFooe0238MPbOuV45m3uVeHhvZ6"
    "gj9+wNy4JldzQ+RZJNk2pZhdZOnbwoqgVSDwjhJGqIjyc6i9Q2/pZxsgi9lM6cZcZf"
    "3FKDlOqVmy+5XtE6d6ukg9noUvxBiXcvzzep5qAa0/N9rUJaOyRby6fn23vMx4j+QI"
    "DAQAB";

static void
draw_token(struct journey *j, char token[static 33])
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";

	for (int i = 0; i < 32; i++)
		token[i] = digits[draw(j, 32)];
	token[32] = '\0';
}

static void
draw_identity(struct journey *j)
{
	static const struct {
		const char *domain, *zone;
	} places[] = {
		{ "example.jp", "example.jp" },
		{ "news.example.jp", "example.jp" },
		{ "example.co.jp", "example.co.jp" },
		{ "a.b.example.co.jp", "example.co.jp" },
		{ "xn--r8jz45g.jp", "xn--r8jz45g.jp" },
		{ "shop.example.com", "shop.example.com" },
	};
	size_t at = draw(j, sizeof places / sizeof places[0]);
	unsigned what = draw(j, 5);
	char token[33], text[64];
	const char *why;

	identity_init(&j->identity);
	if (identity_set_domain(&j->identity, places[at].domain, &why) == -1 ||
	    identity_set_region(&j->identity, "ap-northeast-1", &why) == -1 ||
	    name_parse(&j->zone, places[at].zone, &why) == -1)
		errx(1, "%s: %s", places[at].domain, why);
	if (what == 4 && identity_set_byodkim(&j->identity,
	    (j->chance >> 9 & 1) == 0 ? own_key : long_key, &why) == -1)
		errx(1, "own key: %s", why);
	for (int i = 0; what != 0 && what != 4 && i < 3; i++) {
		draw_token(j, token);
		if (identity_add_token(&j->identity, token, &why) == -1)
			errx(1, "%s: %s", token, why);
	}
	draw_token(j, token);
	snprintf(text, sizeof text, "%sABCD+EF/GHJ=", token);
	if ((what == 0 || what == 3) &&
	    identity_set_verification(&j->identity, text, &why) == -1)
		errx(1, "%s: %s", text, why);
	if (draw(j, 2) == 0 &&
	    identity_set_mail_from(&j->identity, "bounce", &why) == -1)
		errx(1, "bounce: %s", why);
}

static void
begin(struct journey *j, uint64_t seed)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	struct name below;

	memset(j, 0, sizeof *j);
	j->chance = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
	for (int i = 0; i < 8; i++)
		(void)draw(j, 2);
	j->company = table[draw(j, (unsigned)count)];
	draw_identity(j);
	zone_init(&j->world, &j->zone);
	if (draw(j, 3) == 0)
		j->world.wild = (enum zone_wild)draw(j, ZONE_WILDS);
	if (draw(j, 8) == 0 && name_prepend(&below, draw(j, 2) == 0 ?
	    "_domainkey" : "bounce", &j->identity.domain) == 0)
		zone_cut(&j->world, &below);
	j->world.bogus = draw(j, 16) == 0;
	j->now = INT64_C(1795000000000);
	j->check = xcalloc(1, sizeof *j->check);
	check_init(j->check, &j->world.world, &j->identity, "q7guard2xk");
	check_set_provider(j->check, j->company);
	tell(j, "at", j->company->id);
}

static void
end(struct journey *j)
{
	check_release(j->check);
	free(j->check);
	zone_release(&j->world);
}

/* --- Faults --- */

/* The target, text or whatever makes out the value in the form. */
static const char *
value_part(const struct wanted *wanted)
{
	const char *host = strchr(wanted->value, ' ');

	return wanted->type == RR_MX && host != NULL ? host + 1 :
	    wanted->value;
}

/* Another record of the plan with the same type, or NULL. */
static const struct wanted *
twin(const struct plan *plan, const struct wanted *wanted)
{
	for (size_t i = 0; i < plan->count; i++)
		if (&plan->wanted[i] != wanted && plan->wanted[i].type ==
		    wanted->type && plan->wanted[i].kind == wanted->kind)
			return &plan->wanted[i];
	return NULL;
}

/* A key or SPF is no name, and a zone's own name is no value. */
static bool
is_exchangeable(const struct journey *j, const struct wanted *wanted)
{
	struct name zone = form_place(j, wanted).zone;

	return wanted->kind != WANTED_BYODKIM &&
	    wanted->kind != WANTED_MAIL_FROM_SPF &&
	    !name_equal(&zone, &wanted->owner);
}

static void
spoil_name(const struct journey *j, struct form_field *field,
    const struct wanted *wanted, enum fault fault)
{
	char whole[NAME_TEXT + 4], label[NAME_TEXT];
	struct name before, zone = form_place(j, wanted).zone;

	if (name_relative(&before, &wanted->owner, &zone) == -1)
		return;
	name_text(&before, label);
	name_text(&wanted->owner, whole);
	if ((fault == FAULT_WHOLE_NAME || fault == FAULT_BOTH) &&
	    strstr(field->value, whole) == NULL)
		replace(field->value, label, whole);
	else if (fault == FAULT_UNDERSCORE)
		replace(field->value, "_", "");
	else if (fault == FAULT_EXCHANGED && is_exchangeable(j, wanted))
		replace(field->value, label, value_part(wanted));
	else if (fault == FAULT_WWW && wanted->kind != WANTED_MAIL_FROM_MX &&
	    wanted->kind != WANTED_MAIL_FROM_SPF &&
	    name_equal(&zone, &j->check->plan.domain)) {
		snprintf(whole, sizeof whole, "%s.www", label);
		replace(field->value, label, whole);
	}
}

static void
spoil_value(const struct journey *j, struct form_field *field,
    const struct wanted *wanted, enum fault fault)
{
	const struct plan *plan = &j->check->plan;
	const char *part = value_part(wanted);
	struct name zone = form_place(j, wanted).zone, label;
	char other[FORM_TEXT];

	strlcpy(other, part, sizeof other);
	switch (fault) {
	case FAULT_CUT:
	case FAULT_BOTH:
		other[strlen(other) - 3] = '\0';
		break;
	case FAULT_QUOTES:
		/*
		 * Where quotation marks belong, a second pair looks as if
		 * the form made one itself: that is learnt of it.
		 */
		if (wanted->type == RR_TXT && *field->value != '"')
			snprintf(other, sizeof other, "\"%s\"", part);
		break;
	case FAULT_SWAPPED:
		if (twin(plan, wanted) != NULL)
			strlcpy(other, value_part(twin(plan, wanted)),
			    sizeof other);
		break;
	case FAULT_REGION:
		replace(other, "ap-northeast-1", "us-east-1");
		break;
	case FAULT_DOT:
		if (strchr(part, '.') != NULL && wanted->type != RR_TXT &&
		    replace(field->value, ".amazonses.com.",
		    ".amazonses.com"))
			return;
		break;
	case FAULT_TARGET:
		if (wanted->type == RR_TXT)
			break;
		strlcat(other, ".", sizeof other);
		name_text(&zone, other + strlen(other));
		break;
	case FAULT_EXCHANGED:
		if (!is_exchangeable(j, wanted))
			break;
		if (name_relative(&label, &wanted->owner, &zone) == 0)
			name_text(&label, other);
		break;
	case FAULT_CAPITALS:
		for (char *at = other; *at != '\0' && wanted->kind ==
		    WANTED_VERIFICATION; at++)
			*at = (char)toupper((unsigned char)*at);
		break;
	case FAULT_SPACE:
		if (wanted->type == RR_TXT)
			strlcat(other, " ", sizeof other);
		break;
	default:
		break;
	}
	replace(field->value, part, other);
}

/* Chooses another type in the form: that of _dmarc, or else the first's. */
static void
spoil_type(const struct journey *j, struct form *form,
    const struct wanted *wanted)
{
	const struct plan *plan = &j->check->plan;
	const struct wanted *other = &plan->wanted[plan->count - 1];
	const struct form_of of = form_place(j, wanted);
	struct form theirs;

	if (other->type == wanted->type)
		other = &plan->wanted[0];
	/* A type word is the same for all names of a form. */
	form_fill(&theirs, of.rules, other, &j->zone);
	if (field_of(form, FORM_TYPE) != NULL &&
	    field_of(&theirs, FORM_TYPE) != NULL)
		strlcpy(field_of(form, FORM_TYPE)->value,
		    field_of(&theirs, FORM_TYPE)->value, FORM_TEXT);
}

/* What somebody else may have at this name. */
static void
add_other(struct journey *j, size_t index)
{
	const struct wanted *wanted = &j->check->plan.wanted[index];
	const char *why, *text;
	struct rr rr = { .ttl = 60 };

	switch (wanted->kind) {
	case WANTED_VERIFICATION:
		text = "ZZZZR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=";
		break;
	case WANTED_MAIL_FROM_SPF:
		text = "v=spf1 include:_spf.example.net -all";
		break;
	case WANTED_MAIL_FROM_MX:
		text = "10 mail.example.net";
		break;
	default:
		return;
	}
	if (rr_from_value(&rr, wanted->type, text, &why) == -1)
		errx(1, "%s: %s", text, why);
	rr_set_owner(&rr, &wanted->owner);
	zone_add(&j->world, &rr, NULL, ZONE_FOREIGN);
	rr_release(&rr);
	j->others[index] = true;
}

/* Does the form take the row beside what stands, but for the one it replaces? */
static bool
takes(struct journey *j, const struct form_rules *rules, const struct rr *rr,
    unsigned in, const struct zone_row *replaced)
{
	const char *why = NULL;

	for (size_t i = 0; why == NULL && i < j->world.count; i++)
		if ((j->world.row[i].in & in) != 0 &&
		    &j->world.row[i] != replaced)
			why = form_refuses_beside(rules, &j->world.row[i].rr,
			    rr);
	if (why != NULL)
		tell(j, "refused", why);
	return why == NULL;
}

/* Types the card into the form, with a fault in it; may be refused. */
static bool
type_in(struct journey *j, size_t index, bool wrong, enum fault fault)
{
	const struct wanted *wanted = &j->check->plan.wanted[index];
	struct form_field *name, *value;
	const struct form_of of = form_place(j, wanted);
	const char *why = "";
	struct form form;
	struct rr rr;

	/* Besides, somebody's row may stand where a doubled one belongs. */
	if (wrong && (fault == FAULT_OTHER || fault == FAULT_OTHER_ALONE ||
	    (fault == FAULT_WHOLE_NAME && (j->chance >> 9 & 3) == 0)))
		add_other(j, index);
	if (wrong && (fault == FAULT_MISSING || fault == FAULT_OTHER_ALONE))
		return true;
	form_fill(&form, of.rules, wanted, &of.zone);
	name = field_of(&form, FORM_NAME);
	value = field_of(&form, FORM_VALUE);
	if (name == NULL)
		name = value = field_of(&form, FORM_LINE);
	if (wrong)
		spoil_name(j, name, wanted, fault);
	if (wrong)
		spoil_value(j, value, wanted, fault);
	if (wrong && fault == FAULT_TYPE)
		spoil_type(j, &form, wanted);
	if (wrong && fault == FAULT_PROXY &&
	    field_of(&form, FORM_PROXY) != NULL)
		strlcpy(field_of(&form, FORM_PROXY)->value, "Proxied",
		    FORM_TEXT);
	if (form_store(&rr, of.rules, &form, &of.zone, &why) == -1) {
		tell(j, "refused", why);
		return wrong || !form_takes(of.rules, wanted);
	}
	if (takes(j, of.rules, &rr, ZONE_OWN, NULL))
		zone_add(&j->world, &rr, &form, (int)index);
	rr_release(&rr);
	return true;
}

/*
 * The registry lists another company's server than that of the form: one that
 * is known by its servers' names, where the company of the form is, too.
 */
static void
choose_other(struct journey *j)
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	bool parked = false;
	struct name host;
	const char *why;

	j->other = j->company;
	while (j->company->nameserver != NULL) {
		const char *names;

		j->other = table[draw(j, (unsigned)count)];
		names = j->other->nameserver;
		if (j->other == j->company || names == NULL || *names != '.')
			continue;
		snprintf(j->world.third, sizeof j->world.third, "ns1%.*s",
		    (int)strcspn(names, " "), names);
		if (name_parse(&host, j->world.third, &why) == 0 &&
		    provider_detect(&host, 1, NULL, &parked) == j->other &&
		    !parked)
			break;
	}
	tell(j, "listed", j->other->id);
}

/*
 * Who answers.  Where rows inside name the third server, the rows were entered
 * there; where it is in force besides, or alone, they were not.
 */
static void
choose_set(struct journey *j)
{
	struct zone *world = &j->world;

	if (draw(j, 4) != 0 || world->cut || world->bogus || world->behind ||
	    world->broken)
		return;
	zone_choose(world, (enum zone_set)draw(j, ZONE_SETS));
	for (size_t i = 0; i < world->count; i++)
		if (world->set == ZONE_EDITED &&
		    world->row[i].wanted != ZONE_FOREIGN)
			world->row[i].in = ZONE_OTHER;
	tell(j, "servers", set_names[world->set]);
	if (world->set == ZONE_LISTED)
		choose_other(j);
}

static bool
enter_all(struct journey *j)
{
	const struct plan *plan = &j->check->plan;
	int left = (int)draw(j, FAULTS + 1);

	j->faults = 0;
	for (size_t i = 0; i < plan->count; i++) {
		bool wrong = left > 0 && plan->wanted[i].required &&
		    draw(j, 2) == 0;
		enum fault fault = (enum fault)draw(j, KINDS);

		if (wrong) {
			left--;
			j->faults++;
			tell(j, plan->wanted[i].id, fault_names[fault]);
		}
		if (!type_in(j, i, wrong, fault))
			return false;
	}
	/* The second server has not heard of the rows yet, or is down. */
	j->world.behind = draw(j, 4) == 0;
	j->world.broken = !j->world.behind && draw(j, 8) == 0;
	if (j->world.behind || j->world.broken)
		tell(j, "second", j->world.broken ? "broken" : "behind");
	if (j->world.cut)
		tell(j, "below", "others");
	if (j->world.bogus)
		tell(j, "signatures", "broken");
	choose_set(j);
	j->foreign = foreign_rows(j);
	return true;
}

/* --- What SES would say, and how far it is --- */

static bool
is_served(const struct journey *j, const struct wanted *wanted,
    enum zone_server server)
{
	char value[FORM_TEXT];
	size_t right = 0, all = 0;

	if (j->world.bogus || j->world.set == ZONE_GONE)
		return false;
	if (server == ZONE_SECOND &&
	    (j->world.broken || j->world.set == ZONE_LAME))
		server = ZONE_FIRST;
	for (size_t i = 0; i < j->world.count; i++) {
		const struct zone_row *row = &j->world.row[i];

		if (!zone_serves(&j->world, i, server) ||
		    row->rr.type != wanted->type ||
		    !name_equal(row->rr.owner, &wanted->owner))
			continue;
		rr_value(&row->rr, value, sizeof value);
		/* RFC 7208: other texts are no SPF, blanks may end one. */
		if (wanted->kind == WANTED_MAIL_FROM_SPF) {
			if (strncmp(value, "v=spf1", 6) != 0)
				continue;
			while (value[strlen(value) - 1] == ' ')
				value[strlen(value) - 1] = '\0';
		}
		/* RFC 6376: blanks inside a key are none of it. */
		if (wanted->kind == WANTED_BYODKIM)
			value[strcspn(value, " ")] = '\0';
		all++;
		right += wanted->type == RR_TXT ?
		    strcmp(value, wanted->value) == 0 :
		    strcasecmp(wanted->type == RR_MX ? strchr(value, ' ') :
		    value, wanted->type == RR_MX ?
		    strchr(wanted->value, ' ') : wanted->value) == 0;
	}
	/* A token may stand beside others; a CNAME, MX, SPF stands alone. */
	return right > 0 && (right == all ||
	    wanted->kind == WANTED_VERIFICATION);
}

/* At how many of the servers that people get to it is not. */
static int
lacks_at(const struct journey *j, const struct wanted *wanted)
{
	int lacks = 0;

	for (enum zone_server s = ZONE_FIRST; s < ZONE_SERVERS; s++)
		lacks += zone_in_force(&j->world, s) &&
		    !is_served(j, wanted, s);
	return lacks;
}

/* In how many fields the rows made for a record differ from it. */
static int
wrong_fields(const struct journey *j, size_t index)
{
	const struct wanted *wanted = &j->check->plan.wanted[index];
	int least = 3;

	for (size_t i = 0; i < j->world.count; i++) {
		const struct zone_row *row = &j->world.row[i];
		char value[FORM_TEXT];
		int wrong = 0;

		if (row->wanted != (int)index)
			continue;
		rr_value(&row->rr, value, sizeof value);
		wrong += !name_equal(row->rr.owner, &wanted->owner);
		wrong += row->rr.type != wanted->type;
		wrong += strcasecmp(value, wanted->value) != 0;
		if (wrong < least)
			least = wrong;
	}
	return least;
}

static int
distance(const struct journey *j)
{
	const struct plan *plan = &j->check->plan;
	enum zone_server server = j->world.set == ZONE_LISTED ? ZONE_THIRD :
	    ZONE_FIRST;
	int far = j->world.bogus + (j->world.set == ZONE_GONE);

	for (size_t i = 0; i < plan->count; i++) {
		if (!plan->wanted[i].required || j->handed[i])
			continue;
		far += lacks_at(j, &plan->wanted[i]);
		if (!is_served(j, &plan->wanted[i], server))
			far += wrong_fields(j, i);
	}
	return far;
}

/* --- Look, act --- */

static void
look(struct journey *j)
{
	j->now += 2 * MINUTE;
	check_start(j->check, j->now);
	for (int i = 0; i < 1000 && j->check->running; i++)
		check_step(j->check, j->now, NULL);
	if (j->check->running)
		tell(j, "look", "without an end");
}

/* Where a row is to be entered: in the copy that lacks what another has. */
static unsigned
copies_without(const struct journey *j, size_t index)
{
	const struct wanted *wanted = &j->check->plan.wanted[index];

	if (j->world.set == ZONE_LISTED)
		return ZONE_OTHER;
	if (j->check->diagnosis.record[index].finding != FINDING_OTHER_COPY)
		return ZONE_OWN;
	for (size_t i = 0; i < j->world.count; i++)
		if (zone_serves(&j->world, i, ZONE_FIRST) &&
		    j->world.row[i].wanted != ZONE_FOREIGN &&
		    j->world.row[i].rr.type == wanted->type &&
		    name_equal(j->world.row[i].rr.owner, &wanted->owner))
			return ZONE_OTHER;
	return ZONE_OWN;
}

/* Somebody's row, as it would stand in the form. */
static void
typed_of(struct form *form, const struct zone_row *row,
    const struct form_of *of)
{
	struct wanted as = { .owner = *row->rr.owner, .type = row->rr.type };

	*form = row->typed;
	if (form->count > 0)
		return;
	as.value = rr_value_new(&row->rr);
	form_fill(form, of->rules, &as, &of->zone);
	free(as.value);
}

/*
 * Opens the row that holds all values of this name and type, and types one
 * more line into it: those that stand there stay, and the new one comes out.
 */
static bool
adds_line(struct journey *j, const struct form_of *of, const struct form *card,
    const struct rr *rr, unsigned in)
{
	struct form form, one;
	const char *why = "no row to open";
	bool same = false;

	for (size_t i = 0; i < j->world.count && !same; i++) {
		const struct zone_row *row = &j->world.row[i];
		struct rr stored;

		if ((row->in & in) == 0 || row->rr.type != rr->type ||
		    !name_equal(row->rr.owner, rr->owner))
			continue;
		typed_of(&form, row, of);
		if (!form_add_line(&form, form_find(card, FORM_VALUE)->value))
			return false;
		same = true;
		for (size_t k = 0; k < form_lines(&form); k++) {
			form_take_line(&one, &form, k);
			if (form_store(&stored, of->rules, &one, &of->zone,
			    &why) == -1)
				return false;
			same &= rr_equal(&stored, k == 0 ? &row->rr : rr);
			rr_release(&stored);
		}
	}
	if (!same)
		tell(j, "line", why);
	return same;
}

/* A new row; or a further value, where that is a line of the one there. */
static bool
enter(struct journey *j, size_t index, bool further)
{
	const struct wanted *wanted = &j->check->plan.wanted[index];
	const struct form_of told = form_told(j, wanted);
	const struct form_of of = form_place(j, wanted);
	const char *why = "";
	struct form form;
	struct rr rr;
	unsigned in;
	bool taken;

	form_fill(&form, told.rules, wanted, &told.zone);
	if (form_store(&rr, of.rules, &form, &of.zone, &why) == -1) {
		tell(j, "refused", why);
		return false;
	}
	in = copies_without(j, index);
	taken = further && form_joins_values(of.rules) ?
	    adds_line(j, &of, &form, &rr, in) :
	    takes(j, of.rules, &rr, in, NULL);
	if (taken)
		zone_add(&j->world, &rr, &form, (int)index)->in = in;
	rr_release(&rr);
	return taken;
}

/* Opens the row and changes the fields of set, no others. */
static bool
edit(struct journey *j, size_t index, const struct remedy *remedy)
{
	static const struct {
		unsigned bit;
		enum form_id id;
	} parts[] = {
		{ REMEDY_NAME, FORM_NAME },
		{ REMEDY_TYPE, FORM_TYPE },
		{ REMEDY_VALUE, FORM_VALUE },
		{ REMEDY_PROXY, FORM_PROXY },
	};
	const struct found *f =
	    &j->check->diagnosis.record[index].found[remedy->row];
	struct zone_row *row = zone_find(&j->world, &f->owner, f->type,
	    f->value);
	const struct wanted *wanted = &j->check->plan.wanted[index];
	const struct form_of told = form_told(j, wanted);
	const struct form_of of = form_place(j, wanted);
	const char *why = "";
	struct form form;
	struct rr rr;

	if (row == NULL || row->wanted == ZONE_FOREIGN) {
		tell(j, "edit", "no row of ours");
		return false;
	}
	form_fill(&form, told.rules, wanted, &told.zone);
	if (field_of(&form, FORM_LINE) != NULL)
		strlcpy(field_of(&row->typed, FORM_LINE)->value,
		    field_of(&form, FORM_LINE)->value, FORM_TEXT);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if ((remedy->set & parts[i].bit) != 0 &&
		    field_of(&form, parts[i].id) != NULL)
			strlcpy(field_of(&row->typed, parts[i].id)->value,
			    field_of(&form, parts[i].id)->value, FORM_TEXT);
	if (form_store(&rr, of.rules, &row->typed, &of.zone, &why) == -1) {
		tell(j, "refused", why);
		return false;
	}
	if (!takes(j, of.rules, &rr, row->in, row)) {
		rr_release(&rr);
		return false;
	}
	rr_release(&row->rr);
	row->rr = rr;
	row->wanted = (int)index;
	row->fresh = false;
	return true;
}

static bool
act(struct journey *j, size_t index)
{
	const struct remedy *remedy =
	    &j->check->diagnosis.record[index].remedy;

	switch (remedy->what) {
	case REMEDY_ENTER:
	case REMEDY_MOVE:
		return enter(j, index, false);
	case REMEDY_ADD_VALUE:
		return enter(j, index, true);
	case REMEDY_EDIT:
		return edit(j, index, remedy);
	case REMEDY_WAIT:
		j->world.behind = false;
		return true;
	case REMEDY_AT_AWS:
		/* Another MAIL FROM: only where somebody's row is in the way. */
		j->handed[index] = j->others[index];
		return j->handed[index];
	case REMEDY_ASK_COMPANY:
		/* Only where their form refuses the row. */
		j->handed[index] = !form_takes(form_place(j,
		    &j->check->plan.wanted[index]).rules,
		    &j->check->plan.wanted[index]);
		return j->handed[index];
	case REMEDY_REGISTRAR:
		/* The DS record is put right, where that is what is wrong. */
		if (j->check->diagnosis.record[index].finding ==
		    FINDING_DNSSEC_BOGUS)
			j->world.bogus = false;
		return j->check->diagnosis.record[index].finding ==
		    FINDING_DNSSEC_BOGUS;
	default:
		return false;
	}
}

/*
 * What is done where the domain was bought comes first: the list of name
 * servers, or the address of one, becomes what is true today.
 */
static bool
act_at_registrar(struct journey *j)
{
	static const enum finding of[ZONE_SETS] = {
		[ZONE_GONE] = FINDING_ZONE_GONE,
		[ZONE_GLUE] = FINDING_GLUE_DIFFERS,
	};
	const struct diagnosis *d = &j->check->diagnosis;

	for (size_t i = 0; i < d->domains; i++) {
		if (d->domain[i].state != STATE_FAIL ||
		    d->domain[i].finding != of[j->world.set])
			continue;
		tell(j, "registrar", finding_row(d->domain[i].finding)->name);
		j->world.set = ZONE_SOUND;
		return true;
	}
	return false;
}

/* Does all that the look says of required records. */
static bool
act_all(struct journey *j)
{
	const struct diagnosis *d = &j->check->diagnosis;

	if (act_at_registrar(j))
		return true;
	for (size_t i = 0; i < d->records; i++) {
		const struct wanted *wanted = &j->check->plan.wanted[i];

		if (!wanted->required || j->handed[i] ||
		    d->record[i].state == STATE_PASS ||
		    lacks_at(j, wanted) == 0)
			continue;
		tell(j, wanted->id, finding_row(d->record[i].finding)->name);
		tell(j, "do", remedy_text(d->record[i].remedy.what));
		if (!act(j, i))
			return false;
	}
	return true;
}

/* What is wrong with the verdict on a record, or NULL. */
static const char *
disagree(const struct journey *j)
{
	const struct diagnosis *d = &j->check->diagnosis;

	for (size_t i = 0; i < d->records; i++) {
		const struct wanted *wanted = &j->check->plan.wanted[i];
		bool served = lacks_at(j, wanted) == 0;

		if (wanted->required && !j->handed[i] && served !=
		    (d->record[i].state == STATE_PASS))
			return wanted->id;
	}
	return NULL;
}

static const char *
travel(struct journey *j, const char *folder, unsigned long number)
{
	int far, before, rounds;

	if (!enter_all(j))
		return "the card is refused";
	zone_sample(j->check, folder, number, true);
	look(j);
	zone_sample(j->check, folder, number, false);
	far = distance(j);
	rounds = j->faults + 1 + j->world.bogus +
	    (j->world.set != ZONE_SOUND);
	for (int round = 0; far > 0; round++) {
		if (disagree(j) != NULL)
			return "pass is said and SES would not, or not said";
		if (round > rounds)
			return "no end";
		if (!act_all(j))
			return "the action cannot be done";
		if (foreign_rows(j) != j->foreign)
			return "somebody's row was changed";
		before = far;
		far = distance(j);
		if (far >= before)
			return "no nearer";
		look(j);
	}
	if (disagree(j) != NULL)
		return "pass is not said";
	return NULL;
}

int
main(int argc, char *argv[])
{
	unsigned long count = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	const char *folder = argc > 3 ? argv[3] : NULL;
	struct journey *j = xcalloc(1, sizeof *j);
	unsigned long wrong = 0;

	if (count == 0)
		errx(64, "usage: journeys N SEED [FOLDER]");
	for (unsigned long i = 0; i < count; i++) {
		const char *why;

		begin(j, seed + i);
		why = travel(j, i % SAMPLE == 0 ? folder : NULL, i);
		if (why != NULL && wrong++ < 20)
			printf("not ok - journey %" PRIu64 ": %s:%s\n",
			    seed + i, why, j->story);
		end(j);
	}
	printf("%sok - %lu journeys from %" PRIu64 ", %lu astray\n",
	    wrong > 0 ? "not " : "", count, seed, wrong);
	free(j);
	return wrong > 0;
}
