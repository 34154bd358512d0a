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
