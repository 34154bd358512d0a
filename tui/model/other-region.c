#include "model/other-region.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/xalloc.h"
#include "session/session.h"

bool
other_region_is(const struct identity *found, const struct identity *had)
{
	return found->region[0] != '\0' && had->region[0] != '\0' &&
	    strcmp(found->region, had->region) != 0 &&
	    identity_signs(found) && identity_signs(had) &&
	    (identity_has_own_key(found) ||
	    !identity_signs_alike(found, had));
}

/* Nothing of this region: what is known of the domain itself. */
static void
begin(struct session *out, const struct session *open)
{
	session_init(out);
	out->identity.domain = open->identity.domain;
	out->identity.has_domain = true;
	strlcpy(out->provider, open->provider, sizeof out->provider);
	strlcpy(out->lang, open->lang, sizeof out->lang);
}

int
other_region_load(struct session *out, const struct session *open,
    const char *region, char why[static SESSION_WHY])
{
	int rc;

	session_init(out);
	rc = session_load(out, &open->identity.domain, region, why);
	if (rc != 1)
		begin(out, open);
	return rc;
}

/* In practice nothing is saved. */
static bool
load(struct app *app, struct session *out, const char *region)
{
	char why[SESSION_WHY];
	int rc = 0;

	if (app->options->practice)
		begin(out, &app->session);
	else
		rc = other_region_load(out, &app->session, region, why);
	if (rc == -1)
		app_notice(app, why);
	return rc == 1;
}

static void
change(struct app *app, const struct session *next)
{
	app_open(app, next);
	app->asked = true;
}

void
other_region_open(struct app *app, const char *region)
{
	struct session *next = xmalloc(sizeof *next);
	bool saved;

	app_save(app);
	saved = load(app, next, region);
	change(app, next);
	if (!saved)
		session_init(&app->base);
	free(next);
}

/* What was typed anew of each kind, over the answers that were opened. */
static void
lay_over(struct identity *open, const struct identity *before,
    const struct identity *typed)
{
	if (memcmp(typed->token, before->token, sizeof before->token) != 0 ||
	    strcmp(typed->selector, before->selector) != 0 ||
	    strcmp(typed->key, before->key) != 0) {
		memcpy(open->token, typed->token, sizeof open->token);
		open->tokens = typed->tokens;
		strlcpy(open->selector, typed->selector, IDENTITY_SELECTOR);
		strlcpy(open->key, typed->key, IDENTITY_KEY);
	}
	if (strcmp(typed->verification, before->verification) != 0)
		strlcpy(open->verification, typed->verification,
		    IDENTITY_VERIFICATION);
	if (typed->has_mail_from != before->has_mail_from ||
	    !name_equal(&typed->mail_from, &before->mail_from)) {
		open->mail_from = typed->mail_from;
		open->has_mail_from = typed->has_mail_from;
	}
}

bool
other_region_typed(struct app *app, const struct identity *typed)
{
	const struct identity before = app->session.identity;
	struct session *next;
	bool saved;

	if (!before.has_domain || before.region[0] == '\0' ||
	    strcmp(typed->region, before.region) == 0)
		return false;
	next = xmalloc(sizeof *next);
	saved = load(app, next, typed->region);
	if (saved) {
		app_save(app);
		change(app, next);
		lay_over(&app->session.identity, &before, typed);
		app_identity_changed(app);
		app_notice(app, _("These are the answers saved for this "
		    "region. Those of the other one stay saved, too."));
	}
	free(next);
	return saved;
}
