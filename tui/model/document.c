/* A document that was pasted: read, asked about where it differs, and laid. */
#include "model/app.h"

#include <string.h>

#include "base/lang.h"
#include "ses/import.h"
#include "model/other-region.h"

/* Lays a document over the answers; what came of it is said. */
static void
lay(struct app *app, const struct import *import, struct text *said)
{
	struct identity before = app->session.identity;

	if (other_region_is(&import->identity, &before)) {
		other_region_open(app, import->identity.region);
		before = app->session.identity;
	}
	app->asked = true;
	app->conflict = false;
	import_apply(import, &app->session.identity);
	if (memcmp(&before, &app->session.identity, sizeof before) != 0)
		app_identity_changed(app);
	import_tell(import, &before, said);
	app_save(app);
}

int
app_read_document(const struct app *app, const char *text, size_t len,
    struct import *out, char why[static IMPORT_WHY])
{
	char unused[IMPORT_WHY];
	struct identity nobody;
	struct import anew;

	if (import_parse(out, text, len, &app->session.identity, why) == 0)
		return 0;
	/* For another domain it may be all the same what was meant. */
	identity_init(&nobody);
	if (!out->other ||
	    import_parse(&anew, text, len, &nobody, unused) == -1 ||
	    !import_is_other(&anew, &app->session.identity))
		return -1;
	*out = anew;
	return 0;
}

enum app_first
app_read_first(struct app *app, const char *text, size_t len,
    struct import *out, struct text *said)
{
	struct identity nobody;
	char why[IMPORT_WHY];

	memset(out, 0, sizeof *out);
	if (app_take_account(app, text, len, said))
		return APP_FIRST_SAID;
	identity_init(&nobody);
	if (import_parse(out, text, len, &nobody, why) == 0) {
		text_clear(said);
		import_tell(out, &nobody, said);
		return APP_FIRST_KEPT;
	}
	/* One line, with its end, is what the domain is typed as. */
	while (len > 0 && text[len - 1] == '\n')
		len--;
	if (memchr(text, '\n', len) == NULL && len < NAME_TEXT &&
	    !out->secret && !out->path)
		return APP_FIRST_NONE;
	text_clear(said);
	text_add(said, why);
	return APP_FIRST_SAID;
}

const char app_first_domain[] = N_("Now type the domain it is for.");

const char app_first_other[] =
    N_("What you pasted is for another domain: its MAIL FROM is not below "
       "this one. It is left out; Enter goes on without it.");

int
app_take_first(struct app *app, const char *domain, const struct import *first,
    const char **why)
{
	struct text said = TEXT_INIT;
	struct identity next;

	identity_init(&next);
	if (identity_set_domain(&next, domain, why) == -1)
		return -1;
	if (first != NULL && !import_fits(first, &next)) {
		*why = app_first_other;
		return -1;
	}
	if (app_take_domain(app, domain, why) == -1)
		return -1;
	if (first != NULL)
		app_take_document(app, first, &said);
	text_release(&said);
	return 0;
}

bool
app_take_document(struct app *app, const struct import *import,
    struct text *said)
{
	struct import_conflict conflict[IMPORT_CONFLICTS];

	app->conflict = import_conflicts(import, &app->session.identity,
	    conflict) > 0;
	if (app->conflict)
		app->document = *import;
	else
		lay(app, import, said);
	return !app->conflict;
}

void
app_settle_document(struct app *app, bool yield, struct text *said)
{
	struct identity *identity = &app->session.identity;
	bool other = import_is_other(&app->document, identity);
	char domain[NAME_TEXT];
	const char *why;

	if (other && yield) {
		app->conflict = false;
		return;
	}
	if (other)
		app_take_domain(app, name_text(
		    &app->document.identity.domain, domain), &why);
	if (yield)
		import_yield(&app->document, identity);
	lay(app, &app->document, said);
}
