#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "report.h"
#include "screen.h"
#include "text.h"
#include "wrap.h"

enum choice {
	CHOICE_GO_ON,
	CHOICE_OTHER,
	CHOICE_UNKNOWN,
	CHOICE_COUNT
};

static void
enter(struct app *app)
{
	app->company.choice = CHOICE_GO_ON;
	app->company.pick.open = false;
}

/* The names of the servers in force, each once. */
static void
server_names(const struct check *check, char *dst, size_t size)
{
	const struct delegation *d = &check->delegation;
	char text[NAME_TEXT];

	*dst = '\0';
	for (size_t i = 0; i < d->servers; i++) {
		name_text(&d->server[i].name, text);
		if (strstr(dst, text) != NULL)
			continue;
		if (*dst != '\0')
			strlcat(dst, ", ", size);
		strlcat(dst, text, size);
	}
}

static bool
searching(const struct check *check)
{
	return check->running &&
	    check->delegation.state == DELEGATION_SEARCHING;
}

/* What is known of the company, and how sure that is. */
/* Some name servers belong to more than one company. */
static bool
is_sure(const struct check *check)
{
	struct name server;
	const char *why;

	return name_parse(&server, check->evidence, &why) == 0 &&
	    provider_surely_runs(check->detected, &server);
}

static void
evidence(const struct app *app, char *dst, size_t size)
{
	const struct check *check = &app->check;
	char servers[SCREEN_NOTICE];
	struct text_place places[] = {
		{ "server", check->evidence },
		{ "servers", servers },
		{ NULL, NULL },
	};
	const char *tmpl;

	server_names(check, servers, sizeof servers);
	if (searching(check))
		tmpl = N_("(asking the name servers of the domain)");
	else if (check->detected != NULL && !is_sure(check))
		tmpl = N_("(a guess by the name server {server}; choose "
		    "another if it is wrong)");
	else if (check->detected != NULL)
		tmpl = N_("(known by the name server {server})");
	else if (check->delegation.state == DELEGATION_FOUND)
		tmpl = N_("(name servers: {servers})");
	else if (check->delegation.state == DELEGATION_NOT_REGISTERED ||
	    check->delegation.state == DELEGATION_NO_SERVERS)
		tmpl = N_("(the domain has no name servers)");
	else
		tmpl = N_("(could not find out: no answer from the DNS)");
	text_fill(dst, size, _(tmpl), places);
}

static const char *
company_name(const struct app *app)
{
	if (app->provider != NULL)
		return provider_name(app->provider);
	if (app->check.detected != NULL)
		return provider_name(app->check.detected);
	return searching(&app->check) ? _("looking ...") : _("not known");
}

/* The user's company does not run these servers. */
static bool
is_elsewhere(const struct app *app)
{
	return app->provider != NULL && app->check.detected != NULL &&
	    app->provider != app->check.detected &&
	    app->provider != provider_generic();
}

static int
draw_troubles(const struct app *app, struct paint *paint, int y, int end)
{
	char text[SCREEN_TEXT];

	for (size_t i = 0; i < app->check.diagnosis.domains && y < end; i++) {
		const struct domain_diagnosis *d =
		    &app->check.diagnosis.domain[i];

		int x = paint_text(paint, y, 1, theme_state(d->state),
		    state_word(d->state)) + 2;

		report_domain(&app->check, i, REPORT_SUMMARY, text,
		    sizeof text);
		y = paint_wrap(paint, y, x, end - y, ROLE_TEXT, text);
		if (d->state >= STATE_UNKNOWN && y < end) {
			report_domain(&app->check, i, REPORT_REMEDY, text,
			    sizeof text);
			y = paint_wrap(paint, y, x, end - y, ROLE_TEXT, text);
		}
	}
	return y;
}

static void
row_search(size_t row, char *buf, size_t size)
{
	size_t count;
	const struct provider *p = provider_table(&count)[row];

	snprintf(buf, size, "%s %s %s", p->id, p->name, p->name_ja);
}

static void
row_name(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, provider_name(provider_table(&count)[row]), size);
}

static void
row_note(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, provider_table(&count)[row]->own_form ? "" :
	    _("the fields most forms have"), size);
}

static struct pick_rows
rows(void)
{
	struct pick_rows r = {
		.search = row_search,
		.left = row_name,
		.right = row_note,
		.title = N_("Which company runs the DNS of your domain?"),
		.none = N_("No company of that name here. \"Another company\" "
		    "fits every form; Esc goes back."),
	};

	provider_table(&r.count);
	return r;
}

static void
choice_text(const struct app *app, size_t choice, char *dst, size_t size)
{
	struct text_place places[] = {
		{ "company", company_name(app) },
		{ NULL, NULL },
	};
	bool known = app->provider != NULL || app->check.detected != NULL;
	const char *tmpl = known ? N_("Go on with {company}") :
	    N_("Go on with what most forms want");

	if (choice == CHOICE_GO_ON && is_elsewhere(app))
		places[0].value = provider_name(app->check.detected);
	else if (choice == CHOICE_OTHER)
		tmpl = N_("Choose another company");
	else if (choice == CHOICE_UNKNOWN && is_elsewhere(app))
		tmpl = N_("Go on with {company} all the same");
	else if (choice == CHOICE_UNKNOWN)
		tmpl = N_("I don't know (go on; it can be changed later)");
	text_fill(dst, size, _(tmpl), places);
}

