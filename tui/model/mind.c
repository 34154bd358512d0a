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

bool
mind_drop(struct text *note)
{
	struct text one = TEXT_INIT, kept = TEXT_INIT;
	const char *last = NULL, *rest;

	for (rest = note->s; *rest != '\0'; ) {
		const char *from = rest;

		rest = mind_next(&one, rest);
		if (strcmp(one.s, _(report_keep)) != 0)
			last = from;
	}
	for (rest = note->s; last != NULL && *rest != '\0'; ) {
		const char *from = rest;

		rest = mind_next(&one, rest);
		if (from != last)
			text_addf(&kept, "%s%s", kept.len > 0 ? "\n" : "",
			    one.s);
	}
	text_release(&one);
	if (last == NULL)
		return false;
	text_release(note);
	*note = kept;
	return true;
}

static size_t
sentences(const char *note)
{
	size_t n = 0;

	for (; *note != '\0'; note += strspn(note, "\n"), n++)
		note += strcspn(note, "\n");
	return n;
}

size_t
mind_shorten(struct text *note, size_t words)
{
	while (sentences(note->s) > MIND_FIRST &&
	    words + wrap_words(note->s) + MIND_MORE > MIND_WORDS &&
	    mind_drop(note))
		;
	return words + wrap_words(note->s);
}
