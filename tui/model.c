/*
 * The answers, and what follows from them: saved at every step, handed to the
 * check, and read by all screens.
 */
#include "screen.h"
#include "steps.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "xalloc.h"

void
app_save(struct app *app)
{
	char why[SESSION_WHY];

	if (app->options->practice || !app->session.identity.has_domain)
		return;
	app->session.step = screen_find(app->screen)->step;
	strlcpy(app->session.provider, app->provider != NULL ?
	    app->provider->id : "", sizeof app->session.provider);
	app->session.saved_at = clock_now();
	app->saved = session_save(&app->session, why) == 0;
	if (!app->saved)
		app_notice(app, why);
}

void
app_go(struct app *app, enum screen_id screen)
{
	if (screen_find(app->screen)->leave != NULL)
		screen_find(app->screen)->leave(app);
	app->screen = screen;
	app_save(app);
	if (screen_find(screen)->enter != NULL)
		screen_find(screen)->enter(app);
	app->dirty = true;
}

bool
app_all_right(const struct app *app)
{
	return app->begun && app->seen &&
	    step_all_right(&app->check, &app->session.identity);
}

bool
app_reachable(const struct app *app, int step)
{
	const struct identity *identity = &app->session.identity;
	const char *why;

	switch (step) {
	case 1:
		return true;
	case 2:
	case 3:
	case 5:
		return identity->has_domain;
	case 4:
		return identity->has_domain &&
		    identity_complete(identity, &why);
	default:
		return app_all_right(app) ||
		    (identity->has_domain && identity->status == SES_VERIFIED);
	}
}

void
app_begin_look(struct app *app)
{
	check_set_entered(&app->check, app->session.entered);
	check_start(&app->check, app->now);
}

void
app_look(struct app *app)
{
	if (!app->begun)
		return;
	app->again = app->check.running;
	if (!app->check.running)
		app_begin_look(app);
	app->dirty = true;
}

/* What was entered stays with its record when the plan's order changes. */
static void
move_ticks(struct app *app, const struct plan *before)
{
	const struct plan *plan = &app->check.plan;
	int64_t entered[PLAN_RECORDS] = { 0 };

	/* Another domain's answers come with ticks of their own. */
	if (!name_equal(&plan->domain, &before->domain))
		return;
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < before->count; k++)
			if (strcmp(plan->wanted[i].id,
			    before->wanted[k].id) == 0)
				entered[i] = app->session.entered[k];
	memcpy(app->session.entered, entered, sizeof entered);
}

void
app_identity_changed(struct app *app)
{
	char guard[PLAN_GUARD];

	app->seen = false;
	app->watch.moved = false;
	app->card.card = app->card.field = 0;
	if (app->begun) {
		struct plan *before = xmalloc(sizeof *before);

		*before = app->check.plan;
		check_set_identity(&app->check, &app->session.identity);
		move_ticks(app, before);
		free(before);
		return;
	}
	plan_guard(guard);
	check_init(&app->check, app->options->world, &app->session.identity,
	    guard);
	if (app->options->budget > 0)
		app->check.budget = app->options->budget;
	if (app->options->practice)
		app->check.elsewhere_every = 0;
	app->check.record = app->options->record;
	app->check.vantages = app->options->also;
	app->begun = true;
	if (app->provider != NULL)
		check_set_provider(&app->check, app->provider);
}

void
app_provider_changed(struct app *app, const struct provider *provider)
{
	app->provider = provider;
	if (app->begun)
		check_set_provider(&app->check, provider);
}

void
app_notice(struct app *app, const char *text)
{
	strlcpy(app->notice, text, sizeof app->notice);
	app->dirty = true;
}

bool
app_load(struct app *app, const struct identity *identity)
{
	struct session loaded;
	char why[SESSION_WHY];
	int rc;

	if (app->options->practice)
		return false;
	session_init(&loaded);
	rc = session_load(&loaded, &identity->domain, "", why);
	if (rc == -1)
		app_notice(app, why);
	if (rc != 1)
		return false;
	app->session = loaded;
	app_provider_changed(app, provider_find(loaded.provider));
	return true;
}
