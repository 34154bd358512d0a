#include "ses/service.h"

#include <string.h>
#include <strings.h>

#include "base/lang.h"

#define SERVICE(name, selector, label, where) { name, selector, label, where },
#define OTHER(name, mark)
static const struct service services[] = {
#include "ses/service.def"
};
#undef SERVICE
#undef OTHER

#define SERVICE(name, selector, label, where)
#define OTHER(name, mark) { name, mark },
static const struct {
	const char *name, *mark;
} others[] = {
#include "ses/service.def"
};
#undef SERVICE
#undef OTHER

/* Their DKIM keys are TXT rows as SES's are; only the selector differs. */
static const struct {
	const char *name, *selector;
} keys[] = {
	{ "Google", "google" },
	{ "Mandrill", "mandrill" },
	{ "Zoho", "zmail" },
};

/* True when text is label or begins with it and a dot. */
static bool
begins(const char *text, const char *label)
{
	size_t len = strlen(label);

	return len > 0 && strncasecmp(text, label, len) == 0 &&
	    (text[len] == '.' || text[len] == '\0');
}

const struct service *
service_find(const char *selector, const char *mail_from)
{
	size_t count = sizeof services / sizeof services[0];

	for (size_t i = 0; i < count; i++)
		if (begins(selector, services[i].selector))
			return &services[i];
	/* A label speaks only where no selector does. */
	for (size_t i = 0; i < count; i++)
		if (services[i].selector[0] == '\0' &&
		    begins(mail_from, services[i].label))
			return &services[i];
	return NULL;
}

const struct service *
service_of(const struct identity *identity)
{
	char name[NAME_TEXT] = "";

	if (identity->origin[0] != '\0' || identity->status_imported)
		return NULL;
	if (identity->has_mail_from && identity->tokens > 0)
		name_text(&identity->mail_from, name);
	return service_find(identity->selector, name);
}

void
service_fill(struct text *t, const char *tmpl,
    const struct identity *identity)
{
	const struct service *service = service_of(identity);
	const char *where = service != NULL ? service->where : NULL;
	struct text press = TEXT_INIT;
	struct text_place places[] = {
		{ "aws", service != NULL ? service->name : "AWS" },
		{ "where", where != NULL ? _(where) : "" },
		{ "press", "" },
		{ NULL, NULL },
	};

	if (service != NULL)
		text_add_filled(&press, where != NULL ?
		    _("At {aws}, on {where}, have the domain verified: the "
		    "button is called Verify or the like.") :
		    _("At {aws}, have the domain verified: the button is "
		    "called Verify or the like."), places);
	places[2].value = press.s;
	text_clear(t);
	text_add_filled(t, _(tmpl), places);
	text_release(&press);
}

const char *
service_other(const char *owner, const char *value)
{
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strcasestr(value, others[i].mark) != NULL)
			return others[i].name;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (begins(owner, keys[i].selector) &&
		    strcasestr(owner, "._domainkey") != NULL)
			return keys[i].name;
	return NULL;
}

bool
service_is_others(const char *owner, const char *value)
{
	return service_other(owner, value) != NULL;
}
