#include "report/report-internal.h"

#include "base/lang.h"
#include "company/provider.h"

/* How what was typed is saved: the buttons of a form, in sentences. */

bool
scene_save(struct text *t, const struct scene *s)
{
	report_save(t, s->of.company);
	return true;
}

/* Where its words are not known, the button is not named twice. */
bool
scene_save_enter(struct text *t, const struct scene *s)
{
	struct text save = TEXT_INIT;

	report_save(&save, s->of.company);
	text_add_filled(t, s->of.company->save == NULL ?
	    _("press the save button at the end") :
	    _("press the last button: {save}"), (const struct text_place[]){
		{ "save", save.s }, { NULL, NULL } });
	text_release(&save);
	return true;
}

/* An edit does not end with a button that adds a row. */
bool
scene_save_edit(struct text *t, const struct scene *s)
{
	struct text save = TEXT_INIT;

	report_save(&save, s->of.company);
	text_add_filled(t, s->of.company->save_adds ||
	    s->of.company->save == NULL ? _("save the change") :
	    _("save ({save})"), (const struct text_place[]){
		{ "save", save.s }, { NULL, NULL } });
	text_release(&save);
	return true;
}
