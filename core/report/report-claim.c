#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "report/report-internal.h"

/* A claim of a record, and whose servers are meant. */
struct witness {
	const struct scene *scene;
	const struct claim *claim;
};

static void
put_owner(struct text *t, const struct witness *w)
{
	char text[NAME_TEXT];

	text_add(t, name_text(&w->claim->owner, text));
}

static void
put_type(struct text *t, const struct witness *w)
{
	char text[16];

	text_add(t, rr_type_text(w->claim->type, text));
}

static void
put_value(struct text *t, const struct witness *w)
{
	if (w->claim->found != CLAIM_NO_FOUND)
		text_add(t,
		    w->scene->record->found[w->claim->found].value);
}

/* With the address where another one of the same name is not among them. */
static void
add_server(struct text *list, const struct witness *w, size_t server)
{
	const struct diagnosis *d = &w->scene->check->diagnosis;
	const struct delegation_server *s = &d->server[server].server;
	struct text one = TEXT_INIT;
	char name[NAME_TEXT];
	bool both = false;

	for (size_t i = 0; i < d->all; i++)
		both |= (w->claim->at >> i & 1) == 0 &&
		    w->scene->record->cell[i] != CELL_APART &&
		    name_equal(&d->server[i].server.name, &s->name);
	text_addf(&one, both ? "%s (%s)" : "%s", name_text(&s->name, name),
	    s->address);
	text_list_add(list, one.s);
	text_release(&one);
}

/* The servers by name, or that it is every one of them. */
static void
put_at(struct text *t, const struct witness *w)
{
	const struct diagnosis *d = &w->scene->check->diagnosis;
	struct text list = TEXT_INIT;
	bool all = true;

	if (w->claim->resolver > 0) {
		text_add(t, w->scene->check->vantages.also[w->claim->resolver -
		    1].address);
		return;
	}
	for (size_t i = 0; i < d->all; i++) {
		bool apart = w->scene->record->cell[i] == CELL_APART;
		bool answers = d->server[i].state == SERVER_ANSWERS;

		if ((w->claim->at >> i & 1) != 0 &&
		    d->server[i].server.kind != VANTAGE_AUTHORITY) {
			text_add(t, _("this network's resolver"));
			text_release(&list);
			return;
		}
		if ((w->claim->at >> i & 1) != 0) {
			add_server(&list, w, i);
			all &= answers && !apart;
		} else {
			all &= apart || !answers;
		}
	}
	text_add(t, all ? _("all name servers that answer") : list.s);
	text_release(&list);
}

static void
put_aws(struct text *t, const struct witness *w)
{
	scene_aws(t, w->scene);
}

static bool
ask(struct text *t, const char *name, size_t len, const void *arg)
{
	static const struct {
		const char *name;
		void (*put)(struct text *t, const struct witness *w);
	} places[] = {
		{ "owner", put_owner },
		{ "type", put_type },
		{ "value", put_value },
		{ "at", put_at },
		{ "aws", put_aws },
	};

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (strlen(places[i].name) == len &&
		    memcmp(places[i].name, name, len) == 0) {
			places[i].put(t, arg);
			return true;
		}
	}
	return false;
}

void
report_claim(struct text *t, const struct scene *scene,
    const struct claim *claim)
{
	const struct witness w = { scene, claim };
	const char *sentence = claim_row(claim->kind)->sentence;

	/* Beside the wanted one it counts at which of the servers. */
	if (claim->kind == CLAIM_HOLDS &&
	    report_claims(scene->record, CLAIM_HELD))
		sentence = N_("{owner} holds the {type} record {value} (asked: "
		    "{at}).");
	text_add_asked(t, _(sentence), ask, &w);
}

bool
report_claims(const struct record_diagnosis *record, enum claim_kind kind)
{
	for (size_t i = 0; i < record->claims; i++)
		if (record->claim[i].kind == kind)
			return true;
	return false;
}

bool
report_unheard_above(const struct record_diagnosis *record)
{
	for (size_t i = 0; i < record->remarks; i++)
		if (record->finding == FINDING_UNREACHABLE &&
		    record->remark[i].kind == CLAIM_ABOVE_UNHEARD)
			return report_claims(record, CLAIM_ABSENT) &&
			    !report_claims(record, CLAIM_UNHEARD);
	return false;
}
