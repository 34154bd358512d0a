#include "company/provider.h"

#include <ctype.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "dns/rr.h"
#include "ses/plan.h"

#define COMPANY(row, ...) static const struct provider row = { __VA_ARGS__ };
#include "companies/all.def"
#undef COMPANY

static const struct provider *const table[] = {
#define COMPANY(row, ...) &row,
#include "companies/all.def"
#undef COMPANY
};

enum {
	TABLE_ROWS = sizeof table / sizeof table[0]
};

const struct provider *const *
provider_table(size_t *count)
{
	*count = TABLE_ROWS;
	return table;
}

const struct provider *
provider_find(const char *id)
{
	for (size_t i = 0; i < TABLE_ROWS; i++)
		if (strcmp(table[i]->id, id) == 0)
			return table[i];
	return NULL;
}

const struct provider *
provider_generic(void)
{
	return &generic;
}

const struct form_rules *
provider_rules(const struct provider *provider)
{
	return provider->form.name_sure != PROVIDER_UNKNOWN ?
	    &provider->form : &generic.form;
}

bool
provider_pitfall_is_of(const struct provider_pitfall *pitfall,
    const struct wanted *wanted)
{
	unsigned on = 0;

	switch (wanted->type) {
	case RR_CNAME:
		on = PROVIDER_ON_CNAME;
		break;
	case RR_MX:
		on = PROVIDER_ON_MX;
		break;
	case RR_TXT:
		on = PROVIDER_ON_TXT;
		break;
	}
	if (wanted->kind == WANTED_MAIL_FROM_SPF)
		on |= PROVIDER_ON_SPF;
	if (wanted->kind == WANTED_DMARC)
		on |= PROVIDER_ON_DMARC;
	return pitfall->text != NULL && (pitfall->on & on) != 0;
}

int
provider_patience(const struct provider *provider)
{
	return provider->wait_max < PROVIDER_LONG_WAIT ? provider->wait_max :
	    provider->wait_min;
}

const char *
provider_name(const struct provider *provider)
{
	if (lang_current() == LANG_JA && provider->name_ja != NULL)
		return provider->name_ja;
	return provider->name;
}

/* A service where no rows can be entered, and which did not sell the domain. */
static bool
only_parks(const struct provider *provider)
{
	return provider->parking != NULL && provider->nameserver == NULL;
}

const char *
provider_called(const struct provider *provider,
    char buf[static PROVIDER_CALLED])
{
	static const char *const brackets[] = { " (", "（" };
	char *at;

	strlcpy(buf, only_parks(provider) ?
	    _("the company that sold the domain") :
	    provider == provider_generic() ?
	    _("the company that runs your DNS") : provider_name(provider),
	    PROVIDER_CALLED);
	for (size_t i = 0; i < 2; i++)
		if ((at = strstr(buf, brackets[i])) != NULL)
			*at = '\0';
	return buf;
}

const char *
provider_menu(const struct provider *provider)
{
	return form_word(&provider->form, provider->menu);
}

/* A name as part of an address: only what needs no escape there. */
static void
put_zone(struct text *t, const char *name)
{
	for (; *name != '\0'; name++) {
		unsigned char c = (unsigned char)*name;

		if (isalnum(c) || strchr("-._", c) != NULL)
			text_add_part(t, name, 1);
		else
			text_addf(t, "%%%02X", c);
	}
}

void
provider_page(struct text *t, const struct provider *provider,
    const struct name *zone)
{
	struct text escaped = TEXT_INIT;
	char name[NAME_TEXT];

	if (provider->page == NULL)
		return;
	put_zone(&escaped, name_text(zone, name));
	text_add_filled(t, provider->page, (const struct text_place[]){
		{ "zone", escaped.s }, { NULL, NULL } });
	text_release(&escaped);
}
