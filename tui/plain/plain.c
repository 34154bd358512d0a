#include "plain/plain.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "plain/plain-internal.h"

static int (*const steps[STEP_COUNT])(struct plain *) = {
	plain_domain, plain_company, plain_values, plain_cards, plain_check,
	plain_done
};

/* "Step 2 of 6: DNS company" */
static void
tell_step(int step)
{
	char number[24], text[APP_NOTICE];
	const struct text_place places[] = {
		{ "n", number }, { "name", step_name(step) }, { NULL, NULL }
	};

	snprintf(number, sizeof number, "%d", step);
	text_fill(text, sizeof text, _("Step {n} of 6: {name}"), places);
	dialog_say(text);
}

static void
run(struct plain *plain)
{
	struct app *app = plain->app;
	int step = app_first_step(app), told = 0;

	/* No domain was named: which one is the first question. */
	if (app->options->last && app_has_other(app))
		step = 1;
	app->asked = app->session.identity.status != SES_UNKNOWN;
	plain_commands();
	plain_notice(plain);
	while (step != 0 && !plain->dialog.stop) {
		if (step == 1 && (step = plain_saved(plain)) == 0)
			break;
		app->step = step;
		app->choosing = false;
		app_save(app);
		dialog_say("");
		if (step != told)
			tell_step(step);
		told = step;
		step = steps[step - 1](plain);
		plain_notice(plain);
	}
	app_save(app);
	/* Behind the question that was left open. */
	if (dialog_over(&plain->dialog))
		dialog_say("");
}

int
plain_run(const struct app_options *options)
{
	struct plain *plain = xcalloc(1, sizeof *plain);
	char text[APP_NOTICE];
	int rc = EX_USAGE;

	plain->app = xcalloc(1, sizeof *plain->app);
	dialog_open(&plain->dialog);
	if (app_begin(plain->app, options) == 0) {
		run(plain);
		if (app_farewell(plain->app, text))
			dialog_say(text);
		rc = 0;
	}
	app_end(plain->app);
	dialog_close(&plain->dialog);
	diagnosis_release(&plain->told);
	free(plain->app);
	free(plain);
	return rc;
}
