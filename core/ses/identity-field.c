#include "ses/identity-field.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <bsd/stdlib.h>
#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"

static bool
put(char text[static IDENTITY_FIELD], const char *value)
{
	return strlcpy(text, value, IDENTITY_FIELD) > 0;
}

static bool
put_name(char text[static IDENTITY_FIELD], bool has, const struct name *name)
{
	char buf[NAME_TEXT];

	return put(text, has ? name_text(name, buf) : "");
}

static bool
put_time(char text[static IDENTITY_FIELD], int64_t ms)
{
	snprintf(text, IDENTITY_FIELD, "%" PRId64, ms);
	return ms > 0;
}

/* What is not printable was not written by us. */
static int
take(char *dst, size_t size, const char *text, const char **why)
{
	*why = N_("One short printable word must stand here.");
	return text_safe(dst, size, text, strlen(text)) >= size ||
	    strcmp(dst, text) != 0 ? -1 : 0;
}

static int
take_time(int64_t *ms, const char *text, const char **why)
{
	const char *wrong;

	*why = N_("A number is missing or out of range.");
	*ms = strtonum(text[0] != '\0' ? text : "0", 0, INT64_MAX, &wrong);
	return wrong == NULL ? 0 : -1;
}

static int
take_status(enum ses_status *status, const char *text, const char **why)
{
	*why = N_("No such SES status.");
	return text[0] == '\0' ? 0 : ses_status_parse(text, status);
}

/* A field that is a word of AWS's and has no rule of its own. */
#define WORD(field) \
static bool \
get_##field(const struct identity *identity, size_t index, \
    char text[static IDENTITY_FIELD]) \
{ \
	(void)index; \
	return put(text, identity->field); \
} \
static int \
set_##field(struct identity *identity, const char *text, const char **why) \
{ \
	return take(identity->field, sizeof identity->field, text, why); \
}

#define TIME(field) \
static bool \
get_##field(const struct identity *identity, size_t index, \
    char text[static IDENTITY_FIELD]) \
{ \
	(void)index; \
	return put_time(text, identity->field); \
} \
static int \
set_##field(struct identity *identity, const char *text, const char **why) \
{ \
	return take_time(&identity->field, text, why); \
}

/* A field that has a setter of its own; value is its text. */
#define VALUE(field, value) \
static bool \
get_##field(const struct identity *identity, size_t index, \
    char text[static IDENTITY_FIELD]) \
{ \
	(void)index; \
	return value; \
}

WORD(error)
WORD(soa)
WORD(on_mx_failure)
WORD(origin)
TIME(checked_at)
TIME(pending_since)
VALUE(region, put(text, identity->region))
VALUE(selector, put(text, identity->selector))
VALUE(key, put(text, identity->key))
VALUE(dkim_zone, put_name(text, identity->has_dkim_zone,
    &identity->dkim_zone))
VALUE(mail_from, put_name(text, identity->has_mail_from,
    &identity->mail_from))
VALUE(imported, put(text, identity->status_imported ? "1" : ""))
VALUE(status, put(text, ses_status_text(identity->status)))
VALUE(mail_from_status, identity->mail_from_status != SES_UNKNOWN &&
    put(text, ses_status_text(identity->mail_from_status)))

#undef WORD
#undef TIME
#undef VALUE

static bool
get_token(const struct identity *identity, size_t index,
    char text[static IDENTITY_FIELD])
{
	return put(text, index < identity->tokens ? identity->token[index] :
	    "");
}

/* Setting it takes one prefix off. */
static bool
get_verification(const struct identity *identity, size_t index,
    char text[static IDENTITY_FIELD])
{
	static const char prefix[] = "amazonses:";
	const char *value = identity->verification;

	(void)index;
	snprintf(text, IDENTITY_FIELD, "%s%s", strncasecmp(value, prefix,
	    strlen(prefix)) == 0 ? prefix : "", value);
	return text[0] != '\0';
}

static int
set_region(struct identity *identity, const char *text, const char **why)
{
	return text[0] == '\0' ? 0 : identity_set_region(identity, text, why);
}

static int
set_status(struct identity *identity, const char *text, const char **why)
{
	return take_status(&identity->status, text, why);
}

static int
set_mail_from_status(struct identity *identity, const char *text,
    const char **why)
{
	return take_status(&identity->mail_from_status, text, why);
}

static int
set_imported(struct identity *identity, const char *text, const char **why)
{
	(void)why;
	identity->status_imported = text[0] == '1';
	return 0;
}

const struct identity_field identity_fields[] = {
#define FIELD(name, part, how, get, set) \
	{ name, IDENTITY_##part, IDENTITY_##how, get, set },
#include "ses/identity.def"
#undef FIELD
};

const size_t identity_field_count =
    sizeof identity_fields / sizeof identity_fields[0];
