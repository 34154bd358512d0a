#include "model/mind.h"

#include <string.h>

#include "base/lang.h"
#include "model/wrap.h"
#include "report/report.h"

/* The button of the sentence about saving, by its name there. */
static bool
put_button(struct text *t, const char *name, size_t len, const void *arg)
{
	const struct provider *company = arg;

	if (len == strlen("add") && *name == 'a')
		return report_add_button(t, company);
	report_button(t, company, len == strlen("older") ?
	    company->save_older : company->save);
	return true;
}

void
mind_save(struct text *t, const struct provider *company)
{
	const char *tmpl = N_("Then press the save button.");

	if (company->save != NULL)
		tmpl = N_("Then press {save}.");
	if (company->save_older != NULL)
		tmpl = N_("Then press {save} (on older pages {older}).");
	if ((company->add != NULL || company->add_sign != NULL) &&
	    company->save != NULL)
		tmpl = company->save_older != NULL ? N_("Then press {add} "
		    "and, at the end, {save} (on older pages {older}).") :
		    N_("Then press {add} and, at the end, {save}.");
	text_add_asked(t, _(tmpl), put_button, company);
}

const char *
mind_next(struct text *one, const char *rest)
{
	size_t len = strcspn(rest, "\n");

	text_clear(one);
	text_add_part(one, rest, len);
	return rest + len + (rest[len] != '\0');
}

size_t
mind_shorten(struct text *note, size_t words)
{
	struct text one = TEXT_INIT, kept = TEXT_INIT;
	const char *rest = note->s;

	for (size_t i = 0; *rest != '\0'; i++) {
		const char *next = mind_next(&one, rest);

		if (i >= MIND_FIRST &&
		    words + wrap_words(one.s) + MIND_MORE > MIND_WORDS)
			break;
		words += wrap_words(one.s);
		text_addf(&kept, "%s%s", i > 0 ? "\n" : "", one.s);
		rest = next;
	}
	text_release(note);
	text_release(&one);
	*note = kept;
	return words;
}