static bool
has_finding(const struct app *app, enum finding finding)
{
	const struct diagnosis *d = &app->check.diagnosis;

	for (size_t i = 0; i < d->domains; i++)
		if (d->domain[i].finding == finding)
			return true;
	return false;
}

/* What no finding says yet. */
static void
draw_warning(const struct app *app, struct paint *paint, int *y)
{
	char text[SCREEN_TEXT];
	struct text_place places[] = {
		{ "company", company_name(app) },
		{ "detected", app->check.detected != NULL ?
		    provider_name(app->check.detected) : "" },
		{ NULL, NULL },
	};

	if (has_finding(app, FINDING_PARKED) ||
	    has_finding(app, FINDING_DELEGATED_ELSEWHERE))
		return;
	if (app->check.parked && app->provider == NULL) {
		*y = paint_wrap(paint, *y, 1, 3, ROLE_WARNING, _("These name "
		    "servers only park the domain: rows entered now have no "
		    "effect until the company's own DNS is switched on.")) + 1;
	} else if (is_elsewhere(app)) {
		text_fill(text, sizeof text, _("The name servers in force "
		    "belong to {detected}. Rows entered at {company} have no "
		    "effect. Enter them at {detected}."), places);
		*y = paint_wrap(paint, *y, 1, 3, ROLE_WARNING, text) + 1;
	}
}

static void
draw(const struct app *app, struct paint *paint)
{
	char text[SCREEN_TEXT];
	int end = screen_bottom(paint) - CHOICE_COUNT - 1;
	int y = SCREEN_TOP + 1, x;

	if (app->company.pick.open) {
		const struct pick_rows r = rows();

		pick_draw(&app->company.pick, &r, paint, y,
		    screen_bottom(paint));
		return;
	}
	x = paint_text(paint, y, 1, ROLE_LABEL,
	    _("The company that runs your DNS")) + 3;
	paint_text(paint, y, x, ROLE_VALUE, is_elsewhere(app) ?
	    provider_name(app->check.detected) : company_name(app));
	y++;
	evidence(app, text, sizeof text);
	y = paint_wrap(paint, y, wrap_width(text) + x < paint->width ? x : 3,
	    2, ROLE_HINT, text) + 1;
	/* While servers only park, the finding says where to begin. */
	if (!has_finding(app, FINDING_PARKED)) {
		y = paint_wrap(paint, y, 1, 3, ROLE_TEXT, _("DNS records are "
		    "typed there, not where you bought the domain, unless "
		    "that is the same company. Typed anywhere else they have "
		    "no effect."));
		y = paint_wrap(paint, y, 1, 3, ROLE_TEXT, _("Do not change "
		    "the name servers: your website or mail could stop."));
	}
	y = draw_troubles(app, paint, y + 1, end);
	draw_warning(app, paint, &y);
	if (app->check.provider->before != NULL && !is_elsewhere(app) &&
	    y < end)
		y = paint_wrap(paint, y, 1, end - y, ROLE_NOTE,
		    _(app->check.provider->before));
	y = y + 2 > end + 1 ? end + 1 : y + 2;
	for (size_t i = 0; i < CHOICE_COUNT; i++) {
		choice_text(app, i, text, sizeof text);
		y = screen_choice(paint, y, app->company.choice == i, text,
		    NULL, 0);
	}
}

static bool
act_pick(struct app *app, enum action action)
{
	size_t count, row;
	enum pick_result result = pick_act(&app->company.pick, action, &row);

	if (result == PICK_CHOSEN) {
		app_provider_changed(app, provider_table(&count)[row]);
		app->company.choice = CHOICE_GO_ON;
		app_save(app);
	}
	return result != PICK_OTHER;
}

static void
open_pick(struct app *app)
{
	const struct pick_rows r = rows();
	size_t count, selected = 0;
	const struct provider *const *table = provider_table(&count);

	for (size_t i = 0; i < count; i++)
		if (table[i] == app->check.provider)
			selected = i;
	pick_open(&app->company.pick, &r, selected);
}

static void
choose(struct app *app)
{
	switch ((enum choice)app->company.choice) {
	case CHOICE_OTHER:
		open_pick(app);
		return;
	case CHOICE_UNKNOWN:
		/* Known or not, the detected company is the best guess. */
		if (!is_elsewhere(app))
			app_provider_changed(app, NULL);
		break;
	default:
		/* The one that runs the zone, whatever was chosen before. */
		if (is_elsewhere(app))
			app_provider_changed(app, NULL);
		break;
	}
	app_go(app, SCREEN_VALUES);
}

static bool
act(struct app *app, enum action action)
{
	size_t *choice = &app->company.choice;

	if (app->company.pick.open)
		return act_pick(app, action);
	switch (action) {
	case ACTION_UP:
	case ACTION_PREVIOUS:
		*choice -= *choice > 0;
		return true;
	case ACTION_DOWN:
	case ACTION_NEXT:
		*choice += *choice + 1 < CHOICE_COUNT;
		return true;
	case ACTION_ENTER:
		choose(app);
		return true;
	case ACTION_BACK:
		app_go(app, SCREEN_DOMAIN);
		return true;
	default:
		return false;
	}
}

static struct edit *
typing(struct app *app)
{
	return app->company.pick.open ? &app->company.pick.filter : NULL;
}

static void
typed(struct app *app)
{
	const struct pick_rows r = rows();

	pick_typed(&app->company.pick, &r);
}

const struct screen_ops screen_company = {
	.step = 2,
	.enter = enter,
	.draw = draw,
	.act = act,
	.typing = typing,
	.typed = typed,
};
